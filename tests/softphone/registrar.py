"""A small SIP registrar on loopback: digest authentication over UDP and TCP, as RFC 3261 §10 and §22 ask."""

import hashlib
import re
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress

_REALM = "lab"
_NONCE = "9b1c4f"


class Registrar:
    """Answers REGISTER and OPTIONS only. `passwords` by user; `grants_s` is what it grants whatever was asked for.

    `asked` are the requests that came over UDP; `is_silent` one does not answer them. `fails_with` is a status that it
    answers every REGISTER with.
    """

    def __init__(self, passwords: Mapping[str, str], grants_s: int = 60, port: int = 0) -> None:
        self._passwords = passwords
        self._grants_s = grants_s
        self._udp, self._tcp = _same_port(port)
        self.port: int = self._udp.getsockname()[1]
        self._connections: list[socket.socket] = []
        self._threads = [
            threading.Thread(target=self._serve_udp, name="registrar-udp"),
            threading.Thread(target=self._serve_tcp, name="registrar-tcp"),
        ]
        self.registered: list[str] = []
        self.asked: list[str] = []
        self.is_silent = False
        self.fails_with: str | None = None
        self.also = ""
        """Contacts of other telephones, as it lists them."""

    def restarted(self) -> "Registrar":
        """Ends this one; another in its place has forgotten everything."""
        self.close()
        other = Registrar(self._passwords, self._grants_s, self.port)
        other.start()
        return other

    def methods(self) -> list[str]:
        return [each.partition(" ")[0] for each in self.asked]

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as bell:
            bell.sendto(b"end", ("127.0.0.1", self.port))
        self._tcp.shutdown(socket.SHUT_RDWR)
        for connection in self._connections:
            with suppress(OSError):  # the phone may have gone first
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        self._udp.close()
        self._tcp.close()

    def _serve_udp(self) -> None:
        while True:
            packet, sender = self._udp.recvfrom(65536)
            if packet == b"end":
                return
            if not packet.strip():
                continue
            request = packet.decode()
            self.asked.append(request)
            if request.startswith(("REGISTER ", "OPTIONS ")) and not self.is_silent:
                self._udp.sendto(self._answer(request), sender)

    def _serve_tcp(self) -> None:
        try:
            connection, _ = self._tcp.accept()
        except OSError:
            return
        self._connections.append(connection)
        with connection:
            for message in messages_of(connection):
                if message.startswith("REGISTER "):
                    connection.sendall(self._answer(message))

    def _answer(self, request: str) -> bytes:
        if request.startswith("OPTIONS "):
            return _reply(request, "200 OK", "")
        if self.fails_with is not None:
            return _reply(request, self.fails_with, "")
        user = re.search(r"^To:.*?sip:([^@>]+)@", request, re.MULTILINE | re.IGNORECASE)
        name = user.group(1) if user else ""
        if self._is_right(request, name):
            self.registered.append(f"{name} {_granted_s(request, self._grants_s)}")
            return welcomed(request, self._grants_s, self.also)
        challenge = f'WWW-Authenticate: Digest realm="{_REALM}", nonce="{_NONCE}", algorithm=MD5\r\n'
        return _reply(request, "401 Unauthorized", challenge)

    def _is_right(self, request: str, user: str) -> bool:
        given: dict[str, str] = dict(
            re.findall(r'(\w+)="([^"]*)"', request.partition("Authorization:")[2].partition("\n")[0])
        )
        if not given or user not in self._passwords:
            return False
        first = _md5(f"{given['username']}:{_REALM}:{self._passwords[user]}")
        second = _md5(f"REGISTER:{given['uri']}")
        return given["response"] == _md5(f"{first}:{_NONCE}:{second}")


def messages_of(connection: socket.socket) -> Iterator[str]:
    """Of a stream, where several may come together, and empty lines between them keep it open (RFC 3261 §7.5)."""
    with connection.makefile("rb") as stream:
        head: list[bytes] = []
        for line in stream:
            if line.strip():
                head.append(line)
            elif head:
                length = next((one for one in head if one.lower().startswith(b"content-length:")), b":0")
                yield b"".join((*head, line, stream.read(int(length.partition(b":")[2])))).decode()
                head.clear()


def welcomed(request: str, grants_s: int = 60, also: str = "") -> bytes:
    """The answer to a REGISTER that is let in; `also` are Contacts of other telephones."""
    contact = re.search(r"^Contact:\s*(.*?)\r?$", request, re.MULTILINE | re.IGNORECASE)
    where = contact.group(1).partition(";expires")[0] if contact else ""
    granted_s = _granted_s(request, grants_s)
    return _reply(request, "200 OK", f"Contact: {where};expires={granted_s}\r\n{also}Expires: {granted_s}\r\n")


def _granted_s(request: str, most_s: int) -> int:
    wanted = re.search(r"^Expires:\s*(\d+)", request, re.MULTILINE | re.IGNORECASE)
    return 0 if wanted and wanted.group(1) == "0" else most_s


def _same_port(wanted: int) -> tuple[socket.socket, socket.socket]:
    """A UDP and a TCP socket of one number, which the next free one of TCP need not be for UDP."""
    while True:
        tcp = socket.create_server(("127.0.0.1", wanted))
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            udp.bind(("127.0.0.1", tcp.getsockname()[1]))
        except OSError:
            tcp.close()
            udp.close()
        else:
            return udp, tcp


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def _reply(request: str, status: str, more: str) -> bytes:
    kept = [line for line in request.splitlines() if re.match(r"(Via|From|Call-ID|CSeq):", line, re.IGNORECASE)]
    to = next(line for line in request.splitlines() if line.lower().startswith("to:"))
    return "\r\n".join((f"SIP/2.0 {status}", *kept, f"{to};tag=r1", f"{more}Content-Length: 0", "", "")).encode()
