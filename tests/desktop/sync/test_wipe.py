"""A workstation that is to be wiped: what was written reaches the server once, and nothing here can be opened after."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent_desktop.app import front_door
from agent_desktop.credentials import Credentials
from agent_desktop.data_key import KeySlots, Way
from agent_desktop.errors import DeviceBlocked, ServerUnreachable
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.sealing import Sealed
from agent_desktop.offline.store import Store
from agent_desktop.offline.view import View
from agent_desktop.paths import Paths
from agent_desktop.settings import Settings
from agent_desktop.sync.cycle import SyncCycle
from agent_desktop.tickets.desk import TicketDesk
from agent_desktop.tickets.draft import TicketDraft
from agent_desktop.tickets.drafts import Drafts
from agent_server.__main__ import main
from tests.desktop.sync.wiping_child import FileVault
from tests.in_process import DATABASE_NAME, PASSWORD, ServerThread
from tests.server.conftest import executed

LOGIN = "lin.yue"
ROOT = Path(__file__).parents[3]
FILED, TYPED = "filed before the wipe", "still being typed"
MOST_STEPS = 40
pytestmark = pytest.mark.timeout(900)


def now() -> datetime:
    return datetime.now(UTC)


def vault(home: Path) -> Credentials:
    return Credentials(FileVault(home / "vault.json"))


def work(home: Path, address: str) -> str:
    """Somebody signs in, files a ticket that is not sent, types another, and the window is gone. The device's id."""
    paths = Paths.below(home)
    inside = front_door(paths, vault(home), Settings()).with_password(address, LOGIN, PASSWORD)
    store = Store(paths.of_agent(address, inside.agent.id), Sealed(inside.key))
    store.open_cache()
    mirror, outbox = Mirror(store), Outbox(store, inside.agent.id)
    drafts = Drafts(outbox, now)
    desk = TicketDesk(View(mirror, outbox), drafts, inside.agent.id, now, lambda: f"{home.parent.name}-1")
    SyncCycle(
        inside.client, mirror, outbox, now, lambda _: None, lambda _: None, lambda: False, pause=lambda _: None
    ).run()
    category = desk.categories()[0].id
    desk.file(TicketDraft("call-1", "C-1", subject=FILED, category=category, description="晚上很慢"))
    drafts.save(TicketDraft("call-2", "C-2", description=TYPED))
    device = inside.client.device_id
    inside.client.close()
    store.close()
    return device


def console(server: ServerThread, word: str, device: str) -> None:
    assert main(["device", word, device, "--database", str(server.settings.home / DATABASE_NAME)]) == 0


def tickets(server: ServerThread, subject: str) -> int:
    return len(executed(server.settings, f"SELECT id FROM ticket WHERE subject = '{subject}'"))  # noqa: S608


Start = Callable[..., tuple[int, str]]


@pytest.fixture
def start(server: ServerThread) -> Iterator[Start]:
    """Starts the workstation at a home; its exit code, and what came of it."""
    command = [sys.executable, "-m", "tests.desktop.sync.wiping_child"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        asked, answered = child.stdin, child.stdout

        def started(home: Path, die_at: int = 0) -> tuple[int, str]:
            print(json.dumps((str(home), server.address, LOGIN, die_at)), file=asked, flush=True)
            code, said = json.loads(answered.readline())
            return code, said

        yield started


def assert_nothing_is_left(home: Path, address: str) -> None:
    paths = Paths.below(home)
    assert FileVault(home / "vault.json")._kept() == {}
    folder = paths.of_agent(address, LOGIN)
    assert KeySlots(folder).open(Way.PASSWORD, PASSWORD) is None
    assert not folder.exists()
    assert list(home.rglob("*.db")) == []


def test_wipe_at_the_door_brings_what_was_written_and_erases_the_rest(server: ServerThread, tmp_path: Path) -> None:
    home = tmp_path / "seat"
    console(server, "wipe", work(home, server.address))
    door = front_door(Paths.below(home), vault(home), Settings())

    with pytest.raises(DeviceBlocked):
        door.as_before(server.address, LOGIN)

    assert (tickets(server, FILED), tickets(server, TYPED)) == (1, 1)
    assert_nothing_is_left(home, server.address)
    assert list(home.rglob("*.handover")) == []
    with pytest.raises(DeviceBlocked):
        door.as_before(server.address, LOGIN)


def test_password_alone_wipes_as_well_and_an_activated_seat_starts_afresh(server: ServerThread, tmp_path: Path) -> None:
    home = tmp_path / "seat"
    device = work(home, server.address)
    console(server, "wipe", device)
    (home / "vault.json").unlink()
    door = front_door(Paths.below(home), vault(home), Settings())

    with pytest.raises(DeviceBlocked):
        door.with_password(server.address, LOGIN, PASSWORD)
    assert (tickets(server, FILED), tickets(server, TYPED)) == (1, 1)
    assert_nothing_is_left(home, server.address)

    console(server, "activate", device)
    again = door.with_password(server.address, LOGIN, PASSWORD)
    assert again.is_online
    again.client.close()


def test_wipe_that_has_begun_goes_on_without_the_server(server: ServerThread, tmp_path: Path) -> None:
    home = tmp_path / "seat"
    work(home, server.address)
    door = front_door(Paths.below(home), vault(home), Settings())
    door.wipe(server.address, LOGIN).begin(LOGIN)
    server.stop()

    with pytest.raises(DeviceBlocked):
        door.as_before(server.address, LOGIN)

    assert_nothing_is_left(home, server.address)
    with pytest.raises(ServerUnreachable):
        door.with_password(server.address, LOGIN, PASSWORD)


def test_killed_at_any_step_it_is_finished_by_the_next_start(
    server: ServerThread, start: Start, tmp_path: Path
) -> None:
    """At each change of a file one start dies; the next finds what is left and comes to the same end."""
    before = tmp_path / "before"
    console(server, "wipe", work(before, server.address))
    deaths = 0
    for step in range(1, MOST_STEPS):
        home = tmp_path / f"seat-{step}"
        shutil.copytree(before, home)
        code, said = start(home, die_at=step)
        deaths += code != 0
        if code != 0:
            assert start(home) == (0, "device_wiped")
        assert tickets(server, FILED) == 1
        assert tickets(server, TYPED) == step
        assert_nothing_is_left(home, server.address)
        if code == 0:
            assert said == "device_wiped"
            break
    assert deaths >= 6
