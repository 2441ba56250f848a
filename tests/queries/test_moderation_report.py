"""Public figures of moderation: right, and nobody in a small group can be told from them."""

from datetime import timedelta

import pytest

from app.actions import desk
from app.models.appeals import AppealOutcome
from app.models.consultations import Consultation, Membership, Review
from app.models.flags import FlagOutcome
from app.models.moderation import Action, Case, Reason
from app.models.standards import Standard
from app.queries import moderation_report as queries
from app.reports import moderation_tables
from app.rules.transparency import faults, fields_of
from tests.factories import comments, consultations, kinds, moderation, people, standards

pytestmark = pytest.mark.usefixtures("stopped_clock")
HOURS = [timedelta(hours=hours) for hours in range(1, 101)]
AFFECTED, OTHERS = ("wrongly", "scanned"), ("researchers", "makers", "public")
SMALLEST = 5


@pytest.fixture
def consultation(session):
    return consultations.opened(session, review=Review.AFTER)


@pytest.fixture
def standard(session, consultation):
    return session.get_one(Standard, standards.pending(session, consultation).standard_id)


@pytest.mark.parametrize(
    ("waits", "share", "expected"),
    [
        ([], 0.5, None),
        (HOURS[:1], 0.5, 1),
        (HOURS[:1], 0.9, 1),
        (HOURS[:2], 0.5, 1),
        (HOURS[:3], 0.5, 2),
        (HOURS[:10], 0.5, 5),
        (HOURS[:10], 0.9, 9),
        (HOURS[:11], 0.9, 10),
        (HOURS[:70], 0.9, 63),
        (HOURS, 0.5, 50),
        (HOURS, 0.9, 90),
        (HOURS, 1.0, 100),
    ],
)
def test_a_share_of_all_waited_no_longer(waits, share, expected):
    assert queries.at_share(waits, share) == (timedelta(hours=expected) if expected else None)


def write(session, standard, sizes: dict[str, int]) -> list:
    """One comment by each of so many people of each group; nobody of the group "" speaks for any."""
    consultation = session.get_one(Consultation, standard.consultation_id)
    made = []
    for group, size in sizes.items():
        for number in range(size):
            author = people.member(session, consultation, group=group or "scanned")
            made.append(comments.pending(session, standard, by=author, body=f"{group} {number}"))
            if not group:
                author.group_id = None
    session.flush()
    return made


def test_decisions_are_counted_and_neither_proposals_nor_what_was_undone(
    session, consultation, standard, stopped_clock
):
    made = write(session, standard, {"scanned": 8})
    stopped_clock.forward(hours=5)
    moderation.decide(session, made[0], Action.HIDE, reason=Reason.OFF_TOPIC)
    moderation.decide(session, made[1], Action.RETURN, reason=Reason.UNREADABLE)
    moderation.decide(session, made[2], Action.HIDE, reason=Reason.HATE)  # two readers
    by = consultations.moderators(session, consultation)[0]
    moderation.decide(session, made[3], Action.HIDE, reason=Reason.HATE, by=by)  # only proposed
    undone = moderation.decide(session, made[4], Action.HIDE, reason=Reason.THREAT)
    desk.undo(session, consultation, session.get_one(Case, undone.case_id), by=by)
    moderation.decide(session, made[5], Action.WARN, reason=Reason.HARASSMENT)
    moderation.heard(session, moderation.appealed(session, made[5]))
    moderation.flagged(session, made[6])
    figures = queries.figures(session, consultation.id)
    assert (figures.received, figures.published, figures.hidden) == (9, 6, 2)
    assert (figures.returned, figures.warned, figures.two_readers) == (1, 1, 1)
    assert (figures.appeals, figures.appeals_decided, figures.overturned, figures.overturned_in_part) == (1, 1, 1, 0)
    assert list(figures.by_reason) == ["harassment", "hateful_generalisation", "off_topic", "unreadable"]
    assert set(figures.by_reason.values()) == {1}
    assert figures.flags == {FlagOutcome.OPEN: 1}
    assert (figures.median_wait, figures.ninetieth_wait) == (timedelta(hours=5), timedelta(hours=5))


@pytest.mark.parametrize(
    "sizes",
    [
        (6, 2, 6, 2, 6),
        (6, 2, 6, 6, 6),  # the side of those affected, less its one shown group, would be two people
        (6, 6, 6, 2, 2),
        (9, 9, 9, 2, 4),
        (4, 1, 6, 6, 0),
        (5, 5, 5, 5, 5),
        (0, 9, 4, 3, 7),
        (1, 0, 0, 0, 0),
        (7, 0, 9, 8, 6),
    ],
)
@pytest.mark.parametrize("without", [0, 2, 6])
def test_what_is_left_by_subtracting_is_no_small_group(session, consultation, sizes, without):
    by = people.member(session, consultation, group="public")
    standard = session.get_one(Standard, standards.pending(session, consultation, by=by).standard_id)
    size_of = dict(zip((*AFFECTED, *OTHERS), sizes, strict=True)) | {"": without}
    write(session, standard, size_of)
    size_of["public"] += 1  # who proposed it
    figures = queries.figures(session, consultation.id)
    keys = {group.name: group.key for group in consultations.GROUPS}
    shown = {keys[group.name] for group in figures.groups if group.shown}
    assert all(size_of[key] >= SMALLEST for key in shown)
    assert {group.received for group in figures.groups if not group.shown} <= {0}
    wholes = [{*AFFECTED, *OTHERS, ""}]
    if figures.affected is not None:
        wholes += [set(AFFECTED), set(OTHERS), {""}]
    for whole in wholes if shown else ():  # where no group is shown the total says nothing of any
        left = [size_of[key] for key in whole - shown if size_of[key]]
        assert not left or sum(left) >= SMALLEST, (whole, shown)
        assert len(left) != 1 or left[0] >= SMALLEST, (whole, shown)


def test_sides_that_are_safe_are_compared(session, consultation):
    by = people.member(session, consultation, group="public")
    standard = session.get_one(Standard, standards.pending(session, consultation, by=by).standard_id)
    made = write(session, standard, dict.fromkeys((*AFFECTED, *OTHERS), 6))
    for item in made[:3]:
        moderation.decide(session, item, Action.HIDE)
    found = queries.figures(session, consultation.id)
    assert (found.affected.received, found.affected.removed, found.everybody_else.removed) == (12, 3, 0)
    assert found.affected.removed_percent is None  # fewer than twenty
    assert [group.shown for group in found.groups] == [True] * 5


@pytest.mark.parametrize("what", kinds.WAITING)
def test_every_statement_for_the_transparency_database_is_without_faults(session, what):
    consultation = consultations.opened(session)
    standard = standards.published(session, consultation)
    item = kinds.WAITING[what](session, consultation, standard)
    moderation.decide(session, item, Action.DECLINE)
    milder = moderation.statement(Action.NOTE)
    moderation.heard(session, moderation.appealed(session, item), outcome=AppealOutcome.PARTLY, instead=milder)
    found = list(moderation_tables.restrictions(session, consultation))
    assert [one.action for one in found] == [Action.DECLINE, Action.NOTE]
    assert [faults(fields_of(one)) for one in found] == [[], []]
    assert len({one.puid for one in found}) == 2


def test_the_tables_hold_no_word_and_no_proposal(session, consultation, standard):
    [item] = write(session, standard, {"scanned": 1})
    item.lived = True
    first, second = consultations.moderators(session, consultation)
    moderation.decide(session, item, Action.HIDE, by=first)
    assert moderation_tables.decisions(session, consultation).count(b"\n") == 1
    moderation.decide(session, item, Action.HIDE, by=second)
    for table in (moderation_tables.decisions, moderation_tables.statements):
        written = table(session, consultation).decode()
        assert written.count("\n") == 2
        for word in (item.body, "second sentence", str(item.id), first.display_name):
            assert word not in written


def test_the_moderator_of_a_decision_is_counted_once(session, consultation, standard):
    for item in write(session, standard, {"scanned": 3}):
        moderation.decide(session, item)
    figures = queries.figures(session, consultation.id)
    by = session.get_one(Membership, consultations.moderators(session, consultation)[0].id)
    assert (figures.moderators, figures.languages) == (1, tuple(sorted(by.reads)))
