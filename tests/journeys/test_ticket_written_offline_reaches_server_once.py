"""Tickets reach the server once: written while it is away, with answers lost, with commands repeated."""

from collections.abc import Iterator
from typing import Any

import pytest

from demo.seat import Seat
from demo.server import DemoServer
from tests.journeys.company import CUSTOMERS, Colleague, phone_of
from tests.journeys.conftest import Ring, Sit
from tests.journeys.sight import is_in_step, words
from tests.journeys.weak_line import WeakLine

SCOPE = "queue:billing"


@pytest.fixture
def weak_line(own_server: DemoServer) -> Iterator[WeakLine]:
    line = WeakLine(own_server.address)
    yield line
    line.close()


def test_ticket_written_while_the_server_is_away_reaches_it_once(sit: Sit, ring: Ring, own_server: DemoServer) -> None:
    seat = sit()
    own_server.kill()
    caller = ring(seat, phone_of(CUSTOMERS[23]), X_Queue="billing", X_Call_Ref="journey-61")
    seat.press("F9")
    assert caller.wait_for("connected")
    assert seat.until(lambda: seat.window.customer.customer_id == CUSTOMERS[23].customer.id)
    file_ticket(seat, "written while the server was away")
    caller.hang_up()
    assert caller.wait_for("ended")
    assert seat.until(lambda: "waiting" in seat.window.top_bar.sync.text())
    assert "Calls are not affected." in words(seat.window.offline_banner)

    own_server.start()
    seat.window.offline_banner.act.click()

    assert seat.until(lambda: is_in_step(seat), 30)
    assert not seat.window.offline_banner.isVisible()
    [ticket] = _on_the_server(own_server, "written while the server was away")
    assert ticket["body"]["number"].startswith("TK-")
    assert ticket["body"]["customer_id"] == CUSTOMERS[23].customer.id
    assert ticket["body"]["call_ref"] == "journey-61"
    assert seat.until(lambda: _number_here(seat, ticket["id"]) == ticket["body"]["number"])


def test_ticket_whose_answer_was_lost_with_the_server_is_there_once(
    sit: Sit, own_server: DemoServer, weak_line: WeakLine
) -> None:
    """The server dies right after it has applied the command: the workstation cannot know, and sends it again."""
    seat = sit(address=weak_line.address)
    weak_line.lost = own_server.kill
    weak_line.loses_answer = True

    file_ticket(seat, "its answer was lost")
    assert seat.until(lambda: weak_line.has_lost)
    own_server.start()
    seat.window.top_bar.sync.click()

    assert seat.until(lambda: is_in_step(seat) and seat.workspace._rooms.desk.refused() == (), 30)
    assert seat.until(lambda: _waiting(seat) == 0, 30)
    assert len(_on_the_server(own_server, "its answer was lost")) == 1


def test_commands_that_arrive_twice_are_applied_once(sit: Sit, own_server: DemoServer, weak_line: WeakLine) -> None:
    seat = sit(address=weak_line.address)
    weak_line.repeats = True

    file_ticket(seat, "arrived twice")

    assert seat.until(lambda: weak_line.repeated)
    assert b"duplicate" in weak_line.repeated[0]
    assert seat.until(lambda: _waiting(seat) == 0)
    assert len(_on_the_server(own_server, "arrived twice")) == 1


def test_two_tickets_before_and_after_a_restart_of_the_window_reach_the_server_once(
    sit: Sit, own_server: DemoServer
) -> None:
    seat = sit()
    vault = seat._credentials._vault
    own_server.kill()
    file_ticket(seat, "before the restart")
    home = seat.paths.settings.parent
    assert seat.stop()
    again = sit(home=home, password=None, vault=vault, ready=lambda one: one.program.window is not None)
    assert again.until(lambda: again.window.right.form.category.count() > 0)
    file_ticket(again, "after the restart")

    own_server.start()
    again.window.top_bar.sync.click()

    assert again.until(lambda: is_in_step(again) and _waiting(again) == 0, 30)
    assert len(_on_the_server(own_server, "before the restart")) == 1
    assert len(_on_the_server(own_server, "after the restart")) == 1


def file_ticket(seat: Seat, subject: str) -> None:
    """By keys alone: subject, category, description, Ctrl+Return."""
    form = seat.window.right.form
    assert seat.until(lambda: form.category.count() > 0)
    seat.press("Ctrl+N")
    seat.type(subject)
    seat.press("Tab")
    seat.type("title")
    seat.press("Down")
    seat.press("Return")
    assert form.category.chosen == "billing/invoice/title"
    form.description.setFocus()
    seat.type("客户要求修改发票抬头。")
    seat.press("Ctrl+Return")
    assert seat.until(lambda: form.draft.is_empty), words(form)


def _on_the_server(server: DemoServer, subject: str) -> list[dict[str, Any]]:
    colleague = Colleague(server.address)
    try:
        return colleague.tickets(SCOPE, subject)
    finally:
        colleague.close()


def _waiting(seat: Seat) -> int:
    outbox = seat.workspace._rooms.desk._view.outbox
    return int(outbox.count_waiting())


def _number_here(seat: Seat, ticket_id: str) -> str | None:
    ticket = seat.workspace._rooms.desk.ticket(ticket_id)  # type: ignore[arg-type]
    return None if ticket is None else ticket.number
