"""People's texts on the way in."""

from app import text
from app.errors import Invalid
from app.language import _

LONGEST = 4000


def checked(written: str, *, field: str = "body", needed: bool = True, longest: int = LONGEST) -> str:
    """The text as it is stored.

    Raises:
        Invalid: empty though needed, or too long.
    """
    cleaned = text.clean(written)
    if needed and not cleaned:
        raise Invalid(field, _("Write what you want to say."))
    if len(cleaned) > longest:
        raise Invalid(
            field,
            _("Shorten this to %(most)s characters; it has %(count)s.", most=longest, count=len(cleaned)),
        )
    return cleaned
