"""An administrator imports a table: what its columns mean is chosen, its rows are shown, its course is told."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from agent_desktop.errors import ServerRefused
from agent_desktop.sync.imports import Fault, ImportTask, Seen
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.imports.page import ImportPage
from agent_desktop.ui.imports.words import explain_fault, explain_refusal
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_model.table_import import LEFT_OUT, ImportState, ImportStep, ImportWishes
from agent_server.importing.sentences import FILES
from tests.ui import import_samples as samples


@pytest.fixture
def page(window: MainWindow) -> ImportPage:
    samples.show(window, "import")
    return window.pages.imports


def cells(page: ImportPage, row: int) -> list[str]:
    model = page.preview.model()
    return [str(model.index(row, column).data() or "") for column in range(model.columnCount())]


def choose(page: ImportPage, heading: str, field: str) -> None:
    pick = page.columns.picks[heading]
    pick.setCurrentIndex(pick.findData(field))


def test_agent_is_not_offered_the_import(window: MainWindow) -> None:
    window.show_page(Page.IMPORTS)
    assert not window.rail.offers(Page.IMPORTS)
    assert window.right.isVisible()


def test_column_that_nobody_knows_keeps_the_import_waiting_and_says_why(page: ImportPage) -> None:
    assert not page.run.isEnabled()
    assert "积分" in page.run.toolTip()
    assert page.outcome.full_text == page.run.toolTip()
    assert page.columns.picks["积分"].currentData() == ""


def test_chosen_meaning_is_a_wish_of_its_own(page: ImportPage) -> None:
    wished: list[ImportWishes] = []
    page.wishes_changed.connect(lambda: wished.append(page.wishes))
    choose(page, "积分", "note")
    choose(page, "公司", LEFT_OUT)
    choose(page, "积分", "")
    assert [dict(one.columns) for one in wished] == [
        {"积分": "note"},
        {"积分": "note", "公司": "-"},
        {"公司": "-"},
    ]


def test_rows_stand_field_by_field_and_a_faulty_one_says_why(page: ImportPage) -> None:
    assert cells(page, 0)[:4] == ["2", "K0002", "欧阳雪峰", "+8613799990101"]
    assert cells(page, 0)[4] == "Gold"
    assert cells(page, 0)[-1] == "¥1,280"
    assert cells(page, 2)[1] == "手机：“1379999”不是电话号码"


def test_needed_field_without_a_column_may_be_the_same_for_every_row(page: ImportPage) -> None:
    lacks = Fault("missing_fields", {"fields": "segment", "example": "segment"})
    page.show_task(replace(samples.LOOKED, seen=replace(samples.WHOLE, constants={}, lacks=lacks)))
    assert list(page.columns.entries) == ["segment"]
    page.columns.entries["segment"].setFocus()
    QTest.keyClicks(page.columns.entries["segment"], "home")
    assert page.wishes.constants == {"segment": "home"}
    page.show_task(replace(samples.LOOKED, seen=replace(samples.WHOLE, constants={"segment": "home"})))
    assert page.columns.entries["segment"].text() == "home"


def test_field_of_the_sites_own_is_offered_and_read_by_its_name(page: ImportPage) -> None:
    pick = page.columns.picks["套餐"]
    assert pick.currentText() == "Plan"
    assert cells(page, 0)[-2] == "Family"


def test_file_on_its_way_may_be_stopped(page: ImportPage) -> None:
    page.show_sending("客户名单.csv", 1, 4)
    assert page.outcome.full_text == "“客户名单.csv” is on its way to the server: 25%."
    assert page.stop.isVisible()


def test_encoding_that_is_said_goes_before_what_was_found_out(page: ImportPage) -> None:
    assert page.reading.encoding.itemText(0) == "Found out: GB18030"
    assert page.wishes.encoding is None
    page.reading.encoding.setCurrentIndex(page.reading.encoding.findData("utf-8"))
    assert page.wishes.encoding == "utf-8"


def test_workbook_offers_its_sheets_and_no_encoding(page: ImportPage) -> None:
    fault = Fault("several_sheets", {"sheets": "一月, 二月"})
    page.show_task(replace(samples.LOOKED, state=ImportState.REFUSED, seen=Seen(("一月", "二月")), fault=fault))
    assert [page.reading.sheet.itemData(n) for n in range(1, page.reading.sheet.count())] == ["一月", "二月"]
    assert page.reading.encoding.isHidden()
    assert not page.run.isEnabled()
    assert page.outcome.full_text == "Several sheets could be meant. Choose one under “Sheet”."


def test_running_import_shows_how_far_it_is_and_may_be_stopped(page: ImportPage) -> None:
    stopped: list[bool] = []
    page.stop_wanted.connect(lambda: stopped.append(True))
    page.show_task(samples.RUNNING)
    assert (page.bar.value(), page.bar.maximum()) == (61_500, 98_412)
    assert not page.run.isEnabled()
    assert "60,112 new" in page.counts.full_text
    assert not page.choose.isEnabled()
    page.stop.click()
    assert stopped == [True]


@pytest.mark.parametrize(
    ("task", "said"),
    [
        (samples.DONE, "The rows are in, but for the faulty ones"),
        (replace(samples.DONE, state=ImportState.CUT_OFF), "The import was cut off."),
        (replace(samples.DONE, state=ImportState.STOPPED), "The import was stopped."),
        (replace(samples.DONE, step=ImportStep.TRY), "So it would be."),
        (replace(samples.DONE, step=ImportStep.TRY, state=ImportState.STOPPED), "The trial was stopped."),
    ],
    ids=["done", "cut off", "stopped", "tried", "trial stopped"],
)
def test_what_became_of_it_is_said_and_faulty_rows_can_be_saved(page: ImportPage, task: ImportTask, said: str) -> None:
    page.show_task(task)
    assert page.outcome.full_text.startswith(said)
    assert page.save_errors.isVisible()
    assert page.run.isEnabled() is (task is not samples.DONE)
    assert page.stop.isHidden()


def test_import_that_went_well_says_so_and_asks_for_the_next_file(page: ImportPage) -> None:
    page.show_task(replace(samples.DONE, has_errors=False))
    assert page.outcome.full_text == "The rows are in."
    assert page.run.toolTip() == "These rows are in: choose the next file."
    assert page.choose.isEnabled()


def test_pressed_button_leaves_the_keyboard_on_the_page(page: ImportPage) -> None:
    page.show_task(replace(samples.LOOKED, seen=samples.WHOLE))
    page.run.setFocus()
    page.show_task(samples.RUNNING)
    assert page.preview.hasFocus()


def test_import_is_run_from_the_keyboard(page: ImportPage, window: MainWindow) -> None:
    steps: list[ImportStep] = []
    page.step_wanted.connect(steps.append)
    QTest.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert steps == []
    page.show_task(replace(samples.LOOKED, seen=samples.WHOLE))
    QTest.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert steps == [ImportStep.RUN]


def test_dropped_file_is_taken(page: ImportPage, tmp_path: Path) -> None:
    taken: list[Path] = []
    page.file_wanted.connect(taken.append)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.csv"))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))
    assert taken == [tmp_path / "a.csv"]


def test_every_reason_of_the_server_has_words_that_name_no_option_of_the_console(page: ImportPage) -> None:
    names, formats = Directory(), Formats("en")
    unknown = explain_fault(Fault("", {}), names, formats)
    said = {code: explain_fault(Fault(code, {}), names, formats) for code in FILES if code != "no_such_profile"}
    assert unknown not in said.values()
    assert not [words for words in said.values() if "--" in words]


@pytest.mark.parametrize("code", ["import_running", "file_gone", "too_large", "not_allowed", "too_many_uploads"])
def test_every_refusal_has_words(code: str) -> None:
    assert code not in explain_refusal(ServerRefused(409, code))
