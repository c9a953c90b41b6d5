"""Recordings as tests make and open them."""

from pathlib import Path

from agent_desktop.softphone.call import CallId, Recording
from agent_desktop.softphone.events import RecordingSaved
from agent_desktop.softphone.recording.reader import Recorded
from agent_desktop.softphone.recording.tape import Leg
from tests.softphone.stations import Station, Stations
from tests.softphone.tones import Heard, listen

KEY = bytes(range(32))


def begin(both: Stations, station: Station, call_id: CallId, path: Path, *, announces: bool = False) -> None:
    station.phone.start_recording(call_id, path, KEY, announces=announces)
    both.until_call(station, call_id, lambda call: call.recording is Recording.ON)


def saved(both: Stations, station: Station) -> RecordingSaved:
    both.until(lambda: any(isinstance(event, RecordingSaved) for event in station.told))
    return next(event for event in station.told if isinstance(event, RecordingSaved))


def legs(recorded: Recorded, folder: Path) -> tuple[list[Heard], list[Heard]]:
    """What the agent's leg and the other leg hold, a judgement every half second."""
    recorded.save(folder / "opened.wav")
    return listen(folder / "opened.wav", Leg.AGENT), listen(folder / "opened.wav", Leg.OTHERS)
