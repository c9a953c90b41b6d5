"""Rules by which courses are given by themselves, as people change them: of courses that are there."""

from collections.abc import Mapping
from typing import Any

from agent_model.body import from_body
from agent_model.course_rule import CourseRule, course_rule_faults
from agent_model.moment import to_text
from agent_model.quiz import QuizWrong
from agent_server.audit import Deed, fields_of
from agent_server.judging.case import Case, Refused
from agent_server.judging.rules import Outcome, Rules
from agent_server.rows import Stored


class CourseRuleRules(Rules):
    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        return Outcome(await _signed(case, body), acts=(case.act(Deed.QUIZ_CHANGED),))

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        return Outcome(await _signed(case, body), row.segment, (case.act(Deed.QUIZ_CHANGED, fields_of(taken)),))


async def _signed(case: Case, body: Mapping[str, Any]) -> dict[str, Any]:
    rule = from_body(CourseRule, case.command.id, 1, body)
    found = {fault.field: fault.wrong for fault in course_rule_faults(rule)}
    await case.changes.look_at("course", [rule.course])
    if "course" not in found and case.changes.get("course", rule.course) is None:
        found["course"] = QuizWrong.UNKNOWN
    if found:
        raise Refused("bad_course_rule", {field: wrong.value for field, wrong in found.items()})
    return {"changed_by": case.person.id, "changed_at": to_text(case.watch.now)}
