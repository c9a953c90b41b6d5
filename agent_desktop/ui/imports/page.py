"""Where an administrator imports a table: the file at the left with what its columns mean, its rows as they will be at
the right, and what became of them below.

Values: `show_directory`, `show_known`, `show_sending`, `show_task`, `say`. Wishes: `file_wanted(path)`,
`kind_taken(kind)`, `wishes_changed`, `profile_taken(name)`, `step_wanted(ImportStep)`, `stop_wanted`, `errors_wanted`.
"""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from agent_desktop.sync.imports import ImportTask, Known, Seen
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.imports.columns_pane import ColumnsPane
from agent_desktop.ui.imports.preview_table import PreviewTable
from agent_desktop.ui.imports.reading_pane import ReadingPane, joined
from agent_desktop.ui.imports.words import explain_fault, kinds
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.controls import Button, Segments
from agent_desktop.ui.widgets.parts import Label
from agent_model.table_import import ImportState, ImportStep, ImportTally, ImportWishes

OUTCOMES = {ImportState.DONE: "ok", ImportState.STOPPED: "warn", ImportState.CUT_OFF: "warn"}


class ImportPage(QFrame):
    file_wanted = Signal(object)
    kind_taken = Signal(str)
    wishes_changed = Signal()
    profile_taken = Signal(str)
    step_wanted = Signal(object)
    stop_wanted = Signal()
    errors_wanted = Signal()

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self._known = Known()
        self._directory = Directory()
        self._task: ImportTask | None = None
        self.setProperty("ground", "canvas")
        self.setAccessibleName(self.tr("Import a table"))
        self.setAcceptDrops(True)
        self.kind = Segments(self.tr("What the rows are"), kinds())
        self.kind.choose("customers")
        self.choose = Button(look, self.tr("Choose a file…"), "external")
        self.file = Label("meta", elides=True)
        self.outcome = Label("meta", "", wraps=True)
        words = self.tr("Drop a CSV or XLSX file here, or choose one.")
        then = self.tr("Its columns and first rows are shown before anything is written.")
        self.empty = Label("hint", f"{words}\n{then}")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.reading = ReadingPane(look)
        self.columns = ColumnsPane(look, formats)
        self.preview = PreviewTable(look, formats)
        self.counts = Label("body", "", wraps=True)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("Rows read"))
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(look.px(8))
        self.attempt = Button(look, self.tr("Try every row"), "check")
        self.attempt.setToolTip(self.tr("Counts what would be new, changed and faulty; nothing is written"))
        self.run = Button(look, self.tr("Import"), "enter", kind="primary")
        self.run.setAccessibleDescription("Ctrl+Enter")
        self.stop = Button(look, self.tr("Stop"), "stop")
        self.save_errors = Button(look, self.tr("Save the faulty rows…"), "note")
        self._body = QWidget()
        self._lay_out()
        self._connect()
        self.show_nothing()

    def _lay_out(self) -> None:
        px = self._look.px
        top, below, columns = QHBoxLayout(), QHBoxLayout(), QHBoxLayout(self._body)
        top.setSpacing(px(10))
        top.addWidget(Label("name", self.tr("Import a table")))
        top.addWidget(self.kind)
        top.addWidget(self.choose)
        top.addWidget(self.file, 1)
        reading = Card(self._look, self.tr("The file"))
        reading.body.addWidget(self.reading)
        meaning = Card(self._look, self.tr("What its columns mean"))
        meaning.body.addWidget(self._scrolled(self.columns), 1)
        rows = Card(self._look, self.tr("How the rows will read"))
        rows.body.addWidget(self.preview, 1)
        ending = Card(self._look)
        below.setSpacing(px(8))
        below.addWidget(self.counts, 1)
        for button in (self.save_errors, self.attempt, self.run):
            below.addWidget(button)
        ending.body.addWidget(self.bar)
        ending.body.addLayout(below)
        left, right = QVBoxLayout(), QVBoxLayout()
        for side, cards in ((left, (reading, meaning)), (right, (rows, ending))):
            side.setSpacing(px(10))
            for card in cards:
                side.addWidget(card, 1 if card in (meaning, rows) else 0)
        aside = QWidget()
        left.setContentsMargins(0, 0, 0, 0)
        aside.setLayout(left)
        aside.setFixedWidth(px(430))
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(px(10))
        columns.addWidget(aside)
        columns.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(10))
        column.addLayout(top)
        going = QHBoxLayout()
        going.setSpacing(px(8))
        going.addWidget(self.outcome, 1)
        going.addWidget(self.stop)
        column.addLayout(going)
        column.addWidget(self._body, 1)
        column.addWidget(self.empty, 1)
        self.outcome.hide()

    def _scrolled(self, pane: QWidget) -> QWidget:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(pane)
        return scroll

    def _connect(self) -> None:
        self.kind.chosen.connect(self.kind_taken)
        self.choose.clicked.connect(self._choose)
        for pane in (self.reading, self.columns):
            pane.changed.connect(self.wishes_changed)
        self.reading.profile_taken.connect(self.profile_taken)
        self.attempt.clicked.connect(lambda: self.step_wanted.emit(ImportStep.TRY))
        self.run.clicked.connect(self.send)
        self.stop.clicked.connect(self.stop_wanted)
        self.save_errors.clicked.connect(self.errors_wanted)

    @property
    def wishes(self) -> ImportWishes:
        return joined(self.reading.wishes(), self.columns.columns, self.columns.constants)

    def send(self) -> None:
        if self.run.isVisible() and self.run.isEnabled():
            self.step_wanted.emit(ImportStep.RUN)

    def show_directory(self, directory: Directory) -> None:
        """Names of what there is; the site's own fields among them."""
        self._directory = directory
        self.columns.show_directory(directory)
        self.preview.show_directory(directory)

    def show_known(self, known: Known) -> None:
        self._known = known
        self.reading.show_profiles(list(known.profiles.get(self.kind.value, {})))
        if self._task is not None and not self._task.is_working and self._task.seen is not None:
            self._show_columns(self._task.kind, self._task.seen)

    def begin(self, kind: str, wishes: ImportWishes) -> None:
        """Another file, or the same to be read otherwise."""
        self.kind.choose(kind)
        self.reading.show_profiles(list(self._known.profiles.get(kind, {})))
        self.reading.begin(wishes)
        self.columns.begin(wishes.columns, wishes.constants)

    def show_sending(self, name: str, sent: int, length: int) -> None:
        self.show_nothing()
        percent = self._formats.percent(sent / max(1, length))
        self.say(self.tr("“{name}” is on its way to the server: {percent}.").format(name=name, percent=percent))
        self.stop.show()

    def show_task(self, task: ImportTask) -> None:
        """What the server says of the file."""
        self._task = task
        self.file.say(task.name)
        seen = task.seen
        self.empty.hide()
        self._body.show()
        if seen is not None:
            self.reading.show_file(seen)
            if not task.is_working:
                self._show_columns(task.kind, seen)
        is_busy = task.is_working and task.step is not ImportStep.LOOK
        lacks = None if seen is None else seen.lacks
        why_not = "" if lacks is None else explain_fault(lacks, self._directory, self._formats)
        is_in = task.is_in
        is_ready = not (task.is_working or is_in) and seen is not None and bool(seen.columns) and lacks is None
        past = self.tr("These rows are in: choose the next file.") if is_in else why_not
        for button in (self.attempt, self.run):
            self._offer(button, is_possible=is_ready, why_not=past)
        self._take_files(is_free=not is_busy)
        self.stop.setVisible(is_busy)
        self.bar.setVisible(is_busy)
        self.save_errors.setVisible(task.has_errors and not task.is_working)
        self._show_counts(task, is_busy=is_busy)
        self._show_outcome(task, why_not)

    def say(self, words: str, tone: str = "") -> None:
        self.outcome.say(words, tone)
        self.outcome.setVisible(bool(words))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.file_wanted.emit(paths[0])
            event.acceptProposedAction()

    def _take_files(self, *, is_free: bool) -> None:
        """One file at a time."""
        why_not = self.tr("This one is still at work: wait until it is done, or stop it.")
        self._offer(self.choose, is_possible=is_free, why_not=why_not)
        self.setAcceptDrops(is_free)

    def _offer(self, button: Button, *, is_possible: bool, why_not: str) -> None:
        """What can no longer be pressed leaves the keyboard on this page."""
        if button.hasFocus() and not is_possible:
            self.preview.setFocus()
        button.offer(is_possible=is_possible, why_not=why_not)

    def show_nothing(self) -> None:
        self._take_files(is_free=True)
        self._body.hide()
        self.empty.show()
        for widget in (self.stop, self.bar, self.save_errors):
            widget.hide()

    def _show_columns(self, kind: str, seen: Seen) -> None:
        if seen.columns:
            self.columns.show_file(seen, self._known.fields.get(kind, ()))
            self.preview.show_file(seen)

    def _show_counts(self, task: ImportTask, *, is_busy: bool) -> None:
        tally = task.tally
        if tally is None:
            count = 0 if task.seen is None else task.seen.row_count
            self.counts.say(self.tr("About {count} rows.").format(count=self._formats.count(count)) if count else "")
            self.bar.setMaximum(0 if is_busy else 1)  # nobody knows yet
            return
        self.bar.setMaximum(max(1, tally.of))
        self.bar.setValue(tally.rows)
        self.counts.say(self._count_words(tally))

    def _count_words(self, tally: ImportTally) -> str:
        told = {
            name: self._formats.count(getattr(tally, name)) for name in ("rows", "new", "changed", "unchanged", "bad")
        }
        words = self.tr("{rows} rows: {new} new, {changed} changed, {unchanged} as they were, {bad} faulty")
        return words.format(**told)

    def _show_outcome(self, task: ImportTask, why_not: str) -> None:
        match task.step, task.state:
            case _, ImportState.REFUSED if task.fault is not None:
                self.say(explain_fault(task.fault, self._directory, self._formats), "bad")
            case ImportStep.LOOK, ImportState.WORKING:
                self.say(self.tr("The server looks into the file."))
            case ImportStep.LOOK, ImportState.CUT_OFF:
                self.say(self.tr("The look into the file was cut off. Choose the file again."), "warn")
            case ImportStep.LOOK, _:
                self.say(why_not, "warn")
            case ImportStep.TRY, ImportState.WORKING:
                self.say(self.tr("Every row is tried; nothing is written."))
            case ImportStep.RUN, ImportState.WORKING:
                self.say(self.tr("The rows come in. You may go on with other work; the import runs on the server."))
            case ImportStep.TRY, state:
                self.say(why_not or self._tried(state), OUTCOMES.get(state, ""))
            case ImportStep.RUN, state:
                self.say(self._imported(state, has_errors=task.has_errors), OUTCOMES.get(state, ""))

    def _tried(self, state: ImportState) -> str:
        if state is ImportState.DONE:
            return self.tr("So it would be. Nothing has been written yet.")
        return self.tr("The trial was stopped. Nothing has been written.")

    def _imported(self, state: ImportState, *, has_errors: bool) -> str:
        if state is ImportState.DONE and has_errors:
            return self.tr("The rows are in, but for the faulty ones: save them, mend them, and import that file.")
        if state is ImportState.DONE:
            return self.tr("The rows are in.")
        if state is ImportState.STOPPED:
            return self.tr("The import was stopped. What is in stays; run it again, and it goes on with the rest.")
        return self.tr("The import was cut off. What is in stays; run it again, and it goes on with the rest.")

    def _choose(self) -> None:
        filter_ = self.tr("Tables") + " (*.csv *.xlsx *.txt);;" + self.tr("All files") + " (*)"
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a file"), "", filter_)
        if path:
            self.file_wanted.emit(Path(path))
