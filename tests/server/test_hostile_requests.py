"""Requests meant to do harm: guesses in a crowd, great sizes, great depths, and what must not stand in a log."""

import logging
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from agent_server.__main__ import main
from tests.in_process import ServerThread, serving
from tests.server.conftest import NewSite, executed
from tests.server.workstation import Workstation


def nested(levels: int) -> Any:
    value: Any = "x"
    for _ in range(levels):
        value = [value]
    return value


def test_guesses_sent_together_are_counted_one_by_one(server: ServerThread) -> None:
    def guess(number: int) -> int:
        body = {"login": "wang.qiang", "password": f"guess {number}"}
        return httpx.post(f"{server.address}/auth/sign-in", json=body).status_code

    with ThreadPoolExecutor(20) as crowd:
        codes = list(crowd.map(guess, range(20)))

    assert (codes.count(401), codes.count(429)) == (5, 15)


def test_locked_account_is_out_at_once(server: ServerThread, seat: Workstation) -> None:
    executed(server.settings, "UPDATE account SET is_locked = TRUE WHERE agent_id = 'lin.yue'")

    assert seat.http.get("/sync/v1/hello").json() == {"error": "not_signed_in"}


@pytest.mark.parametrize("path", ["/auth/sign-in", "/auth/refresh", "/auth/sign-out"])
def test_stranger_may_not_send_much(server: ServerThread, path: str) -> None:
    answer = httpx.post(server.address + path, content=b'"' * 20_000, headers={"Content-Type": "application/json"})

    assert (answer.status_code, answer.json()) == (413, {"error": "too_large"})


@pytest.mark.parametrize(
    "body",
    [b'{"login": "\\ud800", "password": "x"}', b'{"login": "x", "password": "\\ud800"}', b"[" * 10_000],
    ids=["surrogate login", "surrogate password", "deep"],
)
def test_odd_sign_in_is_refused_in_words(server: ServerThread, body: bytes) -> None:
    answer = httpx.post(f"{server.address}/auth/sign-in", content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code in (400, 401, 422)
    assert answer.json()["error"] in ("wrong_password", "bad_request")


def test_body_that_never_ends_is_not_waited_for(new_site: NewSite) -> None:
    with serving(replace(new_site(), body_within_s=0.3)) as server:
        line = HTTPConnection(server.address.removeprefix("http://"), timeout=20)
        line.putrequest("POST", "/auth/sign-in")
        line.putheader("Content-Type", "application/json")
        line.putheader("Content-Length", "100")
        line.endheaders(b"{")
        told = line.getresponse()
        answer = (told.status, told.read())
        line.close()

    assert answer == (408, b'{"error":"too_slow"}')


@pytest.mark.parametrize(
    ("seen", "wanted"),
    [(nested(20), "x"), ("x", nested(20)), ("x" * 300_000, "x"), ("x", "x" * 300_000)],
    ids=["deep seen", "deep wanted", "long seen", "long wanted"],
)
def test_immoderate_field_is_refused_before_anything_is_kept(seat: Workstation, seen: Any, wanted: Any) -> None:
    answer = seat.post([seat.op("customer", "C-1", "update", {"name": (seen, wanted)})])

    assert (answer.status_code, answer.json()["error"]) == (422, "bad_request")


def test_row_does_not_grow_without_end(seat: Workstation) -> None:
    note = {"text": "很" * 20_000, "author": "lin.yue", "at": "2026-11-21T10:00:00.000Z"}
    answers = [seat.push(seat.op("customer", "C-1", "append", {"notes": [None, note]}))[0] for _ in range(20)]
    seat.sync()

    assert [answer["reason"] for answer in answers] == [None] * 17 + ["bad_field"] * 3
    assert len(seat.row("customer", "C-1")["body"]["notes"]) == 17


def test_note_of_a_customer_has_an_end(seat: Workstation) -> None:
    note = {"text": "很" * 20_001, "author": "lin.yue", "at": "2026-11-21T10:00:00.000Z"}
    [answer] = seat.push(seat.op("customer", "C-1", "append", {"notes": [None, note]}))
    assert (answer["verdict"], answer["reason"]) == ("rejected", "bad_field")


@pytest.mark.parametrize("field", ["queue", "department", "category"])
def test_text_longer_than_its_column_is_refused_on_every_database(seat: Workstation, field: str) -> None:
    answers = seat.push(seat.ticket(**{field: "q" * 129}))

    assert [(answer["verdict"], answer["reason"]) for answer in answers] == [("rejected", "bad_field")]


def test_number_that_could_not_be_kept_is_refused(seat: Workstation) -> None:
    seat.sync()
    seen = seat.row("customer", "C-1")["body"]["phones"]
    answers = seat.push(seat.op("customer", "C-1", "update", {"phones": (seen, ["+86" + "1" * 70])}))

    assert [(answer["verdict"], answer["reason"]) for answer in answers] == [("rejected", "bad_field")]


def test_path_cannot_forge_a_line_of_the_log(server: ServerThread, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "agent_server.requests")
    httpx.get(f"{server.address}/x%0aINFO forged{'y' * 5000}")
    httpx.get(f"{server.address}/health")
    server.stop()

    lines = [record.getMessage() for record in caplog.records if record.name == "agent_server.requests"]
    assert len(lines) == 2
    assert lines[0].startswith("GET /x\\nINFO forged")
    assert not any("\n" in line or len(line) > 300 for line in lines)


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
def test_stranger_is_not_given_a_map(server: ServerThread, path: str) -> None:
    assert httpx.get(server.address + path).json() == {"error": "not_found"}


def test_error_of_the_database_does_not_say_whose_row_it_was(server: ServerThread) -> None:
    engines = (server.app_server.database._reader, server.app_server.database._writer)

    assert all(engine.sync_engine.hide_parameters for engine in engines)


def test_zero_in_a_text_is_refused(seat: Workstation) -> None:
    ops = orjson.dumps({"device_id": seat.device_id, "ops": [seat.ticket(queue="a\x00b")]})
    answer = seat.http.post("/sync/v1/ops", content=ops).json()["answers"][0]

    assert (answer["verdict"], answer["reason"]) == ("rejected", "bad_field")


def test_database_is_its_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        assert main(["init", "--database", str(tmp_path / "site" / "a.db"), "--home", str(tmp_path / "site")]) == 0
    finally:
        os.umask(before)

    owner_alone = 0o600 if os.name == "posix" else 0o666  # Windows has no modes; the folder's rights decide there
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "site").iterdir()}
    assert modes["a.db"] == owner_alone
    assert modes["secret.key"] == owner_alone
