"""How this was made and how to check it, and the form in which the authority answers."""

from collections.abc import Iterator
from datetime import date

from app.language import _, format_date, format_hour, ngettext
from app.models.consultations import Source
from app.reports.blocks import Block, Cell, Grid, Head, Listing, Paragraph, Section, Span, Text, Tone, theirs, words
from app.reports.document import Document
from app.reports.sections.printed import left_out, printed
from app.reports.sections.quoting import place, text
from app.reports.standard_report import StandardReport
from app.rules.words import CONSENSUS, RESPONSES


def method(document: Document) -> Section:
    """Rules of choice and of suppression, who coded what, and the fingerprint."""
    minimum = document.consultation.minimum_group
    rules = (
        _(
            "Groups with fewer than %(minimum)s people are not shown, and one more is left out with them where a total "
            "would give them away.",
            minimum=minimum,
        ),
        _(
            "Until the consultation closes, a version hides the groups that the version before hid, until so many more "
            "people have answered that nobody can be told from both."
        ),
        _(
            "Reasons and voices are chosen by a score across groups: the square-root mean of the shares of each group "
            "that stand behind them. No group, and in it no person, speaks twice before each has spoken once."
        ),
        _("The state of a standard is computed by rule from its positions and objections; the chair confirms it."),
        _(
            "Letters are grouped as campaigns when nine of ten of their runs of five words are the same and a person "
            "confirms it. People are counted; everyone's own words stay readable."
        ),
        _("No text in this summary was written or shortened by a machine. Sentences around figures are fixed."),
    )
    return Section("method", str(_("Method and how to check it")), (_listed(rules), *_check(document)))


def _listed(rules: tuple[object, ...]) -> Block:
    return Listing(tuple(words(str(rule)) for rule in rules))


def _check(document: Document) -> Iterator[Block]:
    yield Paragraph(text(f"{_('Fingerprint of the data:')} ", Span(document.fingerprint, strong=True)))
    rests = _(
        "It is the SHA-256 of the JSON file without its fingerprint, in canonical form. The same data give the same "
        "fingerprint in every format. It rests on %(count)s entries of the record.",
        count=document.ledger_entries,
    )
    hour = f" {_('As of %(hour)s.', hour=format_hour(document.as_of))}" if document.as_of else ""
    yield Paragraph(words(f"{rests}{hour}"), Tone.SMALL)
    json = Span(str(_("JSON file")), href=f"{place(document)}/summary.json")
    schema = Span(str(_("its schema")), href=f"{place(document)}/summary.schema.json")
    record = Span(str(_("the record")), href=f"{place(document)}/record")
    yield Paragraph(text(f"{_('To check it:')} ", json, ", ", schema, ", ", record, "."), Tone.SMALL)


def response(document: Document) -> Section:
    """Each standard with what people said and what the authority answers: a form as long as it has not."""
    about = document.consultation
    blocks: list[Block] = []
    if about.answered_by:
        blocks.append(Paragraph(text(f"{_('To be answered by:')} ", Span(about.answered_by, theirs=True))))
    if about.answer_due:
        day = format_date(date.fromisoformat(about.answer_due))
        blocks.append(
            Paragraph(words(str(_("Promised for %(date)s. When the day passes, the page says so.", date=day))))
        )
    heads = (Head(str(_("Standard"))), Head(str(_("What people said"))), Head(str(_("What the authority answers"))))
    rows = tuple(_row(standard, document) for standard in printed(document))
    if rows:
        blocks += left_out(document)
        blocks.append(Grid(str(_("Decision, reasons and dates")), heads, rows))
    if about.source == Source.HERE:
        form = Span(str(_("the page of responses")), href=f"{place(document)}/responses")
        answers = Span(str(_("what became of it")), href=f"{place(document)}/answers")
        said = _("Policymakers fill it in on")
        blocks.append(Paragraph(text(f"{said} ", form, f"; {_('everybody reads')} ", answers, ".")))
    return Section("response", str(_("The response, and its date")), tuple(blocks))


def _row(standard: StandardReport, document: Document) -> tuple[Cell, ...]:
    link = Span(standard.title, href=f"#s{standard.number}", theirs=True)
    comments = ngettext("%(num)s comment", "%(num)s comments", len(standard.comments))
    said = CONSENSUS[standard.consensus_state] if standard.positions.n else comments
    return (text(f"{standard.number}. ", link), words(str(said)), _answer(standard, document))


def _answer(standard: StandardReport, document: Document) -> Text:
    if not standard.response:
        if document.consultation.source != Source.HERE:
            return words("–")
        blank = _("Accepted / accepted in part / rejected / being examined. Reasons: … Done by: …")
        return words(str(blank))
    named = RESPONSES.get(standard.response)
    found = [Span(str(named) if named else standard.response, strong=True), Span(". ")]
    if standard.response_text:
        found.append(Span(f"{standard.response_text} ", theirs=True))
    if standard.promised_on:
        day = format_date(date.fromisoformat(standard.promised_on))
        found.append(Span(f"{_('Promised by %(date)s.', date=day)} "))
    if standard.done and standard.done_on:
        day = format_date(date.fromisoformat(standard.done_on))
        found += [Span(f"{_('Done on %(date)s:', date=day)} "), *theirs(standard.done)]
    return tuple(found)
