"""The application of the screen tests: offscreen, our look, English unless a test installs Chinese."""

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from agent_desktop.ui.appearance.language import Catalogue
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.window.main_window import MainWindow
from tests.ui import desk
from tests.ui.seat import AgentSeat, Telephone

CHEN, ZHOU = "13800006721", "1007"


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["agent-desktop-tests"]


@pytest.fixture(scope="session")
def look(qapp: QApplication) -> Look:
    """One for all: putting on a style sheet restyles every widget there is."""
    made = Look(desk.RESOURCES, "light")
    made.wear(qapp)
    return made


@pytest.fixture(autouse=True)
def _empty_screen(qapp: QApplication) -> Iterator[None]:
    """A window that a test leaves on the screen is its own fault, and not that of those after it; nor is what it
    copied theirs."""
    before = _on_the_screen()
    yield
    QApplication.clipboard().clear()
    staying = [widget for widget in _on_the_screen() if widget not in before]
    told = [repr(widget) for widget in staying]
    _close(staying)
    assert not told


@pytest.fixture
def own_log() -> Iterator[None]:
    """Of a program that a test runs whole, and that begins a log: it goes with the test."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    for handler in [handler for handler in root.handlers if handler not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


@pytest.fixture
def keep() -> Iterator[Callable[[QWidget], QWidget]]:
    """Closes and deletes what a test built."""
    built: list[QWidget] = []

    def kept(widget: QWidget) -> QWidget:
        built.append(widget)
        return widget

    yield kept
    _close(built)


@pytest.fixture
def window(look: Look, keep: Callable[[QWidget], QWidget]) -> MainWindow:
    """The whole window, shown and active, idle with a customer and a draft."""
    made = _ready(look)
    keep(made)
    _activate(made)
    return made


@pytest.fixture(scope="module")
def untouched(look: Look) -> Iterator[MainWindow]:
    """The same, one for all tests of a file that show that something leaves it as it was."""
    made = _ready(look)
    _activate(made)
    yield made
    _close([made])


def _ready(look: Look) -> MainWindow:
    made = desk.window(look, "en")
    made.resize(1366, 768)
    desk.put_into(made, "ready", "en")
    return made


def _activate(made: MainWindow) -> None:
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made, 5_000)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """All that is said in Chinese, read once."""
    return Catalogue(desk.RESOURCES / "translations" / "agent_desktop_zh_CN.ts")


@pytest.fixture
def in_chinese(qapp: QApplication, catalogue: Catalogue) -> Iterator[None]:
    qapp.installTranslator(catalogue)
    yield
    qapp.removeTranslator(catalogue)


@pytest.fixture
def seat(tmp_path: Path, look: Look) -> Iterator[AgentSeat]:
    """An agent's window over real rooms, on a simulated exchange."""
    made = AgentSeat(tmp_path, look)
    yield made
    made.close()


@pytest.fixture
def chen(seat: AgentSeat) -> Telephone:
    """A customer's."""
    return seat.telephone(CHEN)


@pytest.fixture
def zhou(seat: AgentSeat) -> Telephone:
    """A colleague's."""
    return seat.telephone(ZHOU, "Zhou Min")


def _on_the_screen() -> list[QWidget]:
    return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]


def _close(widgets: Iterable[QWidget]) -> None:
    for widget in widgets:
        widget.close()
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()
