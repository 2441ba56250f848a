"""The parts of pages: valid, small, and saying in words what they draw."""

import re
from datetime import UTC, datetime

import pytest
from flask import g, render_template_string
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import (
    BooleanField,
    EmailField,
    FormField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from app import text
from app.language import _
from app.queries.positions import GroupTally
from app.queries.threads import CommentView
from app.rules.intervals import Interval
from app.rules.marks import marks_of, pieces
from app.web.templating import soft, wrong_fields
from tests.pages import faults
from tests.web.plain import MEMBER, ROOT, plain_app

HEARD = GroupTally(
    "a", "Researchers", "Accountability", directly_affected=False, heard=True, shown=True, size=24, support=8,
    reservations=6, abstain=3, object=7, approval_percent=67, approval_interval=Interval(45, 83),
)  # fmt: skip
SILENT = GroupTally("b", "Wrongly identified", "Directly affected", directly_affected=True, heard=False, shown=False)
HIDDEN = GroupTally("c", "Policymakers", "Deciders", directly_affected=False, heard=True, shown=False)
TALLIES = [SILENT, HEARD, HIDDEN]
BODY = "I was held overnight because a computer put my old photo next to a shop video. A rule helps."
IMPORTS = (
    '{% from "macros/tally.html" import key, strip, bars, chorus, seats, unheard %}'
    '{% from "macros/chips.html" import consensus, item, badge, stance, objection %}'
    '{% from "macros/comment.html" import thread, comment_acts %}'
    '{% from "macros/marks.html" import marked %}'
    '{% from "macros/nav.html" import crumbs, consultation_pages, jump %}'
    '{% from "macros/forms.html" import field, tick, ticks, choices, error_summary, csrf, select, POSITION_MARKS %}'
)


def view(number=1, **changes):
    values = {
        "id": 2**52 + number, "author_name": "R.", "identity": "pseudonym", "organisation": False, "verified": True,
        "group_name": "Researchers", "directly_affected": False, "stance": "supports", "clause": "",
        "html": Markup(text.render(BODY)), "proposed_change_html": None, "edited": False, "channel": "web",
        "created_at": datetime(2026, 10, 2, 12, 30, tzinfo=UTC), "state": "published", "mine": False, "may_edit": False,
        "endorsements": 84, "endorsing_groups": 11, "endorsed_by_me": False, "objection_state": None, "language": "en",
        "direction": "ltr", "depth": 0, "revision": 1, "note": "", "gist": False, "content_note": None,
        "tombstone": None,
    }  # fmt: skip
    return CommentView(**{**values, **changes})


@pytest.fixture
def render(tmp_path):
    """Renders a piece of template and checks it as part of a page."""
    app = plain_app(tmp_path, MEMBER)

    def rendered(source, **values):
        with app.test_request_context("/"):
            g.viewer = MEMBER
            page = render_template_string(IMPORTS + source, **values)
            assert faults(page, fragment=True) == []
            return page

    return rendered


def words(page):
    return " ".join(re.sub("<[^>]+>", " ", page).split())


def test_bars_say_every_number(render):
    page = render('{{ bars(tallies, "Version 3", 5, "/invite") }}', tallies=TALLIES)
    assert "8 support, 6 with reservations, 3 abstain, 7 object. 67% of 21 approve (45% to 83%)." in words(
        page
    ).replace(" ,", ",")
    assert "Not yet heard. Fewer than 5 voices so far." in words(page)
    assert "Not shown, so that the figures of a smaller group cannot be computed." in words(page)
    assert 'x="33.3%" y=".75" width="25%"' in page


def test_a_strip_is_described(render):
    page = render("{{ strip(tallies) }}", tallies=TALLIES)
    assert (
        'aria-label="Positions by group. 1 of 1 group heard is in favour. Not yet heard: Wrongly identified."' in page
    )


def test_the_other_figures_name_the_silent(render):
    for macro in ("chorus(tallies)", 'seats(tallies, "/invite")', "unheard(tallies, 5)"):
        page = render("{{ " + macro + " }}", tallies=TALLIES).replace("\u00ad", "")
        assert "Wrongly identified" in words(page)
        assert re.search("Not yet heard|Empty", words(page))


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("Researchers", "Resear-chers"),
        ("Policymakers", "Poli-cy-ma-kers"),
        ("Lawyers", "Lawyers"),
        ("普通公众", "普通公众"),
    ],
)
def test_long_names_break_between_syllables(name, broken):
    assert soft(name).replace("\u00ad", "-") == broken


def test_a_name_is_never_markup(render):
    group = GroupTally("x", "<b>&", "<i>", directly_affected=True, heard=True, shown=True, size=5, support=5)
    page = render(
        "{{ strip(t) }}{{ chorus(t) }}{{ seats(t) }}{{ bars(t, '<u>', 5) }}{{ unheard(t, 5) }}", t=[group, SILENT]
    )
    assert "<b>&" not in page
    assert "<i>" not in page
    assert "<u>" not in page


@pytest.mark.parametrize("macro", ["consensus", "item", "stance", "objection"])
def test_every_code_has_its_chip(render, macro):
    from app.models.comments import Stance
    from app.models.contributions import State
    from app.models.objections import ObjectionState
    from app.rules.consensus import ConsensusState

    codes = {"consensus": ConsensusState, "item": State, "stance": Stance, "objection": ObjectionState}[macro]
    for code in codes:
        assert words(render("{{ " + macro + "(code) }}", code=code))


def test_a_comment_says_who_and_from_where(render):
    page = render(
        "{{ comment_acts() }}{{ thread(views, true) }}", views=[view(directly_affected=True, channel="phone")]
    )
    assert "R. under a pseudonym" in words(page)
    assert '<span class="badge direct">Researchers</span>' in page
    assert "Given by phone" in page
    assert "84 people in 11 groups" in page
    assert f'formaction="/comments/{2**52 + 1}/endorse"' in page


def test_own_and_waiting_removed_and_confidential_comments(render):
    views = [
        view(1, mine=True, state="pending", may_edit=True),
        view(2, tombstone=_("Withdrawn by its author on %(date)s.", date="1 May"), replies=[view(3)], reply_count=1),
        view(
            4,
            author_name="",
            identity="confidential",
            gist=True,
            language="ar",
            note="Checked.",
            content_note="Mentions detention.",
        ),
    ]
    page = render("{{ comment_acts() }}{{ thread(views, true) }}", views=views)
    assert "You waiting for review; only you can see this" in words(page)
    assert "Withdraw" in words(page)
    assert "Withdrawn by its author on 1 May." in words(page)
    assert "1 reply" in words(page)
    assert "A participant confidentially; this is the gist" in words(page)
    assert 'lang="ar"' in page
    assert "Note by moderation: Checked." in words(page)


def test_somebody_anonymous_sees_no_buttons(render):
    page = render("{{ thread(views) }}", views=[view()])
    assert "button" not in page
    assert "Endorsed by 84 people in 11 groups" in words(page)


def test_twenty_comments_are_small(render):
    page = render(
        "{{ comment_acts() }}{{ thread(views, true) }}", views=[view(n, clause="", replies=[]) for n in range(20)]
    )
    assert len(page.encode()) < 20 * 1_050


class Part(FlaskForm):
    title = StringField(_("Title"))


class Form(FlaskForm):
    email = EmailField(_("E-mail address"))
    position = RadioField(_("Position"), choices=[SelectChoice("support", "Support"), SelectChoice("object", "Object")])
    about = SelectMultipleField(_("About you"), choices=[SelectChoice("1", "Disabled"), SelectChoice("2", "Over 65")])
    clause = SelectField(_("Clause"), choices=[SelectChoice("", "All"), SelectChoice("1", "Clause 1")])
    body = TextAreaField(_("Text"))
    consent = BooleanField(_("Publish it"))
    part = FormField(Part)


FORM = """{{ error_summary(form) }}<form method="post" action="/x">{{ csrf() }}
{{ field(form.email, "A hint", {"autocomplete": "email"}) }}{{ choices(form.position, POSITION_MARKS) }}
{{ ticks(form.about, kind="checkbox", columns=true, heading=2) }}{{ field(form.clause) }}
{{ field(form.body, attributes={"rows": 5}) }}{{ tick(form.consent, "A note") }}{{ field(form.part.title) }}</form>"""


def test_forms_keep_what_was_typed_and_say_what_to_change(tmp_path):
    app = plain_app(tmp_path, MEMBER)
    data = {"email": "a@", "about": "2", "clause": "1", "body": "<b>x", "consent": "y", "part-title": "T"}
    with app.test_request_context("/", method="POST", data=data):
        g.viewer = MEMBER
        form = Form()
        form.email.errors = [_("Enter an e-mail address, such as name@example.org")]
        form.position.errors = ["Choose a position"]
        form.part.title.errors = ["Enter a title"]
        page = render_template_string(IMPORTS + FORM, form=form)
    assert faults(page, fragment=True) == []
    assert [target for target, _words in wrong_fields(form)] == ["email", "position-0", "part-title"]
    assert "3 things to change; nothing you typed was lost" in page
    for target in ("email", "position-0", "part-title"):
        assert f'href="#{target}"' in page
        assert f'id="{target}"' in page
    assert 'aria-describedby="email-h email-e"' in page
    assert 'autocomplete="email"' in page
    assert 'value="a@"' in page
    assert "&lt;b&gt;x" in page
    assert re.search(r'value="2" checked', page)
    assert re.search(r'<option selected value="1">', page)
    assert " autofocus" in page


def test_crumbs_and_places(render):
    page = render(
        '{{ crumbs([("/a", "A")], "B") }}{{ consultation_pages("x", "summary") }}{{ jump([("c", "C")]) }}<p id="c"></p>'
    )
    assert '<li aria-current="page">B</li>' in page
    assert '<a href="/consultations/x/summary" aria-current="page">' in page


def test_each_page_of_the_site_keeps_the_rules_of_pages(tmp_path):
    client = plain_app(tmp_path, MEMBER).test_client()
    for path in ("/about", "/house-rules", "/privacy", "/accessibility", "/nowhere"):
        assert faults(client.get(path).text, path=path) == []


def test_every_reason_is_explained_in_the_house_rules():
    from app.models.moderation import Reason
    from app.rules.words_of_moderation import FIXES, MEANINGS

    assert set(MEANINGS) == set(FIXES) == set(Reason)
    source = (ROOT / "templates" / "site" / "house_rules.html").read_text()
    assert "words.OF_MODERATION.MEANINGS" in source


def test_a_page_carries_each_shape_once_and_only_those_it_uses(tmp_path):
    page = plain_app(tmp_path, MEMBER).test_client().get("/about").text
    assert "<symbol" not in page


def test_bounds_are_explained_where_they_are_given(render):
    page = render('{% from "macros/tally.html" import bounds_note %}{{ bounds_note(tallies) }}', tallies=TALLIES)
    assert "Wilson's 95% interval" in words(page).replace("&#39;", "'")
    assert not words(
        render('{% from "macros/tally.html" import bounds_note %}{{ bounds_note(tallies) }}', tallies=[SILENT])
    )


def test_marks_are_named_and_the_text_stays_text(render):
    text = "<b>Ask</b> a@example.org,\nor bit.ly/2Ab3Cd4 & <script>"
    page = render("{{ marked(pieces) }}", pieces=pieces(text, marks_of(text, language="en")))
    assert '<p class="typed" dir="auto">&lt;b&gt;Ask&lt;/b&gt; <mark class="pii">a@example.org<sup' in page
    assert ",\nor <mark" in page
    assert "shortened link" in words(page)
    assert "&amp; &lt;script&gt;</p>" in page
    arabic = render(
        "{{ marked(pieces, tongue) }}", pieces=pieces(text, marks_of(text, language="en")), tongue=Markup(' lang="ar"')
    )
    assert '<p class="typed" lang="ar" dir="auto">' in arabic
    assert '<sup lang="en" dir="auto">\xa0e-mail address</sup>' in arabic.replace("&nbsp;", "\xa0")
