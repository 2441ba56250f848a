"""The chair and others at the same moment: one act wins, the other gets its sentence, the ledger has one order."""

import pytest
from sqlalchemy import select

from app import clock
from app.actions import invitations, positions
from app.actions import phases as planning
from app.errors import NotFound, Refused
from app.models.consultations import Consultation, Identity, Membership, Phase, PhaseKind, Role
from app.models.events import LedgerEntry
from app.models.invitations import Invitation
from app.models.people import Account
from app.models.positions import Choice, Position
from app.models.standards import Standard
from app.queries.record import flaws
from tests.factories import consultations, people, standards
from tests.threads import outcome, sorted_outcomes, times, together

pytestmark = pytest.mark.usefixtures("stopped_clock")


class Table:
    """An open consultation with a chair and six people, written down for good."""

    def __init__(self, database):
        self.database = database
        with database.write() as session:
            consultation = consultations.opened(session)
            self.id = consultation.id
            self.standard_id = standards.published(session, consultation).id
            self.chairs = [people.member(session, consultation, role=Role.CHAIR).id for _ in range(2)]
            self.crowd = [member.id for member in people.members(session, consultation, 6)]
            session.commit()

    def do(self, act):
        """Let `act(session, consultation)` happen as a door would: what it read first may be old by then."""
        with self.database.write() as session:
            consultation = session.get_one(Consultation, self.id)
            session.scalars(select(Phase).where(Phase.consultation_id == self.id)).all()
            done = act(session, consultation)
            session.commit()
            return done

    def kinds(self) -> list[str]:
        with self.database.read() as session:
            assert flaws(session, self.id) == []
            here = select(LedgerEntry.kind).where(LedgerEntry.consultation_id == self.id).order_by(LedgerEntry.seq)
            return list(session.scalars(here))


@pytest.fixture
def table(database):
    return Table(database)


def test_a_position_taken_while_the_phase_ends_is_in_before_it_or_refused(table, stopped_clock):
    def take(member_id: int):
        def act(session, consultation):
            by, standard = session.get_one(Membership, member_id), session.get_one(Standard, table.standard_id)
            return positions.take(session, consultation, standard, by=by, choice=Choice.SUPPORT).id

        return lambda: outcome(lambda: table.do(act), Refused)

    def end():
        def act(session, consultation):
            by = session.get_one(Membership, table.chairs[0])
            planning.end(session, consultation, PhaseKind.POSITION, by=by, reason="Time is up.")

        table.do(act)
        return "ended"

    acts = [take(one) for one in table.crowd]
    outcomes = together(*acts[:3], end, *acts[3:])
    kinds = table.kinds()
    assert "PositionTaken" not in kinds[kinds.index("SettingsChanged") :]
    with table.database.read() as session:
        taken = len(session.scalars(select(Position.id)).all())
    assert kinds.count("PositionTaken") == outcomes.count("done") == taken
    assert outcomes.count("done") + outcomes.count("Refused") == 6


def test_two_chairs_end_one_phase_once(table):
    def end(number: int) -> str:
        def act(session, consultation):
            by = session.get_one(Membership, table.chairs[number])
            planning.end(session, consultation, PhaseKind.POSITION, by=by, reason=f"Chair {number} says so.")

        return outcome(lambda: table.do(act), Refused)

    assert sorted_outcomes(times(2, end)) == {"Refused": 1, "done": 1}
    assert table.kinds().count("SettingsChanged") == 1


def test_two_chairs_who_take_each_others_role_leave_one(table):
    def take_back(number: int) -> str:
        def act(session, consultation):
            mine, other = table.chairs[number], table.chairs[1 - number]
            by, member = session.get_one(Membership, mine), session.get_one(Membership, other)
            invitations.take_back(session, consultation, member, by=by)

        return outcome(lambda: table.do(act), Refused)

    assert sorted_outcomes(times(2, take_back)) == {"Refused": 1, "done": 1}
    with table.database.read() as session:
        left = session.scalars(select(Membership.role).where(Membership.id.in_(table.chairs))).all()
    assert sorted(left) == [Role.CHAIR, Role.PARTICIPANT]


def test_a_link_opened_by_two_gives_one_role(table):
    def ask(session, consultation):
        by = session.get_one(Membership, table.chairs[0])
        return invitations.invite(
            session, consultation, by=by, role=Role.MODERATOR, name="Amara", email="a@example.org"
        ).id

    asked = table.do(ask)
    accounts = [table.do(lambda session, _consultation: people.account(session).id) for _ in range(3)]

    def accept(number: int) -> str:
        def act(session, consultation):
            invitations.accept(
                session,
                consultation,
                session.get_one(Invitation, asked),
                account=session.get_one(Account, accounts[number]),
                display_name=f"Number {number}",
                group_key="public",
                identity=Identity.PSEUDONYM,
            )

        return outcome(lambda: table.do(act), NotFound)

    assert sorted_outcomes(times(3, accept)) == {"NotFound": 2, "done": 1}
    with table.database.read() as session:
        assert session.get_one(Invitation, asked).accepted_at == clock.now()
