"""A FreeSWITCH as documented keeps what every exchange adapter keeps; none was running when this was written."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

import pytest

from agent_model.agent import QueueId
from agent_server.switch.freeswitch import FreeSwitchExchange, FreeSwitchSettings
from agent_server.switch.freeswitch.event_socket import EventSocket
from agent_server.switch.freeswitch.lists import dialled_user, pauses, table
from agent_server.switch.port import (
    Answered,
    Asked,
    CallId,
    ExchangeEvent,
    ExchangeGone,
    Extension,
    GaveUp,
    LegChanged,
    LegEnded,
    LegState,
    Lost,
    Member,
    MemberChanged,
    MemberGone,
    Monitoring,
    MonitoringChanged,
    NotDone,
    Offered,
    Overflowed,
    RangOut,
    Registered,
    Resynced,
    Transferred,
)
from tests.exchange_promises import FIRST, LEAD, NOBODY, SALES, SECOND, SERVICE, TRANSFER_PROMISES, TransferPromise
from tests.server.freeswitch_server import DOMAIN, PASSWORD, Agent, FreeSwitchServer

E = TypeVar("E", bound=ExchangeEvent)
NUMBER = "13812345678"
PATIENCE_S = 20.0


def _any(_: ExchangeEvent) -> bool:
    return True


def _settings(server: FreeSwitchServer, password: str = PASSWORD) -> FreeSwitchSettings:
    return FreeSwitchSettings(
        "fs", "127.0.0.1", DOMAIN, server.port, password, last_agent_queue="last", look_every_s=0.2, answer_within_s=1.0
    )


class ScriptedWorld:
    def __init__(self, server: FreeSwitchServer) -> None:
        self.server = server
        self.exchange = FreeSwitchExchange(_settings(server), lambda: datetime.now(UTC))
        self._heard: list[ExchangeEvent] = []
        self._news = asyncio.Condition()
        self._serial = 0

    async def told(self, kind: type[E], where: Callable[[E], bool] = _any) -> E:
        def found() -> E | None:
            return next((one for one in self._heard if isinstance(one, kind) and where(one)), None)

        async with self._news:
            try:
                async with asyncio.timeout(PATIENCE_S):
                    await self._news.wait_for(lambda: found() is not None)
            except TimeoutError as late:
                raise TimeoutError(f"no such {kind.__name__} among {self._heard}") from late
            event = found()
            assert event is not None
            self._heard.remove(event)
            return event

    async def asks(self, queue: QueueId, *, priority: int = 0) -> CallId:
        self._serial += 1
        return CallId(self.server.asks(f"{queue}@default", NUMBER, priority, f"ref-{self._serial}"))

    async def asks_for(self, extension: Extension, queue: QueueId) -> CallId:
        """Of somebody who knows this agent."""
        self._serial += 1
        own = f"last-{extension}@default"
        return CallId(self.server.asks(f"{queue}@default", NUMBER, 0, f"ref-{self._serial}", first=own))

    async def gives_up(self, call: CallId) -> None:
        self.server.gives_up(call)

    async def answers(self, extension: Extension) -> None:
        self.server.takes(extension)

    async def refuses(self, extension: Extension) -> None:
        self.server.takes_none(extension, "CALL_REJECTED")

    async def lets_ring(self, extension: Extension) -> None:
        self.server.takes_none(extension, "NO_ANSWER")

    async def holds(self, extension: Extension) -> None:
        self.server.holds(extension)

    async def hangs_up(self, extension: Extension) -> None:
        self.server.hangs_up(extension)

    async def transfers(self, extension: Extension, to: Extension) -> None:
        self.server.transfers(extension, to)

    def gone(self) -> AbstractAsyncContextManager[None]:
        return self.server.gone()

    def heard(self, kind: type[E]) -> list[E]:
        """Such events that were not waited for."""
        return [one for one in self._heard if isinstance(one, kind)]

    async def hear(self, event: ExchangeEvent) -> None:
        async with self._news:
            self._heard.append(event)
            self._news.notify_all()

    async def in_a_call(self) -> CallId:
        await self.exchange.seat(FIRST, {SERVICE: 0})
        call = await self.asks(SERVICE)
        await self.told(Offered)
        await self.answers(FIRST)
        await self.told(Answered)
        return call


@asynccontextmanager
async def world(server: FreeSwitchServer | None = None) -> AsyncIterator[ScriptedWorld]:
    own = tuple(f"last-{extension}@default" for extension in (FIRST, SECOND))
    server = server or FreeSwitchServer(("service@default", "sales@default", *own), (FIRST, SECOND, LEAD))
    server.leads.add(LEAD)
    await server.start()
    scripted = ScriptedWorld(server)
    running = asyncio.get_running_loop().create_task(scripted.exchange.run(scripted.hear))
    try:
        resynced = await scripted.told(Resynced)
        await scripted.hear(resynced)
        yield scripted
    finally:
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
        await server.stop()


def _in_a_world(act: Callable[[ScriptedWorld], Coroutine[Any, Any, None]]) -> None:
    async def run() -> None:
        async with world() as scripted:
            await act(scripted)

    asyncio.run(run())


@pytest.mark.parametrize("promise", TRANSFER_PROMISES, ids=lambda promise: promise.__name__)
def test_freeswitch_keeps_the_promise(promise: TransferPromise) -> None:
    _in_a_world(promise)


def test_transfer_to_who_was_asked_before_is_told() -> None:
    async def act(world: ScriptedWorld) -> None:
        call = await world.in_a_call()
        await world.exchange.seat(SECOND, {SALES: 0})
        await world.asks(SALES)
        await world.told(Offered)
        await world.answers(SECOND)
        await world.told(Answered)
        world.server.asks_first(FIRST, SECOND)
        told = await world.told(Transferred)
        assert (told.call, told.extension, told.to, told.is_attended) == (call, FIRST, SECOND, True)
        assert (await world.told(LegEnded)).extension == FIRST

    _in_a_world(act)


def test_last_agent_preferred() -> None:
    async def act(world: ScriptedWorld) -> None:
        await world.exchange.seat(FIRST, {SERVICE: 0})
        await world.exchange.seat(SECOND, {SERVICE: 5})
        call = await world.asks_for(SECOND, SERVICE)
        asked = await world.told(Asked)
        assert (asked.call, asked.queue) == (call, SERVICE)
        offered = await world.told(Offered)
        assert (offered.queue, offered.extension) == (SERVICE, SECOND)
        await world.answers(SECOND)
        assert (await world.told(Answered)).queue == SERVICE
        up = await world.told(LegChanged, lambda one: one.leg.state is LegState.UP)
        assert (up.leg.call, up.leg.queue) == (call, SERVICE)
        await world.hangs_up(SECOND)
        assert (await world.told(LegEnded)).queue == SERVICE
        assert {one.queue for one in (await world.exchange.snapshot()).members} == {SERVICE}

    _in_a_world(act)


def test_caller_whose_agent_does_not_answer_goes_on_and_has_asked_once() -> None:
    async def act(world: ScriptedWorld) -> None:
        await world.exchange.seat(SECOND, {SERVICE: 0})
        call = await world.asks_for(SECOND, SERVICE)
        asked = await world.told(Asked)
        await world.told(Offered)
        await world.lets_ring(SECOND)
        rang = await world.told(RangOut)
        assert (rang.queue, rang.extension) == (SERVICE, SECOND)
        await world.exchange.seat(FIRST, {SERVICE: 0})
        world.server.goes_on(call)
        assert (await world.told(Offered)).extension == FIRST
        [waiting] = (await world.exchange.snapshot()).waiting
        assert (waiting.call, waiting.queue, waiting.since) == (call, SERVICE, asked.at)
        await world.answers(FIRST)
        assert (await world.told(Answered)).extension == FIRST
        assert (world.heard(Asked), world.heard(Overflowed), world.heard(GaveUp)) == ([], [], [])

    _in_a_world(act)


def test_caller_who_hangs_up_between_two_queues_gave_up() -> None:
    async def act(world: ScriptedWorld) -> None:
        call = await world.asks_for(SECOND, SERVICE)
        await world.told(Asked)
        world.server.overflows(call)
        world.server.hangs_up_waiting(call)
        gave_up = await world.told(GaveUp)
        assert (gave_up.call, gave_up.queue) == (call, SERVICE)
        await world.asks(SERVICE)
        await world.told(Asked)
        assert (world.heard(Overflowed), world.heard(GaveUp)) == ([], [])

    _in_a_world(act)


def test_who_waits_for_one_agent_is_known_again_after_a_lost_connection() -> None:
    async def act(world: ScriptedWorld) -> None:
        call = await world.asks_for(SECOND, SERVICE)
        await world.told(Asked)
        await world.told(Resynced)
        async with world.gone():
            await world.told(Lost)
        [waiting] = (await world.told(Resynced)).snapshot.waiting
        assert (waiting.call, waiting.queue) == (call, SERVICE)
        world.server.goes_on(call)
        await world.exchange.seat(FIRST, {SERVICE: 0})
        assert (await world.told(Offered)).queue == SERVICE
        assert len(world.heard(Asked)) == 0

    _in_a_world(act)


def test_nobody_is_led_to_an_agent_who_went_home() -> None:
    async def act(world: ScriptedWorld) -> None:
        await world.exchange.seat(SECOND, {SERVICE: 0})
        own = ("last-1002@default", f"{SECOND}@{DOMAIN}")
        assert own in world.server.tiers
        await world.exchange.seat(SECOND, {})
        assert own not in world.server.tiers
        await world.exchange.seat(SECOND, {SERVICE: 0})
        assert own in world.server.tiers

    _in_a_world(act)


def test_pause_keeps_its_reason_over_a_lost_connection() -> None:
    async def act(scripted: ScriptedWorld) -> None:
        await scripted.exchange.seat(FIRST, {SERVICE: 0})
        await scripted.exchange.pause(FIRST, "午休/lunch")
        await scripted.told(Resynced)
        async with scripted.gone():
            await scripted.told(Lost)
        resynced = await scripted.told(Resynced)
        assert resynced.snapshot.members == (Member(FIRST, SERVICE, 0, is_paused=True, reason="午休/lunch"),)

    _in_a_world(act)


def test_what_somebody_changes_at_the_exchange_is_told() -> None:
    async def act(scripted: ScriptedWorld) -> None:
        await scripted.exchange.seat(FIRST, {SERVICE: 0, SALES: 0})
        name = f"{FIRST}@{DOMAIN}"
        del scripted.server.tiers["sales@default", name]
        assert (await scripted.told(MemberGone)).queue == SALES
        scripted.server.tiers["service@default", name] = 4
        assert (await scripted.told(MemberChanged, lambda one: one.member.penalty == 3)).member.queue == SERVICE

    _in_a_world(act)


def test_agent_whom_the_exchange_sends_on_break_is_told() -> None:
    async def act(scripted: ScriptedWorld) -> None:
        await scripted.exchange.seat(FIRST, {SERVICE: 0})
        agent = scripted.server.agents[f"{FIRST}@{DOMAIN}"]
        agent.status = "On Break"
        scripted.server.callcenter("agent-status-change", {"CC-Agent": agent.name, "CC-Agent-Status": "On Break"})
        changed = await scripted.told(MemberChanged, lambda one: one.member.is_paused)
        assert changed.member == Member(FIRST, SERVICE, 0, is_paused=True)

    _in_a_world(act)


def test_telephone_that_goes_is_told() -> None:
    async def act(scripted: ScriptedWorld) -> None:
        scripted.server.registered.discard(SECOND)
        told = await scripted.told(Registered)
        assert (told.extension, told.is_reachable) == (SECOND, False)

    _in_a_world(act)


def test_agent_that_the_exchange_has_under_another_name_is_used() -> None:
    server = FreeSwitchServer(("service@default",), (FIRST,))
    server.agents["a3f1"] = Agent("a3f1", f"[leg_timeout=9]user/{FIRST}@{DOMAIN}|user/9@{DOMAIN}", "Available")

    async def run() -> None:
        async with world(server) as scripted:
            await scripted.exchange.seat(FIRST, {SERVICE: 2})
            assert server.tiers == {("service@default", "a3f1"): 3}
            assert set(server.agents) == {"a3f1"}

    asyncio.run(run())


def test_caller_who_gives_up_while_it_rings_is_no_ring_without_answer() -> None:
    async def act(scripted: ScriptedWorld) -> None:
        await scripted.exchange.seat(FIRST, {SERVICE: 0})
        call = await scripted.asks(SERVICE)
        await scripted.told(Offered)
        await scripted.gives_up(call)
        assert (await scripted.told(GaveUp)).call == call
        second = await scripted.asks(SERVICE)
        assert (await scripted.told(Offered)).call == second
        assert scripted.heard(RangOut) == []

    _in_a_world(act)


def test_caller_whom_the_queue_lets_go_on_has_overflowed() -> None:
    async def act(scripted: ScriptedWorld) -> None:
        call = await scripted.asks(SERVICE)
        scripted.server.overflows(call)
        assert (await scripted.told(Overflowed)).call == call

    _in_a_world(act)


def test_call_is_known_again_after_a_lost_connection() -> None:
    async def act(scripted: ScriptedWorld) -> None:
        call = await scripted.in_a_call()
        await scripted.told(Resynced)
        async with scripted.gone():
            await scripted.told(Lost)
        leg = next(one for one in (await scripted.told(Resynced)).snapshot.legs if one.extension == FIRST)
        assert (leg.call, leg.queue, leg.state, leg.reference) == (call, SERVICE, LegState.UP, "ref-1")

    _in_a_world(act)


def test_whisper_reaches_the_agent_alone_and_no_digit_changes_it() -> None:
    async def act(scripted: ScriptedWorld) -> None:
        await scripted.in_a_call()
        for how in (Monitoring.WHISPER, Monitoring.BARGE, Monitoring.LISTEN):
            await scripted.exchange.monitor(LEAD, FIRST, how)
        modes = [one for one in scripted.server.commands if "eavesdrop_whisper_bleg" in one]
        told = [("bleg=true" in one, "aleg=true" in one, "enable_dtmf=false" in one) for one in modes]
        assert told == [(True, False, True), (True, True, True), (False, False, True)]

    _in_a_world(act)


def test_telephone_of_a_lead_is_told_what_call_it_is() -> None:
    async def act(scripted: ScriptedWorld) -> None:
        await scripted.in_a_call()
        await scripted.exchange.monitor(LEAD, FIRST, Monitoring.LISTEN, "spy-1")
        channel = next(one for one in scripted.server.channels.values() if one.user == LEAD)
        assert channel.variables["sip_h_X-Call-Ref"] == "spy-1"

    _in_a_world(act)


def test_queues_that_are_there_are_taken_before_another_is_refused() -> None:
    async def act(scripted: ScriptedWorld) -> None:
        with pytest.raises(NotDone) as refused:
            await scripted.exchange.seat(FIRST, {SERVICE: 0, QueueId("no where"): 0})
        assert refused.value.why == "no_such_queue"
        assert (await scripted.told(MemberChanged)).member == Member(FIRST, SERVICE)

    _in_a_world(act)


def test_queue_that_is_configured_and_not_loaded_is_loaded() -> None:
    async def act(scripted: ScriptedWorld) -> None:
        scripted.server.configured.add("night@default")
        await scripted.exchange.seat(FIRST, {QueueId("night"): 0})
        assert (await scripted.told(MemberChanged)).member == Member(FIRST, QueueId("night"))

    _in_a_world(act)


def test_call_that_is_taken_over_stays_the_same_call() -> None:
    async def act(scripted: ScriptedWorld) -> None:
        call = await scripted.in_a_call()
        await scripted.exchange.monitor(LEAD, FIRST, Monitoring.LISTEN)
        await scripted.exchange.take_over(LEAD, FIRST)
        assert (await scripted.told(MonitoringChanged, lambda one: one.how is None)).lead == LEAD
        up = await scripted.told(LegChanged, lambda one: one.leg.extension == LEAD and one.leg.call == call)
        assert (up.leg.queue, up.leg.reference, up.leg.state) == (SERVICE, "ref-1", LegState.UP)
        scripted.server.hangs_up(LEAD)
        ended = await scripted.told(LegEnded, lambda one: one.extension == LEAD)
        assert ended.call == call

    _in_a_world(act)


def test_agent_calls_out_from_their_telephone() -> None:
    async def act(scripted: ScriptedWorld) -> None:
        call = await scripted.exchange.call(FIRST, "013812345678", shown="4008001234")
        scripted.server.answer(scripted.server.channels[call])
        up = await scripted.told(LegChanged, lambda one: one.leg.state is LegState.UP)
        assert (up.leg.call, up.leg.extension) == (call, FIRST)
        await scripted.exchange.hang_up(FIRST, call)
        assert (await scripted.told(LegEnded)).call == call

    _in_a_world(act)


@pytest.mark.parametrize("number", ["1 &system(reboot)", "1\n\napi reboot", "{a=b}1", "1,2", ""])
def test_number_that_would_be_another_command_is_refused(number: str) -> None:
    async def act(scripted: ScriptedWorld) -> None:
        before = len(scripted.server.commands)
        with pytest.raises(NotDone) as refused:
            await scripted.exchange.call(FIRST, number)
        assert refused.value.why == "not_possible"
        assert not [one for one in scripted.server.commands[before:] if one.startswith("bgapi")]

    _in_a_world(act)


def test_telephone_that_is_not_there_is_not_rung() -> None:
    async def act(scripted: ScriptedWorld) -> None:
        with pytest.raises(NotDone) as refused:
            await scripted.exchange.call(NOBODY, "10086")
        assert refused.value.why == "not_reachable"

    _in_a_world(act)


def test_exchange_that_falls_silent_is_lost_and_found_again() -> None:
    async def act(scripted: ScriptedWorld) -> None:
        await scripted.told(Resynced)
        scripted.server.answers_nobody = True
        await scripted.told(Lost)
        with pytest.raises(ExchangeGone):
            await scripted.exchange.snapshot()
        scripted.server.answers_nobody = False
        await scripted.told(Resynced)

    _in_a_world(act)


@pytest.mark.parametrize(
    "raw",
    [
        b"no frame at all\n\n",
        b"Content-Length: -4\nContent-Type: text/event-json\n\n",
        b"Content-Length: 99999999999\nContent-Type: text/event-json\n\n",
        b"Content-Length: 5\nContent-Type: text/event-json\n\n[1,2]",
        b"X" * 100_000,
    ],
    ids=["no_frame", "negative_length", "endless_length", "no_event", "endless_line"],
)
def test_garbage_costs_the_connection_and_nothing_else(raw: bytes) -> None:
    async def act(scripted: ScriptedWorld) -> None:
        await scripted.told(Resynced)
        scripted.server.write_raw(raw)
        await scripted.told(Lost)
        await scripted.told(Resynced)

    _in_a_world(act)


def test_wrong_password_is_said() -> None:
    async def run() -> None:
        server = FreeSwitchServer((), ())
        await server.start()
        try:
            with pytest.raises(ExchangeGone, match="sign-in refused: -ERR invalid"):
                await EventSocket.connect(_settings(server, "other"), "ALL", print)
        finally:
            await server.stop()

    asyncio.run(run())


def test_access_list_that_bars_this_server_is_said() -> None:
    async def bar(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"Content-Type: text/rude-rejection\nContent-Length: 24\n\nAccess Denied, go away.\n")
        writer.close()

    async def run() -> None:
        server = await asyncio.start_server(bar, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server:
            with pytest.raises(ExchangeGone, match="access list"):
                await EventSocket.connect(FreeSwitchSettings("fs", "127.0.0.1", DOMAIN, port), "ALL", print)

    asyncio.run(run())


def test_table_reads_a_contact_of_several_telephones() -> None:
    said = "name|contact|status\n1001@a|user/1001@a|user/2001@a|Available\nbroken\n+OK\n"
    assert table(said) == [{"name": "1001@a", "contact": "user/1001@a|user/2001@a", "status": "Available"}]


@pytest.mark.parametrize(
    ("contact", "user"),
    [
        ("user/1001@a", "1001"),
        ("[leg_timeout=9,x=y]user/1001@a", "1001"),
        ("{a=b}user/1001", "1001"),
        ("sofia/gw/1", None),
    ],
)
def test_telephone_of_an_agent_is_read_from_the_contact(contact: str, user: str | None) -> None:
    assert dialled_user(contact) == user


def test_pauses_of_other_realms_are_not_ours() -> None:
    assert pauses("D/desk_pause_1001/%E5%8D%88%20a\nD/other_desk_pause_1002/x\nL/limit/1/2/3/4\n") == {"1001": "午 a"}
