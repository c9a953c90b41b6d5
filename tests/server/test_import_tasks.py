"""An administrator imports a table from a workstation: looked into, tried, run, stopped, cut off and run again."""

import asyncio
import contextlib
import csv
import io
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from agent_model.customer_form import CustomField
from agent_model.form import FieldKind, Option
from agent_model.words import Words
from agent_server.database import Database
from agent_server.retention import Retention
from agent_server.settings import Settings
from tests.in_process import ServerProcess, ServerThread, serving
from tests.server.conftest import CUSTOMERS, NewSite, executed
from tests.server.spreadsheets import a_cell, a_raw_workbook, a_workbook
from tests.server.test_customer_forms import publish
from tests.server.test_files import begun, create, send_all, whole_files
from tests.server.workstation import Workstation

IMPORTS = "/sync/v1/imports"
HEADINGS = "客户编号,姓名,手机,客群,等级\n"
THREE = f"{HEADINGS}X1,王小明,13812345678,home,金卡\nX2,李四,0571-88886666,business,普通\nX3,赵五,1379999,home,\n"
WITHIN_S = 90.0


@pytest.fixture
def site(new_site: NewSite) -> Settings:
    return new_site(CUSTOMERS)


@pytest.fixture
def server(site: Settings) -> Iterator[ServerThread]:
    with serving(site) as running:
        yield running


@pytest.fixture
def admin(server: ServerThread) -> Iterator[Workstation]:
    with Workstation(server.address, "admin") as seat:
        yield seat


def uploaded(seat: Workstation, content: bytes) -> str:
    place = begun(seat, content, kind="import")
    send_all(seat, place, content)
    return place.rpartition("/")[2]


def looked(seat: Workstation, content: bytes, name: str = "客户名单.csv", **said: Any) -> dict[str, Any]:
    answer = seat.http.post(
        IMPORTS, json={"upload": uploaded(seat, content), "kind": "customers", "name": name, **said}
    )
    assert answer.status_code == 201, answer.text
    return ended(seat, answer.json()["id"])


def step(seat: Workstation, task: str, name: str, **said: Any) -> httpx.Response:
    return seat.http.post(f"{IMPORTS}/{task}/steps", json={"step": name, **said})


def taken(seat: Workstation, task: str, name: str, **said: Any) -> dict[str, Any]:
    answer = step(seat, task, name, **said)
    assert answer.status_code == 202, answer.text
    return ended(seat, task)


def ended(seat: Workstation, task: str) -> dict[str, Any]:
    return told(seat, task, lambda found: found["state"] != "working")


def told(seat: Workstation, task: str, is_it: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    until = time.monotonic() + WITHIN_S
    while True:
        found: dict[str, Any] = seat.http.get(f"{IMPORTS}/{task}").json()
        if is_it(found):
            return found
        assert time.monotonic() < until, found
        time.sleep(0.1)


def counts(found: dict[str, Any]) -> tuple[int, int, int, int]:
    assert found["tally"] is not None, found
    tally = found["tally"]
    return tally["new"], tally["changed"], tally["unchanged"], tally["bad"]


def many(count: int, name: str = "客户") -> bytes:
    rows = (f"M{number},{name}{number},138{number:08d},home,普通\n" for number in range(count))
    return (HEADINGS + "".join(rows)).encode()


def audit_lines(site: Settings) -> list[tuple[str, str, str]]:
    rows = executed(site, "SELECT who, subject, reason FROM audit_line WHERE deed = 'imported' ORDER BY seq")
    return [tuple(row) for row in rows]


def test_file_is_looked_into_before_anything_is_written(admin: Workstation, site: Settings) -> None:
    found = looked(admin, THREE.encode("gb18030"))

    seen = found["seen"]
    assert (found["state"], seen["encoding"], seen["delimiter"], seen["heading_row"]) == ("done", "gb18030", ",", 1)
    assert [(one["heading"], one["field"]) for one in seen["columns"]][:3] == [
        ("客户编号", "id"),
        ("姓名", "name"),
        ("手机", "phones"),
    ]
    assert seen["rows"][0]["told"]["phones"] == ["+8613812345678"]
    assert seen["rows"][0]["cells"][1] == "王小明"
    assert "“1379999”不是电话号码" in seen["rows"][2]["wrong"]
    assert seen["lacks"] is None
    assert executed(site, "SELECT id FROM customer WHERE id = 'X1'") == []


def test_dry_run_counts_and_writes_nothing_then_the_run_writes(admin: Workstation, site: Settings) -> None:
    task = looked(admin, THREE.encode())["id"]

    tried = taken(admin, task, "try")
    assert (tried["state"], counts(tried), tried["has_errors"]) == ("done", (2, 0, 0, 1), True)
    assert executed(site, "SELECT id FROM customer WHERE id = 'X1'") == []

    run = taken(admin, task, "run")
    assert (run["state"], counts(run)) == ("done", (2, 0, 0, 1))
    with contextlib.closing(Workstation(str(admin.http.base_url), "lin.yue")) as seat:
        seat.sync()
        assert seat.row("customer", "X1")["body"]["name"] == "王小明"
    rows = list(csv.reader(io.StringIO(admin.http.get(f"{IMPORTS}/{task}/errors").content.decode("utf-8-sig"))))
    assert [(row[0], row[1]) for row in rows[1:]] == [("4", "手机")]
    assert audit_lines(site) == [("admin", "customers: 客户名单.csv", "new 2, changed 0, unchanged 0, bad 1")]


def test_file_is_gone_once_it_is_imported(admin: Workstation, site: Settings) -> None:
    task = looked(admin, THREE.encode())["id"]
    taken(admin, task, "run")

    until = time.monotonic() + WITHIN_S
    while whole_files(site) and time.monotonic() < until:
        time.sleep(0.05)
    assert whole_files(site) == []
    assert (step(admin, task, "run").status_code, step(admin, task, "run").json()["error"]) == (410, "file_gone")


def test_same_file_again_changes_nothing(admin: Workstation) -> None:
    taken(admin, looked(admin, THREE.encode())["id"], "run")
    again = taken(admin, looked(admin, THREE.encode())["id"], "run")
    assert counts(again) == (0, 0, 2, 1)


def test_unknown_column_is_told_and_mapped_and_remembered(admin: Workstation) -> None:
    table = f"{HEADINGS.strip()},积分\nX1,王小明,13812345678,home,金卡,老客户\n".encode()
    found = looked(admin, table)
    assert found["seen"]["lacks"]["code"] == "unknown_columns"
    assert found["seen"]["columns"][5]["field"] is None
    assert taken(admin, found["id"], "try")["fault"]["code"] == "unknown_columns"

    mapped = {"columns": {"积分": "note"}}
    assert taken(admin, found["id"], "look", wishes=mapped)["seen"]["rows"][0]["told"]["note"] == "老客户"
    assert counts(taken(admin, found["id"], "run", wishes=mapped, remember="旧系统")) == (1, 0, 0, 0)

    known = admin.http.get(IMPORTS).json()
    assert known["profiles"]["customers"]["旧系统"]["columns"] == {"积分": "note"}
    assert {"name": "id", "is_needed": True, "may_repeat": False} in known["fields"]["customers"]
    assert [one["name"] for one in known["imports"]] == ["客户名单.csv"]


def test_field_of_the_sites_own_is_offered_seen_and_imported(admin: Workstation) -> None:
    options = (Option("fair", Words("展会", "Trade fair")), Option("web", Words("官网", "Website")))
    publish(admin, CustomField("source", FieldKind.CHOICE, Words("来源", "Source"), options=options))
    table = f"{HEADINGS.strip()},来源\nX1,王小明,,home,,展会\nX2,李四,,home,,电台\n".encode()

    offered = admin.http.get(IMPORTS).json()["fields"]
    assert {"name": "custom.source", "is_needed": False, "may_repeat": False} in offered["customers"]
    assert not [one for one in offered["tickets"] if one["name"].startswith("custom.")]
    found = looked(admin, table)
    assert found["seen"]["columns"][5] == {"place": 5, "heading": "来源", "field": "custom.source"}
    assert found["seen"]["rows"][0]["told"]["custom.source"] == "fair"
    assert counts(taken(admin, found["id"], "run")) == (1, 0, 0, 1)
    with contextlib.closing(Workstation(str(admin.http.base_url), "lin.yue")) as seat:
        seat.sync()
        assert seat.row("customer", "X1")["body"]["custom.source"] == "fair"


def test_workbook_with_several_sheets_names_them(admin: Workstation, tmp_path: Path) -> None:
    rows = [line.split(",") for line in THREE.splitlines()]
    book = a_workbook(tmp_path / "two.xlsx", 一月=rows, 二月=rows).read_bytes()

    found = looked(admin, book, name="two.xlsx")
    assert (found["state"], found["fault"]["code"]) == ("refused", "several_sheets")
    assert found["seen"]["sheets"] == ["一月", "二月"]
    assert taken(admin, found["id"], "look", wishes={"sheet": "二月"})["seen"]["sheet"] == "二月"


def test_xml_bomb_and_file_that_is_no_table_are_refused_with_a_code(admin: Workstation, tmp_path: Path) -> None:
    row = f'<sheetData><row r="1">{a_cell("A1", "姓名")}</row></sheetData>'
    bomb = '<!DOCTYPE w [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;">]>'
    book = a_raw_workbook(tmp_path / "bomb.xlsx", row, before=bomb).read_bytes()

    assert looked(admin, book)["fault"]["code"] == "entities"
    assert looked(admin, b"\0\1\2" * 4000)["fault"]["code"] == "not_text"


def test_claim_of_ten_gigabytes_is_refused_before_a_byte_comes(admin: Workstation) -> None:
    answer = create(admin, b"x", length=10 * 2**30, kind="import")
    assert (answer.status_code, answer.json()["error"]) == (413, "too_large")


def test_only_an_administrator_imports_and_only_their_own(server: ServerThread, admin: Workstation) -> None:
    task = looked(admin, THREE.encode())["id"]
    with Workstation(server.address, "lin.yue") as agent:
        refused = [
            create(agent, b"x", kind="import"),
            agent.http.get(IMPORTS),
            agent.http.post(IMPORTS, json={"upload": "u", "kind": "customers", "name": "x"}),
            agent.http.get(f"{IMPORTS}/{task}"),
            step(agent, task, "run"),
            agent.http.post(f"{IMPORTS}/{task}/stop"),
            agent.http.get(f"{IMPORTS}/{task}/errors"),
        ]
    assert [(one.status_code, one.json()["error"]) for one in refused] == [(403, "not_allowed")] * 7
    assert admin.http.get(f"{IMPORTS}/nobody").status_code == 404


def test_step_that_is_not_as_documented_is_refused(admin: Workstation) -> None:
    wrong: list[dict[str, Any]] = [
        {"step": "jump"},
        {"step": "run", "remember": "x" * 65},
        {"step": "run", "language": "fr"},
        {"step": "run", "wishes": {"columns": ["id"]}},
        {"step": "run", "wishes": {"delimiter": "\n"}},
        {"step": "run", "wishes": {"heading_row": 0}},
        {"step": "run", "wishes": {"encoding": "latin-1"}},
        {"step": "run", "wishes": {"file": "/etc/passwd"}},
    ]
    answers = [admin.http.post(f"{IMPORTS}/any/steps", json=said) for said in wrong]
    assert [(one.status_code, one.json()["error"]) for one in answers] == [(422, "bad_request")] * len(wrong)


def test_second_import_waits_for_the_first_and_is_told_whose_it_is(admin: Workstation) -> None:
    first, second = looked(admin, many(20000))["id"], looked(admin, THREE.encode())["id"]
    assert step(admin, first, "run").status_code == 202

    refused = step(admin, second, "run")
    assert (refused.status_code, refused.json()) == (409, {"error": "import_running", "by": "admin"})
    assert step(admin, first, "try").json()["error"] == "import_running"

    admin.http.post(f"{IMPORTS}/{first}/stop")
    ended(admin, first)
    assert counts(taken(admin, second, "run")) == (2, 0, 0, 1)


def test_stopped_import_keeps_what_is_in_and_goes_on_when_run_again(admin: Workstation, site: Settings) -> None:
    task = looked(admin, many(20000))["id"]
    step(admin, task, "run")
    told(admin, task, lambda found: (found["tally"] or {}).get("new", 0) > 0)
    admin.http.post(f"{IMPORTS}/{task}/stop")

    stopped = ended(admin, task)
    assert (stopped["state"], stopped["is_stopping"]) == ("stopped", True)
    in_now = executed(site, "SELECT count(*) FROM customer WHERE id LIKE 'M%'")[0][0]
    assert 0 < stopped["tally"]["new"] == in_now < 20000
    assert audit_lines(site)[-1][1:] == ("customers: 客户名单.csv", f"new {in_now}, changed 0, unchanged 0, bad 0")

    again = taken(admin, task, "run")
    assert counts(again) == (20000 - in_now, 0, in_now, 0)


def test_import_that_a_killed_server_cut_off_is_told_and_run_again(site: Settings) -> None:
    server = ServerProcess(site)
    server.start()
    try:
        with Workstation(server.address, "admin") as seat:
            task = looked(seat, many(20000))["id"]
            step(seat, task, "run")
            told(seat, task, lambda found: (found["tally"] or {}).get("new", 0) > 0)
            server.kill()
            server.start()
            cut = ended(seat, task)
            assert cut["state"] == "cut_off"
            in_now = executed(site, "SELECT count(*) FROM customer WHERE id LIKE 'M%'")[0][0]
            assert 0 < in_now < 20000
            again = taken(seat, task, "run")
            assert again["state"] == "done"
            assert sum(counts(again)[:3]) == 20000
    finally:
        server.stop()


def test_workstations_are_answered_while_a_table_comes_in(server: ServerThread, admin: Workstation) -> None:
    task = looked(admin, many(20000))["id"]
    with Workstation(server.address, "lin.yue") as seat:
        step(admin, task, "run")
        told(admin, task, lambda found: (found["tally"] or {}).get("new", 0) > 0)
        [answer] = seat.push(seat.ticket("C-1"))
        assert answer["verdict"] == "applied"
        is_running = admin.http.get(f"{IMPORTS}/{task}").json()["state"] == "working"
    admin.http.post(f"{IMPORTS}/{task}/stop")
    ended(admin, task)
    assert is_running


def test_table_that_nobody_imports_goes_after_a_day(site: Settings) -> None:
    with serving(site) as server, Workstation(server.address, "admin") as seat:
        task = looked(seat, THREE.encode())["id"]
        taken(seat, task, "try")
    assert len(whole_files(site)) == 1
    later = datetime.now(UTC) + timedelta(days=2)
    asyncio.run(_let_go(site, later))
    assert whole_files(site) == []
    assert not (site.home / "imports" / task).exists()
    assert executed(site, "SELECT seen FROM import_task") == [(None,)]


async def _let_go(site: Settings, at: datetime) -> None:
    database = Database(site.database)
    await Retention(database, site, lambda: at).run()
    await database.close()
