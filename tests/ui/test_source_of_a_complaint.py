"""The source in the form of a complaint, by keys alone: asked of complaints only, foreseen, kept, filed."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from agent_desktop.offline.pending import State
from agent_desktop.sync.events import ScopeChanged
from agent_desktop.ui.window.ticket_form import Ask, TicketForm
from agent_model.body import to_body
from agent_model.clock import Measure
from agent_model.clock_policy import DEFAULT_POLICY, PolicyId, SlaPolicy, Target
from agent_model.scope import ORG
from agent_model.wire import Row
from tests.desktop.rows import category_row
from tests.ui.complaint_samples import SOURCES
from tests.ui.seat import AgentSeat

REGULATED = SlaPolicy(
    PolicyId("sla-1"),
    DEFAULT_POLICY.since.replace(month=2),
    (Target(Measure.REGULATOR, 0, "always", days=5, sources=("12345",)),),
    DEFAULT_POLICY.calendars,
)


@pytest.fixture
def form(seat: AgentSeat) -> TicketForm:
    fault = category_row(queue="billing")
    complaint = Row("ticket_category", "complaint/billing", 1, {**fault.body, "type": "complaint"})
    rows: list[Any] = [Row("complaint_source", one.id, 1, to_body(one)) for one in SOURCES]
    policy = Row("sla_policy", REGULATED.id, 1, to_body(REGULATED))
    seat.mirror.apply(ORG, [fault, complaint, *rows, policy], None)
    named = frozenset({"ticket_category", "complaint_source", "sla_policy"})
    seat.workspace._in_step.tell(ScopeChanged(ORG, named, frozenset()))
    shown: TicketForm = seat.window.right.form
    assert seat.pump(lambda: shown.category.count() == 2 and shown.source.source.count() == 3)
    seat.window.activateWindow()
    assert QTest.qWaitForWindowActive(seat.window, 5_000)
    return shown


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_source_is_asked_of_complaints_only_and_more_of_it_once_it_is_told(form: TicketForm) -> None:
    form.prefill("账单", "fault-slow", "多扣")
    assert form.source.isHidden()
    form.prefill("账单", "complaint/billing", "多扣")

    assert form.source.isVisible()
    assert not form.source.case.isVisible()
    form.source.source.setFocus()
    QTest.keyClicks(focus(), "123")
    assert form.draft.source == "12345"
    QTest.keyClick(focus(), Qt.Key.Key_Tab)
    assert focus() is form.source.case
    QTest.keyClick(focus(), Qt.Key.Key_Tab)
    assert focus() is form.source.since


def test_wrap_up_asks_for_the_source_among_what_must_be_there(form: TicketForm) -> None:
    form.prefill("账单", "complaint/billing", "多扣")
    form.ask(Ask.NEEDED)

    assert form.source.isVisible()


def test_source_is_foreseen_filed_and_gone_from_the_form(seat: AgentSeat, form: TicketForm) -> None:
    form.prefill("账单", "complaint/billing", "多扣")
    assert seat.pump(lambda: form.promise.isHidden())
    form.source.source.setFocus()
    QTest.keyClicks(focus(), "123")
    assert seat.pump(lambda: "The regulator waits until" in form.promise.words.full_text)
    before = form.promise.words.full_text
    form.source.case.setFocus()
    QTest.keyClicks(focus(), "HZ-7")
    form.source.since.setFocus()
    QTest.keyClicks(focus(), "yesterday")
    QTest.keyClick(focus(), Qt.Key.Key_Tab)
    assert form.source.since.text().endswith(" 00:00")
    assert form.promise.words.full_text != before

    form.send()

    assert seat.pump(lambda: bool(seat.outbox.entries(State.WAITING, entity="ticket")))
    [entry] = seat.outbox.entries(State.WAITING, entity="ticket")
    told = entry.command.fields["received_from"].new
    assert (told["source"], told["case_number"]) == ("12345", "HZ-7")
    assert told["received_at"] is not None
    assert seat.pump(lambda: form.draft.is_empty)
    assert form.source.chosen == ""


def test_moment_that_nobody_understands_is_said_where_it_is_typed(seat: AgentSeat, form: TicketForm) -> None:
    form.prefill("账单", "complaint/billing", "多扣")
    form.source.source.setCurrentIndex(form.source.source.findData("12345"))
    form.source.since.setText("letzte Woche")
    form.send()

    assert seat.pump(lambda: focus() is form.source.since)
    assert not seat.outbox.entries(State.WAITING, entity="ticket")
    assert form.draft.source_since == "letzte Woche"
