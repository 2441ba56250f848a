"""The form of setting up a consultation. It keeps whatever was typed; what may be chosen is said by the rules."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from flask import request
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)

from app import text
from app.errors import Invalid
from app.language import LANGUAGES, Message, _
from app.models.consultations import (
    Consultation,
    ConsultationState,
    Participation,
    Review,
    StakeholderGroup,
    TallyVisibility,
)
from app.rules.groups import MOST_GROUPS, NewGroup, problems_of_groups
from app.rules.local_time import as_typed, kept, moment
from app.rules.settings import RANGES, Chosen, problems_of_settings
from app.rules.words_of_settings import PARTICIPATIONS, REVIEWS, SETTINGS, TALLIES
from app.web.forms import field_in, offer

Value = TypeVar("Value", bound=StrEnum)
_ROW = re.compile(r"groups-(\d{1,3})-(up|down|remove)")
_NUMBER = re.compile(r"\d{1,6}", re.ASCII)


class GroupForm(Form):
    """One stakeholder group; its key stays with it when it is renamed."""

    key = HiddenField()
    name = StringField(_("Name of the group"))
    description = StringField(_("Who that is, in a few words"))
    family = StringField(_("Heading under which it stands"))
    directly_affected = BooleanField(_("Directly affected"))


class SetUpForm(FlaskForm):
    """Everything that a chair chooses, phases aside."""

    title = TextAreaField(SETTINGS["title"])
    slug = StringField(SETTINGS["slug"])
    purpose = TextAreaField(SETTINGS["purpose"])
    language = SelectField(SETTINGS["language"], choices=offer(LANGUAGES.items()), validate_choice=False, default="en")
    asked_by = StringField(SETTINGS["asked_by"])
    answered_by = StringField(SETTINGS["answered_by"])
    answer_due = StringField(SETTINGS["answer_due"])
    time_zone = StringField(SETTINGS["time_zone"], default="UTC")
    opens_at = StringField(SETTINGS["opens_at"])
    closes_at = StringField(SETTINGS["closes_at"])
    participation = RadioField(
        SETTINGS["participation"],
        choices=offer(PARTICIPATIONS.items()),
        validate_choice=False,
        default=Participation.ANYONE.value,
    )
    invitation_code = StringField(SETTINGS["invitation_code"])
    review = RadioField(
        SETTINGS["review"], choices=offer(REVIEWS.items()), validate_choice=False, default=Review.BEFORE.value
    )
    tallies_visible = RadioField(
        SETTINGS["tallies_visible"],
        choices=offer(TALLIES.items()),
        validate_choice=False,
        default=TallyVisibility.ALWAYS.value,
    )
    minimum_group = StringField(SETTINGS["minimum_group"], default="5")
    minimum_voices = StringField(SETTINGS["minimum_voices"], default="20")
    consensus_percent = StringField(SETTINGS["consensus_percent"], default="75")
    contested_percent = StringField(SETTINGS["contested_percent"], default="50")
    reply_days = StringField(SETTINGS["reply_days"], default="14")
    groups = FieldList(FormField(GroupForm))
    reason = TextAreaField(_("Why you change this"))

    @property
    def asked(self) -> str:
        """What the button that was pressed asks for."""
        return request.form.get("do", "")

    def rearranged(self, usual: Sequence[NewGroup]) -> bool:
        """Add, remove or move groups where somebody asked for it; says whether anybody did."""
        rows = [dict(row) for row in self.groups.data]
        row = _ROW.fullmatch(self.asked)
        if self.asked == "more_groups":
            rows.append({})
        elif self.asked == "usual_groups":
            known = {row["key"] for row in rows}
            rows = [row for row in rows if _typed_in(row)]
            rows += [_as_row(group) for group in usual if group.key not in known]
        elif row is not None and int(row[1]) < len(rows):
            _moved(rows, int(row[1]), row[2])
        else:
            return False
        self.show_groups(rows[:MOST_GROUPS])
        return True

    def show_groups(self, rows: Sequence[dict[str, object]]) -> None:
        """Put these rows in the place of those that are there."""
        while self.groups.entries:
            self.groups.pop_entry()
        for row in rows:
            self.groups.append_entry(row)

    def new_groups(self) -> list[NewGroup]:
        """The groups that were typed; a row left empty is none, and goes, so that rows and groups have one order."""
        self.show_groups([dict(row) for row in self.groups.data if _typed_in(row)])
        rows = [{name: text.clean_line(str(value or "")) for name, value in row.items()} for row in self.groups.data]
        return [
            NewGroup(
                key=row["key"],
                name=row["name"],
                description=row["description"],
                family=row["family"],
                directly_affected=bool(typed["directly_affected"]),
            )
            for row, typed in zip(rows, self.groups.data, strict=True)
        ]

    def choice(self, stored: Consultation | None = None) -> Chosen:
        """What was typed, as settings.

        Raises:
            Invalid: dates or times that cannot be read, together with everything else that needs changing.
        """
        unreadable: list[tuple[str, Message]] = []
        is_open = stored is not None and stored.state != ConsultationState.DRAFT
        choice = Chosen(
            slug=stored.slug if stored is not None and is_open else text.clean_line(self.slug.data or ""),
            title=text.clean_line(self.title.data or ""),
            purpose=text.clean(self.purpose.data or ""),
            language=self.language.data or "",
            asked_by=text.clean_line(self.asked_by.data or ""),
            answered_by=text.clean_line(self.answered_by.data or ""),
            answer_due=self._day(unreadable),
            time_zone=text.clean_line(self.time_zone.data or ""),
            opens_at=stored.opens_at
            if stored is not None and is_open
            else self._moment("opens_at", stored, unreadable),
            closes_at=self._moment("closes_at", stored, unreadable),
            participation=_one_of(Participation, self.participation.data),
            review=_one_of(Review, self.review.data),
            tallies_visible=_one_of(TallyVisibility, self.tallies_visible.data),
            **{name: _number(self[name].data) for name in RANGES},
        )
        if unreadable:
            rest = [problem for problem in problems_of_settings(choice) if problem[0] != "slug" or choice.slug]
            found = unreadable + rest + problems_of_groups(self.new_groups())
            raise Invalid(*found[0], *found[1:])
        return choice

    def field_named(self, name: str) -> Field | None:
        """The field that a problem names, such as `groups-0-name`; all groups together are no field."""
        return None if name == "groups" else field_in(self, name)

    def _day(self, unreadable: list[tuple[str, Message]]) -> date | None:
        typed = (self.answer_due.data or "").strip()
        if not typed:
            return None
        try:
            return date.fromisoformat(typed)
        except ValueError:
            unreadable.append(("answer_due", _("Enter a day, such as 2027-03-26.")))
            return None

    def _moment(self, name: str, stored: Consultation | None, unreadable: list[tuple[str, Message]]) -> datetime | None:
        typed, zone = (self[name].data or "").strip(), text.clean_line(self.time_zone.data or "")
        before: datetime | None = getattr(stored, name) if stored is not None else None
        if not typed:
            return None
        if stored is not None and zone == stored.time_zone and kept(typed, before, zone):
            return before
        found = moment(typed, zone, later=name == "closes_at")
        if isinstance(found, datetime):
            return found
        unreadable.append((name, found))
        return None


def as_fields(consultation: Consultation, groups: Sequence[StakeholderGroup]) -> dict[str, object]:
    """A consultation as the fields of the form."""
    plain = ("title", "slug", "purpose", "language", "asked_by", "answered_by", "time_zone", *RANGES)
    zone = consultation.time_zone
    return {
        **{name: str(getattr(consultation, name)) for name in plain},
        "answer_due": consultation.answer_due.isoformat() if consultation.answer_due else "",
        "opens_at": as_typed(consultation.opens_at, zone),
        "closes_at": as_typed(consultation.closes_at, zone),
        "participation": consultation.participation.value,
        "review": consultation.review.value,
        "tallies_visible": consultation.tallies_visible.value,
        "groups": [_as_row(group) for group in groups],
    }


def _as_row(group: NewGroup | StakeholderGroup) -> dict[str, object]:
    return {
        "key": group.key,
        "name": group.name,
        "description": group.description,
        "family": group.family,
        "directly_affected": group.directly_affected,
    }


def _typed_in(row: Mapping[str, object]) -> bool:
    """Whether there is anything in a row: a group that exists has a key even when its name was deleted."""
    return any(str(row.get(name) or "").strip() for name in ("key", "name", "description"))


def _moved(rows: list[dict[str, object]], index: int, way: str) -> None:
    row = rows.pop(index)
    if way != "remove":
        rows.insert(max(index - 1, 0) if way == "up" else index + 1, row)


def _one_of(values: type[Value], typed: str | None) -> Value:
    """The value that was chosen; the first, most careful one where there is no such value."""
    return values(typed) if typed in set(values) else next(iter(values))


def _number(typed: str | None) -> int:
    """A number as it was typed; -1, which no setting allows, where it is none."""
    written = (typed or "").strip()
    return int(written) if _NUMBER.fullmatch(written) else -1
