"""Appeals: an author sends one; somebody who took no part in the decision answers it."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.actions import appeals as actions
from app.errors import Invalid, NotFound, Refused, require
from app.language import _
from app.queries import appeals as queries
from app.queries.appeals import AppealingPage, AppealPage
from app.web import limits
from app.web.access import role, signed_in
from app.web.forms import again
from app.web.forms.moderation import AnswerForm, AppealForm
from app.web.session import reading, viewer, writing
from app.web.telling import tell

blueprint = Blueprint("appeals", __name__)


@blueprint.get("/contributions/<int:contribution_id>/appeal")
@signed_in
def appeal_form(contribution_id: int) -> str:
    """The decision on one's own text, and the form to appeal against it."""
    page = queries.appealing_page(reading(), viewer(), contribution_id)
    require(page.why_not_appeal)
    return _appealing(page, AppealForm(None))


@blueprint.post("/contributions/<int:contribution_id>/appeal")
@signed_in
@limits.limiter.limit(limits.WRITING)
def appeal(contribution_id: int) -> ResponseReturnValue:
    """Appeal against the decision on one's own text."""
    page, form = _own(contribution_id), AppealForm()
    try:
        _appeal(page, form)
    except (Invalid, Refused) as error:
        writing().rollback()
        return again(error, form, lambda: _appealing(_own(contribution_id), form))
    writing().commit()
    tell(_("Your appeal is sent. Somebody who took no part in the decision answers within 14 days."))
    return redirect(url_for("me.contributions", _anchor=f"item-{contribution_id}"), 303)


@blueprint.get("/moderation/appeals")
@role("moderator", "chair")
def show_appeals() -> str:
    """What waits, and what was answered lately."""
    if not viewer().moderates:
        raise NotFound
    waiting = queries.appeals(reading(), viewer(), decided=False)
    answered = queries.appeals(reading(), viewer(), decided=True)
    return render_template("moderation/appeals.html", waiting=waiting, answered=answered)


@blueprint.get("/moderation/appeals/<int:appeal_id>")
@role("moderator", "chair")
def show(appeal_id: int) -> str:
    """One appeal, with the form of the answer."""
    page = queries.appeal_page(reading(), viewer(), appeal_id)
    return _page(page, AnswerForm(None).offering(page.line.decision.action))


@blueprint.post("/moderation/appeals/<int:appeal_id>/decision")
@role("moderator", "chair")
def decide(appeal_id: int) -> ResponseReturnValue:
    """Answer an appeal."""
    page = queries.appeal_page(writing(), viewer(), appeal_id)
    form = AnswerForm().offering(page.line.decision.action)
    try:
        _decide(page, form)
    except (Invalid, Refused) as error:
        writing().rollback()
        return again(error, form, lambda: _page(queries.appeal_page(writing(), viewer(), appeal_id), form))
    writing().commit()
    tell(_("Your answer is sent."))
    return redirect(url_for("appeals.show_appeals"), 303)


def _own(contribution_id: int) -> AppealingPage:
    return queries.appealing_page(writing(), viewer(), contribution_id)


def _appeal(page: AppealingPage, form: AppealForm) -> None:
    actions.appeal(
        writing(),
        page.frame.consultation,
        page.contribution,
        by=page.frame.membership,
        text=form.text.data or "",
        supporter=form.supporter.data or "",
    )


def _decide(page: AppealPage, form: AnswerForm) -> None:
    actions.decide(
        writing(),
        page.line.consultation,
        page.line.appeal,
        by=page.membership,
        outcome=form.chosen_outcome(),
        answer=form.answer.data or "",
        replacement=form.replacement(),
        gist=form.gist.data or "",
    )


def _appealing(page: AppealingPage, form: AppealForm) -> str:
    return render_template("moderation/appealing.html", page=page, form=form)


def _page(page: AppealPage, form: AnswerForm) -> str:
    return render_template("moderation/appeal.html", page=page, form=form)
