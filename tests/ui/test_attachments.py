"""Attachments at the desk: dropped, pasted, sent on, looked at, saved on record, told of when one has a virus."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest

from agent_desktop.sync.events import ScopeChanged
from agent_desktop.sync.uploads import UploadProgress
from agent_desktop.ui.ticket.attachments import AttachmentsPanel
from agent_desktop.ui.ticket.page import TicketPage
from agent_model.attachment import Attachment, AttachmentId, AttachmentState
from agent_model.body import to_body
from agent_model.scope import Scope
from tests.desktop.rows import ticket_row
from tests.ui.samples import ME, NOW
from tests.ui.seat import AgentSeat
from tests.ui.test_panes import texts
from tests.ui.test_ticket_page import TICKET, page

__all__ = ["page"]

HOME = Scope("customers:home")
TALL = QImage(40, 30, QImage.Format.Format_RGB32)


@pytest.fixture
def panel(page: TicketPage) -> AttachmentsPanel:
    return page.panel(AttachmentsPanel)


def pills(panel: AttachmentsPanel) -> list[tuple[str, str]]:
    return [(line.title, line.pill) for line in panel.lines._lines]


def drop(panel: AttachmentsPanel, *paths: Path) -> None:
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    where = QPointF(QPoint(5, 5))
    event = QDropEvent(
        where, Qt.DropAction.CopyAction, held, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )  # fmt: skip
    panel.dropEvent(event)


def attachment(state: AttachmentState, **fields: Any) -> dict[str, Any]:
    by = fields.pop("by", ME.id)
    made = Attachment(AttachmentId("A-9"), "bill.pdf", "application/pdf", 2048, "0" * 64, by, NOW, state, **fields)
    return {"id": made.id, **to_body(made)}


def comes(seat: AgentSeat, *attachments: dict[str, Any], version: int = 2) -> None:
    """The ticket as the server has it by now."""
    row = ticket_row("1", version=version, **TICKET, attachments=list(attachments))
    seat.mirror.apply(HOME, [row], None)
    seat.workspace._in_step.scope_changed.emit(
        ScopeChanged(HOME, frozenset({"ticket"}), frozenset({"1"}))
    )  # fmt: skip


def test_dropped_file_is_kept_and_waits_to_be_sent(seat: AgentSeat, panel: AttachmentsPanel, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("what the customer wrote")
    drop(panel, tmp_path / "note.txt")
    assert seat.pump(lambda: pills(panel) == [("note.txt", "waits to be sent")])
    [command] = seat.outbox.waiting(5)
    told = command.fields["attachments"].new
    assert (told["name"], told["media_type"], told["added_by"]) == ("note.txt", "text/plain", ME.id)

    seat.workspace._in_step.upload_moved.emit(UploadProgress(f"{told['id']}.att", 50, 200))
    assert pills(panel) == [("note.txt", "sent: 25 %")]


def test_picture_is_pasted_by_key_and_looked_at_here(seat: AgentSeat, panel: AttachmentsPanel) -> None:
    TALL.fill(0x336699)
    QGuiApplication.clipboard().setImage(TALL)
    panel.lines.setFocus()
    QTest.keyClick(panel, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert seat.pump(lambda: len(panel.lines._lines) == 1)
    assert panel.lines._lines[0].title.endswith(".png")
    panel.open_button.click()
    assert seat.pump(panel.picture.isVisible)


def test_clipboard_without_a_picture_says_so(panel: AttachmentsPanel) -> None:
    QGuiApplication.clipboard().setText("words")
    panel.paste.click()
    assert "There is no picture to paste" in panel.words.text()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("run.exe", b"MZ..", "not a kind of file"), ("empty.txt", b"", "is empty")],
    ids=["kind", "empty"],
)
def test_file_that_is_not_taken_is_named_with_why(
    seat: AgentSeat, panel: AttachmentsPanel, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    drop(panel, tmp_path / name)
    assert seat.pump(lambda: words in panel.words.text())
    assert name in panel.words.text()
    assert seat.outbox.waiting(5) == []


def test_file_of_somebody_else_comes_from_the_server_and_is_saved_on_record(
    seat: AgentSeat, panel: AttachmentsPanel, tmp_path: Path
) -> None:
    comes(seat, attachment(AttachmentState.CLEAN, by="a-1007"))
    assert seat.pump(lambda: pills(panel) == [("bill.pdf", "no virus found")])
    [shown] = panel._attachments
    seat.workspace.attachments.save_to(shown, tmp_path / "mine.pdf")
    assert seat.pump(lambda: bool(panel.words.text()))
    assert not (tmp_path / "mine.pdf").exists()

    seat.server.files["1/A-9"] = bytes(2048)
    seat.workspace.attachments.save_to(shown, tmp_path / "mine.pdf")
    assert seat.pump(lambda: "Saved" in panel.words.text())
    assert (tmp_path / "mine.pdf").read_bytes() == bytes(2048)
    [command] = seat.outbox.waiting(5)
    told = {name: change.new for name, change in command.fields.items()}
    assert (command.entity, told["kind"], told["subject"], told["what"]) == ("export", "attachment", "1", "bill.pdf")


def test_author_is_told_of_a_virus_once_and_nobody_opens_it(seat: AgentSeat, panel: AttachmentsPanel) -> None:
    told: list[str] = []
    seat.workspace.attachments.told.connect(told.append)
    comes(seat, attachment(AttachmentState.INFECTED, found="Eicar"))
    assert seat.pump(lambda: len(told) == 1)
    assert told == ["TK-1: A virus was found in “bill.pdf” (Eicar). Nobody can open it; attach a clean file instead."]
    comes(seat, attachment(AttachmentState.INFECTED, found="Eicar"), version=3)
    assert seat.pump(lambda: pills(panel) == [("bill.pdf", "virus: nobody can open it")])
    panel.open_button.click()
    assert seat.pump(lambda: "A virus was found" in panel.words.text())
    assert len(told) == 1


def test_file_that_nobody_looked_through_says_so(seat: AgentSeat, panel: AttachmentsPanel) -> None:
    comes(seat, attachment(AttachmentState.NOT_SCANNED))
    assert seat.pump(lambda: pills(panel) == [("bill.pdf", "not scanned")])
    assert "Drop files here" in " ".join(texts(panel))
