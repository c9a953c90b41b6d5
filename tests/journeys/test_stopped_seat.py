"""IT stops a seat in the middle of a call: the call goes on, what was written arrives, and the seat says what it is."""

from pathlib import Path

import pytest

from agent_server.__main__ import main
from demo.seat import MemoryVault, Seat
from demo.server import DemoServer
from tests.journeys.company import CUSTOMERS, Colleague, name_of, phone_of
from tests.journeys.conftest import Ring, Sit
from tests.journeys.sight import is_asking, is_in_step, words

pytestmark = pytest.mark.timeout(300)
TYPED = "written while IT wiped the seat"


def console(server: DemoServer, seat: Seat, word: str) -> None:
    desk = seat.program._desk
    assert desk is not None
    device = desk.leaving.client.device_id
    assert main(["device", word, device, "--database", str(server.database)]) == 0


def test_wiped_in_a_call_it_finishes_the_call_hands_over_what_was_typed_and_erases_the_rest(
    sit: Sit, ring: Ring, own_server: DemoServer, tmp_path: Path
) -> None:
    home, vault = tmp_path / "seat", MemoryVault()
    seat = sit(home=home, vault=vault)
    caller = ring(seat, phone_of(CUSTOMERS[41]), X_Queue="support", X_Call_Ref="journey-141")
    seat.press("F9")
    assert caller.wait_for("connected")
    assert seat.until(lambda: name_of(CUSTOMERS[41]) in words(seat.window.strip))
    console(own_server, seat, "wipe")
    seat.window.top_bar.sync.click()

    assert seat.until(seat.window.cover.isVisible)
    assert "Your call goes on" in words(seat.window.cover)
    assert not seat.window.customer.isVisible()
    assert seat.until(seat.window.strip.talking.isVisible)
    assert name_of(CUSTOMERS[41]) not in words(seat.window.strip)
    seat.press("Ctrl+N")
    seat.type(TYPED)
    assert not seat.program.was_wiped
    caller.hang_up()

    assert seat.until(lambda: seat.program.was_wiped, 30)
    assert seat.stop()
    assert len(_of_author(own_server)) == 1
    assert vault._kept == {}
    assert list(home.rglob("*.db")) + list(home.rglob("keys.*")) == []

    seat.start()
    assert seat.until(lambda: is_asking(seat))
    asked = seat.sign_in_window
    assert asked is not None
    assert "IT had this workstation wiped" in words(asked)


def test_locked_seat_covers_customers_and_comes_back(sit: Sit, own_server: DemoServer) -> None:
    seat = sit()
    console(own_server, seat, "lock")
    seat.window.top_bar.sync.click()
    assert seat.until(seat.window.cover.isVisible)
    assert "locked by IT" in words(seat.window.cover)

    console(own_server, seat, "activate")
    seat.window.top_bar.sync.click()

    assert seat.until(lambda: is_in_step(seat) and seat.window.cover.isHidden())
    assert seat.window.customer.isVisible()


def test_window_closed_in_a_call_says_once_what_becomes_of_it(sit: Sit, ring: Ring) -> None:
    seat = sit()
    caller = ring(seat, phone_of(CUSTOMERS[42]), X_Queue="support", X_Call_Ref="journey-142")
    seat.press("F9")
    assert caller.wait_for("connected")

    seat.window.close()

    signing_off = seat.program.signing_off
    assert signing_off is not None
    assert signing_off.closing is not None
    assert signing_off.closing.isVisible()
    assert "Your call goes on without the window" in words(signing_off.closing)
    assert seat.window.isVisible()
    signing_off.closing.stay.click()
    assert seat.until(seat.window.strip.talking.isVisible)
    caller.hang_up()
    assert caller.wait_for("ended")
    assert seat.window.close()


def _of_author(server: DemoServer) -> list[object]:
    author = Colleague(server.address, "lin.yue")
    try:
        return list(author.tickets("own:lin.yue", TYPED))
    finally:
        author.close()
