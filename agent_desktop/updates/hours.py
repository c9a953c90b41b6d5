"""Hours of the day in which IT wants nothing done: `09:00-11:30,22:00-02:00`, by the clock of this computer."""

from datetime import datetime, time


def is_quiet(written: str, here: datetime) -> bool:
    """Whether `here`, local time, lies in one of them. One that ends before it begins goes over midnight."""
    now = here.time()
    return any(_holds(*_ends(part), now) for part in written.replace(" ", ",").split(",") if part)


def _ends(part: str) -> tuple[time, time]:
    first, _, last = part.partition("-")
    return time.fromisoformat(first), time.fromisoformat(last)


def _holds(first: time, last: time, now: time) -> bool:
    return first <= now < last if first <= last else now >= first or now < last
