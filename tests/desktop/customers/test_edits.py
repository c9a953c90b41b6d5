"""A customer is changed: every word on the disk while it is typed, sent as what really changed."""

from dataclasses import replace
from typing import Any

import pytest

from agent_desktop.customers.edits import CustomerDraft, CustomerEdits, Fault, NotComplete
from agent_desktop.errors import DiskFull
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.pending import State
from agent_desktop.offline.view import View
from agent_desktop.tickets.draft import TicketDraft
from agent_desktop.tickets.drafts import Drafts
from agent_model.command import Answer, CommandKind, FieldChange, Verdict
from agent_model.phone_number import DialPlan
from agent_model.scope import Scope
from tests.desktop.rows import customer_row
from tests.fakes import SetClock, SmallDisk

HOME = Scope("customers:home")


@pytest.fixture
def edits(mirror: Mirror, view: View, plan: DialPlan, clock: SetClock) -> CustomerEdits:
    mirror.apply(HOME, [customer_row(version=3, email="old@example.com", tags=["VIP"])], None)
    return CustomerEdits(view, plan, clock)


def begun(edits: CustomerEdits, **wanted: Any) -> CustomerDraft:
    draft = edits.begin("C-1")
    assert draft is not None
    return replace(draft, wanted=wanted)


def test_only_what_changed_is_sent_with_what_was_seen(edits: CustomerEdits, outbox: Outbox) -> None:
    edits.submit(edits.save(begun(edits, email="new@example.com", name="王芳", tags=["VIP"])))

    (command,) = outbox.waiting(9)
    assert command.fields == {"email": FieldChange("old@example.com", "new@example.com")}
    assert (command.kind, command.base_version) == (CommandKind.UPDATE, 3)
    assert edits.all() == ()


def test_field_that_the_row_lacks_is_seen_as_the_server_has_it(edits: CustomerEdits, outbox: Outbox) -> None:
    draft = edits.begin("C-1")
    assert draft is not None
    assert (draft.seen["company"], draft.seen["is_verified"], draft.seen["language"]) == (None, False, "zh-CN")


def test_draft_is_there_again_as_it_was(edits: CustomerEdits, clock: SetClock) -> None:
    saved = edits.save(replace(begun(edits, region="东区"), new_number="139"))

    assert edits.begin("C-1") == saved
    assert saved.saved_at == clock()


def test_draft_that_changes_nothing_is_dropped(edits: CustomerEdits) -> None:
    edits.save(begun(edits, region="东区"))
    edits.save(begun(edits, name="王芳"))

    assert edits.all() == ()


def test_drafts_of_tickets_and_of_customers_do_not_meet(edits: CustomerEdits, drafts: Drafts) -> None:
    drafts.save(TicketDraft("C-1", subject="半张工单"))
    edits.save(begun(edits, region="东区"))

    assert [draft.subject for draft in drafts.all()] == ["半张工单"]
    assert [draft.wanted for draft in edits.all()] == [{"region": "东区"}]


def test_added_number_is_appended_so_that_it_never_clashes(edits: CustomerEdits, outbox: Outbox) -> None:
    edits.submit(replace(begun(edits), new_number="138 0000 0002"))

    (command,) = outbox.waiting(9)
    assert (command.kind, command.fields) == (CommandKind.APPEND, {"phones": FieldChange(None, "+8613800000002")})


def test_number_that_is_there_already_is_not_added_again(edits: CustomerEdits, outbox: Outbox) -> None:
    edits.submit(replace(begun(edits), new_number="13800000001"))

    assert outbox.waiting(9) == []


@pytest.mark.parametrize(
    ("wanted", "number", "field", "fault"),
    [
        ({"name": " "}, "", "name", Fault.MISSING),
        ({"company": "x" * 201}, "", "company", Fault.TOO_LONG),
        ({"email": "nobody"}, "", "email", Fault.NO_ADDRESS),
        ({"email": "a b@c.cn"}, "", "email", Fault.NO_ADDRESS),
        ({}, "abc", "new_number", Fault.NO_NUMBER),
    ],
    ids=["no name", "long", "no @", "a blank", "no number"],
)
def test_draft_that_cannot_go_stays(
    edits: CustomerEdits, outbox: Outbox, wanted: dict[str, Any], number: str, field: str, fault: Fault
) -> None:
    draft = edits.save(replace(begun(edits, **wanted), new_number=number))

    with pytest.raises(NotComplete) as caught:
        edits.submit(draft)

    assert caught.value.faults == {field: fault}
    assert outbox.waiting(9) == []
    assert edits.kept("C-1") == draft


def test_draft_stays_while_the_disk_is_full(edits: CustomerEdits, disk: SmallDisk) -> None:
    draft = edits.save(begun(edits, tags=["东区" * 20_000]))
    disk.fill()

    with pytest.raises(DiskFull):
        edits.submit(draft)

    disk.make_room()
    assert edits.kept("C-1") == draft


def test_masked_numbers_cannot_be_taken_away(mirror: Mirror, edits: CustomerEdits) -> None:
    mirror.apply(HOME, [customer_row("C-2", phones=["138****0001"], phone_keys=[{"whole": "1", "endings": {}}])], None)
    draft = edits.begin("C-2")

    assert draft is not None
    assert not draft.has_whole_numbers


def test_refused_change_comes_back_over_what_was_begun_since(edits: CustomerEdits, outbox: Outbox) -> None:
    edits.submit(begun(edits, tier="gold", region="东区"))
    (command,) = outbox.waiting(9)
    outbox.answered([Answer(command.op_id, Verdict.REJECTED, reason="not_allowed")])
    edits.save(begun(edits, region="西区", email="new@example.com"))

    draft = edits.take_up_again(command.op_id)

    assert draft is not None
    assert draft.wanted == {"tier": "gold", "region": "东区", "email": "new@example.com"}
    assert outbox.entries(State.PARKED) == []
    assert edits.kept("C-1") == draft


def test_refusal_that_is_no_change_of_a_customer_stays(edits: CustomerEdits, outbox: Outbox) -> None:
    edits.submit(replace(begun(edits), new_number="13800000002"))
    (command,) = outbox.waiting(9)
    outbox.answered([Answer(command.op_id, Verdict.REJECTED, reason="unknown_row")])

    assert edits.take_up_again(command.op_id) is None
    assert len(outbox.entries(State.PARKED)) == 1
