"""Who opens a telephone link: this program, once it is registered."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from agent_desktop import resources
from agent_desktop.link_handler import ENTRY, NoRegistrarError, entry_for, register, registry_values

PACKAGED = (resources.folder() / "desktop" / ENTRY).read_text(encoding="utf-8")
NOTE = "import sys; open(sys.argv[1], 'a').write(repr(sys.argv[2:]) + chr(10))"


@pytest.mark.parametrize("scheme", ["tel", "sip", "sips", "callto"])
def test_desktop_opens_links_of_every_kind_with_the_registered_program(
    scheme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    opened, odd = tmp_path / "opened", tmp_path / 'a "folder" with $HOME'
    odd.symlink_to(sys.executable)

    register(PACKAGED, tmp_path, [str(odd), "-c", NOTE, str(opened)])
    subprocess.run(["gio", "open", f"{scheme}:+86571?x=--server"], check=True, timeout=30)

    _wait_for(opened)
    assert opened.read_text() == f"['--', '{scheme}:+86571?x=--server']\n"


def _wait_for(file: Path) -> None:
    subprocess.run(["sh", "-c", f"until test -s {file}; do sleep 0.02; done"], check=True, timeout=30)


def test_without_a_tool_of_the_desktop_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with pytest.raises(NoRegistrarError):
        register(PACKAGED, tmp_path, ["agent-desktop"], find=lambda _: None)


def test_entry_keeps_what_it_does_not_change() -> None:
    entry = entry_for(PACKAGED, ["/opt/agent desktop/bin/agent-desktop"], Path("/opt/icon.svg"))

    assert 'Exec="/opt/agent desktop/bin/agent-desktop" -- %u\n' in entry
    assert "Icon=/opt/icon.svg\n" in entry
    assert [line for line in entry.splitlines() if not line.startswith(("Exec=", "Icon="))] == [
        line for line in PACKAGED.splitlines() if not line.startswith(("Exec=", "Icon="))
    ]


def test_packaged_entry_keeps_to_the_specification(tmp_path: Path) -> None:
    file = tmp_path / ENTRY
    file.write_text(entry_for(PACKAGED, [os.fsdecode(tmp_path / "a b")], tmp_path / "icon.svg"), encoding="utf-8")
    validate = shutil.which("desktop-file-validate")
    assert validate is not None

    checked = subprocess.run([validate, str(file)], capture_output=True, text=True, check=False)

    assert (checked.returncode, checked.stdout) == (0, "")


def test_windows_starts_the_program_with_the_link_behind_the_end_of_options() -> None:
    values = registry_values(r"C:\Program Files\Agent Desktop\agent-desktop.exe")

    commands = [text for key, _, text in values if key.endswith(r"\command")]
    assert commands == [r'"C:\Program Files\Agent Desktop\agent-desktop.exe" -- "%1"'] * 4
    assert [name for key, name, _ in values if key.endswith("URLAssociations")] == ["tel", "sip", "sips", "callto"]
