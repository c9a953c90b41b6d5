"""What the phone writes down of itself: how much, for how long, and where it was when it ended badly."""

import logging
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_desktop.crashes import FOLDER, look_back
from agent_desktop.logs import LogLevel
from agent_desktop.softphone.__main__ import _LARGEST_LOG, _LOGS_KEPT, _log_of_our_own
from agent_desktop.softphone.phone import Phone
from agent_desktop.softphone.report import phone_report
from agent_desktop.softphone.run_folder import LOG_NAME
from agent_desktop.softphone.simulated_link import SimulatedLink
from agent_desktop.softphone.simulated_switch import SimulatedSwitch
from tests.fakes import SetClock
from tests.softphone.stations import Stations, direct, end, set_up, started


@pytest.fixture
def level() -> Iterator[None]:
    before = logging.getLogger().level
    yield
    logging.getLogger().setLevel(before)


@pytest.mark.usefixtures("level")
def test_phone_logs_as_much_as_it_is_told() -> None:
    link = SimulatedLink(SimulatedSwitch())
    phone = Phone(link.send)
    phone.set_log_level(LogLevel.ERROR)
    link.read_event(0.0)
    assert logging.getLogger().level == logging.ERROR
    phone.set_log_level(LogLevel.DEBUG)
    link.read_event(0.0)
    assert logging.getLogger().level == logging.DEBUG
    link.close()


def test_log_of_a_phone_that_runs_for_weeks_stays_small(tmp_path: Path) -> None:
    standing = os.dup(2)
    handler = _log_of_our_own(tmp_path)
    os.dup2(standing, 2)
    os.close(standing)
    for _ in range(60):
        handler.emit(logging.LogRecord("phone", logging.INFO, "", 0, "x" * 100_000, None, None))
    handler.close()
    assert len(list(tmp_path.iterdir())) == _LOGS_KEPT + 1
    assert all(path.stat().st_size <= _LARGEST_LOG for path in tmp_path.iterdir())
    assert (tmp_path / LOG_NAME).is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal that asks for a traceback")
def test_phone_that_ends_badly_leaves_where_it_was(tmp_path: Path) -> None:
    station = set_up(started(tmp_path), direct("100"))
    os.kill(station.pid, signal.SIGABRT)
    Stations(station).until(lambda: bool(look_back(tmp_path / FOLDER) or list((tmp_path / FOLDER).glob("*.txt"))))
    [report] = (tmp_path / FOLDER).glob("*.txt")
    assert report.name.startswith("phone-")
    assert "Fatal Python error: Aborted" in report.read_text(encoding="utf-8")
    assert "Fatal Python error: Aborted" in phone_report(tmp_path, tmp_path / FOLDER, SetClock().now)
    Stations(station).until(lambda: station.phone.is_there)
    end(station, tmp_path)
