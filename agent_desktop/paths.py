"""Where this workstation keeps its files, by the customs of the operating system."""

import errno
import hashlib
import os
import re
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from agent_desktop.errors import DiskFull, FolderNotWritable

APP = "agent-desktop"
HOME_VARIABLE = "AGENT_DESKTOP_HOME"
_LOOKED_AT_S = 1.0
_PAUSE_S = 0.02


@dataclass(frozen=True, slots=True)
class Paths:
    """`settings`: the person's choices. `data`: per agent, precious and disposable databases. `run`: while it runs."""

    settings: Path
    data: Path
    logs: Path
    run: Path

    @classmethod
    def of_user(cls, environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> "Paths":
        """The user's folders; all below AGENT_DESKTOP_HOME where that is set (a second seat, a test)."""
        if home := environ.get(HOME_VARIABLE):
            return cls.below(Path(home))
        if platform == "win32":
            roaming = Path(environ.get("APPDATA") or Path.home() / "AppData" / "Roaming") / APP
            local = Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / APP
            return cls(settings=roaming, data=local / "data", logs=local / "logs", run=local / "run")
        home_dir = Path.home()
        state = Path(environ.get("XDG_STATE_HOME") or home_dir / ".local" / "state") / APP
        runtime = environ.get("XDG_RUNTIME_DIR")
        return cls(
            settings=Path(environ.get("XDG_CONFIG_HOME") or home_dir / ".config") / APP,
            data=Path(environ.get("XDG_DATA_HOME") or home_dir / ".local" / "share") / APP,
            logs=state / "logs",
            run=Path(runtime) / APP if runtime else state / "run",
        )

    @classmethod
    def below(cls, home: Path) -> "Paths":
        return cls(settings=home / "settings", data=home / "data", logs=home / "logs", run=home / "run")

    def of_agent(self, server: str, agent_id: str) -> Path:
        """The folder of one agent's cache and outbox: apart from every other agent's, and for one server."""
        return self.data / _file_name(server) / _file_name(agent_id)

    def of_handover(self, server: str, shared: str = "") -> Path:
        """Where work that was unsent when its author left waits for this server; `shared` is a folder for machines that
        forget what their people had."""
        return (Path(shared) if shared else self.data) / _file_name(server) / "handover"


def _file_name(text: str) -> str:
    """A name that every file system takes, and another one for every text, in capitals or not, in any script."""
    readable = re.sub(r"[^A-Za-z0-9._-]+", "_", text).strip("._")[:40]
    return f"{readable}-{hashlib.sha256(text.encode()).hexdigest()[:8]}".lstrip("-")


def write_whole(path: Path, content: str | bytes) -> None:
    """Replaces the file in one step, flushed to the disk. Raises DiskFull or FolderNotWritable."""
    beside = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        put_in_place(beside, path)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(path, str(error)) from error
        raise FolderNotWritable(path, str(error)) from error


def put_in_place(
    beside: Path,
    path: Path,
    move: Callable[[Path, Path], object] = Path.replace,
    platform: str = sys.platform,
) -> None:
    """Takes the other's place in one step. Windows refuses while somebody has it open, and virus scanners open what was
    written a moment ago: there it is tried for a second. Raises OSError."""
    until = time.monotonic() + _LOOKED_AT_S
    while True:
        try:
            move(beside, path)
        except PermissionError:
            if platform != "win32" or time.monotonic() >= until:
                raise
            time.sleep(_PAUSE_S)
        else:
            return


def write_private(path: Path, text: str) -> None:
    """As `write_whole`; its owner alone may read it."""
    write_whole(path, text)
    path.chmod(0o600)
