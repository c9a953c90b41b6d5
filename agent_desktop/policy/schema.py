"""The keys that there are, from `resources/policy/schema.json`: what fits each, its default, its words for people."""

import functools
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from agent_desktop import resources

LANGUAGES: Final = ("en", "zh_CN")
_KINDS: Final[Mapping[str, type]] = {"string": str, "integer": int, "boolean": bool}
_IN_EVERY_FILE: Final = "$schema"


class Wrong(StrEnum):
    """Why something that stands written does not count: a key is unknown, of another type, not one of what is
    offered, the person's own, IT's own, not a server's to set, or written once more below; to a whole file others may
    write, it is no JSON object, no text of UTF-8, too large, or cannot be read; what a server tells is signed by
    another key or by none, older than what it told before, or out of date."""

    UNKNOWN = "unknown"
    TYPE = "type"
    VALUE = "value"
    PERSONAL = "personal"
    RESERVED = "reserved"
    LOCAL = "local"
    NOT_ALLOWED = "not_allowed"
    TWICE = "twice"
    WRITABLE = "writable"
    GARBLED = "garbled"
    ENCODING = "encoding"
    LARGE = "large"
    UNREADABLE = "unreadable"
    OTHER_KEY = "other_key"
    FORGED = "forged"
    OLDER = "older"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Words:
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Key:
    """`setting` is the field of Settings that it governs. `is_personal`: no policy may set it. `is_reserved`: the
    person may not. `is_local`: the server may not, for it says whom to trust. `offered`, where it is not empty, are
    all the values there are."""

    name: str
    setting: str
    kind: type
    default: Any
    words: Mapping[str, Words]
    offered: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    longest: int = 0
    pattern: str = ""
    is_personal: bool = False
    is_reserved: bool = False
    is_local: bool = False

    @property
    def group(self) -> str:
        """What stands before the dot; keys without one are of the desktop."""
        first, dot, _ = self.name.partition(".")
        return first if dot else "desktop"

    def fault(self, value: object) -> Wrong | None:
        """None: the value fits."""
        if type(value) is not self.kind:
            return Wrong.TYPE
        if isinstance(value, str):
            is_line = len(value) <= self.longest and re.fullmatch(self.pattern, value) is not None
            fits = value in self.offered if self.offered else is_line
        else:
            fits = self.kind is bool or self.least <= value <= self.most  # type: ignore[operator]
        return None if fits else Wrong.VALUE

    def may_be_left_empty(self) -> bool:
        """By the person, for whom an empty text is a choice as any other."""
        return self.kind is str and (not self.offered or self.default == "")


@dataclass(frozen=True, slots=True)
class Schema:
    keys: Mapping[str, Key]
    groups: Mapping[str, Mapping[str, str]]
    """Their names, by language."""

    def by_setting(self) -> Mapping[str, Key]:
        return {key.setting: key for key in self.keys.values()}

    def is_known(self, name: str) -> bool:
        return name in self.keys or name == _IN_EVERY_FILE


def is_set(value: object) -> bool:
    """Null and an empty text are not: an installer writes those where nobody said anything."""
    return value is not None and value != ""


def joined(value: object) -> object:
    """Several texts may be written as a list as well."""
    if isinstance(value, Sequence) and not isinstance(value, str) and all(isinstance(one, str) for one in value):
        return ",".join(value)
    return value


@functools.cache
def load(path: Path | None = None) -> Schema:
    """The schema of this installation."""
    file = path or resources.folder() / "policy" / "schema.json"
    written = json.loads(file.read_text(encoding="utf-8"))
    keys = {name: _key(name, one) for name, one in written["properties"].items()}
    return Schema(MappingProxyType(keys), MappingProxyType(written["x-groups"]))


def _key(name: str, one: Mapping[str, Any]) -> Key:
    chinese = one["x-zh_CN"]
    return Key(
        name=name,
        setting=one["x-setting"],
        kind=_KINDS[one["type"]],
        default=one["default"],
        words={
            "en": Words(one["title"], one["description"]),
            "zh_CN": Words(chinese["title"], chinese["description"]),
        },
        offered=tuple(one.get("enum", ())),
        least=one.get("minimum", 0),
        most=one.get("maximum", 0),
        longest=one.get("maxLength", 0),
        pattern=one.get("pattern", ""),
        is_personal=one.get("x-person", False),
        is_reserved=one.get("x-reserved", False),
        is_local=one.get("x-local", False),
    )
