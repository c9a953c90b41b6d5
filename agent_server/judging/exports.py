"""What may leave the house in a file, and who approves it; a file that was written is never kept from the audit."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from agent_model.agent import Role
from agent_model.command import Command
from agent_model.export import ExportKind, ExportState
from agent_model.moment import to_text
from agent_server.audit import LONGEST_REASON, Act, Deed
from agent_server.changeset import Changeset
from agent_server.judging.case import Case, Refused
from agent_server.judging.desk_policy import load_policy, policy_of
from agent_server.judging.rules import Outcome, Rules
from agent_server.rights import MAY_APPROVE_EXPORTS
from agent_server.rows import Stored

DECISIONS: Final = (ExportState.APPROVED, ExportState.REFUSED)


class ExportRules(Rules):
    async def load(self, commands: Sequence[Command], changes: Changeset) -> None:
        await load_policy(changes)

    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        case.require_author(body["asked_by"])
        rule = policy_of(case.changes).export_rule(ExportKind(body["kind"]), body["subject"], Role(case.person.role))
        if not body["rows"] >= 0 or len(body["what"]) > LONGEST_REASON:
            raise Refused("bad_field")
        match ExportState(body["state"]):
            case ExportState.ASKED:
                if rule is None or body["rows"] > rule.most:
                    raise Refused("export_not_allowed")
                if not (body["reason"] or "").strip():
                    raise Refused("bad_field")
                return Outcome({"team": case.person.team}, acts=(_act(case, Deed.EXPORT_ASKED, body),))
            case ExportState.DONE:
                # The file is there already: what was not allowed is told, not refused.
                is_allowed = rule is not None and body["rows"] <= rule.rows
                deed = Deed.EXPORTED if is_allowed else Deed.EXPORTED_UNALLOWED
                return Outcome({"is_allowed": is_allowed}, acts=(_act(case, deed, body),))
        raise Refused("illegal_status")

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        before, after = ExportState(row.body["state"]), ExportState(body["state"])
        if before is ExportState.ASKED and after in DECISIONS and taken.keys() <= {"state", "words"}:
            if case.person.role not in MAY_APPROVE_EXPORTS or case.person.id == body["asked_by"]:
                raise Refused("not_allowed")
            deed = Deed.EXPORT_APPROVED if after is ExportState.APPROVED else Deed.EXPORT_REFUSED
            decided = {"decided_by": case.person.id, "decided_at": to_text(case.watch.now)}
            return Outcome(decided, row.segment, (_act(case, deed, body),))
        if before is ExportState.APPROVED and after is ExportState.DONE and taken.keys() <= {"state", "rows"}:
            case.require_author(body["asked_by"])
            is_allowed = 0 <= body["rows"] <= row.body["rows"]
            deed = Deed.EXPORTED if is_allowed else Deed.EXPORTED_UNALLOWED
            return Outcome({"is_allowed": is_allowed}, row.segment, (_act(case, deed, body),))
        raise Refused("illegal_status")


def _act(case: Case, deed: Deed, body: Mapping[str, Any]) -> Act:
    """Whose, how much, and which part of it."""
    about = f"{body['kind']} {body['subject']}"[:48] + f" {body['rows']}"
    said = " · ".join(filter(None, (body["what"], body["reason"])))
    return case.act(deed, about[:64], said[:LONGEST_REASON])
