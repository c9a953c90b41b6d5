"""Cyclic waste is destroyed by one thread only, however much the others make."""

import gc
import threading
from collections.abc import Callable

import pytest

from agent_desktop.waste import LEAST_BETWEEN, Waste

MANY = 1_000


class Loop:
    """Waste that only the collector finds, and that says who destroyed it."""

    def __init__(self, destroyed: Callable[[str], None]) -> None:
        self._destroyed, self._itself = destroyed, self

    def __del__(self) -> None:
        self._destroyed(threading.current_thread().name)


@pytest.fixture
def destroyed_by() -> list[str]:
    return []


def make_waste(destroyed_by: list[str]) -> None:
    for _ in range(MANY):
        Loop(destroyed_by.append)


def test_waste_of_a_worker_waits_for_the_thread_that_looks(waste: Waste, destroyed_by: list[str]) -> None:
    gc.collect()
    worker = threading.Thread(target=make_waste, args=(destroyed_by,), name="worker")
    worker.start()
    worker.join()
    assert not destroyed_by

    waste.look()
    assert destroyed_by == [threading.current_thread().name] * MANY


def test_little_waste_is_left_until_there_is_more(waste: Waste, destroyed_by: list[str]) -> None:
    gc.collect()
    Loop(destroyed_by.append)
    waste.look()
    assert not destroyed_by
    waste.collect()
    assert len(destroyed_by) == 1


def test_what_grew_old_is_found_by_a_rare_look(destroyed_by: list[str]) -> None:
    clock = iter(range(0, 1_000_000, 100))  # a full collection takes 100 s
    waste = Waste(lambda: float(next(clock)))
    waste.collect()
    kept = [Loop(destroyed_by.append)]
    gc.collect(1)  # it is among the old ones now
    kept.clear()
    looks = 0
    while not destroyed_by:
        make_waste([])
        waste.look()
        looks += 1
    assert looks > LEAST_BETWEEN


def test_what_is_settled_is_not_looked_at_again(waste: Waste) -> None:
    settled = gc.get_freeze_count()
    held = [[] for _ in range(MANY)]  # type: ignore[var-annotated]
    waste.settle()
    assert gc.get_freeze_count() >= settled + len(held)
