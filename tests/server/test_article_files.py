"""Rows of files of articles on both databases: who holds them as articles come and go, and when they are let go."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from agent_model.article_file import id_of
from agent_model.desk_policy import AttachmentRule
from agent_server.article_file_rows import hold, take_in
from agent_server.article_files import let_go
from agent_server.article_store import ArticleStore
from agent_server.changeset import Changeset
from agent_server.database import Database
from agent_server.row_changes import THE_SERVER, Signature
from agent_server.settings import Settings, read_secret
from tests.server.conftest import NewSite, executed

PNG = b"\x89PNG\r\n\x1a\n and so on"
ID = id_of(PNG)
NAMES_IT = f"![x](kb-file:{ID})"
NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


def done(settings: Settings, work: Callable[[Changeset, ArticleStore], Awaitable[Any]]) -> None:
    store = ArticleStore(settings.home, read_secret(settings.home))

    async def working() -> None:
        database = Database(settings.database, pooled=False)
        try:
            async with database.writing() as connection:
                changes = Changeset(database, connection, Signature(THE_SERVER, NOW))
                await work(changes, store)
                await changes.write()
        finally:
            await database.close()

    asyncio.run(working())


def later(settings: Settings, days: int) -> int:
    async def working() -> int:
        database = Database(settings.database, pooled=False)
        try:
            return await let_go(database, settings.home, NOW + timedelta(days=days))
        finally:
            await database.close()

    return asyncio.run(working())


def live(settings: Settings) -> list[Any]:
    return [bool(row[0]) for row in executed(settings, "SELECT is_live FROM article_file")]


def test_file_is_live_while_an_article_names_it_and_goes_when_nothing_does(new_site: NewSite) -> None:
    settings = new_site()
    done(settings, lambda changes, store: take_in(changes, store, PNG, AttachmentRule(), "ye.wen", NOW))
    assert live(settings) == [False]
    done(settings, lambda changes, _: hold(changes, "KB-1", "", NAMES_IT, NOW))
    done(settings, lambda changes, _: hold(changes, "KB-2", "", NAMES_IT, NOW))
    done(settings, lambda changes, _: hold(changes, "KB-1", NAMES_IT, "", NOW))
    assert live(settings) == [True]
    assert later(settings, days=91) == 0

    done(settings, lambda changes, _: hold(changes, "KB-2", NAMES_IT, "", NOW))
    executed(
        settings,
        "INSERT INTO kept_version (entity, row_id, version, body) VALUES ('article', 'KB-2', 1, :body)".replace(
            ":body", f'\'{{"body": "{NAMES_IT}"}}\''
        ),
    )
    assert later(settings, days=91) == 0
    executed(settings, "DELETE FROM kept_version WHERE row_id = 'KB-2'")

    assert later(settings, days=89) == 0
    assert later(settings, days=91) == 1
    assert live(settings) == []
    assert not ArticleStore(settings.home, read_secret(settings.home)).has(ID)
