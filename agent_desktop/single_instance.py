"""One window per person: who starts first holds the claim, who starts later knocks there and ends.

The claim is a lock of the operating system on `window.json` in the run folder, so that it goes with its process however
that ends. The file says where to knock and with which token; only its owner may read it.
"""

import json
import os
import secrets
import selectors
import socket
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from agent_desktop.errors import FolderNotWritable, WindowSilent

FILE_NAME = "window.json"
PATIENCE_S = 5.0
"""How long a second start waits for the first, which may be starting itself."""
LONGEST_LINK = 2_048
_LARGEST_KNOCK = 16_384
_SLOWEST_KNOCK_S = 1.0
_PAUSE_S = 0.05


@dataclass(frozen=True, slots=True)
class Knock:
    """A second start: `link` is what it was given (empty: nothing), `permission` the desktop's leave to come up."""

    link: str = ""
    permission: str = ""

    @classmethod
    def with_link(cls, link: str = "", environ: Mapping[str, str] = os.environ) -> "Knock":
        """What a desktop gives a program it starts: the link, and the leave to put a window in front."""
        return cls(link[:LONGEST_LINK], environ.get("XDG_ACTIVATION_TOKEN") or environ.get("DESKTOP_STARTUP_ID") or "")


class Claim:
    """Held by the first window from `claim` to `close`. Only one thread reads."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._token = secrets.token_hex(16)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._stop_here, self._stop_there = socket.socketpair()
        port = self._listening.getsockname()[1]
        says = json.dumps({"pid": os.getpid(), "port": port, "token": self._token}).encode("ascii")
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, says)

    def read(self) -> Knock | None:
        """Waits for the next knock; None after `close`, and at once."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._listening, selectors.EVENT_READ)
            selector.register(self._stop_there, selectors.EVENT_READ)
            while True:
                ready = {key.fileobj for key, _ in selector.select()}
                if self._stop_there in ready:
                    return None
                knock = self._open_door()
                if knock is not None:
                    return knock

    def stop_reading(self) -> None:
        """From any thread: `read` returns None from now on."""
        with suppress(OSError):
            self._stop_here.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """After the last `read`: the next start is a first one."""
        for each in (self._listening, self._stop_here, self._stop_there):
            each.close()
        os.close(self._descriptor)

    def _open_door(self) -> Knock | None:
        """None for somebody who does not know the token, or does not come to the point."""
        try:
            connection, _ = self._listening.accept()
            with connection:
                connection.settimeout(_SLOWEST_KNOCK_S)
                said = _read_line(connection, time.monotonic() + _SLOWEST_KNOCK_S)
                found = json.loads(said)
                if not secrets.compare_digest(str(found["token"]).encode(), self._token.encode()):
                    return None
                knock = Knock(str(found["link"]), str(found["permission"]))
                connection.sendall(b"heard\n")
                return knock
        except (OSError, ValueError, KeyError, TypeError):
            return None


def claim(folder: Path) -> Claim | None:
    """The claim of this person on this computer, or None while another process holds it. Raises FolderNotWritable."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(folder / FILE_NAME, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise FolderNotWritable(folder, str(error)) from error
    if not _lock(descriptor):
        os.close(descriptor)
        return None
    return Claim(descriptor)


def claim_or_knock(folder: Path, wish: Knock, patience_s: float = PATIENCE_S) -> Claim | None:
    """The claim, or None when the window that holds it has heard the wish. Raises WindowSilent, FolderNotWritable.

    Asks for both in turn: a window that is closing just now hears nothing more and is about to let go.
    """
    until = time.monotonic() + patience_s
    while True:
        held = claim(folder)
        if held is not None or knock(folder, wish):
            return held
        if time.monotonic() >= until:
            raise WindowSilent
        time.sleep(_PAUSE_S)


def knock(folder: Path, wish: Knock) -> bool:
    """Hands the wish to the window that holds the claim; False when there is none that hears it."""
    try:
        there = json.loads((folder / FILE_NAME).read_bytes())
        _let_come_up(int(there["pid"]))
        with socket.create_connection(("127.0.0.1", int(there["port"])), timeout=PATIENCE_S) as connection:
            said = json.dumps({"token": str(there["token"]), **asdict(wish)})
            connection.sendall(said.encode("ascii") + b"\n")
            return _read_line(connection, time.monotonic() + PATIENCE_S) == b"heard"
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _read_line(connection: socket.socket, until: float) -> bytes:
    """Raises OSError when it does not come in time, ValueError when it is too long."""
    said = b""
    while b"\n" not in said:
        if time.monotonic() > until:
            raise TimeoutError
        more = connection.recv(4096)
        if not more:
            break
        said += more
        if len(said) > _LARGEST_KNOCK:
            raise ValueError("too long for a knock")
    return said.partition(b"\n")[0]


if sys.platform == "win32":
    import ctypes
    import msvcrt

    def _let_come_up(pid: int) -> None:
        """Windows lets a window come to the front only with the leave of the program that the person has just used."""
        ctypes.windll.user32.AllowSetForegroundWindow(pid)

    def _lock(descriptor: int) -> bool:
        """Far behind the end of the file, because Windows keeps others from reading what is locked."""
        os.lseek(descriptor, 1 << 30, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _let_come_up(_pid: int) -> None:
        """Other systems hand the leave over with the link."""

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
