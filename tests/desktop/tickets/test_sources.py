"""The door a complaint came in by, from the ticket's form to the ticket and back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.tickets.desk import NotComplete, TicketDesk
from agent_desktop.tickets.draft import Lack, TicketDraft
from agent_desktop.tickets.drafts import Drafts
from agent_desktop.tickets.sources import source_in_words, typed_moment, typed_source
from agent_model.command import Answer, Verdict
from agent_model.complaint import ReceivedFrom
from agent_model.form_value import Locale
from agent_model.phone_number import DialPlan
from agent_model.scope import ORG
from agent_model.ticket import TicketType
from agent_model.wire import Row
from tests.desktop.rows import category_row
from tests.fakes import SetClock

HANGZHOU = Locale(DialPlan(), ZoneInfo("Asia/Shanghai"))
TOLD = TicketDraft(
    "call-1",
    subject="账单",
    category="complaint/billing",
    description="多扣",
    source="12345",
    source_case=" HZ-7 ",
    source_since="昨天 9:30",
)


@pytest.fixture(autouse=True)
def _categories(mirror: Mirror) -> None:
    fault = category_row()
    complaint = Row("ticket_category", "complaint/billing", 1, {**fault.body, "type": "complaint"})
    mirror.apply(ORG, [fault, complaint], None)


def yesterday(clock: SetClock) -> datetime:
    """Half past nine there."""
    return (clock().astimezone() - timedelta(days=1)).replace(hour=9, minute=30, second=0, microsecond=0)


def test_complaint_is_filed_with_its_source(desk: TicketDesk, clock: SetClock) -> None:
    ticket = desk.file(TOLD)

    assert ticket.received_from == ReceivedFrom("12345", "HZ-7", yesterday(clock))
    assert desk.ticket(ticket.id) == ticket


def test_draft_keeps_the_source_as_it_is_typed(drafts: Drafts) -> None:
    saved = drafts.save(replace(TOLD, subject="", category="", description="", source_since="yesterd"))

    assert drafts.of("call-1") == saved


def test_what_is_no_complaint_has_no_source(desk: TicketDesk) -> None:
    assert desk.file(replace(TOLD, category="fault-slow", source_since="soon")).received_from is None


def test_moment_that_is_not_past_and_number_that_is_too_long_are_said(desk: TicketDesk, outbox: Outbox) -> None:
    with pytest.raises(NotComplete) as caught:
        desk.file(replace(TOLD, source_since="2099-01-01", source_case="9" * 65))

    assert caught.value.lacks == {"source_case": Lack.TOO_LONG, "source_since": Lack.NOT_PAST}
    assert outbox.count_waiting() == 0


def test_refused_complaint_comes_back_with_its_source(desk: TicketDesk, outbox: Outbox, clock: SetClock) -> None:
    desk.file(TOLD)
    [entry] = outbox.entries()
    outbox.answered([Answer(entry.command.op_id, Verdict.REJECTED, 0, reason="unknown_source")])

    again = desk.take_up_again(entry.command.op_id)

    assert again is not None
    since = f"{yesterday(clock):%Y-%m-%d} 09:30"
    assert (again.source, again.source_case, again.source_since) == ("12345", "HZ-7", since)


def test_source_that_nobody_will_mend_stands_in_the_description(clock: SetClock) -> None:
    told = source_in_words(replace(TOLD, source_since="上礼拜"), TicketType.COMPLAINT, clock(), HANGZHOU)

    assert (told.description, told.source, told.source_since) == ("多扣\n12345\n上礼拜", "12345", "")
    assert source_in_words(TOLD, TicketType.COMPLAINT, clock(), HANGZHOU) == TOLD


def test_source_is_typed_again_on_the_clock_of_the_wall() -> None:
    at = datetime(2026, 11, 20, 20, tzinfo=UTC)

    assert typed_moment(at, HANGZHOU) == "2026-11-21 04:00"
    assert typed_source(None, HANGZHOU) == {}
