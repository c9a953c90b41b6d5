"""Breaks of this agent: the reasons to pick from, the line for a place, and the end of one that becomes too long."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import QObject

from agent_desktop.sync.live import TurnSeen
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.desks.notice_board import NoticeBoard
from agent_desktop.ui.in_step import InStep
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.window.notices import Weight
from agent_desktop.ui.window.state_button import BreakReason, shown_breaks
from agent_desktop.ui.window.top_bar import TopBar
from agent_model import break_reason
from agent_model.agent import AgentState
from agent_model.break_reason import Away
from agent_model.care_policy import CarePolicy

OVER = (Away.REFUSED, Away.OVER)


class BreaksDesk(QObject):
    """A break with places, or one that a lead agrees to, is asked of the server. Without it nobody can be asked: the
    agent goes, and is told that it counts all the same."""

    def __init__(
        self, rooms: Rooms, top_bar: TopBar, in_step: InStep, notices: NoticeBoard, formats: Formats, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._rooms, self._top_bar, self._in_step = rooms, top_bar, in_step
        self._notices, self._formats = notices, formats
        self._reasons: dict[str, break_reason.BreakReason] = {}
        self.shown: Mapping[str, BreakReason] = {}
        """By id, as they are called here."""
        self._turn: TurnSeen | None = None
        self._is_live = False
        self._told_of: datetime | None = None
        self.offer(break_reason.SHIPPED, CarePolicy())
        in_step.live_came.connect(self._came)
        in_step.live_lost.connect(self._lost)
        in_step.turn_seen.connect(self._see)
        top_bar.state.break_wanted.connect(self.take)
        top_bar.state.ready_wanted.connect(self._does_not_go)
        top_bar.state.line_left.connect(self.leave_line)

    def offer(self, reasons: tuple[break_reason.BreakReason, ...], care: CarePolicy) -> None:
        shown = shown_breaks(reasons, care, self._formats.language)
        self._reasons = {one.id: one for one in reasons}
        self.shown = {one.id: one for one in shown}
        self._top_bar.state.offer_breaks(shown)

    def take(self, reason_id: str) -> None:
        """The agent wants to go."""
        reason = self._reasons.get(reason_id)
        if reason is None or reason.is_free:
            self.leave_line()
            self._rooms.session.take_break(reason_id)
        elif self._is_live:
            self._say(reason_id)
        else:
            words = self.tr("The server cannot be asked for a place now. Your break begins, and counts all the same.")
            self._notices.tell(words, Weight.INFO)
            self._rooms.session.take_break(reason_id)

    def leave_line(self) -> None:
        """The agent waits no longer."""
        if self._turn is not None and not self._is_away(self._turn):
            self._say(None)

    def tick(self, now: datetime) -> None:
        """About once a second."""
        entry = self._rooms.session.seat.entry
        reason = self.shown.get(entry.reason or "")
        if entry.state is not AgentState.BREAK or reason is None or reason.limit_s is None:
            return
        if now - entry.since > timedelta(seconds=reason.limit_s) and self._told_of != entry.since:
            self._told_of = entry.since
            words = self.tr("{reason}: the {minutes} min are over. Choose Ready when you are back.")
            self._notices.tell(words.format(reason=reason.name, minutes=reason.limit_s // 60), Weight.WARNING)

    def _see(self, turn: TurnSeen) -> None:
        if turn.agent != self._rooms.agent.id:
            return
        before, self._turn = self._turn, None if turn.standing in OVER else turn
        self._show()
        if turn.standing is Away.REFUSED:
            words = self.tr("Your lead cannot let you go now: {reason}. Ask again later.")
            self._notices.tell(words.format(reason=self._name(turn)), Weight.WARNING)
        elif turn.standing is Away.GRANTED and (before is None or before.standing is not Away.GRANTED):
            self._go(turn)

    def _go(self, turn: TurnSeen) -> None:
        session = self._rooms.session
        if self._is_away(turn):
            self._in_step.send_state(session.seat.entry)  # it was not entered while there was no place
            return
        is_in_call = session.take_break(turn.reason).entry.state is not AgentState.BREAK
        words = self.tr("There is a place: {reason} begins when this call and its work are done.") if is_in_call else (
            self.tr("There is a place: your break begins now ({reason}).")
        )  # fmt: skip
        self._notices.tell(words.format(reason=self._name(turn)), Weight.DONE)

    def _does_not_go(self) -> None:
        """Who is ready after all gives a place back that they have not taken; who waits in line goes on waiting."""
        if self._turn is not None and self._turn.standing is Away.GRANTED and not self._is_away(self._turn):
            self._say(None)

    def _is_away(self, turn: TurnSeen) -> bool:
        entry = self._rooms.session.seat.entry
        return entry.state is AgentState.BREAK and entry.reason == turn.reason

    def _show(self) -> None:
        turn = self._turn
        waits = turn is not None and turn.standing in (Away.ASKED, Away.IN_LINE)
        self._top_bar.state.offer_leaving(is_waiting=waits)
        if turn is None or not waits:
            self._top_bar.show_turn("", "")
        elif turn.standing is Away.ASKED:
            words = self.tr("You asked for “{reason}”. Your lead is asked to agree; go on until then.")
            self._top_bar.show_turn(self.tr("Break asked for"), words.format(reason=self._name(turn)))
        else:
            words = self.tr("You are number {place} in line for “{reason}”. Go on until there is a place.")
            short = self.tr("Break: in line, {place}").format(place=turn.place)
            self._top_bar.show_turn(short, words.format(place=turn.place, reason=self._name(turn)))

    def _name(self, turn: TurnSeen) -> str:
        known = self.shown.get(turn.reason)
        return turn.reason if known is None else known.name

    def _say(self, reason: str | None) -> None:
        message: dict[str, Any] = {"type": "break", "reason": reason}
        self._in_step.say(message)

    def _came(self) -> None:
        self._is_live = True

    def _lost(self) -> None:
        """What becomes of the wish is told when the server is back."""
        self._is_live, self._turn = False, None
        self._show()
