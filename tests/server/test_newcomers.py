"""How newcomers do: counted from what the server holds, told to who leads them, beside their team."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert
from websockets.sync.client import connect

from agent_model.agent import AgentState
from agent_model.moment import to_text
from agent_server import tables
from agent_server.database import Database
from agent_server.floor.event_log import EventLog, time_in
from agent_server.floor.measures import Source
from agent_server.notices import InProcessBroker
from agent_server.probation.presence import Presence
from agent_server.probation.tally import Tally
from agent_server.settings import Settings
from tests.in_process import ServerThread, serving
from tests.server.conftest import NewSite, executed
from tests.server.workstation import Workstation

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
"""In Shanghai; a Friday."""
JOINED = date(2026, 11, 6)
HOME_TEAM = ("wang.qiang", "chen.jie", "zhao.lin")


def fill(settings: Settings, table: Any, rows: Sequence[dict[str, Any]]) -> None:
    async def working() -> None:
        database = Database(settings.database, pooled=False)
        try:
            async with database.writing() as connection:
                await connection.execute(insert(table), rows)
        finally:
            await database.close()

    asyncio.run(working())


def line(number: int, agent: str, at: datetime, customer: str = "C-1", **fields: Any) -> dict[str, Any]:
    usual = {"kind": "call_in", "title": "来电", "text": "", "wrap_up_code": "billing", "queue": "billing"}
    usual |= {"call_ref": f"call-{number}", "segment": "home"}
    return {
        "id": f"K-{number}",
        "version": 1,
        "customer_id": customer,
        "at": to_text(at),
        "agent": agent,
        **usual,
        **fields,
    }


def hours(agent: str, on: date, seconds: int, state: str = "ready") -> dict[str, Any]:
    return {"agent_id": agent, "day": on.isoformat(), "state": state, "seconds": seconds}


@contextmanager
def at_noon(settings: Settings) -> Iterator[ServerThread]:
    with serving(settings, now=lambda: NOON) as running:
        yield running


def join(seat: Workstation, agent: str = "lin.yue", on: date | None = JOINED) -> int:
    told = {"on": None if on is None else on.isoformat()}
    return seat.http.put(f"/v1/newcomers/{agent}", json=told).status_code


def count_days(settings: Settings) -> None:
    async def working() -> None:
        database = Database(settings.database, pooled=False)
        try:
            await Tally(database, settings.site_zone, lambda: NOON).run()
        finally:
            await database.close()

    asyncio.run(working())


def weeks_of(seat: Workstation, agent: str = "lin.yue") -> list[dict[str, Any]]:
    answer = seat.http.get("/v1/newcomers")
    assert answer.status_code == 200, answer.text
    [found] = [one for one in answer.json()["newcomers"] if one["agent"] == agent]
    return list(found["weeks"])


def test_weeks_count_what_was_handled_for_each_hour_signed_in(new_site: NewSite) -> None:
    settings = new_site()
    fill(
        settings, tables.contact, [line(n, "lin.yue", NOON - timedelta(days=n, hours=1), f"C-{n}") for n in range(1, 9)]
    )
    fill(settings, tables.agent_time, [hours("lin.yue", JOINED, 7200), hours("lin.yue", JOINED, 7200, "on_call")])
    with at_noon(settings) as running, Workstation(running.address, "zhou.min") as lead:
        assert join(lead) == 204
        first, second, third = weeks_of(lead)

    assert [(week["number"], week["since"]) for week in (first, second, third)] == [
        (1, "2026-11-06"),
        (2, "2026-11-13"),
        (3, "2026-11-20"),
    ]
    assert first["own"]["handled_per_hour"] == 1 / 4
    assert (first["counts"]["handled"], first["counts"]["quizzes"]) == (1, 0)
    assert second["own"]["handled_per_hour"] is None  # nobody knows for how long
    assert third["own"] == {"handled_per_hour": None, "first_contact": None, "quality": None, "quiz": None}


@pytest.mark.parametrize(
    ("again", "share"),
    [
        pytest.param({"days": 6}, 0.0, id="back within a week"),
        pytest.param({"days": 7, "minutes": 1}, 1.0, id="back later"),
        pytest.param({"days": 3, "wrap_up_code": "move"}, 1.0, id="about something else"),
        pytest.param({"days": 3, "customer": "C-2"}, 1.0, id="somebody else"),
        pytest.param({"days": 3, "kind": "call_out"}, 1.0, id="called by us"),
        pytest.param({"days": 0, "minutes": 3, "call_ref": "call-1"}, 0.0, id="sent on to a colleague"),
    ],
)
def test_first_contact_is_solved_when_nobody_comes_back_about_the_same(
    new_site: NewSite, again: dict[str, Any], share: float
) -> None:
    settings = new_site()
    at = NOON - timedelta(days=10)
    later = at + timedelta(days=again["days"], minutes=again.get("minutes", 0))
    fields = {name: value for name, value in again.items() if name not in ("days", "minutes")}
    fill(settings, tables.contact, [line(1, "lin.yue", at), line(2, "wang.qiang", later, **fields)])
    with at_noon(settings) as running, Workstation(running.address, "zhou.min") as lead:
        join(lead)
        assert weeks_of(lead)[0]["own"]["first_contact"] == share


def test_contact_that_is_itself_a_repeat_or_too_young_is_no_first_contact(new_site: NewSite) -> None:
    settings = new_site()
    before, repeat = NOON - timedelta(days=15), NOON - timedelta(days=10)
    young = line(3, "lin.yue", NOON - timedelta(days=6), "C-9")
    fill(settings, tables.contact, [line(1, "wang.qiang", before), line(2, "lin.yue", repeat), young])
    with at_noon(settings) as running, Workstation(running.address, "zhou.min") as lead:
        join(lead)
        assert [week["own"]["first_contact"] for week in weeks_of(lead)] == [None, None, None]


def test_median_is_of_three_settled_colleagues_of_the_team_at_least(new_site: NewSite) -> None:
    settings = new_site()
    per_hour = {"wang.qiang": 2, "sun.lei": 4, "he.jun": 9, "emma.clarke": 50}
    lines = [
        line(hash((agent, n)) % 10**9, agent, NOON - timedelta(days=13, minutes=n), f"C-{agent}-{n}")
        for agent, count in per_hour.items()
        for n in range(count)
    ]
    fill(settings, tables.contact, lines)
    fill(settings, tables.agent_time, [hours(agent, date(2026, 11, 7), 3600) for agent in per_hour])
    with at_noon(settings) as running, Workstation(running.address, "zhou.min") as lead:
        join(lead)
        week = weeks_of(lead)[0]
        join(lead, "he.jun", date(2026, 11, 1))
        without = weeks_of(lead)[0]

    assert (week["colleagues"], week["median"]["handled_per_hour"]) == (3, 4.0)
    assert (without["colleagues"], without["median"]["handled_per_hour"]) == (2, None)


def test_lead_sees_own_team_duty_manager_all_and_nobody_else_any(new_site: NewSite) -> None:
    with at_noon(new_site()) as running:
        seats = {name: Workstation(running.address, name) for name in ("zhou.min", "grace.miller", "lu.hai", "lin.yue")}
        told = {"home": join(seats["zhou.min"]), "business": join(seats["lu.hai"], "emma.clarke")}
        told |= {"other team": join(seats["grace.miller"]), "oneself": join(seats["lin.yue"])}
        told |= {"nobody": join(seats["lu.hai"], "no.body"), "tomorrow": join(seats["lu.hai"], on=date(2026, 11, 21))}
        answers = {name: seat.http.get("/v1/newcomers") for name, seat in seats.items()}
        for seat in seats.values():
            seat.close()

    assert told == {"home": 204, "business": 204, "other team": 403, "oneself": 403, "nobody": 404, "tomorrow": 422}
    assert answers["lin.yue"].status_code == 403
    seen = {name: [one["agent"] for one in answers[name].json()["newcomers"]] for name in ("zhou.min", "grace.miller")}
    assert seen == {"zhou.min": ["lin.yue"], "grace.miller": ["emma.clarke"]}
    assert [one["agent"] for one in answers["lu.hai"].json()["newcomers"]] == ["emma.clarke", "lin.yue"]
    assert answers["lu.hai"].json()["has_inspections"] is False


def test_reading_and_saying_since_when_stand_in_the_audit_trail(new_site: NewSite) -> None:
    settings = new_site()
    with at_noon(settings) as running, Workstation(running.address, "zhou.min") as lead:
        join(lead)
        weeks_of(lead)
        join(lead, on=None)
        assert lead.http.get("/v1/newcomers").json()["newcomers"] == []

    lines = executed(settings, "SELECT deed, who, subject, field FROM audit_line ORDER BY seq")
    assert [tuple(one) for one in lines if one[0] != "signed_in"] == [
        ("joining_told", "zhou.min", "lin.yue", "2026-11-06"),
        ("newcomers_read", "zhou.min", "lin.yue", ""),
        ("joining_told", "zhou.min", "lin.yue", ""),
    ]


def test_time_in_states_is_kept_by_day_when_a_state_ends(new_site: NewSite) -> None:
    settings = replace(new_site(), offline_after_s=60)  # nobody is taken for gone meanwhile
    clock = [datetime(2026, 11, 20, 15, 59, tzinfo=UTC)]
    with (
        serving(settings, now=lambda: clock[0]) as running,
        Workstation(running.address, "lin.yue") as seat,
        connect(
            running.address.replace("http", "ws") + "/sync/v1/live",
            additional_headers={"Authorization": f"Bearer {seat.access}"},
        ) as socket,
    ):
        for state, minutes in ((AgentState.READY, 3), (AgentState.BREAK, 10), (AgentState.READY, 1)):
            socket.send(f'{{"type": "state", "state": "{state.value}"}}')
            while f'"{state.value}"' not in str(socket.recv(timeout=10)):
                pass
            clock[0] += timedelta(minutes=minutes)
    kept = executed(
        settings, "SELECT day, state, seconds FROM agent_time WHERE agent_id = 'lin.yue' ORDER BY day, state"
    )
    assert kept == [("2026-11-20", "ready", 60), ("2026-11-21", "break", 600), ("2026-11-21", "ready", 120)]


def test_state_that_was_forgotten_counts_no_longer_than_a_shift(new_site: NewSite) -> None:
    settings = new_site()
    since = NOON - timedelta(days=3)
    fill(settings, tables.agent_state, [{"agent_id": "lin.yue", "state": "ready", "since": to_text(since)}])

    async def ends() -> None:
        database = Database(settings.database, pooled=False)
        try:
            async with database.writing() as connection:
                events = EventLog(database, InProcessBroker("here"))
                presence = Presence(database, settings.site_zone, events)
                await presence.ends(connection, "lin.yue", NOON, is_told=True)
        finally:
            await database.close()

    asyncio.run(ends())
    assert executed(settings, "SELECT day, seconds FROM agent_time ORDER BY day") == [("2026-11-17", 12 * 3600)]
    assert executed(settings, "SELECT sum(span_ms), sum(count) FROM floor_event") == [(12 * 3_600_000, 1)]


def test_log_of_the_floor_is_kept_for_four_hundred_days(new_site: NewSite) -> None:
    settings = new_site()

    async def enter() -> None:
        database = Database(settings.database, pooled=False)
        try:
            async with database.writing() as connection:
                for days in (399, 401):
                    begin = NOON - timedelta(days=days)
                    facts = time_in("lin.yue", "home", AgentState.READY, "", begin, begin + timedelta(1), Source.TOLD)
                    await EventLog(database, InProcessBroker("here")).enter_in(connection, facts[:1])
        finally:
            await database.close()

    asyncio.run(enter())
    count_days(settings)
    assert executed(settings, "SELECT at FROM floor_event") == [(to_text(NOON - timedelta(days=399)),)]


def test_thirteen_weeks_of_a_hundred_agents_are_told_at_once(new_site: NewSite) -> None:
    """What it must reach is a second; a busy machine has ten."""
    settings = new_site()
    agents = [f"agent-{n:03}" for n in range(100)]
    person = {"version": 1, "name": {"zh": "新人", "en": "New"}, "role": "agent", "extension": "", "team": "home"}
    fill(settings, tables.agent, [{**person, "id": a, "login": a, "queues": [], "languages": []} for a in agents])
    fill(
        settings,
        tables.contact,
        [
            line(
                day * 10**5 + n * 100 + nth,
                agent,
                NOON - timedelta(days=day, minutes=nth),
                f"C-{(nth * 7 + n) % 4000}-{day % 9}",
            )
            for day in range(1, 90)
            for n, agent in enumerate(agents)
            for nth in range(10)
        ],
    )
    days = [(NOON - timedelta(days=day)).date() for day in range(1, 90)]
    fill(settings, tables.agent_time, [hours(agent, day, 8 * 3600) for agent in agents for day in days])
    fill(
        settings,
        tables.newcomer,
        [
            {"agent_id": a, "joined_on": "2026-08-24", "told_by": "zhou.min", "told_at": to_text(NOON)}
            for a in agents[:20]
        ],
    )
    count_days(settings)
    with at_noon(settings) as running, Workstation(running.address, "zhou.min") as lead:
        began = time.perf_counter()
        answer = lead.http.get("/v1/newcomers")
        took_s = time.perf_counter() - began
    told = answer.json()["newcomers"]
    assert [week["own"]["handled_per_hour"] for week in told[0]["weeks"]] == [1.25] * 13
    assert len(told) == 20
    assert [len(one["weeks"]) for one in told] == [13] * 20
    assert told[0]["weeks"][0]["colleagues"] == 80
    assert took_s < 10


def test_days_that_were_counted_once_tell_the_same(new_site: NewSite) -> None:
    settings = new_site()
    calls = [line(n, "lin.yue", NOON - timedelta(days=n, minutes=n), f"C-{n}") for n in range(14)]
    fill(settings, tables.contact, calls)
    fill(settings, tables.agent_time, [hours("lin.yue", JOINED + timedelta(days=n), 3600) for n in range(14)])
    with at_noon(settings) as running, Workstation(running.address, "zhou.min") as lead:
        join(lead)
        fresh = weeks_of(lead)
        count_days(settings)
        executed(settings, "DELETE FROM contact WHERE at < '2026-11-11'")
        assert weeks_of(lead) == fresh
        count_days(settings)
        assert weeks_of(lead) == fresh


def test_quizzes_are_the_mean_of_what_was_handed_in_that_week(new_site: NewSite) -> None:
    settings = new_site()
    at = to_text(NOON - timedelta(days=13))
    usual = {"version": 1, "assignment": "as-1", "quiz": "qz-1", "agent": "lin.yue", "team": "home", "nth": 1}
    usual |= {"is_passed": True, "marks": [], "started_at": at, "finished_at": at, "elapsed_s": 60, "judged_at": at}
    usual |= {"is_late": False, "is_over_time": False}
    fill(settings, tables.quiz_result, [{**usual, "id": f"p-{score}", "score": score} for score in (70, 95)])
    with at_noon(settings) as running, Workstation(running.address, "zhou.min") as lead:
        join(lead)
        assert [week["own"]["quiz"] for week in weeks_of(lead)] == [82.5, None, None]
