"""Objections: their way in public, and the steps that each of those concerned can take."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.actions import objections as actions
from app.errors import Invalid, Refused, require
from app.language import Message, _
from app.models.consultations import Membership
from app.models.dispositions import DispositionKind
from app.models.objections import Objection, StepKind
from app.queries import objections
from app.queries.objections import ObjectionPage
from app.rules.dispositions import ANSWERS
from app.rules.objections import DECISIONS, REPLIES
from app.web import limits
from app.web.access import member, public, role
from app.web.chairing import chaired
from app.web.forms import again
from app.web.forms.objections import ObjectionForm
from app.web.joining import member_of
from app.web.session import framed, reading, viewer, writing
from app.web.standards import identifier
from app.web.telling import tell

blueprint = Blueprint("objections", __name__)
Step = Callable[[ObjectionPage, Objection, Membership, ObjectionForm], Message]


@blueprint.get("/consultations/<slug>/standards/<number:number>/objections")
@public
def listing(slug: str, number: int) -> str:
    """Every objection to a standard, with its way so far."""
    page = objections.trail(reading(), framed(slug), number)
    return render_template("objections/listing.html", page=page, frame=page.frame)


@blueprint.get("/objections/<int:objection_id>")
@public
def show(objection_id: int) -> str:
    """One objection, with the forms of whoever may take its next step."""
    return _page(objections.page(reading(), viewer(), objection_id), None)


@blueprint.get("/comments/<int:comment_id>/objection")
@public
def of_comment(comment_id: int) -> ResponseReturnValue:
    """Lead from the reason of an objection to its way."""
    return redirect(
        url_for("objections.show", objection_id=objections.of_comment(reading(), viewer(), comment_id)), 302
    )


@blueprint.get("/chair/<slug>/objections")
@role("chair", "deputy")
def desk(slug: str) -> str:
    """Everything that waits, the oldest first, with what is next and who may do it."""
    frame = chaired(slug)
    return render_template("chair/objections.html", frame=frame, desk=objections.desk(reading(), frame))


@blueprint.post("/objections/<int:objection_id>/answer")
@member
@limits.limiter.limit(limits.WRITING)
def answer(objection_id: int) -> ResponseReturnValue:
    """Answer in public."""
    return _take(objection_id, _answer)


@blueprint.post("/objections/<int:objection_id>/reply")
@member
@limits.limiter.limit(limits.WRITING)
def reply(objection_id: int) -> ResponseReturnValue:
    """Say whether the answer settles it."""
    return _take(objection_id, _reply)


@blueprint.post("/objections/<int:objection_id>/mediate")
@member
@limits.limiter.limit(limits.WRITING)
def mediate(objection_id: int) -> ResponseReturnValue:
    """Add what a talk came to."""
    return _take(objection_id, _mediate)


@blueprint.post("/objections/<int:objection_id>/decide")
@member
@limits.limiter.limit(limits.WRITING)
def decide(objection_id: int) -> ResponseReturnValue:
    """Uphold or overrule."""
    return _take(objection_id, _decide)


@blueprint.post("/objections/<int:objection_id>/appeal")
@member
@limits.limiter.limit(limits.WRITING)
def appeal(objection_id: int) -> ResponseReturnValue:
    """Ask for another decision."""
    return _take(objection_id, _appeal)


def _take(objection_id: int, step: Step) -> ResponseReturnValue:
    """Take a step and show the objection; with mistakes, or when something happened meanwhile, show it as it is now."""
    session = writing()
    page = objections.page(session, viewer(), objection_id)
    form = ObjectionForm().about(page)
    try:
        objection = actions.get(session, page.frame.consultation.id, objection_id)
        said = step(page, objection, member_of(page.frame), form)
    except (Invalid, Refused) as error:
        session.rollback()
        return again(error, form, lambda: _page(objections.page(writing(), viewer(), objection_id), form))
    session.commit()
    tell(said)
    return redirect(url_for("objections.show", objection_id=objection_id), 303)


def _answer(page: ObjectionPage, objection: Objection, by: Membership, form: ObjectionForm) -> Message:
    require(page.view.why_not_answer)
    if form.disposition.data not in set(ANSWERS):
        raise Invalid("disposition", _("Choose what is done."))
    actions.answer(
        writing(),
        page.frame.consultation,
        objection,
        by=by,
        disposition=DispositionKind(form.disposition.data),
        reason=form.reason.data or "",
        version=identifier(form.version.data),
    )
    return _("The answer is published. The objector is told and can reply.")


def _reply(page: ObjectionPage, objection: Objection, by: Membership, form: ObjectionForm) -> Message:
    require(page.view.why_not_reply)
    if form.reply.data not in set(REPLIES):
        raise Invalid("reply", _("Choose whether the answer settles your objection."))
    kind, words = StepKind(form.reply.data), form.words.data or ""
    actions.reply(writing(), page.frame.consultation, objection, by=by, kind=kind, words=words)
    if kind == StepKind.SATISFIED:
        return _("Your objection is withdrawn. Your position still says that you object; you can change it.")
    return _("Your objection is sustained. Somebody who did not answer it decides.")


def _mediate(page: ObjectionPage, objection: Objection, by: Membership, form: ObjectionForm) -> Message:
    require(page.view.why_not_mediate)
    actions.mediate(writing(), page.frame.consultation, objection, by=by, note=form.note.data or "")
    return _("The note is published.")


def _decide(page: ObjectionPage, objection: Objection, by: Membership, form: ObjectionForm) -> Message:
    require(page.view.why_not_decide)
    if form.decision.data not in set(DECISIONS):
        raise Invalid("decision", _("Choose a decision."))
    kind, reasons = StepKind(form.decision.data), form.reasons.data or ""
    actions.decide(writing(), page.frame.consultation, objection, by=by, kind=kind, reasons=reasons)
    return _("The decision is published. The objector is told.")


def _appeal(page: ObjectionPage, objection: Objection, by: Membership, form: ObjectionForm) -> Message:
    require(page.view.why_not_appeal)
    actions.appeal(writing(), page.frame.consultation, objection, by=by, words=form.text.data or "")
    return _("Your appeal is recorded. Somebody who has not decided yet decides on it.")


def _page(page: ObjectionPage, form: ObjectionForm | None) -> str:
    shown = form or ObjectionForm(None).about(page)
    return render_template("objections/show.html", page=page, frame=page.frame, view=page.view, form=shown)
