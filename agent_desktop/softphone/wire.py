"""Commands and events as JSON lines, one object a line, between the workstation and the phone process.

A value is written as its fields. Where a field may hold one of several kinds, and for the line itself, the kind's
name stands in `is`. Moments are ISO 8601 with their zone, paths and enums are their text.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, NewType, Union, cast, get_args, get_origin, get_type_hints

from agent_desktop.softphone.commands import Command
from agent_desktop.softphone.events import Event


class BadLineError(Exception):
    """A line that is no command or no event; `detail` says where it went wrong."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


def command_line(command: Command) -> bytes:
    return _line(command)


def event_line(event: Event) -> bytes:
    return _line(event)


def read_command(line: bytes | str) -> Command:
    """Raises BadLineError."""
    return cast(Command, _read(line, _COMMANDS))


def read_event(line: bytes | str) -> Event:
    """Raises BadLineError."""
    return cast(Event, _read(line, _EVENTS))


def _line(value: object) -> bytes:
    return json.dumps(_written(value), separators=(",", ":")).encode("ascii") + b"\n"


def _written(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        shown = {"is": type(value).__name__}
        return shown | {f.name: _written(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [_written(each) for each in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Path):
        return str(value)
    return value


def _read(line: bytes | str, kinds: Mapping[str, type]) -> object:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as reason:
        raise BadLineError("not JSON") from reason
    try:
        return _of_kind(found, kinds)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as reason:
        raise BadLineError(f"{type(reason).__name__}: {reason}") from reason


def _of_kind(found: dict[str, Any], kinds: Mapping[str, type]) -> object:
    return _reader(kinds[found["is"]])(found)


_Reader = Callable[[Any], object]


@cache
def _reader(shape: Any) -> _Reader:
    """A function that reads this type; made once per type, because the hints of a dataclass are slow to get."""
    return _made(shape)


def _made(shape: Any) -> _Reader:
    if isinstance(shape, NewType):
        return _reader(shape.__supertype__)
    origin = get_origin(shape)
    if origin in (Union, UnionType):
        return _made_union(get_args(shape))
    if origin is tuple:
        return _made_tuple(get_args(shape))
    if is_dataclass(shape):
        return _made_value(cast(type, shape))
    if shape is datetime:
        return datetime.fromisoformat
    if shape is float:
        return float
    if isinstance(shape, type) and issubclass(shape, Enum | Path):
        return shape
    return _exactly(shape)


def _exactly(shape: type) -> _Reader:
    def read(found: Any) -> object:
        if type(found) is not shape:
            raise TypeError(f"{found!r} is no {shape.__name__}")
        return found

    return read


def _made_union(shapes: tuple[type, ...]) -> _Reader:
    values = {shape.__name__: cast(type, shape) for shape in shapes if is_dataclass(shape)}
    plain = [shape for shape in shapes if not is_dataclass(shape) and shape is not NoneType]

    def read(found: Any) -> object:
        if found is None and NoneType in shapes:
            return None
        if isinstance(found, dict):
            return _of_kind(found, values)
        return _reader(plain[0])(found)

    return read


def _made_tuple(shapes: tuple[Any, ...]) -> _Reader:
    if shapes[-1] is Ellipsis:
        each = _reader(shapes[0])
        return lambda found: tuple(each(item) for item in found)
    several = [_reader(shape) for shape in shapes]
    return lambda found: tuple(read(item) for read, item in zip(several, found, strict=True))


def _made_value(shape: type) -> _Reader:
    hints = get_type_hints(shape)
    readers = {f.name: _reader(hints[f.name]) for f in fields(shape)}

    def read(found: Any) -> object:
        given = {name: readers[name](item) for name, item in found.items() if name != "is"}
        return shape(**given)

    return read


_COMMANDS: dict[str, type] = {shape.__name__: shape for shape in get_args(Command)}
_EVENTS: dict[str, type] = {shape.__name__: shape for shape in get_args(Event)}
