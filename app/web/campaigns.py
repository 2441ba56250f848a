"""Campaigns: the page that everybody reads, and the desk where moderators confirm, take out, dissolve and put back."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.actions import campaigns as actions
from app.analysis.similarity import NEAR_IDENTICAL, PROPOSED
from app.errors import CONFLICT, NotFound, Refused
from app.language import Message, _, ngettext
from app.models.campaigns import CampaignState
from app.queries import campaign_desk as desks
from app.queries import campaigns as queries
from app.web import limits
from app.web.access import public, role
from app.web.session import framed, reading, viewer, writing
from app.web.telling import tell

blueprint = Blueprint("campaigns", __name__)
LONGEST_PAIR = 30  # characters of a campaign and how many letters were read
REVIEWING = ("moderator", "chair")
THRESHOLDS = {"near": NEAR_IDENTICAL, "proposed": PROPOSED}
DONE = {
    "confirm": _("The group is confirmed."),
    "join": _("The letters joined the group."),
    "dissolve": _("The group is dissolved. Every letter stands by itself again."),
    "restore": _("The group is put back as it was."),
    "take-out": _("The letter stands by itself again."),
    "put-in": _("The letter is in the group."),
}


@blueprint.get("/consultations/<slug>/campaigns/<int:number>")
@public
def show(slug: str, number: int) -> str:
    """One text with how many people sent it, and every letter with what its author added."""
    page = queries.page(reading(), framed(slug), number, after=_after())
    return render_template("campaigns/show.html", page=page, frame=page.frame)


@blueprint.get("/comments/<int:comment_id>/campaign")
@public
def of_letter(comment_id: int) -> ResponseReturnValue:
    """Lead from a letter to everybody who sent it."""
    slug, number = queries.place(reading(), viewer(), comment_id)
    return redirect(url_for("campaigns.show", slug=slug, number=number), 302)


@blueprint.get("/moderation/campaigns")
@role(*REVIEWING)
def desk() -> str:
    """The groups that are proposed or confirmed, or the dissolved ones."""
    if not viewer().moderates:
        raise NotFound
    state = CampaignState(request.args["state"]) if request.args.get("state") in set(CampaignState) else None
    found = desks.desk(reading(), viewer(), state=state, after=_after())
    return render_template("campaigns/desk.html", desk=found, thresholds=THRESHOLDS)


@blueprint.get("/moderation/campaigns/<int:campaign_id>")
@role(*REVIEWING)
def group(campaign_id: int) -> str:
    """One group with every letter, how alike it is, and what differs."""
    page = desks.group_page(reading(), viewer(), campaign_id, after=_after())
    return render_template("campaigns/group.html", page=page, thresholds=THRESHOLDS)


@blueprint.post("/moderation/campaigns/confirm")
@role(*REVIEWING)
@limits.limiter.limit(limits.WRITING)
def confirm_selected() -> ResponseReturnValue:
    """Confirm the groups that were ticked; what changed while they were read is left as it is."""
    if not viewer().moderates:
        raise NotFound
    chosen = [text[:LONGEST_PAIR].partition(":") for text in request.form.getlist("campaign")]
    numbers = [(int(one), int(read)) for one, _colon, read in chosen if one.isdecimal() and read.isdecimal()]
    done = sum(_confirmed(campaign_id, read) for campaign_id, read in numbers)
    writing().commit()
    tell(ngettext("%(num)s group confirmed.", "%(num)s groups confirmed.", done))
    if done < len(chosen):
        tell(_("The others changed while you were reading, or hold a letter of your own. Open them to see."))
    return redirect(url_for("campaigns.desk"), 303)


@blueprint.post("/moderation/campaigns/<int:campaign_id>/<any(confirm,join,dissolve,restore):step>")
@role(*REVIEWING)
@limits.limiter.limit(limits.WRITING)
def move(campaign_id: int, step: str) -> ResponseReturnValue:
    """Confirm a group, let what waits join it, dissolve it, or put it back."""
    consultation, by, campaign = desks.reviewed(writing(), viewer(), campaign_id)
    read = request.form.get("read", type=int)
    acts: dict[str, Callable[[], None]] = {
        "confirm": lambda: actions.confirm(writing(), consultation, campaign, by=by, read=read),
        "join": lambda: actions.join(writing(), consultation, campaign, by=by, read=read),
        "dissolve": lambda: actions.dissolve(writing(), consultation, campaign, by=by),
        "restore": lambda: actions.restore(writing(), consultation, campaign, by=by),
    }
    return _carry_out(acts[step], campaign_id, DONE[step])


@blueprint.post("/moderation/campaigns/<int:campaign_id>/letters/<int:letter>/<any('take-out','put-in'):step>")
@role(*REVIEWING)
@limits.limiter.limit(limits.WRITING)
def move_letter(campaign_id: int, letter: int, step: str) -> ResponseReturnValue:
    """Take one letter out of a group, or put it in again."""
    consultation, by, campaign = desks.reviewed(writing(), viewer(), campaign_id)
    act = actions.take_out if step == "take-out" else actions.put_in
    return _carry_out(lambda: act(writing(), consultation, campaign, letter, by=by), campaign_id, DONE[step])


def _carry_out(act: Callable[[], None], campaign_id: int, done: Message) -> ResponseReturnValue:
    """Do it and say so; where somebody was faster, say that instead and show the group as it is now."""
    try:
        act()
    except Refused as error:
        if error.refusal.status != CONFLICT:
            raise
        writing().rollback()
        done = error.refusal.message
    else:
        writing().commit()
    tell(done)
    case = request.form.get("case", type=int)
    if case is not None:
        return redirect(url_for("moderation.case", case_id=case), 303)
    return redirect(url_for("campaigns.group", campaign_id=campaign_id), 303)


def _confirmed(campaign_id: int, read: int) -> bool:
    try:
        consultation, by, campaign = desks.reviewed(writing(), viewer(), campaign_id)
        actions.confirm(writing(), consultation, campaign, by=by, read=read)
    except (NotFound, Refused):
        return False
    return True


def _after() -> int:
    return min(max(request.args.get("after", 0, type=int), 0), 1_000_000)
