"""One signal, opened: why it is shown, what is to be done, and what came of it.

Values: `show_line(SignalLine)`, `close_card()`. Wishes: `act_wanted(key)`, `answered(key, outcome)`.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.customer.signal_words import SignalLine, outcome_word
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Glyph, Label, ink
from agent_model.signal import SignalOutcome

_ICONS = {
    SignalOutcome.OFFERED: "send",
    SignalOutcome.ACCEPTED: "check",
    SignalOutcome.DECLINED: "close",
    SignalOutcome.LATER: "clock",
}


class SignalCard(QFrame):
    """Escape closes it."""

    act_wanted = Signal(str)
    answered = Signal(str, object)
    closed = Signal(str, bool)
    """Whose it was, and whether the focus was in it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.key = ""
        self.setProperty("role", "inset")
        self._glyph = Glyph(look, "flag", "sec", 16)
        self._title = Label("row")
        self.reason = Label("", wraps=True)
        self.act = Button(look, " ", "ticket", kind="primary", size="compact")
        self.act.setToolTip(self.tr("Puts the reason into the ticket form"))
        self.act.clicked.connect(lambda: self.act_wanted.emit(self.key))
        self.outcomes = {outcome: self._outcome(outcome) for outcome in SignalOutcome}
        self.close_button = Button(look, "", "close", kind="ghost", size="compact", name=self.tr("Close  Esc"))
        self.close_button.clicked.connect(self.close_card)
        self._recorded = Label("hint")
        self._lay_out()

    def _outcome(self, outcome: SignalOutcome) -> Button:
        button = Button(self._look, outcome_word(outcome), _ICONS[outcome], size="compact")
        button.clicked.connect(lambda: self.answered.emit(self.key, outcome))
        return button

    def _lay_out(self) -> None:
        px = self._look.px
        head = QHBoxLayout()
        head.setSpacing(px(6))
        head.addWidget(self._glyph)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.close_button)
        foot = QHBoxLayout()
        foot.setSpacing(px(6))
        foot.addWidget(self.act)
        foot.addStretch(1)
        foot.addWidget(self._recorded)
        for button in self.outcomes.values():
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(8), px(8), px(10))
        column.setSpacing(px(6))
        column.addLayout(head)
        column.addWidget(self.reason)
        column.addLayout(foot)

    def tell(self, line: SignalLine) -> None:
        """What it is and why, of the line that is open."""
        self._title.say(line.title)
        self.reason.say(line.reason)
        self.setAccessibleName(line.title)
        self.setAccessibleDescription(line.reason)

    def show_line(self, line: SignalLine) -> None:
        self.key = line.key
        self._glyph.show_icon(line.icon, ink(line.tone)[0])
        self.tell(line)
        self.act.wear("primary", "ticket", line.action)
        self._recorded.say(line.done)
        for button in self.outcomes.values():
            button.setVisible(not line.done)
        self.show()
        self.act.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_card(self) -> None:
        focus, key = QApplication.focusWidget(), self.key
        had_focus = focus is not None and self.isAncestorOf(focus)
        self.hide()
        self.key = ""
        self.closed.emit(key, had_focus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
        else:
            super().keyPressEvent(event)
