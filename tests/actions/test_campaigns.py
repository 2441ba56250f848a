"""Campaigns: proposed by the index, decided by a person, and every step taken back without losing a letter."""

import pytest
from sqlalchemy import func, select

from app.actions import campaigns, comment_edits, letters
from app.actions import comments as commenting
from app.errors import NotFound
from app.events import CampaignMoved
from app.models.campaigns import Campaign, CampaignLetter, CampaignState, LetterState, TextBand
from app.models.comments import Comment
from app.models.consultations import Membership, Role
from app.queries.record import flaws
from tests.answers import forbidden, refused
from tests.factories import campaigns as making
from tests.factories import comments, consultations, moderation, people, standards
from tests.factories.campaigns import LETTER, OWN_WORDS
from tests.factories.viewers import entries, history

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def consultation(session):
    return consultations.opened(session)


@pytest.fixture
def standard(session, consultation):
    return standards.published(session, consultation)


@pytest.fixture
def moderator(session, consultation):
    return consultations.moderators(session, consultation)[0]


def count(session, table) -> int:
    return session.scalar(select(func.count()).select_from(table))


def test_propose_confirm_take_out_dissolve_and_nothing_is_lost(session, consultation, standard, moderator):
    sent = making.letters(session, standard, 4)
    campaign = making.of(session, sent[0])
    before = {comment.id: (comment.state, comment.body) for comment in session.scalars(select(Comment))}
    revision = standard.revision
    campaigns.confirm(session, consultation, campaign, by=moderator, read=4)
    assert (campaign.state, campaign.number, campaign.confirmed_by_id) == (CampaignState.CONFIRMED, 1, moderator.id)
    assert set(making.states(session, campaign).values()) == {LetterState.IN}
    apart = next(comment for comment in sent if comment.id == campaign.exemplar_id)
    campaigns.take_out(session, consultation, campaign, apart.id, by=moderator)
    assert making.states(session, campaign)[apart.id] == LetterState.APART
    assert campaign.exemplar_id in {comment.id for comment in sent} - {apart.id}
    campaigns.put_in(session, consultation, campaign, apart.id, by=moderator)
    assert making.states(session, campaign)[apart.id] == LetterState.IN
    campaigns.dissolve(session, consultation, campaign, by=moderator)
    assert campaign.state == CampaignState.DISSOLVED
    campaigns.restore(session, consultation, campaign, by=moderator)
    assert (campaign.state, campaign.number, campaign.dissolved_at) == (CampaignState.CONFIRMED, 1, None)
    session.expire_all()
    assert {c.id: (c.state, c.body) for c in session.scalars(select(Comment))} == before
    assert standard.revision == revision + 5
    moved = history(session, consultation, CampaignMoved)
    assert [(one.step, one.letters, one.people) for one in moved] == [
        ("confirmed", 4, 4),
        ("taken_out", 3, 3),
        ("joined", 4, 4),
        ("dissolved", 4, 4),
        ("restored", 4, 4),
    ]
    assert (moved[0].contributions, moved[1].contributions) == (sorted(before), [apart.id])
    assert flaws(session, consultation.id) == []


def test_the_public_record_names_no_letter_and_counts_nothing_that_waits(session, consultation, standard):
    campaign = making.confirmed(session, standard, 3, waiting=True)
    entry = entries(session, consultation)[-1]
    assert set(entry.payload) == {"campaign", "step", "letters", "people", "hour", "seals"}
    assert (entry.payload["letters"], entry.payload["people"]) == (0, 0)
    assert str(campaign.exemplar_id) not in str(entry.payload)


def test_a_new_letter_waits_beside_what_is_confirmed(session, consultation, standard, moderator):
    campaign = making.confirmed(session, standard)
    newest = comments.pending(session, standard, body=f"{LETTER} {OWN_WORDS}")
    assert making.states(session, campaign)[newest.id] == LetterState.PROPOSED
    with refused("letters_came"):
        campaigns.join(session, consultation, campaign, by=moderator, read=2)
    campaigns.join(session, consultation, campaign, by=moderator, read=1)
    assert making.states(session, campaign)[newest.id] == LetterState.IN


def test_what_was_taken_out_or_dissolved_is_not_proposed_again(session, consultation, standard, moderator):
    campaign = making.confirmed(session, standard)
    apart = next(letter for letter in making.states(session, campaign) if letter != campaign.exemplar_id)
    campaigns.take_out(session, consultation, campaign, apart, by=moderator)
    letters.index_again(session, session.get_one(Comment, apart))
    assert making.states(session, campaign)[apart] == LetterState.APART
    campaigns.dissolve(session, consultation, campaign, by=moderator)
    late = comments.pending(session, standard, body=LETTER)
    assert (count(session, Campaign), making.states(session, campaign)[late.id]) == (1, LetterState.PROPOSED)
    campaigns.restore(session, consultation, campaign, by=moderator)
    campaigns.join(session, consultation, campaign, by=moderator, read=1)
    assert making.states(session, campaign)[late.id] == LetterState.IN


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.POLICYMAKER])
def test_only_reviewers_decide_about_groups(session, consultation, standard, role):
    campaign = making.of(session, making.letters(session, standard)[0])
    somebody = people.member(session, consultation, role=role)
    acts = (campaigns.confirm, campaigns.join, campaigns.dissolve, campaigns.restore)
    for act in acts:
        with forbidden("not_moderator"):
            act(session, consultation, campaign, by=somebody)
    for act in (campaigns.take_out, campaigns.put_in):
        with forbidden("not_moderator"):
            act(session, consultation, campaign, campaign.exemplar_id, by=somebody)
    assert campaign.state == CampaignState.PROPOSED


def test_nobody_decides_about_a_group_with_their_own_letter(session, consultation, standard, moderator):
    comments.published(session, standard, by=moderator, body=LETTER)
    campaign = making.of(session, making.letters(session, standard, 2)[0])
    with forbidden("own_letter"):
        campaigns.confirm(session, consultation, campaign, by=moderator)
    campaigns.confirm(session, consultation, campaign, by=consultations.moderators(session, consultation)[1])
    society = people.member(session, consultation, organisation="Example Society")
    colleague = people.moderator(session, consultation)
    colleague.organisation = "Example Society"
    theirs = comments.published(session, standard, by=society)
    with forbidden("own_letter"):
        campaigns.put_in(session, consultation, campaign, theirs.id, by=colleague)
    alone = comments.published(session, standard, by=people.moderator(session, consultation))
    with forbidden("own_letter"):
        campaigns.put_in(session, consultation, campaign, alone.id, by=session.get_one(Membership, alone.membership_id))


def test_each_step_is_refused_when_somebody_was_faster(session, consultation, standard, moderator):
    campaign = making.of(session, making.letters(session, standard)[0])
    with refused("campaign_not_confirmed"):
        campaigns.join(session, consultation, campaign, by=moderator)
    with refused("campaign_moved"):
        campaigns.restore(session, consultation, campaign, by=moderator)
    with refused("letters_came"):
        campaigns.confirm(session, consultation, campaign, by=moderator, read=7)
    campaigns.confirm(session, consultation, campaign, by=moderator)
    with refused("campaign_moved"):
        campaigns.confirm(session, consultation, campaign, by=moderator)
    first, second, third = making.states(session, campaign)
    campaigns.take_out(session, consultation, campaign, first, by=moderator)
    with refused("letter_moved"):
        campaigns.take_out(session, consultation, campaign, first, by=moderator)
    campaigns.take_out(session, consultation, campaign, second, by=moderator)
    with refused("last_letter"):
        campaigns.take_out(session, consultation, campaign, third, by=moderator)
    campaigns.dissolve(session, consultation, campaign, by=moderator)
    with refused("campaign_moved"):
        campaigns.dissolve(session, consultation, campaign, by=moderator)
    with refused("letter_moved"):
        campaigns.take_out(session, consultation, campaign, third, by=moderator)


def test_letters_and_campaigns_are_found_where_they_are(session, consultation, standard, moderator):
    campaign = making.confirmed(session, standard)
    elsewhere = comments.published(session, standards.published(session, consultation))
    reply = comments.published(session, standard, reply_to=session.get_one(Comment, campaign.exemplar_id))
    for contribution_id in (elsewhere.id, reply.id, 7, 2**70):
        with pytest.raises(NotFound):
            campaigns.put_in(session, consultation, campaign, contribution_id, by=moderator)
        with pytest.raises(NotFound):
            campaigns.take_out(session, consultation, campaign, contribution_id, by=moderator)
    for consultation_id, campaign_id in ((consultation.id, 2**70), (consultations.opened(session).id, campaign.id)):
        with pytest.raises(NotFound):
            campaigns.get(session, consultation_id, campaign_id)
    alone = comments.published(session, standard)
    campaigns.put_in(session, consultation, campaign, alone.id, by=moderator)  # a person may see what no figure does
    assert making.states(session, campaign)[alone.id] == LetterState.IN


def test_a_withdrawn_letter_is_found_no_longer(session, consultation, standard):
    campaign = making.confirmed(session, standard)
    shown = session.get_one(Comment, campaign.exemplar_id)
    author = session.get_one(Membership, shown.membership_id)
    commenting.withdraw(session, consultation, shown, by=author)
    assert session.scalars(select(TextBand).where(TextBand.contribution_id == shown.id)).first() is None
    assert campaign.exemplar_id != shown.id  # another one is shown for all
    assert session.get_one(CampaignLetter, campaign.exemplar_id).likeness == 1


def test_the_letter_that_is_shown_is_one_that_can_be_read(session, consultation, standard, moderator):
    campaign = making.confirmed(session, standard, 3, waiting=True)
    waiting = [session.get_one(Comment, letter) for letter in making.states(session, campaign)]
    other = next(comment for comment in waiting if comment.id != campaign.exemplar_id)
    moderation.decide(session, other, by=moderator)
    assert campaign.exemplar_id == other.id


def test_whoever_speaks_for_others_cannot_change_their_words(session, consultation, standard):
    campaign = making.confirmed(session, standard)
    shown = session.get_one(Comment, campaign.exemplar_id)
    author = session.get_one(Membership, shown.membership_id)
    comment_edits.edit(session, consultation, shown, by=author, body="Something quite different, said for everybody?")
    assert campaign.exemplar_id == shown.id  # under review the old text stays
    moderation.decide(session, shown)
    assert campaign.exemplar_id != shown.id
    assert making.states(session, campaign)[shown.id] == LetterState.PROPOSED  # and is counted no longer
