"""Lists as files: what may leave, in which form, harmless to who opens it, on record before it is there."""

import csv
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from agent_desktop.exports.desk import Answer, Exports
from agent_desktop.exports.job import About, ExportJob, Form, Rows
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.store import Store
from agent_desktop.offline.view import View
from agent_model.agent import Agent, AgentId, QueueId, Role, TeamId
from agent_model.body import to_body
from agent_model.desk_policy import DeskPolicy
from agent_model.export import Export, ExportId, ExportKind, ExportState
from agent_model.scope import ORG, own
from agent_model.wire import Row
from agent_model.words import Words
from agent_papers.text_table import harmless
from tests.fakes import SEALED, SetClock, counting_ids

AT = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
ABOUT = About("工单", "说明", "林悦 1001", AT, "林悦 1001 · 2026-11-22", (("导出人", "林悦 1001"), ("时间", "12:00")))
ME = Agent(
    AgentId("a-1"), "lin.yue", Words("林悦", "Lin Yue"), Role.AGENT, "1001", TeamId("home"), (QueueId("q"),)
)  # fmt: skip
LIST = ExportKind.LIST


def cells(places: Sequence[int]) -> list[tuple[str, ...]]:
    return [(f"TK-{place}", "=2+3 发票") for place in places if place != 7]


def job(folder: Path, form: Form, **changes: object) -> ExportJob:
    rows = replace(Rows(("编号", "主题"), (("#9", "草稿"),), range(1000), (("甲", 400), ("乙", 600))), **changes)  # type: ignore[arg-type]
    return ExportJob(folder / f"list{form.ending}", form, rows, ABOUT, cells)


def run(made: ExportJob) -> Path:
    while not made.is_whole:
        made.step()
    return made.finish(lambda _rows: None)


def test_workbook_has_rows_groups_and_where_it_is_from(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="no default style"):
        book = openpyxl.load_workbook(run(job(tmp_path, Form.XLSX)))
    sheet = book["工单"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[:4] == [["编号", "主题"], ["#9", "草稿"], ["甲 · 400", None], ["TK-0", "=2+3 发票"]]
    assert len(rows) == 1 + 1 + 2 + 999
    assert {cell.data_type for row in sheet.iter_rows(min_row=4, max_row=9) for cell in row} == {"s"}
    assert [[cell.value for cell in row] for row in book["说明"].iter_rows()] == [list(line) for line in ABOUT.lines]
    assert (book.properties.creator, book.properties.description) == ("林悦 1001", ABOUT.mark)
    assert ABOUT.mark in str(sheet.oddFooter.center.text)


def test_signs_that_no_workbook_takes_are_replaced(tmp_path: Path) -> None:
    made = job(tmp_path, Form.XLSX, first=(("a\x00b\x1b", "<&> \ud800"),), places=(), heads=())
    with ZipFile(run(made)) as book:
        text = book.read("xl/worksheets/sheet1.xml").decode()
    assert "a\ufffdb\ufffd" in text
    assert "&lt;&amp;&gt; \ufffd" in text


@pytest.mark.parametrize(("form", "encoding"), [(Form.CSV, "utf-8-sig"), (Form.CSV_GB18030, "gb18030")])
def test_text_table_is_read_by_a_spreadsheet_and_runs_nothing(tmp_path: Path, form: Form, encoding: str) -> None:
    path = run(job(tmp_path, form))
    with path.open(encoding=encoding, newline="") as file:
        rows = list(csv.reader(file))
    assert rows[:4] == [["编号", "主题"], ["#9", "草稿"], ["甲 · 400"], ["TK-0", "'=2+3 发票"]]
    assert rows[-3:] == [[], ["导出人", "林悦 1001"], ["时间", "12:00"]]
    assert (path.read_bytes()[:3] == b"\xef\xbb\xbf") == (form is Form.CSV)


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "＝1", "＠x"])
def test_what_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_plain_words_stay_as_they_are() -> None:
    assert [harmless(text) for text in ("发票", "a=b", "", "138****0001")] == ["发票", "a=b", "", "138****0001"]


def test_file_is_there_only_when_it_is_whole_and_on_record(tmp_path: Path) -> None:
    made = job(tmp_path, Form.CSV)
    noted: list[tuple[int, bool]] = []
    while not made.is_whole:
        made.step()
        assert not (tmp_path / "list.csv").exists()
    made.finish(lambda rows: noted.append((rows, (tmp_path / "list.csv").exists())))
    assert noted == [(1000, False)]
    assert [path.name for path in tmp_path.iterdir()] == ["list.csv"]


def test_nothing_is_left_of_an_export_that_is_broken_off(tmp_path: Path) -> None:
    made = job(tmp_path, Form.XLSX)
    made.step()
    made.break_off()
    assert list(tmp_path.iterdir()) == []


def test_file_that_cannot_be_put_on_record_is_not_there(tmp_path: Path) -> None:
    made = job(tmp_path, Form.CSV)
    while not made.is_whole:
        made.step()

    def full(_rows: int) -> None:
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        made.finish(full)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def view(tmp_path: Path) -> View:
    store = Store(tmp_path / "store", SEALED)
    store.open_cache()
    return View(Mirror(store), Outbox(store, ME.id))


@pytest.fixture
def exports(view: View) -> Exports:
    return Exports(view, ME, SetClock(), counting_ids("x"))


def test_limit_of_the_role_counts_and_more_needs_an_approval(exports: Exports) -> None:
    answers = [exports.may(LIST, "tickets", rows, is_online=True).answer for rows in (500, 501, 10_001)]
    assert answers == [Answer.ALLOWED, Answer.NEEDS_APPROVAL, Answer.TOO_MANY]
    assert exports.may(LIST, "customers", 1, is_online=True).answer is Answer.NOT_YOURS


def test_site_may_want_no_files_while_the_server_is_away(view: View, exports: Exports) -> None:
    assert exports.may(LIST, "tickets", 1, is_online=False).is_given
    policy = DeskPolicy(exports_offline=False)
    view.mirror.apply(ORG, [Row("desk_policy", "site", 1, to_body(policy))], None)
    assert exports.may(LIST, "tickets", 1, is_online=False).answer is Answer.ONLINE_ONLY
    assert exports.may(LIST, "tickets", 1, is_online=True).is_given


def test_approval_covers_what_was_asked_for(view: View, exports: Exports) -> None:
    given = Export(
        ExportId("E-8"), LIST, "tickets", "", 3000, ME.id, AT, ExportState.APPROVED, "Report", team="home", version=2
    )
    view.mirror.apply(own(ME.id), [Row("export", given.id, 2, to_body(given))], None)
    permit = exports.may(LIST, "tickets", 2900, is_online=True)
    assert (permit.answer, permit.approved) == (Answer.ALLOWED, given)
    assert exports.may(LIST, "tickets", 3001, is_online=True).answer is Answer.NEEDS_APPROVAL

    exports.note(LIST, "tickets", "", 2900, permit.approved)
    [command] = view.outbox.waiting(10)
    assert {name: change.new for name, change in command.fields.items()} == {"state": "done", "rows": 2900}
    assert exports.may(LIST, "tickets", 2900, is_online=True).answer is Answer.NEEDS_APPROVAL


def test_wish_for_an_approval_waits_to_be_sent(exports: Exports) -> None:
    exports.ask("tickets", "State: New", 3000, "Report")
    assert [one.state for one in exports.mine()] == [ExportState.ASKED]
    assert exports.to_decide() == ()


def test_written_export_is_a_command(view: View, exports: Exports) -> None:
    exports.note(ExportKind.PRINT, "T-1", "TK-1", 1)
    [command] = view.outbox.waiting(10)
    told = {name: change.new for name, change in command.fields.items()}
    assert (command.entity, told["kind"], told["subject"], told["state"]) == ("export", "print", "T-1", "done")
    assert "is_allowed" not in told


def test_lead_decides_over_what_others_ask(view: View, exports: Exports) -> None:
    asked = Export(
        ExportId("E-9"), LIST, "tickets", "", 3000, "a-7", AT, ExportState.ASKED, "Why", team="home", version=1
    )
    view.mirror.apply(own(ME.id), [Row("export", "E-9", 1, to_body(asked))], None)
    [found] = exports.to_decide()
    exports.decide(found, "Fine", is_approved=True)
    assert exports.to_decide() == ()
    [command] = view.outbox.waiting(10)
    assert {name: change.new for name, change in command.fields.items()} == {"state": "approved", "words": "Fine"}
