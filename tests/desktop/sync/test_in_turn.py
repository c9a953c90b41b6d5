"""Quiet works in one lane: each when it is due, the first of them first."""

from pathlib import Path

import pytest

from agent_desktop.errors import FolderNotWritable
from agent_desktop.sync.in_turn import LATER_S, InTurn


class Works:
    def __init__(self) -> None:
        self.now = 100.0
        self.done: list[str] = []
        self.turn = InTurn(lambda: self.now)

    def add(self, name: str, every_s: float) -> None:
        self.turn.add(lambda: self._do(name, every_s))

    def _do(self, name: str, every_s: float) -> float:
        self.done.append(name)
        return every_s


@pytest.fixture
def works() -> Works:
    made = Works()
    made.add("up", 60.0)
    made.add("down", 5.0)
    return made


def test_each_is_called_when_it_is_due(works: Works) -> None:
    assert works.turn.step() == 0.0
    assert works.turn.step() == 5.0
    works.now += 5.0
    assert works.turn.step() == 5.0
    assert works.done == ["up", "down", "down"]


def test_hurry_makes_all_of_them_due(works: Works) -> None:
    works.turn.step()
    works.turn.step()
    works.turn.hurry()
    works.turn.step()
    assert works.done == ["up", "down", "up"]


def test_work_that_failed_is_called_again_later() -> None:
    works = Works()

    def fails() -> float:
        raise FolderNotWritable(Path("x"), "full")

    works.turn.add(fails)
    with pytest.raises(FolderNotWritable):
        works.turn.step()
    assert works.turn.step() == LATER_S
