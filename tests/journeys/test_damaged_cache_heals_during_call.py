"""The cache goes bad while people talk: the call goes on, what is saved stays saved, and the customers come back."""

from pathlib import Path
from typing import Any

import pytest

from agent_desktop.paths import Paths
from agent_model.customer import CustomerId
from demo.seat import Seat
from demo.server import DemoServer
from tests.journeys.company import CUSTOMERS, Colleague, name_of, phone_of
from tests.journeys.conftest import Ring, Sit
from tests.journeys.sight import is_in_step, notices, talking, words

SENTENCE = "The local copy was damaged. It is being fetched again; your own changes are safe."
PAGE = 4096
pytestmark = pytest.mark.timeout(300)


def test_damaged_cache_heals_during_a_call(
    sit: Sit, ring: Ring, own_server: DemoServer, colleague: Colleague, tmp_path: Path
) -> None:
    seat = sit(home=tmp_path / "seat")
    customer = CUSTOMERS[34]
    caller = ring(seat, phone_of(customer), X_Queue="billing", X_Call_Ref="journey-96")
    seat.press("F9")
    assert caller.wait_for("connected")
    assert seat.until(lambda: seat.window.customer.customer_id == customer.customer.id)

    form = seat.window.right.form
    assert seat.until(lambda: form.category.count() > 0)
    [cache] = Paths.below(tmp_path / "seat").data.glob("*/*/cache.db")
    _overwrite(cache)
    _write_ticket(seat, "written over a damaged cache")
    seat.press("Ctrl+Return")
    assert seat.until(lambda: form.draft.is_empty), words(form)

    assert seat.until(lambda: SENTENCE in notices(seat), 60)
    assert seat.until(lambda: is_in_step(seat) and (cache.parent / "quarantine").is_dir(), 60)
    [call] = talking(seat)
    assert not call.held_here
    assert set(caller.states[caller.states.index("connected") :]) == {"connected"}
    book, other = seat.workspace._rooms.book, CustomerId(CUSTOMERS[35].customer.id)
    assert seat.until(lambda: book.customer(other) is not None, 60)
    assert name_of(customer) in words(seat.window.customer.header)
    assert seat.until(lambda: len(_tickets(colleague)) == 1, 30)
    [kept] = (cache.parent / "quarantine").iterdir()
    assert not any(name_of(person).encode() in path.read_bytes() for path in kept.iterdir() for person in CUSTOMERS)


def _write_ticket(seat: Seat, subject: str) -> None:
    """By keys alone: subject, category, description."""
    form = seat.window.right.form
    seat.press("Ctrl+N")
    seat.type(subject)
    seat.press("Tab")
    seat.type("title")
    seat.press("Down")
    seat.press("Return")
    form.description.setFocus()
    seat.type("客户要求修改发票抬头。")


def _tickets(colleague: Colleague) -> list[dict[str, Any]]:
    return colleague.tickets("queue:billing", "written over a damaged cache")


def _overwrite(cache: Path) -> None:
    """Every page, in the file and in its log, while the program has both open."""
    for path in (cache, cache.with_name("cache.db-wal")):
        if path.exists():
            with path.open("r+b") as file:
                for _ in range(path.stat().st_size // PAGE + 1):
                    file.write(b"\xa5" * PAGE)
