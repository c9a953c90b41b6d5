"""What holds for every test: nothing warns in the log, no thread stays behind, and waste goes in the first thread."""

import gc
import logging
import os
import tempfile
import threading
from collections import defaultdict
from collections.abc import Iterator

import pytest

from agent_desktop.waste import Waste
from tests.quickest import MEMORY, quickest

LEAVING_S = 5.0
LONGEST = (
    "tests/test_benchmarks.py",
    "tests/lab/test_sound_devices.py",
    "tests/server/test_import_tasks.py",
    "tests/fuzz/test_fuzz.py",
    "tests/lab/test_lifelines.py",
    "tests/server/test_openapi.py",
    "tests/softphone/test_lifelines.py",
    "tests/fuzz/test_mutants.py",
    "tests/test_demo.py",
    "tests/softphone/test_recording.py",
    "tests/server/test_ticket_work.py",
    "tests/lab/test_voicemail.py",
)
"""Files that are begun first: one that takes minutes, begun last, would keep the other workers waiting."""
POOLS = ("asyncio_", "AnyIO worker", "_connection_worker_thread")
"""Threads that a server kept for several tests grows as it needs them."""


class AtOnce:
    """Names what fails when it fails: a long run is often ended by hand."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        terminal = self._config.pluginmanager.get_plugin("terminalreporter")
        if report.failed and terminal is not None:
            terminal.write_line(f"\nFAILED {report.when} {report.nodeid}", red=True)


def pytest_configure(config: pytest.Config) -> None:
    if "TMPDIR" not in os.environ and quickest() == MEMORY:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)  # the tests' own folders, and those of what they start
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(AtOnce(config))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Spreads every folder over the whole run: what waits for calls leaves the processor to what computes beside it."""
    files = list(dict.fromkeys(_file(item) for item in items))
    turns: dict[str, float] = {file: turn - len(LONGEST) for turn, file in enumerate(LONGEST)}
    folders: dict[str, list[str]] = defaultdict(list)
    for file in files:
        if file not in turns:
            folders[_folder(file)].append(file)
    for there in folders.values():
        turns.update((file, (turn + 0.5) / len(there)) for turn, file in enumerate(there))
    items.sort(key=lambda item: turns[_file(item)])


def _file(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]


def _folder(file: str) -> str:
    """Those of the window come after the journeys, which dress the application anew."""
    folder = file.split("/")[1]
    return "ui" if folder == "journeys" else folder


@pytest.fixture(scope="session")
def waste() -> Waste:
    made = Waste()
    made.settle()  # what was imported stays
    return made


@pytest.fixture(autouse=True)
def waste_goes_in_the_first_thread(waste: Waste) -> Iterator[None]:
    """As in the program: what belongs to Qt is never destroyed in the thread of a server or a lane."""
    yield
    assert not gc.isenabled()
    waste.look()


@pytest.fixture(autouse=True)
def nothing_warns_in_the_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A test that means to provoke a warning looks at it and calls `caplog.clear()`."""
    yield
    warnings = [record for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    assert not warnings, [record.getMessage() for record in warnings]


@pytest.fixture(autouse=True)
def no_thread_stays_behind() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    new = [thread for thread in threading.enumerate() if thread not in before]
    staying = [thread for thread in new if not any(pool in thread.name for pool in POOLS) and not _ends(thread)]
    assert not staying, staying


def _ends(thread: threading.Thread) -> bool:
    thread.join(LEAVING_S)
    return not thread.is_alive()
