"""A small reader of Asterisk's manager interface, for looking at the exchange from outside."""

import socket
import time
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Self

Packet = dict[str, list[str]]
"""Keys can come several times in one packet (ChanVariable, Output)."""


class ManagerRefusedError(Exception):
    """The exchange answered an action with an error; its own words follow."""


class Manager:
    """Signed in. Reads only while something is waited for; what came meanwhile waits in the socket."""

    def __init__(self, port: int, user: str = "desk", secret: str = "desk-secret", *, with_events: bool = True) -> None:  # noqa: S107
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=5)
        self._read = b""
        self._serial = 0
        self.seen: list[Packet] = []
        self._next()  # the greeting
        self.ask("Login", Username=user, Secret=secret, Events="on" if with_events else "off")

    def close(self) -> None:
        self._socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def ask(self, action: str, variables: Iterable[str] = (), **fields: str) -> Packet:
        """The answer. `variables` are NAME=value. Raises ManagerRefusedError."""
        self._serial += 1
        name = f"lab-{self._serial}"
        lines = [f"Action: {action}", f"ActionID: {name}", *(f"{key}: {value}" for key, value in fields.items())]
        lines += [f"Variable: {each}" for each in variables]
        self._socket.sendall("\r\n".join((*lines, "", "")).encode())
        deadline = time.monotonic() + 10
        while True:
            packet = self._packet(deadline)
            if "Response" in packet and packet.get("ActionID") == [name]:
                break
            self.seen.append(packet)
        if packet["Response"][0] not in ("Success", "Follows"):
            raise ManagerRefusedError(" ".join(packet.get("Message", []) + packet.get("Output", [])))
        return packet

    def command(self, line: str) -> str:
        """A line as at the exchange's own console, and what it printed."""
        return "\n".join(self.ask("Command", Command=line).get("Output", []))

    def wait_for(self, event: str, where: Callable[[Packet], bool] = lambda _: True, patience_s: float = 15) -> Packet:
        """The first such event since signing in that was not waited for before. Raises TimeoutError."""
        deadline = time.monotonic() + patience_s
        at = 0
        while True:
            while at < len(self.seen):
                packet = self.seen[at]
                if packet.get("Event") == [event] and where(packet):
                    del self.seen[at]
                    return packet
                at += 1
            try:
                self.seen.append(self._packet(deadline))
            except TimeoutError as late:
                told = [each.get("Event", ["?"])[0] for each in self.seen]
                raise TimeoutError(f"no {event} within {patience_s} s, only {told}") from late

    def wait_for_user_event(self, name: str, patience_s: float = 15) -> dict[str, str]:
        """What the dialplan told by UserEvent(name)."""
        packet = self.wait_for("UserEvent", lambda each: each.get("UserEvent") == [name], patience_s)
        return {key: values[0] for key, values in packet.items()}

    def _packet(self, deadline: float) -> Packet:
        packet: Packet = {}
        while True:
            self._socket.settimeout(max(0.001, deadline - time.monotonic()))
            line = self._next()
            if not line and packet:
                return packet
            key, colon, value = line.partition(":")
            if colon:
                packet.setdefault(key, []).append(value.removeprefix(" "))

    def _next(self) -> str:
        while b"\n" not in self._read:
            more = self._socket.recv(65536)
            if not more:
                raise ConnectionError("the exchange has closed the manager connection")
            self._read += more
        line, _, self._read = self._read.partition(b"\n")
        return line.removesuffix(b"\r").decode(errors="replace")
