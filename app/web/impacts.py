"""The impact card of a standard, and scoring it."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.actions import impacts as actions
from app.errors import Invalid, Refused
from app.language import _
from app.queries import impacts, standards
from app.web import limits
from app.web.access import member, public
from app.web.forms import again
from app.web.forms.impacts import ImpactForm
from app.web.joining import member_of
from app.web.session import framed, reading, writing
from app.web.telling import tell

blueprint = Blueprint("impacts", __name__, url_prefix="/consultations/<slug>/standards/<number:number>/impact")


@blueprint.get("")
@public
def show(slug: str, number: int) -> str:
    """How grave the harm is that the standard answers to, as each group sees it."""
    page = impacts.page(reading(), framed(slug), number)
    return render_template("impacts/show.html", page=page, frame=page.frame, form=ImpactForm.showing(page.mine))


@blueprint.post("")
@member
@limits.limiter.limit(limits.WRITING)
def score(slug: str, number: int) -> ResponseReturnValue:
    """Score, or score anew."""
    session, form = writing(), ImpactForm()
    frame = framed(slug)
    standard = standards.find(session, frame, number)
    try:
        actions.score(session, frame.consultation, standard, by=member_of(frame), scores=form.scores())
    except (Invalid, Refused) as error:
        session.rollback()
        return again(error, form, lambda: _page_again(slug, number, form))
    session.commit()
    tell(_("Your scores are recorded. You can change them at any time while the standard is discussed."))
    return redirect(url_for("impacts.show", slug=slug, number=number), 303)


def _page_again(slug: str, number: int, form: ImpactForm) -> str:
    page = impacts.page(writing(), framed(slug), number)
    return render_template("impacts/show.html", page=page, frame=page.frame, form=form)
