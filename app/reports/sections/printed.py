"""Which standards a printed summary carries when there are more than anybody prints; tables and JSON carry them all."""

from collections.abc import Iterator, Sequence

from app.language import _, ngettext
from app.reports.blocks import Block, Paragraph, Span, Tone
from app.reports.document import Document
from app.reports.sections.quoting import place
from app.reports.standard_report import StandardReport

MOST_PRINTED = 120


def printed(document: Document) -> Sequence[StandardReport]:
    """At most so many standards, in the order of their numbers: those that people took up most where there are more."""
    if len(document.standards) <= MOST_PRINTED:
        return document.standards
    taken_up = sorted(document.standards, key=lambda one: (-one.positions.n - len(one.comments), one.number))
    return sorted(taken_up[:MOST_PRINTED], key=lambda one: one.number)


def left_out(document: Document) -> Iterator[Block]:
    """How many are not printed, by what they were chosen, and where all of them are."""
    left = len(document.standards) - MOST_PRINTED
    if left > 0:
        said = ngettext(
            "%(num)s more standard is not printed here. Printed are the %(most)s with the most positions and "
            "comments, in the order of their numbers; all are in the XLSX, CSV and JSON files and",
            "%(num)s more standards are not printed here. Printed are the %(most)s with the most positions and "
            "comments, in the order of their numbers; all are in the XLSX, CSV and JSON files and",
            left,
            most=MOST_PRINTED,
        )
        link = Span(str(_("on the site")), href=f"{place(document)}/standards")
        yield Paragraph((Span(f"{said} "), link, Span(".")), Tone.NOTICE)
