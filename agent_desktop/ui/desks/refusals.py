"""What waits for the agent's decision: refused commands, taken up again or given up, and contested fields."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from agent_desktop.tickets.desk import Refused
from agent_desktop.tickets.draft import TicketDraft
from agent_desktop.ui.attention import page as attention_page
from agent_desktop.ui.attention.row_titles import title_of
from agent_desktop.ui.background import Background
from agent_desktop.ui.customer.field_words import field_of, noun_word, own_word, value_words
from agent_desktop.ui.desks.contests import Contests, Titled
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.open_items import key_of_ref
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_desktop.wrap_up import WrapUpDraft
from agent_model.command import Command, CommandKind, OpId


@dataclass(frozen=True, slots=True)
class _Found:
    """Everything of the list, read in one go; refused commands with the names of their rows, and whether there is a
    form to mend them in."""

    refused: tuple[tuple[Refused, str, bool], ...]
    contested: tuple[Titled, ...]


class Refusals(QObject):
    """Counted as they come; the page is filled only while somebody looks at it."""

    taken_up = Signal(object)
    change_taken_up = Signal(object)
    """The CustomerDraft of a refused change."""
    wrap_up_taken_up = Signal(object)
    """The WrapUpDraft of a refused wrap-up."""
    counted = Signal(int)
    told = Signal(str)
    saved = Signal()

    def __init__(
        self, rooms: Rooms, background: Background, window: MainWindow, contests: Contests, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._background = background
        self._window = window
        self._contests = contests
        self._is_shown = False
        self._is_connected = False
        self._is_away = False
        window.page_shown.connect(self._turned_to)
        contests.changed.connect(self.read)
        contests.saved.connect(self.saved)
        contests.told.connect(self.told)

    def be_away(self, *, is_away: bool) -> None:
        """Whether the server answers: without it, choices are kept and sent later, and the page says so."""
        self._is_away = is_away
        self.read()

    def read(self) -> None:
        """How much waits for the agent, and what, while somebody looks."""
        self._background.store.do(self._look, self._show, self._failed, replaces="refused")

    def show(self) -> None:
        self._window.show_page(Page.ATTENTION)

    def _turned_to(self, page: Page) -> None:
        self._is_shown = page is Page.ATTENTION
        if self._is_shown:
            self._rooms.conflicts.want()
            self.saved.emit()
            self.read()

    def _look(self) -> _Found:
        refused = self._rooms.desk.refused()
        titled = tuple(
            (one, title_of(self._rooms, one.command.entity, one.command.id), self._can_change(one)) for one in refused
        )
        return _Found(titled, self._contests.read())

    def _show(self, found: _Found) -> None:
        is_open = sum(one.contested.is_open for one in found.contested)
        self.counted.emit(len(found.refused) + is_open)
        if not self._is_shown:
            return
        page = self._window.pages.attention
        if not self._is_connected:
            self._is_connected = True
            page.edit_wanted.connect(self._take_up)
            page.retry_wanted.connect(self._send_again)
            page.discard_wanted.connect(self._let_go)
            self._contests.connect_to(page)
        lines = tuple(self._line(*one) for one in found.refused)
        contests = self._contests.in_words(found.contested)
        page.show_attention(lines, self._rooms.clock(), contests, self._away_words(bool(contests)))

    def _away_words(self, has_contests: bool) -> str:
        if not (self._is_away and has_contests):
            return ""
        return self.tr(
            "The server does not answer. You see what is known here; what you choose is kept and sent when it does."
        )

    def _line(self, refused: Refused, title: str, can_change: bool) -> attention_page.Refused:
        command = refused.command
        if command.kind is CommandKind.CREATE:  # there is no row whose name could be read
            names, formats = self._contests.directory, self._contests.formats
            named = (
                value_words(name, command.fields[name].new, names, formats) for name in _NAMES if name in command.fields
            )
            title = next(named, title)
        words = f"{noun_word(command.entity)} · {title}"
        return attention_page.Refused(
            command.op_id, words, self._text(command), refused.reason, command.occurred_at, can_change
        )

    def _can_change(self, refused: Refused) -> bool:
        command = refused.command
        is_of_customer = command.entity == "customer" and command.kind is CommandKind.UPDATE
        return refused.ticket is not None or is_of_customer or self._rooms.wrap_ups.may_take_up(command)

    def _text(self, command: Command) -> str:
        """Every field of it, whole: nothing that was written is hidden."""
        names, formats = self._contests.directory, self._contests.formats
        shown = []
        for name, change in command.fields.items():
            if name in _OF_THE_PROGRAM or change.new in (None, "", []):
                continue
            field = field_of(command.entity, name)
            after = value_words(field, change.new, names, formats)
            if command.kind is CommandKind.UPDATE:
                before = value_words(field, change.old, names, formats)
                after = self.tr("{before} → {after}").format(before=before, after=after)
            shown.append(self.tr("{field}: {text}").format(field=own_word(field, names, formats), text=after))
        return "\n".join(shown)

    def _take_up(self, op_id: str) -> None:
        rooms = self._rooms

        def take_up() -> object:
            id_ = OpId(op_id)
            taken = rooms.desk.take_up_again(id_) or rooms.edits.take_up_again(id_)
            return taken or rooms.wrap_ups.take_up_again(id_, key_of_ref)

        def taken(draft: object) -> None:
            if isinstance(draft, TicketDraft):
                self.taken_up.emit(draft)
            elif isinstance(draft, WrapUpDraft):
                self.wrap_up_taken_up.emit(draft)
            elif draft is not None:
                self.change_taken_up.emit(draft)
            self.read()

        self._background.store.do(take_up, taken, self._failed)

    def _send_again(self, op_id: str) -> None:
        desk = self._rooms.desk

        def sent(_: None) -> None:
            self.saved.emit()
            self.read()

        self._background.store.do(lambda: desk.send_again(OpId(op_id)), sent, self._failed)

    def _let_go(self, op_id: str) -> None:
        desk = self._rooms.desk
        self._background.store.do(lambda: desk.let_go(OpId(op_id)), lambda _: self.read(), self._failed)

    def _failed(self, error: Exception) -> None:
        self.told.emit(explain(error))


_OF_THE_PROGRAM = frozenset(
    {
        "created_at",
        "created_by",
        "call_ref",
        "segment",
        "department",
        "updated_at",
        "kind",
        "published_at",
        "published_by",
        "rules_at",
        "work",
    }
)
"""Fields that no person wrote."""
_NAMES = ("subject", "name", "title", "amount_fen")
