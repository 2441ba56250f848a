"""Who is told what became of a text, once each; and what nobody is told."""

import pytest
from sqlalchemy import select

from app.actions import desk
from app.jobs.handlers import Site
from app.jobs.relay import drain
from app.jobs.schedule import carry_out_due
from app.models.consultations import Membership, Review, Role
from app.models.contributions import State
from app.models.events import OutboxEntry
from app.models.moderation import Action, Case, Reason
from app.models.notices import Mail, Notice
from app.models.people import Account
from app.models.positions import Choice
from app.rules.statements import Redaction
from tests.factories import amendments, comments, consultations, moderation, people, standards

pytestmark = pytest.mark.usefixtures("stopped_clock")
SITE = Site("https://consult.example")


class Stage:
    """A consultation whose consequences are let happen; `told` are the codes of a person's notices so far."""

    def __init__(self, database, session, review: Review = Review.BEFORE):
        self.database, self.session = database, session
        self.consultation = consultations.opened(session, review=review)
        version = standards.pending(session, self.consultation)
        if review == Review.BEFORE:
            moderation.decide(session, version)
        self.standard = session.get_one(standards.Standard, version.standard_id)
        self.readers = consultations.moderators(session, self.consultation)
        self.author, self.answering, self.flagging = (people.member(session, self.consultation) for _ in range(3))
        self.follow()

    def follow(self) -> None:
        self.session.commit()
        drain(self.database, SITE)
        self.session.expire_all()
        assert self.session.scalars(select(OutboxEntry.error)).all() == []

    def told(self, somebody: Membership) -> list[str]:
        mine = select(Notice.code).where(Notice.account_id == somebody.account_id).order_by(Notice.id)
        return list(self.session.scalars(mine))

    def mails(self, somebody: Membership) -> list[Mail]:
        mine = select(Mail).where(Mail.account_id == somebody.account_id).order_by(Mail.id)
        return list(self.session.scalars(mine))

    def answered(self):
        """A published comment with a published answer, about which somebody complained."""
        item = comments.published(self.session, self.standard, by=self.author, body="What I think of it.")
        comments.published(self.session, self.standard, by=self.answering, reply_to=item)
        moderation.flagged(self.session, item, by=self.flagging)
        self.follow()
        return item

    def undo(self, decision) -> None:
        case = self.session.get_one(Case, decision.case_id)
        by = self.session.get_one(Membership, decision.moderator_id)
        desk.undo(self.session, self.consultation, case, by=by)


@pytest.fixture
def stage(database, session):
    return Stage(database, session)


def test_a_removal_and_its_return_are_told_to_the_same_people_once(stage):
    item = stage.answered()
    assert (stage.told(stage.author), stage.told(stage.answering), stage.told(stage.flagging)) == (
        ["decision", "reply"],
        ["decision"],
        [],
    )
    moderation.decide(stage.session, item, Action.HIDE)
    stage.follow()
    assert stage.told(stage.author)[2:] == ["decision"]
    assert stage.told(stage.answering)[1:] == ["answered_text_removed"]
    assert stage.told(stage.flagging) == ["flag_outcome"]
    moderation.heard(stage.session, moderation.appealed(stage.session, item))
    stage.follow()
    assert stage.told(stage.author)[3:] == ["appeal_decided"]
    assert stage.told(stage.answering)[2:] == ["text_returned"]
    assert stage.told(stage.flagging)[1:] == ["text_returned"]


def test_a_removal_that_is_undone_is_told_back_to_everybody_who_heard_of_it(stage):
    item = stage.answered()
    decision = moderation.decide(stage.session, item, Action.HIDE)
    stage.follow()
    stage.undo(decision)
    stage.follow()
    assert stage.told(stage.author)[2:] == ["decision", "decision_undone"]
    assert stage.told(stage.answering)[1:] == ["answered_text_removed", "text_returned"]
    assert stage.told(stage.flagging) == ["flag_outcome", "text_returned"]


def test_what_was_undone_before_anybody_was_told_is_told_to_nobody(stage, stopped_clock):
    item = stage.answered()
    stopped_clock.forward(minutes=5)
    before = len(stage.mails(stage.author))
    stage.undo(moderation.decide(stage.session, item, Action.HIDE))
    stage.follow()
    assert stage.told(stage.author) == ["decision", "reply"]
    assert (stage.told(stage.answering), stage.told(stage.flagging)) == (["decision"], [])
    assert len(stage.mails(stage.author)) == before


def test_whoever_heard_that_a_text_stays_does_not_hear_that_it_returns(stage, stopped_clock):
    item = stage.answered()
    moderation.decide(stage.session, item)
    stage.follow()
    assert stage.told(stage.flagging) == ["flag_outcome"]  # that it stays
    stopped_clock.forward(days=1)
    other = people.member(stage.session, stage.consultation)
    moderation.flagged(stage.session, item, by=other)
    moderation.decide(stage.session, item, Action.HIDE)
    stage.follow()
    moderation.heard(stage.session, moderation.appealed(stage.session, item))
    stage.follow()
    assert stage.told(stage.flagging) == ["flag_outcome"]
    assert stage.told(other) == ["flag_outcome", "text_returned"]


def test_the_author_gets_a_statement_of_reasons_in_the_app_and_by_mail(stage):
    item = comments.pending(stage.session, stage.standard, by=stage.author, body="What I think of Ingrid.")
    moderation.decide(stage.session, item, Action.REDACT, redactions=(Redaction("Ingrid", "name"),))
    stage.follow()
    [notice] = stage.session.scalars(select(Notice).where(Notice.account_id == stage.author.account_id))
    assert (notice.values["action"], notice.values["reason"]) == ("redact", "personal_attack")
    assert notice.values["appeal_until"]
    assert "Ingrid" not in notice.values["label"]
    [mail] = stage.mails(stage.author)
    for part in (
        "What I think of Ingrid.",
        f"/contributions/{item.id}/appeal",
        "The second sentence is about a person.",
    ):
        assert part in mail.body


def test_nobody_learns_who_complained(stage):
    item = stage.answered()
    moderation.decide(stage.session, item, Action.HIDE)
    moderation.heard(stage.session, moderation.appealed(stage.session, item))
    stage.follow()
    flagger = stage.session.get_one(Account, stage.flagging.account_id)
    names = [flagger.display_name, stage.flagging.display_name, flagger.email]
    others = select(Notice).where(Notice.account_id != flagger.id)
    written = [str(notice.values) for notice in stage.session.scalars(others)]
    written += [
        mail.subject + mail.body for mail in stage.session.scalars(select(Mail)) if mail.account_id != flagger.id
    ]
    assert written
    assert not [words for words in written for name in names if name in words]


def test_a_proposal_is_told_to_second_readers_alone(stage):
    item = stage.answered()
    before = (stage.told(stage.author), stage.told(stage.flagging), len(stage.mails(stage.author)))
    proposed = moderation.decide(stage.session, item, Action.HIDE, reason=Reason.HATE, by=stage.readers[0])
    stage.follow()
    assert (stage.told(stage.author), stage.told(stage.flagging), len(stage.mails(stage.author))) == before
    assert stage.told(stage.readers[1])[-1] == "second_reader"
    assert "second_reader" not in stage.told(stage.readers[0])
    stage.undo(proposed)
    stage.follow()
    assert (stage.told(stage.author), stage.told(stage.flagging), len(stage.mails(stage.author))) == before


def test_where_nobody_may_read_second_administrators_are_asked(stage):
    item = stage.answered()
    stage.readers[1].role = Role.PARTICIPANT
    admin = people.account(stage.session, administrator=True)
    moderation.decide(stage.session, item, Action.HIDE, reason=Reason.HATE, by=stage.readers[0])
    stage.follow()
    codes = select(Notice.code).where(Notice.account_id == admin.id)
    assert list(stage.session.scalars(codes)) == ["nobody_else"]


def test_the_team_is_alarmed_once_and_nothing_is_hidden(stage):
    item = comments.published(stage.session, stage.standard, by=stage.author)
    stage.follow()
    for number in range(1, 5):
        moderation.flagged(stage.session, item, reason=Reason.THREAT)
        stage.follow()
        alarms = [stage.told(reader).count("alarm") for reader in stage.readers]
        assert alarms == ([0, 0] if number == 1 else [1, 1])
    assert item.state == State.PUBLISHED


def test_an_appeal_is_told_to_those_who_took_no_part(stage):
    item = comments.pending(stage.session, stage.standard, by=stage.author)
    decision = moderation.decide(stage.session, item, Action.DECLINE, by=stage.readers[0])
    moderation.appealed(stage.session, item)
    stage.follow()
    assert "appeal_sent" in stage.told(stage.readers[1])
    assert "appeal_sent" not in stage.told(stage.readers[0])
    assert decision.moderator_id == stage.readers[0].id


def test_the_author_hears_of_hiding_at_once_and_a_reply_is_not_announced_again(stage):
    parent = comments.published(stage.session, stage.standard, by=stage.answering)
    item = comments.published(stage.session, stage.standard, by=stage.author, reply_to=parent)
    moderation.flagged(stage.session, item)
    stage.follow()
    assert stage.told(stage.answering).count("reply") == 1
    case = moderation.open_case(stage.session, item)
    desk.hold(stage.session, stage.consultation, case, by=stage.readers[0], reason=Reason.THREAT)
    stage.follow()
    assert stage.told(stage.author)[-1] == "held"
    assert [mail.subject for mail in stage.mails(stage.author)][-1:] != []
    moderation.decide(stage.session, item)
    stage.follow()
    assert stage.told(stage.answering).count("reply") == 1


@pytest.mark.parametrize("action", [Action.PUBLISH, Action.HIDE])
def test_where_review_is_quiet_no_notice_names_a_text_before_it_is_read(database, session, action):
    stage = Stage(database, session, Review.QUIET)
    parent = comments.pending(session, stage.standard, by=stage.answering)
    moderation.decide(session, parent)
    stage.follow()
    before = stage.told(stage.answering)
    reply = comments.pending(session, stage.standard, by=stage.author, reply_to=parent, body="Unread so far.")
    stage.follow()
    assert (reply.state, stage.told(stage.answering)) == (State.PUBLISHED, before)
    moderation.decide(session, reply, action)
    stage.follow()
    assert stage.told(stage.answering)[len(before) :] == (["reply"] if action == Action.PUBLISH else [])


@pytest.mark.parametrize("action", [Action.PUBLISH, Action.HIDE])
def test_a_quiet_text_that_is_read_before_the_relay_comes_is_announced_once_or_never(database, session, action):
    stage = Stage(database, session, Review.QUIET)
    parent = comments.pending(session, stage.standard, by=stage.answering)
    reply = comments.pending(session, stage.standard, by=stage.author, reply_to=parent)
    moderation.decide(session, reply, action)
    stage.follow()
    assert stage.told(stage.answering).count("reply") == (1 if action == Action.PUBLISH else 0)


@pytest.mark.parametrize("relayed_before", [True, False])
def test_where_review_is_quiet_a_changed_text_is_announced_when_it_was_read(database, session, relayed_before):
    stage = Stage(database, session, Review.QUIET)
    standards.position(session, stage.standard, Choice.SUPPORT, by=stage.answering)
    version = amendments.waiting_version(session, stage.standard, clauses={"1": "A body shall do something else."})
    if relayed_before:
        stage.follow()
        assert (version.state, "text_changed" in stage.told(stage.answering)) == (State.PUBLISHED, False)
    moderation.decide(session, version)
    stage.follow()
    assert stage.told(stage.answering).count("text_changed") == 1


def test_what_is_late_is_told_once(stage, stopped_clock):
    item = comments.pending(stage.session, stage.standard, by=stage.author)
    moderation.decide(stage.session, item, Action.DECLINE, by=stage.readers[0])
    comments.pending(stage.session, stage.standard, by=stage.author, body="Still waiting.")
    moderation.appealed(stage.session, item)
    chair = people.member(stage.session, stage.consultation, role=Role.CHAIR)
    stage.follow()
    stopped_clock.forward(days=15)
    for _ in range(2):
        stage.session.commit()
        carry_out_due(stage.database)
        stage.follow()
    assert [stage.told(reader).count("case_late") for reader in (*stage.readers, chair)] == [1, 1, 1]
    assert [stage.told(one).count("appeal_late") for one in (*stage.readers, chair)] == [0, 0, 1]
    assert "case_late" not in stage.told(stage.author)
