"""The check of who is calling: asked in the customer's head, kept with the call; what is hidden until then."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from agent_desktop.customers.identity import Caller, CheckState
from agent_desktop.customers.profile import Known
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.background import Background
from agent_desktop.ui.customer.identity_card import CheckShown
from agent_desktop.ui.customer.pane import CustomerPane
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.open_items import Item, OpenItems
from agent_desktop.ui.rooms import Rooms
from agent_model.customer import CustomerId
from agent_model.identity_answer import ProfileFact
from agent_model.identity_check import NOBODY, PIN
from agent_model.identity_rule import Disclosed
from agent_model.phone_number import PhoneNumber


class IdentityDesk(QObject):
    """Of the call of the item on the screen; without one nobody can be asked."""

    told = Signal(str)
    saved = Signal()

    def __init__(
        self,
        rooms: Rooms,
        background: Background,
        items: OpenItems,
        pane: CustomerPane,
        formats: Formats,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._background = background
        self._items = items
        self._pane = pane
        self._formats = formats
        self._unchecked: frozenset[Disclosed] = frozenset()
        self._seen: Caller | None = None
        self._hidden: frozenset[Disclosed] = frozenset()
        pane.customer_shown.connect(lambda _: self.read_again())
        pane.header.check.compared.connect(self._compare)
        pane.header.check.marked.connect(self._mark)

    def open(self) -> None:
        """The card, with the next question."""
        if self._caller() is not None:
            self._pane.header.open_check()
        else:
            self.told.emit(self.tr("There is no caller to be checked. The check is done in a call."))

    def hidden_of(self, customer_id: str) -> frozenset[Disclosed]:
        """What of this customer may not be told now; of somebody else than the checked caller while anybody is on the
        line, what nobody may hear unchecked."""
        if self._seen is not None and self._seen == self._caller() and self._seen.customer == customer_id:
            return self._hidden
        return self._unchecked if any(item.is_in_call for item in self._items) else frozenset()

    def item_changed(self, key: str) -> None:
        """A call began, or came back from the PIN check."""
        item = self._items.current
        if item is not None and item.key == key:
            self.read_again()

    def read_again(self) -> None:
        """How far the check is. While somebody is on the line, nobody else's details are told either."""
        caller, checks = self._caller(), self._rooms.identity
        if caller is None:
            self._pane.header.show_check(None)
            is_overheard = bool(self._pane.customer_id) and any(item.is_in_call for item in self._items)
            self._pane.disclose(self._unchecked if is_overheard else frozenset(), self._when())
            return
        if caller != self._seen:  # nothing is to be seen before it is known what may be
            self._pane.disclose(self._unchecked, self._when())
        pin = self._pin()

        def read() -> CheckState:
            if pin is not None:
                checks.answer(caller, PIN, is_correct=pin)
            return checks.state(caller)

        self._background.store.do(read, lambda state: self._show(caller, state), self._failed)

    def learn(self) -> None:
        """The rule may be another now."""
        checks = self._rooms.identity
        self._background.store.do(checks.hidden_unchecked, self._learned, self._failed)

    def _learned(self, hidden: frozenset[Disclosed]) -> None:
        self._unchecked = hidden
        self.read_again()

    def _when(self) -> str:
        return self.tr("Shown after the identity check")

    def _caller(self) -> Caller | None:
        item = self._items.current
        if item is None or item.call_ref is None or item.customer is None or not self._pane.customer_id:
            return None
        if item.customer.id != self._pane.customer_id:
            return None
        queue = None if item.call is None else item.call.invite.queue
        return Caller(CustomerId(item.customer.id), item.call_ref, _number(item), queue)

    def _pin(self) -> bool | None:
        """What the exchange said of the PIN it asked for, if it did."""
        item = self._items.current
        return None if item is None or item.call is None else item.call.invite.is_verified

    def _show(self, caller: Caller, state: CheckState) -> None:
        if self._caller() != caller:
            return
        self._seen, self._hidden = caller, state.hidden
        level = state.name.in_language(self._formats.language)
        self._pane.header.show_check(self._shown(state))
        words = self.tr("Shown after the identity check (now: {level})").format(level=level)
        self._pane.disclose(state.hidden, words)

    def _shown(self, state: CheckState) -> CheckShown:
        language = self._formats.language
        right = sum(answer.is_right for answer in state.answers)
        so_far = self.tr("Right {right}, wrong {wrong}").format(right=right, wrong=len(state.answers) - right)
        shown = CheckShown(
            level=self.tr("Locked today") if state.is_locked else state.name.in_language(language),
            is_checked=state.level > NOBODY,
            is_bad=state.is_locked or state.is_failed,
            so_far=so_far if state.answers else self.tr("Nothing asked yet"),
        )
        if state.question is not None:
            words = state.question.words.in_language(language)
            return CheckShown(shown.level, shown.is_checked, shown.is_bad, shown.so_far, state.question.about, words)
        if state.is_locked:
            why = self.tr("Too many wrong answers today. Say: {words}").format(words=state.locked.in_language(language))
        elif state.is_failed:
            why = self.tr("Too many wrong answers in this call: tell and do nothing that needs the check.")
        else:
            why = self.tr("Everything that is on file has been asked.")
        return CheckShown(shown.level, shown.is_checked, shown.is_bad, shown.so_far, why=why)

    def _compare(self, question: str, said: str) -> None:
        caller, checks = self._caller(), self._rooms.identity
        if caller is not None:
            about = ProfileFact(question)
            self._keep(caller, about, lambda: checks.compare(caller, about, said))

    def _mark(self, question: str, is_right: bool) -> None:
        caller = self._caller()
        if caller is not None:
            self._keep(caller, ProfileFact(question), lambda: is_right)

    def _keep(self, caller: Caller, about: ProfileFact, judge: Callable[[], bool]) -> None:
        """The answer on file is read only once theirs is on the disk."""
        checks = self._rooms.identity

        def keep() -> tuple[bool, str, CheckState]:
            is_right = judge()
            checks.answer(caller, about, is_correct=is_right)
            return is_right, checks.on_file(caller, about), checks.state(caller)

        self._background.store.do(keep, lambda kept: self._kept(caller, *kept), self._failed)

    def _kept(self, caller: Caller, is_right: bool, on_file: str, state: CheckState) -> None:
        self.saved.emit()
        if self._caller() != caller:
            return
        words = self.tr("Right. On file: {answer}") if is_right else self.tr("Wrong. On file: {answer}")
        self._pane.header.check.show_verdict(words.format(answer=on_file), is_right=is_right)
        self._show(caller, state)

    def _failed(self, error: Exception) -> None:
        self.told.emit(explain(error))


def _number(item: Item) -> PhoneNumber | None:
    recognition = item.recognition
    return recognition.number if isinstance(recognition, Known) else None
