"""Breaks of others, for who leads them: who is on one, who waits, who asked; told when one becomes too long, when
somebody lets a caller ring in vain, and when nothing is heard of a workstation."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QObject

from agent_desktop.sync.live import GoneSeen, StateSeen, TurnSeen
from agent_desktop.ui.appearance.formats import NOTHING
from agent_desktop.ui.desks.notice_board import NoticeBoard
from agent_desktop.ui.desks.page import Ground, PageDesk
from agent_desktop.ui.in_step import InStep
from agent_desktop.ui.supervisor.breaks_page import BreaksPage, ReasonSum
from agent_desktop.ui.widgets.lines import Line
from agent_desktop.ui.window.notices import Weight
from agent_desktop.ui.window.rail import Page
from agent_desktop.ui.window.state_button import BreakReason
from agent_model.agent import AgentId, AgentState, Role, StateEntry
from agent_model.break_reason import NO_ANSWER, Away

LEADS: Final = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER})
"""A team lead is told aloud; a duty manager, who has the whole floor, behind the bell."""
ORDER: Final = (Away.ASKED, Away.IN_LINE, Away.GRANTED)


class TeamBreaksDesk(PageDesk[BreaksPage]):
    def __init__(
        self,
        ground: Ground,
        in_step: InStep,
        notices: NoticeBoard,
        reasons: Callable[[], Mapping[str, BreakReason]],
        parent: QObject,
    ) -> None:
        is_lead = ground.rooms.agent.role in LEADS
        super().__init__(Page.BREAKS, ground, parent, is_offered=is_lead)
        self._in_step, self._notices, self._reasons = in_step, notices, reasons
        self._states: dict[AgentId, StateEntry] = {}
        self._turns: dict[AgentId, TurnSeen] = {}
        self._told: dict[AgentId, datetime] = {}
        """By agent, the beginning of the break that was told of last."""
        self._told_gone: dict[AgentId, datetime] = {}
        self._chosen = ""
        self._is_shown = False
        if is_lead:
            in_step.state_seen.connect(self._see_state)
            in_step.turn_seen.connect(self._see_turn)
            in_step.gone_seen.connect(self._see_gone)
            in_step.live_lost.connect(self._forget)

    def tick(self, now: datetime) -> None:
        """About once a second."""
        for agent_id, entry in self._states.items():
            limit_s, is_over = self._limit(entry, now)
            if is_over and self._told.get(agent_id) != entry.since:
                self._told[agent_id] = entry.since
                words = self.tr("{who} is longer on “{reason}” than the {minutes} min it is meant to last.")
                self._tell(
                    words.format(who=self._who(agent_id), reason=self._name(entry.reason), minutes=limit_s // 60)
                )
        if self._is_shown:
            self._show(now)

    def _wire(self, page: BreaksPage) -> None:
        page.taken.connect(self._choose)
        page.agreed.connect(lambda: self._decide(self._chosen, is_granted=True))
        page.refused.connect(lambda key: self._decide(key or self._chosen, is_granted=False))

    def _entered(self) -> None:
        self._is_shown = True
        self._show(self._rooms.clock())

    def _left(self) -> None:
        self._is_shown = False

    def _see_state(self, seen: StateSeen) -> None:
        if seen.agent != self._rooms.agent.id:
            self._states[seen.agent] = seen.entry
            self._tell_unanswered(seen.agent, seen.entry)
            self._show_again()

    def _tell_unanswered(self, agent: AgentId, entry: StateEntry) -> None:
        is_it = entry.state is AgentState.BREAK and entry.reason == NO_ANSWER
        if is_it and self._told.get(agent) != entry.since:
            self._told[agent] = entry.since
            words = self.tr("{who} let a caller ring in vain, and is offered none until they are ready again.")
            self._tell(words.format(who=self._who(agent)))

    def _see_gone(self, seen: GoneSeen) -> None:
        """Told once, also when this workstation comes back in between."""
        if seen.since is None or seen.agent == self._rooms.agent.id or self._told_gone.get(seen.agent) == seen.since:
            return
        self._told_gone[seen.agent] = seen.since
        words = self.tr(
            "Nothing is heard of the workstation of {who} since {time}. Soon they are signed out of the queues."
        )
        self._tell(words.format(who=self._who(seen.agent), time=self._formats.clock(seen.since)))

    def _see_turn(self, turn: TurnSeen) -> None:
        if turn.agent == self._rooms.agent.id:
            return
        if turn.standing in ORDER:
            self._turns[turn.agent] = turn
        else:
            self._turns.pop(turn.agent, None)
        if turn.standing is Away.ASKED:
            words = self.tr("{who} asks for a break: {reason}. Agree or refuse on the page Breaks (Ctrl+Shift+7).")
            self._tell(words.format(who=self._who(turn.agent), reason=self._name(turn.reason)))
        self._show_again()

    def _forget(self) -> None:
        self._states.clear()
        self._turns.clear()
        self._show_again()

    def _tell(self, words: str) -> None:
        self._notices.tell(words, Weight.WARNING, is_quiet=self._rooms.agent.role is not Role.TEAM_LEAD)

    def _choose(self, agent_id: str) -> None:
        self._chosen = agent_id
        self._show(self._rooms.clock())
        if self._page.agree.isEnabled():
            self._page.agree.setFocus()

    def _decide(self, agent_id: str, *, is_granted: bool) -> None:
        turn = self._turns.get(AgentId(agent_id))
        if turn is not None and turn.standing is Away.ASKED:
            self._in_step.say({"type": "break_decided", "agent": agent_id, "is_granted": is_granted})
            self._page.list.setFocus()

    def _show_again(self) -> None:
        if self._is_shown:
            self._show(self._rooms.clock())

    def _show(self, now: datetime) -> None:
        away = {id_: entry for id_, entry in self._states.items() if entry.state is AgentState.BREAK}
        waiting = sorted(
            (turn for id_, turn in self._turns.items() if id_ not in away),
            key=lambda turn: (ORDER.index(turn.standing), turn.reason, turn.place),
        )
        lines = [self._waits(turn) for turn in waiting]
        lines += [self._away(id_, entry, now) for id_, entry in sorted(away.items(), key=lambda one: one[1].since)]
        self._page.show_lines(lines)
        words = self.tr("On a break: {away} · waiting: {waiting} · asking: {asking}")
        asking = sum(turn.standing is Away.ASKED for turn in waiting)
        self._page.sum_up(words.format(away=len(away), waiting=len(waiting) - asking, asking=asking))
        self._page.show_reasons(self._sums(waiting, tuple(away.values()), now))
        chosen = self._turns.get(AgentId(self._chosen))
        self._page.choose(may_decide=chosen is not None and chosen.standing is Away.ASKED)

    def _sums(self, waiting: Sequence[TurnSeen], away: Sequence[StateEntry], now: datetime) -> tuple[ReasonSum, ...]:
        """Of every break that is offered, and of those somebody is on all the same."""
        known = self._reasons()
        offered = [id_ for id_, one in known.items() if one.is_offered]
        used = sorted({entry.reason or "" for entry in away} | {turn.reason for turn in waiting})
        return tuple(
            self._sum(id_, waiting, away, now) for id_ in (*offered, *(one for one in used if one not in offered))
        )

    def _sum(self, reason: str, waiting: Sequence[TurnSeen], away: Sequence[StateEntry], now: datetime) -> ReasonSum:
        known = self._reasons().get(reason)
        meant = None if known is None else known.limit_s
        on_it = [entry for entry in away if (entry.reason or "") == reason]
        asking = sum(turn.standing is Away.ASKED for turn in waiting if turn.reason == reason)
        return ReasonSum(
            self._name(reason),
            NOTHING if meant is None else self.tr("{minutes} min").format(minutes=meant // 60),
            len(on_it),
            sum(self._limit(entry, now)[1] for entry in on_it),
            sum(turn.reason == reason for turn in waiting) - asking,
            asking,
        )

    def _waits(self, turn: TurnSeen) -> Line:
        who, reason = self._who(turn.agent), self._name(turn.reason)
        is_open = turn.agent == self._chosen
        match turn.standing:
            case Away.ASKED:
                return Line(turn.agent, who, pill=self.tr("Asks you"), tone="warn", at_right=reason, is_open=is_open)
            case Away.IN_LINE:
                pill = self.tr("In line, {place}").format(place=turn.place)
                return Line(turn.agent, who, pill=pill, tone="accent", at_right=reason, is_open=is_open)
            case _:
                return Line(turn.agent, who, pill=self.tr("May go"), tone="ok", at_right=reason, is_open=is_open)

    def _away(self, agent_id: AgentId, entry: StateEntry, now: datetime) -> Line:
        limit_s, is_over = self._limit(entry, now)
        lasts = self._formats.duration((now - entry.since).total_seconds())
        pill = self.tr("Over by {time}").format(
            time=self._formats.duration((now - entry.since).total_seconds() - limit_s)
        )
        return Line(
            agent_id,
            self._who(agent_id),
            pill=pill if is_over else lasts,
            tone="bad" if is_over else "neutral",
            at_right=self._name(entry.reason),
            is_open=agent_id == self._chosen,
        )

    def _limit(self, entry: StateEntry, now: datetime) -> tuple[int, bool]:
        """What a break is meant to last, in seconds, and whether it has become longer."""
        reason = self._reasons().get(entry.reason or "")
        if entry.state is not AgentState.BREAK or reason is None or reason.limit_s is None:
            return 0, False
        return reason.limit_s, now - entry.since > timedelta(seconds=reason.limit_s)

    def _who(self, agent_id: AgentId) -> str:
        return self._names().person(agent_id)

    def _name(self, reason: str | None) -> str:
        known = self._reasons().get(reason or "")
        return (reason or self.tr("Break")) if known is None else known.name
