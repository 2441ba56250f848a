"""The fonts of the reports: what they can show, and what to do with a sign that none of them has."""

import re
import unicodedata
from functools import cache
from pathlib import Path

_COVERAGE = Path(__file__).parent / "fonts" / "coverage.txt"
BOX = "□"
"""Stands for a sign that no font has: a reader sees that something is there."""
_PLAIN = re.compile("[\n -~\u00a0-\u02ff\u0400-\u052f]*")
ZERO_WIDTH_SPACE = "\u200b"
# Scripts that are broken at spaces alone; others have rules of their own, which the typesetter knows.
_ENDLESS = re.compile("[!-~\u00a1-\u052f]{20}(?=[0-9A-Za-z\u00c0-\u052f])")
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Mn", "Me"))
# Scripts whose letters change with their neighbours.
_SHAPED = re.compile("[\u0590-\u10ff\u1200-\u139f\u1700-\u1cff\ua800-\uabff\ufb1d-\ufdff\ufe70-\ufeff]")


def shown(text: str) -> str:
    """The text with a box for each sign that no font has; marks and controls that no font has are left out."""
    return text if _PLAIN.fullmatch(text) else text.translate(_SIGNS)


def breakable(text: str) -> str:
    """What people wrote, as it is shown, where a word that is longer than a narrow column may be broken unseen."""
    return _ENDLESS.sub(f"\\g<0>{ZERO_WIDTH_SPACE}", shown(text))


def is_shaped(text: str) -> bool:
    """Whether the text has letters of scripts such as Arabic or Devanagari, which are not set one by one."""
    return _SHAPED.search(text) is not None


class _Signs(dict[int, str]):
    """What stands for a sign: itself, a box, or nothing."""

    def __missing__(self, sign: int) -> str:
        kind = unicodedata.category(chr(sign))
        stands = chr(sign) if sign in _covered() else "" if kind in _UNSEEN else BOX
        self[sign] = stands
        return stands


_SIGNS = _Signs({ord("\n"): "\n", ord("\r"): "\n", ord("\t"): " "})


@cache
def _covered() -> frozenset[int]:
    lines = _COVERAGE.read_text(encoding="ascii").split("\n")
    spans = (line.split() for line in lines if line)
    return frozenset(sign for first, last in spans for sign in range(int(first, 16), int(last, 16) + 1))
