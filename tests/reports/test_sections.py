"""A summary in words: every section is there, both sides have the same room, and nothing stands without its source."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from app.analysis import groups
from app.models.comments import Stance
from app.models.consultations import TallyVisibility
from app.models.positions import Choice
from app.reports.blocks import (
    Figure,
    Grid,
    Heading,
    Paragraph,
    Picture,
    Quotation,
    Report,
    Sides,
    Span,
    State,
    pictures,
)
from app.reports.edition import Edition
from app.reports.gather import gather
from app.reports.process_report import WeekLine
from app.reports.sections import SECTIONS, first_page, printed, report_of
from app.reports.tables import tables
from tests.analysis.voters import camps
from tests.factories import comments, consultations, opinions, people, standards, summaries
from tests.factories.viewers import frame

UNPUBLISHED = "Reason not published"
pytestmark = [pytest.mark.sqlite, pytest.mark.usefixtures("stopped_clock")]


def told(session, consultation) -> Report:
    return report_of(gather(session, frame(session, consultation)), Edition("https://example.org"))


@pytest.fixture
def report(session) -> Report:
    return told(session, summaries.told(session))


def inside(value: object) -> Iterator[object]:
    """Every dataclass in it, itself included."""
    if isinstance(value, tuple):
        for item in value:
            yield from inside(item)
    elif is_dataclass(value):
        yield value
        for field in fields(value):
            yield from inside(getattr(value, field.name))


def plain(spans: tuple[Span, ...]) -> str:
    return "".join(span.text for span in spans)


def all_text(report: Report) -> str:
    return "".join(span.text for span in inside(report) if isinstance(span, Span))


def test_every_section_is_there_but_those_with_nothing_to_say(report):
    assert [section.key for section in report.sections] == [
        key for key in SECTIONS if key not in ("commitments", "law", "opinions")
    ]


def test_sections_can_be_chosen(session):
    document = gather(session, frame(session, summaries.told(session)))
    chosen = report_of(document, Edition(sections=("who", "standards")))
    assert [section.key for section in chosen.sections] == ["who", "standards"]


def test_affected_people_are_heard_before_everybody_else(session):
    consultation = consultations.opened(session)
    standard = standards.published(session, consultation)
    for group in ("makers", "public", "wrongly", "scanned"):
        author = people.member(session, consultation, group=group)
        comments.published(session, standard, by=author, body=f"From {group}.")
    section = {one.key: one for one in told(session, consultation).sections}["affected"]
    said = [block.text for block in section.blocks if isinstance(block, Quotation)]
    assert set(said[:2]) == {"From wrongly.", "From scanned."}
    assert set(said[2:]) == {"From makers.", "From public."}


def test_both_sides_have_the_same_room(session):
    consultation = consultations.opened(session)
    standard = standards.published(session, consultation)
    for number in range(9):
        comments.published(session, standard, body=f"Against {number}.", stance=Stance.OBJECTS)
    for number in range(4):
        comments.published(session, standard, body=f"For {number}.", stance=Stance.SUPPORTS)
    [sides] = [one for one in inside(told(session, consultation).sections) if isinstance(one, Sides)]
    assert len(sides.first.quotations) == len(sides.second.quotations) == 3


def test_each_quotation_leads_to_its_comment_and_says_who_spoke_in_which_way(report):
    quotations = [one for one in inside(report) if isinstance(one, Quotation) and one.text != UNPUBLISHED]
    assert len(quotations) > 4
    for quotation in quotations:
        [link] = [span.href for span in quotation.said_by if span.href.startswith("/comments/")]
        assert re.fullmatch(r"/comments/\d+", link)
        assert quotation.language == "en"
    reason = next(one for one in quotations if one.text == "It protects people.")
    assert "Under a pseudonym." in plain(reason.said_by)


def test_no_percentage_stands_without_its_count_or_below_twenty(session):
    consultation = consultations.opened(session)
    standard = standards.published(session, consultation)
    standards.positions_of(session, standard, "wrongly", {Choice.SUPPORT: 9, Choice.OBJECT: 3})
    said = all_text(told(session, consultation))
    assert "12 positions. 9 support" in said
    assert not re.search(r"\d%\s+of \d+ approve", said)


def test_what_moderation_did_is_counted_on_the_page_as_in_the_files(session):
    document = gather(session, frame(session, summaries.told(session)))
    document = replace(document, moderation=replace(document.moderation, published=7, redacted=2))
    report = report_of(document, Edition("https://example.org"))
    [became] = [grid for grid in inside(report) if isinstance(grid, Grid) and plain(grid.rows[0][0]) == "received"]
    counted = {plain(name): plain(count) for name, count in became.rows}
    assert (counted["published as written"], counted["published with redactions"]) == ("7", "2")


def test_hidden_tallies_are_not_told_as_nobody(session):
    consultation = summaries.told(session, visible=TallyVisibility.AFTER_CLOSING)
    [first, _second] = gather(session, frame(session, consultation)).standards
    assert first.positions_hidden
    said = all_text(told(session, consultation))
    assert "Nobody took a position." not in said
    assert "Not shown, so that" not in said
    assert "Positions per group appear here after the consultation has closed." in said


def test_a_title_is_cited_with_its_question_mark(session):
    consultation = summaries.told(session)
    for title, cited in (("Who decides?", "Who decides? "), ("On faces", "On faces. ")):
        consultation.title = title
        citation = dict(told(session, consultation).cover.pairs)["How to cite"]
        assert f"Summary for policymakers: {cited}" in plain(citation)


def test_states_have_words_and_reasons_and_anchors_are_unique(report):
    states = [one for one in inside(report) if isinstance(one, State)]
    assert len(states) == 2
    assert all(state.name and state.reason for state in states)
    anchors = [one.anchor for one in inside(report) if isinstance(one, Heading) and one.anchor]
    anchors += [section.key for section in report.sections]
    assert len(anchors) == len(set(anchors))
    links = {span.href[1:] for span in inside(report) if isinstance(span, Span) and span.href.startswith("#")}
    assert links <= set(anchors)


def test_every_picture_is_well_formed_and_told_in_words(report):
    drawn = list(pictures(report))
    assert drawn
    for picture in drawn:
        root = ET.fromstring(picture.svg)
        assert root.get("aria-label", "") == picture.description
        assert (root.get("role") == "img") == bool(picture.description)
        assert "style" not in picture.svg
        assert not re.search(r"\bid=", picture.svg)
    for figure in (one for one in inside(report) if isinstance(one, Figure)):
        assert figure.picture.description
        assert figure.table.rows


def test_tables_have_a_cell_for_each_head(report):
    for grid in (one for one in inside(report) if isinstance(one, Grid)):
        assert {len(row) for row in grid.rows} <= {len(grid.heads)}, grid.caption
        assert not any(isinstance(row[0], Picture) for row in grid.rows)
    captions = [one.caption for one in inside(report.sections) if isinstance(one, Grid)]
    assert len(captions) == len(set(captions))


def test_no_level_of_headings_is_skipped(session):
    consultation = consultations.opened(session)
    standard = standards.published(session, consultation)
    for group in ("makers", "wrongly"):
        comments.published(session, standard, by=people.member(session, consultation, group=group))
    for section in told(session, consultation).sections:
        levels = [2, *(block.level for block in section.blocks if isinstance(block, Heading))]
        assert all(after <= before + 1 for before, after in pairwise(levels)), section.key


def test_whoever_is_not_heard_is_named_first(report):
    one_page = report.sections[0]
    unheard = next(block for block in one_page.blocks if isinstance(block, Paragraph) and block.tone.value == "unheard")
    assert "Researchers" in plain(unheard.text)


def test_opinion_groups_have_their_table_before_their_map(session, monkeypatch):
    monkeypatch.setattr(groups, "SHUFFLES", 2)
    consultation = consultations.opened(session)
    votes, shape, _camp = camps(0)
    opinions.positions(session, consultation, opinions.published(session, consultation, shape[1]), votes)
    opinions.found(session, consultation)
    section = {one.key: one for one in told(session, consultation).sections}["opinions"]
    kinds = [type(block) for block in section.blocks]
    assert kinds.index(Grid) < kinds.index(Figure)
    document = gather(session, frame(session, consultation))
    assert {table.name for table in tables(document)} >= {"opinion_groups", "opinion_figures", "opinion_cross"}
    assert all({len(row) for row in table.rows} <= {len(table.columns)} for table in tables(document))


def test_hostile_words_stay_words(session):
    consultation = consultations.opened(session)
    standard = standards.published(session, consultation, title="<script>alert(1)</script> & “quotes”")
    comments.published(session, standard, stance=Stance.SUPPORTS, body="<svg onload=x>")
    report = told(session, consultation)
    assert "<script>" in all_text(report)
    assert not any("<script" in picture.svg or "onload" in picture.svg for picture in pictures(report))


def test_more_standards_than_anybody_prints_are_cut_and_counted(session, monkeypatch):
    monkeypatch.setattr(printed, "MOST_PRINTED", 1)
    document = gather(session, frame(session, summaries.told(session)))
    report = report_of(document)
    titles = [plain(block.text) for block in inside(report) if isinstance(block, Heading) and block.anchor[:1] == "s"]
    assert titles == ["1. A match is a lead"]
    assert "1 more standard is not printed here." in all_text(report)
    assert {row[0] for table in tables(document) if table.name == "standards" for row in table.rows} == {1, 2}


def test_standards_beyond_the_first_are_counted_and_numbers_stay_numbers(session, monkeypatch):
    consultation = consultations.opened(session)
    for _number in range(4):
        standard = standards.published(session, consultation)
    standard.number = 2517
    monkeypatch.setattr(first_page, "NUMBERS", 2)
    said = all_text(told(session, consultation))
    assert "Too early to say (1, 2, and 2 more)" in said
    assert "Standard 2517, version 1" in said
    assert "0 organisations." not in said


def test_many_weeks_are_told_month_by_month(session):
    document = gather(session, frame(session, summaries.told(session)))
    assert document.process is not None
    mondays = [date(2026, 1, 5) + timedelta(weeks=number) for number in range(30)]
    weeks = tuple(WeekLine(monday.isoformat(), 1, 2) for monday in mondays)
    report = report_of(replace(document, process=replace(document.process, weeks=weeks)))
    [figure] = [one for one in inside(report) if isinstance(one, Figure) and "month by month" in one.caption]
    assert [tuple(map(plain, row)) for row in figure.table.rows][:2] == [
        ("January 2026", "4", "8"),
        ("February 2026", "4", "8"),
    ]
    assert sum(int(plain(row[1])) for row in figure.table.rows) == 30


@pytest.mark.parametrize("state", ["open", "closed"])
def test_phases_that_closing_cut_short_stand_as_planned(session, state):
    document = gather(session, frame(session, consultations.opened(session)))
    phase = next(phase for phase in document.process.phases if phase.opens_on < phase.closes_on)
    about = replace(document.consultation, state=state, closes_at=f"{phase.opens_on}T12:00:00+00:00")
    report = report_of(replace(document, consultation=about), Edition("https://example.org"))
    (grid,) = (one for one in inside(report) if isinstance(one, Grid) and one.caption == "Phases")
    assert bool(grid.note) == (state == "closed")
