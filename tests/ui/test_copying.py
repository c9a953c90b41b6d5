"""Copying what the screen shows of customers: numbers masked, what is sensitive on record, refused in a sentence."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from shiboken6 import Shiboken

from agent_desktop.ui.ticket.answers import AnswersPanel
from agent_desktop.ui.window.rail import Page
from agent_desktop.ui.window.right_panel import KNOWLEDGE
from agent_model.command import Command, CommandKind
from agent_model.scope import Scope
from agent_model.wire import Row
from tests.desktop.rows import ticket_row
from tests.ui.seat import AgentSeat
from tests.ui.test_masking import notices, opened
from tests.ui.test_panes import texts
from tests.ui.test_ticket_page import TICKET

HOME, ORG = Scope("customers:home"), Scope("org")
SAID = "Lives at 88 Nanjing Road, 文三路 188 号 3 幢, call 13812345678, card 6222021234567894"
COPY = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def clipboard(qapp: object) -> None:
    QGuiApplication.clipboard().setText("before")


def copied() -> str:
    return QGuiApplication.clipboard().text()


def on_record(seat: AgentSeat) -> list[tuple[str, str, str]]:
    found: list[Command] = [one for one in seat.outbox.waiting(99) if "copied" in one.fields]
    assert all(one.kind is CommandKind.REVEAL for one in found)
    return [(one.entity, one.id, str(one.fields["copied"].old)) for one in found]


def press_copy_in(seat: AgentSeat, place: QWidget) -> None:
    seat.window.activateWindow()
    place.setFocus()
    assert seat.pump(place.hasFocus)
    QTest.keyClick(place, Qt.Key.Key_C, COPY)


def forbidden(seat: AgentSeat) -> None:
    seat.mirror.apply(ORG, [Row("desk_policy", "site", 1, {"copies": ["team_lead"]})], None)
    seat.workspace._read_company()
    assert seat.pump(lambda: not seat.workspace.copying.may_copy)


def ticket_opened(seat: AgentSeat) -> QWidget:
    seat.mirror.apply(HOME, [ticket_row("2", version=2, **{**TICKET, "description": SAID})], None)
    seat.workspace.ticket_page.open("2")
    assert seat.pump(lambda: seat.window.ticket is not None and seat.window.ticket.seen is not None)
    assert seat.window.ticket is not None
    return seat.window.ticket.panel(AnswersPanel).description


def test_masked_number_is_copied_masked_and_is_nobody_s_record(seat: AgentSeat) -> None:
    opened(seat)
    press_copy_in(seat, seat.window.customer.header.dial)

    assert copied() == "138****6721"
    assert on_record(seat) == []


def test_number_that_is_looked_at_is_copied_whole_and_put_on_record(seat: AgentSeat) -> None:
    opened(seat)
    header = seat.window.customer.header
    header.ask_reveal()
    assert seat.pump(lambda: "138 0000 6721" in texts(header))
    press_copy_in(seat, header.dial)

    assert seat.pump(lambda: copied() == "138 0000 6721")
    assert on_record(seat) == [("customer", "C-1", "phone")]


def test_text_of_a_ticket_is_copied_without_numbers_and_cards_and_its_address_is_on_record(seat: AgentSeat) -> None:
    description = ticket_opened(seat)
    description.setSelection(0, len(description.text()))  # type: ignore[attr-defined]
    press_copy_in(seat, description)

    assert seat.pump(lambda: copied().startswith("Lives at"))
    assert "138****5678" in copied()
    assert [secret for secret in ("13812345678", "6222021234567894") if secret in copied()] == []
    assert on_record(seat) == [("ticket", "2", "address")]


def test_menu_of_a_text_copies_as_the_key_does(seat: AgentSeat) -> None:
    description = ticket_opened(seat)
    description.setSelection(0, len("Lives at"))  # type: ignore[attr-defined]
    description.setFocus()
    assert seat.pump(description.hasFocus)
    seat.workspace.copying._copy_from(description)

    assert copied() == "Lives at"


@pytest.mark.parametrize("page", [Page.TICKETS, Page.CUSTOMERS])
def test_row_of_a_list_is_copied_as_the_list_shows_it(seat: AgentSeat, page: Page) -> None:
    seat.mirror.apply(HOME, [ticket_row("2", version=2, **{**TICKET, "subject": "Ring 13812345678"})], None)
    seat.window.show_page(page)
    table = seat.window.pages.lists[page].table
    assert seat.pump(lambda: table.model().rowCount() and table.model().index(0, 0).data())
    table.setCurrentIndex(table.model().index(0, 0))
    press_copy_in(seat, table)

    assert copied() != "before"
    assert "\t" in copied()
    assert [number for number in ("13812345678", "13800006721") if number in copied()] == []


def test_entry_of_the_timeline_is_copied_with_its_words(seat: AgentSeat) -> None:
    seat.mirror.apply(HOME, [ticket_row("2", version=2, **{**TICKET, "subject": "Ring 13812345678"})], None)
    opened(seat)
    timeline = seat.window.customer.timeline
    assert seat.pump(lambda: timeline.model().rowCount() > 1)
    timeline.setCurrentIndex(timeline.model().index(1, 0))
    press_copy_in(seat, timeline)

    assert "Ring 138****5678" in copied()


@pytest.mark.parametrize("where", ["customer", "ticket"])
def test_role_that_may_not_copy_is_told_and_the_clipboard_stays(seat: AgentSeat, where: str) -> None:
    forbidden(seat)
    place: QWidget = seat.window.customer.header.dial
    if where == "ticket":
        place = ticket_opened(seat)
        place.setSelection(0, 5)  # type: ignore[attr-defined]
    else:
        opened(seat)
    press_copy_in(seat, place)

    assert seat.pump(lambda: any("may not copy" in words for words in notices(seat)))
    assert copied() == "before"
    assert on_record(seat) == []


def test_what_one_writes_oneself_is_copied_whole_also_by_who_may_not_copy(seat: AgentSeat) -> None:
    forbidden(seat)
    seat.window.show_page(Page.WORKSPACE)
    seat.window.start_ticket()
    written = seat.window.right.form.description
    written.setPlainText("13812345678")
    written.selectAll()
    press_copy_in(seat, written)

    assert copied() == "13812345678"


def test_article_is_no_customer_s(seat: AgentSeat) -> None:
    forbidden(seat)
    seat.window.right.turn_to(KNOWLEDGE)
    article = QLineEdit("Call 4008123456 or 13812345678", seat.window.right.knowledge)
    article.setReadOnly(True)
    article.show()
    article.selectAll()
    press_copy_in(seat, article)

    assert copied() == "Call 4008123456 or 13812345678"


def test_field_that_is_deleted_while_it_has_the_keyboard_is_let_go(seat: AgentSeat) -> None:
    seat.window.activateWindow()
    assert QTest.qWaitForWindowActive(seat.window, 5_000)
    label = QLabel("shown", seat.window.customer)
    label.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    label.show()
    label.setFocus()
    assert seat.workspace.copying._place is label

    Shiboken.delete(label)

    assert seat.workspace.copying._place is None
