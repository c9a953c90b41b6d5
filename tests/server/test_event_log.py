"""What happens on the floor is entered once, and boards and reports add up the same rows of it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, update

from agent_model.agent import AgentState, QueueId, Spent, StateEntry
from agent_server import tables
from agent_server.database import Database
from agent_server.floor.contact_totals import fold_contacts
from agent_server.floor.event_log import END_OF_TIME, EventLog, fold, within, without
from agent_server.floor.live_totals import LiveTotals, Today
from agent_server.floor.measures import Totals, pieces, quarter_of, quarters_of
from agent_server.floor.recorder import Line, Recorder
from agent_server.notices import InProcessBroker, Notice
from agent_server.probation.day_figures import Span
from agent_server.settings import Settings
from agent_server.switch.port import (
    Answered,
    Asked,
    CallId,
    ExchangeEvent,
    Extension,
    GaveUp,
    LegEnded,
    Offered,
    Overflowed,
    RangOut,
    Resynced,
    Snapshot,
    Waiting,
)
from tests.server.conftest import NewSite, executed
from tests.server.test_newcomers import fill
from tests.server.test_newcomers import line as contact_line

T = TypeVar("T")
NINE = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
"""In Shanghai."""
ZONE = ZoneInfo("Asia/Shanghai")
SUPPORT = QueueId("support")
DESK = Extension("1001")
LINES = {"support": Line("home", 20), "vip": Line("home", 10)}
WHO = {DESK: ("lin.yue", "home")}


def at(seconds: float) -> datetime:
    return NINE + timedelta(seconds=seconds)


class Log:
    """One process: the log, who enters in it, and the totals of today."""

    def __init__(self, database: Database, broker: InProcessBroker, now: Callable[[], datetime]) -> None:
        self.database = database
        self.events = EventLog(database, broker)
        self.recorder = self.new_recorder()
        self.totals = LiveTotals(database, ZONE, now)
        broker.open(self)

    def new_recorder(self) -> Recorder:
        return Recorder(self.database, self.events, lambda: LINES, lambda one: WHO.get(one, ("", "")), 5.0)

    async def hear(self, *told: ExchangeEvent) -> None:
        for event in told:
            self.recorder.hear("lab", event)
        await self.recorder.enter()

    async def state(self, state: AgentState, since: datetime, until: datetime, *, is_told: bool) -> None:
        entry = StateEntry(state, since)
        async with self.database.writing() as connection:
            await self.events.state_ended(connection, "lin.yue", entry, until, is_told)
        self.totals.state_is("lin.yue", entry)
        self.totals.state_is("lin.yue", StateEntry(AgentState.OFFLINE, until))

    async def told(self, spent: Sequence[Spent]) -> None:
        async with self.database.writing() as connection:
            retold = await self.events.state_told(connection, "lin.yue", spent, END_OF_TIME)
        self.events.entered(retold.quarters)

    async def report(self, by: Sequence[str] = ("queue",)) -> dict[tuple[Any, ...], Totals]:
        async with self.database.reading() as connection:
            return await fold(connection, by, [within(quarters_of(NINE.astimezone(ZONE).date(), ZONE))])

    async def today(self) -> Today:
        return await self.totals.today()

    def heard(self, notice: Notice, _process: str) -> None:
        self.totals.entered(notice["quarters"])

    def missed(self) -> None:
        self.totals.missed()


def with_log(settings: Settings, work: Callable[[Log], Awaitable[T]]) -> T:
    async def working() -> T:
        database = Database(settings.database, pooled=False)
        try:
            return await work(Log(database, InProcessBroker("here"), lambda: at(4 * 3600)))
        finally:
            await database.close()

    return asyncio.run(working())


def call(name: str, asked: float, waited: float, talked: float = 60, held: float = 0) -> tuple[ExchangeEvent, ...]:
    one = CallId(name)
    return (
        Asked(at(asked), one, SUPPORT),
        Offered(at(asked + waited - 1), one, SUPPORT, DESK),
        Answered(at(asked + waited), one, SUPPORT, DESK, waited),
        LegEnded(at(asked + waited + talked + held), one, DESK, talked, held, SUPPORT),
    )


def test_calls_add_up_to_the_figures_of_their_queue(new_site: NewSite) -> None:
    async def work(log: Log) -> Totals:
        await log.hear(*call("a", 0, 10), *call("b", 5, 30, 100, 20))
        await log.hear(Asked(at(9), CallId("c"), SUPPORT), GaveUp(at(12), CallId("c"), SUPPORT, 3))
        await log.hear(Asked(at(9), CallId("d"), SUPPORT), GaveUp(at(69), CallId("d"), SUPPORT, 60))
        await log.hear(Asked(at(9), CallId("e"), SUPPORT), RangOut(at(29), CallId("e"), SUPPORT, DESK, 15))
        await log.hear(Overflowed(at(99), CallId("e"), SUPPORT, 90))
        return (await log.today()).queues["support"]

    totals = with_log(new_site(), work)

    assert (totals.asked, totals.offered, totals.answered, totals.in_time) == (5, 2, 2, 1)
    assert (totals.gave_up, totals.gave_up_short, totals.overflowed, totals.rang_out) == (2, 1, 1, 1)
    sums = totals.sums
    assert (sums.service_level, sums.abandon_rate, sums.connect_rate) == (1 / 4, 1 / 4, 2 / 4)
    assert (sums.answer_speed_s, sums.talk_s, sums.hold_s) == (20, 80, 10)


def test_a_call_counts_where_its_caller_asked_though_it_ended_later(new_site: NewSite) -> None:
    async def work(log: Log) -> dict[tuple[Any, ...], Totals]:
        await log.hear(*call("a", 890, 40, 600))
        return await log.report(("quarter",))

    found = with_log(new_site(), work)

    assert list(found) == [(quarter_of(NINE),)]
    assert (found[quarter_of(NINE),].asked, found[quarter_of(NINE),].ended) == (1, 1)


def test_what_is_told_twice_counts_once(new_site: NewSite) -> None:
    async def work(log: Log) -> tuple[Totals, Totals]:
        await log.hear(*call("a", 0, 10))
        once = (await log.today()).queues["support"]
        log.recorder = log.new_recorder()
        await log.hear(*call("a", 0, 10))
        return once, (await log.today()).queues["support"]

    once, twice = with_log(new_site(), work)

    assert once == twice
    assert once.asked == 1


def test_process_that_takes_over_the_lead_finds_where_a_call_counts(new_site: NewSite) -> None:
    async def work(log: Log) -> dict[tuple[Any, ...], Totals]:
        *begun, ended = call("a", 890, 5, 600)
        await log.hear(*begun)
        log.recorder = log.new_recorder()
        waiting = Waiting(CallId("a"), SUPPORT, at(890))
        await log.hear(Resynced(at(950), Snapshot(waiting=(waiting,))), ended)
        return await log.report(("quarter",))

    found = with_log(new_site(), work)

    assert {quarter: (one.asked, one.ended) for (quarter,), one in found.items()} == {quarter_of(NINE): (1, 1)}


def test_live_figures_are_the_report_to_the_last_call_also_after_late_entries(new_site: NewSite) -> None:
    async def work(log: Log) -> list[tuple[dict[str, Totals], dict[str, Totals]]]:
        seen = []
        for begin in (0, 3600, 60, 7200):
            await log.hear(*(event for n in range(5) for event in call(f"{begin}-{n}", begin + n, 7.3 * n, 61.7)))
            await log.state(AgentState.READY, at(begin), at(begin + 2000), is_told=False)
            await log.told([Spent(AgentState.BREAK, "lunch", at(begin + 100), at(begin + 950))])
            today = await log.today()
            for by, live in (("queue", today.queues), ("agent", today.agents), ("team", today.teams)):
                report = {key[0]: one for key, one in (await log.report((by,))).items()}
                seen.append((dict(live), report))
        return seen

    for live, report in with_log(new_site(), work):
        assert live == report


def test_time_in_states_is_never_counted_twice(new_site: NewSite) -> None:
    async def work(log: Log) -> Totals:
        await log.state(AgentState.READY, at(0), at(1200), is_told=False)
        told = [
            Spent(AgentState.ON_CALL, "", at(300), at(700)),
            Spent(AgentState.AFTER_CALL_WORK, "", at(700), at(760)),
            Spent(AgentState.READY, "", at(760), at(1500)),
        ]
        await log.told(told)
        await log.told(told)
        await log.state(AgentState.BREAK, at(1400), at(1600), is_told=True)
        return (await log.today()).agents["lin.yue"]

    totals = with_log(new_site(), work)

    assert (totals.on_call_ms, totals.wrapped_ms, totals.break_ms) == (400_000, 60_000, 100_000)
    assert totals.ready_ms == 300_000 + 740_000


def test_state_somebody_is_in_counts_from_its_beginning(new_site: NewSite) -> None:
    async def work(log: Log) -> Today:
        log.totals.state_is("lin.yue", StateEntry(AgentState.BREAK, at(4 * 3600 - 300), "lunch"))
        return await log.today()

    today = with_log(new_site(), work)

    assert today.agents["lin.yue"].break_ms == today.teams["home"].break_ms == 300_000


def test_after_call_work_is_the_queues_of_the_call_before_it(new_site: NewSite) -> None:
    async def work(log: Log) -> Today:
        await log.hear(*call("a", 0, 10, 60))
        await log.state(AgentState.AFTER_CALL_WORK, at(70), at(100), is_told=True)
        await log.state(AgentState.AFTER_CALL_WORK, at(1000), at(1100), is_told=True)
        return await log.today()

    today = with_log(new_site(), work)

    assert today.queues["support"].sums.handle_s == 90
    assert today.agents["lin.yue"].wrapped_ms == 130_000


def test_contacts_tell_who_came_again_and_who_rated(new_site: NewSite) -> None:
    settings = new_site()
    lines = [
        contact_line(2, "lin.yue", at(0), "C-1", rating=5),
        contact_line(1, "lin.yue", NINE - timedelta(days=2), "C-1", rating=None),
        contact_line(3, "lin.yue", at(60), "C-2", rating=None),
        contact_line(4, "lin.yue", at(120), "C-3", kind="call_out", rating=None),
    ]
    fill(settings, tables.contact, lines)

    today = with_log(settings, lambda log: log.today())

    sums = today.agents["lin.yue"].sums
    assert (sums.judged, sums.repeats, sums.solved_first, sums.rated, sums.dialled) == (2, 1, 1, 1, 1)
    assert today.queues["billing"] == today.teams["home"] == today.agents["lin.yue"]


def test_contact_that_comes_late_makes_the_one_after_it_a_repeat_at_once(new_site: NewSite) -> None:
    settings = new_site()
    fill(settings, tables.contact, [contact_line(1, "lin.yue", at(0), "C-1", rating=None)])

    async def work(log: Log) -> tuple[Today, Today, Totals]:
        before = await log.today()
        line = contact_line(2, "chen.jing", NINE - timedelta(days=1), "C-1", rating=None)
        told = {"scope": "segment:home", "seq": 1, "entity": "contact", "row_id": line["id"], "kind": "put"}
        async with log.database.writing() as connection:
            await connection.execute(insert(tables.contact), [line])
            await connection.execute(insert(tables.feed), [told])
            head = {"scope": told["scope"], "head": 1, "floor": 0}
            await connection.execute(insert(tables.scope_head), [head])
        day = NINE.astimezone(ZONE).date()
        async with log.database.reading() as connection:
            span = Span.of_days(day, day + timedelta(days=1), ZONE)
            return before, await log.today(), (await fold_contacts(connection, ("agent",), span))["lin.yue",]

    before, after, report = with_log(settings, work)

    assert (before.agents["lin.yue"].solved_first, before.agents["lin.yue"].repeats) == (1, 0)
    assert (after.agents["lin.yue"].solved_first, after.agents["lin.yue"].repeats) == (0, 1)
    assert after.agents["lin.yue"] == report


def test_contact_that_was_given_to_another_customer_counts_there(new_site: NewSite) -> None:
    settings = new_site()
    first, second = (contact_line(n, "lin.yue", at(n * 60), f"C-{n}", rating=None) for n in (1, 2))
    fill(settings, tables.contact, [first, second])

    async def work(log: Log) -> tuple[Today, Today]:
        before = await log.today()
        told = {"scope": "segment:home", "seq": 1, "entity": "contact", "row_id": first["id"], "kind": "put"}
        async with log.database.writing() as connection:
            await connection.execute(update(tables.contact).values(customer_id="C-2"))
            await connection.execute(insert(tables.feed), [told])
            await connection.execute(insert(tables.scope_head), [{"scope": told["scope"], "head": 1, "floor": 0}])
        return before, await log.today()

    before, after = with_log(settings, work)

    assert (before.queues["billing"].solved_first, before.queues["billing"].repeats) == (2, 0)
    assert (after.queues["billing"].solved_first, after.queues["billing"].repeats) == (0, 1)


def test_rows_say_nothing_of_who_called(new_site: NewSite) -> None:
    settings = new_site()

    async def work(log: Log) -> None:
        await log.hear(Asked(NINE, CallId("a"), SUPPORT, "13800138000", "4008001234", path="1-2"))

    with_log(settings, work)

    [row] = executed(settings, "SELECT * FROM floor_event")
    assert not [value for value in row if "138" in str(value) or "4008" in str(value)]


@pytest.mark.parametrize(
    ("taken", "left"),
    [
        pytest.param([(0, 100)], [], id="all"),
        pytest.param([(20, 30)], [(0, 20), (30, 100)], id="the middle"),
        pytest.param([(-5, 10), (90, 200)], [(10, 90)], id="both ends"),
        pytest.param([(100, 200)], [(0, 100)], id="nothing"),
    ],
)
def test_span_without_what_others_take(taken: list[tuple[int, int]], left: list[tuple[int, int]]) -> None:
    found = without((at(0), at(100)), [(at(since), at(until)) for since, until in taken])
    assert found == [(at(since), at(until)) for since, until in left]


def test_pieces_of_a_span_add_up_to_it() -> None:
    since, until = NINE + timedelta(microseconds=123_456), NINE + timedelta(hours=1, microseconds=999)
    cut = list(pieces(since, until))
    assert [quarter - quarter_of(NINE) for quarter, _, _ in cut] == [0, 1, 2, 3, 4]
    assert sum(span_ms for _, _, span_ms in cut) == 3_600_000 - 123
