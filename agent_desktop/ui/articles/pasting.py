"""The text of an article where it is written: what is pasted from Word or a web page comes as Markdown."""

from typing import Final

from PySide6.QtCore import QMimeData, Signal

from agent_desktop.ui.widgets.typing import TextArea

LARGEST_PASTE: Final = 1_000_000
"""Signs of formatted text; what is more comes as plain text."""


class ArticleText(TextArea):
    """`html_pasted(html, plain)` for formatted text; whoever hears it gives it back with `put`."""

    html_pasted = Signal(str, str)

    def insertFromMimeData(self, source: QMimeData) -> None:
        html = source.html() if source.hasHtml() else ""
        if html and len(html) <= LARGEST_PASTE:
            self.html_pasted.emit(html, source.text())
        else:
            super().insertFromMimeData(source)

    def put(self, text: str) -> None:
        """In the place of what is marked; one step to undo."""
        self.textCursor().insertText(text)
