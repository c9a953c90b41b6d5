"""What every exchange adapter keeps, whatever stands behind it; each promise is tried in a world of its own."""

import contextlib
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from typing import Any, Final, Protocol, TypeVar

from agent_model.agent import QueueId
from agent_server.switch.port import (
    Answered,
    Asked,
    CallId,
    Exchange,
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
    RangOut,
    Resynced,
    Transferred,
)

E = TypeVar("E", bound=ExchangeEvent)
SERVICE: Final = QueueId("service")
SALES: Final = QueueId("sales")
FIRST, SECOND, LEAD, NOBODY = (Extension(number) for number in ("1001", "1002", "1100", "1999"))


class World(Protocol):
    """An exchange with two queues, the telephones 1001, 1002 and 1100, and callers. `run` goes on all the while."""

    @property
    def exchange(self) -> Exchange: ...

    async def told(self, kind: type[E], where: Callable[[E], bool] = ...) -> E:
        """The first such event that was not waited for before. Raises TimeoutError."""

    async def asks(self, queue: QueueId, *, priority: int = 0) -> CallId: ...

    async def gives_up(self, call: CallId) -> None: ...

    async def answers(self, extension: Extension) -> None: ...

    async def refuses(self, extension: Extension) -> None: ...

    async def lets_ring(self, extension: Extension) -> None:
        """Until the exchange tries the next."""

    async def holds(self, extension: Extension) -> None: ...

    async def hangs_up(self, extension: Extension) -> None: ...

    def gone(self) -> AbstractAsyncContextManager[None]:
        """Meanwhile the exchange cannot be reached."""


class TransferringWorld(World, Protocol):
    """Of an exchange that tells transfers."""

    async def transfers(self, extension: Extension, to: Extension) -> None:
        """Without a word to who is there."""


Promise = Callable[[World], Coroutine[Any, Any, None]]
TransferPromise = Callable[[TransferringWorld], Coroutine[Any, Any, None]]


async def seated(world: World) -> set[Member]:
    """Without those whom the exchange's own settings seat."""
    return {one for one in (await world.exchange.snapshot()).members if not one.is_fixed}


async def members_are_exactly_those_of_their_queues(world: World) -> None:
    exchange = world.exchange
    await exchange.seat(FIRST, {SERVICE: 0, SALES: 3})
    assert {(one.queue, one.penalty) for one in await seated(world)} == {(SERVICE, 0), (SALES, 3)}
    await exchange.seat(FIRST, {SALES: 1})
    gone = await world.told(MemberGone)
    assert (gone.extension, gone.queue) == (FIRST, SERVICE)
    assert await seated(world) == {Member(FIRST, SALES, 1)}


async def seating_again_keeps_a_pause(world: World) -> None:
    exchange = world.exchange
    await exchange.seat(FIRST, {SERVICE: 0})
    await exchange.pause(FIRST, "lunch")
    await exchange.seat(FIRST, {SERVICE: 0, SALES: 0})
    assert {(one.is_paused, one.reason) for one in await seated(world)} == {(True, "lunch")}


async def a_pause_is_told_with_its_reason(world: World) -> None:
    await world.exchange.seat(FIRST, {SERVICE: 0})
    await world.exchange.pause(FIRST, "午休 lunch")
    changed = await world.told(MemberChanged, lambda one: one.member.is_paused and one.member.queue == SERVICE)
    assert changed.member == Member(FIRST, SERVICE, 0, is_paused=True, reason="午休 lunch")
    await world.exchange.unpause(FIRST)
    await world.told(MemberChanged, lambda one: not one.member.is_paused)


async def a_paused_member_is_offered_nobody(world: World) -> None:
    await world.exchange.seat(FIRST, {SERVICE: 0})
    await world.exchange.pause(FIRST, "lunch")
    call = await world.asks(SERVICE)
    await world.exchange.seat(SECOND, {SERVICE: 5})
    offered = await world.told(Offered, lambda one: one.call == call)
    assert offered.extension == SECOND


async def a_queue_that_is_not_there_keeps_nobody_out_of_the_others(world: World) -> None:
    with contextlib.suppress(NotDone):
        await world.exchange.seat(FIRST, {QueueId("nowhere"): 0, SERVICE: 2})
    assert await seated(world) == {Member(FIRST, SERVICE, 2)}


async def who_is_in_no_queue_is_not_paused(world: World) -> None:
    why = ""
    try:
        await world.exchange.pause(NOBODY, "lunch")
    except NotDone as refused:
        why = refused.why
    assert why == "no_such_extension"


async def a_queue_that_is_not_there_is_refused(world: World) -> None:
    why = ""
    try:
        await world.exchange.seat(FIRST, {QueueId("nowhere"): 0})
    except NotDone as refused:
        why = refused.why
    assert why == "no_such_queue"


async def a_call_is_told_from_asking_to_its_end(world: World) -> None:
    await world.exchange.seat(FIRST, {SERVICE: 0})
    call = await world.asks(SERVICE)
    asked = await world.told(Asked)
    assert (asked.call, asked.queue) == (call, SERVICE)
    assert (await world.told(Offered)).extension == FIRST
    await world.answers(FIRST)
    answered = await world.told(Answered)
    assert (answered.call, answered.extension) == (call, FIRST)
    assert answered.waited_s >= 0
    up = await world.told(LegChanged, lambda one: one.leg.state is LegState.UP)
    assert (up.leg.call, up.leg.queue) == (call, SERVICE)
    assert (await world.exchange.snapshot()).waiting == ()
    await world.hangs_up(FIRST)
    ended = await world.told(LegEnded)
    assert (ended.call, ended.extension, ended.queue) == (call, FIRST, SERVICE)
    assert (await world.exchange.snapshot()).legs == ()


async def a_leg_carries_the_reference_that_its_telephone_was_told(world: World) -> None:
    await world.exchange.seat(FIRST, {SERVICE: 0})
    await world.asks(SERVICE)
    asked = await world.told(Asked)
    await world.told(Offered)
    await world.answers(FIRST)
    up = await world.told(LegChanged, lambda one: one.leg.state is LegState.UP)
    assert up.leg.reference == asked.reference != ""


async def a_held_call_is_told(world: World) -> None:
    await world.exchange.seat(FIRST, {SERVICE: 0})
    await world.asks(SERVICE)
    await world.told(Offered)
    await world.answers(FIRST)
    await world.told(LegChanged, lambda one: one.leg.state is LegState.UP)
    await world.holds(FIRST)
    await world.told(LegChanged, lambda one: one.leg.state is LegState.HELD)


async def a_transfer_is_told_and_ends_ones_own_part(world: TransferringWorld) -> None:
    await world.exchange.seat(FIRST, {SERVICE: 0})
    call = await world.asks(SERVICE)
    asked = await world.told(Asked)
    await world.told(Offered)
    await world.answers(FIRST)
    await world.told(Answered)
    await world.transfers(FIRST, SECOND)
    told = await world.told(Transferred)
    assert (told.call, told.extension, told.to, told.is_attended) == (call, FIRST, SECOND, False)
    assert (told.queue, told.reference) == (SERVICE, asked.reference)
    assert (await world.told(LegEnded)).extension == FIRST


async def who_waits_can_be_seen_and_gives_up(world: World) -> None:
    call = await world.asks(SERVICE)
    await world.told(Asked)
    assert [one.call for one in (await world.exchange.snapshot()).waiting] == [call]
    await world.gives_up(call)
    gave_up = await world.told(GaveUp)
    assert (gave_up.call, gave_up.queue) == (call, SERVICE)
    assert (await world.exchange.snapshot()).waiting == ()


async def ring_no_answer_goes_to_the_next(world: World) -> None:
    await world.exchange.seat(FIRST, {SERVICE: 0})
    call = await world.asks(SERVICE)
    assert (await world.told(Offered)).extension == FIRST
    await world.exchange.seat(SECOND, {SERVICE: 0})
    await world.lets_ring(FIRST)
    rang = await world.told(RangOut)
    assert (rang.call, rang.extension, rang.is_refused) == (call, FIRST, False)
    assert (await world.told(Offered, lambda one: one.extension == SECOND)).call == call


async def a_caller_who_is_turned_away_goes_to_the_next(world: World) -> None:
    await world.exchange.seat(FIRST, {SERVICE: 0})
    call = await world.asks(SERVICE)
    assert (await world.told(Offered)).extension == FIRST
    await world.exchange.seat(SECOND, {SERVICE: 0})
    await world.refuses(FIRST)
    assert (await world.told(RangOut)).extension == FIRST
    assert (await world.told(Offered, lambda one: one.extension == SECOND)).call == call


async def the_higher_priority_goes_first(world: World) -> None:
    await world.asks(SERVICE)
    second = await world.asks(SERVICE, priority=10)
    await world.told(Asked, lambda one: one.call == second)
    await world.exchange.seat(FIRST, {SERVICE: 0})
    assert (await world.told(Offered)).call == second


async def the_lower_penalty_goes_first(world: World) -> None:
    await world.exchange.seat(FIRST, {SERVICE: 5})
    await world.exchange.seat(SECOND, {SERVICE: 0})
    await world.asks(SERVICE)
    assert (await world.told(Offered)).extension == SECOND


async def a_lead_listens_whispers_and_leaves(world: World) -> None:
    await world.exchange.seat(FIRST, {SERVICE: 0})
    await world.asks(SERVICE)
    await world.told(Offered)
    await world.answers(FIRST)
    await world.told(Answered)
    for how in Monitoring:
        await world.exchange.monitor(LEAD, FIRST, how)
        changed = await world.told(MonitoringChanged, lambda one, how=how: one.how is how)  # type: ignore[misc]
        assert (changed.lead, changed.extension) == (LEAD, FIRST)
    await world.exchange.leave(LEAD)
    await world.told(MonitoringChanged, lambda one: one.how is None)


async def nobody_listens_where_nobody_talks(world: World) -> None:
    why = ""
    try:
        await world.exchange.monitor(LEAD, FIRST, Monitoring.LISTEN)
    except NotDone as refused:
        why = refused.why
    assert why == "no_such_call"


async def a_call_is_taken_over_from_listening_only(world: World) -> None:
    await world.exchange.seat(FIRST, {SERVICE: 0})
    await world.asks(SERVICE)
    await world.told(Offered)
    await world.answers(FIRST)
    await world.told(Answered)
    why = ""
    try:
        await world.exchange.take_over(LEAD, FIRST)
    except NotDone as refused:
        why = refused.why
    assert why == "not_possible"
    await world.exchange.monitor(LEAD, FIRST, Monitoring.LISTEN)
    await world.told(MonitoringChanged)
    await world.exchange.take_over(LEAD, FIRST)
    assert (await world.told(LegEnded)).extension == FIRST
    up = await world.told(LegChanged, lambda one: one.leg.extension == LEAD and one.leg.state is LegState.UP)
    assert up.leg.extension == LEAD


async def an_agents_part_of_a_call_is_ended(world: World) -> None:
    await world.exchange.seat(FIRST, {SERVICE: 0})
    call = await world.asks(SERVICE)
    await world.told(Offered)
    await world.answers(FIRST)
    await world.told(Answered)
    await world.exchange.hang_up(FIRST, call)
    assert (await world.told(LegEnded)).call == call


async def a_lost_exchange_is_told_and_resynced(world: World) -> None:
    await world.told(Resynced)
    await world.exchange.seat(FIRST, {SERVICE: 0})
    is_gone = False
    async with world.gone():
        await world.told(Lost)
        try:
            await world.exchange.pause(FIRST, "lunch")
        except ExchangeGone:
            is_gone = True
    assert is_gone
    assert FIRST in {one.extension for one in (await world.told(Resynced)).snapshot.members}


PROMISES: Final[tuple[Promise, ...]] = (
    members_are_exactly_those_of_their_queues,
    seating_again_keeps_a_pause,
    a_pause_is_told_with_its_reason,
    a_paused_member_is_offered_nobody,
    who_is_in_no_queue_is_not_paused,
    a_queue_that_is_not_there_is_refused,
    a_queue_that_is_not_there_keeps_nobody_out_of_the_others,
    a_call_is_told_from_asking_to_its_end,
    a_leg_carries_the_reference_that_its_telephone_was_told,
    a_held_call_is_told,
    who_waits_can_be_seen_and_gives_up,
    ring_no_answer_goes_to_the_next,
    a_caller_who_is_turned_away_goes_to_the_next,
    the_higher_priority_goes_first,
    the_lower_penalty_goes_first,
    a_lead_listens_whispers_and_leaves,
    nobody_listens_where_nobody_talks,
    a_call_is_taken_over_from_listening_only,
    an_agents_part_of_a_call_is_ended,
    a_lost_exchange_is_told_and_resynced,
)
TRANSFER_PROMISES: Final[tuple[TransferPromise, ...]] = (*PROMISES, a_transfer_is_told_and_ends_ones_own_part)
