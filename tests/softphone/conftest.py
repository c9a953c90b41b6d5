"""Phones for the tests: two of the same kind, real or simulated."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from agent_desktop.softphone.simulated import SimulatedSwitch
from agent_desktop.softphone.simulated_link import SimulatedLink
from tests.softphone.registrar import Registrar
from tests.softphone.stations import Station, Stations, direct, end, set_up, started


@dataclass(frozen=True, slots=True)
class Pair:
    """`here` is the agent's phone, `there` the caller's."""

    here: Station
    there: Station
    both: Stations


@pytest.fixture(params=["simulated", "pjsip"])
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Pair]:
    folders = [tmp_path / name for name in ("here", "there")]
    if request.param == "simulated":
        switch = SimulatedSwitch()
        stations = [Station(SimulatedLink(switch)) for _ in folders]
    else:
        stations = [started(folder) for folder in folders]
    with ExitStack() as leaving:
        for station, folder in zip(stations, folders, strict=True):
            leaving.callback(end, station, folder)
        here, there = (set_up(each, direct(name)) for each, name in zip(stations, ("100", "200"), strict=True))
        yield Pair(here, there, Stations(here, there))


@pytest.fixture
def registrar() -> Iterator[Registrar]:
    running = Registrar({"100": "right"})
    running.start()
    yield running
    running.close()
