"""What a server says of itself to whoever asks, without a sign-in."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sqlalchemy import text

from agent_desktop.sync.client import ServerClient
from agent_server.database import REVISION_TABLE, Database
from agent_server.settings import Settings
from tests.in_process import ServerThread


async def drop_version(settings: Settings) -> None:
    database = Database(settings.database, pooled=False)
    async with database.writing() as connection:
        await connection.execute(text(f"DROP TABLE {REVISION_TABLE}"))
    await database.close()


def test_server_says_that_it_is_ready(server: ServerThread) -> None:
    answer = httpx.get(f"{server.address}/health/ready")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})


def test_server_without_its_database_lives_and_is_not_ready(
    server: ServerThread, caplog: pytest.LogCaptureFixture
) -> None:
    asyncio.run(drop_version(server.settings))
    answer = httpx.get(f"{server.address}/health/ready")
    assert (answer.status_code, answer.json()["error"]) == (503, "try_again")
    assert httpx.get(f"{server.address}/health").json()["status"] == "ok"
    caplog.clear()


def test_workstation_learns_version_distance_and_time(server: ServerThread) -> None:
    client = ServerClient(server.address, lambda _: None)
    seen = client.look()
    client.close()
    assert seen.version
    assert 0 <= seen.took_ms < 60_000
    assert seen.at is not None
    assert abs(seen.at - datetime.now(UTC)) < timedelta(minutes=1)
    assert (seen.issuer, seen.ends) == ("", None)
