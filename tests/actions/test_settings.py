"""Setting up a consultation, and changing it: free as a draft, public with a reason once it is open."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.actions import settings as actions
from app.events import ConsultationCreated, RoleGiven, SettingsChanged
from app.models.consultations import (
    ConsultationState,
    Membership,
    Participation,
    Phase,
    Role,
    StakeholderGroup,
    TallyVisibility,
)
from app.queries import changes
from app.rules.groups import NewGroup
from app.rules.settings import chosen
from tests.answers import forbidden, invalid, refused
from tests.factories import consultations, people, standards
from tests.factories.viewers import frame, history
from tests.rules.test_settings import GOOD

pytestmark = pytest.mark.usefixtures("stopped_clock")
TWO = (NewGroup("", "Tenants", directly_affected=True), NewGroup("", "Owners of homes"))


def set_up(session, account, **changed):
    now = clock.now()
    choice = replace(GOOD, opens_at=now + timedelta(days=1), closes_at=now + timedelta(days=60), **changed)
    return actions.set_up(session, by=account, choice=choice, groups=TWO)


def groups_of(session, consultation):
    here = select(StakeholderGroup).where(StakeholderGroup.consultation_id == consultation.id)
    return list(session.scalars(here.order_by(StakeholderGroup.rank)))


def rows(session, consultation):
    return [
        NewGroup(g.key, g.name, g.description, g.family, g.directly_affected) for g in groups_of(session, consultation)
    ]


@pytest.fixture
def chair(session):
    return people.account(session, name="Ruth", administrator=True)


@pytest.fixture
def opened(session):
    return consultations.opened(session, slug="faces")


@pytest.fixture
def leader(session, opened):
    return people.member(session, opened, role=Role.CHAIR)


def change(session, consultation, by, *, groups=None, code="", reason="", **changed):
    actions.change(
        session,
        consultation,
        by=by,
        choice=replace(chosen(consultation), **changed),
        groups=rows(session, consultation) if groups is None else groups,
        invitation_code=code,
        reason=reason,
    )


def test_whoever_sets_up_is_the_chair_and_speaks_from_no_group(session, chair):
    made = set_up(session, chair, slug="")
    assert (made.state, made.slug) == (ConsultationState.DRAFT, "which-rules-should-hold")
    membership = session.scalars(select(Membership).where(Membership.consultation_id == made.id)).one()
    assert (membership.role, membership.group_id, membership.account_id) == (Role.CHAIR, None, chair.id)
    assert [group.key for group in groups_of(session, made)] == ["tenants", "owners-of-homes"]
    phases = session.scalars(select(Phase).where(Phase.consultation_id == made.id)).all()
    assert {(phase.opens_at, phase.closes_at) for phase in phases} == {(made.opens_at, made.closes_at)}
    assert len(phases) == 3
    assert len(history(session, made, ConsultationCreated, RoleGiven)) == 2


def test_setting_up_is_for_administrators_and_chairs(session, opened, leader):
    with forbidden("not_convening"):
        set_up(session, people.account(session))
    with forbidden("not_convening"):
        set_up(session, session.get_one(type(people.account(session)), people.moderator(session, opened).account_id))
    account = session.get_one(type(people.account(session)), leader.account_id)
    assert set_up(session, account, slug="mine").id


def test_every_wrong_field_is_named_and_nothing_is_stored(session, chair):
    with invalid("title", "minimum_group", "invitation_code"):
        set_up(session, chair, title="", minimum_group=1, participation=Participation.INVITATION)
    set_up(session, chair, slug="faces")
    with invalid("slug"):
        set_up(session, chair, slug="faces")


def test_a_draft_changes_freely_and_silently(session, chair):
    made = set_up(session, chair)
    by = session.scalars(select(Membership).where(Membership.consultation_id == made.id)).one()
    groups = [NewGroup("owners-of-homes", "Owners"), NewGroup("", "Banks")]
    change(session, made, by, groups=groups, title="Another question", minimum_group=3, slug="other")
    assert (made.title, made.minimum_group, made.slug) == ("Another question", 3, "other")
    assert [(group.key, group.name) for group in groups_of(session, made)] == [
        ("owners-of-homes", "Owners"),
        ("banks", "Banks"),
    ]
    assert history(session, made, SettingsChanged) == []


def test_a_change_while_open_needs_its_reason_and_is_read_by_everybody(session, opened, leader):
    with invalid("reason"):
        change(session, opened, leader, asked_by="Somebody else")
    change(session, opened, leader, asked_by="Somebody else", code="blue door", reason="The ministry was renamed.")
    [told] = changes.changes(session, frame(session, opened))
    assert told.reason == "The ministry was renamed."
    assert [(one.setting, one.before, one.after) for one in told.settings] == [
        ("asked_by", "Ministry of Justice", "Somebody else"),
        ("invitation_code", "", ""),
    ]
    assert "blue door" not in str(history(session, opened, SettingsChanged))
    change(session, opened, leader)  # nothing changed: nothing is told, no reason is asked for
    assert len(history(session, opened, SettingsChanged)) == 1


def test_what_protects_people_does_not_get_weaker(session, opened, leader):
    opened.tallies_visible = TallyVisibility.AFTER_CLOSING
    with invalid("slug", "minimum_group", "tallies_visible"):
        change(
            session,
            opened,
            leader,
            slug="other",
            minimum_group=4,
            tallies_visible=TallyVisibility.ALWAYS,
            reason="Because.",
        )
    change(session, opened, leader, minimum_group=10, reason="It is dangerous to be recognised.")
    assert opened.minimum_group == 10


def test_groups_that_are_used_stay_and_unused_ones_may_go(session, opened, leader):
    standards.published(session, opened, by=people.member(session, opened, group="scanned"))  # names "wrongly"
    kept = rows(session, opened)
    with invalid("groups", "groups"):
        change(session, opened, leader, groups=[g for g in kept if g.key not in ("wrongly", "public")], reason="Why.")
    with invalid("groups-1-directly_affected"):
        softer = [replace(g, directly_affected=False) if g.key == "scanned" else g for g in kept]
        change(session, opened, leader, groups=softer, reason="Why.")
    new = [g for g in kept if g.key != "makers"] + [NewGroup("", "Unions")]
    change(session, opened, leader, groups=new, reason="Unions asked to be heard.")
    assert [group.key for group in groups_of(session, opened)] == [
        "wrongly",
        "scanned",
        "researchers",
        "public",
        "unions",
    ]


def test_only_the_chair_changes_and_nothing_that_is_over(session, opened, leader):
    with forbidden("not_chair"):
        change(session, opened, people.moderator(session, opened), title="Mine")
    closed = consultations.closed(session)
    by = people.moderator(session, opened)
    by.role = Role.CHAIR
    with refused("settings_closed"):
        change(session, closed, by, title="Later")


def test_opening_by_itself_is_wanted_or_not(session, chair):
    made = set_up(session, chair)
    by = session.scalars(select(Membership).where(Membership.consultation_id == made.id)).one()
    actions.open_itself(session, made, by=by, wanted=True)
    assert made.opens_itself
    actions.open_itself(session, made, by=by, wanted=False)
    assert not made.opens_itself
    actions.open_itself(session, made, by=by, wanted=True)
    change(session, made, by, opens_at=None)
    assert not made.opens_itself
    with refused("no_opening_time"):
        actions.open_itself(session, made, by=by, wanted=True)


def test_keys_are_given_once():
    groups = [NewGroup("", "Tenants"), NewGroup("tenants", "Renters"), NewGroup("", "住户"), NewGroup("", "不明")]
    assert [group.key for group in actions.keyed(groups)] == ["tenants-2", "tenants", "group", "group-2"]
    assert actions.keyed([NewGroup("", "Not_stated")])[0].key != "not_stated"
