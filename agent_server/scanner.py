"""Looks for viruses in a file: a command, a clamd, or the simulated one; a site without any says so."""

import asyncio
import shlex
import struct
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

PATIENCE_S: Final = 120.0
PIECE: Final = 256 * 1024
CLEAN, FOUND = 0, 1
"""What a command ends with, as clamscan and its like do."""
LONGEST_FINDING: Final = 200
TEST_VIRUS: Final = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"


class ScanFailed(Exception):
    """Nobody knows whether it is clean: the scanner is away or does not understand."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`virus` is what was found; empty for a clean file."""

    virus: str = ""


class Scanner(Protocol):
    async def scan(self, content: bytes) -> Finding:
        """Raises ScanFailed."""


class CommandScanner:
    """Runs a command with the path of the file at its end: 0 says clean, 1 that something was found."""

    def __init__(self, command: str) -> None:
        self._words = shlex.split(command)

    async def scan(self, content: bytes) -> Finding:
        with tempfile.TemporaryDirectory(prefix="agent-server-scan-") as folder:
            path = Path(folder) / "file"
            path.write_bytes(content)
            try:
                process = await asyncio.create_subprocess_exec(
                    *self._words, str(path), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
                )
            except OSError as error:
                raise ScanFailed(str(error)) from error
            try:
                async with asyncio.timeout(PATIENCE_S):
                    said, _ = await process.communicate()
            except TimeoutError as error:
                process.kill()
                await process.wait()
                raise ScanFailed("it took too long") from error
        if process.returncode == CLEAN:
            return Finding()
        if process.returncode == FOUND:
            return Finding(_named(said.decode("utf-8", "replace")))
        raise ScanFailed(f"it ended with {process.returncode}")


class ClamdScanner:
    """Sends the file to a clamd (INSTREAM): `unix:/run/clamav/clamd.ctl` or `tcp:HOST:PORT`."""

    def __init__(self, address: str) -> None:
        self._kind, _, self._place = address.partition(":")

    async def scan(self, content: bytes) -> Finding:
        try:
            async with asyncio.timeout(PATIENCE_S):
                answer = await self._ask(content)
        except (OSError, TimeoutError, ValueError) as error:
            raise ScanFailed(str(error) or type(error).__name__) from error
        said = answer.rstrip(b"\0\n").decode("utf-8", "replace")
        if said.endswith(" FOUND"):
            return Finding(_named(said))
        if said.endswith(" OK"):
            return Finding()
        raise ScanFailed(said[:LONGEST_FINDING])

    async def _ask(self, content: bytes) -> bytes:
        if self._kind == "unix":
            reader, writer = await asyncio.open_unix_connection(self._place)
        else:
            host, _, port = self._place.rpartition(":")
            reader, writer = await asyncio.open_connection(host, int(port))
        try:
            writer.write(b"zINSTREAM\0")
            for at in range(0, len(content), PIECE):
                piece = content[at : at + PIECE]
                writer.write(struct.pack(">I", len(piece)) + piece)
                await writer.drain()
            writer.write(struct.pack(">I", 0))
            await writer.drain()
            return await reader.read(4096)
        finally:
            writer.close()


class SimulatedScanner:
    """Finds the virus that everybody tests with (EICAR), and nothing else: for demonstrations."""

    async def scan(self, content: bytes) -> Finding:
        return Finding("Eicar-Test-Signature") if TEST_VIRUS in content else Finding()


class BadScanner(Exception):
    """There is no scanner of this kind."""


def scanner_of(wish: str) -> Scanner | None:
    """`command:…`, `clamd:unix:…`, `clamd:tcp:…`, `simulated`; None for nothing. Raises BadScanner."""
    kind, _, rest = wish.partition(":")
    match kind:
        case "":
            return None
        case "simulated":
            return SimulatedScanner()
        case "command" if rest.strip():
            return CommandScanner(rest)
        case "clamd" if rest.startswith(("unix:", "tcp:")):
            return ClamdScanner(rest)
    raise BadScanner(wish)


def _named(said: str) -> str:
    """What it calls the virus: clamd and clamscan say `stream: NAME FOUND`."""
    line = next((line for line in said.splitlines() if line.rstrip().endswith("FOUND")), said.strip().splitlines()[-1:])
    text = line if isinstance(line, str) else (line[0] if line else "")
    return text.rpartition(": ")[2].removesuffix("FOUND").strip()[:LONGEST_FINDING] or "unnamed"
