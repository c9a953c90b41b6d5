"""Nobody has touched the seat for a while: no customer is to be seen, it rings, a call is taken, the password opens."""

from datetime import timedelta
from pathlib import Path

from agent_model.agent import AgentState
from demo.seat import MemoryVault
from demo.server import PASSWORD
from tests.journeys.company import CUSTOMERS, name_of, phone_of
from tests.journeys.conftest import Ring, Sit
from tests.journeys.sight import words

TYPED = "half a sentence about the fault"


def test_idle_lock_keeps_ringing(sit: Sit, ring: Ring) -> None:
    seat = sit("lin.yue")
    lock, window = seat.program.idle_lock, seat.window
    assert lock is not None
    seat.press("Ctrl+N")
    seat.type(TYPED)
    lock.tick(seat.workspace._rooms.clock() + timedelta(minutes=10))
    assert window.lock.isVisible()
    assert not window.right.isVisible()
    assert seat.workspace._rooms.session.seat.entry.state is AgentState.READY

    caller = ring(seat, phone_of(CUSTOMERS[40]), X_Queue="support", X_Call_Ref="journey-171")
    assert seat.until(lambda: any(item.customer is not None or item.call for item in seat.workspace.items))
    assert seat.until(window.strip.isVisible)
    seat.press("F9")
    assert caller.wait_for("connected")
    assert seat.until(window.strip.talking.isVisible)
    assert name_of(CUSTOMERS[40]) not in words(window)
    assert window.lock.isVisible()

    window.lock.password.setFocus()
    seat.type(PASSWORD)
    seat.press("Return")
    assert seat.until(lambda: not lock.is_locked)
    assert seat.until(lambda: name_of(CUSTOMERS[40]) in words(window.strip))
    assert seat.until(lambda: name_of(CUSTOMERS[40]) in words(window.customer))
    caller.hang_up()
    assert any(TYPED in repr(draft) for draft in seat.workspace._rooms.drafts.all())


def test_program_started_again_is_locked_until_the_password(sit: Sit, tmp_path: Path) -> None:
    home, vault = tmp_path / "seat", MemoryVault()
    left = sit(home=home, vault=vault)
    left.press("Ctrl+Alt+L")
    assert left.until(left.window.lock.isVisible)
    assert left.stop()

    again = sit(home=home, vault=vault, password=None)
    window = again.window
    assert (window.lock.isVisible(), window.right.isVisible()) == (True, False)
    window.lock.password.setFocus()
    again.type(PASSWORD)
    again.press("Return")
    assert again.until(window.right.isVisible)
    assert again.stop()

    assert sit(home=home, vault=vault, password=None).window.right.isVisible()
