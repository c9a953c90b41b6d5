"""Reports by mail: those there are at the left, one in its form at the right.

Values: `show_names`, `show_mails`, `show_mail`, `show_fault`, `say`. Wishes: `opened(id)`, `new_wanted`, `typed(mail)`,
`put_wanted(mail)`, `drop_wanted(id)`, `left`. By keys alone: Enter opens one of the list, Delete there drops it,
Ctrl+Return saves, Esc leads back to the report.
"""

import re
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.supervisor.report_words import mail_word, weekday_word
from agent_desktop.ui.ticket.labelled import labelled
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.choice import Choice, Pick
from agent_desktop.ui.widgets.controls import Button, Field, Segments, Tick
from agent_desktop.ui.widgets.parts import UNBOUNDED, Label, page_name
from agent_desktop.ui.widgets.row_list import RowList
from agent_desktop.ui.widgets.rows import Row
from agent_model.floor_report import COMPARABLE, ReportKind
from agent_model.report_mail import WEEKDAYS, ReportMail, ReportMails

DAILY: Final = ""
LIST_PX: Final = 400
SPANS: Final = (1, 7, 30)
FORMS: Final = (("xlsx", "Excel"), ("csv", "CSV"), ("pdf", "PDF"))
LANGUAGES: Final = (("zh_CN", "中文"), ("en", "English"))


class ReportMailsPane(QFrame):
    opened = Signal(str)
    new_wanted = Signal()
    typed = Signal(object)
    put_wanted = Signal(object)
    drop_wanted = Signal(str)
    left = Signal()

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self._names = Directory()
        self._mail: ReportMail | None = None
        self._has_teams = False
        self.setAccessibleName(self.tr("Reports by mail"))
        self.list = RowList(look, self.tr("Reports that are sent by mail"))
        self.nothing = Label("hint", "", wraps=True)
        self.new = Button(look, self.tr("New report by mail"), "plus", size="compact")
        self.kind = Pick(look)
        for kind in (None, *ReportKind):
            self.kind.addItem(mail_word(kind, formats.language), DAILY if kind is None else kind.value)
        self.team = Choice(look, self.tr("Team"), self.tr("All teams"))
        self.queue = Choice(look, self.tr("Queue"), self.tr("All queues"))
        spans = [(str(days), self._span(days), "accent") for days in SPANS]
        self.days = Segments(self.tr("Of which days"), spans)
        self.compared = Tick(look, self.tr("Beside as many days before"))
        self.on = {day: Tick(look, weekday_word(day)) for day in WEEKDAYS}
        self.at = Field(look, self.tr("At"), "07:00", "clock")
        self.form = Segments(self.tr("Form"), [(form, words, "accent") for form, words in FORMS])
        self.language = Segments(self.tr("Language"), [(one, words, "accent") for one, words in LANGUAGES])
        self.to = Field(look, self.tr("To"), self.tr("lead@example.com, duty@example.com"), "mail")
        self.hint = Label("hint", "", wraps=True)
        self.fault = Label("meta", "", "bad", wraps=True)
        self.save = Button(look, self.tr("Save"), "check", kind="primary")
        self.save.setAccessibleDescription("Ctrl+Return")
        self.drop = Button(look, self.tr("Send no more"), "close")
        self.back = Button(look, self.tr("Back to the report"), "arrow-left", kind="ghost", size="compact")
        self.card = Card(look)
        self._lay_out()
        self._connect()
        self.show_mail(None)

    def _lay_out(self) -> None:
        px, look = self._look.px, self._look
        self._left = left = Card(look)
        left.setMinimumWidth(px(LIST_PX))
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(page_name(look, self.tr("Reports by mail")))
        head.addStretch(1)
        head.addWidget(self.back)
        head.addWidget(self.new)
        left.body.setSpacing(px(8))
        left.body.addWidget(self.list, 1)
        left.body.addWidget(self.nothing)
        left.body.addStretch(0)
        days, times, forms, foot = (QHBoxLayout() for _ in range(4))
        for row in (days, times, forms, foot):
            row.setSpacing(px(12))
        names = QHBoxLayout()
        names.setSpacing(px(12))
        self._team_row = labelled(look, self.tr("Team"), self.team)
        self._queue_row = labelled(look, self.tr("Queue"), self.queue)
        for place in (labelled(look, self.tr("Report"), self.kind), self._team_row, self._queue_row):
            names.addWidget(place, 1)
        self._days_row = labelled(look, self.tr("Of which days"), self.days)
        days.addWidget(self._days_row)
        days.addWidget(self.compared, 0, Qt.AlignmentFlag.AlignBottom)
        days.addStretch(1)
        weekdays = QWidget()
        row = QHBoxLayout(weekdays)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(14))
        weekdays.setMinimumHeight(px(32))
        for tick in self.on.values():
            row.addWidget(tick)
        times.addWidget(labelled(look, self.tr("On"), weekdays))
        self.at.setFixedWidth(px(110))
        times.addWidget(labelled(look, self.tr("At"), self.at))
        times.addStretch(1)
        for words, place in ((self.tr("Form"), self.form), (self.tr("Language"), self.language)):
            forms.addWidget(labelled(look, words, place))
        forms.addStretch(1)
        foot.addWidget(self.save)
        foot.addWidget(self.drop)
        foot.addStretch(1)
        body = self.card.body
        body.setSpacing(px(12))
        for line in (names, days, times, forms):
            body.addLayout(line)
        body.addWidget(labelled(look, self.tr("To"), self.to))
        body.addWidget(self.hint)
        body.addWidget(self.fault)
        body.addLayout(foot)
        body.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(px(10))
        columns.addWidget(left, 1)
        columns.addWidget(self.card, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addLayout(head)
        column.addLayout(columns, 1)

    def _connect(self) -> None:
        self.list.taken.connect(self.opened)
        self.list.dropped.connect(self.drop_wanted)
        self.new.clicked.connect(self.new_wanted)
        self.back.clicked.connect(self.left)
        self.save.clicked.connect(self.send)
        self.drop.clicked.connect(self._drop)
        self.kind.activated.connect(lambda _: self._type())
        for choice in (self.team, self.queue):
            choice.picked.connect(lambda _: self._type())
        for segments in (self.days, self.form, self.language):
            segments.chosen.connect(lambda _: self._type())
        for tick in (self.compared, *self.on.values()):
            tick.toggled.connect(lambda _: self._type())
        for field in (self.at, self.to):
            field.textEdited.connect(lambda _: self._type())
            field.entered.connect(self.send)

    @property
    def written(self) -> ReportMail | None:
        """What stands in the form; None while there is none."""
        if self._mail is None:
            return None
        kind = str(self.kind.currentData())
        return replace(
            self._mail,
            kind=ReportKind(kind) if kind else None,
            team=self.team.chosen if self._has_teams else self._mail.team,
            queue=self.queue.chosen if kind else "",
            days=int(self.days.value) if kind else 1,
            compared=self.compared.isChecked() and kind in COMPARABLE,
            at=self.at.text().strip(),
            on=tuple(day for day, tick in self.on.items() if tick.isChecked()),
            form=self.form.value,
            language=self.language.value,
            to=tuple(filter(None, re.split(r"[\s,;，；、]+", self.to.text()))),
        )

    def send(self) -> None:
        written = self.written
        if written is not None:
            self.put_wanted.emit(written)

    def show_names(self, names: Directory, *, has_teams: bool) -> None:
        """`has_teams`: one may choose whose report it is."""
        self._names, self._has_teams = names, has_teams
        self.team.offer([("", self.tr("All teams")), *names.teams.items()])
        self.queue.offer([("", self.tr("All queues")), *names.queues.items()])
        self._team_row.setVisible(has_teams)

    def show_mails(self, told: ReportMails) -> None:
        self.list.show_rows([(mail.id, self._row(mail)) for mail in told.mails])
        self.new.setEnabled(told.can_send)
        words = self.tr("No report is sent by mail yet.")
        if not told.can_send:
            words = self.tr("The server knows no mail server. Who looks after it names one in its reports.toml.")
        self._say_nothing("" if told.mails else words)
        domains = ", ".join(told.domains)
        self.hint.say(self.tr("Addresses of {domains}, with commas between them.").format(domains=domains))

    def show_mail(self, mail: ReportMail | None, *, is_kept: bool = True) -> None:
        """In the form; `is_kept`: the server has it."""
        self._mail = mail
        self.card.setVisible(mail is not None)
        self._left.setMaximumWidth(UNBOUNDED if mail is None else self._look.px(LIST_PX))
        self.fault.say("")
        if mail is None:
            return
        ticks = (self.compared, *self.on.values())
        blocked = [QSignalBlocker(tick) for tick in ticks]
        self.kind.setCurrentIndex(self.kind.findData(DAILY if mail.kind is None else mail.kind.value))
        self.team.choose(mail.team)
        self.queue.choose(mail.queue)
        self.days.choose(str(mail.days) if mail.days in SPANS else str(SPANS[0]))
        self.compared.setChecked(mail.compared)
        for day, tick in self.on.items():
            tick.setChecked(day in mail.on)
        for one in blocked:
            one.unblock()
        self.at.setText(mail.at)
        self.form.choose(mail.form)
        self.language.choose(mail.language)
        self.to.setText(", ".join(mail.to))
        self.drop.setVisible(is_kept)
        self._show_fields()

    def show_fault(self, words: str) -> None:
        self.fault.say(words)

    def say(self, words: str) -> None:
        """Why there is no list."""
        self.list.show_rows([])
        self._say_nothing(words)

    def begin(self) -> None:
        """It is on the screen."""
        self._first.setFocus()

    @property
    def _first(self) -> QWidget:
        """Where the keyboard is while nothing is in the form."""
        if not self.nothing.full_text:
            return self.list
        return self.new if self.new.isEnabled() else self.back

    def _say_nothing(self, words: str) -> None:
        """In the list's place; without words the list is there."""
        self.nothing.say(words)
        if self.list.hasFocus():
            self.begin()
        self.nothing.setVisible(bool(words))
        self.list.setVisible(not words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _drop(self) -> None:
        if self._mail is not None:
            self.drop_wanted.emit(self._mail.id)

    def _type(self) -> None:
        self.fault.say("")
        self._show_fields()
        if (written := self.written) is not None:
            self.typed.emit(written)

    def _show_fields(self) -> None:
        """The daily report is of a day of a team, with what belongs to it."""
        kind = str(self.kind.currentData())
        self._queue_row.setVisible(bool(kind))
        self._days_row.setVisible(bool(kind))
        self.compared.setVisible(kind in COMPARABLE)

    def _row(self, mail: ReportMail) -> Row:
        team = self._names.team(mail.team) if mail.team else self.tr("All teams")
        title = f"{mail_word(mail.kind, self._formats.language)} · {team}"
        days = self.tr("daily") if len(mail.on) == len(WEEKDAYS) else " ".join(map(weekday_word, mail.on))
        sent = self.tr("not sent yet")
        if mail.sent_at is not None:
            sent = self.tr("sent {when}").format(when=self._formats.written(mail.sent_at))
        return Row(title, " · ".join((f"{days} {mail.at}", sent, ", ".join(mail.to))), "mail")

    def _span(self, days: int) -> str:
        return self.tr("The day before") if days == 1 else self.tr("{count} days before").format(count=days)
