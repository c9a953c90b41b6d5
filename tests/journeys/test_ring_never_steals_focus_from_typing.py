"""Somebody rings while the agent types: focus, text, cursor, page and the item on the screen stay as they were."""

from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QWidget

from agent_desktop.ui.window.rail import Page
from agent_model.customer import CustomerId
from demo.seat import Seat
from tests.journeys.company import CUSTOMERS, name_of, phone_of
from tests.journeys.conftest import Ring, Sit
from tests.journeys.sight import focus, open_items, ringing, talking, typed, words


@dataclass(frozen=True)
class Place:
    """Everything a ring might disturb."""

    focus: QWidget
    text: str
    cursor: int
    page: QWidget | None
    tab: int
    customer: str
    item: str | None


def place(seat: Seat) -> Place:
    widget, window = focus(), seat.window
    text, cursor = typed(widget)
    page = window.pages.currentWidget()
    item = seat.workspace.items.current_key
    return Place(widget, text, cursor, page, window.right.tabs.currentIndex(), window.customer.customer_id, item)


@pytest.mark.parametrize("where", ["description", "search", "dial field"])
def test_ring_leaves_everything_where_it_was(sit: Sit, ring: Ring, where: str) -> None:
    seat = sit()
    _open(seat, name_of(CUSTOMERS[12]))
    _begin_to_type(seat, where)
    seat.press("Left")
    before = place(seat)

    ring(seat, phone_of(CUSTOMERS[13]), X_Queue="support", X_Call_Ref=f"journey-41-{where}")

    assert seat.until(lambda: name_of(CUSTOMERS[13]) in [item.title for item in open_items(seat)])
    assert place(seat) == before
    seat.type("7")
    assert typed(focus())[0] == before.text[: before.cursor] + "7" + before.text[before.cursor :]
    assert ringing(seat)


def test_ring_leaves_the_page_that_is_read(sit: Sit, ring: Ring) -> None:
    seat = sit()
    seat.window.show_page(Page.SETTINGS)
    page = seat.window.pages.currentWidget()

    ring(seat, phone_of(CUSTOMERS[14]), X_Call_Ref="journey-42")

    assert seat.until(lambda: len(open_items(seat)) == 1)
    assert seat.window.pages.currentWidget() is page


def test_call_answered_while_typing_about_somebody_else_waits_in_the_list(sit: Sit, ring: Ring) -> None:
    seat = sit()
    _open(seat, name_of(CUSTOMERS[12]))
    seat.press("Ctrl+N")
    seat.type("about the first")
    before = place(seat)
    caller = ring(seat, phone_of(CUSTOMERS[15]), X_Queue="support", X_Call_Ref="journey-43")
    seat.type(" customer")

    seat.press("F9")

    assert caller.wait_for("connected")
    assert seat.until(lambda: [item.is_unread for item in open_items(seat)] == [False, True])
    assert (focus(), place(seat).item, seat.window.customer.customer_id) == (
        before.focus,
        before.item,
        CUSTOMERS[12].customer.id,
    )
    assert typed(focus()) == ("about the first customer", 24)
    assert name_of(CUSTOMERS[15]) in words(seat.window.strip.talking)
    seat.press("Ctrl+2")
    assert seat.until(lambda: seat.window.customer.customer_id == CUSTOMERS[15].customer.id)
    assert seat.window.right.form.subject.text() == ""
    seat.press("Ctrl+1")
    assert seat.until(lambda: seat.window.right.form.subject.text() == "about the first customer")


def test_words_written_with_nothing_open_stay_when_a_call_is_answered(sit: Sit, ring: Ring) -> None:
    seat = sit()
    seat.press("Ctrl+N")
    seat.type("a thought of my own")
    caller = ring(seat, phone_of(CUSTOMERS[16]), X_Queue="support", X_Call_Ref="journey-44")
    seat.type("!")

    seat.press("F9")

    assert caller.wait_for("connected")
    assert seat.until(lambda: talking(seat))
    assert seat.until(lambda: [item.is_unread for item in open_items(seat)] == [True])
    assert typed(focus()) == ("a thought of my own!", 20)


def test_note_begun_for_one_customer_never_goes_to_the_caller(sit: Sit, ring: Ring) -> None:
    seat = sit()
    _open(seat, name_of(CUSTOMERS[12]))
    notes = seat.window.customer.notes
    seat.window.customer.tabs.setCurrentIndex(3)
    notes.add.click()
    seat.type("prefers mornings")
    caller = ring(seat, phone_of(CUSTOMERS[17]), X_Queue="support", X_Call_Ref="journey-45")
    seat.type("!")

    seat.press("F9")

    assert caller.wait_for("connected")
    assert seat.until(lambda: [item.is_unread for item in open_items(seat)] == [False, True])
    caller.hang_up()
    view = seat.workspace._rooms.book._view
    assert seat.until(lambda: view.mirror.row("contact", "K-journey-45-lin.yue"))
    assert typed(focus()) == ("prefers mornings!", 17)
    seat.press("Return")
    assert seat.until(lambda: "prefers mornings!" in _notes(seat, CUSTOMERS[12].customer.id))
    assert "prefers mornings!" not in _notes(seat, CUSTOMERS[17].customer.id)


def test_answered_call_comes_onto_the_screen_when_nobody_types(sit: Sit, ring: Ring) -> None:
    seat = sit()
    _open(seat, name_of(CUSTOMERS[12]))
    caller = ring(seat, phone_of(CUSTOMERS[18]), X_Queue="support", X_Call_Ref="journey-46")

    seat.press("F9")

    assert caller.wait_for("connected")
    assert seat.until(lambda: seat.window.customer.customer_id == CUSTOMERS[18].customer.id)


def _notes(seat: Seat, customer_id: str) -> list[str]:
    customer = seat.workspace._rooms.book.customer(CustomerId(customer_id))
    assert customer is not None
    return [note.text for note in customer.notes]


def _open(seat: Seat, name: str) -> None:
    """By search, as a person does."""
    seat.press("Ctrl+K")
    seat.type(name)
    assert seat.until(seat.window.top_bar.found.isVisible)
    seat.press("Return")
    assert seat.until(lambda: name in words(seat.window.customer.header))


def _begin_to_type(seat: Seat, where: str) -> None:
    window = seat.window
    fields: dict[str, QWidget] = {
        "description": window.right.form.description,
        "search": window.top_bar.search,
        "dial field": window.strip.idle.number,
    }
    fields[where].setFocus()
    seat.type("138")
    assert typed(focus())[0] == "138"
