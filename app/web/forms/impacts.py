"""The form of an impact card."""

from flask_wtf import FlaskForm
from wtforms import RadioField

from app.errors import Invalid
from app.language import Message, _
from app.models.impacts import ImpactScore
from app.rules.impacts import LEAST, MOST, Scores
from app.rules.words import IMPACTS
from app.web.forms import offer

UNKNOWN = "unknown"
NAMES = ("scale", "scope", "reversibility", "probability")


def _answers(name: str) -> list[tuple[str, object]]:
    return [(str(score), words) for score, words in enumerate(IMPACTS[name][1], start=LEAST)]


class ImpactForm(FlaskForm):
    """Four questions with four answers each; how likely it is may stay open."""

    scale = RadioField(IMPACTS["scale"][0], choices=offer(_answers("scale")), validate_choice=False)
    scope = RadioField(IMPACTS["scope"][0], choices=offer(_answers("scope")), validate_choice=False)
    reversibility = RadioField(
        IMPACTS["reversibility"][0], choices=offer(_answers("reversibility")), validate_choice=False
    )
    probability = RadioField(
        IMPACTS["probability"][0],
        choices=offer([*_answers("probability"), (UNKNOWN, _("I cannot tell"))]),
        validate_choice=False,
    )

    @classmethod
    def showing(cls, mine: ImpactScore | None) -> "ImpactForm":
        """The form with what somebody scored before."""
        if mine is None:
            return cls(None)
        return cls(None, data={name: str(getattr(mine, name) or UNKNOWN) for name in NAMES})

    def scores(self) -> Scores:
        """What was answered.

        Raises:
            Invalid: a question was left out.
        """
        allowed = {str(score) for score in range(LEAST, MOST + 1)}
        missing: list[tuple[str, Message]] = [
            (name, _("Choose the answer that comes closest."))
            for name in NAMES
            if self[name].data not in (allowed if name != "probability" else allowed | {UNKNOWN})
        ]
        if missing:
            raise Invalid(*missing[0], *missing[1:])
        likely = self.probability.data
        return Scores(
            scale=int(self.scale.data),
            scope=int(self.scope.data),
            reversibility=int(self.reversibility.data),
            probability=None if likely == UNKNOWN else int(likely),
        )
