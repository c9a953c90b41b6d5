"""Moments as both sides write them: aware UTC, milliseconds, text that sorts in time order."""

from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

_EPOCH: Final = datetime.fromtimestamp(0, UTC)
_MS: Final = timedelta(milliseconds=1)
AS_TEXT: Final = "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ"
NO_ZONES: Final = frozenset({"Factory", "localtime", "posixrules"})
"""Files beside those of zones."""


def to_text(moment: datetime) -> str:
    """`2026-11-21T10:41:03.120Z`. Raises ValueError for a naive moment: it would mean another time elsewhere."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    at = moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second, moment.microsecond // 1000
    return AS_TEXT % at  # twice as fast as isoformat, which asks the zone for its offset


def with_zone(moment: datetime, zone: tzinfo | None) -> str:
    """`2026-11-21 18:41:03 UTC+08:00`, on the clock of a zone; None is this machine's own."""
    local = moment.astimezone(zone)
    offset = local.utcoffset() or timedelta()
    sign, minutes = ("-" if offset < timedelta() else "+"), abs(int(offset.total_seconds())) // 60
    return f"{local:%Y-%m-%d %H:%M:%S} UTC{sign}{minutes // 60:02}:{minutes % 60:02}"


def is_shown_twice(moment: datetime, zone: tzinfo | None) -> bool:
    """Whether the clock of a zone shows it twice, because it is put back an hour then."""
    hour, wall = timedelta(hours=1), moment.astimezone(zone).replace(tzinfo=None)
    return wall in ((moment + step).astimezone(zone).replace(tzinfo=None) for step in (hour, -hour))


def zone_called(name: str) -> ZoneInfo | None:
    """By its name (`Asia/Shanghai`); None for an empty one, and for one that this machine does not know."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


@cache
def zone_names() -> tuple[str, ...]:
    """Every zone that `zone_called` knows here, of the system or of the tzdata that comes with the program."""
    return tuple(sorted(available_timezones() - NO_ZONES))


def zones_like(words: str) -> tuple[str, ...]:
    """Those in whose names every word stands, whatever the case, with blanks as in `new york`."""
    wanted = words.casefold().split()
    return tuple(name for name in zone_names() if all(word in name.casefold() for word in wanted))


def from_text(text: str) -> datetime:
    """The moment that `to_text` wrote (any ISO 8601 text with a zone is read). Raises ValueError."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"no time zone in {text!r}")
    return moment.astimezone(UTC)


def ms_between(since: datetime, until: datetime) -> int:
    """Reckoned on the clock's milliseconds, so that the pieces of a span add up to it."""
    return (until - _EPOCH) // _MS - (since - _EPOCH) // _MS
