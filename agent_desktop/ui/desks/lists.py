"""The lists of the window, each with its desk, its exports and what is done with those that are chosen."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from agent_desktop.lists import NounList
from agent_desktop.sync.events import Offline, ScopeChanged, SyncStatus
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.background import Background
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.in_step import InStep
from agent_desktop.ui.lists.bulk_desk import BulkDesk
from agent_desktop.ui.lists.calls import calls
from agent_desktop.ui.lists.desk import AnyListDesk, ListDesk
from agent_desktop.ui.lists.export_desk import ExportDesk
from agent_desktop.ui.lists.file_export import Exporter
from agent_desktop.ui.lists.follow_ups import follow_ups
from agent_desktop.ui.lists.kinds import CHANGE, ListKind, customers, tickets
from agent_desktop.ui.lists.page import ListPage
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_model.agent import Role
from agent_model.export import Export, ExportState

LISTED = {Page.TICKETS: "ticket", Page.CUSTOMERS: "customer", Page.CALLS: "contact", Page.FOLLOW_UPS: "follow_up"}
LEADING = (Role.TEAM_LEAD, Role.DUTY_MANAGER)


class ListDesks(QObject):
    """`opened` with a customer's id, `ticket_opened` and `follow_up_opened` with theirs; `saved` when something waits
    to be sent."""

    opened = Signal(str)
    ticket_opened = Signal(str)
    follow_up_opened = Signal(str)
    told = Signal(str)
    saved = Signal()
    answered = Signal()
    """Something may have become of what was sent."""

    def __init__(
        self,
        rooms: Rooms,
        background: Background,
        window: MainWindow,
        in_step: InStep,
        formats: Formats,
        names: Callable[[], Directory],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._rooms, self._background, self._window = rooms, background, window
        self._is_online = True
        self.exporter = Exporter(rooms.exports, rooms.agent, formats, names, rooms.clock, lambda: self._is_online)
        self._exports: list[ExportDesk[Any]] = []
        leads = rooms.agent.role in LEADING
        self.of: dict[Page, AnyListDesk] = {
            Page.TICKETS: self._desk(rooms.ticket_list, tickets(formats, names, rooms.clock, rooms.agent.id)),
            Page.CUSTOMERS: self._desk(rooms.customer_list, customers(formats, rooms.clock)),
            Page.CALLS: self._desk(
                rooms.call_list, calls(formats, names, rooms.clock, rooms.agent.id, leads=leads)
            ),
            Page.FOLLOW_UPS: self._desk(
                rooms.follow_up_list, follow_ups(formats, names, rooms.clock, rooms.follow_ups.holders)
            ),
        }  # fmt: skip
        for page, desk in self.of.items():
            window.pages.offer_list(page, desk.kind)
            others = {Page.TICKETS: self.ticket_opened, Page.FOLLOW_UPS: self.follow_up_opened}
            desk.opened.connect(others.get(page, self.opened))
        window.page_shown.connect(self._turned_to)
        in_step.status_changed.connect(self.hear_status)

    def rows_came(self, change: ScopeChanged) -> None:
        for page, entity in LISTED.items():
            if not change.entities or entity in change.entities:
                self.of[page].rows_changed()
        if "export" in change.entities:
            self._exports_came(change.ids)
        if not change.entities or "list_view" in change.entities:
            for desk in self.of.values():
                desk.read_views()

    def _exports_came(self, ids: frozenset[str]) -> None:
        """Whoever is to decide is told, and whoever asked what was decided."""
        exports, me = self._rooms.exports, self._rooms.agent.id

        def tell(found: tuple[tuple[Export, ...], tuple[Export, ...]]) -> None:
            names = self.exporter.names()
            to_decide, mine = found
            for one in to_decide if self._rooms.agent.role in LEADING else ():
                if one.id in ids and one.asked_by != me:
                    words = self.tr("{who} asks to export {count} rows. Decide it under “Export” of a list.")
                    self.told.emit(words.format(who=names.person(one.asked_by), count=one.rows))
            for one in mine:
                if one.id in ids and one.state is ExportState.APPROVED:
                    self.told.emit(
                        self.tr("Your export of {count} rows was approved. Export again.").format(count=one.rows)
                    )
                elif one.id in ids and one.state is ExportState.REFUSED:
                    self.told.emit(self.tr("Your export of {count} rows was refused.").format(count=one.rows))

        self._background.store.do(lambda: (exports.to_decide(), exports.mine()), tell)

    def end(self) -> None:
        """The window goes."""
        for export in self._exports:
            export.end()

    def _desk(self, nouns: NounList[Any], kind: ListKind[Any]) -> AnyListDesk:
        desk = ListDesk(self._background, nouns, self._rooms.saved_views, kind, self, self._rooms.team_views)
        desk.told.connect(self.told)
        desk.saved.connect(self.saved)
        desk.page_made.connect(lambda page: self._page_made(page, nouns, kind))
        return desk

    def _page_made(self, page: ListPage, nouns: NounList[Any], kind: ListKind[Any]) -> None:
        export = ExportDesk(self._background, page.look, nouns, kind, self.exporter, page)
        export.saved.connect(self.saved)
        self._exports.append(export)
        if page is self._window.pages.lists.get(Page.TICKETS):
            self._offer_changes(page)

    def _offer_changes(self, page: ListPage) -> None:
        rooms, tickets_desk = self._rooms, self.of[Page.TICKETS]
        bulk = BulkDesk(self._background, rooms.ticket_list, rooms.bulk, self.exporter.names, page)
        bulk.saved.connect(self.saved)
        bulk.saved.connect(tickets_desk.rows_changed)
        tickets_desk.deed_wanted.connect(lambda deed, places: bulk.open(places) if deed == CHANGE else None)
        self.answered.connect(bulk.sent_some)

    def _turned_to(self, page: Page) -> None:
        for of, desk in self.of.items():
            desk.turn_to(self._window.pages.lists.get(page) if of is page else None)

    def hear_status(self, status: SyncStatus) -> None:
        self._is_online = not isinstance(status, Offline)
        self.answered.emit()
