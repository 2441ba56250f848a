"""Pages about the site itself: what it is, its rules, what is kept, who can use it."""

from flask import Blueprint, render_template

from app.web.access import public

blueprint = Blueprint("site", __name__)


@blueprint.get("/about")
@public
def about() -> str:
    """What Standpoint is and how a result comes about."""
    return render_template("site/about.html")


@blueprint.get("/house-rules")
@public
def house_rules() -> str:
    """What is not published, why, and what is never a reason."""
    return render_template("site/house_rules.html")


@blueprint.get("/privacy")
@public
def privacy() -> str:
    """What is kept about people, for how long, and who sees it."""
    return render_template("site/privacy.html")


@blueprint.get("/accessibility")
@public
def accessibility() -> str:
    """What works for whom, and what to do when something does not."""
    return render_template("site/accessibility.html")
