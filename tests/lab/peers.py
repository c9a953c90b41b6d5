"""Where `make lab` puts the peers, and how they are started and ended."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

PATIENCE_S = 60.0
_ENDING_S = 5.0


class PeersMissingError(Exception):
    """The lab has not been prepared on this machine."""


class DidNotStartError(Exception):
    """A peer ended, or did not come up in time; its own words follow."""


def root() -> Path:
    """The folder of the peers, a small Debian of its own. Raises PeersMissingError."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "agent-desktop"
    found = Path(os.environ.get("AGENT_DESKTOP_CACHE") or cache) / "lab" / "peers"
    if not (found / ".recipe").is_file():
        raise PeersMissingError(f"the lab's exchange and telephones are not in {found}: run `make lab` (needs apt)")
    return found


def program(name: str) -> Path:
    return root() / "bin" / name


def libraries() -> Path:
    """Where the peers keep their modules."""
    return next((root() / "usr" / "lib").glob("*-linux-gnu"))


def start(
    command: list[str | Path], words: Path, env: Mapping[str, str] | None = None, parting: str = "KILL"
) -> subprocess.Popen[bytes]:
    """What it says goes to `words`. It leads its own process group.

    It does not outlive the thread that started it: the system sends it the signal `parting`, however that one ended.
    """
    bound = [shutil.which("setpriv") or "setpriv", "--pdeathsig", parting, "--"]
    with words.open("ab") as out:
        return subprocess.Popen(
            [*bound, *command],
            stdin=subprocess.DEVNULL,
            cwd=words.parent,  # where a peer that crashes leaves its memory
            stdout=out,
            stderr=subprocess.STDOUT,
            env=None if env is None else {**os.environ, **env},
            start_new_session=True,
        )


def wait_until(running: subprocess.Popen[bytes], words: Path, is_up: Callable[[], bool]) -> None:
    """Raises DidNotStartError with the last of what the peer said."""
    deadline = time.monotonic() + PATIENCE_S
    while not is_up():
        if running.poll() is not None or time.monotonic() > deadline:
            said = words.read_text(encoding="utf-8", errors="replace")[-2000:] if words.exists() else ""
            raise DidNotStartError(f"{running.args!r} (exit code {running.poll()}): {said}")
        time.sleep(0.02)


def end(running: subprocess.Popen[bytes]) -> None:
    """Asks it to end and, if it does not, ends it with all that it started."""
    if running.poll() is None:
        running.terminate()
        try:
            running.wait(_ENDING_S)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
    running.wait()
