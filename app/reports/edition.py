"""How a document is printed: where its links lead, and which of its sections."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edition:
    """`address` is where the site is, such as `https://example.org`; `sections` are their keys, none for all.

    `version` is the number of a stored version, None for the summary as it is now.
    """

    address: str = ""
    sections: tuple[str, ...] = ()
    version: int | None = None


WHOLE = Edition()
