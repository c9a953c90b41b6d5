"""A recording read back: what it is of, whether it is whole, and its sound for playing or for export."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from agent_desktop.softphone.recording.opus import write_wav
from agent_desktop.softphone.recording.sealed import NotSealedError, Wholeness, unseal


@dataclass(frozen=True, slots=True)
class Recorded:
    """`sound` is Opus in Ogg, two channels: left the agent, right the others. `seconds` of sound, pauses left out; None
    when the end is missing. `pauses` are where nothing was kept, as (from, to) in seconds of the whole; none are known
    of a recording whose end is missing."""

    call_id: str
    call_ref: str | None
    queue: str | None
    began_at: datetime
    seconds: float | None
    wholeness: Wholeness
    sound: bytes
    pauses: tuple[tuple[float, float], ...] = ()

    def save(self, path: Path) -> None:
        """In clear, as WAV or as Opus by the name's ending. Raises OSError."""
        if path.suffix.lower() == ".wav":
            write_wav(self.sound, path)
        else:
            path.write_bytes(self.sound)


def read_recording(path: Path, key: bytes) -> Recorded:
    """Raises NotSealedError, WrongKeyError and OSError."""
    found = unseal(path, key)
    try:
        about = json.loads(found.about)
        ending = json.loads(found.ending) if found.ending else {}
        return Recorded(
            call_id=about["call_id"],
            call_ref=about["call_ref"],
            queue=about["queue"],
            began_at=datetime.fromisoformat(about["began_at"]),
            seconds=float(ending["seconds"]) if ending else None,
            wholeness=found.wholeness,
            sound=found.content,
            pauses=tuple((float(begin), float(end)) for begin, end in ending.get("pauses", ())),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise NotSealedError("not a recording of a call") from error
