"""Joining, signing in and out, new passwords, proving an address."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.actions import people as actions
from app.errors import Invalid, NotFound, require
from app.language import _, language
from app.models.people import Purpose
from app.queries import consultations, people
from app.queries.consultations import Frame
from app.web import limits
from app.web.access import public
from app.web.forms import add_problems
from app.web.forms.people import AskResetForm, JoinSiteForm, NewPasswordForm, SignInForm
from app.web.joining import take_part
from app.web.origin import local_path
from app.web.session import forget, reading, remember, viewer, writing
from app.web.telling import tell

blueprint = Blueprint("people", __name__)
WELCOME = _(
    "Welcome. You can comment now. Confirm your address with the link that we mailed, so that your positions count."
)


@blueprint.get("/join")
@public
def join_form() -> ResponseReturnValue:
    """The form of joining."""
    slug = request.args.get("consultation")
    if slug is None and not consultations.home(reading(), viewer()).open:
        return render_template("people/nothing_open.html")
    frame = consultations.joinable(reading(), viewer(), slug)
    if viewer().account_id is not None:
        return redirect(url_for("consultations.join_form", slug=frame.consultation.slug), 303)
    require(consultations.why_not_join_now(frame))
    form = JoinSiteForm(consultation=frame.consultation.slug).offering(frame)
    return render_template("people/join.html", frame=frame, form=form)


@blueprint.post("/join")
@public
@limits.limiter.limit(limits.JOINING)
def join() -> ResponseReturnValue:
    """Make an account and take part at once; positions count when the address is proved."""
    slug = request.form.get("consultation") or None
    frame = consultations.joinable(writing(), viewer(), slug)
    form = JoinSiteForm().offering(frame)
    token = _join(frame, form) if form.validate() else None
    if token is None:
        writing().rollback()
        frame = consultations.joinable(writing(), viewer(), slug)
        return render_template("people/join.html", frame=frame, form=form), 422
    writing().commit()
    remember(token)
    tell(WELCOME)
    return redirect(url_for("consultations.show", slug=frame.consultation.slug), 303)


@blueprint.get("/signin")
@public
def sign_in() -> ResponseReturnValue:
    """The form of signing in."""
    if viewer().account_id is not None:
        return redirect(local_path(request.args.get("next")), 303)
    return render_template("people/sign_in.html", form=SignInForm(next=request.args.get("next", "")))


@blueprint.post("/signin")
@public
@limits.limiter.limit(limits.SIGNING_IN)
@limits.limiter.limit(limits.SIGNING_IN_AS_ONE, key_func=limits.address_tried_from_here)
@limits.limiter.limit(limits.SIGNING_IN_AS_ONE_FROM_ANYWHERE, key_func=limits.address_tried)
def start() -> ResponseReturnValue:
    """Sign in and go back to where one came from."""
    form = SignInForm()
    if not form.validate():
        return render_template("people/sign_in.html", form=form), 422
    try:
        _account, token = actions.sign_in(writing(), email=form.email.data or "", password=form.password.data or "")
    except Invalid as error:
        add_problems(form, error)
        return render_template("people/sign_in.html", form=form), 422
    writing().commit()
    remember(token)
    return redirect(local_path(form.next.data), 303)


@blueprint.post("/signout")
@public
def sign_out() -> ResponseReturnValue:
    """End this browser's session, on the server too."""
    token = forget()
    if token is not None:
        actions.sign_out(writing(), token)
        writing().commit()
    response = redirect("/", 303)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@blueprint.get("/reset-password")
@public
def ask_reset_form() -> str:
    """Ask where to send the link."""
    return render_template("people/ask_reset.html", form=AskResetForm(), sent=False)


@blueprint.post("/reset-password")
@public
@limits.limiter.limit(limits.MAILING, key_func=limits.address_tried)
def ask_reset() -> ResponseReturnValue:
    """Mail a link, if there is such an account; the answer is the same either way."""
    form = AskResetForm()
    if not form.validate():
        return render_template("people/ask_reset.html", form=form, sent=False), 422
    actions.ask_for_reset(writing(), email=form.email.data or "")
    writing().commit()
    return render_template("people/ask_reset.html", form=form, sent=True)


@blueprint.get("/reset-password/<token>")
@public
def new_password_form(token: str) -> ResponseReturnValue:
    """Ask for the new password."""
    if not people.link_works(reading(), actions.token_hash(token), Purpose.RESET_PASSWORD):
        return render_template("people/link_over.html"), 404
    return render_template("people/new_password.html", form=NewPasswordForm(), token=token)


@blueprint.post("/reset-password/<token>")
@public
@limits.limiter.limit(limits.SIGNING_IN)
def new_password(token: str) -> ResponseReturnValue:
    """Set the new password; the link works once."""
    form = NewPasswordForm()
    if not form.validate():
        return render_template("people/new_password.html", form=form, token=token), 422
    try:
        actions.set_new_password(writing(), token=token, password=form.password.data or "")
    except Invalid as error:
        add_problems(form, error)
        return render_template("people/new_password.html", form=form, token=token), 422
    except NotFound:
        return render_template("people/link_over.html"), 404
    writing().commit()
    tell(_("Your new password is set. Sign in with it."))
    return redirect(url_for("people.sign_in"), 303)


@blueprint.get("/prove-address/<token>")
@public
def prove_form(token: str) -> ResponseReturnValue:
    """One button, so that a mail scanner that opens the link proves nothing."""
    if not people.link_works(reading(), actions.token_hash(token), Purpose.PROVE_ADDRESS):
        return render_template("people/link_over.html"), 404
    return render_template("people/prove_address.html", token=token)


@blueprint.post("/prove-address/<token>")
@public
@limits.limiter.limit(limits.SIGNING_IN)
def prove(token: str) -> ResponseReturnValue:
    """Prove an address: from now on positions count."""
    try:
        actions.prove_address(writing(), token=token)
    except NotFound:
        return render_template("people/link_over.html"), 404
    writing().commit()
    tell(_("Your address is confirmed. Your positions count."))
    return redirect(url_for("me.contributions" if viewer().account_id else "people.sign_in"), 303)


def _join(frame: Frame, form: JoinSiteForm) -> str | None:
    """The token of the new person's browser, or None when something has to be changed first."""
    try:
        account = actions.create_account(
            writing(),
            email=form.email.data or "",
            password=form.password.data or "",
            display_name=form.display_name.data or "",
            language=language(),
        )
        take_part(frame, form, account)
    except Invalid as error:
        add_problems(form, error)
        return None
    return actions.start_sign_in(writing(), account)
