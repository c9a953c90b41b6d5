"""What holds for every test: nothing warns in the log, no thread stays behind, and waiting goes beside working."""

import logging
import threading
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import pytest

LEAVING_S = 5.0
POOLS = ("asyncio_", "AnyIO worker", "_connection_worker_thread")
"""Threads that a server kept for several tests grows as it needs them."""
WAITING = (Path("tests", "lab"), Path("tests", "softphone"))
"""Whose tests wait for calls: side by side they would leave the processor idle."""


class AtOnce:
    """Names what fails when it fails: a long run is often ended by hand."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        terminal = self._config.pluginmanager.get_plugin("terminalreporter")
        if report.failed and terminal is not None:
            terminal.write_line(f"\nFAILED {report.when} {report.nodeid}", red=True)


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(AtOnce(config))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """File by file, as they were found, but those that wait spread evenly among the others."""
    files = [list(tests) for _, tests in groupby(items, key=lambda test: test.path)]
    waiting: list[list[pytest.Item]] = []
    working: list[list[pytest.Item]] = []
    for tests in files:
        place = tests[0].path.relative_to(config.rootpath)
        (waiting if any(place.is_relative_to(folder) for folder in WAITING) else working).append(tests)
    items[:] = [test for tests in spread(waiting, working) for test in tests]


def spread(some: list[list[pytest.Item]], others: list[list[pytest.Item]]) -> Iterable[list[pytest.Item]]:
    """Both, each in its order, in equal distances."""
    placed = [((n + 0.5) / len(group), tests) for group in (some, others) for n, tests in enumerate(group)]
    return (tests for _, tests in sorted(placed, key=lambda entry: entry[0]))


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
