"""The agent board in the hands of who leads: what the server tells of agents, shown as it comes."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from agent_desktop.supervisor.acts import Order, Serve
from agent_desktop.supervisor.agent_board import Narrowed
from agent_desktop.sync.live import GoneSeen, StateSeen
from agent_desktop.ui.desks.page import Ground, PageDesk
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.supervisor.agents_page import AgentsPage
from agent_desktop.ui.supervisor.order_words import explain_refusal
from agent_desktop.ui.unsaved import Unsaved
from agent_desktop.ui.window.rail import Page
from agent_model.adherence import AdherenceNow
from agent_model.agent import Agent, AgentId, Role
from agent_model.alert import Alert
from agent_model.confirmation import Confirmed
from agent_model.current_caller import CurrentCaller
from agent_model.help_call import HelpCall
from agent_model.organisation import Queue

TOGETHER_MS = 15
"""What comes within a frame is drawn at once: after a lost connection everybody is told of anew."""


class AgentBoardDesk(PageDesk[AgentsPage]):
    page_made = Signal(object)
    alert_seen = Signal(str)
    """The lead looks after it."""

    def __init__(self, ground: Ground, parent: QObject) -> None:
        self._board = ground.rooms.agent_board
        super().__init__(Page.AGENTS, ground, parent, is_offered=self._board.is_offered)
        self._changed: set[AgentId] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(TOGETHER_MS)
        self._soon.timeout.connect(self._show_changed)
        self._second = QTimer(self)
        self._second.setInterval(1_000)
        self._second.timeout.connect(self._tick)
        self._is_live = False
        self._wanted = ""
        """Whose row is to be chosen, once there are rows."""
        self._typed: Unsaved[str] = Unsaved(self)
        self._typed.due.connect(self._keep_why)

    def hear(self, event: StateSeen | Confirmed | GoneSeen | HelpCall | CurrentCaller | AdherenceNow) -> None:
        """What the server told of an agent."""
        if not self._board.is_offered:
            return
        if not self._is_live:
            self._is_live = True
            self._show_live()
        match event:
            case StateSeen(agent, entry):
                is_other = self._board.state_is(agent, entry)
            case GoneSeen(agent, since):
                is_other = self._board.gone_is(agent, since)
            case HelpCall():
                agent, is_other = AgentId(event.agent), self._board.help_called(event)
            case CurrentCaller():
                agent, is_other = AgentId(event.agent), self._board.caller_is(event)
            case AdherenceNow():
                agent, is_other = AgentId(event.agent), self._board.adherence_is(event)
            case Confirmed():
                agent, is_other = AgentId(event.agent), self._board.confirmed_is(event)
        if is_other and self._is_shown:
            self._changed.add(agent)
            if not self._soon.isActive():
                self._soon.start()

    def show_alerts(self, alerts: Sequence[Alert]) -> None:
        """Those that stand, the worst first."""
        worst = {AgentId(one.agent): one for one in reversed(alerts) if one.agent}
        self._changed |= self._board.alerts_are(worst)
        if self._changed and self._is_shown:
            self._soon.start()

    def open(self, agent: str) -> None:
        """Their row."""
        self._wanted = agent
        self._window.show_page(Page.AGENTS)
        self._read()

    def live_lost(self) -> None:
        """Nobody tells what agents do any more."""
        self._is_live = False
        self._changed |= self._board.forget_callers()
        self._soon.start()
        self._show_live()

    def read_again(self) -> None:
        """The directory is another one."""
        if self._board.is_offered and self._is_shown:
            self._read()

    def save_now(self) -> None:
        self._typed.save_now()

    def stop(self) -> None:
        self.save_now()
        self._second.stop()
        self._soon.stop()

    def _wire(self, page: AgentsPage) -> None:
        self.page_made.emit(page)
        page.narrowed_changed.connect(self._keep)
        page.card.order.wanted.connect(self._give)
        page.come_wanted.connect(self._come)
        page.alert_seen.connect(self.alert_seen)
        page.card.order.why_changed.connect(self._typed.keep)
        acts = self._rooms.floor_acts
        self._background.store.do(acts.draft, page.card.order.show_why, self._not_read)
        self._background.store.do(self._board.narrowed, page.show_narrowed, self._not_read)

    def _entered(self) -> None:
        self._read()
        self._show_live()
        self._second.start()
        self._page.table.setFocus()

    def _left(self) -> None:
        self._typed.save_now()
        self._second.stop()

    @property
    def _is_shown(self) -> bool:
        return self._is_wired and self._window.pages.shown is Page.AGENTS

    def _read(self) -> None:
        organisation = self._rooms.organisation
        self._background.store.do(
            lambda: (organisation.agents(), organisation.queues()),
            lambda read: self._show_all(*read),
            self._not_read,
            replaces="agents of the board",
        )

    def _show_all(self, agents: tuple[Agent, ...], queues: tuple[Queue, ...]) -> None:
        known = self._window.top_bar.state.breaks
        limits = {one.id: one.limit_s for one in known}
        self._board.rules_are(limits, {one.id: one.wrap_up_s for one in queues})
        self._board.people_are(agents)
        self._board.pass_time(self._rooms.clock())
        breaks = {one.id: one.name for one in known}
        offered = {one.id: one.name for one in known if one.is_offered}
        has_teams = self._rooms.agent.role is Role.DUTY_MANAGER
        names, me = self._names(), self._rooms.agent
        theirs = (one.id for one in queues if has_teams or one.team == me.team or one.id in me.queues)
        given: dict[str, str] = {id_: names.queue(id_) for id_ in theirs}
        spoken = sorted({language for one in agents for language in one.languages})
        self._page.show_names(names, breaks, offered, given, spoken, has_teams=has_teams)
        self._changed.clear()
        self._page.show_all(self._board.all, self._rooms.clock())
        if self._wanted:
            self._page.choose(self._wanted)
            self._wanted = ""

    def _tick(self) -> None:
        now = self._rooms.clock()
        if over := self._board.pass_time(now):
            self._page.show_changed(over, now)
        self._page.tick(now)

    def _show_changed(self) -> None:
        changed, self._changed = self._changed, set()
        changed |= self._board.pass_time(self._rooms.clock())
        self._page.show_changed(changed, self._rooms.clock())

    def _show_live(self) -> None:
        if not self._is_shown:
            return
        if self._is_live:
            self._page.say("")
            return
        self._page.say(
            self.tr("The server does not answer. This is what agents did when it last told; it goes on by itself."),
            "warn",
        )

    def _keep(self, narrowed: Narrowed) -> None:
        self._background.store.do(lambda: self._board.keep(narrowed), failed=self._not_read, replaces="agent board")

    def _give(self, order: Order | Serve) -> None:
        form = self._page.card.order
        name = self._names().person(order.agent)
        done = self.tr("{name} was told, and is put there now or after the call.")
        if isinstance(order, Serve):
            done = self.tr("{name} was told, and the exchange follows at once.")
        self._background.network.do(
            lambda: self._rooms.floor_acts.give(order),
            lambda _: form.done(done.format(name=name)),
            lambda error: form.failed(explain_refusal(error)),
        )

    def _come(self, agent: str) -> None:
        self._background.network.do(
            lambda: self._rooms.floor_acts.come_to(AgentId(agent)),
            failed=lambda error: self._page.say(explain_refusal(error), "bad"),
        )

    def _keep_why(self, why: str) -> None:
        self._background.store.do(lambda: self._rooms.floor_acts.keep(why), failed=self._not_read)

    def _not_read(self, error: Exception) -> None:
        self._page.say(explain(error), "bad")
