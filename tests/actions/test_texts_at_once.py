"""The text of a standard changed by several at the same moment: one wins, the other gets a sentence."""

import pytest
from sqlalchemy import func, select

from app.actions import amendment_outcomes, amendment_positions, projections
from app.errors import Refused
from app.events import AmendmentAdopted
from app.models.amendments import Amendment, AmendmentOutcome, AmendmentPosition
from app.models.consultations import Consultation, Membership, Review, Role
from app.models.events import LedgerEntry
from app.models.positions import Choice
from app.models.standards import Standard, StandardVersion
from app.queries.record import flaws
from tests.factories import amendments, consultations, people, standards
from tests.threads import sorted_outcomes, times, together

pytestmark = pytest.mark.usefixtures("stopped_clock")
OTHER = "A police service shall never act on a match alone."


class Scene:
    """A standard with two amendments to its first clause and one chair, written down for good."""

    def __init__(self, database):
        self.database = database
        with database.write() as session:
            consultation = consultations.opened(session, review=Review.AFTER)
            standard = standards.pending(session, consultation)
            found = session.get_one(Standard, standard.standard_id)
            made = [amendments.pending(session, found), amendments.pending(session, found, text=OTHER)]
            chairs = [people.member(session, consultation, role=Role.CHAIR) for _ in range(2)]
            self.consultation_id, self.standard_id = consultation.id, found.id
            self.amendments, self.chairs = [one.id for one in made], [one.id for one in chairs]
            session.commit()

    def do(self, act) -> str:
        """`done`, or the code of the refusal; what was done is committed."""
        with self.database.write() as session:
            try:
                act(session, session.get_one(Consultation, self.consultation_id))
            except Refused as error:
                return error.refusal.code
            session.commit()
            return "done"

    def adopt(self, amendment: int, chair: int) -> str:
        return self.do(
            lambda session, consultation: amendment_outcomes.adopt(
                session,
                consultation,
                session.get_one(Amendment, self.amendments[amendment]),
                by=session.get_one(Membership, self.chairs[chair]),
            )
        )

    def write(self, chair: int) -> str:
        def act(session, _consultation):
            amendments.waiting_version(
                session,
                session.get_one(Standard, self.standard_id),
                by=session.get_one(Membership, self.chairs[chair]),
                clauses={"2": f"Number {chair} shall be published."},
            )

        return self.do(act)

    def count(self, model, *conditions) -> int:
        with self.database.read() as session:
            return session.scalar(select(func.count()).select_from(model).where(*conditions))

    def numbers(self) -> list[int]:
        with self.database.read() as session:
            here = StandardVersion.standard_id == self.standard_id
            return list(session.scalars(select(StandardVersion.number).where(here).order_by(StandardVersion.number)))

    def sound(self) -> None:
        """The chain has neither gap nor double, and every count is what a recount gives."""
        with self.database.read() as session:
            assert projections.differences(session) == []
            assert flaws(session, self.consultation_id) == []


@pytest.fixture
def scene(database):
    return Scene(database)


def adopted(scene) -> int:
    return scene.count(LedgerEntry, LedgerEntry.kind == AmendmentAdopted.__name__)


def test_an_amendment_is_adopted_once(scene):
    outcomes = times(2, lambda number: scene.adopt(0, number))
    assert sorted_outcomes(outcomes) == {"already_adopted": 1, "done": 1}
    assert (adopted(scene), scene.numbers()) == (1, [1, 2])
    scene.sound()


def test_of_two_amendments_to_one_clause_the_second_is_read_anew(scene):
    outcomes = times(2, lambda number: scene.adopt(number, number))
    assert sorted_outcomes(outcomes) == {"clause_changed": 1, "done": 1}
    assert (adopted(scene), scene.numbers()) == (1, [1, 2])
    assert scene.count(Amendment, Amendment.outcome == AmendmentOutcome.OPEN) == 1
    scene.sound()


def test_versions_written_at_once_get_numbers_of_their_own(scene):
    assert times(2, scene.write) == ["done", "done"]
    assert scene.numbers() == [1, 2, 3]
    assert scene.count(Standard, Standard.version == 3) == 1
    scene.sound()


def test_a_version_and_an_amendment_at_once(scene):
    assert together(lambda: scene.write(0), lambda: scene.adopt(0, 1)) == ["done", "done"]
    assert scene.numbers() == [1, 2, 3]
    scene.sound()


def test_twenty_clicks_are_one_position_on_an_amendment(scene):
    def take(number: int) -> str:
        return scene.do(
            lambda session, consultation: amendment_positions.take(
                session,
                consultation,
                session.get_one(Amendment, scene.amendments[0]),
                by=session.get_one(Membership, scene.chairs[0]),
                choice=list(Choice)[number % 3],
            )
        )

    assert set(times(20, take)) == {"done"}
    assert scene.count(AmendmentPosition) == 1
    scene.sound()
