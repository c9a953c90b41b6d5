"""Ranges of numbers that platforms lend: held to the grammar of the model, and that no customer is given one."""

from collections.abc import Mapping, Sequence
from typing import Any

from agent_model.phone_number import PhoneNumber
from agent_server.judging.case import Case, Refused
from agent_server.judging.rules import Outcome, Rules
from agent_server.number_ranges import LENT, faults_of, known_among
from agent_server.rows import Stored


class NumberRangeRules(Rules):
    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        _check(body)
        return Outcome()

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        _check(body)
        return Outcome(segment=row.segment)


async def require_own_numbers(case: Case, phones: Sequence[str], before: Sequence[str] = ()) -> None:
    """Refuses a number that is nobody's own. One that the record had before may stay."""
    added = [PhoneNumber(number) for number in phones if number not in before]
    if added and known_among(await case.changes.look_at_all("number_range")).among(added):
        raise Refused(LENT, {"phones": LENT})


def _check(body: Mapping[str, Any]) -> None:
    if found := faults_of(body):
        raise Refused("bad_range", found)
