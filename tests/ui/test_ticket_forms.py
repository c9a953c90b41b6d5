"""The ticket form asks what the form of its type says, by keys alone, and keeps what is typed whatever comes."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from agent_desktop.softphone.call import Recording
from agent_desktop.tickets.draft import TicketDraft
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.forms.asked import Forms
from agent_desktop.ui.forms.fields_pane import FieldsPane
from agent_desktop.ui.strip.buttons import Deed
from agent_desktop.ui.window.main_window import MainWindow
from agent_model.body import to_body
from agent_model.form import Clause, Comparison, Condition, FieldKind, FormField, TicketForm
from agent_model.form_filling import Filling, Shelf
from agent_model.form_value import ValueFault
from agent_model.scope import ORG
from agent_model.ticket import TicketType
from agent_model.wire import Row
from tests.desktop.rows import category_row
from tests.model.forms_made import HERE, a_field, a_form, forms, typed_into_all
from tests.ui.at_work import press, recording, talk_with
from tests.ui.seat import AgentSeat, Telephone

AMOUNT = a_field("amount", FieldKind.MONEY)
REASON = a_field("reason", visible_when=Condition((Clause("amount", Comparison.AT_LEAST, "500"),)))
CARD = a_field("card", FieldKind.BANK_CARD)
WHOLE_CARD = "4242424242424242"
LINE = "fault/line"


def offer(window: MainWindow, *editions: TicketForm) -> None:
    types = {LINE: TicketType.FAULT, "complaint/service": TicketType.COMPLAINT}
    window.right.form.offer_forms(Forms(Shelf(editions), types, HERE))


def begin(window: MainWindow, *fields: FormField) -> None:
    offer(window, a_form(*fields))
    window.right.form.show_draft(TicketDraft("call-1", subject="Line", category=LINE, description="It is down"))


def entry(window: MainWindow, key: str) -> Any:
    row = window.right.form.asked.fields.row(key)
    assert row is not None
    return row.entry.place


def asked(window: MainWindow) -> list[str]:
    return [row.key for row in window.right.form.asked.fields.rows]


def test_fields_follow_the_description_by_tab_and_appear_as_they_are_asked(window: MainWindow) -> None:
    begin(window, AMOUNT, REASON)
    form = window.right.form
    form.description.setFocus()
    QTest.keyClick(form.description, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is entry(window, "amount")
    assert asked(window) == ["amount"]

    QTest.keyClicks(entry(window, "amount"), "500")
    assert asked(window) == ["amount", "reason"]
    QTest.keyClick(entry(window, "amount"), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is entry(window, "reason")
    assert form.draft.typed == {"amount": "500"}


def test_ticket_without_fields_takes_the_keys_it_took_before(window: MainWindow) -> None:
    begin(window)
    form = window.right.form
    form.description.setFocus()
    QTest.keyClick(form.description, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is form.submit


def test_newer_edition_comes_around_what_is_being_typed(window: MainWindow) -> None:
    begin(window, AMOUNT, a_field("who"))
    line: QWidget = entry(window, "amount")
    line.setFocus()
    QTest.keyClicks(line, "12")
    QTest.keyClicks(entry(window, "who"), "Chen")
    line.setFocus()

    offer(window, a_form(AMOUNT, a_field("who")), a_form(a_field("since"), AMOUNT, edition=2))

    assert QApplication.focusWidget() is line
    QTest.keyClicks(line, "0")
    form = window.right.form
    assert form.draft.form == "fault.2"
    assert form.draft.typed == {"amount": "120"}
    assert form.draft.left == {"who": "Chen"}
    assert asked(window) == ["since", "amount"]
    assert form.asked.left_over.words == "Field who: Chen"
    assert form.asked.left_over.isVisible()


def test_what_is_asked_no_more_goes_into_the_description(window: MainWindow) -> None:
    begin(window, a_field("who"))
    QTest.keyClicks(entry(window, "who"), "Chen")
    offer(window, a_form(a_field("who")), a_form(AMOUNT, edition=2))
    filed: list[TicketDraft] = []
    window.right.form.submit_wanted.connect(filed.append)
    window.right.form.send()
    assert filed[0].description == "It is down\nField who: Chen"
    assert filed[0].left == {}
    assert window.right.form.draft.left == {"who": "Chen"}


def test_another_category_and_back_loses_nothing(window: MainWindow) -> None:
    begin(window, AMOUNT)
    form = window.right.form
    QTest.keyClicks(entry(window, "amount"), "77")
    form.category.choose("complaint/service")
    form.category.picked.emit("complaint/service")
    assert (asked(window), form.draft.left) == ([], {"amount": "77"})
    form.category.choose(LINE)
    form.category.picked.emit(LINE)
    assert (form.draft.typed, form.draft.left) == ({"amount": "77"}, {})


def test_sentence_stands_beside_the_field_and_the_keyboard_goes_there(window: MainWindow) -> None:
    begin(window, AMOUNT)
    window.right.form.show_lacks({}, {"amount": ValueFault.MALFORMED})
    row = window.right.form.asked.fields.row("amount")
    assert row is not None
    assert "This is no amount. Write it in digits, such as 128.50." in row.entry.place.accessibleDescription()
    assert QApplication.focusWidget() is row.entry.place


def test_whole_card_number_leaves_only_its_last_four(window: MainWindow) -> None:
    begin(window, CARD)
    drafts: list[TicketDraft] = []
    secrets: list[bool] = []
    window.right.form.draft_changed.connect(drafts.append)
    window.right.form.asked.fields.secret_changed.connect(secrets.append)
    line = entry(window, "card")
    line.setFocus()
    QTest.keyClicks(line, WHOLE_CARD)
    assert secrets == [True]
    QTest.keyClick(line, Qt.Key.Key_Tab)

    assert secrets == [True, False]
    assert line.text() == "•••• 4242"
    assert window.right.form.draft.typed == {"card": "4242"}
    assert WHOLE_CARD not in repr(drafts)


def test_half_a_card_number_keeps_the_recording_paused_and_the_ticket_here(window: MainWindow) -> None:
    begin(window, CARD)
    filed: list[TicketDraft] = []
    window.right.form.submit_wanted.connect(filed.append)
    line = entry(window, "card")
    line.setFocus()
    QTest.keyClicks(line, WHOLE_CARD[:9])
    QTest.keyClick(line, Qt.Key.Key_Tab)
    window.right.form.send()

    assert window.right.form.asked.fields.is_secret
    assert filed == []
    assert window.right.form.draft.typed.get("card", "") == ""
    assert QApplication.focusWidget() is line


def test_card_number_typed_over_its_last_four_is_another(window: MainWindow) -> None:
    begin(window, CARD)
    form = window.right.form
    form.show_draft(replace(form.draft, key="call-2", typed={"card": "0008"}))
    line = entry(window, "card")
    assert line.text() == "•••• 0008"
    line.setFocus()
    QTest.keyClicks(line, WHOLE_CARD)
    assert form.draft.typed == {"card": "4242"}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_form_is_shown_filled_in_and_complete(
    look: Look, keep: Callable[[QWidget], QWidget], data: st.DataObject
) -> None:
    form = data.draw(forms())
    filling = Filling(form, data.draw(typed_into_all(form)), {}, HERE)
    pane = FieldsPane(look, "en")
    keep(pane)
    pane.offer_products((("home-100", "Home 100"),))
    pane.show_filling(filling)
    assert [row.key for row in pane.rows] == [field.key for field in filling.shown]
    shown = {row.key: sorted(row.entry.text.split()) for row in pane.rows}
    assert shown == {field.key: sorted(filling.text(field).split()) for field in filling.shown}
    pane.show_faults(dict.fromkeys([row.key for row in pane.rows], "Wrong."))


def open_card_form(seat: AgentSeat, chen: Telephone) -> Any:
    """A recorded call with Chen, and a form that asks for a card; where its number is typed."""
    form = a_form(CARD, AMOUNT)
    seat.mirror.apply(ORG, [category_row(), Row("ticket_form", form.id, 1, to_body(form))], None)
    seat.workspace.sync.company_changed.emit()
    talk_with(seat, chen)
    press(seat, Deed.RECORD)
    assert seat.pump(lambda: recording(seat) is Recording.ON)
    seat.window.start_ticket()
    ticket = seat.window.right.form
    assert seat.pump(lambda: ticket.category.count() > 0)
    ticket.category.choose("fault-slow")
    ticket.category.picked.emit("fault-slow")
    assert seat.pump(lambda: asked(seat.window) == ["card", "amount"])
    return entry(seat.window, "card")


def test_recording_pauses_while_a_card_number_is_taken_down(seat: AgentSeat, chen: Telephone) -> None:
    card = open_card_form(seat, chen)
    card.setFocus()
    assert seat.pump(lambda: recording(seat) is Recording.PAUSED)
    press(seat, Deed.RESUME_RECORDING)
    QTest.keyClicks(card, WHOLE_CARD)
    assert recording(seat) is Recording.PAUSED

    QTest.keyClick(card, Qt.Key.Key_Tab)
    assert seat.pump(lambda: recording(seat) is Recording.ON)
    assert seat.pump(lambda: any(draft.typed == {"card": "4242"} for draft in seat.rooms.drafts.all()))


def test_recording_that_the_agent_paused_stays_paused(seat: AgentSeat, chen: Telephone) -> None:
    card = open_card_form(seat, chen)
    press(seat, Deed.PAUSE_RECORDING)
    assert seat.pump(lambda: recording(seat) is Recording.PAUSED)
    card.setFocus()
    QTest.keyClicks(card, WHOLE_CARD)
    QTest.keyClick(card, Qt.Key.Key_Tab)
    QTest.keyClicks(entry(seat.window, "amount"), "5")
    assert seat.pump(lambda: any(draft.typed.get("amount") == "5" for draft in seat.rooms.drafts.all()))
    assert recording(seat) is Recording.PAUSED
