"""Whatever is wrong with a request, it is refused with its own code, and nothing is other than before."""

import gzip
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import httpx
import jwt
import pytest

from agent_model.agent import Role
from agent_model.moment import to_text
from agent_model.wire import OPS_A_BATCH
from agent_server.settings import read_secret
from tests.in_process import ServerThread
from tests.server.conftest import SitAt, everything_in
from tests.server.officers import appoint
from tests.server.workstation import Workstation

Send = Callable[[Workstation], httpx.Response]
AsItWas = Callable[[], bool]

YEAR = timedelta(days=366)
JSON = {"Content-Type": "application/json"}


def ops(seat: Workstation, **more: Any) -> dict[str, Any]:
    return {"device_id": seat.device_id, "ops": [seat.ticket()], **more}


def with_op(seat: Workstation, **more: Any) -> dict[str, Any]:
    return {"device_id": seat.device_id, "ops": [{**seat.ticket(), **more}]}


def raw(content: bytes) -> Send:
    return lambda seat: seat.http.post("/sync/v1/ops", content=content, headers=JSON)


def posted(make: Callable[[Workstation], Any], path: str = "/sync/v1/ops") -> Send:
    return lambda seat: seat.http.post(path, json=make(seat))


def got(path: str, **params: str) -> Send:
    return lambda seat: seat.http.get(path, params=params)


def falling(seat: Workstation) -> dict[str, Any]:
    first, second = seat.ticket(), seat.ticket()
    return {"device_id": seat.device_id, "ops": [second, first]}


@pytest.fixture(scope="module")
def as_it_was(unharmed_server: ServerThread, unharmed: Workstation) -> AsItWas:
    """Whether everything there is stands as it did before the first of them."""
    before = everything_in(unharmed_server.settings)
    return lambda: everything_in(unharmed_server.settings) == before


@pytest.mark.parametrize(
    ("send", "status", "code"),
    [
        (raw(b"{"), 400, "bad_request"),
        (raw(b""), 400, "bad_request"),
        (raw(b"\xff\xfe"), 400, "bad_request"),
        (raw(b"[" * 5000), 400, "bad_request"),
        (raw(b"[]"), 422, "bad_request"),
        (raw(b"null"), 422, "bad_request"),
        (raw(b"{}"), 403, "device_not_yours"),
        (raw(b" " * 4_194_305), 413, "too_large"),
        (posted(lambda seat: ops(seat, surplus=1)), 422, "bad_request"),
        (posted(lambda seat: ops(seat, ops={})), 422, "bad_request"),
        (posted(lambda seat: ops(seat, ops=[[]])), 422, "bad_request"),
        (posted(lambda seat: ops(seat, device_id="another's")), 403, "device_not_yours"),
        (posted(lambda seat: ops(seat, device_id=None)), 403, "device_not_yours"),
        (posted(lambda seat: ops(seat, ops=[seat.ticket() for _ in range(OPS_A_BATCH + 1)])), 422, "too_many_ops"),
        (posted(falling), 422, "ops_out_of_order"),
        (posted(lambda seat: with_op(seat, surplus=1)), 422, "bad_request"),
        (posted(lambda seat: with_op(seat, kind="delete")), 422, "bad_request"),
        (posted(lambda seat: with_op(seat, fields={"name": "x"})), 422, "bad_request"),
        (posted(lambda seat: with_op(seat, device_seq="1")), 422, "bad_request"),
        (posted(lambda seat: with_op(seat, device_seq=True)), 422, "bad_request"),
        (posted(lambda seat: with_op(seat, base_version=-1)), 422, "bad_request"),
        (posted(lambda seat: with_op(seat, depends_on=[])), 422, "bad_request"),
        (posted(lambda seat: with_op(seat, depends_on={})), 422, "bad_request"),
        (posted(lambda seat: with_op(seat, depends_on=0)), 422, "bad_request"),
        (posted(lambda seat: with_op(seat, depends_on="")), 422, "bad_request"),
        (posted(lambda seat: with_op(seat, entity="e" * 33)), 422, "bad_request"),
        (posted(lambda seat: with_op(seat, op_id="o" * 65)), 422, "bad_request"),
        (posted(lambda seat: with_op(seat, id="i" * 129)), 422, "bad_request"),
        (posted(lambda seat: with_op(seat, author="a" * 129)), 422, "bad_request"),
        (posted(lambda seat: with_op(seat, author="a\x00")), 422, "bad_request"),
        (posted(lambda seat: with_op(seat, device_seq=2**53 + 1)), 422, "bad_request"),
        (posted(lambda seat: with_op(seat, occurred_at="9999-12-31T23:59:59-14:00")), 422, "bad_request"),
        (raw(b'{"device_id": NaN}'), 400, "bad_request"),
        (raw(b'{"device_id": -Infinity}'), 400, "bad_request"),
        (raw(b'{"device_id": "\\ud800"}'), 400, "bad_request"),
        (raw(gzip.compress(b" " * 50_000_000)), 400, "bad_request"),
        (posted(lambda seat: with_op(seat, occurred_at="2026-11-21T10:00:00")), 422, "bad_request"),
        (posted(lambda seat: with_op(seat, occurred_at=to_text(datetime.now(UTC) + YEAR))), 422, "clock_ahead"),
        (got("/sync/v1/changes", scope="own:wang.qiang", since="0"), 403, "scope_not_yours"),
        (got("/sync/v1/changes", scope="customers:'; --", since="0"), 403, "scope_not_yours"),
        (got("/sync/v1/changes", scope="org", since="-1"), 422, "bad_request"),
        (got("/sync/v1/changes", scope="org", since="٣"), 422, "bad_request"),
        (got("/sync/v1/changes", scope="org", since="0", limit="5001"), 422, "bad_request"),
        (got("/sync/v1/changes", scope="org", since="999999999"), 410, "cursor_expired"),
        (got("/sync/v1/snapshot/own:wang.qiang"), 403, "scope_not_yours"),
        (got("/sync/v1/verify", scope="own:wang.qiang"), 403, "scope_not_yours"),
        (lambda seat: seat.http.get("/sync/v1/snapshot/org", headers={"Range": "bytes=9-1"}), 416, "bad_range"),
        (lambda seat: seat.http.get("/sync/v1/snapshot/org", headers={"Range": "lines=1"}), 416, "bad_range"),
        (lambda seat: seat.http.get("/sync/v1/hello", headers={"X-Sync-Protocol": "0"}), 426, "client_too_old"),
        (lambda seat: seat.http.get("/sync/v1/hello", headers={"X-Sync-Protocol": "99"}), 426, "client_too_new"),
        (lambda seat: seat.http.get("/sync/v1/hello", headers={"X-Sync-Protocol": "x"}), 400, "bad_request"),
        (posted(lambda _seat: {"name": "", "platform": "", "surplus": 1}, "/sync/v1/devices"), 422, "bad_request"),
        (posted(lambda _seat: {"login": "a", "password": "b", "surplus": 1}, "/auth/sign-in"), 422, "bad_request"),
        (posted(lambda _seat: {"refresh": "x", "surplus": 1}, "/auth/refresh"), 422, "bad_request"),
        (lambda seat: seat.http.patch("/sync/v1/ops"), 405, "method_not_allowed"),
        (got("/sync/v1/nothing"), 404, "not_found"),
        (got("/sync/v1/hello/"), 404, "not_found"),
        (got("/sync/v1/snapshot/org/"), 403, "scope_not_yours"),
        (got("/sync/v1/snapshot/..%2F..%2Fsecret.key"), 403, "scope_not_yours"),
        (got("/sync/v1/snapshot/customers:home%00"), 403, "scope_not_yours"),
        (got("/sync/v1/conflicts", after="\x00"), 422, "bad_request"),
        (lambda seat: seat.http.get("/sync/v1/hello", headers={"X-Long": "x" * 17_000}), 431, "headers_too_large"),
    ],
)
def test_wrong_request_is_refused_and_changes_nothing(
    unharmed: Workstation, as_it_was: AsItWas, send: Send, status: int, code: str
) -> None:
    answer = send(unharmed)

    assert (answer.status_code, answer.json()["error"]) == (status, code)
    assert as_it_was()


@pytest.mark.parametrize("wanted", ["bytes=999999999-", "bytes=9-1", "lines=1", "bytes=0-1,3-4"])
def test_range_of_a_file_that_is_gone_is_answered_with_the_whole_new_one(seat: Workstation, wanted: str) -> None:
    whole = seat.http.get("/sync/v1/snapshot/org")
    for named in ('"of another file"', whole.headers["Last-Modified"]):
        answer = seat.http.get("/sync/v1/snapshot/org", headers={"Range": wanted, "If-Range": named})

        assert (answer.status_code, answer.content) == (200, whole.content)


def test_slice_with_an_odd_name_can_be_taken_and_no_other_file(server: ServerThread, sit_at: SitAt) -> None:
    appoint(server.settings, "../a b", Role.EDITOR)
    odd = sit_at("../a b", "odd")
    path = f"/sync/v1/snapshot/{quote('own:../a b', safe='')}"

    assert odd.http.get(f"{path}/manifest").json()["scope"] == "own:../a b"
    assert odd.http.get(path).status_code == 200
    refused = odd.http.get(f"/sync/v1/snapshot/{quote('own:../lin.yue', safe='')}")
    assert (refused.status_code, refused.json()["error"]) == (403, "scope_not_yours")


def test_replayed_batch_changes_nothing_more(server: ServerThread, seat: Workstation) -> None:
    batch = [seat.ticket() for _ in range(3)]
    seat.push(*batch)
    before = everything_in(server.settings)

    assert [answer["verdict"] for answer in seat.push(*batch)] == ["duplicate"] * 3
    assert [answer["verdict"] for answer in seat.push(batch[2])] == ["duplicate"]
    assert everything_in(server.settings) == before


@pytest.mark.parametrize(
    "forged",
    [
        {"exp": 0},
        {"exp": "never"},
        {"aud": "another program"},
        {"sid": "00000000-0000-0000-0000-000000000000"},
        {"sid": None},
    ],
    ids=["expired", "no date", "another audience", "another session", "no session"],
)
def test_forged_claims_are_no_token_even_with_the_right_key(
    server: ServerThread, seat: Workstation, forged: dict[str, Any]
) -> None:
    secret = read_secret(server.settings.home)
    claims = jwt.decode(seat.access, secret, algorithms=["HS256"], audience="agent-desktop") | forged
    access = jwt.encode({name: value for name, value in claims.items() if value is not None}, secret)
    answer = seat.http.get("/sync/v1/hello", headers={"Authorization": f"Bearer {access}"})

    assert (answer.status_code, answer.json()) == (401, {"error": "not_signed_in"})


@pytest.mark.parametrize(("algorithm", "key"), [("none", ""), ("HS256", "0" * 64), ("HS512", None)])
def test_token_with_another_signature_is_none(
    server: ServerThread, seat: Workstation, algorithm: str, key: str | None
) -> None:
    secret = read_secret(server.settings.home)
    claims = jwt.decode(seat.access, secret, algorithms=["HS256"], audience="agent-desktop")
    access = jwt.encode(claims, secret if key is None else key, algorithm=algorithm)
    answer = seat.http.get("/sync/v1/hello", headers={"Authorization": f"Bearer {access}"})

    assert (answer.status_code, answer.json()) == (401, {"error": "not_signed_in"})
