"""How long the demo company's agents were signed in these weeks, and who began lately: for a newcomer's curve."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from random import Random

from agent_model.agent import AgentState
from demo import company

NEWCOMER = "gao.fei"
JOINED_DAYS = 41
WEEKS = 14
WORKDAYS = 5
SIGNED_IN_S = range(40 * 60, 60 * 60)
"""A day. The demo's customers are a tenth of what such a team serves, and so is its time."""


def note_hours(database: Path, today: date) -> None:
    """Writes them beside a server that is not running, as it would have noted them from day to day."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.executemany(
            "INSERT INTO agent_time (agent_id, day, state, seconds) VALUES (?, ?, ?, ?)", tuple(_lines(today))
        )


def joined_on(today: date) -> date:
    return today - timedelta(days=JOINED_DAYS)


def _lines(today: date) -> Iterator[tuple[str, str, str, int]]:
    chance = Random(7)  # noqa: S311 - the same on every machine
    for agent in company.agents():
        for ago in range(1, WEEKS * 7):
            day = today - timedelta(days=ago)
            if day.isoweekday() <= WORKDAYS and (agent["login"] != NEWCOMER or day >= joined_on(today)):
                yield agent["login"], day.isoformat(), AgentState.READY.value, chance.choice(SIGNED_IN_S)
