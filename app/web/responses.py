"""The authority's responses: what everybody reads of them, and where policymakers and the chair write them."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.actions import responses as actions
from app.errors import Invalid, NotFound, Refused, require
from app.language import _
from app.models.outcomes import ResponseKind
from app.queries import answers
from app.queries.answers import AnswerLine
from app.queries.consultations import Frame
from app.rules.outcomes import RESPONDING_ROLES
from app.web import limits
from app.web.access import public, role
from app.web.chairing import chaired
from app.web.forms import again
from app.web.forms.responses import ResponseForm, filled
from app.web.joining import member_of
from app.web.session import framed, reading, writing
from app.web.telling import tell

blueprint = Blueprint("responses", __name__)
ROLES = ("policymaker", "chair", "deputy")


@blueprint.get("/consultations/<slug>/answers")
@public
def show(slug: str) -> str:
    """You said, we did."""
    frame = framed(slug)
    page = answers.answers(reading(), frame)
    may = frame.membership is not None and frame.membership.role in RESPONDING_ROLES
    return render_template("answers/show.html", frame=frame, page=page, may_respond=may)


@blueprint.get("/chair/<slug>/responses")
@role("chair", "deputy")
def of_chair(slug: str) -> ResponseReturnValue:
    """The same desk for the chair as for policymakers."""
    chaired(slug)
    return redirect(url_for("responses.listing", slug=slug), 302)


@blueprint.get("/consultations/<slug>/responses")
@role(*ROLES)
def listing(slug: str) -> str:
    """Which standards wait for a response."""
    frame = _responding(slug)
    return render_template("answers/listing.html", frame=frame, page=answers.answers(reading(), frame))


@blueprint.get("/consultations/<slug>/responses/<number:number>")
@role(*ROLES)
def edit(slug: str, number: int) -> str:
    """The response to one standard, to be written or gone on with."""
    frame = _responding(slug)
    line = answers.line(reading(), frame, number)
    return _page(frame, line, filled(line.response))


@blueprint.post("/consultations/<slug>/responses/<number:number>")
@role(*ROLES)
@limits.limiter.limit(limits.WRITING)
def publish(slug: str, number: int) -> ResponseReturnValue:
    """Publish it."""
    session, frame, form = writing(), _responding(slug), ResponseForm()
    try:
        _publish(frame, answers.line(session, frame, number), form)
    except (Invalid, Refused) as error:
        session.rollback()
        return again(error, form, lambda: _again(slug, number, form))
    session.commit()
    tell(_("The response is published. Whoever follows the standard is told."))
    return redirect(url_for("responses.listing", slug=slug), 303)


def _responding(slug: str) -> Frame:
    """The frame of a page for those who respond.

    Raises:
        NotFound: this viewer does not.
    """
    frame = framed(slug)
    if frame.membership is None or frame.membership.role not in RESPONDING_ROLES:
        raise NotFound
    return frame


def _publish(frame: Frame, line: AnswerLine, form: ResponseForm) -> None:
    require(line.why_not_respond)
    if form.response.data not in set(ResponseKind):
        raise Invalid("response", _("Choose what the authority says."))
    form.check_days()
    actions.publish(
        writing(),
        frame.consultation,
        line.standard,
        by=member_of(frame),
        kind=ResponseKind(form.response.data),
        text=form.text.data or "",
        promised_on=form.promised_on.data,
        done=form.done.data or "",
        done_on=form.done_on.data,
    )


def _again(slug: str, number: int, form: ResponseForm) -> str:
    frame = _responding(slug)
    return _page(frame, answers.line(writing(), frame, number), form)


def _page(frame: Frame, line: AnswerLine, form: ResponseForm) -> str:
    return render_template("answers/edit.html", frame=frame, line=line, form=form)
