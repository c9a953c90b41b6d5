"""The window is killed in the middle of a call: the call goes on, and the window that comes back shows it."""

import wave
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import psutil
import pytest

from demo.caller import Caller
from demo.ports import free_port
from demo.seat import Seat
from demo.server import DemoServer
from tests.journeys.company import CUSTOMERS, Colleague, name_of, phone_of
from tests.journeys.conftest import Sit
from tests.journeys.other_window import OtherWindow, phone_pid, subject_on_disk
from tests.journeys.sight import calls, talking, words

RATE = 16_000


@pytest.fixture
def other(tmp_path: Path, server: DemoServer) -> Iterator[OtherWindow]:
    window = OtherWindow(tmp_path / "other", server.address, free_port())
    assert window.until(lambda seen: seen["window"] and seen["categories"])
    yield window
    window.close()


def test_restarted_window_shows_the_running_call_and_can_end_it(
    other: OtherWindow, sit: Sit, colleague: Colleague, tmp_path: Path
) -> None:
    customer = CUSTOMERS[25]
    headers = {"X-Queue": "support", "X-Call-Ref": "journey-71"}
    with Caller(other.sip_address, phone_of(customer), headers, speech=_tone(tmp_path / "tone.wav")) as caller:
        assert other.until(lambda seen: seen["ringing"] and seen["customer"] == customer.customer.id)
        other.do("press F9")
        assert caller.wait_for("connected")
        assert other.until(lambda seen: seen["talking"])
        other.do("press Ctrl+N")
        other.do("type what was said")
        assert other.until(lambda _: subject_on_disk(other.paths) == "what was said")
        assert other.until(lambda _: any(event["is"] == "QualityMeasured" for event in caller.events))
        phone = psutil.Process(phone_pid(other.paths))
        heard_before = _measured(caller)

        other.kill()
        killed_at = datetime.now(UTC)

        again = sit(home=other.paths.settings.parent, sip_port=int(other.sip_address.rpartition(":")[2]))
        assert again.until(lambda: again.window.strip.talking.isVisible())
        assert phone.is_running()
        [call] = talking(again)
        assert call.answered_at is not None
        assert call.answered_at < killed_at
        running = datetime.now(UTC) - call.answered_at
        assert again.until(lambda: _shown(again) >= running - timedelta(seconds=2))
        assert again.until(lambda: name_of(customer) in words(again.window.strip.talking))
        assert again.until(lambda: again.window.customer.customer_id == customer.customer.id)
        assert again.until(lambda: again.window.right.form.subject.text() == "what was said")

        assert again.until(lambda: _measured(caller) > heard_before)
        assert set(caller.states[caller.states.index("connected") :]) == {"connected"}
        assert not any(event["call"]["held_there"] for event in caller.events if event["is"] == "CallChanged")
        again.press("Ctrl+H")
        assert again.until(lambda: talking(again)[0].held_here)
        again.press("Ctrl+H")
        assert again.until(lambda: not talking(again)[0].held_here)
        again.press("Ctrl+Shift+H")
        assert caller.wait_for("ended")
        assert again.until(lambda: not calls(again))
    segment = customer.customer.body["segment"]
    assert again.until(lambda: colleague.contacts(customer.customer.id, "journey-71", segment))
    [contact] = colleague.contacts(customer.customer.id, "journey-71", segment)
    assert contact["body"]["duration_s"] >= running.total_seconds() - 1


def _shown(seat: Seat) -> timedelta:
    """How long the strip says that the call has lasted."""
    minutes, seconds = seat.window.strip.talking._timer.text().split(":")
    return timedelta(minutes=int(minutes), seconds=int(seconds))


def _measured(caller: Caller) -> int:
    """How often the caller's phone has heard anything at all and measured it."""
    return sum(1 for event in caller.events if event["is"] == "LevelsMeasured")


def _tone(path: Path) -> Path:
    samples = (8000 * np.sin(2 * np.pi * 440 * np.arange(RATE) / RATE)).astype(np.int16)
    with wave.open(str(path), "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(RATE)
        writer.writeframes(samples.tobytes())
    return path
