"""The press: runs the typesetter here, or as a program of its own that gives its memory back when it is done.

As a program it reads a job as JSON and writes one file, or several with the length of each before it. It may import the
typesetter and the standard library alone.
"""

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).parent
FONTS = HERE.parent / "fonts"
LENGTH = 8
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


def _work(job: dict[str, Any]) -> bytes:
    return joined(drawn(**job)) if "dots" in job else printed(**job)


if __name__ == "__main__":
    try:
        sys.stdout.buffer.write(_work(json.load(sys.stdin.buffer)))
    except NotByStandard:
        sys.exit(NOT_BY_STANDARD)
