"""Standing behind what another wrote: once a person, never one's own, counted across groups."""

import pytest
from sqlalchemy import delete

from app.actions import comment_edits, projections
from app.actions import comments as commenting
from app.actions import endorsements as actions
from app.events import ContributionEndorsed, EndorsementTakenBack
from app.models.consultations import Membership
from app.models.contributions import Endorsement
from app.models.moderation import Action
from tests.answers import forbidden, refused
from tests.factories import comments, consultations, moderation, people, standards
from tests.factories.viewers import history

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def consultation(session):
    return consultations.opened(session)


@pytest.fixture
def comment(session, consultation):
    """A published comment from a researcher."""
    author = people.member(session, consultation, group="researchers")
    return comments.published(session, standards.published(session, consultation), by=author)


def test_endorsing_again_takes_it_back(session, consultation, comment):
    ada = people.member(session, consultation, group="wrongly")
    assert [actions.toggle(session, consultation, comment, by=ada) for _ in range(3)] == [True, False, True]
    assert (comment.endorsements, comment.endorsing_groups) == (1, 1)
    told = history(session, consultation, ContributionEndorsed, EndorsementTakenBack)
    assert [type(event) for event in told] == [ContributionEndorsed, EndorsementTakenBack, ContributionEndorsed]
    assert {(event.contribution, event.membership_id) for event in told} == {(comment.id, ada.id)}


@pytest.mark.parametrize(
    ("groups", "endorsements", "across"),
    [
        ([], 0, 0),
        (["researchers"], 1, 0),  # the author's own group is no bridge
        (["wrongly"], 1, 1),
        (["wrongly", "wrongly", "wrongly"], 3, 1),
        (["wrongly", "researchers", "makers", "researchers", "public"], 5, 3),
    ],
)
def test_groups_are_counted_once_and_without_the_authors_own(
    session, consultation, comment, groups, endorsements, across
):
    for group in groups:
        comments.endorsed(session, comment, group=group)
    assert (comment.endorsements, comment.endorsing_groups) == (endorsements, across)
    assert projections.differences(session) == []


def test_nobody_endorses_their_own_text(session, consultation, comment):
    author = people.member(session, consultation)
    mine = comments.published(session, standards.published(session, consultation), by=author)
    with forbidden("own_contribution"):
        actions.toggle(session, consultation, mine, by=author)
    with forbidden("not_joined"):
        actions.toggle(session, consultation, mine, by=None)


def test_nobody_endorses_what_cannot_be_read(session, consultation, comment):
    standard = standards.published(session, consultation)
    author = people.member(session, consultation)
    gone = comments.published(session, standard, by=author)
    commenting.withdraw(session, consultation, gone, by=author)
    for unreadable in (comments.pending(session, standard), comments.declined(session, standard), gone):
        with refused("not_readable"):
            comments.endorsed(session, unreadable)


def test_a_proposal_can_be_endorsed_too(session, consultation):
    version = standards.version_of(session, standards.published(session, consultation))
    ada = people.member(session, consultation)
    assert actions.toggle(session, consultation, version, by=ada)
    assert session.get(Endorsement, (version.id, ada.id)).group_id == ada.group_id


def test_endorsements_outlive_an_edit_that_is_not_published(session, consultation, comment):
    comments.endorsed(session, comment, group="wrongly")
    author = session.get_one(Membership, comment.membership_id)
    comment_edits.edit(session, consultation, comment, by=author, body="Another text.")
    moderation.decide(session, comment, Action.RETURN)
    assert (comment.endorsements, comment.endorsing_groups) == (1, 1)


def test_a_lost_endorsement_is_found_and_rebuilt(session, consultation, comment):
    comments.endorsed(session, comment, group="wrongly")
    comments.endorsed(session, comment, group="makers")
    comments.published(session, standards.published(session, consultation), reply_to=None)
    session.execute(delete(Endorsement).where(Endorsement.group_id.is_not(None)))
    names = {difference.projection for difference in projections.differences(session)}
    assert names == {"endorsements", "endorsing groups"}
    session.expunge_all()
    projections.rebuild(session)
    assert projections.differences(session) == []
