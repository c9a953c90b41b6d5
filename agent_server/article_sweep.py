"""What happens to articles by themselves: published at the moment that was set, over when their time is."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, or_, select

from agent_model.article_draft import DraftState
from agent_model.moment import from_text, to_text
from agent_model.scope import Scope
from agent_server.articles import load_articles, publish
from agent_server.changeset import Changeset
from agent_server.database import Database
from agent_server.rounds import Rounds
from agent_server.row_changes import THE_SERVER, Signature
from agent_server.rows import Stored
from agent_server.tables import article_draft

log = logging.getLogger("agent_server.articles")

AT_ONCE: Final = 50
"""Articles in one transaction, so that no writer waits long."""


class ArticleSweep:
    """Looks every `every_s` seconds. Any number of processes may: a row is held while it is written, and whoever comes
    second finds it written."""

    def __init__(
        self,
        database: Database,
        every_s: float,
        moved: Callable[[Mapping[Scope, int]], None],
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._moved = moved
        self._now = now
        self.rounds = Rounds(self.run, every_s, log, "the articles were not looked at")

    async def run(self) -> int:
        """Everything that is due by now; how many articles it was."""
        now, moved = self._now(), 0
        while due := await self._due(to_text(now)):
            async with self._database.writing() as connection:
                changes = Changeset(self._database, connection, Signature(THE_SERVER, now))
                await changes.load("article_draft", due)
                await load_articles(changes, due)
                moved += sum([await _moved(changes, row, now) for row in changes.held("article_draft")])
                heads = await changes.write()
            self._moved(heads)
        return moved

    async def _due(self, now: str) -> list[str]:
        query = select(article_draft.c.id).where(_is_due(now)).order_by(article_draft.c.id).limit(AT_ONCE)
        async with self._database.reading() as connection:
            return list(await connection.scalars(query))


def _is_due(now: str) -> ColumnElement[bool]:
    draft = article_draft.c
    return or_(
        (draft.state == DraftState.SCHEDULED.value) & (draft.publish_at <= now),
        (draft.state == DraftState.PUBLISHED.value) & (draft.valid_to <= now),
    )


async def _moved(changes: Changeset, row: Stored, now: datetime) -> bool:
    fields: dict[str, Any] = {}
    if row.body["state"] == DraftState.SCHEDULED and from_text(row.body["publish_at"]) <= now:
        live = changes.get("article", row.id)
        if live is not None and row.body["based_on"] != live.body["updated_at"]:  # an import came first: see both
            fields = {"state": DraftState.REVIEW.value, "publish_at": None}
        else:
            fields = await publish(changes, row.id, row.body, row.body["reviewer"], now)
    elif row.body["state"] == DraftState.PUBLISHED and row.body["valid_to"] and from_text(row.body["valid_to"]) <= now:
        fields = {"state": DraftState.EXPIRED.value}
    if fields:
        changes.put(replace(row, version=row.version + 1, body={**row.body, **fields}))
    return bool(fields)
