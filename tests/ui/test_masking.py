"""Numbers that only the server has: recognised, called, looked at, and never in clear where nobody asked for them."""

from collections.abc import Callable
from dataclasses import asdict

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from agent_desktop.customers.profile import Withdrawn
from agent_desktop.errors import AskedTooOften, ServerRefused, ServerUnreachable
from agent_desktop.offline.mirror import Cursor, Sight
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.messages.numbers import explain_number
from agent_desktop.ui.strip.buttons import Deed
from agent_desktop.ui.strip.situation import StripState
from agent_desktop.ui.window.rail import Page
from agent_model.command import CommandKind
from agent_model.customer import CustomerId
from agent_model.phone_number import DialPlan, OnRecord, PhoneNumber, display, masked, on_record
from agent_model.phone_number.on_record import Purpose, hashes_of
from agent_model.scope import Scope
from agent_model.wire import Gone, Row
from tests.desktop.rows import customer_row
from tests.ui import desk
from tests.ui.at_work import REF, comes, press, state
from tests.ui.said import everything_said
from tests.ui.samples import Samples
from tests.ui.seat import AgentSeat, Telephone
from tests.ui.test_panes import texts

KEY = "5a" * 32
PHONE = "+8613800006721"
SHOWN = "138****6721"
HOME = Scope("customers:home")
DIGITS = PHONE[3:]
SECRETS = (DIGITS, "138 0000 6721", "0000 6721", DIGITS[::-1])


def masked_row(version: int = 2) -> Row:
    keys = [hashes_of(bytes.fromhex(KEY), PHONE)]
    return customer_row("C-1", version, name="Chen Siyuan", phones=[SHOWN], phone_keys=keys)


@pytest.fixture
def masked_seat(seat: AgentSeat) -> AgentSeat:
    """Of an agent who is not to have numbers."""
    seat.mirror.keep_sight(Sight({"home": KEY}))
    seat.mirror.apply(HOME, [masked_row()], None)
    return seat


def leaks(seat: AgentSeat) -> list[str]:
    """Where a number stands in clear: on the screen, in a list, or in what was written down of the day's calls."""
    kept = [asdict(call) for call in seat.rooms.day.calls()]
    said = everything_said() + repr(kept)
    return [secret for secret in SECRETS if secret in said]


def opened(seat: AgentSeat) -> None:
    seat.workspace.on_screen.open_customer("C-1")
    assert seat.pump(lambda: seat.window.customer.customer_id == "C-1")


def notices(seat: AgentSeat) -> list[str]:
    return [notice.words for notice in seat.workspace.notices.notices]


# ---- recognising ----------------------------------------------------------------------------------------


def test_masked_caller_is_on_the_screen_and_the_number_nowhere(masked_seat: AgentSeat, chen: Telephone) -> None:
    seat = masked_seat
    chen.call("1001", REF)
    comes(seat, StripState.RINGING)
    assert seat.pump(lambda: seat.window.customer.customer_id == "C-1")
    while_ringing = leaks(seat)
    seat.window.strip.answer()
    comes(seat, StripState.CONNECTED)
    while_talking, header = leaks(seat), texts(seat.window.customer.header)
    press(seat, Deed.HANG_UP)
    assert seat.pump(lambda: bool(seat.window.left._calls))
    seat.window.show_page(Page.HISTORY)
    assert seat.pump(lambda: bool(seat.window.pages.history.lines))

    assert SHOWN in header
    assert (while_ringing, while_talking, leaks(seat)) == ([], [], [])


def test_masked_customer_is_found_by_the_last_digits_in_the_search_box(masked_seat: AgentSeat) -> None:
    seat = masked_seat
    bar = seat.window.top_bar
    bar.search.setFocus()
    QTest.keyClicks(bar.search, "6721")

    assert seat.pump(lambda: [found.id for found in bar.found._found] == ["C-1"])
    assert bar.found._found[0].detail == SHOWN


# ---- looking --------------------------------------------------------------------------------------------


def test_number_is_told_by_the_server_shown_for_30_s_and_hidden_again(masked_seat: AgentSeat) -> None:
    seat = masked_seat
    seat.server.numbers = {SHOWN: PHONE}
    opened(seat)
    header = seat.window.customer.header

    header.ask_reveal()
    assert seat.pump(lambda: "138 0000 6721" in texts(header))
    seat.window.tick(seat.clock.now.replace(year=2099))

    assert seat.server.asked == [("C-1", Purpose.LOOK, "shown on the screen")]
    assert SHOWN in texts(header)
    assert leaks(seat) == []


def test_same_key_hides_the_number_at_once(masked_seat: AgentSeat) -> None:
    seat = masked_seat
    seat.server.numbers = {SHOWN: PHONE}
    opened(seat)
    header = seat.window.customer.header
    header.ask_reveal()
    assert seat.pump(lambda: "138 0000 6721" in texts(header))

    header.ask_reveal()

    assert SHOWN in texts(header)
    assert len(seat.server.asked) == 1


@pytest.mark.parametrize("away", ["another item", "break", "sign-in asked", "window hidden"])
def test_number_is_hidden_at_once_when_others_may_look(masked_seat: AgentSeat, away: str) -> None:
    seat = masked_seat
    seat.server.numbers = {SHOWN: PHONE}
    seat.mirror.apply(HOME, [customer_row("C-2", name="Li Na", phones=["+8613911112222"])], None)
    opened(seat)
    header = seat.window.customer.header
    header.ask_reveal()
    assert seat.pump(lambda: "138 0000 6721" in texts(header))

    match away:
        case "another item":
            seat.workspace.on_screen.open_customer("C-2")
        case "break":
            seat.window.top_bar.state.break_wanted.emit("short")
        case "sign-in asked":
            seat.workspace.sync.sign_in_wanted.emit()
        case _:
            seat.window.hide()

    assert seat.pump(lambda: leaks(seat) == [])


def test_number_that_comes_late_is_not_shown_to_who_went_on(masked_seat: AgentSeat) -> None:
    seat = masked_seat
    opened(seat)
    seat.window.customer.header.ask_reveal()
    seat.window.customer.hide_revealed()

    seat.window.customer.show_revealed("138 0000 6721", seat.clock.now)

    assert leaks(seat) == []


def test_without_the_server_a_sentence_says_why_it_stays_masked(masked_seat: AgentSeat) -> None:
    seat = masked_seat
    opened(seat)
    seat.window.customer.header.ask_reveal()

    assert seat.pump(lambda: any("Only the server has this number" in words for words in notices(seat)))
    assert SHOWN in texts(seat.window.customer.header)


def test_reason_is_asked_for_where_the_site_wants_one(masked_seat: AgentSeat) -> None:
    seat = masked_seat
    seat.mirror.keep_sight(Sight({"home": KEY}, asks_why=True))
    seat.server.numbers = {SHOWN: PHONE}
    opened(seat)
    header = seat.window.customer.header
    header.ask_reveal()
    assert seat.pump(header.why.isVisible)
    header.why.entered.emit()
    asked_without = list(seat.server.asked)
    header.why.setText("The courier asks for it")
    header.why.entered.emit()

    assert seat.pump(lambda: "138 0000 6721" in texts(header))
    assert (asked_without, seat.server.asked) == ([], [("C-1", Purpose.LOOK, "The courier asks for it")])
    assert not header.why.isVisible()


def test_look_at_a_number_that_is_here_waits_for_the_trail_once(seat: AgentSeat) -> None:
    opened(seat)
    header = seat.window.customer.header
    header.ask_reveal()
    assert seat.pump(lambda: "138 0000 6721" in texts(header))

    looks = [one for one in seat.outbox.waiting(9) if one.kind is CommandKind.REVEAL]
    assert [(one.id, one.fields["revealed"].old, one.fields["revealed"].new) for one in looks] == [
        ("C-1", "phones", "shown on the screen")
    ]
    assert seat.server.asked == []


def test_reason_goes_into_the_trail_with_a_number_that_is_here(seat: AgentSeat) -> None:
    seat.mirror.keep_sight(Sight(asks_why=True))
    opened(seat)
    header = seat.window.customer.header
    header.ask_reveal()
    assert seat.pump(header.why.isVisible)
    header.why.setText("Reads it back")
    header.why.entered.emit()

    assert seat.pump(lambda: "138 0000 6721" in texts(header))
    [look] = [one for one in seat.outbox.waiting(9) if one.kind is CommandKind.REVEAL]
    assert look.fields["revealed"].new == "Reads it back"


# ---- calling --------------------------------------------------------------------------------------------


def test_customer_is_called_by_record_and_the_number_reaches_the_phone_alone(masked_seat: AgentSeat) -> None:
    seat = masked_seat
    chen = seat.telephone(PHONE)
    seat.server.numbers = {SHOWN: PHONE}
    opened(seat)

    seat.window.customer.header.dial.click()
    assert seat.pump(lambda: chen.rings)
    assert seat.pump(lambda: "Chen Siyuan" in texts(seat.window.strip))
    while_ringing = leaks(seat)
    chen.answer()
    comes(seat, StripState.CONNECTED)
    press(seat, Deed.HANG_UP)
    assert seat.pump(lambda: bool(seat.window.left._calls))

    assert seat.server.asked == [("C-1", Purpose.DIAL, "to call the customer")]
    assert (while_ringing, leaks(seat)) == ([], [])
    [call] = seat.rooms.day.calls()
    assert (call.customer_id, on_record(call.number)) == ("C-1", OnRecord("C-1", 0, SHOWN))


def test_call_of_a_masked_customer_is_dialled_again_by_record(masked_seat: AgentSeat, chen: Telephone) -> None:
    seat = masked_seat
    called = seat.telephone(PHONE)
    chen.call("1001", REF)
    comes(seat, StripState.RINGING)
    assert seat.pump(lambda: seat.window.customer.customer_id == "C-1")
    chen.hang_up()
    assert seat.pump(lambda: bool(seat.window.left._calls))
    seat.server.numbers = {SHOWN: PHONE}

    seat.workspace._take_call_line(seat.window.left._calls[0])
    in_the_field = seat.window.strip.idle.number.text()
    seat.window.strip.idle.dial()

    assert seat.pump(lambda: called.rings)
    assert in_the_field == SHOWN
    assert leaks(seat) == []


def test_customer_cannot_be_called_by_record_without_the_server(masked_seat: AgentSeat) -> None:
    seat = masked_seat
    opened(seat)
    seat.window.customer.header.dial.click()

    assert seat.pump(lambda: any("Only the server has this number" in words for words in notices(seat)))
    assert state(seat) is StripState.IDLE
    assert seat.window.strip.idle.number.text() == SHOWN
    assert seat.rooms.phone.snapshot().calls == ()


def test_number_the_agent_learned_is_added_without_the_masked_ones(masked_seat: AgentSeat) -> None:
    seat = masked_seat
    known = seat.rooms.book.customer(CustomerId("C-1"))
    assert known is not None
    seat.rooms.book.attach_number(known, PhoneNumber("+8613911112222"))

    [command] = seat.outbox.waiting(9)
    assert (command.kind, command.fields["phones"].new) == (CommandKind.APPEND, "+8613911112222")
    assert [who.id for who in seat.rooms.book.with_number(PhoneNumber("+8613911112222"))] == ["C-1"]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ServerUnreachable("https://s", "x"), "Only the server has this number"),
        (AskedTooOften(429, "too_many_requests", 7), "Wait 7 seconds"),
        (ServerRefused(404, "not_found"), "does not have this number any more"),
        (ServerRefused(403, "not_allowed"), "The server refused this"),
    ],
)
def test_every_refusal_to_tell_a_number_is_a_sentence(error: Exception, words: str) -> None:
    assert words in explain_number(error)


# ---- leaving --------------------------------------------------------------------------------------------


def test_customer_who_went_to_others_leaves_the_screen_and_the_words_stay(seat: AgentSeat) -> None:
    opened(seat)
    form, notes = seat.window.right.form, seat.window.customer.notes
    form.description.setPlainText("Wants the technician on")
    notes.add.click()
    notes.field.setText("prefers evenings")
    seat.mirror.apply(HOME, [], Cursor(1, "e"), [Gone("customer", "C-1")])
    seat.workspace.sync.read_customer()
    item = seat.workspace.items.current
    assert item is not None

    assert seat.pump(lambda: isinstance(seat.workspace.items.get(item.key).recognition, Withdrawn))  # type: ignore[union-attr]
    assert "Chen Siyuan" not in everything_said(seat.window)
    assert "This customer is no longer yours" in texts(seat.window.customer)
    assert "Wants the technician on" in form.description.toPlainText()
    assert "prefers evenings" in form.description.toPlainText()


def test_customer_stays_on_the_screen_while_everything_is_fetched_anew(seat: AgentSeat) -> None:
    opened(seat)
    seat.mirror.clear()
    seat.workspace.sync.read_customer()
    is_read: list[object] = []
    seat.background.store.do(lambda: None, is_read.append)

    assert seat.pump(lambda: bool(is_read))
    assert "Chen Siyuan" in texts(seat.window.customer.header)


# ---- the rule -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shown", desk.STATES)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_state_of_the_window_says_a_customer_s_number(
    look: Look, keep: Callable[[QWidget], QWidget], language: str, shown: str
) -> None:
    made = desk.window(look, language)
    keep(made)
    desk.put_into(made, shown, language)
    said = everything_said(made)
    numbers = [PhoneNumber(PHONE), PhoneNumber("+8613755550123"), *Samples(language).customer.phones]

    clear = {form for number in numbers for form in (number, number[3:], display(number, DialPlan()))}
    assert [form for form in clear if form in said] == []


def test_name_that_is_a_number_is_not_said(seat: AgentSeat) -> None:
    stranger = seat.telephone("13755550123", "13755550123")
    stranger.call("1001", ("X-Call-Ref", "ref-9"))
    comes(seat, StripState.RINGING)
    assert seat.pump(seat.window.customer.stranger.isVisible)

    assert "137****0123" in texts(seat.window.customer)
    assert "13755550123" not in everything_said()


@pytest.mark.parametrize("number", ["+8613800006721", "+85291234567", "ext:1007", "+864008123456"])
def test_name_of_a_number_on_record_is_shown_as_the_number_would_be(number: str) -> None:
    record = OnRecord("C:1", 3, masked(PhoneNumber(number)))

    assert on_record(record.key) == record
    assert masked(record.key) == masked(PhoneNumber(number))
    assert on_record(number) is None
