"""Comment resolution: the working table at the chair's desk, and what became of a comment for everybody."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.actions import dispositions as actions
from app.errors import Invalid, Refused, require
from app.language import _, ngettext
from app.models.dispositions import DispositionKind
from app.queries import comments, dispositions
from app.queries.consultations import Frame
from app.queries.dispositions import Sort, Wanted, WorkLine
from app.web import limits
from app.web.access import public, role
from app.web.chairing import chair_of, chaired
from app.web.forms import again
from app.web.forms.dispositions import DispositionForm, filled
from app.web.session import reading, viewer, writing
from app.web.standards import identifier
from app.web.telling import tell

blueprint = Blueprint("dispositions", __name__)
LARGEST_PLACE = 1_000_000


@blueprint.get("/chair/<slug>/comments")
@role("chair", "deputy")
def table(slug: str) -> str:
    """The comments that have to be resolved, with filters."""
    return _table(chaired(slug))


@blueprint.post("/chair/<slug>/comments")
@role("chair", "deputy")
@limits.limiter.limit(limits.WRITING)
def note_all(slug: str) -> ResponseReturnValue:
    """Note the chosen comments with one reason."""
    session, frame = writing(), chaired(slug)
    try:
        count = _note(frame)
    except Invalid as error:
        session.rollback()
        return _table(chaired(slug), error), 422
    session.commit()
    tell(ngettext("%(num)s comment is noted.", "%(num)s comments are noted.", count))
    return redirect(url_for("dispositions.table", slug=slug, state="open"), 303)


@blueprint.get("/chair/<slug>/comments/<int:comment_id>")
@role("chair", "deputy")
def show(slug: str, comment_id: int) -> str:
    """One comment with the whole form."""
    frame = chaired(slug)
    line, versions = dispositions.line(reading(), frame, comment_id)
    return _page(frame, line, filled(line.disposition).about(versions))


@blueprint.post("/chair/<slug>/comments/<int:comment_id>")
@role("chair", "deputy")
@limits.limiter.limit(limits.WRITING)
def give(slug: str, comment_id: int) -> ResponseReturnValue:
    """Say what was done with it."""
    session, frame = writing(), chaired(slug)
    line, versions = dispositions.line(session, frame, comment_id)
    form = DispositionForm().about(versions)
    try:
        _give(frame, line, form)
    except (Invalid, Refused) as error:
        session.rollback()
        return again(error, form, lambda: _page(frame, dispositions.line(writing(), frame, comment_id)[0], form))
    session.commit()
    tell(_("It is said what was done. The author is told."))
    return redirect(url_for("dispositions.table", slug=slug, standard=line.standard.number, state="open"), 303)


@blueprint.get("/comments/<int:comment_id>/disposition")
@public
def resolved(comment_id: int) -> str:
    """What was done with a comment, and why."""
    place = comments.place(reading(), viewer(), comment_id)
    found = dispositions.resolved(reading(), place)
    return render_template("comments/disposition.html", place=place, frame=place.frame, found=found)


def _give(frame: Frame, line: WorkLine, form: DispositionForm) -> None:
    require(line.why_not)
    if form.kind.data not in set(DispositionKind):
        raise Invalid("kind", _("Choose what was done."))
    actions.give(
        writing(),
        frame.consultation,
        actions.get(writing(), frame.consultation.id, line.comment.id),
        by=chair_of(frame),
        kind=DispositionKind(form.kind.data),
        reason=form.reason.data or "",
        version=identifier(form.version.data),
        duplicate_of=identifier((form.duplicate_of.data or "").strip()),
        deferred_to=form.deferred_to.data or "",
    )


def _note(frame: Frame) -> int:
    chosen = [number for text in request.form.getlist("comments") if (number := identifier(text)) is not None]
    reason = request.form.get("reason", "")
    return actions.note_all(writing(), frame.consultation, chosen, by=chair_of(frame), reason=reason)


def _wanted() -> Wanted:
    args = request.args
    sort = args.get("sort", "")
    return Wanted(
        standard=min(identifier(args.get("standard")) or 0, LARGEST_PLACE),
        state=args.get("state", "")[:10],
        type=args.get("type", "")[:10],
        stance=args.get("stance", "")[:20],
        clause=args.get("clause", "")[:20],
        sort=Sort(sort) if sort in set(Sort) else Sort.OLDEST,
        after=min(identifier(args.get("after")) or 0, LARGEST_PLACE),
    )


def _table(frame: Frame, error: Invalid | None = None) -> str:
    session = writing() if request.method == "POST" else reading()
    found = dispositions.table(session, frame, _wanted())
    chosen, reason = set(request.form.getlist("comments")), request.form.get("reason", "")
    return render_template("chair/comments.html", frame=frame, table=found, error=error, chosen=chosen, reason=reason)


def _page(frame: Frame, line: WorkLine, form: DispositionForm) -> str:
    return render_template("chair/comment.html", frame=frame, line=line, form=form)
