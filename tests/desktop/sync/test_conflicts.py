"""An agent's text that met another's: it stays whole on the workstation until somebody decided."""

import pytest

from agent_desktop.errors import ServerRefused, ServerUnreachable
from agent_desktop.offline.pending import State
from agent_desktop.sync.conflict import Conflict
from agent_desktop.sync.decisions import Take
from agent_desktop.sync.events import NeedsAttention, Synced
from agent_desktop.tickets.draft import TicketDraft
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
    assert late.told[-1] == NeedsAttention(2, 2)
    return late


def of_field(found: tuple[Conflict, ...], field: str) -> Conflict:
    [conflict] = [each for each in found if each.field == field]
    return conflict


def test_both_texts_are_listed(late: Seat) -> None:
    region = of_field(late.cycle.conflicts.open(), "region")

    assert (region.base, region.mine, region.theirs, region.now) == (None, "西区", "东区", "东区")
    assert (region.entity, region.row_id, region.author) == ("customer", "C-1", late.agent.id)


def test_command_stays_until_each_field_is_decided(late: Seat) -> None:
    conflicts = late.cycle.conflicts
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
    conflicts = late.cycle.conflicts
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


def test_conflict_is_known_without_the_servers_list(late: Seat) -> None:
    late.network.lose_request = lambda _request: True

    [email, region] = late.cycle.conflicts.contested()

    assert (region.conflict.mine, region.conflict.theirs, region.conflict.now) == ("西区", "东区", "东区")
    assert (email.conflict.field, email.is_open, email.is_gone) == ("email", True, False)


def test_decision_without_a_server_is_kept_and_sent_with_the_next_round(late: Seat) -> None:
    conflicts = late.cycle.conflicts
    late.network.lose_request = lambda _request: True
    for contested in conflicts.contested():
        conflicts.decide(contested.conflict, Take.OTHER, f"a third {contested.conflict.field}")
    late.sync()
    kept = [contested.is_open for contested in conflicts.contested()]
    late.network.lose_request = lambda _request: False
    late.sync()
    late.sync()

    row = late.mirror.row("customer", "C-1")
    assert row is not None
    assert (row.body["region"], row.body["email"]) == ("a third region", "a third email")
    assert kept == [False, False]
    assert (conflicts.contested(), late.outbox.entries(State.PARKED)) == ((), [])
    assert isinstance(late.told[-1], Synced)


def test_decision_whose_answer_was_lost_is_made_once(late: Seat) -> None:
    conflicts = late.cycle.conflicts
    for contested in conflicts.contested():
        conflicts.decide(contested.conflict, Take.OTHER, f"a third {contested.conflict.field}")
    late.network.lose_answer = lambda request: request.url.path.endswith("/resolve")
    late.sync()
    late.network.lose_answer = lambda _request: False
    late.sync()

    assert (conflicts.contested(), late.outbox.entries(State.PARKED)) == ((), [])


def test_decision_about_a_row_that_moved_on_waits_for_the_person_with_their_text(
    server: ServerThread, sit_down: SitDown, late: Seat
) -> None:
    conflicts = late.cycle.conflicts
    region = of_field(tuple(one.conflict for one in conflicts.contested()), "region")
    conflicts.decide(region, Take.OTHER, "北区")
    third = sit_down(server.address, "third")
    third.sync()
    change = {"region": FieldChange("东区", "南区")}
    third.outbox.put("customer", "C-1", CommandKind.UPDATE, change, third.clock(), base_version=2)
    third.sync()
    late.sync()

    [shown] = [one for one in conflicts.contested() if one.conflict.field == "region"]
    assert shown.decision is not None
    assert (shown.decision.trouble, shown.decision.text, shown.conflict.now) == ("row_moved", "北区", "南区")
    assert shown.is_open
    assert late.told[-1] == NeedsAttention(2, 2)


def test_command_leaves_its_authors_outbox_when_the_lead_decides(
    server: ServerThread, sit_down: SitDown, late: Seat
) -> None:
    lead = sit_down(server.address, "lead", login="zhou.min")
    lead.sync()
    for conflict in lead.cycle.conflicts.open():
        lead.cycle.conflicts.resolve(conflict, Take.MINE)
    late.sync()

    assert late.outbox.entries(State.PARKED) == []
    assert isinstance(late.told[-1], Synced)


def test_own_words_stay_on_the_list_when_the_lead_was_quicker(
    server: ServerThread, sit_down: SitDown, late: Seat
) -> None:
    conflicts = late.cycle.conflicts
    for contested in conflicts.contested():
        conflicts.decide(contested.conflict, Take.OTHER, "typed here")
    lead = sit_down(server.address, "lead", login="zhou.min")
    lead.sync()
    for conflict in lead.cycle.conflicts.open():
        lead.cycle.conflicts.resolve(conflict, Take.THEIRS)
    late.sync()

    told = [(one.decision.trouble, one.decision.text) for one in conflicts.contested() if one.decision]
    assert told == [("already_resolved", "typed here")] * 2
    for contested in conflicts.contested():
        conflicts.let_go(contested.conflict)
    assert conflicts.contested() == ()


def test_ticket_drafts_and_kept_decisions_do_not_meet(late: Seat) -> None:
    conflicts = late.cycle.conflicts
    conflicts.decide(conflicts.contested()[0].conflict, Take.MINE)
    late.drafts.save(TicketDraft("call-1", subject="half a ticket"))

    assert [draft.key for draft in late.drafts.all()] == ["call-1"]
    assert len([one for one in conflicts.contested() if one.decision]) == 1


def test_decision_without_a_server_changes_nothing(late: Seat) -> None:
    conflicts = late.cycle.conflicts
    region = of_field(conflicts.open(), "region")
    late.network.lose_request = lambda _request: True

    with pytest.raises(ServerUnreachable):
        conflicts.resolve(region, Take.THEIRS)

    assert late.outbox.count_parked() == 1
