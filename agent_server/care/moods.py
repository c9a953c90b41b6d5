"""The question of the week: who may answer gets a token signed blind, and answers come without a name.

What is kept says that somebody of a team answered, and what, never both of one person: see decision 0024.
"""

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric import rsa
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.agent import Role
from agent_model.blind_token import BlindKey, is_signed
from agent_model.body import from_body
from agent_model.care_policy import SITE, CarePolicy
from agent_model.moment import from_text, to_text
from agent_model.own_figures import MoodWeek
from agent_server.database import Database
from agent_server.rows import fetch
from agent_server.scopes import Person
from agent_server.tables import agent, mood_round, mood_spent, mood_tally, mood_token

ASKED: Final = (Role.AGENT, Role.RETURN_VISIT)
ASKED_FROM: Final = 3
"""Days after Monday: the week is nearly over when it is asked about."""
TAKEN_FOR: Final = timedelta(days=9)
"""From Monday on: workstations send at a moment of their own choice, also in the days after."""
WEEKS: Final = 12
KEY_BITS: Final = 2048
LEVELS: Final = range(1, 6)


class NoRound(Exception):
    """There is no such question, or its time is over."""


class TokenGiven(Exception):
    """This person has had another token signed."""


class BadToken(Exception):
    """Not signed for this question."""


@dataclass(frozen=True, slots=True)
class Round:
    id: str
    week: str
    key: BlindKey
    until: datetime


class Moods:
    def __init__(self, database: Database, zone: ZoneInfo, now: Callable[[], datetime]) -> None:
        self._database, self._zone, self._now = database, zone, now

    async def question(self, person: Person) -> Round | None:
        """What the person is asked now; None when it is not asked, or the team is so small that nobody would see it."""
        today = self._now().astimezone(self._zone).date()
        if person.role not in ASKED or today.weekday() < ASKED_FROM:
            return None
        async with self._database.reading() as connection:
            policy = await care_policy(connection)
            asked = select(func.count()).where(agent.c.team == person.team, agent.c.role.in_(ASKED))
            members = await connection.scalar(asked)
        if not policy.asks_mood or (members or 0) < policy.mood_least:
            return None
        return await self._round(person.team, today)

    async def sign(self, person: Person, round_id: str, blinded: int) -> int:
        """The blinded token, signed, for one whom it is asked; the same again for who lost the answer. Raises NoRound,
        TokenGiven."""
        async with self._database.writing() as connection:
            row = await self._open_round(connection, round_id)
            if person.role not in ASKED or row.team != person.team or not 0 < blinded < int(row.modulus, 16):
                raise NoRound(round_id)
            token = mood_token
            given = select(token.c.blinded).where(token.c.round == round_id, token.c.agent == person.id)
            sent = f"{blinded:x}"
            before = await connection.scalar(given)
            if before is not None and before != sent:
                raise TokenGiven(round_id)
            if before is None:
                await connection.execute(token.insert(), [{"round": round_id, "agent": person.id, "blinded": sent}])
        return await asyncio.to_thread(pow, blinded, int(row.secret, 16), int(row.modulus, 16))

    async def take(self, round_id: str, token: bytes, signature: int, level: int) -> None:
        """An answer of nobody in particular; one that came already changes nothing. Raises NoRound, BadToken."""
        async with self._database.reading() as connection:
            row = await self._open_round(connection, round_id)
        if not is_signed(BlindKey(int(row.modulus, 16)), token, signature):
            raise BadToken
        spent = {"digest": hashlib.sha256(token).hexdigest(), "round": round_id}
        counted = {"round": round_id, "level": level, "answers": 1}
        try:
            async with self._database.writing() as connection:
                await connection.execute(mood_spent.insert(), [spent])
                await connection.execute(self._database.insert_adding(mood_tally, ("round", "level")), [counted])
        except IntegrityError:
            return

    async def weeks(self, teams: Sequence[str]) -> list[MoodWeek]:
        """Of questions whose time is over, the newest first; what ties tokens to people and keys to rounds is gone
        then."""
        now = to_text(self._now())
        async with self._database.writing() as connection:
            policy = await care_policy(connection)
            over = select(mood_round.c.id).where(mood_round.c.until <= now)
            await connection.execute(delete(mood_token).where(mood_token.c.round.in_(over)))
            await connection.execute(delete(mood_spent).where(mood_spent.c.round.in_(over)))
            await connection.execute(update(mood_round).where(mood_round.c.until <= now).values(secret=""))
            since = to_text(self._now() - timedelta(weeks=WEEKS + 1))
            shown = (mood_round.c.until <= now) & (mood_round.c.until > since) & mood_round.c.team.in_(teams)
            query = select(mood_round).where(shown).order_by(mood_round.c.week.desc(), mood_round.c.team)
            rounds = (await connection.execute(query)).all()
            tallies = await _tallies(connection, [row.id for row in rounds])
        return [_week(row, tallies[row.id], policy.mood_least) for row in rounds]

    async def _round(self, team: str, today: date) -> Round:
        """Of the week, made by whoever is asked first."""
        monday = today - timedelta(days=today.weekday())
        year, number, _ = monday.isocalendar()
        week = f"{year}-W{number:02}"
        round_id = f"{team}/{week}"
        async with self._database.reading() as connection:
            row = (await connection.execute(select(mood_round).where(mood_round.c.id == round_id))).first()
        if row is None:
            row = await self._made(round_id, team, week, monday)
        return Round(row.id, row.week, BlindKey(int(row.modulus, 16)), from_text(row.until))

    async def _made(self, round_id: str, team: str, week: str, monday: date) -> Any:
        made = await asyncio.to_thread(rsa.generate_private_key, 65537, KEY_BITS)
        numbers = made.private_numbers()
        until = datetime.combine(monday + TAKEN_FOR, time(), self._zone).astimezone(UTC)
        line = {"id": round_id, "team": team, "week": week, "until": to_text(until)}
        line |= {"modulus": f"{numbers.public_numbers.n:x}", "secret": f"{numbers.d:x}"}
        async with self._database.writing() as connection:
            await connection.execute(self._database.insert_new(mood_round, ("id",)), [line])
            return (await connection.execute(select(mood_round).where(mood_round.c.id == round_id))).one()

    async def _open_round(self, connection: AsyncConnection, round_id: str) -> Any:
        row = (await connection.execute(select(mood_round).where(mood_round.c.id == round_id))).first()
        if row is None or from_text(row.until) <= self._now() or not row.secret:
            raise NoRound(round_id)
        return row


async def care_policy(connection: AsyncConnection) -> CarePolicy:
    row = (await fetch(connection, "care_policy", [SITE])).get(SITE)
    return CarePolicy() if row is None else from_body(CarePolicy, row.id, row.version, row.body)


async def _tallies(connection: AsyncConnection, rounds: Sequence[str]) -> Mapping[str, dict[int, int]]:
    found: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for row in await connection.execute(select(mood_tally).where(mood_tally.c.round.in_(rounds))):
        found[row.round][row.level] = row.answers
    return found


def _week(row: Any, levels: Mapping[int, int], least: int) -> MoodWeek:
    answers = sum(levels.values())
    if answers < least:
        return MoodWeek(row.team, row.week, None, None)
    return MoodWeek(
        row.team, row.week, answers, round(sum(level * count for level, count in levels.items()) / answers, 1)
    )
