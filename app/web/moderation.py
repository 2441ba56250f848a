"""The queue, a case, a decision, several decisions together."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.actions import desk, together
from app.actions import moderation as actions
from app.errors import CONFLICT, Invalid, NotFound, Refused
from app.language import Message, _, ngettext
from app.models.moderation import Decision, Standing
from app.queries import moderation as queries
from app.queries import my_day, queue
from app.queries.moderation import CasePage
from app.queries.queue_filters import Filters
from app.rules.moderation import Chosen
from app.text import clean_line
from app.web.access import role
from app.web.forms import add_problems
from app.web.forms.moderation import DecisionForm, ReadsForm, TogetherForm
from app.web.origin import is_own
from app.web.session import reading, viewer, writing
from app.web.telling import tell

blueprint = Blueprint("moderation", __name__)
LONGEST_PAIR = 30  # characters of a case and a revision


@blueprint.get("/moderation")
@role("moderator", "chair")
def show_queue() -> str:
    """What waits, what is due first at the top."""
    if not viewer().moderates:
        raise NotFound
    return _queue_page(TogetherForm(None))


@blueprint.get("/moderation/waiting.json")
@role("moderator", "chair")
def waiting() -> ResponseReturnValue:
    """Who reads which case now, so that an open page can say so without being loaded again."""
    if not viewer().moderates:
        raise NotFound
    lines = queue.queue(reading(), viewer(), _filters())
    held = {str(line.case.id): "" if line.claimed_by_me else line.held_by for line in lines.lines}
    return {"waiting": lines.waiting, "cases": held}


@blueprint.post("/moderation/together")
@role("moderator", "chair")
def decide_together() -> ResponseReturnValue:
    """Record one decision on the selected cases."""
    if not viewer().moderates:
        raise NotFound
    form = TogetherForm()
    try:
        told = _decide_together(form)
    except (Invalid, Refused) as error:
        writing().rollback()
        problem = error if isinstance(error, Invalid) else Invalid("form", error.refusal.message)
        add_problems(form, problem)
        return _queue_page(form), 422
    writing().commit()
    for sentence in told:
        tell(sentence)
    return redirect(url_for("moderation.show_queue"), 303)


@blueprint.get("/moderation/cases/<int:case_id>")
@role("moderator", "chair")
def case(case_id: int) -> str:
    """One item in its context, with the form of the decision; opening it claims it for ten minutes."""
    page = queries.case_page(reading(), viewer(), case_id)
    if page.why_not_decide is None and not page.claimed_by_me and _is_opened():
        page = _claimed(case_id)
    return _case_page(page, _form_for(page, DecisionForm(None)))


@blueprint.post("/moderation/cases/<int:case_id>/decision")
@role("moderator", "chair")
def decide(case_id: int) -> ResponseReturnValue:
    """Record a decision and go on to the next case."""
    page = queries.case_page(writing(), viewer(), case_id)
    form = _form_for(page, DecisionForm())
    try:
        statement = form.statement()
        by, read = page.membership, form.revision.data
        made = actions.decide(writing(), page.consultation, page.case, statement, by=by, read_revision=read)
    except (Invalid, Refused) as error:
        return _again(case_id, form, error)
    writing().commit()
    tell(_told(made))
    return redirect(next_address(page), 303)


def next_address(page: CasePage) -> str:
    """The case that is due next, or the queue when none is left."""
    following = queue.next_case(writing(), viewer(), after=page.case)
    return url_for("moderation.case", case_id=following) if following else url_for("moderation.show_queue")


def _is_opened() -> bool:
    """Whether a person opens the page here and now: no other site, no browser that only looks ahead."""
    return is_own() and request.method == "GET" and "Sec-Purpose" not in request.headers


def _claimed(case_id: int) -> CasePage:
    """The case as it is after this viewer took it, or could not."""
    page = queries.case_page(writing(), viewer(), case_id)
    try:
        desk.claim(writing(), page.consultation, page.case, by=page.membership)
    except Refused:
        writing().rollback()
    writing().commit()
    return queries.case_page(writing(), viewer(), case_id)


def _told(made: Decision) -> Message:
    if made.standing == Standing.PROPOSED:
        return _("Your reading is recorded. A second person reads it before anything is done.")
    return _("Decision recorded. The author is told.")


def _filters() -> Filters:
    args = request.args
    chosen = {name: args.get(name, "")[:80] for name in ("consultation", "cause", "kind", "group", "trigger", "order")}
    after = min(max(args.get("after", 0, type=int), 0), 1_000_000)
    words = clean_line(args.get("q", ""))[:80]
    return Filters(**chosen, language=args.get("language", "")[:10], words=words, after=after)


def _form_for(page: CasePage, form: DecisionForm) -> DecisionForm:
    held = page.case.held_at is not None
    if form.content_note.data is None:
        form.content_note.data = page.contribution.content_note
    return form.offering(page.contribution.state, change_waits=page.change_waits, held=held, warned=page.author_warned)


def _decide_together(form: TogetherForm) -> list[Message]:
    """Decide what was selected, consultation by consultation, and say what came of it."""
    statement = form.statement()
    told: list[Message] = []
    decided = 0
    for consultation, membership, chosen in queries.selected(writing(), viewer(), _selected()):
        outcome = together.decide(writing(), consultation, chosen, statement, by=membership)
        decided += len(outcome.decisions)
        told += [_("Left open: “%(label)s”. %(why)s", label=label, why=why) for label, why in outcome.left]
    if not decided and not told:
        raise Invalid("form", _("Select at least one case."))
    return [ngettext("%(num)s case decided.", "%(num)s cases decided.", decided), *told]


def _selected() -> list[Chosen]:
    """The cases whose boxes are ticked, each with the revision that was on the page."""
    pairs = (value[:LONGEST_PAIR].partition("-") for value in request.form.getlist("case")[: together.MOST + 1])
    return [Chosen(int(key), int(read)) for key, _dash, read in pairs if key.isdecimal() and read.isdecimal()]


def _again(case_id: int, form: DecisionForm, error: Invalid | Refused) -> ResponseReturnValue:
    """The case as it is now, with what was typed: to be completed, or because something happened meanwhile."""
    if isinstance(error, Refused) and error.refusal.status != CONFLICT:
        raise error
    writing().rollback()
    page = queries.case_page(writing(), viewer(), case_id)
    if isinstance(error, Refused):
        return _case_page(page, form, happened=error.refusal.message), CONFLICT
    add_problems(form, error)
    form.begin_statement()
    return _case_page(page, form), 422


def _queue_page(form: TogetherForm) -> str:
    session = writing() if request.method == "POST" else reading()
    lines, day = queue.queue(session, viewer(), _filters()), my_day.my_day(session, viewer())
    reads = ReadsForm(None, reads=list(day.reads))
    return render_template("moderation/queue.html", queue=lines, day=day, form=form, reads=reads, chosen=_selected())


def _case_page(page: CasePage, form: DecisionForm, happened: Message | None = None) -> str:
    session = writing() if request.method == "POST" or page.claimed_by_me else reading()
    lines, day = queue.queue(session, viewer(), Filters()), my_day.my_day(session, viewer())
    return render_template("moderation/case.html", page=page, form=form, queue=lines, day=day, happened=happened)
