"""The one box at the top: customers, tickets and knowledge as one types, by keyboard alone and in nobody's way."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView

from agent_desktop.ui.widgets.found_list import Found, FoundKind, FoundList
from agent_desktop.ui.widgets.rows import Row, row_role
from agent_model.scope import Scope
from tests.desktop.rows import customer_row, ticket_row
from tests.ui.desk import focus
from tests.ui.seat import AgentSeat

HOME = Scope("customers:home")
WANG = customer_row(
    "C-7", name="王小明", phones=["+8613911117788"], email="wang.xm@yunlan.cn", company="杭州云岚科技有限公司"
)
TICKET = ticket_row("204718", customer="C-7", subject="宽带很慢")


@pytest.fixture(autouse=True)
def customers(seat: AgentSeat) -> None:
    seat.mirror.apply(HOME, [WANG, customer_row("C-8", name="王雪梅", phones=["+8613911110001"]), TICKET], None)
    seat.workspace.looking_up.learning.begin()
    assert seat.pump(lambda: not seat.rooms.finder.learn())
    seat.window.activateWindow()
    assert QTest.qWaitForWindowActive(seat.window, 5_000)


def ctrl_k(seat: AgentSeat) -> None:
    QTest.keyClick(seat.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)


def typed(seat: AgentSeat, text: str) -> FoundList:
    """Letters by key, characters as an input method gives them."""
    ctrl_k(seat)
    if text.isascii():
        QTest.keyClicks(seat.window.top_bar.search, text)
    else:
        given = QInputMethodEvent()
        given.setCommitString(text)
        QCoreApplication.sendEvent(seat.window.top_bar.search, given)
    found = seat.window.top_bar.found
    assert seat.pump(found.isVisible)
    return found


def shown(found: FoundList) -> list[Row]:
    model = found.findChildren(QListView)[0].model()
    return [model.index(row, 0).data(row_role()) for row in range(model.rowCount())]


def titles(found: FoundList) -> list[str]:
    return [row.heading or row.title for row in shown(found)]


@pytest.mark.parametrize(
    ("text", "title", "detail", "marked"),
    [
        ("wangxi", "王小明", "139****7788 · 杭州云岚科技有限公司", "王小"),
        ("小明", "王小明", "139****7788 · 杭州云岚科技有限公司", "小明"),
        ("7788", "王小明", "139****7788 · 杭州云岚科技有限公司", "7788"),
        ("139 1111 7788", "王小明", "139****7788 · 杭州云岚科技有限公司", "7788"),
        ("wang.xm@", "王小明", "wang.xm@yunlan.cn · 139****7788 · 杭州云岚科技有限公司", "wang.xm@"),
        ("云岚", "王小明", "杭州云岚科技有限公司 · 139****7788", "云岚"),
    ],
    ids=["pinyin", "given name", "end", "number", "e-mail", "company"],
)
def test_customer_is_found_as_one_types_and_it_is_marked_by_what(
    seat: AgentSeat, text: str, title: str, detail: str, marked: str
) -> None:
    found = typed(seat, text)
    assert seat.pump(lambda: titles(found)[:2] == ["Customers", title])
    row = shown(found)[1]
    assert row.detail == detail
    of_title = [row.title[start : start + length] for start, length in row.marks]
    assert [*of_title, *(row.detail[start : start + length] for start, length in row.detail_marks)] == [marked]


@pytest.mark.parametrize("text", ["TK-2047", "tk204", "204718", "2047"])
def test_ticket_is_found_by_the_beginning_of_its_number(seat: AgentSeat, text: str) -> None:
    found = typed(seat, text)
    assert seat.pump(lambda: titles(found) == ["Tickets", "TK-204718"])


def test_kinds_stand_in_groups_and_the_choice_passes_their_headings(seat: AgentSeat) -> None:
    found = typed(seat, "ch")
    groups = (
        Found(FoundKind.CUSTOMER, "C-1", "Chen"),
        Found(FoundKind.TICKET, "C-7", "TK-1"),
        Found(FoundKind.ARTICLE, "a", "Charges"),
    )
    assert seat.pump(lambda: len(shown(found)) > 1)
    found.show_under(seat.window.top_bar.search, groups)
    search = seat.window.top_bar.search
    passed = [found.current]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(search, key)
        passed.append(found.current)

    assert titles(found) == ["Customers", "Chen", "Tickets", "TK-1", "Knowledge", "Charges"]
    assert passed == [groups[0], groups[1], groups[2], groups[0], groups[2]]


def test_chosen_customer_opens_and_the_keyboard_is_where_it_was(seat: AgentSeat) -> None:
    seat.window.start_ticket()
    before = focus()
    found = typed(seat, "wang")
    assert seat.pump(lambda: titles(found) == ["Customers", "王小明", "王雪梅"])
    QTest.keyClick(seat.window.top_bar.search, Qt.Key.Key_Down)
    QTest.keyClick(seat.window.top_bar.search, Qt.Key.Key_Return)

    assert seat.pump(lambda: seat.window.customer.customer_id == "C-8")
    assert focus() is before


def test_ctrl_k_again_goes_back_and_once_more_takes_up_what_was_typed(seat: AgentSeat) -> None:
    seat.window.start_ticket()
    before = focus()
    found = typed(seat, "wang")
    ctrl_k(seat)
    back, is_open = focus(), found.isVisible()
    ctrl_k(seat)
    search = seat.window.top_bar.search

    assert (back, is_open) == (before, False)
    assert seat.pump(lambda: found.isVisible() and titles(found)[:2] == ["Customers", "王小明"])
    assert search.selectedText() == "wang"


def test_escape_closes_the_list_then_clears_then_leaves(seat: AgentSeat) -> None:
    seat.window.start_ticket()
    before = focus()
    found, search = typed(seat, "wang"), seat.window.top_bar.search
    passed = []
    for _ in range(3):
        QTest.keyClick(search, Qt.Key.Key_Escape)
        passed.append((found.isVisible(), search.text(), search.hasFocus()))
    assert passed == [(False, "wang", True), (False, "", True), (False, "", False)]
    assert focus() is before


def test_answer_that_comes_late_opens_nothing_where_somebody_types_elsewhere(seat: AgentSeat) -> None:
    ctrl_k(seat)
    QTest.keyClicks(seat.window.top_bar.search, "wang")
    seat.window.start_ticket()
    writing = focus()
    searched: list[bool] = []
    seat.background.search.do(lambda: None, lambda _: searched.append(True))
    assert seat.pump(lambda: bool(searched))
    QTest.keyClicks(focus(), "slow line")

    assert focus() is writing
    assert not seat.window.top_bar.found.isVisible()


def test_only_the_last_of_what_was_typed_is_answered(seat: AgentSeat) -> None:
    bar = seat.window.top_bar
    bar.search.setFocus()
    bar.search.setText("wangxia")
    for length in range(1, 8):
        bar.search_wanted.emit("wangxia"[:length])
    assert seat.pump(bar.found.isVisible)
    assert titles(bar.found) == ["Customers", "王小明"]


def test_customer_who_comes_while_the_list_is_open_appears_in_it(seat: AgentSeat) -> None:
    found = typed(seat, "wang")
    assert seat.pump(lambda: len(shown(found)) == 3)
    seat.mirror.apply(HOME, [customer_row("C-9", name="汪洋", phones=[])], None)
    seat.workspace.looking_up.learning.begin()
    assert seat.pump(lambda: "汪洋" in titles(found))


def test_who_is_not_read_yet_is_not_said_to_be_nobody(seat: AgentSeat) -> None:
    bar = seat.window.top_bar
    bar.search.setFocus()
    bar.search.setText("zzz")
    bar.show_found((), is_all=False)
    assert "still being read in" in bar.found._nothing.text()
