"""Identity checks on the server: what the answers of a call are worth, and which tickets are not filed without."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from agent_model.body import from_body, to_body
from agent_model.customer import ContactKind
from agent_model.identity_check import NOBODY, PIN, IdentityCheck
from agent_model.identity_rule import SHIPPED, IdentityRule, faults
from agent_model.moment import from_text
from agent_server.judging.case import Case, Refused
from agent_server.judging.rules import Outcome, Rules
from agent_server.rows import Stored

NEEDED: Final = "identity_check_needed"
DAY: Final = timedelta(hours=24)


class IdentityRuleRules(Rules):
    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        _check_rule(body)
        return Outcome()

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        _check_rule(body)
        return Outcome(segment=row.segment)


async def rule_of(case: Case) -> IdentityRule:
    """The site's rule; the one that is shipped where it has none."""
    rows = await case.changes.look_at_all("identity_rule")
    return case.changes.value(IdentityRule, min(rows, key=lambda row: row.id)) if rows else SHIPPED


async def weighed(case: Case, body: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
    """A line's check as the server keeps it: its level by the rule, its moment by the server's clock.

    Refuses one that takes back an answer, asks twice, or asks what no rule asks. Wrong answers are always kept: who has
    had too many of this customer's today, wherever they were given, reaches no level.
    """
    is_check = body["kind"] == ContactKind.IDENTITY_CHECK
    if is_check != (body["check"] is not None):
        raise Refused("bad_field")
    if not is_check:
        return {}
    if not isinstance(body["call_ref"], str) or not body["call_ref"]:
        raise Refused("bad_field")
    check, rule = _check_in(body), await rule_of(case)
    kept = () if before is None else _check_in(before).answers
    asked = [answer.question for answer in check.answers]
    if check.answers[: len(kept)] != kept or len(check.answers) <= len(kept):
        raise Refused("not_allowed")
    if len(set(asked)) < len(asked):
        raise Refused("asked_already")
    if not set(asked) <= {PIN, *(question.about.value for question in rule.questions)}:
        raise Refused("bad_field")
    others = await _others(case, body)
    if before is None and any(_is_of_call(row, body) for row in others):
        raise Refused("asked_already")
    wrong = check.wrong + _wrong_today(case, body, others)
    is_locked = wrong >= rule.wrong_a_day
    level = NOBODY if is_locked else rule.level_of(check.answers)
    whole = IdentityCheck(check.answers, level, is_locked, case.watch.now)
    return {"check": to_body(whole)}


async def require_check(case: Case, ticket: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> None:
    """Refuses a ticket of a business that asks for a check, without one of this call, this customer and this author.
    `before` is what the ticket was: one that is changed keeps the check that it was filed with, however old."""
    rule = await rule_of(case)
    needed = rule.level_for(ticket["type"], ticket["category"])
    if before is not None and _asks_no_more(rule, needed, before, ticket):
        return
    named = ticket["identity_check"]
    if needed == NOBODY and (named is None or before is not None):
        return
    if not isinstance(named, str):
        raise Refused(NEEDED)
    await case.changes.look_at("contact", [named])
    row = case.changes.get("contact", named)
    if row is None or row.body["check"] is None:
        raise Refused(NEEDED)
    check, body = _check_in(row.body), row.body
    is_of_this = (body["customer_id"], body["agent"], body["call_ref"]) == (
        ticket["customer_id"], ticket["created_by"], ticket["call_ref"]
    )  # fmt: skip
    is_old = before is None and _is_old(check.checked_at, case.watch.now, rule)
    if not is_of_this or check.level < needed or is_old:
        raise Refused(NEEDED)


def _asks_no_more(rule: IdentityRule, needed: int, before: Mapping[str, Any], ticket: Mapping[str, Any]) -> bool:
    is_same_person = before["customer_id"] == ticket["customer_id"]
    return is_same_person and needed <= rule.level_for(before["type"], before["category"])


def _is_old(checked_at: datetime | None, now: datetime, rule: IdentityRule) -> bool:
    """By the server's own clock: what a workstation says of the time makes no check younger."""
    return checked_at is None or now - checked_at > timedelta(hours=rule.valid_h)


async def _others(case: Case, body: Mapping[str, Any]) -> list[Stored]:
    """The other checks of this customer."""
    found = await case.changes.look_at_checks(str(body["customer_id"]))
    return [row for row in found if row.id != case.command.id]


def _is_of_call(row: Stored, body: Mapping[str, Any]) -> bool:
    """Whether it is of the same call and agent: a call has one check, in which nothing is asked twice."""
    return (row.body["call_ref"], row.body["agent"]) == (body["call_ref"], body["agent"])


def _wrong_today(case: Case, body: Mapping[str, Any], others: Iterable[Stored]) -> int:
    """Wrong answers in other calls: of the day on which these were given, or which the server had that day."""
    at, now, total = from_text(body["at"]), case.watch.now, 0
    for row in others:
        check = _check_in(row.body)
        if abs(from_text(row.body["at"]) - at) < DAY or now - (check.checked_at or now) < DAY:
            total += check.wrong
    return total


def _check_in(body: Mapping[str, Any]) -> IdentityCheck:
    return from_body(IdentityCheck, "", 0, body["check"])


def _check_rule(body: Mapping[str, Any]) -> None:
    found = faults(from_body(IdentityRule, "", 0, body))
    if found:
        raise Refused("bad_identity_rule", {field: fault.value for field, fault in found.items()})
