"""The agents somebody leads as they are now: what each does since when, and whether the exchange agrees; which of them
are listed, and in what order."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from agent_desktop.offline.kept import Kept
from agent_model.adherence import AdherenceNow
from agent_model.agent import Agent, AgentId, AgentState, Role, StateEntry
from agent_model.alert import Alert
from agent_model.confirmation import Agreement, Confirmed
from agent_model.current_caller import CurrentCaller
from agent_model.help_call import HelpCall

LEADERS: Final = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER})
"""Who has the board: a lead that of their team, a duty manager that of everybody."""
KEPT_AS: Final = "agent board"
MOVED_BY_FLOOR: Final = (
    AgentState.ON_CALL,
    AgentState.AFTER_CALL_WORK,
    AgentState.READY,
    AgentState.BREAK,
    AgentState.OFFLINE,
)
"""The order of states: who is busy with customers stands above who has left."""


@dataclass(frozen=True, slots=True)
class OnBoard:
    """One agent. `entry` None: nothing was told of them yet, as of somebody who was never here."""

    agent: Agent
    entry: StateEntry | None = None
    confirmed: Confirmed | None = None
    gone_since: datetime | None = None
    """Nobody has heard of their workstation since."""
    help: HelpCall | None = None
    caller: CurrentCaller | None = None
    """Whom they talk with."""
    due_at: datetime | None = None
    """Until when the state may last by the company's rules; None: as long as it needs."""
    is_over: bool = False
    """It lasts longer."""
    alert: Alert | None = None
    """The worst that stands about them."""
    adherence: AdherenceNow | None = None
    """How they keep to the plan of their shift; None: nothing is planned."""

    @property
    def state(self) -> AgentState:
        return AgentState.OFFLINE if self.entry is None else self.entry.state

    @property
    def since(self) -> datetime | None:
        return None if self.entry is None else self.entry.since

    @property
    def is_gone(self) -> bool:
        return self.gone_since is not None and self.state is not AgentState.OFFLINE

    @property
    def is_out_of_plan(self) -> bool:
        return self.adherence is not None and self.adherence.out_since is not None

    @property
    def needs_a_look(self) -> bool:
        """They ask for help, a rule of alerts is about them, they are longer in a state than it may last, the exchange
        is not as they want it, or calls do not reach the telephone of who waits for them."""
        if self.help is not None or self.alert is not None or self.is_gone or self.is_over:
            return True
        if self.confirmed is None or self.state is AgentState.OFFLINE:
            return False
        is_unreached = self.state is AgentState.READY and not self.confirmed.is_reachable
        return is_unreached or self.confirmed.agreement in (Agreement.DIFFERS, Agreement.FLAGGED)


@dataclass(frozen=True, slots=True)
class Lasting:
    """How many seconds a break may last, by its reason, and work after a call, by its queue."""

    breaks: Mapping[str, int | None] = field(default_factory=dict)
    wrap_ups: Mapping[str, int] = field(default_factory=dict)

    def due_at(self, agent: Agent, entry: StateEntry | None) -> datetime | None:
        """Which queue after-call work is for is not told: the longest of the agent's own counts."""
        if entry is None:
            return None
        seconds: int | None = None
        if entry.state is AgentState.BREAK:
            seconds = self.breaks.get(entry.reason or "")
        elif entry.state is AgentState.AFTER_CALL_WORK:
            seconds = max((self.wrap_ups[queue] for queue in agent.queues if queue in self.wrap_ups), default=None)
        until = None if seconds is None else entry.since + timedelta(seconds=seconds)
        return until if entry.until is None or until is None else max(until, entry.until)


class Order(StrEnum):
    NAME = "name"
    TEAM = "team"
    STATE = "state"
    LONGEST = "longest"
    """Who has been in a state for the longest time, first."""
    ADHERENCE = "adherence"
    """Who is out of plan first, then who has kept least to it."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which agents are listed, and how; empty fields narrow nothing. `words` are looked for in what is written of an
    agent."""

    words: str = ""
    state: str = ""
    team: str = ""
    queue: str = ""
    needs_a_look: bool = False
    out_of_plan: bool = False
    order: Order = Order.NAME

    def lists(self, one: OnBoard, written: str) -> bool:
        """`written` is all that names the agent, folded."""
        agent = one.agent
        return (
            (not self.state or one.state.value == self.state)
            and (not self.team or agent.team == self.team)
            and (not self.queue or self.queue in agent.queues)
            and (not self.needs_a_look or one.needs_a_look)
            and (not self.out_of_plan or one.is_out_of_plan)
            and all(word in written for word in self.words.casefold().split())
        )

    def place(self, one: OnBoard, name: str) -> tuple[object, ...]:
        """What sorts the agent among the others; `name` as it is shown."""
        since = "" if one.since is None else one.since.isoformat()
        match self.order:
            case Order.NAME:
                return (name.casefold(), one.agent.id)
            case Order.TEAM:
                return (one.agent.team, name.casefold(), one.agent.id)
            case Order.STATE:
                return (one.help is None, not one.needs_a_look, MOVED_BY_FLOOR.index(one.state), since, one.agent.id)
            case Order.LONGEST:
                return (one.state is AgentState.OFFLINE, since, one.agent.id)
            case Order.ADHERENCE:
                share = None if one.adherence is None else one.adherence.so_far.share
                percent = 101 if share is None else round(share * 100)
                return (not one.is_out_of_plan, one.adherence is None, percent, name.casefold(), one.agent.id)


class AgentBoard:
    """`all` are the agents by id. What is told of somebody who is not of the directory yet is kept until they are."""

    def __init__(self, viewer: Agent, kept: Kept) -> None:
        self._viewer, self._kept = viewer, kept
        self.is_offered = viewer.role in LEADERS
        self.all: dict[AgentId, OnBoard] = {}
        self._entries: dict[AgentId, StateEntry] = {}
        self._confirmed: dict[AgentId, Confirmed] = {}
        self._gone: dict[AgentId, datetime | None] = {}
        self._help: dict[AgentId, HelpCall] = {}
        self._alerts: Mapping[AgentId, Alert] = {}
        self._callers: dict[AgentId, CurrentCaller] = {}
        self._adherence: dict[AgentId, AdherenceNow] = {}
        self._rules = Lasting()

    def rules_are(self, breaks: Mapping[str, int | None], wrap_ups: Mapping[str, int]) -> None:
        """How many seconds breaks and the work after calls of queues may last. The people are told afterwards."""
        self._rules = Lasting(breaks, wrap_ups)

    def pass_time(self, now: datetime) -> frozenset[AgentId]:
        """Whose state lasts too long since just now, or no more."""
        changed = set()
        for id_, one in self.all.items():
            is_over = one.due_at is not None and one.due_at < now
            if is_over is not one.is_over:
                self.all[id_] = replace(one, is_over=is_over)
                changed.add(id_)
        return frozenset(changed)

    def people_are(self, agents: Iterable[Agent]) -> None:
        """The directory: those with a telephone whom the viewer leads are on the board."""
        sees_all = self._viewer.role is Role.DUTY_MANAGER
        self.all = {
            one.id: OnBoard(
                one,
                self._entries.get(one.id),
                self._confirmed.get(one.id),
                self._gone.get(one.id),
                self._help.get(one.id),
                self._callers.get(one.id),
                self._rules.due_at(one, self._entries.get(one.id)),
                alert=self._alerts.get(one.id),
                adherence=self._adherence.get(one.id),
            )
            for one in agents
            if one.extension and one.id != self._viewer.id and (sees_all or one.team == self._viewer.team)
        }

    def state_is(self, agent: AgentId, entry: StateEntry) -> bool:
        """Whether somebody on the board is another than before."""
        self._entries[agent] = entry
        on_board = self.all.get(agent)
        due_at = None if on_board is None else self._rules.due_at(on_board.agent, entry)
        return self._put(agent, entry=entry, due_at=due_at, is_over=False)

    def confirmed_is(self, confirmed: Confirmed) -> bool:
        """As `state_is`."""
        agent = AgentId(confirmed.agent)
        self._confirmed[agent] = confirmed
        return self._put(agent, confirmed=confirmed)

    def gone_is(self, agent: AgentId, since: datetime | None) -> bool:
        """As `state_is`."""
        self._gone[agent] = since
        return self._put(agent, gone_since=since)

    def caller_is(self, caller: CurrentCaller) -> bool:
        """As `state_is`."""
        agent = AgentId(caller.agent)
        if caller.since is None:
            self._callers.pop(agent, None)
        else:
            self._callers[agent] = caller
        return self._put(agent, caller=self._callers.get(agent))

    def forget_callers(self) -> frozenset[AgentId]:
        """Nobody tells when calls end; whose caller that was."""
        before, self._callers = frozenset(self._callers), {}
        for agent in before:
            self._put(agent, caller=None)
        return before & self.all.keys()

    def adherence_is(self, one: AdherenceNow) -> bool:
        """As `state_is`."""
        agent = AgentId(one.agent)
        if one.day is None:
            self._adherence.pop(agent, None)
        else:
            self._adherence[agent] = one
        return self._put(agent, adherence=self._adherence.get(agent))

    def help_called(self, call: HelpCall) -> bool:
        """As `state_is`."""
        agent = AgentId(call.agent)
        if call.since is None:
            self._help.pop(agent, None)
        else:
            self._help[agent] = call
        return self._put(agent, help=self._help.get(agent))

    def alerts_are(self, alerts: Mapping[AgentId, Alert]) -> set[AgentId]:
        """Who is another than before. `alerts` is the worst of each agent's."""
        concerned = {*self._alerts, *alerts}
        self._alerts = dict(alerts)
        return {agent for agent in concerned if self._put(agent, alert=alerts.get(agent))}

    def narrowed(self) -> Narrowed:
        """As it was kept last. Raises OutboxDamaged, StoreBusy."""
        written = self._kept.read(KEPT_AS)
        try:
            plain = json.loads(written) if written else {}
            return Narrowed(**{**plain, "order": Order(plain.get("order", Order.NAME))})
        except (ValueError, TypeError, AttributeError):
            return Narrowed()  # of another version of the program

    def keep(self, narrowed: Narrowed) -> None:
        """For the next time. Raises OutboxDamaged, StoreBusy, DiskFull."""
        self._kept.keep(KEPT_AS, json.dumps(asdict(narrowed)))

    def _put(self, agent: AgentId, **now: object) -> bool:
        before = self.all.get(agent)
        if before is None:
            return False
        self.all[agent] = replace(before, **now)  # type: ignore[arg-type]
        return self.all[agent] != before
