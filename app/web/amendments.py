"""Amendments: the list, proposing another wording, taking a position on one, withdrawing it, proposing it anew."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from app.actions import amendment_outcomes, amendment_positions
from app.actions import amendments as actions
from app.errors import Invalid, Refused, require
from app.language import Message, _, language
from app.models.amendments import Amendment
from app.models.contributions import READABLE
from app.models.positions import Choice
from app.queries import amendments as queries
from app.queries import own_texts
from app.queries.amendments import AmendmentPage, ProposingPage
from app.queries.own_texts import OwnAmendment
from app.rules.amendments import text_of
from app.web import limits
from app.web.access import member, public, signed_in
from app.web.forms import again
from app.web.forms.amendments import AdoptForm, AmendmentForm, AmendmentPositionForm, DeclineForm
from app.web.forms.versions import WHEN_TO_CHOOSE
from app.web.joining import member_of
from app.web.session import framed, reading, viewer, writing
from app.web.telling import SENT, tell

blueprint = Blueprint("amendments", __name__)
HERE = "/consultations/<slug>/standards/<number:number>/amendments"
ONE = f"{HERE}/<number:amendment>"
MINE = "/me/contributions/<int:contribution_id>/amendment"
WITHDRAW = "withdraw"


@blueprint.get(HERE)
@public
def listing(slug: str, number: int) -> str:
    """The amendments of a standard; those to the same clause stand together."""
    page = queries.listing(reading(), framed(slug), number)
    return render_template("amendments/listing.html", page=page, frame=page.frame)


@blueprint.get(f"{HERE}/new")
@member
def new(slug: str, number: int) -> str:
    """A clause as it reads now, ready to be worded otherwise."""
    page = queries.proposing_page(reading(), framed(slug), number)
    require(page.why_not_amend)
    clause = request.args.get("clause", "")[:20]
    now = text_of(clause, page.version.clauses)
    form = AmendmentForm(None, clause=clause if now else "", text=now, version=page.standard.version)
    return _proposing_page(page, form)


@blueprint.post(f"{HERE}/new")
@member
@limits.limiter.limit(limits.WRITING)
def propose(slug: str, number: int) -> ResponseReturnValue:
    """Send an amendment."""
    page = queries.proposing_page(writing(), framed(slug), number)
    require(page.why_not_amend)
    form = AmendmentForm()
    try:
        amendment = _propose(page, form)
    except (Invalid, Refused) as error:
        writing().rollback()
        return again(error, form, lambda: _proposing_again(slug, number, form))
    writing().commit()
    return _sent(slug, number, amendment)


@blueprint.get(ONE)
@public
def show(slug: str, number: int, amendment: int) -> str:
    """One amendment, and what may be done with it."""
    return amendment_page(queries.page(reading(), framed(slug), number, amendment))


@blueprint.post(f"{ONE}/position")
@member
@limits.limiter.limit(limits.WRITING)
def position(slug: str, number: int, amendment: int) -> ResponseReturnValue:
    """Take a position on an amendment, or take it back."""
    form = AmendmentPositionForm()
    try:
        said = _take(slug, number, amendment, form)
    except (Invalid, Refused) as error:
        return page_again(error, form, slug, number, amendment)
    writing().commit()
    tell(said)
    return redirect(url_for("amendments.show", slug=slug, number=number, amendment=amendment, _anchor="stand"), 303)


@blueprint.post(f"{ONE}/withdraw")
@member
def withdraw(slug: str, number: int, amendment: int) -> ResponseReturnValue:
    """Take back one's own amendment."""
    writing()
    frame = framed(slug)
    _standard, found = queries.find(writing(), frame, number, amendment)
    actions.withdraw(writing(), frame.consultation, found, by=member_of(frame))
    writing().commit()
    tell(_("Your amendment is withdrawn."))
    return redirect(url_for("amendments.listing", slug=slug, number=number), 303)


@blueprint.post(f"{ONE}/promote")
@member
def promote(slug: str, number: int, amendment: int) -> ResponseReturnValue:
    """Begin a proposal with what a declined amendment says."""
    writing()
    frame = framed(slug)
    _standard, found = queries.find(writing(), frame, number, amendment)
    draft = amendment_outcomes.promote(writing(), frame.consultation, found, by=member_of(frame))
    writing().commit()
    tell(_("Your wording is in this draft. Add what a standard needs, then send it."))
    return redirect(url_for("standards.new", slug=slug, draft=draft.id), 303)


@blueprint.get(MINE)
@signed_in
def own(contribution_id: int) -> str:
    """An amendment of mine that waits or was returned, ready to be changed."""
    mine = own_texts.own_amendment(reading(), viewer(), contribution_id)
    require(mine.why_not_change)
    amendment = mine.amendment
    form = AmendmentForm(
        None,
        clause=amendment.clause,
        text=amendment.text,
        reason=amendment.why,
        change_class=amendment.change_class.value,
        version=mine.standard.version,
    )
    return _own_page(mine, form)


@blueprint.post(MINE)
@signed_in
@limits.limiter.limit(limits.WRITING)
def resubmit(contribution_id: int) -> ResponseReturnValue:
    """Send it again."""
    mine = own_texts.own_amendment(writing(), viewer(), contribution_id)
    require(mine.why_not_change)
    form = AmendmentForm()
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
def withdraw_own(contribution_id: int) -> ResponseReturnValue:
    """Take back an amendment of mine, whether it was published or not."""
    mine = own_texts.own_amendment(writing(), viewer(), contribution_id)
    actions.withdraw(writing(), mine.frame.consultation, mine.amendment, by=member_of(mine.frame))
    writing().commit()
    tell(_("Your amendment is withdrawn."))
    return redirect(url_for("me.contributions"), 303)


def amendment_page(
    page: AmendmentPage,
    *,
    position: AmendmentPositionForm | None = None,
    adopt: AdoptForm | None = None,
    decline: DeclineForm | None = None,
) -> str:
    """The page of an amendment, with whatever was typed into its forms."""
    wrong = next((form for form in (position, adopt, decline) if form is not None and form.errors), None)
    mine = page.my_position.choice.value if page.my_position else None
    return render_template(
        "amendments/show.html",
        page=page,
        frame=page.frame,
        position_form=position or AmendmentPositionForm(None, position=mine),
        adopt_form=adopt
        or AdoptForm(None, text=page.line.text, change_class=page.suggested_class.value, version=page.standard.version),
        decline_form=decline or DeclineForm(None),
        notes=WHEN_TO_CHOOSE,
        form=wrong,
    )


def page_again(error: Invalid | Refused, form: FlaskForm, slug: str, number: int, amendment: int) -> tuple[str, int]:
    """The page of an amendment as it is now, with what was typed and what to do."""
    writing().rollback()

    def page() -> str:
        found = queries.page(writing(), framed(slug), number, amendment)
        if isinstance(form, AdoptForm):
            form.version.raw_data = [str(found.standard.version)]  # sent again, it is about the text that is shown now
            return amendment_page(found, adopt=form)
        if isinstance(form, DeclineForm):
            return amendment_page(found, decline=form)
        return amendment_page(found, position=form)

    return again(error, form, page)


def _take(slug: str, number: int, amendment: int, form: AmendmentPositionForm) -> Message:
    writing()
    frame = framed(slug)
    _standard, found = queries.find(writing(), frame, number, amendment)
    by, wanted = member_of(frame), form.position.data
    if wanted == WITHDRAW:
        amendment_positions.withdraw(writing(), frame.consultation, found, by=by)
        return _("Your position is withdrawn.")
    if wanted not in set(Choice):
        raise Invalid("position", _("Choose where you stand."))
    amendment_positions.take(writing(), frame.consultation, found, by=by, choice=Choice(wanted))
    return _("Your position is recorded.")


def _propose(page: ProposingPage, form: AmendmentForm) -> Amendment:
    return actions.propose(
        writing(),
        page.frame.consultation,
        page.standard,
        by=member_of(page.frame),
        clause=form.clause.data or "",
        text=form.text.data or "",
        why=form.reason.data or "",
        change_class=form.chosen_class(),
        read_version=form.version.data,
        language=language(),
    )


def _resubmit(mine: OwnAmendment, form: AmendmentForm) -> None:
    actions.resubmit(
        writing(),
        mine.frame.consultation,
        mine.amendment,
        by=member_of(mine.frame),
        text=form.text.data or "",
        why=form.reason.data or "",
        change_class=form.chosen_class(),
        read_version=form.version.data,
    )


def _sent(slug: str, number: int, amendment: Amendment) -> ResponseReturnValue:
    if amendment.state not in READABLE:
        tell(SENT)
        return redirect(url_for("me.contributions", _anchor=f"item-{amendment.id}"), 303)
    tell(_("Your amendment is published."))
    return redirect(url_for("amendments.show", slug=slug, number=number, amendment=amendment.number), 303)


def _proposing_again(slug: str, number: int, form: AmendmentForm) -> str:
    page = queries.proposing_page(writing(), framed(slug), number)
    form.version.raw_data = [str(page.standard.version)]
    return _proposing_page(page, form)


def _own_again(contribution_id: int, form: AmendmentForm) -> str:
    mine = own_texts.own_amendment(writing(), viewer(), contribution_id)
    form.version.raw_data = [str(mine.standard.version)]
    return _own_page(mine, form)


def _proposing_page(page: ProposingPage, form: AmendmentForm) -> str:
    now = text_of(form.clause.data or "", page.version.clauses)
    return render_template("amendments/new.html", page=page, frame=page.frame, form=form, now=now, notes=WHEN_TO_CHOOSE)


def _own_page(mine: OwnAmendment, form: AmendmentForm) -> str:
    form.clause.data = mine.amendment.clause
    now = text_of(mine.amendment.clause, mine.version.clauses)
    return render_template(
        "me/amendment.html", mine=mine, page=mine, frame=mine.frame, form=form, now=now, notes=WHEN_TO_CHOOSE
    )
