"""The lists of tickets and customers: narrowed, sorted, grouped, kept as a view, by keyboard, whole at any length."""

from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from agent_desktop.sync.events import ScopeChanged
from agent_desktop.ui.lists.columns import Head, Line
from agent_desktop.ui.lists.page import ListPage
from agent_desktop.ui.window.rail import Page
from agent_model.scope import Scope, team
from agent_model.wire import Gone, Row
from tests.desktop.rows import contact_row, customer_row, ticket_row
from tests.ui.desk import focus
from tests.ui.samples import ME
from tests.ui.seat import AgentSeat

HOME = Scope("customers:home")


def ticket(n: int, **fields: Any) -> Row:
    at = f"2026-11-{1 + n % 20:02d}T10:{n % 60:02d}:00.000Z"
    return ticket_row(f"{100_000 + n}", created_at=at, updated_at=at, **fields)


FEW = [
    ticket(1, subject="宽带很慢", priority="urgent", queue="billing", due_at="2026-11-30T10:00:00.000Z"),
    ticket(2, subject="Wrong bill", priority="low", queue="q-home", owner=ME.id, due_at="2026-11-25T10:00:00.000Z"),
    ticket(3, subject="发票抬头", priority="high", queue="billing"),
    ticket(4, subject="Already solved", status="closed", queue="billing"),
]


def shown(page: ListPage) -> list[str]:
    """First cells and titles of groups, down to the first row that has not come."""
    entries = [page.table.lines.entry(row) for row in range(page.table.lines.rowCount())]
    return [entry.title if isinstance(entry, Head) else first(page, entry) for entry in entries]


def first(page: ListPage, entry: Line | None) -> str:
    return entry.cells[page.table.lines.columns[0].key].text if entry else "…"


def numbers(*last: int) -> list[str]:
    return [f"TK-{100_000 + n}" for n in last]


def opened(seat: AgentSeat, page: Page, rows: list[Row], count: int = 3) -> ListPage:
    seat.mirror.apply(HOME, rows, None)
    seat.window.activateWindow()
    assert QTest.qWaitForWindowActive(seat.window, 5_000)
    seat.window.show_page(page)
    of = seat.window.pages.lists[page]
    assert seat.pump(lambda: of.table.lines.rowCount() == count and "…" not in shown(of))
    return of


@pytest.fixture
def tickets(seat: AgentSeat) -> ListPage:
    return opened(seat, Page.TICKETS, FEW)


def test_open_tickets_stand_there_the_last_changed_first(tickets: ListPage) -> None:
    assert shown(tickets) == numbers(3, 2, 1)
    line = tickets.table.lines.entry(1)
    assert isinstance(line, Line)
    assert (line.cells["customer"].text, line.cells["subject"].text) == ("Chen Siyuan", "Wrong bill")


def test_list_is_narrowed_as_one_types(seat: AgentSeat, tickets: ListPage) -> None:
    assert focus() is tickets.search
    QTest.keyClicks(tickets.search, "BILL")
    assert seat.pump(lambda: shown(tickets) == numbers(2))
    tickets.search.setText("100003")
    assert seat.pump(lambda: shown(tickets) == numbers(3))
    tickets.search.setText("zzz")
    assert seat.pump(lambda: not tickets.table.isVisible())
    assert "Nothing here fits" in tickets._nothing.text()


def test_mine_and_all_are_chosen_by_arrow_keys(seat: AgentSeat, tickets: ListPage) -> None:
    segment = tickets.narrowings._buttons["open"]
    segment.setFocus()
    QTest.keyClick(segment, Qt.Key.Key_Right)
    assert seat.pump(lambda: shown(tickets) == numbers(2))
    QTest.keyClick(focus(), Qt.Key.Key_Right)
    assert seat.pump(lambda: shown(tickets) == numbers(4, 3, 2, 1))


def test_list_is_sorted_by_its_titles_and_by_keys(seat: AgentSeat, tickets: ListPage) -> None:
    tickets.table.sort_wanted.emit("priority")
    assert seat.pump(lambda: shown(tickets) == numbers(2, 3, 1))
    tickets.table.sort_wanted.emit("priority")
    assert seat.pump(lambda: shown(tickets) == numbers(1, 3, 2))
    tickets.sorting.setFocus()
    QTest.keyClicks(tickets.sorting, "Due, r")
    QTest.keyClick(tickets.sorting, Qt.Key.Key_Return)
    tickets.sorting.activated.emit(tickets.sorting.currentIndex())
    assert seat.pump(lambda: shown(tickets) == numbers(2, 1, 3))
    titles = [tickets.table.lines.headerData(n, Qt.Orientation.Horizontal) for n in range(9)]
    assert [title for title in titles if title[-1] in "↑↓"] == ["Due ↑"]


def test_groups_stand_under_their_names_with_how_many_they_are(seat: AgentSeat, tickets: ListPage) -> None:
    tickets.grouping.setCurrentIndex(tickets.grouping.findData("queue"))
    tickets.grouping.activated.emit(tickets.grouping.currentIndex())
    assert seat.pump(lambda: shown(tickets) == ["Billing", *numbers(3, 1), "q-home", *numbers(2)])
    head = tickets.table.lines.entry(0)
    assert isinstance(head, Head)
    assert head.count == 2


def test_return_opens_the_ticket_and_escape_leads_back(seat: AgentSeat, tickets: ListPage) -> None:
    QTest.keyClick(tickets.search, Qt.Key.Key_Down)
    assert focus() is tickets.table
    QTest.keyClick(tickets.table, Qt.Key.Key_Return)
    window = seat.window
    assert seat.pump(lambda: window.ticket is not None and window.ticket.isVisible())
    assert window.ticket is not None
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    assert seat.pump(lambda: not window.shows_ticket and tickets.isVisible())


def test_view_is_kept_and_comes_back_with_its_columns(seat: AgentSeat, tickets: ListPage) -> None:
    tickets.table.sort_wanted.emit("due")
    tickets.show_columns(("number", "subject", "due"))
    tickets.views.keeping.click()
    QTest.keyClicks(tickets.views.naming, "Soon due")
    QTest.keyClick(tickets.views.naming, Qt.Key.Key_Return)
    assert seat.pump(lambda: tickets.views.views.currentText() == "Soon due")
    choose(tickets, "Default view")
    before = tickets.shown_columns
    choose(tickets, "Soon due")

    assert len(before) == 10
    assert tickets.shown_columns == ("number", "subject", "due")
    assert (tickets.query.sort, tickets.query.is_descending) == ("due", False)
    assert [view.name for view in seat.rooms.saved_views.of("tickets")] == ["Soon due"]
    tickets.views.dropping.click()
    assert seat.pump(lambda: seat.rooms.saved_views.of("tickets") == ())


def choose(page: ListPage, view: str) -> None:
    picked = page.views.views
    picked.setCurrentIndex(picked.findText(view))
    picked.activated.emit(picked.currentIndex())


def test_ticket_that_comes_appears_and_one_stays_where_one_was(seat: AgentSeat, tickets: ListPage) -> None:
    tickets.table.choose(1)
    seat.mirror.apply(HOME, [ticket(18, subject="New one"), ticket(19, subject="Another")], None)
    seat.workspace.lists[Page.TICKETS].rows_changed()
    assert seat.pump(lambda: shown(tickets) == numbers(19, 18, 3, 2, 1))
    assert tickets.table.currentIndex().row() == 3
    seat.mirror.apply(HOME, [], None, gone=[Gone("ticket", "100002")])
    seat.workspace.lists[Page.TICKETS].rows_changed()
    assert seat.pump(lambda: shown(tickets) == numbers(19, 18, 3, 1))


def test_rows_of_groups_know_their_places(seat: AgentSeat, tickets: ListPage) -> None:
    lines = tickets.table.lines
    tickets.grouping.setCurrentIndex(tickets.grouping.findData("queue"))
    tickets.grouping.activated.emit(tickets.grouping.currentIndex())
    assert seat.pump(lambda: shown(tickets)[0] == "Billing")
    rows = [lines.row_with(place) for place in lines.places]
    assert rows == [1, 2, 4]
    assert [lines.place(row) for row in (0, 1, 2, 3, 4)] == [None, *lines.places[:2], None, lines.places[2]]


def test_ten_thousand_rows_come_by_the_window_only(seat: AgentSeat) -> None:
    seat.mirror.apply(HOME, [ticket(n, subject=f"Number {n}") for n in range(10_000)], None)
    while seat.rooms.ticket_list.learn():
        """All of them."""
    seat.window.show_page(Page.TICKETS)
    page = seat.window.pages.lists[Page.TICKETS]
    assert seat.pump(lambda: page.table.lines.rowCount() == 10_000)
    QTest.keyClick(page.table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    page.table.scrollToBottom()
    lines = page.table.lines
    assert lines.rowCount() == 10_000
    assert seat.pump(lambda: lines.entry(9_999) is not None)
    assert sum(map(len, lines._windows.values())) < 1_500


def test_customers_are_listed_and_sorted_by_value(seat: AgentSeat) -> None:
    some = [
        customer_row("C-2", name="王芳", value_fen=500, tier="gold", company="云岚"),
        customer_row("C-3", name="李四", value_fen=900, phones=["+8613911112222"]),
    ]
    page = opened(seat, Page.CUSTOMERS, some)
    assert shown(page) == ["Chen Siyuan", "李四", "王芳"]
    page.table.sort_wanted.emit("value")
    page.table.sort_wanted.emit("value")
    assert seat.pump(lambda: shown(page) == ["李四", "王芳", "Chen Siyuan"])
    line = page.table.lines.entry(0)
    assert isinstance(line, Line)
    assert line.cells["number"].text == "139****2222"
    QTest.keyClicks(page.search, "nobody")
    assert seat.pump(lambda: not page.table.isVisible())


def test_rows_are_chosen_by_space_and_shift_and_all_of_them(seat: AgentSeat, tickets: ListPage) -> None:
    table = tickets.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Home)
    QTest.keyClick(table, Qt.Key.Key_Space)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(table.chosen) == 3
    QTest.keyClick(table, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert named(tickets) == ["100003", "100002"]
    assert "2 chosen of 3" in tickets._foot.text()

    QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(table.chosen) == 3
    tickets.table.sort_wanted.emit("number")
    assert seat.pump(lambda: shown(tickets) == numbers(1, 2, 3))
    assert named(tickets) == ["100001", "100002", "100003"]
    QTest.keyClick(table, Qt.Key.Key_Escape)
    assert not table.chosen


def test_rows_that_are_chosen_and_out_of_sight_are_told_and_left_alone(seat: AgentSeat, tickets: ListPage) -> None:
    tickets.table.setFocus()
    QTest.keyClick(tickets.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    tickets.search.setText("100002")
    assert seat.pump(lambda: shown(tickets) == numbers(2))

    assert seat.pump(lambda: "1 chosen of 1" in tickets._foot.text())
    assert "2 more that were chosen are not in it" in tickets._foot.text()
    assert named(tickets) == ["100002"]
    tickets.search.clear()
    assert seat.pump(lambda: len(shown(tickets)) == 3)
    assert len(named(tickets)) == 3


def named(page: ListPage) -> list[str]:
    lines = page.table.lines
    found = [lines.entry(lines.row_with(place) or 0) for place in page.chosen]
    return [line.cells["number"].text.removeprefix("TK-") for line in found if isinstance(line, Line)]


def test_letters_go_to_the_first_row_that_begins_so(seat: AgentSeat, tickets: ListPage) -> None:
    tickets.table._forget_word.setInterval(60_000)  # however long a busy machine takes for a key
    tickets.table.setFocus()
    QTest.keyClicks(tickets.table, "tk-100001")
    assert seat.pump(lambda: tickets.table.currentIndex().row() == 2)


def test_letters_lead_to_a_row_that_comes_with_the_rest_of_the_list(seat: AgentSeat) -> None:
    seat.mirror.apply(HOME, [ticket(n) for n in range(300)], None)
    while seat.rooms.ticket_list.learn():
        """All of them."""
    page = opened(seat, Page.TICKETS, [], count=300)
    desk, query = seat.workspace.lists[Page.TICKETS], page.query
    whole = desk._nouns.order(query)
    page.show_order(whole.places[:100], (), (), is_whole=False)
    desk._find("tk-100000")
    assert seat.pump(lambda: desk._sought == whole.places[299] or page.table.currentIndex().row() == 299)
    desk._show(query, whole, ())
    assert page.table.currentIndex().row() == 299


def test_menu_key_offers_what_can_be_done(seat: AgentSeat, tickets: ListPage) -> None:
    asked: list[object] = []
    tickets.table.menu_wanted.connect(asked.append)
    tickets.table.setFocus()
    QTest.keyClick(tickets.table, Qt.Key.Key_Home)
    where = tickets.table.visualRect(tickets.table.currentIndex()).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, where, tickets.table.viewport().mapToGlobal(where))
    QCoreApplication.sendEvent(tickets.table.viewport(), event)
    words = [action.text() for action in tickets._deeds.actions()]
    assert len(asked) == 1
    assert {"Open", "Change those chosen…", "Export the list…"} <= set(words)
    tickets._deeds.hide()


def test_two_columns_order_the_list(seat: AgentSeat, tickets: ListPage) -> None:
    tickets.table.sort_wanted.emit("queue")
    tickets.table.then_wanted.emit("priority")
    assert seat.pump(lambda: shown(tickets) == numbers(3, 1, 2))
    tickets.table.then_wanted.emit("priority")
    assert seat.pump(lambda: shown(tickets) == numbers(1, 3, 2))
    assert tickets.then.currentText() == "then Priority, falling"


def test_filters_by_column_hold_together_and_are_taken_away(seat: AgentSeat, tickets: ListPage) -> None:
    bar = tickets.filters
    tickets.filtering.click()
    assert focus() is bar.column
    pick(bar.column, "Queue")
    pick(bar.value, "Billing")
    assert seat.pump(lambda: shown(tickets) == numbers(3, 1))
    pick(bar.column, "Subject")
    bar.text.setText("宽带")
    QTest.keyClick(bar.text, Qt.Key.Key_Return)
    assert seat.pump(lambda: shown(tickets) == numbers(1))
    assert [bar.words(one) for one in bar.filters] == ["Queue: Billing", "Subject: “宽带”"]
    bar.none.click()
    assert seat.pump(lambda: shown(tickets) == numbers(3, 2, 1))


def test_days_are_said_in_words_or_from_and_to(seat: AgentSeat, tickets: ListPage) -> None:
    bar = tickets.filters
    tickets.filtering.click()
    pick(bar.column, "Due")
    pick(bar.value, "Between two days")
    QTest.keyClicks(bar.days, "2026-11-24 - 2026-11-26")
    QTest.keyClick(bar.days, Qt.Key.Key_Return)
    assert seat.pump(lambda: shown(tickets) == numbers(2))
    tickets.views.keeping.click()
    QTest.keyClicks(tickets.views.naming, "Soon")
    QTest.keyClick(tickets.views.naming, Qt.Key.Key_Return)
    assert seat.pump(lambda: tickets.views.views.currentText() == "Soon")
    assert seat.rooms.saved_views.of("tickets")[0].query == tickets.query


def pick(choice: QComboBox, words: str) -> None:
    choice.setCurrentIndex(choice.findText(words))
    choice.activated.emit(choice.currentIndex())


def test_calls_are_listed_and_only_ones_own_to_who_does_not_lead(seat: AgentSeat) -> None:
    calls = [
        contact_row("K-1", "2026-11-20T10:00:00.000Z", agent=ME.id, queue="billing", duration_s=61),
        contact_row("K-2", "2026-11-21T10:00:00.000Z", agent="a-1007", kind="call_out"),
        contact_row("K-3", "2026-11-21T11:00:00.000Z", agent=ME.id, kind="call_missed"),
        contact_row("K-4", "2026-11-21T12:00:00.000Z", agent=ME.id, kind="email"),
    ]
    page = opened(seat, Page.CALLS, calls, count=2)
    line = page.table.lines.entry(1)
    assert isinstance(line, Line)
    assert (line.cells["customer"].text, line.cells["queue"].text, line.cells["duration"].text) == (
        "Chen Siyuan",
        "Billing",
        "01:01",
    )
    assert set(page.narrowings._buttons) == {"mine", "missed"}
    page.narrowings._buttons["missed"].click()
    assert seat.pump(lambda: page.table.lines.rowCount() == 1)


def test_customer_who_came_while_the_list_is_shown_is_found_by_the_search_too(seat: AgentSeat) -> None:
    page = opened(seat, Page.CUSTOMERS, [], count=1)
    seat.mirror.apply(HOME, [customer_row("C-9", name="Oliver Smith", phones=["+8613911110000"])], None)
    seat.workspace.lists[Page.CUSTOMERS].rows_changed()
    assert seat.pump(lambda: page.table.lines.rowCount() == 2)
    assert [found.customer.id for found in seat.rooms.finder.find("smith")] == ["C-9"]


def test_view_of_the_team_comes_while_the_list_is_shown_and_is_not_an_agents_to_drop(
    seat: AgentSeat, tickets: ListPage
) -> None:
    body = {
        "list": "tickets", "name": "Late", "team": "home", "query": {"sort": "due", "only": {}},
        "columns": ["number", "due"], "made_by": "a-1007", "made_at": "2026-11-20T10:00:00.000Z", "is_dropped": False,
    }  # fmt: skip
    seat.mirror.apply(team("home"), [Row("list_view", "V-1", 1, body)], None)
    seat.workspace._in_step.scope_changed.emit(
        ScopeChanged(team("home"), frozenset({"list_view"}), frozenset({"V-1"}))
    )  # fmt: skip
    assert seat.pump(lambda: tickets.views.views.count() == 2)
    choose(tickets, "Late · team")
    assert seat.pump(lambda: tickets.shown_columns == ("number", "due"))
    assert seat.pump(lambda: len(shown(tickets)) == 4)
    assert not tickets.views.dropping.isVisible()
    assert not tickets.views.sharing.isVisible()
