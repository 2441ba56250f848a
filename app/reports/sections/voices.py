"""What affected people said, before companies and authorities, each in their own words."""

from collections import defaultdict
from collections.abc import Iterator

from app.language import _
from app.reports.blocks import Block, Heading, Paragraph, Section, Span, Tone, words
from app.reports.document import Document
from app.reports.sections.quoting import place, quoted, text
from app.reports.standard_report import Argument, StandardReport

Said = list[tuple[StandardReport, Argument]]
MOST_OF_AFFECTED, MOST_OF_OTHERS = 8, 2
"""So many quotations of one group are printed at most."""


def affected(document: Document) -> Section:
    """The directly affected groups in the order of the consultation, then everybody else, with fewer words."""
    title = str(_("What affected people said"))
    direct = [group.name for group in document.participation if group.directly_affected]
    others = [group.name for group in document.participation if not group.directly_affected]
    first = _by_group([(standard, one) for standard in document.standards for one in standard.from_affected])
    then = _by_group([(standard, one) for standard in document.standards for one in standard.from_others])
    consent = _(
        "Each of them agreed, on joining, that what they write here is published in the way they chose to appear. "
        "Quotations are never translated without the original."
    )
    blocks: list[Block] = [Paragraph(words(str(consent)))]
    blocks += _groups(direct, first, document, 3, MOST_OF_AFFECTED)
    if not first:
        blocks.append(Paragraph(words(str(_("Nothing that a directly affected group wrote is published.")))))
    if then:
        blocks.append(Heading(words(str(_("What the other groups said")))))
        blocks += _groups(others, then, document, 4, MOST_OF_OTHERS)
    return Section("affected", title, tuple(blocks))


def _by_group(said: Said) -> dict[str, Said]:
    """By the name of the group, what is most shared across groups first."""
    found: dict[str, Said] = defaultdict(list)
    for standard, argument in sorted(said, key=lambda pair: (-float(pair[1].bridging or 0), pair[0].number)):
        found[argument.group].append((standard, argument))
    return found


def _groups(names: list[str], said: dict[str, Said], document: Document, level: int, most: int) -> Iterator[Block]:
    for name in names:
        if name not in said:
            continue
        yield Heading((Span(name, theirs=True),), level)
        for standard, argument in said[name][:most]:
            where = Span(str(_("On standard %(number)s", number=standard.number)), href=f"#s{standard.number}")
            yield Paragraph(text(where), Tone.SMALL)
            yield quoted(argument, document)
        if len(said[name]) > most:
            link = Span(str(_("in the discussions")), href=f"{place(document)}/standards")
            yield Paragraph(text(f"{_('There is more')} ", link), Tone.SMALL)
