"""An administrator imports a customer list as Excel in China saves it: agents at work find the people in seconds."""

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QListView

from agent_desktop.ui.widgets.rows import row_role
from demo.seat import Seat
from demo.server import DemoServer
from tests.journeys.company import Colleague
from tests.journeys.conftest import Sit

LIST = """客户编号,姓名,手机,固话,客群,等级,公司,备注
GB-1,欧阳雪峰,13799990101,,home,金卡,,老客户
GB-2,司徒静怡,1379999,0571-86660102,home,普通,,
GB-3,诸葛云帆,13799990103,,business,钻石,杭州云帆科技有限公司,"要求上午回电
不要发短信"
GB-4,上官晓菲,13799990104,,nowhere,银卡,,
"""


@pytest.mark.timeout(300)
def test_good_rows_are_found_by_pinyin_and_bad_ones_go_in_once_mended(
    sit: Sit, own_server: DemoServer, colleague: Colleague, tmp_path: Path
) -> None:
    seat = sit()
    table = tmp_path / "客户名单.csv"
    table.write_bytes(LIST.encode("gb18030"))

    code, told = _import(own_server, table)

    assert (code, told["new"], told["bad"]) == (4, 2, 2)
    assert _is_found(seat, "ouyangxuefeng", "欧阳雪峰")
    assert _is_found(seat, "zgyf", "诸葛云帆")
    assert _phones(colleague, "GB-1") == ["+8613799990101"]

    errors = Path(told["errors"])
    assert errors.name == "客户名单.errors.csv"
    assert [(row[0], row[1]) for row in _rows(errors)[1:]] == [("3", "手机"), ("5", "客群")]
    assert "“1379999”不是电话号码" in _rows(errors)[1][2]
    assert "没有“nowhere”" in _rows(errors)[2][2]

    mended = errors.read_bytes().replace(b",1379999,", b",13799990102,").replace(b",nowhere,", b",home,")
    errors.write_bytes(mended)
    code, told = _import(own_server, errors)

    assert (code, told["new"], told["bad"]) == (0, 2, 0)
    assert _is_found(seat, "situ", "司徒静怡")
    assert _is_found(seat, "sgxf", "上官晓菲")
    assert _phones(colleague, "GB-2") == ["+8613799990102", "+8657186660102"]

    heads = colleague.rows("customers:home", "customer"), colleague.rows("customers:business", "customer")
    for again in (table, errors):
        _, told = _import(own_server, again)
        assert (told["new"], told["changed"]) == (0, 0)
    after = colleague.rows("customers:home", "customer"), colleague.rows("customers:business", "customer")
    assert after == heads


@pytest.mark.timeout(600)
def test_list_is_imported_at_the_workstation_column_by_column(sit: Sit, colleague: Colleague, tmp_path: Path) -> None:
    admin = sit(login="admin")
    table = tmp_path / "旧系统客户.csv"
    table.write_bytes(LIST.replace("备注", "旧系统说明").encode("gb18030"))
    assert admin.take_keyboard()
    admin.press("Ctrl+Shift+I")
    page = admin.window.pages.imports
    admin.workspace.imports.take_file(table)

    assert admin.until(lambda: "旧系统说明" in page.columns.picks, 60)
    assert page.reading.encoding.itemText(0).endswith("GB18030")
    assert not page.run.isEnabled()
    assert "1379999" in _shown(page)
    pick = page.columns.picks["旧系统说明"]
    pick.setCurrentIndex(pick.findData("note"))
    assert admin.until(page.run.isEnabled, 60), page.outcome.full_text
    page.reading.remember.setText("旧系统")

    page.attempt.click()
    assert admin.until(lambda: page.save_errors.isVisible(), 60)
    assert page.bar.isHidden()
    assert _customers(colleague) == []
    tried = page.counts.full_text

    admin.press("Ctrl+Return")
    assert admin.until(lambda: len(_customers(colleague)) == 2, 60)
    assert admin.until(lambda: page.outcome.full_text.startswith(("The rows are in", "导入完成")), 60)
    assert page.counts.full_text == tried
    assert admin.until(lambda: page.reading.profile.findData("旧系统") > 0, 30)

    errors = tmp_path / "旧系统客户.errors.csv"
    admin.workspace.imports.save_to(errors, admin.workspace._rooms.imports.errors(_task(admin)))
    assert admin.until(errors.exists, 30)
    assert [row[0] for row in _rows(errors)[1:]] == ["3", "5"]

    mended = errors.read_bytes().replace(b",1379999,", b",13799990102,").replace(b",nowhere,", b",home,")
    errors.write_bytes(mended)
    admin.workspace.imports.take_file(errors)
    assert admin.until(lambda: page.file.full_text == errors.name and "旧系统说明" in page.columns.picks, 60)
    assert not page.run.isEnabled()
    page.reading.profile.setCurrentIndex(page.reading.profile.findData("旧系统"))
    assert admin.until(page.run.isEnabled, 60), page.outcome.full_text
    assert page.columns.picks["旧系统说明"].currentData() == "note"

    admin.press("Ctrl+Return")
    assert admin.until(lambda: len(_customers(colleague)) == 4, 60)
    assert admin.until(lambda: page.outcome.full_text.startswith(("The rows are in", "导入完成")), 60)
    assert page.save_errors.isHidden()
    assert _phones(colleague, "GB-2") == ["+8613799990102", "+8657186660102"]


def _task(admin: Seat) -> str:
    return str(admin.workspace._rooms.imports.known().tasks[0].id)


def _shown(page: Any) -> str:
    model = page.preview.model()
    every = (model.index(row, n).data() for row in range(model.rowCount()) for n in range(model.columnCount()))
    return " ".join(str(one) for one in every)


def _customers(colleague: Colleague) -> list[str]:
    rows = [*colleague.rows("customers:home", "customer"), *colleague.rows("customers:business", "customer")]
    return sorted(row["id"] for row in rows if row["id"].startswith("GB-"))


def _import(server: DemoServer, table: Path) -> tuple[int, dict[str, Any]]:
    """What the administrator types beside the running server."""
    command = [sys.executable, "-m", "agent_server", "import", "customers", str(table), "--language", "zh"]
    done = subprocess.run([*command, "--database", str(server.database)], capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return done.returncode, told


def _is_found(seat: Seat, typed: str, name: str) -> bool:
    """Typed into the box at the top, the person stands below it; also when they come while one looks."""
    seat.press("Ctrl+K")
    seat.type(typed)
    is_there = seat.until(lambda: name in _titles(seat), 30)
    for _ in ("the list", "what was typed", "the field"):
        seat.press("Esc")
    return is_there


def _titles(seat: Seat) -> list[str]:
    if not seat.window.top_bar.found.isVisible():
        return []
    model = seat.window.top_bar.found.findChildren(QListView)[0].model()
    return [model.index(row, 0).data(row_role()).title for row in range(model.rowCount())]


def _phones(colleague: Colleague, customer_id: str) -> list[str]:
    rows = [*colleague.rows("customers:home", "customer"), *colleague.rows("customers:business", "customer")]
    found: list[str] = next(row["body"]["phones"] for row in rows if row["id"] == customer_id)
    return found


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="gb18030", newline="") as file:
        return list(csv.reader(file))
