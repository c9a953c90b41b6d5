"""Leads in agents' calls: who may, on record before it is done, and who is in whose call now."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from agent_model.body import from_body
from agent_model.floor_policy import SITE, FloorAct, FloorPolicy
from agent_server.administration import Actor
from agent_server.audit import AuditTrail, Deed
from agent_server.database import Database
from agent_server.floor.asking import Asking, Verb, Wish
from agent_server.live import Hub, person_topic
from agent_server.notices import Broker, Notice
from agent_server.refusals import RequestRefused
from agent_server.rows import fetch
from agent_server.scopes import Person
from agent_server.switch.port import ExchangeGone, Extension, Monitoring, NotDone
from agent_server.tables import agent


@dataclass(frozen=True, slots=True)
class Monitored:
    """`lead` is in the call of `agent`, who `is_told`; `how` is of `FloorAct`, None: no longer."""

    lead: str
    agent: str
    how: str | None
    is_told: bool

    def notice(self) -> Notice:
        return {"kind": "monitoring", **self.message(), "is_told": self.is_told}

    def message(self) -> dict[str, Any]:
        return {"type": "monitoring", "lead": self.lead, "agent": self.agent, "how": self.how}


async def policy_now(database: Database) -> FloorPolicy:
    """What the site allows, or what is allowed where it has decided nothing."""
    async with database.reading() as connection:
        row = (await fetch(connection, "floor_policy", [SITE])).get(SITE)
    return FloorPolicy() if row is None else from_body(FloorPolicy, SITE, row.version, row.body)


class MonitoringDesk:
    """In every process. What asks something of an exchange raises RequestRefused: not_allowed, unknown_agent,
    no_extension, exchange_gone, another_exchange, and what the exchange refuses (`port.NotDone`)."""

    def __init__(self, database: Database, audit: AuditTrail, asking: Asking, broker: Broker, hub: Hub) -> None:
        self._database, self._audit, self._asking = database, audit, asking
        self._broker, self._hub = broker, hub
        self._in_calls: dict[str, Monitored] = {}
        """By lead."""

    async def monitor(self, actor: Actor, lead: Person, whom: str, how: Monitoring, reference: str) -> None:
        """`reference` is what the lead's telephone will be told to call the call by."""
        act = FloorAct(how.value)
        own, theirs, _ = await self._require(lead, whom, act)
        await self._do(actor, Deed.MONITORED, act.value, whom, Wish(Verb.MONITOR, own, theirs, how, reference))

    async def leave(self, lead: Person) -> None:
        """They are in nobody's call any more; needs no right and leaves no line."""
        await self._ask(Wish(Verb.LEAVE, await self._own(lead)))

    async def take_over(self, actor: Actor, lead: Person, whom: str) -> None:
        own, theirs, policy = await self._require(lead, whom, FloorAct.TAKE_OVER)
        await self._do(actor, Deed.TAKEN_OVER, "", whom, Wish(Verb.TAKE_OVER, own, theirs))
        self._say(lead, whom, FloorAct.TAKE_OVER, policy)

    async def hang_up(self, actor: Actor, lead: Person, whom: str) -> None:
        own, theirs, policy = await self._require(lead, whom, FloorAct.HANG_UP)
        await self._do(actor, Deed.CALL_ENDED, "", whom, Wish(Verb.HANG_UP, own, theirs))
        self._say(lead, whom, FloorAct.HANG_UP, policy)

    async def call(self, actor: Actor, lead: Person, whom: str) -> None:
        """Rings the own telephone, and then the agent's: whoever may listen may speak to them."""
        own, theirs, _ = await self._require(lead, whom, FloorAct.LISTEN)
        await self._do(actor, Deed.CALL_PLACED, "", whom, Wish(Verb.CALL, own, theirs, number=theirs))

    def heard(self, notice: Notice) -> None:
        """Who is in whose call, as the process that leads says."""
        told = Monitored(str(notice["lead"]), str(notice["agent"]), notice["how"], bool(notice["is_told"]))
        is_done_once = told.how in (FloorAct.TAKE_OVER, FloorAct.HANG_UP)
        about = f"{told.lead} {told.how}" if is_done_once else told.lead
        before = None
        if not is_done_once:
            before = self._in_calls.pop(told.lead, None)
            if told.how is not None:
                self._in_calls[told.lead] = told
        self._hub.tell((person_topic(told.lead),), "monitoring", about, told.message())
        if told.is_told:
            self._hub.tell((person_topic(told.agent),), "monitoring", about, told.message())
        elif before is not None and before.is_told:
            gone = Monitored(told.lead, before.agent, None, is_told=True)
            self._hub.tell((person_topic(before.agent),), "monitoring", about, gone.message())

    def seen_by(self, person: Person) -> list[dict[str, Any]]:
        """Whose call they are in, and who is in theirs as far as they are told, as messages."""
        return [
            one.message()
            for one in self._in_calls.values()
            if one.lead == person.id or (one.agent == person.id and one.is_told)
        ]

    # ---- who may ------------------------------------------------------------------------------------------------

    async def _require(self, lead: Person, whom: str, act: FloorAct) -> tuple[Extension, Extension, FloorPolicy]:
        """Their extensions, the lead's first. Raises RequestRefused."""
        policy = await policy_now(self._database)
        async with self._database.reading() as connection:
            query = select(agent.c.id, agent.c.team, agent.c.extension).where(agent.c.id.in_((lead.id, whom)))
            rows = {row.id: row for row in await connection.execute(query)}
        team = rows[whom].team if whom in rows else ""
        if not policy.may(act, lead.role, lead.id, lead.team, whom, team):
            raise RequestRefused(403, "not_allowed", act=act.value)
        if whom not in rows:
            raise RequestRefused(404, "unknown_agent")
        for person in (lead.id, whom):
            if person not in rows or not rows[person].extension:
                raise RequestRefused(409, "no_extension", agent=person)
        return Extension(rows[lead.id].extension), Extension(rows[whom].extension), policy

    async def _own(self, lead: Person) -> Extension:
        async with self._database.reading() as connection:
            own = await connection.scalar(select(agent.c.extension).where(agent.c.id == lead.id))
        if not own:
            raise RequestRefused(409, "no_extension", agent=lead.id)
        return Extension(own)

    # ---- what is done -------------------------------------------------------------------------------------------

    async def _do(self, actor: Actor, deed: Deed, how: str, whom: str, wish: Wish) -> None:
        """On record first: nobody hears a call of which no line says so. One more line where it came to nothing."""
        await self._audit.note(actor.act(deed, whom, "", how))
        try:
            await self._ask(wish)
        except RequestRefused as refused:
            await self._audit.note(actor.act(Deed.FLOOR_ACT_FAILED, whom, refused.code, how or deed.value))
            raise

    async def _ask(self, wish: Wish) -> None:
        try:
            await self._asking.ask(wish)
        except ExchangeGone as error:
            raise RequestRefused(409, "exchange_gone") from error
        except NotDone as error:
            raise RequestRefused(409, error.why) from error

    def _say(self, lead: Person, whom: str, act: FloorAct, policy: FloorPolicy) -> None:
        """Once: it is done, and does not last."""
        if policy.tells(act):
            self._broker.publish(Monitored(lead.id, whom, act.value, is_told=True).notice())
