"""Inviting to a role, accepting, withdrawing, taking back; and an address that nobody reads."""

from datetime import timedelta

import pytest

from app.actions import consultations as joining
from app.actions import invitations as actions
from app.actions.people import token_hash
from app.errors import NotFound
from app.events import InvitationWithdrawn, MemberInvited, RoleGiven
from app.models.consultations import Identity, Role
from app.models.people import Account
from app.queries import team
from tests.answers import forbidden, invalid, refused
from tests.factories import consultations, people
from tests.factories.viewers import frame, history, viewer

pytestmark = pytest.mark.usefixtures("stopped_clock")
ADDRESS = "amara@example.org"


@pytest.fixture
def draft(session):
    return consultations.draft(session, invitation_code="blue door")


@pytest.fixture
def chair(session, draft):
    return people.member(session, draft, role=Role.CHAIR, invitation_code="blue door")


def ask(session, consultation, by, role=Role.MODERATOR, *, name="Amara", email=ADDRESS):
    return actions.invite(session, consultation, by=by, role=role, name=name, email=email)


def accept(session, consultation, invitation, account, *, name="Amara N.", group="public"):
    return actions.accept(
        session, consultation, invitation, account=account, display_name=name, group_key=group, identity=Identity.NAMED
    )


def test_somebody_new_becomes_a_moderator_without_a_code_even_of_a_draft(session, draft, chair):
    asked = ask(session, draft, chair)
    member = accept(session, draft, asked, people.account(session))
    assert (member.role, member.display_name) == (Role.MODERATOR, "Amara N.")
    assert asked.accepted_at is not None
    with pytest.raises(NotFound):
        accept(session, draft, asked, people.account(session), name="Another")
    assert len(history(session, draft, MemberInvited)) == 1
    assert history(session, draft, RoleGiven)[-1].membership_id == member.id


def test_a_member_just_gets_the_role(session, draft, chair):
    ada = people.member(session, draft, group="scanned", invitation_code="blue door")
    asked = ask(session, draft, chair, Role.DEPUTY)
    member = accept(session, draft, asked, session.get_one(Account, ada.account_id), name="", group="")
    assert (member.id, member.role, member.group_id) == (ada.id, Role.DEPUTY, ada.group_id)


def test_a_policymaker_joins_after_the_closing(session):
    opened = consultations.opened(session)
    chair = people.member(session, opened, role=Role.CHAIR)
    joining.close(session, opened)
    asked = ask(session, opened, chair, Role.POLICYMAKER)
    assert accept(session, opened, asked, people.account(session), name="H. Sato").role == Role.POLICYMAKER


def test_the_last_chair_stays_chair(session, draft, chair):
    asked = ask(session, draft, chair, Role.POLICYMAKER)
    with refused("last_chair"):
        accept(session, draft, asked, session.get_one(Account, chair.account_id))
    with refused("last_chair"):
        actions.take_back(session, draft, chair, by=chair)


def test_a_link_lasts_fourteen_days_and_can_be_withdrawn(session, draft, chair, stopped_clock):
    asked, other = ask(session, draft, chair), ask(session, draft, chair, name="Bo")
    actions.withdraw(session, draft, other, by=chair)
    assert (other.email, other.withdrawn_at is not None) == (None, True)
    with pytest.raises(NotFound):
        accept(session, draft, other, people.account(session))
    with refused("invitation_withdrawn"):
        actions.withdraw(session, draft, other, by=chair)
    assert len(history(session, draft, InvitationWithdrawn)) == 1
    stopped_clock.forward(days=14)
    with pytest.raises(NotFound):
        accept(session, draft, asked, people.account(session))
    states = [line.state.value for line in team.team(session, frame(session, draft, chair)).invitations]
    assert states == ["withdrawn", "expired"]


def test_what_an_invitation_must_hold(session, draft, chair):
    with invalid("email"):
        ask(session, draft, chair, email="nobody")
    with invalid("name"):
        ask(session, draft, chair, name="")
    with invalid("name"):
        ask(session, draft, chair, name="x" * 121)
    with forbidden("no_such_role"):
        ask(session, draft, chair, Role.PARTICIPANT)
    with forbidden("not_chair"):
        ask(session, draft, people.moderator(session, consultations.opened(session)))


def test_the_page_of_a_link_and_the_team_hold_no_address(session, draft, chair):
    asked = ask(session, draft, chair)
    assert ADDRESS in str(vars(asked))
    page = team.team(session, frame(session, draft, chair))
    assert ADDRESS not in str(page.invitations)
    token = actions.seal(session, asked)
    assert (asked.email, asked.token_hash != token) == (None, True)
    found = team.invitation_page(session, viewer(None), token_hash(token))
    assert (found.role, found.frame.consultation.id, found.why_not_accept) == (Role.MODERATOR, draft.id, None)
    with pytest.raises(NotFound):
        team.invitation_page(session, viewer(None), token_hash("another"))


def test_taking_back_leaves_two_reviewers_while_open(session):
    opened = consultations.opened(session)
    chair = people.member(session, opened, role=Role.CHAIR)
    first, second = consultations.moderators(session, opened)
    actions.take_back(session, opened, first, by=chair)
    assert first.role == Role.PARTICIPANT
    with refused("too_few_reviewers"):
        actions.take_back(session, opened, second, by=chair)
    refusals = [m.why_not_take_back for m in team.team(session, frame(session, opened, chair)).members]
    assert all(refusals)  # the page says the same


def test_a_name_that_is_taken_is_refused_and_the_link_still_works(session, draft, chair):
    asked = ask(session, draft, chair)
    account = people.account(session)
    with invalid("display_name"):
        accept(session, draft, asked, account, name=chair.display_name)
    assert asked.accepted_at is None
    assert asked.expires_at - asked.created_at == timedelta(days=14)
