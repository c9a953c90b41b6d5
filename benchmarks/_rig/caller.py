"""Customers who call: a second phone process that sends real INVITEs over loopback."""

import itertools
import json
import subprocess
import sys
from types import TracebackType

from agent_desktop.softphone.call import CallId
from agent_desktop.softphone.commands import Command, Dial, HangUp, Quit
from agent_desktop.softphone.wire import command_line


class Caller:
    """One call after the other, each from another number, to the phone that listens on `sip_port` here."""

    def __init__(self, sip_port: int) -> None:
        self._address = f"sip:agent@127.0.0.1:{sip_port}"
        self._ids = (CallId(f"call-{number}") for number in itertools.count(1))

    def __enter__(self) -> "Caller":
        command = [sys.executable, "-m", "agent_desktop.softphone", "--control", "stdio"]
        self._phone = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._say(Quit())
        self._phone.communicate(timeout=10)

    def ring(self, number: str) -> CallId:
        """Dials as the exchange does for a customer; returns when the phone there rings. Raises ConnectionError."""
        call_id = next(self._ids)
        identity = ("P-Asserted-Identity", f"<sip:{number}@127.0.0.1>")
        self._say(Dial(call_id, self._address, (identity, ("X-Queue", "support"), ("X-Call-Ref", call_id))))
        self._until(call_id, "rings_there", wanted=True)
        return call_id

    def give_up(self, call_id: CallId) -> None:
        """Hangs up and waits until the call is over."""
        self._say(HangUp(call_id))
        self._until(call_id, "state", wanted="ended")

    def _say(self, command: Command) -> None:
        assert self._phone.stdin is not None
        self._phone.stdin.write(command_line(command))
        self._phone.stdin.flush()

    def _until(self, call_id: CallId, field: str, wanted: object) -> None:
        assert self._phone.stdout is not None
        for line in self._phone.stdout:
            event = json.loads(line)
            call = event.get("call", {})
            if call.get("id") == call_id and call[field] == wanted:
                return
            if event["is"] == "CommandRefused" or (call.get("id") == call_id and call["end"]):
                raise ConnectionError(line.decode())
        raise ConnectionError("the caller's phone has ended")
