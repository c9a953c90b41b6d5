"""A lead in agents' calls, from the agent board; and an agent who is told that a lead is in theirs."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from agent_desktop.supervisor.monitoring import IN_CALL
from agent_desktop.sync.live import MonitoringSeen
from agent_desktop.ui.background import Background
from agent_desktop.ui.desks.calls import CallDesk
from agent_desktop.ui.desks.notice_board import NoticeBoard
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.supervisor.agent_card import AgentCard
from agent_desktop.ui.supervisor.agents_page import AgentsPage
from agent_desktop.ui.supervisor.call_acts import CallActs
from agent_desktop.ui.supervisor.monitoring_words import done_words, explain_act, told_words
from agent_desktop.ui.window.notices import Weight
from agent_model.agent import Agent, AgentId
from agent_model.floor_policy import FloorAct, FloorPolicy


class MonitoringDesk(QObject):
    def __init__(
        self,
        rooms: Rooms,
        background: Background,
        calls: CallDesk,
        notices: NoticeBoard,
        names: Callable[[], Directory],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._rooms, self._background, self._calls = rooms, background, calls
        self._notices, self._names = notices, names
        self._card: AgentCard | None = None
        self._acts: CallActs | None = None
        self._policy = FloorPolicy()
        self._now: tuple[AgentId, FloorAct] | None = None

    def wire(self, page: AgentsPage) -> None:
        """The board's page is there."""
        self._card = page.card
        acts = self._acts = page.card.acts
        acts.agent_shown.connect(self._show)
        acts.wanted.connect(self._do)
        acts.left.connect(self._leave)
        acts.call_wanted.connect(self._call)
        self.read_policy()

    def read_policy(self) -> None:
        """The company is another one."""
        if self._acts is not None:
            self._background.store.do(self._rooms.monitoring.policy, self._use, self._not_read, replaces="floor policy")

    def hear(self, told: MonitoringSeen) -> None:
        """What the server says of who is in whose call."""
        if told.lead == self._rooms.agent.id:
            self._now = (told.agent, told.act) if told.act in IN_CALL and told.act is not None else None
            self._show_now()
        elif told.agent == self._rooms.agent.id and told.act is not None:
            self._notices.tell(told_words(told.act, self._names().person(told.lead)), Weight.INFO)

    def lost(self) -> None:
        """Nobody tells any more; whoever is in a call is told so again when the server is back."""
        self._now = None
        self._show_now()

    def _use(self, policy: FloorPolicy) -> None:
        self._policy = policy
        if self._acts is not None and self._acts.agent is not None:
            self._show(self._acts.agent)

    def _show(self, agent: Agent) -> None:
        if self._acts is not None and self._card is not None:
            self._acts.offer(self._rooms.monitoring.allowed(self._policy, agent))
            self._card.allow(self._rooms.monitoring.steered(self._policy, agent), self._policy.steering_told)
            self._show_now()

    def _show_now(self) -> None:
        acts = self._acts
        if acts is not None and acts.agent is not None:
            is_theirs = self._now is not None and self._now[0] == acts.agent.id
            acts.show_now(self._now[1] if self._now is not None and is_theirs else None)

    def _do(self, act: FloorAct) -> None:
        agent = self._begin()
        if agent is not None:
            words = done_words(act, self._names().person(agent.id))
            self._ask(agent, lambda: self._rooms.monitoring.act(agent.id, act), words)

    def _leave(self) -> None:
        agent = self._begin()
        if agent is not None:
            self._ask(agent, self._rooms.monitoring.leave, "")

    def _call(self) -> None:
        agent = self._begin()
        if agent is not None:
            words = self.tr("Your phone rings, then that of {name}.").format(name=self._names().person(agent.id))
            self._ask(agent, lambda: self._rooms.monitoring.call(agent.id), words)

    def _begin(self) -> Agent | None:
        if self._acts is None or self._acts.agent is None:
            return None
        self._acts.be_busy(busy=True)
        self._acts.say("")
        return self._acts.agent

    def _ask(self, agent: Agent, act: Callable[[], None], words: str) -> None:
        def done(_: None) -> None:
            self._calls.adopt()
            self._end(agent, words, "ok")

        self._background.network.do(act, done, lambda error: self._end(agent, explain_act(error), "bad"))

    def _end(self, agent: Agent, words: str, tone: str) -> None:
        acts = self._acts
        if acts is None:
            return
        acts.be_busy(busy=False)
        if acts.agent is not None and acts.agent.id == agent.id:
            acts.say(words, tone)

    def _not_read(self, error: Exception) -> None:
        if self._acts is not None:
            self._acts.say(explain(error), "bad")
