"""Whether each part of this workstation is well: what was found, and how far that is from what it should be.

Everything here is judged by plain values; who looks, and in which thread, is for others to say.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from agent_desktop.headset.port import NoLibrary, NotAllowed
from agent_desktop.headset.port import State as Headset
from agent_desktop.softphone.account import NotRegistered, Registered, Registering, Registration
from agent_desktop.softphone.audio import Device, NoDevice
from agent_desktop.softphone.events import QualityMeasured
from agent_desktop.updates.updater import NEVER, Stage, Standing

FAR_MS: Final = 400
"""A server so far away is felt with every key."""
CLOCK_MAY_DIFFER: Final = timedelta(seconds=30)
CLOCK_MUST_NOT_DIFFER: Final = timedelta(minutes=5)
"""Certificates and one-time codes fail beyond it."""
SHORT_OF_DISK_MB: Final = 2_000
OUT_OF_DISK_MB: Final = 300
CERTIFICATE_ENDS_SOON: Final = timedelta(days=14)
GOOD_MOS: Final = 3.6
USABLE_MOS: Final = 3.1
MUCH_LOST_PCT: Final = 3.0
HEARD: Final = 0.02
"""The loudest moment of somebody who speaks is far above it."""


class Part(StrEnum):
    SERVER = "server"
    CLOCK = "clock"
    LINE = "line"
    SOUND = "sound"
    MICROPHONE = "microphone"
    SPEAKER = "speaker"
    HEADSET = "headset"
    DATABASE = "database"
    UNSENT = "unsent"
    DISK = "disk"
    KEYRING = "keyring"
    POLICY = "policy"
    UPDATES = "updates"


class State(StrEnum):
    """UNTRIED: nobody knows before somebody tries it. ODD: work goes on, somebody should look. BAD: something fails."""

    WELL = "well"
    UNTRIED = "untried"
    ODD = "odd"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Check:
    """`facts` are by names that only `ui` turns into words; `trouble` is why nothing could be found out."""

    part: Part
    state: State
    facts: Mapping[str, Any] = field(default_factory=dict)
    trouble: Exception | None = None


def failed(part: Part, trouble: Exception) -> Check:
    return Check(part, State.BAD, trouble=trouble)


def of_server(version: str, latency_ms: int, issuer: str, ends: datetime | None, now: datetime) -> Check:
    """`issuer` and `ends` are of its certificate; empty and None without TLS."""
    ends_soon = ends is not None and ends - now < CERTIFICATE_ENDS_SOON
    facts = {"version": version, "latency_ms": latency_ms, "issuer": issuer, "ends": ends, "ends_soon": ends_soon}
    is_odd = latency_ms > FAR_MS or ends_soon
    return Check(Part.SERVER, State.ODD if is_odd else State.WELL, facts)


def of_clock(server: datetime | None, here: datetime) -> Check:
    """None while the server does not say what time it is."""
    if server is None:
        return Check(Part.CLOCK, State.UNTRIED)
    apart = abs(server - here)
    state = State.WELL
    if apart > CLOCK_MAY_DIFFER:
        state = State.BAD if apart > CLOCK_MUST_NOT_DIFFER else State.ODD
    return Check(Part.CLOCK, state, {"apart_s": round(apart.total_seconds()), "is_behind": here < server})


def of_line(registration: Registration, since: datetime | None, transport: str, *, is_there: bool) -> Check:
    """`is_there`: whether the phone process is."""
    facts = {"registration": registration, "is_there": is_there, "since": since, "transport": transport.upper()}
    match registration:
        case _ if not is_there:
            state = State.BAD
        case Registered() | NotRegistered():
            state = State.WELL
        case Registering():
            state = State.ODD
        case _:
            state = State.BAD
    return Check(Part.LINE, state, facts)


def of_sound(measured: QualityMeasured | None) -> Check:
    """Of the last call, also one with the echo service."""
    if measured is None:
        return Check(Part.SOUND, State.UNTRIED)
    worst = min(measured.mos, measured.mos_there or measured.mos)
    lost = max(measured.loss_pct, measured.loss_there_pct or 0.0)
    state = State.WELL
    if worst < GOOD_MOS or lost > MUCH_LOST_PCT:
        state = State.BAD if worst < USABLE_MOS else State.ODD
    facts = {"mos": measured.mos, "loss_pct": measured.loss_pct, "jitter_ms": measured.jitter_ms}
    return Check(Part.SOUND, state, {**facts, "round_trip_ms": measured.round_trip_ms, "codec": measured.codec})


def of_microphone(device: Device | NoDevice, loudest: float | None) -> Check:
    """`loudest` 0..1 of the last try of the sound, None before it."""
    if isinstance(device, NoDevice):
        return Check(Part.MICROPHONE, State.BAD)
    facts = {"device": device.title, "loudest": loudest}
    if loudest is None:
        return Check(Part.MICROPHONE, State.UNTRIED, facts)
    return Check(Part.MICROPHONE, State.WELL if loudest > HEARD else State.BAD, facts)


def of_speaker(device: Device | NoDevice) -> Check:
    if isinstance(device, NoDevice):
        return Check(Part.SPEAKER, State.BAD)
    return Check(Part.SPEAKER, State.WELL, {"device": device.title})


def of_headset(found: Headset | None) -> Check:
    """None while nobody looks for one; without one there is nothing wrong."""
    match found:
        case NotAllowed():
            state = State.BAD
        case NoLibrary():
            state = State.ODD
        case _:
            state = State.WELL
    return Check(Part.HEADSET, state, {"found": found})


def of_database(size_mb: int, *, is_encrypted: bool) -> Check:
    return Check(Part.DATABASE, State.WELL if is_encrypted else State.BAD, {"size_mb": size_mb})


def of_unsent(waiting: int, refused: int) -> Check:
    return Check(Part.UNSENT, State.ODD if refused else State.WELL, {"waiting": waiting, "refused": refused})


def of_disk(free_mb: int, folder: str) -> Check:
    state = State.WELL
    if free_mb < SHORT_OF_DISK_MB:
        state = State.BAD if free_mb < OUT_OF_DISK_MB else State.ODD
    return Check(Part.DISK, state, {"free_mb": free_mb, "folder": folder})


def of_policy(locked: int, refused: int) -> Check:
    return Check(Part.POLICY, State.ODD if refused else State.WELL, {"locked": locked, "refused": refused})


def of_updates(standing: Standing) -> Check:
    """What keeps a version from being fetched is for IT to mend."""
    is_odd = standing.trouble is not None or standing.stage in NEVER - {Stage.BY_IT}
    facts = {"standing": standing}
    return Check(Part.UPDATES, State.ODD if is_odd else State.WELL, facts)
