"""Where articles are written: all of them at the left by what is waited for, one in the editor.

Values: `show_found(rows, total words)`, `show_documents`, `editor`. Wishes: `sought(Kept, text)`, `taken(id)`,
`new_wanted`, those of the editor, `documents_wanted(path)` to come in, `folder_wanted(path)` and `print_wanted(path)`
to go out to; those of its `ways` to the other pages of those who write.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMenu,
    QVBoxLayout,
)

from agent_desktop.knowledge.bringing import KINDS
from agent_desktop.knowledge.writing import Kept
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.articles.editor import ArticleEditor
from agent_desktop.ui.articles.words import kept_word
from agent_desktop.ui.editor_ways import EditorWays
from agent_desktop.ui.page import Page
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.controls import Button, Field
from agent_desktop.ui.widgets.parts import HEAD_PX, Label
from agent_desktop.ui.widgets.rows import Row
from agent_desktop.ui.widgets.rows_view import RowsView

SEARCH_DELAY_MS = 120


class ArticlesPage(QFrame):
    sought = Signal(object, str)
    taken = Signal(str)
    new_wanted = Signal()
    documents_wanted = Signal(object)
    folder_wanted = Signal(object)
    print_wanted = Signal(object)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look = look
        self._ids: tuple[str, ...] = ()
        self.setProperty("ground", "canvas")
        self.setAcceptDrops(True)
        self.setAccessibleName(self.tr("Write articles"))
        self.new = Button(look, self.tr("New article"), "plus", size="compact")
        self.documents = Button(look, self.tr("Documents"), "inbox", size="compact")
        self.documents.setToolTip(self.tr("Markdown, HTML, Word and tables of answers as drafts; articles as a folder"))
        self._ways = QMenu(self)
        self._ways.setAccessibleName(self.tr("Documents"))
        self._ways.addAction(self.tr("Bring in a document…"), self._choose_document)
        self._ways.addAction(self.tr("Bring in a folder…"), self._choose_folder)
        self._ways.addAction(self.tr("All articles as a folder…"), self._choose_target)
        self._ways.addAction(self.tr("All articles for printing…"), self._choose_print)
        self.brought = Label("row", "", wraps=True)
        self.brought_more = Label("hint", "", "warn", wraps=True)
        self.brought.hide()
        self.brought_more.hide()
        self.kept = Pick(look)
        self.kept.setAccessibleName(self.tr("Which articles"))
        for kept in Kept:
            self.kept.addItem(kept_word(kept), kept)
        self.search = Field(look, self.tr("Search articles"), self.tr("Title, keyword, category"), "search")
        self.count = Label("hint")
        self.rows = RowsView(look, self.tr("Articles"))
        self.nothing = Label("hint", self.tr("There is no such article."), wraps=True)
        self.editor = ArticleEditor(look, formats)
        self.ways = EditorWays(look, Page.ARTICLES)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SEARCH_DELAY_MS)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        px = self._look.px
        self.top = QHBoxLayout()
        self.top.setSpacing(px(8))
        self.top.addWidget(Label("name", self.tr("Write articles")))
        self.top.addWidget(self.ways)
        self.top.addStretch(1)
        self.top.addWidget(self.documents)
        self.top.addWidget(self.new)
        self.top.addStrut(px(HEAD_PX))
        left = Card(self._look)
        left.body.addWidget(self.kept)
        left.body.addWidget(self.search)
        left.body.addWidget(self.count)
        left.body.addWidget(self.rows, 1)
        left.body.addWidget(self.nothing)
        left.setFixedWidth(px(300))
        columns = QHBoxLayout()
        columns.setSpacing(px(10))
        columns.addWidget(left)
        columns.addWidget(self.editor, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(10))
        column.addLayout(self.top)
        column.addWidget(self.brought)
        column.addWidget(self.brought_more)
        column.addLayout(columns, 1)
        self.nothing.hide()
        self.editor.hide()

    def _connect(self) -> None:
        self.new.clicked.connect(self.new_wanted)
        self.documents.clicked.connect(
            lambda: self._ways.popup(self.documents.mapToGlobal(QPoint(0, self.documents.height())))
        )
        self.kept.activated.connect(lambda _: self._seek())
        self.search.textEdited.connect(lambda _: self._pause.start())
        self.search.entered.connect(lambda: self._take(self.rows.currentIndex()))
        self.search.stepped.connect(self._step)
        self.search.left.connect(self._clear)
        self._pause.timeout.connect(self._seek)
        self.rows.clicked.connect(self._take)
        self.rows.activated.connect(self._take)

    @property
    def wanted(self) -> tuple[Kept, str]:
        """Which articles are to be listed."""
        return self.kept.currentData(), self.search.text().strip()

    def show_found(self, found: Sequence[tuple[str, Row]], total: str, open_id: str) -> None:
        """(id, row); the open one is the current."""
        self._ids = tuple(id_ for id_, _ in found)
        self.rows.put([row for _, row in found])
        self.show_open(open_id)
        self.count.say(total)
        self.nothing.setVisible(not found)

    def show_open(self, open_id: str) -> None:
        """Which of the list stands in the editor."""
        self.rows.light(self._ids.index(open_id) if open_id in self._ids else -1)

    def show_documents(self, words: str, more: str = "", *, is_busy: bool = False) -> None:
        """What became of documents; `more`, by name, what did not come in. While it is at work nothing else begins."""
        for label, said in ((self.brought, words), (self.brought_more, more)):
            label.say(said)
            label.setVisible(bool(said))
        self.documents.setEnabled(not is_busy)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths and self.documents.isEnabled():
            self.documents_wanted.emit(paths[0])
            event.acceptProposedAction()

    def _choose_document(self) -> None:
        kinds = " ".join(f"*{kind}" for kind in KINDS)
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Bring in a document"), "", f"({kinds})")
        if chosen:
            self.documents_wanted.emit(Path(chosen))

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Bring in a folder"))
        if chosen:
            self.documents_wanted.emit(Path(chosen))

    def _choose_target(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("A new or an empty folder"))
        if chosen:
            self.folder_wanted.emit(Path(chosen))

    def _choose_print(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Articles for printing"), "", "HTML (*.html)")
        if chosen:
            self.print_wanted.emit(Path(chosen).with_suffix(".html"))

    def send(self) -> None:
        self.editor.send()

    def keep(self) -> None:
        """Ctrl+S: the draft goes to those who write with this person."""
        self.editor.keep()

    def _seek(self) -> None:
        self.sought.emit(*self.wanted)

    def _clear(self) -> None:
        self.search.clear()
        self._seek()

    def _step(self, by: int) -> None:
        self.rows.light(min(max(self.rows.currentIndex().row() + by, 0), len(self._ids) - 1))

    def _take(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._ids):
            if self.documents.isEnabled():
                self.show_documents("")
            self.taken.emit(self._ids[index.row()])
