"""A keyring that is locked costs the agent their password and nothing else, also while the server is away."""

from pathlib import Path

import pytest

from demo.seat import MemoryVault
from demo.server import PASSWORD, DemoServer
from tests.fakes import locked_keyring
from tests.journeys.company import CUSTOMERS, name_of, phone_of
from tests.journeys.conftest import Ring, Sit
from tests.journeys.sight import is_asking, notices, words

LOCKED = "The keyring of this computer is locked. Unlock it, or sign in with your password every time."
pytestmark = pytest.mark.timeout(300)


def test_password_opens_everything_that_was_kept_while_keyring_and_server_are_away(
    sit: Sit, ring: Ring, own_server: DemoServer, tmp_path: Path
) -> None:
    home = tmp_path / "seat"
    before = sit(home=home, vault=MemoryVault())
    own_server.kill()
    before.press("Ctrl+N")
    before.type("kept behind the lock")
    assert before.until(lambda: before.workspace._rooms.drafts.all())
    assert before.stop()

    seat = sit(home=home, vault=locked_keyring(), password=None, ready=is_asking)
    asked = seat.sign_in_window
    assert asked is not None
    assert LOCKED in words(asked)
    asked.password.setFocus()
    seat.type("not this one")
    seat.press("Return")
    assert seat.until(lambda: "not the password you last signed in with here" in words(asked))
    seat.type(PASSWORD)
    seat.press("Return")

    assert seat.until(lambda: seat.program.window is not None, 20)
    assert seat.until(lambda: seat.window.right.form.subject.text() == "kept behind the lock")
    ring(seat, phone_of(CUSTOMERS[33]), X_Queue="support", X_Call_Ref="journey-95")
    assert seat.until(lambda: name_of(CUSTOMERS[33]) in words(seat.window.strip))


def test_unlocked_later_the_seat_goes_on_without_a_password(sit: Sit, tmp_path: Path) -> None:
    home, vault = tmp_path / "seat", MemoryVault()
    locked = sit(home=home, vault=locked_keyring())
    assert locked.until(lambda: LOCKED in notices(locked))
    assert locked.stop()
    assert sit(home=home, vault=vault).stop()

    again = sit(home=home, vault=vault, password=None)

    assert again.program.window is not None
