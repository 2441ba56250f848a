"""Small summaries of plain values: what is left out is empty, as in a file of before."""

from app.reports.document import Document
from app.reports.reading import document_from

CELLS = ("support", "support_with_reservations", "abstain", "object")


def cells(*counts: int) -> dict[str, int]:
    """Positions: support, with reservations, abstain, object."""
    given = (*counts, 0, 0, 0, 0)[:4]
    return {**dict(zip(CELLS, given, strict=True)), "n": sum(given)}


def tally(group: str, *counts: int) -> dict[str, object]:
    """A group's cells; without counts it may not be shown."""
    return {"group": group, "heard": True, **({"positions": cells(*counts)} if counts else {"suppressed": True})}


def comment(key: int, text: str = "Said.", language: str = "en") -> dict[str, object]:
    """A comment."""
    return {"id": key, "text": text, "language": language, "author": f"Person {key}"}


def standard(number: int = 1, **more: object) -> dict[str, object]:
    """A standard."""
    about: dict[str, object] = {"number": number, "title": f"Standard {number}", "version": 1, "by_group": []}
    return {**about, "positions": cells(), **more}


def document(
    *standards: dict[str, object],
    minimum: int = 5,
    people: int = 0,
    opinions: dict[str, object] | None = None,
    **groups: int | None,
) -> Document:
    """A summary of these standards; `groups` are people by group, None where they may not be shown."""
    return document_from(
        {
            "consultation": {"slug": "faces", "title": "Faces", "minimum_group": minimum},
            "people": people,
            "participation": [
                {"group": key, "name": key.title(), "heard": True, **_people(count)} for key, count in groups.items()
            ],
            "standards": list(standards),
            "moderation": {},
            "opinions": opinions,
        }
    )


def _people(count: int | None) -> dict[str, object]:
    return {"suppressed": True} if count is None else {"people": count}
