"""The macros in a team lead's hands, with how each reads on a real ticket."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from agent_desktop.tickets.macros import EDITORS
from agent_desktop.tickets.work import TicketSheet
from agent_desktop.ui.customer.words import ticket_name
from agent_desktop.ui.desks.page import Ground
from agent_desktop.ui.desks.rows import RowsDesk
from agent_desktop.ui.macros.words import macro_version_words
from agent_desktop.ui.widgets.lines import Line
from agent_desktop.ui.window.rail import Page
from agent_model.macro import Macro

if TYPE_CHECKING:
    from agent_desktop.ui.macros.page import MacrosPage


class MacrosDesk(RowsDesk[Macro, "MacrosPage"]):
    """`tried(macro, sheet)` says how a macro reads on a ticket."""

    def __init__(
        self, ground: Ground, tried: Callable[[Macro, TicketSheet | None], tuple[str, str]], parent: QObject
    ) -> None:
        rooms = ground.rooms
        super().__init__(Page.MACROS, rooms.macros, ground, parent, is_offered=rooms.agent.role in EDITORS)
        self._tried = tried
        self._examples: dict[str, TicketSheet] = {}

    def _wire(self, page: "MacrosPage") -> None:
        super()._wire(page)
        page.example_taken.connect(lambda _: self._try())
        page.form.changed.connect(self._preview)
        page.form.earlier_wanted.connect(lambda macro_id: self._tell_earlier(self._rooms.macro_versions, macro_id))

    def _read(self) -> None:
        macros, work = self._rooms.macros, self._rooms.work

        def examples() -> tuple[TicketSheet, ...]:
            sheets = (work.sheet(ticket_id) for ticket_id in macros.examples())
            return tuple(sheet for sheet in sheets if sheet is not None)

        self._page.form.offer_queues(tuple(self._names().queues.items()))
        self._background.store.do(examples, self._offer_examples, self._failed, replaces="examples of macros")
        super()._read()

    def _offer_examples(self, sheets: tuple[TicketSheet, ...]) -> None:
        self._examples = {str(sheet.ticket.id): sheet for sheet in sheets}
        self._page.offer_examples(
            [(id_, f"{ticket_name(sheet.ticket)}  {sheet.ticket.subject}") for id_, sheet in self._examples.items()]
        )
        self._try()

    def _try(self) -> None:
        if (macro := self._page.form.row) is not None:
            self._preview(macro)

    def _preview(self, row: Macro) -> None:
        page = self._page
        page.show_preview(*self._tried(row, self._examples.get(page.example.currentData() or "")))

    def _title(self, row: Macro) -> str:
        return row.title.in_language(self._formats.language) or self.tr("New macro")

    def _version(self, row: Macro) -> str:
        today = self._formats.local_date(self._rooms.clock())
        return macro_version_words(row, self._names(), self._formats, today)

    def _line(self, row: Macro, *, is_draft: bool, is_open: bool) -> Line:
        pill = self.tr("Not saved") if is_draft else "" if row.is_on else self.tr("Off")
        return Line(
            row.id,
            self._title(row),
            pill=pill,
            tone="warn" if is_draft else "neutral",
            at_right=f"/{row.code}" if row.code else "",
            is_open=is_open,
        )

    def _saved_words(self) -> str:
        return self.tr("The macro is saved. It reaches everybody with the next sync.")

    def _start(self) -> None:
        self._page.form.lines["code"].setFocus()
