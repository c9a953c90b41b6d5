from datetime import UTC, datetime
from typing import Any

import pytest

from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.view import View
from agent_model.command import Answer, Command, CommandKind, FieldChange, Verdict
from agent_model.customer import CustomerId
from agent_model.phone_number import PhoneNumber
from agent_model.scope import Scope
from tests.desktop.rows import contact_row, customer_row, ticket_row

HOME = Scope("customers:home")
AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
NEW_NUMBER = PhoneNumber("+8613900000009")
WHO = CustomerId("C-1")


def create(outbox: Outbox, entity: str, id_: str, **fields: Any) -> Command:
    return outbox.put(entity, id_, CommandKind.CREATE, {k: FieldChange(None, v) for k, v in fields.items()}, AT)


def update(outbox: Outbox, entity: str, id_: str, **fields: Any) -> Command:
    return outbox.put(entity, id_, CommandKind.UPDATE, {k: FieldChange(None, v) for k, v in fields.items()}, AT)


def test_new_row_is_there_before_the_server_knows_it(view: View, outbox: Outbox) -> None:
    create(outbox, "ticket", "T-1", subject="慢")
    row = view.row("ticket", "T-1")
    assert row is not None
    assert (row.version, row.body) == (0, {"subject": "慢"})


def test_change_lies_over_what_the_server_has(view: View, mirror: Mirror, outbox: Outbox) -> None:
    mirror.apply(HOME, [customer_row(version=3)], None)
    update(outbox, "customer", "C-1", name="王小芳")
    mirror.apply(HOME, [customer_row(version=4, tier="gold")], None)
    row = view.row("customer", "C-1")
    assert row is not None
    assert (row.version, row.body["name"], row.body["tier"]) == (4, "王小芳", "gold")


def test_notes_are_added_to_those_that_are_there(view: View, mirror: Mirror, outbox: Outbox) -> None:
    mirror.apply(HOME, [customer_row(notes=["one"])], None)
    outbox.put("customer", "C-1", CommandKind.APPEND, {"notes": FieldChange(None, "two")}, AT)
    row = view.row("customer", "C-1")
    assert row is not None
    assert row.body["notes"] == ["one", "two"]


def test_settled_note_is_shown_once_before_and_after_the_mirror_has_it(
    view: View, mirror: Mirror, outbox: Outbox
) -> None:
    mirror.apply(HOME, [customer_row(version=1, notes=["one"])], None)
    command = outbox.put("customer", "C-1", CommandKind.APPEND, {"notes": FieldChange(None, "two")}, AT)
    outbox.answered([Answer(command.op_id, Verdict.APPLIED, 2)])
    before = view.row("customer", "C-1")
    mirror.apply(HOME, [customer_row(version=2, notes=["one", "two"])], None)
    after = view.row("customer", "C-1")
    assert before is not None
    assert after is not None
    assert before.body["notes"] == after.body["notes"] == ["one", "two"]


def test_settled_ticket_shows_the_number_the_server_gave(view: View, outbox: Outbox) -> None:
    command = create(outbox, "ticket", "T-1", subject="慢", customer_id="C-1")
    outbox.answered([Answer(command.op_id, Verdict.APPLIED, 1, changed={"number": "TK-7"})])
    row = view.row("ticket", "T-1")
    assert row is not None
    assert row.body["number"] == "TK-7"


@pytest.mark.parametrize("verdict", [Verdict.REJECTED, Verdict.CONFLICT], ids=str)
def test_what_the_server_refused_is_not_shown_as_done(
    view: View, mirror: Mirror, outbox: Outbox, verdict: Verdict
) -> None:
    mirror.apply(HOME, [customer_row(version=3)], None)
    command = update(outbox, "customer", "C-1", name="王小芳")
    outbox.answered([Answer(command.op_id, verdict, 3)])
    assert view.row("customer", "C-1") == customer_row(version=3)


def test_learned_number_finds_its_customer_and_the_lost_one_does_not(
    view: View, mirror: Mirror, outbox: Outbox
) -> None:
    mirror.apply(HOME, [customer_row("C-1"), customer_row("C-2", phones=["+8613900000002"])], None)
    update(outbox, "customer", "C-2", phones=[NEW_NUMBER])
    assert [row.id for row in view.customers_with(NEW_NUMBER)] == ["C-2"]
    assert view.customers_with(PhoneNumber("+8613900000002")) == []
    assert [row.id for row in view.customers_ending_in("0009")] == ["C-2"]


def test_customer_made_offline_is_found_by_number(view: View, outbox: Outbox) -> None:
    create(outbox, "customer", "C-new", name="Nina Kim", phones=[NEW_NUMBER], segment="home")
    assert [row.id for row in view.customers_with(NEW_NUMBER)] == ["C-new"]


def test_contact_just_logged_stands_at_its_place_in_the_timeline(view: View, mirror: Mirror, outbox: Outbox) -> None:
    mirror.apply(
        HOME, [contact_row("K-1", "2026-11-20T08:00:00.000Z"), contact_row("K-3", "2026-11-22T08:00:00.000Z")], None
    )
    create(outbox, "contact", "K-2", customer_id="C-1", at="2026-11-21T08:00:00.000Z")
    create(outbox, "contact", "K-x", customer_id="C-2", at="2026-11-21T08:00:00.000Z")
    assert [row.id for row in view.contacts_of(WHO)] == ["K-3", "K-2", "K-1"]
    assert [row.id for row in view.contacts_of(WHO, before="2026-11-22", limit=1)] == ["K-2"]
    assert view.contacts_between(WHO, "2026-11-21", "2026-11-23") == 2


def test_contact_is_counted_once_when_the_mirror_has_it_too(view: View, mirror: Mirror, outbox: Outbox) -> None:
    command = create(outbox, "contact", "K-1", customer_id="C-1", at="2026-11-21T08:00:00.000Z")
    outbox.answered([Answer(command.op_id, Verdict.APPLIED, 1)])
    mirror.apply(HOME, [contact_row("K-1", "2026-11-21T08:00:00.000Z")], None)
    assert view.contacts_between(WHO, "2026-11-21", "2026-11-22") == 1


def test_ticket_closed_here_is_no_longer_open(view: View, mirror: Mirror, outbox: Outbox) -> None:
    mirror.apply(HOME, [ticket_row("1"), ticket_row("2")], None)
    update(outbox, "ticket", "1", status="resolved")
    assert [row.id for row in view.open_tickets_of(WHO)] == ["2"]


def test_ticket_opened_again_here_is_open(view: View, mirror: Mirror, outbox: Outbox) -> None:
    mirror.apply(HOME, [ticket_row("1", status="resolved")], None)
    update(outbox, "ticket", "1", status="in_progress")
    assert [row.id for row in view.open_tickets_of(WHO)] == ["1"]


def test_ticket_given_to_another_customer_moves(view: View, mirror: Mirror, outbox: Outbox) -> None:
    mirror.apply(HOME, [ticket_row("1")], None)
    update(outbox, "ticket", "1", customer_id="C-2")
    assert view.tickets_of(WHO) == []
    assert [row.id for row in view.tickets_of(CustomerId("C-2"))] == ["1"]


def test_something_waits_until_the_server_has_answered(view: View, outbox: Outbox) -> None:
    command = create(outbox, "ticket", "T-1", customer_id="C-1")
    assert view.has_pending("C-1")
    assert view.has_pending("T-1")
    assert not view.has_pending("C-2")
    outbox.answered([Answer(command.op_id, Verdict.APPLIED, 1)])
    assert not view.has_pending("C-1")


def test_change_of_a_row_nobody_has_is_not_invented(view: View, outbox: Outbox) -> None:
    update(outbox, "customer", "C-gone", name="x")
    assert view.row("customer", "C-gone") is None
