"""Many tickets changed from the list, each by a command of its own; told in one sentence how many were taken."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from agent_desktop.lists import ListedTicket, NounList
from agent_desktop.tickets.bulk import BulkChange, BulkDone, BulkField, BulkWish, Left, TooManyError
from agent_desktop.ui.background import Background
from agent_desktop.ui.customer.words import priority_word, status_word
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.lists.bulk_panel import BulkPanel
from agent_desktop.ui.lists.kinds import by_name
from agent_desktop.ui.lists.page import ListPage
from agent_desktop.ui.messages.trouble import explain, explain_rejection
from agent_model.ticket import Priority, TicketId, TicketStatus


class BulkDesk(QObject):
    """`saved` when commands wait to be sent."""

    saved = Signal()

    def __init__(
        self,
        background: Background,
        nouns: NounList[ListedTicket],
        bulk: BulkChange,
        names: Callable[[], Directory],
        page: ListPage,
    ) -> None:
        super().__init__(page)
        self._background, self._nouns, self._bulk, self._names, self._page = background, nouns, bulk, names, page
        self._ids: tuple[TicketId, ...] = ()
        self._done: BulkDone | None = None
        self.panel = BulkPanel(page.look)
        self.panel.hide()
        page.put_panel(self.panel)
        self.panel.field_turned.connect(self._turn)
        self.panel.change_wanted.connect(self._change)
        self.panel.undo_wanted.connect(self._undo)
        self.panel.closed.connect(self._close)

    def open(self, places: Sequence[int]) -> None:
        """For the tickets that stand there."""

        def ids() -> tuple[TicketId, ...]:
            most = self._bulk.most
            if len(places) > most:
                raise TooManyError(most)
            return tuple(listed.ticket.id for listed in self._nouns.items(places).values())

        self._background.library.do(ids, self._show, self._failed)

    def sent_some(self) -> None:
        """The server may have answered."""
        done = self._done
        if done is not None and self.panel.isVisible():
            self._background.store.do(
                lambda: self._bulk.refused(done), lambda told: self._tell(done, *told), self._failed
            )  # fmt: skip

    def _show(self, ids: tuple[TicketId, ...]) -> None:
        if ids:
            self._ids, self._done = ids, None
            self.panel.show()
            self.panel.show_wish(len(ids))
            self._turn(self.panel.field.value)

    def _turn(self, field: str) -> None:
        names = self._names()
        match BulkField(field):
            case BulkField.STATUS:
                self.panel.offer_values([(status.value, status_word(status)[0]) for status in TicketStatus])
            case BulkField.PRIORITY:
                self.panel.offer_values([(one.value, priority_word(one)) for one in Priority])
            case BulkField.OWNER:
                self.panel.offer_values(by_name(names.people))
            case BulkField.QUEUE:
                self.panel.offer_values(by_name(names.queues))

    def _change(self, field: str, value: str, reason: str) -> None:
        wish, ids = BulkWish(BulkField(field), value, reason), self._ids
        self._background.store.do(lambda: self._bulk.change(ids, wish), self._changed, self._failed)

    def _changed(self, done: BulkDone) -> None:
        self._done = done
        self._tell(done, 0, {})
        if done.op_ids:
            self.saved.emit()

    def _tell(self, done: BulkDone, answered: int, refused: dict[str, int]) -> None:
        """What is known of it by now, in whole sentences."""
        turned_down = sum(refused.values())
        said = [self.tr("{count} changed.").format(count=len(done.op_ids) - turned_down)]
        if done.left:
            reasons = ", ".join(f"{self._left_word(why)} {count}" for why, count in done.left.items())
            said.append(
                self.tr("{count} stay as they are: {reasons}.").format(count=sum(done.left.values()), reasons=reasons)
            )
        if turned_down:
            said.append(self.tr("{count} were refused and wait under “Needs attention”:").format(count=turned_down))
            said += [self._refusal_words(word) for word in refused]
        unsent = len(done.op_ids) - answered
        if unsent:
            said.append(self.tr("{count} wait to be sent.").format(count=unsent))
        tone = "warn" if turned_down or done.left else "ok"
        self.panel.show_outcome(" ".join(said), tone, can_undo=unsent > 0)

    def _refusal_words(self, word: str) -> str:
        if word == "conflict":
            return self.tr("Somebody else changed the same.")
        return explain_rejection(word)

    def _left_word(self, why: Left) -> str:
        match why:
            case Left.SAME:
                return self.tr("so already")
            case Left.NO_MOVE:
                return self.tr("no such move")
            case Left.NEEDS_REASON:
                return self.tr("wants a reason")
            case Left.CLOSED:
                return self.tr("closed")
            case Left.GONE:
                return self.tr("no longer here")

    def _undo(self) -> None:
        done = self._done
        if done is None:
            return

        def taken(count: int) -> None:
            rest = len(done.op_ids) - count
            words = self.tr("{count} taken back.").format(count=count)
            if rest:
                words += " " + self.tr("{count} were on their way already and stay.").format(count=rest)
            self._done = None
            self.panel.show_outcome(words, "ok" if not rest else "warn", can_undo=False)
            self.saved.emit()

        self._background.store.do(lambda: self._bulk.take_back(done), taken, self._failed)

    def _close(self) -> None:
        self.panel.hide()
        self._page.table.setFocus()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, TooManyError):
            words = self.tr("Your site allows {most} tickets to be changed at once. Choose fewer.")
            words = words.format(most=error.most)
        else:
            words = explain(error)
        self.panel.show()
        self.panel.show_outcome(words, "bad", can_undo=False)
