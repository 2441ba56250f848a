"""The files of the demonstration, read once."""

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "content"


@cache
def part(name: str) -> Any:
    """What `content/<name>.json` holds."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def written(name: str) -> Any:
    """One part of what was written for the demonstration itself."""
    return part("written")[name]


def clause_number(clause: str) -> str:
    """The number that the platform gives: clause 2.3 of the content is clause 3 of standard 2."""
    return clause.rpartition(".")[2]
