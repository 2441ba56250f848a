"""What marks are called, beside the passage that they mark."""

from collections.abc import Mapping

from app.language import Message, _
from app.rules.marks import Caution, MarkKind

MARKS: Mapping[str, Message] = {
    MarkKind.EMAIL: _("e-mail address"),
    MarkKind.PHONE: _("telephone number"),
    MarkKind.IDENTITY_NUMBER: _("identity number"),
    MarkKind.CARD_NUMBER: _("card number"),
    MarkKind.ACCOUNT_NUMBER: _("account number"),
    MarkKind.ADDRESS: _("address"),
    MarkKind.LINK: _("link"),
    MarkKind.REPEATED: _("repeated"),
}

CAUTIONS: Mapping[str, Message] = {
    Caution.SHORTENER: _("shortened link: it hides where it leads"),
    Caution.LOOK_ALIKE: _("link that may look like another address"),
}
"""For links: said instead of "link"."""
