"""Training that is assigned: by who leads the learner, with its first paper drawn at once; and what was read of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from agent_model.agent import Role
from agent_model.assignment import LONGEST_NOTE, READ_S, AssignedFor, AssignmentState
from agent_model.clock_reckoning import plausible
from agent_model.course import MOST_ARTICLES
from agent_model.moment import from_text, to_text
from agent_model.quiz import LONGEST_DUE_DAYS
from agent_server.audit import Deed, fields_of
from agent_server.judging.case import Case, Refused
from agent_server.judging.rules import Outcome, Rules
from agent_server.rights import LEARNERS
from agent_server.rows import Stored
from agent_server.training.courses import is_read_through
from agent_server.training.papers import quiz_of, with_next_paper

LONGEST_DUE: Final = timedelta(days=LONGEST_DUE_DAYS + 1)
LONGEST_DWELL_S: Final = 24 * 3600
MOST_READ: Final = 4 * MOST_ARTICLES
"""An article counts again in a new version, and one that has left the course was read all the same."""
EVERY_TEAM_ROLES: Final = frozenset({Role.DUTY_MANAGER, Role.QUALITY})
SERVER_SAYS: Final = ("state", "papers", "lacks")


class AssignmentRules(Rules):
    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        case.require_author(body["assigned_by"])
        if body["why"] == AssignedFor.WEEKLY or (body["quiz"] is None) is (body["course"] is None):
            raise Refused("bad_field")
        team = await _team_of_learner(case, body["agent"])
        _check_terms(body, case.watch.now)
        await _require_there(case, body)
        made = Stored("assignment", case.command.id, 1, {**body, "team": team})
        drawn = await with_next_paper(case.changes, made, case.watch.now)
        at = to_text(plausible(from_text(body["assigned_at"]), case.watch.now))
        return Outcome({"team": team, "assigned_at": at, **{name: drawn.body[name] for name in SERVER_SAYS}})

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        await _team_of_learner(case, row.body["agent"])
        if row.body["state"] != AssignmentState.OPEN:
            raise Refused("already_decided")
        if body["state"] not in (AssignmentState.OPEN, AssignmentState.DROPPED):
            raise Refused("illegal_status")
        _check_terms(body, case.watch.now)
        if "due_at" in taken:
            await _move_papers(case, body)
        act = case.act(Deed.ASSIGNMENT_CHANGED, fields_of(taken), str(body["state"]))
        return Outcome(segment=row.segment, acts=(act,))

    def is_there(self, case: Case, row: Stored) -> bool:
        """An article that was read in this version already."""
        change = case.command.fields.get("read")
        told = None if change is None else change.new
        if not isinstance(told, dict):
            return False
        return any(
            (one["article"], one["version"]) == (told.get("article"), told.get("version")) for one in row.body["read"]
        )

    async def append(self, case: Case, row: Stored, body: Mapping[str, Any]) -> Outcome:
        case.require_author(row.body["agent"])
        read = body["read"][-1]
        await case.changes.look_at("article", [read["article"]])
        if row.body["course"] is None or case.changes.get("article", read["article"]) is None:
            raise Refused("bad_field")
        if not READ_S <= read["dwell_s"] <= LONGEST_DWELL_S or len(body["read"]) > MOST_READ:
            raise Refused("bad_field")
        if row.body["state"] != AssignmentState.OPEN or await quiz_of(case.changes, row.body) is not None:
            return Outcome()
        is_whole = await is_read_through(case.changes, body)
        return Outcome({"state": AssignmentState.PASSED.value} if is_whole else {})


async def _team_of_learner(case: Case, agent_id: str) -> str:
    """The learner's team; refuses whom the author does not lead, and who is not taught."""
    await case.changes.look_at("agent", [agent_id])
    row = case.changes.get("agent", agent_id)
    if row is None:
        raise Refused("unknown_agent")
    if row.body["role"] not in LEARNERS:
        raise Refused("not_a_learner")
    team = str(row.body["team"])
    if case.person.role not in EVERY_TEAM_ROLES and team != case.person.team:
        raise Refused("not_allowed")
    return team


def _check_terms(body: Mapping[str, Any], now: datetime) -> None:
    if len(body["note"]) > LONGEST_NOTE:
        raise Refused("bad_field")
    if body["state"] == AssignmentState.OPEN and not now < from_text(body["due_at"]) <= now + LONGEST_DUE:
        raise Refused("bad_due")


async def _require_there(case: Case, body: Mapping[str, Any]) -> None:
    for entity in ("quiz", "course"):
        if body[entity] is None:
            continue
        await case.changes.look_at(entity, [body[entity]])
        row = case.changes.get(entity, body[entity])
        if row is None or not row.body["is_on"]:
            raise Refused(f"unknown_{entity}")


async def _move_papers(case: Case, assignment: Mapping[str, Any]) -> None:
    """Papers are due when their assignment is."""
    await case.changes.load("quiz_paper", assignment["papers"])
    for paper in (case.changes.get("quiz_paper", one) for one in assignment["papers"]):
        if paper is not None:
            body = {**paper.body, "due_at": assignment["due_at"]}
            case.changes.put(replace(paper, version=paper.version + 1, body=body))
