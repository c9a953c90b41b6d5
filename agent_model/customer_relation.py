"""How two customers stand to each other: one household, a guardian, a company and its people."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from agent_model.customer import CustomerId

LONGEST_NOTE: Final = 500


class RelationKind(StrEnum):
    """What the one is of the other: each reads from `customer_id` to `other_id`."""

    FAMILY = "family"
    GUARDIAN = "guardian"
    EMPLOYEE = "employee"
    SUBSIDIARY = "subsidiary"
    CONTACT_PERSON = "contact_person"
    OTHER = "other"

    @property
    def is_mutual(self) -> bool:
        """Whether it says the same from either end."""
        return self in (RelationKind.FAMILY, RelationKind.OTHER)


PEOPLE_OF_COMPANIES: Final = frozenset({RelationKind.EMPLOYEE, RelationKind.CONTACT_PERSON})


@dataclass(frozen=True, slots=True)
class CustomerRelation:
    """`customer_id` is `kind` of `other_id`. One that was taken away stays, as `is_removed`, and can be brought back.

    The server keeps `segment` and `other_segment`, where the two are, who took it away, and `removed_with`: the merge
    of customers that left nothing to relate, or the same relation twice.
    """

    id: str
    customer_id: CustomerId
    other_id: CustomerId
    kind: RelationKind
    created_by: str
    created_at: datetime
    note: str = ""
    segment: str | None = None
    other_segment: str | None = None
    is_removed: bool = False
    removed_by: str | None = None
    removed_at: datetime | None = None
    removed_with: str | None = None
    version: int = 0

    def other_than(self, customer_id: CustomerId) -> CustomerId:
        """The other end."""
        return self.other_id if self.customer_id == customer_id else self.customer_id

    @property
    def said(self) -> tuple[RelationKind, frozenset[str] | tuple[str, str]]:
        """The same for two that say the same."""
        ends = (self.customer_id, self.other_id)
        return self.kind, frozenset(ends) if self.kind.is_mutual else ends
