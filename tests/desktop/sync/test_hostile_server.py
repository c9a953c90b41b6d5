"""A server that answers nonsense, or means harm: nothing crashes, nothing fills the memory, the next try is made."""

import gzip
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import httpx
import orjson
import pytest
import zstandard

from agent_desktop.errors import AnswerGarbled
from agent_desktop.offline.fresh import TABLES
from agent_desktop.sync import client as client_module
from agent_desktop.sync.client import ServerClient
from agent_desktop.sync.events import Offline
from agent_desktop.sync.live import Live, LiveEvent, Poke
from agent_desktop.sync.snapshot import SnapshotFile
from agent_model.scope import ORG
from agent_model.wire import Row
from tests.desktop.sync.conftest import SitDown
from tests.in_process import PASSWORD, ServerThread

PAGE = {"scope": "org", "rows": [], "evicted": [], "deleted": [], "next": 5, "head": 9, "more": False}
HELLO = {"server": "1", "protocol": 1, "epoch": "e", "server_time": "", "scopes": {"org": 5}}
MANIFEST = {"base_seq": 5, "epoch": "e", "sha256": "x", "size": 10, "rows": 1}
ROW = {"entity": "team", "id": "a", "version": 1, "body": {}}
ENDLESS = (
    "CREATE VIEW row AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) "
    "SELECT 'org' entity, 'a' id, 1 version, '{}' body FROM c"
)
A_STATE = {"type": "state", "agent": "a", "state": "ready", "since": "2026-11-21T10:00:00.000Z"}


class Answers(httpx.BaseTransport):
    """Gives every request the same answer."""

    def __init__(self, body: bytes, headers: dict[str, str] | None = None, status: int = 200) -> None:
        self._made: Callable[[], httpx.Response] = lambda: httpx.Response(
            status, headers=headers, stream=httpx.ByteStream(body)
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:  # noqa: ARG002
        return self._made()


def client_of(transport: httpx.BaseTransport) -> ServerClient:
    return ServerClient("http://server.example", lambda _token: None, transport)


def answering(plain: Any) -> ServerClient:
    return client_of(Answers(orjson.dumps(plain)))


def packed(script: str) -> bytes:
    with closing(sqlite3.connect(":memory:")) as made:
        made.executescript(script)
        return zstandard.ZstdCompressor().compress(made.serialize())


@pytest.mark.parametrize(
    "wrong",
    [
        {"next": "5"},
        {"next": 5.5},
        {"next": True},
        {"next": -1},
        {"next": 10**15},
        {"next": 0, "more": True},
        {"head": "x"},
        {"scope": "own:x"},
        {"rows": {"a": 1}},
        {"rows": [ROW | {"entity": ["x"]}]},
        {"rows": [ROW | {"id": {"a": 1}}]},
        {"rows": [ROW | {"version": "1"}]},
        {"rows": [ROW | {"version": 2**60}]},
        {"rows": [ROW | {"body": [1]}]},
        {"rows": [None]},
        {"evicted": ["ab"]},
        {"deleted": [[1, 2]]},
    ],
    ids=str,
)
def test_page_with_a_wrong_kind_of_value_is_garbled(wrong: dict[str, Any]) -> None:
    with pytest.raises(AnswerGarbled):
        answering(PAGE | wrong).changes(ORG, 0)


@pytest.mark.parametrize(
    "wrong",
    [{"scopes": {"org": -5}}, {"scopes": ["org"]}, {"scopes": {"a|b": 1}}, {"scopes": {"met": 1}}, {"epoch": None}],
    ids=str,
)
def test_greeting_with_a_wrong_kind_of_value_is_garbled(wrong: dict[str, Any]) -> None:
    with pytest.raises(AnswerGarbled):
        answering(HELLO | wrong).hello()


@pytest.mark.parametrize("wrong", [{"base_seq": -3}, {"size": 10**15}, {"rows": -1}, {"sha256": 5}], ids=str)
def test_manifest_out_of_all_bounds_is_garbled(wrong: dict[str, Any]) -> None:
    with pytest.raises(AnswerGarbled):
        answering(MANIFEST | wrong).manifest(ORG)


def test_token_that_is_no_header_is_not_taken() -> None:
    agent = {"entity": "agent", "id": "a", "version": 1, "body": {}}
    with pytest.raises(AnswerGarbled):
        answering({"agent": agent, "access": "é\r\nX: y", "refresh": "r"}).sign_in("a", "b", "c")


def test_answer_without_an_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "LARGEST_ANSWER", 2**20)
    bomb = gzip.compress(b" " * 8 * 2**20)

    with pytest.raises(AnswerGarbled, match="without an end"):
        client_of(Answers(bomb, {"Content-Encoding": "gzip"})).hello()
    with pytest.raises(AnswerGarbled, match="without an end"):
        client_of(Answers(bomb, {"Content-Encoding": "gzip"}, status=500)).hello()


def test_snapshot_that_would_fill_the_memory_is_not_unpacked() -> None:
    with pytest.raises(AnswerGarbled, match="size"):
        SnapshotFile(zstandard.ZstdCompressor().compress(b"\0" * 50_000_000))


@pytest.mark.parametrize(
    "script",
    [
        ENDLESS,
        "CREATE TABLE row(entity, id, version, body); CREATE TABLE other(a)",
        "CREATE TABLE other(a)",
    ],
    ids=["endless view", "another table", "no rows"],
)
def test_snapshot_is_one_table_and_nothing_else(script: str) -> None:
    with pytest.raises(AnswerGarbled):
        SnapshotFile(packed(script))


def test_row_of_a_snapshot_with_a_wrong_kind_of_value_is_garbled() -> None:
    script = "CREATE TABLE row(entity, id, version, body); INSERT INTO row VALUES ('team', 'a', 'x', '{}')"
    with closing(SnapshotFile(packed(script))) as snapshot, pytest.raises(AnswerGarbled):
        next(snapshot.rows(10))


@pytest.mark.parametrize(
    "row",
    [
        "'team', 'a', 'x', '{}'",
        "'team', 'a', -1, '{}'",
        "'team', 7, 1, '{}'",
        "'customer', 'a', 1, NULL",
        "'customer', 'a', 1, '[]'",
        "'customer', 'a', 1, '{'",
        "'customer', 'a', 1, x'7b7d'",
        "'customer', 'a', 1, '{\"name\": \"\\ud800\"}'",
        "'customer', 'a', 1, '" + '{"a":' * 1500 + "1" + "}" * 1500 + "'",
    ],
)
def test_first_rows_with_a_wrong_kind_of_value_are_garbled(row: str) -> None:
    script = f"CREATE TABLE row(entity, id, version, body); INSERT INTO row VALUES ({row})"  # noqa: S608
    with closing(SnapshotFile(packed(script))) as snapshot, pytest.raises(AnswerGarbled):
        [rows for table in TABLES for rows in snapshot.columns(table, "|org|", 10)]


def test_body_with_wrong_kinds_of_fields_does_not_stop_the_sync(server: ServerThread, sit_down: SitDown) -> None:
    seat = sit_down(server.address)
    odd = {"name": ["x"], "phones": [1, None, "+8613800000009"], "customer_id": {"a": 1}, "at": 5, "status": []}

    seat.mirror.apply(ORG, [Row(entity, "odd", 1, odd) for entity in ("customer", "contact", "ticket")], None)
    seat.mirror.apply(ORG, [Row("customer", "odder", 1, {"phones": 5})], None)

    assert [row.id for row in seat.mirror.customers_with("+8613800000009")] == ["odd"]  # type: ignore[arg-type]


def test_snapshot_of_another_life_is_not_taken(server: ServerThread, sit_down: SitDown) -> None:
    seat = sit_down(server.address)
    server.app_server.snapshots._epoch = "another"
    seat.sync()

    assert isinstance(seat.told[-1], Offline)
    assert seat.mirror.cursors() == {}


@pytest.mark.parametrize(
    "message",
    [
        "[" * 100_000,
        json.dumps(A_STATE | {"since": "0001-01-01T00:00:00+14:00"}),
        json.dumps(A_STATE | {"reason": {"a": 1}}),
        json.dumps({"type": "poke", "scope": ["org"], "head": 1}),
        json.dumps({"type": "poke", "scope": "org", "head": {}}),
        json.dumps({"type": "queues", "queues": [{"queue": 1, "waiting": "x"}]}),
        json.dumps({"type": "queues", "queues": 5}),
        json.dumps({"type": "confirmed", "agent": "a-1", "agreement": "maybe", "is_reachable": True, "why": ""}),
        "null",
        b"\xff\x00",
    ],
    ids=["deep", "before time", "reason", "scope", "head", "figures", "queues", "confirmed", "null", "bytes"],
)
def test_garbage_on_the_live_line_is_passed_over(message: str | bytes) -> None:
    told: list[LiveEvent] = []
    live = Live("http://server.example", lambda: "", told.append)

    live._read(message)
    live._read(json.dumps({"type": "poke", "scope": "org", "head": 7}))

    assert told == [Poke(ORG, 7)]


def test_no_secret_lies_on_the_disk(server: ServerThread, sit_down: SitDown) -> None:
    seat = sit_down(server.address)
    seat.sync()
    seat.file_ticket()
    secrets = (PASSWORD.encode(), seat.client.access.encode(), seat.client._refresh.encode())
    kept = b"".join(path.read_bytes() for path in seat.store.folder.rglob("*") if path.is_file())

    assert "客户 1".encode() not in kept
    assert not any(secret in kept for secret in secrets)
