"""Papers into the rows: the next one of an assignment drawn once, its keys kept where no slice has them."""

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from sqlalchemy import insert, select

from agent_model.body import to_body
from agent_model.moment import from_text, to_text
from agent_model.question import Question, QuestionKey
from agent_model.quiz import Quiz
from agent_model.quiz_paper import PaperId, QuizPaper
from agent_server import tables
from agent_server.changeset import Changeset
from agent_server.rows import Stored
from agent_server.training.drawing import Drawn, TooFew, draw

IDS: Final = uuid.UUID("0e6d5f0a-52f4-5c6b-8d57-51a1c7f6a2c4")
DECISIVE: Final = ("kind", "least", "options", "right", "task")
"""Fields of a question and its key that decide together who is right."""


async def quiz_of(changes: Changeset, assignment: Mapping[str, Any]) -> Quiz | None:
    """The quiz that is to be taken, also a course's; None where reading is all of it."""
    quiz_id = assignment["quiz"]
    if assignment["course"] is not None:
        await changes.look_at("course", [assignment["course"]])
        course = changes.get("course", assignment["course"])
        quiz_id = None if course is None else course.body["quiz"]
    if quiz_id is None:
        return None
    await changes.look_at("quiz", [quiz_id])
    row = changes.get("quiz", quiz_id)
    return None if row is None else changes.value(Quiz, row)


async def with_next_paper(changes: Changeset, assignment: Stored, now: datetime) -> Stored:
    """The assignment with its next paper drawn and put; with what the bank lacks where it has too few questions."""
    quiz = await quiz_of(changes, assignment.body)
    if quiz is None:
        return assignment
    papers, agent = assignment.body["papers"], assignment.body["agent"]
    seed = secrets.token_hex(16)
    try:
        drawn = await _drawn(changes, quiz, agent, now, seed)
    except TooFew as error:
        return _with(assignment, lacks=error.lacks)
    paper = QuizPaper(
        PaperId(str(uuid.uuid5(IDS, f"{assignment.id}\n{len(papers) + 1}"))),
        assignment.id,
        quiz.id,
        agent,
        quiz.title,
        len(papers) + 1,
        quiz.retakes + 1,
        drawn.questions,
        quiz.pass_mark,
        quiz.time_limit_min * 60,
        now,
        from_text(assignment.body["due_at"]),
    )
    changes.put(Stored("quiz_paper", paper.id, 1, to_body(paper)))
    kept = {"id": paper.id, "seed": seed, "judged_by": drawn.judged_by}
    await changes.connection.execute(insert(tables.quiz_draw), [kept])
    return _with(assignment, papers=[*papers, paper.id], lacks=0)


async def lacking(changes: Changeset, quiz: Quiz) -> int:
    """How many questions the bank lacks for a paper of this quiz, for whomever."""
    try:
        draw(quiz, *await _bank(changes), {}, Random(0))  # noqa: S311 - nobody is asked this
    except TooFew as error:
        return error.lacks
    return 0


async def _drawn(changes: Changeset, quiz: Quiz, agent: str, now: datetime, seed: str) -> Drawn:
    asked = await _asked(changes, agent, now - timedelta(weeks=quiz.rest_weeks))
    return draw(quiz, *await _bank(changes), asked, Random(seed))  # noqa: S311 - the seed is secret


async def _bank(changes: Changeset) -> tuple[list[Question], dict[str, QuestionKey]]:
    """The questions and their keys, without those of which two people still dispute what is asked or right."""
    rows, keys = await changes.look_at_all("question"), await changes.look_at_all("question_key")
    disputed = tables.conflict.c
    is_open = disputed.resolved_at.is_(None) & disputed.entity.in_(("question", "question_key"))
    query = select(disputed.row_id).where(is_open & disputed.field.in_(DECISIVE))
    but = set(await changes.connection.scalars(query))
    bank = [changes.value(Question, row) for row in rows if row.id not in but]
    return bank, {row.id: changes.value(QuestionKey, row) for row in keys}


async def _asked(changes: Changeset, agent: str, since: datetime) -> dict[str, int]:
    """The questions of somebody's papers since then, the latest with the greatest number."""
    paper = tables.quiz_paper
    theirs = select(paper.c.id, paper.c.drawn_at, paper.c.questions).where(paper.c.agent == agent)
    written = {
        row.id: (row.drawn_at, row.questions)
        for row in await changes.connection.execute(theirs.where(paper.c.drawn_at >= to_text(since)))
    }
    made = {one.id: (one.body["drawn_at"], one.body["questions"]) for one in changes.held("quiz_paper")}
    mine = {one.id for one in changes.held("quiz_paper") if one.body["agent"] == agent}
    papers = sorted([*written.values(), *(said for row_id, said in made.items() if row_id in mine)], key=lambda p: p[0])
    return {one["question"]: nth for nth, (_, questions) in enumerate(papers, 1) for one in questions}


def _with(assignment: Stored, **fields: Any) -> Stored:
    return replace(assignment, body={**assignment.body, **fields})
