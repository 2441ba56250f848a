"""The press: runs the typesetter here, or as a program of its own that gives its memory back when it is done.

As a program it reads a job, which is a line of JSON and then the data, and writes one file, or several with the length
of each before it. It may import the typesetter and the standard library alone.
"""

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).parent
FONTS = HERE.parent / "fonts"
LENGTH = 8
BLANK = b""
PAUSE = 0.008
"""Seconds between two blank pages: shorter takes longer, longer takes more memory."""
SET = 0
NOT_BY_STANDARD = 3
_NO_LETTER = ("could not be displayed", "missing codepoints")


class NotByStandard(Exception):
    """Letters meet that no font joins, which the standards for accessible and for lasting files do not allow."""


def printed(template: str, data: str, standards: list[str], made_at: int) -> bytes:
    """A PDF from a template of this folder and its data in JSON, with our fonts and no others.

    Raises:
        NotByStandard: the standards cannot be kept.
    """
    try:
        made = _compiled(template, data, {"format": "pdf", "pdf_standards": standards, "timestamp": made_at})
    except typst.TypstError as error:
        if any(words in error.diagnostic for words in _NO_LETTER):
            raise NotByStandard from error
        raise
    assert isinstance(made, bytes)
    return made


def drawn(template: str, data: str, dots: float) -> list[bytes]:
    """Each page as PNG, with so many dots to an inch."""
    made = _compiled(template, data, {"format": "png", "ppi": dots})
    return made if isinstance(made, list) else [made]


def _compiled(template: str, data: str, how: dict[str, Any]) -> Any:
    return typst.compile(HERE / template, root=HERE, font_paths=_fonts(), sys_inputs={"data": data}, **how)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def joined(files: list[bytes]) -> bytes:
    """Several files as one: before each its length in eight bytes, the highest first."""
    return b"".join(len(one).to_bytes(LENGTH, "big") + one for one in files)


def parted(whole: bytes) -> list[bytes]:
    """The files that were joined."""
    found, place = [], 0
    while place < len(whole):
        start = place + LENGTH
        place = start + int.from_bytes(whole[place:start], "big")
        found.append(whole[start:place])
    return found


@contextmanager
def _forgetting() -> Iterator[None]:
    """Meanwhile the typesetter forgets: it keeps what it measured until ten settings have not asked for it.

    A blank page is such a setting. What comes out is the same; some is measured again, and less is held.
    """
    done = threading.Event()

    def blank_pages() -> None:
        while not done.wait(PAUSE):
            typst.compile(BLANK, font_paths=_fonts(), format="pdf")

    turning = threading.Thread(target=blank_pages)
    turning.start()
    try:
        yield
    finally:
        done.set()
        turning.join()


def _work(job: dict[str, Any], data: str) -> bytes:
    with _forgetting():
        return joined(drawn(data=data, **job)) if "dots" in job else printed(data=data, **job)


if __name__ == "__main__":
    try:
        asked = json.loads(sys.stdin.buffer.readline())
        sys.stdout.buffer.write(_work(asked, sys.stdin.buffer.read().decode()))
    except NotByStandard:
        sys.exit(NOT_BY_STANDARD)
