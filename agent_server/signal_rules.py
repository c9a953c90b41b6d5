"""Rules of signals as people change them: held to the grammar of the model, and signed with who changed them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from agent_model.agent import Role
from agent_model.body import from_body
from agent_model.moment import to_text
from agent_model.signal import SignalRule
from agent_model.signal_rules import faults
from agent_server.ticket_forms import Refusal

MAY_CHANGE = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER})


def refused(body: Mapping[str, Any]) -> Refusal | None:
    """Why a checked body is no rule, by the field that is wrong; None when it is one."""
    found = faults(from_body(SignalRule, "", 0, body))
    return Refusal("bad_rule", {fault.field: fault.wrong.value for fault in found}) if found else None


def signed(author: str, now: datetime) -> dict[str, Any]:
    """What the server writes into a rule that somebody changed."""
    return {"changed_by": author, "changed_at": to_text(now)}
