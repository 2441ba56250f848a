"""The chair's side of the register: entering a promise, another wording, and what a panel found."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.actions import commitments as actions
from app.errors import Invalid, Refused
from app.language import _
from app.queries import commitments
from app.queries.commitments import PromisePage
from app.queries.consultations import Frame
from app.web import limits
from app.web.access import role
from app.web.chairing import chair_of, chaired
from app.web.forms import again
from app.web.forms.commitments import FindingForm, PromiseForm, RewordForm, wording_fields
from app.web.session import reading, writing
from app.web.telling import tell

blueprint = Blueprint("promises", __name__, url_prefix="/chair/<slug>/commitments")
LEADING = ("chair", "deputy")


@blueprint.get("/new")
@role(*LEADING)
def new(slug: str) -> str:
    """The form of a promise."""
    return _promise_page(chaired(slug), PromiseForm())


@blueprint.post("/new")
@role(*LEADING)
@limits.limiter.limit(limits.WRITING)
def enter(slug: str) -> ResponseReturnValue:
    """Enter a promise."""
    session = writing()
    frame, form = chaired(slug), PromiseForm()
    try:
        reference = _enter(frame, form)
    except (Invalid, Refused) as error:
        return again(error, form, lambda: _promise_page(frame, form))
    session.commit()
    tell(_("The promise is in the register. It is under review until a panel has met."))
    return redirect(url_for("commitments.show", slug=slug, reference=reference), 303)


@blueprint.get("/<reference>/wording")
@role(*LEADING)
def wording(slug: str, reference: str) -> str:
    """The form of another wording."""
    page = commitments.page(reading(), chaired(slug), reference)
    numbers = [standard.number for standard in page.line.standards]
    return _wording_page(page, RewordForm(None, data=wording_fields(page.line.commitment, numbers)))


@blueprint.post("/<reference>/wording")
@role(*LEADING)
@limits.limiter.limit(limits.WRITING)
def reword(slug: str, reference: str) -> ResponseReturnValue:
    """Word a promise differently; the earlier words stay beside the new ones."""
    session = writing()
    page, form = commitments.page(session, chaired(slug), reference), RewordForm()
    try:
        _reword(page, form)
    except (Invalid, Refused) as error:
        return again(error, form, lambda: _wording_page(page, form))
    session.commit()
    tell(_("The new words are in the register, beside the earlier ones."))
    return redirect(url_for("commitments.show", slug=slug, reference=reference), 303)


@blueprint.get("/<reference>/finding")
@role(*LEADING)
def finding(slug: str, reference: str) -> str:
    """The form of a finding."""
    page = commitments.page(reading(), chaired(slug), reference)
    return _finding_page(page, FindingForm(None, state=page.line.commitment.state.value))


@blueprint.post("/<reference>/finding")
@role(*LEADING)
@limits.limiter.limit(limits.WRITING)
def find(slug: str, reference: str) -> ResponseReturnValue:
    """Write down what a panel found."""
    session = writing()
    page, form = commitments.page(session, chaired(slug), reference), FindingForm()
    try:
        _find(page, form)
    except (Invalid, Refused) as error:
        return again(error, form, lambda: _finding_page(page, form))
    session.commit()
    tell(_("The finding is published, with the reasons and the company's answer."))
    return redirect(url_for("commitments.show", slug=slug, reference=reference), 303)


def _enter(frame: Frame, form: PromiseForm) -> str:
    form.offering(commitments.standards_to_link(writing(), frame))
    commitment = actions.register(writing(), frame.consultation, form.entered(), by=chair_of(frame))
    actions.link(writing(), frame.consultation, commitment, form.numbers())
    return commitment.reference


def _reword(page: PromisePage, form: RewordForm) -> None:
    """Other words need a reason; only other links to standards need none."""
    frame, commitment = page.frame, page.line.commitment
    form.offering(commitments.standards_to_link(writing(), frame))
    wording, numbers = form.wording(), form.numbers()
    before = {name: getattr(commitment, name) for name in wording.__dataclass_fields__}
    if before != {name: getattr(wording, name) for name in before} or form.why.data:
        why = form.why.data or ""
        actions.reword(writing(), frame.consultation, commitment, by=chair_of(frame), new=wording, why=why)
    actions.link(writing(), frame.consultation, commitment, numbers)


def _find(page: PromisePage, form: FindingForm) -> None:
    actions.find(
        writing(),
        page.frame.consultation,
        page.line.commitment,
        by=chair_of(page.frame),
        state=form.chosen_state(),
        reasons=form.reasons.data or "",
        company_answer=form.company_answer.data or "",
        panel=form.names(),
    )


def _promise_page(frame: Frame, form: PromiseForm) -> str:
    session = writing() if request.method == "POST" else reading()
    form.offering(commitments.standards_to_link(session, frame))
    return render_template("commitments/promise.html", frame=frame, form=form)


def _wording_page(page: PromisePage, form: RewordForm) -> str:
    session = writing() if request.method == "POST" else reading()
    form.offering(commitments.standards_to_link(session, page.frame))
    return render_template("commitments/wording.html", frame=page.frame, page=page, form=form)


def _finding_page(page: PromisePage, form: FindingForm) -> str:
    return render_template("commitments/finding.html", frame=page.frame, page=page, form=form)
