"""Which of the company's numbers a called customer sees, and whether they may be called now."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from agent_model.organisation import CalledNumber, OutboundUse


class Why(StrEnum):
    HOURS = "hours"
    ATTEMPTS = "attempts"


@dataclass(frozen=True, slots=True)
class NotNow:
    """`again_at` is when it may be tried next; `allowed` the attempts a day, None when hours are the reason."""

    why: Why
    again_at: datetime
    allowed: int | None = None


def may_call(use: OutboundUse, attempts_today: int, now: datetime) -> NotNow | None:
    """None: yes. `now` is the wall clock of the centre; the limits of one number count for it alone, the attempts for
    the customer."""
    opens, closes = _time(use.opens) or time.min, _time(use.closes)
    if not _is_open(opens, closes, now.time()):
        return NotNow(Why.HOURS, _next(opens, now))
    if use.daily_attempts is not None and attempts_today >= use.daily_attempts:
        tomorrow = datetime.combine(now.date() + timedelta(days=1), opens, now.tzinfo)
        return NotNow(Why.ATTEMPTS, tomorrow, use.daily_attempts)
    return None


def shown_first(numbers: tuple[CalledNumber, ...], called_on: str, queue: str, chosen: str) -> CalledNumber | None:
    """The number to offer: what the agent chose last, else the one this customer called, else the queue's, else any."""
    usable = [one for one in numbers if one.outbound is not None]
    fitting = (
        *(one for one in usable if one.number == chosen),
        *(one for one in usable if one.number == called_on),
        *(one for one in usable if one.queue == queue),
    )
    return next(iter((*fitting, *usable)), None)


def _is_open(opens: time, closes: time | None, now: time) -> bool:
    if closes is None:
        return now >= opens
    if opens <= closes:
        return opens <= now < closes
    return now >= opens or now < closes


def _next(opens: time, now: datetime) -> datetime:
    today = datetime.combine(now.date(), opens, now.tzinfo)
    return today if today > now else today + timedelta(days=1)


def _time(written: str | None) -> time | None:
    """What is no time counts as no limit: a slip in a table must not stop a centre from calling."""
    try:
        return time.fromisoformat(written) if written else None
    except ValueError:
        return None
