"""The report for IT, at a desk with a simulated phone."""

import zipfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from agent_desktop.ui.diagnostics.bundle_window import BundleWindow
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
