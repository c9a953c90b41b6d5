"""The phone's side of the control socket: lets one workstation in, takes its commands, sends it events.

A thread reads; everything else is done by the thread that owns the engine, which is woken for each command.
"""

import selectors
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from agent_desktop.softphone.commands import Command
from agent_desktop.softphone.wire import BadLineError, read_command

REFUSED = b'{"is":"Refused"}\n'
_LONGEST_LINE = 1 << 20
_LONGEST_GREETING = 256
_SEND_PATIENCE_S = 0.5
_MOST_STRANGERS = 8
"""Who has not shown the token yet; other users of this computer could else use up all our sockets."""


@dataclass(frozen=True, slots=True)
class Joined:
    """A workstation has shown the token; it takes the phone over from the one before."""

    connection: socket.socket


@dataclass(frozen=True, slots=True)
class Left:
    connection: socket.socket


Arrival = Command | Joined | Left


class Control:
    """Whoever shows `token` is shown `proof`. `wake` is called from the reading thread after something has arrived."""

    def __init__(self, token: str, proof: str, wake: Callable[[], None]) -> None:
        self._token = token.encode("ascii")
        self._proof = proof.encode("ascii")
        self._wake = wake
        self._arrived: SimpleQueue[Arrival] = SimpleQueue()
        self._listening = _listening()
        self._stop_here, self._stop_there = socket.socketpair()
        self._thread = threading.Thread(target=self._read_all, name="control", daemon=True)
        self.port: int = self._listening.getsockname()[1]

    def start(self) -> None:
        self._thread.start()

    def take(self) -> list[Arrival]:
        """Everything that has arrived since."""
        taken: list[Arrival] = []
        while True:
            try:
                taken.append(self._arrived.get_nowait())
            except Empty:
                return taken

    def send(self, connection: socket.socket, line: bytes) -> bool:
        """False when the workstation is gone or has not read for half a second."""
        try:
            connection.sendall(line)
        except OSError:
            return False
        return True

    def drop(self, connection: socket.socket) -> None:
        """The reading thread sees the end and lets go."""
        try:
            connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            return

    def close(self) -> None:
        self._stop_here.close()
        self._thread.join()

    def _read_all(self) -> None:
        with selectors.DefaultSelector() as selector, self._listening, self._stop_there:
            selector.register(self._listening, selectors.EVENT_READ)
            selector.register(self._stop_there, selectors.EVENT_READ)
            while True:
                for key, _ in selector.select():
                    if key.fileobj is self._stop_there:
                        for left in self._peers(selector):
                            left.connection.close()
                        return
                    if key.fileobj is self._listening:
                        self._let_in(selector)
                    elif not self._read_one(key.data):
                        selector.unregister(key.fileobj)
                        self._gone(key.data)

    def _peers(self, selector: selectors.BaseSelector) -> "list[_Peer]":
        return [key.data for key in selector.get_map().values() if isinstance(key.data, _Peer)]

    def _let_in(self, selector: selectors.BaseSelector) -> None:
        try:
            connection, _ = self._listening.accept()
        except OSError:  # gone before we looked, or no socket left for it
            return
        strangers = [peer for peer in self._peers(selector) if not peer.is_known and not peer.is_sent_away]
        if len(strangers) >= _MOST_STRANGERS:
            strangers[0].is_sent_away = True
            self.drop(strangers[0].connection)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.settimeout(_SEND_PATIENCE_S)
        selector.register(connection, selectors.EVENT_READ, _Peer(connection))

    def _read_one(self, peer: "_Peer") -> bool:
        """False: nothing more will come from there, or nothing more is wanted."""
        try:
            read = peer.connection.recv(65536)
        except OSError:
            return False
        *lines, peer.rest = (peer.rest + read).split(b"\n")
        for line in lines:
            if not peer.is_known:
                if not _same(line, self._token):
                    self.send(peer.connection, REFUSED)
                    return False
                peer.is_known = True
                self.send(peer.connection, self._proof + b"\n")
                self._put(Joined(peer.connection))
                continue
            try:
                self._put(read_command(line))
            except BadLineError:
                return False
        too_long = len(peer.rest) > (_LONGEST_LINE if peer.is_known else _LONGEST_GREETING)
        return bool(read) and not too_long

    def _gone(self, peer: "_Peer") -> None:
        if peer.is_known:
            self._put(Left(peer.connection))  # closed there, so that no new socket gets its number before
        else:
            peer.connection.close()

    def _put(self, arrival: Arrival) -> None:
        self._arrived.put(arrival)
        self._wake()


@dataclass(slots=True)
class _Peer:
    connection: socket.socket
    rest: bytes = b""
    is_known: bool = False
    is_sent_away: bool = False


def _listening() -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":  # else another program could listen on our port beside us
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        listening.bind(("127.0.0.1", 0))
        listening.listen(_MOST_STRANGERS)
    except OSError:
        listening.close()
        raise
    return listening


def _same(given: bytes, wanted: bytes) -> bool:
    """Compares in constant time; `hmac` would load OpenSSL a second time for it."""
    if len(given) != len(wanted):
        return False
    return sum(a ^ b for a, b in zip(given, wanted, strict=True)) == 0
