"""Rows of the company that a team lead writes whole: macros, rules of signals."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agent_model.body import to_body
from agent_model.signal_defaults import SHIPPED
from tests.server.workstation import Workstation


@dataclass(frozen=True)
class WrittenRows:
    """`whole` is what one of them says, `row_id` the one that is written where no other is named."""

    entity: str
    row_id: str
    whole: Mapping[str, Any]

    def create(self, seat: Workstation, row_id: str = "", **fields: Any) -> dict[str, Any]:
        [answer] = seat.push(seat.op(self.entity, row_id or self.row_id, "create", {**self.whole, **fields}))
        return answer

    def change(self, seat: Workstation, version: int, **fields: Any) -> dict[str, Any]:
        pairs = {name: list(pair) for name, pair in fields.items()}
        [answer] = seat.push(seat.op(self.entity, self.row_id, "update", pairs, base_version=version))
        return answer


MACROS = WrittenRows(
    "macro",
    "m-1",
    {
        "code": "sl",
        "title": {"zh": "已受理", "en": "Received"},
        "text": {"zh": "{customer.name}，工单 {ticket.number}", "en": "Dear {customer.name}"},
        "types": ["fault"],
        "queues": [],
        "status": "in_progress",
        "priority": "high",
        "takes": True,
        "comment": "to_customer",
        "is_on": True,
    },
)
SYNONYMS = WrittenRows(
    "synonym",
    "s-1",
    {"words": ["携号转网", "带号转网", "NP"], "note": "", "is_on": True},
)
SIGNAL_RULES = WrittenRows(
    "signal_rule",
    "r-1",
    {name: value for name, value in to_body(SHIPPED[0]).items() if name not in ("changed_by", "changed_at")},
)
