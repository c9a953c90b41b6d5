"""What is given to IT when something is wrong here: put together behind the work, looked at, saved where one says."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import Shiboken

from agent_desktop.ui.background import Background
from agent_desktop.ui.desks.health import HealthDesk
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.window.main_window import MainWindow

if TYPE_CHECKING:
    from agent_desktop.diagnostics.bundle import Bundle
    from agent_desktop.ui.diagnostics.bundle_window import BundleWindow


class DiagnosticsDesk(QObject):
    def __init__(
        self, rooms: Rooms, background: Background, window: MainWindow, health: HealthDesk, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._rooms, self._background, self._window = rooms, background, window
        self.bundle_window: BundleWindow | None = None
        self._health = health
        window.report_wanted.connect(self.open)
        health.report_wanted.connect(self.open)

    def open(self) -> None:
        """A new one each time: it is of the moment in which it was asked for."""
        if self.bundle_window is not None and Shiboken.isValid(self.bundle_window):
            self.bundle_window.close()
        self.bundle_window = shown = self._window.open_report()

        def gathered(bundle: "Bundle") -> None:
            if Shiboken.isValid(shown):
                shown.show_bundle(bundle)
                shown.save_wanted.connect(lambda path: self._save(shown, bundle, path))

        health = self._health.to_tell()
        self._background.library.do(
            lambda: self._rooms.gather_diagnostics({"health.json": health()}),
            gathered,
            lambda error: _failed(shown, error),
        )

    def _save(self, shown: "BundleWindow", bundle: "Bundle", path: Path) -> None:
        def saved(_: None) -> None:
            if Shiboken.isValid(shown):
                shown.show_words(self.tr("The report is in {path}.").format(path=path), "ok")

        self._background.library.do(lambda: bundle.write(path), saved, lambda error: _failed(shown, error))


def _failed(shown: "BundleWindow", error: Exception) -> None:
    if Shiboken.isValid(shown):
        shown.show_words(explain(error), "bad")
