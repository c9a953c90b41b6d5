"""The tree of dispositions: which of them a queue offers, under what path, and what is offered first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agent_model.organisation import WrapUpCode

DEEPEST = 8
"""Branches above a disposition; data that goes deeper, or in circles, is cut there."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A disposition that can be picked, with the branches above it from the trunk on."""

    code: WrapUpCode
    above: tuple[WrapUpCode, ...] = ()


def leaves(codes: Sequence[WrapUpCode], queue: str | None) -> tuple[Leaf, ...]:
    """What a call of this queue may have come to, in the order of the tree. A branch that is kept to some queues keeps
    what is on it to them, too. None: a call that no queue brought; then everything is offered."""
    by_id = {code.id: code for code in codes}
    branches = {code.parent for code in codes if code.parent is not None}
    found = [Leaf(code, _above(code, by_id)) for code in codes if code.id not in branches]
    mine = [leaf for leaf in found if all(_is_for(one, queue) for one in (*leaf.above, leaf.code))]
    return tuple(sorted(mine, key=_place))


def is_leaf(codes: Sequence[WrapUpCode], id_: str) -> bool:
    """Whether this is a disposition that can be picked, for some queue."""
    ids = {code.id for code in codes}
    return id_ in ids and all(code.parent != id_ for code in codes)


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
