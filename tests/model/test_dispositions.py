"""The tree of dispositions: what can be picked, for whom, in which order."""

from dataclasses import replace
from typing import Any

import pytest

from agent_model.agent import QueueId
from agent_model.disposition import DEEPEST, Wrong, faults, is_leaf, leaves, tree
from agent_model.organisation import WrapUpCode
from agent_model.words import Words


def code(id_: str, parent: str | None = None, position: int = 0, queues: tuple[QueueId, ...] = ()) -> WrapUpCode:
    return WrapUpCode(id_, Words(id_, id_), parent, position=position, queues=queues)


TREE = (
    code("fault", position=2),
    code("fault-net", "fault", 1),
    code("fault-net-solved", "fault-net", 2),
    code("fault-net-passed", "fault-net", 1),
    code("bill", position=1, queues=(QueueId("billing"),)),
    code("bill-asked", "bill", 1),
    code("other", position=3),
)


def ids(queue: str | None) -> list[str]:
    return [leaf.code.id for leaf in leaves(TREE, queue)]


def test_only_leaves_are_offered_in_the_order_of_the_tree() -> None:
    assert ids(None) == ["bill-asked", "fault-net-passed", "fault-net-solved", "other"]


def test_branch_of_another_queue_is_not_offered() -> None:
    assert ids("support") == ["fault-net-passed", "fault-net-solved", "other"]
    assert "bill-asked" in ids("billing")


def test_leaf_knows_the_branches_above_it() -> None:
    [leaf] = [leaf for leaf in leaves(TREE, None) if leaf.code.id == "fault-net-solved"]

    assert [branch.id for branch in leaf.above] == ["fault", "fault-net"]


def test_branches_cannot_be_picked() -> None:
    assert is_leaf(TREE, "bill-asked")
    assert not is_leaf(TREE, "fault-net")
    assert not is_leaf(TREE, "unheard of")


def test_circle_of_branches_ends() -> None:
    circle = (code("a", "b"), code("b", "a"), code("c", "a"))

    [leaf] = leaves(circle, None)
    assert leaf.code.id == "c"
    assert [branch.id for branch in leaf.above] == ["b", "a"]


def test_retired_branch_is_offered_with_nothing_on_it() -> None:
    codes = [replace(one, is_on=one.id != "fault") for one in TREE]
    assert [leaf.code.id for leaf in leaves(codes, None)] == ["bill-asked", "other"]
    assert [leaf.code.id for leaf in tree(codes)] == [
        "bill", "bill-asked", "fault", "fault-net", "fault-net-passed", "fault-net-solved", "other",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, {}),
        ({"name": Words("", "x")}, {"name.zh": Wrong.MISSING}),
        ({"short": "3 0"}, {"short": Wrong.BAD_CODE}),
        ({"parent": "new"}, {"parent": Wrong.IN_A_CIRCLE}),
        ({"parent": "nowhere"}, {"parent": Wrong.UNKNOWN_PARENT}),
        ({"queues": (QueueId("vip"),)}, {"queues": Wrong.UNKNOWN_QUEUE}),
        ({"category": "x"}, {"category": Wrong.UNKNOWN_CATEGORY}),
        ({"position": 10_000}, {"position": Wrong.OUT_OF_RANGE}),
    ],
    ids=["whole", "name", "code", "circle", "parent", "queue", "category", "position"],
)
def test_what_does_not_do_is_named_by_its_field(changed: dict[str, Any], found: dict[str, Wrong]) -> None:
    assert faults(replace(code("new"), **changed), TREE, {"billing"}, ()) == found


def test_code_of_a_retired_one_is_free_again() -> None:
    old = replace(code("old"), short="302")
    new = replace(code("new"), short="302")
    assert faults(new, [old], (), ()) == {"short": Wrong.TWICE}
    assert faults(new, [replace(old, is_on=False)], (), ()) == {}


def test_branch_with_others_on_it_is_not_hung_too_deep() -> None:
    chain = [code("0"), *(code(str(n), str(n - 1)) for n in range(1, DEEPEST))]
    assert faults(code("new", str(DEEPEST - 1)), chain, (), ()) == {}
    assert faults(code("new", str(DEEPEST - 2)), [*chain, code("leaf", "new")], (), ()) == {}
    assert faults(code("new", str(DEEPEST - 1)), [*chain, code("leaf", "new")], (), ()) == {"parent": Wrong.TOO_DEEP}
