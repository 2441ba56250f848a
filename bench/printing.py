"""How long a large report takes to print, and how much memory: `python -m bench.printing`.

The report has a section for each standard, with a table of 14 groups, a bar in each row, and ten quotations.
"""

import argparse
import multiprocessing
import resource
import time

from app.reports.blocks import (
    Clauses,
    Facts,
    Figure,
    Grid,
    Head,
    Heading,
    Picture,
    Quotation,
    Report,
    Section,
    Side,
    Sides,
    State,
    Text,
    theirs,
    words,
)
from app.reports.formats import docx, pdf

STANDARDS, GROUPS, REASONS, DIFFERENT = 120, 14, 5, 5
SAID = (
    ("en", "A face match is a lead and never a ground for arrest. A person decides, and those affected are heard. "),
    ("ar", "التعرّف على الوجه ليس سببًا للاعتقال؛ يجب أن يقرّر إنسان، وأن يُسمع المتضرّرون أولًا. "),
    ("zh", "人脸匹配只是线索，绝不是逮捕的理由；必须由人来决定，并且首先听取受影响者的意见。"),
    ("fr", "Une correspondance n’est qu’une piste, jamais un motif d’arrestation, et une personne décide. "),
    ("ru", "Совпадение лица — лишь зацепка, а не основание для ареста; решает человек, а не машина. "),
)
RENDERERS = {"pdf": pdf.render_report, "docx": docx.render_report}
LIMIT = "20 s / 400 MB"


def report(standards: int) -> Report:
    """A report on so many standards."""
    section = Section("standards", "Standards", tuple(block for n in range(standards) for block in _standard(n)))
    return Report("Summary", "Printed", "en", "ltr", "https://site.example", "Summary", Facts(()), (section,))


def _standard(number: int) -> tuple[Heading | State | Clauses | Grid | Figure | Sides, ...]:
    heads = (Head("Group"), Head("Positions"), *(Head(name, number=True) for name in ("Support", "Object", "All")))
    bars = [_bar(number, row % DIFFERENT) for row in range(GROUPS)]
    rows = tuple(
        (theirs(f"Group {row}: people scanned or watched"), bars[row], *_numbers(number, row)) for row in range(GROUPS)
    )
    said = tuple(_quotation(*SAID[place]) for place in range(REASONS))
    clauses = tuple((f"{number}.{place}", SAID[0][1]) for place in range(4))
    return (
        Heading(words(f"Standard {number}"), 3, f"standard-{number}"),
        State("contested", "Contested", SAID[0][1]),
        Clauses(clauses, "en"),
        Grid(f"Positions on standard {number}", heads, rows),
        Sides(Side("Reasons for", said, ""), Side("Reasons against", said[::-1], "")),
    )


def _numbers(number: int, row: int) -> tuple[Text, ...]:
    return tuple(words(str(number * row + place)) for place in range(3))


def _quotation(language: str, text: str) -> Quotation:
    return Quotation(text * 3, language, (*theirs("Somebody"), *words(", from a group.")))


def _bar(number: int, place: int) -> Picture:
    drawn = f'<rect width="{20 + 7 * place}" height="14" fill="#0b5394"/><text x="165" y="12" font-family="sans-serif">'
    start = '<svg xmlns="http://www.w3.org/2000/svg" width="220" height="16" viewBox="0 0 220 16">'
    return Picture(f"{start}{drawn}{number}.{place}</text></svg>", 220, 16, f"{number}.{place}")


def measured(name: str, standards: int) -> tuple[float, int, int, int]:
    """Seconds, bytes, and the most megabytes of this process and of the largest that it started."""
    printed = report(standards)
    began = time.perf_counter()
    size = len(RENDERERS[name](printed, created=None))
    took = time.perf_counter() - began
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    own, others = (resource.getrusage(who).ru_maxrss // 1024 for who in whose)
    return took, size, own, others


def table(standards: int = STANDARDS) -> None:
    """Print a row for each printed form, each from a process of its own."""
    for name in RENDERERS:
        with multiprocessing.get_context("spawn").Pool(1) as fresh:
            took, size, own, others = fresh.apply(measured, (name, standards))
        memory = f"{own} + {others} MB" if others else f"{own} MB"
        print(f"{'printed ' + name:<18}{standards:>9,}{1000 * took:>11.1f}{size // 1024:>8,}K{memory:>14}{LIMIT:>16}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.printing", description=__doc__)
    parser.add_argument("--standards", type=int, default=STANDARDS, help="how many standards the report tells of")
    table(parser.parse_args().standards)
