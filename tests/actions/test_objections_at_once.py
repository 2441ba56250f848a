"""Two people take the next step of one objection at the same moment: one wins, the other gets a sentence."""

import pytest
from sqlalchemy import select

from app.actions import objections, positions
from app.errors import Refused
from app.models.consultations import Membership, Role
from app.models.events import LedgerEntry
from app.models.objections import Objection, ObjectionState, ObjectionStep, StepKind
from tests.actions.test_at_once import Scene
from tests.factories import objections as making
from tests.factories import people
from tests.threads import outcome, sorted_outcomes, times, together

pytestmark = pytest.mark.usefixtures("stopped_clock")


class Case:
    """A sustained or raised objection, with those who may act on it."""

    def __init__(self, database, *, sustained: bool):
        self.scene = Scene(database)
        self.ids: dict[str, int] = {}

        def make(session, consultation, standard):
            members = {
                "objector": people.member(session, consultation),
                "chair": making.chair(session, consultation),
                "first": making.chair(session, consultation, role=Role.DEPUTY),
                "second": making.chair(session, consultation, role=Role.DEPUTY),
            }
            self.ids = {name: member.id for name, member in members.items()}
            objection = making.raised(session, standard, by=members["objector"])
            if sustained:
                making.sustained(session, objection, answered_by=members["chair"])
            return objection

        self.objection_id = self.scene.add(make)

    def act(self, name: str, act) -> str:
        """`done`, or that it was refused; in a session of its own."""

        def step(session, consultation, _standard):
            objection = session.get_one(Objection, self.objection_id)
            act(session, consultation, objection, session.get_one(Membership, self.ids[name]))

        return outcome(lambda: self.scene.do(step), Refused)

    def steps(self) -> list[StepKind]:
        with self.scene.database.read() as session:
            return list(session.scalars(select(ObjectionStep.kind).order_by(ObjectionStep.id)))

    def state(self) -> ObjectionState:
        with self.scene.database.read() as session:
            return session.get_one(Objection, self.objection_id).state

    def moves(self) -> list[str]:
        with self.scene.database.read() as session:
            moved = select(LedgerEntry.payload).where(LedgerEntry.kind == "ObjectionMoved").order_by(LedgerEntry.seq)
            return [payload["step"] for payload in session.scalars(moved)]


def test_two_chairs_decide_one_objection_once(database):
    case = Case(database, sustained=True)
    kinds = (StepKind.UPHELD, StepKind.OVERRULED)

    def decide(number: int) -> str:
        def act(session, consultation, objection, by):
            words = "Both sides were weighed here."
            objections.decide(session, consultation, objection, by=by, kind=kinds[number], reasons=words)

        return case.act(("first", "second")[number], act)

    outcomes = times(2, decide)
    assert sorted_outcomes(outcomes) == {"Refused": 1, "done": 1}
    won = kinds[outcomes.index("done")]
    assert case.state().value == won.value
    assert case.steps()[2:] == [won]
    assert case.moves() == ["answer", "not_satisfied", won.value]
    case.scene.sound()


def test_a_position_is_withdrawn_while_its_objection_is_answered(database):
    case = Case(database, sustained=False)

    def answer() -> str:
        return case.act(
            "chair", lambda session, _consultation, objection, by: making.answered(session, objection, by=by)
        )

    def withdraw() -> str:
        def act(session, consultation, _standard):
            by = session.get_one(Membership, case.ids["objector"])
            positions.withdraw(session, consultation, _standard, by=by)

        return outcome(lambda: case.scene.do(act), Refused)

    answered, withdrawn = together(answer, withdraw)
    assert (withdrawn, case.state()) == ("done", ObjectionState.WITHDRAWN)
    assert case.steps() == ([StepKind.ANSWER] if answered == "done" else [])
    assert len(case.moves()) == len(case.steps())
    case.scene.sound()
