"""What is mine: contributions, notices, account and data."""

from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.actions import notices as notice_actions
from app.actions import people as actions
from app.actions import standards as standard_actions
from app.errors import Invalid, NotFound, require
from app.language import _, available
from app.models.people import Account
from app.queries import commitment_updates, instruments, people
from app.queries import contributions as queries
from app.queries.contributions import OwnProposal
from app.web import limits
from app.web.access import signed_in
from app.web.forms import add_problems
from app.web.forms.people import ChangePasswordForm, NameForm
from app.web.forms.standards import ProposalForm, as_fields
from app.web.joining import member_of
from app.web.preferences import APPEARANCES
from app.web.session import forget, reading, viewer, writing
from app.web.telling import SENT, tell

blueprint = Blueprint("me", __name__, url_prefix="/me")


@blueprint.get("/contributions")
@signed_in
def contributions() -> str:
    """Every item of mine with its state, its reason, and what I can do next."""
    page, updates = queries.mine(reading(), viewer().owner_id), commitment_updates.mine(reading(), viewer().owner_id)
    return render_template("me/contributions.html", page=page, updates=updates)


@blueprint.get("/notices")
@signed_in
def notices() -> str:
    """What I was told."""
    return render_template("me/notices.html", notices=queries.notices(reading(), viewer().owner_id))


@blueprint.post("/notices")
@signed_in
def read_notices() -> ResponseReturnValue:
    """I have seen them all."""
    notice_actions.mark_read(writing(), viewer().owner_id)
    writing().commit()
    return redirect(url_for("me.notices"), 303)


@blueprint.get("")
@signed_in
def account() -> str:
    """My name, language, appearance, password, signed-in browsers."""
    page = people.my_data(reading(), viewer().owner_id)
    return _account_page(name=_name_form(page.account), password=ChangePasswordForm())


@blueprint.post("")
@signed_in
def change_account() -> ResponseReturnValue:
    """Change name, language and appearance."""
    form = NameForm()
    if not form.validate():
        return _account_page(name=form, password=ChangePasswordForm()), 422
    _change_preferences(form)
    writing().commit()
    tell(_("Saved."))
    response = redirect(url_for("me.account"), 303)
    response.delete_cookie("language")
    response.delete_cookie("appearance")
    return response


@blueprint.post("/password")
@signed_in
def change_password() -> ResponseReturnValue:
    """Change the password; every browser has to sign in again."""
    form = ChangePasswordForm()
    owner = writing().get_one(Account, viewer().owner_id)
    if not _password_changed(owner, form):
        writing().rollback()
        return _account_page(name=_name_form(owner), password=form), 422
    writing().commit()
    forget()
    tell(_("Your password is changed. Sign in with the new one."))
    return redirect(url_for("people.sign_in"), 303)


@blueprint.post("/prove-address")
@signed_in
@limits.limiter.limit(limits.MAILING)
def ask_for_proof() -> ResponseReturnValue:
    """Mail the link that confirms my address once more."""
    actions.ask_for_proof(writing(), writing().get_one(Account, viewer().owner_id))
    writing().commit()
    tell(_("We mailed the link again. It works for seven days."))
    return redirect(url_for("me.account"), 303)


@blueprint.post("/sign-out-everywhere")
@signed_in
def sign_out_everywhere() -> ResponseReturnValue:
    """End every signed-in browser, this one too."""
    actions.sign_out_everywhere(writing(), viewer().owner_id)
    writing().commit()
    forget()
    return redirect(url_for("people.sign_in"), 303)


@blueprint.get("/data")
@signed_in
def data() -> str:
    """What is kept about me."""
    page = people.my_data(reading(), viewer().owner_id)
    return render_template("me/data.html", page=page)


@blueprint.get("/contributions/<int:contribution_id>/proposal")
@signed_in
def proposal_form(contribution_id: int) -> str:
    """My proposal, ready to be changed and sent again."""
    mine = queries.own_proposal(reading(), viewer(), contribution_id)
    require(mine.why_not_resubmit)
    return _proposal_page(mine, ProposalForm(None, data=as_fields(mine.version, mine.grounds, mine.evidence)))


@blueprint.post("/contributions/<int:contribution_id>/proposal")
@signed_in
@limits.limiter.limit(limits.WRITING)
def resubmit(contribution_id: int) -> ResponseReturnValue:
    """Show it as readers will see it, or send it to review again."""
    mine = queries.own_proposal(writing(), viewer(), contribution_id)
    require(mine.why_not_resubmit)
    form = ProposalForm()
    if form.wants_more_rows() or form.asked == "preview":
        return _proposal_page(mine, form)
    try:
        _resubmit(mine, form)
    except Invalid as error:
        add_problems(form, error)
        return _proposal_page(mine, form), 422
    writing().commit()
    tell(SENT)
    return redirect(url_for("me.contributions", _anchor=f"item-{contribution_id}"), 303)


@blueprint.post("/contributions/<int:contribution_id>/withdraw")
@signed_in
def withdraw(contribution_id: int) -> ResponseReturnValue:
    """Take back a proposal."""
    mine = queries.own_proposal(writing(), viewer(), contribution_id)
    standard_actions.withdraw(writing(), mine.frame.consultation, mine.version, by=member_of(mine.frame))
    writing().commit()
    tell(_("Your proposal is withdrawn."))
    return redirect(url_for("me.contributions"), 303)


@blueprint.post("/drafts/<int:draft_id>/discard")
@signed_in
def discard_draft(draft_id: int) -> ResponseReturnValue:
    """Throw a draft away."""
    draft = queries.draft(writing(), viewer().owner_id, draft_id)
    if draft is None:
        raise NotFound
    standard_actions.discard_draft(writing(), draft)
    writing().commit()
    tell(_("The draft is gone."))
    return redirect(url_for("me.contributions"), 303)


def _resubmit(mine: OwnProposal, form: ProposalForm) -> None:
    standard_actions.resubmit(
        writing(),
        mine.frame.consultation,
        mine.version,
        by=member_of(mine.frame),
        proposal=replace(form.checked_proposal(), language=mine.version.language),
    )


def _proposal_page(mine: OwnProposal, form: ProposalForm) -> str:
    session = writing() if request.method == "POST" else reading()
    form.offering(mine.frame, instruments.catalogue(session))
    return render_template("me/proposal.html", mine=mine, frame=mine.frame, form=form, draft=None, similar=())


def _password_changed(owner: Account, form: ChangePasswordForm) -> bool:
    if not form.validate():
        return False
    try:
        actions.change_password(writing(), owner, current=form.current.data or "", password=form.password.data or "")
    except Invalid as error:
        add_problems(form, error)
        return False
    return True


def _change_preferences(form: NameForm) -> None:
    actions.change_preferences(
        writing(),
        writing().get_one(Account, viewer().owner_id),
        display_name=form.display_name.data or "",
        language=form.language.data if form.language.data in available() else "",
        appearance=form.appearance.data if form.appearance.data in APPEARANCES else "auto",
    )


def _account_page(*, name: NameForm, password: ChangePasswordForm) -> str:
    page = people.my_data(reading() if not name.is_submitted() else writing(), viewer().owner_id)
    wrong = next((form for form in (name, password) if form.errors), None)
    return render_template("me/account.html", page=page, name_form=name, password_form=password, form=wrong)


def _name_form(owner: Account) -> NameForm:
    return NameForm(None, display_name=owner.display_name, language=owner.language, appearance=owner.appearance)
