"""An administrator adds a field to a form: open windows have it within seconds around what is typed, a ticket that was
filed offline with the form before is taken, and shows that form for ever."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtTest import QTest

from agent_desktop.sync.events import Offline
from agent_desktop.ui.forms.clauses import ALL
from agent_desktop.ui.window.rail import Page
from agent_model.ticket import TicketType
from demo.seat import Seat
from demo.server import DemoServer
from tests.journeys.company import CUSTOMERS, Colleague
from tests.journeys.conftest import Sit
from tests.journeys.sight import is_in_step, words
from tests.journeys.test_two_agents_edit_one_customer import open_customer, press
from tests.journeys.weak_line import WeakLine

WHO = CUSTOMERS[41]
SOURCE, AMOUNT = "source_number", "amount"


@pytest.fixture
def line(own_server: DemoServer) -> Iterator[WeakLine]:
    carried = WeakLine(own_server.address)
    yield carried
    carried.close()


def test_form_edited_by_an_administrator_reaches_agents(sit: Sit, own_server: DemoServer, line: WeakLine) -> None:
    here, away = sit("lin.yue"), sit("wang.qiang", address=line.address)
    admin = sit("admin")
    open_customer(away, WHO)
    line.cut()
    away.window.top_bar.sync.click()
    assert away.until(lambda: isinstance(away.workspace.sync.status, Offline), 30)
    form = here.window.right.form
    begin_complaint(here, "refund was promised")
    choose(here, "wanted", "refund")
    amount = entry(here, AMOUNT)
    assert here.until(amount.isVisible)
    amount.setFocus()
    here.type("12")
    assert form.draft.typed == {"wanted": "refund", AMOUNT: "12"}

    key = add_field(admin)

    assert here.until(lambda: here.window.right.form.asked.fields.row(key) is not None, 10)
    assert here.window.focusWidget() is amount
    assert here.take_keyboard()
    here.type("0")
    assert (form.subject.text(), form.draft.typed) == ("refund was promised", {"wanted": "refund", AMOUNT: "120"})

    form.priority.choose("urgent")
    form.priority.chosen.emit("urgent")
    press(here, "Ctrl+Return")
    assert here.until(lambda: entry(here, key).hasFocus())
    assert "This is needed." in words(form)
    here.type("before noon")
    here.press("Ctrl+Return")
    assert here.until(lambda: form.draft.is_empty), words(form)
    assert here.until(lambda: bool(filed(own_server, "refund was promised")), 30)
    [details] = filed(own_server, "refund was promised").values()
    assert details["form"] == "complaint.2"
    assert details["values"][key] == "before noon"

    begin_complaint(away, "written without the server")
    away.window.right.form.priority.choose("urgent")
    away.window.right.form.priority.chosen.emit("urgent")
    press(away, "Ctrl+Return")
    assert away.until(lambda: away.window.right.form.draft.is_empty), words(away.window.right.form)
    line.mend()
    away.window.top_bar.sync.click()
    assert away.until(lambda: is_in_step(away), 30)
    assert away.workspace._rooms.desk.refused() == ()
    [(ticket_id, details)] = filed(own_server, "written without the server").items()
    assert details["form"] == "complaint.1"

    current = away.workspace._rooms.desk.forms.shelf().current(TicketType.COMPLAINT)
    assert current is not None
    assert current.edition == 2
    away.window.customer.ticket_taken.emit(ticket_id)
    assert away.until(lambda: away.window.ticket is not None and away.window.ticket.isVisible())
    page = away.window.ticket
    assert page is not None
    assert "Form “Complaint”, edition 1" in words(page)
    assert "Came by" in words(page)


def test_form_in_a_circle_is_not_published_and_nothing_is_lost(sit: Sit, own_server: DemoServer) -> None:
    admin = sit("admin")
    page = open_forms(admin)
    add(admin, "甲", "First")
    first = page.editor.field
    add(admin, "乙", "Second")
    assert first is not None
    for mine, other in ((page.editor.field, first.key), (first, page.editor.field.key if page.editor.field else "")):
        assert mine is not None
        page.fields.taken.emit(mine.key)
        page.editor.visible.mode.setCurrentIndex(page.editor.visible.mode.findData(ALL))
        line = page.editor.visible.lines[0]
        line.of.setCurrentIndex(line.of.findData(f"field:{other}"))
    press(admin, "Ctrl+Return")
    assert admin.until(lambda: "The conditions go round in a circle. Take one of them away." in words(page))

    admin.window.show_page(Page.WORKSPACE)
    kept = admin.workspace._rooms.desk.forms.draft(TicketType.COMPLAINT)
    assert admin.until(lambda: len(kept.fields) == 7)
    assert [field.label.en for field in kept.fields[-2:]] == ["First", "Second"]


def begin_complaint(seat: Seat, subject: str) -> None:
    form = seat.window.right.form
    assert seat.until(lambda: form.category.count() > 0)
    press(seat, "Ctrl+N")
    seat.type(subject)
    form.category.choose("complaint/service")
    form.category.picked.emit("complaint/service")
    form.description.setFocus()
    seat.type("客户要求退费。")


def entry(seat: Seat, key: str) -> Any:
    row = seat.window.right.form.asked.fields.row(key)
    assert row is not None
    return row.entry.place


def choose(seat: Seat, key: str, option: str) -> None:
    row = seat.window.right.form.asked.fields.row(key)
    assert row is not None
    row.entry.put(option)
    row.entry.edited.emit()


def open_forms(seat: Seat) -> Any:
    press(seat, f"Alt+{list(Page).index(Page.FORMS) + 1}")
    page = seat.window.pages.forms
    assert seat.until(lambda: page.draft is not None)
    page.type.setCurrentIndex(page.type.findData("complaint"))
    assert seat.until(lambda: page.draft is not None and page.draft.type is TicketType.COMPLAINT)
    return page


def add(seat: Seat, zh: str, en: str) -> None:
    page = seat.window.pages.forms
    page.add.click()
    assert page.editor.label_zh.hasFocus()
    page.editor.label_zh.setText(zh)
    page.editor.label_en.setFocus()
    QTest.keyClicks(page.editor.label_en, en)


def add_field(admin: Seat) -> str:
    """A field that is needed when the ticket is urgent, published; its key."""
    page = open_forms(admin)
    assert admin.take_keyboard()
    add(admin, "最迟答复", "Answer at the latest")
    page.editor.required.mode.setCurrentIndex(page.editor.required.mode.findData(ALL))
    field = page.editor.field
    assert field is not None
    assert [row.key for row in page.preview.rows][-1] == field.key
    press(admin, "Ctrl+Return")
    assert admin.until(lambda: "Edition 2 is on its way to everybody." in words(page), 10)
    return str(field.key)


def filed(server: DemoServer, subject: str) -> dict[str, Any]:
    """The details of the tickets with this subject, as the server has them."""
    colleague = Colleague(server.address)
    try:
        return {ticket["id"]: ticket["body"]["details"] for ticket in colleague.tickets("queue:support", subject)}
    finally:
        colleague.close()
