"""Style sheets know start and end, not left and right: Arabic reads the other way."""

import re
from pathlib import Path

import pytest

from tests.laws.sources import APP, hold, write

SIDES = r"(?:left|right)"
PHYSICAL = re.compile(
    rf"""(?<![-\w])(?:
        (?:margin|padding|border|scroll-margin|scroll-padding)-{SIDES}[\w-]*\s*:
      | border-(?:top|bottom)-{SIDES}-radius\s*:
      | {SIDES}\s*:
      | (?:text-align|float|clear|caption-side)\s*:\s*{SIDES}\b
    )""",
    re.VERBOSE,
)
FOUR = re.compile(r"(?<![-\w])(?:margin|padding|inset|border-width)\s*:\s*([^;{}()]+)[;}]")


def offences(folder: Path) -> list[str]:
    found = []
    for path in sorted(folder.rglob("*.css")):
        css = re.sub(r"/\*.*?\*/", lambda m: "\n" * m[0].count("\n"), path.read_text(encoding="utf-8"), flags=re.DOTALL)
        spots = list(PHYSICAL.finditer(css))
        spots += [m for m in FOUR.finditer(css) if len(v := m[1].split()) == 4 and v[1] != v[3]]
        for match in sorted(spots, key=lambda m: m.start()):
            line = css.count("\n", 0, match.start()) + 1
            found.append(f"{path.relative_to(folder)}:{line} {match[0].strip()}")
    return found


def test_style_sheets_know_no_left_and_right():
    hold(offences(APP / "static"))


WRONG = [
    "margin-left: 1px",
    "padding-right:0",
    "text-align: left",
    "left: 0",
    "border-top-left-radius: 1px",
    "margin: 0 1px 0 2px",
]
RIGHT = [
    "margin-inline-start: 1px",
    "text-align: start",
    "inset-inline: 0",
    "margin: 0 1px 0 1px",
    "--left: 1px",
    "color: x",
]


@pytest.mark.parametrize("rule", WRONG)
def test_the_law_bites(rule, tmp_path):
    assert len(offences(write(tmp_path, {"a.css": f"/* left: 0 */ p {{ {rule}; }}"}))) == 1


@pytest.mark.parametrize("rule", RIGHT)
def test_logical_properties_pass(rule, tmp_path):
    assert offences(write(tmp_path, {"a.css": f"p {{ {rule}; }}"})) == []
