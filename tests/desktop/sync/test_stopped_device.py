"""A workstation that was locked or is to be wiped: it hears so at its next round, and its work is kept."""

import pytest

from agent_desktop.sync.events import DeviceStopped, Synced
from agent_model.device import DeviceState
from agent_server.__main__ import main
from tests.desktop.sync.conftest import SitDown
from tests.desktop.sync.seat import Seat
from tests.in_process import DATABASE_NAME, ServerThread


def console(server: ServerThread, seat: Seat, word: str) -> None:
    where = ["--database", str(server.settings.home / DATABASE_NAME)]
    assert main(["device", word, seat.client.device_id, *where]) == 0


@pytest.mark.parametrize(("word", "state"), [("lock", DeviceState.LOCKED), ("wipe", DeviceState.WIPE)])
def test_stop_is_told_and_the_outbox_waits(
    server: ServerThread, sit_down: SitDown, word: str, state: DeviceState
) -> None:
    seat = sit_down(server.address)
    seat.sync()
    console(server, seat, word)
    seat.file_ticket()
    seat.sync()

    assert seat.told[-1] == DeviceStopped(state, 1)
    assert seat.client.device_state() is state
    assert seat.outbox.count_waiting() == 1


def test_activated_device_sends_what_waited(server: ServerThread, sit_down: SitDown) -> None:
    seat = sit_down(server.address)
    seat.sync()
    console(server, seat, "lock")
    ticket = seat.file_ticket()
    seat.sync()
    console(server, seat, "activate")
    seat.sync()

    assert isinstance(seat.told[-1], Synced)
    assert seat.desk.ticket(ticket.id).number is not None  # type: ignore[union-attr]


def test_stop_is_told_when_the_access_token_ran_out_too(server: ServerThread, sit_down: SitDown) -> None:
    seat = sit_down(server.address)
    seat.sync()
    console(server, seat, "wipe")
    seat.client._access = "ran out"
    seat.sync()

    assert seat.told[-1] == DeviceStopped(DeviceState.WIPE, 0)


def test_lead_is_told_what_waits_on_a_seat(server: ServerThread, sit_down: SitDown) -> None:
    seat = sit_down(server.address)
    seat.client.tell_unsent(seat.agent.id, 3, seat.clock())

    lead = sit_down(server.address, "lead", login="zhou.min")
    found = lead.client._ask("GET", "/sync/v1/unsent")
    assert b'"count":3' in found
