"""How long a server takes to add up a day of a large centre, and whether boards and reports then say the same.

A day of calls and of agents' states is entered as the exchange and the workstations tell it, on PostgreSQL.
`aggregate_s` is a board that knows nothing yet: every queue, team and agent by quarters of an hour, and what contacts
say (solved first time, repeats, ratings); `reports_s` are the reports by interval, queue, agent and team. Then some of
it comes late: calls and contacts that were not entered yet, and what workstations that were offline tell of their
agents.
`difference` adds up how far board and reports are apart, over every figure of every queue, team and agent.
"""

import argparse
import asyncio
import contextlib
import json
import random
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from agent_model.agent import AgentState, QueueId, Spent
from agent_model.moment import to_text
from agent_server.database import Database
from agent_server.floor.contact_totals import fold_contacts
from agent_server.floor.event_log import END_OF_TIME, EventLog, fold, time_in, within
from agent_server.floor.live_totals import GROUPS, LiveTotals, Today
from agent_server.floor.measures import Fact, Source, Totals, quarters_of
from agent_server.floor.recorder import Line, Recorder
from agent_server.notices import InProcessBroker, Notice
from agent_server.probation.day_figures import Span
from agent_server.switch.port import Answered, Asked, CallId, ExchangeEvent, Extension, GaveUp, LegEnded, Offered
from agent_server.tables import contact, feed, scope_head
from tests.in_process import make_site
from tests.postgresql import Cluster

ZONE: Final = ZoneInfo("Asia/Shanghai")
OPENS: Final = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)
"""Eight in the morning in Shanghai."""
DAY: Final = OPENS.astimezone(ZONE).date()
OPEN_S: Final = 14 * 3600
QUEUES: Final = tuple(QueueId(f"queue-{n:02}") for n in range(30))
TEAMS: Final = tuple(f"team-{n:02}" for n in range(25))
LINES: Final[Mapping[str, Line]] = {queue: Line(TEAMS[n % len(TEAMS)], 20) for n, queue in enumerate(QUEUES)}
AT_ONCE: Final = 2000
LATE_SHARE: Final = 0.01
SLICE: Final = "segment:benchmark"


class Ears:
    """What the broker tells goes to the totals, as in a server."""

    def __init__(self, totals: LiveTotals) -> None:
        self._totals = totals

    def heard(self, notice: Notice, _process: str) -> None:
        self._totals.entered(notice["quarters"])

    def missed(self) -> None:
        self._totals.missed()


def main(argv: list[str]) -> int:
    options = _options(argv)
    with tempfile.TemporaryDirectory(prefix="bench-metrics-") as folder, contextlib.ExitStack() as leaving:
        cluster = None if options.sqlite else leaving.enter_context(Cluster())
        site = make_site(Path(folder), (), cluster)
        figures = asyncio.run(_measured(Database(site.database), options.calls, options.agents))
    if not options.json:
        print("\n".join(f"{name:>16} {figure}" for name, figure in figures.items()))
    print(json.dumps(figures))
    return 0 if figures["difference"] == 0 else 1


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks metrics", description=__doc__)
    parser.add_argument("--calls", type=int, default=100_000)
    parser.add_argument("--agents", type=int, default=500)
    parser.add_argument("--sqlite", action="store_true", help="in a file of SQLite, as in a small centre")
    parser.add_argument("--json", action="store_true", help="print nothing but one JSON object")
    return parser.parse_args(argv)


async def _measured(database: Database, calls: int, agents: int) -> dict[str, Any]:
    broker = InProcessBroker("benchmark")
    events = EventLog(database, broker)
    totals = LiveTotals(database, ZONE, lambda: OPENS + timedelta(seconds=OPEN_S + 3600))
    broker.open(Ears(totals))
    who = {Extension(str(1000 + n)): (f"agent-{n:03}", TEAMS[n % len(TEAMS)]) for n in range(agents)}
    recorder = Recorder(database, events, lambda: LINES, lambda one: who.get(one, ("", "")), 5.0)
    chance = random.Random(7)
    late = int(calls * LATE_SHARE)
    day = list(_calls(chance, calls, list(who)))
    try:
        began = time.monotonic()
        await _enter(recorder, day[late:])
        rows = await _states(events, chance, who)
        talks = [*_contacts(chance, calls, [agent_id for agent_id, _ in who.values()])]
        await _write(database, talks[late:])
        entered = time.monotonic()
        await totals.today()
        aggregated = time.monotonic()
        await _reports(database)
        reported = time.monotonic()
        await _enter(recorder, day[:late])
        await _told_late(database, events, who)
        await _write(database, talks[:late])
        await _feed(database, [line["id"] for line in talks[:late]])
        late_from = time.monotonic()
        board, reports = await totals.today(), await _reports(database)
        difference = _difference(board, reports)
        return {
            "calls": sum(one.asked for one in reports["queue"].values()),
            "states": rows,
            "enter_s": round(entered - began, 1),
            "aggregate_s": round(aggregated - entered, 2),
            "reports_s": round(reported - aggregated, 2),
            "after_late_s": round(time.monotonic() - late_from, 2),
            "difference": difference,
        }
    finally:
        await database.close()


def _calls(chance: random.Random, count: int, extensions: Sequence[Extension]) -> Iterator[tuple[ExchangeEvent, ...]]:
    for number in range(count):
        call, queue = CallId(f"call-{number}"), chance.choice(QUEUES)
        asked, waited = OPENS + timedelta(seconds=chance.uniform(0, OPEN_S)), chance.expovariate(1 / 15)
        settled = asked + timedelta(seconds=waited)
        if chance.random() < 0.08:
            yield Asked(asked, call, queue), GaveUp(settled, call, queue, waited)
            continue
        seat, talked = chance.choice(extensions), chance.uniform(30, 400)
        yield (
            Asked(asked, call, queue),
            Offered(settled - timedelta(seconds=min(waited, 3)), call, queue, seat),
            Answered(settled, call, queue, seat, waited),
            LegEnded(settled + timedelta(seconds=talked + 10), call, seat, talked, 10, queue),
        )


def _contacts(chance: random.Random, count: int, agents: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Of three customers one calls again."""
    for number in range(count):
        yield {
            "id": f"K-{number}",
            "version": 1,
            "customer_id": f"C-{chance.randrange(count * 3 // 4)}",
            "kind": "call_in",
            "at": to_text(OPENS + timedelta(seconds=chance.uniform(0, OPEN_S))),
            "title": "",
            "text": "",
            "agent": chance.choice(agents),
            "queue": chance.choice(QUEUES),
            "wrap_up_code": f"code-{chance.randrange(12)}",
            "rating": chance.choice([None, None, 4, 5]),
            "call_ref": f"call-{number}",
            "segment": "home",
        }


async def _write(database: Database, lines: Sequence[dict[str, Any]]) -> None:
    for start in range(0, len(lines), AT_ONCE):
        async with database.writing() as connection:
            await connection.execute(insert(contact), lines[start : start + AT_ONCE])


async def _feed(database: Database, contacts: Sequence[str]) -> None:
    """What came late stands in the feed of its slice, as everything that workstations write."""
    entries = [
        {"scope": SLICE, "seq": n, "entity": "contact", "row_id": id_, "kind": "put"}
        for n, id_ in enumerate(contacts, start=1)
    ]
    async with database.writing() as connection:
        await connection.execute(insert(feed), entries)
        await connection.execute(insert(scope_head), [{"scope": SLICE, "head": len(entries), "floor": 0}])


async def _enter(recorder: Recorder, calls: Sequence[tuple[ExchangeEvent, ...]]) -> None:
    for start in range(0, len(calls), AT_ONCE):
        for call in calls[start : start + AT_ONCE]:
            for event in call:
                recorder.hear("lab", event)
        await recorder.enter()


async def _states(events: EventLog, chance: random.Random, who: Mapping[Extension, tuple[str, str]]) -> int:
    """Each agent's shift, as the server guesses it of one whose workstation is gone for the last hour."""
    count = 0
    facts: list[Fact] = []
    for agent_id, team in who.values():
        at, until = OPENS, OPENS + timedelta(hours=8)
        while at < until:
            state = chance.choice([AgentState.READY, AgentState.ON_CALL, AgentState.AFTER_CALL_WORK, AgentState.BREAK])
            end = min(at + timedelta(seconds=chance.uniform(20, 600)), until)
            source = Source.TOLD if end < until - timedelta(hours=1) else Source.GUESSED
            facts += time_in(agent_id, team, state, "", at, end, source)
            at = end
        if len(facts) > AT_ONCE:
            await events.enter(facts)
            count, facts = count + len(facts), []
    await events.enter(facts)
    return count + len(facts)


async def _told_late(database: Database, events: EventLog, who: Mapping[Extension, tuple[str, str]]) -> None:
    for agent_id, _ in list(who.values())[::5]:
        since = OPENS + timedelta(hours=7, minutes=10)
        call = Spent(AgentState.ON_CALL, "", since, since + timedelta(minutes=20))
        lunch = Spent(AgentState.BREAK, "lunch", call.until, since + timedelta(minutes=45))
        async with database.writing() as connection:
            retold = await events.state_told(connection, agent_id, [call, lunch], END_OF_TIME)
        events.entered(retold.quarters)


async def _reports(database: Database) -> dict[str, dict[str, Totals]]:
    quarters = within(quarters_of(DAY, ZONE))
    span = Span.of_days(DAY, DAY + timedelta(days=1), ZONE)
    async with database.reading() as connection:
        await fold(connection, ("quarter",), [quarters])
        found: dict[str, dict[str, Totals]] = {}
        for name in GROUPS:
            found[name] = {key[0]: totals for key, totals in (await fold(connection, (name,), [quarters])).items()}
            for key, totals in (await fold_contacts(connection, (name,), span)).items():
                found[name][key[0]] = found[name].get(key[0], Totals()) + totals
    return found


def _difference(board: Today, reports: Mapping[str, Mapping[str, Totals]]) -> int:
    shown = {"queue": board.queues, "team": board.teams, "agent": board.agents}
    nothing = Totals()
    return sum(
        abs(getattr(shown[name].get(key, nothing), field.name) - getattr(report.get(key, nothing), field.name))
        for name, report in reports.items()
        for key in shown[name].keys() | report.keys()
        for field in fields(Totals)
    )
