"""Attempts at papers: begun once, handed in once, judged in that moment by the keys as they were drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select

from agent_model.assignment import AssignmentState
from agent_model.attempt import LONGEST_ANSWER, MOST_PARTS, AttemptId, Mark, QuizResult, Sheet
from agent_model.body import from_body, to_body
from agent_model.clock_reckoning import plausible
from agent_model.command import Command
from agent_model.marking import is_right, score
from agent_model.moment import from_text, to_text
from agent_model.question import QuestionState, Source
from agent_model.quiz_paper import PaperQuestion, QuizPaper
from agent_server import tables
from agent_server.changeset import Changeset
from agent_server.judging.case import Case, Refused
from agent_server.judging.rules import Outcome, Rules
from agent_server.rows import Stored
from agent_server.training.courses import is_read_through, unread
from agent_server.training.papers import quiz_of, with_next_paper
from agent_server.training.time_taken import is_over_time

LONGEST_OPEN_S: Final = 7 * 24 * 3600


class AttemptRules(Rules):
    async def load(self, commands: Sequence[Command], changes: Changeset) -> None:
        await changes.load("quiz_paper", {command.id for command in commands})

    def is_made(self, case: Case, row: Stored) -> bool:
        """Begun at another workstation before: the answers that hang on this beginning are not lost."""
        return row.body["agent"] == case.person.id and not row.body["sheets"]

    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        case.require_author(body["agent"])
        paper = _paper(case)
        assignment = await _assignment(case, paper)
        if assignment.body["state"] not in (AssignmentState.OPEN, AssignmentState.DROPPED):
            raise Refused("training_over")  # what was taken back while somebody was offline is judged, and no more
        if await unread(case.changes, assignment.body, as_of=paper.drawn_at):
            raise Refused("read_first")
        started = plausible(from_text(body["started_at"]), case.watch.now)
        return Outcome({"started_at": to_text(max(started, paper.drawn_at))})

    async def append(self, case: Case, row: Stored, body: Mapping[str, Any]) -> Outcome:
        case.require_author(row.body["agent"])
        if len(body["sheets"]) != 1:
            raise Refused("already_handed_in")
        paper = _paper(case)
        started = from_text(row.body["started_at"])
        sheet = from_body(Sheet, "", 0, body["sheets"][0])
        _check_sheet(paper, sheet)
        sheet = replace(sheet, at=max(plausible(sheet.at, case.watch.now), started))
        result = await _judged(case, paper, started, sheet)
        case.changes.put(Stored("quiz_result", paper.id, 1, to_body(result)))
        await _follow(case, paper, result)
        return Outcome({"sheets": [to_body(sheet)]})


def _paper(case: Case) -> QuizPaper:
    row = case.changes.get("quiz_paper", case.command.id)
    if row is None or row.body["agent"] != case.person.id:
        raise Refused("unknown_paper")
    return case.changes.value(QuizPaper, row)


async def _assignment(case: Case, paper: QuizPaper) -> Stored:
    await case.changes.load("assignment", [paper.assignment])
    row = case.changes.get("assignment", paper.assignment)
    if row is None:
        raise Refused("unknown_paper")
    return row


def _check_sheet(paper: QuizPaper, sheet: Sheet) -> None:
    asked = {one.question for one in paper.questions}
    answered = [given.question for given in sheet.answers]
    if not set(answered) <= asked or len(set(answered)) < len(answered):
        raise Refused("bad_field")
    parts = [part for given in sheet.answers for part in given.answer]
    if any(len(part) > LONGEST_ANSWER for part in parts):
        raise Refused("bad_field")
    if any(len(given.answer) > MOST_PARTS or given.took_s < 0 for given in sheet.answers):
        raise Refused("bad_field")
    if not (0 <= sheet.elapsed_s <= LONGEST_OPEN_S and 0 <= sheet.paused_s <= LONGEST_OPEN_S):
        raise Refused("bad_field")


async def _judged(case: Case, paper: QuizPaper, started: datetime, sheet: Sheet) -> QuizResult:
    draw = tables.quiz_draw
    keys = await case.changes.connection.scalar(select(draw.c.judged_by).where(draw.c.id == paper.id))
    if keys is None:
        raise Refused("unknown_paper")
    stale = await _stale_before(case.changes, paper, keys, sheet.at)
    given = {one.question: one for one in sheet.answers}
    marks = tuple(
        _mark(one, keys[one.question], given.get(one.question), counts=one.question not in stale)
        for one in paper.questions
    )
    counted = [mark for mark in marks if mark.counts]
    reached = score(sum(mark.points for mark in counted if mark.is_right), sum(mark.points for mark in counted))
    took_too_long = await is_over_time(case.changes, paper, started, sheet)
    assignment = await _assignment(case, paper)
    return QuizResult(
        AttemptId(paper.id),
        paper.assignment,
        paper.quiz,
        paper.agent,
        str(assignment.body["team"]),
        paper.nth,
        reached,
        reached >= paper.pass_mark and not took_too_long,
        marks,
        started,
        sheet.at,
        sheet.elapsed_s,
        case.watch.now,
        sheet.at > from_text(assignment.body["due_at"]),
        took_too_long,
    )


def _mark(question: PaperQuestion, key: Mapping[str, Any], given: Any, *, counts: bool) -> Mark:
    answer = () if given is None else given.answer
    return Mark(
        question.question,
        question.version,
        is_right(question.kind, key["right"], key["least"], answer, question.task),
        question.points,
        answer,
        tuple(key["right"]),
        key["explanation"],
        tuple(from_body(Source, one["id"], one["version"], one) for one in key["sources"]),
        counts,
        0 if given is None else given.took_s,
    )


async def _stale_before(
    changes: Changeset, paper: QuizPaper, keys: Mapping[str, Any], handed_in: datetime
) -> frozenset[str]:
    """Questions that were stale when the answers were handed in, or mended since they were drawn: what was right may
    have been the new."""
    ids = [one.question for one in paper.questions]
    await changes.look_at("question", ids)
    rows = [row for row in (changes.get("question", one) for one in ids) if row is not None]
    return frozenset(
        row.id
        for row in rows
        if (row.body["state"] == QuestionState.STALE and from_text(row.body["stale_since"]) <= handed_in)
        or _is_mended(row, keys[row.id], handed_in)
    )


def _is_mended(question: Stored, key: Mapping[str, Any], handed_in: datetime) -> bool:
    """Whether its author has gone by other versions of its sources since it was drawn."""
    now, then = ({(one["id"], one["version"]) for one in said["sources"]} for said in (question.body, key))
    return now != then and (question.body["changed_at"] or "") <= to_text(handed_in)


async def _follow(case: Case, paper: QuizPaper, result: QuizResult) -> None:
    """The assignment after a result: passed, another try drawn, or failed. Of a course that has no quiz any more,
    reading was all of it."""
    row = await _assignment(case, paper)
    after = replace(row, version=row.version + 1)
    if row.body["state"] in (AssignmentState.DROPPED, AssignmentState.PASSED):
        return
    if result.is_passed or (
        await quiz_of(case.changes, row.body) is None and await is_read_through(case.changes, row.body)
    ):
        after = replace(after, body={**row.body, "state": AssignmentState.PASSED.value})
    elif paper.nth < paper.tries:
        after = await with_next_paper(case.changes, after, case.watch.now)
    else:
        after = replace(after, body={**row.body, "state": AssignmentState.FAILED.value})
    case.changes.put(after)
