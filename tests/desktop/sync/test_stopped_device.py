"""A workstation that was locked or is to be wiped: it hears so at its next round, and its work is kept."""

import platform
from pathlib import Path
from typing import Any

import orjson
import pytest

from agent_desktop.leaving import Leaving
from agent_desktop.settings import Settings
from agent_desktop.sync.client import ServerClient
from agent_desktop.sync.delivery import Delivery
from agent_desktop.sync.events import DeviceStopped, Synced
from agent_desktop.sync.handover import HandoverFolder
from agent_desktop.sync.tally import UnsentTally
from agent_model.device import DeviceState
from agent_server.__main__ import main
from tests.desktop.sync.conftest import SitDown
from tests.desktop.sync.seat import Seat
from tests.in_process import DATABASE_NAME, PASSWORD, ServerThread
from tests.server.conftest import executed


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


def test_lead_hears_what_a_locked_seat_cannot_send_and_that_it_has_gone_at_last(
    server: ServerThread, sit_down: SitDown
) -> None:
    seat, lead = sit_down(server.address), sit_down(server.address, "lead", login="zhou.min")
    seat.sync()
    tally = UnsentTally(seat.client, seat.outbox, seat.clock)
    tally.tell_if_due()
    assert unsent(lead) == []
    console(server, seat, "lock")
    seat.file_ticket()
    seat.clock.move(minutes=5)
    tally.tell_if_due()
    [line] = unsent(lead)
    assert (line["author"], line["count"]) == (seat.agent.id, 1)
    assert line["device_name"] == platform.node()

    console(server, seat, "activate")
    seat.sync()
    tally.tell_if_due()
    assert unsent(lead) == []


def test_window_that_died_with_something_unsent_is_forgotten_when_the_next_one_has_sent_it(
    server: ServerThread, sit_down: SitDown
) -> None:
    seat, lead = sit_down(server.address), sit_down(server.address, "lead", login="zhou.min")
    seat.sync()
    seat.file_ticket()
    UnsentTally(seat.client, seat.outbox, seat.clock).tell()
    assert [line["count"] for line in unsent(lead)] == [1]
    seat.sync()
    asked = len(seat.network.asked)
    tally = UnsentTally(seat.client, seat.outbox, seat.clock)
    for _ in range(10):
        tally.tell_if_due()
        seat.clock.move(minutes=10)
    assert unsent(lead) == []
    assert len(seat.network.asked) - asked == 3, "once at the start, and nothing as long as all is sent"


def test_what_was_sealed_at_sign_off_is_counted_until_somebody_has_brought_it(
    server: ServerThread, sit_down: SitDown, tmp_path: Path
) -> None:
    seat, lead = sit_down(server.address), sit_down(server.address, "lead", login="zhou.min")
    seat.sync()
    seat.file_ticket()
    folder, tally = HandoverFolder(tmp_path / "handover"), UnsentTally(seat.client, seat.outbox, seat.clock)
    leaving = Leaving(seat.client, seat.outbox, seat.drafts, seat.desk, folder, tally, seat.clock)
    leaving.sign_off(Settings())
    assert [(line["author"], line["count"]) for line in unsent(lead)] == [(seat.agent.id, 1)]

    Delivery(lead.client, folder, lead.clock).run()
    assert folder.batches() == []
    assert unsent(lead) == []


def test_session_is_handed_on_with_one_sign_in(server: ServerThread, sit_down: SitDown) -> None:
    seat = sit_down(server.address)
    seat.client.forget()
    other = ServerClient(server.address, lambda _token: None)
    other.sign_in(seat.agent.login, PASSWORD, seat.client.device_id)
    seat.client.take_over(other.hand_on())
    other.close()
    seat.sync()
    assert isinstance(seat.told[-1], Synced)
    seat.client._access = "ran out"
    seat.sync()
    assert isinstance(seat.told[-1], Synced)
    signed_in = executed(server.settings, "SELECT seq FROM audit_line WHERE deed = 'signed_in'")
    assert len(signed_in) == 2


def unsent(lead: Seat) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = orjson.loads(lead.client._ask("GET", "/sync/v1/unsent"))["unsent"]
    return found
