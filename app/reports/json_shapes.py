"""The JSON Schema of plain classes, from their type hints and their own words: a new field describes itself."""

import types
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from app.language import Message

PLAIN: Mapping[object, str] = {str: "string", Message: "string", int: "integer", float: "number", bool: "boolean"}


def shape(hint: Any) -> dict[str, object]:
    """What a value of this type looks like in JSON; classes say in their docstring what they are.

    Raises:
        TypeError: such a type has no form in JSON.
    """
    origin = get_origin(hint) or hint
    if origin in PLAIN:
        return {"type": PLAIN[origin]}
    if origin in (Union, types.UnionType):
        return _either([shape(part) for part in get_args(hint) if part is not type(None)], hint)
    if origin is type(None):
        return {"type": "null"}
    if is_dataclass(origin):
        return _object(origin)
    if isinstance(origin, type) and issubclass(origin, Enum):
        return {"enum": [member.value for member in origin]}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": shape(get_args(hint)[1])}
    if isinstance(origin, type) and issubclass(origin, Sequence):
        return _array(get_args(hint))
    message = f"{hint} has no form in JSON"
    raise TypeError(message)


def _either(shapes: list[dict[str, object]], hint: Any) -> dict[str, object]:
    if type(None) in get_args(hint):
        shapes = [*shapes, {"type": "null"}]
    if all(set(one) == {"type"} for one in shapes):
        return {"type": [one["type"] for one in shapes]}
    return {"anyOf": shapes}


def _array(inside: tuple[Any, ...]) -> dict[str, object]:
    """A list of one kind, or a row of so many values of their own kinds each."""
    if len(inside) == 1 or inside[-1] is Ellipsis:
        return {"type": "array", "items": shape(inside[0])}
    return {"type": "array", "prefixItems": [shape(part) for part in inside], "items": False}


def _object(kind: Any) -> dict[str, object]:
    hints = get_type_hints(kind)
    always = [one.name for one in fields(kind) if one.default is MISSING and one.default_factory is MISSING]
    return {
        "type": "object",
        "description": " ".join((kind.__doc__ or "").split()),
        "required": always,
        "properties": {one.name: shape(hints[one.name]) for one in fields(kind)},
    }
