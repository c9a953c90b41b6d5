"""Recorded calls in the hands of who leads: looked for at the server, listened to one at a time."""

from collections.abc import Collection

from PySide6.QtCore import QObject, Signal

from agent_desktop.ui.desks.listening import ListeningDesk
from agent_desktop.ui.desks.marking import MarkingDesk
from agent_desktop.ui.desks.page import Ground, PageDesk
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.supervisor.recordings_page import RecordingsPage
from agent_desktop.ui.window.rail import Page
from agent_model.customer import Contact, ContactKind, CustomerId
from agent_model.recorded_call import RecordedCall, RecordedCalls, Sought


class RecordedCallsDesk(PageDesk[RecordingsPage]):
    customer_wanted = Signal(str)

    def __init__(self, ground: Ground, listening: ListeningDesk, marking: MarkingDesk, parent: QObject) -> None:
        super().__init__(Page.RECORDINGS, ground, parent, is_offered=ground.rooms.listening.lists_calls)
        self._listening = listening
        self._marking = marking

    def _wire(self, page: RecordingsPage) -> None:
        self._marking.wire(page)
        page.sought.connect(self._look)
        page.chosen.connect(self._choose)
        page.customer_wanted.connect(self.customer_wanted)

    def _entered(self) -> None:
        names = self._names()
        people = tuple(sorted(names.people.items(), key=lambda one: one[1].casefold()))
        self._page.show_names(names, people, self._rooms.clock())
        self._page.list.setFocus()
        self._look(self._page.wanted)

    def _left(self) -> None:
        if self._is_wired:
            self._marking.save_now()
            self._listening.leave(self._page.player)

    def forget(self, customers: Collection[str]) -> None:
        """Calls of erased people are not listed any more, and nothing is heard of them."""
        if self._is_wired:
            self._page.forget(customers)

    def _look(self, sought: Sought) -> None:
        page, listening = self._page, self._rooms.listening
        if not sought.before:
            page.show_looking()

        def shown(found: RecordedCalls) -> None:
            (page.add_calls if sought.before else page.show_calls)(found)

        self._background.network.do(lambda: listening.found(sought), shown, self._not_found, replaces="recorded calls")

    def _not_found(self, error: Exception) -> None:
        self._page.say(explain(error))

    def _choose(self, call: RecordedCall | None) -> None:
        self._marking.show(call.contact if call is not None else "")
        if call is None:
            self._listening.leave(self._page.player)
            return
        kind, customer = ContactKind(call.kind), CustomerId(call.customer)
        self._listening.offer(
            self._page.player, Contact(call.contact, customer, kind, call.at, "", agent=call.agent or None)
        )
