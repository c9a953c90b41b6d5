"""Looks at whole numbers reach the audit trail; a workstation that is to see them masked keeps none."""

from pathlib import Path

import pytest

from agent_desktop.offline.mirror import Mirror
from agent_model.agent import Role
from agent_model.customer import CustomerId
from agent_model.phone_number import PhoneNumber
from agent_server.policy import Policy
from agent_server.settings import Settings
from tests.desktop.sync.conftest import SitDown
from tests.in_process import a_customer, make_site, serving
from tests.server.conftest import executed
from tests.server.officers import decide

WHO = CustomerId("C-1")
PHONE = PhoneNumber("+8613800000001")
LOOKS = "SELECT who, subject, field, reason FROM audit_line WHERE deed = 'revealed'"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return make_site(tmp_path / "site", [a_customer(1), a_customer(2)])


def phones(mirror: Mirror) -> list[str]:
    row = mirror.row("customer", WHO)
    assert row is not None
    return list(row.body["phones"])


def test_look_without_the_server_stands_in_the_trail_once_it_is_back(settings: Settings, sit_down: SitDown) -> None:
    with serving(settings) as server:
        seat = sit_down(server.address)
        seat.sync()
    before = seat.book.customer(WHO)
    seat.book.note_reveal(WHO, "phones", "shown on the screen")

    assert seat.book.customer(WHO) == before
    with serving(settings, int(server.address.rpartition(":")[2])):
        seat.sync()
        seat.sync()
    assert executed(settings, LOOKS) == [(seat.agent.id, "C-1", "phones", "shown on the screen")]


def test_workstation_takes_everything_anew_when_numbers_are_to_be_masked(settings: Settings, sit_down: SitDown) -> None:
    with serving(settings) as server:
        seat = sit_down(server.address)
        seat.sync()
        whole = phones(seat.mirror)
    decide(settings, Policy(masked=frozenset({Role.AGENT})))
    with serving(settings, int(server.address.rpartition(":")[2])):
        seat.sync()
        masked = phones(seat.mirror)

    assert (whole, masked) == ([PHONE], ["138****0001"])
    assert seat.mirror.customers_with(PHONE) == []
