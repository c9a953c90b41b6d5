"""The server keeps the clocks of tickets: due when the policy says, still while one waits, each step once."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from agent_model.calendar import Calendar, Opening
from agent_model.clock import Measure, Step, StepKind
from agent_model.clock_policy import DEFAULT_POLICY, SlaPolicy, Target
from agent_model.clock_reckoning import Promises
from agent_model.customer import Tier
from agent_model.moment import from_text, to_text
from agent_model.ticket import TicketStatus
from agent_model.words import Words
from agent_server.clocks_sweep import ClockSweep
from agent_server.database import Database
from agent_server.importing.company_folder import BadSource
from agent_server.importing.sla import policy_in_force, put_in_force, with_holidays, with_targets
from agent_server.importing.sla_file import SHIPPED, read_holidays, read_policy
from agent_server.settings import Settings
from tests.in_process import ServerThread, a_customer, serving
from tests.server.conftest import NewSite, executed
from tests.server.workstation import Workstation

T = TypeVar("T")
HOUR = timedelta(hours=1)
STEPS = (Step(StepKind.WARN, 50), Step(StepKind.ESCALATE, 100), Step(StepKind.REPORT, None, 60))
ONE_HOUR = Target(Measure.RESOLUTION, 60, "always", steps=STEPS)
SELDOM = Calendar("dial", Words("", ""), "Asia/Shanghai", ((Opening("09:00", "10:00"),), *((),) * 6))
OFFICE = """
[[calendar]]
id = "office"
name = { zh = "工作时间", en = "Business hours" }
zone = "Asia/Shanghai"
holidays = "cn"
hours = { mon-fri = ["09:00-12:00", "13:00-18:00"] }

[[target]]
hours = 16
calendar = "office"
types = ["complaint"]
warn = ["50%", "-30min"]
escalate = ["100%"]
report = ["+2h"]
"""


def at_database(settings: Settings, work: Callable[[Database], Awaitable[T]]) -> T:
    async def working() -> T:
        database = Database(settings.database, pooled=False)
        try:
            return await work(database)
        finally:
            await database.close()

    return asyncio.run(working())


def decide(settings: Settings, changed: Callable[[SlaPolicy], SlaPolicy]) -> SlaPolicy | None:
    """What an administrator does at the console."""

    async def deciding(database: Database) -> SlaPolicy | None:
        async with database.writing() as connection:
            before = await policy_in_force(connection)
            return await put_in_force(database, connection, before, changed(before), datetime.now(UTC))

    return at_database(settings, deciding)


def promise(settings: Settings, *targets: Target) -> None:
    decide(settings, lambda before: replace(before, targets=targets))


def sweep(settings: Settings, now: datetime) -> int:
    async def sweeping(database: Database) -> int:
        return await ClockSweep(database, 1.0, lambda _heads: None, lambda: now).run()

    return at_database(settings, sweeping)


def written(seat: Workstation, **fields: Any) -> tuple[str, datetime]:
    """A new ticket, and when it was written by the server's clock."""
    now = seat.hello()["server_time"]
    wish = seat.ticket(**{"created_at": now, **fields})
    [answer] = seat.push(wish)
    assert answer["verdict"] == "applied", answer
    return wish["id"], from_text(now)


def change(seat: Workstation, ticket: str, at: datetime, **fields: Any) -> dict[str, Any]:
    row = body(seat, ticket)
    pairs = {name: [row[name], value] for name, value in fields.items()}
    [answer] = seat.push(seat.op("ticket", ticket, "update", pairs, base_version=100, occurred_at=to_text(at)))
    assert answer["verdict"] == "applied", answer
    return answer


def body(seat: Workstation, ticket: str) -> dict[str, Any]:
    seat.sync()
    told: dict[str, Any] = seat.row("ticket", ticket)["body"]
    return told


def resolution(row: dict[str, Any]) -> dict[str, Any]:
    [clock] = [one for one in row["clocks"]["clocks"] if one["measure"] == "resolution"]
    return dict(clock)


def test_ticket_runs_by_the_policy_in_force_and_keeps_it(seat: Workstation, server: ServerThread) -> None:
    old, since = written(seat)
    promise(server.settings, ONE_HOUR)
    new, at = written(seat)
    change(seat, old, since, priority="urgent")

    assert body(seat, old)["clocks"]["policy"] == "default"
    assert from_text(body(seat, old)["due_at"]) == since + 4 * HOUR
    assert body(seat, new)["clocks"]["policy"] == "sla-1"
    assert from_text(body(seat, new)["due_at"]) == at + HOUR


def test_same_policy_again_is_no_other_version(server: ServerThread) -> None:
    promise(server.settings, ONE_HOUR)
    promise(server.settings, ONE_HOUR)

    assert executed(server.settings, "SELECT id FROM sla_policy") == [("sla-1",)]


def test_policy_reaches_the_workstations(seat: Workstation, server: ServerThread) -> None:
    promise(server.settings, ONE_HOUR)
    seat.sync()

    assert seat.row("sla_policy", "sla-1")["body"]["targets"][0]["minutes"] == 60


def test_tier_of_the_customer_decides(new_site: NewSite) -> None:
    customers = (a_customer(1), a_customer(2, tier="diamond"))
    with serving(new_site(customers)) as server, Workstation(server.address, "lin.yue") as seat:
        promise(server.settings, replace(ONE_HOUR, minutes=30, tiers=(Tier.DIAMOND,)), ONE_HOUR)
        plain, _ = written(seat)
        dear, at = written(seat, customer_id="C-2")
        nobody, _ = written(seat, customer_id=None)
        change(seat, plain, at, customer_id="C-2")

        assert from_text(body(seat, dear)["due_at"]) == at + HOUR / 2
        assert body(seat, plain)["clocks"]["tier"] == body(seat, dear)["clocks"]["tier"] == "diamond"
        assert body(seat, nobody)["clocks"]["tier"] is None


def test_clock_stands_still_from_when_the_agent_said_so(seat: Workstation) -> None:
    ticket, at = written(seat, created_at=to_text(datetime.now(UTC) - 6 * HOUR))
    start = from_text(body(seat, ticket)["created_at"])
    change(seat, ticket, start + HOUR, status="waiting_customer")

    waiting = body(seat, ticket)
    assert (waiting["due_at"], waiting["step_at"], resolution(waiting)["left_s"]) == (None, None, 23 * 3600)

    change(seat, ticket, start + 4 * HOUR, status="in_progress")
    assert from_text(body(seat, ticket)["due_at"]) == start + 27 * HOUR
    assert at > start


def test_moment_that_was_agreed_stays(seat: Workstation) -> None:
    agreed = to_text(datetime.now(UTC) + 100 * HOUR)
    ticket, at = written(seat, due_at=agreed)
    change(seat, ticket, at, priority="urgent")
    assert body(seat, ticket)["due_at"] == agreed

    change(seat, ticket, at, due_at=None)
    assert from_text(body(seat, ticket)["due_at"]) == at + 4 * HOUR


def test_promise_of_a_ticket_that_is_over_is_not_made_easier_afterwards(seat: Workstation) -> None:
    ticket, _ = written(seat, priority="urgent", created_at=to_text(datetime.now(UTC) - 30 * HOUR))
    now = datetime.now(UTC)
    change(seat, ticket, now, status="resolved")
    late = body(seat, ticket)

    change(seat, ticket, now, priority="low")
    change(seat, ticket, now, due_at=to_text(now + 100 * HOUR))
    change(seat, ticket, now, status="closed", type="inquiry")

    after = body(seat, ticket)
    assert (after["priority"], after["status"]) == ("low", "closed")
    assert (after["due_at"], after["clocks"]) == (late["due_at"], late["clocks"])
    assert from_text(resolution(after)["met_at"]) > from_text(resolution(after)["due_at"])


def test_moment_that_was_agreed_for_another_age_holds_nobody_up(seat: Workstation, server: ServerThread) -> None:
    decide(server.settings, lambda before: with_targets(before, (replace(ONE_HOUR, calendar="dial"),), (SELDOM,)))
    began = time.monotonic()
    ticket, _ = written(seat, due_at="9999-12-31T23:59:59.000Z")

    assert body(seat, ticket)["due_at"] == "9999-12-31T23:59:59.000Z"
    assert time.monotonic() - began < 20


def test_solved_ticket_has_met_its_promise_and_takes_no_step(seat: Workstation, server: ServerThread) -> None:
    ticket, at = written(seat)
    change(seat, ticket, at + timedelta(seconds=30), status="resolved")

    solved = body(seat, ticket)
    assert resolution(solved)["met_at"] == to_text(at + timedelta(seconds=30))
    assert solved["step_at"] is None
    assert sweep(server.settings, at + 1000 * HOUR) == 0


def test_steps_are_written_into_the_ticket_once(seat: Workstation, server: ServerThread) -> None:
    promise(server.settings, ONE_HOUR)
    ticket, at = written(seat)
    moments = [at + HOUR / 3, at + HOUR / 2, at + HOUR / 2, at + HOUR, at + 3 * HOUR, at + 3 * HOUR]

    assert [sweep(server.settings, moment) for moment in moments] == [0, 1, 0, 1, 1, 0]
    taken = [(one["step"]["kind"], from_text(one["at"])) for one in resolution(body(seat, ticket))["taken"]]
    assert taken == [("warn", moments[1]), ("escalate", moments[3]), ("report", moments[4])]


def test_steps_of_a_night_without_server_are_taken_in_the_morning(seat: Workstation, server: ServerThread) -> None:
    promise(server.settings, ONE_HOUR)
    tickets = [written(seat)[0] for _ in range(3)]

    assert sweep(server.settings, datetime.now(UTC) + 12 * HOUR) == 9
    assert {len(resolution(body(seat, ticket))["taken"]) for ticket in tickets} == {3}


def test_steps_are_taken_once_by_several_processes(seat: Workstation, server: ServerThread) -> None:
    promise(server.settings, ONE_HOUR)
    seat.push(*(seat.ticket(created_at=to_text(datetime.now(UTC))) for _ in range(150)))
    later = datetime.now(UTC) + 12 * HOUR

    async def at_once() -> list[int]:
        databases = [Database(server.settings.database, pooled=False) for _ in range(4)]
        sweeps = [ClockSweep(one, 1.0, lambda _heads: None, lambda: later) for one in databases]
        try:
            return await asyncio.gather(*(one.run() for one in sweeps))
        finally:
            for one in databases:
                await one.close()

    assert sum(asyncio.run(at_once())) == 450
    seat.sync()
    rows = [row["body"] for (entity, _), row in seat.slices["queue:support"].items() if entity == "ticket"]
    assert [len(resolution(row)["taken"]) for row in rows] == [3] * 150


def test_running_server_takes_steps_and_tells_who_listens(new_site: NewSite) -> None:
    settings = replace(new_site((a_customer(1),)), clocks_every_s=0.05)
    with serving(settings) as server, Workstation(server.address, "lin.yue") as seat:
        promise(settings, ONE_HOUR)
        ticket, _ = written(seat, created_at=to_text(datetime.now(UTC) - 5 * HOUR))
        before = body(seat, ticket)
        while before["step_at"] is not None:
            before = body(seat, ticket)

        assert [one["step"]["kind"] for one in resolution(before)["taken"]] == ["warn", "escalate", "report"]


def test_author_may_not_set_clocks(seat: Workstation) -> None:
    ticket, _ = written(seat)
    clocks = body(seat, ticket)["clocks"]
    [created] = seat.push(seat.ticket(clocks=clocks))
    [changed] = seat.push(seat.op("ticket", ticket, "update", {"step_at": [None, None]}, base_version=1))

    assert (created["reason"], changed["reason"]) == ("not_allowed", "not_allowed")


def test_ticket_from_before_there_were_clocks_keeps_until_when_it_was_promised(
    seat: Workstation, server: ServerThread
) -> None:
    ticket, at = written(seat)
    due = to_text(at + 5 * HOUR)
    executed(
        server.settings,
        "UPDATE ticket SET clocks = NULL, step_at = NULL, due_at = :due WHERE id = :id",
        due=due,
        id=ticket,
    )
    change(seat, ticket, at, status="in_progress")

    assert body(seat, ticket)["due_at"] == resolution(body(seat, ticket))["agreed_at"] == due


def test_policy_file_says_what_it_means(tmp_path: Path) -> None:
    path = tmp_path / "sla.toml"
    path.write_text(OFFICE, encoding="utf-8")
    policy = with_targets(DEFAULT_POLICY, *read_policy(path))

    [target] = policy.targets
    kinds = [(step.kind, step.percent, step.minutes) for step in target.steps]
    assert kinds == [("warn", 50, 0), ("warn", None, -30), ("escalate", 100, 0), ("report", None, 120)]
    assert (target.minutes, target.pauses_while) == (960, (TicketStatus.WAITING_CUSTOMER,))
    assert [calendar.id for calendar in policy.calendars] == ["always", "office"]
    assert policy.calendars[1].week[5] == ()
    assert policy.holidays[0].years == (2024, 2025, 2026)


def test_example_of_the_manual_can_be_put_in_force(tmp_path: Path) -> None:
    manual = (Path(__file__).parents[2] / "docs" / "sla.md").read_text(encoding="utf-8")
    path = tmp_path / "sla.toml"
    path.write_text(manual.partition("```toml\n")[2].partition("```")[0], encoding="utf-8")
    promises = Promises(with_targets(DEFAULT_POLICY, *read_policy(path)))

    assert [(target.minutes, target.days) for target in promises.policy.targets] == [(960, 0), (2880, 0), (0, 5)]


@pytest.mark.parametrize(
    ("old", "new", "fact"),
    [
        ("hours = 16", "hour = 16", "unknown: hour"),
        ("hours = 16", "minutes = 0", "whole hours or minutes"),
        ('"complaint"', '"complaints"', "complaints"),
        ("mon-fri", "mon-fry", "no day of the week"),
        ("09:00-12:00", "9-12", "no hours such as"),
        ('"50%"', '"half"', "neither a share"),
        ("[[target]]", "[[targets]]", "unknown: targets"),
    ],
)
def test_fault_in_a_policy_file_is_named_with_its_place(tmp_path: Path, old: str, new: str, fact: str) -> None:
    path = tmp_path / "sla.toml"
    path.write_text(OFFICE.replace(old, new), encoding="utf-8")
    with pytest.raises(BadSource) as refused:
        read_policy(path)
    assert fact in refused.value.fact
    assert refused.value.place.startswith("sla.toml")


@pytest.mark.parametrize(
    ("old", "new", "place", "fact"),
    [
        ("Asia/Shanghai", "Asia/Atlantis", "office", "has a time zone that is not known here"),
        ('"cn"', '"mars"', "mars", "is named but not there"),
        ("09:00-12:00", "14:00-12:00", "office", "has hours that are not in order"),
        ('calendar = "office"', 'calendar = "night"', "night", "is named but not there"),
        ("hours = 16", "hours = 11000", "office", "is open so seldom that a target would take years"),
    ],
)
def test_policy_that_cannot_be_kept_is_not_put_in_force(
    new_site: NewSite, tmp_path: Path, old: str, new: str, place: str, fact: str
) -> None:
    settings = new_site()
    path = tmp_path / "sla.toml"
    path.write_text(OFFICE.replace(old, new), encoding="utf-8")
    with pytest.raises(BadSource) as refused:
        decide(settings, lambda before: with_targets(before, *read_policy(path)))
    assert (refused.value.place, refused.value.fact) == (place, fact)
    assert executed(settings, "SELECT id FROM sla_policy") == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_holidays_come_from_a_table_however_it_was_saved(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "2027.csv"
    path.write_text("日期,类型,名称\n2027/02/05,休,除夕\n2027-02-14,班,春节\n", encoding=encoding)
    first, second = read_holidays(path)

    assert (first.name, first.kind, second.kind) == ("除夕", "off", "work")


def test_year_of_holidays_takes_the_place_of_the_same_year_alone(tmp_path: Path) -> None:
    path = tmp_path / "2026.csv"
    path.write_text("date,kind,name\n2026-01-01,off,New Year\n", encoding="utf-8")
    shipped = with_holidays(DEFAULT_POLICY, "cn", read_holidays(SHIPPED / "cn.csv"))
    [changed] = with_holidays(shipped, "cn", read_holidays(path)).holidays

    assert changed.years == (2024, 2025, 2026)
    assert [special.name for special in changed.days if special.day.year == 2026] == ["New Year"]


@pytest.mark.parametrize("line", ["2026-02-30,off,x", "morgen,off,x", "2026-02-14,holiday,x", "2026-02-14"])
def test_line_that_is_no_holiday_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "days.csv"
    path.write_text(f"date,kind,name\n{line}\n", encoding="utf-8")
    with pytest.raises(BadSource) as refused:
        read_holidays(path)
    assert refused.value.place == "days.csv:2"
