"""What the site allows on its floor: changed by an administrator; limits beside calls by duty managers, too."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from agent_model.agent import Role
from agent_model.body import from_body
from agent_model.floor_policy import SITE, FloorPolicy, LimitOf, SteeringLimit, is_policy
from agent_model.moment import to_text
from agent_server.audit import Deed
from agent_server.judging.case import Case, Refused
from agent_server.judging.rules import Outcome, Rules
from agent_server.rows import Stored, fetch

OF_DUTY_MANAGERS: Final = frozenset({"steering_limits"})


class FloorPolicyRules(Rules):
    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        if case.command.id != SITE:
            raise Refused("bad_field")
        self._require(case)
        return await _signed(case, FloorPolicy(), case.command.fields, body)

    def check_fields(self, case: Case, row: Stored) -> None:
        self._require(case)

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        return await _signed(case, case.changes.value(FloorPolicy, row), taken, body)

    def _require(self, case: Case) -> None:
        """Who is in whose calls is not the duty managers', who are in them themselves."""
        if case.person.role is Role.DUTY_MANAGER and not set(case.command.fields) <= OF_DUTY_MANAGERS:
            raise Refused("not_allowed")


async def _signed(case: Case, before: FloorPolicy, changed: Iterable[str], body: Mapping[str, Any]) -> Outcome:
    after = from_body(FloorPolicy, SITE, 1, body)
    if not is_policy(after) or not await _are_there(case, _named(after) - _named(before)):
        raise Refused("bad_field")
    who = case.person
    if who.role is Role.DUTY_MANAGER and _own(before, who.id) != _own(after, who.id):
        raise Refused("not_allowed")
    signature = {"changed_by": who.id, "changed_at": to_text(case.watch.now)}
    return Outcome(signature, acts=(case.act(Deed.POLICY_CHANGED, "floor_policy", " ".join(sorted(changed))),))


def _own(policy: FloorPolicy, lead: str) -> list[SteeringLimit]:
    """What limits somebody: not theirs to lift."""
    return [limit for limit in policy.steering_limits if (limit.of, limit.id) == (LimitOf.LEAD, lead)]


def _named(policy: FloorPolicy) -> frozenset[tuple[LimitOf, str]]:
    in_calls, beside = policy.limits, policy.steering_limits
    return frozenset({(one.of, one.id) for one in in_calls} | {(one.of, one.id) for one in beside})


async def _are_there(case: Case, named: Iterable[tuple[LimitOf, str]]) -> bool:
    """A limit is begun of somebody who is there; one of who has left since stays."""
    wanted: dict[str, set[str]] = {"agent": set(), "team": set()}
    for of, id_ in named:
        wanted["team" if of is LimitOf.TEAM else "agent"].add(id_)
    found = [await fetch(case.changes.connection, noun, sorted(ids)) for noun, ids in wanted.items()]
    return all(ids == rows.keys() for ids, rows in zip(wanted.values(), found, strict=True))
