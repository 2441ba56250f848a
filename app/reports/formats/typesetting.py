"""The typesetter: a template with its data in, a file out. It knows our fonts and no others."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from app.reports.blocks import Picture
from app.reports.glyphs import FONTS, shown

HERE = Path(__file__).parent
ALWAYS = datetime(1980, 1, 1, tzinfo=UTC)
"""When a file was made that rests on nothing with a date: the same data give the same bytes."""
STANDARDS = ("ua-1", "a-2a")
_FAMILY = re.compile(r"""font-family=(["'])sans-serif\1""")


def pdf(template: str, data: Mapping[str, object], created: datetime | None) -> bytes:
    """A tagged PDF, by PDF/UA-1 and PDF/A-2a.

    Where letters meet that no font joins, those two standards cannot be kept; then the file goes without their mark.
    """
    try:
        return _pdf(template, data, created, STANDARDS)
    except typst.TypstError as error:
        if "could not be displayed" not in error.diagnostic and "missing codepoints" not in error.diagnostic:
            raise
        return _pdf(template, data, created, ())


def images(pictures: Sequence[Picture], *, dots: int) -> list[bytes]:
    """Each picture as PNG, `dots` to a unit of its size."""
    if not pictures:
        return []
    data = [{"svg": svg_of(one), "width": one.width, "height": one.height} for one in pictures]
    made = _compiled("pictures.typ", data, format="png", ppi=96 * dots)
    return made if isinstance(made, list) else [made]


def svg_of(picture: Picture) -> str:
    """The drawing with the fonts that we have."""
    return _FAMILY.sub('font-family="Noto Sans"', shown(picture.svg))


def _pdf(template: str, data: object, created: datetime | None, standards: Sequence[str]) -> bytes:
    made = _compiled(template, data, format="pdf", timestamp=created or ALWAYS, pdf_standards=list(standards))
    assert isinstance(made, bytes)
    return made


def _compiled(template: str, data: object, **how: Any) -> bytes | list[bytes]:
    return typst.compile(
        HERE / template,
        root=HERE,
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        **how,
    )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
