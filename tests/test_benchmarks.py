"""Every benchmark of the whole workstation runs to its end in a small form; what it measures is judged elsewhere."""

import json
import sys
from pathlib import Path

import pytest

from benchmarks import screen_pop, stall, startup


@pytest.fixture(autouse=True)
def own_shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def figures(capsys: pytest.CaptureFixture[str]) -> dict[str, float]:
    last: dict[str, float] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return last


def test_startup_costs_both_programs_something(capsys: pytest.CaptureFixture[str]) -> None:
    beside = f"{sys.executable} -m agent_desktop"
    assert startup.main(["--customers", "300", "--runs", "1", "--linphone", beside, "--json"]) == 0
    measured = figures(capsys)
    assert measured["cpu_s"] > 0
    assert measured["rss_mb"] > 0
    assert measured["linphone_cpu_s"] > 0


def test_every_caller_of_the_screen_pop_is_painted(capsys: pytest.CaptureFixture[str]) -> None:
    assert screen_pop.main(["--customers", "300", "--samples", "5", "--json"]) == 0
    measured = figures(capsys)
    assert measured["samples"] == 5
    assert 0 < measured["ring_to_paint_p50_ms"] < 5_000
    assert measured["lookup_p99_ms"] > 0


def test_stall_beats_while_rows_come_and_calls_ring(capsys: pytest.CaptureFixture[str]) -> None:
    assert stall.main(["--rows", "2000", "--calls-before", "1", "--json"]) == 0
    measured = figures(capsys)
    assert measured["rows"] >= 2_000
    assert measured["calls"] >= 1
    assert measured["beats"] > 0
