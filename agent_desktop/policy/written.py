"""What stands written, in files and in the registry: of each source the values that hold, and what was refused."""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from functools import partial
from pathlib import Path
from typing import Any, Final, Protocol

from agent_desktop.policy import ownership
from agent_desktop.policy.schema import Schema, Wrong, is_set, joined

LARGEST: Final = 2**20
"""Bytes of a file of policy."""
POLICIES: Final = r"Software\Policies\AgentDesktop"
RECOMMENDED: Final = POLICIES + r"\Recommended"


class Rank(IntEnum):
    """Who says it, the first counts. Machine, user and server are policy; `PERSON` is the person who works here."""

    MACHINE = 1
    USER = 2
    SERVER = 3
    PERSON = 4
    RECOMMENDED = 5
    SEED = 6
    BUILT_IN = 7


@dataclass(frozen=True, slots=True)
class Source:
    """`where` is a file's path, a key of the registry or a server; empty for what is built in."""

    rank: Rank
    where: str = ""

    @property
    def is_policy(self) -> bool:
        """Whether the person cannot choose otherwise."""
        return self.rank < Rank.PERSON


@dataclass(frozen=True, slots=True)
class Refused:
    """`key` is empty where the whole source does not count; `place` is what others may write, the line and column
    (`3:17`) where a file is no JSON any more, or the system's reason why it cannot be read."""

    source: Source
    wrong: Wrong
    key: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Layer:
    """What one source says, by key."""

    source: Source
    values: Mapping[str, Any]
    refused: tuple[Refused, ...] = ()


class Hive(StrEnum):
    MACHINE = "HKEY_LOCAL_MACHINE"
    USER = "HKEY_CURRENT_USER"


class Registry(Protocol):
    """Of Windows."""

    def values(self, hive: Hive, key: str) -> Mapping[str, object]:
        """Numbers as int, texts as str, several texts as a list. Nothing where there is no such key."""


def layer(source: Source, written: Mapping[str, object], schema: Schema) -> Layer:
    """Of what is written whatever fits; each thing that does not is named."""
    values: dict[str, Any] = {}
    refused: list[Refused] = []
    for name, raw in written.items():
        if not schema.is_known(name):
            refused.append(Refused(source, Wrong.UNKNOWN, name))
        elif name in schema.keys and is_set(value := joined(raw)):
            key = schema.keys[name]
            wrong = Wrong.PERSONAL if key.is_personal else key.fault(value)
            if wrong is None:
                values[name] = value
            else:
                refused.append(Refused(source, wrong, name))
    return Layer(source, values, tuple(refused))


def of_file(path: Path, rank: Rank, schema: Schema, owners: Collection[int]) -> Layer:
    """A JSON file by its keys. It counts only when nobody but `owners` can have written it."""
    source = Source(rank, str(path))
    try:
        with path.open("rb") as file:
            if (others := ownership.open_to_others(path, owners)) is not None:
                return _refused(source, Wrong.WRITABLE, str(others))
            content = file.read(LARGEST + 1)
    except OSError as error:
        return _refused(source, Wrong.UNREADABLE, error.strerror or "")
    return of_content(content, source, schema)


def of_content(content: bytes, source: Source, schema: Schema) -> Layer:
    """Of a JSON file, by its keys. It may be UTF-16, as Windows likes to write."""
    if len(content) > LARGEST:
        return _refused(source, Wrong.LARGE)
    twice: list[str] = []
    try:
        written = json.loads(content, object_pairs_hook=partial(_object, twice))
    except json.JSONDecodeError as error:
        return _refused(source, Wrong.GARBLED, f"{error.lineno}:{error.colno}")
    except UnicodeDecodeError:
        return _refused(source, Wrong.ENCODING)
    except (ValueError, RecursionError):
        return _refused(source, Wrong.GARBLED)
    if not isinstance(written, dict):
        return _refused(source, Wrong.GARBLED)
    fits = layer(source, written, schema)
    return replace(fits, refused=(*fits.refused, *(Refused(source, Wrong.TWICE, name) for name in twice)))


def _object(twice: list[str], pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    """Of JSON, with what stands in it more than once put into `twice`."""
    twice += [name for name, count in Counter(name for name, _ in pairs).items() if count > 1]
    return dict(pairs)


def of_folder(folder: Path, rank: Rank, schema: Schema, owners: Collection[int]) -> tuple[Layer, ...]:
    """Its `*.json`, the one that counts first: by name, the later before the earlier."""
    try:
        found = sorted(path for path in folder.iterdir() if path.suffix == ".json")
    except FileNotFoundError:
        return ()
    except OSError as error:
        return (_refused(Source(rank, str(folder)), Wrong.UNREADABLE, error.strerror or ""),)
    return tuple(of_file(path, rank, schema, owners) for path in reversed(found))


def of_registry(registry: Registry, hive: Hive, key: str, rank: Rank, schema: Schema) -> Layer:
    """Values by the same names as in files. The registry knows no true and false: 1 and 0 stand for them."""
    found = {name.lower(): value for name, value in registry.values(hive, key).items()}
    for name, value in found.items():
        known = schema.keys.get(name)
        if known is not None and known.kind is bool and type(value) is int and value in (0, 1):
            found[name] = bool(value)
    return layer(Source(rank, f"{hive}\\{key}"), found, schema)


def _refused(source: Source, wrong: Wrong, place: str = "") -> Layer:
    return Layer(source, {}, (Refused(source, wrong, place=place),))


def refused(layers: Sequence[Layer]) -> tuple[Refused, ...]:
    return tuple(one for each in layers for one in each.refused)
