"""Which versions of the workstation this site lets fetch, as its administrator decided; all may send what they have."""

import re
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Final

import orjson
from sqlalchemy import delete, select

from agent_server.audit import Act, AuditTrail, Deed
from agent_server.database import Database
from agent_server.refusals import RequestRefused
from agent_server.tables import site

NAME: Final = "workstations"
LOOKED_UP_EVERY_S: Final = 2.0
_RELEASE: Final = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){0,3}")


class BadVersion(Exception):
    """It is not written as versions are."""


@dataclass(frozen=True, slots=True)
class Tolerated:
    """Empty is no bound. `newest` takes in what it begins: 1.6 is 1.6.3 as well."""

    oldest: str = ""
    newest: str = ""

    def refusal(self, version: str) -> str:
        """The code for a workstation of this version; empty where it fits. One that does not say is an old one."""
        if not (self.oldest or self.newest):
            return ""
        found = _release(version)
        if self.oldest and found < _release(self.oldest):
            return "client_too_old"
        newest = _release(self.newest)
        if self.newest and found[: len(newest)] > newest:
            return "client_too_new"
        return ""


def tolerated(oldest: str, newest: str) -> Tolerated:
    """Raises BadVersion, also where nothing would fit."""
    if any(text and not _RELEASE.fullmatch(text) for text in (oldest, newest)):
        raise BadVersion
    if oldest and newest and Tolerated(newest=newest).refusal(oldest):
        raise BadVersion
    return Tolerated(oldest, newest)


class Workstations:
    """What is decided holds within LOOKED_UP_EVERY_S at every process."""

    def __init__(self, database: Database, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._clock_s = clock_s
        self._found = Tolerated()
        self._looked_at = float("-inf")

    async def standing(self) -> Tolerated:
        if self._clock_s() - self._looked_at >= LOOKED_UP_EVERY_S:
            async with self._database.reading() as connection:
                text = await connection.scalar(select(site.c.value).where(site.c.name == NAME))
            self._found = Tolerated() if text is None else Tolerated(**orjson.loads(text))
            self._looked_at = self._clock_s()
        return self._found

    async def require(self, version: str) -> None:
        """Raises RequestRefused: client_too_old, client_too_new."""
        standing = await self.standing()
        if code := standing.refusal(version):
            raise RequestRefused(426, code, **asdict(standing))

    async def decide(self, decided: Tolerated, trail: AuditTrail, who: str) -> None:
        async with self._database.writing() as connection:
            await connection.execute(delete(site).where(site.c.name == NAME))
            if decided != Tolerated():
                line = {"name": NAME, "value": orjson.dumps(asdict(decided)).decode()}
                await connection.execute(self._database.insert_or_update(site, ("name",)), [line])
            said = f"{decided.oldest or '*'} {decided.newest or '*'}"
            await trail.append(connection, Act(Deed.POLICY_CHANGED, who, NAME, said))
        self._looked_at = float("-inf")


def _release(version: str) -> tuple[int, ...]:
    found = _RELEASE.match(version)
    return tuple(map(int, found[0].split("."))) if found else ()
