"""What is unsent when its author leaves: read by the server only, proven theirs, delivered by whoever comes next."""

import hashlib
import hmac
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import orjson
import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from agent_desktop.errors import FolderNotWritable, ServerRefused, ServerUnreachable
from agent_desktop.offline.outbox import new_op_id
from agent_desktop.sync.client import ServerClient
from agent_desktop.sync.delivery import Delivery
from agent_desktop.sync.handover import INFO, MAGIC, MOST_TRIES, HandoverFolder, Recipient, Waiting, seal
from agent_model.command import Command, CommandKind, FieldChange
from agent_model.wire import command_from_plain
from tests.fakes import SetClock
from tests.in_process import PASSWORD, ServerThread

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
SERVERS = X25519PrivateKey.generate()
PROOF = os.urandom(32)
RECIPIENT = Recipient(SERVERS.public_key().public_bytes_raw().hex(), PROOF.hex())
COMMAND = Command(
    op_id=new_op_id(),
    device_seq=7,
    entity="ticket",
    id="T-1",
    kind=CommandKind.CREATE,
    base_version=0,
    fields={"subject": FieldChange(None, "网络很慢")},
    occurred_at=AT,
    author="lin.yue",
)
BATCH = seal(RECIPIENT, "lin.yue", "seat-214.lin.yue", [COMMAND], LATER)


def read_as_the_server(batch: bytes) -> tuple[bytes, bytes]:
    """The proof and the JSON. Raises InvalidTag for what was changed."""
    assert batch.startswith(MAGIC)
    head, nonce, rest = batch[:37], batch[37:49], batch[49:]
    shared = SERVERS.exchange(X25519PublicKey.from_public_bytes(head[5:]))
    salt = head[5:] + SERVERS.public_key().public_bytes_raw()
    plain = AESGCM(HKDF(SHA256(), 32, salt, INFO).derive(shared)).decrypt(nonce, rest, head)
    return plain[:32], plain[32:]


def test_server_reads_author_device_and_original_times() -> None:
    proof, payload = read_as_the_server(BATCH)
    plain = orjson.loads(payload)
    assert proof == hmac.new(PROOF, payload, hashlib.sha256).digest()
    assert (plain["author"], plain["device_id"]) == ("lin.yue", "seat-214.lin.yue")
    assert plain["sealed_at"] == "2026-11-21T18:00:00.000Z"
    assert [command_from_plain(op) for op in plain["ops"]] == [COMMAND]


def test_nobody_else_reads_anything_of_it() -> None:
    assert not any(secret in BATCH for secret in ("网络很慢".encode(), b"lin.yue", b"T-1", PROOF))


@pytest.mark.parametrize("place", [6, 40, 60, len(BATCH) - 1], ids=["key", "nonce", "content", "end"])
def test_changed_batch_is_not_read(place: int) -> None:
    changed = bytearray(BATCH)
    changed[place] ^= 1
    with pytest.raises(InvalidTag):
        read_as_the_server(bytes(changed))


class TakingNetwork(httpx.BaseTransport):
    """The real network, at whose end somebody takes sealed batches."""

    def __init__(self) -> None:
        self._real = httpx.HTTPTransport()
        self.taken: list[bytes] = []
        self.status = 200

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path != "/sync/v1/handover":
            return self._real.handle_request(request)
        if self.status == 0:
            raise httpx.ReadError("answer lost", request=request)
        self.taken.append(request.read())
        answer = {"accepted": 1} if self.status == 200 else {"error": "bad_batch"}
        return httpx.Response(self.status, content=orjson.dumps(answer))

    def close(self) -> None:
        self._real.close()


@pytest.fixture
def network() -> TakingNetwork:
    return TakingNetwork()


@pytest.fixture
def next_person(server: ServerThread, network: TakingNetwork) -> Iterator[ServerClient]:
    client = ServerClient(server.address, lambda _token: None, network)
    client.sign_in("wang.qiang", PASSWORD, "seat-214.wang.qiang")
    yield client
    client.close()


def test_next_person_delivers_it_once(next_person: ServerClient, network: TakingNetwork, tmp_path: Path) -> None:
    folder = HandoverFolder(tmp_path / "handover")
    folder.put(BATCH, AT)
    delivery = Delivery(next_person, folder, SetClock(LATER))
    delivery.run()
    delivery.run()
    assert network.taken == [BATCH]
    assert list((tmp_path / "handover").iterdir()) == []


def test_batch_stays_until_the_answer_is_there(
    next_person: ServerClient, network: TakingNetwork, tmp_path: Path
) -> None:
    folder = HandoverFolder(tmp_path / "handover")
    folder.put(BATCH, AT)
    delivery = Delivery(next_person, folder, SetClock(LATER))
    network.status = 0
    with pytest.raises(ServerUnreachable):
        delivery.run()
    network.status = 200
    delivery.run()
    assert network.taken == [BATCH]
    assert folder.batches() == []


@pytest.mark.parametrize("status", [404, 422])
def test_batch_that_is_refused_holds_up_no_other_and_is_tried_again_later(
    next_person: ServerClient, network: TakingNetwork, tmp_path: Path, status: int
) -> None:
    folder, clock = HandoverFolder(tmp_path / "handover"), SetClock(LATER)
    folder.put(BATCH, AT)
    folder.put(BATCH, LATER)
    network.status = status
    Delivery(next_person, folder, clock).run()
    Delivery(next_person, folder, clock).run()
    assert len(network.taken) == 2
    assert folder.count() == Waiting(0, 2, 0)
    network.status = 200
    clock.move(hours=1)
    Delivery(next_person, folder, clock).run()
    assert folder.count() == Waiting(0, 0, 0)
    assert list((tmp_path / "handover").iterdir()) == []


def test_batch_that_is_always_refused_is_put_aside_and_counted(
    next_person: ServerClient, network: TakingNetwork, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder, clock = HandoverFolder(tmp_path / "handover"), SetClock(LATER)
    folder.put(BATCH, AT)
    network.status = 422
    for _ in range(24 * 14):
        Delivery(next_person, folder, clock).run()
        clock.move(hours=1)
    assert len(network.taken) == MOST_TRIES
    assert folder.count() == Waiting(0, 0, 1)
    assert [record.levelname for record in caplog.records if "put aside" in record.getMessage()] == ["WARNING"]
    caplog.clear()
    [parked] = (tmp_path / "handover" / "parked").glob("*.handover")
    assert folder.read(parked) == BATCH


def test_too_many_requests_are_no_refusal_of_the_batch(
    next_person: ServerClient, network: TakingNetwork, tmp_path: Path
) -> None:
    folder = HandoverFolder(tmp_path / "handover")
    folder.put(BATCH, AT)
    network.status = 429
    with pytest.raises(ServerRefused):
        Delivery(next_person, folder, SetClock(LATER)).run()
    assert folder.count() == Waiting(1, 0, 0)


def test_batches_are_delivered_in_the_order_they_were_sealed(
    next_person: ServerClient, network: TakingNetwork, tmp_path: Path
) -> None:
    folder = HandoverFolder(tmp_path / "handover")
    second = seal(RECIPIENT, "lin.yue", "seat-214.lin.yue", [COMMAND], LATER)
    folder.put(second, LATER)
    folder.put(BATCH, AT)
    Delivery(next_person, folder, SetClock(LATER)).run()
    assert network.taken == [BATCH, second]


def test_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "handover").write_text("in the way")
    with pytest.raises(FolderNotWritable):
        HandoverFolder(tmp_path / "handover").put(BATCH, AT)
    assert HandoverFolder(tmp_path / "nowhere").batches() == []
