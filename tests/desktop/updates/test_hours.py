"""Hours in which IT wants nothing done."""

from datetime import datetime

import pytest

from agent_desktop.updates.hours import is_quiet


@pytest.mark.parametrize(
    ("written", "clock", "quiet"),
    [
        ("", "10:00", False),
        ("09:00-12:00", "09:00", True),
        ("09:00-12:00", "11:59", True),
        ("09:00-12:00", "12:00", False),
        ("09:00-12:00,18:00-21:30", "20:00", True),
        ("09:00-12:00 18:00-21:30", "15:00", False),
        ("22:00-06:00", "23:30", True),
        ("22:00-06:00", "05:59", True),
        ("22:00-06:00", "06:00", False),
    ],
)
def test_hours_are_those_of_the_clock_on_the_wall(written: str, clock: str, quiet: bool) -> None:
    assert is_quiet(written, datetime.fromisoformat(f"2026-11-23T{clock}")) is quiet
