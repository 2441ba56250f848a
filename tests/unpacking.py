"""What the files of the summary say, as one text."""

import html
import io
import zipfile

from pypdf import PdfReader


def unpacked(rendered: bytes) -> str:
    """The text of a file; of an archive that of every part, of a PDF that of every page with single spaces."""
    if rendered.startswith(b"%PDF"):
        pages = PdfReader(io.BytesIO(rendered)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())
    if not rendered.startswith(b"PK"):
        return rendered.decode()
    with zipfile.ZipFile(io.BytesIO(rendered)) as archive:
        return "\n".join(html.unescape(archive.read(name).decode("utf-8", "replace")) for name in archive.namelist())
