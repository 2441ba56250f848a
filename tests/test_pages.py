"""The checks of tests/pages.py find what they are there for."""

import pytest
from flask import Flask, request

from tests.pages import Client, faults, forms

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Flags - Standpoint</title></head>
<body><h1>Flags</h1>{}</body></html>"""
RIGHT = {
    "a label": '<label for="a">A</label><input id="a" name="a">',
    "a wrapping label": '<label>A <textarea name="a"></textarea></label>',
    "a spoken label": '<select aria-label="A" name="a"><option>1</option></select>',
    "a token": '<form method="post"><input type="hidden" name="csrf_token" value="t"><button>Send</button></form>',
    "no token for the language": '<form method="post" action="/language"><button>Speak</button></form>',
    "a script of a file": '<script src="/static/app.js" defer></script>',
    "an anchor": '<p id="a"><a href="#a">A</a></p>',
    "a picture": '<svg role="img"><title>A</title><path d="M0 0"/></svg><img src="a.png" alt="">',
}
WRONG = {
    "is used 2 times": '<p id="a"></p><p id="a"></p>',
    "has no label": '<input name="a">',
    'field "b" has no label': '<label for="a"></label><input id="a" name="b">',
    "has no words": '<button name="a"><svg></svg></button>',
    "carries no csrf_token": '<form method="post"><button>Send</button></form>',
    "there are 2 h1": "<h1>Another</h1>",
    "an inline script": "<script>alert()</script>",
    "a style element": "<style>p { color: red }</style>",
    "has a style attribute": '<p style="color: red">A</p>',
    "has the handler onclick": '<p onclick="a()">A</p>',
    "has a script in href": '<a href="javascript:a()">A</a>',
    "has no alt": '<img src="a.png">',
    "leads nowhere": '<a href="#gone">A</a>',
    "points with aria-describedby": '<p aria-describedby="gone">A</p>',
    "Unexpected end tag": "<p>A</b></p>",
    "line 2": "<div><p>A</div></span>",
}


@pytest.mark.parametrize("case", RIGHT)
def test_a_right_page_passes(case):
    assert faults(PAGE.format(RIGHT[case])) == []


@pytest.mark.parametrize("sentence", WRONG)
def test_a_wrong_page_is_told_why(sentence):
    assert sentence in "\n".join(faults(PAGE.format(WRONG[sentence])))


def test_the_title_contains_the_heading():
    assert faults(PAGE.replace("<h1>Flags", "<h1>Cases").format("")) == [
        'the title "Flags - Standpoint" does not contain the h1 "Cases"'
    ]


def test_a_fragment_needs_no_heading():
    assert faults("<p>One</p>", fragment=True) == []
    assert faults("<p>One</i>", fragment=True) != []


def test_forms_send_what_they_hold():
    html = """<form action="send?a=1" method="post"><input name="t" value="v"><textarea name="u">
x</textarea><input type="checkbox" name="c"><input type="radio" name="r" value="1">
<input type="radio" name="r" value="2" checked><select name="s"><option value="">-</option>
<option selected>b</option></select>
<button name="go" value="1">Go</button></form>"""
    (form,) = forms(html, "/a/b")
    assert (form.action, form.method) == ("/a/send?a=1", "post")
    assert form.fields == {"t": ["v"], "u": ["x"], "c": [], "r": ["2"], "s": ["b"]}


@pytest.fixture
def small():
    """An application with one right page, one wrong page and one form."""
    app = Flask(__name__)
    app.test_client_class = Client
    form = (
        '<form method="post"><input type="hidden" name="csrf_token" value="t"><label>A <input name="a"></label></form>'
    )
    app.add_url_rule("/right", "right", lambda: PAGE.format(form))
    app.add_url_rule("/wrong", "wrong", lambda: PAGE.format("<p></b>"))
    app.add_url_rule("/right", "send", lambda: dict(request.form), methods=["POST"])
    return app.test_client()


def test_the_client_checks_what_it_fetches(small):
    assert small.get("/right").status_code == 200
    with pytest.raises(AssertionError, match=r"/wrong .* breaks the rules"):
        small.get("/wrong")


def test_the_client_fills_in_forms(small):
    assert small.submit("/right", {"a": "x"}).json == {"csrf_token": "t", "a": "x"}
    with pytest.raises(AssertionError, match="no form to /other"):
        small.submit("/right", {}, to="/other")
    with pytest.raises(AssertionError, match="has no field b"):
        small.submit("/right", {"b": "x"})
