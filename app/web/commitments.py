"""The register of promises for everybody, and the updates that members send to it."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from app.actions import commitment_updates as actions
from app.actions.commitments import get
from app.errors import Invalid, Refused, require
from app.language import _, language
from app.queries import commitment_updates, commitments
from app.queries.commitments import PromisePage, Wanted
from app.rules.commitments import why_not_resend
from app.search import language_of
from app.web import limits
from app.web.access import member, public
from app.web.forms import again
from app.web.forms.commitments import UpdateForm, update_fields
from app.web.joining import member_of
from app.web.session import framed, reading, writing
from app.web.telling import SENT, tell

blueprint = Blueprint("commitments", __name__, url_prefix="/consultations/<slug>/commitments")


@blueprint.get("")
@public
def register(slug: str) -> str:
    """Every promise at a glance, with filters."""
    page = commitments.register(reading(), framed(slug), wanted_from(request.args))
    return render_template("commitments/register.html", frame=page.frame, page=page)


@blueprint.get("/<reference>")
@public
def show(slug: str, reference: str) -> str:
    """One promise with its wordings, its findings, and what happened since."""
    page = commitments.page(reading(), framed(slug), reference)
    return render_template("commitments/show.html", frame=page.frame, page=page)


@blueprint.get("/<reference>/updates/new")
@member
def new_update(slug: str, reference: str) -> str:
    """The form of an update."""
    page = commitments.page(reading(), framed(slug), reference)
    require(page.why_not_update)
    return _update_page(page, UpdateForm())


@blueprint.post("/<reference>/updates/new")
@member
@limits.limiter.limit(limits.WRITING)
def send_update(slug: str, reference: str) -> ResponseReturnValue:
    """Send an update to moderation."""
    session = writing()
    page, form = commitments.page(session, framed(slug), reference), UpdateForm()
    by = member_of(page.frame)
    try:
        update = form.update()
        tongue = language_of(update.what, language())
        actions.send(session, page.frame.consultation, page.line.commitment, by=by, update=update, language=tongue)
    except (Invalid, Refused) as error:
        return again(error, form, lambda: _update_page(page, form))
    session.commit()
    return _sent(slug, reference)


@blueprint.get("/<reference>/updates/<int:update_id>")
@member
def edit_update(slug: str, reference: str, update_id: int) -> str:
    """My update, ready to be changed and sent again."""
    page = commitments.page(reading(), framed(slug), reference)
    sent = commitment_updates.own(reading(), page.frame, update_id)
    require(why_not_resend(page.frame.membership, sent))
    return _update_page(page, UpdateForm(None, data=update_fields(sent)))


@blueprint.post("/<reference>/updates/<int:update_id>")
@member
@limits.limiter.limit(limits.WRITING)
def resend_update(slug: str, reference: str, update_id: int) -> ResponseReturnValue:
    """Send an update again."""
    session = writing()
    page, form = commitments.page(session, framed(slug), reference), UpdateForm()
    sent, by = commitment_updates.own(session, page.frame, update_id), member_of(page.frame)
    try:
        actions.resend(session, page.frame.consultation, sent, by=by, update=form.update())
    except (Invalid, Refused) as error:
        return again(error, form, lambda: _update_page(page, form))
    session.commit()
    return _sent(slug, reference)


@blueprint.post("/<reference>/updates/<int:update_id>/withdraw")
@member
@limits.limiter.limit(limits.WRITING)
def withdraw_update(slug: str, reference: str, update_id: int) -> ResponseReturnValue:
    """Take an update back."""
    session, frame = writing(), framed(slug)
    get(session, frame.consultation.id, reference)
    sent = commitment_updates.own(session, frame, update_id)
    actions.withdraw(session, frame.consultation, sent, by=member_of(frame))
    session.commit()
    tell(_("Your update is withdrawn."))
    return redirect(url_for("me.contributions"), 303)


def wanted_from(args: MultiDict[str, str]) -> Wanted:
    """Which promises were asked for; values that do not exist match nothing."""
    return Wanted(
        state=args.get("state", "")[:60], binding=args.get("binding", "")[:60], framing=args.get("framing", "")[:60]
    )


def _sent(slug: str, reference: str) -> ResponseReturnValue:
    tell(SENT)
    return redirect(url_for("commitments.show", slug=slug, reference=reference), 303)


def _update_page(page: PromisePage, form: UpdateForm) -> str:
    return render_template("commitments/update.html", frame=page.frame, page=page, form=form)
