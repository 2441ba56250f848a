"""The form of a proposal. It keeps whatever was typed; what a proposal must hold is said by `rules/standards.py`."""

from collections.abc import Sequence
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import (
    Field,
    FieldList,
    Form,
    FormField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app import text
from app.errors import Invalid
from app.language import _, language
from app.models.evidence import Evidence
from app.models.standards import Context, DutyBearer, MeasureKind, StandardVersion
from app.queries.consultations import Frame
from app.queries.grounds import Ground
from app.queries.instruments import Shelf
from app.rules.evidence import address_of
from app.rules.hints import Hint, hints_of
from app.rules.standards import NewEvidence, Proposal
from app.rules.words import CONTEXTS, ENFORCEMENT_KINDS, MEASURES, SECTORS, THEMES
from app.search import language_of
from app.web.forms import offer

FIRST_CLAUSES = 2
ABSOLUTE = frozenset(("anti-torture",))
"""Themes of rights that nothing may limit."""
MORE = {"more_clauses": "clauses", "more_evidence": "evidence", "more_duty_bearers": "duty_bearers"}


class ClauseForm(Form):
    """One clause."""

    text = TextAreaField(_("Clause"))


class DutyBearerForm(Form):
    """Who carries the duty."""

    name = StringField(_("Who carries the duty"))
    sector = SelectField(_("Kind of body"), choices=offer(SECTORS.items()), validate_choice=False, default="public")


class EvidenceForm(Form):
    """A study, report or case."""

    authors = StringField(_("Authors, full names separated by semicolons"))
    title = StringField(_("Title"))
    year = IntegerField(_("Year"), validators=[Optional()])
    venue = StringField(_("Where it appeared"))
    url = StringField(_("Address"))
    finding = TextAreaField(_("What it found"))


class Ticks(SelectMultipleField):
    """A list of checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ProposalForm(FlaskForm):
    """Everything that makes up a standard."""

    title = StringField(_("Title"))
    summary = TextAreaField(_("Plain summary"))
    kind = SelectField(_("Kind of measure"), choices=offer(MEASURES.items()), validate_choice=False)
    context = SelectField(_("Where it is used"), choices=offer(CONTEXTS.items()), validate_choice=False)
    clauses = FieldList(FormField(ClauseForm), min_entries=FIRST_CLAUSES)
    groundings = Ticks(_("The rights it rests on"), validate_choice=False)
    right_words = StringField(_("Find a right in plain words"))
    right_theme = SelectField(_("Theme"), validate_choice=False)
    duty_bearers = FieldList(FormField(DutyBearerForm), min_entries=1)
    enforcement_kinds = Ticks(
        _("How it can be enforced"), choices=offer(ENFORCEMENT_KINDS.items()), validate_choice=False
    )
    enforcement = TextAreaField(_("How it is enforced, in your words"))
    affected = TextAreaField(_("Whom it affects"))
    affected_groups = Ticks(_("Groups of this consultation that it affects most"), validate_choice=False)
    evidence = FieldList(FormField(EvidenceForm), min_entries=1)

    def offering(self, frame: Frame, catalogue: Sequence[Shelf]) -> "ProposalForm":
        """Offer the rights of the catalogue and the groups of the consultation."""
        self.groundings.choices = offer(
            (provision.key, f"{provision.label}: {provision.title}")
            for shelf in catalogue
            for provision in shelf.provisions
        )
        self._shelves = catalogue
        themes = {theme for shelf in catalogue for found in shelf.themes.values() for theme in found}
        named = sorted(((theme, str(THEMES.get(theme, theme))) for theme in themes), key=lambda pair: pair[1])
        self.right_theme.choices = offer([("", _("Every theme")), *named])
        self.affected_groups.choices = offer((group.key, group.name) for group in frame.groups)
        return self

    def shelved(self) -> list[tuple[str, list[tuple[Any, str]]]]:
        """The rights by instrument, in the order of the catalogue, each with its themes in words.

        Those that were looked for alone, but whatever is ticked stays in sight.
        """
        offered = {choice.data: choice for choice in self.groundings}
        shelves = []
        for shelf in self._shelves:
            rows = [(offered[key], self._in_words(themes)) for key, themes in shelf.themes.items()]
            kept = [row for row, themes in zip(rows, shelf.themes.values(), strict=True) if self._wanted(row, themes)]
            if kept:
                shelves.append((shelf.instrument.title, kept))
        return shelves

    @property
    def looking_for_rights(self) -> bool:
        """Whether the list of rights was narrowed."""
        return bool((self.right_words.data or "").strip() or self.right_theme.data)

    def hints(self, clause: str | None) -> tuple[Hint, ...]:
        """What could make a clause clearer, once somebody asked to see their text."""
        if not self.is_submitted():
            return ()
        proposal = self.proposal()
        return hints_of(clause or "", language=proposal.language, absolute=self.rests_on_absolute_right())

    def rests_on_absolute_right(self) -> bool:
        """Whether a right is ticked that nothing may limit."""
        ticked = set(self.groundings.data or ())
        return any(
            not ABSOLUTE.isdisjoint(themes)
            for shelf in self._shelves
            for key, themes in shelf.themes.items()
            if key in ticked
        )

    @property
    def asked(self) -> str:
        """What the button that was pressed asks for."""
        return request.form.get("do", "")

    def wants_more_rows(self) -> bool:
        """Add empty rows where somebody asked for them, or narrow the rights."""
        rows = MORE.get(self.asked)
        if rows is not None:
            getattr(self, rows).append_entry()
        return rows is not None or self.asked == "find_rights"

    def as_typed(self) -> dict[str, object]:
        """Every field as it was typed, for a draft; tokens and buttons are left out."""
        left_out = {"csrf_token", "do", "draft", "right_words", "right_theme"}
        return {
            name: [text.clean(value) for value in request.form.getlist(name)]
            for name in request.form
            if name not in left_out
        }

    def proposal(self) -> Proposal:
        """What was typed, as a proposal."""
        written = f"{self.title.data or ''} {self.summary.data or ''}"
        return Proposal(
            title=text.clean_line(self.title.data or ""),
            summary=text.clean(self.summary.data or ""),
            clauses=tuple(text.clean(row["text"] or "") for row in self.clauses.data if (row["text"] or "").strip()),
            measure=MeasureKind(self.kind.data) if self.kind.data in set(MeasureKind) else MeasureKind.STANDARD,
            context=Context(self.context.data) if self.context.data in set(Context) else Context.OTHER,
            groundings=tuple(self.groundings.data or ()),
            duty_bearers=self._duty_bearers(),
            enforcement_kinds=tuple(kind for kind in self.enforcement_kinds.data or () if kind in ENFORCEMENT_KINDS),
            enforcement=text.clean(self.enforcement.data or ""),
            affected=text.clean(self.affected.data or ""),
            affected_groups=tuple(self.affected_groups.data or ()),
            evidence=tuple(_evidence(row) for row in self.evidence.data if _filled(row)),
            language=language_of(written, language()),
        )

    def checked_proposal(self) -> Proposal:
        """What was typed, as a proposal that can be judged.

        Raises:
            Invalid: a year is not a number.
        """
        for index, row in enumerate(self.evidence.entries):
            if row.form.year.data is None and any(typed.strip() for typed in row.form.year.raw_data or ()):
                raise Invalid(f"evidence-{index}-year", _("Enter the year as a number, such as 2018."))
        return self.proposal()

    def field_named(self, name: str) -> Field | None:
        """The field that a problem names, such as `clauses-0-text`."""
        first, _dash, rest = name.partition("-")
        found: Field | None = self._fields.get(first)
        if not rest or not isinstance(found, FieldList):
            return found
        index, _dash, inner = rest.partition("-")
        rows = found.entries
        row = rows[min(int(index), len(rows) - 1)] if rows else None
        inner_field: Field | None = row.form._fields.get(inner) if row is not None else None
        return inner_field

    def _wanted(self, row: tuple[Any, str], themes: Sequence[str]) -> bool:
        choice, in_words = row
        if choice.checked:
            return True
        if self.right_theme.data and self.right_theme.data not in themes:
            return False
        sought = (self.right_words.data or "").casefold().split()
        said = f"{choice.label.text} {in_words}".casefold()
        return all(word in said for word in sought)

    @staticmethod
    def _in_words(themes: Sequence[str]) -> str:
        return ", ".join(str(THEMES.get(theme, theme)) for theme in themes)

    def _duty_bearers(self) -> tuple[DutyBearer, ...]:
        rows = [(row["name"] or "", row["sector"] or "public") for row in self.duty_bearers.data]
        rows += [(line, "public") for value in request.form.getlist("duty_bearers") for line in value.split(";")]
        return tuple(
            DutyBearer(name=text.clean_line(name), sector=sector if sector in SECTORS else "public")
            for name, sector in rows
            if name.strip()
        )


def as_fields(version: StandardVersion, grounds: Sequence[Ground], evidence: Sequence[Evidence]) -> dict[str, object]:
    """A version as the fields of the form, to be changed and sent again."""
    return {
        "title": version.title,
        "summary": version.summary,
        "kind": version.measure.value,
        "context": version.context.value,
        "clauses": [{"number": clause["number"], "text": clause["text"]} for clause in version.clauses],
        "groundings": [ground.key for ground in grounds],
        "duty_bearers": list(version.duty_bearers),
        "enforcement_kinds": version.enforcement_kinds,
        "enforcement": version.enforcement,
        "affected": version.affected,
        "affected_groups": version.affected_groups,
        "evidence": [
            {
                "authors": "; ".join(piece.authors),
                "title": piece.title,
                "year": piece.year,
                "venue": piece.venue,
                "url": piece.url,
                "finding": piece.finding,
            }
            for piece in evidence
        ],
    }


def _evidence(row: dict[str, object]) -> NewEvidence:
    authors = tuple(text.clean_line(name) for name in str(row["authors"] or "").split(";") if name.strip())
    year = row["year"] if isinstance(row["year"], int) and 0 < row["year"] < 10_000 else None  # noqa: PLR2004 - a year has four digits
    return NewEvidence(
        authors=authors,
        title=text.clean_line(str(row["title"] or "")),
        year=year,
        venue=text.clean_line(str(row["venue"] or "")),
        url=address_of(text.clean_line(str(row["url"] or ""))),
        finding=text.clean(str(row["finding"] or "")),
    )


def _filled(row: dict[str, object]) -> bool:
    return any(row[name] for name in ("authors", "title", "venue", "url", "finding"))
