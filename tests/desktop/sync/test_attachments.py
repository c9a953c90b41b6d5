"""Files of tickets against a real server: sealed here, brought piece by piece, looked through, opened by who may."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from agent_desktop.attachments import Attachments, NotAttachedError, Why, media_type_of, safe_name
from agent_desktop.errors import ServerRefused
from agent_desktop.offline.view import View
from agent_desktop.sync.handover import seal_file_key
from agent_desktop.sync.tus import FileTransfer
from agent_desktop.sync.uploads import RecordingsWaiting, UploadProgress, Uploads
from agent_model.attachment import Attachment, AttachmentState
from agent_model.command import CommandKind, FieldChange, Verdict
from agent_model.moment import to_text
from tests.desktop.sync.conftest import SitDown
from tests.desktop.sync.seat import Seat
from tests.fakes import counting_ids
from tests.in_process import ServerThread, a_customer, make_site, serving
from tests.server.conftest import executed
from tests.server.test_scanner import EICAR

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 400
NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


class Desk:
    """A seat with attachments, and the worker that brings them away."""

    def __init__(self, seat: Seat, folder: Path) -> None:
        self.seat = seat
        self.told: list[RecordingsWaiting | UploadProgress] = []
        self.view = View(seat.mirror, seat.outbox)
        self.attachments = Attachments(
            folder, bytes(32), self.view, seat.agent.id, lambda: NOW, counting_ids(f"{seat.agent.id}-"),
            seat.client.attachment,
        )  # fmt: skip
        self.uploads = Uploads(
            FileTransfer(seat.client), self.attachments, self._sealed, lambda: "life", lambda: False, self.told.append
        )

    def file_ticket(self, id_: str = "T-1") -> None:
        body = {
            "subject": "网速慢", "type": "fault", "category": "fault/broadband/slow", "priority": "normal",
            "status": "new", "description": "", "queue": "support", "department": "field",
            "created_at": to_text(NOW), "created_by": self.seat.agent.id, "customer_id": "C-1",
        }  # fmt: skip
        fields = {name: FieldChange(None, value) for name, value in body.items()}
        self.seat.outbox.put("ticket", id_, CommandKind.CREATE, fields, NOW)

    def send(self) -> None:
        for _ in range(60):
            if self.uploads.step() > 1.0:
                return

    def only(self) -> Attachment:
        [attachment] = self.attachments.of("T-1")
        return attachment

    def _sealed(self, sha256: str, key: bytes) -> bytes | None:
        client = self.seat.client
        assert client.recipient is not None
        return seal_file_key(client.recipient, self.seat.agent.id, client.device_id, sha256, key)


@pytest.fixture(params=["simulated"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ServerThread]:
    settings = make_site(tmp_path / "site", (a_customer(1),))
    with serving(replace(settings, scanner=request.param, attachments_every_s=0.05)) as running:
        yield running


@pytest.fixture
def desk(server: ServerThread, sit_down: SitDown, tmp_path: Path) -> Desk:
    made = Desk(sit_down(server.address), tmp_path / "attachments")
    made.file_ticket()
    return made


def comes(desk: Desk, state: AttachmentState) -> bool:
    """Whether its ticket is told so, sooner or later."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        desk.seat.sync()
        if desk.only().state is state:
            return True
        time.sleep(0.02)
    return False


def test_file_reaches_the_server_sealed_and_is_opened_by_who_sees_the_ticket(
    server: ServerThread, desk: Desk, sit_down: SitDown, tmp_path: Path
) -> None:
    made = desk.attachments.attach("T-1", "截图.png", PNG)
    assert (made.media_type, made.size, made.state) == ("image/png", len(PNG), AttachmentState.COMING)
    assert all(PNG[:64] not in path.read_bytes() for path in (tmp_path / "attachments").iterdir())
    assert desk.attachments.open("T-1", made) == PNG
    desk.seat.sync()
    desk.send()
    assert comes(desk, AttachmentState.CLEAN)
    assert [told for told in desk.told if isinstance(told, UploadProgress)][-1].sent > len(PNG)

    other = Desk(sit_down(server.address, name="other", login="zhou.min"), tmp_path / "others")
    other.seat.sync()
    assert other.attachments.open("T-1", other.only()) == PNG
    lines = executed(server.settings, "SELECT who, field, reason FROM audit_line WHERE deed = 'attachment_opened'")
    assert [tuple(line) for line in lines] == [("zhou.min", made.id, "截图.png")]
    whole = list((server.settings.home / "files" / "whole").rglob("*"))
    assert all(PNG[:64] not in path.read_bytes() for path in whole if path.is_file())


def test_file_may_arrive_before_its_ticket_knows(server: ServerThread, desk: Desk) -> None:
    desk.attachments.attach("T-1", "a.png", PNG)
    desk.send()
    assert executed(server.settings, "SELECT scan FROM upload WHERE finished_at IS NOT NULL") == [(None,)]
    assert comes(desk, AttachmentState.CLEAN)


def test_infected_file_is_told_and_given_to_nobody(server: ServerThread, desk: Desk, tmp_path: Path) -> None:
    made = desk.attachments.attach("T-1", "virus.txt", EICAR)
    desk.seat.sync()
    with pytest.raises(ServerRefused, match="attachment_waits"):
        desk.seat.client.attachment("T-1", made.id)
    desk.send()
    assert comes(desk, AttachmentState.INFECTED)
    assert desk.only().found == "Eicar-Test-Signature"
    with pytest.raises(ServerRefused, match="attachment_infected"):
        desk.seat.client.attachment("T-1", made.id)


@pytest.mark.parametrize("server", [""], indirect=True)
def test_site_without_a_scanner_says_so(server: ServerThread, desk: Desk) -> None:
    made = desk.attachments.attach("T-1", "a.png", PNG)
    desk.seat.sync()
    desk.send()
    assert comes(desk, AttachmentState.NOT_SCANNED)
    assert desk.seat.client.attachment("T-1", made.id) == PNG


@pytest.mark.parametrize("server", ["command:/no/such/scanner"], indirect=True)
def test_scanner_that_is_away_lets_nobody_have_the_file(server: ServerThread, desk: Desk) -> None:
    made = desk.attachments.attach("T-1", "a.png", PNG)
    desk.seat.sync()
    desk.send()
    assert comes(desk, AttachmentState.SCANNING)
    with pytest.raises(ServerRefused, match="attachment_waits"):
        desk.seat.client.attachment("T-1", made.id)


def test_upload_that_was_cut_goes_on_where_it_was(server: ServerThread, desk: Desk) -> None:
    large = PNG + bytes(900_000)
    desk.attachments.attach("T-1", "large.png", large)
    desk.seat.sync()
    for _ in range(4):
        desk.uploads.step()
    desk.seat.network.lose_request = lambda request: request.url.path.startswith("/sync/v1/files")
    assert desk.uploads.step() >= 1.0
    desk.seat.network.lose_request = lambda _request: False
    desk.seat.network.asked.clear()
    desk.send()
    assert comes(desk, AttachmentState.CLEAN)
    assert desk.seat.client.attachment("T-1", desk.only().id) == large


def test_server_holds_to_the_limits_too(server: ServerThread, desk: Desk) -> None:
    desk.seat.sync()
    plain = {
        "id": "A-9", "name": "x.exe", "media_type": "application/x-msdownload", "size": 10, "file": "0" * 64,
        "added_by": desk.seat.agent.id, "added_at": to_text(NOW), "state": "coming", "found": None,
    }  # fmt: skip
    wrong: dict[str, dict[str, Any]] = {
        "attachment_type": {},
        "attachment_too_large": {"media_type": "image/png", "size": 10**9},
        "bad_field": {"media_type": "image/png", "name": "../x"},
        "not_yours": {"media_type": "image/png", "added_by": "zhou.min"},
    }
    for fields in wrong.values():
        change = {"attachments": FieldChange(None, {**plain, **fields})}
        desk.seat.outbox.put("ticket", "T-1", CommandKind.APPEND, change, NOW)
    desk.seat.sync()
    answers = [entry.answer for entry in desk.seat.outbox.entries()]
    assert [answer.reason for answer in answers if answer and answer.verdict is Verdict.REJECTED] == list(wrong)


def test_what_the_site_does_not_take_is_said_here(desk: Desk) -> None:
    for name, content, why in (
        ("a.exe", b"MZ" + bytes(10), Why.TYPE),
        ("a.png", b"MZ" + bytes(10), Why.TYPE),
        ("a.png", b"", Why.EMPTY),
        ("a.png", PNG + bytes(21 * 1024 * 1024), Why.TOO_LARGE),
    ):
        with pytest.raises(NotAttachedError) as refused:
            desk.attachments.attach("T-1", name, content)
        assert refused.value.why is why
    with pytest.raises(NotAttachedError) as refused:
        desk.attachments.attach("T-404", "a.png", PNG)
    assert refused.value.why is Why.GONE
    assert desk.attachments.of("T-1") == ()


def test_name_of_a_file_leads_nowhere() -> None:
    assert safe_name("C:\\Users\\me\\报告.pdf") == "报告.pdf"
    assert safe_name("../../etc/passwd") == "passwd"
    assert safe_name("..") == "file"
    assert media_type_of("a.png", b"plain text") == "application/octet-stream"
    assert media_type_of("a.docx", b"PK\x03\x04").endswith("wordprocessingml.document")
