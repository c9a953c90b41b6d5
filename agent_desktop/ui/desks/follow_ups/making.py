"""A promise being made in the band: for whom, read as it is typed, kept with the draft gone; what is begun survives."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from agent_desktop.customers.follow_ups import Promise
from agent_desktop.customers.when_words import read_when
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.background import Background
from agent_desktop.ui.follow_ups.form import TEAM, Written
from agent_desktop.ui.follow_ups.words import due_and_theirs, hours_hint
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.time_left import due_moment
from agent_desktop.ui.unsaved import Unsaved
from agent_desktop.ui.window.main_window import MainWindow
from agent_model.follow_up import FollowUp, FollowUpKind
from agent_model.phone_number import PhoneNumber, on_record, zone_of

FITS: Final = frozenset(Written.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class ForWhom:
    """A customer with the `position`th of their numbers, or a caller nobody could name."""

    name: str
    customer_id: str | None = None
    number: PhoneNumber | None = None
    position: int = 0
    ticket_id: str | None = None

    @property
    def key(self) -> str:
        return self.customer_id or self.number or ""

    @property
    def zone(self) -> str | None:
        return None if self.number is None or on_record(self.number) else zone_of(self.number)


class Making(QObject):
    """`made` with the FollowUp, `left` when the form was put away."""

    told = Signal(str)
    saved = Signal()
    made = Signal(object)
    left = Signal()

    def __init__(
        self, rooms: Rooms, background: Background, window: MainWindow, formats: Formats, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._background = background
        self._window = window
        self._formats = formats
        self._whom = ForWhom("")
        self._is_connected = False
        self._unsaved: Unsaved[tuple[str, Written]] = Unsaved(self)
        self._unsaved.due.connect(self._save)

    def start(self, whom: ForWhom) -> None:
        """The form opens with what was begun for them, and has the keyboard."""
        self.save_now()
        self._whom = whom
        room = self._rooms.follow_ups
        self._background.store.do(lambda: room.draft(whom.key), self._open, self._failed)

    def save_now(self) -> None:
        self._unsaved.save_now()

    def _open(self, draft: dict[str, Any] | None) -> None:
        band = self._window.follow_ups
        if not self._is_connected:
            self._is_connected = True
            band.form.typed.connect(self._typed)
            band.form.kept.connect(self._keep)
            band.form.left.connect(self._leave)
        band.form.show_for(self._whom.name)
        band.form.show_written(Written(**{name: draft[name] for name in FITS & draft.keys()}) if draft else Written())
        band.show_form()
        band.form.start()
        self._read_it()

    def _typed(self) -> None:
        self._unsaved.keep((self._whom.key, self._window.follow_ups.form.written))
        self._read_it()

    def _save(self, typed: tuple[str, Written]) -> None:
        (key, written), room = typed, self._rooms.follow_ups
        self._background.store.do(lambda: room.keep_draft(key, asdict(written)), None, self._failed)

    def _due_at(self) -> datetime | None:
        return read_when(self._window.follow_ups.form.when.text(), self._rooms.clock(), self._formats.zone)

    def _read_it(self) -> None:
        """How the words are understood, on both clocks, and whether one calls at that time."""
        form, due_at, now = self._window.follow_ups.form, self._due_at(), self._rooms.clock()
        if due_at is None:
            is_begun = bool(form.when.text().strip())
            words = self.tr("Not a time to come yet: in 1 h, tomorrow 10:00, monday 9:00, 11-25 14:00")
            form.show_when(words if is_begun else "", "")
            return
        kind = FollowUpKind(form.written.kind)
        hint = hours_hint(due_at, self._whom.zone, self._rooms.follow_ups.plan_of(kind))
        clocks = due_and_theirs(due_at, self._whom.zone, now, self._formats)
        form.show_when(" · ".join(filter(None, (clocks, hint))), "warn" if hint else "")

    def _keep(self) -> None:
        form, due_at, whom = self._window.follow_ups.form, self._due_at(), self._whom
        written = form.written
        if due_at is None:
            form.show_when(self.tr("When is it due? Write in 1 h, or tomorrow 10:00."), "bad")
            form.when.setFocus()
            return
        if not written.purpose.strip():
            form.show_when(self.tr("Write what is promised, so that whoever calls knows."), "bad")
            form.purpose.setFocus()
            return
        promise = Promise(
            FollowUpKind(written.kind),
            written.purpose,
            due_at,
            whom.customer_id,
            whom.number,
            whom.position,
            whom.ticket_id,
            team=self._rooms.agent.team if written.holder == TEAM else None,
        )
        self._unsaved.forget()
        form.keep.be_busy(busy=True)
        room = self._rooms.follow_ups
        self._background.store.do(lambda: room.create(promise, ends_draft=whom.key), self._made, self._not_kept)

    def _made(self, follow_up: FollowUp) -> None:
        form = self._window.follow_ups.form
        form.keep.be_busy(busy=False)
        form.show_written(Written())
        self._window.follow_ups.put_away()
        when = due_moment(follow_up.due_at, self._rooms.clock(), self._formats)
        self.told.emit(self.tr("Promised for {when}: {purpose}").format(when=when, purpose=follow_up.purpose))
        self.made.emit(follow_up)
        self.saved.emit()
        self.left.emit()

    def _leave(self) -> None:
        self.save_now()
        self._window.follow_ups.put_away()
        self.left.emit()

    def _not_kept(self, error: Exception) -> None:
        self._window.follow_ups.form.keep.be_busy(busy=False)
        self._failed(error)

    def _failed(self, error: Exception) -> None:
        self.told.emit(explain(error))
