"""`agent-server import customers|tickets|products FILE`, as who keeps the server runs it, on both databases."""

import csv
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import orjson
import pytest

from agent_server.__main__ import main
from agent_server.settings import Settings
from tests.in_process import ServerProcess, ServerThread, make_site, serving
from tests.postgresql import Cluster
from tests.server.conftest import CUSTOMERS, NewSite, everything_in, executed
from tests.server.spreadsheets import a_workbook
from tests.server.test_several_processes import listening
from tests.server.workstation import WRITTEN_AT, Workstation

HEADINGS = "客户编号,姓名,手机,客群,等级,邮箱\n"
TWO = f"{HEADINGS}X1,王小明,13812345678,home,金卡,w@example.com\nX2,李四,0571-88886666,business,普通,\n"
NOT_TOLD = ("audit_line", "audit_head")


@dataclass(frozen=True)
class Told:
    code: int
    out: Mapping[str, Any]
    err: str


Run = Callable[..., Told]


@pytest.fixture
def site(new_site: NewSite) -> Settings:
    return new_site(CUSTOMERS)


@pytest.fixture
def run(site: Settings, capsys: pytest.CaptureFixture[str]) -> Run:
    def running(kind: str, file: Path, *options: str) -> Told:
        database = site.database.render_as_string(hide_password=False)
        code = main(["import", kind, str(file), *options, "--database", database, "--home", str(site.home)])
        said = capsys.readouterr()
        return Told(code, orjson.loads(said.out) if said.out else {}, said.err)

    return running


@pytest.fixture
def seat(site: Settings) -> Iterator[Workstation]:
    with serving(site) as server, Workstation(server.address, "lin.yue") as workstation:
        yield workstation


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    def write(text: str, name: str = "customers.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write


Write = Callable[..., Path]


def counts(told: Told) -> tuple[int, int, int, int]:
    return told.out["new"], told.out["changed"], told.out["unchanged"], told.out["bad"]


def without_trail(settings: Settings) -> dict[str, list[str]]:
    return {name: rows for name, rows in everything_in(settings).items() if name not in NOT_TOLD}


def test_chinese_file_becomes_customers_on_workstations(run: Run, seat: Workstation, file: Write) -> None:
    told = run("customers", file(TWO, encoding="gb18030"))
    seat.sync()

    assert (told.code, counts(told)) == (0, (2, 0, 0, 0))
    first, second = seat.row("customer", "X1"), seat.row("customer", "X2")
    assert (first["version"], first["body"]["name"], first["body"]["tier"]) == (1, "王小明", "gold")
    assert first["body"]["phones"] == ["+8613812345678"]
    assert second["body"]["phones"] == ["+8657188886666"]
    found = seat.http.get("/customers", params={"number": "13812345678"}).json()["customers"]
    assert [one["customer"]["id"] for one in found] == ["X1"]


def test_same_file_twice_changes_nothing(run: Run, site: Settings, file: Write) -> None:
    run("customers", file(TWO))
    before = without_trail(site)

    told = run("customers", file(TWO))

    assert counts(told) == (0, 0, 2, 0)
    assert without_trail(site) == before


def test_same_rows_from_a_workbook_change_nothing_either(run: Run, file: Write, tmp_path: Path) -> None:
    run("customers", file(TWO))
    rows = [line.split(",") for line in TWO.splitlines()]
    assert counts(run("customers", a_workbook(tmp_path / "t.xlsx", 客户=rows))) == (0, 0, 2, 0)


def test_changed_row_changes_one_customer_and_only_what_changed(run: Run, seat: Workstation, file: Write) -> None:
    run("customers", file(TWO))
    told = run("customers", file(TWO.replace("李四,0571-88886666", "李思,0571-88886666")))
    seat.sync()

    assert counts(told) == (0, 1, 1, 0)
    assert (seat.row("customer", "X1")["version"], seat.row("customer", "X2")["version"]) == (1, 2)
    assert seat.row("customer", "X2")["body"]["name"] == "李思"


def test_what_people_wrote_here_stays_where_the_source_did_not_change_it(
    run: Run, seat: Workstation, file: Write
) -> None:
    run("customers", file(TWO))
    seat.push(
        seat.op("customer", "X1", "update", {"email": ["w@example.com", "wang@example.com"]}, base_version=1),
        seat.op("customer", "X1", "append", {"phones": [None, "+8613900000001"]}, base_version=1),
    )

    run("customers", file(TWO.replace("王小明,13812345678", "王晓明,13812345679")))
    seat.sync()

    body = seat.row("customer", "X1")["body"]
    assert (body["name"], body["email"]) == ("王晓明", "wang@example.com")
    assert body["phones"] == ["+8613812345679", "+8613900000001"]


def test_cell_that_the_source_emptied_empties_the_field(run: Run, seat: Workstation, file: Write) -> None:
    run("customers", file(TWO))
    run("customers", file(TWO.replace("w@example.com", "")))
    seat.sync()
    assert seat.row("customer", "X1")["body"]["email"] is None


def test_column_that_is_new_in_the_file_empties_nothing(run: Run, seat: Workstation, file: Write) -> None:
    run("customers", file("客户编号,姓名,客群\nX1,王小明,home\n"))
    seat.push(seat.op("customer", "X1", "update", {"email": [None, "wang@example.com"]}, base_version=1))

    seat.push(seat.op("customer", "X1", "update", {"tier": ["standard", "gold"]}, base_version=2))
    told = run("customers", file("客户编号,姓名,客群,邮箱,公司,等级\nX1,王小明,home,,海岚,\n"))
    seat.sync()

    body = seat.row("customer", "X1")["body"]
    assert counts(told) == (0, 1, 0, 0)
    assert (body["email"], body["company"], body["tier"]) == ("wang@example.com", "海岚", "gold")


def test_file_with_fewer_columns_forgets_nothing_of_the_others(run: Run, seat: Workstation, file: Write) -> None:
    run("customers", file(TWO))
    seat.push(seat.op("customer", "X1", "update", {"tier": ["gold", "diamond"]}, base_version=1))
    run("customers", file("客户编号,姓名,客群\nX1,王晓明,home\n"))

    run("customers", file(TWO))
    seat.sync()

    body = seat.row("customer", "X1")["body"]
    assert (body["name"], body["tier"]) == ("王小明", "diamond")


def test_change_written_offline_before_the_import_asks_a_person(run: Run, seat: Workstation, file: Write) -> None:
    run("customers", file(TWO))
    seat.push(seat.op("customer", "X1", "update", {"name": ["王小明", "王小名"]}, base_version=1))
    run("customers", file(TWO.replace("王小明", "王晓明")))

    [answer] = seat.push(seat.op("customer", "X1", "update", {"name": ["王小名", "汪小名"]}, base_version=2))

    assert answer["verdict"] == "conflict"
    assert answer["changed"]["name"] == "王晓明"


def test_customer_removed_here_is_not_brought_back(run: Run, site: Settings, file: Write) -> None:
    run("customers", file(TWO))
    executed(site, "DELETE FROM customer WHERE id = 'X1'")

    told = run("customers", file(TWO.replace("王小明", "王晓明")))

    assert counts(told) == (0, 0, 1, 1)
    assert executed(site, "SELECT id FROM customer WHERE id = 'X1'") == []


def test_bad_rows_stand_in_a_file_and_go_in_once_they_are_mended(
    run: Run, seat: Workstation, file: Write, tmp_path: Path
) -> None:
    bad = TWO.replace("13812345678", "138123").replace("business", "nowhere") + "X3,赵五,13712345678,home,,\n"
    told = run("customers", file(bad, encoding="gb18030"))

    errors = Path(told.out["errors"])
    with errors.open(encoding="gb18030", newline="") as text:
        rows = list(csv.reader(text))
    assert (told.code, counts(told), errors.name) == (4, (1, 0, 0, 2), "customers.errors.csv")
    assert [row[:3] for row in rows[1:]] == [
        ["2", "手机", "手机：“138123”不是电话号码"],
        ["3", "客群", "客群：这里没有“nowhere”。有：business, home"],
    ]
    assert rows[1][3:] == ["X1", "王小明", "138123", "home", "金卡", "w@example.com"]

    mended = errors.read_bytes().replace(b"138123,", b"13812345678,").replace(b",nowhere,", b",business,")
    errors.write_bytes(mended)
    again = run("customers", errors)
    seat.sync()

    assert (again.code, counts(again), again.out["errors"]) == (0, (2, 0, 0, 0), None)
    assert seat.row("customer", "X1")["body"]["phones"] == ["+8613812345678"]
    assert counts(run("customers", errors)) == (0, 0, 2, 0)


def test_mended_rows_are_never_written_over(run: Run, file: Write) -> None:
    bad = file(TWO.replace("13812345678", "138123"))
    names = [Path(run("customers", bad).out["errors"]).name for _ in range(2)]
    assert names == ["customers.errors.csv", "customers.errors-2.csv"]


def test_bad_rows_of_a_workbook_stand_in_a_workbook_as_text(run: Run, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["id", "name", "phone", "segment"],
        ["X1", "=1+1", 138, "home"],
        ["X2", "Wang", 13812345678, "home"],
    ]
    workbook = a_workbook(tmp_path / "t.xlsx", S=rows)
    told = run("customers", workbook)

    sheet = openpyxl.load_workbook(told.out["errors"]).active
    written = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert told.code == 4
    assert written[1][-2:] == ["138", "home"]
    assert written[1][2].startswith("name: it is a formula")
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


def test_formula_in_an_error_file_is_no_formula_and_comes_back_as_it_was(
    run: Run, seat: Workstation, file: Write
) -> None:
    told = run("customers", file(f'{HEADINGS}X1,"=cmd|"" /C calc""!A0",138123,home,,\n'))
    errors = Path(told.out["errors"])
    assert ",\"'=cmd|" in errors.read_text(encoding="utf-8-sig")

    errors.write_text(errors.read_text(encoding="utf-8-sig").replace(",138123,", ",13812345678,"), encoding="utf-8")
    run("customers", errors)
    seat.sync()

    assert seat.row("customer", "X1")["body"]["name"] == '=cmd|" /C calc"!A0'


def test_dry_run_says_what_would_be_and_writes_nothing(run: Run, site: Settings, file: Write) -> None:
    run("customers", file(TWO))
    before = everything_in(site)

    told = run("customers", file(TWO.replace("王小明", "王晓明") + "X3,赵五,13712345678,home,,\n"), "--dry-run")

    assert (counts(told), told.out["dry_run"]) == ((1, 1, 1, 0), True)
    assert everything_in(site) == before


def test_preview_shows_columns_and_first_rows_as_they_would_be(run: Run, site: Settings, file: Write) -> None:
    before = everything_in(site)
    told = run("customers", file(TWO.replace("0571-88886666", "x")), "--preview")

    assert told.out["columns"]["手机"] == "phones"
    assert told.out["rows"][0]["phones"] == ["+8613812345678"]
    assert told.out["rows"][1] == {"row": 3, "wrong": "手机：“x”不是电话号码"}
    assert everything_in(site) == before


def test_remembered_profile_reads_the_next_file(run: Run, file: Write) -> None:
    first = "编码;称呼;积分\nX1;王小明;88\n"
    said = ("--map", "编码=id", "--map", "称呼=name", "--map", "积分=-", "--set", "segment=home")
    run("customers", file(first), *said, "--remember", "旧系统")

    told = run("customers", file("编码;称呼;积分\nX2;李四;99\n"), "--profile", "旧系统")
    unknown = run("customers", file(first), "--profile", "新系统", "--language", "zh")

    assert counts(told) == (1, 0, 0, 0)
    assert (unknown.code, "旧系统" in unknown.err) == (1, True)


def test_tickets_find_their_customer_and_get_a_number_and_a_clock(run: Run, seat: Workstation, file: Write) -> None:
    text = (
        "工单编号,主题,分类,客户编号,客户电话,优先级,创建时间,描述\n"
        "T1,网速慢,fault/broadband/slow,C-1,,高,2026-11-20 08:30,晚上\n"
        "T2,没信号,fault/broadband/down,,13800000002,,,\n"
        "T3,没人,fault/broadband/down,,13899999999,,,\n"
        "T4,没客户,fault/broadband/down,C-404,,,,\n"
        "T5,分类,nothing,C-1,,,,\n"
    )
    told = run("tickets", file(text, "tickets.csv"))
    seat.sync()

    first, second = seat.row("ticket", "T1")["body"], seat.row("ticket", "T2")["body"]
    assert counts(told) == (2, 0, 0, 3)
    assert (first["customer_id"], first["segment"], first["queue"]) == ("C-1", "home", "support")
    assert (first["type"], first["priority"], first["created_at"]) == ("fault", "high", "2026-11-20T00:30:00.000Z")
    assert first["number"].startswith("TK-")
    assert first["due_at"] is not None
    assert second["customer_id"] == "C-2"
    assert counts(run("tickets", file(text, "tickets.csv"))) == (0, 0, 2, 3)
    again = run("tickets", file(text.replace("网速慢", "网速很慢").replace(",高,", ",高,"), "tickets.csv"))
    seat.sync()
    assert counts(again) == (0, 1, 1, 3)
    assert seat.row("ticket", "T1")["body"]["number"] == first["number"]


COMPLAINT = "工单编号,主题,分类,客户编号,状态,处理人\nK1,没有回电,complaint/service,C-1,{status},wang.qiang\n"


@pytest.mark.parametrize("noun", ["queue", "department"])
def test_ticket_whose_category_leads_nowhere_is_left_out_with_the_reason(
    run: Run, site: Settings, seat: Workstation, file: Write, noun: str
) -> None:
    executed(site, f"UPDATE ticket_category SET {noun} = 'gone' WHERE id = 'complaint/service'")  # noqa: S608
    tickets = file(COMPLAINT.format(status="新建"), "tickets.csv")

    assert counts(run("tickets", tickets, "--dry-run")) == counts(run("tickets", tickets)) == (0, 0, 0, 1)
    [left_out] = csv.DictReader((tickets.parent / "tickets.errors.csv").read_text(encoding="utf-8-sig").splitlines())
    assert "complaint/service”指向的队列或部门已经不在这里了" in " ".join(left_out.values())

    placed = COMPLAINT.replace("状态", "队列,部门,状态").replace("{status}", "support,care,{status}")
    assert counts(run("tickets", file(placed.format(status="新建"), "placed.csv"))) == (1, 0, 0, 0)
    seat.sync()
    assert seat.row("ticket", "K1")["body"]["queue"] == "support"


@pytest.mark.parametrize("blank", [" ", "\u200b", "\u3164"], ids=["blank", "zero width", "filler"])
def test_name_and_subject_that_nobody_sees_are_missing(run: Run, file: Write, blank: str) -> None:
    customers = file(f"{HEADINGS}X1,{blank},13812345678,home,金卡,\n", "customers.csv")
    tickets = file(f"工单编号,主题,分类\nK1,{blank},complaint/service\n", "tickets.csv")
    assert counts(run("customers", customers)) == counts(run("tickets", tickets)) == (0, 0, 0, 1)


def visit_of(seat: Workstation, ticket: str) -> dict[str, Any]:
    """The return visit of a complaint, with its id."""
    seat.sync()
    visit = seat.row("ticket", ticket)["body"]["return_visit"]
    return {"id": visit, **seat.row("follow_up", visit)["body"]}


def asked(seat: Workstation, visit: str, satisfaction: int) -> dict[str, Any]:
    told = {"at": WRITTEN_AT, "agent": seat.login, "result": "reached", "satisfaction": satisfaction}
    [answer] = seat.push(seat.op("follow_up", visit, "append", {"attempts": [None, told]}))
    return answer


def test_complaint_imported_as_resolved_is_closed_after_a_return_visit_by_somebody_else(
    run: Run, seat: Workstation, file: Write
) -> None:
    resolved, closed = (file(COMPLAINT.format(status=one), f"{one}.csv") for one in ("已解决", "已关闭"))
    assert counts(run("tickets", resolved, "--dry-run")) == (1, 0, 0, 0)
    assert counts(run("tickets", resolved)) == (1, 0, 0, 0)

    visit = visit_of(seat, "K1")
    assert (visit["kind"], visit["state"], visit["ticket_id"]) == ("return_visit", "open", "K1")
    assert seat.row("ticket", "K1")["body"]["handlers"][-1] == "wang.qiang"
    assert counts(run("tickets", closed, "--dry-run")) == counts(run("tickets", closed)) == (0, 0, 0, 1)
    [refused] = csv.DictReader((closed.parent / "已关闭.errors.csv").read_text(encoding="utf-8-sig").splitlines())
    assert "回访完成后才能关闭" in " ".join(refused.values())

    close = {"status": ["resolved", "closed"], "status_reason": [None, "完成"]}
    [early] = seat.push(seat.op("ticket", "K1", "update", close))
    assert early["reason"] == "return_visit_open"
    address = str(seat.http.base_url)
    with Workstation(address, "wang.qiang") as handler, Workstation(address, "shen.lan") as visitor:
        assert asked(handler, visit["id"], 5)["reason"] == "handler_may_not"
        assert asked(visitor, visit["id"], 4)["verdict"] in ("applied", "merged")

    assert counts(run("tickets", closed)) == (0, 1, 0, 0)
    seat.sync()
    assert seat.row("ticket", "K1")["body"]["status"] == "closed"
    assert counts(run("tickets", resolved)) == (0, 1, 0, 0)
    assert visit_of(seat, "K1")["id"] != visit["id"]


def test_complaint_that_comes_in_closed_was_closed_elsewhere(run: Run, seat: Workstation, file: Write) -> None:
    run("tickets", file(COMPLAINT.format(status="已关闭"), "tickets.csv"))
    seat.sync()

    body = seat.row("ticket", "K1")["body"]
    assert (body["status"], body["return_visit"]) == ("closed", None)


def test_complaint_taken_up_again_by_a_table_calls_its_visit_off(run: Run, seat: Workstation, file: Write) -> None:
    run("tickets", file(COMPLAINT.format(status="已解决"), "tickets.csv"))
    visit = visit_of(seat, "K1")["id"]
    run("tickets", file(COMPLAINT.format(status="处理中"), "tickets.csv"))
    seat.sync()

    assert seat.row("ticket", "K1")["body"]["return_visit"] is None
    assert seat.row("follow_up", visit)["body"]["state"] == "cancelled"


def test_ticket_of_a_customer_who_was_merged_comes_to_who_stays(run: Run, seat: Workstation, file: Write) -> None:
    merge = {"customer_id": "C-1", "gone": "C-2", "taken": []}
    seat.push(seat.op("customer_merge", "C-2.m", "create", merge))
    text = "工单编号,主题,分类,客户编号\nT1,网速慢,fault/broadband/slow,C-2\n"
    told = run("tickets", file(text, "tickets.csv"))
    seat.sync()
    assert counts(told) == (1, 0, 0, 0)
    assert seat.row("ticket", "T1")["body"]["customer_id"] == "C-1"


def test_products_are_named_in_both_languages(run: Run, seat: Workstation, file: Write) -> None:
    text = "产品编号,产品名称,英文名称,产品线,月费\nP1,千兆宽带,Gigabit,home,199.50\n"
    run("products", file(text, "products.csv"))
    run("products", file("产品编号,产品名称,产品线\nP1,千兆光纤,home\n", "products.csv"))
    seat.sync()

    body = seat.row("product", "P1")["body"]
    assert (body["name"], body["monthly_fen"]) == ({"zh": "千兆光纤", "en": "Gigabit"}, 19950)


def test_import_stands_in_the_audit_trail(run: Run, site: Settings, file: Write) -> None:
    run("customers", file(TWO))
    [(subject, reason)] = executed(site, "SELECT subject, reason FROM audit_line WHERE deed = 'imported'")
    assert (subject, reason) == ("customers: customers.csv", "new 2, changed 0, unchanged 0, bad 0")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--map", "nothing"), "write it as COLUMN=FIELD"),
        (("--delimiter", "ab"), "one sign"),
        (("--zone", "Nowhere/At_all"), "there is no zone"),
        (("--map", "积分=-"), "There is no column 积分"),
        (("--set", "colour=red"), "There is no field colour"),
        (("--set", "tier=purple", "--map", "等级=-"), "tier cannot be 'purple'"),
    ],
    ids=["map", "delimiter", "zone", "column", "field", "constant"],
)
def test_wish_that_cannot_be_met_is_refused_with_a_sentence(
    run: Run, site: Settings, file: Write, options: tuple[str, ...], sentence: str
) -> None:
    before = everything_in(site)
    told = run("customers", file(TWO), *options, "--language", "en")

    assert told.code == 1
    assert sentence in told.err
    assert everything_in(site) == before


def test_file_that_is_not_there_is_said(run: Run, tmp_path: Path) -> None:
    told = run("customers", tmp_path / "none.csv")
    assert (told.code, "No such file" in told.err) == (1, True)


def test_many_rows_are_read_beside_and_none_is_lost(run: Run, site: Settings, file: Write) -> None:
    lines = "".join(f"N{number},王小明,139{number:08d},home,,\n" for number in range(6000))
    told = run("customers", file(HEADINGS + lines))

    assert counts(told) == (6000, 0, 0, 0)
    assert executed(site, "SELECT count(*) FROM customer WHERE id LIKE 'N%'") == [(6000,)]


def test_import_that_was_killed_is_finished_by_the_next(run: Run, site: Settings, file: Write, tmp_path: Path) -> None:
    table = file(HEADINGS + "".join(f"N{number},王小明,139{number:08d},home,,\n" for number in range(9000)))
    database = site.database.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "agent_server", "import", "customers", str(table)]
    killed = subprocess.Popen([*command, "--database", database, "--home", str(site.home)], stderr=subprocess.DEVNULL)
    while executed(site, "SELECT count(*) FROM customer WHERE id LIKE 'N%'") == [(0,)]:
        assert killed.poll() is None
        time.sleep(0.05)
    killed.kill()
    killed.wait()

    told = run("customers", table)

    assert told.out["new"] + told.out["unchanged"] == 9000
    assert told.out["unchanged"] > 0
    assert executed(site, "SELECT count(*) FROM customer WHERE id LIKE 'N%' AND version = 1") == [(9000,)]


def test_file_of_errors_that_is_there_is_not_written_over(run: Run, file: Write, tmp_path: Path) -> None:
    mended = file("mended by hand", "mended.csv")
    told = run("customers", file(TWO), "--errors", str(mended))

    assert (told.code, mended.read_text(encoding="utf-8")) == (1, "mended by hand")
    assert "is there already" in told.err or "已经有了" in told.err


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_running_server_tells_its_workstations_at_once(
    request: pytest.FixtureRequest, tmp_path: Path, file: Write, kind: str
) -> None:
    cluster: Cluster | None = request.getfixturevalue("cluster") if kind == "postgresql" else None
    settings = make_site(tmp_path / "site", CUSTOMERS, cluster)
    database = settings.database.render_as_string(hide_password=False)
    with (
        ServerProcess(settings) as server,
        Workstation(server.address, "lin.yue") as workstation,
        listening(server, workstation) as ear,
    ):
        main(["import", "customers", str(file(TWO)), "--database", database, "--home", str(settings.home)])
        rows = ear.next("rows", scope="customers:home")

    assert [row["id"] for row in rows["page"]["rows"]] == ["X1"]


def test_server_on_sqlite_looks_often_enough_by_itself(tmp_path: Path) -> None:
    settings = make_site(tmp_path / "site")
    server = ServerThread(settings)
    server.start()
    try:
        assert server.app_server.settings.look_every_alone_s <= 1.0
    finally:
        server.stop()


def test_name_comes_in_as_the_line_that_it_looks_like(run: Run, seat: Workstation, file: Write) -> None:
    """What is not seen in it is left out, and a text is no name."""
    told = run("customers", file(TWO.replace("王小明", "\u2067王\u00ad小明\u2069") + f"X3,{'赵' * 201},,home,,\n"))
    seat.sync()

    assert (told.code, counts(told)) == (4, (2, 0, 0, 1))
    assert seat.row("customer", "X1")["body"]["name"] == "王小明"
