"""A ticket on paper: what its page shows, masked as in a list, page by page, with who printed it across each."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument, QTransform

from agent_desktop.customers import masking
from agent_desktop.ui.appearance.formats import NOTHING, Formats
from agent_desktop.ui.appearance.look import FAMILIES
from agent_desktop.ui.customer.field_words import field_word, type_word
from agent_desktop.ui.customer.words import priority_word, status_word, ticket_name
from agent_desktop.ui.ticket.attachments import size_words
from agent_desktop.ui.ticket.panel import Seen
from agent_model.ticket import CommentKind, Priority, TicketType

translate = QCoreApplication.translate

DPI = 150
MARGIN_MM = 18.0
FOOT_PX = 50
INK, PALE = "#1a1f2b", QColor(120, 130, 150, 38)
_SHEET = (
    f"body {{ color: {INK}; }} h1 {{ font-size: 17pt; margin-top: 0px; margin-bottom: 6px; }} "
    "h2 { font-size: 11pt; margin-top: 26px; margin-bottom: 6px; } td { vertical-align: top; } "
    ".label { color: #5a6475; } .about { color: #5a6475; font-size: 9pt; }"
)


@dataclass(frozen=True, slots=True)
class PrintOut:
    """`body` is HTML of which everything that people wrote is escaped; `mark`, where there is one, stands
    across each page."""

    title: str
    body: str
    mark: str
    foot: str


def print_out(
    seen: Seen, answers: Sequence[tuple[str, str]], formats: Formats, by: str, *, is_marked: bool = True
) -> PrintOut:
    """Who printed it, and when, stands in the foot always, and across each page where the site `is_marked`."""
    sheet, ticket, names = seen.sheet, seen.sheet.ticket, seen.names
    when = formats.full(seen.now)
    priority = priority_word(Priority(ticket.priority))
    about = (type_word(TicketType(ticket.type)), status_word(ticket.status)[0], priority)
    facts = (
        (field_word("customer_id"), sheet.customer.name if sheet.customer is not None else NOTHING),
        (field_word("owner"), names.person(ticket.owner) if ticket.owner else NOTHING),
        (field_word("queue"), names.queue(ticket.queue)),
        (field_word("department"), names.department(ticket.department)),
        (field_word("category"), names.category(ticket.category)),
        (field_word("created_at"), f"{names.person(ticket.created_by)} · {formats.full(ticket.created_at)}"),
        (field_word("due_at"), formats.full(ticket.due_at) if ticket.due_at else NOTHING),
    )
    parts = [
        f"<h1>{_safe(masking.text(ticket.subject))}</h1>",
        f"<p class='about'>{_safe(' · '.join((ticket_name(ticket), *about)))}</p>",
        _table(facts),
    ]
    if ticket.description:
        parts += [_head(translate("ticket", "Description")), f"<p>{_safe(masking.text(ticket.description))}</p>"]
    if answers:
        parts += [
            _head(translate("ticket", "Answers")),
            _table([(label, masking.text(words)) for label, words in answers]),
        ]
    if sheet.comments:
        parts.append(_head(translate("ticket", "Comments")))
        for said in sheet.comments:
            one = said.comment
            is_inner = one.kind is CommentKind.INTERNAL
            kind = translate("ticket", "internal") if is_inner else translate("ticket", "to the customer")
            lead = f"{names.person(one.author)} · {formats.full(one.at)} · {kind}"
            parts.append(f"<p><span class='about'>{_safe(lead)}</span><br/>{_safe(masking.text(one.text))}</p>")
    if ticket.attachments:
        rows = [(one.name, f"{size_words(one.size)} · {names.person(one.added_by)}") for one in ticket.attachments]
        parts += [_head(translate("ticket", "Attachments")), _table(rows)]
    mark = f"{by}  {when}" if is_marked else ""
    foot = translate("ticket", "{number} · printed by {by}, {when}").format(
        number=ticket_name(ticket), by=by, when=when
    )
    return PrintOut(f"{ticket_name(ticket)} {masking.text(ticket.subject)}", "".join(parts), mark, foot)


def write_pdf(out: PrintOut, path: Path) -> int:
    """How many pages there are. Raises OSError."""
    writer = QPdfWriter(str(path))
    writer.setResolution(DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    writer.setTitle(out.title)
    writer.setCreator(out.foot)
    painter = QPainter()
    if not painter.begin(writer):
        raise OSError(path.name)
    try:
        return _paint(painter, writer, out)
    finally:
        painter.end()


def _paint(painter: QPainter, writer: QPdfWriter, out: PrintOut) -> int:
    width, height = writer.width(), writer.height()
    text = QTextDocument()
    text.documentLayout().setPaintDevice(writer)
    text.setDefaultFont(_font(10))
    text.setDefaultStyleSheet(_SHEET)
    text.setHtml(out.body)
    text.setPageSize(QSizeF(width, height - FOOT_PX))
    count = text.pageCount()
    for number in range(count):
        if number:
            writer.newPage()
        if out.mark:
            _paint_mark(painter, width, height, out.mark)
        painter.save()
        painter.setTransform(QTransform.fromTranslate(0, -number * (height - FOOT_PX)))
        text.drawContents(painter, QRectF(0, number * (height - FOOT_PX), width, height - FOOT_PX))
        painter.restore()
        painter.setFont(_font(8))
        painter.setPen(QColor(INK))
        foot = QRectF(0, height - FOOT_PX + 10, width, FOOT_PX - 10)
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, out.foot)
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{number + 1} / {count}")
    return count


def _paint_mark(painter: QPainter, width: int, height: int, mark: str) -> None:
    """Across the page, again and again, so that no part of a photograph is without it."""
    painter.save()
    painter.setFont(_font(15))
    painter.setPen(PALE)
    painter.setTransform(QTransform.fromTranslate(width / 2, height / 2).rotate(-30))
    step = painter.fontMetrics().horizontalAdvance(mark) + 120
    for row, y in enumerate(range(-height, height, 190)):
        for x in range(-width - step * (row % 2) // 2, width + step, step):
            painter.drawText(x, y, mark)
    painter.restore()


def _font(points: int) -> QFont:
    font = QFont(FAMILIES)
    font.setPointSize(points)
    return font


def _safe(text: str) -> str:
    return html.escape(text).replace("\n", "<br/>")


def _head(words: str) -> str:
    return f"<h2>{_safe(words)}</h2>"


def _table(rows: Sequence[tuple[str, str]]) -> str:
    lines = "".join(f"<tr><td class='label'>{_safe(label)}</td><td>{_safe(words)}</td></tr>" for label, words in rows)
    return f"<table cellspacing='0' cellpadding='3'>{lines}</table>"
