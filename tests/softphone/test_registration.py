"""Registering at a switch, and being refused there."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent_desktop.softphone.account import (
    Account,
    NotRegistered,
    Registered,
    RegistrarUnreachable,
    RegistrationRefused,
    Transport,
)
from tests.softphone.registrar import Registrar
from tests.softphone.stations import Station, Stations, end, set_up, started


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    running = started(tmp_path)
    yield running
    end(running, tmp_path)


def account(registrar: Registrar) -> Account:
    return Account("100", "127.0.0.1", "right", registrar.address, bound_to="127.0.0.1", register_every_s=90)


def mistyped(registrar: Registrar) -> Account:
    return replace(account(registrar), password="wrong")


@pytest.mark.parametrize("transport", [Transport.UDP, Transport.TCP], ids=["udp", "tcp"])
def test_right_password_registers(registrar: Registrar, station: Station, transport: Transport) -> None:
    set_up(station, replace(account(registrar), transport=transport))
    Stations(station).until(lambda: isinstance(station.phone.snapshot().registration, Registered))
    now = station.phone.snapshot().registration
    assert isinstance(now, Registered)
    assert timedelta(seconds=50) < now.until - datetime.now(UTC) <= timedelta(seconds=60), "what was granted counts"
    assert registrar.registered == ["100 60"]


def test_wrong_password_is_refused_with_its_code(registrar: Registrar, station: Station) -> None:
    set_up(station, mistyped(registrar))
    Stations(station).until(lambda: isinstance(station.phone.snapshot().registration, RegistrationRefused))
    refused = station.phone.snapshot().registration
    assert isinstance(refused, RegistrationRefused)
    assert refused.code == 401
    assert registrar.registered == []


def test_right_password_after_a_wrong_one_registers(registrar: Registrar, station: Station) -> None:
    set_up(station, mistyped(registrar))
    Stations(station).until(lambda: isinstance(station.phone.snapshot().registration, RegistrationRefused))
    station.phone.set_account(account(registrar))
    Stations(station).until(lambda: isinstance(station.phone.snapshot().registration, Registered))


def test_giving_up_the_account_unregisters(registrar: Registrar, station: Station) -> None:
    set_up(station, account(registrar))
    Stations(station).until(lambda: isinstance(station.phone.snapshot().registration, Registered))
    station.phone.set_account(None)
    Stations(station).until(lambda: station.phone.snapshot().registration == NotRegistered())
    Stations(station).until(lambda: registrar.registered[-1:] == ["100 0"])


def test_ending_the_phone_unregisters(registrar: Registrar, station: Station, tmp_path: Path) -> None:
    set_up(station, account(registrar))
    Stations(station).until(lambda: isinstance(station.phone.snapshot().registration, Registered))
    end(station, tmp_path)
    assert registrar.registered[-1] == "100 0"


def test_silent_registrar_is_unreachable_within_seconds(registrar: Registrar, station: Station) -> None:
    nobody = replace(account(registrar), registrar="127.0.0.1:9")
    set_up(station, nobody)
    Stations(station).until(lambda: isinstance(station.phone.snapshot().registration, RegistrarUnreachable))
