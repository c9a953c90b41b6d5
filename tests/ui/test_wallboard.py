"""The wallboard of who leads the floor: what is told is seen, chosen queues, the whole screen, news that stay away."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.strip.situation import StripState
from agent_desktop.ui.wallboard.page import WallboardPage
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_model.agent import Role
from agent_model.floor_bound import Grade
from agent_model.floor_figures import Figure
from agent_model.wallboard import MOST_POINTS
from agent_model.wire import Row
from tests.ui import desk
from tests.ui.at_work import comes
from tests.ui.gallery import Variant, _others
from tests.ui.seat import AgentSeat
from tests.ui.wallboard_samples import NAMES, small_floor, trend

QUEUES = tuple(
    Row("queue", id_, 1, {"name": {"zh": zh, "en": en}, "team": "home", "segments": ["home"]}) for id_, zh, en in NAMES
)


@pytest.fixture
def seat(tmp_path: Path, look: Look) -> Iterator[AgentSeat]:
    made = AgentSeat(tmp_path, look, company=QUEUES, role=Role.TEAM_LEAD)
    made.window.activateWindow()
    assert QTest.qWaitForWindowActive(made.window, 5_000)
    yield made
    made.close()


def tell(seat: AgentSeat) -> None:
    """What the server says of the floor."""
    figures = small_floor()
    seat.workspace.wallboard.hear(figures)
    seat.workspace.wallboard.hear_trend(trend(figures))


@pytest.fixture
def page(seat: AgentSeat) -> WallboardPage:
    seat.window.show_page(Page.WALLBOARD)
    tell(seat)
    page = seat.window.pages.wallboard
    assert seat.pump(lambda: bool(page.queue_table.rows) and page.queue_table.rows[0].name == "Technical support")
    return page


def test_agent_is_not_offered_the_page_and_its_key_does_nothing(tmp_path: Path, look: Look) -> None:
    agent = AgentSeat(tmp_path, look)
    try:
        QTest.keyClick(agent.window, Qt.Key.Key_F11)
        assert not agent.window.rail.offers(Page.WALLBOARD)
        assert (agent.window.pages.shown, agent.window.fills_screen) == (Page.WORKSPACE, False)
    finally:
        agent.close()


def test_before_anything_is_told_the_page_says_so(seat: AgentSeat) -> None:
    seat.window.show_page(Page.WALLBOARD)

    page = seat.window.pages.wallboard

    assert page.standing.text() == "No figures yet"
    assert page.tiles[Figure.WAITING].value == "—"


def test_figures_are_written_with_how_they_stand(page: WallboardPage) -> None:
    tiles = page.tiles

    assert (tiles[Figure.WAITING].value, tiles[Figure.LONGEST_WAIT].value) == ("10", "04:16")
    assert tiles[Figure.LONGEST_WAIT].beneath == "Billing"
    assert tiles[Figure.LONGEST_WAIT].grade is Grade.BAD
    assert tiles[Figure.SERVICE_LEVEL].value == "87.3%"
    assert "Watch" in tiles[Figure.SERVICE_LEVEL].accessibleDescription()
    assert tiles[Figure.HANDLE_TIME].beneath == "talk 03:08 hold 00:14 wrap 00:41"


def test_every_line_says_which_of_its_figures_is_wrong(page: WallboardPage) -> None:
    billing = next(row for row in page.queue_table.rows if row.id == "billing")

    assert billing.grade is Grade.BAD
    assert [cell.words for cell in billing.cells if cell.grade is Grade.BAD] == ["04:16", "03:10", "75%"]


def test_queue_is_chosen_by_its_line_and_let_go_by_it(page: WallboardPage) -> None:
    lines = page.queue_table._lines
    QTest.mouseClick(lines, Qt.MouseButton.LeftButton, pos=QPoint(40, page.queue_table.px(28) + 4))
    assert page.queues.currentText() == "Billing"
    assert page.tiles[Figure.WAITING].value == "7"

    QTest.mouseClick(lines, Qt.MouseButton.LeftButton, pos=QPoint(40, page.queue_table.px(28) + 4))

    assert page.tiles[Figure.WAITING].value == "10"


def test_queue_is_chosen_by_the_keyboard(page: WallboardPage) -> None:
    assert desk.focus() is page.queues
    QTest.keyClick(page.queues, Qt.Key.Key_Down)

    assert page.queues.currentText() == "Technical support"
    assert page.tiles[Figure.WAITING].value == "2"


def test_waiting_goes_on_every_second_and_stands_when_no_news_come(seat: AgentSeat, page: WallboardPage) -> None:
    seat.clock.now += timedelta(seconds=3)
    page.second.emit()
    assert page.tiles[Figure.LONGEST_WAIT].value == "04:19"

    seat.clock.now += timedelta(minutes=4)
    page.second.emit()

    assert "no news since" in page.standing.text()
    assert page.tiles[Figure.LONGEST_WAIT].value == "04:16"


def test_lost_server_is_told_and_the_next_figures_end_it(seat: AgentSeat, page: WallboardPage) -> None:
    seat.workspace.wallboard.lost()
    assert page.standing.text().startswith("Offline")

    tell(seat)

    assert page.standing.text().startswith("Live")


def test_f11_gives_it_the_whole_screen_and_brings_the_window_back(seat: AgentSeat, page: WallboardPage) -> None:
    QTest.keyClick(seat.window, Qt.Key.Key_F11)
    assert seat.window.isFullScreen()
    assert seat.window.rail.isHidden()
    assert page.fills.accessibleName() == "Back to the window"

    QTest.keyClick(seat.window, Qt.Key.Key_F11)

    assert not seat.window.isFullScreen()
    assert seat.window.rail.isVisible()


def test_another_page_never_fills_the_screen(seat: AgentSeat, page: WallboardPage) -> None:
    QTest.keyClick(seat.window, Qt.Key.Key_F11)

    seat.window.show_page(Page.WORKSPACE)

    assert not seat.window.isFullScreen()
    assert seat.window.top_bar.isVisible()


def test_ringing_call_is_answered_from_the_whole_screen(seat: AgentSeat, page: WallboardPage) -> None:
    QTest.keyClick(seat.window, Qt.Key.Key_F11)
    phone = seat.telephone("13800006721")
    phone.call("1001")
    comes(seat, StripState.RINGING)

    QTest.keyClick(seat.window, Qt.Key.Key_F9)

    assert seat.pump(lambda: not phone.rings and bool(phone.live))


def test_trend_is_drawn_of_the_day_and_told_in_words(page: WallboardPage) -> None:
    assert len(page.calls._times) <= MOST_POINTS
    assert page.calls.accessibleDescription().startswith("6:00")
    assert "Callers" in page.calls.accessibleDescription()
    assert page.levels._target == 0.9


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)], ids=["small", "large"])
def test_everything_grows_with_the_screen(
    look: Look, keep: Callable[[QWidget], QWidget], size: tuple[int, int]
) -> None:
    made = keep(_others(look, Variant("en", "light", *size), "wallboard_500"))
    assert isinstance(made, MainWindow)
    made.show()

    page = made.pages.wallboard

    assert page.tiles[Figure.WAITING]._zoom == pytest.approx((size[0] - 56) / 1300, abs=0.05)
    assert page.width() <= size[0]
