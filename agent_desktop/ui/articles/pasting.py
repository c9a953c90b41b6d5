"""The text of an article where it is written: what is pasted from Word or a web page comes as Markdown, pictures and
other files as what names them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QImage, QTextCursor

from agent_desktop.ui.widgets.typing import TextArea
from agent_model.article_file import SCHEME

LARGEST_PASTE: Final = 1_000_000
"""Signs of formatted text; what is more comes as plain text."""


class ArticleText(TextArea):
    """`html_pasted(html, plain)` for formatted text, `picture_pasted(QImage)` and `files_brought(paths)`; whoever hears
    them gives it back with `put`, `put_file` or `put_picture`."""

    html_pasted = Signal(str, str)
    picture_pasted = Signal(object)
    files_brought = Signal(object)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasImage() or source.hasUrls() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if self.isReadOnly():
            return
        html = source.html() if source.hasHtml() else ""
        if paths := _files(source):
            self.files_brought.emit(paths)
        elif source.hasImage() and not source.text().strip():
            self.picture_pasted.emit(QImage(source.imageData()))
        elif html and len(html) <= LARGEST_PASTE:
            self.html_pasted.emit(html, source.text())
        else:
            super().insertFromMimeData(source)

    def put(self, text: str) -> None:
        """In the place of what is marked; one step to undo."""
        self.textCursor().insertText(text)

    def put_file(self, name: str, file_id: str, *, is_picture: bool) -> None:
        """As a picture, or as a link."""
        self.textCursor().insertText(f"{'!' if is_picture else ''}[{_fit(name)}]({SCHEME}:{file_id})")

    def put_picture(self, name: str, file_id: str) -> None:
        """What it shows stands marked, to be written over."""
        self.put_file(name, file_id, is_picture=True)
        cursor = self.textCursor()
        end = cursor.position() - len(f"]({SCHEME}:{file_id})")
        cursor.setPosition(end - len(_fit(name)))
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)


def _fit(name: str) -> str:
    return name.replace("[", "(").replace("]", ")")


def _files(source: QMimeData) -> Sequence[Path]:
    paths = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
    return [path for path in paths if path.is_file()]
