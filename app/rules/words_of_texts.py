"""What becomes of standards, in words."""

from collections.abc import Mapping

from app.language import Message, _
from app.models.reorganisations import ReorganisationKind

REORGANISATIONS: Mapping[str, Message] = {
    ReorganisationKind.MERGE: _("Merge it into another standard"),
    ReorganisationKind.SPLIT: _("Split it"),
    ReorganisationKind.WITHDRAW: _("Withdraw it"),
}
