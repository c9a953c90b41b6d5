"""Recordings over a line that cuts, with servers and workstation killed at random: each arrives whole, and once."""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent_desktop.recordings import Recordings
from agent_desktop.softphone.call import Call, CallId, CallState, Direction
from agent_desktop.softphone.invite import InviteFacts
from agent_desktop.softphone.recording.sealed import SealedFile
from agent_server.settings import Settings
from tests.chaos.line import BadLine
from tests.chaos.uploader import OWN_KEY
from tests.in_process import PASSWORD, ServerProcess, make_site
from tests.postgresql import Cluster
from tests.server.conftest import executed

SIZES = (3_000_000, 40_000, 900_000, 5)
KILLS = 14
HARM = 0.04
PACE_S = 0.03
"""Four megabytes take seven seconds, so that kills find something on its way on a fast machine too."""
WITHIN_S = 150.0


def record(recordings: Recordings, name: str, size: int) -> bytes:
    now = datetime.now(UTC)
    invite = InviteFacts(call_ref=f"pbx1-{name}")
    call = Call(CallId(name), Direction.INCOMING, CallState.CONNECTED, "+8613812345678", "", now, invite=invite)
    begun = recordings.begin(call)
    with SealedFile(begun.path, begun.key, b"{}") as file:
        file.add(os.urandom(size))
        file.finish(b"{}")
    recordings.link(call.id, f"K-{name}")
    return begun.path.read_bytes()


class Seat:
    """The workstation's process, started again after each kill, on the same disk."""

    def __init__(self, folder: Path, address: str) -> None:
        self._folder = folder
        wish = {"folder": str(folder), "address": address, "login": "lin.yue", "password": PASSWORD}
        self._command = [sys.executable, "-m", "tests.chaos.uploader", json.dumps(wish)]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(self._command, stdout=log, stderr=log, cwd=Path(__file__).parents[2])

    @property
    def is_done(self) -> bool:
        assert self._process is not None
        code = self._process.poll()
        assert code in (None, 0), (self._folder / "log").read_text(errors="replace")[-4000:]
        return code == 0

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    if request.param == "sqlite":
        yield make_site(tmp_path / "site")
        return
    with Cluster() as cluster:
        yield make_site(tmp_path / "site", (), cluster)


@pytest.mark.timeout(300)
def test_recordings_arrive_whole_and_once_through_cuts_and_kills(site: Settings, tmp_path: Path) -> None:
    """With PostgreSQL two server processes take the pieces of one file, in turn."""
    folder, chance = tmp_path / "seat", random.Random()
    folder.mkdir()
    recordings = Recordings(folder / "recordings", OWN_KEY, lambda: datetime.now(UTC))
    written = sorted(record(recordings, f"a{number}", size) for number, size in enumerate(SIZES))
    servers = [ServerProcess(site) for _ in range(1 if site.database.get_backend_name() == "sqlite" else 2)]
    for server in servers:
        server.start()
    line = BadLine([server.address for server in servers], chance.randrange(2**32), HARM, PACE_S)
    seat = Seat(folder, line.address)
    try:
        seat.start()
        kills = 0
        until = time.monotonic() + WITHIN_S
        while not seat.is_done:
            assert time.monotonic() < until, f"not there after {kills} kills and {line.cuts} cuts"
            time.sleep(chance.uniform(0.3, 1.2))
            if kills == KILLS:
                line.harm = line.pace_s = 0.0
                continue
            kills += 1
            if chance.random() < 0.5:
                server = chance.choice(servers)
                server.kill()
                server.start()
            elif not seat.is_done:
                seat.kill()
                seat.start()
    finally:
        seat.kill()
        line.close()
        for server in servers:
            server.stop()
    assert kills >= 3
    whole = [path for path in (site.home / "files" / "whole").rglob("*") if path.is_file()]
    assert sorted(path.read_bytes() for path in whole) == written
    rows = executed(site, "SELECT call_ref, contact, received = length FROM upload ORDER BY call_ref")
    assert [tuple(row) for row in rows] == [(f"pbx1-a{n}", f"K-a{n}", True) for n in range(len(SIZES))]
