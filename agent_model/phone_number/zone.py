"""Where the clock of a number's line stands."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from agent_model.phone_number import abroad
from agent_model.phone_number.plan import PhoneNumber

MAINLAND = "Asia/Shanghai"


def zone_of(number: PhoneNumber) -> str | None:
    """The IANA name; None where the number is of no country, only the server has it, or its clock is not certain."""
    if number.startswith("+86"):
        return MAINLAND
    if not number.startswith("+") or not number[1:].isdigit():
        return None
    found = abroad.zones(number)
    return found[-1] if len({_offsets(zone) for zone in found}) == 1 else None


def _offsets(zone: str) -> tuple[timedelta | None, ...]:
    """From UTC in January and in July."""
    known = ZoneInfo(zone)
    return tuple(datetime(2026, month, 1, tzinfo=known).utcoffset() for month in (1, 7))
