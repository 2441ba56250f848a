"""What the runs of a summary are called: who asked, how far they have come, why they failed."""

from collections.abc import Mapping

from app.language import Message, _
from app.models.summaries import Asker, RunStep

STEPS: Mapping[str, Message] = {
    RunStep.QUEUE: _("It waits for its turn."),
    RunStep.GATHER: _("The figures and texts are being gathered."),
    RunStep.PACK: _("They are being put together and sealed."),
    RunStep.STORE: _("The version is being stored."),
}
ASKERS: Mapping[str, Message] = {
    Asker.CHAIR: _("the chair"),
    Asker.DEPUTY: _("a deputy of the chair"),
    Asker.MODERATOR: _("a moderator"),
    Asker.POLICYMAKER: _("a policymaker"),
    Asker.ADMINISTRATOR: _("an administrator"),
    Asker.CLOSING: _("nobody: it is made when a consultation closes"),
}
ERRORS: Mapping[str, Message] = {
    "gave_up": _(
        "It was begun several times and could not be finished. Nothing was stored. Try again, or ask an administrator"
        " to look."
    ),
    "too_few_changes": _(
        "While it waited, so few people changed their positions that comparing it with the version before could give"
        " one of them away. Nothing was stored. Try again when more people have changed theirs."
    ),
    "not_public": _("The consultation cannot be read by everybody any more."),
}
