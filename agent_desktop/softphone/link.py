"""The workstation's side: finds or starts the phone process, sends commands, reads events."""

import os
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from agent_desktop.softphone import commands
from agent_desktop.softphone.events import Event, PhoneLost, PhoneReady, PhoneTaken, StillHere
from agent_desktop.softphone.restarts import Heartbeat, Restarts
from agent_desktop.softphone.run_folder import LOG_NAME as LOG_NAME
from agent_desktop.softphone.run_folder import Whereabouts, find
from agent_desktop.softphone.wire import BadLineError, command_line, read_event

_GREETING_PATIENCE_S = 5.0
_FIRST_GREETING_PATIENCE_S = 20.0  # of a phone started a moment ago, on a machine that is busy with other things
_LOOK_UP_S = 0.2
_LAST_WORDS_S = 0.2
_LEFT_RUNNING = 0
STANDING = (commands.UseLogLevel, commands.UsePolicy, commands.UseSound, commands.UseAccount, commands.Watch)
"""Orders that hold until the next one of their kind, in the order a new phone is to hear them."""


class PhoneAwayError(Exception):
    """There is no phone process to do it now; PhoneReady says when there is one again."""


class Link(Protocol):
    """What the workstation needs of a phone; the simulated one is in `simulated_link`."""

    def send(self, command: commands.Command) -> None:
        """From any thread. STANDING orders are kept for later; others raise PhoneAwayError."""

    def read_event(self, timeout_s: float) -> Event | None:
        """Always from the same thread; None after `timeout_s` without one, and at once after `close`."""

    def start_again(self) -> None:
        """From any thread: a phone that stays away is started now."""

    def close(self) -> None:
        """From any thread. The phone stays for the next workstation, unless it was never reached."""


def start_phone(run_folder: Path, crashes: Path | None = None) -> subprocess.Popen[bytes]:
    """Starts the phone process in a session of its own, so that it outlives the window. `crashes` is where it leaves
    reports of its end; without it in the run folder."""
    run_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    command = [sys.executable, "-m", "agent_desktop.softphone", "--run-folder", str(run_folder)]
    if crashes is not None:
        command += ["--crashes", str(crashes)]
    source = str(Path(__file__).parents[2])  # the same code as ours, installed or not
    paths = os.pathsep.join(filter(None, (source, os.environ.get("PYTHONPATH"))))
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
    with (run_folder / LOG_NAME).open("ab") as errors:
        return subprocess.Popen(
            command,
            env={**os.environ, "PYTHONPATH": paths},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=os.name == "posix",
            creationflags=flags,
        )


def _end(pid: int) -> None:
    """Where the system can ask for it, the process first writes down what it was doing."""
    with suppress(OSError):
        if sys.platform == "win32":
            os.kill(pid, signal.SIGTERM)
            return
        os.kill(pid, signal.SIGABRT)
        time.sleep(_LAST_WORDS_S)
        os.kill(pid, signal.SIGKILL)


class PhoneLink:
    """Connects by itself: the first `read_event` does, and after a PhoneLost the next ones do, unless the
    phone was told to quit or was taken over.

    What was last asked for of STANDING is asked for again on every new connection.
    """

    def __init__(
        self,
        run_folder: Path,
        start: Callable[[Path], "subprocess.Popen[bytes]"] = start_phone,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._run_folder = run_folder
        self._start = start
        self._clock = clock
        self._sending = threading.Lock()
        self._reading = threading.Lock()
        self._closed = threading.Event()
        self._socket: socket.socket | None = None
        self._read_from: socket.socket | None = None
        self._rest = b""
        self._lines: deque[bytes] = deque()
        self._standing: dict[type, commands.Command] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._is_reached = False
        self._restarts = Restarts()
        self._heartbeat = Heartbeat()
        self._there: Whereabouts | None = None
        self._is_over = False

    def send(self, command: commands.Command) -> None:
        with self._sending:
            if isinstance(command, STANDING):
                self._standing[type(command)] = command
            if isinstance(command, commands.Quit):
                self._is_over = True  # nobody starts a new one
            if self._socket is not None:
                try:
                    self._socket.sendall(command_line(command))
                except OSError:
                    self._socket = None  # the reader tells it
                else:
                    return
        if not isinstance(command, STANDING):
            raise PhoneAwayError

    def read_event(self, timeout_s: float) -> Event | None:
        with self._reading:
            if self._read_from is None and self._is_over:
                self._closed.wait(timeout_s)
            if self._closed.is_set() or (self._read_from is None and self._is_over):
                return None
            if self._read_from is None:
                return self._connect(timeout_s)
            return self._read(self._read_from, timeout_s)

    def start_again(self) -> None:
        with self._sending:
            self._restarts.ask()

    def close(self) -> None:
        self._closed.set()
        with self._sending:
            connection, self._socket = self._socket, None
        if connection is not None:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)  # wakes the reader
        with self._reading:
            self._drop()
        process, self._process = self._process, None
        if process is None or process.poll() is not None:
            return
        if self._is_reached:
            process.returncode = _LEFT_RUNNING  # on purpose; subprocess would warn of it
        else:
            process.kill()  # started a moment ago and never spoken to: nobody calls there
            process.wait()

    def _connect(self, timeout_s: float) -> Event | None:
        wait_s = self._restarts.wait_s(self._clock())
        if wait_s > 0:
            self._closed.wait(min(wait_s, timeout_s, _LOOK_UP_S))
            return None
        try:
            event = self._reach()
            if event is None:
                self._launch()
                event = self._reach(_FIRST_GREETING_PATIENCE_S)
        except OSError as reason:
            return self._lost(str(reason))
        if event is None:
            return self._lost("the phone does not answer")
        self._is_reached = True
        return event

    def _launch(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._is_reached = False
        self._process = self._start(self._run_folder)
        if self._process.stdout is not None:
            with self._process.stdout as said:
                said.readline()  # it has left its whereabouts, or died

    def _reach(self, patience_s: float = _GREETING_PATIENCE_S) -> Event | None:
        """Connects to the phone whose whereabouts are known and waits for its greeting; None if that fails."""
        there = find(self._run_folder)
        if there is None:
            return None
        try:
            connection = socket.create_connection(("127.0.0.1", there.port), timeout=patience_s)
        except OSError:
            return None
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.settimeout(None)
        self._read_from = connection
        self._heartbeat.heard(self._clock())
        if not self._proves_itself(connection, there, patience_s):
            self._drop()
            return None
        with self._sending:
            self._socket = connection
            wanted = [self._standing[kind] for kind in STANDING if kind in self._standing]
            with suppress(OSError):
                connection.sendall(b"".join(map(command_line, wanted)))
        greeting = self._read(connection, patience_s)
        if isinstance(greeting, PhoneReady):
            self._there = there
            return greeting
        self._drop()
        return None

    def _proves_itself(self, connection: socket.socket, there: Whereabouts, patience_s: float) -> bool:
        """Whoever took the port of a phone that died does not know the proof, and is not told the account."""
        with suppress(OSError):
            connection.sendall(there.token.encode() + b"\n")
        until = self._clock() + patience_s
        while not self._lines and not self._closed.is_set() and self._clock() < until:
            if not self._more(connection, _LOOK_UP_S):
                return False
        return bool(self._lines) and self._lines.popleft() == there.proof.encode()

    def _read(self, connection: socket.socket, timeout_s: float) -> Event | None:
        if not self._lines and not self._more(connection, timeout_s):
            return None if self._closed.is_set() else self._lost("the phone has gone")
        if not self._lines:
            return self._ask_for_a_sign()
        self._heartbeat.heard(self._clock())
        try:
            event = read_event(self._lines.popleft())
        except BadLineError as reason:
            return self._lost(reason.detail)
        self._heartbeat.follow(event)
        if isinstance(event, StillHere):
            return None
        if isinstance(event, PhoneTaken):
            self._is_over = True
            self._drop()
        return event

    def _ask_for_a_sign(self) -> Event | None:
        """A phone that hangs is ended: it would keep the account's calls to itself, and start no other."""
        if not self._heartbeat.should_ask(self._clock()):
            return None
        if self._heartbeat.is_dead and self._there is not None:
            _end(self._there.pid)
            return self._lost("the phone hangs")
        with suppress(PhoneAwayError):
            self.send(commands.AreYouThere())
        return None

    def _more(self, connection: socket.socket, timeout_s: float) -> bool:
        """Reads what has come within the time; False when the other end is gone."""
        with selectors.DefaultSelector() as selector:
            selector.register(connection, selectors.EVENT_READ)
            if not selector.select(timeout_s):
                return True
        try:
            read = connection.recv(65536)
        except OSError:
            return False
        *lines, self._rest = (self._rest + read).split(b"\n")
        self._lines.extend(lines)
        return bool(read)

    def _lost(self, detail: str) -> PhoneLost:
        self._drop()
        stays_away = self._restarts.died(self._clock())
        code = self._process.poll() if self._process is not None else None
        return PhoneLost(detail if code is None else f"{detail} (exit code {code})", stays_away)

    def _drop(self) -> None:
        with self._sending:
            connection, self._socket, self._read_from = self._read_from, None, None
        self._rest = b""
        self._lines.clear()
        if connection is not None:
            connection.close()
