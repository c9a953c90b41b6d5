"""Phones for the tests: two of the same kind, real or simulated."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from agent_desktop.softphone.simulated_link import SimulatedLink
from agent_desktop.softphone.simulated_switch import SimulatedSwitch
from tests.softphone.registrar import Registrar
from tests.softphone.stations import Station, Stations, direct, end, set_up, started


@dataclass(frozen=True, slots=True)
class Pair:
    """`here` is the agent's phone, `there` the caller's."""

    here: Station
    there: Station
    both: Stations


@dataclass(frozen=True, slots=True)
class Trio:
    """`here` is the agent's phone, `there` the caller's, `third` a colleague's."""

    here: Station
    there: Station
    third: Station
    all: Stations


@pytest.fixture(params=["simulated", "pjsip"])
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Pair]:
    with ExitStack() as leaving:
        here, there = _phones(request.param, tmp_path, leaving, "100", "200")
        yield Pair(here, there, Stations(here, there))


@pytest.fixture(params=["simulated", "pjsip"])
def trio(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Trio]:
    with ExitStack() as leaving:
        here, there, third = _phones(request.param, tmp_path, leaving, "100", "200", "300")
        yield Trio(here, there, third, Stations(here, there, third))


def _phones(kind: str, folder: Path, leaving: ExitStack, *users: str) -> list[Station]:
    switch = SimulatedSwitch()
    phones = []
    for name in ("here", "there", "third")[: len(users)]:
        station = Station(SimulatedLink(switch)) if kind == "simulated" else started(folder / name)
        leaving.callback(end, station, folder / name)
        phones.append(station)
    return [set_up(station, direct(user)) for station, user in zip(phones, users, strict=True)]


@pytest.fixture
def registrar() -> Iterator[Registrar]:
    running = Registrar({"100": "right"})
    running.start()
    yield running
    running.close()
