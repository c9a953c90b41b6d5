"""Where an erasure or a copy is asked for, of the customer open in the workspace. Wish: `asked(kind, reason)`."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from agent_desktop.sync.privacy import WishKind
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.privacy.wish_pane import LEAST_REASON
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.controls import Button, Segments
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.widgets.typing import TextLine


class AskingCard(Card):
    asked = Signal(str, str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "")
        px = look.px
        self._who = ""
        self.setAccessibleName(self.tr("Ask for an erasure or a copy"))
        self.about = Label("section", "", wraps=True)
        self.kind = Segments(
            self.tr("What is asked for"),
            ((WishKind.ERASURE, self.tr("Erasure"), "bad"), (WishKind.COPY, self.tr("Copy"), "accent")),
        )
        self.kind.choose(WishKind.ERASURE)
        self.reason = TextLine(self.tr("Why it is asked for"), self.tr("Why, without name or number"))
        self.reason.setMaxLength(500)
        self.ask = Button(look, self.tr("Ask for it"), "send")
        self.body.setSpacing(px(8))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.kind, 1)
        row.addWidget(self.ask)
        self.body.addWidget(self.about)
        self.body.addWidget(self.reason)
        self.body.addLayout(row)
        self.reason.textChanged.connect(lambda _: self._offer())
        self.reason.returnPressed.connect(self.send)
        self.ask.clicked.connect(self.send)
        self.show_customer("")

    def show_customer(self, name: str) -> None:
        """Whom it would be about; empty: nobody is open."""
        self._who = name
        self.about.say(
            self.tr("Ask for {who}").format(who=name)
            if name
            else self.tr("To ask for somebody, open them in the workspace first (Ctrl+K).")
        )
        for widget in (self.kind, self.reason, self.ask):
            widget.setVisible(bool(name))
        self._offer()

    def send(self) -> None:
        if self.ask.isVisible() and self.ask.isEnabled():
            self.asked.emit(self.kind.value, self.reason.text().strip())

    def _offer(self) -> None:
        lacks = len(self.reason.text().strip()) < LEAST_REASON
        self.ask.offer(is_possible=not lacks, why_not=self.tr("Say in a few words why.") if lacks else "")
