"""The form of a kind of ticket, as data: its fields, when each is asked and needed, and what it begins with.

A form is never changed: an edit makes the next edition, with an id of its own. Its words exist in both languages.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from agent_model.ticket import TicketType
from agent_model.words import Words


class FieldKind(StrEnum):
    """What a field takes. `ID_CARD` and `BANK_CARD` are card numbers: only their last four characters are ever kept."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    DATE_TIME = "date_time"
    CHOICE = "choice"
    MULTI_CHOICE = "multi_choice"
    YES_NO = "yes_no"
    PHONE = "phone"
    EMAIL = "email"
    ID_CARD = "id_card"
    BANK_CARD = "bank_card"
    PRODUCT = "product"

    @property
    def is_card(self) -> bool:
        return self in (FieldKind.ID_CARD, FieldKind.BANK_CARD)

    @property
    def has_options(self) -> bool:
        return self in (FieldKind.CHOICE, FieldKind.MULTI_CHOICE)

    @property
    def has_range(self) -> bool:
        return self in (FieldKind.NUMBER, FieldKind.MONEY, FieldKind.DATE, FieldKind.DATE_TIME)


class Fact(StrEnum):
    """What is known of ticket, call and customer while a form is filled in; an unknown one is an empty text."""

    CATEGORY = "category"
    PRIORITY = "priority"
    DIRECTION = "direction"
    QUEUE = "queue"
    IS_KNOWN = "is_known"
    IS_VERIFIED = "is_verified"
    TIER = "tier"
    LANGUAGE = "language"
    REGION = "region"
    CALLER_NUMBER = "caller_number"
    CUSTOMER_NAME = "customer_name"
    CUSTOMER_EMAIL = "customer_email"
    CUSTOMER_COMPANY = "customer_company"
    CUSTOMER_PRODUCT = "customer_product"
    TODAY = "today"
    NOW = "now"


ASKED_OF: Final = (
    Fact.CATEGORY,
    Fact.PRIORITY,
    Fact.DIRECTION,
    Fact.QUEUE,
    Fact.IS_KNOWN,
    Fact.IS_VERIFIED,
    Fact.TIER,
    Fact.LANGUAGE,
    Fact.REGION,
)
"""The facts that conditions may look at. Those that a form looks at travel with its ticket, the others stay here."""

TAKEN_FROM: Final = (
    Fact.CALLER_NUMBER,
    Fact.CUSTOMER_NAME,
    Fact.CUSTOMER_EMAIL,
    Fact.CUSTOMER_COMPANY,
    Fact.CUSTOMER_PRODUCT,
    Fact.REGION,
    Fact.TODAY,
    Fact.NOW,
)
"""The facts that a field may begin with."""


class Comparison(StrEnum):
    FILLED = "filled"
    EMPTY = "empty"
    IS = "is"
    IS_NOT = "is_not"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"

    @property
    def has_value(self) -> bool:
        return self not in (Comparison.FILLED, Comparison.EMPTY)


@dataclass(frozen=True, slots=True)
class Clause:
    """One comparison. `of` is the key of a field, or a fact where `is_fact`; of several choices IS means: among them.
    `value` is written as a field's value is typed."""

    of: str
    comparison: Comparison
    value: str = ""
    is_fact: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """All of the clauses hold, or one of them where `any_of`. Without clauses it always holds."""

    clauses: tuple[Clause, ...] = ()
    any_of: bool = False


ALWAYS: Final = Condition()
NO_WORDS: Final = Words("", "")


@dataclass(frozen=True, slots=True)
class Option:
    id: str
    label: Words


@dataclass(frozen=True, slots=True)
class FormField:
    """`required_when` None: never; `visible_when` None: always. `default`, `lowest` and `highest` are written as they
    are typed, money in whole units; `longest` counts characters, or choices; 0 is the kind's own limit."""

    key: str
    kind: FieldKind
    label: Words
    help: Words = NO_WORDS
    options: tuple[Option, ...] = ()
    required_when: Condition | None = None
    visible_when: Condition | None = None
    default: str = ""
    default_from: Fact | None = None
    lowest: str = ""
    highest: str = ""
    longest: int = 0

    @property
    def conditions(self) -> tuple[Condition, ...]:
        return tuple(one for one in (self.required_when, self.visible_when) if one is not None)


class Form:
    """An edition of what is asked, of whatever: its fields, in this order."""

    __slots__ = ()
    id: str
    edition: int
    fields: tuple[FormField, ...]

    def field(self, key: str) -> FormField | None:
        return next((one for one in self.fields if one.key == key), None)

    @property
    def facts(self) -> frozenset[Fact]:
        """Those that its conditions look at."""
        asked = (clause for field in self.fields for one in field.conditions for clause in one.clauses)
        return frozenset(Fact(clause.of) for clause in asked if clause.is_fact)


@dataclass(frozen=True, slots=True)
class TicketForm(Form):
    """What tickets of a type are asked. The highest `edition` is the one for new tickets."""

    id: str
    type: TicketType
    edition: int
    fields: tuple[FormField, ...]
    published_at: datetime
    published_by: str
    version: int = 0


def form_id(type_: TicketType, edition: int) -> str:
    """The id of an edition: two people who publish at once mean the same one, and the second is refused."""
    return f"{type_.value}.{edition}"
