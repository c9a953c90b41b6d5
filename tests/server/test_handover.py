"""Work left sealed on a seat: whoever brings it, it is applied once, in its author's name, with its own times."""

import hashlib
import hmac
import os
from typing import Any

import httpx
import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tests.in_process import PASSWORD, ServerThread, serving
from tests.server.conftest import SitAt, executed
from tests.server.workstation import Workstation

MAGIC = b"ADHO\x01"


def keys_of(seat: Workstation) -> dict[str, str]:
    shown = {"login": seat.login, "password": PASSWORD, "device_id": seat.device_id}
    answer: dict[str, str] = seat.http.post("/auth/sign-in", json=shown).json()
    return {name: answer[name] for name in ("unlock", "handover_public", "handover_key")}


def batch_of(seat: Workstation, *ops: Any, **changed: Any) -> bytes:
    return orjson.dumps({"author": seat.login, "device_id": seat.device_id, "ops": list(ops), **changed})


def seal(keys: dict[str, str], payload: bytes, proof: bytes | None = None) -> bytes:
    """As docs/sync.md says."""
    proof = proof or hmac.digest(bytes.fromhex(keys["handover_key"]), payload, hashlib.sha256)
    own, public = X25519PrivateKey.generate(), bytes.fromhex(keys["handover_public"])
    head = MAGIC + own.public_key().public_bytes_raw()
    shared = own.exchange(X25519PublicKey.from_public_bytes(public))
    key = HKDF(SHA256(), 32, head[5:] + public, b"agent-desktop handover 1").derive(shared)
    nonce = os.urandom(12)
    return head + nonce + AESGCM(key).encrypt(nonce, proof + payload, head)


def bring(seat: Workstation, sealed: bytes) -> httpx.Response:
    return seat.http.post("/sync/v1/handover", content=sealed)


def tickets(server: ServerThread) -> list[tuple[Any, ...]]:
    return executed(server.settings, "SELECT created_by, subject FROM ticket ORDER BY subject")


def test_batch_of_an_absent_author_is_applied_in_their_name(sit_at: SitAt, server: ServerThread) -> None:
    author, bearer = sit_at(), sit_at("luo.tao")
    wish = author.ticket(subject="封存的")
    sealed = seal(keys_of(author), batch_of(author, wish))

    answer = bring(bearer, sealed)

    assert (answer.status_code, answer.json()["accepted"], answer.json()["refused"]) == (200, 1, 0)
    assert tickets(server) == [("lin.yue", "封存的")]
    logged = executed(server.settings, "SELECT author, device_id, occurred_at FROM op_log")
    assert logged == [("lin.yue", author.device_id, wish["occurred_at"])]


def test_batch_that_is_brought_twice_or_sent_by_its_author_too_is_applied_once(
    sit_at: SitAt, server: ServerThread
) -> None:
    author, bearer = sit_at(), sit_at("luo.tao")
    wish = author.ticket(subject="一次")
    sealed = seal(keys_of(author), batch_of(author, wish))

    counts = [bring(bearer, sealed).json()["accepted"] for _ in range(2)]
    [own] = author.push(wish)

    assert counts == [1, 1]
    assert own["verdict"] == "duplicate"
    assert tickets(server) == [("lin.yue", "一次")]


def test_workstation_without_a_session_may_bring_a_batch_and_its_count_is_forgotten(
    sit_at: SitAt, server: ServerThread
) -> None:
    author, lead = sit_at(), sit_at("zhou.min")
    sealed = seal(keys_of(author), batch_of(author, author.ticket(subject="ohne Sitzung")))
    author.http.post("/sync/v1/unsent", json={"count": 1})
    before = lead.http.get("/sync/v1/unsent").json()["unsent"]

    answer = httpx.post(f"{server.address}/sync/v1/handover", content=sealed, headers={"X-Sync-Protocol": "1"})

    assert (answer.status_code, answer.json()["accepted"], len(before)) == (200, 1, 1)
    assert tickets(server) == [("lin.yue", "ohne Sitzung")]
    assert lead.http.get("/sync/v1/unsent").json() == {"unsent": []}


def test_author_learns_later_what_was_refused(sit_at: SitAt) -> None:
    author, bearer = sit_at(), sit_at("luo.tao")
    wrong, right = author.ticket("C-nobody"), author.ticket()

    answer = bring(bearer, seal(keys_of(author), batch_of(author, wrong, right))).json()
    told = [(given["verdict"], given["reason"]) for given in author.push(wrong, right)]

    assert (answer["accepted"], answer["refused"]) == (1, 1)
    assert told == [("rejected", "unknown_customer"), ("duplicate", None)]


def test_long_batch_is_taken_whole(sit_at: SitAt, server: ServerThread) -> None:
    author = sit_at()
    sealed = seal(keys_of(author), batch_of(author, *(author.ticket() for _ in range(450))))

    assert bring(sit_at("luo.tao"), sealed).json()["accepted"] == 450
    assert executed(server.settings, "SELECT count(*) FROM ticket") == [(450,)]


def test_bearer_cannot_write_in_anothers_name(sit_at: SitAt, server: ServerThread) -> None:
    author, bearer = sit_at(), sit_at("luo.tao")
    own = keys_of(bearer)
    answers = [
        bring(bearer, seal(own, batch_of(author, author.ticket()))),
        bring(bearer, seal(own, batch_of(bearer, bearer.ticket(), device_id=author.device_id))),
        bring(bearer, seal(own, batch_of(bearer, bearer.ticket()), b"\0" * 32)),
    ]

    assert [(answer.status_code, answer.json()["error"]) for answer in answers] == [(403, "handover_forged")] * 3
    assert tickets(server) == []


def test_command_of_another_author_in_a_batch_is_refused_alone(sit_at: SitAt, server: ServerThread) -> None:
    author, other = sit_at(), sit_at("luo.tao")
    foreign = other.ticket(subject="不是我的", created_by="luo.tao")
    sealed = seal(keys_of(author), batch_of(author, foreign, author.ticket(subject="我的")))

    assert bring(other, sealed).json()["refused"] == 1
    assert tickets(server) == [("lin.yue", "我的")]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _sealed: b"",
        lambda _sealed: b"ADHO\x01",
        lambda sealed: b"ADHO\x02" + sealed[5:],
        lambda sealed: sealed[:40],
        lambda sealed: sealed[:-1],
        lambda sealed: sealed[:-1] + bytes([sealed[-1] ^ 1]),
        lambda sealed: sealed[:10] + b"\0" + sealed[11:],
        lambda sealed: MAGIC + b"\0" * 32 + sealed[37:],
    ],
    ids=["nothing", "no head", "another format", "no body", "cut", "bit at the end", "bit in the key", "zero key"],
)
def test_spoilt_batch_is_unreadable(sit_at: SitAt, server: ServerThread, spoil: Any) -> None:
    author = sit_at()
    answer = bring(author, spoil(seal(keys_of(author), batch_of(author, author.ticket()))))

    assert (answer.status_code, answer.json()["error"]) == (422, "handover_unreadable")
    assert tickets(server) == []


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (b"not json", "handover_unreadable"),
        (b"[]", "handover_unreadable"),
        (b'{"author": 1, "device_id": "d", "ops": []}', "handover_unreadable"),
        (b'{"author": "a", "device_id": "d"}', "handover_unreadable"),
        (b'{"author": "\\ud800", "device_id": "d", "ops": []}', "handover_unreadable"),
    ],
)
def test_batch_of_something_else_is_unreadable(sit_at: SitAt, payload: bytes, code: str) -> None:
    author = sit_at()
    answer = bring(author, seal(keys_of(author), payload))

    assert (answer.status_code, answer.json()["error"]) == (422, code)


def test_commands_that_cannot_be_read_are_refused_with_the_whole_batch(sit_at: SitAt, server: ServerThread) -> None:
    author = sit_at()
    answers = [
        bring(author, seal(keys_of(author), batch_of(author, author.ticket(), {"op_id": 1}))),
        bring(author, seal(keys_of(author), batch_of(author, *reversed([author.ticket(), author.ticket()])))),
    ]

    assert [answer.json()["error"] for answer in answers] == ["bad_request", "ops_out_of_order"]
    assert tickets(server) == []


def test_batch_needs_somebody_who_is_signed_in(server: ServerThread, sit_at: SitAt) -> None:
    author = sit_at()
    sealed = seal(keys_of(author), batch_of(author, author.ticket()))
    headers = {"Authorization": "Bearer nobody"}

    answer = author.http.post("/sync/v1/handover", content=sealed, headers=headers)

    assert (answer.status_code, tickets(server)) == (401, [])


def test_keys_are_of_one_agent_on_one_device_and_stay_the_same(sit_at: SitAt) -> None:
    one, other, elsewhere = sit_at(), sit_at("luo.tao", "device of lin.yue"), sit_at("lin.yue", "elsewhere")
    keys = [keys_of(seat) for seat in (one, other, elsewhere)]
    renewed = one.http.post("/auth/refresh", json={"refresh": one.refresh, "device_id": one.device_id}).json()

    assert len({key["unlock"] for key in keys}) == len({key["handover_key"] for key in keys}) == 3
    assert len({key["handover_public"] for key in keys}) == 1
    assert keys_of(one) == keys[0]
    assert {name: renewed[name] for name in keys[0]} == keys[0]
    assert all(len(text) == 64 for text in keys[0].values())


def test_server_that_was_started_again_opens_what_was_sealed_before(sit_at: SitAt, server: ServerThread) -> None:
    author = sit_at()
    sealed = seal(keys_of(author), batch_of(author, author.ticket()))

    with serving(server.settings) as again, Workstation(again.address, "luo.tao") as bearer:
        assert bring(bearer, sealed).json()["accepted"] == 1
