"""What waits for the agent's decision, with real rooms and no server: nothing typed is lost on any way."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from agent_desktop.customers.edits import CustomerEdits
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.store import Store
from agent_desktop.offline.view import View
from agent_desktop.sync.decisions import Take
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.attention.conflict_card import ConflictCard
from agent_desktop.ui.window.rail import Page
from agent_model.command import Answer, CommandKind, FieldChange, Verdict
from agent_model.phone_number import DialPlan
from agent_model.scope import Scope
from tests.fakes import SEALED, SetClock
from tests.ui.samples import ME
from tests.ui.seat import CHEN, AgentSeat
from tests.ui.test_panes import texts

REGION = {"region": FieldChange(None, "West"), "email": FieldChange("old@x.cn", "new@x.cn")}


def refuse(
    seat: AgentSeat, fields: dict[str, FieldChange], reason: str, kind: CommandKind = CommandKind.UPDATE
) -> None:
    command = seat.outbox.put("customer", "C-1", kind, fields, seat.clock())
    seat.outbox.answered([Answer(command.op_id, Verdict.REJECTED, reason=reason)])


def contest(seat: AgentSeat) -> None:
    command = seat.outbox.put("customer", "C-1", CommandKind.UPDATE, REGION, seat.clock(), base_version=1)
    answer = Answer(command.op_id, Verdict.CONFLICT, 2, changed={"region": "East"})
    seat.outbox.answered([answer])


def look_at_page(seat: AgentSeat) -> set[str]:
    seat.window.show_page(Page.ATTENTION)
    assert seat.pump(lambda: len(texts(seat.window.pages.attention)) > 2)
    return texts(seat.window.pages.attention)


def press(seat: AgentSeat, words: str) -> None:
    buttons = seat.window.pages.attention.findChildren(QPushButton)
    next(button for button in buttons if button.accessibleName() == words).click()


def card_of(seat: AgentSeat) -> ConflictCard:
    look_at_page(seat)
    [card] = seat.window.pages.attention.findChildren(ConflictCard)
    return card


def test_refused_change_of_a_customer_is_shown_whole_with_its_reason(seat: AgentSeat) -> None:
    refuse(seat, REGION, "not_allowed")

    said = look_at_page(seat)

    assert "Customer · Chen Siyuan" in said
    assert "Region: — → West\nE-mail: old@x.cn → new@x.cn" in said
    assert "You may not make this change. Ask your team lead." in said
    assert seat.window.rail._pages[Page.ATTENTION].accessibleDescription() == "1 waiting"


def test_refused_note_is_shown_with_its_words(seat: AgentSeat) -> None:
    note = {"text": "calls back at six", "author": ME.id, "at": "2026-11-21T02:00:00.000Z"}
    refuse(seat, {"notes": FieldChange(None, note)}, "unknown_row", CommandKind.APPEND)

    said = look_at_page(seat)

    assert "Note: calls back at six" in said
    assert "The record is not there any more, or you may no longer see it." in said


def test_refused_change_comes_back_into_the_form(seat: AgentSeat) -> None:
    refuse(seat, REGION, "bad_field")
    look_at_page(seat)
    press(seat, "Change it")

    editor = seat.window.customer.editor
    assert seat.pump(editor.isVisible)
    assert (editor.lines["region"].text(), editor.lines["email"].text()) == ("West", "new@x.cn")
    assert seat.rooms.desk.refused() == ()
    assert seat.rooms.edits.kept("C-1") is not None


def test_contested_field_is_shown_without_the_server_and_the_choice_is_kept(seat: AgentSeat) -> None:
    contest(seat)
    card = card_of(seat)
    assert [text.toPlainText() for text in card.texts[:3]] == ["—", "West", "East"]
    assert "Chen Siyuan · Region" in texts(card)

    QTest.keyClicks(card, "1")

    assert seat.pump(lambda: any("Mine is to stand. It is kept here" in text for text in texts(card)))
    [kept] = seat.rooms.conflicts.contested()
    assert kept.decision is not None
    assert kept.decision.take is Take.MINE
    assert not kept.is_open
    assert seat.window.rail._pages[Page.ATTENTION].accessibleDescription() != "1 waiting"


def test_third_text_is_on_the_disk_while_it_is_written(seat: AgentSeat) -> None:
    contest(seat)
    card = card_of(seat)
    QTest.keyClicks(card, "3")
    card.field.selectAll()
    QTest.keyClicks(card.field, "South")

    def kept() -> object:
        [one] = seat.rooms.conflicts.contested()
        return one.decision is not None and (one.decision.text, one.is_open)

    assert seat.pump(lambda: kept() == ("South", True))


def test_form_of_a_customer_is_sent_without_the_server(seat: AgentSeat) -> None:
    seat.workspace.on_screen.open_customer("C-1")
    assert seat.pump(lambda: seat.window.customer.customer_id == "C-1")
    QTest.keyClick(seat.window, Qt.Key.Key_F2)
    editor = seat.window.customer.editor
    assert seat.pump(editor.isVisible)

    editor.lines["region"].setText("West")
    QTest.keyClick(editor.lines["region"], Qt.Key.Key_Return)

    assert seat.pump(lambda: not editor.isVisible())
    assert seat.pump(lambda: "West" in texts(seat.window.customer.header))
    [command] = seat.outbox.waiting(9)
    assert command.fields == {"region": FieldChange(None, "West")}


def test_form_that_was_left_is_there_again_with_its_customer(seat: AgentSeat) -> None:
    seat.workspace.on_screen.open_customer("C-1")
    assert seat.pump(lambda: seat.window.customer.customer_id == "C-1")
    seat.window.customer.edit_wanted.emit()
    editor = seat.window.customer.editor
    assert seat.pump(editor.isVisible)
    editor.lines["company"].setText("Half")

    seat.workspace.on_screen.close_item("customer:C-1")
    assert seat.pump(lambda: not editor.isVisible())
    seat.workspace.on_screen.open_customer("C-1")

    assert seat.pump(lambda: editor.isVisible() and editor.lines["company"].text() == "Half")


def test_form_that_was_being_written_is_there_after_the_window_died(tmp_path: Path, look: Look) -> None:
    _begin_to_edit(tmp_path / "store")
    seat = AgentSeat(tmp_path, look)
    has_item = seat.pump(lambda: len(seat.workspace.items) == 1)
    seat.window.left.choose_nth(1)
    editor = seat.window.customer.editor
    is_back = seat.pump(lambda: editor.isVisible() and editor.lines["company"].text() == "Half")
    seat.close()

    assert has_item
    assert is_back


def _begin_to_edit(folder: Path) -> None:
    store = Store(folder, SEALED)
    store.open_cache()
    mirror, outbox = Mirror(store), Outbox(store, ME.id)
    mirror.apply(Scope("customers:home"), [CHEN], None)
    edits = CustomerEdits(View(mirror, outbox), DialPlan(), SetClock())
    draft = edits.begin("C-1")
    assert draft is not None
    edits.save(replace(draft, wanted={"company": "Half"}))
    store.close()
