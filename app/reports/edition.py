"""How a document is printed: where its links lead, and which of its sections."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edition:
    """`address` is where the site is, such as `https://example.org`; `sections` are their keys, none for all."""

    address: str = ""
    sections: tuple[str, ...] = ()


WHOLE = Edition()
