"""The exchange port over Asterisk's manager interface."""

import asyncio
import contextlib
import logging
import random
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from agent_model.agent import QueueId
from agent_server.switch.asterisk.manager import ActionRefused, Manager, Packet
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
)

log = logging.getLogger("agent_server.switch.asterisk")

FIRST_WAIT_S: Final = 0.5
LONGEST_WAIT_S: Final = 15.0
LEAD_RINGS_S: Final = 20.0
_MODES: Final = {Monitoring.LISTEN: "", Monitoring.WHISPER: "w", Monitoring.BARGE: "B"}
_SWITCHES: Final = {Monitoring.LISTEN: "4", Monitoring.WHISPER: "5", Monitoring.BARGE: "6"}
"""What ChanSpy's option d understands."""


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

    @property
    def name(self) -> str:
        return self._settings.name

    async def run(self, told: Told) -> None:
        telling = asyncio.get_running_loop().create_task(self._tell(told))
        wait_s = FIRST_WAIT_S
        try:
            while True:
                try:
                    await self._stay()
                    wait_s = FIRST_WAIT_S
                except (ExchangeGone, ActionRefused) as error:
                    log.info("exchange %s is not reached: %s", self.name, error)
                await asyncio.sleep(wait_s * random.uniform(0.8, 1.2))  # noqa: S311 - not everybody at once
                wait_s = min(wait_s * 2, LONGEST_WAIT_S)
        finally:
            telling.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await telling

    async def snapshot(self) -> Snapshot:
        """What the exchange says itself, not what was heard."""
        return self._watching.listed(*await self._lists(self._reached()))

    async def seat(self, extension: Extension, penalties: Mapping[QueueId, int]) -> None:
        manager = self._reached()
        listed = await manager.listed("QueueStatus")
        queues = {packet["Queue"] for packet in listed if packet["Event"] == "QueueParams"}
        if unknown := penalties.keys() - queues:
            raise NotDone("no_such_queue", ", ".join(sorted(unknown)))
        interface = self._interface(extension)
        own = {
            QueueId(packet["Queue"]): packet
            for packet in listed
            if packet["Event"] == "QueueMember" and packet["Location"] == interface
        }
        pause = next((packet for packet in own.values() if packet["Paused"] == "1"), None)
        for queue, packet in own.items():
            if queue not in penalties and packet["Membership"] != "static":
                await self._do("QueueRemove", Queue=queue, Interface=interface)
        for queue, penalty in penalties.items():
            if queue not in own:
                await self._add(queue, extension, penalty, pause)
            elif own[queue]["Penalty"] != str(penalty):
                await self._do("QueuePenalty", Queue=queue, Interface=interface, Penalty=str(penalty))

    async def pause(self, extension: Extension, reason: str) -> None:
        await self._pause(extension, is_paused=True, reason=reason)

    async def unpause(self, extension: Extension) -> None:
        await self._pause(extension, is_paused=False, reason="")

    async def call(self, extension: Extension, number: str, shown: str = "") -> CallId:
        self._require_reachable(extension)
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

    async def monitor(self, lead: Extension, extension: Extension, how: Monitoring) -> None:
        self._reached()
        channel = self._watching.channel_of(extension)
        if channel is None:
            raise NotDone("no_such_call", extension)
        if self._monitors.get(lead, ("", ""))[0] == extension:
            await self._switch(lead, extension, how)
            return
        self._require_reachable(lead)
        if self._watching.channel_of(lead) is not None:
            raise NotDone("busy", lead)
        await self._let_in(lead, extension, channel, how)

    async def leave(self, lead: Extension) -> None:
        self._reached()
        if lead in self._monitors:
            await self._do("Hangup", Channel=self._monitors[lead][1], Cause="16")

    async def take_over(self, lead: Extension, extension: Extension) -> None:
        manager = self._reached()
        whose, own = self._monitors.get(lead, (None, ""))
        channel = self._watching.channel_of(extension)
        if whose != extension or channel is None:
            raise NotDone("not_possible", "a call is taken over by who is listening to it")
        channels = await manager.listed("CoreShowChannels")
        bridge = next((one["BridgeId"] for one in channels if one["Channel"] == channel), "")
        others = [one["Channel"] for one in channels if one["BridgeId"] == bridge and one["Channel"] != channel]
        if not bridge or len(others) != 1:
            raise NotDone("not_possible", f"{len(others)} others are in the call")
        await self._do("Bridge", Channel1=others[0], Channel2=own, Tone="no")
        # The queue ends who is left alone; a plain call's other end would go on in the dialplan.
        with contextlib.suppress(NotDone):
            await self._do("Hangup", Channel=channel, Cause="16")

    # ---- the connection -----------------------------------------------------------------------------------------

    async def _stay(self) -> None:
        """Reaches the exchange and stays until it is lost. Raises ExchangeGone, ActionRefused."""
        self._held = []
        manager = await Manager.connect(self._settings, self._hear)
        try:
            snapshot = self._watching.begin(*await self._lists(manager))
            self._events.put_nowait(Resynced(self._now(), snapshot))
            self._manager = manager
            held, self._held = self._held, None
            for packet in held:
                self._hear(packet)
            await manager.stay()
        finally:
            if self._manager is not None:
                self._manager = None
                self._events.put_nowait(Lost(self._now()))
            self._monitors.clear()
            self._watching.wanted.clear()
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
        for event in self._watching.hear(packet):
            if isinstance(event, MonitoringChanged):
                self._note(event, packet)
            self._events.put_nowait(event)

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
            Paused="true" if pause is not None else "false",
            MemberName=extension,
            StateInterface=interface,
        )
        if pause is not None:
            reason = pause["PausedReason"]
            await self._do("QueuePause", Queue=queue, Interface=interface, Paused="true", Reason=reason)

    async def _pause(self, extension: Extension, *, is_paused: bool, reason: str) -> None:
        self._reached()
        paused = "true" if is_paused else "false"
        await self._do("QueuePause", Interface=self._interface(extension), Paused=paused, Reason=reason)

    async def _let_in(self, lead: Extension, extension: Extension, channel: str, how: Monitoring) -> None:
        self._watching.wanted[lead] = how
        awaited = self._awaited[lead] = asyncio.get_running_loop().create_future()
        try:
            await self._originate(
                lead,
                CallId(f"desk-{secrets.token_hex(8)}"),
                Application="ChanSpy",
                Data=f"{channel},qESd{_MODES[how]}",
                CallerID=extension,
                Timeout=str(int(LEAD_RINGS_S * 1000)),
            )
            async with asyncio.timeout(LEAD_RINGS_S + 2):
                await awaited
        except TimeoutError as error:
            self._watching.wanted.pop(lead, None)
            raise NotDone("not_reachable", "the lead's telephone did not answer") from error
        finally:
            self._awaited.pop(lead, None)

    async def _switch(self, lead: Extension, extension: Extension, how: Monitoring) -> None:
        """ChanSpy hears the digit as if the lead had typed it."""
        self._watching.wanted[lead] = how
        own = self._monitors[lead][1]
        await self._do("PlayDTMF", Channel=own, Digit=_SWITCHES[how], Duration="120", Receive="true")
        self._events.put_nowait(MonitoringChanged(self._now(), lead, extension, how))

    async def _originate(self, extension: Extension, call: CallId, **fields: str) -> None:
        await self._do("Originate", Channel=self._interface(extension), ChannelId=call, Async="true", **fields)

    async def _do(self, action: str, **fields: str) -> None:
        try:
            await self._reached().ask(action, **fields)
        except ActionRefused as error:
            raise NotDone(_why(action, str(error)), str(error)) from error

    def _require_reachable(self, extension: Extension) -> None:
        self._reached()
        if not self._watching.is_reachable(extension):
            raise NotDone("not_reachable", extension)

    def _interface(self, extension: Extension) -> str:
        return f"{self._settings.technology}/{extension}"


def _why(action: str, said: str) -> str:
    lowered = said.lower()
    if "no such queue" in lowered:
        return "no_such_queue"
    if action.startswith("Queue"):
        return "no_such_extension"
    return "no_such_call" if "channel" in lowered else "not_possible"
