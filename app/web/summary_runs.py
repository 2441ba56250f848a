"""Stored versions of the summary: asked for by the team, cited by their number, compared, and handed out as files."""

from typing import IO

from flask import (
    Blueprint,
    Response,
    current_app,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from app.actions import summaries as actions
from app.actions.summary_obstacles import why_not_ask
from app.errors import NotFound
from app.language import _, language
from app.models.summaries import SummaryRun
from app.queries import summaries as queries
from app.queries.consultations import Frame
from app.reports import runs
from app.reports.changes import changes
from app.reports.choice import Choice, kept_choice
from app.reports.copies import part_in
from app.reports.document import Document
from app.reports.formats import FORMATS
from app.reports.gather import gather
from app.rules.summaries import why_not_make_summary
from app.rules.words import RUN_ERRORS, RUN_STEPS
from app.web import limits
from app.web.access import public, signed_in
from app.web.addresses import LARGEST_SMALL
from app.web.choosing import asked_for, asks_for_parts, offered
from app.web.sending import sent
from app.web.session import framed, reading, viewer, writing
from app.web.telling import tell

blueprint = Blueprint("summary_runs", __name__, url_prefix="/consultations/<slug>/summary")
FILES = {**{kind.EXTENSION: name for name, kind in FORMATS.items()}, **{name: name for name in FORMATS}}
"""Formats by what stands at the end of an address."""


@blueprint.get("/runs")
@public
def listing(slug: str) -> str:
    """The versions, the latest first, and the form that asks for one."""
    frame = framed(slug)
    before = request.args.get("before", LARGEST_SMALL, type=int)
    why_not_now = why_not_ask(reading(), frame.consultation)
    page = queries.runs(reading(), frame, before=min(max(before, 0), LARGEST_SMALL), why_not_now=why_not_now)
    return render_template("summary/runs.html", frame=frame, page=page, **offered(frame, asked_for(frame)))


@blueprint.post("/runs")
@signed_in
@limits.limiter.limit(limits.WRITING)
def ask(slug: str) -> ResponseReturnValue:
    """Have a version stored."""
    session, frame = writing(), framed(slug)
    parameters = {**asked_for(frame).parameters(), "language": language()}
    by, administrator = frame.membership, viewer().administrator
    run = actions.ask(session, frame.consultation, by=by, administrator=administrator, parameters=parameters)
    session.commit()
    tell(_("The version is being made. This page says how far it has come."))
    return redirect(url_for("summary_runs.show", slug=slug, run=run.number), 303)


@blueprint.get("/runs/<number:run>")
@public
@limits.limiter.limit(limits.EXPORTING)
def show(slug: str, run: int) -> str:
    """One version: how to cite it, its files, what was taken out since; or how far it has come."""
    frame = framed(slug)
    line = queries.run(reading(), frame, run)
    opened = runs.opened(reading(), frame, line.run) if line.done else None
    choice = _of_run(frame, line.run)
    page = {"line": line, "opened": opened, "left_out": part_in(choice.applied(opened.document)) if opened else None}
    return render_template("summary/run.html", frame=frame, **page, **_words(frame, run), **offered(frame, choice))


@blueprint.get("/runs/<number:run>/progress.json")
@public
def progress(slug: str, run: int) -> Response:
    """How far a version has come, for its page."""
    line = queries.run(reading(), framed(slug), run)
    sentence = RUN_ERRORS[line.run.error] if line.run.error else RUN_STEPS[line.run.step]
    return jsonify(state=line.run.state.value, percent=line.percent, sentence=str(sentence))


@blueprint.post("/runs/<number:run>/again")
@signed_in
@limits.limiter.limit(limits.WRITING)
def again(slug: str, run: int) -> ResponseReturnValue:
    """Begin a version anew that could not be made."""
    session, frame = writing(), framed(slug)
    by, administrator = frame.membership, viewer().administrator
    actions.try_again(session, frame.consultation, run, by=by, administrator=administrator)
    session.commit()
    return redirect(url_for("summary_runs.show", slug=slug, run=run), 303)


@blueprint.get("/runs/<number:run>.<name>")
@public
@limits.limiter.limit(limits.EXPORTING)
def download(slug: str, run: int, name: str) -> Response:
    """A version as a file, in the language in which it was asked for."""
    if name not in FILES:
        raise NotFound
    frame = framed(slug)
    stored = queries.readable(reading(), frame, run)
    kind, found, choice = FORMATS[FILES[name]], runs.opened(reading(), frame, stored), _of_run(frame, stored)
    spoken = str(stored.parameters["language"])

    def write(into: IO[bytes]) -> None:
        runs.write(found, choice, FILES[name], into, spoken=spoken, address=_address())

    return sent(write, kind.MEDIA_TYPE, f"summary-{slug}-{run}.{kind.EXTENSION}")


@blueprint.get("/changes")
@public
@limits.limiter.limit(limits.EXPORTING)
def compare(slug: str) -> str:
    """What changed between two versions, or between one and now."""
    frame = framed(slug)
    numbers = queries.numbers(reading(), frame)
    before = request.args.get("from", numbers[-1] if numbers else 0, type=int)
    after = request.args.get("to", "now", type=str)
    live = gather(reading(), frame)
    found = changes(_document(frame, before, live), _document(frame, after, live)) if numbers else None
    known = {"numbers": numbers, "before": before, "after": after}
    return render_template("summary/changes.html", frame=frame, changes=found, **known)


def _document(frame: Frame, wanted: int | str, live: Document) -> Document:
    """A stored version with the words of now, or the summary as it is now."""
    if wanted == "now":
        return live
    number = int(wanted) if str(wanted).isdecimal() else 0
    stored = queries.readable(reading(), frame, min(number, LARGEST_SMALL))
    return runs.opened(reading(), frame, stored, live).document


def _words(frame: Frame, run: int) -> dict[str, object]:
    """What the page of a version needs beside it."""
    address = url_for("summary_runs.show", slug=frame.consultation.slug, run=run)
    return {
        "address": f"{_address()}{address}",
        "formats": FORMATS,
        "may_make": why_not_make_summary(frame.membership, administrator=frame.viewer.administrator) is None,
    }


def _address() -> str:
    """Where the site is."""
    return str(current_app.config["BASE_URL"]).rstrip("/")


def _of_run(frame: Frame, run: SummaryRun) -> Choice:
    """What is asked for of a version; without a question, what was asked for when it was made."""
    return asked_for(frame) if asks_for_parts() else kept_choice(run.parameters)
