"""The queue, a case, a decision."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.actions import moderation as actions
from app.errors import CONFLICT, Invalid, NotFound, Refused
from app.language import Message, _
from app.models.moderation import Action, Reason
from app.queries import moderation as queries
from app.queries import queue
from app.queries.moderation import CasePage
from app.queries.queue import Filters
from app.web.access import public, role
from app.web.forms import add_problems
from app.web.forms.moderation import DecisionForm
from app.web.session import framed, reading, viewer, writing
from app.web.telling import tell

blueprint = Blueprint("moderation", __name__)


@blueprint.get("/moderation")
@role("moderator", "chair")
def show_queue() -> str:
    """What waits, the oldest first."""
    if not viewer().moderates:
        raise NotFound
    return render_template("moderation/queue.html", queue=queue.queue(reading(), viewer(), _filters()))


@blueprint.get("/moderation/cases/<int:case_id>")
@role("moderator", "chair")
def case(case_id: int) -> str:
    """One item in its context, with the form of the decision."""
    page = queries.case_page(reading(), viewer(), case_id)
    return _case_page(page, DecisionForm(None).offering(page.contribution.state, change_waits=page.change_waits))


@blueprint.post("/moderation/cases/<int:case_id>/decision")
@role("moderator", "chair")
def decide(case_id: int) -> ResponseReturnValue:
    """Record a decision and go on to the next case."""
    page = queries.case_page(writing(), viewer(), case_id)
    form = DecisionForm().offering(page.contribution.state, change_waits=page.change_waits)
    try:
        _decide(page, form)
    except (Invalid, Refused) as error:
        return _again(case_id, form, error)
    writing().commit()
    tell(_("Decision recorded. The author is told."))
    following = queue.next_case(writing(), viewer(), after=page.case)
    address = url_for("moderation.case", case_id=following) if following else url_for("moderation.show_queue")
    return redirect(address, 303)


@blueprint.get("/consultations/<slug>/moderation-report")
@public
def report(slug: str) -> str:
    """What moderation did, in figures, for everybody."""
    frame = framed(slug)
    figures = queries.figures(reading(), frame.consultation.id)
    return render_template("moderation/report.html", frame=frame, figures=figures)


def _filters() -> Filters:
    args = request.args
    return Filters(
        consultation=args.get("consultation", "")[:80],
        cause=args.get("cause", "")[:40],
        kind=args.get("kind", "")[:40],
        group=args.get("group", "")[:40],
        after=min(max(args.get("after", 0, type=int), 0), 1_000_000),
    )


def _decide(page: CasePage, form: DecisionForm) -> None:
    if form.action.data not in set(Action):
        raise Invalid("action", _("Choose a decision."))
    if form.reason.data and form.reason.data not in set(Reason):
        raise Invalid("reason", _("Choose one of the reasons in the list."))
    actions.decide(
        writing(),
        page.consultation,
        page.case,
        by=page.membership,
        action=Action(form.action.data),
        reason=Reason(form.reason.data) if form.reason.data else None,
        explanation=form.explanation.data or "",
        gist=form.gist.data or "",
        read_revision=form.revision.data,
    )


def _again(case_id: int, form: DecisionForm, error: Invalid | Refused) -> ResponseReturnValue:
    """The case as it is now, with what was typed: to be completed, or because something happened meanwhile."""
    if isinstance(error, Refused) and error.refusal.status != CONFLICT:
        raise error
    writing().rollback()
    page = queries.case_page(writing(), viewer(), case_id)
    if isinstance(error, Refused):
        return _case_page(page, form, happened=error.refusal.message), CONFLICT
    add_problems(form, error)
    return _case_page(page, form), 422


def _case_page(page: CasePage, form: DecisionForm, happened: Message | None = None) -> str:
    session = writing() if request.method == "POST" else reading()
    waiting = queue.queue(session, viewer(), Filters())
    return render_template("moderation/case.html", page=page, form=form, queue=waiting, happened=happened)
