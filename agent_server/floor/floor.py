"""The floor: the exchanges of the site, who sits at them, and what they confirm, in the one process that leads."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from agent_model.agent import AgentState, QueueId, StateEntry
from agent_model.confirmation import Agreement, Confirmed
from agent_server.database import Database
from agent_server.floor.event_log import EventLog
from agent_server.floor.keeping import Keeping, Place
from agent_server.floor.recorder import Line, Recorder
from agent_server.floor.waiting import WaitingCallers
from agent_server.live import EVERY_STATE, Hub, person_topic, states_topic
from agent_server.notices import Broker, Notice
from agent_server.switch.port import Exchange, ExchangeEvent, Extension, RangOut
from agent_server.tables import agent, queue

log = logging.getLogger("agent_server.floor")

LOOK_EVERY_S: Final = 1.0


class Floor:
    """In every process; the one that leads opens the exchanges."""

    def __init__(
        self,
        database: Database,
        broker: Broker,
        hub: Hub,
        events: EventLog,
        short_s: float,
        languages: Mapping[str, Mapping[str, Sequence[str]]],
    ) -> None:
        """Whoever gives up before `short_s` are over did not mean to wait. `languages` are what agents of each queue
        are to speak, by exchange."""
        self._languages = languages
        self._database, self._broker, self._hub = database, broker, hub
        self.waiting = WaitingCallers()
        self.lines: dict[str, Line] = {}
        """The queues of the site, by id."""
        self._recorder = Recorder(database, events, lambda: self.lines, self._who, short_s)
        self._exchanges: tuple[tuple[Exchange, str], ...] = ()
        self._states: dict[str, StateEntry] = {}
        self._places: dict[str, tuple[str, Place]] = {}
        """By agent: the team, and where they sit."""
        self._sharing: dict[Extension, list[str]] = {}
        """By extension: the agents whose telephone it is, by shifts perhaps."""
        self._confirmed: dict[str, Confirmed] = {}
        self._keepings: dict[str, Keeping] = {}
        self._leading: asyncio.Task[None] | None = None
        self._places_changed = asyncio.Event()

    def open(
        self,
        exchanges: Sequence[tuple[Exchange, str]],
        hear: Callable[[str, ExchangeEvent], Awaitable[None]],
        rang_out: Callable[[str], Awaitable[None]],
    ) -> None:
        """`exchanges` are those of the site, each with how the extensions begin that are registered there (empty:
        all); `hear` is told what each exchange tells, by its name, `rang_out` of agents whom a caller
        was offered in vain while they were ready."""
        self._rang_out = rang_out
        self._hear = hear
        self._exchanges = tuple(exchanges)
        if exchanges:
            self._leading = asyncio.get_running_loop().create_task(self._run())

    def exchange_of(self, extension: Extension) -> Exchange | None:
        """The one that an extension is registered at."""
        own = self.exchange_name(extension)
        return next((exchange for exchange, _ in self._exchanges if exchange.name == own), None)

    def exchange_name(self, extension: Extension) -> str | None:
        return exchange_of(extension, self._exchanges)

    def is_ready(self, agent_id: str) -> bool:
        entry = self._states.get(agent_id)
        return entry is not None and entry.state is AgentState.READY

    def person_at(self, extension: Extension) -> str | None:
        """Who sits there, in the process that leads. Of several who share a telephone, who has it now."""
        sharing = self._sharing.get(extension, [])
        if len(sharing) < 2:
            return next(iter(sharing), None)
        keeping = self._keepings.get(self.exchange_name(extension) or "")
        return (keeping.holder_at(extension) if keeping is not None else None) or sharing[0]

    def sits_at(self, extension: Extension) -> tuple[str, str] | None:
        """Who sits there, and of which team, in the process that leads."""
        agent_id = self.person_at(extension)
        return (agent_id, self._places[agent_id][0]) if agent_id is not None else None

    async def close(self) -> None:
        if self._leading is not None:
            self._leading.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._leading

    def state_is(self, agent_id: str, entry: StateEntry) -> None:
        """What the board says of an agent, in every process."""
        self._states[agent_id] = entry
        self._want(agent_id)

    def people_changed(self) -> None:
        """Somebody's extension or queues may be others now."""
        self._places_changed.set()

    def heard(self, notice: Notice) -> None:
        """What the process that leads says an exchange has confirmed."""
        confirmed = Confirmed(
            notice["agent"], Agreement(notice["agreement"]), notice["is_reachable"], notice.get("why", "")
        )
        self._confirmed[confirmed.agent] = confirmed
        topics = (person_topic(confirmed.agent), states_topic(str(notice["team"])), EVERY_STATE)
        self._hub.tell(topics, "confirmed", confirmed.agent, message(confirmed))

    def seen_by(self, may_see: Callable[[str], bool]) -> list[dict[str, Any]]:
        """What was told last of the agents whom somebody may see, as messages."""
        return [message(one) for agent_id, one in sorted(self._confirmed.items()) if may_see(agent_id)]

    # ---- the process that leads ---------------------------------------------------------------------------------

    async def _run(self) -> None:
        while True:
            while not self._broker.leads:
                await asyncio.sleep(LOOK_EVERY_S)
            try:
                await self._lead()
            except* SQLAlchemyError as errors:
                log.info("the floor could not be read: %s", type(errors.exceptions[0]).__name__)
            except* Exception:
                log.exception("the floor has failed and is begun anew")
            await asyncio.sleep(LOOK_EVERY_S)

    async def _lead(self) -> None:
        self.waiting.begin_anew()
        await self._read_places()
        self._keepings = {exchange.name: Keeping(exchange, self._tell) for exchange, _ in self._exchanges}
        for agent_id in self._states:
            self._want(agent_id)
        async with asyncio.TaskGroup() as tasks:
            running = [tasks.create_task(keeping.run()) for keeping in self._keepings.values()]
            running.append(tasks.create_task(self._recorder.run()))
            for exchange, _ in self._exchanges:
                running.append(tasks.create_task(exchange.run(self._ears(exchange.name))))
            try:
                while self._broker.leads:
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(LOOK_EVERY_S):
                            await self._places_changed.wait()
                    if self._places_changed.is_set():
                        self._places_changed.clear()
                        try:
                            await self._read_places()
                        except SQLAlchemyError as error:  # calls go on; it is read in a second
                            log.info("who sits where could not be read: %s", type(error).__name__)
                            self._places_changed.set()
                            await asyncio.sleep(LOOK_EVERY_S)
            finally:
                self._keepings = {}
                for task in running:
                    task.cancel()

    def _ears(self, name: str) -> Callable[[ExchangeEvent], Any]:
        keeping = self._keepings[name]

        async def hear(event: ExchangeEvent) -> None:
            self.waiting.hear(name, event)
            self._recorder.hear(name, event)
            await keeping.hear(event)
            await self._hear(name, event)
            if isinstance(event, RangOut) and not event.is_refused:
                await self._weigh_silence(event.extension)

        return hear

    async def _weigh_silence(self, extension: Extension) -> None:
        agent_id = self.person_at(extension)
        entry = self._states.get(agent_id or "")
        if agent_id is not None and entry is not None and entry.state is AgentState.READY:
            try:
                await self._rang_out(agent_id)
            except (SQLAlchemyError, OSError) as error:
                log.warning("who did not answer stays ready: %s", type(error).__name__)

    async def _read_places(self) -> None:
        query = select(agent.c.id, agent.c.team, agent.c.extension, agent.c.queues, agent.c.languages)
        lines = select(queue.c.id, queue.c.team, queue.c.service_level_s)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
            self.lines = {row.id: Line(row.team, row.service_level_s) for row in await connection.execute(lines)}
        self._places = {
            row.id: (row.team, self._place(Extension(row.extension), row.queues, row.languages)) for row in rows
        }
        sharing: dict[Extension, list[str]] = {}
        for row in rows:
            if row.extension:
                sharing.setdefault(Extension(row.extension), []).append(row.id)
        self._sharing = sharing
        for agent_id in self._states:
            self._want(agent_id)

    def _place(self, extension: Extension, queues: Sequence[str], spoken: Sequence[str]) -> Place:
        wanted = self._languages.get(self.exchange_name(extension) or "", {})
        return Place(extension, {QueueId(line): penalty(wanted.get(line, ()), spoken) for line in queues})

    def _who(self, extension: Extension) -> tuple[str, str]:
        return self.sits_at(extension) or ("", "")

    def _want(self, agent_id: str) -> None:
        _, place = self._places.get(agent_id, ("", None))
        own = exchange_of(place.extension, self._exchanges) if place is not None else None
        for name, keeping in self._keepings.items():
            keeping.want(agent_id, self._states[agent_id], place if name == own else None)

    async def _tell(self, confirmed: Confirmed) -> None:
        team, _ = self._places.get(confirmed.agent, ("", None))
        self._broker.publish({"kind": "confirmed", "team": team, **asdict(confirmed)})


def exchange_of(extension: Extension, exchanges: Sequence[tuple[Exchange, str]]) -> str | None:
    """The name of the one where a telephone is registered: of those that say how theirs begin, who says most."""
    own = [(len(begins), exchange.name) for exchange, begins in exchanges if extension and extension.startswith(begins)]
    return max(own, key=lambda one: one[0])[1] if own else None


def penalty(wanted: Sequence[str], spoken: Sequence[str]) -> int:
    """Callers of a queue are offered first to who speaks all that it wants. Who speaks en-GB speaks en."""
    return sum(all(each != one and not each.startswith(f"{one}-") for each in spoken) for one in wanted)


def message(confirmed: Confirmed) -> dict[str, Any]:
    return {"type": "confirmed", **asdict(confirmed)}
