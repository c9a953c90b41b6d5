"""The text of an article: read by keyboard, its links to other articles followed here, its pictures shown when whoever
looks after it brings them, nothing else loaded."""

import re
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QTextBrowser

from agent_model.article_file import SCHEME, FileState, is_id

_ARTICLE: Final = "kb"
_ID: Final = r"[\w-]+(?:\.[\w-]+)*"
_BARE: Final = re.compile(rf"(?<![\w(\[/:])kb:({_ID})|(?<!\])\(kb:({_ID})\)")
_ANY_LENGTH: Final = 100_000
_LARGEST_HEADING: Final = 1
"""Steps of type above the text: what a heading may be, so that none stands out above the title of the article."""
_INDENT_PX: Final = 20
_PICTURE: Final = re.compile(rf"!\[([^\]\n]*)\]\(\s*<?{SCHEME}:([0-9a-f]{{32}})>?(?:\s+\"[^\"\n]*\")?\s*\)")
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


def pictures_in(body: str) -> frozenset[str]:
    """The pictures that a text shows."""
    return frozenset(found[2] for part in _CODE.split(body)[::2] for found in _PICTURE.finditer(part))


def _is_bare(event: QKeyEvent) -> bool:
    return not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier


class Reader(QTextBrowser):
    """Escape and Alt+Left are `left`, Return away from a link is `entered`; a link to an article is `article_wanted`
    with its id, one to a file `file_wanted` with its id and name; no other leads anywhere: nothing here may open a
    browser by itself. Lines are at most `line_px` long.

    Its pictures are those of `show_pictures`, which `pictures_wanted` (their ids) asks for, and come from nowhere else:
    a file, a share or a server named in an article would be asked for by reading it.
    """

    left = Signal()
    entered = Signal()
    article_wanted = Signal(str)
    file_wanted = Signal(str, str)
    pictures_wanted = Signal(object)

    def __init__(self, line_px: int = _ANY_LENGTH) -> None:
        super().__init__()
        self._line_px = line_px
        self._body = ""
        self._pictures: dict[str, QImage | FileState] = {}
        self._shown_width = 0
        self.setOpenLinks(False)
        self.document().setDocumentMargin(10)
        self.document().setIndentWidth(_INDENT_PX)
        self._nothing = QImage(1, 1, QImage.Format.Format_ARGB32)
        self._nothing.fill(Qt.GlobalColor.transparent)
        self.anchorClicked.connect(self._follow)

    @property
    def marked(self) -> str:
        return self.textCursor().selectedText().replace("\u2029", "\n").replace("\u2028", "\n").strip()

    @property
    def missing(self) -> frozenset[str]:
        """The pictures that the text shows and that are not there."""
        return frozenset(id_ for id_ in pictures_in(self._body) if not isinstance(self._pictures.get(id_), QImage))

    def show_body(self, body: str) -> None:
        self._body = body
        shown = pictures_in(body)
        self._pictures = {id_: one for id_, one in self._pictures.items() if id_ in shown}
        self._lay_out()
        if missing := self.missing:
            self.pictures_wanted.emit(missing)

    def show_pictures(self, found: Mapping[str, QImage | FileState]) -> None:
        """What is to be seen, or how far it has come. Where the text is being read it stays."""
        fresh = {id_: one for id_, one in found.items() if id_ in pictures_in(self._body)}
        if any(self._pictures.get(id_) != one for id_, one in fresh.items()):
            self._pictures |= fresh
            self._lay_out_again()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        url = QUrl(name)
        image = self._pictures.get(url.path()) if url.scheme() == SCHEME else None
        if not isinstance(image, QImage):
            return self._nothing  # a picture, because for none Qt would look for the file itself
        return self._fitting(image)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Text that runs over the whole window is hard to read: it stands beneath its title."""
        beside = max(0, self.width() - self._line_px)
        if self.viewportMargins().right() != beside:
            self.setViewportMargins(0, 0, beside, 0)
        super().resizeEvent(event)
        if self._pictures and self._width != self._shown_width:
            self._lay_out_again()

    def _lay_out(self) -> None:
        self._shown_width = self._width
        parts = _CODE.split(self._body)
        parts[::2] = [_PICTURE.sub(self._told, part) for part in parts[::2]]
        self.setMarkdown(with_links("".join(parts)))
        self._set_apart()

    def _lay_out_again(self) -> None:
        bar = self.verticalScrollBar()
        at = bar.value()
        self._lay_out()
        bar.setValue(at)

    @property
    def _width(self) -> int:
        return max(1, self.viewport().width() - 2 * int(self.document().documentMargin()))

    def _fitting(self, image: QImage) -> QImage:
        """As wide as the text at most."""
        ratio = self.devicePixelRatioF()
        width = round(self._width * ratio)
        if image.width() <= width:
            return image
        fitting = image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        fitting.setDevicePixelRatio(ratio)
        return fitting

    def _told(self, found: re.Match[str]) -> str:
        """The picture, or words in its place."""
        name, state = found[1].strip(), self._pictures.get(found[2])
        if isinstance(state, QImage):
            return f"![{name}]({SCHEME}:{found[2]})"
        if state is FileState.INFECTED:
            words = self.tr("a virus was found in this picture; nobody can see it")
        elif state is None:
            return f"*{name}*" if name else ""
        else:
            words = self.tr("this picture is not here yet")
        return f"*{name} ({words})*" if name else f"*({words})*"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape or event.matches(QKeySequence.StandardKey.Back):
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._is_at_link and _is_bare(event):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    @property
    def _is_at_link(self) -> bool:
        """Tab has chosen one: Return follows it."""
        cursor = self.textCursor()
        return cursor.hasSelection() and cursor.charFormat().isAnchor()

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
        elif link.scheme() == SCHEME and is_id(link.path()):
            self.file_wanted.emit(link.path(), self._name_of(link.path()))

    def _name_of(self, file_id: str) -> str:
        """What the text calls a file that it links to."""
        found = re.search(rf"\[([^\]\n]*)\]\(\s*<?{SCHEME}:{file_id}", self._body)
        return found[1].strip() if found is not None else ""
