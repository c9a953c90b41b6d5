"""What holds for every test: nothing warns in the log, no thread stays behind, and waste goes in the first thread."""

import gc
import logging
import os
import tempfile
import threading
from collections.abc import Iterator

import pytest

from agent_desktop.waste import Waste
from tests.quickest import MEMORY, quickest

LEAVING_S = 5.0
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


@pytest.fixture(scope="session")
def waste() -> Waste:
    return Waste()


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
