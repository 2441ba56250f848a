"""Reading a summary back: from its published JSON to the Document that it was made of.

The reader follows the type hints of the document's own classes, so that a field that is added later needs nothing here.
What the published form leaves out (the message behind a sentence, the family of a group) lies `aside`, if it was kept.
"""

import types
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from app.language import SOURCE, Message, spoken
from app.reports.document import Document

Json = Mapping[str, object]
NOTHING: Mapping[type, object] = {str: "", int: 0, float: 0.0, bool: False, tuple: (), dict: {}}


class Unreadable(ValueError):
    """Something is not what the schema says; `place` names it, such as `standards.0.positions.n`."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


def document_from(data: object, aside: Json | None = None) -> Document:
    """The document that `as_json` gave as `data`; `aside` is what `aside_of` kept of it.

    Raises:
        Unreadable: it is no summary.
    """
    kept = aside or {}
    reader = _Reader({place: _message(value) for place, value in _pairs(kept.get("messages"))})
    families = {group: str(family) for group, family in _pairs(kept.get("families"))}
    return cast("Document", reader.read(Document, _unpublished(data, families), ""))


def aside_of(document: Document) -> dict[str, object]:
    """What the published JSON of a document does not say: its messages by their place, and the families of groups."""
    messages = {place: _message_parts(message) for place, message in _messages(document, "")}
    return {"messages": messages, "families": {group.group: group.family for group in document.participation}}


@dataclass(frozen=True, slots=True)
class _Reader:
    """Values by their type hints. `messages` are those that were kept, by their place."""

    messages: Mapping[str, Message] = field(default_factory=dict)

    def read(self, hint: Any, value: Any, place: str) -> Any:
        """The value as this type.

        Raises:
            Unreadable: it cannot be that.
        """
        origin = get_origin(hint) or hint
        if origin in (Union, types.UnionType):
            return self._one_of(get_args(hint), value, place)
        if origin is Message:
            return self._message(value, place)
        if is_dataclass(hint):
            return self._dataclass(cast("type[Any]", hint), value, place)
        if origin in (tuple, list, Sequence):
            return self._sequence(get_args(hint), value, place)
        if origin in (dict, Mapping):
            return self._mapping(get_args(hint), value, place)
        return _plain(hint, value, place)

    def _dataclass(self, kind: type[Any], value: Any, place: str) -> Any:
        _require(isinstance(value, Mapping), place)
        hints, found = _hints(cast("Hashable", kind)), {}
        for one in fields(kind):
            inside = f"{place}.{one.name}".lstrip(".")
            if one.name in value:
                found[one.name] = self.read(hints[one.name], value[one.name], inside)
            elif one.default is MISSING and one.default_factory is MISSING:
                found[one.name] = _nothing(hints[one.name], inside)
        return kind(**found)

    def _sequence(self, parts: tuple[Any, ...], value: Any, place: str) -> tuple[Any, ...]:
        _require(isinstance(value, Sequence) and not isinstance(value, str), place)
        same = len(parts) == 1 or parts[-1] is Ellipsis
        _require(same or len(parts) == len(value), place)
        return tuple(
            self.read(parts[0] if same else parts[index], item, f"{place}.{index}") for index, item in enumerate(value)
        )

    def _mapping(self, parts: tuple[Any, ...], value: Any, place: str) -> dict[Any, Any]:
        _require(isinstance(value, Mapping), place)
        return {key: self.read(parts[1], item, f"{place}.{key}") for key, item in value.items()}

    def _one_of(self, hints: tuple[Any, ...], value: Any, place: str) -> Any:
        for hint in hints:
            try:
                return self.read(hint, value, place)
            except Unreadable:
                continue
        raise Unreadable(place)

    def _message(self, value: Any, place: str) -> Message:
        _require(isinstance(value, str), place)
        kept = self.messages.get(place)
        return kept if kept is not None and kept.text(SOURCE) == value else Message("%(sentence)s", {"sentence": value})


def _unpublished(data: object, families: Mapping[str, str]) -> dict[str, object]:
    """The published form turned back into the shape of the classes."""
    _require(isinstance(data, Mapping), "")
    found = dict(cast("Json", data))
    participation = [_voices(group, families) for group in _list(found.get("participation"), "participation")]
    seats = {str(group.get("group")): group for group in participation}
    standards = _list(found.get("standards"), "standards")
    return {
        **found,
        "participation": participation,
        "standards": [_standard(standard, seats) for standard in standards],
    }


def _voices(group: Json, families: Mapping[str, str]) -> dict[str, object]:
    known = {"people": None, "family": families.get(str(group.get("group")), "")}
    return {**known, **group}


def _standard(standard: Json, seats: Mapping[str, Json]) -> dict[str, object]:
    arguments = standard.get("arguments")
    sides = arguments if isinstance(arguments, Mapping) else {}
    return {
        **standard,
        "arguments_for": sides.get("for", ()),
        "arguments_against": sides.get("against", ()),
        "by_group": [_tally(tally, seats) for tally in _list(standard.get("by_group"), "standards.by_group")],
    }


def _tally(tally: Json, seats: Mapping[str, Json]) -> dict[str, object]:
    key = str(tally.get("group"))
    seat = seats.get(key, {})
    about = {
        "group_key": key,
        "name": seat.get("name", key),
        "family": seat.get("family", ""),
        "directly_affected": seat.get("directly_affected", False),
        "heard": tally.get("heard", False),
        "shown": not tally.get("suppressed", False),
    }
    counts = tally.get("positions")
    if not isinstance(counts, Mapping):
        return about
    interval = tally.get("approval_interval")
    return {
        **about,
        "size": counts.get("n", 0),
        "support": counts.get("support", 0),
        "reservations": counts.get("support_with_reservations", 0),
        "abstain": counts.get("abstain", 0),
        "object": counts.get("object", 0),
        "approval_percent": tally.get("approval_percent"),
        "approval_interval": dict(zip(("low", "high"), interval, strict=False)) if isinstance(interval, list) else None,
    }


def _list(value: object, place: str) -> list[Json]:
    items = value if isinstance(value, list) else []
    _require(isinstance(value, list) and all(isinstance(item, Mapping) for item in items), place)
    return items


def _plain(hint: Any, value: Any, place: str) -> Any:
    if isinstance(hint, type) and issubclass(hint, Enum):
        _require(value in {member.value for member in hint}, place)
        return hint(value)
    if hint is float:
        _require(isinstance(value, int | float) and not isinstance(value, bool), place)
    elif hint is int:
        _require(isinstance(value, int) and not isinstance(value, bool), place)
    elif isinstance(hint, type) and hint is not object:
        _require(isinstance(value, hint), place)
    return value


def _nothing(hint: Any, place: str) -> Any:
    """What stands for a field that an older or a shorter file does not have."""
    origin = get_origin(hint) or hint
    if origin in (Union, types.UnionType) and type(None) in get_args(hint):
        return None
    if origin is Message:
        return Message("")
    kind = {Mapping: dict, Sequence: tuple, list: tuple}.get(origin, origin)
    _require(kind in NOTHING, place)
    return NOTHING[kind]


@cache
def _hints(kind: Hashable) -> dict[str, Any]:
    return get_type_hints(kind)


def _require(right: bool, place: str) -> None:  # noqa: FBT001 - reads like an assertion
    if not right:
        raise Unreadable(place)


def _pairs(value: object) -> list[tuple[str, Any]]:
    return list(value.items()) if isinstance(value, Mapping) else []


def _messages(value: object, place: str) -> list[tuple[str, Message]]:
    if isinstance(value, Message):
        return [(place, value)]
    if is_dataclass(value) and not isinstance(value, type):
        named = [one.name for one in fields(value) if one.name != "comments"]  # many, and without any message
        parts: list[tuple[object, object]] = [(name, getattr(value, name)) for name in named]
    elif isinstance(value, Mapping):
        parts = list(value.items())
    elif isinstance(value, tuple | list):
        parts = list(enumerate(value))
    else:
        return []
    return [found for name, part in parts for found in _messages(part, f"{place}.{name}".lstrip("."))]


def _message_parts(message: Message) -> dict[str, object]:
    params = {name: _param(value) for name, value in message.params.items()}
    return {"msgid": message.msgid, "params": params, "plural": message.plural, "number": message.number}


def _param(value: object) -> object:
    if isinstance(value, Message):
        return {"message": _message_parts(value)}
    if isinstance(value, date):
        return {"day": f"{value:%Y-%m-%d}"}
    if isinstance(value, list | tuple):
        return [_param(item) for item in value]
    if isinstance(value, str):
        return str(value)
    return value if isinstance(value, bool | int | float) else str(spoken(value, SOURCE))


def _message(parts: Json) -> Message:
    params = {name: _param_from(value) for name, value in _pairs(parts["params"])}
    return Message(str(parts["msgid"]), params, str(parts["plural"]), cast("int", parts["number"]))


def _param_from(value: Any) -> object:
    if isinstance(value, list):
        return tuple(_param_from(item) for item in value)
    if not isinstance(value, Mapping):
        return value
    return _message(value["message"]) if "message" in value else date.fromisoformat(str(value["day"]))
