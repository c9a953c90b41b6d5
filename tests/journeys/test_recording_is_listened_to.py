"""A recorded call is heard from the timeline: by its agent from the own disk, by the team lead from the server."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from agent_desktop.paths import Paths
from agent_desktop.settings import Settings, SettingsFile
from agent_desktop.softphone.audio import SilentSource, Sound, WavSink
from agent_desktop.ui.player import RecordingPlayer
from demo.seat import Seat
from demo.server import DemoServer
from tests.journeys.company import CUSTOMERS, phone_of
from tests.journeys.conftest import Ring, Sit
from tests.journeys.sight import calls

CALLER = CUSTOMERS[12]
SOON_S = 150.0
"""The worker that sends recordings looks once a minute."""
LINES = "SELECT deed, who FROM audit_line WHERE deed IN ('heard', 'recording_given') ORDER BY seq"


def on_record(server: DemoServer) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(server.database)) as database:
        return database.execute(LINES).fetchall()


def player_of_the_call(seat: Seat) -> RecordingPlayer:
    """The customer is looked up, the line of the call is opened with Enter."""
    seat.workspace.on_screen.open_customer(CALLER.customer.id)
    pane = seat.window.customer
    assert seat.until(lambda: pane.customer_id == CALLER.customer.id)

    def line() -> object:
        return next((one for one in pane.timeline.entries if one.contact and one.contact.call_ref == "hear-1"), None)

    assert seat.until(line, 60)
    pane.timeline.entry_taken.emit(line())
    assert seat.until(lambda: not pane.entry.player.isHidden())
    return pane.entry.player


@pytest.mark.timeout(420)
def test_call_is_heard_by_its_agent_and_by_who_leads_the_team(
    sit: Sit, ring: Ring, own_server: DemoServer, tmp_path: Path
) -> None:
    home = tmp_path / "recording seat"
    SettingsFile(Paths.below(home).settings).write(Settings(recording="all"))
    seat = sit(home=home, sound=Sound(SilentSource(), WavSink(tmp_path / "agent.wav")))
    caller = ring(seat, phone_of(CALLER), X_Queue="support", X_Call_Ref="hear-1")
    seat.press("F9")
    assert caller.wait_for("connected")
    recordings = seat.workspace._rooms.recordings
    assert seat.until(lambda: [kept for kept in recordings.all() if kept.path.exists()])
    seat.until(lambda: False, 3)
    caller.hang_up()
    assert caller.wait_for("ended")
    assert seat.until(lambda: not calls(seat))

    player = player_of_the_call(seat)
    player.play.click()
    assert seat.until(lambda: player.clock.isVisible(), 30), player.words.text()
    assert seat.until(lambda: player.play.accessibleName() == "Play", 60), "it does not come to its end"
    assert seat.until(lambda: on_record(own_server) == [("heard", "lin.yue")], 60)

    def is_sent() -> bool:
        with closing(sqlite3.connect(own_server.database)) as database:
            return bool(database.execute("SELECT 1 FROM upload WHERE finished_at IS NOT NULL").fetchall())

    assert seat.until(is_sent, SOON_S)
    lead = sit(login="zhou.min", sound=Sound(SilentSource(), WavSink(tmp_path / "lead.wav")))
    player = player_of_the_call(lead)
    player.play.click()
    assert lead.until(lambda: player.clock.isVisible(), 30), player.words.text()
    whole = [("heard", "lin.yue"), ("recording_given", "zhou.min"), ("heard", "zhou.min")]
    assert lead.until(lambda: on_record(own_server) == whole, 60)
    assert lead.until(lambda: player.track.value() >= 1, 30), "nothing of it was played"
    lead.window.customer.entry.close_card()
    assert lead.until(lambda: (tmp_path / "lead.wav").stat().st_size > 1000, 30), "nothing was heard"
