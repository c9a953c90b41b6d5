"""What is given to IT, looked at before a file is written: `show_bundle`. Wish: `save_wanted(Path)`.

It waits beside the work, not over it. Nothing is sent from here.
"""

from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QFontDatabase, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from agent_desktop.diagnostics.bundle import Bundle
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label

_KILOBYTE: Final = 1024


class BundleWindow(QDialog):
    save_wanted = Signal(object)

    def __init__(self, look: Look, made_at: datetime, parent: QWidget | None) -> None:
        super().__init__(parent)
        px = look.px
        self._made_at = made_at
        self._bundle = Bundle(())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Report for IT"))
        self.resize(px(860), px(560))
        self.papers = QListWidget()
        self.papers.setAccessibleName(self.tr("What is in the report"))
        self.papers.setFixedWidth(px(290))
        self.papers.setSpacing(px(3))
        self.papers.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.papers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.papers.currentRowChanged.connect(self._show_paper)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setAccessibleName(self.tr("As it will be saved"))
        self.words = Label("body", self.tr("The report is being put together…"), wraps=True)
        self.save = Button(look, self.tr("Save…"), kind="primary")
        self.save.offer(is_possible=False, why_not=self.words.full_text)
        self.save.clicked.connect(self.ask)
        close = Button(look, self.tr("Close"))
        close.clicked.connect(self.close)
        QShortcut(QKeySequence("Ctrl+S"), self, self.save.click)
        beside, below = QHBoxLayout(), QHBoxLayout()
        beside.setSpacing(px(10))
        beside.addWidget(self.papers)
        beside.addWidget(self.text, 1)
        below.setSpacing(px(10))
        below.addWidget(self.words, 1)
        below.addWidget(self.save)
        below.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(10))
        column.addLayout(beside, 1)
        column.addLayout(below)

    def show_bundle(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self.papers.clear()
        for paper in bundle.papers:
            item = QListWidgetItem(f"{paper.name}   {_size(paper.size)}")
            item.setToolTip(item.text())
            self.papers.addItem(item)
        self.papers.setCurrentRow(0)
        words = self.tr(
            "Names, numbers, addresses, passwords and other texts about people are struck out. Nothing is sent from "
            "here: look through it, save it, and give the file to IT. {count} files, {size}."
        )
        self.words.say(words.format(count=len(bundle.papers), size=_size(bundle.size)))
        self.save.offer(is_possible=True)
        self.papers.setFocus()

    def show_words(self, words: str, tone: str = "") -> None:
        """What became of it."""
        self.words.say(words, tone)

    def ask(self) -> None:
        """Where to."""
        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or ".")
        name = f"agent-desktop-{self._made_at.astimezone():%Y%m%d-%H%M}.zip"
        target, _ = QFileDialog.getSaveFileName(self, self.tr("Save the report"), str(folder / name), "ZIP (*.zip)")
        if target:
            self.save_wanted.emit(Path(target).with_suffix(".zip"))

    def _show_paper(self, row: int) -> None:
        self.text.setPlainText(self._bundle.papers[row].text if row >= 0 else "")


def _size(count: int) -> str:
    return f"{max(1, round(count / _KILOBYTE))} kB"
