"""The opinion page: groups from positions alone, and nothing that gives somebody away."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from app import queries
from app.analysis import groups
from app.analysis.one_thread import np
from app.analysis.opinions import opinions as found_in
from app.models.consultations import ConsultationState, Membership, TallyVisibility
from app.models.contributions import State
from app.models.opinions import OpinionMember, OpinionRun
from app.models.positions import Block, Choice, Position
from app.models.standards import StandardVersion
from app.queries import consultations, opinions
from app.queries.opinion_figures import Telling
from app.queries.people import ANYBODY
from tests.analysis.voters import camps, listed, noise
from tests.factories import consultations as making
from tests.factories import opinions as crowd

WIDTH = 40
FOUND = found_in(np.array([0]), np.array([0]), np.array([1]), shape=(1, 1))
pytestmark = [pytest.mark.usefixtures("stopped_clock"), pytest.mark.sqlite]  # the jobs are tested on both


@pytest.fixture(autouse=True)
def few_shuffles(monkeypatch):
    """Chance is asked four times instead of twenty: whether that is enough is tested elsewhere."""
    monkeypatch.setattr(groups, "SHUFFLES", 4)


@pytest.fixture
def consultation(session):
    return making.opened(session, slug="faces")


def page(session):
    return opinions.page(session, consultations.frame(session, "faces", ANYBODY))


def filled(session, consultation, votes, width, **more):
    standards = crowd.published(session, consultation, width)
    crowd.positions(session, consultation, standards, votes, **more)
    crowd.found(session, consultation)
    return standards


def in_camps(session, consultation, **more):
    votes, shape, _camp = camps(0, statements=WIDTH, **more)
    return filled(session, consultation, votes, shape[1])


def told_of(shown):
    lines = [line for group in shown.groups for line in group.apart]
    return {line.number for line in [*lines, *shown.supported, *shown.objected]}


def test_groups_and_what_sets_them_apart(session, consultation):
    standards = in_camps(session, consultation)
    shown = page(session)
    assert (shown.stage, shown.number, shown.people, shown.grouped) == ("groups", 1, 68, 68)
    assert [(group.letter, group.size) for group in shown.groups] == [("A", 34), ("B", 21), ("C", 13)]
    numbers = {standard.number for standard in standards}
    for group in shown.groups:
        assert group.apart
        for line in group.apart:
            assert line.number in numbers
            assert line.here.letter == group.letter
            assert line.here.said <= line.here.seen
        assert all(mark.people >= 5 for mark in group.marks)
        assert sum(mark.people for mark in group.marks) == group.size
    assert shown.observed > shown.chance


def test_what_is_shared_has_figures_of_each_group(session, consultation):
    votes, shape, camp = camps(1, statements=WIDTH)
    agreed = votes[1] == 0
    votes[2][agreed] = 1
    standards = filled(session, consultation, votes, shape[1])
    lines = {line.number: line for line in page(session).supported}
    cells = lines[standards[0].number].cells
    assert [cell.letter for cell in cells] == ["A", "B", "C"]
    for number, cell in enumerate(cells):
        voted = int((agreed & (camp[votes[0]] == number)).sum())
        assert (cell.said, cell.seen) == (voted, voted)
        assert cell.percent == (100 if voted >= 20 else None)


def test_noise_is_one_group(session, consultation):
    votes, shape = noise(0)
    filled(session, consultation, votes, shape[1])
    shown = page(session)
    assert (shown.stage, shown.groups, shown.cross) == ("one_group", (), ())


def test_few_people_are_too_early(session, consultation):
    votes, shape = listed([[1] * 8] * 9 + [[-1] * 8] * 10)
    filled(session, consultation, votes, shape[1])
    assert page(session).stage == "too_early"


def test_nothing_is_reckoned_while_somebody_waits(session, consultation):
    votes, shape, _camp = camps(0, statements=WIDTH)
    assert page(session).stage == "too_early"
    crowd.positions(session, consultation, crowd.published(session, consultation, shape[1]), votes)
    assert page(session).stage == "coming"
    crowd.found(session, consultation)
    assert page(session).stage == "groups"


def test_organisations_are_in_no_group(session, consultation):
    votes, shape, _camp = camps(0, statements=WIDTH)
    standards = filled(session, consultation, votes, shape[1])
    before = page(session)
    crowd.positions(session, consultation, standards, votes, block=Block.ORGANISATIONS)
    consultation.state = ConsultationState.CLOSED
    assert crowd.found(session, consultation)
    assert replace(page(session), number=1, final=False) == before


def test_tallies_that_are_hidden_hide_the_groups(session, consultation):
    in_camps(session, consultation)
    consultation.tallies_visible = TallyVisibility.AFTER_CLOSING
    session.flush()
    shown = page(session)
    assert (shown.stage, shown.groups, shown.cross) == ("hidden", (), ())
    assert shown.why_hidden.code == "tally_after_closing"


def test_a_smallest_group_that_was_raised_counts_at_once(session, consultation):
    in_camps(session, consultation)
    consultation.minimum_group = 8
    session.flush()
    assert page(session).stage == "coming"


def test_a_standard_that_is_hidden_later_has_no_line_from_then_on(session, consultation):
    standards = in_camps(session, consultation)
    number = page(session).groups[0].apart[0].number
    hidden = next(standard for standard in standards if standard.number == number)
    version = session.query(StandardVersion).filter_by(standard_id=hidden.id).one()
    version.state = State.HIDDEN
    session.flush()
    shown = page(session)
    assert shown.stage == "groups"
    assert number not in told_of(shown)
    consultation.state = ConsultationState.CLOSED
    assert crowd.found(session, consultation)
    assert page(session).number == 2
    assert number not in told_of(page(session))


def test_figures_on_an_earlier_text_have_no_line(session, consultation):
    standards = in_camps(session, consultation)
    number = page(session).groups[0].apart[0].number
    changed = next(standard for standard in standards if standard.number == number)
    version = session.query(StandardVersion).filter_by(standard_id=changed.id).one()
    version.number = changed.version = changed.counts_from = 2
    session.flush()
    assert number not in told_of(page(session))


def test_one_person_outside_the_groups_hides_a_group_with_them(session, consultation):
    standards = in_camps(session, consultation)
    line = page(session).groups[0].apart[0]
    assert line.elsewhere.shown
    place = next(number for number, standard in enumerate(standards) if standard.number == line.number)
    crowd.positions(session, consultation, standards, ([0], [place], [-1]))
    consultation.state = ConsultationState.CLOSED
    crowd.found(session, consultation)
    again = {line.number: line for group in page(session).groups for line in group.apart}[line.number]
    assert not again.elsewhere.shown


@given(st.lists(st.integers(0, 12), min_size=3, max_size=3), st.integers(0, 12), st.integers(1, 8))
def test_what_is_shown_beside_the_total_leaves_nobody_alone(seen, outside, minimum):
    counts = np.array([[[0, 0, count]] for count in seen])
    found = replace(FOUND, numbers=(0, 1, 2), statements=np.array([0]), counts=counts, shared=(0,))
    text = SimpleNamespace(id=1), SimpleNamespace(number=1)
    cells = Telling(found, [sum(seen) + outside], [text], minimum).shared(supported=True)[0]["cells"]
    shown = [cell[1] for cell in cells if cell is not None]
    left = sum(seen) + outside - sum(shown)
    assert all(people >= minimum for people in shown)
    assert left == 0 or left >= min(minimum, sum(seen) + outside)


def test_as_many_statements_for_many_as_for_few(session, consultation, count_statements):
    standards = in_camps(session, consultation, sizes=(14, 12))
    frame = consultations.frame(session, "faces", ANYBODY)
    needed = []
    for sizes in ((14, 12), (60, 50)):
        votes, _shape, _camp = camps(0, sizes=sizes, statements=WIDTH)
        crowd.positions(session, consultation, standards, votes)
        with count_statements() as statements:
            crowd.read(session, consultation.id)
        needed.append(len(statements))
        assert crowd.found(session, consultation)
        with count_statements() as statements:
            opinions.page(session, frame)
        needed.append(len(statements))
    assert needed == [11, 2, 11, 2]  # the consultation is in the session already


def test_letters_stay_while_the_groups_change_their_sizes(session, consultation):
    standards = in_camps(session, consultation)
    before = page(session)
    votes, _shape, camp = camps(0, statements=WIDTH)
    small = np.flatnonzero(camp == 2)
    people, places, values = votes
    more = np.isin(people, small)
    for _ in range(3):  # the smallest camp becomes the largest
        crowd.positions(session, consultation, standards, (people[more] - small[0], places[more], values[more]))
    assert crowd.found(session, consultation)
    after = page(session)
    assert after.number == 2
    assert [(group.letter, group.size) for group in after.groups] == [("A", 34), ("B", 21), ("C", 52)]
    assert [group.letter for group in before.groups] == [group.letter for group in after.groups]


def move(session, count, *, choice=Choice.ABSTAIN):
    """So many people change one position each."""
    some = session.scalars(select(Membership.id).where(Membership.reference.is_not(None)).limit(count)).all()
    for member in some:
        mine = select(Position).where(Position.membership_id == member, Position.choice != choice)
        session.scalars(mine.order_by(Position.id).limit(1)).one().choice = choice


def test_figures_stay_until_a_smallest_group_has_moved(session, consultation, stopped_clock):
    in_camps(session, consultation)
    before = page(session)
    stopped_clock.forward(hours=1)
    move(session, 4)
    assert not crowd.found(session, consultation)
    assert page(session) == before
    move(session, 5)  # the same four once more, and one other
    assert crowd.found(session, consultation)
    assert (page(session).number, page(session).found_at) == (2, stopped_clock.now)
    move(session, 1, choice=Choice.OBJECT)
    consultation.state = ConsultationState.CLOSED
    assert crowd.found(session, consultation)
    assert (page(session).number, page(session).final) == (3, True)


def test_whoever_takes_everything_back_counts_as_moved(session, consultation):
    in_camps(session, consultation)
    gone = session.scalars(select(OpinionMember.membership_id).order_by(OpinionMember.membership_id).limit(5)).all()
    session.query(Position).where(Position.membership_id.in_(gone)).delete()
    assert crowd.found(session, consultation)
    assert page(session).people == 63
    assert session.scalar(select(func.count()).select_from(OpinionMember)) == 63


def test_what_is_kept_of_somebody_goes_with_the_membership(session, consultation):
    in_camps(session, consultation)
    gone = session.scalars(select(OpinionMember.membership_id).limit(1)).one()
    session.query(Position).filter_by(membership_id=gone).delete()
    session.query(Membership).filter_by(id=gone).delete()
    assert session.scalar(select(func.count()).where(OpinionMember.membership_id == gone)) == 0


def words_in(figures):
    """Every name of a figure, however deep."""
    if isinstance(figures, dict):
        return set(figures).union(*map(words_in, figures.values()))
    return set().union(*map(words_in, figures)) if isinstance(figures, list | tuple) else set()


def test_kept_figures_are_what_is_shown_and_nothing_of_a_person(session, consultation):
    in_camps(session, consultation)
    kept = session.get(OpinionRun, consultation.id).figures
    whole = {"people", "smallest", "grouped", "groups", "supported", "objected", "cross", "shares"}
    whole |= {"silhouette", "observed", "chance"}
    assert set(kept) == whole
    lines = {"number", "size", "sure", "apart", "marks", "standard", "version", "supports", "here", "elsewhere"}
    assert words_in(kept) - whole <= lines | {"cells", "group"}


def test_in_which_group_somebody_is_can_be_read_by_the_next_run_alone():
    """No page, export or count reaches the table: it is named where it is made, kept and read for the next run."""
    app = Path(queries.__file__).parent.parent
    named = {str(path.relative_to(app)) for path in app.rglob("*.py") if "OpinionMember" in path.read_text("utf-8")}
    assert named == {"models/opinions.py", "actions/opinions.py", "queries/opinion_positions.py"}
