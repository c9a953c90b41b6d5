"""What an Asterisk's events come to: callers, legs and members as they are, and what happened, in the port's words.

Sources: the manager events of app_queue, app_chanspy and the channels as Asterisk 22 documents and sends them.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from agent_model.agent import QueueId
from agent_server.switch.asterisk.manager import Packet
from agent_server.switch.asterisk.settings import AsteriskSettings
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

_UP: Final = "Up"
_RINGING: Final = "Ringing"
_NOBODY: Final = "<unknown>"
_REACHABLE: Final = frozenset({"Reachable", "NonQualified", "Created", "Updated"})
_ENDS_WITHIN: Final = timedelta(seconds=1)
"""Whoever left a queue and hung up was hung up within this."""
_LATE_BY: Final = timedelta(seconds=30)
"""An event that seems older than this was not late: one of both clocks was set."""
_WHOLE: Final = re.compile(r"-?[0-9]{1,9}")
_MEMBER_EVENTS: Final = frozenset(
    {"QueueMemberAdded", "QueueMemberPause", "QueueMemberPenalty", "QueueMemberStatus", "QueueMemberRinginuse"}
)


@dataclass(slots=True)
class _Line:
    """A channel of a telephone. `is_ours` once it rings or is up; `was_cut` when its other end ended it."""

    channel: str
    leg: Leg
    is_ours: bool = False
    began: datetime | None = None
    held_s: float = 0.0
    was_cut: bool = False


@dataclass(slots=True)
class _State:
    lines: dict[str, _Line] = field(default_factory=dict)
    """By channel."""
    waiting: dict[CallId, Waiting] = field(default_factory=dict)
    callers: dict[str, CallId] = field(default_factory=dict)
    """The call under which each channel asked: that of a channel that is transferred becomes another."""
    answered: set[CallId] = field(default_factory=set)
    """Callers of queues that somebody has taken, who are still told as leaving."""
    gave_up: set[CallId] = field(default_factory=set)
    """Callers who leave a queue without a person: they hung up, or the queue sent them on."""
    cut: set[str] = field(default_factory=set)
    """Channels whose other end has ended them."""
    left: dict[str, tuple[datetime, Waiting]] = field(default_factory=dict)
    """When who left a queue, by channel, while nobody knows yet whether they are still there."""
    members: dict[tuple[QueueId, Extension], Member] = field(default_factory=dict)
    contacts: dict[Extension, set[str]] = field(default_factory=dict)
    """Where each telephone that can be reached is registered."""
    references: dict[CallId, str] = field(default_factory=dict)

    def contact(self, name: str, uri: str, *, is_there: bool) -> None:
        extension = Extension(name.partition("/")[0])
        uris = self.contacts.get(extension, set()) - {uri} | ({uri} if is_there else set())
        if uris:
            self.contacts[extension] = uris
        else:
            self.contacts.pop(extension, None)


class Watching:
    """`begin` with the whole state, then `hear` each event."""

    def __init__(self, settings: AsteriskSettings, now: Callable[[], datetime]) -> None:
        self._settings, self._now = settings, now
        self._channel = re.compile(rf"{re.escape(settings.technology)}/(.+)-[0-9a-f]{{8,}}(?:;\d)?")
        self._state = _State()
        self._ahead: timedelta | None = None
        self.wanted: dict[Extension, Monitoring] = {}
        """How a lead was asked to be let in; one who dials the exchange's own codes listens, as far as is known."""

    # ---- as it is -----------------------------------------------------------------------------------------------

    def begin(self, queues: Sequence[Packet], channels: Sequence[Packet], contacts: Sequence[Packet]) -> Snapshot:
        """From now on it is as QueueStatus, CoreShowChannels and PJSIPShowContacts list it."""
        self._state = self._listed(queues, channels, contacts)
        self._ahead = None
        return _shot(self._state)

    def listed(self, queues: Sequence[Packet], channels: Sequence[Packet], contacts: Sequence[Packet]) -> Snapshot:
        """As the exchange lists it, whatever was heard."""
        return _shot(self._listed(queues, channels, contacts))

    @property
    def waiting(self) -> tuple[Waiting, ...]:
        """Who waits, as far as was heard."""
        return tuple(self._state.waiting.values())

    def is_reachable(self, extension: Extension) -> bool:
        return extension in self._state.contacts

    def channel_of(self, extension: Extension, call: CallId | None = None) -> str | None:
        """The channel of an extension's part in a call, or in the one it is up in."""
        for line in self._state.lines.values():
            is_it = line.leg.call == call if call is not None else line.leg.state is not LegState.RINGING
            if line.is_ours and line.leg.extension == extension and is_it:
                return line.channel
        return None

    def _listed(self, queues: Sequence[Packet], channels: Sequence[Packet], contacts: Sequence[Packet]) -> _State:
        state = _State(references=dict(self._state.references))
        for packet in contacts:
            name, uri = packet["Endpoint"] or packet["Aor"], packet["Uri"] or packet["URI"]
            state.contact(name, uri, is_there=packet["Status"] != "Unreachable")
        for packet in channels:
            if (line := self._listed_line(packet)) is not None:
                state.lines[line.channel] = line
        for packet in queues:
            if packet["Event"] == "QueueMember" and (member := self._member(packet, packet["Location"])):
                state.members[member.queue, member.extension] = member
            elif packet["Event"] == "QueueEntry" and (waiting := self._listed_caller(packet, channels)):
                state.waiting[waiting.call] = waiting
                state.callers[packet["Uniqueid"]] = waiting.call
        return state

    def _listed_line(self, packet: Packet) -> _Line | None:
        name = packet["Channel"]
        extension = self._extension(name)
        state = {_UP: LegState.UP, _RINGING: LegState.RINGING}.get(packet["ChannelStateDesc"])
        if extension is None or state is None:
            return None
        known = self._state.lines.get(name)
        since = self._now() - _duration(packet["Duration"])
        leg = Leg(self._call(packet), extension, state, since, None, _number(packet["ConnectedLineNum"]))
        if known is not None and known.is_ours:
            is_as_before = (known.leg.state is LegState.RINGING) == (state is LegState.RINGING)
            leg = replace(leg, queue=known.leg.queue, reference=known.leg.reference)
            leg = replace(leg, state=known.leg.state, since=known.leg.since) if is_as_before else leg
        began = None if state is LegState.RINGING else (known.began if known and known.began else since)
        return _Line(name, leg, is_ours=True, began=began, held_s=known.held_s if known else 0.0)

    def _listed_caller(self, packet: Packet, channels: Sequence[Packet]) -> Waiting | None:
        """None: who waits for the agent they know, in a queue that was not heard of; they are told of in a moment."""
        own = next((one for one in channels if one["Uniqueid"] == packet["Uniqueid"]), None)
        call = CallId((own["Linkedid"] if own else "") or packet["Uniqueid"])
        if self._is_last(packet):
            return self._state.waiting.get(call)
        since = self._now() - timedelta(seconds=_whole(packet["Wait"]))
        number, priority = _number(packet["CallerIDNum"]), _whole(packet["Priority"])
        return Waiting(call, QueueId(packet["Queue"]), since, number, priority)

    # ---- what happens -------------------------------------------------------------------------------------------

    def hear(self, packet: Packet) -> list[ExchangeEvent]:
        at = self._at(packet)
        return [*self._still_there(at, packet), *self._heard(at, packet)]

    def _heard(self, at: datetime, packet: Packet) -> list[ExchangeEvent]:
        event = packet["Event"]
        if event in _MEMBER_EVENTS:
            return list(self._member_changed(at, packet))
        match event:
            case "Newchannel" | "Newstate" | "BridgeEnter" | "NewConnectedLine":
                return list(self._line_changed(at, packet))
            case "Hold" | "Unhold":
                return list(self._held(at, packet, is_held=event == "Hold"))
            case "HangupRequest":
                self._state.cut.add(packet["Uniqueid"])
                if (line := self._state.lines.get(packet["Channel"])) is not None:
                    line.was_cut = True
            case "Hangup":
                return list(self._hung_up(at, packet))
            case "QueueCallerJoin":
                return list(self._asked(at, packet))
            case "AgentCalled":
                return list(self._offered(at, packet))
            case "AgentRingNoAnswer":
                return list(self._rang_out(at, packet))
            case "DialEnd":
                if packet["DialStatus"] == "ANSWER":
                    self._state.answered.add(self._caller(packet))
            case "BlindTransfer" | "AttendedTransfer":
                return list(self._transferred(at, packet, is_attended=event == "AttendedTransfer"))
            case "AgentConnect":
                return list(self._answered(at, packet))
            case "QueueCallerAbandon" | "QueueCallerLeave":
                return list(self._left(at, packet, is_hung_up=event == "QueueCallerAbandon"))
            case "QueueMemberRemoved":
                return list(self._member_gone(at, packet))
            case "ContactStatus":
                return list(self._contact_changed(at, packet))
            case "ChanSpyStart" | "ChanSpyStop":
                return list(self._monitored(at, packet, begins=event == "ChanSpyStart"))
            case _:
                pass
        return []

    def _asked(self, at: datetime, packet: Packet) -> Iterator[ExchangeEvent]:
        call, queue, settings = self._call(packet), self._queue(packet), self._settings
        self._state.callers[packet["Uniqueid"]] = call
        known = self._state.waiting.get(call)
        if known is not None and known.queue == queue:
            return
        priority = _whole(packet.variable(settings.priority_variable))
        reference = packet.variable(settings.reference_variable)
        number = _number(packet["CallerIDNum"])
        self._state.answered.discard(call)
        self._state.references[call] = reference
        self._state.waiting[call] = Waiting(call, queue, at, number, priority)
        called, path = packet.variable(settings.called_variable), packet.variable(settings.path_variable)
        yield Asked(at, call, queue, number, called, priority, reference, path)

    def _offered(self, at: datetime, packet: Packet) -> Iterator[ExchangeEvent]:
        extension = self._interface(packet["Interface"])
        call, queue = self._caller(packet), self._queue(packet)
        self._state.answered.discard(call)
        line = self._state.lines.get(packet["DestChannel"])
        if line is not None:
            number = _number(packet["CallerIDNum"])
            reference = self._state.references.get(call, "")
            line.leg = replace(line.leg, call=call, queue=queue, number=number, reference=reference)
        if extension is not None:
            yield Offered(at, call, queue, extension)

    def _rang_out(self, at: datetime, packet: Packet) -> Iterator[ExchangeEvent]:
        extension = self._interface(packet["Interface"])
        line = self._state.lines.get(packet["DestChannel"])
        rang_s = (at - line.leg.since).total_seconds() if line is not None else _whole(packet["RingTime"]) / 1_000
        was_refused = line is not None and line.was_cut
        if extension is not None:
            yield RangOut(at, self._caller(packet), self._queue(packet), extension, rang_s, was_refused)

    def _answered(self, at: datetime, packet: Packet) -> Iterator[ExchangeEvent]:
        extension, call, queue = self._interface(packet["Interface"]), self._caller(packet), self._queue(packet)
        self._state.callers.pop(packet["Uniqueid"], None)
        waiting = self._state.waiting.pop(call, None)
        self._state.answered.discard(call)
        waited_s = (at - waiting.since).total_seconds() if waiting is not None else float(_whole(packet["HoldTime"]))
        if extension is not None:
            yield Answered(at, call, queue, extension, max(waited_s, 0.0))

    def _left(self, at: datetime, packet: Packet, *, is_hung_up: bool) -> Iterator[ExchangeEvent]:
        """Whoever leaves a queue is told as leaving it; who gives up, who waited too long and whom no agent is left for
        is told as abandoning it just before, and who was answered just after. Who waited for the agent they know goes
        on waiting for another."""
        call, state, channel = self._caller(packet), self._state, packet["Uniqueid"]
        if is_hung_up:
            state.gave_up.add(call)
            return
        has_abandoned, was_cut = call in state.gave_up, channel in state.cut
        state.gave_up.discard(call)
        if (call in state.answered and not has_abandoned) or (self._is_last(packet) and not was_cut):
            return
        state.callers.pop(channel, None)
        waiting = state.waiting.pop(call, None)
        if waiting is None:
            return
        if has_abandoned and not was_cut:
            state.left[channel] = at, waiting
        else:
            yield _gone_from(at, waiting, GaveUp if has_abandoned else Overflowed)

    def _still_there(self, at: datetime, packet: Packet) -> Iterator[ExchangeEvent]:
        """Who left a queue and was not hung up at once went on to something else."""
        left = self._state.left
        for channel, (when, waiting) in tuple(left.items()):
            is_own = channel == packet["Uniqueid"]
            if at - when > _ENDS_WITHIN or (is_own and packet["Event"] == "QueueCallerJoin"):
                del left[channel]
                yield _gone_from(when, waiting, Overflowed)

    def _transferred(self, at: datetime, packet: Packet, *, is_attended: bool) -> Iterator[ExchangeEvent]:
        if packet["Result"] != "Success":
            return
        prefix = "OrigTransferer" if is_attended else "Transferer"
        extension = self._extension(packet[f"{prefix}Channel"])
        if extension is None:
            return
        line = self._state.lines.get(packet[f"{prefix}Channel"])
        call = CallId(packet[f"{prefix}Linkedid"])
        to = packet["SecondTransfererConnectedLineNum" if is_attended else "Extension"]
        reference = packet.variable(self._settings.reference_variable, prefix) or (line.leg.reference if line else "")
        queue = line.leg.queue if line is not None else None
        yield Transferred(at, call, extension, _number(to), is_attended, queue, reference)

    def _line_changed(self, at: datetime, packet: Packet) -> Iterator[ExchangeEvent]:
        name = packet["Channel"]
        extension = self._extension(name)
        if extension is None:
            return
        line = self._state.lines.get(name)
        if line is None:
            leg = Leg(self._call(packet), extension, LegState.RINGING, at)
            line = self._state.lines[name] = _Line(name, leg)
        before, was_ours = line.leg, line.is_ours
        number = _number(packet["ConnectedLineNum"]) or before.number or self._dialled(packet)
        reference = before.reference or packet.variable(self._settings.reference_variable)
        leg = replace(before, call=self._call(packet) or before.call, number=number, reference=reference)
        described = packet["ChannelStateDesc"]
        if described == _UP and (not was_ours or leg.state is LegState.RINGING):
            leg, line.began, line.is_ours = replace(leg, state=LegState.UP, since=at), at, True
        elif described == _RINGING and not was_ours:
            leg, line.is_ours = replace(leg, state=LegState.RINGING, since=at), True
        line.leg = leg
        if line.is_ours and (leg != before or not was_ours):
            yield LegChanged(at, leg)

    def _held(self, at: datetime, packet: Packet, *, is_held: bool) -> Iterator[ExchangeEvent]:
        line = self._state.lines.get(packet["Channel"])
        state = LegState.HELD if is_held else LegState.UP
        if line is None or line.leg.state in (state, LegState.RINGING):
            return
        if line.leg.state is LegState.HELD:
            line.held_s += (at - line.leg.since).total_seconds()
        line.leg = replace(line.leg, state=state, since=at)
        yield LegChanged(at, line.leg)

    def _hung_up(self, at: datetime, packet: Packet) -> Iterator[ExchangeEvent]:
        line = self._state.lines.pop(packet["Channel"], None)
        yield from self._gone(at, packet)
        if line is None or not line.is_ours:
            return
        leg = line.leg
        is_offer = leg.state is LegState.RINGING and leg.queue is not None  # told as rung out, or as given up
        if is_offer:
            return
        held_s = line.held_s + ((at - leg.since).total_seconds() if leg.state is LegState.HELD else 0.0)
        talked_s = (at - line.began).total_seconds() - held_s if line.began is not None else 0.0
        yield LegEnded(at, leg.call, leg.extension, max(talked_s, 0.0), held_s, leg.queue, leg.reference)

    def _gone(self, at: datetime, packet: Packet) -> Iterator[ExchangeEvent]:
        """Who is hung up waits no more, whatever else was told. What is known of a call is forgotten with the last who
        is in it or waits in it."""
        state, call = self._state, self._call(packet)
        state.cut.discard(packet["Uniqueid"])
        asked = state.callers.pop(packet["Uniqueid"], None)
        waiting = state.waiting.pop(asked, None) if asked is not None else None
        at, waiting = state.left.pop(packet["Uniqueid"], (at, waiting))
        if waiting is not None:
            yield _gone_from(at, waiting, GaveUp)
        for one in {call, asked or call}:
            if one not in state.waiting and not any(line.leg.call == one for line in state.lines.values()):
                state.references.pop(one, None)
                state.answered.discard(one)
                state.gave_up.discard(one)

    def _member_changed(self, at: datetime, packet: Packet) -> Iterator[ExchangeEvent]:
        member = self._member(packet, packet["Interface"])
        if member is None:
            return
        key = (member.queue, member.extension)
        if self._state.members.get(key) != member:
            self._state.members[key] = member
            yield MemberChanged(at, member)

    def _member_gone(self, at: datetime, packet: Packet) -> Iterator[ExchangeEvent]:
        extension, queue = self._interface(packet["Interface"]), QueueId(packet["Queue"])
        if extension is not None and not self._is_last(packet):
            self._state.members.pop((queue, extension), None)
            yield MemberGone(at, extension, queue)

    def _member(self, packet: Packet, interface: str) -> Member | None:
        extension = self._interface(interface)
        if extension is None or self._is_last(packet):
            return None
        is_paused = packet["Paused"] == "1"
        reason = packet["PausedReason"] if is_paused else ""
        is_fixed = packet["Membership"] == "static"
        return Member(extension, QueueId(packet["Queue"]), _whole(packet["Penalty"]), is_paused, reason, is_fixed)

    def _contact_changed(self, at: datetime, packet: Packet) -> Iterator[ExchangeEvent]:
        name = packet["EndpointName"] or packet["AOR"]
        extension = Extension(name)
        was = self.is_reachable(extension)
        self._state.contact(name, packet["URI"], is_there=packet["ContactStatus"] in _REACHABLE)
        if was != (is_now := self.is_reachable(extension)):
            yield Registered(at, extension, is_now)

    def _monitored(self, at: datetime, packet: Packet, *, begins: bool) -> Iterator[ExchangeEvent]:
        lead, extension = self._extension(packet["SpyerChannel"]), self._extension(packet["SpyeeChannel"])
        if lead is not None and extension is not None:
            how = self.wanted.get(lead, Monitoring.LISTEN) if begins else None
            yield MonitoringChanged(at, lead, extension, how)

    # ---- words of the exchange ----------------------------------------------------------------------------------

    def _extension(self, channel: str) -> Extension | None:
        found = self._channel.fullmatch(channel)
        return Extension(found[1]) if found else None

    def _interface(self, interface: str) -> Extension | None:
        technology, slash, name = interface.partition("/")
        return Extension(name) if slash and technology == self._settings.technology else None

    def _is_last(self, packet: Packet) -> bool:
        """It is of the queue in which callers wait for the one agent they know."""
        return bool(packet["Queue"]) and packet["Queue"] == self._settings.last_agent_queue

    def _queue(self, packet: Packet) -> QueueId:
        """The one that somebody asked in."""
        waiting = self._state.waiting.get(self._caller(packet)) if self._is_last(packet) else None
        named = packet.variable(self._settings.queue_variable) if self._is_last(packet) else ""
        return waiting.queue if waiting is not None else QueueId(named or packet["Queue"])

    def _caller(self, packet: Packet) -> CallId:
        """The call that somebody asked in, who may have come to be in another since."""
        return self._state.callers.get(packet["Uniqueid"]) or self._call(packet)

    @staticmethod
    def _call(packet: Packet) -> CallId:
        return CallId(packet["Linkedid"] or packet["Uniqueid"])

    @staticmethod
    def _dialled(packet: Packet) -> str:
        """What a telephone dialled, while its call has not got there."""
        return packet["Exten"] if packet["ChannelStateDesc"] == "Ring" and packet["Exten"] != "s" else ""

    def _at(self, packet: Packet) -> datetime:
        """By this server's clock. The exchange's own (timestampevents) tells how far apart things happened; the
        quickest of its events how far its clock is ahead."""
        now, told = self._now(), packet["Timestamp"]
        try:
            theirs = datetime.fromtimestamp(float(told), UTC)
        except (ValueError, OverflowError, OSError):
            return now
        ahead = theirs - now
        if self._ahead is None or not timedelta(0) <= self._ahead - ahead <= _LATE_BY:
            self._ahead = ahead
        return now - (self._ahead - ahead)


def _gone_from(at: datetime, waiting: Waiting, how: type[GaveUp] | type[Overflowed]) -> GaveUp | Overflowed:
    return how(at, waiting.call, waiting.queue, max((at - waiting.since).total_seconds(), 0.0))


def _shot(state: _State) -> Snapshot:
    return Snapshot(
        tuple(state.members.values()),
        tuple(sorted(state.waiting.values(), key=lambda one: one.since)),
        tuple(line.leg for line in state.lines.values() if line.is_ours),
        frozenset(state.contacts),
    )


def _number(told: str) -> str:
    return "" if told == _NOBODY else told


def _whole(told: str) -> int:
    return int(told) if _WHOLE.fullmatch(told) else 0


def _duration(told: str) -> timedelta:
    """HH:MM:SS."""
    parts = [_whole(part) for part in told.split(":")]
    hours, minutes, seconds = ([0] * 3 + parts)[-3:]
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)
