"""The named facts that rules compare and reasons tell: a closed list, each with its kind."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from agent_model.customer import Tier
from agent_model.signal import Comparison

FactValue = int | float | str | date | tuple[date, ...]
Facts = Mapping[str, FactValue]
"""What is known of one customer; a fact that is not known is absent."""


class FactKind(StrEnum):
    """How a fact is compared and written. MONEY is in whole currency units, FLAG `yes` or `no`, PERSON, PRODUCT and
    ISSUE are ids (an issue is a ticket category, or the words of the contact where there was no ticket)."""

    NUMBER = "number"
    DECIMAL = "decimal"
    MONEY = "money"
    FLAG = "flag"
    TIER = "tier"
    LANGUAGE = "language"
    DATE = "date"
    DATES = "dates"
    TEXT = "text"
    PERSON = "person"
    PRODUCT = "product"
    ISSUE = "issue"


FACTS: Final[Mapping[str, FactKind]] = {
    "tier": FactKind.TIER,
    "value_12_months": FactKind.MONEY,
    "contacts_30_days": FactKind.NUMBER,
    "language": FactKind.LANGUAGE,
    "speaks_language": FactKind.FLAG,
    "same_issue_contacts": FactKind.NUMBER,
    "same_issue": FactKind.ISSUE,
    "same_issue_since": FactKind.DATE,
    "same_issue_dates": FactKind.DATES,
    "satisfaction": FactKind.DECIMAL,
    "ratings": FactKind.NUMBER,
    "last_rating": FactKind.NUMBER,
    "last_rating_on": FactKind.DATE,
    "rating_before": FactKind.DECIMAL,
    "rating_fall": FactKind.DECIMAL,
    "open_complaints": FactKind.NUMBER,
    "complaint_days": FactKind.NUMBER,
    "complaint_since": FactKind.DATE,
    "complaint": FactKind.TEXT,
    "contract_days": FactKind.NUMBER,
    "contract_end": FactKind.DATE,
    "contract_product": FactKind.TEXT,
    "usage_left": FactKind.NUMBER,
    "usage_low": FactKind.FLAG,
    "usage_product": FactKind.TEXT,
    "asked_times": FactKind.NUMBER,
    "asked_product": FactKind.PRODUCT,
    "asked_on": FactKind.DATE,
    "last_agent": FactKind.PERSON,
    "last_agent_on": FactKind.DATE,
    "last_agent_days": FactKind.NUMBER,
    "last_agent_is_me": FactKind.FLAG,
}

_AMOUNTS: Final = (Comparison.AT_LEAST, Comparison.AT_MOST)
_NAMES: Final = (Comparison.IS, Comparison.IS_NOT)
COMPARISONS: Final[Mapping[FactKind, tuple[Comparison, ...]]] = {
    FactKind.NUMBER: _AMOUNTS,
    FactKind.DECIMAL: _AMOUNTS,
    FactKind.MONEY: _AMOUNTS,
    FactKind.FLAG: (Comparison.IS,),
    FactKind.TIER: (Comparison.AT_LEAST, *_NAMES),
    FactKind.LANGUAGE: _NAMES,
    FactKind.PRODUCT: _NAMES,
}
"""Kinds that are not here are told in reasons only."""

OF_PRODUCTS: Final = frozenset(
    {"contract_product", "contract_end", "contract_days", "usage_product", "usage_left", "usage_low"}
)
"""What the customer has of the company: told when their products may be."""
FLAGS: Final = ("yes", "no")
TIERS: Final = tuple(tier.value for tier in Tier)
"""The lowest first."""


def comparable() -> tuple[str, ...]:
    """The facts that a condition may name."""
    return tuple(fact for fact, kind in FACTS.items() if kind in COMPARISONS)


def is_of_kind(kind: FactKind, value: object) -> bool:
    """Whether a condition may compare a fact of this kind with the value."""
    match kind:
        case FactKind.NUMBER | FactKind.DECIMAL | FactKind.MONEY:
            is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
            return is_number and abs(float(str(value))) <= LARGEST_VALUE
        case FactKind.FLAG:
            return value in FLAGS
        case FactKind.TIER:
            return value in TIERS
        case FactKind.LANGUAGE | FactKind.PRODUCT:
            return isinstance(value, str) and bool(value.strip()) and len(value) <= LONGEST_NAME
        case _:
            return False


LARGEST_VALUE: Final = 1_000_000_000
LONGEST_NAME: Final = 128
