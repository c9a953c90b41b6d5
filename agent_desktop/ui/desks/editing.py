"""Changing a customer: every word on the disk within 800 ms, sent with one key, what was begun found again."""

from PySide6.QtCore import QObject, Signal

from agent_desktop.customers.edits import CustomerDraft, NotComplete
from agent_desktop.ui.background import Background
from agent_desktop.ui.customer.pane import CustomerPane
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.unsaved import Unsaved


class Editing(QObject):
    """The form stands in the pane of the customer whom it changes, and goes with them."""

    told = Signal(str)
    saved = Signal()
    done = Signal()
    """The customer on the screen has changed here."""

    def __init__(self, rooms: Rooms, background: Background, pane: CustomerPane, parent: QObject) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._background = background
        self._pane = pane
        self._editor = pane.editor
        self._unsaved: Unsaved[CustomerDraft] = Unsaved(self)
        self._unsaved.due.connect(self._save)
        self._is_asked_for = False
        pane.edit_wanted.connect(self.start)
        pane.customer_changed.connect(self._turn_to)
        self._editor.draft_changed.connect(self._unsaved.keep)
        self._editor.submit_wanted.connect(self._submit)
        self._editor.discard_wanted.connect(self._discard)
        self._editor.left.connect(self._leave)

    def start(self) -> None:
        """The form for whoever is on the screen, with what was begun before."""
        customer_id = self._pane.customer_id
        if self._editor.is_open:
            self._editor.start()
        elif customer_id:
            self._is_asked_for = True
            self._read(customer_id)

    def show_taken_up(self, draft: CustomerDraft) -> None:
        """A refused change, to be mended; its customer has been brought onto the screen, or is about to be."""
        if self._pane.customer_id == draft.customer_id:
            self._show(draft)
            self._editor.start()

    def forget(self, customers: frozenset[str]) -> None:
        """They were erased: a form that is open about one of them goes, and nothing of it is saved."""
        for customer_id in customers:
            unsaved = self._unsaved.typed
            if self._editor.customer_id == customer_id or (unsaved and unsaved.customer_id == customer_id):
                self._discard(customer_id)

    def save_now(self) -> None:
        self._unsaved.save_now()

    def _save(self, draft: CustomerDraft) -> None:
        self._background.store.do(lambda: self._rooms.edits.save(draft), self._kept, self._not_kept)

    def _turn_to(self, customer_id: str) -> None:
        """Somebody else is on the screen: what was written for the one before is saved, and theirs is looked for."""
        self.save_now()
        self._is_asked_for = False
        self._pane.close_editor()
        if customer_id:
            edits = self._rooms.edits
            self._background.store.do(lambda: edits.kept(customer_id), self._found, self._failed)

    def _read(self, customer_id: str) -> None:
        edits = self._rooms.edits
        self._background.store.do(lambda: edits.begin(customer_id), self._begun, self._failed)

    def _found(self, draft: CustomerDraft | None) -> None:
        """What was begun before stands there again; the keyboard stays where it is."""
        if draft is not None and not self._editor.is_open:
            self._show(draft)

    def _begun(self, draft: CustomerDraft | None) -> None:
        if draft is None or not self._is_asked_for:
            return
        self._is_asked_for = False
        self._show(draft)
        if self._editor.is_open:
            self._editor.start()

    def _show(self, draft: CustomerDraft) -> None:
        if self._pane.customer_id == draft.customer_id:
            self._editor.show_draft(draft)
            self._pane.open_editor()

    def _kept(self, draft: CustomerDraft) -> None:
        if draft.saved_at is not None and draft.customer_id == self._editor.customer_id:
            self._editor.show_saved(draft.saved_at)

    def _not_kept(self, error: Exception) -> None:
        """The text stays on the screen and is tried again."""
        self._editor.show_failure(explain(error))
        if (draft := self._editor.draft) is not None and not draft.is_empty:
            self._unsaved.keep(draft)

    def _submit(self, draft: CustomerDraft) -> None:
        self.save_now()
        edits = self._rooms.edits
        self._background.store.do(lambda: edits.submit(draft), lambda _: self._is_sent(draft), self._not_sent)

    def _is_sent(self, draft: CustomerDraft) -> None:
        if self._editor.customer_id == draft.customer_id:
            self._unsaved.forget()
            self._pane.close_editor()
        self.done.emit()
        self.saved.emit()

    def _not_sent(self, error: Exception) -> None:
        if isinstance(error, NotComplete):
            self._editor.show_faults(error.faults)
        else:
            self._editor.show_failure(explain(error))

    def _discard(self, customer_id: str) -> None:
        self._unsaved.forget()
        self._pane.close_editor()
        self._background.store.do(lambda: self._rooms.edits.drop(customer_id), failed=self._failed)

    def _leave(self) -> None:
        """What was written is kept: it is there again with the key that opens the form."""
        self.save_now()
        self._pane.close_editor()

    def _failed(self, error: Exception) -> None:
        self.told.emit(explain(error))
