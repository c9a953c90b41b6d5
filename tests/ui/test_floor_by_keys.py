"""The pages of those who lead are used by keyboard alone: everything is reached, named, and seen to be reached."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.window.main_window import MainWindow
from tests.ui.gallery import Variant, _others

PAGES = (
    "agents_help",
    "breaks",
    "messages",
    "recordings",
    "reports",
    "reports_mails",
    "reports_unreached",
    "wallboard",
    "own_figures",
    "team_care_many",
)
MOST_STEPS = 80
RING_PX = 4


@pytest.fixture(params=PAGES)
def window(look: Look, keep: Callable[[QWidget], QWidget], request: pytest.FixtureRequest) -> MainWindow:
    made = keep(_others(look, Variant("en", "light", 1366, 768), request.param))
    assert isinstance(made, MainWindow)
    made.show()
    QCoreApplication.processEvents()
    return made


def page_of(window: MainWindow) -> QWidget:
    page = window.pages.currentWidget()
    assert page is not None
    return page


def tab_stops(page: QWidget) -> set[QWidget]:
    return {
        one
        for one in page.findChildren(QWidget)
        if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus and not one.focusProxy()
    }


def walked(window: MainWindow, key: Qt.Key) -> list[QWidget]:
    """Where the key leads from one to the next, until it comes where it was before."""
    visited: list[QWidget] = []
    for _ in range(MOST_STEPS):
        QTest.keyClick(QApplication.focusWidget() or window, key)
        here = QApplication.focusWidget()
        if here is None or here in visited:
            break
        visited.append(here)
    return visited


def test_tab_reaches_everything_of_the_page_and_leads_out_of_it_again_either_way(window: MainWindow) -> None:
    page = page_of(window)
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        visited = walked(window, key)
        assert tab_stops(page) <= set(visited)
        assert not all(page.isAncestorOf(one) for one in visited)


def test_everything_that_is_reached_has_a_name(window: MainWindow) -> None:
    stops = tab_stops(page_of(window))
    named = {one: one.accessibleName() or (one.text() if isinstance(one, QAbstractButton) else "") for one in stops}

    assert [type(one).__name__ for one, name in named.items() if not name] == []


def test_where_the_keyboard_is_can_be_seen(window: MainWindow) -> None:
    page = page_of(window)
    unseen = []
    for one in tab_stops(page):
        around = QRect(one.mapTo(page, QPoint(-RING_PX, -RING_PX)), one.size() + QSize(2 * RING_PX, 2 * RING_PX))
        one.setFocus(Qt.FocusReason.TabFocusReason)
        here = page.grab(around).toImage()
        window.rail.setFocus()
        one.clearFocus()
        if page.grab(around).toImage() == here:
            unseen.append(f"{type(one).__name__} {one.accessibleName()}")

    assert unseen == []
