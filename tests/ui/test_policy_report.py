"""What IT reads of a workstation: every key, who says it, what does not count; the program itself says it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from agent_desktop import resources
from agent_desktop.app import main
from agent_desktop.policy.schema import load
from agent_desktop.settings import Settings, SettingsFile
from agent_desktop.trust import FileFault
from agent_desktop.ui import policy_report
from tests.lab.authority import write_certificates
from tests.policies import managed, places

pytestmark = pytest.mark.usefixtures("own_log")

KEYS = {"sip.domain": "pbx.example", "sip.prot": 1, "sip.port": "5060", "ui.language": "en"}


@pytest.fixture(autouse=True)
def own_language(qapp: QApplication) -> Iterator[None]:
    """The language that a report was said in goes with it."""
    yield
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.setParent(None)
    QLocale.setDefault(QLocale("en"))


def test_report_says_each_value_its_source_and_what_does_not_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    managed(tmp_path / "etc", KEYS)
    file = tmp_path / "etc" / "policies" / "managed" / "10.json"
    monkeypatch.setenv("AGENT_DESKTOP_HOME", str(tmp_path / "home"))
    SettingsFile(tmp_path / "home" / "settings").write(Settings(theme="dark"))

    code = main(["--policy-report", "--json"], places(tmp_path / "etc"))

    said = json.loads(capsys.readouterr().out)
    assert code == 1
    assert sorted(said["keys"]) == sorted(load().keys)
    assert said["keys"]["sip.domain"] == {
        "value": "pbx.example", "source": "machine", "where": str(file), "locked": True,
    }  # fmt: skip
    assert said["keys"]["ui.theme"]["source"] == "person"
    assert said["keys"]["ui.theme"]["where"] == str(tmp_path / "home" / "settings" / "settings.json")
    assert said["keys"]["sip.port"] == {"value": 0, "source": "built_in", "where": "", "locked": False}
    assert [(one["key"], one["why"]) for one in said["refused"]] == [("sip.prot", "unknown"), ("sip.port", "type")]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ("Set by your organisation: /", "sip.prot: This version knows no such key.", "Built in")),
        ("zh_CN", ("由单位统一设置: /", "sip.prot: 此版本没有这个键", "内置")),
    ],
)
def test_report_is_read_in_the_language_of_the_screen(
    tmp_path: Path, language: str, sentences: tuple[str, ...]
) -> None:
    file = SettingsFile(tmp_path, managed(tmp_path / "etc", {**KEYS, "ui.language": language}))

    text = policy_report.as_text("1.0", file.standing(), file.refused, (), resources.folder())

    assert [words for words in sentences if words not in text] == []


@pytest.mark.parametrize(
    ("certificate", "code", "why"),
    [("authority.pem", 0, []), ("good.pem", 1, ["empty"]), ("good.key", 1, ["empty"]), ("none.pem", 1, ["unreadable"])],
)
def test_file_of_authorities_that_lets_nobody_be_trusted_is_named(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    certificate: str,
    code: int,
    why: list[str],
) -> None:
    monkeypatch.setenv("AGENT_DESKTOP_HOME", str(tmp_path / "home"))
    path = write_certificates(tmp_path / "certificates").parent / certificate
    managed(tmp_path / "etc", {"server.ca_file": str(path)})

    assert main(["--policy-report", "--json"], places(tmp_path / "etc")) == code
    said = json.loads(capsys.readouterr().out)
    assert said["files"] == [{"key": "server.ca_file", "path": str(path), "why": one} for one in why]
    assert main(["--policy-report"], places(tmp_path / "etc")) == code
    assert (f"server.ca_file: {path} " in capsys.readouterr().out) is bool(code)


def test_authority_that_has_expired_is_said(tmp_path: Path) -> None:
    authority = write_certificates(tmp_path / "certificates")
    file = SettingsFile(tmp_path, managed(tmp_path / "etc", {"sip.ca_file": str(authority)}))

    files = policy_report.bad_files(file.standing(), datetime(2100, 1, 1, tzinfo=UTC))

    assert files == (policy_report.BadFile("sip.ca_file", str(authority), FileFault.EXPIRED),)
    text = policy_report.as_text("1.0", file.standing(), (), files, resources.folder())
    assert f"The authority in {authority} has expired" in text


@pytest.mark.parametrize(
    ("content", "code", "sentences"),
    [
        ('{"sip.domain": "pbx.example", "ui.theme": ""}', 0, ["keys that would count: 1."]),
        (
            json.dumps(KEYS),
            1,
            ["keys that would count: 2.", "sip.prot: This version", "Is sip.port meant?", "sip.port: The value has"],
        ),
        ("{", 1, ["keys that would count: 0.", "This is no JSON from line 1, column 2 on."]),
        ("[]", 1, ["This is not a JSON object."]),
        ('{"ui.theme": "blue"}', 1, ["The key takes light, dark, system."]),
        ('{"sip.port": 70000}', 1, ["The key takes a whole number from 0 to 65535"]),
        ('{"autostart": "yes"}', 1, ["The key takes true or false, without quotation marks."]),
        ('{"site.area_code": "0571x"}', 1, ["The key takes a text of at most 8 characters"]),
        (json.dumps({"\x1b[2Jx\n" + "y" * 900: 1}), 1, ["    ?[2Jx?yyy", "yyy…: This version"]),
        ('{"frobnicate": 1}', 1, ["All that there are stand in docs/it/policy-keys.md."]),
    ],
)
def test_file_is_checked_before_it_is_handed_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, code: int, sentences: list[str]
) -> None:
    file = tmp_path / "10.json"
    file.write_text(content, encoding="utf-8")
    file.chmod(0o666)

    assert main(["--policy-check", str(file)]) == code

    said = capsys.readouterr().out
    assert said.startswith(f"{file}: ")
    assert [words for words in sentences if words not in said] == []


def test_file_to_be_checked_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--policy-check", str(tmp_path / "none.json")]) == 1
    assert "none.json: No such file" in capsys.readouterr().err


def test_program_reports_without_a_screen_and_ends(tmp_path: Path) -> None:
    env = {**os.environ, "AGENT_DESKTOP_HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
    env = {name: value for name, value in env.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    command = [sys.executable, "-m", "agent_desktop", "--policy-report"]
    said = subprocess.run(command, env=env, capture_output=True, text=True, check=True, timeout=60)
    assert "recording.rule" in said.stdout
    assert said.stderr == ""
