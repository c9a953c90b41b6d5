"""What was said about a ticket, among colleagues and to the customer, and the place to say more.

`draft_changed(text, kind)` at every change by the person.
"""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from agent_desktop.customers import masking
from agent_desktop.tickets.work import CommentDraft, Said
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.customer.words import ticket_name
from agent_desktop.ui.macros.words import brings_words
from agent_desktop.ui.ticket.deeds import KEYS, Deed, Say
from agent_desktop.ui.ticket.panel import Seen, TicketPanel
from agent_desktop.ui.widgets.card_warning import CardWarning
from agent_desktop.ui.widgets.controls import Button, Segments
from agent_desktop.ui.widgets.parts import Label, Pill
from agent_desktop.ui.widgets.typing import TextArea
from agent_model.ticket import CommentKind, TicketId

AREA_PX = 76


class CommentsPanel(TicketPanel):
    draft_changed = Signal(str, object)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__(look, formats, self.tr("Comments"))
        px = look.px
        self._ticket = TicketId("")
        self._shown: tuple[Said, ...] = ()
        self._lines: list[QFrame] = []
        self._is_putting = False
        self._nothing = Label("hint", self.tr("Nothing was said yet."))
        self._said = QVBoxLayout()
        self._said.setSpacing(px(8))
        self.kind = Segments(
            self.tr("For whom"),
            (
                (CommentKind.INTERNAL.value, self.tr("Among us"), ""),
                (CommentKind.TO_CUSTOMER.value, self.tr("To the customer"), "accent"),
            ),
        )
        self.kind.choose(CommentKind.INTERNAL.value)
        self.area = TextArea(self.tr("Comment"), self.tr("Write a comment, Ctrl+Enter keeps it"))
        self.area.setFixedHeight(px(AREA_PX))
        self.area.setAccessibleDescription(KEYS[Deed.COMMENT])
        self._brings: Mapping[str, str] = {}
        self._brought = Label("meta", "", wraps=True)
        self.leave_out = Button(look, self.tr("Only the comment"), "close", kind="ghost", size="compact")
        self.leave_out.clicked.connect(lambda: self.bring({}))
        self.saved = Label("hint")
        self.send = Button(look, self.tr("Comment"), "send", kind="primary", size="compact", tip="Ctrl+Enter")
        self.send.setEnabled(False)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self.kind)
        foot.addStretch(1)
        foot.addWidget(self.saved)
        foot.addWidget(self.send)
        self.body.addLayout(self._said)
        self.body.addWidget(self._nothing)
        self.body.addSpacing(px(4))
        self.body.addWidget(self.area)
        self.card_warning = CardWarning(look, self.area)
        self.body.addWidget(self.card_warning)
        brought = QHBoxLayout()
        brought.setSpacing(px(8))
        brought.addWidget(self._brought, 1)
        brought.addWidget(self.leave_out)
        self.body.addLayout(brought)
        self.body.addLayout(foot)
        self.area.textChanged.connect(self._edited)
        self.kind.chosen.connect(lambda _: self._edited())
        self.send.clicked.connect(self.submit)

    @property
    def begun(self) -> CommentDraft:
        return CommentDraft(self._ticket, self.area.toPlainText(), CommentKind(self.kind.value), self._brings)

    @property
    def brought_words(self) -> str:
        """What goes with the comment, as it is told; empty for nothing."""
        return self._brought.full_text if self._brings else ""

    def bring(self, brings: Mapping[str, str]) -> None:
        """Changes of the ticket that go with the comment: said beneath it, and left out with one press."""
        self._show_brought(brings)
        self._edited()

    def show_ticket(self, seen: Seen) -> None:
        if seen.sheet.ticket.id != self._ticket:
            self._ticket = seen.sheet.ticket.id
            self.put(seen.sheet.draft or CommentDraft(self._ticket))
        self._show_said(seen)
        for widget in (self.area, self.kind, self.send, self.saved):
            widget.setVisible(seen.sheet.may_work)

    def put(self, draft: CommentDraft) -> None:
        """Shows a draft without emitting."""
        self._is_putting = True
        self.area.setPlainText(draft.text)
        self.kind.choose(draft.kind.value)
        self._show_brought(draft.brings)
        self._is_putting = False
        self.send.setEnabled(bool(draft.text.strip()))
        self.saved.say("")

    def show_saved(self, words: str) -> None:
        self.saved.say(words)

    def leave(self) -> None:
        self._ticket = TicketId("")
        self.put(CommentDraft(self._ticket))

    def start(self) -> None:
        self.area.setFocus()

    def begin(self, words: str) -> None:
        """With these words, unless a comment is begun already."""
        if not self.area.toPlainText().strip() and not self.area.isHidden():
            self.area.setPlainText(words)
            self.area.moveCursor(QTextCursor.MoveOperation.End)

    def submit(self) -> bool:
        """Whether there was something to keep."""
        text = self.area.toPlainText().strip()
        if text:
            self.wished.emit(Say(text, CommentKind(self.kind.value), self._brings))
        return bool(text)

    def sent(self) -> None:
        """It is on the disk: the place is empty again."""
        self.put(CommentDraft(self._ticket))

    def _show_brought(self, brings: Mapping[str, str]) -> None:
        self._brings = dict(brings)
        self._brought.say(self.tr("With it: {changes}").format(changes=brings_words(brings)) if brings else "")
        for widget in (self._brought, self.leave_out):
            widget.setVisible(bool(brings))

    def _edited(self) -> None:
        self.send.setEnabled(bool(self.area.toPlainText().strip()))
        if not self._is_putting:
            self.saved.say("")
            self.draft_changed.emit(self.area.toPlainText(), CommentKind(self.kind.value))

    def _show_said(self, seen: Seen) -> None:
        said = seen.sheet.comments
        self._nothing.setVisible(not said)
        if said == self._shown:
            return
        self._shown = said
        for line in self._lines:
            self._said.removeWidget(line)
            line.deleteLater()
        self._lines = [self._line(one, seen) for one in said]
        for line in self._lines:
            self._said.addWidget(line)

    def _line(self, said: Said, seen: Seen) -> QFrame:
        px, comment = self._look.px, said.comment
        frame = QFrame()
        frame.setProperty("role", "inset")
        column = QVBoxLayout(frame)
        column.setContentsMargins(px(10), px(7), px(10), px(8))
        column.setSpacing(px(3))
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(Label("row", seen.names.person(comment.author)))
        if comment.kind is CommentKind.TO_CUSTOMER:
            head.addWidget(Pill(self._look, self.tr("To the customer"), "accent"))
        if said.merged is not None:
            words = self.tr("from {ticket}").format(ticket=ticket_name(said.merged))
            head.addWidget(Pill(self._look, words, "neutral"))
        if said.is_unsent:
            head.addWidget(Pill(self._look, self.tr("Not sent yet"), "warn"))
        head.addStretch(1)
        head.addWidget(Label("hint", self._formats.moment(comment.at, seen.now)))
        text = Label("body", masking.cards(comment.text), wraps=True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addLayout(head)
        column.addWidget(text)
        return frame
