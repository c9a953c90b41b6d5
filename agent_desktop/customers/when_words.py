"""A moment as people write it: `in 1 h`, `tomorrow 10:00`, `明天下午3点`, `周一 9:30`, `11-25 10:00`."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

_MINUTES_OF: Final = {"m": 1, "min": 1, "分": 1, "分钟": 1, "h": 60, "小时": 60, "钟头": 60, "d": 1440, "天": 1440}
_AHEAD: Final = re.compile(
    r"(?:in\s*)?(\d{1,4}(?:\.\d)?|半|half an?|an?|一)\s*个?\s*"
    r"(min|m|h|d|分钟|分|小时|钟头|天)(?:ute|our|r|ay)?s?(?:\s*(?:后|以后|later))?"
)
_DAYS: Final = {
    "today": 0, "今天": 0, "今日": 0, "tomorrow": 1, "tmr": 1, "明天": 1, "明日": 1, "明": 1,
    "day after tomorrow": 2, "后天": 2,
}  # fmt: skip
_WEEKDAYS: Final = (
    ("周一", "星期一", "monday", "mon"), ("周二", "星期二", "tuesday", "tue"), ("周三", "星期三", "wednesday", "wed"),
    ("周四", "星期四", "thursday", "thu"), ("周五", "星期五", "friday", "fri"), ("周六", "星期六", "saturday", "sat"),
    ("周日", "星期日", "周天", "星期天", "sunday", "sun"),
)  # fmt: skip
_HALVES: Final = {
    "am": 0, "早上": 0, "早": 0, "上午": 0, "凌晨": 0, "pm": 12, "下午": 12, "晚上": 12, "晚": 12, "中午": 12,
}  # fmt: skip
_HALF: Final = "|".join(sorted(_HALVES, key=len, reverse=True))
_CLOCK: Final = re.compile(
    rf"(?:at\s*)?(?P<before>{_HALF})?\s*(?P<hour>\d{{1,2}})(?:\s*[:：]\s*(?P<minute>\d{{2}})|\s*[点时]\s*(?:(?P<zh>\d{{1,2}})\s*分?|(?P<half>半))?)?"
    rf"\s*(?P<after>am|pm)?"
)
_MORNING: Final = time(9)
_NOON: Final = 12


def read_when(written: str, now: datetime, zone: tzinfo | None) -> datetime | None:
    """The moment in UTC, on the clock of `zone` (None: the computer's); None where the words mean none, or one that
    is past. An hour that a zone skips is read as the clock shows it afterwards."""
    words = written.strip().casefold()
    if not words:
        return None
    ahead = _AHEAD.fullmatch(words)
    if ahead is not None:
        wait = timedelta(minutes=_amount(ahead[1]) * _MINUTES_OF[ahead[2]])
        return (now + wait).astimezone(UTC) if wait else None
    here = now.astimezone(zone)
    found = _day_and_rest(words, here.date())
    if found is None:
        return None
    day, rest = found
    clock = _clock(rest)
    if clock is None:
        return None
    if day is None:
        day = here.date() if _moment(here.date(), clock, zone) > now else here.date() + timedelta(days=1)
    moment = _moment(day, clock, zone)
    return moment if moment > now else None


def tomorrow_morning(now: datetime, zone: tzinfo | None) -> datetime:
    """Nine o'clock of the next day."""
    return _moment(now.astimezone(zone).date() + timedelta(days=1), _MORNING, zone)


def _amount(written: str) -> float:
    if written in ("半", "half an", "half a"):
        return 0.5
    return 1 if written in ("a", "an", "一") else float(written)


def _day_and_rest(words: str, today: date) -> tuple[date | None, str] | None:
    """The day that is named, None where none is, and what stands behind it; None for a day that there is not."""
    for name in sorted(_DAYS, key=len, reverse=True):
        if words.startswith(name):
            return today + timedelta(days=_DAYS[name]), words.removeprefix(name).strip()
    is_next = words.startswith(("下", "next"))
    named = words.removeprefix("下").removeprefix("next").strip() if is_next else words
    for weekday, names in enumerate(_WEEKDAYS):
        for name in names:
            if named.startswith(name):
                return _weekday(today, weekday, is_next=is_next), named.removeprefix(name).strip()
    return _written_day(words, today)


def _weekday(today: date, weekday: int, *, is_next: bool) -> date:
    """Of this week or, where it is past, of the next; `next` is always the week after this one."""
    monday = today - timedelta(days=today.weekday())
    day = monday + timedelta(days=weekday)
    return day + timedelta(days=7) if is_next or day < today else day


_DATES: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str], int], tuple[int, int, int]]], ...]] = (
    (re.compile(r"(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?\s*"), lambda m, _: (int(m[1]), int(m[2]), int(m[3]))),
    (re.compile(r"(\d{1,2})[-/月](\d{1,2})[日号]?\s*"), lambda m, year: (year, int(m[1]), int(m[2]))),
)


def _written_day(words: str, today: date) -> tuple[date | None, str] | None:
    for pattern, parts in _DATES:
        if (found := pattern.match(words)) is not None:
            try:
                day = date(*parts(found, today.year))
                if day < today and found.lastindex == 2:
                    day = day.replace(year=today.year + 1)
            except ValueError:
                return None
            return day, words[found.end() :]
    return None, words


def _clock(words: str) -> time | None:
    if not words:
        return _MORNING
    if words in _HALVES:
        return time(_HALVES[words] + 2) if _HALVES[words] else _MORNING
    found = _CLOCK.fullmatch(words)
    if found is None:
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or found["zh"] or (30 if found["half"] else 0))
    half = found["before"] or found["after"]
    if half is not None and _HALVES[half] and hour < _NOON:
        hour += _NOON
    elif half in ("am", "凌晨") and hour == _NOON:
        hour = 0
    try:
        return time(hour, minute)
    except ValueError:
        return None


def _moment(day: date, clock: time, zone: tzinfo | None) -> datetime:
    naive = datetime.combine(day, clock)
    return (naive.astimezone() if zone is None else naive.replace(tzinfo=zone)).astimezone(UTC)
