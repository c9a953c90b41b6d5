"""`agent-desktop --diagnostics FILE`: for IT, without a window and without anybody signed in."""

import json
import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import qInstallMessageHandler, qWarning

from agent_desktop import crashes
from agent_desktop.app import _watched, main
from agent_desktop.paths import Paths
from agent_desktop.settings import Settings, SettingsFile
from agent_desktop.ui.qt_log import log_what_qt_says
from tests.policies import managed, places

pytestmark = pytest.mark.usefixtures("own_log")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AGENT_DESKTOP_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_report_without_a_sign_in_says_nothing_that_was_quoted(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    managed(tmp_path / "etc", {"sip.domain": "pbx.example"})
    SettingsFile(home / "settings").write(Settings(login="lin.yue", theme="dark"))
    (home / "logs").mkdir()
    (home / "logs" / "agent-desktop.log").write_text("KeyError: 'Anna Blake'\nlooked for \"Carla\" in 12 ms\n")

    code = main(["--diagnostics", str(tmp_path / "report.zip")], places(tmp_path / "etc"))

    assert code == 0
    assert "logs/agent-desktop.log" in capsys.readouterr().out
    with zipfile.ZipFile(tmp_path / "report.zip") as file:
        told = {name: file.read(name).decode() for name in file.namelist()}
    assert told["logs/agent-desktop.log"] == "KeyError: <text>\nlooked for <text> in 12 ms\n"
    keys = json.loads(told["settings.json"])["keys"]
    assert keys["person.login"]["value"] == "<set>"
    assert (keys["sip.domain"]["value"], keys["sip.domain"]["locked"]) == ("pbx.example", True)
    assert not any("lin.yue" in text for text in told.values())


@pytest.mark.usefixtures("home")
def test_report_that_cannot_be_written_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("in the way")
    assert main(["--diagnostics", str(tmp_path / "file" / "report.zip")], places(tmp_path / "etc")) == 1
    assert "Nothing can be written" in capsys.readouterr().err


def test_run_after_a_crash_knows_of_it_once(tmp_path: Path) -> None:
    paths = Paths.below(tmp_path)
    left = paths.logs / crashes.FOLDER / "window-20261123T101500-7.run"
    left.parent.mkdir(parents=True)
    left.write_text("Agent Desktop\n\nFatal Python error: Segmentation fault\n")
    (left.parent / "phone-20261123T101500-8.run").write_text("Agent Desktop\n\nFatal Python error: Aborted\n")

    with _watched(paths) as has_crashed:
        assert has_crashed
    with _watched(paths) as has_crashed:
        assert not has_crashed
    assert len(list(left.parent.iterdir())) == 2


def test_what_qt_says_stands_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    before = qInstallMessageHandler(None)
    log_what_qt_says()
    qWarning("the paint device is gone")
    qInstallMessageHandler(before)
    assert [record.levelname for record in caplog.records if "the paint device is gone" in record.message] == [
        "WARNING"
    ]
    caplog.clear()
