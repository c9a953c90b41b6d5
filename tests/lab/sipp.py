"""SIPp: exact SIP messages, sent and received."""

import re
import subprocess
from pathlib import Path

from tests.lab import peers
from tests.lab.ports import PortBlock

SCENARIOS = Path(__file__).parent / "sipp"


class Sipp:
    """Runs one scenario. `remote` is host:port; a scenario that waits for calls has none.

    `port` None: its own. `values` fill [name] in the scenario; `user` fills [service]. RTP that comes is sent back.
    """

    def __init__(
        self,
        folder: Path,
        scenario: Path,
        remote: str | None = None,
        *,
        port: int | None = None,
        user: str = "sipp",
        calls: int = 1,
        patience_s: int = 20,
        values: dict[str, str] | None = None,
    ) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._block = PortBlock()
        self.port = port or self._block[1]
        self._log = folder / "messages"
        self._words = folder / "console"
        self._command: list[str | Path] = [
            peers.program("sipp"), "-sf", scenario, "-i", "127.0.0.1", "-p", str(self.port), "-s", user,
            "-m", str(calls), "-mi", "127.0.0.1", "-mp", str(self._block[10]), "-rtp_echo", "-nostdin",
            "-timeout", f"{patience_s}s", "-timeout_error", "-trace_msg", "-message_file", self._log,
            "-trace_err", "-error_file", folder / "errors",
        ]  # fmt: skip
        for name, value in (values or {}).items():
            self._command += ["-key", name, value]
        if remote is not None:
            self._command.append(remote)
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """A scenario that waits for calls takes them when this returns."""
        self._running = peers.start(self._command, self._words)
        peers.wait_until(self._running, self._words, self._has_its_port)

    def finish(self) -> None:
        """Waits until all calls of the scenario are over. Raises AssertionError if one was not as it says."""
        assert self._running is not None
        code = self._running.wait()
        errors = self.folder / "errors"
        assert code == 0, errors.read_text(encoding="utf-8", errors="replace") if errors.exists() else self._said()

    def received(self) -> list[str]:
        """The SIP messages that came, in order; `headers` reads them."""
        text = self._log.read_bytes().decode("utf-8", errors="replace").replace("\r\n", "\n")
        parts = re.split(r"^-{20,} .*\n(\w+ message \w+).*\n\n?", text, flags=re.MULTILINE)
        return [body for kind, body in zip(parts[1::2], parts[2::2], strict=True) if "received" in kind]

    def close(self) -> None:
        if self._running is not None:
            peers.end(self._running)
            self._running = None
        self._block.close()

    def _said(self) -> str:
        return self._words.read_text(encoding="utf-8", errors="replace")[-2000:]

    def _has_its_port(self) -> bool:
        here = f"0100007F:{self.port:04X}"
        return here in Path("/proc/net/udp").read_text(encoding="ascii")


def headers(message: str) -> dict[str, str]:
    """The first value of each header, names in lower case."""
    found: dict[str, str] = {}
    for line in message.partition("\n\n")[0].splitlines()[1:]:
        name, _, value = line.partition(":")
        found.setdefault(name.strip().lower(), value.strip())
    return found
