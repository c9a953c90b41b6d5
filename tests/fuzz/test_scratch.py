"""What the fuzzer puts into the machine's memory goes with it, however it ends."""

import contextlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import psutil
import pytest

from tests.fuzz import scratch

PROJECT = Path(__file__).parents[2]
PLAYING = ("-m", "benchmarks", "sync_fuzz", "--seeds", "400", "--jobs", "2", "--mistakes", "0")


def folders_of(pids: set[int]) -> list[Path]:
    starts = tuple(f"{scratch.START}{pid}-" for pid in pids)
    places = {scratch.MEMORY, Path(tempfile.gettempdir())}
    return [path for place in places for path in place.glob(f"{scratch.START}*") if path.name.startswith(starts)]


def family(process: "subprocess.Popen[bytes]") -> set[int]:
    return {process.pid, *(child.pid for child in psutil.Process(process.pid).children(recursive=True))}


@contextlib.contextmanager
def playing() -> Iterator["subprocess.Popen[bytes]"]:
    """As from a terminal: what a shell starts in the background would not hear Ctrl+C."""
    hears = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(
        [sys.executable, *PLAYING], cwd=PROJECT, stderr=subprocess.DEVNULL, preexec_fn=hears
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.timeout(180)
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl+C"])
def test_ended_benchmark_leaves_nothing_in_memory(how: signal.Signals) -> None:
    with playing() as process:
        while len(folders_of(pids := family(process))) < 2:
            assert process.poll() is None
            time.sleep(0.1)

        process.send_signal(how)
        process.wait(60)

    assert folders_of(pids) == []


@pytest.mark.timeout(120)
def test_folder_of_a_killed_player_is_swept_away_by_the_next() -> None:
    words = "from tests.fuzz import scratch; import sys; scratch.folder(); print(flush=True); sys.stdin.read()"
    process = subprocess.Popen(
        [sys.executable, "-c", words], cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with process:
        assert process.stdout is not None
        process.stdout.readline()
        scratch.sweep()
        assert len(folders_of({process.pid})) == 1
        process.kill()
        process.wait()

        scratch.sweep()
    assert folders_of({process.pid}) == []


def test_nearly_full_memory_is_not_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    free = shutil.disk_usage(scratch.folder()).free
    monkeypatch.setattr(scratch, "LEAST_FREE", free + 2**30)
    with pytest.raises(scratch.NoRoom):
        scratch.folder()
