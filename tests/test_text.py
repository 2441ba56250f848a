"""People's text: cleaned on the way in, safe on the way out, never lost, never slow."""

import html
import re
import time
import unicodedata

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import text
from tests.hostile import HOSTILE

ANYTHING = st.text(alphabet=st.characters(exclude_categories=()), max_size=200)
PIECES = (
    "#",
    "> ",
    "- ",
    "1. ",
    "*",
    "**",
    "_",
    "`",
    "```\n",
    "~~",
    "[x](",
    ")",
    "<",
    "&",
    "|",
    "\\",
    "\n",
    "\n\n",
    "    ",
)
ATTACKS = ("http://a.b", "javascript:", "<script", " onclick=", "é", "ب", "\u202e", "\ud800", "\x00", "a")
MARKDOWN = st.lists(st.sampled_from(PIECES + ATTACKS), max_size=40).map("".join)


def elements(rendered):
    return [
        e for e in html5lib.parseFragment(rendered, namespaceHTMLElements=False).iter() if e.tag != "DOCUMENT_FRAGMENT"
    ]


def assert_safe(rendered):
    for element in elements(rendered):
        assert element.tag in text.TAGS
        for name, value in element.attrib.items():
            assert name in ("href", "title", "rel", "dir", "start")
            if name == "href":
                assert re.match(r"(https?://[^/]|mailto:|#|/(?![/\\]))", value), value


@pytest.mark.parametrize("vector", HOSTILE)
def test_hostile_text_is_harmless(vector):
    assert_safe(text.render(vector))


@pytest.mark.parametrize("vector", [*HOSTILE, "**a** & [b](https://c.d/?e=f&g) `<h>` \"i\" 'j'", "# a\n\n1. b\n2. c"])
def test_both_judges_agree(vector):
    rendered = text._PARSER.render(text.clean(vector))
    first, second = text._FIRST_JUDGE.clean(rendered), text._second_judge(rendered)
    assert html.unescape(first) == html.unescape(second)


@pytest.mark.parametrize("vector", HOSTILE)
def test_each_judge_suffices_alone(vector):
    raw = text.clean(vector)
    assert_safe(text._FIRST_JUDGE.clean(raw))
    assert_safe(text._second_judge(raw))


@given(ANYTHING | MARKDOWN)
def test_rendering_never_fails_and_is_always_safe(source):
    rendered = text.render(source)
    assert_safe(rendered)
    opened = re.findall(r"<[^>]*>", rendered.lower())
    assert not any(re.match(r"<script|<[^>]*\son\w+=|<[^>]*=\s*[\"']?javascript:", tag) for tag in opened)


@given(ANYTHING)
def test_cleaning_is_complete_and_repeatable(source):
    cleaned = text.clean(source)
    assert text.clean(cleaned) == cleaned == unicodedata.normalize("NFC", cleaned)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]", cleaned)
    cleaned.encode()


@given(ANYTHING | MARKDOWN, st.integers(5, 60))
def test_an_excerpt_fits_on_its_line(source, length):
    shortened = text.excerpt(source, length)
    assert len(shortened) <= length
    assert "\n" not in shortened


@pytest.mark.parametrize(
    ("source", "cleaned"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("  a\tb  ", "a\tb"),
        ("e\u0301", "é"),
        ("\u202eabc\u202c \u2066d\u2069", "abc d"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\u200b \u2800\u3164\ufeff", ""),
        ("a\ufffe\uffffb", "ab"),
    ],
)
def test_cleaning(source, cleaned):
    assert text.clean(source) == cleaned


def test_a_line_is_one_line():
    assert text.clean_line(" a\n b\t\tc\u00a0d ") == "a b c\u00a0d"


def test_no_tower_of_marks():
    assert len(text.clean("a" + "\u0316\u0301" * 50_000)) < 40


@pytest.mark.parametrize(
    ("source", "rendered"),
    [
        ("a\nb\n\nc", '<p dir="auto">a<br>\nb</p>\n<p dir="auto">c</p>\n'),
        ("**a** *b* ~~c~~ `d`", '<p dir="auto"><strong>a</strong> <em>b</em> <s>c</s> <code>d</code></p>\n'),
        ("# a\n### b\n# c", '<h4 dir="auto">a</h4>\n<h5 dir="auto">b</h5>\n<h4 dir="auto">c</h4>\n'),
        ("3. a", '<ol start="3" dir="auto">\n<li dir="auto">a</li>\n</ol>\n'),
        ("[a](/comments/1) [b](#c1-1)", '<p dir="auto"><a href="/comments/1">a</a> <a href="#c1-1">b</a></p>\n'),
        (
            "https://a.b/c",
            '<p dir="auto"><a href="https://a.b/c" rel="nofollow ugc noopener noreferrer">https://a.b/c</a></p>\n',
        ),
        ("www.a.b a@b.c", '<p dir="auto">www.a.b a@b.c</p>\n'),
    ],
)
def test_what_markdown_becomes(source, rendered):
    assert text.render(source) == rendered


@pytest.mark.parametrize(
    "source", ["x http://" + "a." * 200 + " y", "a https:// b", "> " * 30 + "end", "- " * 30 + "end"]
)
def test_no_word_is_lost(source):
    shown = html.unescape(re.sub("<[^>]+>", "", text.render(source)))
    assert source.split()[-1] in shown
    assert source.split()[-1] in text.plain(source)


UNITS = [
    "[",
    "[a](",
    "![",
    "*a_ ",
    "**a *",
    ">",
    "`a``b```",
    "http://a@",
    "<a ",
    "&#x",
    "&",
    "~~a ",
    "> - ",
    "\\",
    "* ",
]


@pytest.mark.parametrize("unit", [*UNITS, "<b>", "<div>", "a\u0301\u0316", "a.b/", "\n\n", "# a\n"])
@pytest.mark.parametrize("size", [20_000, 200_000])
def test_hostile_length_stays_fast(unit, size):
    source = unit * (size // len(unit))
    began = time.process_time()
    text.render(source)
    text.excerpt(source, 100)
    assert time.process_time() - began < 3


@pytest.mark.parametrize("unit", ["xn--a.xn--", "XN--A.", "xn--", "a.xn--b/"])
def test_addresses_that_tire_the_parser_stay_fast(unit):
    source = f"see http://{unit * 300} and https://example.org"
    began = time.process_time()
    assert "see" in text.render(source)
    assert "see" in text.plain(source)
    assert time.process_time() - began < 1


def test_an_honest_address_in_another_script_stays_a_link():
    assert 'href="https://xn--mnchen-3ya.de"' in text.render("https://xn--mnchen-3ya.de")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("# a\n\n**b** [c](https://d.e)\n- f", "a\nb c (https://d.e)\nf"),
        ("```\nx = 1\n```", "x = 1"),
        ("https://d.e", "https://d.e"),
    ],
)
def test_plain_words(source, said):
    assert text.plain(source) == said


@pytest.mark.parametrize(
    ("source", "length", "shortened"),
    [
        ("Short.", 20, "Short."),
        ("One two three four", 12, "One two…"),
        ("**One** [two](https://a.b)\n\nthree", 20, "One two three"),
        ("我们支持这个标准因为它保护人权", 8, "我们支持这个标…"),
        ("a👩‍👩‍👧b", 4, "a…"),
    ],
)
def test_excerpts(source, length, shortened):
    assert text.excerpt(source, length) == shortened


@given(st.from_regex(text._UNMARKED, fullmatch=True))
def test_words_of_unmarked_text_are_those_that_the_parser_finds(written):
    cleaned = text.clean(written)
    inline = (token for token in text._parse(cleaned) if token.type == "inline")
    parsed = [text._spoken(token.children or (), addresses=True) for token in inline]
    assert text.plain(written) == "\n".join(parsed)
