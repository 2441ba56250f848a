"""The team of a consultation: inviting, withdrawing, taking roles back; and the page behind the link of a letter."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.actions import invitations as actions
from app.actions.people import create_account, start_sign_in, token_hash
from app.errors import Invalid, NotFound, Refused
from app.language import _, language
from app.models.consultations import Consultation, Identity, Membership
from app.models.invitations import Invitation
from app.models.people import Account
from app.queries import team
from app.queries.consultations import Frame
from app.queries.team import InvitationPage
from app.web import limits
from app.web.access import public, role
from app.web.chairing import chair_of, chaired
from app.web.forms import again
from app.web.forms.consultations import JoinForm
from app.web.forms.people import JoinSiteForm
from app.web.forms.team import InviteForm
from app.web.session import reading, remember, viewer, writing
from app.web.telling import tell

blueprint = Blueprint("team", __name__)
LEADING = ("chair", "deputy")


@blueprint.get("/chair/<slug>/team")
@role(*LEADING)
def show(slug: str) -> str:
    """Who has which role, and who was asked."""
    return _team_page(chaired(slug), InviteForm(None, language=language()))


@blueprint.post("/chair/<slug>/team")
@role(*LEADING)
@limits.limiter.limit(limits.INVITING)
def invite(slug: str) -> ResponseReturnValue:
    """Ask somebody to take on a role."""
    session = writing()
    frame, form = chaired(slug), InviteForm()
    try:
        _invite(frame, form)
    except (Invalid, Refused) as error:
        return again(error, form, lambda: _team_page(frame, form))
    session.commit()
    tell(_("The letter is on its way. Its link works for 14 days."))
    return redirect(url_for("team.show", slug=slug), 303)


@blueprint.post("/chair/<slug>/team/invitations/<int:number>/withdraw")
@role(*LEADING)
@limits.limiter.limit(limits.WRITING)
def withdraw(slug: str, number: int) -> ResponseReturnValue:
    """Take an invitation back."""
    session = writing()
    frame = chaired(slug)
    invitation = actions.find(session, frame.consultation.id, number)
    actions.withdraw(session, frame.consultation, invitation, by=chair_of(frame))
    session.commit()
    tell(_("The invitation is withdrawn. Its link no longer works."))
    return redirect(url_for("team.show", slug=slug), 303)


@blueprint.post("/chair/<slug>/team/<int:member>/take-back")
@role(*LEADING)
@limits.limiter.limit(limits.WRITING)
def take_back(slug: str, member: int) -> ResponseReturnValue:
    """Take a role back."""
    session = writing()
    frame = chaired(slug)
    membership = session.get(Membership, member)
    if membership is None or membership.consultation_id != frame.consultation.id:
        raise NotFound
    actions.take_back(session, frame.consultation, membership, by=chair_of(frame))
    session.commit()
    tell(_("The role is taken back."))
    if membership.id == frame.membership_id:
        return redirect(url_for("consultations.home"), 303)
    return redirect(url_for("team.show", slug=slug), 303)


@blueprint.get("/invitations/<token>")
@public
def invitation(token: str) -> ResponseReturnValue:
    """What one is asked to do, and the form of accepting."""
    try:
        page = team.invitation_page(reading(), viewer(), token_hash(token))
    except NotFound:
        return render_template("people/invitation_over.html"), 404
    return _invitation_page(page, _form_for(page), token)


@blueprint.post("/invitations/<token>")
@public
@limits.limiter.limit(limits.JOINING)
def accept(token: str) -> ResponseReturnValue:
    """Take on the role: as a member, as somebody with an account, or as somebody new."""
    session = writing()
    page = team.invitation_page(session, viewer(), token_hash(token))
    form = _form_for(page)
    if page.frame.membership is None and not form.validate():
        return _invitation_page(page, form, token), 422
    try:
        browser = _accept(page, form)
    except Invalid as error:
        session.rollback()
        fresh = team.invitation_page(session, viewer(), token_hash(token))
        return again(error, form, lambda: _invitation_page(fresh, form, token))
    session.commit()
    return _welcome(page, browser)


def _invite(frame: Frame, form: InviteForm) -> None:
    actions.invite(
        writing(),
        frame.consultation,
        by=chair_of(frame),
        role=form.chosen_role(),
        name=form.name.data or "",
        email=form.email.data or "",
        language=form.language.data or "",
    )


def _accept(page: InvitationPage, form: JoinForm) -> str | None:
    """Accept; returns the token of the browser of somebody new."""
    session = writing()
    if isinstance(form, JoinSiteForm):
        account = create_account(
            session,
            email=form.email.data or "",
            password=form.password.data or "",
            display_name=form.display_name.data or "",
            language=language(),
        )
    else:
        account = session.get_one(Account, viewer().owner_id)
    actions.accept(
        session,
        session.get_one(Consultation, page.frame.consultation.id),
        session.get_one(Invitation, page.invitation_id),
        account=account,
        display_name=form.display_name.data or "",
        group_key=form.stakeholder_group.data or "",
        identity=Identity(form.identity.data) if form.identity.data in set(Identity) else Identity.PSEUDONYM,
        organisation=form.organisation.data or "",
    )
    return start_sign_in(session, account) if isinstance(form, JoinSiteForm) else None


def _welcome(page: InvitationPage, browser: str | None) -> ResponseReturnValue:
    if browser is not None:
        remember(browser)
    tell(_("Thank you. You can begin."))
    return redirect(url_for("consultations.show", slug=page.frame.consultation.slug), 303)


def _form_for(page: InvitationPage) -> JoinForm:
    """Somebody without an account makes one by the way."""
    form = JoinSiteForm if viewer().account_id is None else JoinForm
    if request.method == "POST":
        return form().offering(page.frame)
    return form(None, display_name=viewer().display_name).offering(page.frame)


def _team_page(frame: Frame, form: InviteForm) -> str:
    page = team.team(writing() if request.method == "POST" else reading(), frame)
    return render_template("chair/team.html", frame=frame, page=page, form=form.offering(page))


def _invitation_page(page: InvitationPage, form: JoinForm, token: str) -> str:
    new = isinstance(form, JoinSiteForm)
    return render_template("people/invitation.html", page=page, frame=page.frame, form=form, token=token, new=new)
