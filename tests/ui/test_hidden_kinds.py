"""Kinds of secret that the site keeps back, at the desk: gone from what is open, looked at one at a time on record."""

import pytest
from PySide6.QtTest import QTest

from agent_desktop.customers.identity import Caller
from agent_desktop.errors import AskedTooOften, ServerRefused
from agent_desktop.offline.mirror import Sight
from agent_desktop.sync.events import SightChanged
from agent_desktop.ui.macros.words import Matter, filled_with
from agent_desktop.ui.messages.numbers import explain_field
from agent_model.command import CommandKind
from agent_model.customer import Customer, CustomerId, SegmentId
from agent_model.identity_answer import ProfileFact
from agent_model.macro import Placeholder
from agent_model.scope import Scope
from agent_model.secret import Secret, name_hashes, word_hash
from agent_model.wire import Row
from tests.desktop.rows import customer_row, ticket_row
from tests.ui.said import everything_said
from tests.ui.seat import AgentSeat
from tests.ui.test_panes import texts

HOME = Scope("customers:home")
NAME, EMAIL = "Chen Siyuan", "siyuan.chen@example.com"
MASKED, SHORT = "C*** S*****", "s***@example.com"
KEY = "7b" * 32
KINDS = (Secret.NAME, Secret.EMAIL, Secret.ID_CARD)
NUMBER = "+8613800006721"
COMPARED = (
    (ProfileFact.NAME, NAME),
    (ProfileFact.NAME, MASKED),
    (ProfileFact.EMAIL, SHORT),
    (ProfileFact.ID_NUMBER, "1234"),
)


def row(version: int, name: str, email: str, **fields: object) -> Row:
    return customer_row("C-1", version, name=name, email=email, phones=[NUMBER], **fields)


def opened(seat: AgentSeat) -> None:
    seat.workspace.on_screen.open_customer("C-1")
    assert seat.pump(lambda: seat.window.customer.customer_id == "C-1")


@pytest.fixture
def whole(seat: AgentSeat) -> AgentSeat:
    seat.mirror.apply(HOME, [row(2, NAME, EMAIL), ticket_row("T-1", "C-1", subject=f"{NAME} complains")], None)
    opened(seat)
    return seat


@pytest.fixture
def kept_back(seat: AgentSeat) -> AgentSeat:
    key = bytes.fromhex(KEY)
    words = [*name_hashes(key, NAME), word_hash(key, EMAIL)]
    seat.mirror.keep_sight(Sight(hidden=KINDS, word_keys={"home": KEY}))
    seat.mirror.apply(HOME, [row(2, MASKED, SHORT, id_number="**************1234", word_keys=words)], None)
    opened(seat)
    return seat


def test_name_that_is_kept_back_from_now_on_leaves_everything_that_is_open(whole: AgentSeat) -> None:
    seat = whole
    seat.workspace.notices.tell(f"{NAME} waits for you")
    seat.workspace.ticket_page.open("T-1")
    assert seat.pump(lambda: seat.workspace.ticket_page.shown is not None)
    before = everything_said(seat.window)

    seat.mirror.clear()
    seat.mirror.keep_sight(Sight(hidden=KINDS))
    seat.workspace._in_step.sight_changed.emit(SightChanged(frozenset(KINDS)))

    assert seat.pump(lambda: NAME not in everything_said(seat.window))
    assert NAME in before
    assert MASKED in texts(seat.window.customer.header) | {seat.window.customer.header._name.full_text}
    assert f"{MASKED} waits for you" in [notice.words for notice in seat.workspace.notices.notices]
    shown = seat.workspace.ticket_page.shown
    assert shown is not None
    assert shown.subject == f"{MASKED} complains"
    assert EMAIL not in everything_said(seat.window)


def test_name_is_looked_at_on_record_for_thirty_seconds(kept_back: AgentSeat) -> None:
    seat, header = kept_back, kept_back.window.customer.header
    seat.server.fields = {"name": NAME}
    header.reveal_name.click()
    assert seat.pump(lambda: NAME in texts(header))

    seat.clock.move(seconds=31)
    seat.window.customer.tick(seat.clock.now)

    assert seat.server.asked == [("C-1", "name", "shown on the screen")]
    assert MASKED in texts(header)
    assert NAME not in everything_said(seat.window)


def test_reason_is_asked_for_where_the_site_wants_one(kept_back: AgentSeat) -> None:
    seat, fields = kept_back, kept_back.window.customer.header.fields
    seat.mirror.keep_sight(Sight(asks_why=True, hidden=KINDS))
    seat.server.fields = {"email": EMAIL}
    fields.ask("email")
    assert seat.pump(lambda: fields.isVisible())
    fields.setText("sending the contract")
    fields.entered.emit()

    assert seat.pump(lambda: EMAIL in everything_said(seat.window.customer.details))
    assert seat.server.asked == [("C-1", "email", "sending the contract")]


def test_what_only_the_server_has_stays_masked_without_it_and_a_sentence_says_so(kept_back: AgentSeat) -> None:
    seat = kept_back
    seat.window.customer.header.fields.ask("id_number")

    assert seat.pump(lambda: bool(seat.workspace.notices.notices))
    assert "does not answer" in seat.workspace.notices.notices[0].words
    assert seat.window.customer.header.fields.asked == ""


def test_identity_card_that_is_here_is_looked_at_on_record_too(seat: AgentSeat) -> None:
    seat.mirror.apply(HOME, [row(2, NAME, EMAIL, id_number="33010619900101123X")], None)
    opened(seat)
    details = seat.window.customer.details
    assert seat.pump(lambda: any("123X" in text for _, text in details.own_lines))
    assert "33010619900101123X" not in everything_said(seat.window)
    seat.window.customer.header.fields.ask("id_number")

    assert seat.pump(lambda: details.own_lines[0][1] == "33010619900101123X")
    looks = [one for one in seat.outbox.waiting(9) if one.kind is CommandKind.REVEAL]
    assert [one.fields["revealed"].old for one in looks] == ["id_number"]


@pytest.mark.parametrize("typed", [NAME, "chen siyuan", "Siyuan", EMAIL])
def test_caller_who_says_the_name_is_found_and_shown_masked(kept_back: AgentSeat, typed: str) -> None:
    seat = kept_back
    assert seat.pump(lambda: not seat.rooms.finder.learn())
    found = seat.rooms.finder.find(typed)

    assert [(one.customer.id, one.text) for one in found] == [("C-1", MASKED)]


def test_part_of_a_name_beyond_what_is_seen_finds_nobody(kept_back: AgentSeat) -> None:
    seat = kept_back
    assert seat.pump(lambda: not seat.rooms.finder.learn())

    assert not seat.rooms.finder.find("Siyu")


def test_name_that_is_kept_back_is_not_written_to_the_customer(kept_back: AgentSeat) -> None:
    seat = kept_back
    customer = Customer(CustomerId("C-1"), SegmentId("home"), MASKED, (), email=SHORT)
    matter = Matter(seat.rooms.agent, seat.clock.now, customer=customer)
    said = filled_with(matter, seat.workspace._formats, seat.rooms.plan)

    assert Placeholder.CUSTOMER_NAME.value not in said


def test_form_does_not_let_a_masked_name_be_written_over(kept_back: AgentSeat) -> None:
    seat = kept_back
    seat.workspace.editing.start()
    lines = seat.window.customer.editor.lines
    assert seat.pump(lambda: lines["name"].text() == MASKED)
    QTest.keyClicks(lines["name"], "x")

    assert (lines["name"].isReadOnly(), lines["email"].isReadOnly(), lines["company"].isReadOnly()) == (
        True,
        True,
        False,
    )
    assert lines["name"].text() == MASKED


def test_caller_is_asked_for_nothing_that_nobody_here_can_compare(kept_back: AgentSeat) -> None:
    identity, caller = kept_back.rooms.identity, Caller(CustomerId("C-1"), "ref-1")
    fits = {(about, said): identity.compare(caller, about, said) for about, said in COMPARED}

    assert list(fits.values()) == [False, False, False, True]


def test_why_something_was_not_told_is_said_in_a_sentence() -> None:
    said = [
        explain_field(error) for error in (AskedTooOften(429, "too_many_requests", 7), ServerRefused(404, "not_found"))
    ]

    assert "7 seconds" in said[0]
    assert "Search again" in said[1]
