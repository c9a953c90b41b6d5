"""Calls to customers: the number they see, and when they are not called."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy

from agent_desktop.softphone.call import Call, Direction, EndReason
from agent_desktop.softphone.events import CallChanged
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.messages.calls import explain_end
from agent_desktop.ui.messages.privacy import do_not_call
from agent_desktop.ui.strip.buttons import Deed
from agent_model.body import to_body
from agent_model.consent import Consent, ConsentChannel, ConsentHow
from agent_model.scope import Scope
from agent_model.wire import Row
from tests.desktop.rows import customer_row
from tests.ui.at_work import press
from tests.ui.seat import BILLING, SITE, ZHOU, AgentSeat, Telephone

CHEN = "+8613800006721"
NOBODY = "13911112222"


def row(number: str, queue: str, brand: str, opens: str, attempts: int | None) -> Row:
    outbound = {"opens": opens, "closes": "21:00", "daily_attempts": attempts}
    words = {"zh": brand, "en": brand}
    return Row(
        "called_number",
        number,
        1,
        {"number": number, "queue": queue, "brand": words, "greeting": words, "outbound": outbound},
    )


COMPANY = (
    ZHOU,
    BILLING,
    row("4008100200", "support", "Hailan Telecom", "08:00", 2),
    row("4008100288", "vip", "Hailan Signature", "09:00", None),
)


@pytest.fixture
def seat(tmp_path: Path, look: Look) -> Iterator[AgentSeat]:
    made = AgentSeat(tmp_path, look, SITE, COMPANY)
    assert made.pump(lambda: not made.window.strip.idle.shown.isHidden())
    yield made
    made.close()


@pytest.fixture
def chen(seat: AgentSeat) -> Telephone:
    """With the number as it is dialled."""
    return seat.telephone(CHEN)


def type_and_dial(seat: AgentSeat, written: str) -> None:
    idle = seat.window.strip.idle
    idle.number.setText(written)
    idle.dial()


def out(seat: AgentSeat) -> list[Call]:
    """The agent's calls out, each as it was told last."""
    told = {event.call.id: event.call for event in seat.heard if isinstance(event, CallChanged)}
    return [call for call in told.values() if call.direction is Direction.OUTGOING]


def dial_in_vain(seat: AgentSeat, written: str) -> None:
    """Until the call is over, kept among today's, and the strip is free again."""
    kept = QSignalSpy(seat.workspace.today.calls_changed)
    type_and_dial(seat, written)
    assert seat.pump(lambda: kept.count() > 0)
    press(seat, Deed.CLOSE)
    assert seat.pump(lambda: Deed.DIAL in seat.window.strip.buttons)


def take(seat: AgentSeat, words: str) -> None:
    shown = seat.window.strip.idle.shown
    next(action for action in shown.list.actions() if words in action.text()).trigger()


@pytest.fixture
def said(seat: AgentSeat) -> list[str]:
    """What the agent was told."""
    words: list[str] = []
    seat.workspace.calls.told.connect(words.append)
    return words


def test_customer_sees_the_number_of_the_agents_queue(seat: AgentSeat, chen: Telephone) -> None:
    assert "400-810-0200" in seat.window.strip.idle.shown.text()
    type_and_dial(seat, CHEN)
    assert seat.pump(lambda: chen.rings)
    assert out(seat)[0].shown_number == "4008100200"


def test_customer_sees_the_number_that_they_called(seat: AgentSeat, chen: Telephone) -> None:
    chen.call("1001", ("X-Called-Number", "400-810-0288"), ("X-Call-Ref", "r-1"))
    press(seat, Deed.ANSWER)
    assert seat.pump(lambda: "400-810-0288" in seat.window.strip.idle.shown.text())
    chen.hang_up()
    assert seat.pump(lambda: Deed.FINISH in seat.window.strip.buttons)
    seat.workspace.calls.dial(CHEN)
    assert seat.pump(lambda: chen.rings)
    assert out(seat)[0].shown_number == "4008100288"


def test_number_that_the_agent_chose_is_shown_and_remembered(seat: AgentSeat, chen: Telephone) -> None:
    chosen = QSignalSpy(seat.workspace.calls.outbound.number_chosen)
    take(seat, "Hailan Signature")
    assert [chosen.at(0)[0], chosen.count()] == ["4008100288", 1]
    assert seat.window.strip.idle.shown.accessibleName() == "Customers see 400-810-0288, Hailan Signature"
    type_and_dial(seat, CHEN)
    assert seat.pump(lambda: chen.rings)
    assert out(seat)[0].shown_number == "4008100288"


def test_choice_is_given_back_to_the_customer(seat: AgentSeat) -> None:
    take(seat, "Hailan Signature")
    take(seat, "Whichever fits")
    assert "400-810-0200" in seat.window.strip.idle.shown.text()


def test_number_that_is_remembered_and_gone_gives_way(seat: AgentSeat) -> None:
    seat.workspace.calls.outbound.use("4000000000")
    assert "400-810-0200" in seat.window.strip.idle.shown.text()


def test_who_dials_a_customer_who_said_no_is_told_and_the_call_goes_out(
    seat: AgentSeat, said: list[str], chen: Telephone
) -> None:
    no = Consent(ConsentChannel.CALL, is_given=False, how=ConsentHow.PHONE, by="zhou.min", at=seat.clock())
    row = customer_row("C-no", name="陈思远", phones=[CHEN], consents=[to_body(no)])
    seat.mirror.apply(Scope("customers:home"), [row], None)
    seat.workspace.on_screen.open_customer("C-no")
    assert seat.pump(lambda: seat.window.customer.customer_id == "C-no")
    type_and_dial(seat, CHEN)
    assert seat.pump(lambda: chen.rings)
    assert said == [do_not_call("陈思远")]


def test_customer_called_often_enough_is_left_alone_until_tomorrow(seat: AgentSeat, said: list[str]) -> None:
    dial_in_vain(seat, NOBODY)
    dial_in_vain(seat, NOBODY)
    type_and_dial(seat, NOBODY)
    assert said == ["Called 2 times today; 2 are allowed. Try again tomorrow from 8:00\u202fAM."]
    assert len(out(seat)) == 2
    assert seat.window.strip.idle.number.text() == NOBODY


def test_attempts_of_another_customer_or_another_day_do_not_count(seat: AgentSeat) -> None:
    dial_in_vain(seat, NOBODY)
    dial_in_vain(seat, "13911113333")
    dial_in_vain(seat, NOBODY)
    seat.clock.move(days=1)
    dial_in_vain(seat, NOBODY)
    assert len(out(seat)) == 4


def test_nobody_is_called_late_and_it_is_said_when_they_may(seat: AgentSeat, said: list[str]) -> None:
    seat.clock.move(hours=4)  # ten in the evening at the site
    type_and_dial(seat, NOBODY)
    words = "Customers are not called with 400-810-0200 at this hour. Try again tomorrow from 8:00\u202fAM."
    assert said == [words]
    assert out(seat) == []
    assert seat.window.strip.idle.number.text() == NOBODY


def test_nobody_is_called_early_and_it_is_said_when_they_may(seat: AgentSeat, said: list[str]) -> None:
    seat.clock.move(hours=-11)  # seven in the morning at the site
    type_and_dial(seat, NOBODY)
    assert said[0].endswith("at this hour. Try again today from 8:00\u202fAM.")


def test_colleagues_service_codes_and_emergency_calls_know_no_hours(seat: AgentSeat) -> None:
    seat.clock.move(hours=4)
    for number in ("1007", "95588", "110", "*97"):
        type_and_dial(seat, number)
    assert seat.pump(lambda: len(out(seat)) == 4)
    assert [call.shown_number for call in out(seat)] == ["", "", "", ""]


def test_call_again_shows_what_was_shown_before(seat: AgentSeat) -> None:
    chosen_by_itself = seat.window.strip.idle.shown.text()
    type_and_dial(seat, NOBODY)
    assert "400-810-0200" in chosen_by_itself
    press(seat, Deed.CALL_AGAIN)
    assert seat.pump(lambda: len(out(seat)) == 2 and out(seat)[1].is_over)
    assert [call.shown_number for call in out(seat)] == ["4008100200", "4008100200"]


def test_timeline_knows_which_number_was_shown(seat: AgentSeat, chen: Telephone) -> None:
    type_and_dial(seat, CHEN)
    assert seat.pump(lambda: chen.rings)
    chen.answer()
    press(seat, Deed.HANG_UP)

    def shown() -> list[str | None]:
        profile = seat.rooms.book.profile(seat.rooms.finder.find("Chen")[0].customer.id)
        entries = () if profile is None else profile.timeline.entries
        return [entry.contact.shown_number for entry in entries if entry.contact is not None]

    assert seat.pump(lambda: shown() == ["4008100200"])
    assert seat.pump(lambda: [call.shown_number for call in seat.rooms.day.calls()] == ["4008100200"])


def test_what_is_no_number_stays_in_the_field(seat: AgentSeat) -> None:
    type_and_dial(seat, "hello there?")
    assert seat.window.strip.idle.number.text() == "hello there?"


def test_switch_that_forbids_the_number_says_to_choose_another() -> None:
    words = explain_end(EndReason.FORBIDDEN, 403, "4008100200")
    assert words.startswith("The switch does not allow this call, or not with 4008100200.")
    assert words != explain_end(EndReason.FORBIDDEN, 403)
