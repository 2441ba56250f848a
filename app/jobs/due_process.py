"""What follows from complaints, decisions and appeals: who is told."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import events, language
from app.actions import desk, flags, notices
from app.jobs import texts
from app.jobs.following import account_of
from app.jobs.letters import Site, write
from app.models.appeals import Appeal
from app.models.comments import Comment
from app.models.consultations import Consultation, Membership, Review
from app.models.contributions import READABLE, Contribution
from app.models.flags import Flag, FlagOutcome
from app.models.moderation import Case, Cause, Decision, Standing
from app.models.notices import Notice
from app.models.people import Account
from app.models.standards import StandardVersion
from app.rules.appeals import open_until
from app.rules.consultations import CHAIRING_ROLES, REVIEWING_ROLES
from app.rules.flags import alarming
from app.rules.moderation import RESTRICTING
from app.rules.words_of_moderation import FIXES

TOLD_OF_REMOVAL = ("flag_outcome", "answered_text_removed")


def tell_author(session: Session, event: events.Event, site: Site) -> None:
    """A statement of reasons goes to the author, in the app and by mail: how to mend the text, how to appeal."""
    assert isinstance(event, events.DecisionTaken)
    decision = session.get_one(Decision, event.decision_id)
    contribution = session.get_one(Contribution, event.contribution_id)
    account = account_of(session, contribution.membership_id)
    if account is None or decision.standing == Standing.UNDONE:
        return
    values = _statement(session, decision, contribution, account)
    notices.tell(session, account.id, code="decision", values=values, contribution=contribution)
    item = f"{site.base_url}/me/contributions#item-{contribution.id}"
    appeal = f"{site.base_url}/contributions/{contribution.id}/appeal"
    write(session, account, "decision", {**values, "original": decision.original, "link": item, "appeal": appeal})


def tell_flaggers(session: Session, event: events.Event, _site: Site) -> None:
    """Whoever complained hears what came of it."""
    assert isinstance(event, events.DecisionTaken)
    decision = session.get_one(Decision, event.decision_id)
    contribution = session.get_one(Contribution, event.contribution_id)
    for flag in flags.of_case(session, decision.case_id):
        if flag.account_id is not None and flag.outcome != FlagOutcome.OPEN:
            values = {"outcome": flag.outcome.value, "action": decision.action.value}
            notices.tell(session, flag.account_id, code="flag_outcome", values=values, contribution=contribution)


def tell_flaggers_of_withdrawal(session: Session, event: events.Event, _site: Site) -> None:
    """Whoever complained about a text hears that its author took it back."""
    assert isinstance(event, events.ContributionWithdrawn)
    contribution = session.get_one(Contribution, event.contribution_id)
    taken_back = select(Flag).where(Flag.contribution_id == contribution.id, Flag.outcome == FlagOutcome.TAKEN_BACK)
    for flag in session.scalars(taken_back.order_by(Flag.id)):
        if flag.account_id is not None:
            values = {"outcome": flag.outcome.value, "action": ""}
            notices.tell(session, flag.account_id, code="flag_outcome", values=values, contribution=contribution)


def tell_those_who_answered(session: Session, event: events.Event, _site: Site) -> None:
    """Whoever answered a comment hears that it was removed: their own words stand alone now."""
    assert isinstance(event, events.DecisionTaken)
    comment = session.get_one(Contribution, event.contribution_id)
    if not isinstance(comment, Comment) or comment.state in READABLE or comment.published_at is None:
        return
    answered = select(Membership.account_id).join(Comment, Comment.membership_id == Membership.id)
    wanted = answered.where(Comment.parent_id == comment.id, Comment.state.in_(READABLE)).distinct()
    for account_id in session.scalars(wanted.order_by(Membership.account_id)):
        if account_id is not None:
            notices.tell(session, account_id, code="answered_text_removed", values={}, contribution=comment)


def tell_of_quiet_publication(session: Session, event: events.Event, _site: Site) -> None:
    """Where texts are published first and named in no notice before they are read, that happens now."""
    assert isinstance(event, events.DecisionTaken)
    published = session.get_one(Contribution, event.contribution_id)
    consultation = session.get_one(Consultation, published.consultation_id)
    decision = session.get_one(Decision, event.decision_id)
    first = session.get_one(Case, decision.case_id).cause in (Cause.REVIEW, Cause.FIRST)
    if consultation.review == Review.QUIET and first and decision.before["published_at"]:
        tell_of_reply(session, published)
        if isinstance(published, StandardVersion):
            texts.tell_of_version(session, published)


def tell_of_reply(session: Session, reply: Contribution) -> None:
    """Whoever is replied to hears of it in the app, once, of a reply that can be read."""
    if not isinstance(reply, Comment) or reply.parent_id is None or reply.state not in READABLE:
        return
    parent = session.get_one(Comment, reply.parent_id)
    account = account_of(session, parent.membership_id)
    if account is not None and parent.membership_id != reply.membership_id and not _heard(session, reply, "reply"):
        notices.tell(session, account.id, code="reply", values={"label": parent.label}, contribution=reply)


def tell_of_undoing(session: Session, event: events.Event, site: Site) -> None:
    """The author, and everybody else who had heard of a decision, hears that it was taken back."""
    assert isinstance(event, events.DecisionUndone)
    decision = session.get_one(Decision, event.decision_id)
    contribution = session.get_one(Contribution, event.contribution_id)
    if "led_to" not in decision.before:
        return  # it was only proposed
    account = account_of(session, contribution.membership_id)
    if account is not None and _heard(session, contribution, "decision", since=decision.decided_at):
        values = {"label": contribution.label}
        notices.tell(session, account.id, code="decision_undone", values=values, contribution=contribution)
        consultation = session.get_one(Consultation, contribution.consultation_id)
        link = f"{site.base_url}/me/contributions#item-{contribution.id}"
        write(session, account, "decision_undone", {**values, "consultation": consultation.title, "link": link})
    if contribution.state in READABLE and decision.before["led_to"] not in READABLE:
        _tell_of_return(session, contribution, but=account.id if account else None, since=decision.decided_at)


def tell_of_hold(session: Session, event: events.Event, site: Site) -> None:
    """The author hears at once that readers do not see the text until it is decided on."""
    assert isinstance(event, events.ContributionHeld)
    contribution = session.get_one(Contribution, event.contribution_id)
    account = account_of(session, contribution.membership_id)
    if account is None:
        return
    values = {"label": contribution.label, "reason": event.reason}
    notices.tell(session, account.id, code="held", values=values, contribution=contribution)
    consultation = session.get_one(Consultation, contribution.consultation_id)
    link = f"{site.base_url}/me/contributions#item-{contribution.id}"
    write(session, account, "held", {**values, "consultation": consultation.title, "link": link})


def tell_second_readers(session: Session, event: events.Event, _site: Site) -> None:
    """Those who may read second are asked to; where there is nobody, an administrator steps in."""
    assert isinstance(event, events.DecisionProposed)
    case = session.get_one(Case, session.get_one(Decision, event.decision_id).case_id)
    link = {"link": f"/moderation/cases/{case.id}"}
    told = _tell(session, (member.account_id for member in desk.others(session, case)), "second_reader", link)
    if not told:
        _tell(session, _administrators(session), "nobody_else", {"link": f"/moderation/cases/{case.id}/step-in"})


def raise_alarm(session: Session, event: events.Event, _site: Site) -> None:
    """When complaints that weigh enough say that somebody is in danger, the team is told once. Nothing is hidden."""
    assert isinstance(event, events.ContributionFlagged)
    flag = session.get_one(Flag, event.flag_id)
    sent = [one for one in flags.of_case(session, flag.case_id) if one.id <= flag.id]
    before = [one for one in sent if one.id < flag.id]
    if _alarming(sent) and not _alarming(before):
        assert event.consultation_id is not None
        _tell(session, _team(session, event.consultation_id), "alarm", {"link": f"/moderation/cases/{flag.case_id}"})


def tell_of_appeal(session: Session, event: events.Event, _site: Site) -> None:
    """Those who took no part in a decision are asked to hear the appeal against it."""
    assert isinstance(event, events.AppealSent)
    appeal = session.get_one(Appeal, event.appeal_id)
    case = session.get_one(Case, session.get_one(Decision, appeal.decision_id).case_id)
    link = {"link": f"/moderation/appeals/{appeal.id}"}
    told = _tell(session, (member.account_id for member in desk.others(session, case)), "appeal_sent", link)
    if not told:
        _tell(session, _administrators(session), "nobody_else", {"link": f"/moderation/cases/{case.id}/step-in"})


def tell_of_appeal_decided(session: Session, event: events.Event, site: Site) -> None:
    """The author gets the answer; everybody who was told of the removal is told of the return."""
    assert isinstance(event, events.AppealDecided)
    appeal = session.get_one(Appeal, event.appeal_id)
    contribution = session.get_one(Contribution, appeal.contribution_id)
    consultation = session.get_one(Consultation, appeal.consultation_id)
    account = account_of(session, contribution.membership_id)
    values = {"outcome": event.outcome, "answer": appeal.answer, "label": contribution.label}
    if account is not None:
        notices.tell(session, account.id, code="appeal_decided", values=values, contribution=contribution)
        link = f"{site.base_url}/me/contributions#item-{contribution.id}"
        letter = {**values, "consultation": consultation.title, "link": link}
        write(session, account, "appeal_decided", letter)
    if contribution.state in READABLE:
        removed_at = session.get_one(Decision, appeal.decision_id).decided_at
        _tell_of_return(session, contribution, but=account.id if account else None, since=removed_at)


def tell_of_late_case(session: Session, event: events.Event, _site: Site) -> None:
    """The team hears that a promise to an author is broken."""
    assert isinstance(event, events.CaseLate)
    assert event.consultation_id is not None
    _tell(session, _team(session, event.consultation_id), "case_late", {"link": f"/moderation/cases/{event.case_id}"})


def tell_of_late_appeal(session: Session, event: events.Event, _site: Site) -> None:
    """Chairs and administrators hear that an appeal found no answer in time."""
    assert isinstance(event, events.AppealLate)
    assert event.consultation_id is not None
    link = {"link": f"/moderation/appeals/{event.appeal_id}"}
    chairs = _team(session, event.consultation_id, roles=CHAIRING_ROLES)
    _tell(session, [*chairs, *_administrators(session)], "appeal_late", link)


def _statement(session: Session, decision: Decision, contribution: Contribution, account: Account) -> dict[str, str]:
    consultation = session.get_one(Consultation, contribution.consultation_id)
    restricts = decision.action in RESTRICTING
    with language.speaking(account.language or language.SOURCE):
        fix = str(FIXES[decision.reason]) if restricts and decision.reason else ""
        until = language.format_date(open_until(decision.decided_at)) if restricts else ""
        ends = language.format_date(decision.ends_at) if decision.ends_at else ""
    return {
        "action": decision.action.value,
        "reason": decision.reason.value if decision.reason else "",
        "explanation": decision.explanation,
        "passage": decision.passage or "\n".join(one["passage"] for one in decision.redactions if one["passage"]),
        "fix": fix,
        "appeal_until": until,
        "ends": ends,
        "label": contribution.label,
        "consultation": consultation.title,
    }


def _tell_of_return(session: Session, contribution: Contribution, *, but: int | None, since: datetime) -> None:
    """Tell those who heard of the removal, which was decided at `since`."""
    told = select(Notice.account_id).where(
        Notice.contribution_id == contribution.id,
        Notice.code.in_(TOLD_OF_REMOVAL),
        Notice.created_at >= since,
        Notice.account_id.is_distinct_from(but),
    )
    for account_id in session.scalars(told.distinct().order_by(Notice.account_id)).all():
        notices.tell(session, account_id, code="text_returned", values={}, contribution=contribution)


def _heard(session: Session, contribution: Contribution, code: str, *, since: datetime | None = None) -> bool:
    """Whether somebody was told this of a text, at all or since then."""
    told = select(Notice.id).where(Notice.contribution_id == contribution.id, Notice.code == code)
    if since is not None:
        told = told.where(Notice.created_at >= since)
    return session.scalar(told.limit(1)) is not None


def _alarming(sent: Collection[Flag]) -> bool:
    return alarming([one.reason for one in sent], [one.weight for one in sent])


def _team(session: Session, consultation_id: int, *, roles: Collection[object] = REVIEWING_ROLES) -> list[int | None]:
    team = select(Membership.account_id).where(
        Membership.consultation_id == consultation_id, Membership.role.in_(roles)
    )
    return list(session.scalars(team.order_by(Membership.id)))


def _administrators(session: Session) -> list[int | None]:
    return list(session.scalars(select(Account.id).where(Account.administrator).order_by(Account.id)))


def _tell(session: Session, account_ids: Iterable[int | None], code: str, values: dict[str, str]) -> int:
    told = {account_id: None for account_id in account_ids if account_id is not None}
    for account_id in told:
        notices.tell(session, account_id, code=code, values=dict(values))
    return len(told)
