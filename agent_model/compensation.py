"""What a complainant is given for their trouble, and the fund that pays for it. Money is whole hundredths (fen)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from agent_model.agent import Role
from agent_model.words import Words


@dataclass(frozen=True, slots=True)
class Authority:
    """How much somebody of a role may grant for one complaint."""

    role: Role
    up_to_fen: int


@dataclass(frozen=True, slots=True)
class Fund:
    """`given_fen` was put in for the time from `starts_at` to `ends_at` (exclusive), `drawn_fen` is granted of it; the
    server counts that. Who is not named in `authorities` may grant nothing and asks."""

    id: str
    name: Words
    given_fen: int
    starts_at: datetime
    ends_at: datetime
    authorities: tuple[Authority, ...] = ()
    drawn_fen: int = 0
    version: int = 0

    @property
    def balance_fen(self) -> int:
        return self.given_fen - self.drawn_fen

    def is_open(self, now: datetime) -> bool:
        return self.starts_at <= now < self.ends_at

    def authority_fen(self, role: Role) -> int:
        return max((one.up_to_fen for one in self.authorities if one.role is role), default=0)


class CompensationState(StrEnum):
    """WISHED is what a workstation says until the server has answered: nothing is granted yet."""

    WISHED = "wished"
    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Compensation:
    """What is given for one complaint. The server decides `state`, `queue` is its ticket's; `decided_by` is whose
    authority it was, the asker's own where that sufficed."""

    id: str
    ticket_id: str
    fund: str
    amount_fen: int
    reason: str
    asked_by: str
    asked_at: datetime
    state: CompensationState = CompensationState.WISHED
    decided_by: str | None = None
    decided_at: datetime | None = None
    decision_reason: str = ""
    queue: str = ""
    version: int = 0
