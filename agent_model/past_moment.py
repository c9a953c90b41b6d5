"""A moment that is past, as people write it: `2026-11-20 14:05`, `11-20 14:05`, `昨天 9:30`, `11月20日`."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

_DAYS: Final = {"today": 0, "今天": 0, "今日": 0, "yesterday": 1, "昨天": 1, "昨日": 1, "前天": 2}
_WHOLE: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_SHORT: Final = re.compile(r"(\d{1,2})[-/.月](\d{1,2})[日号]?")
_CLOCK: Final = re.compile(r"(\d{1,2})\s*[:：点时]\s*(\d{2})?分?")


def read_past(written: str, now: datetime, zone: tzinfo | None) -> datetime | None:
    """The moment in UTC, on the clock of `zone` (None: the computer's); None where the words mean none, or one that is
    to come. A day alone is from its beginning, a clock alone is today's, a day without its year the last one."""
    words = written.strip().casefold()
    today = now.astimezone(zone).date()
    found = _day(words, today)
    if not words or found is None:
        return None
    day, rest = found
    clock = _clock(rest)
    if clock is None:
        return None
    naive = datetime.combine(day, clock)
    try:
        moment = (naive.astimezone() if zone is None else naive.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError:
        return None
    return moment if moment <= now else None


def _day(words: str, today: date) -> tuple[date, str] | None:
    for name, ago in _DAYS.items():
        if words.startswith(name):
            return today - timedelta(days=ago), words.removeprefix(name).strip()
    for pattern in (_WHOLE, _SHORT):
        if (found := pattern.match(words)) is not None:
            parts = [int(part) for part in found.groups()]
            try:
                day = date(*parts) if pattern is _WHOLE else _last(today, *parts)
            except ValueError:
                return None
            return day, words[found.end() :].strip()
    return today, words


def _last(today: date, month: int, day: int) -> date:
    this_year = date(today.year, month, day)
    return this_year if this_year <= today else date(today.year - 1, month, day)


def _clock(words: str) -> time | None:
    if not words:
        return time()
    found = _CLOCK.fullmatch(words)
    if found is None:
        return None
    try:
        return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        return None
