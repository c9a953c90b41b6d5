"""Whether a version comes up: what is counted, what is not, and what whoever chooses the version reads."""

import json
from pathlib import Path

import pytest

from agent_desktop.starts import NAME, StartLog, Starts, read_starts


def run(folder: Path, version: str) -> StartLog:
    log = StartLog(folder, version)
    log.begin()
    return log


def test_start_that_dies_is_counted_and_one_that_is_well_clears_it(tmp_path: Path) -> None:
    run(tmp_path, "1.4.0").well()
    run(tmp_path, "1.5.0")
    run(tmp_path, "1.5.0")
    assert json.loads((tmp_path / NAME).read_text()) == {"version": "1.5.0", "bad": 2, "before": "1.4.0"}

    third = run(tmp_path, "1.5.0")

    assert third.found == Starts("1.5.0", 2, "1.4.0")
    assert third.found.is_bad
    third.well()
    assert read_starts(tmp_path) == Starts("1.5.0", 0, "1.4.0")


def test_who_gives_up_at_the_sign_in_has_seen_nothing_go_wrong(tmp_path: Path) -> None:
    run(tmp_path, "1.5.0").wait()
    assert read_starts(tmp_path).bad == 0
    signed_in = run(tmp_path, "1.5.0")
    signed_in.wait()
    signed_in.go_on()
    assert read_starts(tmp_path).bad == 1


def test_database_that_does_not_open_counts_whatever_is_done_next(tmp_path: Path) -> None:
    log = run(tmp_path, "1.5.0")
    log.fail()
    log.wait()
    assert read_starts(tmp_path).bad == 1


def test_window_that_was_well_is_not_counted_later(tmp_path: Path) -> None:
    log = run(tmp_path, "1.5.0")
    log.well()
    log.wait()
    log.go_on()
    log.fail()
    assert read_starts(tmp_path).bad == 0


def test_version_that_never_was_well_is_not_the_one_to_go_back_to(tmp_path: Path) -> None:
    run(tmp_path, "1.4.0").well()
    run(tmp_path, "1.5.0")
    log = run(tmp_path, "1.6.0")
    assert (log.found, log.before) == (Starts("1.6.0"), "1.4.0")


@pytest.mark.parametrize("written", ["", "[]", '{"version": "1.5.0"}', '{"version": "1", "bad": "x", "before": ""}'])
def test_what_cannot_be_read_counts_for_nothing(tmp_path: Path, written: str) -> None:
    (tmp_path / NAME).write_text(written)
    assert read_starts(tmp_path) == Starts()


def test_folder_that_cannot_be_written_keeps_nobody_from_starting(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    log = run(tmp_path / "file", "1.5.0")
    log.well()
    assert log.found == Starts("1.5.0")
