"""The macros in a team lead's hands: read, written with a preview over a real ticket, kept and sent."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from agent_desktop.tickets.macros import EDITORS, MacroDraft, NotAMacro
from agent_desktop.tickets.work import TicketSheet
from agent_desktop.ui.background import Background
from agent_desktop.ui.customer.words import ticket_name
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.formats import Formats
from agent_desktop.ui.macro_words import macro_version_words
from agent_desktop.ui.main_window import MainWindow
from agent_desktop.ui.messages import explain
from agent_desktop.ui.rail import Page
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.widgets.lines import Line
from agent_model.macro import Macro

if TYPE_CHECKING:
    from agent_desktop.ui.macros_page import MacrosPage

SETTLES_AFTER_MS = 350
Read = tuple[tuple[Macro, ...], tuple[MacroDraft, ...], tuple[TicketSheet, ...]]


class MacrosDesk(QObject):
    """What is written is on the disk within 800 ms. `tried(macro, sheet)` says how a macro reads on a ticket."""

    told = Signal(str)
    saved = Signal()

    def __init__(
        self,
        rooms: Rooms,
        background: Background,
        window: MainWindow,
        names: Callable[[], Directory],
        formats: Formats,
        tried: Callable[[Macro, TicketSheet | None], tuple[str, str]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._background = background
        self._window = window
        self._names = names
        self._formats = formats
        self._tried = tried
        self._page: MacrosPage | None = None
        self._macros: dict[str, Macro] = {}
        self._drafts: dict[str, MacroDraft] = {}
        self._examples: dict[str, TicketSheet] = {}
        self._unsaved: MacroDraft | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLES_AFTER_MS)
        self._settle.timeout.connect(self.save_now)
        window.rail.offer(Page.MACROS, is_offered=rooms.agent.role in EDITORS)
        window.page_shown.connect(self._turned_to)

    def read_again(self) -> None:
        """Macros came: the list is read again, the form stays."""
        if self._page is not None:
            self._read()

    def save_now(self) -> None:
        """What is written and not on the disk yet goes there."""
        self._settle.stop()
        draft, self._unsaved = self._unsaved, None
        if draft is not None:
            macros = self._rooms.macros
            self._background.store.do(lambda: macros.keep(draft), None, self._not_kept)

    def _turned_to(self, page: Page) -> None:
        if page is Page.MACROS:
            self._ready()
            self._read()
        else:
            self.save_now()

    def _ready(self) -> None:
        if self._page is None:
            self._page = page = self._window.macros
            page.macro_taken.connect(self._open)
            page.new_wanted.connect(self._begin)
            page.example_taken.connect(lambda _: self._preview())
            page.form.changed.connect(self._changed)
            page.form.save_wanted.connect(self._save)
            page.form.discard_wanted.connect(self._discard)
            page.form.earlier_wanted.connect(self._ask_earlier)
        self._page.form.offer_queues(tuple(self._names().queues.items()))

    def _read(self) -> None:
        macros, work = self._rooms.macros, self._rooms.work

        def read() -> Read:
            sheets = (work.sheet(ticket_id) for ticket_id in macros.examples())
            return macros.all(), macros.drafts(), tuple(sheet for sheet in sheets if sheet is not None)

        self._background.store.do(read, self._show, self._failed, replaces="macros")

    def _show(self, read: Read) -> None:
        page = self._page
        if page is None:
            return
        self._macros = {macro.id: macro for macro in read[0]}
        self._drafts = {draft.macro.id: draft for draft in read[1]}
        if self._unsaved is not None:
            self._drafts[self._unsaved.macro.id] = self._unsaved
        self._examples = {str(sheet.ticket.id): sheet for sheet in read[2]}
        page.offer_examples(
            [(id_, f"{ticket_name(sheet.ticket)}  {sheet.ticket.subject}") for id_, sheet in self._examples.items()]
        )
        shown = self._current(page.form.macro_id)
        known = (*self._drafts, *self._macros)
        if shown is None and known:
            self._open(known[0])
        elif shown is not None and shown.id not in self._drafts and shown != page.form.macro:
            self._open(shown.id)
        self._list()
        self._preview()

    def _current(self, macro_id: str) -> Macro | None:
        draft = self._drafts.get(macro_id)
        return self._macros.get(macro_id) if draft is None else draft.macro

    def _list(self) -> None:
        page = self._page
        if page is None:
            return
        new = [macro_id for macro_id in self._drafts if macro_id not in self._macros]
        shown = (self._current(macro_id) for macro_id in (*new, *self._macros))
        page.show_macros([self._line(macro) for macro in shown if macro is not None])

    def _line(self, macro: Macro) -> Line:
        is_open = self._page is not None and self._page.form.macro_id == macro.id
        is_draft = macro.id in self._drafts
        pill = self.tr("Not saved") if is_draft else "" if macro.is_on else self.tr("Off")
        return Line(
            macro.id,
            self._title(macro),
            pill=pill,
            tone="warn" if is_draft else "neutral",
            at_right=f"/{macro.code}" if macro.code else "",
            right_token="accent_text" if is_open else "muted",
            right_icon="chevron-right" if is_open else "",
        )

    def _title(self, macro: Macro) -> str:
        return macro.title.in_language(self._formats.language) or self.tr("New macro")

    def _open(self, macro_id: str) -> None:
        self.save_now()
        page, macro = self._page, self._current(macro_id)
        if page is None or macro is None:
            return
        page.form.show_macro(macro, self._title(macro), self._version(macro_id), is_begun=macro_id in self._drafts)
        self._list()
        self._preview()

    def _version(self, macro_id: str) -> str:
        macro = self._macros.get(macro_id) or self._current(macro_id)
        today = self._formats.local_date(self._rooms.clock())
        return "" if macro is None else macro_version_words(macro, self._names(), self._formats, today)

    def _begin(self) -> None:
        macro = self._rooms.macros.fresh()
        self._drafts[macro.id] = MacroDraft(macro, None)
        self._open(macro.id)
        if self._page is not None:
            self._page.form.lines["code"].setFocus()

    def _changed(self, macro: Macro) -> None:
        self._drafts[macro.id] = self._unsaved = self._draft(macro)
        if self._page is not None:
            self._page.form.show_begun(is_begun=True)
        self._list()
        self._preview()
        self._settle.start()

    def _draft(self, macro: Macro) -> MacroDraft:
        """With the macro as it was seen when the writing began."""
        begun = self._drafts.get(macro.id)
        return MacroDraft(macro, self._macros.get(macro.id) if begun is None else begun.seen)

    def _save(self, macro: Macro) -> None:
        page, macros, draft = self._page, self._rooms.macros, self._draft(macro)
        self._settle.stop()
        self._unsaved = None

        def kept(_: object) -> None:
            if page is not None:
                page.form.show_faults(())
                page.form.show_begun(is_begun=False)
            self._drafts.pop(macro.id, None)
            self.told.emit(self.tr("The macro is saved. It reaches everybody with the next sync."))
            self.saved.emit()
            self._read()

        self._background.store.do(lambda: macros.save(draft), kept, lambda error: self._not_saved(draft, error))

    def _not_saved(self, draft: MacroDraft, error: Exception) -> None:
        if self._page is None or self._page.form.macro_id != draft.macro.id:
            self.told.emit(explain(error))
        elif isinstance(error, NotAMacro):
            self._page.form.show_faults(error.faults)
            self._unsaved = draft
            self._settle.start()
        else:
            self._page.form.show_failure(explain(error))

    def _discard(self, macro_id: str) -> None:
        macros = self._rooms.macros
        self._settle.stop()
        self._unsaved = None
        self._drafts.pop(macro_id, None)
        self._background.store.do(lambda: macros.drop(macro_id), lambda _: self._read(), self._failed)
        if macro_id in self._macros:
            self._open(macro_id)

    def _ask_earlier(self, macro_id: str) -> None:
        ask = self._rooms.macro_versions

        def told(versions: tuple[Macro, ...]) -> None:
            today = self._formats.local_date(self._rooms.clock())
            if self._page is not None and self._page.form.macro_id == macro_id:
                names = self._names()
                words = (macro_version_words(one, names, self._formats, today) for one in versions)
                self._page.form.show_earlier(list(zip(words, versions, strict=True)))

        self._background.network.do(lambda: ask(macro_id), told, self._failed)

    def _preview(self) -> None:
        page = self._page
        macro = None if page is None else page.form.macro
        if page is not None and macro is not None:
            page.show_preview(*self._tried(macro, self._examples.get(page.example.currentData() or "")))

    def _not_kept(self, error: Exception) -> None:
        if self._page is not None:
            self._page.form.show_failure(explain(error))

    def _failed(self, error: Exception) -> None:
        self.told.emit(explain(error))
