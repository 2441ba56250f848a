"""The chair's desk: the consultations one leads, setting up, what is next, preview, opening and closing."""

from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.actions import consultations as opening
from app.actions import settings as actions
from app.actions.phases import WHY
from app.actions.progress import facts_of
from app.demo.groups import usual
from app.errors import Invalid, NotFound, Refused
from app.language import _
from app.models.consultations import Consultation
from app.models.people import Account
from app.queries import changes, consultations, desk, listings
from app.queries.consultations import Frame
from app.queries.listings import Wanted
from app.queries.people import ANYBODY
from app.rules.local_time import zones
from app.rules.settings import why_not_set_up
from app.web import limits
from app.web.access import role, signed_in
from app.web.chairing import chair_of, chaired
from app.web.forms import again
from app.web.forms.phases import UntilForm
from app.web.forms.settings import SetUpForm, as_fields
from app.web.session import reading, viewer, writing
from app.web.telling import tell

blueprint = Blueprint("chair", __name__, url_prefix="/chair")
LEADING = ("chair", "deputy")


@blueprint.get("")
@signed_in
def led() -> str:
    """The consultations that somebody leads, and the way to a new one."""
    found = desk.led(reading(), viewer())
    _convening()
    return render_template("chair/led.html", consultations=found)


@blueprint.get("/new")
@signed_in
def new() -> str:
    """The form of a new consultation."""
    _convening()
    return _set_up_page(SetUpForm(), None)


@blueprint.post("/new")
@signed_in
@limits.limiter.limit(limits.WRITING)
def create() -> ResponseReturnValue:
    """Create a consultation as a draft, with whoever sets it up as its chair."""
    _convening()
    form = SetUpForm()
    if form.rearranged(usual()):
        return _set_up_page(form, None)
    try:
        made = _created(form)
    except (Invalid, Refused) as error:
        return again(error, form, lambda: _set_up_page(form, None))
    writing().commit()
    tell(_("The consultation is set up. Only its team sees it until you open it."))
    return redirect(url_for("chair.show", slug=made.slug), 303)


@blueprint.get("/<slug>")
@role(*LEADING)
def show(slug: str) -> str:
    """What is next."""
    return _desk_page(chaired(slug), UntilForm())


@blueprint.get("/<slug>/set-up")
@role(*LEADING)
def set_up(slug: str) -> str:
    """The settings as they are."""
    frame = chaired(slug)
    return _set_up_page(SetUpForm(None, data=as_fields(frame.consultation, frame.groups)), frame)


@blueprint.post("/<slug>/set-up")
@role(*LEADING)
@limits.limiter.limit(limits.WRITING)
def change(slug: str) -> ResponseReturnValue:
    """Change settings: freely while it is prepared, with a public reason once it is open."""
    session = writing()
    frame, form = chaired(slug), SetUpForm()
    if form.rearranged(usual()):
        return _set_up_page(form, frame)
    try:
        _changed(frame, form)
    except (Invalid, Refused) as error:
        return again(error, form, lambda: _set_up_page(form, frame))
    session.commit()
    tell(_("The settings are saved."))
    return redirect(url_for("chair.set_up", slug=frame.consultation.slug), 303)


@blueprint.get("/<slug>/preview")
@role(*LEADING)
def preview(slug: str) -> str:
    """The overview as somebody without an account sees it."""
    frame = replace(chaired(slug), viewer=ANYBODY, membership=None)
    return render_template(
        "consultations/show.html",
        viewer=ANYBODY,
        preview=True,
        frame=frame,
        timeline=consultations.timeline(frame),
        heard=consultations.heard(reading(), frame),
        listing=listings.listing(reading(), frame, Wanted()),
        changes=changes.changes(reading(), frame),
        why_not_propose=consultations.why_not_propose_now(frame),
        why_not_join=consultations.why_not_join_now(frame),
    )


@blueprint.post("/<slug>/open")
@role(*LEADING)
@limits.limiter.limit(limits.WRITING)
def open_now(slug: str) -> ResponseReturnValue:
    """Open the consultation now."""
    session = writing()
    frame = chaired(slug)
    opening.open_for_all(session, frame.consultation)
    session.commit()
    tell(_("The consultation is open. People can take part from now on."))
    return redirect(url_for("chair.show", slug=slug), 303)


@blueprint.post("/<slug>/open-itself")
@role(*LEADING)
@limits.limiter.limit(limits.WRITING)
def open_itself(slug: str) -> ResponseReturnValue:
    """Let it open at its opening time, or not."""
    session = writing()
    frame, wanted = chaired(slug), request.form.get("wanted") == "yes"
    actions.open_itself(session, frame.consultation, by=chair_of(frame), wanted=wanted)
    session.commit()
    tell(_("It opens by itself.") if wanted else _("It opens when you open it."))
    return redirect(url_for("chair.show", slug=slug), 303)


@blueprint.post("/<slug>/close")
@role(*LEADING)
@limits.limiter.limit(limits.WRITING)
def close_now(slug: str) -> ResponseReturnValue:
    """Close the consultation now; before the announced time this needs a reason."""
    session = writing()
    frame, form = chaired(slug), UntilForm()
    try:
        _close(frame, form.reason.data or "")
    except (Invalid, Refused) as error:
        return again(error, form, lambda: _desk_page(frame, form))
    session.commit()
    tell(_("The consultation is closed. Everything stays readable."))
    return redirect(url_for("chair.show", slug=slug), 303)


def _convening() -> None:
    """Setting up is for administrators and chairs; for others this desk does not exist."""
    if why_not_set_up(administrator=viewer().administrator, chairs=viewer().chairs) is not None:
        raise NotFound


def _close(frame: Frame, reason: str) -> None:
    announced = frame.consultation.closes_at
    if not reason.strip() and (announced is None or announced > frame.at):
        raise Invalid("reason", WHY)
    opening.close(writing(), frame.consultation, reason=reason)


def _desk_page(frame: Frame, form: UntilForm) -> str:
    session = writing() if request.method == "POST" else reading()
    page = desk.desk(session, frame, facts_of(session, frame.consultation))
    return render_template("chair/show.html", frame=frame, page=page, form=form)


def _created(form: SetUpForm) -> Consultation:
    groups = form.new_groups()
    return actions.set_up(
        writing(),
        by=writing().get_one(Account, viewer().owner_id),
        choice=form.choice(),
        groups=groups,
        invitation_code=form.invitation_code.data or "",
    )


def _changed(frame: Frame, form: SetUpForm) -> None:
    groups = form.new_groups()
    actions.change(
        writing(),
        frame.consultation,
        by=chair_of(frame),
        choice=form.choice(frame.consultation),
        groups=groups,
        invitation_code=form.invitation_code.data or "",
        reason=form.reason.data or "",
    )


def _set_up_page(form: SetUpForm, frame: Frame | None) -> str:
    return render_template("chair/set_up.html", form=form, frame=frame, zones=zones())
