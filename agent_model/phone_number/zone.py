"""Where the clock of a number's line stands."""

from __future__ import annotations

from agent_model.phone_number import abroad
from agent_model.phone_number.plan import PhoneNumber

MAINLAND = "Asia/Shanghai"


def zone_of(number: PhoneNumber) -> str | None:
    """The IANA name; None where the number is of no country, only the server has it, or it may be in several."""
    if number.startswith("+86"):
        return MAINLAND
    if not number.startswith("+") or not number[1:].isdigit():
        return None
    found = abroad.zones(number)
    return found[0] if len(found) == 1 else None
