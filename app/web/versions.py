"""Versions of a standard: as they were, what changed between two, and writing a new one."""

from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.actions import versions as actions
from app.errors import Invalid, NotFound, Refused, require
from app.language import _
from app.models.contributions import READABLE
from app.models.standards import StandardVersion
from app.queries import instruments, own_texts
from app.queries import versions as queries
from app.queries.own_texts import OwnVersion
from app.queries.versions import WritingPage
from app.web import limits
from app.web.access import member, public, signed_in
from app.web.forms import again
from app.web.forms.standards import as_fields
from app.web.forms.versions import WHEN_TO_CHOOSE, VersionForm
from app.web.joining import member_of
from app.web.session import framed, reading, viewer, writing
from app.web.standards import identifier
from app.web.telling import SENT, tell

blueprint = Blueprint("versions", __name__)
STANDARD = "/consultations/<slug>/standards/<number:number>"
MINE = "/me/contributions/<int:contribution_id>/version"


@blueprint.get(f"{STANDARD}/versions/<number:version>")
@public
def show(slug: str, number: int, version: int) -> str:
    """A version as it was."""
    page = queries.version_page(reading(), framed(slug), number, version)
    return render_template("versions/show.html", page=page, frame=page.frame)


@blueprint.get(f"{STANDARD}/diff")
@public
def choose(slug: str, number: int) -> ResponseReturnValue:
    """Lead to the address of the comparison that was chosen."""
    chosen = [identifier(request.args.get(name)) for name in ("from", "to")]
    if None in chosen:
        raise NotFound
    view = "one" if request.args.get("view") == "one" else None
    address = url_for("versions.diff", slug=slug, number=number, old=chosen[0], new=chosen[1], view=view)
    return redirect(address, 302)


@blueprint.get(f"{STANDARD}/diff/<number:old>...<number:new>")
@public
def diff(slug: str, number: int, old: int, new: int) -> str:
    """What changed between two versions, side by side or as one text."""
    page = queries.comparison(reading(), framed(slug), number, old, new)
    one = request.args.get("view") == "one"
    return render_template("versions/diff.html", page=page, frame=page.frame, one=one)


@blueprint.get(f"{STANDARD}/versions/new")
@member
def new(slug: str, number: int) -> str:
    """The whole text in force, ready to be changed."""
    page = queries.writing_page(reading(), framed(slug), number)
    require(page.why_not_write)
    fields = as_fields(page.version, page.grounds, page.evidence)
    return _writing_page(page, VersionForm(None, data=fields, version=page.standard.version))


@blueprint.post(f"{STANDARD}/versions/new")
@member
@limits.limiter.limit(limits.WRITING)
def write(slug: str, number: int) -> ResponseReturnValue:
    """Show it as readers will see it, or send it."""
    page = queries.writing_page(writing(), framed(slug), number)
    require(page.why_not_write)
    form = VersionForm()
    if form.wants_more_rows() or form.asked == "preview":
        return _writing_page(page, form)
    try:
        version = _write(page, form)
    except (Invalid, Refused) as error:
        writing().rollback()
        return again(error, form, lambda: _writing_again(slug, number, form))
    writing().commit()
    return _sent(slug, number, version)


@blueprint.get(MINE)
@signed_in
def own(contribution_id: int) -> str:
    """A version of mine that waits or was returned, ready to be changed."""
    mine = own_texts.own_version(reading(), viewer(), contribution_id)
    require(mine.why_not_change)
    fields = as_fields(mine.version, mine.grounds, mine.evidence)
    form = VersionForm(
        None,
        data=fields,
        change_class=mine.version.change_class.value,
        why=mine.version.why,
        version=mine.standard.version,
    )
    return _own_page(mine, form)


@blueprint.post(MINE)
@signed_in
@limits.limiter.limit(limits.WRITING)
def resubmit(contribution_id: int) -> ResponseReturnValue:
    """Show it as readers will see it, or send it again."""
    mine = own_texts.own_version(writing(), viewer(), contribution_id)
    require(mine.why_not_change)
    form = VersionForm()
    if form.wants_more_rows() or form.asked == "preview":
        return _own_page(mine, form)
    try:
        _resubmit(mine, form)
    except (Invalid, Refused) as error:
        writing().rollback()
        return again(error, form, lambda: _own_again(contribution_id, form))
    writing().commit()
    tell(SENT)
    return redirect(url_for("me.contributions", _anchor=f"item-{contribution_id}"), 303)


@blueprint.post(f"{MINE}/withdraw")
@signed_in
def withdraw(contribution_id: int) -> ResponseReturnValue:
    """Take back a version that waits or was returned."""
    mine = own_texts.own_version(writing(), viewer(), contribution_id)
    actions.withdraw(writing(), mine.frame.consultation, mine.version, by=member_of(mine.frame))
    writing().commit()
    tell(_("Your version is withdrawn. The standard stays as it is."))
    return redirect(url_for("me.contributions"), 303)


def _write(page: WritingPage, form: VersionForm) -> StandardVersion:
    return actions.write(
        writing(),
        page.frame.consultation,
        page.standard,
        by=member_of(page.frame),
        proposal=replace(form.checked_proposal(), language=page.version.language),
        change_class=form.chosen_class(),
        why=form.why.data or "",
        read_version=form.version.data,
    )


def _resubmit(mine: OwnVersion, form: VersionForm) -> None:
    actions.resubmit(
        writing(),
        mine.frame.consultation,
        mine.version,
        by=member_of(mine.frame),
        proposal=replace(form.checked_proposal(), language=mine.version.language),
        change_class=form.chosen_class(),
        why=form.why.data or "",
        read_version=form.version.data,
    )


def _sent(slug: str, number: int, version: StandardVersion) -> ResponseReturnValue:
    if version.state not in READABLE:
        tell(SENT)
        return redirect(url_for("me.contributions", _anchor=f"item-{version.id}"), 303)
    tell(_("The new version is published."))
    return redirect(url_for("standards.show", slug=slug, number=number), 303)


def _writing_again(slug: str, number: int, form: VersionForm) -> str:
    page = queries.writing_page(writing(), framed(slug), number)
    form.version.raw_data = [str(page.standard.version)]  # sent again, it changes the text that is in force now
    return _writing_page(page, form)


def _own_again(contribution_id: int, form: VersionForm) -> str:
    mine = own_texts.own_version(writing(), viewer(), contribution_id)
    form.version.raw_data = [str(mine.standard.version)]
    return _own_page(mine, form)


def _writing_page(page: WritingPage, form: VersionForm) -> str:
    form.offering(page.frame, instruments.catalogue(writing() if request.method == "POST" else reading()))
    return render_template(
        "versions/new.html", page=page, frame=page.frame, form=form, draft=None, similar=(), notes=WHEN_TO_CHOOSE
    )


def _own_page(mine: OwnVersion, form: VersionForm) -> str:
    form.offering(mine.frame, instruments.catalogue(writing() if request.method == "POST" else reading()))
    return render_template(
        "me/version.html", mine=mine, frame=mine.frame, form=form, draft=None, similar=(), notes=WHEN_TO_CHOOSE
    )
