"""Who is told when an objection takes a step, a comment is resolved, an outcome stated, or the authority responds."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import events, language
from app.actions import notices
from app.jobs.following import account_of, tell_chairs, tell_followers, tell_followers_of_outcomes
from app.jobs.letters import Site, write
from app.models.comments import Comment
from app.models.consultations import Consultation
from app.models.contributions import READABLE
from app.models.dispositions import Disposition
from app.models.objections import Objection, ObjectionStep, StepKind
from app.models.outcomes import Outcome, Response
from app.models.standards import Standard, StandardVersion
from app.rules.objections import DECISIONS

TOLD = {
    StepKind.ANSWER: "objection_answered",
    StepKind.UPHELD: "objection_decided",
    StepKind.OVERRULED: "objection_decided",
    StepKind.NO_REPLY: "objection_lapsed",
    StepKind.MEDIATION: "objection_mediated",
}
TOLD_TO_CHAIRS = {StepKind.NOT_SATISFIED: "objection_sustained", StepKind.APPEAL: "objection_appealed"}
FOLLOWED = (StepKind.ANSWER, *DECISIONS)


def tell_of_objection(session: Session, event: events.Event, site: Site) -> None:
    """The objector hears of answers and decisions, the chair of what has to be decided, followers of the result."""
    assert isinstance(event, events.ObjectionMoved)
    step = session.get_one(ObjectionStep, event.step_id)
    objection = session.get_one(Objection, event.objection)
    standard = session.get_one(Standard, objection.standard_id)
    values = {**about(session, standard), "link": f"/objections/{objection.id}"}
    if step.kind in TOLD_TO_CHAIRS:
        code, version = TOLD_TO_CHAIRS[step.kind], text_of(session, standard)
        tell_chairs(session, standard.consultation_id, code=code, values=values, about=version)
    if step.kind in TOLD:
        _tell_objector(session, objection, step, values, site)
    if step.kind in FOLLOWED:
        concerned = [objection.membership_id, *([step.membership_id] if step.membership_id else [])]
        version = text_of(session, standard)
        tell_followers(session, standard.id, code="followed_objection", values=values, but=concerned, about=version)


def tell_author_of_disposition(session: Session, event: events.Event, site: Site) -> None:
    """Whoever wrote a comment hears what was done with it, by mail with the reason."""
    assert isinstance(event, events.DispositionGiven)
    comment = session.get_one(Comment, event.contribution)
    given = session.get_one(Disposition, comment.id)
    account = account_of(session, comment.membership_id)
    if account is None or given.membership_id == comment.membership_id:
        return
    standard = session.get_one(Standard, comment.standard_id)
    link = f"/comments/{comment.id}/disposition"
    values = {**about(session, standard), "disposition": given.kind.value, "link": link, "label": comment.label}
    notices.tell(session, account.id, code="comment_resolved", values=values, contribution=text_of(session, standard))
    letter = {**values, "words": given.reason, "original": comment.body, "link": site.base_url + link}
    write(session, account, "comment_resolved", letter)


def tell_of_outcome(session: Session, event: events.Event, _site: Site) -> None:
    """Followers hear of the outcome, but for whoever stated it."""
    assert isinstance(event, events.OutcomeStated)
    standard = session.get_one(Standard, event.standard)
    stated = session.get_one(Outcome, standard.id)
    values = {**about(session, standard), "link": _address(session, standard)}
    but, version = [stated.membership_id], text_of(session, standard)
    tell_followers(session, standard.id, code="followed_outcome", values=values, but=but, about=version)


def tell_of_response(session: Session, event: events.Event, _site: Site) -> None:
    """Followers hear what the authority says, but for whoever wrote it."""
    assert isinstance(event, events.ResponsePublished)
    standard = session.get_one(Standard, event.standard)
    given = session.get_one(Response, standard.id)
    consultation = session.get_one(Consultation, standard.consultation_id)
    link = f"/consultations/{consultation.slug}/answers#s{standard.number}"
    values = {**about(session, standard), "link": link}
    but, version = [given.membership_id], text_of(session, standard)
    tell_followers(session, standard.id, code="followed_response", values=values, but=but, about=version)


def tell_of_overdue(session: Session, event: events.Event, _site: Site) -> None:
    """Those who lead the consultation and those who follow its standards hear that a promised day has passed."""
    assert isinstance(event, events.ResponseOverdue)
    assert event.consultation_id is not None
    consultation = session.get_one(Consultation, event.consultation_id)
    values = {"label": consultation.title, "link": f"/consultations/{consultation.slug}/answers"}
    tell_chairs(session, consultation.id, code="response_overdue", values=values)
    tell_followers_of_outcomes(session, consultation.id, code="response_overdue", values=values)


def _address(session: Session, standard: Standard) -> str:
    consultation = session.get_one(Consultation, standard.consultation_id)
    return f"/consultations/{consultation.slug}/standards/{standard.number}"


def about(session: Session, standard: Standard) -> dict[str, str]:
    """Number and title of a standard, for notices and letters; no title while nobody may read the text."""
    version = text_of(session, standard)
    title = version.title if version is not None and version.state in READABLE else ""
    return {"number": str(standard.number), "title": title}


def text_of(session: Session, standard: Standard) -> StandardVersion | None:
    """The version of a standard that is in force."""
    return session.scalars(
        select(StandardVersion).where(
            StandardVersion.standard_id == standard.id, StandardVersion.number == standard.version
        )
    ).one_or_none()


def _tell_objector(
    session: Session, objection: Objection, step: ObjectionStep, values: dict[str, str], site: Site
) -> None:
    account = account_of(session, objection.membership_id)
    if account is None:
        return
    version = text_of(session, session.get_one(Standard, objection.standard_id))
    notices.tell(session, account.id, code=TOLD[step.kind], values=values, contribution=version)
    letter = {
        **values,
        "words": step.text,
        "original": session.get_one(Comment, objection.comment_id).body,
        "link": site.base_url + values["link"],
    }
    if step.kind == StepKind.ANSWER and step.disposition is not None:
        letter |= {"disposition": step.disposition.value, "until": _until(session, objection, step, account.language)}
        write(session, account, "objection_answered", letter)
    elif step.kind in DECISIONS:
        appeals = select(ObjectionStep.id).where(
            ObjectionStep.objection_id == objection.id, ObjectionStep.kind == StepKind.APPEAL
        )
        appealed = session.scalar(appeals.limit(1)) is not None
        write(session, account, "objection_decided", {**letter, "kind": step.kind.value, "appealed": "x" * appealed})


def _until(session: Session, objection: Objection, step: ObjectionStep, spoken: str) -> str:
    standard = session.get_one(Standard, objection.standard_id)
    consultation = session.get_one(Consultation, standard.consultation_id)
    with language.speaking(spoken or language.SOURCE):
        return language.format_date(step.taken_at + timedelta(days=consultation.reply_days))
