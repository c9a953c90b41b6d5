"""One line of the timeline read whole: the text of an e-mail, what a call was about, whether it was recorded.

Value: `show_entry(contact, facts, ticket, open tickets)`; `player` plays its call. Wishes: `ticket_wanted(id)`,
`comment_wanted(id, words)` for a comment on that ticket which begins with the words, `closed`; `left` when another
entry is shown, or none.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout

from agent_desktop.customers import masking
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.customer.words import ticket_name
from agent_desktop.ui.player import RecordingPlayer
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Glyph, Label, Rule
from agent_model.customer import Contact
from agent_model.ticket import Ticket

HIGHEST_PX = 170


class EntryCard(QFrame):
    ticket_wanted = Signal(str)
    comment_wanted = Signal(str, str)
    closed = Signal()
    left = Signal()

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self._player: RecordingPlayer | None = None
        self._contact: Contact | None = None
        self._ticket_id = ""
        self._tickets: tuple[Ticket, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Entry of the timeline"))
        self._glyph = Glyph(look, "info", "sec", 16)
        self._title, self._facts = Label("row", elides=True), Label("hint", wraps=True)
        self._text = Label("body", wraps=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.ticket = Button(look, " ", "ticket", size="compact")
        self.ticket.clicked.connect(lambda: self.ticket_wanted.emit(self._ticket_id))
        self.comment = Button(look, self.tr("Comment on a ticket"), "chat", size="compact")
        self.comment.clicked.connect(self._comment)
        self.close_button = Button(look, "", "close", kind="ghost", size="compact", name=self.tr("Close  Esc"))
        self.close_button.clicked.connect(self.close_card)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        px = self._look.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addWidget(Rule())
        head = QHBoxLayout()
        head.setContentsMargins(px(16), px(6), px(8), 0)
        head.setSpacing(px(8))
        for widget in (self._glyph, self._title):
            head.addWidget(widget)
        head.setStretch(1, 1)
        head.addWidget(self.comment)
        head.addWidget(self.ticket)
        head.addWidget(self.close_button)
        column.addLayout(head)
        inside = QFrame()
        self._words = words = QVBoxLayout(inside)
        words.setContentsMargins(px(40), 0, px(14), px(8))
        words.setSpacing(px(4))
        for label in (self._facts, self._text):
            words.addWidget(label)
        words.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inside)
        scroll.setAccessibleName(self.tr("Entry of the timeline"))
        scroll.setMaximumHeight(px(HIGHEST_PX))
        column.addWidget(scroll)

    @property
    def contact_id(self) -> str:
        """Whose text is shown; empty while nothing is."""
        return self._contact.id if self._contact else ""

    @property
    def player(self) -> RecordingPlayer:
        """Made when the first call is read: few people listen."""
        if self._player is None:
            self._player = RecordingPlayer(self._look, self._formats)
            self._words.insertWidget(1, self._player)
        return self._player

    @property
    def text(self) -> str:
        return self._text.full_text

    def show_entry(
        self,
        contact: Contact,
        icon: str,
        title: str,
        facts: Sequence[str],
        ticket: Ticket | None,
        open_tickets: Sequence[Ticket] = (),
    ) -> None:
        """`ticket` was written in the same call; without one a comment goes to one of those that are open."""
        if contact.id != self.contact_id:
            self._leave()
        self._contact = contact
        self._glyph.show_icon(icon, "sec")
        self._title.say(title)
        self._facts.say(" · ".join(part for part in facts if part))
        self._text.say(masking.text(contact.text))
        self._text.setVisible(bool(contact.text))
        self._ticket_id = "" if ticket is None else ticket.id
        self.ticket.setVisible(ticket is not None)
        self._tickets = tuple(open_tickets) if ticket is None else (ticket,)
        self.comment.setVisible(bool(self._tickets))
        if ticket is not None:
            subject = masking.text(ticket.subject)
            self.ticket.setText(ticket.number or subject)
            self.ticket.setAccessibleName(self.tr("Open the ticket {subject}").format(subject=subject))
        self.setAccessibleDescription(f"{title} {masking.text(contact.text)}")
        self.show()
        self.setFocus()

    def put_away(self) -> None:
        self._leave()
        self._contact = None
        self.hide()

    def _comment(self) -> None:
        """Where several are open, which of them is asked first."""
        if len(self._tickets) == 1:
            self._comment_on(self._tickets[0])
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for ticket in self._tickets:
            words = f"{ticket_name(ticket)}  {masking.text(ticket.subject)}"
            menu.addAction(words.replace("&", "&&")).triggered.connect(
                lambda _=False, ticket=ticket: self._comment_on(ticket)
            )
        menu.popup(self.comment.mapToGlobal(QPoint(0, self.comment.height())))

    def _comment_on(self, ticket: Ticket) -> None:
        if self._contact is None:
            return
        entry, when = masking.text(self._title.full_text), self._formats.written(self._contact.at)
        words = self.tr("About “{entry}” of {when}: ").format(entry=entry, when=when)
        self.comment_wanted.emit(ticket.id, words)

    def _leave(self) -> None:
        if self._player is not None:
            self.left.emit()

    def close_card(self) -> None:
        self.put_away()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
        else:
            super().keyPressEvent(event)
