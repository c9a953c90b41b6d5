"""A colleague promised a callback; the customer calls first: whoever answers is told, and nobody calls in vain."""

from collections.abc import Iterator
from typing import Any

import pytest

from agent_desktop.sync.events import Offline
from demo.people import Person
from demo.seat import Seat
from demo.server import DemoServer
from tests.journeys.company import CUSTOMERS, Colleague, name_of, phone_of
from tests.journeys.conftest import Ring, Sit
from tests.journeys.sight import is_in_step
from tests.journeys.weak_line import WeakLine

WHO, OTHER = CUSTOMERS[50], CUSTOMERS[51]
PURPOSE = "Tell when the engineer comes"


@pytest.fixture
def line(server: DemoServer) -> Iterator[WeakLine]:
    carried = WeakLine(server.address)
    yield carried
    carried.close()


def test_callback_cleared_when_customer_calls(sit: Sit, ring: Ring, colleague: Colleague) -> None:
    here, there = sit("lin.yue"), sit("wang.qiang")
    promise(there, WHO)
    assert there.until(lambda: is_due(there, WHO))
    assert here.until(lambda: is_due(here, WHO), 30), "the team's list has it"

    caller = ring(here, phone_of(WHO), X_Queue="support", X_Call_Ref="callback-1")
    row = here.window.customer.owed
    assert here.until(row.isVisible)
    assert row.lines[0].accessibleName().startswith("You owe this customer a callback, due ")
    assert [one["state"] for one in on_server(colleague, WHO)] == ["open"]
    assert here.take_keyboard()
    here.press("F9")
    assert caller.wait_for("connected")

    assert there.until(lambda: not is_due(there, WHO), 30), "nobody calls in vain"
    assert here.until(lambda: not is_due(here, WHO) and not row.isVisible(), 30)
    assert here.until(lambda: [one["state"] for one in on_server(colleague, WHO)] == ["cleared"], 30)
    [cleared] = on_server(colleague, WHO)
    assert (cleared["cleared_by"], [one["agent"] for one in cleared["attempts"]]) == ("callback-1", ["lin.yue"])
    caller.hang_up()
    assert caller.wait_for("ended")


def test_callback_answered_without_the_server_is_cleared_once(
    sit: Sit, ring: Ring, line: WeakLine, colleague: Colleague
) -> None:
    here = sit("lin.yue", address=line.address)
    promise(here, OTHER)
    assert here.until(lambda: is_in_step(here) and len(on_server(colleague, OTHER)) == 1, 30)
    line.cut()
    here.window.top_bar.sync.click()
    assert here.until(lambda: isinstance(here.workspace.sync.status, Offline), 30)

    for call_ref in ("callback-2", "callback-3"):
        caller = ring(here, phone_of(OTHER), X_Queue="support", X_Call_Ref=call_ref)
        assert here.take_keyboard()
        here.press("F9")
        assert caller.wait_for("connected")
        assert here.until(lambda: not is_due(here, OTHER))
        caller.hang_up()
        assert caller.wait_for("ended")
        assert here.until(lambda: not here.window.customer.owed.isVisible())

    line.mend()
    here.window.top_bar.sync.click()
    assert here.until(lambda: [one["state"] for one in on_server(colleague, OTHER)] == ["cleared"], 30)
    [cleared] = on_server(colleague, OTHER)
    assert (cleared["cleared_by"], len(cleared["attempts"])) == ("callback-2", 1)
    assert here.until(lambda: is_in_step(here), 30)


def promise(seat: Seat, who: Person) -> None:
    """By keyboard alone, for the team."""
    seat.workspace.on_screen.open_customer(who.customer.id)
    assert seat.until(lambda: seat.window.customer.customer_id == who.customer.id)
    assert seat.take_keyboard()
    seat.press("Ctrl+B")
    form = seat.window.follow_ups.form
    assert seat.until(form.when.hasFocus)
    seat.type("in 1 h")
    seat.press("Return")
    assert seat.until(form.purpose.hasFocus)
    seat.type(PURPOSE)
    form.holders._take("team")
    seat.press("Return")
    assert seat.until(lambda: not seat.window.follow_ups.shows_form)


def is_due(seat: Seat, who: Person) -> bool:
    """Others may be: the company is that of the journeys before, too."""
    return name_of(who) in [line.title for line in seat.window.left._due]


def on_server(colleague: Colleague, who: Person) -> list[dict[str, Any]]:
    rows = colleague.rows("customers:home", "follow_up") + colleague.rows("customers:business", "follow_up")
    return [row["body"] for row in rows if row["body"]["customer_id"] == who.customer.id]
