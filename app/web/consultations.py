"""The front page, the overview of a consultation, and joining it."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.errors import Invalid, require
from app.language import _
from app.models.people import Account
from app.queries import changes, consultations, listings
from app.queries.consultations import Frame
from app.web.access import public, signed_in
from app.web.forms import add_problems
from app.web.forms.consultations import JoinForm
from app.web.joining import take_part
from app.web.session import framed, reading, viewer, writing
from app.web.standards import wanted_from
from app.web.telling import tell

blueprint = Blueprint("consultations", __name__)


@blueprint.get("/")
@public
def home() -> str:
    """Consultations that are open, coming and closed, with one result to look at."""
    page = consultations.home(reading(), viewer())
    shown = consultations.frame(reading(), page.open[0].slug, viewer()) if page.open else None
    return render_template(
        "consultations/home.html",
        page=page,
        frame=shown,
        heard=consultations.heard(reading(), shown) if shown else None,
        example=listings.most_telling(reading(), shown) if shown else None,
    )


@blueprint.get("/consultations/<slug>")
@public
def show(slug: str) -> str:
    """The overview: purpose, phases, who has been heard, standards."""
    frame = framed(slug)
    return render_template(
        "consultations/show.html",
        frame=frame,
        timeline=consultations.timeline(frame),
        heard=consultations.heard(reading(), frame),
        listing=listings.listing(reading(), frame, wanted_from(request.args)),
        changes=changes.changes(reading(), frame),
        why_not_propose=consultations.why_not_propose_now(frame),
        why_not_join=consultations.why_not_join_now(frame),
    )


@blueprint.get("/consultations/<slug>/join")
@signed_in
def join_form(slug: str) -> str:
    """Ask from which group somebody speaks, and how they appear."""
    frame = framed(slug)
    form = JoinForm(display_name=viewer().display_name).offering(frame)
    return _join_page(frame, form)


@blueprint.post("/consultations/<slug>/join")
@signed_in
def join(slug: str) -> ResponseReturnValue:
    """Take part."""
    session = writing()
    frame = framed(slug)
    form = JoinForm().offering(frame)
    if not form.validate():
        return _join_page(frame, form), 422
    try:
        take_part(frame, form, session.get_one(Account, viewer().owner_id))
    except Invalid as error:
        add_problems(form, error)
        session.rollback()
        return _join_page(framed(slug), form), 422
    session.commit()
    tell(_("You take part in this consultation."))
    return redirect(url_for("consultations.show", slug=slug), 303)


def _join_page(frame: Frame, form: JoinForm) -> str:
    require(consultations.why_not_join_now(frame))
    return render_template("consultations/join.html", frame=frame, form=form)
