"""What looks for viruses: a command, a clamd, the simulated one; none of them takes silence for clean."""

import asyncio
import shutil
import struct
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from agent_server.scanner import (
    BadScanner,
    ClamdScanner,
    CommandScanner,
    Finding,
    ScanFailed,
    SimulatedScanner,
    scanner_of,
)

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def command(tmp_path: Path, text: str) -> CommandScanner:
    script = tmp_path / "scan.py"
    script.write_text(text)
    return CommandScanner(f"{sys.executable} {script}")


def test_command_is_given_the_file_and_its_end_is_the_verdict(tmp_path: Path) -> None:
    scanner = command(
        tmp_path,
        "import sys\n"
        "found = b'EICAR' in open(sys.argv[1], 'rb').read()\n"
        "print(sys.argv[1] + (': Eicar-Signature FOUND' if found else ': OK'))\n"
        "sys.exit(found)\n",
    )
    assert asyncio.run(scanner.scan(b"plain")) == Finding()
    assert asyncio.run(scanner.scan(EICAR)) == Finding("Eicar-Signature")


def test_command_that_fails_says_nothing_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(ScanFailed):
        asyncio.run(command(tmp_path, "import sys; sys.exit(2)").scan(b"x"))
    with pytest.raises(ScanFailed):
        asyncio.run(CommandScanner("/no/such/scanner").scan(b"x"))


def with_clamd(path: Path, answer: Callable[[bytes], bytes], content: bytes) -> Finding:
    """One conversation with a daemon that speaks as clamd does."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert await reader.readexactly(10) == b"zINSTREAM\0"
        heard = b""
        while length := struct.unpack(">I", await reader.readexactly(4))[0]:
            heard += await reader.readexactly(length)
        writer.write(answer(heard))
        await writer.drain()
        writer.close()

    async def talk() -> Finding:
        server = await asyncio.start_unix_server(serve, str(path))
        async with server:
            return await ClamdScanner(f"unix:{path}").scan(content)

    return asyncio.run(talk())


def test_clamd_is_sent_the_whole_file(tmp_path: Path) -> None:
    content = bytes(600_000)
    verdicts = {True: b"stream: OK\0", False: b"stream: cut FOUND\0"}
    assert with_clamd(tmp_path / "c", lambda heard: verdicts[heard == content], content) == Finding()


def test_what_clamd_found_has_its_name(tmp_path: Path) -> None:
    assert with_clamd(tmp_path / "c", lambda _: b"stream: Win.Test.EICAR_HDB-1 FOUND\0", EICAR) == Finding(
        "Win.Test.EICAR_HDB-1"
    )


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b""], ids=["error", "nothing"])
def test_clamd_that_gives_no_verdict_is_none(tmp_path: Path, answer: bytes) -> None:
    with pytest.raises(ScanFailed):
        with_clamd(tmp_path / "c", lambda _: answer, b"x")


def test_clamd_that_is_away_is_no_verdict(tmp_path: Path) -> None:
    with pytest.raises(ScanFailed):
        asyncio.run(ClamdScanner(f"unix:{tmp_path / 'nobody'}").scan(b"x"))


def test_simulated_one_finds_what_everybody_tests_with() -> None:
    assert asyncio.run(SimulatedScanner().scan(EICAR)).virus
    assert asyncio.run(SimulatedScanner().scan(b"plain")) == Finding()


def test_nobody_scans_unless_somebody_is_named() -> None:
    assert scanner_of("") is None
    assert isinstance(scanner_of("clamd:tcp:127.0.0.1:3310"), ClamdScanner)
    assert isinstance(scanner_of(f"command:{shutil.which('true')}"), CommandScanner)
    for wrong in ("clamd", "command:", "clamd:http://x", "magic"):
        with pytest.raises(BadScanner):
            scanner_of(wrong)
