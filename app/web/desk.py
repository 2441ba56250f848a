"""What a moderator does with a case beside deciding it: take it, let it go, hide it at once, undo."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.actions import desk, team
from app.errors import NotFound
from app.language import LANGUAGES, _, ngettext
from app.models.moderation import Reason
from app.models.people import Account
from app.queries import moderation as queries
from app.web.access import administrator, role
from app.web.moderation import next_address
from app.web.session import reading, viewer, writing
from app.web.telling import tell

blueprint = Blueprint("desk", __name__)


@blueprint.post("/moderation/cases/<int:case_id>/claim")
@role("moderator", "chair")
def claim(case_id: int) -> ResponseReturnValue:
    """Take a case for ten minutes, or for ten more."""
    page = queries.case_page(writing(), viewer(), case_id)
    desk.claim(writing(), page.consultation, page.case, by=page.membership)
    writing().commit()
    return redirect(url_for("moderation.case", case_id=case_id), 303)


@blueprint.post("/moderation/cases/<int:case_id>/release")
@role("moderator", "chair")
def release(case_id: int) -> ResponseReturnValue:
    """Let a case go, and go on to the next one or back to the queue."""
    page = queries.case_page(writing(), viewer(), case_id)
    desk.release(writing(), page.consultation, page.case, by=page.membership)
    writing().commit()
    skips = request.form.get("do") == "skip"
    return redirect(next_address(page) if skips else url_for("moderation.show_queue"), 303)


@blueprint.post("/moderation/cases/<int:case_id>/hold")
@role("moderator", "chair")
def hold(case_id: int) -> ResponseReturnValue:
    """Hide a text at once, until it is decided within a day."""
    page = queries.case_page(writing(), viewer(), case_id)
    code = request.form.get("reason", "")
    reason = Reason(code) if code in set(Reason) else None
    desk.hold(writing(), page.consultation, page.case, by=page.membership, reason=reason)
    writing().commit()
    tell(_("Hidden at once. Decide within a day; the author is told."))
    return redirect(url_for("moderation.case", case_id=case_id), 303)


@blueprint.post("/moderation/cases/<int:case_id>/undo")
@role("moderator", "chair")
def undo(case_id: int) -> ResponseReturnValue:
    """Take one's last decision on a case back."""
    page = queries.case_page(writing(), viewer(), case_id)
    desk.undo(writing(), page.consultation, page.case, by=page.membership)
    writing().commit()
    tell(_("Undone. The case is open again."))
    return redirect(url_for("moderation.case", case_id=case_id), 303)


@blueprint.post("/moderation/reads")
@role("moderator", "chair")
def reads() -> ResponseReturnValue:
    """Say which languages one reads."""
    if not viewer().moderates:
        raise NotFound
    known = [code for code in request.form.getlist("reads") if code in LANGUAGES]
    team.reads(writing(), viewer().owner_id, known)
    writing().commit()
    tell(ngettext("You read %(num)s language.", "You read %(num)s languages.", len(known)))
    return redirect(url_for("moderation.show_queue"), 303)


@blueprint.get("/moderation/cases/<int:case_id>/step-in")
@administrator
def stepping_in(case_id: int) -> str:
    """What an administrator is asked to do where nobody of the team may decide."""
    consultation, case = queries.case_to_step_into(reading(), case_id)
    refusal = queries.why_not_step_in(reading(), viewer(), case)
    return render_template("moderation/step_in.html", consultation=consultation, case=case, why_not=refusal)


@blueprint.post("/moderation/cases/<int:case_id>/step-in")
@administrator
def step_in(case_id: int) -> ResponseReturnValue:
    """Become a moderator where nobody else may read second or hear an appeal."""
    session = writing()
    consultation, case = queries.case_to_step_into(session, case_id)
    desk.step_in(session, consultation, case, account=session.get_one(Account, viewer().owner_id))
    session.commit()
    tell(_("You are a moderator of this consultation now. It is in its record."))
    return redirect(url_for("moderation.case", case_id=case_id), 303)
