"""What an exchange is told of a caller before they wait in a queue: how urgent, in which language, who knows them."""

import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from sqlalchemy import select

from agent_model.customer import ContactKind
from agent_model.moment import to_text
from agent_model.phone_number import DialPlan, candidates
from agent_server.database import Database
from agent_server.number_ranges import privacy_numbers
from agent_server.switch.port import Extension
from agent_server.tables import agent, contact, customer, customer_phone

KNOWN_FOR: Final = timedelta(days=30)
"""So long after a call its agent is the one who knows the caller."""
SEVERAL: Final = 5
CALLS: Final = (ContactKind.CALL_IN.value, ContactKind.CALL_OUT.value)


class AskingExchange(Protocol):
    """What the site says of an exchange that asks."""

    @property
    def name(self) -> str: ...

    @property
    def token(self) -> str:
        """What it shows when it asks; empty: it may not."""

    @property
    def queues(self) -> Mapping[str, str]:
        """What it calls queues of the site."""

    @property
    def priorities(self) -> Mapping[str, int]:
        """By tier and by language."""


@dataclass(frozen=True, slots=True)
class KnownCaller:
    """`language` and `tier` are empty where nobody, or no one person, has the number. `extension` is that of the agent
    who spoke with them last, serves the queue and is ready now."""

    priority: int = 0
    tier: str = ""
    language: str = ""
    extension: str = ""


class Callers:
    """`is_ready` tells whether somebody is offered callers now, `exchange_of` where an extension is registered."""

    def __init__(
        self,
        database: Database,
        plan: DialPlan,
        exchanges: Sequence[AskingExchange],
        is_ready: Callable[[str], bool],
        exchange_of: Callable[[Extension], str | None],
        now: Callable[[], datetime],
    ) -> None:
        self._database, self._plan, self._now = database, plan, now
        self._exchanges, self._is_ready, self._exchange_of = tuple(exchanges), is_ready, exchange_of

    def exchange_with(self, token: str) -> AskingExchange | None:
        """The one whose token this is."""
        own = [one for one in self._exchanges if one.token and hmac.compare_digest(one.token.encode(), token.encode())]
        return own[0] if own else None

    async def known(self, exchange: AskingExchange, number: str, queue: str) -> KnownCaller:
        """`queue` is what the exchange calls it."""
        numbers = candidates(number, self._plan)
        async with self._database.reading() as connection:
            if not numbers or (await privacy_numbers(connection)).among(numbers):
                return KnownCaller()
            whose = (
                select(customer.c.id, customer.c.tier, customer.c.language)
                .join(customer_phone, customer_phone.c.customer_id == customer.c.id)
                .where(customer_phone.c.number.in_(numbers))
                .distinct()
                .limit(SEVERAL)
            )
            people = (await connection.execute(whose)).all()
            last = (
                select(agent.c.id, agent.c.extension, agent.c.queues)
                .join(contact, contact.c.agent == agent.c.id)
                .where(
                    contact.c.customer_id.in_([one.id for one in people]),
                    contact.c.kind.in_(CALLS),
                    contact.c.at >= to_text(self._now() - KNOWN_FOR),
                )
                .order_by(contact.c.at.desc(), contact.c.id)
                .limit(1)
            )
            spoke = (await connection.execute(last)).first()
        weights = exchange.priorities
        priority = max((weights.get(one.tier, 0) + weights.get(one.language, 0) for one in people), default=0)
        extension = ""
        if spoke is not None and self._is_ready(spoke.id) and self._site_name(exchange, queue) in spoke.queues:
            is_there = self._exchange_of(Extension(spoke.extension)) == exchange.name
            extension = spoke.extension if is_there else ""
        return KnownCaller(
            priority, _common([one.tier for one in people]), _common([one.language for one in people]), extension
        )

    @staticmethod
    def _site_name(exchange: AskingExchange, theirs: str) -> str:
        return next((ours for ours, name in exchange.queues.items() if name == theirs), theirs)


def _common(values: Sequence[str]) -> str:
    """What all have."""
    return values[0] if len(set(values)) == 1 else ""
