"""Where erasures and copies of one person are asked for and decided: all wishes at the left, one of them at the right.

Values: `show_wishes`, `show_looking`, `say`, `asking`, `pane`. Wishes: `chosen(id)`, `again_wanted`, `shown_changed`,
and those of `asking` and `pane`.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from agent_desktop.sync.privacy import PersonWish, WishKind
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.privacy.asking_card import AskingCard
from agent_desktop.ui.privacy.wish_pane import WishPane
from agent_desktop.ui.privacy.words import state_word, title
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.controls import Button, Segments
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.widgets.row_list import RowList
from agent_desktop.ui.widgets.rows import Row
from agent_model.person_wish import WishState

ICONS = {WishKind.ERASURE: "user-minus", WishKind.COPY: "copy"}
TOKENS = {WishState.ASKED: "warn", WishState.PARTLY: "warn", WishState.DONE: "ok"}


class Which(StrEnum):
    WAITING = "waiting"
    ALL = "all"


class PrivacyPage(QFrame):
    chosen = Signal(str)
    again_wanted = Signal()
    shown_changed = Signal()

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self._names: Callable[[], Directory] = Directory
        self.setProperty("ground", "canvas")
        self.setAccessibleName(self.tr("Erasures and copies"))
        self.which = Segments(
            self.tr("Which wishes"),
            ((Which.ALL, self.tr("All"), "accent"), (Which.WAITING, self.tr("To be decided"), "warn")),
        )
        self.which.choose(Which.ALL)
        self.again = Button(look, self.tr("Look again"), "sync", size="compact")
        self.outcome = Label("meta", "", wraps=True)
        self.list = RowList(look, self.tr("Erasures and copies"))
        self.nothing = Label("hint", "", wraps=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.asking = AskingCard(look)
        self.pane = WishPane(look, formats)
        self.beside = Label("hint", self.tr("Two people, always: one asks with a reason, another decides."))
        self.beside.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.beside.setWordWrap(True)
        self._lay_out()
        self.which.chosen.connect(lambda _: self.shown_changed.emit())
        self.again.clicked.connect(self.again_wanted)
        self.list.chosen.connect(self.chosen)
        self.list.taken.connect(lambda _: self.pane.reason.setFocus())

    def _lay_out(self) -> None:
        px = self._look.px
        top, left, columns = QHBoxLayout(), QVBoxLayout(), QHBoxLayout()
        top.setSpacing(px(12))
        top.addWidget(Label("name", self.tr("Erasures and copies")))
        top.addStretch(1)
        top.addWidget(self.which)
        top.addWidget(self.again)
        wishes = Card(self._look)
        wishes.body.addWidget(self.list, 1)
        wishes.body.addWidget(self.nothing, 1)
        aside = QFrame()
        aside.setFixedWidth(px(430))
        aside.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(px(10))
        left.addWidget(self.asking)
        left.addWidget(wishes, 1)
        columns.setSpacing(px(10))
        columns.addWidget(aside)
        columns.addWidget(self.pane, 1)
        columns.addWidget(self.beside, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(10))
        column.addLayout(top)
        column.addWidget(self.outcome)
        column.addLayout(columns, 1)
        self.outcome.hide()

    def show_looking(self, words: str) -> None:
        """Until there is an answer; what was known before stays."""
        self.again.be_busy(busy=True)
        if not self.list.keys:
            self.nothing.say(words)

    def name_by(self, names: Callable[[], Directory]) -> None:
        self._names = names
        self.pane.name_by(names)

    def show_wishes(self, wishes: Sequence[tuple[PersonWish, str]], now: datetime, why_none: str = "") -> None:
        """Each with the customer's name, or id where nobody here knows one."""
        rows = [(wish.id, self._row(wish, who, now)) for wish, who in wishes]
        self.again.be_busy(busy=False)
        self.nothing.say(why_none)
        self.list.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self.list.show_rows(rows)
        if not rows:
            self.pane.hide()
        self.beside.setVisible(not rows)

    def _row(self, wish: PersonWish, who: str, now: datetime) -> Row:
        when = self._formats.moment(wish.asked_at, now)
        return Row(
            title=title(wish.kind, who),
            detail=f"{self._names().person(wish.asked_by)} · {when} · {wish.reason}",
            icon=ICONS[wish.kind],
            at_right=state_word(wish),
            right_token=TOKENS.get(wish.state, "muted"),
        )

    def say(self, words: str, tone: str = "") -> None:
        self.outcome.say(words, tone)
        self.outcome.setVisible(bool(words))

    def send(self) -> None:
        """What the keyboard is in."""
        if self.asking.isAncestorOf(self.focusWidget() or self):
            self.asking.send()
        elif self.pane.isAncestorOf(self.focusWidget() or self):
            self.pane.send()
