from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from agent_desktop.customers.book import CustomerBook
from agent_desktop.errors import DiskFull
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.tickets.desk import NotComplete, TicketDesk
from agent_desktop.tickets.draft import DESCRIPTION_LIMIT, SUBJECT_LIMIT, Lack, TicketDraft, lacks
from agent_desktop.tickets.drafts import Drafts
from agent_model.command import Answer, Verdict
from agent_model.customer import SegmentId
from agent_model.scope import ORG, Scope
from agent_model.ticket import Priority, TicketStatus, TicketType
from agent_model.wire import Row
from tests.desktop.rows import category_row, customer_row, ticket_row
from tests.fakes import SetClock, SmallDisk

WHOLE = TicketDraft("call-1", "C-1", "R-1", " 网络很慢 ", "fault-slow", Priority.HIGH, "晚上很慢")
OFFERED = frozenset({"fault-slow"})


def queue_row(id_: str) -> Row:
    return Row("queue", id_, 1, {"name": {"zh": "队", "en": "Queue"}, "team": "home", "segments": ["home"]})


@pytest.fixture(autouse=True)
def _categories(mirror: Mirror) -> None:
    mirror.apply(ORG, [category_row()], None)
    mirror.apply(Scope("customers:home"), [customer_row()], None)


def test_whole_draft_becomes_a_ticket_and_is_gone(desk: TicketDesk, drafts: Drafts, clock: SetClock) -> None:
    drafts.save(WHOLE)
    ticket = desk.file(WHOLE)
    assert desk.ticket(ticket.id) == ticket
    assert (ticket.subject, ticket.type, ticket.queue) == ("网络很慢", TicketType.FAULT, "q-home")
    assert (ticket.status, ticket.created_by, ticket.created_at) == (TicketStatus.NEW, "A-1001", clock())
    assert (ticket.priority, ticket.call_ref, ticket.number) == (Priority.HIGH, "R-1", None)
    assert drafts.all() == ()


@pytest.mark.parametrize(
    ("changes", "lack"),
    [
        ({"subject": "  "}, {"subject": Lack.MISSING}),
        ({"subject": "\u200b\u3164"}, {"subject": Lack.MISSING}),
        ({"subject": "x" * (SUBJECT_LIMIT + 1)}, {"subject": Lack.TOO_LONG}),
        ({"category": ""}, {"category": Lack.MISSING}),
        ({"category": "gone"}, {"category": Lack.NOT_OFFERED}),
        ({"description": ""}, {"description": Lack.MISSING}),
        ({"description": "x" * (DESCRIPTION_LIMIT + 1)}, {"description": Lack.TOO_LONG}),
        ({}, {}),
    ],
    ids=[
        "no subject",
        "unseen subject",
        "long subject",
        "no category",
        "old category",
        "no text",
        "long text",
        "whole",
    ],
)
def test_draft_says_what_it_lacks(changes: dict[str, Any], lack: dict[str, Lack]) -> None:
    assert lacks(replace(WHOLE, **changes), OFFERED) == lack


def test_category_that_leads_nowhere_is_told_before_it_is_filed(
    desk: TicketDesk, drafts: Drafts, mirror: Mirror
) -> None:
    saved = drafts.save(WHOLE)
    mirror.apply(ORG, [queue_row("q-other")], None)
    with pytest.raises(NotComplete) as caught:
        desk.file(saved)
    assert caught.value.lacks == {"category": Lack.LEADS_NOWHERE}
    assert drafts.of(WHOLE.key) == saved

    mirror.apply(ORG, [queue_row("q-home")], None)
    assert desk.file(saved).queue == "q-home"


def test_incomplete_draft_is_not_filed_and_stays(desk: TicketDesk, drafts: Drafts, outbox: Outbox) -> None:
    saved = drafts.save(TicketDraft("call-1", subject="网络"))
    with pytest.raises(NotComplete) as caught:
        desk.file(saved)
    assert caught.value.lacks.keys() == {"category", "description"}
    assert drafts.of("call-1") == saved
    assert outbox.count_waiting() == 0


def test_full_disk_keeps_the_draft(desk: TicketDesk, drafts: Drafts, disk: SmallDisk) -> None:
    saved = drafts.save(WHOLE)
    disk.fill()
    with pytest.raises(DiskFull):
        desk.file(TicketDraft("call-1", "C-1", None, "慢", "fault-slow", Priority.HIGH, "慢" * DESCRIPTION_LIMIT))
    disk.make_room()
    assert drafts.of("call-1") == saved


def test_draft_is_found_again_as_it_was_typed(drafts: Drafts, clock: SetClock) -> None:
    saved = drafts.save(WHOLE)
    assert saved.saved_at == clock()
    assert drafts.of("call-1") == saved
    assert drafts.of("call-2") is None


def test_emptied_draft_is_dropped(drafts: Drafts) -> None:
    drafts.save(WHOLE)
    assert drafts.save(TicketDraft("call-1")).saved_at is None
    assert drafts.all() == ()


def test_ticket_of_a_customer_still_waiting_is_sent_behind_him(
    desk: TicketDesk, book: CustomerBook, outbox: Outbox
) -> None:
    customer = book.create("赵敏", None, SegmentId("home"))
    desk.file(TicketDraft("call-1", customer.id, None, "慢", "fault-slow", Priority.LOW, "慢"))
    first, second = outbox.waiting(9)
    assert second.depends_on == first.op_id


def test_refused_ticket_comes_back_whole_as_a_draft(desk: TicketDesk, drafts: Drafts, outbox: Outbox) -> None:
    desk.file(WHOLE)
    (command,) = outbox.waiting(9)
    outbox.answered([Answer(command.op_id, Verdict.REJECTED, reason="not_allowed")])
    (refused,) = desk.refused()
    draft = desk.take_up_again(refused.command.op_id)
    assert refused.reason == "not_allowed"
    assert draft is not None
    assert (draft.subject, draft.description, draft.priority) == ("网络很慢", "晚上很慢", Priority.HIGH)
    assert [kept.key for kept in drafts.all()] == [draft.key]
    assert desk.refused() == ()


def test_refusal_the_agent_lets_go_leaves_the_list(desk: TicketDesk, outbox: Outbox) -> None:
    desk.file(WHOLE)
    (command,) = outbox.waiting(9)
    outbox.answered([Answer(command.op_id, Verdict.REJECTED)])
    desk.let_go(command.op_id)
    assert desk.refused() == ()


def test_ticket_that_still_waits_cannot_be_taken_up_again(desk: TicketDesk, outbox: Outbox) -> None:
    desk.file(WHOLE)
    (command,) = outbox.waiting(9)
    assert desk.take_up_again(command.op_id) is None
    assert outbox.count_waiting() == 1


def test_refused_change_of_a_customer_is_listed_without_a_ticket(
    desk: TicketDesk, book: CustomerBook, outbox: Outbox
) -> None:
    customer = book.create("赵敏", None, SegmentId("home"))
    (command,) = outbox.waiting(9)
    outbox.answered([Answer(command.op_id, Verdict.REJECTED, reason="not_allowed")])
    (refused,) = desk.refused()
    assert (refused.command.entity, refused.ticket) == ("customer", None)
    assert book.customer(customer.id) is None


def test_ticket_of_the_server_is_read(desk: TicketDesk, mirror: Mirror) -> None:
    mirror.apply(Scope("queue:q"), [ticket_row("1", due_at="2026-11-21T12:00:00.000Z")], None)
    (row,) = mirror.rows("ticket")
    ticket = desk.ticket(row.id)  # type: ignore[arg-type]
    assert ticket is not None
    assert (ticket.number, ticket.due_at) == ("TK-1", datetime(2026, 11, 21, 12, tzinfo=UTC))


def test_categories_outlive_a_cache_that_is_being_fetched_again(desk: TicketDesk, mirror: Mirror) -> None:
    known = desk.categories()
    mirror.clear()
    assert desk.categories() == known
    assert desk.file(WHOLE).queue == "q-home"


def test_two_drafts_of_one_item_lose_nothing_to_each_other() -> None:
    earlier = TicketDraft(
        "call-1", "C-1", subject="断流", description="昨晚开始", typed={"since": "昨晚", "lights": "red"}
    )
    later = TicketDraft("call-1", category="fault-slow", subject="网慢", description="光灯红", typed={"since": "今早"})

    both = earlier.with_later(later)

    assert both == TicketDraft(
        "call-1",
        subject="网慢",
        category="fault-slow",
        description="断流\n昨晚开始\n光灯红",
        typed={"since": "今早", "lights": "red"},
    )
    assert both.with_later(both) == both
