"""What the files of the summary say, as one text."""

import html
import io
import zipfile
from contextlib import closing

import pypdfium2


def unpacked(rendered: bytes) -> str:
    """The text of a file; of an archive that of every part, of a PDF that of every page with single spaces."""
    if rendered.startswith(b"%PDF"):
        return " ".join(" ".join(pages(rendered)).split())
    if not rendered.startswith(b"PK"):
        return rendered.decode()
    with zipfile.ZipFile(io.BytesIO(rendered)) as archive:
        return "\n".join(html.unescape(archive.read(name).decode("utf-8", "replace")) for name in archive.namelist())


def pages(rendered: bytes) -> list[str]:
    """The text of each page of a PDF."""
    with closing(pypdfium2.PdfDocument(rendered)) as document:
        found = []
        for number in range(len(document)):
            with closing(document[number]) as page, closing(page.get_textpage()) as text:
                found.append(text.get_text_range())
        return found
