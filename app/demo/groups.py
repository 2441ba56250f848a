"""The fourteen stakeholder groups of the demonstration, with which any consultation may begin."""

from app.demo.content import written
from app.rules.groups import NewGroup


def usual() -> list[NewGroup]:
    """The groups in their order; those of the first family are directly affected."""
    first = written("groups")[0]["family"]
    return [
        NewGroup(
            key=group["key"],
            name=group["name"],
            description=group["description"],
            family=group["family"],
            directly_affected=group["family"] == first,
        )
        for group in written("groups")
    ]
