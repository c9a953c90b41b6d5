"""How an article reads while it is written."""

from PySide6.QtCore import QTimer

from agent_desktop.ui.guides.words import guide_as_written
from agent_desktop.ui.knowledge.reader import Reader

SHOWN_AFTER_MS = 150
"""After the last key: a text takes longer to lay out than to type."""
LONG_SIGNS = 10_000
LONG_SHOWN_AFTER_MS = 1_000
"""Of a text so long that laying it out is felt."""


class Preview(Reader):
    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("How it reads"))
        self._text, self._is_guide = "", False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._show)

    def follow(self, text: str, *, is_guide: bool) -> None:
        """Shown shortly; a guide with its steps numbered and what is wrong with them."""
        self._text, self._is_guide = text, is_guide
        self._pause.start(LONG_SHOWN_AFTER_MS if len(text) > LONG_SIGNS else SHOWN_AFTER_MS)

    def show_now(self, text: str, *, is_guide: bool) -> None:
        self._text, self._is_guide = text, is_guide
        self._pause.stop()
        self._show()

    def _show(self) -> None:
        bar = self.verticalScrollBar()
        at = bar.value()
        self.show_body(guide_as_written(self._text) if self._is_guide else self._text)
        bar.setValue(at)
