"""The report for IT and the health page, at a desk with a simulated phone."""

import json
import zipfile
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication

from agent_desktop.diagnostics.health import Part, of_clock, of_server
from agent_desktop.softphone.account import Registered, RegistrationRefused
from agent_desktop.softphone.audio import Device, DeviceKind, NoDevice
from agent_desktop.softphone.call import CallId
from agent_desktop.softphone.events import (
    DevicesChanged,
    Event,
    QualityMeasured,
    RegistrationChanged,
    SoundTest,
    SoundTested,
)
from agent_desktop.ui.diagnostics.bundle_window import BundleWindow
from agent_desktop.ui.diagnostics.health_page import HealthPage
from agent_desktop.ui.window.rail import Page
from tests.ui.samples import NOW
from tests.ui.seat import ZHOU, AgentSeat


def opened(seat: AgentSeat) -> BundleWindow:
    seat.window.report_wanted.emit()
    shown = seat.workspace.diagnostics.bundle_window
    assert shown is not None
    assert seat.pump(shown.save.isEnabled)
    return shown


def test_report_is_looked_at_before_it_is_saved(seat: AgentSeat, tmp_path: Path) -> None:
    logs = seat.folder / "logs"
    logs.mkdir()
    (logs / "agent-desktop.log").write_text(f"INFO opened {ZHOU.body['name']['zh']}, 13812345678\n", encoding="utf-8")
    shown = opened(seat)
    names = [shown.papers.item(row).text() for row in range(shown.papers.count())]
    shown.papers.setCurrentRow(next(row for row, name in enumerate(names) if name.startswith("logs/")))
    assert shown.text.toPlainText() == "INFO opened <person>, <number>\n"
    saved = tmp_path / "report.zip"
    shown.save_wanted.emit(saved)
    assert seat.pump(lambda: str(saved) in shown.words.full_text)
    with zipfile.ZipFile(saved) as file:
        assert file.read("logs/agent-desktop.log") == b"INFO opened <person>, <number>\n"
    shown.close()


def test_report_that_cannot_be_saved_says_why_and_stays(seat: AgentSeat, tmp_path: Path) -> None:
    shown = opened(seat)
    (tmp_path / "file").write_text("in the way")
    shown.save_wanted.emit(tmp_path / "file" / "report.zip")
    assert seat.pump(lambda: "written" in shown.words.full_text)
    assert shown.save.isEnabled()
    shown.close()


def test_new_report_takes_the_place_of_the_one_before(seat: AgentSeat) -> None:
    opened(seat)
    second = opened(seat)
    QApplication.processEvents()
    shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, BundleWindow) and one.isVisible()]
    assert shown == [second]
    second.close()


# ---- the health page ------------------------------------------------------------------------------------

HEADSET = Device("usb-mic", DeviceKind.MICROPHONE, "Jabra microphone")
SPEAKER = Device("usb", DeviceKind.SPEAKER, "Jabra")


def health_of(seat: AgentSeat) -> HealthPage:
    seat.window.show_page(Page.HEALTH)
    return seat.window.pages.health


def said(page: HealthPage, part: Part) -> tuple[str, str]:
    row = page.rows[part]
    return row.state.full_text, row.found.full_text


def test_server_that_answers_is_told_with_version_way_and_certificate(seat: AgentSeat) -> None:
    ends = NOW + timedelta(days=300)
    seat.server.seen = (of_server("1.4", 38, "Corp CA", ends, NOW), of_clock(NOW, NOW + timedelta(seconds=2)))
    page = health_of(seat)
    assert seat.pump(lambda: page.rows[Part.SERVER].found.full_text)
    state, found = said(page, Part.SERVER)
    assert state == "All right"
    assert found.startswith("Version 1.4, answers in 38 ms. Certificate of Corp CA, until 20")
    assert said(page, Part.CLOCK) == ("All right", "2 s away from the server's clock.")
    assert page.rows[Part.SERVER].accessibleName().startswith("Server. All right. Version 1.4")


def test_without_the_server_the_page_says_so_and_the_rest_is_there(seat: AgentSeat) -> None:
    page = health_of(seat)
    assert seat.pump(lambda: page.rows[Part.SERVER].found.full_text)
    assert said(page, Part.SERVER)[0] == "Not working"
    assert said(page, Part.CLOCK) == ("Not tried yet", "The server could not be asked what time it is.")
    assert seat.pump(lambda: page.rows[Part.UNSENT].found.full_text)
    assert said(page, Part.UNSENT) == ("All right", "0 waiting, 0 refused by the server.")
    seat.server.seen = (of_server("1.4", 900, "", None, NOW),)
    page.again.click()
    assert seat.pump(lambda: said(page, Part.SERVER) == ("Worth a look", "Version 1.4, answers in 900 ms."))
    assert "VPN" in page.rows[Part.SERVER].to_do.full_text


def test_microphone_is_well_once_something_was_heard(seat: AgentSeat) -> None:
    page = health_of(seat)
    hear(seat, DevicesChanged((HEADSET, SPEAKER), HEADSET, SPEAKER))
    assert said(page, Part.MICROPHONE) == ("Not tried yet", "Jabra microphone")
    assert said(page, Part.SPEAKER) == ("All right", "Jabra")
    page.trial.click()
    assert "Speak now" in page.outcome.full_text
    hear(seat, SoundTested(SoundTest.RECORDING, 0.001))
    assert said(page, Part.MICROPHONE)[0] == "Not working"
    hear(seat, SoundTested(SoundTest.RECORDING, 0.5))
    assert said(page, Part.MICROPHONE) == ("All right", "Jabra microphone; the loudest that was heard: 50 %.")
    hear(seat, DevicesChanged((), NoDevice(), NoDevice()))
    assert said(page, Part.MICROPHONE)[0] == "Not working"


def test_sound_of_calls_is_what_the_last_one_was(seat: AgentSeat) -> None:
    page = health_of(seat)
    assert said(page, Part.SOUND)[0] == "Not tried yet"
    hear(seat, QualityMeasured(CallId("c"), 4.3, 0.2, 6.0, 24.0, codec="opus"))
    assert said(page, Part.SOUND) == (
        "All right",
        "MOS 4.3, 0.2 % lost, jitter 6 ms, round trip 24 ms (opus).",
    )
    hear(seat, QualityMeasured(CallId("c"), 4.3, 0.2, 6.0, 24.0, mos_there=2.5, codec="opus"))
    assert said(page, Part.SOUND)[0] == "Not working"
    assert "cable" in page.rows[Part.SOUND].to_do.full_text


def test_line_is_told_since_when_and_why_it_is_not_there(seat: AgentSeat) -> None:
    page = health_of(seat)
    since = seat.clock.now
    hear(seat, RegistrationChanged(Registered(NOW, "pbx.example"), 5060))
    seat.clock.now += timedelta(minutes=5)
    hear(seat, RegistrationChanged(Registered(NOW, "pbx.example"), 5060))
    state, found = said(page, Part.LINE)
    assert state == "All right"
    assert found.startswith("Registered at pbx.example by UDP since ")
    assert seat.workspace._formats.written(since) in found
    hear(seat, RegistrationChanged(RegistrationRefused(403, "no"), 5060))
    assert said(page, Part.LINE)[0] == "Not working"
    assert "403" in said(page, Part.LINE)[1]


def test_everything_is_copied_as_text_and_stands_in_the_report(seat: AgentSeat) -> None:
    page = health_of(seat)
    assert seat.pump(lambda: page.rows[Part.UNSENT].found.full_text and page.rows[Part.SERVER].found.full_text)
    page.copy.click()
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0].startswith("Agent Desktop ")
    assert "[All right] Waiting to be sent: 0 waiting, 0 refused by the server." in lines
    page.report.click()
    shown = seat.workspace.diagnostics.bundle_window
    assert shown is not None
    assert seat.pump(shown.save.isEnabled)
    names = [shown.papers.item(row).text() for row in range(shown.papers.count())]
    shown.papers.setCurrentRow(next(row for row, name in enumerate(names) if name.startswith("health.json")))
    told = json.loads(shown.text.toPlainText())
    assert (told["server"]["state"], told["server"]["trouble"]) == ("bad", "ServerUnreachable")
    assert told["unsent"] == {"state": "well", "trouble": None, "waiting": 0, "refused": 0}
    shown.close()


def hear(seat: AgentSeat, event: Event) -> None:
    seat.workspace.hear_phone(event)
    QApplication.processEvents()
