"""Setting a report, and drawing its pictures, with our fonts."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.reports.blocks import Picture
from app.reports.formats import press
from app.reports.glyphs import shown

ALWAYS = datetime(1980, 1, 1, tzinfo=UTC)
"""When a file was made that rests on nothing with a date: the same data give the same bytes."""
STANDARDS = ["ua-1", "a-2a"]
SMALL = 200_000
"""Data up to so many characters are set here; setting more takes memory that only the end of a process gives back."""
AT_ONCE = 400
"""So many pictures are drawn together; more are drawn apart, by turns, which bounds the memory that it takes."""
LONGEST = 300
"""Seconds after which a large report is given up."""
_INCH = 96  # units of a picture
_SMALL_HEAP = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": "131072",
    "MALLOC_TRIM_THRESHOLD_": "131072",
    "RAYON_NUM_THREADS": "2",
}
"""For the press as a program: one heap that gives back at once, and two threads, one of which may forget."""
_FAMILY = re.compile(r"""font-family=(["'])sans-serif\1""")


def moment(as_of: str | None) -> datetime | None:
    """The hour that a document names as the one it rests on."""
    return datetime.strptime(as_of, "%Y-%m-%dT%HZ").replace(tzinfo=UTC) if as_of else None


def pdf(template: str, data: Mapping[str, object], created: datetime | None) -> bytes:
    """A tagged PDF by PDF/UA-1 and PDF/A-2a; without their mark where letters meet that no font joins."""
    written = json.dumps(data, ensure_ascii=False)
    setting = _here if len(written) <= SMALL else _apart
    made_at = int((created or ALWAYS).timestamp())
    try:
        return setting(template, written, STANDARDS, made_at)
    except press.NotByStandard:
        return setting(template, written, [], made_at)


def images(pictures: Sequence[Picture], *, dots: int) -> list[bytes]:
    """Each picture as PNG, `dots` to a unit of its size."""
    found: list[bytes] = []
    for start in range(0, len(pictures), AT_ONCE):
        some = pictures[start : start + AT_ONCE]
        drawings = [{"svg": svg_of(one), "width": one.width, "height": one.height} for one in some]
        data, scale = json.dumps(drawings, ensure_ascii=False), _INCH * dots
        if len(pictures) <= AT_ONCE:
            found += press.drawn("pictures.typ", data, scale)
        else:
            found += press.parted(_run({"template": "pictures.typ", "dots": scale}, data))
    return found


def svg_of(picture: Picture) -> str:
    """The drawing with the fonts that we have."""
    return _FAMILY.sub('font-family="Noto Sans"', shown(picture.svg))


_here = press.printed


def _apart(template: str, data: str, standards: list[str], made_at: int) -> bytes:
    return _run({"template": template, "standards": standards, "made_at": made_at}, data)


def _run(job: Mapping[str, Any], data: str) -> bytes:
    """What the press makes of a job as a program of its own."""
    done = subprocess.run(  # noqa: S603 - our own program; what people wrote goes in as its input
        [sys.executable, "-I", Path(press.__file__)],
        input=f"{json.dumps(job)}\n{data}".encode(),
        env=os.environ | _SMALL_HEAP,
        capture_output=True,
        timeout=LONGEST,
        check=False,
    )
    if done.returncode == press.NOT_BY_STANDARD:
        raise press.NotByStandard
    if done.returncode != press.SET:
        raise RuntimeError(f"The typesetter stopped: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout
