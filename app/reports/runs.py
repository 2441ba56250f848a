"""Stored runs of the summary as documents: packed by the worker, read back, with the words that may be read now."""

import io
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import IO

from sqlalchemy.orm import Session

from app import language
from app.models.summaries import SummaryRun
from app.queries import summaries
from app.queries.consultations import Frame
from app.reports import formats
from app.reports.campaigns_report import CampaignsShown
from app.reports.choice import Choice
from app.reports.copies import corrected
from app.reports.corrections import mended
from app.reports.document import Document, as_json
from app.reports.edition import Edition
from app.reports.gather import gather
from app.reports.reading import aside_of, document_from
from app.reports.still_public import public_for
from app.reports.writing import readable_json

LARGEST_CHUNK = 1024 * 1024
COMPRESSION = 6


@dataclass(frozen=True, slots=True)
class Opened:
    """A stored run: its document as it may be read now, how many texts went, the JSON as it was published, its number.

    `published` is None once a text has gone, because the document has another fingerprint then.
    """

    document: Document
    texts: int
    published: Mapping[str, object] | None
    number: int | None = None


def packed(document: Document) -> list[bytes]:
    """The document compressed, in pieces of at most a megabyte. Its comments are gone through one by one."""
    squeezer = zlib.compressobj(COMPRESSION)
    aside = json.dumps(aside_of(document), ensure_ascii=False)
    whole = io.BytesIO()
    for piece in chain(('{"document": ',), readable_json(document), (f', "aside": {aside}}}',)):
        whole.write(squeezer.compress(piece.encode()))
    whole.write(squeezer.flush())
    found = whole.getvalue()
    return [found[start : start + LARGEST_CHUNK] for start in range(0, len(found), LARGEST_CHUNK)]


def unpacked(chunks: Sequence[bytes]) -> tuple[Document, Mapping[str, object]]:
    """The document, and its JSON as it was published."""
    kept = json.loads(zlib.decompress(b"".join(chunks)))
    return document_from(kept["document"], kept["aside"]), kept["document"]


def opened(session: Session, frame: Frame, run: SummaryRun, live: Document | None = None) -> Opened:
    """What a run says, without any word that is not public now. `live` is the summary of now, if somebody has it.

    Where nothing changed since it was last compared, nothing is gathered.
    """
    stored, published = unpacked(summaries.chunks(session, run.id))
    same = run.checked_revision == frame.consultation.revision
    now, texts = (stored, 0) if same else compared(session, frame, stored, live)
    if not run.mended + texts:
        return Opened(now, 0, published, run.number)
    return Opened(corrected(now, stored, run.mended + texts), run.mended + texts, None, run.number)


def compared(session: Session, frame: Frame, stored: Document, live: Document | None = None) -> tuple[Document, int]:
    """The stored document with the words of now, and how many texts differ by that."""
    live = live or gather(session, frame, CampaignsShown(stored.campaigns.shown))
    return mended(stored, public_for(session, frame, stored, live))


def rendered(found: Opened, choice: Choice, name: str, *, spoken: str, address: str) -> bytes:
    """What was chosen of a run as a file, in memory; see `write`."""
    into = io.BytesIO()
    write(found, choice, name, into, spoken=spoken, address=address)
    return into.getvalue()


def write(found: Opened, choice: Choice, name: str, into: IO[bytes], *, spoken: str, address: str) -> None:
    """Write what was chosen of a run as a file; an untouched run gives the JSON of its day, whatever is added later.

    `spoken` is the language of the file, `address` where the site is.
    """
    published = found.published if name == "json" and choice.whole else None
    if published is not None and published != as_json(found.document):
        into.write((json.dumps(published, ensure_ascii=False, indent=1) + "\n").encode())
        return
    with language.speaking(spoken):
        formats.write(name, choice.applied(found.document), Edition(address, choice.sections, found.number), into)
