"""A customer on the telephone: a second phone process that really calls over SIP and really speaks."""

import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent


class Caller:
    """Calls `target` (a `sip:` address) at once; what the agent's side does to the call can be waited for.

    `headers` are the exchange's own, as P-Asserted-Identity or X-Queue. Close it, or use it in a `with` block.
    """

    def __init__(
        self,
        target: str,
        number: str,
        headers: Mapping[str, str],
        speech: Path | None = None,
        record: Path | None = None,
        hang_up_after_s: float | None = None,
        digits: str = "",
    ) -> None:
        words = [sys.executable, "-m", "agent_desktop.softphone", "--port", "0", "--dial", target]
        words += ["--account", f"sip:{number.lstrip('+') or 'anonymous'}@127.0.0.1", "--control", "stdio"]
        if number:
            headers = {"P-Asserted-Identity": f"<sip:{number}@127.0.0.1>", **headers}
        for name, value in headers.items():
            words += ["--header", f"{name}: {value}"]
        if speech is not None:
            words += ["--play", str(speech)]
        if record is not None:
            words += ["--record", str(record)]
        if hang_up_after_s is not None:
            words += ["--hang-up-after", str(hang_up_after_s)]
        if digits:
            words += ["--digits", digits]
        self._process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT, text=True
        )
        self._heard: list[dict[str, Any]] = []
        self._more = threading.Condition()
        self._reader = threading.Thread(target=self._read, name="caller", daemon=True)
        self._reader.start()

    def __enter__(self) -> "Caller":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def events(self) -> list[dict[str, Any]]:
        """Everything the phone has told so far."""
        with self._more:
            return list(self._heard)

    @property
    def states(self) -> list[str]:
        """The states the call has been in, in order."""
        return [event["call"]["state"] for event in self.events if event["is"] == "CallChanged"]

    @property
    def call(self) -> dict[str, Any]:
        """The call as the caller's phone last told it; empty before it has."""
        return next((event["call"] for event in reversed(self.events) if event["is"] == "CallChanged"), {})

    @property
    def heard(self) -> list[float]:
        """How loud the agent was, 0..1, about ten times a second since the call was answered."""
        return [event["heard"] for event in self.events if event["is"] == "LevelsMeasured"]

    @property
    def digits(self) -> str:
        """What the agent pressed on the keypad."""
        return "".join(event["digit"] for event in self.events if event["is"] == "DigitReceived")

    def wait_for(self, state: str, timeout_s: float = 10.0) -> bool:
        """Whether the call came into this state (`connected`, `ended` …) in time."""
        with self._more:
            return self._more.wait_for(lambda: self._has_been(state), timeout_s)

    def hang_up(self) -> None:
        """The caller gives up or says good-bye."""
        if self._process.stdin is not None and self._process.poll() is None:
            with suppress(BrokenPipeError):  # the other side was quicker
                self._process.stdin.write(json.dumps({"is": "HangUp", "call_id": "dialled"}) + "\n")
                self._process.stdin.flush()

    def close(self) -> None:
        """Lets the phone say its good-byes: who is merely ended leaves the other side ringing."""
        if self._process.stdin is not None:
            with suppress(BrokenPipeError):
                self._process.stdin.close()
        if self._process.poll() is None and not self._is_gone(2.0):
            self._process.terminate()
            try:
                self._process.wait(5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._reader.join(5)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _is_gone(self, within_s: float) -> bool:
        try:
            self._process.wait(within_s)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _has_been(self, state: str) -> bool:
        return any(event["is"] == "CallChanged" and event["call"]["state"] == state for event in self._heard)

    def _read(self) -> None:
        if self._process.stdout is None:
            return
        for line in self._process.stdout:
            if line.startswith("{"):
                with self._more:
                    self._heard.append(json.loads(line))
                    self._more.notify_all()
