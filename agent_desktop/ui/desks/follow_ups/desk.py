"""Callbacks and return visits at work: what is due, the one in the band, reminders, and those a caller clears."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Signal

from agent_desktop.customers import masking
from agent_desktop.customers.when_words import read_when
from agent_desktop.softphone.call import Direction, EndReason
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.background import Background
from agent_desktop.ui.desks.follow_ups.reminding import Reminding
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.follow_ups.card import Face
from agent_desktop.ui.follow_ups.words import (
    ICONS,
    attempt_lines,
    consent_hint,
    due,
    due_shortly,
    hours_hint,
    kind_word,
    theirs,
)
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.open_items import Item
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.window.left_list import DueLine
from agent_desktop.ui.window.main_window import MainWindow
from agent_model.customer import Customer, CustomerId
from agent_model.follow_up import AttemptResult, FollowUp, FollowUpKind
from agent_model.follow_up_plan import FollowUpPlan
from agent_model.phone_number import PhoneNumber, masked

translate = QCoreApplication.translate

SHOWN: Final = 4
"""In the left list."""
ENDS: Final = {
    EndReason.BUSY: AttemptResult.BUSY,
    EndReason.NOT_FOUND: AttemptResult.WRONG_NUMBER,
}


@dataclass(frozen=True, slots=True)
class Known:
    """A follow-up with whom it is for, as far as that is here."""

    follow_up: FollowUp
    customer: Customer | None

    @property
    def name(self) -> str:
        if self.customer is not None:
            return self.customer.name
        number = self.follow_up.caller_number or ""
        return masked(PhoneNumber(number)) if number.startswith("+") else number

    @property
    def number(self) -> str:
        """What is dialled; empty where there is none, or only the server has it."""
        if self.customer is None:
            number = self.follow_up.caller_number or ""
            return number if number[1:].isdigit() else ""
        phones, at = self.customer.phones, self.follow_up.position
        return phones[at] if at < len(phones) else next(iter(phones), "")


class FollowUpDesk(QObject):
    """`customer_wanted(id)`, `dial_wanted(number)`: what taking one up and calling come to."""

    told = Signal(str)
    saved = Signal()
    customer_wanted = Signal(str)
    dial_wanted = Signal(str)

    def __init__(
        self,
        rooms: Rooms,
        background: Background,
        window: MainWindow,
        reminding: Reminding,
        formats: Formats,
        names: Callable[[], Directory],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._background = background
        self._window = window
        self._reminding = reminding
        self._formats = formats
        self._names = names
        self._due: tuple[Known, ...] = ()
        self._shown: Known | None = None
        self._suggested: AttemptResult | None = None
        self._call_ref: str | None = None
        self._dialled = self._call_key = ""
        self._is_connected = False
        window.left.due_chosen.connect(self.open)

    # ---- what is due ------------------------------------------------------------------------------------

    def read(self) -> None:
        """What is due, and the one in the band: rows came, or something was kept."""
        self._background.store.do(self._read_due, self._show_due, self._failed, replaces="follow_ups_due")
        if self._shown is not None and self._window.follow_ups.shows_card:
            self._read_card(self._shown.follow_up.id, self._show_card)

    def tick(self, now: datetime) -> None:
        self._show_times(now)
        self._reminding.tick(tuple((one.follow_up, one.name) for one in self._due), now)

    def _read_due(self) -> tuple[Known, ...]:
        return tuple(map(self._known, self._rooms.follow_ups.due()))

    def _known(self, follow_up: FollowUp) -> Known:
        id_ = follow_up.customer_id
        return Known(follow_up, None if id_ is None else self._rooms.book.customer(CustomerId(id_)))

    def _show_due(self, found: tuple[Known, ...]) -> None:
        self._due = found
        self._show_times(self._rooms.clock())

    def _show_times(self, now: datetime) -> None:
        self._window.left.show_due(due_lines(self._due, now, self._formats), len(self._due))
        self._window.rail.show_overdue(sum(1 for one in self._due if one.follow_up.wanted_at <= now))

    # ---- the card ---------------------------------------------------------------------------------------

    def open(self, id_: str) -> None:
        """Its card, and whom it is for."""
        self._read_card(id_, self._opened)

    def _read_card(self, id_: str, show: Callable[[Known | None], None]) -> None:
        def read() -> Known | None:
            follow_up = self._rooms.follow_ups.of(id_)
            return None if follow_up is None else self._known(follow_up)

        self._background.store.do(read, show, self._failed)

    def _opened(self, found: Known | None) -> None:
        if found is None:
            self.told.emit(self.tr("This is not here any more, or you may no longer see it."))
            return
        if self._shown is None or self._shown.follow_up.id != found.follow_up.id:
            self._suggested = self._call_ref = None
        if found.customer is not None:
            self.customer_wanted.emit(found.customer.id)
        self._show_card(found)
        self._window.follow_ups.card.start()

    def _show_card(self, found: Known | None) -> None:
        self._shown = found
        if found is None:
            self._window.follow_ups.put_away()
            return
        self._connect()
        self._window.follow_ups.show_card(self._face(found))

    def _connect(self) -> None:
        """The band is made when it is first needed."""
        if self._is_connected:
            return
        self._is_connected = True
        card = self._window.follow_ups.card
        card.call_wanted.connect(self._call)
        card.take_wanted.connect(lambda: self._change(self._rooms.follow_ups.take))
        card.put_off_wanted.connect(self._put_off)
        card.cancel_wanted.connect(self._cancel)
        card.result_given.connect(self._result)
        card.left.connect(self._leave)

    def _face(self, known: Known) -> Face:
        plan, rooms = self._rooms.follow_ups.plan_of(known.follow_up.kind), self._rooms
        face = face_of(known, rooms.clock(), plan, rooms.agent.id, self._names(), self._formats)
        return replace(face, suggested=self._suggested)

    def _leave(self) -> None:
        self._window.follow_ups.put_away()
        self._shown = None
        self._window.left.view.setFocus()

    # ---- what is done with it ---------------------------------------------------------------------------

    def _call(self) -> None:
        """Whoever calls has taken it."""
        shown = self._shown
        if shown is None or not shown.number:
            return
        if shown.follow_up.owner is None:
            self._change(self._rooms.follow_ups.take)
        self._dialled, self._call_key = shown.follow_up.id, ""
        self.dial_wanted.emit(shown.number)

    def call_began(self, item: Item) -> None:
        """A call is up or on its way out; the first one out after dialling is the one about it."""
        if item.call is not None and item.call.direction is Direction.OUTGOING and self._dialled and not self._call_key:
            self._call_key = item.key

    def call_over(self, item: Item) -> None:
        """What came of it is asked for at once, with what the phone thinks."""
        if not self._call_key or item.key != self._call_key or item.call is None:
            return
        id_, self._dialled, self._call_key = self._dialled, "", ""
        self._call_ref = item.call_ref
        reason = item.call.end.reason if item.call.end is not None else EndReason.NO_ANSWER
        was_answered = item.call.answered_at is not None
        self._suggested = AttemptResult.REACHED if was_answered else ENDS.get(reason, AttemptResult.NO_ANSWER)
        self._read_card(id_, self._show_card)

    def _result(self, result: AttemptResult, satisfaction: int | None, words: str) -> None:
        later_at = self._read_when(words) if result is AttemptResult.LATER else None
        if result is AttemptResult.LATER and later_at is None:
            return
        call_ref, room = self._call_ref, self._rooms.follow_ups
        self._change(
            lambda one: room.tried(one, result, call_ref, satisfaction=satisfaction, later_at=later_at), self._tried
        )

    def _tried(self) -> None:
        self._suggested = self._call_ref = None

    def _put_off(self, words: str) -> None:
        until = self._read_when(words)
        if until is not None:
            self._change(lambda one: self._rooms.follow_ups.put_off(one, until))

    def _cancel(self, reason: str) -> None:
        self._change(lambda one: self._rooms.follow_ups.cancel(one, reason))

    def _read_when(self, words: str) -> datetime | None:
        now = self._rooms.clock()
        found = read_when(words, now, self._formats.zone)
        if found is None:
            self.told.emit(
                self.tr("“{words}” is no time to come. Write in 1 h, or tomorrow 10:00.").format(words=words)
            )
        return found

    def _change(self, deed: Callable[[FollowUp], object], done: Callable[[], None] | None = None) -> None:
        """Kept on the disk before the card says so."""
        shown = self._shown
        if shown is None:
            return

        def kept(_: object) -> None:
            if done is not None:
                done()
            self._window.follow_ups.card.answered()
            self.read()
            self.saved.emit()

        one = shown.follow_up
        self._background.store.do(lambda: deed(one), kept, self._failed)

    def _failed(self, error: Exception) -> None:
        self.told.emit(explain(error))


def due_lines(due_next: Sequence[Known], now: datetime, formats: Formats) -> tuple[DueLine, ...]:
    """The first few for the left list."""
    return tuple(_due_line(one, now, formats) for one in due_next[:SHOWN])


def _due_line(known: Known, now: datetime, formats: Formats) -> DueLine:
    one, when = known.follow_up, due(known.follow_up, now, formats)
    icon = when.icon if when.token in ("bad", "warn") else ICONS[one.kind]
    short, word = due_shortly(one, now, formats)
    detail = " · ".join(filter(None, (word, kind_word(one.kind), masking.text(one.purpose))))
    return DueLine(one.id, icon, known.name, detail, short, when.token)


def face_of(known: Known, now: datetime, plan: FollowUpPlan, agent: str, names: Directory, formats: Formats) -> Face:
    """As its card shows it to this agent."""
    one, when = known.follow_up, due(known.follow_up, now, formats)
    no_number = translate("follow_ups", "Only the server has this number; look the customer up first.")
    return Face(
        one.id,
        ICONS[one.kind],
        f"{kind_word(one.kind)} · {known.name}",
        " · ".join(filter(None, (when.words, theirs(one.wanted_at, one.zone, now, formats)))),
        when.icon,
        when.token,
        masking.text(one.purpose),
        attempt_lines(one.attempts, now, names, formats),
        " ".join(filter(None, (hours_hint(now, one.zone, plan), consent_hint(known.customer)))) if one.is_open else "",
        one.is_open,
        one.owner == agent,
        one.kind is FollowUpKind.RETURN_VISIT,
        "" if known.number else no_number,
    )
