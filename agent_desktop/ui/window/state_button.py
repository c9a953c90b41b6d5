"""The agent's state: what it is, since when or for how long, and the menu to change it.

Values: `show_seat(seat, now)`, `offer_breaks(reasons)`, `tick(now)`. Keys of the window go through its menu.
Wishes: `ready_wanted`, `break_wanted(reason id)`, `line_left`, `work_wanted`, `sign_off_wanted`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from agent_desktop.session import READING, Seat
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import set_property
from agent_model import break_reason
from agent_model.abusive_call import COOL_DOWN
from agent_model.agent import AgentState
from agent_model.break_reason import NO_ANSWER
from agent_model.care_policy import CarePolicy


@dataclass(frozen=True, slots=True)
class BreakReason:
    """A break an agent may take, or one that only a rule sends into. `limit_s` None: as long as it needs."""

    id: str
    name: str
    limit_s: int | None = None
    is_offered: bool = True


def shown_breaks(
    reasons: Iterable[break_reason.BreakReason], care: CarePolicy, language: str
) -> tuple[BreakReason, ...]:
    """The reasons of the company, and those that only rules send into."""
    own = (
        BreakReason(one.id, one.name.in_language(language), one.minutes and one.minutes * 60, is_offered=one.is_on)
        for one in reasons
    )
    reading = QCoreApplication.translate("StateButton", "Reads announcement")
    abused = QCoreApplication.translate("StateButton", "After an abusive call")
    unanswered = QCoreApplication.translate("StateButton", "Did not answer")
    return (
        *own,
        BreakReason(READING, reading, is_offered=False),
        BreakReason(NO_ANSWER, unanswered, is_offered=False),
        BreakReason(COOL_DOWN, abused, care.cool_down_min * 60, is_offered=False),
    )


_FACES: dict[AgentState, tuple[str, str, str]] = {
    AgentState.READY: ("check-circle", "ok", "ok_dot"),
    AgentState.ON_CALL: ("phone-call", "accent", "accent"),
    AgentState.AFTER_CALL_WORK: ("timer", "warn", "warn_dot"),
    AgentState.BREAK: ("break", "neutral", "muted"),
    AgentState.OFFLINE: ("sign-off", "neutral", "muted"),
}
_INK = {"ok": "ok", "accent": "accent_text", "warn": "warn", "neutral": "sec"}


def dot_of(state: AgentState) -> str:
    """The colour token of a state's mark."""
    return _FACES[state][2]


class _Menu(QMenu):
    """Qt keeps keys from the window while a menu is open: those that do something there close this one, and do it."""

    def __init__(self, button: Button) -> None:
        super().__init__(button)
        self.let_through: Sequence[QShortcut] = ()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = QKeySequence(event.keyCombination())
        meant = next((one for one in self.let_through if one.key() == keys), None)
        if meant is None or event.isAutoRepeat():
            super().keyPressEvent(event)
        else:
            self.close()
            QTimer.singleShot(0, meant.activated.emit)


class StateButton(Button):
    ready_wanted = Signal()
    break_wanted = Signal(str)
    line_left = Signal()
    """The break is not waited for any longer."""
    work_wanted = Signal()
    """After-call work, after the call that goes on or now."""
    sign_off_wanted = Signal()

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__(look, " ", kind="state", name="")
        self._formats = formats
        self._seat: Seat | None = None
        self._breaks: tuple[BreakReason, ...] = ()
        self._menu = _Menu(self)
        self._ready = QAction(self.tr("Ready"), self)
        self._ready.triggered.connect(self.ready_wanted)
        self._work = QAction(self.tr("After-call work"), self)
        self._work.triggered.connect(self.work_wanted)
        self._leave = QAction(self.tr("Wait no longer for a break"), self)
        self._leave.triggered.connect(self.line_left)
        self._leave.setVisible(False)
        self._sign_off = QAction(self.tr("Sign off"), self)
        self._sign_off.triggered.connect(self.sign_off_wanted)
        self._fill_menu()
        self.setMenu(self._menu)

    @property
    def seat(self) -> Seat | None:
        """Whose state is shown, None before the first."""
        return self._seat

    @property
    def breaks(self) -> tuple[BreakReason, ...]:
        return self._breaks

    def offer_breaks(self, reasons: tuple[BreakReason, ...]) -> None:
        if reasons != self._breaks:
            self._breaks = reasons
            self._fill_menu()

    def offer_leaving(self, *, is_waiting: bool) -> None:
        """Whether a break is waited for, which one may give up."""
        self._leave.setVisible(is_waiting)

    def show_seat(self, seat: Seat, now: datetime) -> None:
        self._seat = seat
        self.tick(now)

    def tick(self, now: datetime) -> None:
        seat = self._seat
        if seat is None:
            return
        icon, tone, _ = _FACES[seat.entry.state]
        if self._is_over_limit(seat, now):
            tone = "warn"
        self.setText(f"{self._words_for(seat, now)}  ▾")
        self.setAccessibleName(self.tr("State: {state}").format(state=self._word(seat)))
        if self.property("tone") != tone or self._icon != icon:
            self._icon = icon
            set_property(self, "tone", tone)
            self._look.dress(self, icon, _INK[tone])

    def open_menu(self) -> None:
        self.showMenu()

    def let_through(self, shortcuts: Sequence[QShortcut]) -> None:
        """Those of the window: an open menu is in the way of none."""
        self._menu.let_through = shortcuts

    def _fill_menu(self) -> None:
        self._menu.clear()
        self._menu.addAction(self._ready)
        self._menu.addAction(self._work)
        self._menu.addSeparator()
        for reason in filter(lambda one: one.is_offered, self._breaks):
            action = self._menu.addAction(self._break_text(reason))
            action.triggered.connect(lambda _=False, id_=reason.id: self.break_wanted.emit(id_))
        self._menu.addAction(self._leave)
        if self._breaks:
            self._menu.addSeparator()
        self._menu.addAction(self._sign_off)

    def _break_text(self, reason: BreakReason) -> str:
        if reason.limit_s is None:
            return self.tr("Break: {reason}").format(reason=reason.name)
        return self.tr("Break: {reason}, {minutes} min").format(reason=reason.name, minutes=reason.limit_s // 60)

    def _words_for(self, seat: Seat, now: datetime) -> str:
        entry = seat.entry
        if entry.state is AgentState.ON_CALL:
            return self._on_call(seat)
        if entry.state is AgentState.AFTER_CALL_WORK and entry.until is not None:
            return f"{self._word(seat)}  {self._formats.duration(round((entry.until - now).total_seconds()))}"
        if entry.state is AgentState.OFFLINE:
            return self._word(seat)
        return f"{self._word(seat)}  {self._formats.duration((now - entry.since).total_seconds())}"

    def _on_call(self, seat: Seat) -> str:
        match seat.wanted:
            case AgentState.BREAK:
                return self.tr("On call · then break")
            case AgentState.AFTER_CALL_WORK:
                return self.tr("On call · then after-call work")
            case AgentState.OFFLINE:
                return self.tr("On call · then sign off")
            case AgentState.READY:
                return self.tr("On call · then ready")
            case _:
                return self.tr("On call")

    def _word(self, seat: Seat) -> str:
        entry = seat.entry
        match entry.state:
            case AgentState.READY:
                return self.tr("Ready")
            case AgentState.ON_CALL:
                return self.tr("On call")
            case AgentState.AFTER_CALL_WORK:
                return self.tr("After-call work")
            case AgentState.BREAK:
                return next((r.name for r in self._breaks if r.id == entry.reason), self.tr("Break"))
            case AgentState.OFFLINE:
                return self.tr("Offline")

    def _is_over_limit(self, seat: Seat, now: datetime) -> bool:
        entry = seat.entry
        if entry.state is not AgentState.BREAK:
            return False
        limit = next((r.limit_s for r in self._breaks if r.id == entry.reason), None)
        return limit is not None and (now - entry.since).total_seconds() > limit
