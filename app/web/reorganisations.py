"""Merging, splitting and withdrawing a standard: asking its supporters, their answers, and the end of it."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from app.actions import reorganisations as actions
from app.errors import Invalid, NotFound, Refused, require
from app.language import Message, _
from app.models.reorganisations import Reorganisation
from app.models.standards import Standard
from app.queries import reorganisations as queries
from app.queries import standards
from app.queries.consultations import Frame
from app.queries.reorganisations import ReorganisationPage
from app.web import limits
from app.web.access import member, public
from app.web.forms import again
from app.web.forms.reorganisations import AnswerForm, AskForm, CallOffForm
from app.web.joining import member_of
from app.web.session import framed, reading, writing
from app.web.standards import identifier
from app.web.telling import tell

blueprint = Blueprint("reorganisations", __name__)
HERE = "/consultations/<slug>/standards/<number:number>/reorganisation"


@blueprint.get(HERE)
@public
def show(slug: str, number: int) -> str:
    """What supporters are asked, or the form with which to ask them."""
    return _page(queries.page(reading(), framed(slug), number))


@blueprint.post(HERE)
@member
@limits.limiter.limit(limits.WRITING)
def propose(slug: str, number: int) -> ResponseReturnValue:
    """Ask the supporters."""
    form = AskForm()
    try:
        _propose(slug, number, form)
    except (Invalid, Refused) as error:
        return _again(error, form, slug, number)
    return _done(slug, number, _("Its supporters are asked. They get a notice."))


@blueprint.post(f"{HERE}/answer")
@member
@limits.limiter.limit(limits.WRITING)
def answer(slug: str, number: int) -> ResponseReturnValue:
    """Answer as a supporter."""
    form = AnswerForm()
    try:
        _answer(slug, number, form)
    except (Invalid, Refused) as error:
        return _again(error, form, slug, number)
    return _done(slug, number, _("Your answer is recorded."))


@blueprint.post(f"{HERE}/carry-out")
@member
def carry_out(slug: str, number: int) -> ResponseReturnValue:
    """Do what was proposed."""
    form = FlaskForm()
    try:
        frame, _standard, found = _asked(slug, number)
        actions.carry_out(writing(), frame.consultation, found, by=member_of(frame))
    except (Invalid, Refused) as error:
        return _again(error, form, slug, number)
    return _done(slug, number, _("It is done. The trail stays."))


@blueprint.post(f"{HERE}/call-off")
@member
@limits.limiter.limit(limits.WRITING)
def call_off(slug: str, number: int) -> ResponseReturnValue:
    """Leave everything as it is."""
    form = CallOffForm()
    try:
        frame, _standard, found = _asked(slug, number)
        reason = form.end_reason.data or ""
        actions.call_off(writing(), frame.consultation, found, by=member_of(frame), reason=reason)
    except (Invalid, Refused) as error:
        return _again(error, form, slug, number)
    return _done(slug, number, _("It is called off. Everything stays as it was."))


def _place(slug: str, number: int) -> tuple[Frame, Standard]:
    session = writing()
    frame = framed(slug)
    return frame, standards.find(session, frame, number)


def _asked(slug: str, number: int) -> tuple[Frame, Standard, Reorganisation]:
    frame, standard = _place(slug, number)
    found = queries.page(writing(), frame, number).found
    if found is None:
        raise NotFound
    return frame, standard, found


def _propose(slug: str, number: int, form: AskForm) -> None:
    frame, standard = _place(slug, number)
    page = queries.page(writing(), frame, number)
    require(page.why_not_ask)
    form.about(page)
    kind = form.chosen_kind()
    if kind is None:
        raise Invalid("kind", _("Choose what should happen."))
    wanted = identifier(form.target.data)
    target = standards.find(writing(), frame, wanted) if wanted in {one.number for one in page.others} else None
    actions.propose(
        writing(),
        frame.consultation,
        standard,
        by=member_of(frame),
        kind=kind,
        reason=form.reason.data or "",
        target=target,
        parts=form.parts(),
    )


def _answer(slug: str, number: int, form: AnswerForm) -> None:
    frame, _standard, found = _asked(slug, number)
    by = member_of(frame)
    if form.agrees.data not in ("yes", "no"):
        raise Invalid("agrees", _("Say whether you agree."))
    agrees, along = form.agrees.data == "yes", bool(form.moves_along.data)
    actions.answer(writing(), frame.consultation, found, by=by, agrees=agrees, moves_along=along)


def _done(slug: str, number: int, said: Message) -> ResponseReturnValue:
    writing().commit()
    tell(said)
    return redirect(url_for("reorganisations.show", slug=slug, number=number), 303)


def _again(error: Invalid | Refused, form: FlaskForm, slug: str, number: int) -> tuple[str, int]:
    writing().rollback()
    return again(error, form, lambda: _page(queries.page(writing(), framed(slug), number), form))


def _page(page: ReorganisationPage, form: FlaskForm | None = None) -> str:
    along = page.mine is not None and page.mine.moves_along
    said = None if page.mine is None else "yes" if page.mine.agrees else "no"
    return render_template(
        "reorganisations/show.html",
        page=page,
        frame=page.frame,
        ask_form=(form if isinstance(form, AskForm) else AskForm(None)).about(page),
        answer_form=form if isinstance(form, AnswerForm) else AnswerForm(None, agrees=said, moves_along=along),
        call_off_form=form if isinstance(form, CallOffForm) else CallOffForm(None),
        form=form,
    )
