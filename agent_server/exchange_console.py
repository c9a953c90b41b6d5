"""The command line that says sentence by sentence whether the site's exchanges are as they have to be."""

import argparse
import asyncio
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from agent_model.agent import SERVING_ROLES
from agent_server.console import EXIT_NOT_READY, EXIT_REFUSED, say, with_database
from agent_server.database import Database
from agent_server.settings import Settings
from agent_server.site_file import is_this_machine
from agent_server.switch.asterisk.manager import ActionRefused, SignInRefused
from agent_server.switch.asterisk.settings import AsteriskSettings
from agent_server.switch.asterisk.stored_recordings import recordings_lying_at
from agent_server.switch.asterisk.survey import survey as survey_asterisk
from agent_server.switch.exchanges_file import BadExchanges, read_exchanges
from agent_server.switch.freeswitch.event_socket import CommandRefused
from agent_server.switch.freeswitch.settings import FreeSwitchSettings
from agent_server.switch.freeswitch.survey import survey as survey_freeswitch
from agent_server.switch.port import ExchangeGone
from agent_server.switch.survey import Survey
from agent_server.tables import agent

AnyExchange = AsteriskSettings | FreeSwitchSettings


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody with a telephone, and the queues they serve."""

    login: str
    extension: str
    queues: tuple[str, ...]


def add_commands(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    """The commands, each with the options that are the same everywhere."""
    check = commands.add_parser(
        "exchange-check",
        parents=[everywhere],
        help="say whether the exchanges of exchanges.toml are as they have to be",
    )
    check.set_defaults(command=_check)


def _check(settings: Settings, _arguments: argparse.Namespace) -> int:
    try:
        exchanges = read_exchanges(settings.home)
    except BadExchanges as error:
        return say(EXIT_REFUSED, f"{error.place}: {error.fact}")
    if not exchanges:
        return say(EXIT_REFUSED, f"there is no exchanges.toml in {settings.home} (see docs/exchange.md)")
    is_well = True
    for told in check(settings, exchanges):
        is_well = is_well and told.is_well
        sys.stdout.write(f"{'  ' if told.is_well else '! '}{told.text}\n")
    return 0 if is_well else EXIT_NOT_READY


def check(settings: Settings, exchanges: Sequence[AnyExchange]) -> Iterator["Told"]:
    """Each exchange is asked; the database says who serves what."""
    seats = with_database(settings, _seats)
    yield from _at_none(exchanges, seats)
    for exchange in exchanges:
        yield from _told_of(exchange, exchanges, seats)


async def _seats(database: Database) -> Sequence[Seat]:
    await database.require_current()
    query = select(agent.c.login, agent.c.extension, agent.c.queues).where(
        agent.c.extension != "", agent.c.role.in_([role.value for role in SERVING_ROLES])
    )
    async with database.reading() as connection:
        found = await connection.execute(query.order_by(agent.c.extension))
        return [Seat(row.login, row.extension, tuple(row.queues)) for row in found]


@dataclass(frozen=True, slots=True)
class Told:
    text: str
    is_well: bool = False


def _home(extension: str, exchanges: Sequence[AnyExchange]) -> AnyExchange | None:
    own = [one for one in exchanges if extension.startswith(one.extensions)]
    return max(own, key=lambda one: len(one.extensions), default=None)


def _at_none(exchanges: Sequence[AnyExchange], seats: Sequence[Seat]) -> Iterator[Told]:
    for seat in seats:
        if _home(seat.extension, exchanges) is None:
            yield Told(
                f"{seat.extension} ({seat.login}) begins as no exchange's extensions do: calls do not reach them"
            )


def _told_of(exchange: AnyExchange, exchanges: Sequence[AnyExchange], seats: Sequence[Seat]) -> Iterator[Told]:
    way = f"{exchange.host} port {exchange.port}"
    if exchange.tls is None and not is_this_machine(exchange.host):
        yield Told(f"{exchange.name}: without tls its secret and every number can be read on the way to {way}")
    try:
        found = asyncio.run(_surveyed(exchange))
    except SignInRefused as error:
        yield Told(f"{exchange.name}: {error}: look at its secret, permit and deny in manager.conf")
        return
    except (ExchangeGone, ActionRefused, CommandRefused, ValueError) as error:
        yield Told(f"{exchange.name}: {way} is not reached: {error}")
        return
    own = [seat for seat in seats if _home(seat.extension, exchanges) is exchange]
    yield Told(
        f"{exchange.name}: {found.version} is reached at {way}{'' if exchange.tls is None else ' by TLS'}", is_well=True
    )
    yield from _missing(exchange, found, own)
    if isinstance(exchange, AsteriskSettings) and exchange.ari:
        yield asyncio.run(_at_ari(exchange))
    there = sum(seat.extension in found.registered for seat in own)
    yield Told(f"{exchange.name}: {there} of its {len(own)} telephones can be reached now", is_well=True)


async def _at_ari(exchange: AsteriskSettings) -> Told:
    try:
        lying = await recordings_lying_at(exchange)
    except OSError as error:
        return Told(f"{exchange.name}: its recordings cannot be fetched: {error}")
    return Told(f"{exchange.name}: {lying} recordings lie there, and can be fetched by its ARI", is_well=True)


async def _surveyed(exchange: AnyExchange) -> Survey:
    if isinstance(exchange, AsteriskSettings):
        return await survey_asterisk(exchange)
    return await survey_freeswitch(exchange)


def _missing(exchange: AnyExchange, found: Survey, own: Sequence[Seat]) -> Iterator[Told]:
    for what, right in found.lacks:
        if isinstance(exchange, AsteriskSettings):
            needed = f"manager.conf needs {right} in write, or the module is missing"
            yield Told(f"{exchange.name}: its user {exchange.user} may not {what}: {needed}")
        else:
            yield Told(f"{exchange.name}: {what} is not loaded")
    for queue in sorted({queue for seat in own for queue in seat.queues}):
        theirs = exchange.queues.get(queue, queue)
        if theirs not in found.queues:
            way = "make it there, or say under [exchange.queues] what it is called"
            yield Told(f"{exchange.name}: it has no queue {theirs}, which agents serve as {queue}: {way}")
    for queue in _missing_last(exchange, found, own):
        yield Told(
            f"{exchange.name}: it has no queue {queue} (last_agent_queue): callers are not led to who knows them"
        )
    for seat in own:
        if seat.extension not in found.telephones:
            yield Told(f"{exchange.name}: it has no telephone {seat.extension}, which is {seat.login}'s")


def _missing_last(exchange: AnyExchange, found: Survey, own: Sequence[Seat]) -> Sequence[str]:
    """FreeSWITCH has one for each agent."""
    last = exchange.last_agent_queue
    if isinstance(exchange, AsteriskSettings):
        wanted = [last]
    else:
        wanted = [f"{last}-{seat.extension}" for seat in own if seat.queues]
    return [queue for queue in wanted if last and queue not in found.queues]
