"""The exchange port over Asterisk's manager interface."""

import asyncio
import contextlib
import logging
import random
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from agent_model.agent import QueueId
from agent_server.switch.asterisk.manager import ActionRefused, Manager, Packet, SignInRefused
from agent_server.switch.asterisk.settings import AsteriskSettings
from agent_server.switch.asterisk.watching import Watching
from agent_server.switch.port import (
    CallId,
    ExchangeEvent,
    ExchangeGone,
    Extension,
    Lost,
    Monitoring,
    MonitoringChanged,
    NotDone,
    Resynced,
    Snapshot,
    Told,
    reason_kept,
)

log = logging.getLogger("agent_server.switch.asterisk")

FIRST_WAIT_S: Final = 0.5
LONGEST_WAIT_S: Final = 15.0
REFUSED_WAIT_S: Final = 60.0
STEADY_AFTER_S: Final = 10.0
DEAF_AFTER_S: Final = 5.0
MOST_UNTOLD: Final = 50_000
LEAD_RINGS_S: Final = 15.0
LEAVES_WITHIN_S: Final = 3.0
_MODES: Final = {Monitoring.LISTEN: "", Monitoring.WHISPER: "w", Monitoring.BARGE: "B"}
"""Never with d: the keys of the lead's own telephone would change over then, past every right and every record."""
_NAME: Final = re.compile(r"[0-9A-Za-z_.~+-]{1,64}")
_PENALTY: Final = re.compile(r"[0-9]{1,9}")
_NUMBER: Final = re.compile(r"[0-9A-Za-z*#+_.-]{1,64}")
_NOT_ANSWERED: Final = {"0": "not_reachable", "1": "not_reachable", "3": "not_reachable", "5": "busy", "8": "busy"}
"""Why a telephone that was rung did not answer (OriginateResponse)."""


class AsteriskExchange:
    """`now` gives aware UTC. What is behind it was proven against Asterisk 22 (docs/exchange.md)."""

    def __init__(self, settings: AsteriskSettings, now: Callable[[], datetime]) -> None:
        self._settings, self._now = settings, now
        self._watching = Watching(settings, now)
        self._manager: Manager | None = None
        self._events: asyncio.Queue[ExchangeEvent] = asyncio.Queue()
        self._held: list[Packet] | None = None
        self._monitors: dict[Extension, tuple[Extension, str]] = {}
        """Whom each lead is listening to, and the lead's own channel."""
        self._awaited: dict[Extension, asyncio.Future[None]] = {}
        self._ringing: dict[str, Extension] = {}
        """The leads whose telephones ring, by the channel."""
        self._leaving: dict[str, asyncio.Event] = {}
        """The leads' channels that are being hung up."""
        self._said = ""
        self._is_deaf: bool | None = None
        """Whether what happens to members is told; None: nothing was asked and told yet."""
        self._seated_at: float | None = None
        """By the loop's clock: since when this connection should have told of a member."""

    @property
    def name(self) -> str:
        return self._settings.name

    async def run(self, told: Told) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._tell(told))
            await self._stay_for_ever()

    async def snapshot(self) -> Snapshot:
        """What the exchange says itself, not what was heard."""
        return self._watching.listed(*await self._lists(self._reached()))

    async def seat(self, extension: Extension, penalties: Mapping[QueueId, int]) -> None:
        interface = self._interface(extension)
        listed = await self._listed("QueueStatus", Member=interface)
        queues = {packet["Queue"] for packet in listed if packet["Event"] == "QueueParams"}
        own = {
            QueueId(packet["Queue"]): packet
            for packet in listed
            if packet["Event"] == "QueueMember" and packet["Location"] == interface
        }
        pause = next((packet for packet in own.values() if packet["Paused"] == "1"), None)
        last = QueueId(self._settings.last_agent_queue)
        if penalties and last in queues and _PENALTY.fullmatch(extension):
            penalties = {**penalties, last: int(extension)}
        for queue, packet in own.items():
            if queue not in penalties and packet["Membership"] != "static":
                await self._do("QueueRemove", Queue=queue, Interface=interface)
        for queue, penalty in penalties.items():
            if queue not in own and queue in queues:
                await self._add(queue, extension, penalty, pause)
            elif queue in own and own[queue]["Penalty"] != str(penalty):
                await self._do("QueuePenalty", Queue=queue, Interface=interface, Penalty=str(penalty))
        if unknown := penalties.keys() - queues:
            raise NotDone("no_such_queue", ", ".join(sorted(unknown)))

    async def pause(self, extension: Extension, reason: str) -> None:
        await self._pause(extension, is_paused=True, reason=reason)

    async def unpause(self, extension: Extension) -> None:
        await self._pause(extension, is_paused=False, reason="")

    async def call(self, extension: Extension, number: str, shown: str = "") -> CallId:
        self._require_reachable(extension)
        if not _NUMBER.fullmatch(number):
            raise NotDone("not_possible", "no number that can be dialled")
        call = CallId(f"desk-{secrets.token_hex(8)}")
        fields = {"CallerID": shown} if shown else {}
        await self._originate(
            extension, call, Context=self._settings.context, Exten=number, Priority="1", Timeout="30000", **fields
        )
        return call

    async def hang_up(self, extension: Extension, call: CallId) -> None:
        self._reached()
        channel = self._watching.channel_of(extension, call)
        if channel is None:
            raise NotDone("no_such_call", call)
        await self._do("Hangup", Channel=channel, Cause="16")

    async def monitor(self, lead: Extension, extension: Extension, how: Monitoring, reference: str = "") -> None:
        self._reached()
        channel = self._watching.channel_of(extension)
        if channel is None:
            raise NotDone("no_such_call", extension)
        self._require_reachable(lead)
        if lead in self._awaited or lead == extension:
            raise NotDone("busy", lead)
        if lead in self._monitors:
            await self._out(lead)
        if self._watching.channel_of(lead) is not None:
            raise NotDone("busy", lead)
        await self._let_in(lead, extension, channel, how, reference)

    async def leave(self, lead: Extension) -> None:
        self._reached()
        if lead in self._monitors:
            await self._out(lead)

    async def take_over(self, lead: Extension, extension: Extension) -> None:
        self._reached()
        whose, own = self._monitors.get(lead, (None, ""))
        channel = self._watching.channel_of(extension)
        if whose != extension or channel is None:
            raise NotDone("not_possible", "a call is taken over by who is listening to it")
        channels = await self._listed("CoreShowChannels")
        bridge = next((one["BridgeId"] for one in channels if one["Channel"] == channel), "")
        others = [one["Channel"] for one in channels if one["BridgeId"] == bridge and one["Channel"] != channel]
        if not bridge or len(others) != 1:
            raise NotDone("not_possible", f"{len(others)} others are in the call")
        await self._do("Bridge", Channel1=others[0], Channel2=own, Tone="no")
        # The queue ends who is left alone; a plain call's other end would go on in the dialplan.
        with contextlib.suppress(NotDone):
            await self._do("Hangup", Channel=channel, Cause="16")

    # ---- the connection -----------------------------------------------------------------------------------------

    async def _stay_for_ever(self) -> None:
        loop, wait_s = asyncio.get_running_loop(), FIRST_WAIT_S
        while True:
            began = loop.time()
            try:
                await self._stay()
                self._say("the connection was lost")
                longest_s = LONGEST_WAIT_S
            except SignInRefused as error:
                self._say(f"{error}: look at its secret, permit and deny in manager.conf")
                longest_s = wait_s = REFUSED_WAIT_S
            except (ExchangeGone, ActionRefused) as error:
                self._say(str(error))
                longest_s = LONGEST_WAIT_S
            wait_s = FIRST_WAIT_S if loop.time() - began >= STEADY_AFTER_S else min(wait_s, longest_s)
            await asyncio.sleep(wait_s * random.uniform(0.8, 1.2))  # noqa: S311 - not everybody at once
            wait_s = min(wait_s * 2, longest_s)

    def _say(self, said: str) -> None:
        """Once, however often it is tried."""
        if said != self._said:
            settings = self._settings
            log.warning("exchange %s (%s port %d) is not reached: %s", self.name, settings.host, settings.port, said)
        self._said = said

    async def _stay(self) -> None:
        """Reaches the exchange and stays until it is lost. Raises ExchangeGone, ActionRefused."""
        self._held = []
        manager = await Manager.connect(self._settings, self._hear)
        try:
            for action, right in await manager.not_allowed():
                log.warning(
                    "exchange %s does not let its user %s %s: manager.conf needs %s in write, or the module is missing",
                    self.name, self._settings.user, action, right,
                )  # fmt: skip
            snapshot = self._watching.begin(*await self._lists(manager))
            self._events.put_nowait(Resynced(self._now(), snapshot))
            self._manager = manager
            self._said = ""
            log.info("exchange %s is reached", self.name)
            held, self._held = self._held, None
            for packet in held:
                self._hear(packet)
            await manager.stay(self._look_deaf)
        finally:
            self._seated_at = None
            if self._manager is not None:
                self._manager = None
                self._events.put_nowait(Lost(self._now()))
            self._monitors.clear()
            self._ringing.clear()
            self._watching.wanted.clear()
            for awaited in self._awaited.values():
                if not awaited.done():
                    awaited.set_exception(ExchangeGone("the connection was lost"))
            await manager.close()

    async def _lists(self, manager: Manager) -> tuple[Sequence[Packet], Sequence[Packet], Sequence[Packet]]:
        queues = await self._list(manager, "QueueStatus")
        channels = await self._list(manager, "CoreShowChannels")
        return queues, channels, await self._list(manager, "PJSIPShowContacts")

    @staticmethod
    async def _list(manager: Manager, action: str) -> Sequence[Packet]:
        """An exchange without queues, or without anybody registered, answers with an error."""
        try:
            return await manager.listed(action)
        except ActionRefused as error:
            log.info("%s: %s", action, error)
            return ()

    def _hear(self, packet: Packet) -> None:
        if self._held is not None:
            self._held.append(packet)
            return
        if packet["Event"] == "OriginateResponse":
            self._rung(packet)
        elif packet["Event"].startswith("QueueMember"):
            self._is_deaf = False
        if self._events.qsize() > MOST_UNTOLD:
            self._overrun()
            return
        for event in self._watching.hear(packet):
            if isinstance(event, MonitoringChanged):
                self._note(event, packet)
            self._events.put_nowait(event)
        if packet["Event"] == "Hangup" and (gone := self._leaving.get(packet["Channel"])) is not None:
            gone.set()

    def _overrun(self) -> None:
        """Who is told cannot follow: it is begun anew with how everything is, once what waits was told."""
        if self._manager is not None:
            log.warning("exchange %s tells more than can be heard: its whole state is read again", self.name)
            self._manager.drop()

    def _rung(self, packet: Packet) -> None:
        """A lead's telephone was rung; one that answered is heard of again when it is in the call."""
        lead = self._ringing.pop(packet["Uniqueid"], None)
        awaited = self._awaited.get(lead) if lead is not None else None
        if packet["Response"] == "Failure" and awaited is not None and not awaited.done():
            awaited.set_exception(NotDone(_NOT_ANSWERED.get(packet["Reason"], "not_possible"), "it did not answer"))

    def _note(self, event: MonitoringChanged, packet: Packet) -> None:
        if event.how is None:
            self._monitors.pop(event.lead, None)
            self._watching.wanted.pop(event.lead, None)
        else:
            self._monitors[event.lead] = (event.extension, packet["SpyerChannel"])
            awaited = self._awaited.get(event.lead)
            if awaited is not None and not awaited.done():
                awaited.set_result(None)

    async def _tell(self, told: Told) -> None:
        while True:
            await told(await self._events.get())

    def _reached(self) -> Manager:
        if self._manager is None:
            raise ExchangeGone
        return self._manager

    # ---- what is asked ------------------------------------------------------------------------------------------

    async def _add(self, queue: QueueId, extension: Extension, penalty: int, pause: Packet | None) -> None:
        interface = self._interface(extension)
        await self._do(
            "QueueAdd",
            Queue=queue,
            Interface=interface,
            Penalty=str(penalty),
            Paused=_word(is_so=pause is not None),
            MemberName=extension,
            StateInterface=interface,
        )
        self._seated_at = self._seated_at or asyncio.get_running_loop().time()
        if pause is not None:
            reason = pause["PausedReason"]
            await self._do("QueuePause", Queue=queue, Interface=interface, Paused="true", Reason=reason)

    async def _pause(self, extension: Extension, *, is_paused: bool, reason: str) -> None:
        paused, reason = _word(is_so=is_paused), reason_kept(reason)
        await self._do("QueuePause", Interface=self._interface(extension), Paused=paused, Reason=reason)

    def _look_deaf(self) -> None:
        """Who obeys, is there and tells nothing of it is only noticed by waiting for what it should tell."""
        since = self._seated_at
        is_late = since is not None and asyncio.get_running_loop().time() - since >= DEAF_AFTER_S
        if is_late and self._is_deaf is None:
            self._is_deaf = True
            log.warning(
                "exchange %s does what it is asked and does not tell it: manager.conf needs agent and call in read of "
                "its user %s", self.name, self._settings.user,
            )  # fmt: skip

    async def _let_in(
        self, lead: Extension, extension: Extension, channel: str, how: Monitoring, reference: str
    ) -> None:
        self._watching.wanted[lead] = how
        awaited = self._awaited[lead] = asyncio.get_running_loop().create_future()
        own = CallId(f"desk-{secrets.token_hex(8)}")
        self._ringing[own] = lead
        try:
            await self._originate(
                lead,
                own,
                [f"PJSIP_HEADER(add,X-Call-Ref)={reference}"] if reference else (),
                Application="ChanSpy",
                Data=f"{channel},qES{_MODES[how]}",
                CallerID=extension,
                Timeout=str(int(LEAD_RINGS_S * 1000)),
            )
            async with asyncio.timeout(LEAD_RINGS_S + 2):
                await awaited
        except TimeoutError as error:
            raise NotDone("not_reachable", "the lead's telephone did not answer") from error
        finally:
            self._ringing.pop(own, None)
            self._awaited.pop(lead, None)
            if lead not in self._monitors:
                self._watching.wanted.pop(lead, None)

    async def _out(self, lead: Extension) -> None:
        """Ends what a lead hears, and waits until it has."""
        channel = self._monitors[lead][1]
        gone = self._leaving[channel] = asyncio.Event()
        try:
            await self._do("Hangup", Channel=channel, Cause="16")
            async with asyncio.timeout(LEAVES_WITHIN_S):
                await gone.wait()
        except (NotDone, TimeoutError) as error:
            if lead in self._monitors:  # else it has ended by itself
                raise NotDone("busy", lead) from error
        finally:
            self._leaving.pop(channel, None)

    async def _originate(
        self, extension: Extension, call: CallId, variables: Sequence[str] = (), **fields: str
    ) -> None:
        channel = self._interface(extension)
        await self._do("Originate", variables, Channel=channel, ChannelId=call, Async="true", **fields)

    async def _do(self, action: str, variables: Sequence[str] = (), **fields: str) -> None:
        try:
            await self._reached().ask(action, variables, **fields)
        except ActionRefused as error:
            raise NotDone(_why(action, str(error)), str(error)) from error

    async def _listed(self, action: str, **fields: str) -> Sequence[Packet]:
        try:
            return await self._reached().listed(action, **fields)
        except ActionRefused as error:
            raise NotDone(_why(action, str(error)), str(error)) from error

    def _require_reachable(self, extension: Extension) -> None:
        self._reached()
        if not self._watching.is_reachable(extension):
            raise NotDone("not_reachable", extension)

    def _interface(self, extension: Extension) -> str:
        """Raises NotDone: what is no name of a telephone could be read as two of them, or as an order."""
        if not _NAME.fullmatch(extension):
            raise NotDone("no_such_extension", extension)
        return f"{self._settings.technology}/{extension}"


def _word(*, is_so: bool) -> str:
    return "true" if is_so else "false"


def _why(action: str, said: str) -> str:
    lowered = said.lower()
    if "permission" in lowered or "invalid/unknown command" in lowered:
        return "not_allowed"
    if "no such queue" in lowered:
        return "no_such_queue"
    if action.startswith("Queue"):
        return "no_such_extension"
    return "no_such_call" if "channel" in lowered else "not_possible"
