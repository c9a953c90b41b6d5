"""An agent's text that met another's: it stays whole on the workstation until somebody decided."""

import pytest

from agent_desktop.errors import ServerRefused, ServerUnreachable
from agent_desktop.offline.pending import State
from agent_desktop.sync.conflicts import Conflict, Conflicts, Take
from agent_desktop.sync.events import NeedsAttention, Synced
from agent_model.command import CommandKind, FieldChange
from tests.desktop.sync.conftest import SitDown
from tests.desktop.sync.seat import Seat
from tests.in_process import ServerThread


@pytest.fixture
def late(server: ServerThread, sit_down: SitDown) -> Seat:
    """A seat whose change of region and email came too late."""
    first, late = sit_down(server.address, "first"), sit_down(server.address, "late")
    for seat, region, email in ((first, "东区", "a@example.com"), (late, "西区", "b@example.com")):
        seat.sync()
        change = {"region": FieldChange(None, region), "email": FieldChange(None, email)}
        seat.outbox.put("customer", "C-1", CommandKind.UPDATE, change, seat.clock(), base_version=1)
    first.sync()
    late.sync()
    assert late.told[-1] == NeedsAttention(1)
    return late


def of_field(found: tuple[Conflict, ...], field: str) -> Conflict:
    [conflict] = [each for each in found if each.field == field]
    return conflict


def test_both_texts_are_listed(late: Seat) -> None:
    region = of_field(Conflicts(late.client, late.outbox).open(), "region")

    assert (region.base, region.mine, region.theirs, region.now) == (None, "西区", "东区", "东区")
    assert (region.entity, region.row_id, region.author) == ("customer", "C-1", late.agent.id)


def test_command_stays_until_each_field_is_decided(late: Seat) -> None:
    conflicts = Conflicts(late.client, late.outbox)
    conflicts.resolve(of_field(conflicts.open(), "region"), Take.MINE)
    half = late.outbox.count_parked()
    conflicts.resolve(of_field(conflicts.open(), "email"), Take.OTHER, "c@example.com")
    late.sync()

    row = late.mirror.row("customer", "C-1")
    assert row is not None
    assert (row.body["region"], row.body["email"]) == ("西区", "c@example.com")
    assert (half, late.outbox.count_parked()) == (1, 0)
    assert isinstance(late.told[-1], Synced)


def test_decision_about_a_stale_list_is_refused_and_nothing_is_lost(
    server: ServerThread, sit_down: SitDown, late: Seat
) -> None:
    conflicts = Conflicts(late.client, late.outbox)
    region = of_field(conflicts.open(), "region")
    third = sit_down(server.address, "third")
    third.sync()
    change = {"region": FieldChange("东区", "南区")}
    third.outbox.put("customer", "C-1", CommandKind.UPDATE, change, third.clock(), base_version=2)
    third.sync()

    with pytest.raises(ServerRefused, match="row_moved"):
        conflicts.resolve(region, Take.MINE)

    assert of_field(conflicts.open(), "region").now == "南区"
    [entry] = late.outbox.entries(State.PARKED)
    assert entry.command.fields["region"].new == "西区"


def test_decision_without_a_server_changes_nothing(late: Seat) -> None:
    conflicts = Conflicts(late.client, late.outbox)
    region = of_field(conflicts.open(), "region")
    late.network.lose_request = lambda _request: True

    with pytest.raises(ServerUnreachable):
        conflicts.resolve(region, Take.THEIRS)

    assert late.outbox.count_parked() == 1
