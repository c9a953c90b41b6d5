"""How often somebody may guess: growing waits that stop a guesser and do not keep the person out.

Failures are counted for a login from an address, for a login from a device it has signed in on before, and, with higher
limits, for a login from everywhere and an address for all logins. The wide counts never hold up a known device: who
guesses a colleague's password elsewhere cannot lock them out of their own seat.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from agent_model.moment import from_text, to_text
from agent_server.database import Database
from agent_server.refresh_tokens import digest_of
from agent_server.refusals import RequestRefused
from agent_server.settings import Settings
from agent_server.tables import sign_in_failure


@dataclass(frozen=True, slots=True)
class Count:
    """What failures are counted for, and how many there may be before the waits begin."""

    about: str
    allowed: int


class Attempts:
    """Known and unknown logins are counted alike."""

    def __init__(self, database: Database, settings: Settings, now: Callable[[], datetime]) -> None:
        self._database = database
        self._settings = settings
        self._now = now

    def counts(self, login: str, address: str, device_id: str, *, is_known: bool) -> Sequence[Count]:
        """What a try counts for; its own count comes first."""
        settings, name = self._settings, login.casefold()
        if is_known:
            return (Count(_digest("device", name, device_id), settings.failures_before_wait),)
        return (
            Count(_digest("from", name, address), settings.failures_before_wait),
            Count(_digest("login", name), settings.failures_of_a_login),
            Count(_digest("address", address), settings.failures_of_an_address),
        )

    async def check(self, counts: Sequence[Count]) -> None:
        """Raises RequestRefused: too_many_attempts."""
        query = select(sign_in_failure.c.blocked_until).where(
            sign_in_failure.c.about.in_([count.about for count in counts]),
            sign_in_failure.c.blocked_until > to_text(self._now()),
        )
        async with self._database.reading() as connection:
            until = (await connection.scalars(query)).all()
        if until:
            left_s = (from_text(max(map(str, until))) - self._now()).total_seconds()
            raise RequestRefused(429, "too_many_attempts", retry_after_s=max(int(left_s), 0) + 1)

    async def failed(self, counts: Sequence[Count]) -> None:
        """Count a failure; from the last allowed one on each doubles the wait."""
        settings, now = self._settings, self._now()
        forgotten = to_text(now - settings.failure_memory - settings.longest_wait)
        table = sign_in_failure
        async with self._database.writing() as connection:
            await connection.execute(delete(table).where(table.c.last_at < forgotten))
            for count in sorted(counts, key=lambda count: count.about):
                query = select(table.c.failures).where(table.c.about == count.about).with_for_update()
                failures = int(await connection.scalar(query) or 0) + 1
                over = failures - count.allowed
                wait = min(settings.first_wait * 2 ** min(max(over, 0), 10), settings.longest_wait)
                line = {
                    "about": count.about,
                    "failures": failures,
                    "last_at": to_text(now),
                    "blocked_until": to_text(now + wait) if over >= 0 else None,
                }
                await connection.execute(self._database.insert_or_update(table, ("about",)), [line])

    async def passed(self, counts: Sequence[Count]) -> None:
        """Forget the failures of who got in; the wide counts fade by themselves."""
        async with self._database.writing() as connection:
            await connection.execute(delete(sign_in_failure).where(sign_in_failure.c.about == counts[0].about))


def _digest(*parts: str) -> str:
    return digest_of("\x00".join(parts))
