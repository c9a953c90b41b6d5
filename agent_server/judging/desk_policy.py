"""What the site allows at its desks: read by the rules of other nouns, changed by an administrator."""

from collections.abc import Mapping, Sequence
from typing import Any

from agent_model.body import from_body
from agent_model.command import Command
from agent_model.desk_policy import SITE, DeskPolicy, is_policy
from agent_model.moment import to_text
from agent_server.audit import Deed
from agent_server.changeset import Changeset
from agent_server.judging.case import Case, Refused
from agent_server.judging.rules import Outcome, Rules
from agent_server.rows import Stored


async def load_policy(changes: Changeset) -> None:
    await changes.look_at("desk_policy", [SITE])


def policy_of(changes: Changeset) -> DeskPolicy:
    """As it stands in this transaction, loaded before; the default where the site has decided nothing."""
    row = changes.get("desk_policy", SITE)
    return DeskPolicy() if row is None else changes.value(DeskPolicy, row)


class DeskPolicyRules(Rules):
    async def load(self, commands: Sequence[Command], changes: Changeset) -> None:
        await load_policy(changes)

    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        if case.command.id != SITE:
            raise Refused("bad_field")
        return _signed(case, body)

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        return _signed(case, body)


def _signed(case: Case, body: Mapping[str, Any]) -> Outcome:
    if not is_policy(from_body(DeskPolicy, SITE, 1, body)):
        raise Refused("bad_field")
    signature = {"changed_by": case.person.id, "changed_at": to_text(case.watch.now)}
    return Outcome(signature, acts=(case.act(Deed.POLICY_CHANGED, "desk_policy"),))
