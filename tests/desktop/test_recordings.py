"""A recording has a key of its own, which only its agent's key opens, and is found again by its call."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent_desktop.recordings import Begun, Kept, Recordings
from agent_desktop.softphone.call import Call, CallId, CallState, Direction
from agent_desktop.softphone.invite import InviteFacts
from agent_desktop.softphone.recording.sealed import Wholeness, WrongKeyError
from agent_desktop.softphone.recording.tape import FRAME_BYTES, Leg, Tape
from agent_desktop.softphone.site import RecordingRule, Site

START = datetime(2026, 11, 21, 9, 0, 0, 120_000, tzinfo=UTC)
CALL = Call(
    CallId("a1"),
    Direction.INCOMING,
    CallState.CONNECTED,
    "+8613812345678",
    "张三",
    START,
    invite=InviteFacts(call_ref="pbx1-17.3", queue="support"),
)


class Shelf:
    """Recordings of one person, at a clock that can be set."""

    def __init__(self, folder: Path, own_key: bytes = bytes(32)) -> None:
        self.now = START
        self.folder = folder
        self.recordings = Recordings(folder, own_key, lambda: self.now)

    def record(self, call: Call = CALL) -> Begun:
        begun = self.recordings.begin(call)
        about = {"call_id": call.id, "call_ref": None, "queue": None, "began_at": "2026-11-21"}
        tape = Tape(begun.path, begun.key, about, lambda: None)
        for leg in (Leg.AGENT, Leg.OTHERS) * 60:
            tape.heard(leg, b"\x10\x00" * (FRAME_BYTES // 2))
        tape.finish()
        tape.wait(10)
        return begun


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "recordings")


def test_recording_is_found_by_what_it_is_of_and_opens(shelf: Shelf) -> None:
    begun = shelf.record()
    [kept] = shelf.recordings.all()
    opened = shelf.recordings.open(kept)
    assert kept == Kept(begun.path, "a1", "pbx1-17.3", "support", START)
    assert (opened.wholeness, opened.call_id) == (Wholeness.WHOLE, "a1")
    assert opened.seconds == pytest.approx(1.2, abs=0.05)


def test_recording_is_exported_to_hear_it_elsewhere(shelf: Shelf, tmp_path: Path) -> None:
    shelf.record()
    opened = shelf.recordings.open(shelf.recordings.all()[0])
    opened.save(tmp_path / "a.wav")
    opened.save(tmp_path / "a.opus")
    assert (tmp_path / "a.wav").read_bytes().startswith(b"RIFF")
    assert (tmp_path / "a.opus").read_bytes().startswith(b"OggS")


def test_latest_recording_comes_first(shelf: Shelf) -> None:
    for name in ("a1", "b2", "c3"):
        shelf.record(replace(CALL, id=CallId(name)))
        shelf.now += timedelta(minutes=1)
    assert [kept.call_id for kept in shelf.recordings.all()] == ["c3", "b2", "a1"]


def test_every_recording_has_a_key_and_a_name_of_its_own(shelf: Shelf) -> None:
    first = shelf.record()
    shelf.now += timedelta(milliseconds=1)
    second = shelf.record()
    assert first.key != second.key
    assert first.path != second.path


def test_recordings_of_a_call_are_linked_with_its_contact(shelf: Shelf) -> None:
    shelf.record()
    shelf.record(replace(CALL, id=CallId("b2")))
    shelf.recordings.link(CallId("a1"), "K-1")
    assert {kept.call_id: kept.contact_id for kept in shelf.recordings.all()} == {"a1": "K-1", "b2": None}
    assert shelf.recordings.open(shelf.recordings.all()[0]).wholeness is Wholeness.WHOLE


def test_nobody_without_the_agents_key_learns_the_key_or_who_was_called(shelf: Shelf) -> None:
    begun = shelf.record()
    lying_there = b"".join(path.name.encode() + path.read_bytes() for path in shelf.folder.iterdir())
    assert not any(
        secret in lying_there
        for secret in (begun.key, begun.key.hex().encode(), b"13812345678", "张三".encode(), b"support", b"pbx1")
    )


def test_recordings_of_another_agent_are_passed_over(shelf: Shelf) -> None:
    shelf.record()
    assert Shelf(shelf.folder, bytes([1] * 32)).recordings.all() == ()


def test_same_key_opens_them_after_a_restart(tmp_path: Path) -> None:
    Shelf(tmp_path).record()
    again = Shelf(tmp_path).recordings
    assert again.open(again.all()[0]).wholeness is Wholeness.WHOLE


def test_recordings_of_an_earlier_version_are_taken_over(tmp_path: Path) -> None:
    old_key = bytes([1] * 32)
    Shelf(tmp_path, old_key).record()
    shelf = Shelf(tmp_path)
    assert shelf.recordings.take_over(old_key)
    assert shelf.recordings.open(shelf.recordings.all()[0]).wholeness is Wholeness.WHOLE
    assert Shelf(tmp_path, old_key).recordings.all() == ()


def test_card_of_another_recording_does_not_open_this_one(shelf: Shelf) -> None:
    first = shelf.record()
    shelf.now += timedelta(minutes=1)
    second = shelf.record()
    [kept] = [each for each in shelf.recordings.all() if each.path == second.path]
    second.path.with_suffix(".card").write_bytes(first.path.with_suffix(".card").read_bytes())
    with pytest.raises(WrongKeyError):
        shelf.recordings.open(kept)


def test_garbled_card_is_passed_over(shelf: Shelf) -> None:
    shelf.record().path.with_suffix(".card").write_text("no card", encoding="ascii")
    assert shelf.recordings.all() == ()


@pytest.mark.parametrize(
    ("rule", "records"),
    [
        (RecordingRule.NEVER, [False, False, False]),
        (RecordingRule.ON_DEMAND, [False, False, False]),
        (RecordingRule.ALL, [True, True, True]),
        (RecordingRule.BY_QUEUE, [True, False, False]),
    ],
)
def test_site_says_which_calls_are_recorded_by_themselves(rule: RecordingRule, records: list[bool]) -> None:
    site = Site(recording=rule, recording_queues=("vip", "complaints"))
    assert [site.records(queue) for queue in ("vip", "service", None)] == records
