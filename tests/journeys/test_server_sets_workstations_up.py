"""An administrator sets workstations up from the server: they take it while at work, keep it, and let it go again."""

import json
import logging
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent_desktop.paths import Paths
from agent_desktop.settings import SettingsFile
from agent_desktop.softphone.run_folder import LOG_NAME
from agent_desktop.ui.window.rail import Page
from agent_server.__main__ import main as agent_server
from demo.seat import MemoryVault
from demo.server import DemoServer
from tests.journeys.conftest import Sit, leave
from tests.journeys.sight import is_in_step, notices

CHANGED = "Your organisation has changed settings of this workstation."


def test_server_sets_workstations_up(sit: Sit, own_server: DemoServer, tmp_path: Path) -> None:
    home, vault = tmp_path / "seat", MemoryVault()
    seat = sit(home=home, vault=vault)
    seat.window.show_page(Page.SETTINGS)
    page = seat.window.pages.settings
    assert page.theme.isEnabled()

    set_up(own_server, {"ui.theme": "dark", "lock.idle_min": 3})
    seat.program._in_step.run_now()

    assert seat.until(lambda: page.theme.currentData() == "dark", 30)
    assert seat.until(lambda: not page.theme.isEnabled())
    assert f"{own_server.address} #1" in page.locked_words.full_text
    assert any(notice.startswith(CHANGED) and "start the program again" in notice for notice in notices(seat))
    assert leave(seat)

    own_server.kill()
    seat = sit(home=home, vault=vault, password=None, ready=lambda one: one.program.window is not None)
    assert seat.program.settings.current.theme == "dark"
    seat.window.show_page(Page.SETTINGS)
    page = seat.window.pages.settings
    assert not page.theme.isEnabled()
    lock = seat.program.idle_lock
    assert lock is not None
    lock.tick(datetime.now(UTC) + timedelta(minutes=3))
    assert seat.window.lock.isVisible()
    lock.unlock()

    set_up(own_server, {})
    own_server.start()
    seat.program._in_step.run_now()

    assert seat.until(lambda: page.theme.currentData() == "light" and is_in_step(seat), 30)
    assert page.theme.isEnabled()
    assert not page.locked_words.isVisible()
    assert SettingsFile(Paths.below(home).settings).locked == {}


@pytest.fixture
def level() -> Iterator[None]:
    before = logging.getLogger().level
    yield
    logging.getLogger().setLevel(before)


@pytest.mark.usefixtures("level")
def test_new_workstation_is_set_up_with_the_first_sign_in(sit: Sit, own_server: DemoServer) -> None:
    keys = {"sip.domain": "sip.example.org", "numbers.park": "8500", "ui.theme": "dark", "log.level": "debug"}
    set_up(own_server, keys)

    seat = sit()

    desk = seat.program._desk
    assert desk is not None
    assert (desk.account.domain, desk.rooms.site.park) == ("sip.example.org", "8500")
    assert seat.program.settings.current.theme == "dark"
    assert not [notice for notice in notices(seat) if notice.startswith(CHANGED)]
    assert logging.getLogger().level == logging.DEBUG
    assert seat.until(lambda: " DEBUG " in (seat.paths.run / LOG_NAME).read_text(encoding="utf-8"))


def set_up(server: DemoServer, keys: Mapping[str, object]) -> None:
    """At the server's console, without a process of its own."""
    home = server.database.parent
    file = home / "keys.json"
    file.write_text(json.dumps(keys), encoding="utf-8")
    assert (
        agent_server(["provisioning", "set", str(file), "--database", str(server.database), "--home", str(home)]) == 0
    )
