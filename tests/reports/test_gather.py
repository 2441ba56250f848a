"""What a summary says: hidden tallies stay hidden, every voice is counted once, arguments stand in equal order."""

import pytest

from app.actions import comment_edits
from app.actions import consultations as chair
from app.models.comments import Stance
from app.models.consultations import Membership, TallyVisibility
from app.models.moderation import Action
from app.models.positions import Choice
from app.queries import listings, positions
from app.queries.listings import Wanted
from app.reports.formats import FORMATS
from app.reports.gather import gather
from tests.factories import comments, consultations, moderation, objections, people, standards, summaries
from tests.factories.viewers import frame
from tests.unpacking import unpacked

pytestmark = pytest.mark.usefixtures("stopped_clock")
HIDING = [TallyVisibility.AFTER_POSITION, TallyVisibility.AFTER_CLOSING]


def test_the_same_data_give_the_same_bytes(session, stopped_clock):
    consultation = summaries.told(session)
    first, second = {}, {}
    for found in (first, second):
        document = gather(session, frame(session, consultation))
        found |= {name: kind.render(document) for name, kind in FORMATS.items()}
        stopped_clock.forward(days=2)
        session.expire_all()
    assert {name for name in FORMATS if first[name] != second[name]} == set()


@pytest.mark.parametrize("visible", HIDING)
def test_hidden_tallies_leak_into_no_file_while_it_is_open(session, visible):
    consultation = summaries.told(session, visible=visible)
    somebody = people.member(session, consultation)
    for looking in (None, somebody):
        document = gather(session, frame(session, consultation, looking))
        for standard in document.standards:
            assert (standard.positions.n, standard.approval_percent, standard.minority) == (0, None, ())
            assert not any(tally.shown for tally in standard.by_group)
            assert (standard.consensus_state, standard.organisations, standard.carried_over) == ("too_early", None, 0)
    before = {name: kind.render(gather(session, frame(session, consultation))) for name, kind in FORMATS.items()}
    assert "13 support" not in unpacked(before["html"])
    assert summaries.LONE_REASON in unpacked(before["json"])  # a published comment, like others


@pytest.mark.parametrize("visible", HIDING)
def test_one_more_position_changes_nothing_that_can_be_read(session, visible):
    """Not even by comparing two files: from somebody who has spoken before, so that the number of voices stays."""
    consultation = summaries.told(session, visible=visible)
    voice = people.member(session, consultation, group="public")
    second = listings.readable_versions(session, frame(session, consultation))[1][0]
    standards.position(session, second, Choice.SUPPORT, by=voice)
    earlier = gather(session, frame(session, consultation))
    standards.position(session, second, Choice.ABSTAIN, by=voice)
    later = gather(session, frame(session, consultation))
    assert later.standards == earlier.standards
    assert later.participation == earlier.participation


@pytest.mark.parametrize("visible", TallyVisibility)
def test_after_the_closing_everybody_sees_them(session, visible):
    consultation = summaries.told(session, visible=visible)
    objections.all_answered(session, consultation)
    chair.close(session, consultation)
    first = gather(session, frame(session, consultation)).standards[0]
    assert (first.positions.n, first.provisional) == (24, False)


def test_lists_hide_what_pages_hide(session):
    consultation = summaries.told(session, visible=TallyVisibility.AFTER_CLOSING)
    seen = frame(session, consultation, people.member(session, consultation))
    for line in listings.listing(session, seen, Wanted()).lines:
        assert line.result.people == positions.NOBODY
        assert line.result.why_hidden is not None
        assert {tally.size for tally in line.result.groups} == {0}


def test_every_voice_is_counted_once_however_often_it_speaks(session):
    consultation = consultations.opened(session)
    talkative = people.members(session, consultation, 5, group="wrongly")
    first, second = (standards.published(session, consultation, by=talkative[0]) for _ in range(2))
    for member in talkative:
        for standard in (first, second):
            standards.position(session, standard, by=member)
            comments.published(session, standard, by=member)
    comments.pending(session, first, by=people.member(session, consultation, group="scanned"))  # not yet heard
    standards.position(session, first, by=people.member(session, consultation, group="scanned", proved=False))
    document = gather(session, frame(session, consultation))
    counted = {voices.group: voices.people for voices in document.participation}
    assert counted["wrongly"] == 5
    assert counted["scanned"] is None
    assert document.people == 5


def test_reasons_stand_in_equal_order_across_groups_first(session):
    consultation = consultations.opened(session)
    standard = standards.published(session, consultation)
    loud = comments.published(session, standard, stance=Stance.OBJECTS, body="Loud in one group.")
    bridge = comments.published(session, standard, stance=Stance.OBJECTS, body="Shared across groups.")
    for _ in range(4):
        comments.endorsed(session, loud, group="public")
    for group in ("wrongly", "makers"):
        comments.endorsed(session, bridge, group=group)
    comments.published(session, standard, stance=Stance.OBJECTS, body="A reply.", reply_to=bridge)
    report = gather(session, frame(session, consultation)).standards[0]
    assert [argument.text for argument in report.arguments_against] == ["Shared across groups.", "Loud in one group."]
    assert report.arguments_for == ()


def test_an_objection_whose_reason_is_not_published_counts_without_its_words(session):
    consultation = consultations.opened(session)
    standard = standards.published(session, consultation)
    standards.position(session, standard, Choice.OBJECT, reason="Words that wait.")
    [lone] = gather(session, frame(session, consultation)).standards[0].minority
    assert (lone.position, lone.text, lone.would_change, lone.id) == ("object", "", "", None)


def test_the_figures_of_moderation(session):
    consultation = consultations.opened(session)
    standard = standards.published(session, consultation)
    comments.published(session, standard)
    comments.declined(session, standard)
    returned = comments.returned(session, standard)
    comments.pending(session, standard)
    author = session.get_one(Membership, returned.membership_id)
    edited = comments.published(session, standard, by=author, body="First.")
    comment_edits.edit(session, consultation, edited, by=author, body="Second.")
    moderation.decide(session, edited, Action.HIDE)
    figures = gather(session, frame(session, consultation)).moderation
    assert (figures.received, figures.published, figures.declined, figures.returned, figures.hidden) == (6, 2, 1, 1, 1)


def test_no_week_tells_of_positions_while_tallies_are_hidden(session):
    consultation = summaries.told(session, visible=TallyVisibility.AFTER_CLOSING)
    process = gather(session, frame(session, consultation)).process
    assert sum(week.positions for week in process.weeks) == 0
    consultation.tallies_visible = TallyVisibility.ALWAYS
    process = gather(session, frame(session, consultation)).process
    assert sum(week.positions for week in process.weeks) == 24


def test_the_document_says_what_it_rests_on(session, stopped_clock):
    consultation = summaries.told(session)
    stopped_clock.forward(hours=3)
    comments.pending(session, listings.readable_versions(session, frame(session, consultation))[0][0])
    stopped_clock.forward(days=3)
    document = gather(session, frame(session, consultation))
    assert document.as_of == "2026-06-10T15Z"
    assert document.ledger_entries > 40
