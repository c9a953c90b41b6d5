"""What the ticket went through: own changes that were not sent yet, then what the server keeps; when that was read.

`more_wanted(before)`: the entries before those that are shown.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_desktop.tickets.trail import Trail
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.customer.field_words import field_word, value_words
from agent_desktop.ui.ticket.panel import Column, Seen, TicketPanel
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label
from agent_model.command import Command, CommandKind
from agent_model.row_change import IMPORTED, MADE, RowChange

LATE: Final = timedelta(minutes=2)
"""What came so much later than it was done, was done without the server."""
SHOWN: Final = 12
"""Changes that are shown before somebody asks for more."""


@dataclass(frozen=True, slots=True)
class _Told:
    who: str
    words: str
    about: str


class TrailPanel(TicketPanel):
    column = Column.SIDE
    more_wanted = Signal(int)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__(look, formats, self.tr("History"))
        self._seen: Seen | None = None
        self._ticket = ""
        self._trail: Trail | None = None
        self._trouble = ""
        self._shown: tuple[_Told, ...] = ()
        self._most = SHOWN
        self.state = Label("hint", wraps=True)
        self._entries = QVBoxLayout()
        self._entries.setSpacing(look.px(7))
        self._inside: QWidget | None = None
        self.more = Button(look, self.tr("Show more"), kind="ghost", size="compact")
        self.more.clicked.connect(self._show_more)
        self.body.addWidget(self.state)
        self.body.addLayout(self._entries)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def said(self) -> tuple[str, ...]:
        """Every line as it stands on the screen, the newest first."""
        return tuple(one.words for one in self._shown)

    def show_ticket(self, seen: Seen) -> None:
        if seen.sheet.ticket.id != self._ticket:
            self._ticket, self._trail, self._trouble, self._most = seen.sheet.ticket.id, None, "", SHOWN
        self._seen = seen
        self._show()

    def show_trail(self, trail: Trail | None, trouble: str = "") -> None:
        """`trouble`: the server does not tell it now, so this is what was read last."""
        self._trail, self._trouble = trail, trouble
        self._show()

    def leave(self) -> None:
        self._seen, self._ticket, self._trail = None, "", None

    def _show_more(self) -> None:
        trail = self._trail
        if trail is not None and trail.next is not None and self._most >= len(self._by_version()):
            self.more_wanted.emit(trail.next)
        self._most += SHOWN
        self._show()

    def _show(self) -> None:
        seen, trail = self._seen, self._trail
        if seen is None:
            return
        self.state.say(self._state(seen.now))
        self.state.setVisible(bool(self.state.full_text))
        versions = self._by_version()
        unsent = [self._told_unsent(command, seen) for command in reversed(seen.sheet.unsent)]
        told = [self._told(entries, seen) for entries in versions[: self._most]]
        self.more.setVisible(len(versions) > self._most or (trail is not None and trail.next is not None))
        self._put((*unsent, *told))

    def _state(self, now: datetime) -> str:
        if self._trail is None:
            return self._trouble or self.tr("Asking the server …")
        if not self._trouble:
            return ""
        words = self.tr("As it was read {moment}. {trouble}")
        return words.format(moment=self._formats.moment(self._trail.read_at, now), trouble=self._trouble)

    def _by_version(self) -> list[list[RowChange]]:
        groups: dict[int, list[RowChange]] = {}
        for entry in self._trail.changes if self._trail is not None else ():
            groups.setdefault(entry.version, []).append(entry)
        return list(groups.values())

    def _told_unsent(self, command: Command, seen: Seen) -> _Told:
        fields = {name: (change.old, change.new) for name, change in command.fields.items()}
        is_new = command.kind is CommandKind.CREATE
        words = self.tr("Written") if is_new else self._changes(fields, seen)
        return _Told(seen.names.person(command.author), words, self.tr("not sent yet"))

    def _told(self, entries: list[RowChange], seen: Seen) -> _Told:
        first = entries[0]
        fields = {one.field: (one.old, one.new) for one in entries}
        words = self.tr("Written") if MADE in fields else self._changes(fields, seen)
        about = self._formats.moment(first.at, seen.now)
        if first.at - first.done_at > LATE:
            about = self.tr("{moment}, done {done}").format(
                moment=about, done=self._formats.moment(first.done_at, seen.now)
            )
        return _Told(self._who(first.who, seen), words, about)

    def _who(self, who: str, seen: Seen) -> str:
        if not who:
            return self.tr("The server")
        return self.tr("Import") if who == IMPORTED else seen.names.person(who)

    def _changes(self, fields: dict[str, tuple[Any, Any]], seen: Seen) -> str:
        if "hand_overs" in fields:
            return self._change("hand_overs", None, fields["hand_overs"][1], seen)
        shown = [self._change(name, old, new, seen) for name, (old, new) in fields.items() if name != "details"]
        shown += [field_word("details")] if "details" in fields else []
        return "\n".join(shown)

    def _change(self, name: str, old: Any, new: Any, seen: Seen) -> str:
        if name == "comments":
            return field_word(name)
        before, after = (value_words(name, value, seen.names, self._formats) for value in (old, new))
        if old in (None, "", []):
            return self.tr("{field}: {text}").format(field=field_word(name), text=after)
        return self.tr("{field}: {before} → {after}").format(field=field_word(name), before=before, after=after)

    def _put(self, told: tuple[_Told, ...]) -> None:
        if told == self._shown and self._inside is not None:
            return
        self._shown = told
        if self._inside is not None:
            self._entries.removeWidget(self._inside)
            self._inside.deleteLater()
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._look.px(6))
        for one in told:
            column.addWidget(Label("body", one.words, wraps=True))
            column.addWidget(Label("hint", f"{one.who} · {one.about}"))
        self._entries.addWidget(self._inside)
