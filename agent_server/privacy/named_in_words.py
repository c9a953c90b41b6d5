"""An erased person's name out of what colleagues wrote of the knowledge base: feedback, searches, decided gaps."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import ColumnElement, func, or_, select, update

from agent_model.search_record import form_of
from agent_server import tables
from agent_server.changeset import Changeset
from agent_server.privacy.tombstones import Key
from agent_server.rows import Stored

SAID_IN: Final[Mapping[str, tuple[str, ...]]] = {
    "article_feedback": ("question", "words", "answer"),
    "gap_decision": ("question", "reason", "form"),
}
"""Rows that belong to no customer, and their fields in which somebody may have named one."""
LEAST_SIGNS: Final = 2
INSTEAD: Final = "**"


async def take_out_name(changes: Changeset, name: str) -> list[Key]:
    """The rows in which the name stood, as it is written; `changes` is written by the caller. A name of one sign is a
    word like others and stays."""
    name = name.strip()
    if len(name) < LEAST_SIGNS:
        return []
    said = re.compile(re.escape(name), re.IGNORECASE)
    found: list[Key] = []
    for entity, fields in SAID_IN.items():
        table = tables.NOUN_TABLES[entity]
        query = select(table.c.id).where(or_(*(_says(table.c[field], name) for field in fields)))
        ids = (await changes.connection.scalars(query)).all()
        await changes.load(entity, ids)
        for row_id in ids:
            if (row := changes.get(entity, row_id)) is not None:
                changes.put(_without(row, said, fields))
                found.append((entity, row_id))
    await _out_of_searches(changes, name, said)
    return found


def _says(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    return func.lower(column).contains(name.lower(), autoescape=True)


def _without(row: Stored, said: re.Pattern[str], fields: Sequence[str]) -> Stored:
    texts = {field: said.sub(INSTEAD, row.body[field]) for field in fields}
    if "form" in texts:
        texts["form"] = form_of(texts["question"])
    return replace(row, version=row.version + 1, body={**row.body, **texts})


async def _out_of_searches(changes: Changeset, name: str, said: re.Pattern[str]) -> None:
    record = tables.search_record.c
    query = select(record.batch, record.n, record.question).where(_says(record.question, name))
    for batch, n, question in (await changes.connection.execute(query)).all():
        masked = said.sub(INSTEAD, question)
        words = {"question": masked, "form": form_of(masked), "sound": ""}
        one = update(tables.search_record).where(record.batch == batch, record.n == n)
        await changes.connection.execute(one.values(**words))
