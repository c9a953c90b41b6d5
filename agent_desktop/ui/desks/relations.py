"""Relations of the customer on the screen: read behind the pop, written, changed, taken away and brought back."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from agent_desktop.customers.relations import Related, RelationDraft, Relations
from agent_desktop.sync.events import ScopeChanged
from agent_desktop.ui.background import Background
from agent_desktop.ui.customer.pane import CustomerPane
from agent_desktop.ui.desks.looking_up import found_customer
from agent_desktop.ui.messages.trouble import explain, explain_rejection
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.unsaved import Unsaved
from agent_desktop.ui.widgets.found_list import Found
from agent_model.customer import CustomerId
from agent_model.customer_relation import CustomerRelation

AFTER_THE_POP_MS = 60
"""The pop is painted by then."""
CONCERNS = frozenset({"customer_relation", "customer", "ticket"})


class RelationDesk(QObject):
    told = Signal(str)
    saved = Signal()
    customer_wanted = Signal(str)
    ticket_wanted = Signal(str)

    def __init__(self, rooms: Rooms, background: Background, pane: CustomerPane, parent: QObject) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._background = background
        self._pane = pane
        self._card, self._form = pane.relations, pane.relations.form
        self._writes_about = ""
        self._removed: CustomerRelation | None = None
        self._sought = ""
        self._after_the_pop = QTimer(self)
        self._after_the_pop.setSingleShot(True)
        self._after_the_pop.setInterval(AFTER_THE_POP_MS)
        self._after_the_pop.timeout.connect(self.read)
        self._unsaved = Unsaved[tuple[CustomerId, RelationDraft]](self)
        self._unsaved.due.connect(self._save)
        pane.customer_changed.connect(self._turn_to)
        pane.customer_shown.connect(lambda _: self._after_the_pop.start())
        pane.related.ticket_wanted.connect(self.ticket_wanted)
        card, form = self._card, self._form
        card.customer_wanted.connect(self.customer_wanted)
        card.add_wanted.connect(self._begin)
        card.change_wanted.connect(self._begin_change)
        card.remove_wanted.connect(self._remove)
        card.undo_wanted.connect(self._bring_back)
        form.search_wanted.connect(self._search)
        form.typed.connect(self._type)
        form.kept.connect(self._keep)
        form.left.connect(self._give_up)

    def rows_came(self, change: ScopeChanged) -> None:
        if self._pane.customer_id and (not change.entities or change.entities & CONCERNS):
            self._after_the_pop.start()

    def read(self) -> None:
        customer_id, relations = self._pane.customer_id, self._rooms.relations
        if not customer_id:
            return
        who = CustomerId(customer_id)
        self._background.store.do(
            lambda: (relations.of(who), relations.begun(who)),
            lambda found: self._show(customer_id, *found),
            self._failed,
            replaces="relations",
        )

    def save_now(self) -> None:
        """What is being written is on the disk when the store has come to it."""
        self._unsaved.save_now()

    def _turn_to(self, customer_id: str) -> None:
        """What was begun stays with whom it is about."""
        self.save_now()
        self._writes_about = ""
        self._removed = None
        self._form.put_away()
        self._card.show_removed("")
        self._card.show_relations(Relations())
        self._pane.show_related(None)

    def _show(self, customer_id: str, relations: Relations, begun: RelationDraft | None) -> None:
        if self._pane.customer_id != customer_id:
            return
        self._card.show_relations(relations, self._rooms.clock())
        self._pane.show_related(relations.trouble)
        if begun is not None and not self._writes_about:
            self._write(begun)

    # ---- writing ------------------------------------------------------------------------------------------

    def _type(self) -> None:
        if self._writes_about:
            self._unsaved.keep((CustomerId(self._writes_about), self._form.draft))

    def _save(self, typed: tuple[CustomerId, RelationDraft]) -> None:
        relations = self._rooms.relations
        self._background.store.do(lambda: relations.keep(*typed), failed=self._failed)

    def _begin(self) -> None:
        if not self._writes_about:
            self._write(RelationDraft())
        self._pane.bring_into_sight(self._form)
        self._form.start()

    def _begin_change(self, seen: Related) -> None:
        name = "" if seen.other is None else seen.other.name
        relation = seen.relation
        other = relation.other_than(CustomerId(self._pane.customer_id))
        self._write(RelationDraft(other, name, seen.side, relation.note, relation.id))
        self._pane.bring_into_sight(self._form)
        self._form.start()

    def _write(self, draft: RelationDraft) -> None:
        self._writes_about = self._pane.customer_id
        self._form.show_draft(draft)

    def _give_up(self) -> None:
        self._unsaved.forget()
        self._drop(self._writes_about)
        self._writes_about = ""
        self._form.put_away()
        self._card.add.setFocus()

    def _drop(self, customer_id: str) -> None:
        relations = self._rooms.relations
        if customer_id:
            drop: Callable[[], None] = lambda: relations.keep(CustomerId(customer_id), RelationDraft())  # noqa: E731
            self._background.store.do(drop, failed=self._failed)

    def _keep(self) -> None:
        draft, mine, relations = self._form.draft, CustomerId(self._writes_about), self._rooms.relations
        other = CustomerId(draft.other_id)
        if not other:
            self._form.show_why(self.tr("Choose the other customer from what the search finds."))
            return
        if other == mine:
            self._form.show_why(explain_rejection("same_customer"))
            return

        self._unsaved.forget()  # or what is saved would be kept as begun once more

        def keep() -> bool:
            if relations.is_said(mine, other, draft.side, draft.relation_id):
                return False
            seen = next((one for one in relations.of(mine).related if one.relation.id == draft.relation_id), None)
            if seen is None:
                relations.add(mine, other, draft.side, draft.note)
            else:
                relations.change(mine, seen, draft.side, draft.note)
            relations.keep(mine, RelationDraft())
            return True

        def kept(is_new: bool) -> None:
            if is_new:
                self._kept(mine)
            else:
                refused(explain_rejection("already_related"))

        def refused(why: str) -> None:
            self._form.show_why(why)
            self._type()
            self.save_now()

        self._background.store.do(keep, kept, lambda error: refused(explain(error)))

    def _kept(self, customer_id: str) -> None:
        self._unsaved.forget()
        if self._writes_about == customer_id:
            self._writes_about = ""
            self._form.put_away()
            self._card.add.setFocus()
        self._changed()

    def _remove(self, seen: Related) -> None:
        relations, name = self._rooms.relations, "" if seen.other is None else seen.other.name

        def removed(_: object) -> None:
            self._removed = seen.relation
            self._card.show_removed(name)
            self._changed()

        self._background.store.do(lambda: relations.remove(seen.relation), removed, self._failed)

    def _bring_back(self) -> None:
        relation, relations = self._removed, self._rooms.relations
        if relation is None:
            return

        def back(_: object) -> None:
            self._removed = None
            self._card.show_removed("")
            self._changed()

        self._background.store.do(lambda: relations.bring_back(relation), back, self._failed)

    def _changed(self) -> None:
        self.saved.emit()
        self.read()

    # ---- searching ----------------------------------------------------------------------------------------

    def _search(self, text: str) -> None:
        self._sought = text
        finder = self._rooms.finder

        def look() -> tuple[Found, ...]:
            return tuple(map(found_customer, finder.find(text, is_wanted=lambda: text == self._sought)))

        self._background.search.do(look, lambda found: self._form.show_found(text, found), self._failed, "relate")

    def _failed(self, error: Exception) -> None:
        self.told.emit(explain(error))
