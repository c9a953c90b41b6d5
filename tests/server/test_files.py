"""A file arrives in pieces, whole and once, whatever happens on the way; and nobody touches another's."""

import asyncio
import base64
import hashlib
import os
import resource
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from agent_model.device import DeviceState
from agent_server.audit import AuditTrail
from agent_server.database import Database
from agent_server.devices import Devices
from agent_server.retention import Retention
from agent_server.settings import Settings, read_secret
from tests.in_process import ServerProcess, ServerThread, serving
from tests.server.conftest import NewSite, SitAt, executed
from tests.server.workstation import Workstation

FILES = "/sync/v1/files"
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = 64 * 1024
CONTENT = os.urandom(5 * PIECE + 1234)


def metadata(**said: str) -> str:
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in said.items())


def create(seat: Workstation, content: bytes = CONTENT, length: int | None = None, **said: str) -> httpx.Response:
    told = {"kind": "recording", "sha256": hashlib.sha256(content).hexdigest(), **said}
    headers = {**TUS, "Upload-Length": str(len(content) if length is None else length)}
    return seat.http.post(FILES, headers={**headers, "Upload-Metadata": metadata(**told)})


def begun(seat: Workstation, content: bytes = CONTENT, **said: Any) -> str:
    answer = create(seat, content, **said)
    assert answer.status_code in (200, 201), answer.text
    return answer.headers["Location"]


def send(seat: Workstation, place: str, offset: int, piece: bytes, **headers: str) -> httpx.Response:
    told = {**TUS, "Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset), **headers}
    return seat.http.patch(place, content=piece, headers=told)


def offset_of(seat: Workstation, place: str) -> int:
    answer = seat.http.head(place, headers=TUS)
    assert answer.status_code == 200
    return int(answer.headers["Upload-Offset"])


def send_all(seat: Workstation, place: str, content: bytes = CONTENT) -> None:
    offset = offset_of(seat, place)
    while offset < len(content):
        answer = send(seat, place, offset, content[offset : offset + PIECE])
        assert answer.status_code == 204, answer.text
        offset = int(answer.headers["Upload-Offset"])


def whole_files(settings: Settings) -> list[bytes]:
    """What lies there whole, found as a person with a backup would."""
    return [path.read_bytes() for path in (settings.home / "files" / "whole").rglob("*") if path.is_file()]


def unfinished_pieces(settings: Settings) -> list[str]:
    folder = settings.home / "files" / "unfinished"
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def code(answer: httpx.Response) -> tuple[int, Any]:
    return answer.status_code, answer.json()["error"]


def later(settings: Settings, **after: float) -> None:
    """The retention's work, as much later."""

    async def working() -> None:
        database = Database(settings.database, pooled=False)
        try:
            await Retention(database, settings, lambda: datetime.now(UTC) + timedelta(**after)).run()
        finally:
            await database.close()

    asyncio.run(working())


def test_file_in_pieces_arrives_whole(seat: Workstation, server: ServerThread) -> None:
    send_all(seat, begun(seat))
    assert whole_files(server.settings) == [CONTENT]
    assert unfinished_pieces(server.settings) == []


def test_server_says_what_it_can_do(seat: Workstation) -> None:
    answer = seat.http.options(FILES)
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert set(answer.headers["Tus-Extension"].split(",")) == {"creation", "checksum", "expiration"}
    assert "sha1" in answer.headers["Tus-Checksum-Algorithm"].split(",")
    assert "files" in seat.hello()["features"]


def test_offset_is_told_after_every_piece_and_when_asked(seat: Workstation) -> None:
    place = begun(seat)
    answer = send(seat, place, 0, CONTENT[:PIECE])
    assert answer.headers["Upload-Offset"] == str(PIECE)
    asked = seat.http.head(place, headers=TUS)
    assert (asked.headers["Upload-Offset"], asked.headers["Upload-Length"]) == (str(PIECE), str(len(CONTENT)))
    assert asked.headers["Cache-Control"] == "no-store"
    assert asked.headers["Tus-Resumable"] == "1.0.0"


def test_what_a_file_belongs_to_is_kept_with_it(seat: Workstation, server: ServerThread) -> None:
    place = begun(seat, call_ref="pbx1-17.3", contact="K-1", began_at="2026-11-21T09:00:00.000Z")
    told = seat.http.head(place, headers=TUS).headers["Upload-Metadata"]
    said = dict(pair.split(" ") for pair in told.split(","))
    assert base64.b64decode(said["call_ref"]) == b"pbx1-17.3"
    kept = executed(server.settings, "SELECT kind, call_ref, contact, began_at, agent_id FROM upload")
    assert kept == [("recording", "pbx1-17.3", "K-1", "2026-11-21T09:00:00.000Z", "lin.yue")]


def test_creation_again_answers_with_the_same_upload_and_takes_up_a_link(
    seat: Workstation, server: ServerThread
) -> None:
    place = begun(seat, call_ref="pbx1-17.3")
    send(seat, place, 0, CONTENT[:PIECE])
    again = create(seat, call_ref="something else", contact="K-1")
    assert (again.status_code, again.headers["Location"]) == (200, place)
    assert again.headers["Upload-Offset"] == str(PIECE)
    assert executed(server.settings, "SELECT call_ref, contact FROM upload") == [("pbx1-17.3", "K-1")]


def test_creation_after_the_last_answer_was_lost_says_that_all_is_there(
    seat: Workstation, server: ServerThread
) -> None:
    place = begun(seat)
    send_all(seat, place)
    again = create(seat)
    assert (again.status_code, again.headers["Upload-Offset"]) == (200, str(len(CONTENT)))
    assert code(send(seat, place, len(CONTENT) - 10, CONTENT[-10:])) == (409, "wrong_offset")
    assert whole_files(server.settings) == [CONTENT]


def test_file_that_was_lost_from_the_disk_is_taken_once_more(seat: Workstation, server: ServerThread) -> None:
    send_all(seat, begun(seat))
    for path in (server.settings.home / "files" / "whole").rglob("*"):
        if path.is_file():
            path.unlink()
    again = create(seat)
    assert (again.status_code, again.headers["Upload-Offset"]) == (201, "0")
    send_all(seat, again.headers["Location"])
    assert whole_files(server.settings) == [CONTENT]


def test_wrong_offset_changes_nothing_and_tells_the_right_one(seat: Workstation) -> None:
    place = begun(seat)
    send(seat, place, 0, CONTENT[:PIECE])
    answer = send(seat, place, 0, CONTENT[:PIECE])
    assert code(answer) == (409, "wrong_offset")
    assert (answer.json()["offset"], answer.headers["Upload-Offset"]) == (PIECE, str(PIECE))
    assert offset_of(seat, place) == PIECE


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_piece_with_a_wrong_checksum_is_not_taken(seat: Workstation, server: ServerThread, algorithm: str) -> None:
    place = begun(seat)
    digest = base64.b64encode(hashlib.new(algorithm, CONTENT[:PIECE]).digest()).decode()
    wrong = send(seat, place, 0, CONTENT[1 : PIECE + 1], **{"Upload-Checksum": f"{algorithm} {digest}"})
    assert code(wrong) == (460, "checksum_mismatch")
    assert offset_of(seat, place) == 0
    assert unfinished_pieces(server.settings) == []
    right = send(seat, place, 0, CONTENT[:PIECE], **{"Upload-Checksum": f"{algorithm} {digest}"})
    assert right.status_code == 204


def test_file_that_is_not_what_was_announced_begins_again(seat: Workstation, server: ServerThread) -> None:
    place = begun(seat)
    assert send(seat, place, 0, CONTENT[:PIECE]).status_code == 204
    answer = send(seat, place, PIECE, bytes(len(CONTENT) - PIECE))
    assert code(answer) == (460, "file_differs")
    assert offset_of(seat, place) == 0
    assert whole_files(server.settings) == []
    send_all(seat, place)
    assert whole_files(server.settings) == [CONTENT]


def test_file_of_another_agent_or_device_is_not_there(seat: Workstation, sit_at: SitAt) -> None:
    place = begun(seat)
    for other in (sit_at("wang.qiang", seat.device_id), sit_at("lin.yue", "another computer")):
        assert other.http.head(place, headers=TUS).status_code == 404
        assert code(send(other, place, 0, CONTENT[:PIECE])) == (404, "not_found")
        elsewhere = create(other)
        assert (elsewhere.status_code, elsewhere.headers["Upload-Offset"]) == (201, "0")
        assert elsewhere.headers["Location"] != place


def test_two_pieces_for_the_same_place_count_once(seat: Workstation, server: ServerThread) -> None:
    """Each comes slowly, so that both are on their way at once."""
    place, both_began = begun(seat), threading.Barrier(2)

    def slowly(first: bytes) -> httpx.Response:
        def body() -> Any:
            yield first
            both_began.wait(10)
            yield bytes(PIECE)

        with httpx.Client(base_url=server.address, headers=seat.http.headers, timeout=30) as line:
            told = {**TUS, "Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
            return line.patch(place, content=body(), headers=told)

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(answer.status_code for answer in pool.map(slowly, (b"a", b"bb")))
    assert answers == [204, 409]
    assert offset_of(seat, place) in (PIECE + 1, PIECE + 2)
    assert len(unfinished_pieces(server.settings)) == 1


def test_piece_whose_sender_hangs_up_leaves_nothing(seat: Workstation, server: ServerThread) -> None:
    place = begun(seat)

    def body() -> Any:
        yield CONTENT[:PIECE]
        raise ConnectionAbortedError("the cable")

    told = {**TUS, "Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
    with httpx.Client(base_url=server.address, headers=seat.http.headers) as line, pytest.raises(ConnectionError):
        line.patch(place, content=body(), headers=told)
    assert offset_of(seat, place) == 0
    send_all(seat, place)
    assert whole_files(server.settings) == [CONTENT]


def test_piece_may_be_larger_than_any_other_request_but_not_without_end(new_site: NewSite) -> None:
    settings = replace(new_site(), largest_body=20_000, largest_piece=PIECE)
    with serving(settings) as server, Workstation(server.address, "lin.yue") as seat:
        place = begun(seat)
        assert code(send(seat, place, 0, CONTENT[: PIECE + 1])) == (413, "too_large")
        assert offset_of(seat, place) == 0
        assert send(seat, place, 0, CONTENT[:PIECE]).status_code == 204


def test_more_than_the_file_was_said_to_be_is_not_taken(seat: Workstation) -> None:
    place = begun(seat)
    assert code(send(seat, place, 0, CONTENT + b"x")) == (413, "too_large")
    assert offset_of(seat, place) == 0


def test_file_that_is_too_large_is_refused_before_it_is_sent(new_site: NewSite) -> None:
    with serving(replace(new_site(), largest_file=1000)) as server, Workstation(server.address, "lin.yue") as seat:
        answer = create(seat, length=1001)
        assert code(answer) == (413, "too_large")
        assert answer.json()["most"] == 1000


def test_nobody_begins_more_files_than_they_may(new_site: NewSite) -> None:
    with serving(replace(new_site(), unfinished_uploads=2)) as server, Workstation(server.address, "lin.yue") as seat:
        first, _ = begun(seat, b"1"), begun(seat, b"2")
        assert code(create(seat, b"3")) == (429, "too_many_uploads")
        assert begun(seat, b"1") == first
        send_all(seat, first, b"1")
        begun(seat, b"3")


def test_abandoned_upload_is_let_go_and_may_begin_again(seat: Workstation, server: ServerThread) -> None:
    place = begun(seat)
    send(seat, place, 0, CONTENT[:PIECE])
    later(server.settings, days=6)
    assert offset_of(seat, place) == PIECE
    executed(server.settings, "UPDATE upload SET expires_at = '2026-01-01T00:00:00.000Z'")
    for path in (server.settings.home / "files" / "unfinished").rglob("*"):
        os.utime(path, (0, 0))
    assert seat.http.head(place, headers=TUS).status_code == 410
    assert code(send(seat, place, PIECE, CONTENT[PIECE : 2 * PIECE])) == (410, "upload_expired")
    again = create(seat)
    assert (again.status_code, again.headers["Upload-Offset"]) == (201, "0")
    later(server.settings)
    assert unfinished_pieces(server.settings) == []
    send_all(seat, again.headers["Location"])
    assert whole_files(server.settings) == [CONTENT]


def test_retention_takes_the_bytes_of_what_expired_and_nothing_else(seat: Workstation, server: ServerThread) -> None:
    send(seat, begun(seat), 0, CONTENT[:PIECE])
    send_all(seat, begun(seat, b"whole"), b"whole")
    for path in (server.settings.home / "files" / "unfinished").rglob("*"):
        os.utime(path, (0, 0))
    later(server.settings, days=8)
    assert unfinished_pieces(server.settings) == []
    assert executed(server.settings, "SELECT received FROM upload ORDER BY length DESC") == [(0,), (5,)]
    later(server.settings, days=15)
    assert executed(server.settings, "SELECT received FROM upload") == [(5,)]
    assert whole_files(server.settings) == [b"whole"]


@pytest.mark.parametrize("state", [DeviceState.LOCKED, DeviceState.WIPE])
def test_stopped_device_uploads_nothing(seat: Workstation, server: ServerThread, state: DeviceState) -> None:
    place = begun(seat)
    asyncio.run(_set_state(server.settings, seat.device_id, state))
    expected = "device_locked" if state is DeviceState.LOCKED else "device_wiped"
    assert code(create(seat)) == (403, expected)
    assert code(send(seat, place, 0, CONTENT[:PIECE])) == (403, expected)


async def _set_state(settings: Settings, device_id: str, state: DeviceState) -> None:
    database = Database(settings.database, pooled=False)

    def now() -> datetime:
        return datetime.now(UTC)

    try:
        audit = AuditTrail(database, read_secret(settings.home), settings.home, now)
        await Devices(database, now).set_state(device_id, state, audit, "console")
    finally:
        await database.close()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda headers: headers.pop("Tus-Resumable"), (412, "other_tus_version")),
        (lambda headers: headers.update({"Tus-Resumable": "0.2.2"}), (412, "other_tus_version")),
        (lambda headers: headers.update({"Upload-Length": "many"}), (400, "bad_request")),
        (lambda headers: headers.update({"Upload-Length": "0"}), (400, "bad_request")),
        (lambda headers: headers.update({"Upload-Length": "-1"}), (400, "bad_request")),
        (lambda headers: headers.update({"Upload-Metadata": ""}), (422, "bad_request")),
        (lambda headers: headers.update({"Upload-Metadata": "kind ***"}), (400, "bad_request")),
        (lambda headers: headers.update({"Upload-Metadata": "colour cmVk"}), (400, "bad_request")),
        (lambda headers: headers.update({"Upload-Metadata": metadata(kind="film")}), (422, "bad_request")),
        (lambda headers: headers.pop("X-Sync-Protocol"), (400, "bad_request")),
        (lambda headers: headers.update({"Authorization": "Bearer nobody"}), (401, "not_signed_in")),
    ],
)
def test_creation_that_is_not_as_documented_is_refused(
    unharmed: Workstation,
    unharmed_server: ServerThread,
    change: Callable[[dict[str, str]], object],
    expected: tuple[int, str],
) -> None:
    said = metadata(kind="recording", sha256=hashlib.sha256(b"x").hexdigest())
    headers = {
        **TUS,
        "Upload-Length": "1",
        "Upload-Metadata": said,
        "X-Sync-Protocol": "1",
        "Authorization": f"Bearer {unharmed.access}",
    }
    change(headers)
    answer = httpx.post(unharmed_server.address + FILES, headers=headers)
    assert code(answer) == expected
    assert executed(unharmed_server.settings, "SELECT id FROM upload") == []


def test_piece_of_another_content_type_is_refused(seat: Workstation) -> None:
    answer = send(seat, begun(seat), 0, b"x", **{"Content-Type": "application/json"})
    assert code(answer) == (415, "bad_content_type")


def test_key_that_the_server_cannot_open_is_refused(seat: Workstation) -> None:
    assert code(create(seat, key="00" * 100)) == (422, "key_unreadable")


def test_disk_without_room_says_so(seat: Workstation, server: ServerThread) -> None:
    """The folder is a file: as near to a broken disk as a test comes that runs as root."""
    place = begun(seat)
    (server.settings.home / "files").write_text("in the way")
    answer = send(seat, place, 0, CONTENT[:PIECE])
    assert code(answer) == (503, "try_again")
    (server.settings.home / "files").unlink()
    send_all(seat, place)
    assert whole_files(server.settings) == [CONTENT]


def test_disk_that_is_full_refuses_a_piece_and_keeps_what_was_told(new_site: NewSite) -> None:
    """The process may write no file beyond a size, which the kernel says like a full disk does."""
    content = os.urandom(6 * 1024 * 1024)
    half = len(content) // 2
    with ServerProcess(new_site()) as server, Workstation(server.address, "lin.yue") as seat:
        place = begun(seat, content)
        assert send(seat, place, 0, content[: 1024 * 1024]).status_code == 204
        assert server.pid is not None
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (half, resource.RLIM_INFINITY))
        answer = send(seat, place, 1024 * 1024, content[1024 * 1024 : 1024 * 1024 + half + 1])
        assert code(answer) == (507, "no_room")
        assert offset_of(seat, place) == 1024 * 1024
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        assert len(unfinished_pieces(server.settings)) == 1
        send_all(seat, place, content)
        assert whole_files(server.settings) == [content]


def test_killed_server_has_everything_it_told(new_site: NewSite, tmp_path: Path) -> None:
    """Whatever moment it is killed at: the offset that was told is the least that is there."""
    content = os.urandom(40 * 16 * 1024)
    told = 0
    with ServerProcess(new_site()) as server:
        with Workstation(server.address, "lin.yue") as seat:
            place = begun(seat, content)
        for _ in range(4):
            with Workstation(server.address, "lin.yue") as seat:
                offset = offset_of(seat, place)
                assert offset >= told
                killer = threading.Timer(0.15, server.kill)
                killer.start()
                told = max(told, _send_until_gone(seat, place, content, offset))
                killer.join()
            server.start()
        with Workstation(server.address, "lin.yue") as seat:
            assert offset_of(seat, place) >= told
            send_all(seat, begun(seat, content), content)
        assert whole_files(server.settings) == [content]


def _send_until_gone(seat: Workstation, place: str, content: bytes, offset: int) -> int:
    """The newest offset that was told."""
    try:
        while offset < len(content):
            answer = send(seat, place, offset, content[offset : offset + 16 * 1024])
            assert answer.status_code == 204, answer.text
            offset = int(answer.headers["Upload-Offset"])
    except httpx.TransportError:
        """Killed."""
    return offset
