"""Quotations: somebody's own words with who said them, in which language, how they appear, and where to find them."""

from collections.abc import Sequence

from app.language import _, language_name, ngettext
from app.models.consultations import Channel, Identity
from app.reports.blocks import Quotation, Side, Span, Text
from app.reports.document import Document
from app.reports.standard_report import Argument, MinorityPosition
from app.rules.words import CHANNELS, CHOICES

OBJECTIONS = {
    "raised": _("Waits for an answer."),
    "answered": _("Answered."),
    "sustained": _("Answered; the objector sustains it."),
    "upheld": _("Upheld: the text has to change."),
    "overruled": _("Overruled, with reasons."),
    "appealed": _("Overruled; the appeal waits for its decision."),
}


def place(document: Document, standard: int | None = None) -> str:
    """The address on the site of the consultation, or of one of its standards."""
    base = f"/consultations/{document.consultation.slug}"
    return base if standard is None else f"{base}/standards/{standard}"


def comment_link(comment: int) -> Span:
    """Where a comment stands in its discussion, by its number."""
    return Span(str(_("Comment %(number)s", number=str(comment))), href=f"/comments/{comment}")


def quoted(argument: Argument, document: Document) -> Quotation:
    """A reason or an experience, with everything that a reader needs to weigh and to find it."""
    said_by = [Span(name, theirs=True) for name in (argument.author, argument.group) if name]
    known = [*_joined(said_by), *_aside(argument, document)]
    if argument.endorsements:
        behind = ngettext("%(num)s person stands behind it", "%(num)s people stand behind it", argument.endorsements)
        known.append(Span(f" {behind}."))
    if argument.senders:
        sent = ngettext(
            "Sent by %(num)s person in the same or nearly the same words",
            "Sent by %(num)s people in the same or nearly the same words",
            argument.senders,
        )
        known.append(Span(f" {sent}."))
    return Quotation(argument.text, argument.language, (*known, Span(" "), comment_link(argument.id)))


def _joined(spans: Sequence[Span]) -> list[Span]:
    """The author, a comma, the group."""
    found: list[Span] = []
    for span in spans:
        found += [Span(", "), span] if found else [span]
    return [*found, Span(".")] if found else []


def _aside(argument: Argument, document: Document) -> list[Span]:
    """How the author appears where it is not under a name, another way in than the site, another language."""
    asides = []
    if argument.appears == Identity.PSEUDONYM:
        asides.append(_("Under a pseudonym."))
    if argument.appears == Identity.CONFIDENTIAL:
        asides.append(_("Confidentially: the gist of it, in the words of the one who recorded it."))
    if argument.channel not in ("", Channel.WEB):
        asides.append(_("%(channel)s.", channel=CHANNELS[argument.channel]))
    if argument.language and argument.language != document.consultation.language:
        asides.append(_("In %(language)s.", language=language_name(argument.language)))
    return [Span(f" {aside}") for aside in asides]


def minority(position: MinorityPosition) -> Quotation:
    """A position that most do not share, with what would change the objector's mind."""
    told = [Span(position.group or str(CHOICES[position.position]), theirs=bool(position.group)), Span(". ")]
    told.append(Span(str(OBJECTIONS[position.state])) if position.state in OBJECTIONS else Span(""))
    if position.would_change:
        said = position.would_change
        told += [Span(f" {_('Would change their mind:')} "), Span(said, language=position.language, theirs=True)]
    if position.id is not None:
        told += [Span(" "), comment_link(position.id)]
    return Quotation(position.text or str(_("Reason not published")), position.language, tuple(told))


def side(title: str, arguments: Sequence[Argument], document: Document, most: int) -> Side:
    """One of two sides; both are given the same room."""
    return Side(title, tuple(quoted(one, document) for one in arguments[:most]), str(_("None was given.")))


def text(*parts: str | Span) -> Text:
    """Words and spans in one line."""
    return tuple(part if isinstance(part, Span) else Span(part) for part in parts)
