"""Marks in recordings: set, written and taken away at the server; what it does not have yet stays on this disk."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from agent_desktop.errors import ServerRefused
from agent_desktop.ui.desks.listening import ListeningDesk
from agent_desktop.ui.desks.page import Ground
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.player import RecordingPlayer
from agent_desktop.ui.supervisor.recordings_page import RecordingsPage
from agent_desktop.ui.unsaved import Unsaved
from agent_model.recording_mark import RecordingMark

READ_AGAIN_MS: Final = 5000
"""After the server did not answer, while the call is open."""


class MarkingDesk(QObject):
    told = Signal(str)

    def __init__(self, ground: Ground, listening: ListeningDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._rooms, self._background, self._names = ground.rooms, ground.background, ground.names
        self._formats = ground.formats
        self._listening = listening
        self._page: RecordingsPage | None = None
        self._contact = ""
        self._asked = 0
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(READ_AGAIN_MS)
        self._again.timeout.connect(self.changed)
        self._known: dict[str, RecordingMark] = {}
        self._unsaved: dict[str, RecordingMark] = {}
        self._typed: Unsaved[tuple[str, RecordingMark]] = Unsaved(self)
        self._typed.due.connect(self._keep)
        listening.part_begun.connect(self._part_begun)

    def wire(self, page: RecordingsPage) -> None:
        self._page = page
        pane = page.marks
        pane.mark_wanted.connect(self._mark)
        pane.typed.connect(self._type)
        pane.put_wanted.connect(self._put)
        pane.drop_wanted.connect(self._drop)
        pane.hear_wanted.connect(self._hear)

    def save_now(self) -> None:
        self._typed.save_now()

    def show(self, contact_id: str) -> None:
        """The marks of a call; empty: of none."""
        if self._page is None:
            return
        self._typed.save_now()
        self._again.stop()
        self._contact, self._known, self._unsaved = contact_id, {}, {}
        marks, pane = self._rooms.call_marks, self._page.marks
        pane.show_heard("")
        pane.say("")
        self._show()
        if not contact_id:
            return

        def unsaved(found: tuple[RecordingMark, ...]) -> None:
            if self._contact == contact_id:
                self._unsaved = {mark.id: mark for mark in found} | self._unsaved
                self._show()

        self._background.store.do(lambda: marks.unsaved(contact_id), unsaved, self._failed)
        self._read()

    def show_again(self) -> None:
        """People are called otherwise."""
        self._show()

    def changed(self, contact_id: str = "") -> None:
        """Somebody has set, changed or taken away marks of a call; empty: of any."""
        if self._contact and contact_id in ("", self._contact):
            self._read()

    def _read(self) -> None:
        contact, marks = self._contact, self._rooms.call_marks
        self._again.stop()
        self._asked += 1
        asked = self._asked

        def known(found: tuple[RecordingMark, ...]) -> None:
            if self._contact == contact and asked == self._asked:
                self._known = {mark.id: mark for mark in found}
                self._show()

        def failed(error: Exception) -> None:
            if isinstance(error, ServerRefused):
                known(())
            elif self._contact == contact and asked == self._asked:
                self._again.start()
            self._say(contact, error)

        self._background.network.do(lambda: marks.of(contact), known, failed, replaces="recording marks")

    def _show(self, choose: str = "") -> None:
        if self._page is None:
            return
        shown = sorted({**self._known, **self._unsaved}.values(), key=lambda mark: (mark.at_ms, mark.made_at, mark.id))
        pane = self._page.marks
        pane.show_names(self._names(), self._rooms.call_marks.is_own, self._rooms.clock())
        pane.show_marks(shown, self._unsaved.keys())
        if choose:
            pane.choose(choose)

    def _part_begun(self, player: RecordingPlayer, recording: str) -> None:
        if self._page is not None and player is self._page.player:
            self._page.marks.show_heard(recording)

    def _hear(self, mark: RecordingMark) -> None:
        if self._page is not None:
            self._listening.hear_at(self._page.player, mark.recording, mark.at_ms / 1000)

    # ---- what is wished -----------------------------------------------------------------------------------

    def _mark(self, at_s: float) -> None:
        if self._page is None:
            return
        recording = self._listening.heard(self._page.player)
        if not recording:
            self._page.marks.say(self.tr("Play the recording first: the mark is set at the place you hear."), "warn")
            return
        mark = self._rooms.call_marks.blank(recording, at_s)
        self._unsaved[mark.id] = mark
        self._show(mark.id)
        self._put(mark)
        words = self.tr("Marked at {place}. Enter writes a note.")
        self._page.marks.say(words.format(place=self._formats.duration(at_s)))

    def _type(self, mark: RecordingMark) -> None:
        self._unsaved[mark.id] = mark
        self._show()
        self._typed.keep((self._contact, mark))

    def _put(self, mark: RecordingMark) -> None:
        contact, marks = self._contact, self._rooms.call_marks
        self._typed.forget()
        self._unsaved[mark.id] = mark
        self._keep((contact, mark))
        if self._page is not None:
            self._page.marks.say("")

        def saved(told: RecordingMark) -> None:
            self._background.store.do(lambda: marks.saved(mark), failed=self._failed)
            if contact == self._contact:
                self._known[told.id] = told
                if self._unsaved.get(mark.id) == mark:
                    self._unsaved.pop(mark.id)
                self._show()

        self._background.network.do(
            lambda: marks.put(contact, mark), saved, lambda error: self._say(contact, error, is_kept=True)
        )

    def _drop(self, mark: RecordingMark) -> None:
        contact, marks = self._contact, self._rooms.call_marks

        def dropped(_: None) -> None:
            self._background.store.do(lambda: marks.let_go(mark.id), failed=self._failed)
            if contact == self._contact:
                self._typed.forget()
                self._known.pop(mark.id, None)
                self._unsaved.pop(mark.id, None)
                self._show()

        self._background.network.do(
            lambda: marks.drop(contact, mark.id), dropped, lambda error: self._say(contact, error)
        )

    def _keep(self, written: tuple[str, RecordingMark]) -> None:
        marks = self._rooms.call_marks
        self._background.store.do(lambda: marks.keep(*written), failed=self._failed)

    # ---- trouble ------------------------------------------------------------------------------------------

    def _say(self, contact: str, error: Exception, *, is_kept: bool = False) -> None:
        if self._page is None or contact != self._contact:
            return
        words = self._words(error)
        if is_kept:
            words += " " + self.tr("What you wrote is kept here. Enter in the note saves it again.")
        self._page.marks.say(words, "bad")

    def _words(self, error: Exception) -> str:
        match error.code if isinstance(error, ServerRefused) else "":
            case "too_many_marks":
                return self.tr("This recording has as many marks as the server keeps. Take one of yours away first.")
            case "not_allowed" | "recording_not_allowed":
                return self.tr("You may not mark recordings of this call. Ask who leads the team.")
            case "not_found":
                return self.tr("The server does not have this recording any more.")
        return explain(error)

    def _failed(self, error: Exception) -> None:
        self.told.emit(explain(error))
