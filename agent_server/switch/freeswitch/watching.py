"""What a FreeSWITCH's events and lists come to: callers, legs and members as they are, and what happened.

Sources: the events of the channels and of mod_callcenter as FreeSWITCH documents and fires them (docs/exchange.md).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from agent_model.agent import QueueId
from agent_server.switch.freeswitch.event_socket import Event
from agent_server.switch.freeswitch.lists import Lists, Row, dialled_user
from agent_server.switch.freeswitch.settings import FreeSwitchSettings
from agent_server.switch.port import (
    Answered,
    Asked,
    CallId,
    ExchangeEvent,
    Extension,
    GaveUp,
    Leg,
    LegChanged,
    LegEnded,
    LegState,
    Member,
    MemberChanged,
    MemberGone,
    Monitoring,
    MonitoringChanged,
    Offered,
    Overflowed,
    RangOut,
    Registered,
    Snapshot,
    Transferred,
    Waiting,
)

AVAILABLE: Final = "Available"
ON_BREAK: Final = "On Break"
LOGGED_OUT: Final = "Logged Out"
EVENTS: Final = (
    "BACKGROUND_JOB CHANNEL_CREATE CHANNEL_PROGRESS CHANNEL_PROGRESS_MEDIA CHANNEL_ANSWER CHANNEL_BRIDGE CHANNEL_HOLD"
    " CHANNEL_UNHOLD CHANNEL_EXECUTE CHANNEL_HANGUP"
    " CUSTOM callcenter::info sofia::register sofia::unregister sofia::expire"
)
_REFUSED: Final = frozenset({"CALL_REJECTED", "USER_BUSY"})
_WITHDRAWN: Final = "ORIGINATOR_CANCEL"
"""The caller gave up, another was quicker, or the telephone's user was paused: nobody rang out."""
_TALKS: Final = frozenset({"ACTIVE", "UNHELD"})
_RINGS: Final = frozenset({"RINGING", "EARLY"})


@dataclass(slots=True)
class _Line:
    """A channel of a telephone. `is_ours` once it rings or is up; `hears` is the channel that it listens to."""

    leg: Leg
    is_ours: bool = False
    began: datetime | None = None
    held_s: float = 0.0
    hears: str = ""


@dataclass(slots=True)
class _State:
    lines: dict[str, _Line] = field(default_factory=dict)
    """By the channel's UUID."""
    waiting: dict[CallId, Waiting] = field(default_factory=dict)
    offered: dict[tuple[CallId, Extension], datetime] = field(default_factory=dict)
    names: dict[Extension, str] = field(default_factory=dict)
    """What mod_callcenter calls the agent at an extension."""
    statuses: dict[Extension, str] = field(default_factory=dict)
    tiers: dict[tuple[QueueId, Extension], int] = field(default_factory=dict)
    reasons: dict[Extension, str] = field(default_factory=dict)
    members: dict[tuple[QueueId, Extension], Member] = field(default_factory=dict)
    """As they were told last."""
    registered: set[Extension] = field(default_factory=set)
    queues: set[QueueId] = field(default_factory=set)
    led_to: set[Extension] = field(default_factory=set)
    """Whose own queue has them as its member."""
    led: dict[CallId, QueueId] = field(default_factory=dict)
    """In which queue those asked who were led to the agent they know, until they are in it."""


class Watching:
    """`begin` with the whole state, then `hear` each event, and `look` at what is told by no event."""

    def __init__(self, settings: FreeSwitchSettings, now: Callable[[], datetime]) -> None:
        self._settings, self._now = settings, now
        self._state = _State()
        self._ahead: timedelta | None = None
        self.wanted: dict[Extension, Monitoring] = {}
        """How a lead was asked to be let in."""

    # ---- as it is -----------------------------------------------------------------------------------------------

    def begin(self, lists: Lists) -> Snapshot:
        """From now on it is as listed."""
        self._state = self._listed(lists)
        return _shot(self._state)

    def listed(self, lists: Lists) -> Snapshot:
        """As the exchange lists it, whatever was heard."""
        return _shot(self._listed(lists))

    def look(
        self, agents: Iterable[Row], tiers: Iterable[Row], registrations: Iterable[Row]
    ) -> Iterator[ExchangeEvent]:
        """Who is in which queue, and whose telephone is reached: mod_callcenter fires no event when a tier changes."""
        now, state = self._now(), self._state
        self._take(state, agents, tiers)
        yield from self._differences(now)
        registered = self._registered(registrations)
        before, state.registered = state.registered, registered
        for extension in sorted(registered ^ before):
            yield Registered(now, extension, extension in registered)

    def is_reachable(self, extension: Extension) -> bool:
        return extension in self._state.registered

    def has_queue(self, queue: QueueId) -> bool:
        return queue in self._state.queues

    def queue_is_there(self, queue: QueueId) -> None:
        self._state.queues.add(queue)

    def name_of(self, extension: Extension) -> str | None:
        return self._state.names.get(extension)

    def tiers_of(self, extension: Extension) -> Mapping[QueueId, int]:
        """Levels by queue, of somebody who is signed in or out."""
        return {queue: level for (queue, own), level in self._state.tiers.items() if own == extension}

    def own_queue(self, extension: Extension) -> QueueId | None:
        """Where callers wait who know this agent."""
        last = self._settings.last_agent_queue
        return QueueId(f"{last}-{extension}") if last else None

    def is_own_queue(self, name: str) -> bool:
        """Of one agent, by what the exchange calls it."""
        last = self._settings.last_agent_queue
        return bool(last) and name.startswith(f"{last}-")

    def is_led_to(self, extension: Extension) -> bool:
        return extension in self._state.led_to

    def is_member(self, extension: Extension) -> bool:
        return self.is_signed_in(extension) and bool(self.tiers_of(extension))

    def is_signed_in(self, extension: Extension) -> bool:
        return self._state.statuses.get(extension, LOGGED_OUT) != LOGGED_OUT

    def channel_of(self, extension: Extension, call: CallId | None = None) -> str | None:
        """The channel of an extension's part in a call, or in the one it is up in."""
        for channel, line in self._state.lines.items():
            is_it = line.leg.call == call if call is not None else line.leg.state is not LegState.RINGING
            if line.is_ours and line.leg.extension == extension and is_it:
                return channel
        return None

    def heard_by(self, lead: Extension) -> tuple[str, Extension | None] | None:
        """The channel with which a lead is in somebody's call, and whose call that is."""
        for channel, line in self._state.lines.items():
            if line.leg.extension == lead and line.hears:
                heard = self._state.lines.get(line.hears)
                return channel, heard.leg.extension if heard is not None else None
        return None

    # ---- what was asked and is done ------------------------------------------------------------------------------

    def named(self, extension: Extension, name: str) -> None:
        self._state.names[extension] = name
        self._state.statuses.setdefault(extension, LOGGED_OUT)

    def tier_is(self, extension: Extension, queue: QueueId, level: int | None) -> Iterator[ExchangeEvent]:
        """None: it is in the queue no longer."""
        if level is None:
            self._state.tiers.pop((queue, extension), None)
        else:
            self._state.tiers[queue, extension] = level
        yield from self._differences(self._now(), extension)

    def leads_to(self, extension: Extension, *, leads: bool) -> None:
        """Whether callers who know them are led to them."""
        (self._state.led_to.add if leads else self._state.led_to.discard)(extension)

    def reason_is(self, extension: Extension, reason: str) -> None:
        """Why it is paused, if it is."""
        self._state.reasons[extension] = reason

    def status_is(self, extension: Extension, status: str) -> Iterator[ExchangeEvent]:
        yield from self._status_changed(self._now(), extension, status)

    def took_over(self, lead: Extension, own: str, channel: str) -> Iterator[ExchangeEvent]:
        """The lead goes on with the call of the channel it listened to."""
        now, line, heard = self._now(), self._state.lines.get(own), self._state.lines.get(channel)
        if line is None or heard is None:
            return
        yield from self._left(now, line)
        line.leg = replace(heard.leg, extension=lead, state=LegState.UP, since=now)
        line.began, line.held_s = now, 0.0
        yield LegChanged(now, line.leg)

    # ---- lists --------------------------------------------------------------------------------------------------

    def _listed(self, lists: Lists) -> _State:
        state = _State(queues={self._queue(name) for name in lists.queues})
        self._take(state, lists.agents, lists.tiers)
        state.reasons = {Extension(key): reason for key, reason in lists.pauses.items()}
        state.members = {(one.queue, one.extension): one for one in self._members(state)}
        state.registered = self._registered(lists.registrations)
        callers = [{**row, "queue": lists.led.get(row["session_uuid"], row["queue"])} for row in lists.callers]
        state.led = {CallId(session): self._queue(name) for session, name in lists.led.items()}
        served = {row["serving_agent"]: row for row in callers if row.get("state") in {"Trying", "Answered"}}
        for row in lists.channels:
            self._list_line(state, row, served)
        for row in callers:
            if row.get("state") in {"Waiting", "Trying"}:
                waiting = self._listed_caller(row)
                state.waiting[waiting.call] = waiting
        return state

    def _take(self, state: _State, agents: Iterable[Row], tiers: Iterable[Row]) -> None:
        state.names, state.statuses = {}, {}
        by_name: dict[str, Extension] = {}
        for row in agents:
            extension = Extension(dialled_user(row.get("contact", "")) or row["name"].partition("@")[0])
            by_name[row["name"]] = extension
            state.names[extension], state.statuses[extension] = row["name"], row.get("status", "")
        known = [row for row in tiers if row["agent"] in by_name]
        state.tiers = {
            (self._queue(row["queue"]), by_name[row["agent"]]): _whole(row["level"])
            for row in known
            if not self.is_own_queue(row["queue"])
        }
        state.led_to = {by_name[row["agent"]] for row in known if self.is_own_queue(row["queue"])}

    def _registered(self, registrations: Iterable[Row]) -> set[Extension]:
        return {Extension(row["reg_user"]) for row in registrations if row.get("realm") == self._settings.domain}

    def _list_line(self, state: _State, row: Row, served: Mapping[str, Row]) -> None:
        extension, channel = self._extension(row.get("presence_id", "")), row["uuid"]
        described, is_out = row.get("callstate", ""), row.get("direction") == "outbound"
        if extension is None:
            return
        if described in _TALKS or described == "HELD":
            leg_state = LegState.HELD if described == "HELD" else LegState.UP
        elif described in _RINGS and is_out:
            leg_state = LegState.RINGING
        else:
            return
        caller, known = served.get(state.names.get(extension, "")), self._state.lines.get(channel)
        since = datetime.fromtimestamp(_whole(row.get("created_epoch", "")), UTC)
        number = row.get("cid_num" if is_out else "dest", "")
        call, queue = CallId(row.get("call_uuid") or channel), None
        if caller is not None and is_out:
            call, queue = CallId(caller["session_uuid"]), self._queue(caller["queue"])
        leg = Leg(call, extension, leg_state, since, queue, number)
        if known is not None:
            leg = replace(leg, call=known.leg.call, queue=known.leg.queue, reference=known.leg.reference)
            leg = replace(leg, since=known.leg.since) if known.leg.state is leg_state else leg
        began = None if leg_state is LegState.RINGING else (known.began if known and known.began else since)
        hears = row.get("application_data", "") if row.get("application") == "eavesdrop" else ""
        state.lines[channel] = _Line(leg, is_ours=True, began=began, held_s=known.held_s if known else 0.0, hears=hears)

    def _listed_caller(self, row: Row) -> Waiting:
        since = datetime.fromtimestamp(_whole(row.get("joined_epoch", "")), UTC)
        priority, number = _whole(row.get("base_score", "")), row.get("cid_number", "")
        call = CallId(row["session_uuid"])
        known = self._state.waiting.get(call)
        return Waiting(call, self._queue(row["queue"]), known.since if known else since, number, priority)

    def _members(self, state: _State) -> Iterator[Member]:
        for (queue, extension), level in state.tiers.items():
            status = state.statuses.get(extension, LOGGED_OUT)
            if status != LOGGED_OUT:
                is_paused = status == ON_BREAK
                reason = state.reasons.get(extension, "") if is_paused else ""
                yield Member(extension, queue, max(level - 1, 0), is_paused, reason)

    def _differences(self, at: datetime, of: Extension | None = None) -> Iterator[ExchangeEvent]:
        state = self._state
        now = {(one.queue, one.extension): one for one in self._members(state)}
        for key in state.members.keys() - now.keys():
            if of is None or key[1] == of:
                del state.members[key]
                yield MemberGone(at, key[1], key[0])
        for key, member in now.items():
            if state.members.get(key) != member and of in (None, key[1]):
                state.members[key] = member
                yield MemberChanged(at, member)

    # ---- what happens -------------------------------------------------------------------------------------------

    def hear(self, event: Event) -> list[ExchangeEvent]:
        at = self._at(event)
        match event["Event-Name"]:
            case "CUSTOM":
                return list(self._queue_event(at, event))
            case "CHANNEL_HANGUP":
                return list(self._hung_up(at, event))
            case "CHANNEL_EXECUTE":
                return list(self._executes(at, event))
            case name if name.startswith("CHANNEL_"):
                return list(self._line_changed(at, event, name))
            case _:
                return []

    def _queue_event(self, at: datetime, event: Event) -> Iterator[ExchangeEvent]:
        match event["CC-Action"]:
            case "member-queue-start" | "member-queue-resume":
                yield from self._asked(at, event)
            case "agent-offering":
                yield from self._offered(at, event)
            case "bridge-agent-fail":
                yield from self._rang_out(at, event)
            case "bridge-agent-start":
                yield from self._answered(at, event)
            case "member-queue-end":
                yield from self._gone(at, event)
            case "agent-status-change":
                yield from self._status_changed(at, self._agent(event), event["CC-Agent-Status"])
            case _:
                pass

    def _asked(self, at: datetime, event: Event) -> Iterator[ExchangeEvent]:
        settings, call, queue = self._settings, CallId(event["CC-Member-Session-UUID"]), self._queue(event["CC-Queue"])
        if self.is_own_queue(event["CC-Queue"]):
            queue = self._state.led[call] = self._queue(event.variable(settings.queue_variable) or queue)
        elif (before := self._state.led.pop(call, None)) is not None and (waiting := self._state.waiting.get(call)):
            if before == queue:
                return
            yield Overflowed(at, call, before, max((at - waiting.since).total_seconds(), 0.0))
        number, priority = event["CC-Member-CID-Number"], _whole(event.variable(settings.priority_variable))
        reference = event.variable(settings.reference_variable)
        self._state.waiting[call] = Waiting(call, queue, at, number, priority)
        called = event.variable(settings.called_variable) or event["Caller-Destination-Number"]
        path = event.variable(settings.path_variable)
        yield Asked(at, call, queue, number, called, priority, reference, path)

    def _offered(self, at: datetime, event: Event) -> Iterator[ExchangeEvent]:
        call, extension = CallId(event["CC-Member-Session-UUID"]), self._agent(event)
        self._state.offered[call, extension] = at
        yield Offered(at, call, self._asked_in(call, event["CC-Queue"]), extension)

    def _rang_out(self, at: datetime, event: Event) -> Iterator[ExchangeEvent]:
        call, extension = CallId(event["CC-Member-Session-UUID"]), self._agent(event)
        offered = self._state.offered.pop((call, extension), at)
        cause = event["CC-Hangup-Cause"]
        if cause != _WITHDRAWN:
            rang_s = max((at - offered).total_seconds(), 0.0)
            yield RangOut(at, call, self._asked_in(call, event["CC-Queue"]), extension, rang_s, cause in _REFUSED)

    def _answered(self, at: datetime, event: Event) -> Iterator[ExchangeEvent]:
        call, extension = CallId(event["CC-Member-Session-UUID"]), self._agent(event)
        self._state.offered.pop((call, extension), None)
        waiting = self._state.waiting.pop(call, None)
        joined = _whole(event["CC-Member-Joined-Time"])
        since = waiting.since if waiting is not None else datetime.fromtimestamp(joined, UTC) if joined else at
        waited_s = max((at - since).total_seconds(), 0.0)
        yield Answered(at, call, self._asked_in(call, event["CC-Queue"]), extension, waited_s)

    def _gone(self, at: datetime, event: Event) -> Iterator[ExchangeEvent]:
        """A caller leaves without a person: by hanging up, or because the queue lets them go on in the dialplan."""
        call = CallId(event["CC-Member-Session-UUID"])
        is_hung_up = event["CC-Cancel-Reason"] in {"BREAK_OUT", "NONE"} and event["Answer-State"] == "hangup"
        if event["CC-Cause"] == "Cancel" and self.is_own_queue(event["CC-Queue"]) and not is_hung_up:
            return  # who knows them did not answer: they go on waiting, in the queue they asked in
        waiting = self._state.waiting.pop(call, None)
        self._state.led.pop(call, None)
        if event["CC-Cause"] != "Cancel" or waiting is None:
            return
        kind = GaveUp if is_hung_up else Overflowed
        yield kind(at, waiting.call, waiting.queue, max((at - waiting.since).total_seconds(), 0.0))

    def _status_changed(self, at: datetime, extension: Extension, status: str) -> Iterator[ExchangeEvent]:
        self._state.statuses[extension] = status
        yield from self._differences(at, extension)

    def _line_changed(self, at: datetime, event: Event, name: str) -> Iterator[ExchangeEvent]:
        line = self._line(at, event)
        if line is None:
            return
        before, was_ours = line.leg, line.is_ours
        leg = self._known(before, event)
        match name:
            case "CHANNEL_PROGRESS" | "CHANNEL_PROGRESS_MEDIA" if _is_out(event) and not was_ours:
                leg, line.is_ours = replace(leg, state=LegState.RINGING, since=at), True
            case "CHANNEL_ANSWER" if line.began is None:
                leg, line.began, line.is_ours = replace(leg, state=LegState.UP, since=at), at, True
            case "CHANNEL_HOLD" if leg.state is LegState.UP:
                leg = replace(leg, state=LegState.HELD, since=at)
            case "CHANNEL_UNHOLD" if leg.state is LegState.HELD:
                line.held_s += (at - leg.since).total_seconds()
                leg = replace(leg, state=LegState.UP, since=at)
            case _:
                pass
        line.leg = leg
        if line.is_ours and (leg != before or not was_ours):
            yield LegChanged(at, leg)

    def _line(self, at: datetime, event: Event) -> _Line | None:
        channel, extension = event["Unique-ID"], self._extension(event["Channel-Presence-ID"])
        line = self._state.lines.get(channel)
        if line is None and extension is not None:
            call = CallId(event["Channel-Call-UUID"] or channel)
            line = self._state.lines[channel] = _Line(Leg(call, extension, LegState.RINGING, at))
        return line

    def _known(self, leg: Leg, event: Event) -> Leg:
        """What an event says of a leg beside its state."""
        call, queue = event.variable("cc_member_session_uuid"), event.variable("cc_queue")
        number = event["Caller-Caller-ID-Number" if _is_out(event) else "Caller-Destination-Number"]
        reference = leg.reference or event.variable(self._settings.reference_variable)
        if call and event.variable("cc_side") == "agent":
            leg = replace(leg, call=CallId(call), queue=self._asked_in(CallId(call), queue))
        return replace(leg, number=leg.number or number, reference=reference)

    def _executes(self, at: datetime, event: Event) -> Iterator[ExchangeEvent]:
        """A lead's telephone begins to listen, in the way that was asked last."""
        line = self._state.lines.get(event["Unique-ID"])
        if line is None or event["Application"] != "eavesdrop":
            return
        line.hears = event["Application-Data"]
        heard = self._state.lines.get(line.hears)
        if heard is not None:
            how = self.wanted.get(line.leg.extension, Monitoring.LISTEN)
            yield MonitoringChanged(at, line.leg.extension, heard.leg.extension, how)

    def _left(self, at: datetime, line: _Line) -> Iterator[ExchangeEvent]:
        heard, line.hears = self._state.lines.get(line.hears), ""
        if heard is not None:
            self.wanted.pop(line.leg.extension, None)
            yield MonitoringChanged(at, line.leg.extension, heard.leg.extension, None)

    def _hung_up(self, at: datetime, event: Event) -> Iterator[ExchangeEvent]:
        line, call = self._state.lines.get(event["Unique-ID"]), CallId(event["Unique-ID"])
        if self._state.led.get(call) and (waiting := self._state.waiting.pop(call, None)) is not None:
            del self._state.led[call]
            yield GaveUp(at, call, waiting.queue, max((at - waiting.since).total_seconds(), 0.0))
        if line is None:
            return
        yield from self._left(at, line)
        for other in list(self._state.lines.values()):
            if other.hears == event["Unique-ID"]:
                yield from self._left(at, other)
        del self._state.lines[event["Unique-ID"]]
        leg = line.leg
        is_offer = leg.state is LegState.RINGING and leg.queue is not None  # told as rung out, or as given up
        if is_offer or not line.is_ours:
            return
        yield from self._transferred(at, leg, event)
        held_s = line.held_s + ((at - leg.since).total_seconds() if leg.state is LegState.HELD else 0.0)
        talked_s = (at - line.began).total_seconds() - held_s if line.began is not None else 0.0
        yield LegEnded(at, leg.call, leg.extension, max(talked_s, 0.0), held_s, leg.queue, leg.reference)

    def _transferred(self, at: datetime, leg: Leg, event: Event) -> Iterator[ExchangeEvent]:
        """mod_sofia leaves it on the channel of who transfers: where to (blind:1002), or the channel of whoever they
        asked before (att:UUID)."""
        blind, to = event.variable("transfer_destination").partition(":")[::2]
        attended, whom = event.variable("transfer_to").partition(":")[::2]
        if attended == "att":
            other = self._state.lines.get(whom)
            asked = (one.leg.number for one in self._state.lines.values() if one.leg.extension == leg.extension)
            to = other.leg.extension if other is not None else next(asked, "")
        elif blind != "blind" or event.variable("endpoint_disposition") != "BLIND_TRANSFER":
            return
        yield Transferred(at, leg.call, leg.extension, to, attended == "att", leg.queue, leg.reference)

    # ---- words of the exchange ----------------------------------------------------------------------------------

    def _extension(self, presence: str) -> Extension | None:
        name, at, domain = presence.partition("@")
        return Extension(name) if at and domain == self._settings.domain else None

    def _agent(self, event: Event) -> Extension:
        name = event["CC-Agent"]
        found = (extension for extension, own in self._state.names.items() if own == name)
        return next(found, Extension(name.partition("@")[0]))

    def _asked_in(self, call: CallId, name: str) -> QueueId:
        """The queue that a caller asked in, whichever they are in."""
        return self._state.led.get(call) or self._queue(name)

    def _queue(self, name: str) -> QueueId:
        return QueueId(name.removesuffix(f"@{self._settings.queue_domain}"))

    def _at(self, event: Event) -> datetime:
        """By this server's clock. The exchange's own tells how far apart things happened; the quickest of its events
        how far its clock is ahead."""
        now, told = self._now(), event["Event-Date-Timestamp"]
        try:
            theirs = datetime.fromtimestamp(int(told) / 1_000_000, UTC)
        except (ValueError, OverflowError, OSError):
            return now
        ahead = theirs - now
        self._ahead = ahead if self._ahead is None else max(self._ahead, ahead)
        return theirs - self._ahead


def _shot(state: _State) -> Snapshot:
    return Snapshot(
        tuple(state.members.values()),
        tuple(sorted(state.waiting.values(), key=lambda one: one.since)),
        tuple(line.leg for line in state.lines.values() if line.is_ours),
        frozenset(state.registered),
    )


def _is_out(event: Event) -> bool:
    """The exchange calls the telephone, not the telephone somebody."""
    return event["Call-Direction"] == "outbound"


def _whole(told: str) -> int:
    return int(told) if told.lstrip("-").isdecimal() else 0
