"""Recordings reach the server whole and once, belong to their author, and stay here until the server has them."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from agent_desktop.data_key import DataKey
from agent_desktop.softphone.recording.sealed import Wholeness, unseal
from agent_desktop.sync.uploads import LOOK_EVERY_S, RecordingsWaiting, Trouble
from tests.desktop.sync.conftest import SitDown
from tests.desktop.sync.seat import Seat
from tests.desktop.sync.shelf import Shelf
from tests.in_process import ServerThread, make_site, serving
from tests.server.conftest import executed


@pytest.fixture
def seat(server: ServerThread, sit_down: SitDown) -> Seat:
    return sit_down(server.address)


@pytest.fixture
def shelf(seat: Seat, tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "recordings", seat.client, seat.agent.id)


def arrived(server: ServerThread) -> list[bytes]:
    """The files that lie whole on the server."""
    folder = server.settings.home / "files" / "whole"
    return sorted(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def is_of(word: str) -> Callable[[httpx.Request], bool]:
    """Requests of this method for files."""
    return lambda request: request.method == word and request.url.path.startswith("/sync/v1/files")


def test_recording_is_brought_to_the_server_byte_by_byte(server: ServerThread, shelf: Shelf) -> None:
    begun = shelf.record()
    assert shelf.step() == LOOK_EVERY_S
    assert arrived(server) == [begun.path.read_bytes()]
    assert shelf.told[-1] == RecordingsWaiting()


def test_what_it_belongs_to_is_told_and_its_key_opens_it_on_the_server_alone(
    server: ServerThread, seat: Seat, shelf: Shelf, tmp_path: Path
) -> None:
    begun = shelf.record(size=30_000)
    shelf.step()
    [(call_ref, contact, agent, device, sha256, sealed)] = executed(
        server.settings, "SELECT call_ref, contact, agent_id, device_id, sha256, key FROM upload"
    )
    assert (call_ref, contact, agent, device) == ("pbx1-a1", "K-1", seat.agent.id, seat.client.device_id)
    assert begun.key.hex() not in sealed
    key = server.app_server.handover.key_of_file(bytes.fromhex(sealed), agent, device, sha256)
    (tmp_path / "heard").write_bytes(arrived(server)[0])
    assert unseal(tmp_path / "heard", key).wholeness is Wholeness.WHOLE


def test_key_of_one_file_is_not_taken_for_another(server: ServerThread, seat: Seat, shelf: Shelf) -> None:
    sealed = shelf._sealed("0" * 64, bytes(32))
    assert sealed is not None
    said = {"kind": "recording", "key": sealed.hex()}
    with pytest.raises(Exception, match="key_unreadable"):
        shelf.uploads._transfer.begin("1" * 64, 10, said)


def test_upload_goes_on_where_the_line_was_cut(server: ServerThread, seat: Seat, shelf: Shelf) -> None:
    begun = shelf.record(size=700_000)
    shelf.step(4)  # chosen, begun, two pieces
    seat.network.lose_request = lambda _request: True
    assert shelf.uploads.step() >= 1.0
    seat.network.lose_request = lambda _request: False
    seat.network.asked.clear()
    shelf.step()
    assert seat.network.asked[0].startswith("HEAD /sync/v1/files/")
    sent = [line for line in seat.network.asked if line.startswith("PATCH")]
    assert 0 < len(sent) < 8
    assert arrived(server) == [begun.path.read_bytes()]


def test_lost_answer_of_every_request_sends_nothing_twice(server: ServerThread, seat: Seat, shelf: Shelf) -> None:
    begun = shelf.record(size=100_000)
    for word in ("POST", "PATCH", "HEAD"):
        seat.network.lose_answer = is_of(word)
        shelf.step(4)
    seat.network.lose_answer = lambda _request: False
    shelf.step()
    assert arrived(server) == [begun.path.read_bytes()]
    assert executed(server.settings, "SELECT count(*) FROM upload") == [(1,)]


def test_program_that_was_killed_goes_on_with_what_the_server_has(
    server: ServerThread, seat: Seat, shelf: Shelf, tmp_path: Path
) -> None:
    begun = shelf.record(size=700_000)
    shelf.step(4)
    [(before,)] = executed(server.settings, "SELECT received FROM upload")
    again = Shelf(tmp_path / "recordings", seat.client, seat.agent.id)
    again.step(2)
    assert again.uploads._current is not None
    assert again.uploads._current.offset == before > 0
    again.step()
    assert arrived(server) == [begun.path.read_bytes()]


def test_device_that_is_locked_in_the_middle_goes_on_when_it_may_again(
    server: ServerThread, seat: Seat, shelf: Shelf
) -> None:
    begun = shelf.record(size=700_000)
    shelf.step(4)
    seat.network.lose_request = lambda _request: True
    shelf.step()
    seat.network.lose_request = lambda _request: False
    executed(server.settings, "UPDATE device SET state = 'locked'")
    assert [shelf.step() > 1.0 for _ in range(3)] == [True] * 3
    assert all(Trouble.REFUSED not in told.troubles for told in shelf.told)
    executed(server.settings, "UPDATE device SET state = 'active'")
    shelf.step()
    assert arrived(server) == [begun.path.read_bytes()]


def test_access_token_that_ran_out_in_the_middle_is_renewed(server: ServerThread, seat: Seat, shelf: Shelf) -> None:
    begun = shelf.record(size=300_000)
    shelf.step(3)
    seat.network.lose_request = lambda _request: True
    shelf.step()
    seat.network.lose_request = lambda _request: False
    seat.client._access = "ran out"
    shelf.step()
    assert arrived(server) == [begun.path.read_bytes()]


def test_upload_that_expired_while_the_workstation_was_off_begins_anew(
    server: ServerThread, seat: Seat, shelf: Shelf
) -> None:
    begun = shelf.record(size=700_000)
    shelf.step(4)
    executed(server.settings, "UPDATE upload SET expires_at = '2026-01-01T00:00:00.000Z'")
    shelf.step()
    shelf.step()
    assert arrived(server) == [begun.path.read_bytes()]


def test_damaged_piece_is_not_taken_and_sent_again(server: ServerThread, seat: Seat, shelf: Shelf) -> None:
    """The disk gives other bytes for a moment: the server finds the whole to be another file, and it begins again."""
    begun = shelf.record(size=100_000)
    whole = begun.path.read_bytes()
    shelf.step(1)
    begun.path.write_bytes(bytes(len(whole)))
    shelf.step(8)
    assert arrived(server) == []
    begun.path.write_bytes(whole)
    shelf.step()
    shelf.step()
    assert arrived(server) == [whole]


def test_nothing_is_asked_while_commands_wait(seat: Seat, shelf: Shelf) -> None:
    shelf.record()
    shelf.busy = True
    seat.network.asked.clear()
    assert shelf.step() > 1.0
    assert seat.network.asked == []
    assert shelf.told[-1].count == 1


def test_pieces_are_small_and_grow_only_while_they_are_quick(seat: Seat, shelf: Shelf) -> None:
    sizes: list[int] = []

    def note(request: httpx.Request) -> bool:
        if request.method == "PATCH":
            sizes.append(int(request.headers["Content-Length"]))
        return False

    seat.network.lose_request = note
    shelf.record(size=3_000_000)
    shelf.step()
    assert sizes[0] == 64 * 1024
    assert max(sizes) <= 1024 * 1024


def test_file_that_is_being_written_waits_and_one_that_was_cut_is_sent_as_it_is(
    server: ServerThread, shelf: Shelf
) -> None:
    begun = shelf.record(ends=False)
    assert shelf.step() == LOOK_EVERY_S
    assert arrived(server) == []
    shelf.age(begun.path)
    shelf.step()
    assert arrived(server) == [begun.path.read_bytes()]


def test_recording_waits_a_while_for_its_contact_and_the_server_is_told_of_a_later_one(
    server: ServerThread, shelf: Shelf
) -> None:
    begun = shelf.record(contact=None)
    shelf.step()
    assert arrived(server) == []
    shelf.age(begun.path, timedelta(minutes=11))
    shelf.step()
    assert executed(server.settings, "SELECT contact FROM upload") == [(None,)]
    shelf.recordings.link(shelf.recordings.all()[0].call_id, "K-7")  # type: ignore[arg-type]
    shelf.step()
    assert executed(server.settings, "SELECT contact FROM upload") == [("K-7",)]
    assert len(arrived(server)) == 1


def test_next_person_never_sends_it_and_its_author_does_when_they_are_back(
    server: ServerThread, sit_down: SitDown, tmp_path: Path
) -> None:
    author, key = sit_down(server.address), DataKey.new()
    Shelf(tmp_path / "recordings", author.client, author.agent.id, key).record()
    author.close()

    following = sit_down(server.address, "second", login="wang.qiang")
    other = Shelf(tmp_path / "recordings", following.client, following.agent.id, DataKey.new())
    other.step()
    assert executed(server.settings, "SELECT count(*) FROM upload") == [(0,)]
    assert other.told[-1] == RecordingsWaiting(0, {Trouble.UNREADABLE: 1})

    back = sit_down(server.address)
    Shelf(tmp_path / "recordings", back.client, back.agent.id, key).step()
    assert executed(server.settings, "SELECT agent_id FROM upload") == [(author.agent.id,)]
    assert len(arrived(server)) == 1


def test_sent_recording_is_kept_for_its_days_and_then_goes(shelf: Shelf) -> None:
    begun = shelf.record()
    shelf.step()
    shelf.now += timedelta(days=6)
    shelf.step()
    assert shelf.left() == {"a1"}
    shelf.now += timedelta(days=2)
    shelf.step()
    assert list(begun.path.parent.iterdir()) == []


def test_site_that_keeps_nothing_lets_it_go_at_once(
    server: ServerThread, seat: Seat, shelf: Shelf, tmp_path: Path
) -> None:
    bare = Shelf(tmp_path / "bare", seat.client, seat.agent.id, kept_for=timedelta(0))
    bare.record()
    bare.record("b2", ends=False)
    bare.step()
    assert bare.left() == {"b2"}
    assert len(arrived(server)) == 1


def test_restored_server_is_brought_again_what_is_still_here(server: ServerThread, shelf: Shelf) -> None:
    shelf.record()
    shelf.step()
    executed(server.settings, "DELETE FROM upload")
    shelf.epoch = "second life"
    shelf.step()
    assert executed(server.settings, "SELECT count(*) FROM upload WHERE finished_at IS NOT NULL") == [(1,)]


def test_recording_that_is_too_large_stays_and_the_next_one_goes(tmp_path: Path, sit_down: SitDown) -> None:
    with serving(replace(make_site(tmp_path / "small"), largest_file=50_000)) as server:
        seat = sit_down(server.address)
        shelf = Shelf(tmp_path / "recordings", seat.client, seat.agent.id)
        shelf.record("a1", size=60_000)
        small = shelf.record("b2", size=10_000)
        shelf.step()
        assert arrived(server) == [small.path.read_bytes()]
        assert shelf.left() == {"a1", "b2"}
        assert shelf.told[-1] == RecordingsWaiting(1, {Trouble.TOO_LARGE: 1})


def test_smaller_pieces_are_tried_where_the_server_takes_no_larger_ones(tmp_path: Path, sit_down: SitDown) -> None:
    with serving(replace(make_site(tmp_path / "small"), largest_body=16 * 1024, largest_piece=20_000)) as server:
        seat = sit_down(server.address)
        shelf = Shelf(tmp_path / "recordings", seat.client, seat.agent.id)
        begun = shelf.record(size=70_000)
        shelf.step()
        assert arrived(server) == [begun.path.read_bytes()]


def test_recording_without_its_card_is_told_and_never_deleted(shelf: Shelf) -> None:
    begun = shelf.record()
    begun.path.with_suffix(".card").unlink()
    shelf.step()
    assert shelf.told[-1] == RecordingsWaiting(0, {Trouble.UNREADABLE: 1})
    assert begun.path.exists()


def test_file_with_nothing_in_it_is_told_once_it_is_old(shelf: Shelf) -> None:
    begun = shelf.record()
    begun.path.write_bytes(b"")
    shelf.step()
    assert shelf.told == []
    shelf.age(begun.path)
    shelf.step()
    assert shelf.told[-1] == RecordingsWaiting(0, {Trouble.UNREADABLE: 1})


def test_disk_that_takes_nothing_more_makes_it_be_offered_again(server: ServerThread, shelf: Shelf) -> None:
    """A folder where the card's new copy would be written: as full as a disk can be for a person who is root."""
    begun = shelf.record()
    in_the_way = begun.path.with_suffix(".card.new")
    in_the_way.mkdir()
    shelf.step()
    assert shelf.told[-1] == RecordingsWaiting(1, {Trouble.NOT_PUT_AWAY: 1})
    in_the_way.rmdir()
    shelf.step()
    shelf.step()
    assert shelf.told[-1] == RecordingsWaiting()
    assert arrived(server) == [begun.path.read_bytes()]


class FullServer(httpx.BaseTransport):
    """Answers every piece as a server whose disk is full, as long as it is."""

    def __init__(self, real: httpx.BaseTransport) -> None:
        self.is_full = True
        self._real = real

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if self.is_full and request.method == "PATCH":
            return httpx.Response(507, json={"error": "no_room", "retry_after_s": 300}, request=request)
        return self._real.handle_request(request)

    def close(self) -> None:
        self._real.close()


@pytest.fixture
def full(seat: Seat) -> Iterator[FullServer]:
    """Between the client and its network; the client has made no other use of it yet."""
    transport = FullServer(seat.network)
    seat.client._transport = transport
    seat.client._http = None
    yield transport
    transport.close()


def test_server_without_room_is_told_and_tried_again(server: ServerThread, full: FullServer, shelf: Shelf) -> None:
    begun = shelf.record()
    delays = [shelf.step() for _ in range(4)]
    assert shelf.told[-1] == RecordingsWaiting(1, {Trouble.NO_ROOM: 1})
    assert delays[-1] > delays[0]
    full.is_full = False
    shelf.step()
    shelf.step()
    assert shelf.told[-1] == RecordingsWaiting()
    assert hashlib.sha256(arrived(server)[0]).digest() == hashlib.sha256(begun.path.read_bytes()).digest()
