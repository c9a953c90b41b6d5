"""The sound devices of this computer, and whether they are still the same."""

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pjsua2 as pj

from agent_desktop.softphone.audio import Device, DeviceKind

_LOOK_EVERY_S = 2.0
_HAS_SOUND_SERVER = hasattr(pj, "soundServerDevices")  # our own build for Linux
_CONVERTERS = frozenset({"jack", "lavrate", "oss", "samplerate", "speex", "speexrate", "upmix", "vdownmix"})


@dataclass(frozen=True, slots=True)
class Plugged:
    """A device as it is plugged in now: in again, it is another one."""

    device: Device
    number: int
    serial: str = ""


class Devices:
    """A sound server (PulseAudio, PipeWire) tells changes by a datagram to `bell_port` of this computer. Elsewhere the
    system is asked what is plugged in every two seconds that somebody looks."""

    def __init__(self, manager: pj.AudDevManager, bell_port: int) -> None:
        self._manager = manager
        self._bell_port = bell_port
        self._look_at = 0.0
        self._seen = self._signs()
        self.plugged: tuple[Plugged, ...] = tuple(self._list())

    @property
    def all(self) -> tuple[Device, ...]:
        """What the system has as default comes first of its kind."""
        return tuple(each.device for each in self.plugged)

    @property
    def can_list_while_open(self) -> bool:
        """Without a sound server a device that is open looks as if it were gone."""
        return _HAS_SOUND_SERVER and bool(pj.soundServerDevices())

    def have_changed(self) -> bool:
        """Since the last time this was asked."""
        before, self._seen = self._seen, self._signs()
        return before != self._seen

    def list_again(self) -> None:
        self._manager.refreshDevs()
        self.plugged = tuple(self._list())

    def find(self, device: Device) -> Plugged | None:
        return next((each for each in self.plugged if each.device == device), None)

    def _signs(self) -> tuple[int, tuple[object, ...]]:
        told = int(pj.soundServerChanges(self._bell_port)) if _HAS_SOUND_SERVER else 0
        now = time.monotonic()
        if now < self._look_at:
            return told, self._seen[1]
        self._look_at = now + _LOOK_EVERY_S
        return told, _what_is_plugged_in()

    def _list(self) -> Iterator[Plugged]:
        known = _of_sound_server() if _HAS_SOUND_SERVER else {}
        seen = self._manager.enumDev2()  # its parts point into it, so it must stay
        found = [(number, seen[number]) for number in range(len(seen))]
        found = [(number, each) for number, each in found if _is_for_people(each.name)]
        found.sort(key=lambda numbered: numbered[1].name != "default")  # ALSA's name for it
        for number, each in found:
            for kind, count in ((DeviceKind.MICROPHONE, each.inputCount), (DeviceKind.SPEAKER, each.outputCount)):
                if count:
                    serial, label = known.get((kind, each.name), ("", ""))
                    yield Plugged(Device(each.name, kind, label), number, serial)


def _of_sound_server() -> dict[tuple[DeviceKind, str], tuple[str, str]]:
    """Serial and label of what a sound server has."""
    lines = [line.split("\t") for line in pj.soundServerDevices().splitlines()]
    kinds = {"in": DeviceKind.MICROPHONE, "out": DeviceKind.SPEAKER}
    return {(kinds[way], name): (serial, label) for way, serial, name, label in lines}


def _is_for_people(name: str) -> bool:
    """ALSA lists its converters and every way to reach a card; one way is enough."""
    return name not in _CONVERTERS and (":" not in name or name.startswith("plughw:") or sys.platform == "win32")


def _what_is_plugged_in() -> tuple[object, ...]:
    if sys.platform == "win32":
        from ctypes import windll

        return windll.winmm.waveInGetNumDevs(), windll.winmm.waveOutGetNumDevs()
    server = "/".join((os.environ.get("XDG_RUNTIME_DIR", ""), "pulse/native"))
    return (*sorted(each.name for each in Path("/dev/snd").glob("pcm*")), Path(server).exists())
