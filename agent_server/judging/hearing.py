"""Who may listen to the recording of a call, and that they did."""

from typing import Final

from agent_model.agent import Role
from agent_model.command import Answer, Verdict
from agent_model.desk_policy import DeskPolicy
from agent_server.audit import Deed
from agent_server.judging.case import Case, Judgement, Refused
from agent_server.judging.desk_policy import load_policy, policy_of
from agent_server.rows import Stored
from agent_server.scopes import Person

HEARD: Final = "heard"
FROM: Final = frozenset({"here", "server"})
"""Where the recording came from: the listener's own disk, or this server."""
LONGEST_NAME: Final = 128


def may_hear(rule: DeskPolicy, person: Person, whose: Stored | None) -> bool:
    """Whether this person may listen to the calls of an agent, as far as they see them; None for nobody's."""
    is_team = whose is not None and bool(person.team) and whose.body["team"] == person.team
    return rule.hears(Role(person.role), is_own=whose is not None and whose.id == person.id, is_team=is_team)


async def heard(case: Case, row: Stored) -> Judgement:
    """It was listened to already: what was not allowed is told, not refused."""
    command = case.command
    said = command.fields[HEARD]
    if command.entity != "contact" or command.fields.keys() != {HEARD} or said.old not in FROM:
        raise Refused("bad_field")
    if not isinstance(said.new, str) or not 0 < len(said.new) <= LONGEST_NAME or "\x00" in said.new:
        raise Refused("bad_field")
    whose = row.body["agent"] or ""
    await load_policy(case.changes)
    await case.changes.look_at("agent", [whose])
    is_allowed = may_hear(policy_of(case.changes), case.person, case.changes.get("agent", whose))
    act = case.act(Deed.HEARD if is_allowed else Deed.HEARD_UNALLOWED, said.old, said.new)
    return Judgement(Answer(command.op_id, Verdict.APPLIED, row.version), acts=(act,))
