"""The exchange port over FreeSWITCH's event socket."""

import asyncio
import contextlib
import logging
import random
import re
import uuid
from collections.abc import Callable, Coroutine, Iterable, Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote

from agent_model.agent import QueueId
from agent_server.switch.freeswitch.event_socket import CommandRefused, Event, EventSocket
from agent_server.switch.freeswitch.lists import PAUSES, Lists, Row, pauses, rows, table
from agent_server.switch.freeswitch.settings import FreeSwitchSettings
from agent_server.switch.freeswitch.watching import AVAILABLE, EVENTS, LOGGED_OUT, ON_BREAK, Watching
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

log = logging.getLogger("agent_server.switch.freeswitch")

FIRST_WAIT_S: Final = 0.5
LONGEST_WAIT_S: Final = 15.0
LEAD_RINGS_S: Final = 20
RESTS_S: Final = 10
"""So long mod_callcenter leaves an agent alone who did not take a caller: else the same telephone would ring again."""
UNSET: Final = "_undef_"
"""What a channel says of a variable that it does not have."""
_PLAIN: Final = re.compile(r"[0-9A-Za-z*#+._@-]{1,64}")
"""What may stand in a command: anything else could be read as another part of it."""


class FreeSwitchExchange:
    """`now` gives aware UTC. Written from FreeSWITCH's documentation (docs/exchange.md)."""

    def __init__(self, settings: FreeSwitchSettings, now: Callable[[], datetime]) -> None:
        self._settings, self._now = settings, now
        self._watching = Watching(settings, now)
        self._socket: EventSocket | None = None
        self._events: asyncio.Queue[ExchangeEvent] = asyncio.Queue()
        self._held: list[Event] | None = None
        self._changing = asyncio.Lock()
        """What is listed and what is changed meanwhile would contradict each other."""
        self._stirred = asyncio.Event()
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
                except (ExchangeGone, CommandRefused, ValueError) as error:
                    log.info("exchange %s is not reached: %s", self.name, error)
                await asyncio.sleep(wait_s * random.uniform(0.8, 1.2))  # noqa: S311 - not everybody at once
                wait_s = min(wait_s * 2, LONGEST_WAIT_S)
        finally:
            telling.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await telling

    async def snapshot(self) -> Snapshot:
        """What the exchange says itself, not what was heard."""
        socket = self._reached()
        async with self._changing:
            return self._watching.listed(await self._lists(socket))

    async def seat(self, extension: Extension, penalties: Mapping[QueueId, int]) -> None:
        self._reached()
        _require_plain(extension, "no_such_extension")
        async with self._changing:
            known = {queue: penalty for queue, penalty in penalties.items() if await self._has_queue(queue)}
            if known or self._watching.name_of(extension) is not None:
                await self._seat(extension, known)
        if unknown := penalties.keys() - known.keys():
            raise NotDone("no_such_queue", ", ".join(sorted(unknown)))

    async def pause(self, extension: Extension, reason: str) -> None:
        async with self._changing:
            name = self._member(extension)
            await self._keep_reason(f"hash insert/{PAUSES}/{extension}/{quote(reason, safe='')}")
            self._watching.reason_is(extension, reason)
            await self._status(extension, name, ON_BREAK)

    async def unpause(self, extension: Extension) -> None:
        async with self._changing:
            await self._status(extension, self._member(extension), AVAILABLE)
            self._watching.reason_is(extension, "")
            await self._keep_reason(f"hash delete/{PAUSES}/{extension}")

    async def call(self, extension: Extension, number: str, shown: str = "") -> CallId:
        self._require_reachable(extension)
        _require_plain(number, "not_possible")
        call = str(uuid.uuid4())
        variables = [f"origination_uuid={call}", "ignore_early_media=true"]
        if shown:
            _require_plain(shown, "not_possible")
            variables.append(f"effective_caller_id_number={shown}")
        await self._ring(extension, variables, f"{number} XML {self._settings.context}")
        return CallId(call)

    async def hang_up(self, extension: Extension, call: CallId) -> None:
        self._reached()
        channel = self._watching.channel_of(extension, call)
        if channel is None:
            raise NotDone("no_such_call", call)
        await self._do(f"uuid_kill {channel} NORMAL_CLEARING", "no_such_call")

    async def monitor(self, lead: Extension, extension: Extension, how: Monitoring, reference: str = "") -> None:
        self._reached()
        channel = self._watching.channel_of(extension)
        if channel is None:
            raise NotDone("no_such_call", extension)
        there = self._watching.heard_by(lead)
        if there is not None and there[1] == extension:
            await self._let_in(lead, how, self._switch(there[0], channel, how))
            return
        self._require_reachable(lead)
        if self._watching.channel_of(lead) is not None:
            raise NotDone("busy", lead)
        variables = [f"originate_timeout={LEAD_RINGS_S}", *_modes(how)]
        if reference:
            _require_plain(reference, "not_possible")
            variables.append(f"sip_h_X-Call-Ref={reference}")
        await self._let_in(lead, how, self._ring(lead, variables, f"&eavesdrop({channel})"))

    async def leave(self, lead: Extension) -> None:
        self._reached()
        there = self._watching.heard_by(lead)
        if there is not None:
            await self._do(f"uuid_kill {there[0]} NORMAL_CLEARING", "no_such_call")

    async def take_over(self, lead: Extension, extension: Extension) -> None:
        socket = self._reached()
        there, channel = self._watching.heard_by(lead), self._watching.channel_of(extension)
        if there is None or there[1] != extension or channel is None:
            raise NotDone("not_possible", "a call is taken over by who is listening to it")
        other = (await socket.api(f"uuid_getvar {channel} signal_bond")).strip()
        if not _PLAIN.fullmatch(other) or other == UNSET:
            raise NotDone("not_possible", "nobody else is in the call")
        await self._do(f"uuid_bridge {there[0]} {other}", "not_possible")
        self._put(self._watching.took_over(lead, there[0], channel))
        # Where the agent's leg is hung up after a bridge, it is gone already.
        with contextlib.suppress(NotDone):
            await self._do(f"uuid_kill {channel} NORMAL_CLEARING", "no_such_call")

    # ---- the connection -----------------------------------------------------------------------------------------

    async def _stay(self) -> None:
        """Reaches the exchange and stays until it is lost. Raises ExchangeGone, CommandRefused, ValueError."""
        self._held = []
        socket = await EventSocket.connect(self._settings, EVENTS, self._hear)
        try:
            snapshot = self._watching.begin(await self._lists(socket))
            self._events.put_nowait(Resynced(self._now(), snapshot))
            self._socket = socket
            held, self._held = self._held, None
            for event in held:
                self._hear(event)
            while not socket.is_lost:
                await self._rest(socket)
                if not socket.is_lost:
                    await self._look(socket)
        finally:
            if self._socket is not None:
                self._socket = None
                self._events.put_nowait(Lost(self._now()))
            self._watching.wanted.clear()
            await socket.close()

    async def _rest(self, socket: EventSocket) -> None:
        """Until it is time to look again, sooner when something was told that only a list says in full."""
        self._stirred.clear()
        stirred = asyncio.get_running_loop().create_task(self._stirred.wait())
        lost = asyncio.get_running_loop().create_task(socket.until_lost(self._settings.look_every_s))
        try:
            await asyncio.wait([stirred, lost], return_when=asyncio.FIRST_COMPLETED)
        finally:
            stirred.cancel()
            lost.cancel()

    async def _look(self, socket: EventSocket) -> None:
        async with self._changing:
            agents = table(await socket.api("callcenter_config agent list"))
            tiers = table(await socket.api("callcenter_config tier list"))
            registrations = rows(await socket.api("show registrations as json"))
            self._put(self._watching.look(agents, tiers, registrations))

    async def _lists(self, socket: EventSocket) -> Lists:
        queues = tuple(row["name"] for row in table(await socket.api("callcenter_config queue list")))
        callers = []
        for queue in queues:
            callers += table(await socket.api(f"callcenter_config queue list members {queue}"))
        return Lists(
            queues,
            table(await socket.api("callcenter_config agent list")),
            table(await socket.api("callcenter_config tier list")),
            callers,
            rows(await socket.api("show channels as json")),
            rows(await socket.api("show registrations as json")),
            await self._pauses(socket),
            await self._led(socket, callers),
        )

    async def _led(self, socket: EventSocket, callers: Iterable[Row]) -> Mapping[str, str]:
        """A list does not say in which queue somebody asked who is led to the agent they know."""
        found = {}
        led = [row["session_uuid"] for row in callers if self._watching.is_own_queue(row["queue"])]
        for channel in filter(None, led):  # who has gone is listed without one
            with contextlib.suppress(CommandRefused):  # they have just hung up
                named = (await socket.api(f"uuid_getvar {channel} {self._settings.queue_variable}")).strip()
                if named and named != UNSET:
                    found[channel] = named
        return found

    @staticmethod
    async def _pauses(socket: EventSocket) -> Mapping[str, str]:
        try:
            return pauses(await socket.api(f"hash_dump db {PAUSES}"))
        except CommandRefused as error:
            log.info("why agents are paused is not kept at the exchange, mod_hash is not loaded: %s", error)
            return {}

    def _hear(self, event: Event) -> None:
        if self._held is not None:
            self._held.append(event)
            return
        if event["Event-Subclass"].startswith("sofia::"):
            self._stirred.set()
            return
        self._put(self._watching.hear(event))

    def _put(self, events: Iterable[ExchangeEvent]) -> None:
        for event in events:
            if isinstance(event, MonitoringChanged) and event.how is not None:
                awaited = self._awaited.get(event.lead)
                if awaited is not None and not awaited.done():
                    awaited.set_result(None)
            self._events.put_nowait(event)

    async def _tell(self, told: Told) -> None:
        while True:
            await told(await self._events.get())

    def _reached(self) -> EventSocket:
        if self._socket is None:
            raise ExchangeGone
        return self._socket

    # ---- what is asked ------------------------------------------------------------------------------------------

    async def _do(self, command: str, why: str) -> str:
        try:
            return await self._reached().api(command)
        except CommandRefused as error:
            raise NotDone(why, str(error)) from error

    async def _configure(self, command: str, why: str = "not_possible") -> None:
        await self._do(f"callcenter_config {command}", why)

    async def _has_queue(self, queue: QueueId) -> bool:
        """One that is configured there is loaded where it was not."""
        if self._watching.has_queue(queue):
            return True
        if not _PLAIN.fullmatch(queue):
            return False
        try:
            await self._reached().api(f"callcenter_config queue load {self._queue(queue)}")
        except CommandRefused:
            return False
        self._watching.queue_is_there(queue)
        return True

    async def _seat(self, extension: Extension, penalties: Mapping[QueueId, int]) -> None:
        name = await self._agent(extension)
        was_in = self._watching.is_member(extension)
        before = self._watching.tiers_of(extension)
        for queue in before.keys() - penalties.keys():
            await self._configure(f"tier del {self._queue(queue)} {name}")
            self._put(self._watching.tier_is(extension, queue, None))
        for queue, penalty in penalties.items():
            await self._tier(extension, name, queue, penalty + 1, before.get(queue))
        await self._lead_to(extension, name, is_there=bool(penalties))
        if not penalties:
            await self._status(extension, name, LOGGED_OUT)
        elif not was_in:
            await self._status(extension, name, AVAILABLE)

    async def _agent(self, extension: Extension) -> str:
        """What mod_callcenter calls the agent at an extension; one is made where there is none."""
        known = self._watching.name_of(extension)
        if known is not None:
            return known
        name, ring_s = self._user(extension), self._settings.ring_s
        await self._configure(f"agent add {name} Callback", "no_such_extension")
        await self._configure(f"agent set contact {name} [leg_timeout={ring_s}]user/{name}", "no_such_extension")
        for kind in ("reject", "busy", "no_answer"):
            await self._configure(f"agent set {kind}_delay_time {name} {RESTS_S}")
        self._watching.named(extension, name)
        return name

    async def _tier(self, extension: Extension, name: str, queue: QueueId, level: int, before: int | None) -> None:
        if before is None:
            await self._configure(f"tier add {self._queue(queue)} {name} {level} 1")
        elif before != level:
            await self._configure(f"tier set level {self._queue(queue)} {name} {level}")
        self._put(self._watching.tier_is(extension, queue, level))

    async def _lead_to(self, extension: Extension, name: str, *, is_there: bool) -> None:
        """The one member of their own queue, where the site has set one up for them."""
        own = self._watching.own_queue(extension)
        if own is None or is_there is self._watching.is_led_to(extension):
            return
        if is_there and not await self._has_queue(own):
            return
        place = f"{self._queue(own)} {name}"
        await self._configure(f"tier add {place} 1 1" if is_there else f"tier del {place}")
        self._watching.leads_to(extension, leads=is_there)

    async def _status(self, extension: Extension, name: str, status: str) -> None:
        await self._configure(f"agent set status {name} '{status}'")
        self._put(self._watching.status_is(extension, status))

    def _member(self, extension: Extension) -> str:
        """What mod_callcenter calls a member of a queue. Raises ExchangeGone, NotDone."""
        self._reached()
        name = self._watching.name_of(extension)
        if name is None or not self._watching.is_member(extension):
            raise NotDone("no_such_extension", extension)
        return name

    async def _keep_reason(self, command: str) -> None:
        try:
            await self._reached().api(command)
        except CommandRefused as error:
            log.info("why an agent is paused is not kept at the exchange: %s", error)

    async def _ring(self, extension: Extension, variables: Iterable[str], then: str) -> "asyncio.Future[str]":
        """Rings a telephone, and goes on when it is answered; the future bears what it came to."""
        command = f"originate {{{','.join(variables)}}}user/{self._user(extension)} {then}"
        try:
            return await self._reached().job(command, str(uuid.uuid4()))
        except CommandRefused as error:
            raise NotDone("not_possible", str(error)) from error

    async def _switch(self, own: str, channel: str, how: Monitoring) -> None:
        """The lead's telephone stays up and begins to listen anew, in the other way."""
        actions = ",".join([*(f"set:{one}" for one in _modes(how)), f"eavesdrop:{channel}"])
        await self._do(f"uuid_transfer {own} {actions} inline", "no_such_call")

    async def _let_in(
        self, lead: Extension, how: Monitoring, asking: Coroutine[Any, Any, "asyncio.Future[str] | None"]
    ) -> None:
        self._watching.wanted[lead] = how
        heard = self._awaited[lead] = asyncio.get_running_loop().create_future()
        try:
            job = await asking
            async with asyncio.timeout(LEAD_RINGS_S + 2):
                await asyncio.wait([heard, job] if job is not None else [heard], return_when=asyncio.FIRST_COMPLETED)
                if job is not None and job.done() and job.result().startswith("-ERR"):
                    raise NotDone("busy" if "USER_BUSY" in job.result() else "not_reachable", job.result())
                await heard
        except TimeoutError as error:
            raise NotDone("not_reachable", "the lead's telephone did not answer") from error
        finally:
            self._awaited.pop(lead, None)

    def _require_reachable(self, extension: Extension) -> None:
        self._reached()
        if not self._watching.is_reachable(extension):
            raise NotDone("not_reachable", extension)

    def _user(self, extension: Extension) -> str:
        return f"{extension}@{self._settings.domain}"

    def _queue(self, queue: QueueId) -> str:
        return queue if "@" in queue or not self._settings.queue_domain else f"{queue}@{self._settings.queue_domain}"


def _modes(how: Monitoring) -> list[str]:
    """Of the agent's channel, `bleg` is what the agent hears, `aleg` what the other end hears of the agent. No digit
    that the lead types changes it: each change has to be allowed, and is audited."""
    to_agent, to_other = how is not Monitoring.LISTEN, how is Monitoring.BARGE
    return [
        "eavesdrop_enable_dtmf=false",
        f"eavesdrop_whisper_bleg={str(to_agent).lower()}",
        f"eavesdrop_whisper_aleg={str(to_other).lower()}",
    ]


def _require_plain(said: str, why: str) -> None:
    if not _PLAIN.fullmatch(said):
        raise NotDone(why, "signs that no extension, queue or number has")
