"""What is published of an objection, and what it changes: never more than its author and a moderator let out."""

import pytest
from sqlalchemy import select

from app.actions import people as accounts
from app.actions import positions
from app.models.comments import Comment
from app.models.consultations import Consultation, Identity, Membership, Review
from app.models.contributions import State
from app.models.moderation import Action
from app.models.objections import Objection
from app.models.people import Account, Purpose
from app.models.positions import Choice
from app.models.standards import Standard
from app.queries import listings
from app.queries import standards as pages
from app.queries.listings import Wanted
from app.queries.threads import Asked
from app.reports.formats import FORMATS
from app.reports.gather import gather
from tests.factories import consultations, moderation, people, standards
from tests.factories.viewers import frame
from tests.unpacking import unpacked

pytestmark = pytest.mark.usefixtures("stopped_clock")
TELLING = {*FORMATS} - {"iso"}
"""The formats that tell everything; the commenting sheet has comments and what was done with them."""
REASON, CHANGE = "It stops too little.", "An audit by wouldchangemind."


@pytest.fixture
def consultation(session):
    return consultations.opened(session)


@pytest.fixture
def standard(session, consultation):
    return standards.published(session, consultation, title="A match is a lead")


def objected(session, consultation, standard, by: Membership, would_change: str = CHANGE) -> Comment:
    """The comment that holds the reason of an objection."""
    positions.take(
        session, consultation, standard, by=by, choice=Choice.OBJECT, reason=REASON, would_change=would_change
    )
    newest = select(Objection.comment_id).where(Objection.membership_id == by.id).order_by(Objection.id.desc())
    return session.get_one(Comment, session.scalars(newest.limit(1)).one())


def exports(session, consultation) -> dict[str, str]:
    """Every file of the summary as one text."""
    document = gather(session, frame(session, consultation))
    return {name: unpacked(kind.render(document)) for name, kind in FORMATS.items()}


def saying(word: str, session, consultation) -> set[str]:
    """The formats in which a word stands."""
    return {name for name, text in exports(session, consultation).items() if word in text}


def states(session, consultation, standard) -> set[tuple[str, str]]:
    """State and explanation of a standard in the list, on its page and in the summary: one, when they agree."""
    seen = frame(session, consultation)
    [line] = [
        line for line in listings.listing(session, seen, Wanted()).lines if line.standard.number == standard.number
    ]
    page = pages.page(session, seen, standard.number, Asked())
    [report] = [report for report in gather(session, seen).standards if report.number == standard.number]
    told = [(found.consensus.state.value, str(found.consensus.explanation)) for found in (line.result, page.result)]
    return {*told, (report.consensus_state, str(report.explanation))}


def test_what_would_change_a_mind_is_read_by_a_moderator_first(session, consultation, standard):
    comment = objected(session, consultation, standard, people.member(session, consultation))
    assert saying(CHANGE, session, consultation) == set()
    decision = moderation.decide(session, comment)
    assert REASON in decision.original
    assert CHANGE in decision.original
    assert saying(CHANGE, session, consultation) == TELLING


@pytest.mark.parametrize("action", [Action.RETURN, Action.DECLINE])
def test_what_is_not_published_takes_it_along(session, consultation, standard, action):
    comment = objected(session, consultation, standard, people.member(session, consultation))
    moderation.decide(session, comment, action)
    assert saying("wouldchangemind", session, consultation) == set()


def test_what_is_hidden_takes_it_along(session):
    consultation = consultations.opened(session, review=Review.AFTER)
    standard = standards.published(session, consultation)
    comment = objected(session, consultation, standard, people.member(session, consultation))
    assert saying(CHANGE, session, consultation) == TELLING
    moderation.decide(session, comment, Action.HIDE)
    assert saying("wouldchangemind", session, consultation) == set()


def test_of_confidential_people_the_gist_alone_is_published(session, consultation, standard):
    author = people.member(session, consultation, identity=Identity.CONFIDENTIAL)
    comment = objected(session, consultation, standard, author)
    decision = moderation.decide(session, comment, gist="Somebody finds it weak.")
    assert CHANGE in decision.original
    assert saying("Somebody finds it weak.", session, consultation) == set(FORMATS)
    assert saying("wouldchangemind", session, consultation) == set()
    assert saying(REASON, session, consultation) == set()


def test_the_same_reason_again_changes_nothing_that_was_read(session, consultation, standard):
    author = people.member(session, consultation)
    comment = objected(session, consultation, standard, author)
    moderation.decide(session, comment)
    before = gather(session, frame(session, consultation)).standards
    again = objected(session, consultation, standard, author, would_change="Buy at smuggled.example.")
    assert again.id == comment.id
    assert saying("smuggled", session, consultation) == set()
    assert gather(session, frame(session, consultation)).standards == before


def test_the_same_reason_after_changing_ones_mind_publishes_nothing_unread(session, consultation, standard):
    author = people.member(session, consultation)
    moderation.decide(session, objected(session, consultation, standard, author))
    positions.withdraw(session, consultation, standard, by=author)
    objected(session, consultation, standard, author, would_change="Buy at smuggled.example.")
    assert saying("smuggled", session, consultation) == set()


def test_a_reason_posted_later_waits_with_what_belongs_to_it(session, consultation, standard, stopped_clock):
    author = people.member(session, consultation)
    moderation.decide(session, objected(session, consultation, standard, author))
    stopped_clock.forward(minutes=11)
    later = objected(session, consultation, standard, author, would_change="Buy at smuggled.example.")
    assert later.state == State.PENDING
    assert saying("smuggled", session, consultation) == set()


def agreed(session, consultation: Consultation) -> Standard:
    """A standard on which everybody who was heard agrees."""
    standard = standards.published(session, consultation)
    for group in ("wrongly", "scanned"):
        standards.positions_of(session, standard, group, {Choice.SUPPORT: 10})
    return standard


@pytest.mark.parametrize("read", [False, True])
def test_objections_that_are_not_counted_change_no_state(session, consultation, read):
    standard = agreed(session, consultation)
    [before] = states(session, consultation, standard)
    assert before[0] == "consensus"
    stranger = people.member(session, consultation, proved=False)
    comment = objected(session, consultation, standard, stranger)
    if read:
        moderation.decide(session, comment)
    assert states(session, consultation, standard) == {before}
    assert gather(session, frame(session, consultation)).standards[0].minority == ()
    account = session.get_one(Account, stranger.account_id)
    accounts.prove_address(session, token=accounts.make_link(session, account.id, Purpose.PROVE_ADDRESS))
    [after] = states(session, consultation, standard)
    assert after[0] == "supported_with_recorded_objection"


def contested(session, consultation: Consultation, *, makers: int) -> Standard:
    """A standard to which the five researchers object; with few makers, their figures would give those away."""
    standard = standards.published(session, consultation)
    for group in ("wrongly", "scanned"):
        standards.positions_of(session, standard, group, {Choice.SUPPORT: 8})
    standards.positions_of(session, standard, "researchers", {Choice.OBJECT: 5})
    standards.positions_of(session, standard, "makers", {Choice.SUPPORT: makers})
    return standard


def test_a_group_that_objects_is_named_where_it_is_shown(session, consultation):
    [(state, explanation)] = states(session, consultation, contested(session, consultation, makers=0))
    assert state == "contested"
    assert "Researchers" in explanation


def test_a_group_whose_figures_are_hidden_is_not_named(session, consultation):
    standard = contested(session, consultation, makers=2)
    [(state, explanation)] = states(session, consultation, standard)
    assert state == "contested"
    for name in ("Researchers", "researchers", "Makers"):
        assert name not in explanation
    report = gather(session, frame(session, consultation)).standards[0]
    shown = {tally.group_key for tally in report.by_group if tally.shown}
    assert shown == {"wrongly", "scanned"}
    assert {minority.group for minority in report.minority} == {""}
