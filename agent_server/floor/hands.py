"""In the process that leads: does what leads ask of the exchanges, and tells who is in whose call."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from agent_model.floor_policy import FloorAct
from agent_server.audit import Act, AuditTrail, Deed
from agent_server.database import Database
from agent_server.floor.asking import Verb, Wish
from agent_server.floor.monitoring import Monitored, policy_now
from agent_server.notices import Broker
from agent_server.switch.port import (
    Exchange,
    ExchangeEvent,
    ExchangeGone,
    Extension,
    LegState,
    Lost,
    Monitoring,
    MonitoringChanged,
    NotDone,
)

log = logging.getLogger("agent_server.floor")

BY_TELEPHONE: Final = "by_telephone"
"""What the audit trail says of a lead who was let in by the exchange's own codes, past this server."""
_ENDS_FIRST: Final = (LegState.UP, LegState.HELD, LegState.RINGING)


class Hands:
    """`exchange_of` is the exchange that an extension is registered at, `person_at` who sits there."""

    def __init__(
        self,
        database: Database,
        broker: Broker,
        audit: AuditTrail,
        exchange_of: Callable[[Extension], Exchange | None],
        person_at: Callable[[Extension], str | None],
    ) -> None:
        self._database, self._broker, self._audit = database, broker, audit
        self._exchange_of, self._person_at = exchange_of, person_at
        self._asked: Counter[Extension] = Counter()
        """How often each lead will be told as let in because the server asked for it."""
        self._in_calls: dict[Extension, tuple[str, Extension]] = {}
        """Of each lead: the exchange, and whose call."""
        self._turn = asyncio.Lock()

    async def do(self, wish: Wish) -> None:
        """Raises ExchangeGone, NotDone."""
        exchange = self._exchange_of(wish.lead)
        if exchange is None:
            raise ExchangeGone
        if wish.extension is not None and self._exchange_of(wish.extension) is not exchange:
            raise NotDone("another_exchange")
        match wish:
            case Wish(Verb.MONITOR, lead, str() as whose, Monitoring() as how):
                self._asked[lead] += 1
                try:
                    await exchange.monitor(lead, Extension(whose), how, wish.reference)
                except BaseException:
                    self._was_let_in(lead)
                    raise
            case Wish(Verb.TAKE_OVER, lead, str() as whose):
                await exchange.take_over(lead, Extension(whose))
            case Wish(Verb.HANG_UP, _, str() as whose):
                await self._hang_up(exchange, Extension(whose))
            case Wish(Verb.LEAVE, lead):
                await exchange.leave(lead)
            case Wish(Verb.CALL, lead):
                await exchange.call(lead, wish.number)
            case _:
                raise NotDone("not_possible", wish.verb)

    async def hear(self, exchange: str, event: ExchangeEvent) -> None:
        """Leads are in calls, and no longer; of an exchange that is lost nothing is known."""
        match event:
            case MonitoringChanged():
                async with self._turn:
                    await self._changed(exchange, event)
            case Lost():
                for lead, (where, extension) in tuple(self._in_calls.items()):
                    if where == exchange:
                        await self._changed(exchange, MonitoringChanged(event.at, lead, extension, None))
            case _:
                pass

    async def _hang_up(self, exchange: Exchange, extension: Extension) -> None:
        legs = [leg for leg in (await exchange.snapshot()).legs if leg.extension == extension]
        if not legs:
            raise NotDone("no_such_call", extension)
        await exchange.hang_up(extension, min(legs, key=lambda leg: _ENDS_FIRST.index(leg.state)).call)

    def _was_let_in(self, lead: Extension) -> bool:
        """Whether the server had asked for it. Who changes over is told as gone in between."""
        is_asked = self._asked[lead] > 0
        self._asked[lead] -= is_asked
        return is_asked

    async def _changed(self, exchange: str, event: MonitoringChanged) -> None:
        lead, agent = self._person_at(event.lead), self._person_at(event.extension)
        was_there = event.lead in self._in_calls
        was_asked = event.how is not None and self._was_let_in(event.lead)
        if event.how is None:
            self._in_calls.pop(event.lead, None)
        else:
            self._in_calls[event.lead] = (exchange, event.extension)
        if lead is None or agent is None:
            return
        try:
            if event.how is not None and not (was_asked or was_there):
                line = Act(Deed.MONITORED, lead, agent, event.how.value, BY_TELEPHONE)
                await self._audit.note(line)
            policy = await policy_now(self._database)
        except SQLAlchemyError as error:
            log.warning("who is in whose call could not be told: %s", type(error).__name__)
            return
        is_told = event.how is not None and policy.tells(FloorAct(event.how.value))
        how = event.how.value if event.how is not None else None
        self._broker.publish(Monitored(lead, agent, how, is_told).notice())
