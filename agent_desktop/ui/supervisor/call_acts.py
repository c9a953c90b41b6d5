"""What a lead does in the call of the chosen agent: buttons for what is allowed, and what came of it.

Values: `show_agent`, `offer`, `show_now`, `be_busy`, `say`. Wishes: `wanted(FloorAct)`, `left`, `call_wanted`.
What cannot be undone is pressed twice.
"""

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.supervisor.monitoring_words import act_hint, act_word
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label, Pill
from agent_model.agent import Agent
from agent_model.floor_policy import FloorAct

FOR_GOOD = (FloorAct.TAKE_OVER, FloorAct.HANG_UP)
ICONS = {
    FloorAct.LISTEN: "headset",
    FloorAct.WHISPER: "mic",
    FloorAct.BARGE: "users",
    FloorAct.TAKE_OVER: "swap",
    FloorAct.HANG_UP: "hang-up",
}


class CallActs(QFrame):
    wanted = Signal(object)
    left = Signal()
    call_wanted = Signal()
    agent_shown = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        px = look.px
        self.agent: Agent | None = None
        self._asked_twice: FloorAct | None = None
        self._allowed: frozenset[FloorAct] = frozenset()
        self._now: FloorAct | None = None
        self.setAccessibleName(self.tr("In the agent's call"))
        self.buttons = {act: Button(look, act_word(act), ICONS[act], size="compact") for act in FloorAct}
        self.leave = Button(look, self.tr("Leave the call"), "close", size="compact")
        self.call = Button(look, self.tr("Call the agent"), "phone", size="compact")
        self._every = (*self.buttons.values(), self.leave, self.call)
        self.outcome = Label("hint", "", wraps=True)
        self.now = Pill(look, "", "accent")
        self._grid, head, column = QGridLayout(), QHBoxLayout(), QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        self._grid.setSpacing(px(6))
        head.addWidget(Label("row", self.tr("In the agent's call")))
        head.addWidget(self.now)
        head.addStretch(1)
        column.addLayout(head)
        column.addLayout(self._grid)
        for button in self._every:
            button.setParent(self)
        column.addWidget(self.outcome)
        for act, button in self.buttons.items():
            button.setToolTip(act_hint(act))
            button.setAccessibleDescription(act_hint(act))
            button.clicked.connect(lambda _=False, act=act: self._press(act))
        self.leave.clicked.connect(lambda _=False: self.left.emit())
        self.call.clicked.connect(lambda _=False: self.call_wanted.emit())
        self.say("")

    def show_agent(self, agent: Agent) -> None:
        if self.agent is None or self.agent.id != agent.id:
            self.agent, self._asked_twice = agent, None
            self.say("")
            self.show_now(None)
        self.agent_shown.emit(agent)

    def offer(self, allowed: Collection[FloorAct]) -> None:
        self._allowed = frozenset(allowed)
        self.setVisible(bool(allowed))
        self._show()

    def show_now(self, act: FloorAct | None) -> None:
        """How the lead is in this agent's call; None: not at all."""
        self._now = act
        self._show()

    def be_busy(self, *, busy: bool) -> None:
        for button in self._every:
            button.setEnabled(not busy)

    def say(self, words: str, tone: str = "") -> None:
        self.outcome.say(words, tone)
        self.outcome.setVisible(bool(words))

    def _show(self) -> None:
        for act, button in self.buttons.items():
            is_possible = act is not FloorAct.TAKE_OVER or self._now is not None
            button.setVisible(act in self._allowed and is_possible and act is not self._now)
        self.leave.setVisible(self._now is not None)
        self.call.setVisible(FloorAct.LISTEN in self._allowed and self._now is None)
        if self._now is not None:
            self.now.show_as(act_word(self._now), "accent")
        self.now.setVisible(self._now is not None)
        self._close_ranks()

    def _close_ranks(self) -> None:
        """What is there stands two beside each other, without holes."""
        for button in self._every:
            self._grid.removeWidget(button)
        for n, button in enumerate(one for one in self._every if not one.isHidden()):
            self._grid.addWidget(button, n // 2, n % 2)

    def _press(self, act: FloorAct) -> None:
        if act in FOR_GOOD and self._asked_twice is not act:
            self._asked_twice = act
            self.say(self.tr("{what} Press again to do it.").format(what=act_hint(act)), "warn")
            return
        self._asked_twice = None
        self.wanted.emit(act)
