"""Giving a quiz or a course to people or whole teams, with a reason and a day; what was given so far."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from agent_desktop.offline.view import View
from agent_model.agent import Agent, Role
from agent_model.assignment import LONGEST_NOTE, Assignment, AssignmentState
from agent_model.body import from_body
from agent_model.command import CommandKind, FieldChange
from agent_model.moment import to_text
from agent_model.quiz import LONGEST_DUE_DAYS
from agent_model.words import Words

ASSIGNERS: Final = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER})
"""Who may give training to people; the server says the same. A lead gives it to the own team."""
LEARNERS: Final = frozenset({Role.AGENT, Role.RETURN_VISIT, Role.DEPARTMENT})
SHOWN: Final = 200


class NothingToGive(Exception):
    """`field` is what is missing or out of bounds: `what`, `whom`, `days` or `note`; `more` days; nothing `open`."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be given, and to whom; `what` by `quiz:ID` or `course:ID`."""

    what: tuple[tuple[str, Words, int], ...]
    """Each with the days it is usually due after."""
    people: tuple[tuple[str, str], ...]
    """(id, team)"""


@dataclass(frozen=True, slots=True)
class Given:
    assignment: Assignment
    title: Words


class Assigning:
    """What writes raises NothingToGive, DiskFull, OutboxDamaged or StoreBusy."""

    def __init__(self, view: View, me: Agent, clock: Callable[[], datetime], new_id: Callable[[], str]) -> None:
        self._view, self._me, self._clock, self._new_id = view, me, clock, new_id

    def offer(self) -> Offer:
        what = [
            (f"{entity}:{row.id}", Words.from_body(row.body["title"]), int(row.body["due_days"]))
            for entity in ("course", "quiz")
            for row in self._view.rows(entity)
            if row.body.get("is_on", True)
        ]
        people = [
            (row.id, str(row.body["team"]))
            for row in self._view.rows("agent")
            if row.id != self._me.id and row.body["role"] in LEARNERS and self._leads(str(row.body["team"]))
        ]
        return Offer(tuple(what), tuple(sorted(people)))

    def give(self, what: str, agents: Sequence[str], days: int, note: str) -> int:
        """One assignment each, sent with the next round; to how many."""
        entity, _, row_id = what.partition(":")
        for field, is_wrong in (
            ("what", entity not in ("course", "quiz") or not row_id),
            ("whom", not agents),
            ("days", not 1 <= days <= LONGEST_DUE_DAYS),
            ("note", len(note) > LONGEST_NOTE),
        ):
            if is_wrong:
                raise NothingToGive(field)
        now = self._clock()
        with self._view.outbox.together():
            for agent in dict.fromkeys(agents):
                said: dict[str, Any] = {
                    "agent": agent,
                    "assigned_by": self._me.id,
                    "assigned_at": to_text(now),
                    "due_at": to_text(now + timedelta(days=days)),
                    entity: row_id,
                    "note": note,
                }
                fields = {name: FieldChange(None, value) for name, value in said.items()}
                self._view.outbox.put("assignment", self._new_id(), CommandKind.CREATE, fields, now)
        return len(dict.fromkeys(agents))

    def take_back(self, ids: Sequence[str]) -> int:
        """What of these is still open is to be done no more; how many that were."""
        return self._change(ids, lambda _: {"state": AssignmentState.DROPPED.value})

    def give_time(self, ids: Sequence[str], days: int) -> int:
        """What of these is still open is due so many days later, from today where it was due before; how many."""
        if not 1 <= days <= LONGEST_DUE_DAYS:
            raise NothingToGive("more")
        now = self._clock()
        latest = now + timedelta(days=LONGEST_DUE_DAYS)

        def later(one: Assignment) -> Mapping[str, Any]:
            return {"due_at": to_text(min(max(one.due_at, now) + timedelta(days=days), latest))}

        return self._change(ids, later)

    def _change(self, ids: Sequence[str], wanted: Callable[[Assignment], Mapping[str, Any]]) -> int:
        now, count = self._clock(), 0
        with self._view.outbox.together():
            for row in filter(None, (self._view.row("assignment", one) for one in ids)):
                given = from_body(Assignment, row.id, row.version, row.body)
                if given.state is AssignmentState.OPEN:
                    fields = {name: FieldChange(row.body[name], new) for name, new in wanted(given).items()}
                    self._view.outbox.put(
                        "assignment", row.id, CommandKind.UPDATE, fields, now, base_version=row.version
                    )
                    count += 1
        if not count:
            raise NothingToGive("open")
        return count

    def given(self) -> tuple[Given, ...]:
        """The newest first, those that wait here too."""
        titles = {row.id: Words.from_body(row.body["title"]) for e in ("course", "quiz") for row in self._view.rows(e)}
        found = [from_body(Assignment, row.id, row.version, row.body) for row in self._view.rows("assignment")]
        theirs = [one for one in found if one.agent != self._me.id]
        newest = sorted(theirs, key=lambda one: one.assigned_at, reverse=True)[:SHOWN]
        return tuple(Given(one, titles.get(one.course or one.quiz or "", Words("", ""))) for one in newest)

    def _leads(self, team: str) -> bool:
        return self._me.role is Role.DUTY_MANAGER or team == self._me.team
