"""The complaint on its ticket's page: what stands before its closing, source and terms, whose it is, what was given.

Values: `show_complaint(sheet, names, begun)`. Wishes: `looked_at(ticket id)`, to be read; `deed_wanted(ComplaintWish)`;
`typed(values)`.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.customers import masking
from agent_desktop.tickets.complaint_sheet import ComplaintSheet
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.customer.words import ticket_name
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.ticket.complaint_deeds import (
    ComplaintDeed,
    ComplaintWish,
    complaint_deed_word,
    complaint_deeds,
)
from agent_desktop.ui.ticket.complaint_form import ComplaintForm
from agent_desktop.ui.ticket.complaint_words import ComplaintWords
from agent_desktop.ui.ticket.panel import Seen, TicketPanel
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label
from agent_model.compensation import CompensationState
from agent_model.ticket import TicketStatus, TicketType

HEADING_PX: Final = 128
Said = tuple[str, str]
"""A sentence and its tone."""


class ComplaintPanel(TicketPanel):
    looked_at = Signal(str)
    deed_wanted = Signal(object)
    typed = Signal(object)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__(look, formats, self.tr("Complaint"))
        self._words = ComplaintWords(formats)
        self._sheet: ComplaintSheet | None = None
        self._ticket_id = ""
        self._names = Directory()
        self._begun: Mapping[str, str] = {}
        self.form = ComplaintForm(look, formats)
        self.form.wished.connect(self.deed_wanted)
        self.form.typed.connect(self._is_typed)
        self.closing = _Part(look, self.tr("Before it can be closed"))
        self.source = _Part(look, self.tr("Source"))
        self.department = _Part(look, self.tr("Responsible department"))
        self.compensation = _Part(look, self.tr("Compensation"))
        self.doors = _Part(look, self.tr("The same complaint by another door"))
        self.visit = _Part(look, self.tr("Return visit"))
        self._deeds = {
            deed: part.add_button(complaint_deed_word(deed))
            for part, deeds in (
                (self.closing, (ComplaintDeed.LET_CLOSE,)),
                (self.source, (ComplaintDeed.SOURCE,)),
                (
                    self.department,
                    (ComplaintDeed.DISPUTE, ComplaintDeed.ACCEPT, ComplaintDeed.DECLINE, ComplaintDeed.DECIDE),
                ),
                (self.compensation, (ComplaintDeed.COMPENSATE, ComplaintDeed.GRANT, ComplaintDeed.REFUSE)),
                (self.doors, (ComplaintDeed.PART,)),
            )
            for deed in deeds
        }
        for deed, button in self._deeds.items():
            button.clicked.connect(lambda _=False, deed=deed: self.press(deed))
        for widget in (
            self.closing,
            self.form,
            self.source,
            self.department,
            self.compensation,
            self.visit,
            self.doors,
        ):
            self.body.addWidget(widget)

    def button(self, deed: ComplaintDeed) -> Button:
        return self._deeds[deed]

    def show_ticket(self, seen: Seen) -> None:
        """What it is beside a ticket is read by its desk; until that came nothing is said."""
        ticket = seen.sheet.ticket
        self._ticket_id = ticket.id if ticket.type is TicketType.COMPLAINT else ""
        if self._ticket_id:
            self.looked_at.emit(self._ticket_id)
        if self._sheet is None or self._sheet.ticket.id != self._ticket_id:
            self.hide()

    def is_of(self, ticket_id: str) -> bool:
        """Whether that is the ticket on the screen."""
        return ticket_id == self._ticket_id

    def show_complaint(self, sheet: ComplaintSheet | None, names: Directory, begun: Mapping[str, str]) -> None:
        if sheet is None:
            self.hide()
            return
        if self._sheet is None or self._sheet.ticket.id != sheet.ticket.id:
            self.form.put_away()
            self._begun = begun
        self._sheet, self._names = sheet, names
        self.form.show_sheet(sheet)
        self._show_parts(sheet)
        offered = complaint_deeds(sheet)
        for deed, button in self._deeds.items():
            button.setVisible(deed in offered)
        if self.form.deed is not None and self.form.deed not in offered:
            self.form.put_away()
        self.show()

    def keep_typed(self) -> bool:
        if self.form.deed is None:
            return False
        self.form.frame.submit()
        return True

    def leave(self) -> None:
        self._ticket_id, self._sheet, self._begun = "", None, {}
        self.form.put_away()
        self.hide()

    def tick(self, now: datetime) -> None:
        if self._sheet is not None and self.isVisible() and now.second == 0:
            self.source.show_said(self._source(self._sheet, now))

    def press(self, deed: ComplaintDeed) -> None:
        """As the deed's button does, while it is offered."""
        if self._sheet is None or deed not in complaint_deeds(self._sheet):
            return
        if deed is ComplaintDeed.PART:
            self.deed_wanted.emit(ComplaintWish(deed))
        else:
            self.form.open(deed, self._begun)

    def done(self) -> None:
        """What was typed is kept elsewhere now."""
        self._begun = {}
        self.form.put_away()

    def _is_typed(self, begun: Mapping[str, str]) -> None:
        self._begun = begun
        self.typed.emit(begun)

    def _show_parts(self, sheet: ComplaintSheet) -> None:
        self.closing.show_said(self._closing(sheet))
        self.source.show_said(self._source(sheet, sheet.now))
        self.department.show_said(self._department(sheet))
        self.compensation.show_said(self._compensation(sheet))
        self.visit.show_said([(self._words.visit(sheet, self._names), "")])
        self.doors.show_said(self._doors(sheet))
        self.doors.offer(
            [
                (one.ticket.id, self.tr("{ticket} is the same").format(ticket=ticket_name(one.ticket)))
                for one in sheet.likely
            ]
            if sheet.ticket.status is not TicketStatus.CLOSED
            else [],
            self._link,
        )
        self.doors.setVisible(bool(sheet.same or sheet.likely))

    def _closing(self, sheet: ComplaintSheet) -> list[Said]:
        if sheet.ticket.status is TicketStatus.CLOSED:
            return [(self.tr("It is closed."), "ok")]
        said = self._words.closing(sheet)
        if not said:
            return [(self.tr("Nothing stands in the way: it may be closed."), "ok")]
        return [(f"{number}. {words}" if len(said) > 1 else words, "warn") for number, words in enumerate(said, 1)]

    def _source(self, sheet: ComplaintSheet, now: datetime) -> list[Said]:
        return [
            (self._words.source(sheet, sheet.ticket.received_from), ""),
            *self._words.clocks(sheet.ticket, now),
        ]

    def _department(self, sheet: ComplaintSheet) -> list[Said]:
        said = [(self._words.department(sheet, sheet.ticket.department), "")]
        said += [(words, "") for words in self._words.proposal(sheet, self._names)]
        return said + [(words, "") for words in self._words.disputes(sheet, self._names)]

    def _compensation(self, sheet: ComplaintSheet) -> list[Said]:
        given = sheet.given
        is_waiting = given is not None and given.state in (CompensationState.WISHED, CompensationState.ASKED)
        said = [(self._words.given(sheet, given, self._names), "warn" if is_waiting else "")]
        if given is not None and given.reason:
            said.append((f"“{given.reason}”", ""))
        return said + [(self._words.fund(fund, sheet), "") for fund in sheet.funds]

    def _doors(self, sheet: ComplaintSheet) -> list[Said]:
        said: list[Said] = []
        for ticket in sheet.same:
            form = self.tr("{ticket} is the same: {source}")
            if sheet.ticket.same_as == ticket.id:
                form = self.tr("{ticket} leads: {source}")
            elif ticket.same_as is not None:
                form = self.tr("{ticket} follows: {source}")
            source = self._words.source(sheet, ticket.received_from)
            said.append((form.format(ticket=ticket_name(ticket), source=source), ""))
            said += self._words.clocks(ticket, sheet.now)
        for one in sheet.likely:
            form = self.tr("{ticket} “{subject}” may be the same: {reasons}.")
            reasons = self._words.likely(one)
            subject = masking.text(one.ticket.subject)
            said.append((form.format(ticket=ticket_name(one.ticket), subject=subject, reasons=reasons), ""))
        return said

    def _link(self, other: str) -> None:
        self.deed_wanted.emit(ComplaintWish(ComplaintDeed.LINK, choice=other))


class _Part(QWidget):
    """A heading, sentences, and buttons below them."""

    def __init__(self, look: Look, heading: str) -> None:
        super().__init__()
        self._look = look
        self._said: Sequence[Said] = ()
        self._labels: list[Label] = []
        self._offered: list[tuple[str, str]] = []
        self.offers: dict[str, Button] = {}
        self.setAccessibleName(heading)
        title = Label("meta", heading, wraps=True)
        title.setFixedWidth(look.px(HEADING_PX))
        column = QVBoxLayout()
        column.setSpacing(look.px(4))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(look.px(2))
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(look.px(6))
        self._buttons.addStretch(1)
        column.addLayout(self._lines)
        column.addLayout(self._buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, look.px(5), 0, look.px(5))
        row.setSpacing(look.px(12))
        row.addWidget(title, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)

    @property
    def said(self) -> str:
        """The sentences as they stand on the screen."""
        return "\n".join(words for words, _ in self._said)

    def show_said(self, said: Sequence[Said]) -> None:
        self._said = tuple((masking.cards(words), tone) for words, tone in said)
        for at, (words, tone) in enumerate(self._said):
            if at == len(self._labels):
                self._labels.append(Label("body", wraps=True))
                self._lines.addWidget(self._labels[at])
            self._labels[at].say(words, tone)
            self._labels[at].show()
        for label in self._labels[len(said) :]:
            label.hide()

    def add_button(self, words: str) -> Button:
        button = Button(self._look, words, size="compact")
        self._buttons.insertWidget(self._buttons.count() - 1, button)
        return button

    def offer(self, options: list[tuple[str, str]], take: Callable[[str], None]) -> None:
        """A button for each of (id, words); the same once more leaves the focus where it is."""
        if options == self._offered:
            return
        self._offered = options
        for button in self.offers.values():
            self._buttons.removeWidget(button)
            button.deleteLater()
        self.offers = {id_: self.add_button(words) for id_, words in options}
        for id_, button in self.offers.items():
            button.clicked.connect(lambda _=False, id_=id_: take(id_))
