"""A newer version was put back by IT: the older one says so, goes on where it is asked to, and loses no work."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from agent_desktop.starts import StartLog, read_starts
from demo.seat import MemoryVault, Seat
from demo.server import PASSWORD, DemoServer
from tests.desktop.offline.test_backups import TRANSFER, make_newer
from tests.fakes import SEALED
from tests.journeys.company import Colleague
from tests.journeys.conftest import Sit
from tests.journeys.sight import is_asking, is_in_step, notices, words
from tests.journeys.test_ticket_written_offline_reaches_server_once import file_ticket

pytestmark = pytest.mark.timeout(300)
SUBJECT = "written before the version was put back"


def test_unsent_work_of_the_newer_version_reaches_the_server_from_the_older_one(
    sit: Sit, own_server: DemoServer, tmp_path: Path
) -> None:
    home, vault = tmp_path / "seat", MemoryVault()
    seat = sit(home=home, vault=vault, sealing=SEALED)
    own_server.kill()
    file_ticket(seat, SUBJECT)
    assert seat.until(lambda: unsent(seat) == 1)
    folder = seat.paths.of_agent(own_server.address, "lin.yue")
    assert seat.stop()
    make_newer(folder, TRANSFER)
    own_server.start()

    seat.start()
    assert seat.until(lambda: is_asking(seat))
    asked = seat.sign_in_window
    assert asked is not None
    assert "Version 9.0.0 was at work here" in words(asked)
    assert seat.program.window is None
    assert asked.newer is not None
    asked.newer.go.click()

    assert seat.until(lambda: seat.program.window is not None)
    assert any("goes on after a newer one" in told for told in notices(seat))
    assert any("were made with a newer version" in told for told in notices(seat))
    assert seat.until(lambda: is_in_step(seat) and unsent(seat) == 1, 30)
    assert on_the_server(own_server) == 1


def test_version_that_did_not_come_up_twice_asks_before_it_tries_again(sit: Sit, tmp_path: Path) -> None:
    home, vault = tmp_path / "seat", MemoryVault()
    seat = sit(home=home, vault=vault)
    version = read_starts(seat.paths.data).version
    assert read_starts(seat.paths.data).bad == 0
    assert seat.stop()
    StartLog(seat.paths.data, version).begin()
    StartLog(seat.paths.data, version).begin()

    seat.start()

    assert seat.until(lambda: is_asking(seat))
    asked = seat.sign_in_window
    assert asked is not None
    assert "did not come up properly" in words(asked)
    assert read_starts(seat.paths.data).bad == 2
    asked.password.setText(PASSWORD)
    QTest.keyClick(asked.password, Qt.Key.Key_Return)
    assert seat.until(lambda: seat.program.window is not None, 20), words(asked)
    assert seat.until(lambda: read_starts(seat.paths.data).bad == 0)


def unsent(seat: Seat) -> int:
    desk = seat.program._desk
    return 0 if desk is None else desk.leaving.unsent()


def on_the_server(server: DemoServer) -> int:
    author = Colleague(server.address, "lin.yue")
    try:
        return len(author.tickets("own:lin.yue", SUBJECT))
    finally:
        author.close()
