"""Whatever people do one after the other, the kept tallies are what a recount gives, and the record tells the same."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.actions import people as accounts
from app.actions import positions, projections
from app.events import PositionTaken, PositionWithdrawn
from app.models.consultations import StakeholderGroup
from app.models.people import Purpose
from app.models.positions import Choice, PositionTally
from tests.factories import consultations, people, standards
from tests.factories.viewers import history

pytestmark = pytest.mark.usefixtures("stopped_clock")
STEPS = st.lists(st.tuples(st.integers(0, 4), st.sampled_from([*Choice, "withdraw", "prove", "edit"])), max_size=14)
SOMETIMES = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def stage(session):
    """A standard and five people: of two groups, an organisation, and two whose address is not proved."""
    consultation = consultations.opened(session)
    cast = [
        people.member(session, consultation, group="wrongly"),
        people.member(session, consultation, group="public"),
        people.member(session, consultation, group="public", organisation="Example Rights Society"),
        people.member(session, consultation, group="wrongly", proved=False),
        people.member(session, consultation, group="makers", proved=False),
    ]
    return consultation, standards.published(session, consultation), cast


def do(session, consultation, standard, member, step) -> None:
    if step == "prove":
        if member.counted_from is None:
            token = accounts.make_link(session, member.account_id, Purpose.PROVE_ADDRESS)
            accounts.prove_address(session, token=token)
    elif step == "edit":
        standard.version = (standard.version or 0) + 1  # a new text: the same choice again is a confirmation
        session.flush()
    elif step == "withdraw":
        positions.withdraw(session, consultation, standard, by=member)
    else:
        reason = "Because." if step == Choice.OBJECT else ""
        positions.take(session, consultation, standard, by=member, choice=step, reason=reason)


def expected(standard, cast, steps, first_version: int) -> Counter[tuple]:
    """What everybody stands for in the end, worked out without the application."""
    version, proved = first_version, [member.counted_from is not None for member in cast]
    standing: dict[int, tuple[str, int]] = {}
    for who, step in steps:
        if step == "edit":
            version += 1
        elif step == "prove":
            proved[who] = True
        elif step == "withdraw":
            standing.pop(who, None)
        else:
            standing[who] = (step.value, version)
    return Counter(
        ("organisations" if cast[who].organisation else "people", cast[who].group_id, text, choice)
        for who, (choice, text) in standing.items()
        if proved[who]
    )


def kept(session, standard) -> Counter[tuple]:
    cells = session.scalars(select(PositionTally).where(PositionTally.standard_id == standard.id))
    return Counter({(c.block.value, c.group_id, c.version, c.choice.value): c.count for c in cells if c.count})


def told_by_the_record(session, consultation) -> Counter[tuple]:
    """Block, group, version and choice of every position that the ledger leaves standing."""
    standing: dict[int, tuple] = {}
    for event in history(session, consultation, PositionTaken, PositionWithdrawn):
        if isinstance(event, PositionWithdrawn):
            del standing[event.position]
        else:
            standing[event.position] = (event.block, event.group, event.version, event.choice)
    return Counter(standing.values())


def keys_of_groups(session, consultation) -> dict[int, str]:
    here = select(StakeholderGroup).where(StakeholderGroup.consultation_id == consultation.id)
    return {group.id: group.key for group in session.scalars(here)}


@SOMETIMES
@given(steps=STEPS)
def test_tallies_recount_and_record_agree_after_anything(session, stage, steps):
    consultation, standard, cast = stage
    names = keys_of_groups(session, consultation)
    with session.begin_nested() as undone:
        wanted = expected(standard, cast, steps, standard.version or 1)
        for who, step in steps:
            do(session, consultation, standard, cast[who], step)
        assert kept(session, standard) == wanted
        assert projections.differences(session) == []
        told = told_by_the_record(session, consultation)
        assert told == Counter({(b, names[g], v, c): n for (b, g, v, c), n in wanted.items()})
        undone.rollback()
    session.expire_all()


def test_a_tampered_tally_is_found_and_rebuilt(session, stage):
    consultation, standard, cast = stage
    positions.take(session, consultation, standard, by=cast[0], choice=Choice.SUPPORT)
    cell = session.query(PositionTally).one()
    cell.count = 7
    session.add(
        PositionTally(
            standard_id=standard.id, block=cell.block, group_id=None, version=1, choice=Choice.OBJECT, count=2
        )
    )
    session.flush()
    found = projections.differences(session)
    assert sorted((difference.kept, difference.counted) for difference in found) == [(2, 0), (7, 1)]
    session.expunge_all()
    projections.rebuild(session)
    assert projections.differences(session) == []
