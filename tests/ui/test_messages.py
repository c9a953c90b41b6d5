"""Messages of leads: seen at once, in nobody's way, read by one key, told when the server is back; and writing them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.in_step import InStep
from agent_desktop.ui.supervisor.messages_page import MessagesPage
from agent_desktop.ui.window.rail import Page
from agent_model.agent import Role
from agent_model.body import to_body
from agent_model.floor_message import LONGEST_WORDS, FloorMessage, MessageDraft, Receipt, SentMessage, To
from agent_model.floor_policy import FloorPolicy
from agent_model.moment import to_text
from agent_model.wire import Row
from tests.ui.at_work import talk_with
from tests.ui.conftest import CHEN
from tests.ui.samples import ME
from tests.ui.seat import BILLING, AgentSeat
from tests.ui.test_agent_board import agent_row
from tests.ui.test_panes import texts

SeatAs = Callable[..., AgentSeat]


@pytest.fixture
def seat_as(look: Look, tmp_path: Path) -> Iterator[SeatAs]:
    seats: list[AgentSeat] = []

    def sit(role: Role = Role.AGENT, *company: Row) -> AgentSeat:
        seats.append(AgentSeat(tmp_path / f"{role}{len(seats)}", look, company=(BILLING, *company), role=role))
        return seats[-1]

    yield sit
    for seat in seats:
        seat.close()


def message(seat: AgentSeat, number: int = 1, *, is_urgent: bool = False, minutes: float = 30) -> FloorMessage:
    now = seat.clock()
    until = now + timedelta(minutes=minutes)
    words = f"News {number}"
    return FloorMessage(f"m{number}", "zhou.min", To.TEAM, "home", words, is_urgent, now, until)


def in_step(seat: AgentSeat) -> InStep:
    return seat.workspace.messages._in_step


def band(seat: AgentSeat) -> str:
    return seat.window.message_band.words


def said(seat: AgentSeat, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the server is told was read."""
    told: list[str] = []
    monkeypatch.setattr(in_step(seat), "say", lambda one: told.append(f"{one['id']} {one['read_at']}"))
    return told


def test_urgent_ones_come_first_and_each_is_read_by_a_key(seat_as: SeatAs, monkeypatch: pytest.MonkeyPatch) -> None:
    seat = seat_as()
    told = said(seat, monkeypatch)
    for one in (message(seat, 1), message(seat, 2), message(seat, 3, is_urgent=True)):
        in_step(seat).message_came.emit(one)
    assert seat.pump(lambda: "News 3" in band(seat) and "and 2 more" in texts(seat.window.message_band))
    assert band(seat).startswith("Urgent, zhou.min, ")
    for words in ("News 1", "News 2"):
        QTest.keyClick(seat.window, Qt.Key.Key_F12)
        assert words in band(seat)
    QTest.keyClick(seat.window, Qt.Key.Key_F12)
    assert not band(seat)
    QTest.keyClick(seat.window, Qt.Key.Key_F12)
    assert seat.pump(lambda: told == [f"m{n} {to_text(seat.clock())}" for n in (3, 1, 2)])
    assert ["News" in one.words for one in seat.workspace.notices.notices] == [True, True, True]


def test_in_a_call_only_urgent_ones_are_shown_and_what_is_typed_goes_on(seat_as: SeatAs) -> None:
    seat = seat_as()
    talk_with(seat, seat.telephone(CHEN))
    field = seat.window.right.form.description
    seat.window.start_ticket()
    field.setFocus()
    QTest.keyClicks(field, "The rou")
    in_step(seat).message_came.emit(message(seat, 1))
    in_step(seat).message_came.emit(message(seat, 2, is_urgent=True))
    assert seat.pump(lambda: "News 2" in band(seat))
    assert seat.window.focusWidget() is field
    QTest.keyClicks(field, "ter")
    QTest.keyClick(field, Qt.Key.Key_F12)
    assert not band(seat)
    assert seat.window.focusWidget() is field
    assert field.toPlainText() == "The router"

    seat.telephones[0].hang_up()
    seat.pump(lambda: not any(item.is_in_call for item in seat.workspace.items))
    seat.workspace.messages.tick()
    assert "News 1" in band(seat)


def test_a_message_goes_when_its_time_is_over(seat_as: SeatAs) -> None:
    seat = seat_as()
    in_step(seat).message_came.emit(message(seat, minutes=5))
    assert seat.pump(lambda: "News 1" in band(seat))
    seat.clock.now += timedelta(minutes=6)
    seat.workspace.messages.tick()
    assert not band(seat)


def test_what_was_read_is_not_shown_again_and_told_until_the_server_knows(
    seat_as: SeatAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat = seat_as()
    told = said(seat, monkeypatch)
    one, receipt = message(seat), f"m1 {to_text(seat.clock())}"
    in_step(seat).message_came.emit(one)
    assert seat.pump(lambda: band(seat))
    QTest.keyClick(seat.window, Qt.Key.Key_F12)
    assert seat.pump(lambda: told == [receipt])
    seat.clock.now += timedelta(minutes=1)
    in_step(seat).live_came.emit()
    assert seat.pump(lambda: told == [receipt] * 2)
    in_step(seat).message_came.emit(one)
    assert seat.pump(lambda: told == [receipt] * 3)
    assert not band(seat)
    in_step(seat).message_read.emit(Receipt("m1", ME.id, one.at))
    assert seat.pump(lambda: not seat.rooms.messages.untold())
    assert seat.rooms.messages.when_read("m1") == one.at


def test_one_that_was_read_elsewhere_goes(seat_as: SeatAs) -> None:
    seat = seat_as()
    in_step(seat).message_came.emit(message(seat))
    assert seat.pump(lambda: band(seat))
    in_step(seat).message_read.emit(Receipt("m1", "a-999", seat.clock()))
    assert band(seat)
    in_step(seat).message_read.emit(Receipt("m1", ME.id, seat.clock()))
    assert not band(seat)


def test_numbers_in_it_are_hidden_as_everywhere(seat_as: SeatAs) -> None:
    seat = seat_as()
    in_step(seat).message_came.emit(replace(message(seat), words="Call 13912345678 back"))
    assert seat.pump(lambda: band(seat))
    assert "13912345678" not in band(seat)


# ---- writing ------------------------------------------------------------------------------------------------


def writing(seat: AgentSeat) -> MessagesPage:
    seat.window.show_page(Page.MESSAGES)
    page = seat.window.pages.messages
    assert seat.pump(lambda: page.form.whom.count() > 0)
    return page


def offered(page: MessagesPage) -> list[str]:
    return [page.form.whom.itemText(row) for row in range(page.form.whom.count())]


def test_a_lead_writes_to_the_team_and_its_agents_a_duty_manager_to_everybody(seat_as: SeatAs) -> None:
    rows = (agent_row(1), agent_row(2, "business"))
    assert offered(writing(seat_as(Role.TEAM_LEAD, *rows))) == ["home", "Agent 001"]
    manager = writing(seat_as(Role.DUTY_MANAGER, *rows))
    assert offered(manager) == ["Everybody", "business", "home", "Agent 001", "Agent 002"]
    assert not seat_as(Role.AGENT).window.rail.offers(Page.MESSAGES)


def test_who_may_not_be_written_to_is_not_offered_and_who_was_left_out_is_told(seat_as: SeatAs) -> None:
    limit = {"of": "agent", "id": "b-2", "acts": []}
    policy = Row("floor_policy", "site", 1, {**to_body(FloorPolicy()), "steering_limits": [limit]})
    seat = seat_as(Role.TEAM_LEAD, agent_row(1), agent_row(2), policy)
    seat.server.left_out = 1
    page = writing(seat)
    assert offered(page) == ["home", "Agent 001"]
    assert page.form.limited.full_text == "1 people are not offered: the site does not let you write to them."
    page.form.whom.choose("team:home")
    page.form.words.setPlainText("Take the next one")
    page.form.send()
    assert seat.pump(lambda: "1 there were left out" in page.form.outcome.full_text)


def test_a_message_is_sent_from_the_board_by_keys(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD, agent_row(1))
    seat.window.show_page(Page.AGENTS)
    board = seat.window.pages.agents
    assert seat.pump(lambda: board.model.rowCount() == 1)
    board.table.choose("b-1")
    QTest.keyClick(board.table, Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    page = seat.window.pages.messages
    assert seat.pump(lambda: seat.window.focusWidget() is page.form.words)
    QTest.keyClicks(page.form.words, "Take the next one")
    seat.server.sent = (SentMessage(message(seat), (Receipt("m1", "b-1"),)),)
    QTest.keyClick(page.form.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert seat.pump(lambda: seat.server.messages)
    assert seat.server.messages == [("m-1", MessageDraft(To.AGENT, "b-1", "Take the next one", minutes=30))]
    assert seat.pump(lambda: page.form.outcome.text().startswith("Sent to 2") and not page.form.words.toPlainText())
    assert seat.pump(lambda: "0 have read it, 1 have not." in texts(page))
    in_step(seat).message_read.emit(Receipt("m1", "b-1", seat.clock()))
    assert seat.pump(lambda: "1 have read it, 0 have not." in texts(page))
    assert "1 of 1 read" in page.list.words_of("m1")


def test_what_is_typed_stays_where_the_server_does_not_answer_and_is_one_message(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD, agent_row(1))
    seat.server.messages = None
    page = writing(seat)
    page.form.whom.setCurrentIndex(1)
    page.form.words.setPlainText("Take the next one")
    page.send()
    assert seat.pump(lambda: page.form.outcome.isVisible() and page.form.go.isEnabled())
    assert page.form.words.toPlainText() == "Take the next one"
    seat.workspace.messaging.save_now()
    assert seat.pump(lambda: seat.rooms.messages.draft().words == "Take the next one")
    first = seat.rooms.messages._sending
    seat.server.messages = []
    page.send()
    assert seat.pump(lambda: seat.server.messages)
    assert first is not None
    assert seat.server.messages[0][0] == first[1]


@pytest.mark.parametrize(
    ("whom", "typed", "said_so"),
    [(-1, "Words", "Say for whom"), (0, " ", "Say for whom"), (0, "x" * (LONGEST_WORDS + 1), "At most 200")],
)
def test_what_is_no_message_is_not_sent(seat_as: SeatAs, whom: int, typed: str, said_so: str) -> None:
    seat = seat_as(Role.TEAM_LEAD, agent_row(1))
    page = writing(seat)
    page.form.whom.setCurrentIndex(whom)
    page.form.words.setPlainText(typed)
    page.send()
    assert said_so in page.form.outcome.text()
    assert seat.server.messages == []
