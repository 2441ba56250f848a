"""Several people, or one in several windows, at the same moment: threads with sessions of their own, real commits."""

import pytest
from sqlalchemy import func, select

from app.actions import comments as commenting
from app.actions import consultations as chair
from app.actions import endorsements, moderation, positions, projections, standards
from app.actions import people as accounts
from app.errors import Invalid, NotFound, Refused
from app.models.comments import Comment
from app.models.consultations import Consultation, Membership, Role
from app.models.contributions import State
from app.models.events import LedgerEntry
from app.models.moderation import Action, Case, Decision, Reason
from app.models.people import Account, MailedLink, Purpose
from app.models.positions import Choice, Position, PositionTally
from app.models.standards import Standard, StandardVersion
from app.queries.record import flaws
from app.rules.statements import Statement
from tests.factories import comments, consultations, people
from tests.factories import standards as making
from tests.threads import outcome, sorted_outcomes, times, together

pytestmark = pytest.mark.usefixtures("stopped_clock")
REASON = {"reason": Reason.OFF_TOPIC, "explanation": "About parking."}


class Scene:
    """A consultation with a standard, written down for good; `do` runs an act in a session and commits."""

    def __init__(self, database):
        self.database = database
        with database.write() as session:
            consultation = consultations.opened(session)
            self.consultation_id = consultation.id
            self.standard_id = making.published(session, consultation).id
            session.commit()

    def add(self, make):
        """The id of what `make(session, consultation, standard)` made."""
        return self.do(lambda *stage: make(*stage).id)

    def do(self, act):
        with self.database.write() as session:
            consultation = session.get_one(Consultation, self.consultation_id)
            done = act(session, consultation, session.get_one(Standard, self.standard_id))
            session.commit()
            return done

    def take(self, member_id: int, choice: Choice):
        reason = "Because." if choice == Choice.OBJECT else ""
        return self.do(
            lambda session, consultation, standard: (
                positions.take(
                    session,
                    consultation,
                    standard,
                    by=session.get_one(Membership, member_id),
                    choice=choice,
                    reason=reason,
                ).id
            )
        )

    def count(self, model) -> int:
        with self.database.read() as session:
            return session.scalar(select(func.count()).select_from(model))

    def sound(self) -> None:
        """The chain has neither gap nor double, and every count is what a recount gives."""
        with self.database.read() as session:
            assert projections.differences(session) == []
            assert flaws(session, self.consultation_id) == []
            assert flaws(session, None) == []


@pytest.fixture
def scene(database):
    return Scene(database)


def member(session, consultation, _standard):
    return people.member(session, consultation)


def newcomer(session, number: int) -> Account:
    """An account that waits for its proof, made without the factory, which is not for threads."""
    email = f"newcomer{number}@example.org"
    return accounts.create_account(session, email=email, password=people.PASSWORD, display_name=f"Newcomer {number}")


def test_twenty_clicks_of_one_person_are_one_position(scene):
    ada = scene.add(member)
    choices = [Choice.SUPPORT, Choice.ABSTAIN, Choice.RESERVATIONS]
    ids = times(20, lambda number: scene.take(ada, choices[number % 3]))
    assert (len(set(ids)), scene.count(Position)) == (1, 1)
    with scene.database.read() as session:
        assert session.scalar(select(func.sum(PositionTally.count))) == 1
    scene.sound()


def test_twenty_people_at_once_are_twenty_positions(scene):
    crowd = [scene.add(member) for _ in range(10)]
    times(10, lambda number: scene.take(crowd[number], Choice.SUPPORT))
    with scene.database.read() as session:
        assert session.scalars(select(PositionTally.count)).all() == [10]  # one cell, though all came first
    scene.sound()


def test_two_moderators_decide_one_case_once(scene):
    comment = scene.add(lambda session, _consultation, standard: comments.pending(session, standard))

    def decide(number: int) -> str:
        action = [Action.PUBLISH, Action.DECLINE][number]

        def act(session, consultation, _standard):
            case = session.scalars(select(Case).where(Case.contribution_id == comment)).one()
            by = consultations.moderators(session, consultation)[number]
            statement = Statement(action) if action == Action.PUBLISH else Statement(action, **REASON)
            return moderation.decide(session, consultation, case, statement, by=by)

        return outcome(lambda: scene.do(act), Refused)

    assert sorted_outcomes(times(2, decide)) == {"Refused": 1, "done": 1}
    with scene.database.read() as session:
        decisions = session.scalars(select(Decision).where(Decision.contribution_id == comment)).all()
        expected = {Action.PUBLISH: State.PUBLISHED, Action.DECLINE: State.DECLINED}[decisions[0].action]
        assert (len(decisions), session.get_one(Comment, comment).state) == (1, expected)
    scene.sound()


def test_a_button_pressed_twice_is_one_comment_and_one_proposal(scene):
    ada = scene.add(member)
    text = making.proposal(title="Pressed twice")

    def post(session, consultation, standard):
        by = session.get_one(Membership, ada)
        return commenting.post(session, consultation, standard, by=by, body="Who pays?").id

    def propose(session, consultation, _standard):
        return standards.propose(session, consultation, by=session.get_one(Membership, ada), proposal=text).id

    assert len(set(times(5, lambda _number: scene.do(post)))) == 1
    assert len(set(times(5, lambda _number: scene.do(propose)))) == 1
    assert (scene.count(Comment), scene.count(StandardVersion)) == (1, 2)
    scene.sound()


def test_nothing_is_taken_after_the_closing(scene):
    crowd = [scene.add(member) for _ in range(7)]

    def close():
        scene.do(lambda session, consultation, _standard: chair.close(session, consultation))
        return "closed"

    def take(member_id: int):
        return lambda: outcome(lambda: scene.take(member_id, Choice.SUPPORT), Refused)

    outcomes = together(*(take(one) for one in crowd[:4]), close, *(take(one) for one in crowd[4:]))
    with scene.database.read() as session:
        here = LedgerEntry.consultation_id == scene.consultation_id
        kinds = session.scalars(select(LedgerEntry.kind).where(here).order_by(LedgerEntry.seq)).all()
    assert kinds[-1] == "ConsultationClosed"
    assert kinds.count("PositionTaken") == outcomes.count("done") == scene.count(Position)
    scene.sound()


def test_eight_writers_leave_one_chain(scene):
    crowd = [scene.add(member) for _ in range(8)]

    def write(number: int) -> None:
        for choice in (Choice.SUPPORT, Choice.ABSTAIN, Choice.SUPPORT):
            scene.take(crowd[number], choice)
        scene.do(lambda *stage: promote(*stage, number))

    def promote(session, consultation, _standard, number: int) -> None:
        mine = session.get_one(Membership, crowd[number])
        chair.give_role(session, consultation, mine, role=Role.POLICYMAKER)

    before = scene.count(LedgerEntry)
    times(8, write)
    assert scene.count(LedgerEntry) == before + 8 * 4
    scene.sound()


def test_strangers_who_join_the_site_at_once_leave_one_chain(scene):
    def join(number: int) -> None:
        with scene.database.write() as session:
            newcomer(session, number)
            session.commit()

    times(6, join)
    scene.sound()


def test_one_name_and_one_seat_are_given_once(scene):
    owners = [scene.do(lambda session, *_stage: people.account(session).id) for _ in range(5)]

    def join(name: str, owner_id: int):
        def act(session, consultation, _standard):
            owner = session.get_one(Account, owner_id)
            chair.join(session, consultation, account=owner, display_name=name, group_key="public")

        return lambda: outcome(lambda: scene.do(act), Invalid, Refused)

    assert sorted_outcomes(together(*(join("Ada", owner) for owner in owners[:4]))) == {"Invalid": 3, "done": 1}
    names = ("One", "Two", "Three")
    assert sorted_outcomes(together(*(join(name, owners[4]) for name in names))) == {"Refused": 2, "done": 1}
    scene.sound()


def test_endorsements_pressed_at_once_are_counted_once_each(scene):
    comment = scene.add(lambda session, _consultation, standard: comments.published(session, standard))
    crowd = [scene.add(member) for _ in range(6)]

    def endorse(number: int) -> bool:
        return scene.do(
            lambda session, consultation, _standard: endorsements.toggle(
                session,
                consultation,
                session.get_one(Comment, comment),
                by=session.get_one(Membership, crowd[number % 6]),
            )
        )

    assert times(6, endorse) == [True] * 6
    assert sorted(times(2, lambda _number: endorse(0))) == [False, True]
    with scene.database.read() as session:
        assert session.get_one(Comment, comment).endorsements == 6
    scene.sound()


def test_a_link_opened_in_two_windows_works_once(scene):
    account = scene.do(lambda session, *_stage: people.account(session, proved=False)).id
    token = scene.do(lambda session, *_stage: accounts.make_link(session, account, Purpose.PROVE_ADDRESS))

    def prove(_number: int) -> str:
        return outcome(lambda: scene.do(lambda session, *_: accounts.prove_address(session, token=token)), NotFound)

    assert sorted_outcomes(times(4, prove)) == {"NotFound": 3, "done": 1}
    assert scene.count(MailedLink) == 0


def test_joining_and_a_new_password_at_once_do_not_block_each_other(scene):
    """Both write two ledgers, the site's and the consultation's; in different orders they would wait for each other."""

    def uncounted(session, consultation, standard):
        owner = people.account(session, proved=False)
        making.position(session, standard, by=people.member(session, consultation, owner=owner))
        return accounts.make_link(session, owner.id, Purpose.RESET_PASSWORD)

    tokens = [scene.do(uncounted) for _ in range(3)]

    def reset(token: str):
        return lambda: scene.do(
            lambda session, *_: accounts.set_new_password(session, token=token, password="new plain words").id
        )

    def join(number: int):
        def act(session, consultation, _standard):
            owner = newcomer(session, number)
            return chair.join(
                session, consultation, account=owner, display_name=owner.display_name, group_key="public"
            ).id

        return lambda: scene.do(act)

    together(*(reset(token) for token in tokens), *(join(number) for number in range(3)))
    with scene.database.read() as session:
        assert session.scalars(select(PositionTally.count)).all() == [3]
    scene.sound()
