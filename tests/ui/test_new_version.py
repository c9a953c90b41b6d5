"""A version that was installed while this one runs is told once, and never at a call."""

import pytest

from agent_desktop.ui.desks.new_version import LOOK_EVERY_S, NewVersionDesk
from agent_desktop.ui.desks.notice_board import NoticeBoard
from agent_desktop.ui.window.main_window import MainWindow
from tests.fakes import SetClock


class Seated:
    def __init__(self, window: MainWindow) -> None:
        self.is_replaced = self.is_at_a_call = False
        self.notices = NoticeBoard(window, SetClock(), lambda: self.is_at_a_call, window)
        self.desk = NewVersionDesk(lambda: self.is_replaced, lambda: self.is_at_a_call, self.notices, window)

    def pass_minute(self) -> None:
        for _ in range(LOOK_EVERY_S):
            self.desk.tick()

    @property
    def told(self) -> list[str]:
        return [one.words for one in self.notices.notices if one.over_at is None]


@pytest.fixture
def seated(window: MainWindow) -> Seated:
    return Seated(window)


def test_it_is_told_once(seated: Seated) -> None:
    seated.pass_minute()
    assert seated.told == []
    seated.is_replaced = True
    seated.pass_minute()
    seated.pass_minute()
    assert ["close the window and open it again" in words for words in seated.told] == [True]


def test_it_waits_for_the_end_of_a_call(seated: Seated) -> None:
    seated.is_replaced = seated.is_at_a_call = True
    seated.pass_minute()
    assert seated.told == []
    seated.is_at_a_call = False
    seated.desk.tick()
    assert len(seated.told) == 1


def test_it_is_over_when_the_version_is_taken_back(seated: Seated) -> None:
    seated.is_replaced = True
    seated.pass_minute()
    seated.is_replaced = False
    seated.pass_minute()
    assert seated.told == []
    seated.is_replaced = True
    seated.pass_minute()
    assert len(seated.told) == 1
