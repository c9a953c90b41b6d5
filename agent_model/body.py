"""Values to JSON bodies and back: what a row on the wire, in the cache and in a command holds.

The id and the version travel beside the body, not in it. Fields a reader does not know are skipped by
`from_body`; whoever stores a body stores it whole, so that they survive (sync: unknown fields are kept).
"""

import functools
import operator
import types
import typing
from collections.abc import Callable, Hashable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar

from agent_model import moment

T = TypeVar("T")

BESIDE_THE_BODY = ("id", "version")
PLAIN_ALREADY = frozenset({str, int, float, bool, types.NoneType})


def to_body(value: Any) -> dict[str, Any]:
    """The JSON-ready fields of a dataclass value without `id` and `version`."""
    return _body_writer(typing.cast("Hashable", type(value)))(value)


def from_body(kind: type[T], id: str, version: int, body: Mapping[str, Any]) -> T:  # noqa: A002 - the noun's own name
    """The value of a row. Raises ValueError, KeyError or TypeError when the body lacks or garbles a field."""
    reader = _reader(typing.cast("Hashable", kind))
    return typing.cast("T", reader({**body, "id": id, "version": version}))


@functools.cache
def _body_writer(kind: Any) -> Callable[[Any], dict[str, Any]]:
    return _fields_writer(tuple(f.name for f in fields(kind) if f.name not in BESIDE_THE_BODY))


def _fields_writer(names: tuple[str, ...]) -> Callable[[Any], dict[str, Any]]:
    """Most fields are plain already: they cost no call."""
    if len(names) < 2:  # attrgetter gives no tuple then
        return lambda value: {name: _plain(getattr(value, name)) for name in names}
    read = operator.attrgetter(*names)
    return lambda value: {
        name: part if type(part) in PLAIN_ALREADY else _plain(part)
        for name, part in zip(names, read(value), strict=True)
    }


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind in PLAIN_ALREADY:
        return value
    if kind is tuple:
        return [*map(_plain, value)]
    return _writer(typing.cast("Hashable", kind))(value)


@functools.cache
def _writer(kind: Any) -> Callable[[Any], Any]:
    if issubclass(kind, Enum):
        return operator.attrgetter("_value_")
    if issubclass(kind, datetime):
        return moment.to_text
    if issubclass(kind, date):
        return date.isoformat
    if is_dataclass(kind):
        return _fields_writer(tuple(f.name for f in fields(kind)))
    if issubclass(kind, (tuple, list)):
        return lambda value: [_plain(item) for item in value]
    return lambda value: value


@functools.cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    if isinstance(kind, typing.NewType):
        return _reader(kind.__supertype__)
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        present = [part for part in typing.get_args(kind) if part is not type(None)]
        inner = _reader(present[0])
        return lambda plain: None if plain is None else inner(plain)
    if origin is tuple:
        item = _reader(typing.get_args(kind)[0])
        return lambda plain: tuple(item(part) for part in plain)
    if kind is datetime:
        return moment.from_text
    if kind is date:
        return date.fromisoformat
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if is_dataclass(kind):
        return _dataclass_reader(kind)
    return lambda plain: plain


def _dataclass_reader(kind: Any) -> Callable[[Any], Any]:
    hints = typing.get_type_hints(kind)
    parts = tuple(
        (f.name, _reader(hints[f.name]), f.default is MISSING and f.default_factory is MISSING) for f in fields(kind)
    )

    def read(plain: Mapping[str, Any]) -> Any:
        return kind(**{name: part(plain[name]) for name, part, needed in parts if needed or name in plain})

    return read
