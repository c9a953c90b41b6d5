"""A text to be compared with others: to be read only, what differs marked, scrolling when it is long."""

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QSizePolicy, QTextEdit

from agent_desktop.ui.appearance.look import Look

MOST_PX = 220


class Compared(QTextEdit):
    """As high as its text up to a limit. It takes the focus only when there is something to scroll."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str, marks: Sequence[bool], *, is_gone: bool) -> None:
        """Signs that are marked are underlined, or struck through where they are gone."""
        self.clear()
        cursor = QTextCursor(self.document())
        plain, marked = QTextCharFormat(), self._mark(is_gone=is_gone)
        for is_marked, signs in groupby(zip(text, marks, strict=True), key=lambda pair: pair[1]):
            cursor.insertText("".join(sign for sign, _ in signs), marked if is_marked else plain)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(160), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        px = self._look.px
        whole = round(self.document().size().height()) + px(14)
        height = max(px(34), min(px(MOST_PX), whole))
        self.setFixedHeight(height)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if whole > height else Qt.FocusPolicy.ClickFocus)

    def _mark(self, *, is_gone: bool) -> QTextCharFormat:
        ink, ground = ("bad", "bad_bg") if is_gone else ("ok", "ok_bg")
        mark = QTextCharFormat()
        mark.setForeground(QColor(self._look.colour(ink)))
        mark.setBackground(QColor(self._look.colour(ground)))
        mark.setFontStrikeOut(is_gone)
        mark.setFontUnderline(not is_gone)
        return mark
