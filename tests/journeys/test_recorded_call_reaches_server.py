"""A call that the site records is on the server soon after it, with the line of the timeline it belongs to."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from agent_desktop.paths import Paths
from agent_desktop.settings import Settings, SettingsFile
from demo.server import DemoServer
from tests.journeys.company import CUSTOMERS, phone_of
from tests.journeys.conftest import Ring, Sit

SOON_S = 150.0
"""The worker looks once a minute."""


@pytest.mark.timeout(300)
def test_recorded_call_is_on_the_server_soon_after(
    sit: Sit, ring: Ring, own_server: DemoServer, tmp_path: Path
) -> None:
    home = tmp_path / "recording seat"
    SettingsFile(Paths.below(home).settings).write(Settings(recording="all"))
    seat = sit(home=home)
    recordings = seat.workspace._rooms.recordings
    caller = ring(seat, phone_of(CUSTOMERS[11]), X_Queue="support", X_Call_Ref="journey-61")
    seat.press("F9")
    assert caller.wait_for("connected")
    assert seat.until(lambda: [kept for kept in recordings.all() if kept.path.exists()])
    caller.hang_up()
    assert caller.wait_for("ended")

    def sent() -> list[tuple[str, str]]:
        with closing(sqlite3.connect(own_server.database)) as database:
            query = "SELECT call_ref, contact FROM upload WHERE finished_at IS NOT NULL"
            return database.execute(query).fetchall()

    assert seat.until(sent, SOON_S)
    [kept] = recordings.all()
    assert sent() == [("journey-61", kept.contact_id)]
    [whole] = [path for path in (own_server.database.parent / "files" / "whole").rglob("*") if path.is_file()]
    assert whole.read_bytes() == kept.path.read_bytes()
    assert seat.until(lambda: "ecordings" not in seat.window.top_bar.sync.toolTip())
