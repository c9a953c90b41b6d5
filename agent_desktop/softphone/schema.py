"""The JSON schema of every command and event, made from their types."""

import inspect
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, NewType, Union, get_args, get_origin, get_type_hints

from agent_desktop.softphone.commands import Command
from agent_desktop.softphone.events import Event

Schema = dict[str, Any]

_PLAIN: Mapping[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    datetime: {"type": "string", "format": "date-time"},
    Path: {"type": "string"},
    NoneType: {"type": "null"},
}


def protocol_schema() -> Schema:
    """Of one line, as `wire` writes it and reads it. JSON Schema 2020-12."""
    kinds: dict[str, Schema] = {}
    directions = {
        "Command": _one_of(get_args(Command), kinds) | {"description": "To the phone."},
        "Event": _one_of(get_args(Event), kinds) | {"description": "From the phone."},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "One line between a workstation and the phone",
        "oneOf": [{"$ref": f"#/$defs/{name}"} for name in directions],
        "$defs": directions | dict(sorted(kinds.items())),
    }


def _of(shape: Any, kinds: dict[str, Schema]) -> Schema:
    if isinstance(shape, NewType):
        return _of(shape.__supertype__, kinds)
    if get_origin(shape) in (Union, UnionType):
        return _one_of(get_args(shape), kinds)
    if get_origin(shape) is tuple:
        return _list(get_args(shape), kinds)
    if shape in _PLAIN:
        return dict(_PLAIN[shape])
    if shape.__name__ not in kinds:
        kinds[shape.__name__] = _value(shape, kinds) if is_dataclass(shape) else _choice(shape)
    return {"$ref": f"#/$defs/{shape.__name__}"}


def _one_of(shapes: tuple[Any, ...], kinds: dict[str, Schema]) -> Schema:
    return {"oneOf": [_of(each, kinds) for each in shapes]}


def _list(shapes: tuple[Any, ...], kinds: dict[str, Schema]) -> Schema:
    if shapes[-1] is Ellipsis:
        return {"type": "array", "items": _of(shapes[0], kinds)}
    return {"type": "array", "prefixItems": [_of(each, kinds) for each in shapes], "items": False}


def _value(shape: Any, kinds: dict[str, Schema]) -> Schema:
    hints = get_type_hints(shape)
    properties = {each.name: _of(hints[each.name], kinds) | _default(each) for each in fields(shape)}
    needed = [each.name for each in fields(shape) if each.default is MISSING and each.default_factory is MISSING]
    return _described(shape) | {
        "type": "object",
        "properties": {"is": {"const": shape.__name__}, **properties},
        "required": ["is", *needed],
        "additionalProperties": False,
    }


def _choice(shape: type[Enum]) -> Schema:
    return _described(shape) | {"enum": [each.value for each in shape]}


def _default(of: "Field[Any]") -> Schema:
    if of.default is MISSING:
        return {}
    return {"default": of.default.value if isinstance(of.default, Enum) else of.default}


def _described(shape: Any) -> Schema:
    said = inspect.cleandoc(vars(shape).get("__doc__") or "")
    if not said or said.startswith(f"{shape.__name__}("):  # what `dataclass` says of one that says nothing
        return {}
    return {"description": " ".join(said.split())}
