"""Recordings that an exchange made: fetched from its folder, sealed, heard by who may, gone where they lay in clear."""

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from agent_desktop.softphone.recording.reader import read_recording
from agent_desktop.softphone.recording.sealed import Wholeness
from agent_model.moment import to_text
from agent_server.exchange_recordings import AT_ONCE
from agent_server.switch.asterisk import AsteriskSettings
from tests.in_process import ServerThread, a_customer, make_site, serving, until
from tests.server.test_commands import contact
from tests.server.workstation import Workstation
from tests.softphone.tones import write_tone

HZ = 700.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "monitor"
    made.mkdir()
    return made


@pytest.fixture
def server(tmp_path: Path, folder: Path, caplog: pytest.LogCaptureFixture) -> Iterator[ServerThread]:
    exchange = AsteriskSettings("main", "127.0.0.1", 9, recordings=str(folder))
    site = replace(
        make_site(tmp_path / "site", [a_customer(1)]), exchanges=(exchange,), exchange_recordings_every_s=0.1
    )
    with serving(site) as running:
        yield running
    said = caplog.get_records("call")
    assert all("is not reached" in one.getMessage() for one in said), "nothing stands behind this exchange"
    said.clear()


def recorded(folder: Path, reference: str, *, seconds_ago: float = 60.0) -> Path:
    path = folder / f"{reference}.wav"
    write_tone(path, HZ, seconds=3, rate_hz=8000)
    os.utime(path, (time.time() - seconds_ago,) * 2)
    return path


def spoke(seat: Workstation, reference: str, **fields: Any) -> str:
    wish = contact(seat, call_ref=reference, at=to_text(datetime.now(UTC)), **fields)
    [answer] = seat.push(wish)
    assert answer["verdict"] == "applied"
    return str(wish["id"])


def held(seat: Workstation, contact_id: str) -> list[dict[str, Any]]:
    answer = seat.http.get(f"/sync/v1/recordings/{contact_id}")
    assert answer.status_code == 200, answer.text
    return list(answer.json()["recordings"])


def test_recording_of_the_exchange_is_heard_and_lies_nowhere_in_clear(
    server: ServerThread, folder: Path, tmp_path: Path
) -> None:
    path = recorded(folder, "ref-1")
    with Workstation(server.address, "lin.yue") as seat, Workstation(server.address, "zhou.min") as lead:
        contact_id = spoke(seat, "ref-1")
        until(lambda: not path.exists())

        [one] = held(lead, contact_id)
        assert one["is_here"]
        fetched = tmp_path / "fetched"
        fetched.write_bytes(lead.http.get(f"/sync/v1/recordings/{contact_id}/{one['id']}").content)
    assert b"OggS" not in fetched.read_bytes()
    found = read_recording(fetched, bytes.fromhex(one["key"]))
    assert (found.call_ref, found.wholeness, found.seconds) == ("ref-1", Wholeness.WHOLE, 3.0)
    found.save(tmp_path / "clear.wav")
    sound, rate = soundfile.read(tmp_path / "clear.wav")
    assert sound.shape == (3 * rate, 2), "both channels have what a recording of one has"
    for channel in (0, 1):
        loudest = np.abs(np.fft.rfft(sound[rate : 2 * rate, channel])).argmax()
        assert loudest == pytest.approx(HZ, abs=2)


def test_recording_waits_for_its_call_and_for_its_end(server: ServerThread, folder: Path) -> None:
    early, growing = recorded(folder, "ref-2"), recorded(folder, "ref-3", seconds_ago=0.0)
    with Workstation(server.address, "lin.yue") as seat:
        later = spoke(seat, "ref-3")
        other = recorded(folder, "ref-4")
        spoke(seat, "ref-4")
        until(lambda: not other.exists())
        assert early.exists(), "nobody knows yet whose call it is of"
        assert growing.exists(), "it is written to"
        with Workstation(server.address, "zhou.min") as lead:
            assert held(lead, later) == []
        spoke(seat, "ref-2")
        until(lambda: not early.exists())


def test_recordings_of_calls_that_nobody_took_keep_no_other(server: ServerThread, folder: Path) -> None:
    given_up = [recorded(folder, f"given-up-{at}", seconds_ago=600.0) for at in range(AT_ONCE + 1)]
    with Workstation(server.address, "lin.yue") as seat:
        spoke(seat, "ref-8")
        taken = recorded(folder, "ref-8")
        until(lambda: not taken.exists())
    assert all(one.exists() for one in given_up)


def test_recording_that_was_fetched_and_is_there_again_is_kept_once(server: ServerThread, folder: Path) -> None:
    with Workstation(server.address, "lin.yue") as seat, Workstation(server.address, "zhou.min") as lead:
        contact_id = spoke(seat, "ref-5")
        for _ in range(2):
            path = recorded(folder, "ref-5")
            until(lambda path=path: not path.exists())  # type: ignore[misc]
        assert len(held(lead, contact_id)) == 1


def test_what_is_no_recording_is_left_and_told_and_keeps_no_other(
    server: ServerThread, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    broken = folder / "ref-6.wav"
    broken.write_bytes(b"no sound")
    os.utime(broken, (time.time() - 120,) * 2)
    with Workstation(server.address, "lin.yue") as seat:
        spoke(seat, "ref-6")
        spoke(seat, "ref-7")
        good = recorded(folder, "ref-7")
        until(lambda: not good.exists())
    assert broken.exists()
    assert "the recording ref-6.wav of exchange main is left there" in caplog.text
    caplog.get_records("call")[:] = [one for one in caplog.get_records("call") if "ref-6.wav" not in one.getMessage()]
