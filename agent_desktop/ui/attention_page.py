"""Changes the server refused or somebody else contradicted: nothing was dropped, the agent decides.

Values: `show_attention(items, now)`. Wishes: `retry_wanted(op id)`, `edit_wanted(op id)`, `discard_wanted(op id)`.
"""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from agent_desktop.ui.formats import Formats
from agent_desktop.ui.look import Look
from agent_desktop.ui.messages import explain_rejection
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Glyph, Label


@dataclass(frozen=True, slots=True)
class Refused:
    """A command that was not taken. `text` is all the agent wrote; `reason` the server's word, None a conflict."""

    op_id: str
    title: str
    text: str
    reason: str | None
    at: datetime


class AttentionPage(QFrame):
    retry_wanted = Signal(str)
    edit_wanted = Signal(str)
    discard_wanted = Signal(str)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self.setProperty("ground", "canvas")
        self.setAccessibleName(self.tr("Needs attention"))
        self._nothing = Label("hint", self.tr("Nothing needs your attention. Everything you wrote has been taken."))
        self._cards = QVBoxLayout()
        self._cards.setSpacing(look.px(10))
        inside = QWidget()
        in_column = QVBoxLayout(inside)
        in_column.setContentsMargins(0, 0, 0, 0)
        in_column.addLayout(self._cards)
        in_column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inside)
        scroll.setAccessibleName(self.tr("Needs attention"))
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(14), look.px(16), look.px(14))
        column.setSpacing(look.px(10))
        column.addWidget(Label("name", self.tr("Needs attention")))
        column.addWidget(self._nothing)
        column.addWidget(scroll, 1)

    def show_attention(self, items: tuple[Refused, ...], now: datetime) -> None:
        while (item := self._cards.takeAt(0)) is not None:
            card = item.widget()
            if card is not None:
                card.deleteLater()
        for refused in items:
            self._cards.addWidget(self._card(refused, now))
        self._nothing.setVisible(not items)

    def _card(self, refused: Refused, now: datetime) -> QFrame:
        px = self._look.px
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(px(14), px(12), px(14), px(12))
        column.setSpacing(px(6))
        head = QHBoxLayout()
        head.addWidget(Glyph(self._look, "warning", "bad", 18))
        head.addWidget(Label("section", refused.title, elides=True), 1)
        head.addWidget(Label("hint", self._formats.moment(refused.at, now)))
        column.addLayout(head)
        column.addWidget(Label("body", explain_rejection(refused.reason), "bad", wraps=True))
        column.addWidget(Label("meta", refused.text, wraps=True))
        actions = QHBoxLayout()
        actions.setSpacing(px(8))
        for words, icon, wish in (
            (self.tr("Change it"), "pencil", self.edit_wanted),
            (self.tr("Send again"), "sync", self.retry_wanted),
            (self.tr("Give it up"), "close", self.discard_wanted),
        ):
            button = Button(self._look, words, icon, size="compact")
            button.clicked.connect(lambda _=False, wish=wish: wish.emit(refused.op_id))
            actions.addWidget(button)
        actions.addStretch(1)
        column.addLayout(actions)
        return card
