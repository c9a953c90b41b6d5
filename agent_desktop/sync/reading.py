"""Answers of the server as values, each of the kind it must be: what is stored or shown later was checked here.

Every function raises KeyError, TypeError or ValueError for what is not our protocol.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from agent_desktop.sync.handover import Recipient
from agent_model.floor_message import FloorMessage, Receipt, To
from agent_model.floor_report import COLUMNS, Period, Report, Value, Wish
from agent_model.moment import from_text
from agent_model.scope import Scope
from agent_model.secret import Secret
from agent_model.wire import ChangesPage, Gone, Hello, Row
from agent_model.words import Words

LARGEST_NUMBER: Final = 2**53
LARGEST_SNAPSHOT: Final = 2**30
"""Bytes of a compressed snapshot; a million customers take about a tenth."""
LARGEST_RECORDING: Final = 2**30
RECORDING: Final = re.compile(r"[0-9a-f]{32}")
SECRET: Final = re.compile(r"[0-9a-f]{64}")
LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")
HIGHEST_PORT: Final = 65535
LONGEST_SIGN_ON_S: Final = 3600
TOKEN: Final = re.compile(r"[\x21-\x7e]{1,8192}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """A snapshot on offer: `base_seq` is the cursor it stands for; `sha256` and `size` are of the compressed file."""

    scope: Scope
    base_seq: int
    epoch: str
    sha256: str
    size: int
    rows: int


@dataclass(frozen=True, slots=True)
class HeldRecording:
    """A recording of a call as the server has it: `received` bytes of `length`; `key` opens it once it is whole."""

    id: str
    sha256: str
    length: int
    received: int
    is_here: bool
    key: bytes | None = field(repr=False, default=None)


@dataclass(frozen=True, slots=True)
class Verified:
    """What the server holds of a scope as of its number `head`, as the hashes of `agent_model.fingerprint`."""

    head: int
    hashes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ways:
    """How one may sign in. `organisation` is what its sign-on is called, None where it has none; `ports` are those that
    the browser may come back to, empty: any. Without `passwords` only who is named for emergencies has one."""

    passwords: bool = True
    organisation: Words | None = None
    ports: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SignOnBegun:
    """Where the browser goes, and what goes back to the server with what it brings."""

    url: str
    ticket: str = field(repr=False)
    issuer: str
    lasts_s: int


def ways(plain: Mapping[str, Any]) -> Ways:
    passwords, provider = plain["passwords"], plain["provider"]
    if type(passwords) is not bool:
        raise TypeError("passwords are allowed or not")
    if provider is None:
        return Ways(passwords)
    name = Words(text(provider["name"]["zh"]), text(provider["name"]["en"]))
    return Ways(passwords, name, tuple(whole(port, HIGHEST_PORT) for port in provider["ports"]))


def sign_on(plain: Mapping[str, Any]) -> SignOnBegun:
    """A browser is opened with the address, so it is one of the web; in clear only on this computer."""
    url = token(plain["url"])
    parts = urlsplit(url)
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)):
        raise ValueError("not an address for a browser")
    return SignOnBegun(url, token(plain["ticket"]), text(plain["issuer"]), whole(plain["lasts_s"], LONGEST_SIGN_ON_S))


def text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{type(value).__name__} is no text")
    return value


def whole(value: Any, most: int = LARGEST_NUMBER) -> int:
    """A number that counts something."""
    if type(value) is not int:
        raise TypeError(f"{type(value).__name__} is no whole number")
    if not 0 <= value <= most:
        raise ValueError("a number out of all bounds")
    return value


def moment(value: Any) -> datetime | None:
    """None from a server that does not say."""
    return None if value is None else from_text(text(value))


def token(value: Any) -> str:
    """What goes into a header later."""
    if TOKEN.fullmatch(text(value)) is None:
        raise ValueError("not a token")
    return str(value)


def secret(value: Any) -> str:
    """32 bytes in hex; empty when an older server gives none."""
    if value is not None and SECRET.fullmatch(text(value)) is None:
        raise ValueError("not a secret")
    return str(value or "")


def recipient(plain: Mapping[str, Any]) -> Recipient | None:
    """None when an older server gives none."""
    public, key = secret(plain.get("handover_public")), secret(plain.get("handover_key"))
    return Recipient(public, key) if public and key else None


def row(plain: Mapping[str, Any]) -> Row:
    return checked_row(plain["entity"], plain["id"], plain["version"], plain["body"])


def checked_row(entity: Any, id_: Any, version: Any, body: Any) -> Row:
    if not isinstance(body, dict):
        raise TypeError("a body is no object")
    return Row(text(entity), text(id_), whole(version), body)


def page(plain: Mapping[str, Any], scope: Scope, since: int) -> ChangesPage:
    """The page after `since`; one that leads nowhere is none."""
    found = ChangesPage(
        scope=Scope(text(plain["scope"])),
        rows=tuple(map(row, plain["rows"])),
        evicted=tuple(map(_gone, plain["evicted"])),
        deleted=tuple(map(_gone, plain["deleted"])),
        next=whole(plain["next"]),
        head=whole(plain["head"]),
        more=plain["more"] is True,
        entries=None if plain.get("entries") is None else whole(plain["entries"]),
        compacted=whole(plain.get("compacted", 0)),
    )
    if found.scope != scope or not since <= found.next <= found.head or (found.more and found.next == since):
        raise ValueError("a page that leads nowhere")
    return found


def verified(plain: Mapping[str, Any], scope: Scope, buckets: int) -> Verified:
    found = Verified(whole(plain["head"]), tuple(map(text, plain["buckets"])))
    if plain["scope"] != scope or len(found.hashes) != buckets:
        raise ValueError("hashes of something else")
    return found


def hello(plain: Mapping[str, Any]) -> Hello:
    wanted = plain.get("workstations") or {}
    return Hello(
        server=text(plain["server"]),
        protocol=whole(plain["protocol"]),
        epoch=text(plain["epoch"]),
        server_time=text(plain["server_time"]),
        scopes={_scope(scope): whole(head) for scope, head in plain["scopes"].items()},
        features=tuple(map(text, plain.get("features", ()))),
        match_keys=_match_keys(plain.get("match_keys")),
        asks_why=plain.get("asks_why") is True,
        erasures=whole(plain.get("erasures", 0)),
        hidden=_kinds(plain.get("hidden", ())),
        word_keys=_match_keys(plain.get("word_keys")),
        provisioning=whole(plain.get("provisioning", 0)),
        refusal=text(wanted.get("refusal", "")),
        oldest=text(wanted.get("oldest", "")),
        newest=text(wanted.get("newest", "")),
    )


def manifest(plain: Mapping[str, Any], scope: Scope) -> Manifest:
    return Manifest(
        scope=scope,
        base_seq=whole(plain["base_seq"]),
        epoch=text(plain["epoch"]),
        sha256=text(plain["sha256"]),
        size=whole(plain["size"], LARGEST_SNAPSHOT),
        rows=whole(plain["rows"]),
    )


def held_recording(plain: Mapping[str, Any]) -> HeldRecording:
    key = plain["key"]
    return HeldRecording(
        id=_named(plain["id"]),
        sha256=text(plain["sha256"]),
        length=whole(plain["length"], LARGEST_RECORDING),
        received=whole(plain["received"], LARGEST_RECORDING),
        is_here=plain["is_here"] is True,
        key=None if key is None else bytes.fromhex(text(key)),
    )


def floor_report(plain: Mapping[str, Any], wish: Wish) -> Report:
    """Of columns that are known here, each row with a value for every one."""
    columns, keys = (tuple(map(text, plain[name])) for name in ("columns", "keys"))
    if plain["kind"] != wish.kind or not {*columns} <= COLUMNS.keys() or columns[: len(keys)] != keys:
        raise ValueError("no report of these columns")

    def values(row: Any) -> tuple[Value, ...]:
        if len(row) != len(columns) or any(isinstance(one, list | dict | bool) for one in row):
            raise TypeError("no row of the report")
        return tuple(row)

    def period(told: Any) -> Period:
        return Period(tuple(map(values, told["rows"])), None if told["total"] is None else values(told["total"]))

    return Report(
        wish, keys, columns, period(plain["now"]), None if plain["before"] is None else period(plain["before"])
    )


def floor_message(plain: Mapping[str, Any]) -> FloorMessage:
    """A lead's message; as it is told."""
    id_, by, whom, words = (text(plain[name]) for name in ("id", "by", "whom", "words"))
    at, until = (from_text(text(plain[name])) for name in ("at", "until"))
    return FloorMessage(id_, by, To(plain["to"]), whom, words, plain["is_urgent"] is True, at, until)


def receipt(plain: Mapping[str, Any], message_id: str) -> Receipt:
    read_at = None if plain["read_at"] is None else from_text(text(plain["read_at"]))
    return Receipt(message_id, text(plain["agent"]), read_at)


def _named(found: Any) -> str:
    """An id that a file may be called by."""
    if RECORDING.fullmatch(text(found)) is None:
        raise ValueError("not the id of a recording")
    return text(found)


def _match_keys(plain: Any) -> Mapping[str, str] | None:
    return None if plain is None else {text(segment): secret(text(key)) for segment, key in plain.items()}


def _kinds(plain: Any) -> tuple[Secret, ...]:
    """Those that this version knows."""
    return tuple(kind for kind in Secret if kind.value in map(text, plain))


def _gone(pair: Any) -> Gone:
    if not isinstance(pair, list):
        raise TypeError("not a pair")
    entity, id_ = pair
    return Gone(text(entity), text(id_))


def _scope(name: str) -> Scope:
    if "|" in name or name == "met":  # the mirror's own marks
        raise ValueError("not the name of a scope")
    return Scope(name)
