"""Whoever looks for a fault makes a running server say more, and less again."""

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from agent_server.log_level import follow_signals

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
WORKER = """
import logging, signal, sys
from agent_server.log_level import follow_signals
logging.basicConfig(level="WARNING")
follow_signals()
print("there", flush=True)
for _ in range(2):
    sys.stdin.readline()
    print(logging.getLevelName(logging.getLogger().level), flush=True)
"""


@pytest.fixture
def root() -> Iterator[logging.Logger]:
    found = logging.getLogger()
    level = found.level
    kept = {number: signal.getsignal(number) for number in (signal.SIGUSR1, signal.SIGUSR2)}
    yield found
    found.setLevel(level)
    for number, handler in kept.items():
        signal.signal(number, handler)


def test_server_says_more_and_as_much_as_before(root: logging.Logger) -> None:
    root.setLevel(logging.ERROR)
    follow_signals()
    os.kill(os.getpid(), signal.SIGUSR1)
    assert root.level == logging.DEBUG
    os.kill(os.getpid(), signal.SIGUSR2)
    assert root.level == logging.ERROR


def test_workers_follow(root: logging.Logger) -> None:
    words = [sys.executable, "-c", WORKER]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        assert worker.stdout.readline() == "there\n"
        follow_signals(lambda: [worker.pid])
        os.kill(os.getpid(), signal.SIGUSR1)
        worker.stdin.write("\n")
        worker.stdin.flush()
        more = worker.stdout.readline()
        os.kill(os.getpid(), signal.SIGUSR2)
        worker.stdin.write("\n")
        worker.stdin.flush()
        less = worker.stdout.readline()
    assert (more, less) == ("DEBUG\n", "WARNING\n")
