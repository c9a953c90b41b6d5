"""What a recording looks like: how loud each side was, where nobody spoke for long, where both spoke at once."""

import io
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from agent_desktop.softphone.recording.opus import CHANNELS, RATE_HZ
from agent_desktop.softphone.recording.reader import read_recording
from agent_desktop.softphone.recording.sealed import NotSealedError

SLICE_S: Final = 0.1
SPEAKS: Final = 3
"""In percent of the loudest there is: below it is breath and the noise of a room."""
BREATH_S: Final = 0.6
"""So long one may pause and goes on speaking."""
SILENT_S: Final = 3.0
AT_ONCE_S: Final = 0.8
"""Shorter than this is a word of assent, no talking over each other."""
_EVERY: Final = 4  # of the samples of a slice, so many are left out but one: a whole call takes a moment
_LOUDEST: Final = 32_768

Stretch = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """`agent` and `others` are percent of the loudest there is, one for every SLICE_S. Stretches are (from, to) in
    seconds."""

    agent: bytes = b""
    others: bytes = b""
    silences: tuple[Stretch, ...] = ()
    at_once: tuple[Stretch, ...] = ()


def shape_of(path: Path, key: bytes) -> Shape:
    """Read and decoded in memory. Raises NotSealedError, WrongKeyError, OSError."""
    agent, others = bytearray(), bytearray()
    for left, right in _slices(read_recording(path, key).sound):
        agent.append(left)
        others.append(right)
    return shaped(bytes(agent), bytes(others))


def shaped(agent: bytes, others: bytes) -> Shape:
    """Of how loud each side was."""
    ours, theirs = _speaks(agent), _speaks(others)
    nobody = _stretches((not (a or b) for a, b in zip(ours, theirs, strict=True)), SILENT_S)
    at_once = _stretches((a and b for a, b in zip(ours, theirs, strict=True)), AT_ONCE_S)
    return Shape(agent, others, tuple(nobody), tuple(at_once))


def _slices(sound: bytes) -> Iterator[tuple[int, int]]:
    import soundfile

    count = int(RATE_HZ * SLICE_S) * CHANNELS
    try:
        with soundfile.SoundFile(io.BytesIO(sound)) as opened:
            if opened.samplerate != RATE_HZ or opened.channels != CHANNELS:
                raise NotSealedError("not sound of ours")
            while block := array("h", bytes(opened.buffer_read(RATE_HZ, "int16"))):
                for begin in range(0, len(block), count):
                    part = block[begin : begin + count]
                    yield _loudness(part[:: CHANNELS * _EVERY]), _loudness(part[1 :: CHANNELS * _EVERY])
    except soundfile.SoundFileError as error:
        raise NotSealedError("not sound") from error


def _loudness(samples: "array[int]") -> int:
    return max(max(samples, default=0), -min(samples, default=0)) * 100 // _LOUDEST


def _speaks(loudness: bytes) -> list[bool]:
    """Slice by slice, a breath between two words being of the speech."""
    spoken = [loud >= SPEAKS for loud in loudness]
    breath, last = round(BREATH_S / SLICE_S), None
    for at, is_spoken in enumerate(spoken):
        if is_spoken:
            if last is not None and at - last <= breath:
                spoken[last:at] = [True] * (at - last)
            last = at
    return spoken


def _stretches(are_so: Iterable[bool], at_least_s: float) -> Iterator[Stretch]:
    begin: int | None = None
    fewest, at = round(at_least_s / SLICE_S), 0
    for at, is_so in enumerate([*are_so, False]):
        if is_so and begin is None:
            begin = at
        elif not is_so and begin is not None:
            if at - begin >= fewest:
                yield round(begin * SLICE_S, 1), round(at * SLICE_S, 1)
            begin = None
