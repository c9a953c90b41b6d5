"""The tree of dispositions: which of them a queue offers, under what path, and whether one may stand in it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from agent_model.organisation import WrapUpCode

DEEPEST = 8
"""Branches above a disposition; data that goes deeper, or in circles, is cut there."""
LONGEST_NAME: Final = 40
LONGEST_SHORT: Final = 16
POSITIONS: Final = range(10_000)


class Wrong(StrEnum):
    """Why a field of a disposition does not do."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    BAD_CODE = "bad_code"
    TWICE = "twice"
    OUT_OF_RANGE = "out_of_range"
    UNKNOWN_PARENT = "unknown_parent"
    IN_A_CIRCLE = "in_a_circle"
    TOO_DEEP = "too_deep"
    UNKNOWN_QUEUE = "unknown_queue"
    UNKNOWN_CATEGORY = "unknown_category"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A disposition that can be picked, with the branches above it from the trunk on."""

    code: WrapUpCode
    above: tuple[WrapUpCode, ...] = ()


def leaves(codes: Sequence[WrapUpCode], queue: str | None) -> tuple[Leaf, ...]:
    """What a call of this queue may have come to, in the order of the tree. A branch that is kept to some queues, or
    retired, does the same to what is on it. None: a call that no queue brought; then every queue's are offered."""
    by_id = {code.id: code for code in codes}
    branches = {code.parent for code in codes if code.parent is not None}
    found = [Leaf(code, _above(code, by_id)) for code in codes if code.id not in branches]
    mine = [leaf for leaf in found if all(one.is_on and _is_for(one, queue) for one in (*leaf.above, leaf.code))]
    return tuple(sorted(mine, key=_place))


def is_leaf(codes: Sequence[WrapUpCode], id_: str) -> bool:
    """Whether this is a disposition, retired or not, and no branch."""
    return any(code.id == id_ for code in codes) and all(code.parent != id_ for code in codes)


def tree(codes: Sequence[WrapUpCode]) -> tuple[Leaf, ...]:
    """All of it as it is read from above, each branch before what is on it, retired ones too."""
    by_id = {code.id: code for code in codes}
    return tuple(sorted((Leaf(code, _above(code, by_id)) for code in codes), key=_place))


def faults(
    code: WrapUpCode, others: Sequence[WrapUpCode], queues: Collection[str], categories: Collection[str]
) -> dict[str, Wrong]:
    """What is wrong with one, by field, among the `others` of the tree; empty when it may stand."""
    return dict(_faults(code, others, queues, categories))


def _faults(
    code: WrapUpCode, others: Sequence[WrapUpCode], queues: Collection[str], categories: Collection[str]
) -> Iterator[tuple[str, Wrong]]:
    for language, name in (("zh", code.name.zh), ("en", code.name.en)):
        if not name.strip():
            yield f"name.{language}", Wrong.MISSING
        elif len(name) > LONGEST_NAME:
            yield f"name.{language}", Wrong.TOO_LONG
    typed = code.short.casefold()
    if len(typed) > LONGEST_SHORT or any(sign.isspace() for sign in typed):
        yield "short", Wrong.BAD_CODE
    elif typed and code.is_on and any(one.is_on and one.short.casefold() == typed for one in others):
        yield "short", Wrong.TWICE
    if code.position not in POSITIONS:
        yield "position", Wrong.OUT_OF_RANGE
    if (wrong := _parent_fault(code, others)) is not None:
        yield "parent", wrong
    if not set(code.queues) <= set(queues):
        yield "queues", Wrong.UNKNOWN_QUEUE
    if code.category is not None and code.category not in categories:
        yield "category", Wrong.UNKNOWN_CATEGORY


def _parent_fault(code: WrapUpCode, others: Sequence[WrapUpCode]) -> Wrong | None:
    """Of where it hangs, and of what hangs on it."""
    by_id = {one.id: one for one in (*others, code)}
    if code.parent is not None and code.parent not in by_id:
        return Wrong.UNKNOWN_PARENT
    if code.id in _branches(code, by_id):
        return Wrong.IN_A_CIRCLE
    its = [one for one in by_id.values() if one is code or code.id in _branches(one, by_id)]
    return Wrong.TOO_DEEP if any(len(_branches(one, by_id)) > DEEPEST for one in its) else None


def _branches(code: WrapUpCode, by_id: Mapping[str, WrapUpCode]) -> list[str]:
    """The ids above, the nearest first, each once."""
    found: list[str] = []
    parent = code.parent
    while parent is not None and parent in by_id and parent not in found:
        found.append(parent)
        parent = by_id[parent].parent
    return found


def _is_for(code: WrapUpCode, queue: str | None) -> bool:
    return queue is None or not code.queues or queue in code.queues


def _place(leaf: Leaf) -> tuple[tuple[int, str], ...]:
    return tuple((one.position, one.id) for one in (*leaf.above, leaf.code))


def _above(code: WrapUpCode, by_id: Mapping[str, WrapUpCode]) -> tuple[WrapUpCode, ...]:
    above: list[WrapUpCode] = []
    parent = by_id.get(code.parent or "")
    while parent is not None and parent not in above and len(above) < DEEPEST:
        above.insert(0, parent)
        parent = by_id.get(parent.parent or "")
    return tuple(above)
