"""What the law makes the site keep though somebody asks for it to be erased, and for how long anything is kept at all:
data that the site edits (docs/privacy.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

import orjson
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.moment import from_text
from agent_model.ticket import TicketType
from agent_model.words import Words
from agent_server.database import Database
from agent_server.tables import site

NAME: Final = "privacy_duties"
LONGEST_DAYS: Final = 36_500


class BadDuties(Exception):
    """The text is no list of duties; the message names what is wrong with which."""


class What(StrEnum):
    """TICKET stays as a figure that names nobody; RECORDING stays whole, and nobody can play it here."""

    TICKET = "ticket"
    RECORDING = "recording"


class Limited(StrEnum):
    RECORDING = "recording"
    CONTACT = "contact"
    FEEDBACK = "feedback"
    RECEIPT = "receipt"
    TRAINING = "training"


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that is kept for so long after it came about, and why. `types` are those of tickets; empty: all."""

    what: What
    for_days: int
    reason: Words
    types: frozenset[TicketType] = frozenset()

    def until(self, since: str) -> datetime:
        return from_text(since) + timedelta(days=self.for_days)

    def to_plain(self) -> dict[str, Any]:
        types = sorted(one.value for one in self.types)
        return {
            "what": self.what.value,
            "types": types,
            "for_days": self.for_days,
            "reason": self.reason.to_body(),
        }


@dataclass(frozen=True, slots=True)
class Limit:
    """Something that goes by itself when it is so old."""

    what: Limited
    at_most_days: int

    def to_plain(self) -> dict[str, Any]:
        return {"what": self.what.value, "at_most_days": self.at_most_days}


@dataclass(frozen=True, slots=True)
class Duties:
    duties: tuple[Duty, ...] = ()
    limits: tuple[Limit, ...] = ()

    def ticket(self, kind: str, created_at: str, now: datetime) -> Duty | None:
        """The one that keeps a ticket the longest, of those that do now."""
        these = (duty for duty in self.duties if duty.what is What.TICKET and (not duty.types or kind in duty.types))
        return _longest(these, created_at, now)

    def recording(self, since: str, now: datetime) -> Duty | None:
        return _longest((duty for duty in self.duties if duty.what is What.RECORDING), since, now)

    def to_plain(self) -> dict[str, Any]:
        return {"duties": [one.to_plain() for one in self.duties], "limits": [one.to_plain() for one in self.limits]}


def _longest(duties: Any, since: str, now: datetime) -> Duty | None:
    running = [duty for duty in duties if duty.until(since) > now]
    return max(running, key=lambda duty: duty.for_days, default=None)


USUAL: Final = Duties(
    (
        Duty(
            What.TICKET,
            3 * 365,
            Words("投诉处理记录须保存三年", "Records of complaints are to be kept for three years"),
            frozenset({TicketType.COMPLAINT}),
        ),
    )
)
"""For a site that has said nothing."""


def duties_from(plain: Any) -> Duties:
    """Raises BadDuties."""
    if not isinstance(plain, dict) or plain.keys() - {"duties", "limits"}:
        raise BadDuties('write {"duties": [...], "limits": [...]}')
    try:
        return Duties(
            tuple(_duty(one) for one in plain.get("duties", ())), tuple(_limit(one) for one in plain.get("limits", ()))
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadDuties(f"not as it should be: {error}") from error


def _duty(plain: Mapping[str, Any]) -> Duty:
    reason = Words(str(plain["reason"]["zh"]), str(plain["reason"]["en"]))
    types = frozenset(TicketType(one) for one in plain.get("types", ()))
    return Duty(What(plain["what"]), _days(plain["for_days"]), reason, types)


def _limit(plain: Mapping[str, Any]) -> Limit:
    return Limit(Limited(plain["what"]), _days(plain["at_most_days"]))


def _days(value: Any) -> int:
    if type(value) is not int or not 1 <= value <= LONGEST_DAYS:
        raise ValueError(f"{value!r} is no number of days")
    return value


async def read_duties(connection: AsyncConnection) -> Duties:
    text = await connection.scalar(select(site.c.value).where(site.c.name == NAME))
    return USUAL if text is None else duties_from(orjson.loads(text))


async def write_duties(database: Database, connection: AsyncConnection, duties: Duties) -> None:
    line = {"name": NAME, "value": orjson.dumps(duties.to_plain()).decode()}
    await connection.execute(database.insert_or_update(site, ("name",)), [line])
