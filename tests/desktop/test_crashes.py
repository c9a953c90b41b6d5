import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent_desktop import crashes
from agent_desktop.crashes import KEPT, CrashWatch, look_back, watch

SECRET = "13812345678"
CHILD = f"""
import os, sys, threading
from datetime import UTC, datetime
from pathlib import Path
from agent_desktop.crashes import watch
from agent_desktop.no_core import leave_no_core
leave_no_core()
caller = "{SECRET}"
seen = watch(Path(sys.argv[1]), "window", lambda: datetime.now(UTC))
seen.hear_exceptions()
{{}}
"""


def clock() -> datetime:
    return datetime.now(UTC)


def run(folder: Path, ending: str) -> int:
    child = [sys.executable, "-c", CHILD.format(ending), str(folder)]
    return subprocess.run(child, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=30).returncode


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[CrashWatch]:
    begun = watch(tmp_path, "window", clock)
    assert begun is not None
    yield begun
    begun.end()


@pytest.mark.parametrize("ending", ["os.abort()", "import ctypes; ctypes.string_at(0)"], ids=["abort", "segfault"])
def test_process_that_dies_leaves_where_it_was_and_nothing_of_what_it_held(tmp_path: Path, ending: str) -> None:
    assert run(tmp_path, ending) != 0
    [report] = look_back(tmp_path)
    told = report.read_text(encoding="utf-8")
    assert "Agent Desktop" in told
    assert "Current thread" in told
    assert 'File "<string>"' in told
    assert SECRET not in told
    assert look_back(tmp_path) == ()
    assert report.exists()


@pytest.mark.parametrize(
    "fault",
    ["raise KeyError(caller)", "int(caller, 2)"],
)
def test_exception_that_nobody_expected_is_kept_without_its_words(tmp_path: Path, fault: str) -> None:
    thread = "thread = threading.Thread(target=go, name='lane')\nthread.start()\nthread.join()"
    ending = f"def go():\n    {fault}\n{thread}\ngo()"
    assert run(tmp_path, ending) == 1
    [report] = look_back(tmp_path)
    told = report.read_text(encoding="utf-8")
    assert "unhandled in lane" in told
    assert "unhandled in the main thread" in told
    assert "Error" in told
    assert SECRET not in told


def test_run_that_ends_well_leaves_nothing(tmp_path: Path) -> None:
    assert run(tmp_path, "seen.end()") == 0
    assert list(tmp_path.iterdir()) == []


def test_killed_run_without_a_word_is_no_crash(tmp_path: Path) -> None:
    assert run(tmp_path, "os.kill(os.getpid(), 9)") == -signal.SIGKILL
    assert look_back(tmp_path) == ()
    assert list(tmp_path.iterdir()) == []


def test_report_of_a_run_that_goes_on_is_left_alone(tmp_path: Path, watched: CrashWatch) -> None:
    assert look_back(tmp_path) == ()
    assert len(list(tmp_path.glob("*.run"))) == 1


def test_only_the_newest_are_kept(tmp_path: Path) -> None:
    for number in range(KEPT + 5):
        path = tmp_path / f"window-{number:02}.txt"
        path.write_text("head\n\nbody")
        os.utime(path, (number, number))
    look_back(tmp_path)
    assert min(path.name for path in tmp_path.iterdir()) == "window-05.txt"
    assert len(list(tmp_path.iterdir())) == KEPT


def test_fault_over_and_over_does_not_fill_the_disk(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    begun = watch(tmp_path, "window", clock)
    assert begun is not None
    for _ in range(1000):
        begun.unhandled(ValueError, ValueError(SECRET), None, threading.current_thread().name)
    begun.end()
    [report] = tmp_path.iterdir()
    assert report.read_text(encoding="utf-8").count("unhandled") == crashes._MOST_EXCEPTIONS
    assert SECRET not in caplog.text
    caplog.clear()


def test_folder_that_cannot_be_means_no_watch(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert watch(tmp_path / "file" / "crashes", "window", clock) is None
