"""Opinion groups: where people stand, and where they meet."""

from flask import Blueprint, render_template

from app.queries import opinions as queries
from app.reports.pictures.map_of_opinions import draw
from app.web import limits
from app.web.access import public
from app.web.session import framed, reading

blueprint = Blueprint("opinions", __name__)


@blueprint.get("/consultations/<slug>/opinions")
@public
@limits.limiter.limit(limits.EXPORTING)
def show(slug: str) -> str:
    """The groups that positions form, what all of them agree on, and what sets each apart."""
    frame = framed(slug)
    page = queries.page(reading(), frame)
    return render_template("opinions/show.html", frame=frame, page=page, shapes=draw(page.groups))
