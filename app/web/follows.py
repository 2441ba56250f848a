"""Following a standard."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from app.actions import follows
from app.language import _
from app.queries import standards
from app.web import limits
from app.web.access import member
from app.web.joining import member_of
from app.web.session import framed, writing
from app.web.telling import tell

blueprint = Blueprint("follows", __name__)


@blueprint.post("/consultations/<slug>/standards/<number:number>/follow")
@member
@limits.limiter.limit(limits.WRITING)
def toggle(slug: str, number: int) -> ResponseReturnValue:
    """Follow a standard; again stops it."""
    session = writing()
    frame = framed(slug)
    standard = standards.find(session, frame, number)
    followed = follows.toggle(session, frame.consultation, standard, by=member_of(frame))
    session.commit()
    tell(_("You are told what becomes of it.") if followed else _("You are no longer told what becomes of it."))
    return redirect(url_for("standards.show", slug=slug, number=number), 303)
