"""Puts the chosen agent into a state: which, and why; what is typed stays until it was done."""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from agent_desktop.supervisor.acts import LEAST_WHY, LONGEST_WHY, Order
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.supervisor.words import state_word
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.controls import Button, KeyHint
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.widgets.typing import TextLine
from agent_model.agent import AgentId, AgentState

CHOICES = (AgentState.READY, AgentState.AFTER_CALL_WORK)


class OrderForm(QFrame):
    """Wishes: `wanted(Order)`, `why_changed(words)`."""

    wanted = Signal(object)
    why_changed = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        px = look.px
        self._agent = AgentId("")
        self.setAccessibleName(self.tr("Put into a state"))
        self.state = Pick(look)
        self.state.setAccessibleName(self.tr("Put into a state"))
        self.why = TextLine(self.tr("Reason"), self.tr("Reason, which the agent is told"))
        self.why.setMaxLength(LONGEST_WHY)
        self.go = Button(look, self.tr("Set"), "check", size="compact")
        self.outcome = Label("hint", "", wraps=True)
        self.outcome.hide()
        foot, column = QHBoxLayout(), QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(Label("row", self.tr("Put into a state")))
        column.addWidget(self.state)
        column.addWidget(self.why)
        foot.setSpacing(px(8))
        foot.addWidget(self.go)
        foot.addWidget(KeyHint("Ctrl ↵"))
        foot.addStretch(1)
        column.addLayout(foot)
        column.addWidget(self.outcome)
        self.go.clicked.connect(self.send)
        self.why.textChanged.connect(self.why_changed)
        self.offer({})

    def offer(self, breaks: Mapping[str, str]) -> None:
        """`breaks` are those one can be sent into, by id."""
        before = self.state.currentData()
        self.state.clear()
        for state in CHOICES:
            self.state.addItem(state_word(state), (state, None))
        for id_, name in breaks.items():
            self.state.addItem(self.tr("Break: {reason}").format(reason=name), (AgentState.BREAK, id_))
        self.state.addItem(self.tr("Sign out of the queues"), (AgentState.OFFLINE, None))
        self.state.setCurrentIndex(max(0, self.state.findData(before)))

    def show_agent(self, agent: AgentId) -> None:
        if agent != self._agent:
            self._agent = agent
            self.say("")

    def show_why(self, words: str) -> None:
        with QSignalBlocker(self.why):
            self.why.setText(words)

    def send(self) -> None:
        state, reason = self.state.currentData()
        order = Order(self._agent, AgentState(state), reason, self.why.text())
        if not order.has_why:
            words = self.tr("Say why, in {count} characters or more: the agent is told.")
            self.say(words.format(count=LEAST_WHY), "warn")
            self.why.setFocus()
            return
        self.go.be_busy(busy=True)
        self.wanted.emit(order)

    def done(self, words: str) -> None:
        """It was done: the next one is begun anew."""
        self.go.be_busy(busy=False)
        self.why.clear()
        self.say(words, "ok")

    def failed(self, words: str) -> None:
        self.go.be_busy(busy=False)
        self.say(words, "bad")

    def say(self, words: str, tone: str = "") -> None:
        self.outcome.say(words, tone)
        self.outcome.setVisible(bool(words))
