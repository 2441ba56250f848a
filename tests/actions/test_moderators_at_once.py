"""Moderators, authors and flaggers at the same moment: nothing is decided twice or lost, the ledger is sound."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from app.actions import appeals, comment_edits, desk, flags, moderation, projections, together
from app.actions import comments as commenting
from app.errors import Invalid, Refused
from app.events import DecisionsTakenTogether, DecisionTaken
from app.models.appeals import Appeal, AppealOutcome
from app.models.comments import Comment
from app.models.consultations import Consultation, Membership
from app.models.contributions import READABLE, State
from app.models.flags import Flag
from app.models.moderation import Action, Case, Decision, Reason, Standing
from app.models.people import Account
from app.models.standards import Standard
from app.queries.record import flaws
from app.rules.moderation import Chosen
from app.rules.statements import Statement
from tests.factories import comments, consultations, people, standards
from tests.factories import moderation as making
from tests.factories.viewers import history
from tests.threads import outcome, sorted_outcomes, times
from tests.threads import together as at_once

pytestmark = pytest.mark.usefixtures("stopped_clock")
CLIENTS, CASES = 20, 12
DECLINE = Statement(Action.DECLINE, Reason.OFF_TOPIC, "It is about parking.")


class Desk:
    """A consultation with two moderators and waiting comments, written down for good."""

    def __init__(self, database, waiting: int):
        self.database = database
        with database.write() as session:
            consultation = consultations.opened(session)
            standard = standards.published(session, consultation)
            self.consultation_id, self.standard_id = consultation.id, standard.id
            self.moderators = [member.id for member in consultations.moderators(session, consultation)]
            items = [comments.pending(session, standard, body=f"Text {number}.") for number in range(waiting)]
            self.items = [item.id for item in items]
            self.cases = [making.open_case(session, item).id for item in items]
            session.commit()

    def do(self, act):
        """What `act(session, consultation)` answers, committed."""
        with self.database.write() as session:
            done = act(session, session.get_one(Consultation, self.consultation_id))
            session.commit()
            return done

    def decide(self, number: int, statement: Statement, *, by: int, read: int | None = None) -> None:
        self.do(
            lambda session, consultation: (
                moderation.decide(
                    session,
                    consultation,
                    session.get_one(Case, self.cases[number]),
                    statement,
                    by=session.get_one(Membership, by),
                    read_revision=read,
                ).id
            )
        )

    def sound(self) -> None:
        """Each closed case has one decision that was taken, and the ledger one entry for each of them."""
        with self.database.read() as session:
            taken = select(Decision.case_id, func.count()).where(Decision.standing == Standing.TAKEN)
            by_case = dict(session.execute(taken.group_by(Decision.case_id)).all())
            assert set(by_case.values()) <= {1}
            entries = history(session, session.get_one(Consultation, self.consultation_id), DecisionTaken)
            carried_out = {d.id for d in session.scalars(select(Decision)) if "led_to" in d.before}
            replacing = set(session.scalars(select(Appeal.replacement_id)))  # the answers to appeals tell of these
            assert sorted(event.decision_id for event in entries) == sorted(carried_out - replacing)
            assert flaws(session, self.consultation_id) == []
            assert projections.differences(session) == []


def test_two_moderators_with_twenty_clients_decide_each_case_once_and_lose_none(database):
    """Each client works through all cases, from a place of its own, alone or several at a time, until none is left."""
    scene = Desk(database, CASES)

    def client(number: int) -> Counter[str]:
        by, met = scene.moderators[number % 2], Counter()
        for step in range(CASES):
            case = (number + step) % CASES
            statement = Statement(Action.PUBLISH) if number % 3 else DECLINE
            met[outcome(lambda c=case, s=statement: scene.decide(c, s, by=by, read=1), Refused)] += 1
        return met

    def bulk(number: int) -> Counter[str]:
        def act(session, consultation):
            chosen = [Chosen(case, 1) for case in scene.cases]
            by = session.get_one(Membership, scene.moderators[number % 2])
            return len(together.decide(session, consultation, chosen, Statement(Action.PUBLISH), by=by).decisions)

        return Counter(done=scene.do(act))

    met = at_once(*((lambda n=n: (bulk if n % 5 == 0 else client)(n)) for n in range(CLIENTS)))
    assert sum(one["done"] for one in met) == CASES
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Case).where(Case.closed_at.is_(None))) == 0
        states = session.scalars(select(Comment.state)).all()
        assert (len(states), set(states) <= {State.PUBLISHED, State.DECLINED}) == (CASES, True)
        decisions = {
            d.contribution_id: d.action for d in session.scalars(select(Decision)) if d.contribution_id in scene.items
        }
        assert len(decisions) == CASES
        for item in session.scalars(select(Comment)):
            assert (item.state in READABLE) == (decisions[item.id] == Action.PUBLISH)
        groups = history(session, session.get_one(Consultation, scene.consultation_id), DecisionsTakenTogether)
        assert all(group.decisions > 1 for group in groups)
    scene.sound()


def change(scene: Desk, number: int) -> None:
    """The author of an odd case changes the text, that of an even one withdraws it."""

    def act(session, consultation):
        item = session.get_one(Comment, scene.items[number])
        author = session.get_one(Membership, item.membership_id)
        if number % 2:
            comment_edits.edit(session, consultation, item, by=author, body=f"Changed {number}.")
        else:
            commenting.withdraw(session, consultation, item, by=author)

    scene.do(act)


def test_a_decision_against_the_authors_change_and_withdrawal(database):
    scene = Desk(database, 9)

    def decide(number: int) -> None:
        scene.decide(number, Statement(Action.PUBLISH), by=scene.moderators[number % 2], read=1)

    acts = (decide, lambda number: change(scene, number))
    at_once(*(lambda n=n, act=act: outcome(lambda: act(n), Refused, Invalid) for n in range(9) for act in acts))
    with database.read() as session:
        for number, key in enumerate(scene.items):
            item, read, changed = session.get_one(Comment, key), f"Text {number}.", f"Changed {number}."
            taken = session.scalars(select(Decision).where(Decision.contribution_id == key)).all()
            if number % 2 == 0:
                expected = (State.WITHDRAWN, read, None)
            elif taken:  # the text that was read is the one that is published, the change waits
                expected = (State.PUBLISHED, read, changed)
            else:
                expected = (State.PENDING, changed, None)
            assert (item.state, item.body, item.next_body) == expected
            waiting = select(func.count()).where(Case.contribution_id == key, Case.closed_at.is_(None))
            assert session.scalar(waiting) == number % 2
    scene.sound()


def test_one_case_is_claimed_by_one(database):
    scene = Desk(database, 1)

    def claim(number: int) -> str:
        def act(session, consultation):
            case = session.get_one(Case, scene.cases[0])
            desk.claim(session, consultation, case, by=session.get_one(Membership, scene.moderators[number % 2]))

        return outcome(lambda: scene.do(act), Refused)

    assert sorted_outcomes(times(10, claim)) == {"Refused": 5, "done": 5}
    with database.read() as session:
        assert session.get_one(Case, scene.cases[0]).claimed_by_id in scene.moderators


def test_two_first_readers_at_once_are_a_first_and_a_second_one(database):
    scene = Desk(database, 1)
    statement = Statement(Action.DECLINE, Reason.HATE, "It is about all of them.")

    def decide(number: int) -> str:
        return outcome(lambda: scene.decide(0, statement, by=scene.moderators[number % 2], read=1), Refused)

    assert sorted_outcomes(times(8, decide)) == {"Refused": 6, "done": 2}
    with database.read() as session:
        of_hate = select(Decision).where(Decision.standing == Standing.TAKEN, Decision.reason == Reason.HATE)
        [taken] = session.scalars(of_hate)
        assert {taken.moderator_id, taken.first_reader_id} == set(scene.moderators)
    scene.sound()


def test_an_appeal_is_sent_once_and_answered_once(database):
    scene = Desk(database, 1)
    scene.decide(0, DECLINE, by=scene.moderators[0])
    judges = [scene.do(lambda session, consultation: people.moderator(session, consultation).id) for _ in range(3)]

    def send(_number: int) -> str:
        def act(session, consultation):
            item = session.get_one(Comment, scene.items[0])
            author = session.get_one(Membership, item.membership_id)
            appeals.appeal(session, consultation, item, by=author, text="Read it again.")

        return outcome(lambda: scene.do(act), Refused)

    def hear(number: int) -> str:
        def act(session, consultation):
            appeal = session.scalars(select(Appeal)).one()
            result = (AppealOutcome.OVERTURNED, AppealOutcome.STANDS)[number % 2]
            by = session.get_one(Membership, judges[number % 3])
            appeals.decide(session, consultation, appeal, by=by, outcome=result, answer="Read again.")

        return outcome(lambda: scene.do(act), Refused)

    assert sorted_outcomes(times(5, send)) == {"Refused": 4, "done": 1}
    assert sorted_outcomes(times(6, hear)) == {"Refused": 5, "done": 1}
    with database.read() as session:
        appeal = session.scalars(select(Appeal)).one()
        expected = State.PUBLISHED if appeal.outcome == AppealOutcome.OVERTURNED else State.DECLINED
        assert session.get_one(Comment, scene.items[0]).state == expected
    scene.sound()


def test_one_person_flags_once_and_ten_people_open_one_case(database):
    scene = Desk(database, 1)
    scene.decide(0, Statement(Action.PUBLISH), by=scene.moderators[0])
    crowd = [scene.do(lambda session, consultation: people.member(session, consultation).account_id) for _ in range(5)]

    def flag(number: int) -> str:
        def act(session, consultation):
            item = session.get_one(Comment, scene.items[0])
            account = session.get_one(Account, crowd[number % 5])
            flags.flag(session, consultation, item, account=account, reason=Reason.THREAT)

        return outcome(lambda: scene.do(act), Refused)

    assert sorted_outcomes(times(15, flag)) == {"Refused": 10, "done": 5}
    with database.read() as session:
        case = session.scalars(select(Case).where(Case.closed_at.is_(None))).one()
        assert (case.flags, session.scalar(select(func.count()).select_from(Flag))) == (5, 5)
        assert session.get_one(Comment, scene.items[0]).state == State.PUBLISHED
    scene.sound()


def test_undoing_and_another_decision_do_not_both_happen(database):
    scene = Desk(database, 6)
    for number in range(6):
        scene.decide(number, DECLINE, by=scene.moderators[0])

    def undo(number: int) -> str:
        def act(session, consultation):
            case = session.get_one(Case, scene.cases[number])
            desk.undo(session, consultation, case, by=session.get_one(Membership, scene.moderators[0]))

        return outcome(lambda: scene.do(act), Refused)

    def send(number: int) -> str:
        def act(session, consultation):
            item = session.get_one(Comment, scene.items[number])
            author = session.get_one(Membership, item.membership_id)
            appeals.appeal(session, consultation, item, by=author, text="Read it again.")

        return outcome(lambda: scene.do(act), Refused)

    at_once(*(lambda n=n, act=act: act(n) for n in range(6) for act in (undo, send)))
    with database.read() as session:
        appealed = set(session.scalars(select(Appeal.contribution_id)))
        for key in scene.items:
            item = session.get_one(Comment, key)
            assert item.state == (State.DECLINED if key in appealed else State.PENDING)
    assert session.get_one(Standard, scene.standard_id).number == 1
    scene.sound()
