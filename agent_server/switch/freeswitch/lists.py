"""What a FreeSWITCH lists: tables of mod_callcenter, rows of `show … as json`, the pauses kept in mod_hash."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote

Row = Mapping[str, str]

PAUSES: Final = "desk_pause"
"""The realm of mod_hash in which it is kept why somebody is paused: mod_callcenter knows no reason."""
_USER: Final = re.compile(r"(?:^|[\]},|])user/([^@,|\]\s]+)")


@dataclass(frozen=True, slots=True)
class Lists:
    """All that is read at once. `callers` are the members of queues, in mod_callcenter's word; `led` is in which queue
    those asked who wait for the agent they know, by the caller's channel."""

    queues: tuple[str, ...]
    agents: Sequence[Row]
    tiers: Sequence[Row]
    callers: Sequence[Row]
    channels: Sequence[Row]
    registrations: Sequence[Row]
    pauses: Mapping[str, str]
    led: Mapping[str, str]


def table(said: str) -> list[Row]:
    """A line of names, then rows, then +OK. Of an agent's contact alone a | can be a part."""
    lines = [line for line in said.splitlines() if line and line != "+OK"]
    if not lines:
        return []
    names = lines[0].split("|")
    return [row for line in lines[1:] if (row := _row(names, line.split("|"))) is not None]


def rows(said: str) -> list[Row]:
    """Of `show … as json`, which has no rows where there are none. Raises ValueError."""
    told: Any = json.loads(said)
    listed = told.get("rows", []) if isinstance(told, dict) else []
    return [{name: value for name, value in row.items() if isinstance(value, str)} for row in listed]


def pauses(said: str) -> dict[str, str]:
    """By what a telephone is registered as; of `hash_dump db`: D/realm_key/value, the value as `quote` wrote it."""
    return dict(_pauses(said))


def dialled_user(contact: str) -> str | None:
    """Whose telephone rings for an agent (user/1001@example.com)."""
    found = _USER.search(contact)
    return found[1] if found else None


def _pauses(said: str) -> Iterator[tuple[str, str]]:
    start = f"D/{PAUSES}_"
    for line in said.splitlines():
        key, slash, value = line.removeprefix(start).partition("/")
        if line.startswith(start) and slash:
            yield key, unquote(value)


def _row(names: Sequence[str], cells: Sequence[str]) -> Row | None:
    over = len(cells) - len(names)
    if over > 0 and "contact" in names:
        at = names.index("contact")
        cells = [*cells[:at], "|".join(cells[at : at + over + 1]), *cells[at + over + 1 :]]
    return dict(zip(names, cells, strict=True)) if len(cells) == len(names) else None
