"""The commenting sheet at the chair's desk: to take away, and to bring back."""

import base64
import binascii

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.importers import iso_sheet as importer
from app.importers.reading import UnreadableExport
from app.language import Message, _, ngettext
from app.queries import standards
from app.queries.consultations import Frame
from app.reports import iso_sheet
from app.web import limits
from app.web.access import role
from app.web.chairing import chair_of, chaired
from app.web.session import reading, writing
from app.web.standards import identifier
from app.web.telling import tell

blueprint = Blueprint("sheets", __name__, url_prefix="/chair/<slug>")
LONGEST_NAME = 80


@blueprint.get("/comments.xlsx")
@role("chair", "deputy")
@limits.limiter.limit(limits.EXPORTING)
def download(slug: str) -> Response:
    """The sheet of the consultation, or of one standard."""
    frame, number = chaired(slug), identifier(request.args.get("standard"))
    if number is not None:
        standards.find(reading(), frame, min(number, 2**31 - 1))
    content = iso_sheet.render(iso_sheet.lines(reading(), frame, number))
    response = Response(content, content_type=iso_sheet.MEDIA_TYPE)
    part = f"-{number}" if number is not None else ""
    response.headers["Content-Disposition"] = f'attachment; filename="comments-{slug}{part}.xlsx"'
    return response


@blueprint.get("/comments/import")
@role("chair", "deputy")
def show(slug: str) -> str:
    """Where a sheet is brought back."""
    return _page(chaired(slug))


@blueprint.post("/comments/import")
@role("chair", "deputy")
@limits.limiter.limit(limits.WRITING)
def bring(slug: str) -> ResponseReturnValue:
    """Show what a sheet would do; asked to, do it."""
    session, frame = writing(), chaired(slug)
    try:
        name, content = _sent()
        done = importer.store(session, frame.consultation, importer.read_sheet(content, name), by=chair_of(frame))
    except UnreadableExport as error:
        session.rollback()
        return _page(chaired(slug), error=error.message), 422
    if request.form.get("do") != "import":
        session.rollback()
        return _page(chaired(slug), done, name=name, kept=base64.b64encode(content).decode())
    session.commit()
    tell(ngettext("%(num)s comment is added.", "%(num)s comments are added.", done.added))
    return _page(chaired(slug), done, name=name) if done.skipped or done.kept else redirect(_table(slug), 303)


def _table(slug: str) -> str:
    return url_for("dispositions.table", slug=slug)


def _sent() -> tuple[str, bytes]:
    """The name and the content of the file that was sent, now or with the preview before.

    Raises:
        UnreadableExport: none was.
    """
    file = request.files.get("file")
    if file is not None and file.filename:
        return file.filename[:LONGEST_NAME], file.read()
    try:
        content = base64.b64decode(request.form.get("sheet", ""), validate=True)
    except (binascii.Error, ValueError) as error:
        raise UnreadableExport(_("Choose the file of the sheet.")) from error
    if not content:
        raise UnreadableExport(_("Choose the file of the sheet."))
    return request.form.get("name", "")[:LONGEST_NAME] or "sheet.xlsx", content


def _page(
    frame: Frame,
    done: importer.Done | None = None,
    *,
    name: str = "",
    kept: str = "",
    error: Message | None = None,
) -> str:
    return render_template("chair/sheet.html", frame=frame, done=done, name=name, kept=kept, error=error)
