"""What a call's audio comes from and goes to; a missing device is a value."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class DeviceKind(StrEnum):
    MICROPHONE = "microphone"
    SPEAKER = "speaker"


@dataclass(frozen=True, slots=True)
class Device:
    """A sound device by the name the system gives it; names survive re-plugging, numbers do not.

    `label` is how the system names it towards people; empty where it has no other name.
    """

    name: str
    kind: DeviceKind
    label: str = ""

    @property
    def title(self) -> str:
        """For the screen."""
        return self.label or self.name


@dataclass(frozen=True, slots=True)
class NoDevice:
    """There is no such device: calls go on, silent in this direction."""


@dataclass(frozen=True, slots=True)
class NativeSource:
    """A microphone. `name` None: whatever the system has as default."""

    name: str | None = None


@dataclass(frozen=True, slots=True)
class SilentSource:
    """Sends silence."""


@dataclass(frozen=True, slots=True)
class WavSource:
    """Plays a mono 16-bit WAV file from its beginning when a call is answered."""

    path: Path
    repeats: bool = True


@dataclass(frozen=True, slots=True)
class NativeSink:
    """A speaker or headset. `name` None: whatever the system has as default."""

    name: str | None = None


@dataclass(frozen=True, slots=True)
class NullSink:
    """Throws away what is heard."""


@dataclass(frozen=True, slots=True)
class WavSink:
    """Writes what is heard to a mono 16-bit WAV file, finished when the last call ends."""

    path: Path


Source = NativeSource | SilentSource | WavSource
Sink = NativeSink | NullSink | WavSink


@dataclass(frozen=True, slots=True)
class Sound:
    """Where calls get their audio from and where they bring it.

    `ringer` is where ringing is heard; None is the speaker of the calls. Gains are factors, 1.0 leaves it as it is.
    Echo cancelling and noise suppression work on what a microphone records.
    """

    source: Source = field(default_factory=NativeSource)
    sink: Sink = field(default_factory=NativeSink)
    ringer: NativeSink | None = None
    microphone_gain: float = 1.0
    speaker_gain: float = 1.0
    echo_cancelling: bool = True
    noise_suppression: bool = True


def device_for(devices: Iterable[Device], kind: DeviceKind, wanted: Source | Sink | None) -> Device | NoDevice:
    """The device to use for it: the named one, while that is gone or none is named the first, which is the default."""
    if not isinstance(wanted, NativeSource | NativeSink):
        return NoDevice()
    fitting = [device for device in devices if device.kind is kind]
    named = [device for device in fitting if device.name == wanted.name]
    return next(iter((*named, *fitting)), NoDevice())
