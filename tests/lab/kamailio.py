"""Kamailio: a second registrar, and the proxy in front of the exchange."""

import os
import re
import signal
import socket
import subprocess
from enum import StrEnum
from pathlib import Path

from tests.lab import peers
from tests.lab.ports import PortBlock

_SETTINGS = Path(__file__).parent / "kamailio.cfg"


class DigestAlgorithm(StrEnum):
    MD5 = "MD5"
    SHA_256 = "SHA-256"


class Kamailio:
    """Any user U registers with the password pass-U and is called by that name.

    What is not for Kamailio itself is passed on, so it is an outbound proxy as well. `certificates` is the folder that
    `write_certificates` filled.
    """

    def __init__(self, folder: Path, certificates: Path, algorithm: DigestAlgorithm = DigestAlgorithm.MD5) -> None:
        self.folder = folder
        self._block = PortBlock()
        self._running: subprocess.Popen[bytes] | None = None
        values = {
            "sip_port": str(self.sip_port),
            "tls_port": str(self.tls_port),
            "modules": str(peers.libraries() / "kamailio" / "modules"),
            "folder": str(folder),
            "certificates": str(certificates),
            "algorithm": algorithm.value,
        }
        folder.mkdir(parents=True, exist_ok=True)
        text = _SETTINGS.read_text(encoding="utf-8")
        filled = re.sub(r"@(\w+)@", lambda found: values[found.group(1)], text)
        (folder / "kamailio.cfg").write_text(filled, encoding="utf-8")

    @property
    def sip_port(self) -> int:
        """UDP and TCP on 127.0.0.1."""
        return self._block[1]

    @property
    def tls_port(self) -> int:
        return self._block[2]

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.sip_port}"

    def start(self) -> None:
        """Returns when it answers OPTIONS."""
        words = self.folder / "console"
        command: list[str | Path] = [
            peers.program("kamailio"),
            "-DD",
            "-E",
            "-f",
            self.folder / "kamailio.cfg",
            "-Y",
            self.folder,
        ]
        # asked to end it ends its children as well; killed it would leave them behind
        running = peers.start([*command, "-m", "32", "-M", "8"], words, parting="TERM")
        try:
            peers.wait_until(running, words, self._answers)
        except peers.DidNotStartError:
            peers.end(running)
            raise
        self._running = running

    def stop(self) -> None:
        if self._running is not None:
            self.thaw()
            peers.end(self._running)
            self._running = None

    def kill(self) -> None:
        """As a power cut ends it; who was registered is forgotten."""
        assert self._running is not None
        os.killpg(self._running.pid, signal.SIGKILL)
        self._running.wait()
        self._running = None

    def freeze(self) -> None:
        """Takes no packet and answers none until `thaw`."""
        assert self._running is not None
        os.killpg(self._running.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        assert self._running is not None
        os.killpg(self._running.pid, signal.SIGCONT)

    def close(self) -> None:
        self.stop()
        self._block.close()

    def _answers(self) -> bool:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
            asking.settimeout(0.2)
            asking.connect(("127.0.0.1", self.sip_port))
            here = f"127.0.0.1:{asking.getsockname()[1]}"
            lines = (
                f"OPTIONS sip:{self.address} SIP/2.0",
                f"Via: SIP/2.0/UDP {here};branch=z9hG4bKlab",
                f"From: <sip:lab@{here}>;tag=lab",
                f"To: <sip:{self.address}>",
                "Call-ID: lab-is-it-up",
                "CSeq: 1 OPTIONS",
                "Max-Forwards: 70",
                "Content-Length: 0",
                "",
                "",
            )
            try:
                asking.send("\r\n".join(lines).encode())
                return asking.recv(4096).startswith(b"SIP/2.0 200")
            except OSError:
                return False
