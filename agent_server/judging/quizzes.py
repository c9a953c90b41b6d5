"""Quizzes and courses as people change them: rules that can be kept, of teams, articles and quizzes that are there."""

from collections.abc import Iterable, Mapping
from typing import Any

from agent_model.body import from_body
from agent_model.course import Course, course_faults
from agent_model.moment import to_text
from agent_model.quiz import Quiz, QuizWrong, quiz_faults
from agent_server.audit import Deed, fields_of
from agent_server.changeset import Changeset
from agent_server.judging.case import Case, Refused
from agent_server.judging.rules import Outcome, Rules
from agent_server.rows import Stored


class QuizRules(Rules):
    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        await _check_quiz(case, body)
        return Outcome(_signature(case), acts=(case.act(Deed.QUIZ_CHANGED),))

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        await _check_quiz(case, body)
        return Outcome(_signature(case), row.segment, (case.act(Deed.QUIZ_CHANGED, fields_of(taken)),))


class CourseRules(Rules):
    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        await _check_course(case, body)
        return Outcome(_signature(case), acts=(case.act(Deed.QUIZ_CHANGED),))

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        await _check_course(case, body)
        return Outcome(_signature(case), row.segment, (case.act(Deed.QUIZ_CHANGED, fields_of(taken)),))


async def _check_quiz(case: Case, body: Mapping[str, Any]) -> None:
    quiz = from_body(Quiz, "", 0, body)
    found = {fault.field: fault.wrong for fault in quiz_faults(quiz)}
    if "teams" not in found and not await _are_there(case.changes, "team", quiz.teams):
        found["teams"] = QuizWrong.UNKNOWN
    if found:
        raise Refused("bad_quiz", {field: wrong.value for field, wrong in found.items()})


async def _check_course(case: Case, body: Mapping[str, Any]) -> None:
    course = from_body(Course, "", 0, body)
    found = {fault.field: fault.wrong for fault in course_faults(course)}
    if "articles" not in found and not await _are_there(case.changes, "article", course.articles):
        found["articles"] = QuizWrong.UNKNOWN
    if course.quiz is not None and not await _are_there(case.changes, "quiz", [course.quiz]):
        found["quiz"] = QuizWrong.UNKNOWN
    if found:
        raise Refused("bad_course", {field: wrong.value for field, wrong in found.items()})


async def _are_there(changes: Changeset, entity: str, ids: Iterable[str]) -> bool:
    wanted = tuple(ids)
    await changes.look_at(entity, wanted)
    return all(changes.get(entity, one) is not None for one in wanted)


def _signature(case: Case) -> dict[str, Any]:
    return {"changed_by": case.person.id, "changed_at": to_text(case.watch.now)}
