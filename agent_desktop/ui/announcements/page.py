"""What the company tells this agent: all of it at the left, the one that is read at the right.

Values: `show_lines(lines)`, `reading`, `offer_writing`. Wishes: `asked` (`which`, `typed`), `taken(id)`,
`write_wanted`, and those of the card that is read.
"""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout

from agent_desktop.ui.announcements.reading import ReadingCard
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.controls import Button, Field, Segments
from agent_desktop.ui.widgets.lines import Line, Lines
from agent_desktop.ui.widgets.parts import HEAD_PX, Label

PAUSE_MS = 120


class Which(StrEnum):
    UNREAD = "unread"
    ALL = "all"


class AnnouncementsPage(QFrame):
    asked = Signal()
    taken = Signal(str)
    write_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("ground", "canvas")
        self.setAccessibleName(self.tr("Announcements"))
        self.kinds = Segments(
            self.tr("Which announcements"),
            ((Which.UNREAD, self.tr("Unread"), "bad"), (Which.ALL, self.tr("All"), "accent")),
        )
        self.kinds.setFixedWidth(look.px(200))
        self.kinds.choose(Which.ALL)
        self.kinds.chosen.connect(self.asked)
        self.write = Button(look, self.tr("Write and board"), "pencil", size="compact")
        self.write.clicked.connect(self.write_wanted)
        self.write.hide()
        self.lines = Lines(look, self.tr("Announcements"))
        self.lines.taken.connect(self.taken)
        self.search = Field(look, self.tr("Search announcements"), self.tr("Words of title or text"), "search")
        self.search.setFixedWidth(look.px(260))
        self.search.stepped.connect(lambda _: self.lines.setFocus())
        self.search.entered.connect(self.lines.setFocus)
        self.search.left.connect(self.search.clear)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.asked)
        self.search.textChanged.connect(lambda _: self._pause.start())
        self.nothing = Label("hint", "", wraps=True)
        self.reading = ReadingCard(look)
        self._lay_out()

    def _lay_out(self) -> None:
        px = self._look.px
        top = QHBoxLayout()
        top.setSpacing(px(12))
        top.addWidget(Label("name", self.tr("Announcements")))
        top.addStretch(1)
        for widget in (self.kinds, self.search, self.write):
            top.addWidget(widget)
        top.addStrut(px(HEAD_PX))
        left = Card(self._look)
        left.body.addWidget(self.lines)
        left.body.addWidget(self.nothing)
        left.body.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(left)
        scroll.setFixedWidth(px(400))
        columns = QHBoxLayout()
        columns.setSpacing(px(10))
        columns.addWidget(scroll)
        columns.addWidget(self.reading, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(10))
        column.addLayout(top)
        column.addLayout(columns, 1)

    @property
    def which(self) -> Which:
        return Which(self.kinds.value)

    @property
    def typed(self) -> str:
        return self.search.text().strip()

    def send(self) -> None:
        self.reading.send()

    def offer_writing(self, *, is_offered: bool) -> None:
        self.write.setVisible(is_offered)

    def show_lines(self, lines: Sequence[Line]) -> None:
        self.lines.show_lines(lines)
        self.nothing.setVisible(not lines)
        if self.typed:
            self.nothing.say(self.tr("No announcement has these words."))
        elif self.which is Which.UNREAD:
            self.nothing.say(self.tr("Everything is read."))
        else:
            self.nothing.say(self.tr("Nothing was announced yet."))
