"""Plans of shifts at the server: who brings them in, how they are kept, and that board and report say the same."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent_model.agent import Role
from agent_server.__main__ import main
from agent_server.scopes import Person
from tests.in_process import ServerThread, serving, until
from tests.server.conftest import NewSite, executed
from tests.server.test_live import Listen
from tests.server.test_live import listen as listen
from tests.server.test_told_states import told
from tests.server.workstation import Workstation

PLANS = "/floor/v1/shift-plans"
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
"""In Shanghai; a Monday."""
DAY = "2026-11-23"
WORK = {"what": "work", "since": "09:00", "until": "18:00"}
LUNCH = {"what": "break", "since": "13:00", "until": "13:30"}
LEAD = Person("zhou.min", Role.TEAM_LEAD, "home", ())
MANAGER = Person("lu.hai", Role.DUTY_MANAGER, "", ())
AGENT = Person("lin.yue", Role.AGENT, "home", ())
READY = {"type": "state", "state": "ready", "reason": None, "until": None}


class Clock:
    """Stands until somebody sets it on."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(new_site: NewSite, clock: Clock) -> Iterator[ServerThread]:
    settings = replace(new_site(), plans_every_s=0.2)
    with serving(settings, now=clock) as running:
        yield running


def put(seat: Workstation, *shifts: dict[str, Any], is_tried: bool = False) -> dict[str, Any]:
    answer = seat.http.put(PLANS, json={"shifts": list(shifts), "is_tried": is_tried})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def shift(agent: str = "lin.yue", day: str = DAY, spans: Sequence[dict[str, str]] = (WORK, LUNCH)) -> dict[str, Any]:
    return {"agent": agent, "day": day, "spans": list(spans)}


def kept(seat: Workstation, first: str = DAY, last: str = DAY) -> dict[tuple[str, str], list[str]]:
    answer = seat.http.get(f"{PLANS}?first={first}&last={last}").json()
    assert answer["zone"] == "Asia/Shanghai"
    return {
        (one["agent"], one["day"]): [f"{span['what']} {span['since']}-{span['until']}" for span in one["spans"]]
        for one in answer["shifts"]
    }


def adherence(seat: Workstation, kind: str = "agent", first: str = DAY, last: str = DAY) -> dict[str, float | None]:
    told = seat.http.get(f"/floor/v1/reports/{kind}?first={first}&last={last}").json()
    place = told["columns"].index("adherence")
    return {row[0]: row[place] for row in told["now"]["rows"]}


def settle(server: ServerThread) -> None:
    work = server.app_server.shift_plans.settle()
    asyncio.run_coroutine_threadsafe(work, server._uvicorn._loop).result(10)


@pytest.fixture
def lead(server: ServerThread) -> Iterator[Workstation]:
    with Workstation(server.address, "zhou.min") as seat:
        yield seat


@pytest.fixture
def seat(server: ServerThread) -> Iterator[Workstation]:
    with Workstation(server.address, "lin.yue") as seat:
        yield seat


def test_day_of_an_agent_takes_the_place_of_what_was_planned(lead: Workstation) -> None:
    assert put(lead, shift(), is_tried=True)["new"] == 1
    assert kept(lead) == {}
    assert put(lead, shift()) == {"new": 1, "changed": 0, "same": 0, "cleared": 0, "refused": []}
    assert kept(lead) == {("lin.yue", DAY): ["work 09:00-13:00", "break 13:00-13:30", "work 13:30-18:00"]}
    assert put(lead, shift())["same"] == 1
    assert put(lead, shift(spans=[WORK]))["changed"] == 1
    assert kept(lead) == {("lin.yue", DAY): ["work 09:00-18:00"]}
    assert put(lead, shift(spans=[]))["cleared"] == 1
    assert kept(lead) == {}


def test_lead_plans_the_own_team_and_nobody_below_a_lead_plans(server: ServerThread, lead: Workstation) -> None:
    assert put(lead, shift("luo.tao"))["refused"] == [{"nth": 0, "code": "not_your_team"}]
    with Workstation(server.address, "lu.hai") as manager, Workstation(server.address, "admin") as it:
        assert put(manager, shift("luo.tao"), shift())["new"] == 2
        assert put(it, shift("luo.tao"))["same"] == 1
        assert {agent for agent, _ in kept(manager)} == {"lin.yue", "luo.tao"}
        assert {agent for agent, _ in kept(lead)} == {"lin.yue"}
        assert lead.http.get(f"{PLANS}?first={DAY}&last={DAY}&team=business").status_code == 403
    with Workstation(server.address, "lin.yue") as agent:
        assert agent.http.put(PLANS, json={"shifts": []}).status_code == 403
        assert agent.http.get(f"{PLANS}?first={DAY}&last={DAY}").status_code == 403
    lines = executed(server.settings, "SELECT who, subject, reason FROM audit_line WHERE deed = 'shifts_planned'")
    assert [tuple(line) for line in lines] == [("lu.hai", f"{DAY}..{DAY}", "2 of 2")]


def test_what_is_refused_says_why_and_the_others_are_taken(lead: Workstation) -> None:
    night = {"what": "work", "since": "22:00", "until": "10:00"}
    found = put(
        lead,
        shift("nobody"),
        shift(day="2029-01-01"),
        shift(spans=[WORK, WORK]),
        shift(day="2026-11-22", spans=[night]),
        shift("1001"),
        shift("1001", day="2026-11-30"),
        shift(day="2026-11-30"),
    )
    assert {one["nth"]: one["code"] for one in found["refused"]} == {
        0: "unknown_agent", 1: "too_far", 2: "overlap", 3: "other_day", 4: "other_day", 6: "twice",
    }  # fmt: skip
    assert kept(lead, DAY, "2026-11-30").keys() == {("lin.yue", "2026-11-30")}


@pytest.mark.parametrize(
    "spans",
    [
        [{"what": "work", "since": "nine", "until": "18:00"}],
        [{"what": "dance", "since": "09:00", "until": "18:00"}],
        [WORK] * 49,
    ],
    ids=["no clock", "no plan", "many"],
)
def test_garbled_plans_are_refused_whole(lead: Workstation, spans: list[dict[str, str]]) -> None:
    assert lead.http.put(PLANS, json={"shifts": [shift(), shift(spans=spans)]}).status_code == 422
    assert kept(lead) == {}


def test_board_says_since_when_who_is_late_and_hears_of_coming(
    lead: Workstation, seat: Workstation, listen: Listen, clock: Clock
) -> None:
    ear, board = listen(seat), listen(lead)
    put(lead, shift())
    late = board.next("adherence", agent="lin.yue")
    assert (late["is_late"], late["out_since"], late["planned"]) == (True, "2026-11-23T01:00:00.000Z", "work")
    assert late["so_far"] == {"planned_ms": 3 * 3600_000, "kept_ms": 0}
    assert ear.next("adherence", agent="lin.yue") == late
    ear.say(READY)
    assert board.next("adherence", agent="lin.yue")["out_since"] is None
    clock.at += timedelta(hours=1, minutes=10)
    out = board.next("adherence", planned="break", is_late=False)
    assert out["out_since"] == out["times"][1]["since"] == "2026-11-23T05:00:00.000Z"
    assert out["so_far"]["kept_ms"] == 3600_000


def test_board_hears_when_nothing_is_planned_any_more(lead: Workstation, listen: Listen) -> None:
    board = listen(lead)
    put(lead, shift())
    board.next("adherence", day=DAY)
    put(lead, shift(spans=[]))
    assert board.next("adherence", day=None)["agent"] == "lin.yue"


def test_who_comes_is_told_what_was_told_before(lead: Workstation, listen: Listen) -> None:
    first = listen(lead)
    put(lead, shift())
    told_then = first.next("adherence")
    assert listen(lead).next("adherence") == told_then


def test_nobody_hears_of_another_team_or_of_colleagues(server: ServerThread) -> None:
    with Workstation(server.address, "lu.hai") as manager:
        put(manager, shift("luo.tao"), shift("wang.qiang"))
    seen = server.app_server.adhering
    until(lambda: len(seen.seen_by(MANAGER)) == 2)
    people = {"lu.hai": MANAGER, "zhou.min": LEAD, "lin.yue": AGENT, "luo.tao": replace(AGENT, id="luo.tao")}
    told_to = {one: {str(message["agent"]) for message in seen.seen_by(person)} for one, person in people.items()}
    assert told_to == {
        "lu.hai": {"luo.tao", "wang.qiang"}, "zhou.min": {"wang.qiang"}, "lin.yue": set(), "luo.tao": {"luo.tao"},
    }  # fmt: skip


def test_report_says_what_the_board_says_also_after_a_workstation_told(
    server: ServerThread, lead: Workstation, seat: Workstation, listen: Listen, clock: Clock
) -> None:
    board = listen(lead)
    put(lead, shift(spans=[{"what": "work", "since": "08:00", "until": "12:00"}]))
    board.next("adherence", agent="lin.yue")
    assert adherence(lead) == {"lin.yue": 0}
    ear = listen(seat)
    ear.say(told(NOON, ("ready", "", 180, 60), ("break", "short", 60, 30), since=30))
    ear.next("states_taken")
    live = board.next("adherence", is_late=False, out_since=None)["so_far"]
    assert live == {"planned_ms": 4 * 3600_000, "kept_ms": 150 * 60_000}
    assert adherence(lead) == {"lin.yue": 150 / 240}
    assert adherence(lead, "day") == {DAY: 150 / 240}
    assert adherence(lead, "team") == {"home": 150 / 240}


def test_without_a_plan_there_is_no_adherence(lead: Workstation, seat: Workstation, listen: Listen) -> None:
    ear = listen(seat)
    ear.say(told(NOON, ("ready", "", 180, 60), since=60))
    ear.next("states_taken")
    assert adherence(lead) == {"lin.yue": None}


def test_shift_that_is_over_is_settled_until_something_is_told_of_it(
    server: ServerThread, lead: Workstation, seat: Workstation, listen: Listen, clock: Clock
) -> None:
    ear = listen(seat)
    put(lead, shift(day="2026-11-22", spans=[{"what": "work", "since": "20:00", "until": "22:00"}]))
    settle(server)
    query = "SELECT kept_ms, edition FROM shift_plan"
    assert [tuple(row) for row in executed(server.settings, query)] == [(0, 1)]
    hours = 60
    ear.say(told(NOON, ("ready", "", 16 * hours, 15 * hours), since=0))
    ear.next("states_taken")
    assert [tuple(row) for row in executed(server.settings, query)] == [(None, 2)]
    assert adherence(lead, "agent", "2026-11-22", "2026-11-22") == {"lin.yue": 0.5}
    settle(server)
    assert executed(server.settings, query)[0][0] == 3600_000
    assert adherence(lead, "agent", "2026-11-22", "2026-11-22") == {"lin.yue": 0.5}


def test_console_brings_in_a_table_and_says_what_is_wrong_line_by_line(
    server: ServerThread, lead: Workstation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "plan.csv"
    lines = ["工号,日期,开始,结束,安排", f"lin.yue,{DAY},09:00,18:00,班", f"nobody,{DAY},09:00,18:00,", "x,y,z,a,b"]
    file.write_text("\n".join(lines), encoding="utf-8-sig")
    where = ["--database", server.settings.database.render_as_string(hide_password=False)]
    where += ["--home", str(server.settings.home)]
    assert main(["shifts", "import", str(file), "--dry-run", *where]) == 4
    assert kept(lead) == {}
    assert main(["shifts", "import", str(file), *where]) == 4
    assert capsys.readouterr().out.splitlines()[-3:] == [
        "1 new, 0 changed, 0 as they were, 0 without a plan",
        "line 3: nobody is called “nobody”",
        "line 4: “y” is no day: write 2026-11-23",
    ]
    assert kept(lead) == {("lin.yue", DAY): ["work 09:00-18:00"]}
