"""Relations on the customer's page: seen, written by keys, changed, taken away and brought back; who waits is told."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QSignalSpy, QTest

from agent_desktop.ui.customer.relation_card import RelationsCard
from agent_desktop.ui.window.main_window import MainWindow
from agent_model.command import Command
from agent_model.scope import Scope
from tests.desktop.customers.test_relations import relation_row
from tests.desktop.rows import customer_row, ticket_row
from tests.ui import relation_samples
from tests.ui.samples import NOW, Samples
from tests.ui.seat import AgentSeat
from tests.ui.test_panes import texts

EN = Samples("en")


@pytest.fixture
def card(window: MainWindow) -> RelationsCard:
    relation_samples.show(window, EN, "relations")
    QCoreApplication.processEvents()
    return window.customer.relations


def of_the_relation(seat: AgentSeat) -> list[Command]:
    return [command for command in seat.outbox.waiting(9) if command.entity == "customer_relation"]


@pytest.fixture
def at_desk(seat: AgentSeat) -> RelationsCard:
    """Chen on the screen, and Boris of the same household, who complains."""
    rows = [
        customer_row("C-2", name="Boris", phones=[]),
        customer_row("C-3", name="Yunlan Logistics", phones=[]),
        relation_row("r-1", "C-2", "C-1", "family"),
        ticket_row("7", "C-2", type="complaint", subject="Late delivery"),
    ]
    seat.mirror.apply(Scope("customers:home"), rows, None)
    seat.workspace.looking_up.learning.begin()
    seat.window.show()
    seat.workspace.on_screen.open_customer("C-1")
    assert seat.pump(seat.window.customer.related.isVisible)
    return seat.window.customer.relations


def named(card: RelationsCard) -> str:
    model = card.lines.model()
    return " | ".join(
        str(model.data(model.index(row, 0), Qt.ItemDataRole.AccessibleTextRole)) for row in range(model.rowCount())
    )


def wait(seat: AgentSeat, is_so: Callable[[], bool]) -> None:
    assert seat.pump(is_so)


def test_card_tells_who_they_are_and_what_is_open(card: RelationsCard) -> None:
    lines = named(card).split(" | ")
    assert lines[0] == "Household, Wanqiu Lin, Gold, Open complaints: 1"
    assert lines[1] == "Employer, Yunlan, Diamond, Open tickets: 1"
    assert lines[2:] == ["Employee, Yan Zhou", "Guardian, Somebody you may not see"]
    assert {"People: 9", "8 more"} <= set(texts(card))


def test_return_leads_to_the_customer_and_to_nobody_who_may_not_be_seen(card: RelationsCard) -> None:
    wanted = QSignalSpy(card.customer_wanted)
    QTest.keyClick(card.lines, Qt.Key.Key_Return)
    card.lines.setCurrentIndex(card.lines.model().index(3, 0))
    QTest.keyClick(card.lines, Qt.Key.Key_Return)
    assert [wanted.at(n) for n in range(wanted.count())] == [["C-R2"]]
    assert not card.change.isEnabled()


def test_open_complaint_of_the_household_is_told_below_with_its_ticket(window: MainWindow, card: RelationsCard) -> None:
    bar = window.customer.related
    assert bar.words.startswith("Household Wanqiu Lin has an open complaint: ")
    wanted = QSignalSpy(bar.ticket_wanted)
    bar.open.click()
    assert wanted.at(0) == [EN.profile.open_tickets[0].id]


def test_what_came_moves_nothing_above_it(window: MainWindow) -> None:
    head = window.customer.header
    before = head.geometry()
    told = relation_samples.relations(EN)
    window.customer.relations.show_relations(told, NOW)
    window.customer.show_related(told.trouble)
    QCoreApplication.processEvents()
    assert (head.geometry(), window.customer.related.isVisible()) == (before, True)


def test_relation_is_added_by_keys_alone(seat: AgentSeat, at_desk: RelationsCard) -> None:
    form = at_desk.form
    seat.window.customer.tabs.setCurrentIndex(3)
    at_desk.add.click()
    assert form.who.hasFocus()
    wait(seat, lambda: not form.visibleRegion().isEmpty())
    QTest.keyClicks(form.who, "Yunlan Log")
    wait(seat, form.found.isVisible)
    QTest.keyClick(form.who, Qt.Key.Key_Return)
    assert form.side.hasFocus()
    form.side.setCurrentIndex(4)
    form.note.setFocus()
    QTest.keyClicks(form.note, "drives for them")
    QTest.keyClick(form.note, Qt.Key.Key_Return)
    wait(seat, lambda: bool(of_the_relation(seat)))
    [command] = of_the_relation(seat)
    fields = {name: command.fields[name].new for name in ("customer_id", "other_id", "kind", "note")}
    assert fields == {"customer_id": "C-1", "other_id": "C-3", "kind": "employee", "note": "drives for them"}
    wait(seat, lambda: "Employer, Yunlan Logistics" in named(at_desk))
    assert not form.isVisible()


def test_name_alone_is_no_customer_and_what_is_said_is_not_said_twice(seat: AgentSeat, at_desk: RelationsCard) -> None:
    form = at_desk.form
    seat.window.customer.tabs.setCurrentIndex(3)
    at_desk.add.click()
    QTest.keyClicks(form.who, "Boris")
    form.keep.click()
    assert form.why == "Choose the other customer from what the search finds."
    wait(seat, form.found.isVisible)
    QTest.keyClick(form.who, Qt.Key.Key_Return)
    form.keep.click()
    wait(seat, lambda: "already related" in form.why)
    assert of_the_relation(seat) == []


def test_relation_is_taken_away_and_brought_back(seat: AgentSeat, at_desk: RelationsCard) -> None:
    seat.window.customer.tabs.setCurrentIndex(3)
    at_desk.lines.setCurrentIndex(at_desk.lines.model().index(0, 0))
    QTest.keyClick(at_desk.lines, Qt.Key.Key_Delete)
    wait(seat, lambda: at_desk.removed == "Taken away: Boris")
    wait(seat, lambda: not seat.window.customer.related.isVisible())
    at_desk.undo.click()
    wait(seat, lambda: "Boris" in named(at_desk))
    assert [command.fields["is_removed"].new for command in of_the_relation(seat)] == [True, False]


def test_begun_relation_stays_with_its_customer(seat: AgentSeat, at_desk: RelationsCard) -> None:
    form = at_desk.form
    seat.window.customer.tabs.setCurrentIndex(3)
    at_desk.add.click()
    QTest.keyClicks(form.note, "moves in June")
    seat.workspace.on_screen.open_customer("C-3")
    wait(seat, lambda: seat.window.customer.customer_id == "C-3")
    assert form.isHidden()
    seat.workspace.on_screen.open_customer("C-1")
    wait(seat, lambda: form.note.text() == "moves in June")
