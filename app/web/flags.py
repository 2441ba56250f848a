"""Flags: anybody signed in complains about a text; two reasons need no account."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.actions import flags as actions
from app.errors import Invalid, Refused
from app.language import _
from app.models.flags import Flag
from app.models.people import Account
from app.queries import flags as queries
from app.queries.flags import FlaggedPage
from app.rules.flags import WITHOUT_ACCOUNT
from app.rules.words import REASONS
from app.web import limits
from app.web.access import public
from app.web.forms import again
from app.web.forms.moderation import FlagForm, chosen_reason
from app.web.session import reading, viewer, writing
from app.web.telling import tell

blueprint = Blueprint("flags", __name__)
OTHER = "other"


@blueprint.get("/contributions/<int:contribution_id>/flag")
@public
def flag_form(contribution_id: int) -> str:
    """The text, and what may be wrong with it."""
    return _page(queries.flagged_page(reading(), viewer(), contribution_id), _form(FlagForm(None)))


@blueprint.post("/contributions/<int:contribution_id>/flag")
@blueprint.post("/comments/<int:contribution_id>/flag")
@public
@limits.limiter.limit(limits.FLAGGING)
def flag(contribution_id: int) -> ResponseReturnValue:
    """Send a complaint."""
    page = queries.flagged_page(writing(), viewer(), contribution_id)
    form = _form(FlagForm())
    try:
        _made, token = _flag(writing(), page, form)
    except (Invalid, Refused) as error:
        writing().rollback()
        return again(error, form, lambda: _page(queries.flagged_page(writing(), viewer(), contribution_id), form))
    writing().commit()
    if token:
        return redirect(url_for("flags.outcome", token=token), 303)
    tell(_("Reported. A moderator looks at it, and you are told what comes of it. Nobody learns who reported."))
    return redirect(page.address, 303)


@blueprint.get("/flags/<token>")
@public
def outcome(token: str) -> str:
    """What became of a report that was sent without an account."""
    return render_template("flags/outcome.html", page=queries.outcome(reading(), actions.hash_of(token)))


def _flag(session: Session, page: FlaggedPage, form: FlagForm) -> tuple[Flag, str]:
    code = form.reason.data
    if not code:
        raise Invalid("reason", _("Choose what is wrong with it."))
    account = session.get_one(Account, viewer().account_id) if viewer().account_id else None
    reason = None if code == OTHER else chosen_reason(code)
    note = form.note.data or ""
    return actions.flag(session, page.consultation, page.contribution, account=account, reason=reason, note=note)


def _form(form: FlagForm) -> FlagForm:
    if viewer().account_id is None:
        return form.offering([(code.value, REASONS[code]) for code in WITHOUT_ACCOUNT])
    return form.offering([*REASONS.items(), (OTHER, _("Something else"))])


def _page(page: FlaggedPage, form: FlagForm) -> str:
    return render_template("flags/new.html", page=page, form=form, signed_in=viewer().account_id is not None)
