"""Adopting and declining amendments, by whoever answers for the text."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from app.actions import amendment_outcomes as actions
from app.errors import Invalid, Refused
from app.language import _
from app.queries import amendments as queries
from app.web import limits
from app.web.access import member
from app.web.amendments import ONE, page_again
from app.web.forms.amendments import AdoptForm, DeclineForm
from app.web.joining import member_of
from app.web.session import framed, writing
from app.web.telling import tell

blueprint = Blueprint("amendment_outcomes", __name__)


@blueprint.post(f"{ONE}/adopt")
@member
@limits.limiter.limit(limits.WRITING)
def adopt(slug: str, number: int, amendment: int) -> ResponseReturnValue:
    """Make an amendment part of the text."""
    form = AdoptForm()
    try:
        _adopt(slug, number, amendment, form)
    except (Invalid, Refused) as error:
        return page_again(error, form, slug, number, amendment)
    writing().commit()
    tell(_("The amendment is adopted. The new version is in force."))
    return redirect(url_for("amendments.show", slug=slug, number=number, amendment=amendment), 303)


@blueprint.post(f"{ONE}/decline")
@member
@limits.limiter.limit(limits.WRITING)
def decline(slug: str, number: int, amendment: int) -> ResponseReturnValue:
    """Say why an amendment does not become part of the text."""
    form = DeclineForm()
    writing()
    frame = framed(slug)
    _standard, found = queries.find(writing(), frame, number, amendment)
    try:
        actions.decline(writing(), frame.consultation, found, by=member_of(frame), reason=form.reason.data or "")
    except (Invalid, Refused) as error:
        return page_again(error, form, slug, number, amendment)
    writing().commit()
    tell(_("The amendment is declined. Its proposer is told."))
    return redirect(url_for("amendments.show", slug=slug, number=number, amendment=amendment), 303)


def _adopt(slug: str, number: int, amendment: int, form: AdoptForm) -> None:
    writing()
    frame = framed(slug)
    _standard, found = queries.find(writing(), frame, number, amendment)
    actions.adopt(
        writing(),
        frame.consultation,
        found,
        by=member_of(frame),
        change_class=form.chosen_class(),
        text=form.text.data or "",
        reason=form.reason.data or "",
        read_version=form.version.data,
    )
