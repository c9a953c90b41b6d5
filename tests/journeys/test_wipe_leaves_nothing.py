"""After a remote wipe nothing of the person is on the disk, and before it nothing of theirs ever lay there in clear."""

import base64
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from agent_desktop import app
from agent_desktop.offline.backups import FOLDER, NEWER, Backups
from agent_desktop.settings import Settings
from demo.seat import MemoryVault, Seat
from demo.server import PASSWORD, DemoServer
from tests.desktop.offline.test_backups import noted
from tests.fakes import SEALED
from tests.journeys.company import CUSTOMERS, name_of, phone_of
from tests.journeys.conftest import Ring, Sit
from tests.journeys.sight import is_asking, words
from tests.journeys.test_stopped_seat import console

pytestmark = pytest.mark.timeout(300)
CUSTOMER = CUSTOMERS[44]
TYPED = "the caller said that the neighbour's router hums at night"
ATTACHED = "contract of the caller, never to be seen by anybody else"
SEEDED = (name_of(CUSTOMER), phone_of(CUSTOMER), phone_of(CUSTOMER)[3:], TYPED, ATTACHED)
CODINGS = ("utf-8", "utf-16-le", "gb18030")
SHORTEST = 6
"""Bytes: fewer stand by chance in megabytes of ciphertext."""
STAYS = {"workstation", "settings.json", "starts.json"}


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """All that the programs of one person can write to: homes, caches of Qt and fontconfig, temporary files."""
    disk = tmp_path / "disk"
    for name, variable in (
        ("temp", "TMPDIR"),
        ("cache", "XDG_CACHE_HOME"),
        ("config", "XDG_CONFIG_HOME"),
        ("data", "XDG_DATA_HOME"),
        ("state", "XDG_STATE_HOME"),
    ):
        (disk / name).mkdir(parents=True)
        monkeypatch.setenv(variable, str(disk / name))
    monkeypatch.setattr(tempfile, "tempdir", str(disk / "temp"))
    return disk


def in_clear(disk: Path) -> list[tuple[str, bytes]]:
    """What is seeded, as text in any coding, in hex and in base64."""
    coded = {coded for text in SEEDED for coding in CODINGS for coded in _written(text.encode(coding))}
    wanted = [text for text in coded if len(text) >= SHORTEST]
    files = [path for path in disk.rglob("*") if path.is_file() and not path.is_symlink()]
    return [(path.name, text) for path in files for text in wanted if text in path.read_bytes()]


def _written(plain: bytes) -> Iterator[bytes]:
    yield plain
    yield plain.hex().encode()
    for start in range(3):  # wherever in a longer text it begins
        yield base64.b64encode(plain[start : start + (len(plain) - start) // 3 * 3])


def test_wipe_leaves_nothing(sit: Sit, ring: Ring, own_server: DemoServer, disk: Path) -> None:
    home, vault = disk / "home", MemoryVault()
    seat = sit(home=home, vault=vault)
    folder = seat.paths.of_agent(own_server.address, "lin.yue")
    caller = ring(seat, phone_of(CUSTOMER), X_Queue="support", X_Call_Ref="journey-170")
    seat.press("F9")
    assert caller.wait_for("connected")
    assert seat.until(lambda: name_of(CUSTOMER) in words(seat.window.strip))
    seat.press("Ctrl+N")
    seat.type(TYPED)
    assert seat.until(lambda: seat.workspace._rooms.drafts.all())
    opened = seat.workspace._rooms.opened_files.put("contract.txt", ATTACHED.encode())
    assert opened.is_relative_to(seat.paths.run)
    as_after_an_update(folder)
    (seat.paths.logs / "crashes").mkdir(parents=True, exist_ok=True)
    (seat.paths.logs / "crashes" / "window-1.txt").write_text("File /home/lin.yue, line 1")
    (seat.paths.logs / "agent-desktop.log.1").write_text(f"cache put aside in {folder}")
    assert {name for name, _ in in_clear(disk)} == {opened.name}

    caller.hang_up()
    console(own_server, seat, "wipe")
    seat.window.top_bar.sync.click()
    assert seat.until(lambda: seat.program.was_wiped, 30)
    assert seat.stop()

    assert vault._kept == {}
    assert in_clear(disk) == []
    left = [path for path in disk.rglob("*") if path.is_file() and path.stat().st_size]
    assert {path.name for path in left if path.is_relative_to(home)} == {*STAYS, mark_of(seat, own_server)}


def test_lease_that_ran_out_opens_nothing_and_nothing_lies_in_clear(
    sit: Sit, own_server: DemoServer, disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat = sit(home=disk / "home", vault=MemoryVault())
    seat.press("Ctrl+N")
    seat.type(TYPED)
    assert seat.until(lambda: seat.workspace._rooms.drafts.all())
    seat.workspace._rooms.opened_files.put("contract.txt", ATTACHED.encode())
    own_server.kill()
    assert seat.stop()
    later = app.now() + timedelta(hours=Settings().offline_lease_h + 1)
    monkeypatch.setattr(app, "now", lambda: later)

    seat.start()

    assert seat.until(lambda: is_asking(seat))
    asked = seat.sign_in_window
    assert asked is not None
    assert "without the server for more than" in words(asked)
    assert seat.program.window is None
    assert in_clear(disk) == []
    asked.password.setText(PASSWORD)
    QTest.keyClick(asked.password, Qt.Key.Key_Return)
    assert seat.until(lambda: "without the server for more than" in words(asked) and asked.go.isEnabled())
    assert seat.program.window is None


def mark_of(seat: Seat, server: DemoServer) -> str:
    """Says that it was wiped, so that a later start can."""
    return seat.paths.of_agent(server.address, "lin.yue.wiped").name


def as_after_an_update(folder: Path) -> None:
    """The copy from before it, and what a newer version left."""
    noted(folder, "0.0.9")
    assert Backups(folder, "0.1.0", app.now()).before_opening(SEALED) is None
    (folder / NEWER / "20261101T080000000000").mkdir(parents=True)
    (folder / NEWER / "20261101T080000000000" / "outbox.db").write_bytes((folder / "outbox.db").read_bytes())
    assert (folder / FOLDER / "0.0.9" / "outbox.db").exists()
