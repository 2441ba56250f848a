"""The chair's plan of phases: dates, opening and ending one by hand, moving one standard by itself."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.actions import phases as actions
from app.actions.progress import facts_of
from app.errors import Invalid, NotFound, Refused
from app.language import _
from app.models.consultations import PhaseKind
from app.queries import desk, standards
from app.queries.consultations import Frame
from app.web import limits
from app.web.access import role
from app.web.chairing import chair_of, chaired
from app.web.forms import again
from app.web.forms.phases import MoveForm, PhasesForm, UntilForm, as_fields
from app.web.session import reading, writing
from app.web.standards import identifier
from app.web.telling import tell

blueprint = Blueprint("phases", __name__, url_prefix="/chair/<slug>/phases")
LEADING = ("chair", "deputy")


@blueprint.get("")
@role(*LEADING)
def show(slug: str) -> str:
    """The plan, what blocks what, and the standards that have a phase of their own."""
    frame = chaired(slug)
    return _page(frame)


@blueprint.post("")
@role(*LEADING)
@limits.limiter.limit(limits.WRITING)
def plan(slug: str) -> ResponseReturnValue:
    """Plan the phases anew."""
    session = writing()
    frame, form = chaired(slug), PhasesForm()
    try:
        spans = form.spans(frame.consultation, frame.phases)
        actions.reschedule(session, frame.consultation, by=chair_of(frame), spans=spans, reason=form.reason.data or "")
    except (Invalid, Refused) as error:
        return again(error, form, lambda: _page(frame, plan=form))
    session.commit()
    tell(_("The phases are saved."))
    return redirect(url_for("phases.show", slug=slug), 303)


@blueprint.get("/<kind>")
@role(*LEADING)
def one(slug: str, kind: str) -> str:
    """One phase: open it now, or end it now, with a reason."""
    return _one_page(chaired(slug), _kind(kind), UntilForm())


@blueprint.post("/<kind>")
@role(*LEADING)
@limits.limiter.limit(limits.WRITING)
def switch(slug: str, kind: str) -> ResponseReturnValue:
    """Open a phase now, or end it now."""
    session = writing()
    frame, form, phase = chaired(slug), UntilForm(), _kind(kind)
    try:
        _switch(frame, form, phase)
    except (Invalid, Refused) as error:
        return again(error, form, lambda: _one_page(frame, phase, form))
    session.commit()
    tell(_("The phases are saved."))
    return redirect(url_for("phases.show", slug=slug), 303)


@blueprint.post("/move")
@role(*LEADING)
@limits.limiter.limit(limits.WRITING)
def move(slug: str) -> ResponseReturnValue:
    """Move one standard ahead of or behind the others, or back among them."""
    session = writing()
    frame, form = chaired(slug), MoveForm()
    try:
        _move(frame, form)
    except (Invalid, Refused) as error:
        return again(error, form, lambda: _page(frame, move=form))
    session.commit()
    tell(_("The standard is moved. Its page says so, with your reason."))
    return redirect(url_for("phases.show", slug=slug), 303)


def _switch(frame: Frame, form: UntilForm, kind: PhaseKind) -> None:
    reason, by = form.reason.data or "", chair_of(frame)
    if request.form.get("do") == "end":
        actions.end(writing(), frame.consultation, kind, by=by, reason=reason)
        return
    until = form.until_moment(frame.consultation)
    actions.begin(writing(), frame.consultation, kind, by=by, reason=reason, until=until)


def _move(frame: Frame, form: MoveForm) -> None:
    number = identifier(form.standard.data)
    if number is None:
        raise Invalid("standard", _("Choose a standard."))
    try:
        standard = standards.find(writing(), frame, number)
    except NotFound as error:
        raise Invalid("standard", _("Choose a standard.")) from error
    reason, by = form.reason.data or "", chair_of(frame)
    if not form.phase.data:
        actions.move_back(writing(), frame.consultation, standard, by=by, reason=reason)
    elif form.phase.data in set(PhaseKind):
        until, kind = form.until_moment(frame.consultation), PhaseKind(form.phase.data)
        actions.move(writing(), frame.consultation, standard, kind, by=by, reason=reason, until=until)
    else:
        raise Invalid("phase", _("Choose a phase."))


def _kind(name: str) -> PhaseKind:
    """The kind of phase that an address names, written with hyphens."""
    kind = name.replace("-", "_")
    if kind not in set(PhaseKind):
        raise NotFound
    return PhaseKind(kind)


def _page(frame: Frame, *, plan: PhasesForm | None = None, move: MoveForm | None = None) -> str:
    session = writing() if request.method == "POST" else reading()
    page = desk.phases_page(session, frame, facts_of(session, frame.consultation))
    planned = plan or PhasesForm(None, data=as_fields(frame.consultation, frame.phases))
    moving = (move or MoveForm(None, standard=request.args.get("standard"))).offering(page.standards)
    return render_template("chair/phases.html", frame=frame, page=page, plan=planned, move=moving, form=plan or move)


def _one_page(frame: Frame, kind: PhaseKind, form: UntilForm) -> str:
    session = writing() if request.method == "POST" else reading()
    page = desk.phases_page(session, frame, facts_of(session, frame.consultation))
    row = next(row for row in page.rows if row.kind == kind)
    return render_template("chair/phase.html", frame=frame, page=page, row=row, form=form)
