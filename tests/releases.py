"""A repository of releases as IT keeps it, handed out on loopback by a server that can be made to misbehave."""

import random
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from agent_desktop.updates.release import file_name, this_platform
from agent_desktop.updates.versions import ROOT
from installer.updates import KeyFolder, ReleaseDesk

SECRET = b"correct horse battery staple"
PLATFORM = this_platform()


@dataclass
class Served:
    """`address` hands out `folder`. `breaks_after`: bytes of a release after which the line breaks, once; `asked`: what
    was asked for, with its Range; `is_down`: nobody answers; `drips_s`:
    between any two bytes."""

    folder: Path
    address: str = ""
    breaks_after: int | None = None
    is_down: bool = False
    drips_s: float = 0.0
    is_over: threading.Event = field(default_factory=threading.Event)
    asked: list[tuple[str, str]] = field(default_factory=list)

    @property
    def fetched(self) -> list[str]:
        """The ranges of a release that were asked for."""
        return [range_ for path, range_ in self.asked if path.startswith("/targets/")]


@contextmanager
def handed_out(folder: Path) -> Iterator[Served]:
    served = Served(folder)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            range_ = self.headers.get("Range", "")
            served.asked.append((self.path, range_))
            file = served.folder / self.path.lstrip("/")
            if served.is_down or not file.is_file():
                self.send_error(HTTPStatus.SERVICE_UNAVAILABLE if served.is_down else HTTPStatus.NOT_FOUND)
                return
            whole = file.read_bytes()
            first = int(range_.removeprefix("bytes=").rstrip("-") or 0)
            self.send_response(HTTPStatus.PARTIAL_CONTENT if range_ else HTTPStatus.OK)
            self.send_header("Content-Length", str(len(whole) - first))
            self.end_headers()
            content = whole[first:]
            if served.breaks_after is not None and "/targets/" in self.path:
                content, served.breaks_after = content[: served.breaks_after], None
                self.close_connection = True
            for piece in [content] if not served.drips_s else [bytes([byte]) for byte in content]:
                if served.is_over.wait(served.drips_s):
                    break
                self.wfile.write(piece)

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield served
    served.is_over.set()
    server.shutdown()
    thread.join()
    server.server_close()


def frozen(folder: Path, version: str, says: str | None = None) -> Path:
    """A program that can be asked for its version; large enough to come in pieces."""
    folder.mkdir(parents=True)
    program = folder / "agent-desktop"
    program.write_text(f"#!/bin/sh\necho agent-desktop {says or version}\n", "utf-8")
    program.chmod(0o755)
    inside = folder / "_internal"
    inside.mkdir()
    (inside / "noise").write_bytes(random.Random(version).randbytes(400_000))
    (inside / "link").symlink_to("noise")
    return folder


class Organisation:
    """One with a repository, and workstations that were installed for one person."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.repository = folder / "repository"
        self.keys = KeyFolder(folder / "keys", lambda: SECRET)
        self.desk = self.at(None)
        self.desk.init()

    def at(self, now: datetime | None) -> ReleaseDesk:
        """The desk of IT at another time."""
        return ReleaseDesk(self.repository, self.keys, lambda: now or datetime.now(UTC))

    def release(self, version: str, percent: int = 100, says: str | None = None) -> None:
        program = frozen(self.folder / "frozen" / version, version, says)
        self.desk.add(program, version, percent, PLATFORM)

    def file(self, version: str) -> Path:
        return self.repository / "targets" / file_name(version, PLATFORM)

    def installed(self, version: str, name: str = "seat") -> Path:
        """The program of a workstation."""
        folder = frozen(self.folder / name / "program", version)
        (folder / ROOT).write_bytes(self.desk.root())
        return folder / "agent-desktop"

    def as_it_is(self, name: str) -> Path:
        """A copy of everything that is handed out now."""
        return Path(shutil.copytree(self.repository, self.folder / name))
