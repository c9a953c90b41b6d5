"""After-call work: what people change of a queue's rules for it, and that what a call came to is held to them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from agent_model.after_call import USUAL_POLICY, WorkDone, policy_faults, weighed_by
from agent_model.agent import Role
from agent_model.body import from_body, to_body
from agent_model.disposition import leaves
from agent_model.floor_bound import bound_faults
from agent_model.moment import from_text, to_text
from agent_model.organisation import Queue
from agent_server.audit import Deed
from agent_server.editions import as_known
from agent_server.judging.case import Case, Refused
from agent_server.judging.dispositions import dispositions
from agent_server.judging.rules import Outcome, Rules
from agent_server.rows import Stored

NEEDED: Final = "disposition_needed"
LONGEST_WORK: Final = timedelta(days=7)
"""What is told to have lasted longer was no work, but a clock."""


class QueueRules(Rules):
    """Of a queue what it wants after its calls and the bounds of its figures are changed at a workstation; a team lead
    changes the own team's."""

    def check_fields(self, case: Case, row: Stored) -> None:
        if case.person.role is Role.TEAM_LEAD and row.body["team"] != case.person.team:
            raise Refused("not_allowed")

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        queue = from_body(Queue, row.id, 0, body)
        offered = leaves(await dispositions(case), queue.id)
        if found := policy_faults(queue.after_call, queue.wrap_up_s, len(offered)):
            raise Refused("bad_after_call", {name: wrong.value for name, wrong in found.items()})
        for wrong in bound_faults(queue.bounds):
            raise Refused("bad_bounds", {"bounds": wrong.value})
        signature = {"changed_by": case.person.id, "changed_at": to_text(case.watch.now)}
        act = case.act(Deed.POLICY_CHANGED, "queue")
        return Outcome(signature, row.segment, (act,))


async def check_kept(case: Case, before: Mapping[str, Any], body: Mapping[str, Any]) -> None:
    """What a call came to may be another, but not nothing again where its queue needs to know."""
    if before["wrap_up_code"] is None or body["wrap_up_code"] is not None:
        return
    queue = await _queue(case, body, body["rules_at"])
    if queue is not None and queue.after_call.needs_disposition:
        raise Refused(NEEDED)


async def weighed_work(case: Case, body: Mapping[str, Any]) -> dict[str, Any]:
    """The work of a line as the server keeps it: what happened is always taken, and what was too long or left early by
    the rules that its author knew is told. Refuses what cannot have been."""
    if body["work"] is None:
        return {}
    done = from_body(WorkDone, "", 0, body["work"])
    if not timedelta(0) <= done.ended_at - done.began_at <= LONGEST_WORK or done.extended < 0:
        raise Refused("bad_field")
    queue = await _queue(case, body, body["work"].get("rules_at"))
    has_disposition = body["wrap_up_code"] is not None
    if queue is None:
        weighed = weighed_by(done, USUAL_POLICY, 0, has_disposition=True)
    else:
        weighed = weighed_by(done, queue.after_call, queue.wrap_up_s, has_disposition=has_disposition)
    return {"work": to_body(weighed)}


async def _queue(case: Case, body: Mapping[str, Any], known: str | None) -> Queue | None:
    """The queue of a line with its rules as the author knew them."""
    known_at = None if known is None else from_text(known)
    rows = await as_known(case.changes, "queue", known_at)
    return next((case.changes.value(Queue, row) for row in rows if row.id == body["queue"]), None)
