"""The text of an article: read by keyboard, its links to other articles followed here, nothing else loaded."""

import re
from typing import Final

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QKeySequence,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QTextBrowser

_ARTICLE: Final = "kb"
_ID: Final = r"[\w-]+(?:\.[\w-]+)*"
_BARE: Final = re.compile(rf"(?<![\w(\[/:])kb:({_ID})|(?<!\])\(kb:({_ID})\)")
_LARGEST_HEADING: Final = 1
"""Steps of type above the text: what a heading may be, so that none stands out above the title of the article."""
_INDENT_PX: Final = 20
_CODE: Final = re.compile(r"(```.*?```|`[^`\n]*`)", re.DOTALL)


def article_named(text: str) -> str:
    """The id of the article that a text such as `kb:0198` names and nothing else; empty for any other text."""
    found = re.fullmatch(rf"\s*kb:\s*({_ID})\s*", text, re.IGNORECASE)
    return found[1] if found else ""


def with_links(body: str) -> str:
    """Markdown in which an article that is named only, as in “see kb:0198”, can be followed like any other link."""
    parts = _CODE.split(body)
    parts[::2] = [_BARE.sub(_link, part) for part in parts[::2]]
    return "".join(parts)


def _link(found: re.Match[str]) -> str:
    id_ = found[1] or found[2]
    link = f"[kb:{id_}](kb:{id_})"
    return link if found[1] else f"({link})"


class Reader(QTextBrowser):
    """Escape and Alt+Left are `left`, Return is `entered` while `takes_return`; a link to an article is
    `article_wanted` with its id, no other leads anywhere: nothing here may open a browser by itself.

    Its pictures come from nowhere: a file, a share or a server named in an article would be asked for by reading it.
    """

    left = Signal()
    entered = Signal()
    article_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.takes_return = False
        self.setOpenLinks(False)
        self.document().setDocumentMargin(10)
        self.document().setIndentWidth(_INDENT_PX)
        self._nothing = QImage(1, 1, QImage.Format.Format_ARGB32)
        self._nothing.fill(Qt.GlobalColor.transparent)
        self.anchorClicked.connect(self._follow)

    @property
    def marked(self) -> str:
        return self.textCursor().selectedText().replace("\u2029", "\n").replace("\u2028", "\n").strip()

    def show_body(self, body: str) -> None:
        self.setMarkdown(with_links(body))
        self._set_apart()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        return self._nothing  # a picture, because for none Qt would look for the file itself

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape or event.matches(QKeySequence.StandardKey.Back):
            self.left.emit()
        elif self.takes_return and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def _set_apart(self) -> None:
        """Quietens headings, and lets headings, paragraphs and lists stand apart."""
        cursor, block, above = QTextCursor(self.document()), self.document().begin(), None
        cursor.beginEditBlock()
        while block.isValid():
            cursor.setPosition(block.position())
            if above is not None and cursor.currentTable() is None:
                space = QTextBlockFormat()
                space.setTopMargin(self._space_px(block, above))
                if block.blockFormat().leftMargin():  # what is quoted
                    space.setLeftMargin(_INDENT_PX)
                cursor.mergeBlockFormat(space)
            if level := block.blockFormat().headingLevel():
                quiet = QTextCharFormat()
                quiet.setProperty(QTextFormat.Property.FontSizeAdjustment, _LARGEST_HEADING if level <= 2 else 0)
                cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
                cursor.mergeCharFormat(quiet)
            above, block = block, block.next()
        cursor.endEditBlock()

    def _space_px(self, block: QTextBlock, above: QTextBlock) -> int:
        line_px = self.fontMetrics().height()
        if block.textList() is not None and above.textList() is not None:
            return line_px // 8
        return line_px // 2 if block.blockFormat().headingLevel() else line_px // 3

    def _follow(self, link: QUrl) -> None:
        if link.scheme() == _ARTICLE:
            self.article_wanted.emit(link.path())
