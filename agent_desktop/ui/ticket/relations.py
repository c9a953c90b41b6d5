"""Tickets around a ticket: above and below it, related, the same once more, merged. Return opens one, Delete removes a
link that somebody made."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt

from agent_desktop.customers import masking
from agent_desktop.tickets.work import Related
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.customer.words import link_word, status_word, ticket_name
from agent_desktop.ui.ticket.deeds import Unlink
from agent_desktop.ui.ticket.panel import Column, Seen, TicketPanel
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.lines import Line, Lines
from agent_desktop.ui.widgets.parts import Label
from agent_model.ticket import LinkKind

translate = QCoreApplication.translate


class SubtasksPanel(TicketPanel):
    column = Column.SIDE

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__(look, formats, self.tr("Sub-tasks"))
        self.lines = Lines(look, self.tr("Sub-tasks"))
        self.lines.taken.connect(self.ticket_wanted)
        self.words = Label("hint", wraps=True)
        self.body.addWidget(self.lines)
        self.body.addWidget(self.words)

    def show_ticket(self, seen: Seen) -> None:
        sheet = seen.sheet
        self.lines.show_lines([_line(one, "") for one in sheet.subtasks])
        still_open = self.tr("The ticket is resolved once these are.")
        self.words.say(still_open if sheet.has_open_subtasks else "")
        self.words.setVisible(sheet.has_open_subtasks)
        self.setVisible(bool(sheet.subtasks))


class LinksPanel(TicketPanel):
    column = Column.SIDE

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__(look, formats, self.tr("Linked tickets"))
        self._removable: frozenset[str] = frozenset()
        self.lines = Lines(look, self.tr("Linked tickets"))
        self.lines.taken.connect(self.ticket_wanted)
        self.lines.dropped.connect(self._remove)
        self.remove = Button(look, self.tr("Remove the link"), "close", kind="ghost", size="compact", tip="Del")
        self.remove.clicked.connect(lambda: self._remove(self.lines.current_key))
        self.lines.selectionModel().currentChanged.connect(lambda *_: self._offer())
        self.body.addWidget(self.lines)
        self.body.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignLeft)

    def show_ticket(self, seen: Seen) -> None:
        sheet = seen.sheet
        lines = [_line(sheet.parent, self.tr("Sub-task of"))] if sheet.parent is not None else []
        lines += [_line(sheet.merged_into, self.tr("Merged into"))] if sheet.merged_into is not None else []
        lines += _links(sheet.links)
        made = (one.id for one in sheet.links if one.kind is not LinkKind.MERGED)
        self._removable = frozenset(made) if sheet.may_work else frozenset()
        self.lines.show_lines(lines)
        self.remove.setVisible(bool(self._removable))
        self._offer()
        self.setVisible(bool(lines))

    def _offer(self) -> None:
        words = self.tr("Choose a link in the list first. A merged ticket and a sub-task stay linked.")
        self.remove.offer(is_possible=self.lines.current_key in self._removable, why_not=words)

    def _remove(self, other: str) -> None:
        if other in self._removable:
            self.wished.emit(Unlink(other))


def _links(links: Sequence[Related]) -> list[Line]:
    return [_line(one, link_word(one.kind)) for one in links if one.kind is not None]


def _line(related: Related, word: str) -> Line:
    ticket = related.ticket
    if ticket is None:
        words = translate("ticket", "Not on this workstation")
        return Line(related.id, words, lead=f"#{related.id[-6:]}", at_right=word)
    status, tone = status_word(ticket.status)
    return Line(related.id, masking.text(ticket.subject), ticket_name(ticket), status, tone, at_right=word)
