"""A call is wrapped up by keys alone: note, disposition, ticket and callback, saved as one; the rules of its queue."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from agent_desktop.offline.pending import State
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.strip.buttons import Deed
from agent_desktop.ui.strip.situation import StripState
from agent_desktop.ui.window.rail import Page
from agent_desktop.ui.wrap_up.form import WrapUpForm
from agent_model.agent import AgentState
from agent_model.command import Answer, Verdict
from agent_model.scope import Scope
from agent_model.wire import Row
from demo.seat import commit
from tests.desktop.rows import contact_row
from tests.ui import desk
from tests.ui.at_work import comes, press
from tests.ui.conftest import CHEN
from tests.ui.samples import ME
from tests.ui.seat import SITE, ZHOU, AgentSeat, Telephone
from tests.ui.test_panes import texts


def queue(id_: str, **after_call: object) -> Row:
    name = {"zh": id_, "en": id_}
    return Row(
        "queue", id_, 1, {"name": name, "team": "home", "segments": ["home"], "wrap_up_s": 60, "after_call": after_call}
    )


def code(id_: str, zh: str, en: str, parent: str | None = None, **more: object) -> Row:
    return Row("wrap_up_code", id_, 1, {"name": {"zh": zh, "en": en}, "parent": parent, **more})


CATEGORY = Row(
    "ticket_category",
    "invoice",
    1,
    {
        "name": {"zh": "发票", "en": "Invoice"},
        "type": "request",
        "queue": "box",
        "department": "finance",
    },
)
COMPANY = (
    ZHOU,
    CATEGORY,
    queue("box", mode="time_boxed", extend_s=30, extensions=1),
    queue("forced", mode="time_boxed", needs_disposition=True),
    queue("locked", mode="no_early_exit"),
    queue("manual", mode="manual"),
    queue("free", mode="optional"),
    queue("stays", mode="time_boxed", stays=True),
    code("bill", "账单", "Bills", position=1),
    code("title", "发票抬头变更", "Change of invoice title", "bill", short="11", category="invoice"),
    code("answered", "咨询已解答", "Question answered", short="12", position=2),
    code("again", "约定回电", "Call-back agreed", short="13", position=3, calls_back=True),
    code("vip", "贵宾关怀", "Courtesy", short="14", position=4, queues=["manual"]),
)


@pytest.fixture
def at_seat(tmp_path: Path, look: Look) -> Iterator[AgentSeat]:
    made = AgentSeat(tmp_path, look, SITE, COMPANY)
    made.window.activateWindow()
    assert QTest.qWaitForWindowActive(made.window, 5_000)
    assert made.pump(lambda: made.window.right.form.category.count())
    yield made
    made.close()


def keys(seat: AgentSeat, *strokes: str) -> None:
    """Chords such as `Ctrl+E`; anything else is typed."""
    for stroke in strokes:
        if stroke.startswith("Ctrl+") or stroke in ("Return", "Tab", "Down", "Space"):
            QTest.keySequence(desk.focus(), QKeySequence(stroke))
        elif not stroke.isascii():
            commit(desk.focus(), stroke)
        else:
            QTest.keyClicks(desk.focus(), stroke)


def talk(seat: AgentSeat, queue_id: str, number: str = CHEN, ref: str = "ref-1") -> Telephone:
    caller = seat.telephone(number)
    caller.call("1001", ("X-Call-Ref", ref), ("X-Queue", queue_id))
    comes(seat, StripState.RINGING)
    seat.window.strip.answer()
    comes(seat, StripState.CONNECTED)
    return caller


def hang_up(seat: AgentSeat) -> None:
    press(seat, Deed.HANG_UP)
    assert seat.pump(lambda: seat.window.strip.situation.main is None)


def work_after(seat: AgentSeat, queue_id: str, number: str = CHEN) -> Telephone:
    caller = talk(seat, queue_id, number)
    hang_up(seat)
    comes(seat, StripState.AFTER_CALL_WORK)
    return caller


def sent(seat: AgentSeat) -> list[tuple[str, str]]:
    return [(entry.command.entity, entry.command.kind.value) for entry in seat.outbox.entries(State.WAITING)]


def contact(seat: AgentSeat) -> dict[str, object]:
    """The call's line, written by the lane of the store as soon as the call is over; empty before."""
    row = seat.view.row("contact", "K-ref-1-a-1001")
    return {} if row is None else dict(row.body)


def state_of(seat: AgentSeat) -> AgentState:
    return seat.rooms.session.seat.entry.state


# ---- one form, one key ----------------------------------------------------------------------------------------


def test_note_disposition_ticket_and_callback_are_saved_with_one_key(at_seat: AgentSeat) -> None:
    work_after(at_seat, "box")
    keys(at_seat, "Ctrl+E", "fptt", "Return", "wants the company's name", "Tab", "Tab", "Space", "in 2 h")
    assert at_seat.window.right.form.subject.text() == "wants the company's name"
    assert at_seat.window.right.form.category.chosen == "invoice"
    keys(at_seat, "Ctrl+Return")

    assert at_seat.pump(lambda: state_of(at_seat) is AgentState.READY)
    creates = [("contact", "update"), ("ticket", "create"), ("follow_up", "create")]
    assert at_seat.pump(lambda: sent(at_seat) == [("contact", "create"), *creates, ("contact", "update")])
    assert (contact(at_seat)["wrap_up_code"], contact(at_seat)["text"]) == ("title", "wants the company's name")
    [promised] = at_seat.rooms.follow_ups.due()
    assert (promised.due_at - at_seat.clock.now).total_seconds() == 7_200
    assert promised.ticket_id is not None
    assert at_seat.rooms.wrap_ups.all() == ()
    assert at_seat.rooms.drafts.all() == ()


def test_ticket_that_lacks_something_keeps_everything_back(at_seat: AgentSeat) -> None:
    work_after(at_seat, "box")
    keys(at_seat, "Ctrl+E", "12", "Return", "asked about the bill", "Tab", "Space", "Ctrl+Return")

    fault = at_seat.window.right.form._faults["category"]
    assert at_seat.pump(lambda: not fault.isHidden())
    assert sent(at_seat) == [("contact", "create")]
    assert at_seat.window.right.wrap_up.note.toPlainText() == "asked about the bill"
    assert [draft.note for draft in at_seat.rooms.wrap_ups.all()] == ["asked about the bill"]
    assert state_of(at_seat) is AgentState.AFTER_CALL_WORK


def test_every_field_is_on_the_disk_within_a_second_and_found_again(at_seat: AgentSeat) -> None:
    work_after(at_seat, "box")
    keys(at_seat, "Ctrl+E", "hd", "Return", "call her after six")

    assert at_seat.pump(lambda: at_seat.rooms.wrap_ups.of("call:ref-1") is not None)
    draft = at_seat.rooms.wrap_ups.of("call:ref-1")
    assert draft is not None
    assert (draft.code, draft.calls_back, draft.customer_id) == ("again", True, "C-1")
    assert at_seat.pump(lambda: [draft.note for draft in at_seat.rooms.wrap_ups.all()] == ["call her after six"])


def test_during_the_call_the_ticket_goes_at_once_and_the_note_when_it_ends(at_seat: AgentSeat) -> None:
    talk(at_seat, "box")
    keys(at_seat, "Ctrl+E", "fptt", "Return", "wants a new title", "Ctrl+Return")
    assert at_seat.pump(lambda: sent(at_seat) == [("ticket", "create")])
    assert at_seat.window.right.wrap_up.note.toPlainText() == "wants a new title"

    hang_up(at_seat)
    comes(at_seat, StripState.AFTER_CALL_WORK)
    press(at_seat, Deed.FINISH)

    assert at_seat.pump(lambda: state_of(at_seat) is AgentState.READY)
    of_call = [("contact", "create"), *[("contact", "update")] * 2]
    assert at_seat.pump(lambda: sent(at_seat) == [("ticket", "create"), *of_call])
    assert (contact(at_seat)["wrap_up_code"], contact(at_seat)["text"]) == ("title", "wants a new title")


def test_note_of_a_stranger_without_a_ticket_waits_for_a_name(at_seat: AgentSeat) -> None:
    work_after(at_seat, "box", "13911112222")
    keys(at_seat, "Ctrl+E", "12", "Return", "did not say who", "Ctrl+Return")

    assert "Nobody is named" in at_seat.window.right.wrap_up._faults["note"].full_text
    assert sent(at_seat) == []
    keys(at_seat, "Tab", "Space")
    at_seat.window.right.form.category.choose("invoice")
    keys(at_seat, "Ctrl+Return")
    assert at_seat.pump(lambda: sent(at_seat) == [("ticket", "create")])


def test_callback_that_nobody_understands_says_so(at_seat: AgentSeat) -> None:
    work_after(at_seat, "box")
    keys(at_seat, "Ctrl+E", "hd", "Return", "Tab", "Tab", "Tab", "whenever", "Ctrl+Return")

    assert "tomorrow 10:00" in at_seat.window.right.wrap_up._faults["due"].full_text
    assert at_seat.pump(lambda: sent(at_seat) == [("contact", "create")])


# ---- dispositions ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["11", "fptt", "fapiao", "发票", "invoice t", "Bills"])
def test_disposition_is_found_by_code_pinyin_initials_name_and_branch(at_seat: AgentSeat, typed: str) -> None:
    work_after(at_seat, "box")
    keys(at_seat, "Ctrl+E", typed, "Return")

    assert at_seat.window.right.wrap_up.disposition.chosen == "title"
    assert desk.focus() is at_seat.window.right.wrap_up.note


def test_only_dispositions_of_the_queue_are_offered(at_seat: AgentSeat) -> None:
    work_after(at_seat, "box")
    keys(at_seat, "Ctrl+E")
    assert at_seat.window.right.wrap_up.disposition.list.shown == ("title", "answered", "again")
    hang = at_seat.window.strip
    hang.wishes.finish_wanted.emit()
    assert at_seat.pump(lambda: state_of(at_seat) is AgentState.READY)


def test_favourites_and_what_was_picked_last_come_first(at_seat: AgentSeat) -> None:
    work_after(at_seat, "box")
    field = at_seat.window.right.wrap_up.disposition
    keys(at_seat, "Ctrl+E", "hd", "*")
    assert at_seat.pump(lambda: at_seat.rooms.wrap_ups.favourites() == ("again",))
    for _ in "hd":
        QTest.keyClick(desk.focus(), Qt.Key.Key_Backspace)
    keys(at_seat, "12", "Return", "Ctrl+Return")
    assert at_seat.pump(lambda: at_seat.rooms.wrap_ups.recent() == ("answered",))

    talk(at_seat, "box", ref="ref-2")
    keys(at_seat, "Ctrl+E")
    assert at_seat.pump(lambda: field.list.shown == ("again", "answered", "title"))


# ---- what the queue wants -------------------------------------------------------------------------------------


def test_missing_disposition_keeps_the_agent_at_work_over_time(at_seat: AgentSeat) -> None:
    work_after(at_seat, "forced")
    page = at_seat.window.strip.wrap_up
    assert at_seat.window.right.wrap_up._required.full_text.endswith("*")
    at_seat.clock.move(seconds=75)
    at_seat.workspace.calls.tick(at_seat.clock.now)
    page.tick(at_seat.clock.now)

    assert state_of(at_seat) is AgentState.AFTER_CALL_WORK
    assert page._timer.full_text == "+00:15"
    assert page._below.property("tone") == "warn"
    assert "Time is up" in page.said
    assert any("Choose what the call came to" in one.words for one in at_seat.workspace.notices.notices)
    keys(at_seat, "Ctrl+E", "12", "Return")
    at_seat.workspace.calls.tick(at_seat.clock.now)

    assert at_seat.pump(lambda: state_of(at_seat) is AgentState.READY)
    assert at_seat.pump(lambda: contact(at_seat).get("wrap_up_code") == "answered")


def test_done_without_the_disposition_leads_to_its_field(at_seat: AgentSeat) -> None:
    work_after(at_seat, "forced")
    press(at_seat, Deed.FINISH)

    assert at_seat.pump(at_seat.window.right.wrap_up.disposition.hasFocus)
    assert state_of(at_seat) is AgentState.AFTER_CALL_WORK


def test_work_without_early_exit_lasts_its_time_and_then_the_break_begins(at_seat: AgentSeat) -> None:
    work_after(at_seat, "locked")
    strip = at_seat.window.strip
    at_seat.rooms.session.take_break("meal")
    assert not strip.buttons[Deed.FINISH].isEnabled()
    assert "no earlier end" in strip.wrap_up.said
    assert state_of(at_seat) is AgentState.AFTER_CALL_WORK
    at_seat.clock.move(seconds=60)
    at_seat.workspace.calls.tick(at_seat.clock.now)

    assert state_of(at_seat) is AgentState.BREAK


def test_time_is_prolonged_as_often_as_the_queue_allows(at_seat: AgentSeat) -> None:
    work_after(at_seat, "box")
    assert at_seat.window.strip.buttons[Deed.MORE_TIME].text().strip() == "30 s more"
    press(at_seat, Deed.MORE_TIME)

    entry = at_seat.rooms.session.seat.entry
    assert entry.until is not None
    assert (entry.until - entry.since).total_seconds() == 90
    assert not at_seat.window.strip.buttons[Deed.MORE_TIME].isEnabled()


def test_manual_work_ends_when_the_agent_says_so(at_seat: AgentSeat) -> None:
    work_after(at_seat, "manual")
    assert Deed.MORE_TIME not in at_seat.window.strip.buttons
    at_seat.clock.move(minutes=30)
    at_seat.workspace.calls.tick(at_seat.clock.now)
    assert state_of(at_seat) is AgentState.AFTER_CALL_WORK
    press(at_seat, Deed.FINISH)

    assert at_seat.pump(lambda: state_of(at_seat) is AgentState.READY)


def test_work_that_stays_waits_for_the_agent_after_its_time(at_seat: AgentSeat) -> None:
    work_after(at_seat, "stays")
    at_seat.clock.move(minutes=2)
    at_seat.workspace.calls.tick(at_seat.clock.now)
    assert state_of(at_seat) is AgentState.AFTER_CALL_WORK
    assert "when you say so" in at_seat.window.strip.wrap_up.said


def test_optional_work_begins_only_where_it_was_asked_for_in_the_call(at_seat: AgentSeat) -> None:
    talk(at_seat, "free")
    hang_up(at_seat)
    assert at_seat.pump(lambda: state_of(at_seat) is AgentState.READY)

    talk(at_seat, "free", ref="ref-2")
    at_seat.window.top_bar.state.work_wanted.emit()
    hang_up(at_seat)
    comes(at_seat, StripState.AFTER_CALL_WORK)


def test_time_that_runs_out_saves_note_and_disposition(at_seat: AgentSeat) -> None:
    work_after(at_seat, "box")
    keys(at_seat, "Ctrl+E", "12", "Return", "explained the bill")
    at_seat.clock.move(seconds=61)
    at_seat.workspace.calls.tick(at_seat.clock.now)

    assert at_seat.pump(lambda: contact(at_seat).get("wrap_up_code") == "answered")
    assert contact(at_seat)["text"] == "explained the bill"
    assert state_of(at_seat) is AgentState.READY
    assert list(at_seat.workspace.items) == []
    assert at_seat.pump(lambda: at_seat.rooms.wrap_ups.all() == ())


# ---- refused, and changed ------------------------------------------------------------------------------------


def refused_wrap_up(seat: AgentSeat) -> None:
    """Of a call of yesterday that is not on the list any more: its disposition was retired meanwhile."""
    at = "2026-11-20T02:00:00.000Z"
    line = contact_row("K-ref-1-a-1001", at, call_ref="ref-1", agent=ME.id, queue="box", text="menu 2")
    seat.mirror.apply(Scope("customers:home"), [line], None)
    command = seat.rooms.book.wrap_up(line.id, "gone", "explained the bill")
    assert command is not None
    seat.outbox.answered([Answer(command.op_id, Verdict.REJECTED, reason="unknown_disposition")])


def change_it(seat: AgentSeat) -> WrapUpForm:
    """The form of the call, opened from what needs attention."""
    seat.window.show_page(Page.ATTENTION)

    def button() -> QPushButton | None:
        buttons = seat.window.pages.attention.findChildren(QPushButton)
        return next((one for one in buttons if one.accessibleName() == "Change it"), None)

    assert seat.pump(lambda: button() is not None)
    pressed = button()
    assert pressed is not None
    pressed.click()
    form = seat.window.right.wrap_up
    assert seat.pump(lambda: form.isVisible() and form.note.toPlainText() == "explained the bill")
    return form


def test_refused_wrap_up_is_changed_where_it_was_written_and_saved_in_its_place(at_seat: AgentSeat) -> None:
    refused_wrap_up(at_seat)
    form = change_it(at_seat)

    assert "What the call came to is not among the dispositions any more. Choose again." in texts(form)
    assert at_seat.pump(form.disposition.hasFocus)
    assert form.draft.code == ""
    assert len(at_seat.rooms.desk.refused()) == 1
    assert at_seat.pump(lambda: all(item.customer is not None for item in at_seat.workspace.items))
    form.note.moveCursor(QTextCursor.MoveOperation.End)
    keys(at_seat, "Ctrl+E", "12", "Return", ", and the next one", "Ctrl+Return")

    assert at_seat.pump(lambda: contact(at_seat).get("wrap_up_code") == "answered")
    assert contact(at_seat)["text"] == "explained the bill, and the next one · menu 2"
    assert at_seat.pump(lambda: at_seat.rooms.desk.refused() == ())
    assert at_seat.rooms.wrap_ups.all() == ()


def test_refused_wrap_up_that_is_left_again_stays_whole(at_seat: AgentSeat) -> None:
    refused_wrap_up(at_seat)
    change_it(at_seat)
    keys(at_seat, "Ctrl+E", "12", "Return")
    at_seat.workspace.wrapping.save_now()
    assert at_seat.pump(lambda: [one.code for one in at_seat.rooms.wrap_ups.all()] == ["answered"])

    [refused] = at_seat.rooms.desk.refused()
    assert refused.command.fields["text"].new == "explained the bill · menu 2"
    [draft] = at_seat.rooms.wrap_ups.all()
    assert (draft.instead_of, draft.queue) == ((refused.command.op_id,), "box")
    change_it(at_seat)
    assert [one.note for one in at_seat.rooms.wrap_ups.all()] == ["explained the bill"]
