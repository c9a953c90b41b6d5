"""The tree of dispositions: what can be picked, for whom, in which order."""

from agent_model.agent import QueueId
from agent_model.disposition import is_leaf, leaves
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
