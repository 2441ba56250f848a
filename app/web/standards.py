"""Standards: list, page, proposing."""

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from app import text
from app.actions import standards as actions
from app.errors import Invalid, NotFound, require
from app.language import language
from app.models.consultations import Membership
from app.models.standards import Draft
from app.queries import commitments, consultations, contributions, instruments, listings, search, standards
from app.queries.consultations import Frame
from app.queries.listings import Sort, Wanted
from app.queries.standards import StandardPage
from app.queries.threads import Asked, Order
from app.rules.consultations import running
from app.rules.hints import hints_of
from app.rules.phases import phases_of
from app.rules.positions import TAKING_POSITIONS
from app.rules.standards import LONGEST_CLAUSE
from app.search import language_of
from app.web import limits
from app.web.access import member, public
from app.web.forms import add_problems
from app.web.forms.comments import CommentForm
from app.web.forms.positions import PositionForm
from app.web.forms.standards import ProposalForm
from app.web.session import framed, reading, viewer, writing
from app.web.telling import SENT, tell

blueprint = Blueprint("standards", __name__, url_prefix="/consultations/<slug>/standards")


@blueprint.get("")
@public
def listing(slug: str) -> str:
    """The list with search and filters."""
    frame = framed(slug)
    found = listings.listing(reading(), frame, wanted_from(request.args))
    why_not = consultations.why_not_propose_now(frame)
    return render_template("standards/listing.html", frame=frame, listing=found, why_not_propose=why_not)


@blueprint.get("/<number:number>")
@public
def show(slug: str, number: int) -> ResponseReturnValue:
    """One standard with its thread; one that was merged leads on, unless a part of its own page was asked for."""
    page = standards.page(reading(), framed(slug), number, asked_from(request.args))
    if page.merged_into is not None and not request.args:
        return redirect(url_for("standards.show", slug=slug, number=page.merged_into), 302)
    return standard_page(page)


@blueprint.get("/new")
@member
def new(slug: str) -> ResponseReturnValue:
    """The form of a proposal, with the draft that was left."""
    frame = framed(slug)
    require(consultations.why_not_propose_now(frame))
    draft = _draft(request.args.get("draft"))
    form = ProposalForm(MultiDict(draft.fields) if draft else None).offering(frame, instruments.catalogue(reading()))
    return _proposal_page(frame, form, draft)


@blueprint.post("/new")
@member
@limits.limiter.limit(limits.WRITING)
def propose(slug: str) -> ResponseReturnValue:
    """Save the draft, show it as readers will see it, or send it to review."""
    session = writing()
    frame = framed(slug)
    author = _author(frame)
    form = ProposalForm().offering(frame, instruments.catalogue(session))
    draft = _draft(request.form.get("draft"))
    if form.wants_more_rows() or form.asked in ("save", "preview"):
        return _kept(frame, form, draft)
    try:
        actions.propose(session, frame.consultation, by=author, proposal=form.checked_proposal(), draft=draft)
    except Invalid as error:
        return _again(frame, form, draft, error)
    session.commit()
    tell(SENT)
    return redirect(url_for("me.contributions"), 303)


@blueprint.post("/hints")
@member
@limits.limiter.limit(limits.TYPING)
def hints(slug: str) -> ResponseReturnValue:
    """What could make a clause clearer, while it is being written: a list of sentences."""
    framed(slug)
    clause = text.clean(request.form.get("clause", ""))[:LONGEST_CLAUSE]
    written_in = language_of(clause, language())
    return jsonify([str(hint.message) for hint in hints_of(clause, language=written_in)])


def standard_page(page: StandardPage, comment: CommentForm | None = None, position: PositionForm | None = None) -> str:
    """The page of a standard, with whatever was typed into its forms."""
    takes_part = page.frame.membership is not None
    reply_to = request.args.get("reply_to", type=int)
    if takes_part and comment is None:
        comment = CommentForm(None, reply_to=reply_to or "", clause=request.args.get("on", ""))
    if takes_part and position is None:
        mine = page.my_position.choice.value if page.my_position else None
        position = PositionForm(None, position=mine, version=page.standard.version)
    own = phases_of(page.frame.consultation, page.standard, page.frame.phases)
    phase = next((found for kind in TAKING_POSITIONS if (found := running(own, kind, page.frame.at))), None)
    return render_template(
        "standards/show.html",
        page=page,
        frame=page.frame,
        comment_form=comment.about(page.version) if comment else None,
        position_form=position.about(page.second_round.changed if page.second_round else ()) if position else None,
        position_phase=phase,
        form=next((form for form in (comment, position) if form is not None and form.errors), None),
        replying_to=reply_to,
        promises=commitments.bearing_on(writing() if request.method == "POST" else reading(), page.standard),
    )


def wanted_from(args: MultiDict[str, str]) -> Wanted:
    """What a list was asked for; values that do not exist do not filter."""
    sort = args.get("sort", "")
    return Wanted(
        q=args.get("q", "")[:200].strip(),
        sort=Sort(sort) if sort in set(Sort) else Sort.UNHEARD,
        context=args.get("context", "")[:60],
        right=args.get("right", "")[:60],
        state=args.get("state", "")[:60],
        after=min(max(args.get("after", 0, type=int), 0), 1_000_000),
    )


def asked_from(args: MultiDict[str, str]) -> Asked:
    """Which part of a thread was asked for."""
    order = args.get("thread", "")
    return Asked(
        order=Order(order) if order in set(Order) else Order.ACROSS,
        after=identifier(args.get("after")),
        branch=identifier(args.get("branch")),
        clause=args.get("clause", "")[:20],
        language=args.get("lang", "")[:10],
    )


def identifier(text: str | None) -> int | None:
    """A number within the range of the database, or None."""
    if text is None or not text.isascii() or not text.isdecimal() or len(text) > 16:  # noqa: PLR2004 - 53 bits have 16 digits
        return None
    return int(text)


def _draft(named: str | None) -> Draft | None:
    if not named:
        return None
    draft_id = identifier(named)
    if draft_id is None:
        raise NotFound
    found = contributions.draft(reading() if request.method == "GET" else writing(), viewer().owner_id, draft_id)
    if found is None:
        raise NotFound
    return found


def _author(frame: Frame) -> Membership:
    require(consultations.why_not_propose_now(frame))
    assert frame.membership is not None
    return frame.membership


def _kept(frame: Frame, form: ProposalForm, draft: Draft | None) -> ResponseReturnValue:
    kept = actions.save_draft(
        writing(), _author(frame), fields=form.as_typed(), title=form.title.data or "", draft=draft
    )
    page = _proposal_page(frame, form, kept)
    writing().commit()
    return page


def _again(frame: Frame, form: ProposalForm, draft: Draft | None, error: Invalid) -> ResponseReturnValue:
    add_problems(form, error)
    return _proposal_page(frame, form, draft), 422


def _proposal_page(frame: Frame, form: ProposalForm, draft: Draft | None) -> str:
    session = writing() if request.method == "POST" else reading()
    similar = search.similar(
        session, frame, form.title.data or "", form.summary.data or "", frame.consultation.language
    )
    return render_template("standards/new.html", frame=frame, form=form, draft=draft, similar=similar)
