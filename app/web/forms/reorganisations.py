"""The forms of mergers, splits and withdrawals: asking, answering, calling off."""

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
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
from app.language import _
from app.models.reorganisations import Part, ReorganisationKind
from app.queries.reorganisations import ReorganisationPage
from app.rules.reorganisations import MOST_PARTS
from app.rules.words import REORGANISATIONS
from app.web.forms import offer

PART_NUMBERS = [str(number) for number in range(1, MOST_PARTS + 1)]


class PlacedClauseForm(Form):
    """To which part a clause goes."""

    number = HiddenField()
    part = SelectField(
        _("Part"),
        choices=offer((number, _("Part %(number)s", number=number)) for number in PART_NUMBERS),
        validate_choice=False,
        default="1",
    )


class AskForm(FlaskForm):
    """What is to become of a standard, and why."""

    kind = RadioField(_("What should happen"), choices=offer(REORGANISATIONS.items()), validate_choice=False)
    target = SelectField(_("Merge it into"), validate_choice=False, default="")
    titles = StringField(_("Title of part 1"))
    title_2 = StringField(_("Title of part 2"))
    title_3 = StringField(_("Title of part 3"))
    title_4 = StringField(_("Title of part 4"))
    placed = FieldList(FormField(PlacedClauseForm))
    reason = TextAreaField(_("Why"))

    def about(self, page: ReorganisationPage) -> "AskForm":
        """Offer the other standards, and the clauses of this one."""
        others = [(str(one.number), f"{one.number}: {one.title}") for one in page.others]
        self.target.choices = offer([("", _("Choose a standard")), *others])
        while len(self.placed) < len(page.clauses):
            self.placed.append_entry({"number": page.clauses[len(self.placed)]["number"], "part": "1"})
        return self

    def chosen_kind(self) -> ReorganisationKind | None:
        """What was chosen, if anything that there is."""
        return ReorganisationKind(self.kind.data) if self.kind.data in set(ReorganisationKind) else None

    def parts(self) -> list[Part]:
        """The parts that have a title or a clause, in their order."""
        titles = (self.titles.data, self.title_2.data, self.title_3.data, self.title_4.data)
        found = [
            Part(
                title=text.clean_line(title or ""),
                clauses=[row["number"] or "" for row in self.placed.data if row["part"] == number],
            )
            for number, title in zip(PART_NUMBERS, titles, strict=True)
        ]
        return [part for part in found if part["title"] or part["clauses"]]


class AnswerForm(FlaskForm):
    """Whether a supporter agrees, and whether their position goes along."""

    agrees = RadioField(
        _("Your answer"), choices=offer([("yes", _("I agree")), ("no", _("I do not agree"))]), validate_choice=False
    )
    moves_along = BooleanField(_("My position goes along"))


class CallOffForm(FlaskForm):
    """Why everything stays as it is."""

    end_reason = TextAreaField(_("Why it is called off"))
