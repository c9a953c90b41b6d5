"""Reports of the floor: of which days, what narrows them, beside which others; as a table with its total, a part of its
figures at a time, one of them as bars, and what that means.

Values: `show_names`, `show_asked`, `show_busy`, `show_report(Report)`, `say`. Wishes: `asked(Asked)`,
`file_wanted(form)`, `mails_wanted`. In its place stand the reports by mail.
By keys alone: Alt+F leads to the filter; in the table arrows go from figure to figure.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.supervisor.reports import (
    FIGURES,
    Asked,
    Beside,
    Days,
    Line,
    Part,
    chosen_figure,
    lines,
    parts,
)
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.supervisor.report_bars import MOST_BARS, Bar, ReportBars
from agent_desktop.ui.supervisor.report_mails_pane import ReportMailsPane
from agent_desktop.ui.supervisor.report_table import ReportTable
from agent_desktop.ui.supervisor.report_words import Naming, beside_word, days_word, part_word
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.choice import Choice, Pick
from agent_desktop.ui.widgets.controls import Button, Field, Segments
from agent_desktop.ui.widgets.parts import Label, page_name
from agent_model.floor_report import COLUMNS, COMPARABLE, TITLES, Report, ReportKind, Value, Writing, most_days
from agent_model.moment import from_text

ALL: Final = ""
BARS_PX: Final = 170
FILTER_KEYS: Final = "Alt+F"
FORMS: Final = (("xlsx", "Excel"), ("csv", "CSV"), ("pdf", "PDF"))


class ReportsPage(QFrame):
    asked = Signal(object)
    file_wanted = Signal(str)
    mails_wanted = Signal()

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self._asked = Asked()
        self._report: Report | None = None
        self.setProperty("ground", "canvas")
        self.setAccessibleName(self.tr("Reports"))
        self.kind = Pick(look)
        self.kind.setAccessibleName(self.tr("Which report"))
        for kind in ReportKind:
            self.kind.addItem(TITLES[kind].in_language(formats.language), kind.value)
        self.days = Segments(self.tr("Of which days"), [(one.value, days_word(one), "accent") for one in Days])
        self.first = Field(look, self.tr("From day"), self.tr("2026-01-31"), "calendar")
        self.last = Field(look, self.tr("To day"), self.tr("2026-01-31"), "calendar")
        self.beside = Pick(look)
        self.beside.setAccessibleName(self.tr("Compared with"))
        for one in Beside:
            self.beside.addItem(beside_word(one), one.value)
        self.team = Choice(look, self.tr("Team"), self.tr("All teams"))
        self.queue = Choice(look, self.tr("Queue"), self.tr("All queues"))
        self.agent = Choice(look, self.tr("Agent"), self.tr("All agents"))
        self.bound = Label("hint")
        self.files = {form: Button(look, words, "external", size="compact") for form, words in FORMS}
        self.mailed = Button(look, self.tr("By mail"), "mail", size="compact")
        self.mails = ReportMailsPane(look, formats)
        self.part = Segments(self.tr("Which figures"), [(one.value, part_word(one), "accent") for one in Part])
        self.part.choose(Part.CALLS)
        self.figure = Pick(look)
        self.figure.setAccessibleName(self.tr("Figure of the chart"))
        self.bars = ReportBars(look, self.tr("Chart"))
        self.table = ReportTable(look, Naming(formats), self.tr("Report"))
        self.card = Card(look)
        self.means = Label("meta", "", wraps=True)
        self.news = Label("hint", "", wraps=True)
        self.again = Button(look, self.tr("Ask again"), "sync", size="compact")
        self._lay_out()
        self._connect()
        self.show_asked(self._asked, has_teams=False)
        self.say(self.tr("The server is asked for the report."))

    def _lay_out(self) -> None:
        px = self._look.px
        top, narrow, figures = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row in (top, narrow, figures):
            row.setSpacing(px(8))
        top.addWidget(page_name(self._look, self.tr("Reports")))
        self.kind.setMinimumWidth(px(150))
        top.addWidget(self.kind)
        top.addWidget(self.days)
        for field in (self.first, self.last):
            field.setFixedWidth(px(130))
            top.addWidget(field)
        top.addStretch(1)
        for button in (*self.files.values(), self.mailed):
            top.addWidget(button)
        for choice in (self.team, self.queue, self.agent):
            choice.setFixedWidth(px(170))
            narrow.addWidget(choice)
        narrow.addWidget(self.beside)
        narrow.addWidget(self.bound)
        narrow.addStretch(1)
        figures.addWidget(self.part)
        figures.addStretch(1)
        figures.addWidget(self.figure)
        self.bars.setFixedHeight(px(BARS_PX))
        whole, self._one = QVBoxLayout(self), QWidget()
        whole.setContentsMargins(px(16), px(14), px(16), px(12))
        whole.addWidget(self._one, 1)
        whole.addWidget(self.mails, 1)
        column = QVBoxLayout(self._one)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addLayout(top)
        column.addLayout(narrow)
        column.addLayout(figures)
        column.addWidget(self.bars)
        self.card.body.addWidget(self.table, 1)
        self.card.body.addWidget(self.news)
        self.card.body.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        self.card.body.addStretch(0)
        column.addWidget(self.card, 1)
        column.addWidget(self.means)
        self.mails.hide()

    def _connect(self) -> None:
        shortcut = QShortcut(QKeySequence(FILTER_KEYS), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.kind.setFocus)
        self.kind.activated.connect(lambda _: self._ask())
        self.beside.activated.connect(lambda _: self._ask())
        self.days.chosen.connect(lambda _: self._choose_days())
        for field in (self.first, self.last):
            field.entered.connect(self._ask)
        for choice in (self.team, self.queue, self.agent):
            choice.picked.connect(lambda _: self._ask())
        self.part.chosen.connect(lambda _: self._choose_part())
        self.figure.activated.connect(lambda _: self._choose_figure())
        self.table.looked_at.connect(self._explain)
        self.table.sorted_by.connect(self._show_bars)
        self.again.clicked.connect(self._ask)
        self.mailed.clicked.connect(self.open_mails)
        self.mails.left.connect(self._leave_mails)
        for form, button in self.files.items():
            button.clicked.connect(lambda _=False, form=form: self.file_wanted.emit(form))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a tall screen the bars are taller, too."""
        super().resizeEvent(event)
        self.bars.setFixedHeight(max(self._look.px(BARS_PX), self.height() // 4))

    @property
    def wanted(self) -> Asked:
        """What the filter says."""
        return replace(
            self._asked,
            kind=ReportKind(self.kind.currentData()),
            days=Days(self.days.value),
            first=self.first.text().strip(),
            last=self.last.text().strip(),
            beside=Beside(self.beside.currentData()),
            team=self.team.chosen if self.team.isVisibleTo(self) else "",
            queue=self.queue.chosen,
            agent=self.agent.chosen,
        )

    def show_names(self, directory: Directory, breaks: Mapping[str, str]) -> None:
        """Also while a report is shown: it stays as it is looked at."""
        self.table.call(Naming(self._formats, directory, breaks))
        people = sorted(directory.people.items(), key=lambda one: one[1].casefold())
        self.team.offer([(ALL, self.tr("All teams")), *directory.teams.items()])
        self.queue.offer([(ALL, self.tr("All queues")), *directory.queues.items()])
        self.agent.offer([(ALL, self.tr("All agents")), *people])
        self._show_bars()

    def show_asked(self, asked: Asked, *, has_teams: bool) -> None:
        self._asked = asked
        for pick, value in ((self.kind, asked.kind.value), (self.beside, asked.beside.value)):
            with QSignalBlocker(pick):
                pick.setCurrentIndex(pick.findData(value))
        self.days.choose(asked.days.value)
        for field, text in ((self.first, asked.first), (self.last, asked.last)):
            if field.text().strip() != text:
                field.setText(text)
        self.team.setVisible(has_teams)
        for choice, chosen in ((self.team, asked.team), (self.queue, asked.queue), (self.agent, asked.agent)):
            choice.choose(chosen)
        self._show_fields()

    def show_busy(self) -> None:
        for button in self.files.values():
            button.setEnabled(False)
        self.means.say(self.tr("The server is asked for the report."))

    def show_report(self, report: Report) -> None:
        self._report = report
        shown = list(lines(report, self._formats.zone))
        if not shown:
            self.say(self.tr("Nothing happened in these days that this report is of. Choose others, or less narrow."))
            return
        empty = ("",) * len(report.keys)
        total, before = report.now.total, None if report.before is None else report.before.total
        self.table.show_lines(
            report.columns, shown, None if total is None and before is None else Line(empty, total, before)
        )
        self._offer_parts(report)
        for widget in (self.table, self.means, *self.files.values()):
            widget.show()
        for button in self.files.values():
            button.setEnabled(True)
        for widget in (self.news, self.again):
            widget.hide()
        self._show_part()

    def begin(self) -> None:
        """The page is on the screen."""
        if self.mails.isVisibleTo(self):
            self.mails.begin()
        else:
            self.kind.setFocus()

    def open_mails(self) -> None:
        """The reports by mail, in place of the report."""
        self._one.hide()
        self.mails.show()
        self.mails.begin()
        self.mails_wanted.emit()

    def send(self) -> None:
        """What is written of a report by mail."""
        if self.mails.isVisibleTo(self):
            self.mails.send()

    def _leave_mails(self) -> None:
        self.mails.hide()
        self._one.show()
        self.mailed.setFocus()

    def say(self, words: str, *, is_trouble: bool = False) -> None:
        """Why there is nothing; of trouble, with what asks again."""
        self._report = None
        self.news.say(words)
        self.news.show()
        self.again.setVisible(is_trouble)
        for widget in (self.table, self.bars, self.means, self.part, self.figure):
            widget.hide()
        for button in self.files.values():
            button.setEnabled(False)

    # ---- what is chosen -----------------------------------------------------------------------------------

    def _ask(self) -> None:
        self._show_fields()
        self._asked = self.wanted
        self.asked.emit(self._asked)

    def _choose_days(self) -> None:
        self._show_fields()
        if self.days.value == Days.OTHER and not self.first.text().strip():
            self.first.setFocus()
            return
        self._ask()

    def _choose_part(self) -> None:
        self._show_part()
        self._choose_figure()

    def _choose_figure(self) -> None:
        self._asked = replace(self._asked, figure=str(self.figure.currentData() or ""))
        self._show_bars()
        self.asked.emit(self._asked)

    def _show_fields(self) -> None:
        is_other = self.days.value == Days.OTHER
        for field in (self.first, self.last):
            field.setVisible(is_other)
        kind = ReportKind(self.kind.currentData())
        self.beside.setEnabled(kind in COMPARABLE)
        words = self.tr("At most {count} days").format(count=most_days(kind))
        self.bound.say(words)
        self.bound.setVisible(is_other)
        for field in (self.first, self.last):
            field.setAccessibleDescription(words)

    # ---- what is shown ------------------------------------------------------------------------------------

    def _offer_parts(self, report: Report) -> None:
        """That which is shown stays so where the report has it, with the figure of the chart."""
        offered = parts(report)
        self.part.offer(offered)
        self.part.setVisible(len(offered) > 1)
        figure = chosen_figure(report.columns, self._asked.figure)
        having = [one for one in offered if figure in FIGURES[one]] or list(offered)
        if having and self.part.value not in having:
            self.part.choose(having[0])

    def _show_part(self) -> None:
        report = self._report
        if report is None:
            return
        naming, columns = self.table.report.naming, report.columns
        if parts(report):
            part = FIGURES[Part(self.part.value)]
            columns = tuple(name for name in columns if name in report.keys or name in part)
        figures = [name for name in columns if COLUMNS[name].writing.is_number]
        has_bars = report.wish.kind in COMPARABLE and bool(figures)
        with QSignalBlocker(self.figure):
            self.figure.clear()
            for name in figures:
                self.figure.addItem(naming.title(name), name)
            self.figure.setCurrentIndex(self.figure.findData(chosen_figure(columns, self._asked.figure)))
        self.figure.setVisible(has_bars)
        self.bars.setVisible(has_bars)
        self.table.show_columns(columns)
        self.table.look_at(str(self.figure.currentData() or ""))
        self._explain(self.table.column)
        self._show_bars()

    def _show_bars(self) -> None:
        report, figure = self._report, str(self.figure.currentData() or "")
        if report is None or not figure or report.wish.kind not in COMPARABLE:
            return
        naming, at = self.table.report.naming, report.columns.index(figure)
        bars = [
            Bar(self._short(report, line.key), _number(line.now, at), _number(line.before, at))
            for line in self.table.report.lines
        ]
        wish = report.wish
        hints = ("", "")
        if report.before is not None and wish.compared_from is not None:
            hints = (wish.first.isoformat(), wish.compared_from.isoformat())
        is_share = COLUMNS[figure].writing is Writing.SHARE
        means = naming.meaning(figure)
        if len(bars) > MOST_BARS:
            words = self.tr("the first {count} rows of the table")
            means = " · ".join(filter(None, (means, words.format(count=MOST_BARS))))
        self.bars.show_bars(
            naming.title(figure),
            means,
            bars,
            lambda value: naming.written(figure, value),
            hints,
            is_share=is_share,
        )

    def _short(self, report: Report, key: tuple[Value, ...]) -> str:
        """What stands beneath a bar: of a moment the clock, where all are of one day."""
        naming = self.table.report.naming
        last, value = report.keys[-1], key[-1]
        if COLUMNS[last].writing is Writing.MOMENT and report.wish.days == 1:
            clock = self._formats.clock(from_text(str(value)))
            return clock if len(key) == 1 or report.wish.queue else f"{naming.written(report.keys[0], key[0])} {clock}"
        if COLUMNS[last].writing is Writing.DAY:
            return str(value)[5:]
        if COLUMNS[last].writing is Writing.MOMENT:
            return naming.written(last, value)[5:]
        return naming.written(last, value)

    def _explain(self, column: str) -> None:
        """What the figure that is looked at means."""
        if not column:
            return
        naming = self.table.report.naming
        meaning = naming.meaning(column)
        words = self.tr("{figure}: {meaning}").format(figure=naming.title(column), meaning=meaning)
        self.means.say(words if meaning else "")


def _number(row: tuple[Value, ...] | None, at: int) -> float | None:
    value = None if row is None else row[at]
    return float(value) if isinstance(value, int | float) else None
