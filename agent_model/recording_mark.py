"""Marks that people set at places of a call's recording, each with a note or without."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

LONGEST_NOTE: Final = 200
MOST_MARKS: Final = 200
"""Of one recording."""
LATEST_MS: Final = 24 * 3_600_000


@dataclass(frozen=True, slots=True)
class RecordingMark:
    """At `at_ms` of the recording whose sealed bytes have this SHA-256, set `by` an agent."""

    id: str
    recording: str
    at_ms: int
    note: str
    by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class RecordingMarks:
    """Of a call: by recording and place."""

    marks: tuple[RecordingMark, ...] = ()
