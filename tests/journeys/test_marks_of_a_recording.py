"""A lead looks for a recorded call, hears it and marks places by keyboard; who judges calls beside them sees it."""

import hashlib
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent_desktop.softphone.audio import SilentSource, Sound, WavSink
from agent_desktop.ui.supervisor.recordings_page import RecordingsPage
from agent_model.moment import to_text
from agent_server.handover import Handover
from agent_server.settings import read_secret
from demo.at_work import AtWork
from demo.seat import Seat
from demo.server import DemoServer
from tests.journeys.company import CUSTOMERS
from tests.journeys.conftest import Sit
from tests.softphone.recorded import KEY, written

CALL = "K-marked"
SECONDS, SILENT_FROM, SILENT_TO = 20.0, 3.0, 7.0


class Recorder(AtWork):
    """An agent's workstation that recorded a call: both speak but for four seconds."""

    def record(self, server: DemoServer, path: Path) -> None:
        line = {
            "customer_id": CUSTOMERS[3].customer.id, "kind": "call_in", "title": "", "agent": self.login,
            "at": to_text(datetime.now(UTC) - timedelta(minutes=5)), "call_ref": CALL, "duration_s": int(SECONDS),
        }  # fmt: skip
        self.create("contact", CALL, line)
        sealed = written(path, 500, 900, SECONDS, pause_s=(SILENT_FROM, SILENT_TO)).read_bytes()
        sha256 = hashlib.sha256(sealed).hexdigest()
        handover = Handover(read_secret(server.database.parent))
        key = handover.sealed_key_of_file(self.login, self._device_id, sha256, KEY).hex()
        said = {"kind": "recording", "sha256": sha256, "key": key, "call_ref": CALL, "contact": CALL}
        metadata = ",".join(f"{name} {b64encode(value.encode()).decode()}" for name, value in said.items())
        tus = {"Tus-Resumable": "1.0.0"}
        begun = self._http.post(
            "/sync/v1/files", headers={**tus, "Upload-Length": str(len(sealed)), "Upload-Metadata": metadata}
        )
        pieces = {**tus, "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
        self._http.patch(begun.headers["Location"], content=sealed, headers=pieces).raise_for_status()


def at_the_list(seat: Seat) -> RecordingsPage:
    """The page by its keys; the call is the first of the list."""
    assert seat.take_keyboard()
    seat.press("Ctrl+Shift+4")
    page = seat.window.pages.recordings
    assert seat.until(lambda: CALL in page.list.keys and page.list.hasFocus())
    page.list.choose(CALL)
    assert seat.until(lambda: not page.player.isHidden())
    return page


def notes(page: RecordingsPage) -> list[str]:
    return [mark.note for mark in page.marks._marks.values()]


@pytest.mark.timeout(300)
def test_lead_marks_a_call_and_quality_sees_it_at_once(sit: Sit, own_server: DemoServer, tmp_path: Path) -> None:
    with Recorder(own_server.address, "lin.yue") as workstation:
        workstation.record(own_server, tmp_path / "call.adr")
    quality = sit("qian.ning")
    beside = at_the_list(quality)
    lead = sit("zhou.min", sound=Sound(SilentSource(), WavSink(tmp_path / "lead.wav")))
    page = at_the_list(lead)

    lead.press("Return")
    assert lead.until(lambda: page.player.at_once.isEnabled() and page.player.play.accessibleName() == "Pause", 30)
    lead.press("Space")
    assert lead.until(lambda: page.player.play.accessibleName() == "Play")
    lead.press("S")
    assert page.player.words.text().startswith("From 00:03 to ")
    lead.press("O")
    assert page.player.words.text().startswith("From 00:07 to ")
    lead.press("M")
    assert lead.until(lambda: page.marks.words.text().startswith("Marked at "))
    lead.press("Return")
    lead.type("Both speak")
    lead.press("Return")
    assert quality.until(lambda: notes(beside) == ["Both speak"], 30)
    [theirs] = beside.marks.list.keys
    assert quality.until(
        lambda: "周敏" in beside.marks.list.words_of(theirs) or "Zhou Min" in beside.marks.list.words_of(theirs)
    )

    lead.press("M")
    assert quality.until(lambda: notes(beside) == ["Both speak", ""], 30)
    lead.press("Delete")
    assert quality.until(lambda: notes(beside) == ["Both speak"], 30)

    own_server.kill()
    lead.press("Return")
    lead.type(", listen")
    lead.press("Return")
    assert lead.until(lambda: "kept here" in page.marks.words.text(), 30)
    assert "not saved yet" in page.marks.list.words_of(theirs)
    kept = lead.workspace._rooms.call_marks.unsaved(CALL)
    assert [mark.note for mark in kept] == notes(page) == ["Both speak, listen"]
    assert notes(beside) == ["Both speak"]
