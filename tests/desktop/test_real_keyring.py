"""The same promises with the daemon of a real desktop, on a session bus of its own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
UNLOCKED = "echo -n passphrase | gnome-keyring-daemon --unlock --components=secrets >/dev/null; exec"


def test_secret_service_keeps_gives_back_and_says_when_it_is_locked(tmp_path: Path) -> None:
    env = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    env |= {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data"), "XDG_RUNTIME_DIR": str(tmp_path)}
    command = f"{UNLOCKED} {sys.executable} -m tests.desktop.keyring_child"
    ended = subprocess.run(
        ["dbus-run-session", "--", "bash", "-c", command],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
