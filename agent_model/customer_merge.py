"""Two customers who are one: what becomes of their fields when they are merged, and when the merge is undone.

`united` and `parted` work on bodies (`agent_model.body`), so that fields this version does not know come along.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from agent_model.customer import CustomerId
from agent_model.customer_form import is_own

CHOSEN_FIELDS: Final = ("name", "company", "email", "region", "language", "tier", "is_verified")
"""Of these, and of the site's own fields, one of the two stands: the agent chooses which."""

_JOINED: Final = ("phones", "tags", "apart")
_ADDED: Final = ("notes", "signal_results", "products", "consents")
_NOT_SHARED: Final = "segment"


@dataclass(frozen=True, slots=True)
class Moved:
    """How many rows of a noun went over to the one who stays."""

    entity: str
    count: int


class StayedKind(StrEnum):
    """FIELD: changed after the merge; ROW: written after it, or given to somebody else since."""

    FIELD = "field"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Stayed:
    """What came after a merge and was not taken back with it: a field by its name, a row by its noun and id."""

    kind: StayedKind
    entity: str
    name: str


@dataclass(frozen=True, slots=True)
class CustomerMerge:
    """`gone` went into `customer_id`, who has everything of both since `at`. `id` is `merge_id(gone, …)`.

    `name` was the name of the one who went, `taken` the fields that stand as they were theirs. It can be undone until
    `undo_until`, the last merge of a customer (the highest `nth`) first; then `stayed` lists what the other keeps.
    """

    id: str
    customer_id: CustomerId
    gone: CustomerId
    taken: tuple[str, ...] = ()
    name: str = ""
    moved: tuple[Moved, ...] = ()
    nth: int = 0
    by: str | None = None
    at: datetime | None = None
    undo_until: datetime | None = None
    is_undone: bool = False
    undone_by: str | None = None
    undone_at: datetime | None = None
    stayed: tuple[Stayed, ...] = ()
    version: int = 0


def merge_id(gone: str, mark: str) -> str:
    """Begins with whom it is about, so that an old id is found among many merges. `mark` makes it this one's."""
    return f"{gone}.{mark}"


def is_chosen(name: str) -> bool:
    return name in CHOSEN_FIELDS or is_own(name)


def united(stays: Mapping[str, Any], goes: Mapping[str, Any], taken: Collection[str]) -> dict[str, Any]:
    """The fields of who stays, with those `taken` from who goes. Lists hold what both had; nothing is there twice."""
    whole = {**goes, **stays}
    whole |= {name: goes[name] for name in taken if is_chosen(name) and name in goes}
    whole |= {name: _joined(stays[name], goes[name]) for name in _JOINED if name in stays and name in goes}
    whole |= {name: [*stays[name], *goes[name]] for name in _ADDED if name in stays and name in goes}
    ratings = stays["ratings"], goes["ratings"]
    whole["satisfaction"] = _mean((stays["satisfaction"], goes["satisfaction"]), ratings)
    whole["ratings"] = sum(ratings)
    whole["legal_hold"] = stays.get("legal_hold") or goes.get("legal_hold")
    whole["value_fen"] = stays["value_fen"] + goes["value_fen"]
    whole["since"] = min((day for day in (stays["since"], goes["since"]) if day), default=None)
    return whole


def parted(now: Mapping[str, Any], before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of who stays once the other has gone again: as `before`, but for what changed since `after`."""
    back = dict(now)
    for name in now.keys() - {_NOT_SHARED}:
        if name not in after or before.get(name) == after[name]:
            continue
        if now[name] == after[name]:
            if name in before:
                back[name] = before[name]
            else:
                del back[name]
        elif name in (*_JOINED, *_ADDED):
            count = len(after[name])
            if now[name][:count] == after[name]:
                back[name] = [*before[name], *now[name][count:]]
            else:
                back[name] = _without(now[name], _without(after[name], before[name]))
    return back


def changed_since(now: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields of who stays that somebody wrote after the merge."""
    return tuple(sorted(name for name in now if now[name] != after.get(name)))


def _joined(mine: Sequence[Any], others: Sequence[Any]) -> list[Any]:
    return [*mine, *(one for one in others if one not in mine)]


def _without(some: Sequence[Any], those: Sequence[Any]) -> list[Any]:
    """Each of `those` is left out once."""
    left, out = [], list(those)
    for one in some:
        if one in out:
            out.remove(one)
        else:
            left.append(one)
    return left


def _mean(scores: Sequence[float | None], counts: Sequence[int]) -> float | None:
    known = [(score, count) for score, count in zip(scores, counts, strict=True) if score is not None]
    if len(known) < len(scores):
        return known[0][0] if known else None
    weight = sum(count for _, count in known)
    return sum(score * count for score, count in known) / weight if weight else known[0][0]
