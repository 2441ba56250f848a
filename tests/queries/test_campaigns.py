"""Campaigns as they are read: as many statements for three letters as for three hundred, and what a summary says."""

from types import SimpleNamespace

import pytest
from sqlalchemy import select

from app.actions import campaigns as actions
from app.models.campaigns import Campaign, CampaignLetter, CampaignState, LetterState
from app.models.comments import Comment, Stance
from app.models.consultations import Membership
from app.models.objections import ObjectionState
from app.models.positions import Choice
from app.queries import campaign_desk, campaigns, comments, standards
from app.queries.threads import Asked, Order
from app.reports.campaigns_report import CampaignsShown
from app.reports.document import as_json
from app.reports.gather import gather
from tests.factories import campaigns as making
from tests.factories import comments as saying
from tests.factories import consultations, crowds, moderation, people
from tests.factories import standards as proposing
from tests.factories.viewers import frame, viewer

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def consultation(session):
    return consultations.opened(session)


@pytest.fixture
def standard(session, consultation):
    return proposing.published(session, consultation)


def enlarge(session, campaign, standard, count, state=LetterState.IN):
    """So many more letters, written past the actions."""
    author = session.get_one(Membership, standard.membership_id)
    made = crowds.comments(session, standard, author, count)[::2]
    for comment in made:
        comment.replies, comment.membership_id = 0, author.id
    letters = [
        CampaignLetter(
            contribution_id=comment.id,
            campaign_id=campaign.id,
            state=state,
            likeness=0.9,
            contained=1.0,
            joined_at=comment.created_at,
        )
        for comment in made
    ]
    session.add_all(letters)
    session.flush()
    return made


PAGES = {
    "page": lambda at: campaigns.page(at.session, at.seen, 1),
    "thread": lambda at: standards.page(at.session, at.seen, 1, Asked(order=Order.NEWEST)),
    "permalink": lambda at: comments.place(at.session, at.reader, at.letter),
    "desk": lambda at: campaign_desk.desk(at.session, at.reader),
    "group": lambda at: campaign_desk.group_page(at.session, at.reader, at.campaign),
    "case": lambda at: campaign_desk.proposed_for(at.session, at.letter),
    "waiting": lambda at: campaign_desk.waiting(at.session, at.reader),
    "summary": lambda at: gather(at.session, at.seen),
}
MOST = {"page": 3, "desk": 1, "group": 3, "case": 1, "waiting": 1}


def test_no_page_costs_more_when_there_are_more_letters(session, consultation, standard, count_statements):
    campaign = making.confirmed(session, standard)
    moderator = viewer(consultations.moderators(session, consultation)[0])
    needed = {name: [] for name in PAGES}
    for count in (3, 300):
        enlarge(session, campaign, standard, count)
        [letter] = enlarge(session, campaign, standard, 1, LetterState.PROPOSED)
        for name, ask in PAGES.items():
            seen = frame(session, consultation)
            at = SimpleNamespace(session=session, seen=seen, reader=moderator, letter=letter.id, campaign=campaign.id)
            session.expunge_all()
            with count_statements() as statements:
                ask(at)
            needed[name].append(len(statements))
        standard, campaign = session.get_one(type(standard), standard.id), session.get_one(Campaign, campaign.id)
    assert {name: counts for name, counts in needed.items() if counts[0] != counts[1]} == {}
    assert {name: needed[name][1] for name in MOST} == MOST


def test_every_place_of_a_folded_thread_is_reached_once(session, consultation, standard):
    campaign = making.confirmed(session, standard)
    enlarge(session, campaign, standard, 30)
    alone = [saying.published(session, standard, body=f"{n} says {n} things on {n} pages of {n}.") for n in range(25)]
    after, roots = None, []
    while True:
        thread = standards.page(session, frame(session, consultation), 1, Asked(Order.OLDEST, after=after)).thread
        roots += [branch.id for branch in thread.branches]
        after = thread.next_after
        if after is None:
            break
    assert len(roots) == len(set(roots))
    assert set(roots) >= {comment.id for comment in alone} | {campaign.exemplar_id}
    assert len(roots) == 25 + 1


def test_the_permalink_of_a_folded_letter_shows_it(session, consultation, standard):
    for n in range(25):
        saying.published(session, standard, body=f"{n} says {n} things on {n} pages of {n}.")
    campaign = making.confirmed(session, standard)
    for letter in making.states(session, campaign):
        place = comments.place(session, viewer(None), letter)
        thread = standards.page(session, frame(session, consultation), 1, place.asked).thread
        assert letter in {branch.id for branch in thread.branches}


def test_a_letter_with_an_objection_stays_in_its_place(session, consultation, standard):
    making.letters(session, standard, 2)
    objector = people.member(session, consultation)
    objection = proposing.position(session, standard, Choice.OBJECT, by=objector)
    assert objection is not None
    letter = session.get_one(Comment, _reason_of(session, objector))
    campaign = making.confirmed(session, standard)
    actions.put_in(session, consultation, campaign, letter.id, by=consultations.moderators(session, consultation)[0])
    thread = standards.page(session, frame(session, consultation), 1, Asked(Order.OLDEST)).thread
    assert {branch.id for branch in thread.branches} == {campaign.exemplar_id, letter.id}
    assert next(b for b in thread.branches if b.id == letter.id).objection_state == ObjectionState.RAISED.value


def _reason_of(session, objector) -> int:
    comment = session.scalars(select(Comment).where(Comment.membership_id == objector.id)).one()
    moderation.decide(session, comment)
    return comment.id


def test_a_summary_says_how_much_are_campaigns_and_counts_each_reason_once(session, consultation, standard):
    for _ in range(3):
        saying.published(session, standard, body=making.LETTER, stance=Stance.SUPPORTS)
    other = saying.published(session, standard, body="The deadline is too short for a town.", stance=Stance.SUPPORTS)
    nothing = gather(session, frame(session, consultation))
    assert (nothing.campaigns.campaigns, len(nothing.standards[0].arguments_for)) == (0, 4)
    campaign = session.get_one(Campaign, making.of(session, _first(session)).id)
    actions.confirm(session, consultation, campaign, by=consultations.moderators(session, consultation)[0])
    grouped = gather(session, frame(session, consultation))
    figures = as_json(grouped)["campaigns"]
    assert figures == {"shown": "grouped", "campaigns": 1, "letters": 3, "people": 3, "organisations": 0}
    reasons = {argument.id: argument.senders for argument in grouped.standards[0].arguments_for}
    assert reasons == {campaign.exemplar_id: 3, other.id: 0}
    assert len(grouped.standards[0].comments) == 4  # everybody's words stay
    assert sorted(line.campaign or 0 for line in grouped.standards[0].comments) == [0, 1, 1, 1]
    apart = gather(session, frame(session, consultation), CampaignsShown.APART)
    assert (apart.campaigns.shown, len(apart.standards[0].arguments_for)) == ("apart", 4)
    assert {argument.senders for argument in apart.standards[0].arguments_for} == {0}


def _first(session) -> Comment:
    return session.scalars(select(Comment).where(Comment.body == making.LETTER).limit(1)).one()


def test_what_waits_for_the_page_of_a_case(session, consultation, standard):
    campaign = making.confirmed(session, standard)
    alone = saying.pending(session, standard, body="Something else that nobody wrote before, and long enough for it.")
    waiting = saying.pending(session, standard, body=f"{making.LETTER} {making.OWN_WORDS}")
    found = campaign_desk.proposed_for(session, waiting.id)
    assert (found.campaign.id, found.waiting, found.grouped, found.letter.contained) == (campaign.id, 1, 3, 1)
    assert making.OWN_WORDS in "".join(piece.text for piece in found.pieces if piece.mark == "added")
    assert campaign_desk.proposed_for(session, alone.id) is None
    moderator = consultations.moderators(session, consultation)[0]
    assert campaign_desk.waiting(session, viewer(moderator)) == 1
    assert campaign_desk.waiting(session, viewer(people.member(session, consultation))) == 0
    actions.dissolve(session, consultation, campaign, by=moderator)
    assert campaign_desk.proposed_for(session, waiting.id) is None
    dissolved = campaign_desk.desk(session, viewer(moderator), state=CampaignState.DISSOLVED)
    assert [line.campaign.id for line in dissolved.lines] == [campaign.id]
