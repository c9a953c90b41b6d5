"""Messages of leads: writing one, and who has read those that were sent.

Values: `show_sent(messages)`, `show_names`, `say`; the `form` has its own, and the wishes. By keys alone: Alt+F goes to
whom it is for, Ctrl+Enter sends, Tab leads to what was sent.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.supervisor.message_form import MessageForm
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.parts import Label, page_name
from agent_desktop.ui.widgets.row_list import RowList
from agent_desktop.ui.widgets.rows import Row
from agent_model.floor_message import Receipt, SentMessage, To

FORM_KEYS: Final = "Alt+F"


class MessagesPage(QFrame):
    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self._directory = Directory()
        self._sent: tuple[SentMessage, ...] = ()
        self._now = datetime.now().astimezone()
        self.setProperty("ground", "canvas")
        self.setAccessibleName(self.tr("Messages"))
        self.form = MessageForm(look)
        self.outcome = Label("meta", "", wraps=True)
        self.list = RowList(look, self.tr("Sent today"))
        self.nothing = Label("hint", self.tr("Nothing was sent within a day."), wraps=True)
        self.words = Label("row", "", wraps=True)
        self.counts = Label("meta", "", wraps=True)
        self.readers = RowList(look, self.tr("Who has read it"))
        self._lay_out()
        focus = QShortcut(QKeySequence(FORM_KEYS), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        focus.activated.connect(self.form.whom.setFocus)
        self.list.chosen.connect(lambda _: self._show_chosen())
        self.show_sent((), self._now)
        self.say("")

    def _lay_out(self) -> None:
        px = self._look.px
        column, columns = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(10))
        column.addWidget(page_name(self._look, self.tr("Messages")))
        column.addWidget(self.outcome)
        form, sent = Card(self._look), Card(self._look)
        self._beside = readers = Card(self._look)
        form.setFixedWidth(px(350))
        form.body.addWidget(self.form)
        form.body.addStretch(1)
        sent.body.setSpacing(px(8))
        sent.body.addWidget(Label("section", self.tr("Sent today")))
        sent.body.addWidget(self.list, 1)
        sent.body.addWidget(self.nothing)
        sent.body.addStretch(0)
        readers.setMinimumWidth(px(320))
        readers.body.setSpacing(px(8))
        for part in (self.words, self.counts):
            readers.body.addWidget(part)
        readers.body.addWidget(self.readers, 1)
        columns.setSpacing(px(10))
        columns.addWidget(form)
        columns.addWidget(sent, 3)
        columns.addWidget(readers, 2)
        column.addLayout(columns, 1)

    def send(self) -> None:
        self.form.send()

    def show_names(self, directory: Directory) -> None:
        self._directory = directory
        self.show_sent(self._sent, self._now)

    def show_sent(self, sent: Sequence[SentMessage], now: datetime) -> None:
        """The newest first."""
        self._sent, self._now = tuple(sent), now
        self.list.show_rows([(one.message.id, self._row(one)) for one in self._sent])
        self.list.setVisible(bool(self._sent))
        self.nothing.setVisible(not self._sent)
        self._show_chosen()

    def say(self, words: str, tone: str = "") -> None:
        self.outcome.say(words, tone)
        self.outcome.setVisible(bool(words))

    def _row(self, one: SentMessage) -> Row:
        message = one.message
        detail = self.tr("{whom} · {clock} · until {until}").format(
            whom=self._whom(one),
            clock=self._formats.moment(message.at, self._now),
            until=self._formats.moment(message.until, self._now),
        )
        is_all = one.read_by == len(one.receipts)
        return Row(
            message.words,
            detail,
            "warning" if message.is_urgent else "chat",
            "bad" if message.is_urgent else "muted",
            at_right=self.tr("{read} of {all} read").format(read=one.read_by, all=len(one.receipts)),
            right_token="ok" if is_all else "sec",
        )

    def _whom(self, one: SentMessage) -> str:
        match one.message.to:
            case To.AGENT:
                return self._directory.person(one.message.whom)
            case To.TEAM:
                return self._directory.team(one.message.whom)
            case To.ALL:
                return self.tr("Everybody")

    def _show_chosen(self) -> None:
        chosen = self.list.current_key
        one = next((one for one in self._sent if one.message.id == chosen), None)
        self._beside.setVisible(one is not None)
        if one is None:
            return
        self.words.say(one.message.words)
        unread = len(one.receipts) - one.read_by
        is_over = one.message.until <= self._now
        words = self.tr("{read} have read it, {unread} have not.").format(read=one.read_by, unread=unread)
        if is_over and unread:
            words += " " + self.tr("Its time is over: who comes now does not see it any more.")
        self.counts.say(words)
        receipts = sorted(one.receipts, key=lambda line: (line.read_at is not None, self._directory.person(line.agent)))
        self.readers.show_rows([(line.agent, self._line(line)) for line in receipts])

    def _line(self, receipt: Receipt) -> Row:
        name = self._directory.person(receipt.agent)
        if receipt.read_at is None:
            return Row(name, self.tr("Not read yet"), "clock", "warn")
        read = self.tr("Read {moment}").format(moment=self._formats.moment(receipt.read_at, self._now))
        return Row(name, read, "check", "ok")
