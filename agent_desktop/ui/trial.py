"""The empty main window, shown for a moment: whether this installation can draw, and in both scripts."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEventLoop, qVersion
from PySide6.QtGui import QGuiApplication, QTextLayout
from PySide6.QtWidgets import QApplication

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.language import speak
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.application import dressed_application
from agent_desktop.ui.window.main_window import MainWindow, composition_of

SCRIPTS = "Agent 坐席工作台"
_PATIENCE_MS = 10_000


class WindowNotShown(Exception):
    """The window system did not put it on the screen."""


class ScriptMissing(Exception):
    """No font of this machine has these letters."""


class TranslationMissing(Exception):
    """The window does not speak Chinese."""


@dataclass(frozen=True, slots=True)
class WindowShown:
    qt: str
    platform: str
    title: str
    width_px: int
    height_px: int


def show_main_window(resources: Path, picture: Path | None) -> WindowShown:
    """In Chinese. Raises WindowNotShown, ScriptMissing, TranslationMissing, and OSError for `picture`."""
    application = dressed_application()
    speak(application, resources, "zh_CN")
    look = Look(resources, "light")
    look.wear(application)
    window = MainWindow(look, Formats("zh_CN"), lambda: datetime.now(UTC), composition_of(application))
    try:
        window.resize(1366, 768)
        window.show()
        _wait_until_exposed(window)
        _require_script(application)
        if window.windowTitle() == "Agent Desktop":
            raise TranslationMissing(window.windowTitle())
        if picture is not None and not window.grab().save(str(picture)):
            raise OSError(f"{picture} cannot be written")
        return WindowShown(
            qVersion(), QGuiApplication.platformName(), window.windowTitle(), window.width(), window.height()
        )
    finally:
        window.close()
        window.deleteLater()


def _wait_until_exposed(window: MainWindow) -> None:
    waited = QElapsedTimer()
    waited.start()
    while not ((handle := window.windowHandle()) is not None and handle.isExposed()):
        if waited.hasExpired(_PATIENCE_MS):
            raise WindowNotShown(QGuiApplication.platformName())
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


def _require_script(application: QApplication) -> None:
    """A letter that no font has is glyph 0, which is drawn as an empty box."""
    layout = QTextLayout(SCRIPTS, application.font())
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    if any(0 in run.glyphIndexes() for run in layout.glyphRuns()):
        raise ScriptMissing(SCRIPTS)
