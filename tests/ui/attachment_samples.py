"""A ticket with files in every state, and many tickets about to be changed, for pictures."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QImageWriter, QLinearGradient, QPainter

from agent_desktop.tickets.work import TicketSheet
from agent_desktop.ui.lists.bulk_panel import BulkPanel
from agent_desktop.ui.ticket.attachments import AttachmentsPanel
from agent_desktop.ui.ticket.panel import Seen
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_model.attachment import Attachment, AttachmentId, AttachmentState
from tests.ui.listed import show_tickets
from tests.ui.samples import ME, NOW, Samples

FILES = (
    ("营业执照.png", "image/png", 345_000, AttachmentState.CLEAN),
    ("合同 2026.pdf", "application/pdf", 2_480_000, AttachmentState.NOT_SCANNED),
    ("报价.xlsx", "application/xlsx", 48_200, AttachmentState.SCANNING),
    ("抬头.jpg", "image/jpeg", 812_000, AttachmentState.COMING),
    ("invoice.zip", "application/zip", 12_400, AttachmentState.INFECTED),
)


def show_files(window: MainWindow, samples: Samples) -> None:
    files = tuple(
        Attachment(AttachmentId(f"A-{n}"), name, kind, size, "0" * 64, ME.id, NOW - timedelta(minutes=9 * n), state)
        for n, (name, kind, size, state) in enumerate(FILES)
    )
    ticket = replace(samples.tickets[0], attachments=files)
    page = window.make_ticket_page()
    window.show_ticket(page)
    page.show_ticket(Seen(TicketSheet(ticket, samples.customer), ME.id, NOW, samples.directory))
    panel = page.panel(AttachmentsPanel)
    panel.show_progress("A-3", 40)
    panel.show_picture(_picture())


def show_bulk(window: MainWindow, samples: Samples, language: str) -> None:
    show_tickets(window, samples, language)
    page = window.pages.lists[Page.TICKETS]
    panel = BulkPanel(page.look)
    page.put_panel(panel)
    panel.show_wish(3)
    panel.offer_values([("in_progress", samples.say("处理中", "In progress"))])
    panel.value.choose("in_progress")
    panel.reason.setText(samples.say("客户已补充资料", "The customer sent what was missing"))
    words = samples.say(
        "已修改 2 张。 1 张未变：无此流转 1。 2 张待发送。",
        "2 changed. 1 stay as they are: no such move 1. 2 wait to be sent.",
    )
    panel.show_outcome(words, "warn", can_undo=True)


def _picture() -> bytes:
    image = QImage(640, 360, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    ground = QLinearGradient(0, 0, 640, 360)
    ground.setColorAt(0, Qt.GlobalColor.darkCyan)
    ground.setColorAt(1, Qt.GlobalColor.lightGray)
    painter.fillRect(image.rect(), ground)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
