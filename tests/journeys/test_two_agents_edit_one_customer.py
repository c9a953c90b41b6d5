"""Two agents change one customer, one of them without the server: what differs is merged, what clashes is decided."""

from collections.abc import Iterator

import pytest

from agent_desktop.sync.events import NeedsAttention, Offline
from agent_desktop.ui.attention.conflict_card import ConflictCard
from agent_desktop.ui.window.rail import Page
from agent_model.customer import Customer, CustomerId
from demo.people import Person
from demo.seat import Seat
from demo.server import DemoServer
from tests.journeys.company import CUSTOMERS, name_of
from tests.journeys.conftest import Sit
from tests.journeys.sight import is_in_step, words
from tests.journeys.weak_line import WeakLine

WHO, OTHER, THIRD = CUSTOMERS[30], CUSTOMERS[31], CUSTOMERS[32]


@pytest.fixture
def line(server: DemoServer) -> Iterator[WeakLine]:
    carried = WeakLine(server.address)
    yield carried
    carried.close()


def test_two_agents_edit_one_customer(sit: Sit, line: WeakLine) -> None:
    here, away = sit("lin.yue"), sit("wang.qiang", address=line.address)
    open_customer(here)
    open_customer(away)
    line.cut()
    away.window.top_bar.sync.click()
    assert away.until(lambda: isinstance(away.workspace.sync.status, Offline), 30)

    edit(away, email="late@example.com", company="Late Company")
    assert away.until(lambda: "Not sent yet" in words(away.window.customer.header) or customer(away).version)
    edit(here, email="first@example.com", region="First Region")
    assert here.until(lambda: is_in_step(here) and not here.workspace._rooms.desk._view.outbox.count_waiting(), 30)
    line.mend()
    away.window.top_bar.sync.click()
    assert away.until(lambda: away.workspace.sync.status == NeedsAttention(1, 1), 30)

    assert here.until(lambda: customer(here).company == "Late Company", 30)
    assert away.until(lambda: customer(away).region == "First Region", 30)
    assert (customer(here).email, customer(away).email) == ("first@example.com",) * 2
    assert "Conflicts 1" in away.window.top_bar.sync.text()

    press(away, f"Alt+{list(Page).index(Page.ATTENTION) + 1}")
    card = shown_card(away)
    assert f"{name_of(WHO)} · E-mail" in words(card)
    assert [text.toPlainText() for text in card.texts[1:3]] == ["late@example.com", "first@example.com"]
    assert away.until(lambda: "Lin Yue" in words(card))
    press(away, "3")
    assert away.until(lambda: card.field.hasFocus())
    press(away, "Ctrl+A")
    away.type("both@example.com")
    press(away, "Ctrl+Return")

    assert away.until(lambda: is_in_step(away), 30)
    assert away.until(lambda: customer(away).email == "both@example.com", 30)
    assert here.until(lambda: customer(here).email == "both@example.com", 30)
    assert customer(here) == customer(away)
    assert away.workspace._rooms.conflicts.contested() == ()
    assert away.workspace._rooms.desk._view.outbox.entries() == []
    press(away, "Alt+1")
    assert here.until(lambda: "Late Company" in words(here.window.customer.header), 30)
    assert away.until(lambda: "Late Company" in words(away.window.customer.header), 30)


def test_decision_made_without_the_server_is_sent_when_it_is_back(sit: Sit, line: WeakLine) -> None:
    here, away = sit("lin.yue"), sit("wang.qiang", address=line.address)
    open_customer(here, OTHER)
    open_customer(away, OTHER)
    line.cut()
    edit(away, region="Late Region")
    edit(here, region="Earlier Region")
    assert here.until(lambda: is_in_step(here) and not here.workspace._rooms.desk._view.outbox.count_waiting(), 30)
    line.mend()
    away.window.top_bar.sync.click()
    assert away.until(lambda: isinstance(away.workspace.sync.status, NeedsAttention), 30)
    line.cut()
    press(away, f"Alt+{list(Page).index(Page.ATTENTION) + 1}")
    card = shown_card(away)
    assert away.until(lambda: isinstance(away.workspace.sync.status, Offline), 30)
    assert away.until(lambda: "The server does not answer." in words(away.window.pages.attention))

    press(away, "1")
    assert away.until(lambda: "It is kept here and sent" in words(card))
    line.mend()
    away.window.top_bar.sync.click()

    assert away.until(lambda: is_in_step(away), 30)
    assert here.until(lambda: customer(here, OTHER).region == "Late Region", 30)
    assert away.until(lambda: customer(away, OTHER) == customer(here, OTHER), 30)
    assert away.until(lambda: "Nothing needs your attention." in words(away.window.pages.attention))


def test_lead_decides_for_an_agent_whose_list_is_empty_then(sit: Sit, line: WeakLine) -> None:
    lead, away = sit("zhou.min"), sit("lin.yue", address=line.address)
    open_customer(lead, THIRD)
    open_customer(away, THIRD)
    line.cut()
    edit(away, region="Region of Lin Yue")
    edit(lead, region="Region of the lead")
    assert lead.until(lambda: is_in_step(lead) and not lead.workspace._rooms.desk._view.outbox.count_waiting(), 30)
    line.mend()
    away.window.top_bar.sync.click()
    assert away.until(lambda: away.workspace.sync.status == NeedsAttention(1, 1), 30)

    press(lead, f"Alt+{list(Page).index(Page.ATTENTION) + 1}")
    card = shown_card(lead)
    assert "Lin Yue and Zhou Min changed this" in words(card)
    press(lead, "1")

    assert lead.until(lambda: customer(lead, THIRD).region == "Region of Lin Yue", 30)
    assert away.until(lambda: customer(away, THIRD).region == "Region of Lin Yue", 30)
    assert away.until(lambda: is_in_step(away), 60)
    assert away.workspace._rooms.desk._view.outbox.entries() == []


def press(seat: Seat, keys: str) -> None:
    assert seat.take_keyboard()
    seat.press(keys)


def open_customer(seat: Seat, who: Person = WHO) -> None:
    press(seat, "Ctrl+K")
    seat.type(str(who.customer.body["phones"][0])[-7:])
    assert seat.until(seat.window.top_bar.found.isVisible)
    seat.press("Return")
    assert seat.until(lambda: seat.window.customer.customer_id == who.customer.id)


def edit(seat: Seat, **wanted: str) -> None:
    """By keys, as far as the fields; saved with Ctrl+Return."""
    editor = seat.window.customer.editor
    press(seat, "F2")
    assert seat.until(lambda: editor.lines["name"].hasFocus())
    for name, text in wanted.items():
        editor.lines[name].setFocus()
        seat.press("Ctrl+A")
        seat.type(text)
    seat.press("Ctrl+Return")
    assert seat.until(lambda: not editor.isVisible())


def customer(seat: Seat, who: Person = WHO) -> Customer:
    found = seat.workspace._rooms.book.customer(CustomerId(who.customer.id))
    assert found is not None
    return found


def shown_card(seat: Seat) -> ConflictCard:
    assert seat.until(lambda: seat.window.pages.attention.findChildren(ConflictCard))
    [card] = seat.window.pages.attention.findChildren(ConflictCard)
    assert seat.until(card.hasFocus)
    return card
