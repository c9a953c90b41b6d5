"""The bar above an article's text: it writes the marks of Markdown where the cursor is, and links to other articles."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.controls import Button, Field
from agent_desktop.ui.widgets.lines import Line, Lines
from agent_desktop.ui.widgets.typing import TextArea

_LEAD: Final = re.compile(r"(#{1,6} |[-*] |\d+\. |> )?")
SEARCH_DELAY_MS: Final = 120


class MarkdownBar(QWidget):
    """Works on `area`. `link_sought(text)` while somebody looks for an article to link to; `offer_links` answers.
    `file_wanted` is to be chosen."""

    link_sought = Signal(str)
    file_wanted = Signal()

    def __init__(self, look: Look, area: TextArea) -> None:
        super().__init__()
        self._area = area
        self.setAccessibleName(self.tr("Marks of the text"))
        self._row = QHBoxLayout()
        self._row.setSpacing(look.px(4))
        self.heading = self._add(look, "H", self.tr("Heading"), lambda: self.lead("## "))
        self.bold = self._add(look, "B", self.tr("Bold"), lambda: self.wrap("**"))
        self.points = self._add(look, "•", self.tr("List"), lambda: self.lead("- "))
        self.steps = self._add(look, "1.", self.tr("Numbered steps"), self.number)
        self.quote = self._add(look, "❝", self.tr("Words to be said to the customer"), lambda: self.lead("> "))
        self.link = self._add(look, self.tr("Link"), self.tr("Link to an article"), self.begin_link)
        self.file = self._add(
            look,
            self.tr("Picture"),
            self.tr("Picture or another file; pasting or dropping one does too"),
            self.file_wanted.emit,
        )
        self._row.addStretch(1)
        self.sought = Field(look, self.tr("Article to link to"), self.tr("Words of the article"), "search")
        self.links = Lines(look, self.tr("Articles to link to"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SEARCH_DELAY_MS)
        self._pause.timeout.connect(lambda: self.link_sought.emit(self.sought.text().strip()))
        self.sought.textEdited.connect(lambda _: self._pause.start())
        self.sought.left.connect(self.end_link)
        self.sought.stepped.connect(self._step)
        self.sought.entered.connect(lambda: self._take_link(self.links.current_key))
        self.links.taken.connect(self._take_link)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        column.addLayout(self._row)
        column.addWidget(self.sought)
        column.addWidget(self.links)
        self._titles: dict[str, str] = {}
        self._hide_links()

    def add(self, widget: QWidget) -> None:
        """One more thing that can be put into the text."""
        self._row.insertWidget(self._row.count() - 1, widget)

    def wrap(self, mark: str) -> None:
        """What is marked stands between two marks; marks that it has already go."""
        cursor = self._area.textCursor()
        words = cursor.selectedText()
        if words.startswith(mark) and words.endswith(mark) and len(words) >= 2 * len(mark):
            self._write(cursor, words[len(mark) : -len(mark)])
        else:
            self._write(cursor, f"{mark}{words}{mark}", back=0 if words else len(mark))

    def lead(self, sign: str) -> None:
        """Every marked line begins with the sign; those that all do already lose it."""
        self._lines(lambda _n, line: sign + _LEAD.sub("", line, count=1), lambda line: line.startswith(sign), len(sign))

    def number(self) -> None:
        """The marked lines become numbered steps, or plain lines again."""
        pattern = re.compile(r"\d+\. ")
        self._lines(
            lambda n, line: f"{n}. " + _LEAD.sub("", line, count=1), lambda line: pattern.match(line) is not None, 0
        )

    def begin_link(self) -> None:
        self.sought.setText(self._area.textCursor().selectedText())
        self.sought.show()
        self.sought.setFocus()
        self.sought.selectAll()
        if self.sought.text().strip():
            self._pause.start()

    def end_link(self) -> None:
        self._hide_links()
        self._area.setFocus()

    def offer_links(self, articles: Sequence[tuple[str, str]]) -> None:
        """(id, title), the best first."""
        if self.sought.isHidden():
            return
        self._titles = dict(articles)
        self.links.show_lines([Line(id_, title) for id_, title in articles])
        if articles:
            self.links.setCurrentIndex(self.links.model().index(0, 0))

    def _add(self, look: Look, words: str, name: str, deed: Callable[[], None]) -> Button:
        button = Button(look, words, kind="ghost", size="compact", name=name, tip=name)
        button.clicked.connect(deed)
        self._row.addWidget(button)
        return button

    def _hide_links(self) -> None:
        self._pause.stop()
        self.sought.hide()
        self.links.show_lines(())
        self.links.hide()

    def _step(self, by: int) -> None:
        model = self.links.model()
        row = min(max(self.links.currentIndex().row() + by, 0), model.rowCount() - 1)
        self.links.setCurrentIndex(model.index(row, 0))

    def _take_link(self, article_id: str) -> None:
        if not article_id:
            return
        cursor = self._area.textCursor()
        words = cursor.selectedText() or self._titles.get(article_id, article_id)
        self._write(cursor, f"[{words.replace(']', '').replace('[', '')}](kb:{article_id})")
        self.end_link()

    def _lines(self, marked: Callable[[int, str], str], is_marked: Callable[[str], bool], cut: int) -> None:
        cursor = self._area.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        cursor.setPosition(start)
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        lines = cursor.selectedText().split("\u2029")
        if all(is_marked(line) for line in lines):
            plain = [line[cut:] if cut else _LEAD.sub("", line, count=1) for line in lines]
            self._write(cursor, "\n".join(plain))
        else:
            self._write(cursor, "\n".join(marked(n, line) for n, line in enumerate(lines, 1)))

    def _write(self, cursor: QTextCursor, words: str, back: int = 0) -> None:
        """One step that can be undone; the cursor stands `back` signs before the end."""
        cursor.insertText(words)
        if back:
            cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.MoveAnchor, back)
        self._area.setTextCursor(cursor)
        self._area.setFocus()
