"""The stakeholder groups that a consultation hears, and what may become of them once people speak from them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app.language import Message, _
from app.models.consultations import StakeholderGroup

LONGEST_NAME = 120
LONGEST_DESCRIPTION = 300
MOST_GROUPS = 40


@dataclass(frozen=True, slots=True)
class NewGroup:
    """A stakeholder group to be set up, in the order of the list. A group that exists keeps its key."""

    key: str
    name: str
    description: str = ""
    family: str = ""
    directly_affected: bool = False


def problems_of_groups(groups: Sequence[NewGroup]) -> list[tuple[str, Message]]:
    """What keeps groups from being stored: each field with what to do."""
    found: list[tuple[str, Message]] = []
    if len(groups) > MOST_GROUPS:
        found.append(("groups-0-name", _("Use at most %(most)s groups.", most=MOST_GROUPS)))
    seen: set[str] = set()
    for index, group in enumerate(groups):
        if not group.name:
            found.append((f"groups-{index}-name", _("Give this group a name, or remove it.")))
        elif group.name.casefold() in seen:
            found.append((f"groups-{index}-name", _("Two groups have this name. Choose another one.")))
        seen.add(group.name.casefold())
        for field, written, most in (
            ("name", group.name, LONGEST_NAME),
            ("description", group.description, LONGEST_DESCRIPTION),
            ("family", group.family, LONGEST_NAME),
        ):
            if len(written) > most:
                found.append((f"groups-{index}-{field}", _("Shorten this to %(most)s characters.", most=most)))
    return found


def problems_of_removal(
    before: Sequence[StakeholderGroup], after: Sequence[NewGroup], in_use: Collection[str]
) -> list[tuple[str, Message]]:
    """Groups from which somebody speaks, or which a standard names, stay."""
    left = {group.key for group in after}
    return [
        (
            "groups",
            _(
                "People speak from “%(group)s” or a standard names it, so it has to stay. You can rename it.",
                group=group.name,
            ),
        )
        for group in before
        if group.key in in_use and group.key not in left
    ]


def problems_of_affectedness(
    before: Sequence[StakeholderGroup], after: Sequence[NewGroup], in_use: Collection[str]
) -> list[tuple[str, Message]]:
    """Once a consultation is open, a group from which somebody speaks as directly affected stays so."""
    was_affected = {group.key for group in before if group.directly_affected}
    sentence = _("People speak from this group as directly affected already, so it stays so.")
    return [
        (f"groups-{index}-directly_affected", sentence)
        for index, group in enumerate(after)
        if group.key in was_affected and group.key in in_use and not group.directly_affected
    ]


def changes_of_groups(before: Sequence[StakeholderGroup], after: Sequence[NewGroup]) -> list[dict[str, str]]:
    """What changed, one line for each group and kind of change, for the public record."""
    kept: Mapping[str, NewGroup] = {group.key: group for group in after}
    known = {group.key for group in before}
    found = [_change("group_added", "", group.name) for group in after if group.key not in known]
    for old in before:
        new = kept.get(old.key)
        if new is None:
            found.append(_change("group_removed", old.name, ""))
            continue
        if (old.name, old.description, old.family) != (new.name, new.description, new.family):
            found.append(_change("group_described", _described(old), _described(new)))
        if old.directly_affected != new.directly_affected:
            names = ("", new.name) if new.directly_affected else (new.name, "")
            found.append(_change("group_affected", *names))
    return found


def _described(group: StakeholderGroup | NewGroup) -> str:
    return " / ".join(part for part in (group.name, group.description, group.family) if part)


def _change(setting: str, before: str, after: str) -> dict[str, str]:
    return {"setting": setting, "before": before, "after": after}
