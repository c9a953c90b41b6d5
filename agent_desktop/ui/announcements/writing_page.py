"""Where announcements are written, how they will look, and who has read them.

Values and wishes of a RowsPage, `show_preview(body)`, `board`; `back_wanted` to where they are read.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_desktop.ui.announcements.board import BoardCard
from agent_desktop.ui.announcements.form import AnnouncementForm
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.knowledge.reader import Reader
from agent_desktop.ui.row_editing.page import PageWords, RowsPage
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.controls import Button

PREVIEW_PX = 180


class AnnouncePage(RowsPage[AnnouncementForm]):
    back_wanted = Signal()

    def __init__(self, look: Look, formats: Formats) -> None:
        words = PageWords(
            self.tr("Write announcements"),
            self.tr("New announcement"),
            self.tr(
                "What is being written lies on this computer only. Published, it is at every connected desk at once."
            ),
            self.tr("Nothing was announced yet."),
        )
        self.board = BoardCard(look)
        self.preview = Reader()
        self.preview.setAccessibleName(self.tr("How it will look"))
        self.preview.setFixedHeight(look.px(PREVIEW_PX))
        shown = Card(look, self.tr("How it will look"))
        shown.body.addWidget(self.preview)
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(10))
        column.addWidget(self.board)
        column.addWidget(shown)
        super().__init__(look, words, AnnouncementForm(look, formats), below)
        self.back = Button(look, self.tr("To what is read"), "arrow-left", kind="ghost", size="compact")
        self.back.clicked.connect(self.back_wanted)
        self.top.insertWidget(1, self.back)

    def show_preview(self, body: str) -> None:
        self.preview.show_body(body)
