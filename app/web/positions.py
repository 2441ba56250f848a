"""Taking a position."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from app.actions import positions as actions
from app.errors import Invalid, Refused, require
from app.language import Message, _, language
from app.models.positions import Choice
from app.models.standards import Standard
from app.queries import standards
from app.queries.consultations import Frame
from app.queries.threads import Asked
from app.rules.consultations import why_not_member
from app.web import limits
from app.web.access import member
from app.web.forms import again
from app.web.forms.positions import PositionForm
from app.web.session import framed, writing
from app.web.standards import standard_page
from app.web.telling import tell

blueprint = Blueprint("positions", __name__)
WITHDRAW, CONFIRM = "withdraw", "confirm"


@blueprint.post("/consultations/<slug>/standards/<number:number>/position")
@member
@limits.limiter.limit(limits.WRITING)
def take(slug: str, number: int) -> ResponseReturnValue:
    """Record, change or withdraw a position."""
    session = writing()
    frame = framed(slug)
    standard = standards.find(session, frame, number)
    form = PositionForm()
    try:
        said = _act(frame, standard, form)
    except (Invalid, Refused) as error:
        session.rollback()
        return again(error, form, lambda: _page_again(slug, number, form))
    session.commit()
    tell(said)
    return redirect(url_for("standards.show", slug=slug, number=number, _anchor="stand"), 303)


def _act(frame: Frame, standard: Standard, form: PositionForm) -> Message:
    require(why_not_member(frame.membership))
    assert frame.membership is not None
    if form.position.data == WITHDRAW:
        actions.withdraw(writing(), frame.consultation, standard, by=frame.membership)
        return _("Your position is withdrawn.")
    if form.position.data == CONFIRM:
        version = form.version.data
        actions.confirm(writing(), frame.consultation, standard, by=frame.membership, read_version=version)
        return _("Your position is confirmed.")
    if form.position.data not in set(Choice):
        raise Invalid("position", _("Choose where you stand."))
    actions.take(
        writing(),
        frame.consultation,
        standard,
        by=frame.membership,
        choice=Choice(form.position.data),
        reason=form.reason.data or "",
        would_change=form.would_change.data or "",
        clause=form.clause.data or "",
        read_version=form.version.data,
        language=language(),
    )
    return _("Your position is recorded.")


def _page_again(slug: str, number: int, form: PositionForm) -> str:
    page = standards.page(writing(), framed(slug), number, Asked())
    form.version.raw_data = [str(page.standard.version)]  # sent again, it is about the text that is shown now
    return standard_page(page, position=form)
