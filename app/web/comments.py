"""Comments: posting, permalinks, endorsing, editing, withdrawing."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.actions import comment_edits, endorsements
from app.actions import comments as actions
from app.errors import Invalid, NotFound, Refused, require
from app.language import _, language
from app.models.comments import Comment, Stance
from app.models.contributions import READABLE
from app.models.standards import Standard
from app.queries import comments, standards
from app.queries.comments import Place
from app.queries.consultations import Frame
from app.queries.threads import Asked
from app.rules.comments import written_last
from app.rules.contributions import why_not_edit
from app.web import limits
from app.web.access import member, public, signed_in
from app.web.forms import add_problems, again
from app.web.forms.comments import CommentForm, EditForm
from app.web.joining import member_of
from app.web.session import framed, reading, viewer, writing
from app.web.standards import identifier, standard_page
from app.web.telling import SENT, tell

blueprint = Blueprint("comments", __name__)


@blueprint.post("/consultations/<slug>/standards/<number:number>/comments")
@member
@limits.limiter.limit(limits.WRITING)
def post(slug: str, number: int) -> ResponseReturnValue:
    """Post a comment or a reply."""
    session = writing()
    frame = framed(slug)
    form = CommentForm()
    if form.asks_for_preview:
        return _page_again(slug, number, form)
    try:
        comment = _post(frame, standards.find(session, frame, number), form)
    except (Invalid, Refused) as error:
        session.rollback()
        return again(error, form, lambda: _page_again(slug, number, form))
    session.commit()
    tell(_("Your comment is published.") if comment.state in READABLE else SENT)
    return redirect(url_for("comments.show", comment_id=comment.id), 303)


@blueprint.get("/comments/<int:comment_id>")
@public
def show(comment_id: int) -> ResponseReturnValue:
    """Lead to the page and branch that hold a comment."""
    place = comments.place(reading(), viewer(), comment_id)
    asked = place.asked
    address = url_for(
        "standards.show",
        slug=place.frame.consultation.slug,
        number=place.standard.number,
        thread=asked.order.value,
        after=asked.after,
        branch=asked.branch,
        _anchor=f"k{comment_id}",
    )
    return redirect(address, 302)


@blueprint.get("/comments/<int:comment_id>/history")
@public
def history(comment_id: int) -> str:
    """The earlier texts of an edited comment."""
    place = comments.place(reading(), viewer(), comment_id)
    texts = comments.earlier_texts(reading(), place)
    return render_template("comments/history.html", place=place, texts=texts)


@blueprint.post("/comments/<int:comment_id>/endorse")
@member
@limits.limiter.limit(limits.WRITING)
def endorse(comment_id: int) -> ResponseReturnValue:
    """Stand behind what somebody wrote; again takes it back."""
    place = _place(comment_id)
    endorsements.toggle(writing(), place.frame.consultation, place.comment, by=member_of(place.frame))
    writing().commit()
    return redirect(url_for("comments.show", comment_id=comment_id), 303)


@blueprint.get("/comments/<int:comment_id>/edit")
@signed_in
def edit_form(comment_id: int) -> str:
    """One's own text, ready to be changed."""
    place = comments.own(reading(), viewer(), comment_id)
    require(why_not_edit(place.frame.membership, place.comment))
    body, change = written_last(place.comment)
    return _edit_page(place, EditForm(body=body, proposed_change=change, revision=place.comment.revision))


@blueprint.post("/comments/<int:comment_id>/edit")
@signed_in
@limits.limiter.limit(limits.WRITING)
def edit(comment_id: int) -> ResponseReturnValue:
    """Send a changed text."""
    place = comments.own(writing(), viewer(), comment_id)
    form = EditForm()
    try:
        _edit(place, form)
    except Invalid as error:
        writing().rollback()
        return _edit_again(comment_id, form, error)
    writing().commit()
    tell(
        _("Your change is published.") if place.comment.state in READABLE and place.comment.next_body is None else SENT
    )
    return redirect(url_for("me.contributions", _anchor=f"item-{comment_id}"), 303)


@blueprint.post("/comments/<int:comment_id>/withdraw")
@signed_in
def withdraw(comment_id: int) -> ResponseReturnValue:
    """Take one's own text back."""
    place = comments.own(writing(), viewer(), comment_id)
    actions.withdraw(writing(), place.frame.consultation, place.comment, by=member_of(place.frame))
    writing().commit()
    tell(_("Your comment is withdrawn."))
    return redirect(url_for("me.contributions", _anchor=f"item-{comment_id}"), 303)


def _page_again(slug: str, number: int, form: CommentForm) -> str:
    if form.form_errors:  # what was replied to is gone: sent again, it is about the standard
        form.reply_to.data = None
    return standard_page(standards.page(writing(), framed(slug), number, Asked()), comment=form)


def _post(frame: Frame, standard: Standard, form: CommentForm) -> Comment:
    author = member_of(frame)
    stance = form.stance.data
    if stance not in set(Stance):
        raise Invalid("stance", _("Choose whether you support, object, ask or stay neutral."))
    reply_to = form.reply_to.data or None
    if reply_to is not None and identifier(reply_to) is None:
        raise NotFound
    return actions.post(
        writing(),
        frame.consultation,
        standard,
        by=author,
        body=form.body.data or "",
        stance=Stance(stance),
        reply_to=identifier(reply_to),
        clause=form.clause.data or "",
        proposed_change=form.proposed_change.data or "",
        wording_only=form.wording_only.data,
        language=language(),
        lived=form.lived.data,
    )


def _edit(place: Place, form: EditForm) -> None:
    comment_edits.edit(
        writing(),
        place.frame.consultation,
        place.comment,
        by=member_of(place.frame),
        body=form.body.data or "",
        proposed_change=form.proposed_change.data or "",
        read_revision=form.revision.data,
    )


def _edit_again(comment_id: int, form: EditForm, error: Invalid) -> ResponseReturnValue:
    add_problems(form, error)
    return _edit_page(comments.own(writing(), viewer(), comment_id), form), 422


def _edit_page(place: Place, form: EditForm) -> str:
    return render_template("comments/edit.html", place=place, form=form, latest=written_last(place.comment))


def _place(comment_id: int) -> Place:
    return comments.place(writing(), viewer(), comment_id)
