"""The marks of a call's recordings: listed by place with who and when, set at the place being heard, with a note.

Values: `show_marks`, `show_heard(recording)`, `choose`, `say`. Wishes: `mark_wanted(at_s)`, `typed(mark)` with every
key, `put_wanted(mark)`, `drop_wanted(mark)`, `hear_wanted(mark)`. By keys alone, in the player and in the list: M sets
a mark, N and P go to the next and the one before; in the list arrows go from mark to mark, Space hears it from there,
Enter writes the note of an own one, Delete takes it away; in the note Enter saves, Esc leads back.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.player import RecordingPlayer
from agent_desktop.ui.widgets.controls import Button, Field
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.widgets.row_list import RowList
from agent_desktop.ui.widgets.rows import Row
from agent_model.recording_mark import LONGEST_NOTE, RecordingMark


class MarkList(RowList):
    """`written` by Return, `heard` by Space; letters are the player's."""

    written = Signal()
    heard = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.written.emit()
        elif event.key() == Qt.Key.Key_Space:
            self.heard.emit()
        elif event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)


class MarksPane(QFrame):
    mark_wanted = Signal(float)
    typed = Signal(object)
    put_wanted = Signal(object)
    drop_wanted = Signal(object)
    hear_wanted = Signal(object)

    def __init__(self, look: Look, formats: Formats, player: RecordingPlayer) -> None:
        super().__init__()
        self._look, self._formats, self._player = look, formats, player
        self._names, self._now = Directory(), datetime.now().astimezone()
        self._is_own: Callable[[RecordingMark], bool] = lambda _: False
        self._marks: dict[str, RecordingMark] = {}
        self._recording = ""
        self.setAccessibleName(self.tr("Marks"))
        self.set = Button(look, self.tr("Mark this place (M)"), "flag", size="compact")
        self.list = MarkList(look, self.tr("Marks"))
        self.nothing = Label(
            "hint",
            self.tr("Nobody has marked a place of this call yet. While you listen, M marks the place you hear."),
            wraps=True,
        )
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.note = Field(look, self.tr("Note"), self.tr("What is to be heard here"), "note")
        self.note.setMaxLength(LONGEST_NOTE)
        self.save = Button(look, self.tr("Save"), "check", size="compact")
        self.drop = Button(look, self.tr("Take the mark away"), "close", kind="ghost", size="compact")
        self.words = Label("hint", "", wraps=True)
        self._lay_out()
        self._connect()
        self.show_marks((), ())

    def _lay_out(self) -> None:
        px = self._look.px
        column, head, foot = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        column.setContentsMargins(0, px(6), 0, 0)
        column.setSpacing(px(6))
        head.addWidget(Label("section", self.tr("Marks")))
        head.addStretch(1)
        head.addWidget(Label("hint", self.tr("N next · P before · Enter note · Delete")))
        head.addWidget(self.set)
        foot.setSpacing(px(8))
        foot.addWidget(self.note, 1)
        foot.addWidget(self.save)
        foot.addWidget(self.drop)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing, 1)
        column.addLayout(foot)
        column.addWidget(self.words)

    def _connect(self) -> None:
        player = self._player
        player.mark_wanted.connect(self.mark_wanted)
        player.note_wanted.connect(self.write)
        player.mark_reached.connect(self.choose)
        self.set.clicked.connect(lambda: self.mark_wanted.emit(player.place_s))
        self.list.chosen.connect(lambda _: self._go())
        self.list.taken.connect(lambda _: self._go())
        self.list.written.connect(self.write)
        self.list.heard.connect(self._hear)
        self.list.dropped.connect(lambda _: self._drop())
        self.note.textEdited.connect(lambda _: self._tell())
        self.note.entered.connect(self._put)
        self.note.left.connect(self.list.setFocus)
        self.save.clicked.connect(self._put)
        self.drop.clicked.connect(self._drop)

    @property
    def current(self) -> RecordingMark | None:
        return self._marks.get(self.list.current_key)

    def show_names(self, names: Directory, is_own: Callable[[RecordingMark], bool], now: datetime) -> None:
        self._names, self._is_own, self._now = names, is_own, now

    def show_marks(self, marks: Sequence[RecordingMark], unsaved: Collection[str]) -> None:
        """Instead of those before, by place; the ids of those that the server does not have so."""
        self._marks = {mark.id: mark for mark in marks}
        with QSignalBlocker(self.list):
            self.list.show_rows([(mark.id, self._row(mark, is_saved=mark.id not in unsaved)) for mark in marks])
        self.list.setVisible(bool(marks))
        self.nothing.setVisible(not marks)
        self._show_on_track()
        self._show_note()

    def show_heard(self, recording: str) -> None:
        """Which of the call's recordings the player shows; empty: none yet."""
        self._recording = recording
        self._show_on_track()

    def choose(self, mark_id: str) -> None:
        """Without going there."""
        with QSignalBlocker(self.list):
            self.list.choose(mark_id)
        self._show_note()
        self._show_on_track()

    def say(self, words: str, tone: str = "") -> None:
        self.words.say(words, tone)
        self.words.setVisible(bool(words))

    def write(self) -> None:
        """The note of the mark that is chosen."""
        if self.note.isEnabled():
            self.note.setFocus()
        elif self.current is not None:
            self.say(self.tr("Only {name} can change this note.").format(name=self._names.person(self.current.by)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the list has no use for is the player's."""
        self._player.keyPressEvent(event)

    def _row(self, mark: RecordingMark, *, is_saved: bool) -> Row:
        told = [self._names.person(mark.by), self._formats.moment(mark.made_at, self._now)]
        if not is_saved:
            told.append(self.tr("not saved yet"))
        return Row(
            mark.note or self.tr("Without a note"),
            " · ".join(told),
            "flag",
            "accent_text" if is_saved else "warn",
            at_right=self._formats.duration(mark.at_ms / 1000),
        )

    def _show_note(self) -> None:
        mark = self.current
        is_own = mark is not None and self._is_own(mark)
        written = "" if mark is None else mark.note
        if self.note.text() != written:
            with QSignalBlocker(self.note):
                self.note.setText(written)
        for widget in (self.note, self.save, self.drop):
            widget.setEnabled(is_own)
            widget.setVisible(mark is not None)

    def _show_on_track(self) -> None:
        here = tuple((mark.at_ms / 1000, mark.id) for mark in self._marks.values() if mark.recording == self._recording)
        self._player.show_marks(here, self.list.current_key)

    def _go(self) -> None:
        """The player goes there, if it has this recording."""
        self._show_note()
        self._show_on_track()
        mark = self.current
        if mark is not None and mark.recording == self._recording:
            self._player.go_to(mark.at_ms / 1000)

    def _hear(self) -> None:
        if self.current is not None:
            self.hear_wanted.emit(self.current)

    def _tell(self) -> None:
        if self.current is not None:
            self.typed.emit(replace(self.current, note=self.note.text()))

    def _put(self) -> None:
        if self.current is not None:
            self.put_wanted.emit(replace(self.current, note=self.note.text()))
            self.list.setFocus()

    def _drop(self) -> None:
        if self.current is not None and self._is_own(self.current):
            self.drop_wanted.emit(self.current)
            self.list.setFocus()
        else:
            self.write()
