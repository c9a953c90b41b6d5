"""Callbacks and return visits at the desk: what is due, the card, dialling, results, promises, reminders, clearing."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from agent_desktop.ui.follow_ups.band import FollowUpBand
from agent_desktop.ui.follow_ups.form import Written
from agent_desktop.ui.window.rail import Page
from agent_model.follow_up import AttemptResult, FollowUpState
from agent_model.moment import to_text
from agent_model.scope import Scope
from agent_model.wire import Row
from tests.desktop.rows import ticket_row
from tests.ui.seat import CHEN, AgentSeat, Telephone

HOME = Scope("customers:home")
CHEN_NUMBER = "+8613800006721"


@pytest.fixture
def chen(seat: AgentSeat) -> Telephone:
    return seat.telephone(CHEN_NUMBER, "Chen Siyuan")


def owe(seat: AgentSeat, id_: str = "F-1", version: int = 1, minutes: float = 60, **fields: Any) -> None:
    body = {
        "kind": "callback", "purpose": "Tell when the engineer comes", "created_by": "a-1007", "customer_id": "C-1",
        "due_at": to_text(seat.clock.now + timedelta(minutes=minutes)), "created_at": to_text(seat.clock.now),
        "zone": "Asia/Shanghai", "owner": None, "team": "home", "state": "open", "attempts": [], "counted": 0, **fields,
    }  # fmt: skip
    seat.mirror.apply(HOME, [Row("follow_up", id_, version, body)], None)
    seat.workspace.follow_ups.read()


def due_titles(seat: AgentSeat) -> list[tuple[str, str]]:
    return [(line.title, plain(line.when)) for line in seat.window.left._due]


def plain(words: str) -> str:
    """Qt writes its clocks with a narrow space."""
    return words.replace("\u202f", " ")


def waiting(seat: AgentSeat) -> list[Any]:
    return [entry.command for entry in seat.outbox.entries() if entry.command.entity == "follow_up"]


def opened(seat: AgentSeat, id_: str = "F-1") -> FollowUpBand:
    seat.workspace.follow_ups.open(id_)
    band = seat.window.follow_ups
    assert seat.pump(lambda: band.shows_card)
    assert seat.pump(lambda: seat.window.customer.customer_id == "C-1")
    return band


def told(seat: AgentSeat) -> list[str]:
    return [notice.words for notice in seat.workspace.notices.notices]


def test_next_few_stand_in_the_left_list_and_late_ones_on_the_rail(seat: AgentSeat) -> None:
    owe(seat, "F-late", minutes=-5)
    owe(seat, "F-soon", minutes=10)
    owe(seat, "F-taken", owner="a-1007")
    assert seat.pump(lambda: len(due_titles(seat)) == 2)
    assert due_titles(seat) == [("Chen Siyuan", "5:55 PM"), ("Chen Siyuan", "6:10 PM")]
    words = [line.detail.split(" · ")[0] for line in seat.window.left._due]
    assert words == ["Overdue", "Soon"]
    button = seat.window.rail._pages[Page.FOLLOW_UPS]
    assert button.accessibleDescription() == "Overdue: 1"


def test_card_tells_promise_attempts_and_both_clocks_before_dialling(seat: AgentSeat) -> None:
    attempt = {"at": to_text(seat.clock.now - timedelta(hours=3)), "agent": "a-1007", "result": "no_answer"}
    owe(seat, zone="Europe/London", attempts=[attempt], counted=1)
    card = opened(seat).card
    assert card._title.text() == "Callback · Chen Siyuan"
    assert plain(card._when.text()) == "7:00 PM · theirs 11:00 AM"
    assert card._purpose.text() == "Tell when the engineer comes"
    assert card._tried.text().endswith("No answer · Zhou Min")
    assert card.call.hasFocus()


def test_hours_of_the_customer_are_told_before_dialling(seat: AgentSeat) -> None:
    owe(seat, zone="America/Los_Angeles")
    assert opened(seat).card._hint.text().startswith("Outside the hours")


def test_who_wants_no_marketing_is_told_before_dialling(seat: AgentSeat) -> None:
    said = {"channel": "call", "is_given": False, "how": "phone", "by": "a-1007", "at": to_text(seat.clock.now)}
    seat.mirror.apply(HOME, [replace(CHEN, version=2, body={**CHEN.body, "consents": [said]})], None)
    owe(seat)
    assert opened(seat).card._hint.text() == "No marketing by telephone: keep to what was promised."


def test_one_key_dials_and_takes_it(seat: AgentSeat, chen: Telephone) -> None:
    owe(seat)
    QTest.keyClick(opened(seat).card.call, Qt.Key.Key_Space)
    assert seat.pump(lambda: chen.rings)
    assert seat.pump(lambda: [command.fields["owner"].new for command in waiting(seat)] == ["a-1001"])


def test_result_of_the_call_is_one_key_and_the_plan_makes_the_next_attempt(seat: AgentSeat, chen: Telephone) -> None:
    owe(seat, owner="a-1001")
    card = opened(seat).card
    card.call.click()
    assert seat.pump(lambda: chen.rings)
    chen.decline()
    assert seat.pump(lambda: card.results[AttemptResult.BUSY].property("kind") == "amber")
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_3)
    assert seat.pump(lambda: waiting(seat))
    [command] = waiting(seat)
    assert command.fields["attempts"].new["result"] == "busy"
    assert command.fields["attempts"].new["call_ref"]
    follow_up = seat.rooms.follow_ups.of("F-1")
    assert follow_up is not None
    assert follow_up.is_open
    assert follow_up.due_at == seat.clock.now + timedelta(minutes=30)


def test_return_visit_asks_how_satisfied_they_are(seat: AgentSeat) -> None:
    owe(seat, kind="return_visit", owner="a-1001")
    card = opened(seat).card
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_1)
    assert card.ratings[5].isVisible()
    assert not waiting(seat)
    QTest.keyClick(card.ratings[5], Qt.Key.Key_4)
    assert seat.pump(lambda: waiting(seat))
    follow_up = seat.rooms.follow_ups.of("F-1")
    assert follow_up is not None
    assert (follow_up.state, follow_up.satisfaction) == (FollowUpState.DONE, 4)


def test_customer_who_wants_another_time_gets_it(seat: AgentSeat) -> None:
    owe(seat, owner="a-1001")
    card = opened(seat).card
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_6)
    assert card.line.hasFocus()
    QTest.keyClicks(card.line, "someday")
    QTest.keyClick(card.line, Qt.Key.Key_Return)
    assert not waiting(seat)
    card.line.setText("tomorrow 10:00")
    QTest.keyClick(card.line, Qt.Key.Key_Return)
    assert seat.pump(lambda: waiting(seat))
    assert waiting(seat)[0].fields["attempts"].new["later_at"] == "2026-11-22T02:00:00.000Z"


def test_putting_off_is_a_key_and_a_choice(seat: AgentSeat) -> None:
    owe(seat, owner="a-1001", minutes=-5)
    card = opened(seat).card
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_L)
    menu = QApplication.activePopupWidget()
    assert menu is card._menu
    QTest.keyClick(menu, Qt.Key.Key_2)
    assert seat.pump(lambda: waiting(seat))
    assert waiting(seat)[0].fields["snoozed_until"].new == to_text(seat.clock.now + timedelta(hours=1))
    assert seat.pump(lambda: due_titles(seat) == [("Chen Siyuan", "7:00 PM")])


def test_cancelling_asks_why(seat: AgentSeat) -> None:
    owe(seat, owner="a-1001")
    card = opened(seat).card
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Delete)
    QTest.keyClick(card.line, Qt.Key.Key_Return)
    assert not waiting(seat)
    card.line.setText("Came to the shop")
    QTest.keyClick(card.line, Qt.Key.Key_Return)
    assert seat.pump(lambda: waiting(seat))
    assert {name: change.new for name, change in waiting(seat)[0].fields.items()} == {
        "state": "cancelled", "reason": "Came to the shop",
    }  # fmt: skip
    assert seat.pump(lambda: due_titles(seat) == [])


def test_promise_is_made_by_keyboard_for_whom_is_on_the_screen(seat: AgentSeat) -> None:
    seat.workspace.on_screen.open_customer("C-1")
    assert seat.pump(lambda: seat.window.customer.customer_id == "C-1")
    seat.window.follow_up_wanted.emit()
    form = seat.window.follow_ups.form
    assert seat.pump(form.when.hasFocus)
    QTest.keyClicks(form.when, "tomorrow 10:00")
    assert plain(form._said.text()).startswith("Sun 22 Nov 10:00 AM")
    QTest.keyClick(form.when, Qt.Key.Key_Return)
    assert form.purpose.hasFocus()
    QTest.keyClicks(form.purpose, "Price of the new line")
    QTest.keyClick(form.purpose, Qt.Key.Key_Return)
    assert seat.pump(lambda: waiting(seat))
    made = {name: change.new for name, change in waiting(seat)[0].fields.items()}
    assert (made["customer_id"], made["due_at"], made["owner"]) == ("C-1", "2026-11-22T02:00:00.000Z", "a-1001")
    assert seat.pump(lambda: [title for title, _ in due_titles(seat)] == ["Chen Siyuan"])
    assert not seat.window.follow_ups.shows_form


def test_promise_made_from_the_page_of_a_ticket_is_about_it(seat: AgentSeat) -> None:
    seat.mirror.apply(HOME, [ticket_row("T-1", queue="billing", segment="home")], None)
    seat.workspace.ticket_page.open("T-1")
    assert seat.pump(lambda: seat.window.shows_ticket and seat.workspace.ticket_page.shown)
    seat.window.follow_up_wanted.emit()
    form = seat.window.follow_ups.form
    assert seat.pump(form.when.hasFocus)
    assert seat.window.shows_ticket
    form.when.setText("in 1 h")
    form.purpose.setText("Whether it works")
    form.keep.click()
    assert seat.pump(lambda: waiting(seat))
    made = {name: change.new for name, change in waiting(seat)[0].fields.items()}
    assert (made["ticket_id"], made["customer_id"]) == ("T-1", "C-1")


def test_what_was_begun_is_there_again(seat: AgentSeat) -> None:
    seat.workspace.on_screen.open_customer("C-1")
    assert seat.pump(lambda: seat.window.customer.customer_id == "C-1")
    seat.window.follow_up_wanted.emit()
    form = seat.window.follow_ups.form
    assert seat.pump(form.when.hasFocus)
    QTest.keyClicks(form.when, "in 1 h")
    QTest.keyClick(form.when, Qt.Key.Key_Escape)
    assert seat.pump(lambda: seat.rooms.follow_ups.draft("C-1") is not None)
    form.show_written(Written())
    seat.window.follow_up_wanted.emit()
    assert seat.pump(lambda: form.when.text() == "in 1 h")


def test_nobody_on_the_screen_is_said(seat: AgentSeat) -> None:
    seat.window.follow_up_wanted.emit()
    assert told(seat)[0].startswith("Nobody is on the screen")


def test_caller_who_is_owed_a_callback_is_shown_so_and_clears_it(seat: AgentSeat, chen: Telephone) -> None:
    owe(seat)
    chen.call("1001", ("X-Call-Ref", "call-77"))
    row = seat.window.customer.owed
    assert seat.pump(row.isVisible)
    assert plain(row.lines[0].accessibleName()).startswith("You owe this customer a callback, due 7:00 PM: Tell when")
    assert not waiting(seat)
    seat.window.strip.answer()
    assert seat.pump(lambda: waiting(seat))
    [command] = waiting(seat)
    told_result = command.fields["attempts"].new
    assert (told_result["result"], told_result["call_ref"]) == ("called_in", "call-77")
    assert seat.pump(lambda: not row.isVisible())
    assert seat.pump(lambda: due_titles(seat) == [])
    chen.hang_up()
    assert seat.pump(seat.window.strip.wrap_up.isVisible)
    assert len(waiting(seat)) == 1


def test_reminder_waits_for_the_end_of_the_call(seat: AgentSeat, chen: Telephone) -> None:
    chen.call("1001")
    assert seat.pump(lambda: any(item.is_in_call for item in seat.workspace.items))
    owe(seat, minutes=-1, kind="return_visit")
    desk = seat.workspace.follow_ups.desk
    assert seat.pump(lambda: due_titles(seat))
    desk.tick(seat.clock.now)
    assert not any(words.startswith("Due now") for words in told(seat))
    chen.hang_up()
    assert seat.pump(lambda: not any(item.is_in_call for item in seat.workspace.items))
    desk.tick(seat.clock.now)
    desk.tick(seat.clock.now)
    said = [words for words in told(seat) if words.startswith("Due now")]
    assert said == ["Due now: Return visit · Chen Siyuan · Tell when the engineer comes"]


def test_reminder_waits_for_typing_hands(seat: AgentSeat) -> None:
    seat.window.activateWindow()
    seat.window.strip.focus_dial()
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClick(field, Qt.Key.Key_1)
    owe(seat, minutes=-1)
    desk = seat.workspace.follow_ups.desk
    assert seat.pump(lambda: due_titles(seat))
    desk.tick(seat.clock.now)
    assert not any(words.startswith("Due now") for words in told(seat))
    desk.tick(seat.clock.move(seconds=4))
    assert any(words.startswith("Due now") for words in told(seat))


def test_list_holds_what_is_open_and_opens_its_card(seat: AgentSeat) -> None:
    owe(seat, "F-late", minutes=-5)
    owe(seat, "F-done", state="done")
    seat.window.show_page(Page.FOLLOW_UPS)
    page = seat.window.pages.lists[Page.FOLLOW_UPS]
    lines = page.table.lines
    assert seat.pump(lambda: lines.rowCount() == 1 and lines.entry(0) is not None)
    page.opened.emit("F-late")
    assert seat.pump(lambda: seat.window.follow_ups.shows_card)
