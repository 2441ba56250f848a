"""What the questions of an impact card and their answers are called."""

from collections.abc import Mapping

from app.language import Message, _

IMPACTS: Mapping[str, tuple[Message, tuple[Message, Message, Message, Message]]] = {
    "scale": (
        _("How grave is the harm for somebody it happens to?"),
        (_("Slight"), _("Noticeable"), _("Serious"), _("Grave: life, liberty, home or livelihood")),
    ),
    "scope": (
        _("How many people can it happen to?"),
        (_("A few"), _("Many"), _("Most of a group"), _("Whole groups, or everybody")),
    ),
    "reversibility": (
        _("Can it be put right?"),
        (_("Soon and fully"), _("With effort"), _("Only in part"), _("It cannot be undone")),
    ),
    "probability": (
        _("How likely is it?"),
        (_("Rare"), _("Possible"), _("Likely"), _("It happens now")),
    ),
}
"""Each question with its answers, from 1 to 4."""
