"""Breaks: the reasons to pick from, and whose break has become longer than it is meant to be."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QObject

from agent_desktop.sync.live import StateSeen
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.desks.notice_board import NoticeBoard
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.in_step import InStep
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.window.notices import Weight
from agent_desktop.ui.window.state_button import BreakReason, StateButton, shown_breaks
from agent_model import break_reason
from agent_model.agent import AgentId, AgentState, Role, StateEntry
from agent_model.care_policy import CarePolicy

LEADS: Final = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER})
"""Who is told of others' breaks: a lead aloud, who has the whole floor behind the bell."""


class BreaksDesk(QObject):
    def __init__(
        self,
        rooms: Rooms,
        button: StateButton,
        in_step: InStep,
        notices: NoticeBoard,
        names: Callable[[], Directory],
        formats: Formats,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._rooms, self._button, self._notices = rooms, button, notices
        self._names, self._formats = names, formats
        self._breaks: dict[str, BreakReason] = {}
        self._others: dict[AgentId, StateEntry] = {}
        self._told: dict[AgentId, datetime] = {}
        """By agent, the beginning of the break whose end was told last."""
        self.offer(break_reason.SHIPPED, CarePolicy())
        if rooms.agent.role in LEADS:
            in_step.state_seen.connect(self._see)
            in_step.live_lost.connect(self._others.clear)

    def offer(self, reasons: tuple[break_reason.BreakReason, ...], care: CarePolicy) -> None:
        shown = shown_breaks(reasons, care, self._formats.language)
        self._breaks = {one.id: one for one in shown}
        self._button.offer_breaks(shown)

    def tick(self, now: datetime) -> None:
        """About once a second."""
        agent = self._rooms.agent
        own = self._rooms.session.seat.entry
        for agent_id, entry in ((agent.id, own), *self._others.items()):
            reason = self._breaks.get(entry.reason or "")
            is_on_break = entry.state is AgentState.BREAK and reason is not None and reason.limit_s is not None
            if reason is None or reason.limit_s is None or not is_on_break or self._told.get(agent_id) == entry.since:
                continue
            if now - entry.since > timedelta(seconds=reason.limit_s):
                self._told[agent_id] = entry.since
                self._tell(agent_id, reason.name, reason.limit_s // 60)

    def _tell(self, agent_id: AgentId, reason: str, minutes: int) -> None:
        if agent_id == self._rooms.agent.id:
            words = self.tr("{reason}: the {minutes} min are over. Choose Ready when you are back.")
            self._notices.tell(words.format(reason=reason, minutes=minutes), Weight.WARNING)
            return
        words = self.tr("{who} is longer on “{reason}” than the {minutes} min it is meant to last.")
        is_quiet = self._rooms.agent.role is not Role.TEAM_LEAD
        told = words.format(who=self._names().person(agent_id), reason=reason, minutes=minutes)
        self._notices.tell(told, Weight.WARNING, is_quiet=is_quiet)

    def _see(self, seen: StateSeen) -> None:
        if seen.agent != self._rooms.agent.id:
            self._others[seen.agent] = seen.entry
