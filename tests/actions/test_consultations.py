"""Setting up, opening and closing a consultation, and joining it."""

from datetime import timedelta

import pytest

from app.actions import consultations as actions
from app.actions.consultations import NewPhase
from app.events import ConsultationClosed, ConsultationOpened, MemberJoined, RoleGiven
from app.models.consultations import Consultation, ConsultationState, Identity, Membership, PhaseKind, Role
from tests.answers import forbidden, invalid, refused
from tests.factories import consultations, people
from tests.factories.viewers import counts, frame, history

pytestmark = pytest.mark.usefixtures("stopped_clock")


def join(session, consultation, *, account=None, name="Ada", group="wrongly", code="", organisation="") -> Membership:
    return actions.join(
        session,
        consultation,
        account=account or people.account(session),
        display_name=name,
        group_key=group,
        invitation_code=code,
        organisation=organisation,
    )


def test_opening_needs_two_people_who_may_review(session):
    draft = consultations.draft(session)
    people.member(session, draft, role=Role.CHAIR)
    people.member(session, draft, role=Role.POLICYMAKER)
    people.member(session, draft)
    with forbidden("too_few_reviewers"):
        actions.open_for_all(session, draft)
    assert draft.state == ConsultationState.DRAFT
    people.moderator(session, draft)
    actions.open_for_all(session, draft)
    assert (draft.state, draft.opens_at is not None) == (ConsultationState.OPEN, True)
    with refused("not_a_draft"):
        actions.open_for_all(session, draft)
    assert len(history(session, draft, ConsultationOpened)) == 1


def test_a_consultation_is_closed_once(session, stopped_clock):
    opened = consultations.opened(session)
    stopped_clock.forward(days=3)
    actions.close(session, opened)
    assert (opened.state, opened.closes_at) == (ConsultationState.CLOSED, stopped_clock.now)
    assert frame(session, opened).closed
    with refused("not_open"):
        actions.close(session, opened)
    with refused("not_open"):
        actions.close(session, consultations.draft(session))
    assert len(history(session, opened, ConsultationClosed)) == 1


def test_an_address_is_given_once_and_a_phase_ends_after_it_begins(session, stopped_clock):
    consultations.draft(session, slug="faces")
    with invalid("slug"):
        consultations.draft(session, slug="faces")
    nothing = NewPhase(PhaseKind.SUBMIT, stopped_clock.now, stopped_clock.now)
    with invalid("phases"):
        actions.create(session, Consultation(slug="other", title="Other"), phases=[nothing])


def test_joining_is_written_down_with_person_and_group_sealed(session):
    opened = consultations.opened(session)
    joined = join(session, opened)
    wanted = MemberJoined(consultation_id=opened.id, membership_id=joined.id, group="wrongly")
    assert history(session, opened, MemberJoined)[-1] == wanted
    assert (joined.role, joined.identity, joined.counted_from is not None) == (
        Role.PARTICIPANT,
        Identity.PSEUDONYM,
        True,
    )


def test_a_person_joins_once(session):
    opened = consultations.opened(session)
    account = people.account(session)
    join(session, opened, account=account)
    with refused("already_joined"):
        join(session, opened, account=account, name="Somebody else", group="public")
    assert join(session, consultations.opened(session), account=account, name="Ada").id


def test_nobody_joins_what_is_over(session):
    closed = consultations.closed(session)
    with refused("consultation_closed"):
        join(session, closed)


def test_an_invitation_code_opens_the_door(session):
    opened = consultations.opened(session, invitation_code="blue door")
    for wrong in ("", "red door", "blue door "):
        with forbidden("invitation_needed"):
            join(session, opened, code=wrong)
    assert join(session, opened, code="blue door").id
    assert "blue door" not in opened.invitation_hash


@pytest.mark.parametrize("again", ["Ada Lovelace", "ADA  LOVELACE", "ada\u00a0lovelace ", "Ａｄａ Lovelace"])
def test_a_name_is_taken_however_it_is_written(session, again):
    opened = consultations.opened(session)
    mine = join(session, opened, name="Ada Lovelace")
    with invalid("display_name"):
        join(session, opened, name=again)
    other = join(session, opened, name="Grace")
    with invalid("display_name"):
        actions.rename(session, opened, other, display_name=again)
    actions.rename(session, opened, mine, display_name=again)
    assert mine.display_name == again
    assert join(session, consultations.opened(session), name=again).id  # names belong to one consultation


def test_a_group_has_to_be_one_of_this_consultation(session):
    opened = consultations.opened(session)
    with invalid("stakeholder_group"):
        join(session, opened, group="astronauts")
    other = consultations.opened(session, groups=consultations.GROUPS[:2])
    with invalid("stakeholder_group"):
        join(session, other, group="makers")


def test_an_organisation_appears_under_its_name(session):
    opened = consultations.opened(session)
    joined = join(session, opened, name="Ada", organisation="Example Rights Society")
    assert (joined.display_name, joined.organisation) == ("Example Rights Society", "Example Rights Society")
    assert joined.identity == Identity.NAMED
    with invalid("display_name"):
        join(session, opened, name="Bob", organisation="example rights society")


def test_an_unproved_address_joins_at_once_and_does_not_count_yet(session):
    opened = consultations.opened(session)
    joined = join(session, opened, account=people.account(session, proved=False))
    assert joined.counted_from is None


def test_a_refused_join_leaves_no_trace(session):
    opened = consultations.opened(session)
    before = counts(session, opened)
    with invalid("stakeholder_group"), session.begin_nested():
        join(session, opened, group="astronauts")
    assert counts(session, opened) == before


def test_a_role_is_written_down_without_saying_whose_it_is(session):
    opened = consultations.opened(session)
    joined = join(session, opened)
    actions.give_role(session, opened, joined, role=Role.CHAIR)
    assert history(session, opened, RoleGiven)[-1] == RoleGiven(
        consultation_id=opened.id, membership_id=joined.id, role="chair"
    )


def test_every_change_lets_cached_pages_grow_old(session):
    opened = consultations.opened(session)
    seen = [opened.revision]
    joined = join(session, opened)
    seen.append(opened.revision)
    actions.rename(session, opened, joined, display_name="Grace")
    seen.append(opened.revision)
    actions.close(session, opened)
    seen.append(opened.revision)
    assert seen == sorted(set(seen))


def test_phases_come_in_the_order_in_which_they_open(session, stopped_clock):
    start = stopped_clock.now
    made = Consultation(slug="later", title="Later")
    phases = [
        NewPhase(PhaseKind.POSITION, start + timedelta(days=2), start + timedelta(days=3)),
        NewPhase(PhaseKind.SUBMIT, start, start + timedelta(days=1)),
    ]
    actions.create(session, made, phases=phases)
    assert [phase.kind for phase in actions.phases_of(session, made)] == [PhaseKind.SUBMIT, PhaseKind.POSITION]
