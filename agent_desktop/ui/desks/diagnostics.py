"""What is given to IT when something is wrong here: put together behind the work, looked at, saved where one says."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import Shiboken

from agent_desktop.ui.background import Background
from agent_desktop.ui.messages.trouble import explain

if TYPE_CHECKING:
    from agent_desktop.diagnostics.bundle import Bundle
    from agent_desktop.ui.diagnostics.bundle_window import BundleWindow


class DiagnosticsDesk(QObject):
    """`show` opens the window in which the report is looked at; `prepare` is called at once, and what it returns puts
    the report together behind the work."""

    def __init__(
        self,
        background: Background,
        show: "Callable[[], BundleWindow]",
        prepare: "Callable[[], Callable[[], Bundle]]",
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._background, self._show, self._prepare = background, show, prepare
        self.bundle_window: BundleWindow | None = None

    def open(self) -> None:
        """A new one each time: it is of the moment in which it was asked for."""
        if self.bundle_window is not None and Shiboken.isValid(self.bundle_window):
            self.bundle_window.close()
        self.bundle_window = shown = self._show()

        def gathered(bundle: "Bundle") -> None:
            if Shiboken.isValid(shown):
                shown.show_bundle(bundle)
                shown.save_wanted.connect(lambda path: self._save(shown, bundle, path))

        self._background.library.do(self._prepare(), gathered, lambda error: _failed(shown, error))

    def _save(self, shown: "BundleWindow", bundle: "Bundle", path: Path) -> None:
        def saved(_: None) -> None:
            if Shiboken.isValid(shown):
                shown.show_words(self.tr("The report is in {path}.").format(path=path), "ok")

        self._background.library.do(lambda: bundle.write(path), saved, lambda error: _failed(shown, error))


def _failed(shown: "BundleWindow", error: Exception) -> None:
    if Shiboken.isValid(shown):
        shown.show_words(explain(error), "bad")
