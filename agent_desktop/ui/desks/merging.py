"""Duplicates of the customer on the screen: looked for behind the pop, compared, merged, and parted again."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from agent_desktop.customers.duplicates import Duplicate, typed
from agent_desktop.customers.merges import Comparison
from agent_desktop.ui.background import Background
from agent_desktop.ui.customer.pane import CustomerPane
from agent_desktop.ui.desks.customers import CustomerDesk
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.open_items import OpenItems
from agent_desktop.ui.rooms import Rooms
from agent_model.customer import CustomerId
from agent_model.customer_merge import CustomerMerge

TYPED_AFTER_MS = 250
LOOKED_FOR_AFTER_MS = 400
"""The pop is painted by then: what is compared in Python would hold it up, whatever thread does it."""


class MergeDesk(QObject):
    """Nothing is ever merged that nobody compared."""

    told = Signal(str)
    saved = Signal()
    done = Signal()
    """The customer on the screen is to be read again."""

    def __init__(
        self,
        rooms: Rooms,
        background: Background,
        items: OpenItems,
        customers: CustomerDesk,
        pane: CustomerPane,
        names: Callable[[], Directory],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._background = background
        self._items = items
        self._customers = customers
        self._pane = pane
        pane.merging.name_by(names)
        self._after_the_pop = QTimer(self)
        self._after_the_pop.setSingleShot(True)
        self._after_the_pop.setInterval(LOOKED_FOR_AFTER_MS)
        self._after_the_pop.timeout.connect(self._look)
        pane.customer_shown.connect(lambda _: self._after_the_pop.start())
        pane.customer_changed.connect(self._leave)
        pane.duplicates.compare_wanted.connect(self._compare)
        pane.duplicates.apart_wanted.connect(self._tell_apart)
        pane.merging.merge_wanted.connect(self._merge)
        pane.merging.left.connect(self._leave)
        pane.merged.undo_wanted.connect(self._undo)
        pane.stranger.attach_wanted.connect(self._attach)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPED_AFTER_MS)
        self._typing.timeout.connect(self._look_for_typed)
        pane.stranger.typed.connect(self._typing.start)

    def look_again(self) -> None:
        """Customers have come who could not be found by their names before."""
        if self._pane.customer_id:
            self._after_the_pop.start()

    def _look(self) -> None:
        customer_id = self._pane.customer_id
        if not customer_id:
            return
        rooms, who = self._rooms, CustomerId(customer_id)

        def read() -> tuple[tuple[Duplicate, ...], tuple[CustomerMerge, ...], tuple[bool, ...]]:
            merges = rooms.merges.into(who)
            return (
                rooms.duplicates.of(who),
                merges,
                tuple(rooms.merges.can_be_undone(merge, merges) for merge in merges),
            )

        self._background.library.do(
            read, lambda found: self._show(customer_id, *found), self._failed, replaces="duplicates"
        )

    def _show(
        self,
        customer_id: str,
        duplicates: tuple[Duplicate, ...],
        merges: tuple[CustomerMerge, ...],
        can_be_undone: tuple[bool, ...],
    ) -> None:
        if self._pane.customer_id == customer_id:
            self._pane.show_duplicates(duplicates)
            self._pane.merged.show_merges(merges, can_be_undone, self._rooms.clock())

    def _compare(self, other: str) -> None:
        customer_id, merges = self._pane.customer_id, self._rooms.merges

        def compared(comparison: Comparison | None) -> None:
            if self._pane.customer_id == customer_id and comparison is not None:
                self._pane.merging.show_comparison(comparison)
                self._pane.open_merging()
                self._pane.merging.start()

        self._background.store.do(
            lambda: merges.compare(CustomerId(customer_id), CustomerId(other)), compared, self._failed
        )

    def _merge(self, comparison: Comparison) -> None:
        merges = self._rooms.merges

        def kept(_: object) -> None:
            stays = comparison.stays.customer
            self._leave()
            self._pane.show_duplicates(())
            self.told.emit(
                self.tr("{gone} goes into {stays}. It is done as soon as the server has it.").format(
                    gone=comparison.goes.customer.name, stays=stays.name
                )
            )
            self.saved.emit()
            self.done.emit()

        self._background.store.do(
            lambda: merges.merge(comparison), kept, lambda error: self._pane.merging.show_failure(explain(error))
        )

    def _tell_apart(self, other: str) -> None:
        customer_id, merges = self._pane.customer_id, self._rooms.merges
        self._background.store.do(
            lambda: merges.tell_apart(CustomerId(customer_id), CustomerId(other)), self._is_kept, self._failed
        )

    def _undo(self, merge: CustomerMerge) -> None:
        merges = self._rooms.merges
        self._background.store.do(lambda: merges.undo(merge), self._is_kept, self._failed)

    def _is_kept(self, _: object) -> None:
        self.saved.emit()
        self.done.emit()

    def _leave(self, _customer_id: str = "") -> None:
        self._pane.close_merging()

    def _look_for_typed(self) -> None:
        stranger, duplicates = self._pane.stranger, self._rooms.duplicates
        name, company, number = stranger.name.text().strip(), stranger.company.text().strip(), stranger.number
        if not name:
            stranger.show_alike(())
            return

        def found(alike: tuple[Duplicate, ...]) -> None:
            if stranger.name.text().strip() == name and stranger.isVisible():
                stranger.show_alike(alike)

        self._background.library.do(
            lambda: duplicates.like(typed(name, company, number)), found, self._failed, replaces="alike"
        )

    def _attach(self, customer_id: str) -> None:
        item = self._items.current
        if item is not None:
            self._customers.attach(item, customer_id)

    def _failed(self, error: Exception) -> None:
        self.told.emit(explain(error))
