"""Stating outcomes, at the chair's desk."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.actions import blockers, consultations
from app.actions import outcomes as actions
from app.errors import Invalid, Refused, require
from app.language import _
from app.models.outcomes import OutcomeKind
from app.queries import outcomes
from app.queries.consultations import Frame
from app.queries.outcomes import OutcomeLine
from app.web import limits
from app.web.access import role
from app.web.chairing import chair_of, chaired
from app.web.forms import again
from app.web.forms.outcomes import OutcomeForm
from app.web.session import reading, writing
from app.web.telling import tell

blueprint = Blueprint("outcomes", __name__, url_prefix="/chair/<slug>/outcomes")


@blueprint.get("")
@role("chair", "deputy")
def listing(slug: str) -> str:
    """Per standard what is open, and what was stated."""
    frame = chaired(slug)
    lines = outcomes.lines(reading(), frame, blockers.of_standards(reading(), frame.consultation.id))
    return render_template("chair/outcomes.html", frame=frame, lines=lines, ready=outcomes.ready(lines))


@blueprint.get("/<number:number>")
@role("chair", "deputy")
def show(slug: str, number: int) -> str:
    """The state of one standard as computed, with the form that confirms it."""
    frame = chaired(slug)
    found = outcomes.line(reading(), frame, number, blockers.of_standards(reading(), frame.consultation.id))
    return _page(frame, found, OutcomeForm(None))


@blueprint.post("/<number:number>")
@role("chair", "deputy")
@limits.limiter.limit(limits.WRITING)
def state(slug: str, number: int) -> ResponseReturnValue:
    """State the outcome."""
    session, form = writing(), OutcomeForm()
    try:
        _state(*_under_lock(slug, number), form)
    except (Invalid, Refused) as error:
        session.rollback()
        return again(error, form, lambda: _page(*_under_lock(slug, number), form))
    session.commit()
    tell(_("The outcome is stated. Whoever follows the standard is told."))
    return redirect(url_for("outcomes.listing", slug=slug), 303)


def _under_lock(slug: str, number: int) -> tuple[Frame, OutcomeLine]:
    """The standard as it stands while nobody else can write, so that what is confirmed is what was computed."""
    session, frame = writing(), chaired(slug)
    consultations.lock(session, frame.consultation)
    return frame, outcomes.line(session, frame, number, blockers.of_standards(session, frame.consultation.id))


def _state(frame: Frame, found: OutcomeLine, form: OutcomeForm) -> None:
    require(found.why_not_state)
    if form.outcome.data not in set(OutcomeKind):
        raise Invalid("outcome", _("Choose what becomes of the standard."))
    actions.state(
        writing(),
        frame.consultation,
        found.standard,
        by=chair_of(frame),
        kind=OutcomeKind(form.outcome.data),
        reasons=form.reasons.data or "",
        found=found.result.consensus,
    )


def _page(frame: Frame, found: OutcomeLine, form: OutcomeForm) -> str:
    return render_template("chair/outcome.html", frame=frame, line=found, form=form)
