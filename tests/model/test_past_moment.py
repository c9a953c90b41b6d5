"""A past moment as people write it, on the clock that hangs on their wall."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_model.past_moment import read_past

HANGZHOU = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 1, 3, 4, tzinfo=UTC)
"""Noon of a Saturday there."""


@pytest.mark.parametrize(
    ("written", "there"),
    [
        ("2025-12-31 14:05", "2025-12-31 14:05"),
        ("2025年12月31日 9点", "2025-12-31 09:00"),
        ("2025/12/31", "2025-12-31 00:00"),
        ("12-31 14:05", "2025-12-31 14:05"),
        ("1月2日 8:30", "2026-01-02 08:30"),
        ("昨天 9:30", "2026-01-02 09:30"),
        ("Yesterday", "2026-01-02 00:00"),
        ("前天16点05分", "2026-01-01 16:05"),
        ("9:30", "2026-01-03 09:30"),
        ("today 12:00", "2026-01-03 12:00"),
    ],
)
def test_past_moment_is_read_as_it_is_written(written: str, there: str) -> None:
    expected = datetime.strptime(there, "%Y-%m-%d %H:%M").replace(tzinfo=HANGZHOU)
    assert read_past(written, NOW, HANGZHOU) == expected


@pytest.mark.parametrize(
    "written", ["", "  ", "soon", "12:01", "2026-02-01", "2-30", "25:00", "昨天 9:75", "99999-1-1"]
)
def test_what_is_to_come_or_no_moment_is_none(written: str) -> None:
    assert read_past(written, NOW, HANGZHOU) is None


@given(st.text(max_size=24))
def test_anything_typed_is_a_past_moment_or_none(written: str) -> None:
    found = read_past(written, NOW, HANGZHOU)
    assert found is None or found <= NOW


@given(st.integers(0, 60 * 24 * 4000))
def test_moment_written_out_is_read_back(minutes: int) -> None:
    moment = NOW - timedelta(minutes=minutes)
    assert read_past(f"{moment.astimezone(HANGZHOU):%Y-%m-%d %H:%M}", NOW, HANGZHOU) == moment
