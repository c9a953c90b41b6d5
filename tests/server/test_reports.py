"""Reports of the floor: added up from the log, for who leads, as rows and as files."""

import asyncio
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from agent_model.agent import AgentState, QueueId
from agent_model.floor_report import COLUMNS, Report, ReportKind, Wish
from agent_server import tables
from agent_server.database import Database
from agent_server.floor.event_log import EventLog, time_in
from agent_server.floor.measures import Source, quarters_of
from agent_server.floor.recorder import Line, Recorder
from agent_server.floor.report_file import Edition, FileForm, cells
from agent_server.floor.reports import Reports, TooMuch
from agent_server.notices import InProcessBroker
from agent_server.settings import Settings
from agent_server.switch.port import Answered, Asked, CallId, Extension, GaveUp, LegEnded, RangOut
from tests.in_process import ServerThread, serving
from tests.papers.test_pdf_table import pdf_texts
from tests.server.conftest import NewSite, executed
from tests.server.test_newcomers import fill
from tests.server.test_newcomers import line as contact_line
from tests.server.workstation import Workstation

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
"""In Shanghai; a Friday."""
DAY = "first=2026-11-20&last=2026-11-20"
SHANGHAI = ZoneInfo("Asia/Shanghai")
DESK = Extension("1001")
LINES = {"support": Line("home", 20), "business": Line("business", 20)}


class _Nobody:
    def heard(self, *_said: Any) -> None:
        """Nobody shows live figures here."""

    def missed(self) -> None:
        """Nobody shows live figures here."""


def enter(settings: Settings, days: Sequence[int]) -> None:
    """On each of these days, so many before: a call that was answered, one that was given up, and some work."""

    async def working() -> None:
        database = Database(settings.database, pooled=False)
        broker = InProcessBroker("here")
        broker.open(_Nobody())
        events = EventLog(database, broker)
        recorder = Recorder(
            database, events, lambda: LINES, lambda one: ("lin.yue", "home") if one == DESK else ("", ""), 5.0
        )
        try:
            for day in days:
                at, support = NOON - timedelta(days=day, hours=2), QueueId("support")
                first, second = CallId(f"{day}-1"), CallId(f"{day}-2")
                for event in (
                    Asked(at, first, support, "13800138000"),
                    RangOut(at + timedelta(seconds=9), first, support, DESK, 8),
                    Answered(at + timedelta(seconds=12), first, support, DESK, 12),
                    LegEnded(at + timedelta(seconds=132), first, DESK, 100, 20, support),
                    Asked(at, second, support),
                    GaveUp(at + timedelta(seconds=30), second, support, 30),
                    Asked(at, CallId(f"{day}-3"), QueueId("business")),
                ):
                    recorder.hear("lab", event)
                await recorder.enter()
                ready = (AgentState.READY, "", at + timedelta(minutes=10), at + timedelta(minutes=40), Source.TOLD)
                lunch = (AgentState.BREAK, "lunch", ready[3], ready[3] + timedelta(minutes=20), Source.GUESSED)
                for state, reason, since, until, source in (ready, lunch):
                    await events.enter(time_in("lin.yue", "home", state, reason, since, until, source))
        finally:
            await database.close()

    asyncio.run(working())


@pytest.fixture
def server(new_site: NewSite) -> Iterator[ServerThread]:
    settings = new_site()
    enter(settings, [0, 7])
    fill(settings, tables.contact, [contact_line(1, "lin.yue", NOON - timedelta(hours=2), rating=5)])
    with serving(settings, now=lambda: NOON) as running:
        yield running


@pytest.fixture
def lead(server: ServerThread) -> Iterator[Workstation]:
    with Workstation(server.address, "zhou.min") as seat:
        yield seat


def rows_of(seat: Workstation, kind: str, asked: str = DAY) -> list[dict[str, Any]]:
    answer = seat.http.get(f"/floor/v1/reports/{kind}?{asked}")
    assert answer.status_code == 200, answer.text
    told = answer.json()
    return [dict(zip(told["columns"], row, strict=True)) for row in told["now"]["rows"]]


def test_each_report_adds_up_the_same_log(lead: Workstation) -> None:
    [queue] = rows_of(lead, "queue", f"{DAY}&queue=support")
    assert (queue["asked"], queue["answered"], queue["gave_up"], queue["service_level"]) == (2, 1, 1, 0.5)
    [agent] = rows_of(lead, "agent")
    assert (agent["agent"], agent["ended"], agent["talk_s"], agent["hold_s"], agent["rang_out"]) == (
        "lin.yue", 1, 100, 20, 1,
    )  # fmt: skip
    assert (agent["ready_s"], agent["break_s"], agent["judged"], agent["rated"]) == (1800, 1200, 1, 1)
    [day] = rows_of(lead, "day")
    assert (day["day"], day["asked"], day["ready_s"]) == ("2026-11-20", 2, 1800)
    assert [one["at"] for one in rows_of(lead, "interval") if one["asked"]] == ["2026-11-20T02:00:00.000Z"]
    [level] = [one for one in rows_of(lead, "service_level") if one["asked"]]
    assert (level["queue"], level["service_level"]) == ("support", 0.5)
    [disposition] = rows_of(lead, "disposition")
    assert (disposition["disposition"], disposition["judged"], disposition["solved_first_rate"]) == ("billing", 1, 1)

    ready, lunch = rows_of(lead, "states")
    assert (ready["state"], ready["seconds"], ready["source"]) == ("ready", 1800, "told")
    assert (lunch["reason"], lunch["seconds"], lunch["source"]) == ("lunch", 1200, "guessed")
    answered, gone = rows_of(lead, "calls")
    assert (answered["result"], answered["wait_s"], answered["agents"], answered["talked_s"]) == (
        "answered", 12, "lin.yue", 100,
    )  # fmt: skip
    assert (gone["result"], gone["wait_s"], gone["agents"]) == ("gave_up", 30, "")


def test_period_before_stands_beside_it(lead: Workstation) -> None:
    answer = lead.http.get(f"/floor/v1/reports/queue?{DAY}&queue=support&compared_from=2026-11-13").json()
    [row], [before] = answer["now"]["rows"], answer["before"]["rows"]
    assert row[answer["columns"].index("answered")] == before[answer["columns"].index("answered")] == 1
    assert before[answer["columns"].index("judged")] == 0


def test_files_say_the_same_in_words(lead: Workstation) -> None:
    where = f"/floor/v1/reports/queue/file?{DAY}&queue=support&compared_from=2026-11-13"
    file = io.BytesIO(lead.http.get(where).content)
    with pytest.warns(UserWarning, match="no default style"):
        workbook = openpyxl.load_workbook(file)
    [head, now, then, total, total_then] = [[cell.value for cell in row] for row in workbook.worksheets[0].iter_rows()]
    assert head[:3] == ["周期", "队列", "请求人工"]
    assert (now[0], then[0], now[2], now[head.index("服务水平")]) == ("2026-11-20", "2026-11-13", "2", "50.0%")
    assert (total[:3], total_then[:3]) == (["2026-11-20", "合计", "2"], ["2026-11-13", "合计", "2"])
    text = lead.http.get(f"{where}&form=csv&language=en").content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert lines[0][:3] == ["Period", "Queue", "Asked for a person"]
    assert ["Days", "2026-11-20"] in lines
    assert ["Connect rate", "answered ÷ (answered + gave up − at once + overflowed)"] in lines


def test_pdf_says_it_in_chinese(lead: Workstation) -> None:
    file = lead.http.get(f"/floor/v1/reports/interval/file?{DAY}&form=pdf")

    assert file.headers["content-type"] == "application/pdf"
    words = pdf_texts(file.content)
    assert words[0] == "时段报表"
    assert {"服务水平", "接通率", "50.0%", "合计"} <= {*words}
    assert words[-1] == "2 / 2"


def test_total_of_shares_is_that_of_the_sums(lead: Workstation) -> None:
    told = lead.http.get(f"/floor/v1/reports/agent?{DAY}").json()
    total = dict(zip(told["columns"], told["now"]["total"], strict=True))
    assert (total["agent"], total["ended"], total["talk_s"], total["ready_s"]) == ("", 1, 100, 1800)
    states = lead.http.get(f"/floor/v1/reports/states?{DAY}").json()
    assert states["now"]["total"][states["columns"].index("seconds")] == 3000


def test_report_of_one_agent_or_of_days_says_what_contacts_say_too(lead: Workstation) -> None:
    [day] = rows_of(lead, "day", f"{DAY}&agent=lin.yue")
    assert (day["judged"], day["solved_first_rate"], day["repeat_rate"], day["survey_rate"]) == (1, 1, 0, 1)
    assert rows_of(lead, "states", f"{DAY}&agent=chen.jing") == []


def test_contacts_stand_in_the_quarter_they_began_in(lead: Workstation) -> None:
    [quarter] = [one for one in rows_of(lead, "interval") if one["judged"]]
    assert (quarter["at"], quarter["solved_first_rate"], quarter["repeat_rate"], quarter["rated"]) == (
        "2026-11-20T02:00:00.000Z", 1, 0, 1,
    )  # fmt: skip
    [level] = [one for one in rows_of(lead, "service_level") if one["judged"]]
    assert (level["queue"], level["at"], level["solved_first_rate"]) == ("billing", "2026-11-20T02:00:00.000Z", 1)


def test_clock_that_is_put_back_keeps_days_and_quarters_apart(new_site: NewSite) -> None:
    settings, zone = new_site(), ZoneInfo("Europe/Berlin")
    begins = datetime(2026, 10, 24, 22, 0, tzinfo=UTC)
    moments = [begins + timedelta(hours=hours) for hours in (-0.1, 0, 2.5, 3.5, 24.5)]
    lines = [contact_line(n, "lin.yue", at, customer=f"C-{n}") for n, at in enumerate(moments)]
    fill(settings, tables.contact, lines)

    async def made(kind: ReportKind, first: date, last: date) -> Report:
        database = Database(settings.database, pooled=False)
        try:
            return await Reports(database, zone, lambda: NOON).made(Wish(kind, first, last))
        finally:
            await database.close()

    days = asyncio.run(made(ReportKind.DAY, date(2026, 10, 24), date(2026, 10, 26)))
    judged = days.columns.index("judged")
    assert [(row[0], row[judged]) for row in days.now.rows] == [("2026-10-24", 1), ("2026-10-25", 4)]
    quarters = asyncio.run(made(ReportKind.INTERVAL, date(2026, 10, 25), date(2026, 10, 25)))
    shown = cells(quarters, Edition(FileForm.CSV, "en", "zhou.min", NOON, zone), {})
    assert [row[0] for row in shown] == [
        "2026-10-25 00:00:00",
        "2026-10-25 02:30:00 UTC+02:00",
        "2026-10-25 02:30:00 UTC+01:00",
        "2026-10-25 23:30:00",
        "Total",
    ]


def test_report_of_a_day_without_anything_is_a_file_too(lead: Workstation) -> None:
    asked = "first=2026-11-01&last=2026-11-01&compared_from=2025-02-28"
    told = [lead.http.get(f"/floor/v1/reports/{kind}?{asked}").json() for kind in ReportKind]
    assert {(len(one["now"]["rows"]), one["now"]["total"], len(one["before"]["rows"])) for one in told} == {
        (0, None, 0)
    }
    files = [
        lead.http.get(f"/floor/v1/reports/{kind}/file?{asked}&form={form}")
        for kind in ReportKind
        for form in ("xlsx", "csv", "pdf")
    ]
    assert {file.status_code for file in files} == {200}
    assert min(len(file.content) for file in files) > 100


def test_queue_that_was_renamed_has_its_new_name_for_all_days(server: ServerThread, lead: Workstation) -> None:
    name = '{"zh": "宽带支持", "en": "Broadband"}'
    executed(server.settings, "UPDATE queue SET name = :name WHERE id = 'support'", name=name)
    file = lead.http.get(f"/floor/v1/reports/queue/file?{DAY}&compared_from=2026-11-13&form=csv&language=en")
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert [row[:3] for row in rows if row[1:2] == ["Broadband"]] == [
        ["2026-11-20", "Broadband", "2"], ["2026-11-13", "Broadband", "2"],
    ]  # fmt: skip


def test_work_of_an_agent_who_changed_team_stays_with_the_team_they_were_in(
    server: ServerThread, lead: Workstation
) -> None:
    executed(server.settings, "UPDATE agent SET team = 'business' WHERE id = 'lin.yue'")
    [agent] = rows_of(lead, "agent")
    assert (agent["agent"], agent["ready_s"], agent["ended"], agent["judged"]) == ("lin.yue", 1800, 1, 0)
    with Workstation(server.address, "lu.hai") as manager:
        teams = {row["team"]: row for row in rows_of(manager, "team")}
        assert (teams["home"]["ready_s"], teams["home"]["judged"]) == (1800, 0)
        assert (teams["business"]["ready_s"], teams["business"]["judged"]) == (0, 1)
        [agent] = rows_of(manager, "agent")
    assert (agent["ready_s"], agent["judged"]) == (1800, 1)


def test_call_of_one_agent_says_when_its_caller_asked(server: ServerThread, lead: Workstation) -> None:
    [call] = rows_of(lead, "calls", f"{DAY}&agent=lin.yue")
    assert (call["asked_at"], call["result"], call["wait_s"], call["agents"]) == (
        "2026-11-20T02:00:00.000Z", "answered", 12, "lin.yue",
    )  # fmt: skip
    assert (call["talked_s"], call["held_s"], call["rang_out"]) == (100, 20, 1)
    executed(server.settings, "UPDATE floor_event SET team = 'business' WHERE kind IN ('asked', 'answered', 'gave_up')")
    [call] = rows_of(lead, "calls")
    assert (call["asked_at"], call["result"], call["wait_s"], call["talked_s"]) == (
        "2026-11-20T02:00:00.000Z", "answered", 12, 100,
    )  # fmt: skip


def test_every_figure_has_its_definition_in_the_documentation() -> None:
    text = " ".join((ROOT / "docs" / "metrics.md").read_text(encoding="utf-8").split())
    figures = [one for one in COLUMNS.values() if one.means is not None]
    assert [one.title.en for one in figures if f"| {one.title.zh} | {one.means.en} |" not in text] == []  # type: ignore[union-attr]


def test_lead_gets_the_own_team_duty_manager_all_and_nobody_else_any(server: ServerThread, lead: Workstation) -> None:
    assert [row["queue"] for row in rows_of(lead, "queue") if row["asked"]] == ["support"]
    assert lead.http.get(f"/floor/v1/reports/queue?{DAY}&team=business").status_code == 403
    with Workstation(server.address, "lu.hai") as manager, Workstation(server.address, "lin.yue") as agent:
        assert {row["queue"] for row in rows_of(manager, "queue") if row["asked"]} == {"support", "business"}
        assert agent.http.get(f"/floor/v1/reports/queue?{DAY}").status_code == 403
        assert agent.http.get(f"/floor/v1/reports/queue/file?{DAY}").status_code == 403
    deeds = executed(server.settings, "SELECT deed, who, subject, reason FROM audit_line WHERE deed LIKE 'report%'")
    assert [tuple(one) for one in deeds] == [
        ("report_read", "zhou.min", "queue", "2026-11-20..2026-11-20 home"),
        ("report_read", "lu.hai", "queue", "2026-11-20..2026-11-20"),
    ]


@pytest.mark.parametrize(
    ("kind", "asked", "refusal"),
    [
        pytest.param("queue", "first=2026-11-20&last=2026-11-19", "not_these_days", id="ends before it begins"),
        pytest.param("queue", "first=2025-11-19&last=2026-11-20", "too_much", id="too many days"),
        pytest.param("interval", "first=2026-10-01&last=2026-11-19", "too_much", id="too many quarters"),
        pytest.param("day", "first=0001-01-01&last=0001-01-01", "not_these_days", id="long ago"),
        pytest.param("day", f"{DAY}&compared_from=9999-12-31", "not_these_days", id="compared with what will be"),
        pytest.param("day", "first=today&last=2026-11-20", "bad_request", id="not a day"),
        pytest.param("wages", DAY, "bad_request", id="not a report"),
    ],
)
def test_what_no_report_can_be_of_is_refused(lead: Workstation, kind: str, asked: str, refusal: str) -> None:
    answer = lead.http.get(f"/floor/v1/reports/{kind}?{asked}")
    assert (answer.status_code, answer.json()["error"]) == (422, refusal)


def test_year_is_one_report_and_of_more_than_can_be_added_up_it_is_narrowed(
    server: ServerThread, lead: Workstation
) -> None:
    year = "first=2025-11-20&last=2026-11-20"
    assert [(row["day"], row["asked"]) for row in rows_of(lead, "day", year)] == [("2026-11-13", 2), ("2026-11-20", 2)]
    whole = Wish(ReportKind.QUEUE, date(2025, 11, 20), date(2026, 11, 20))

    async def made(wish: Wish) -> Report:
        database = Database(server.settings.database, pooled=False)
        try:
            return await Reports(database, SHANGHAI, lambda: NOON, most_facts=8).made(wish)
        finally:
            await database.close()

    with pytest.raises(TooMuch):
        asyncio.run(made(whole))
    assert len(asyncio.run(made(replace(whole, queue="business"))).now.rows) == 1
    assert len(asyncio.run(made(replace(whole, first=date(2026, 9, 1)))).now.rows) == 3


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 8), 23), (date(2026, 6, 1), 24), (date(2026, 11, 1), 25)],
    ids=["clock put forward", "usual", "clock put back"],
)
def test_day_is_as_long_as_the_clock_of_the_site_says(new_site: NewSite, day: date, hours: int) -> None:
    settings = new_site()
    zone = ZoneInfo("America/New_York")
    begins = datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
    around = begins - timedelta(hours=1), begins + timedelta(hours=hours + 1)
    talked = (begins - timedelta(minutes=1), begins, begins + timedelta(hours=hours, minutes=-1))
    rows = [contact_line(n, "lin.yue", at, customer=f"C-{n}") for n, at in enumerate(talked)]
    fill(settings, tables.contact, rows)

    async def made() -> Report:
        database = Database(settings.database, pooled=False)
        broker = InProcessBroker("here")
        broker.open(_Nobody())
        try:
            ready = time_in("lin.yue", "home", AgentState.READY, "", *around, Source.TOLD)
            await EventLog(database, broker).enter(ready)
            return await Reports(database, zone, lambda: NOON).made(Wish(ReportKind.DAY, day, day))
        finally:
            await database.close()

    report = asyncio.run(made())
    [row] = [dict(zip(report.columns, row, strict=True)) for row in report.now.rows]
    assert (row["day"], row["ready_s"], row["judged"]) == (day.isoformat(), hours * 3600, 2)
    assert len(quarters_of(day, zone)) == hours * 4
