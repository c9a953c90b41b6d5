"""Which department a complaint is for: by the company's rules, and by what became of others like it; with why."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

LEAST_CASES: Final = 3
LEAST_SHARE: Final = 0.5


@dataclass(frozen=True, slots=True)
class DepartmentRule:
    """Complaints of a `category` (and what branches off it), about one of the `products`, with one of the `keywords` in
    their text are for `department`; what is empty asks nothing. The heavier rule counts, of equal ones the one that
    asks more."""

    id: str
    department: str
    category: str = ""
    products: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    weight: int = 1
    version: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """What of a complaint decides whose it is."""

    category: str
    products: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class ByRule:
    """The rule that fits, and what of the complaint it met; empty where it asks nothing."""

    rule: str
    department: str
    category: str
    product: str
    keyword: str


@dataclass(frozen=True, slots=True)
class ByHistory:
    """`cases` of `among` settled complaints of the category ended with this department."""

    department: str
    cases: int
    among: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """The rule's word counts before history's."""

    by_rule: ByRule | None = None
    by_history: ByHistory | None = None

    @property
    def department(self) -> str | None:
        chosen = self.by_rule or self.by_history
        return None if chosen is None else chosen.department


def propose(case: Case, rules: Iterable[DepartmentRule], ended_with: Sequence[str]) -> Proposal:
    """`ended_with` are the departments that settled complaints of the same category."""
    fitting = [(rule, hit) for rule in rules if (hit := _hit(rule, case)) is not None]
    best = max(fitting, key=lambda one: (one[0].weight, _asks(one[0]), one[0].id), default=None)
    return Proposal(None if best is None else best[1], _history(ended_with))


def _hit(rule: DepartmentRule, case: Case) -> ByRule | None:
    text = case.text.casefold()
    product = next((one for one in rule.products if one in case.products), "")
    keyword = next((one for one in rule.keywords if one and one.casefold() in text), "")
    is_of_category = not rule.category or f"{case.category}/".startswith(f"{rule.category}/")
    if not is_of_category or (rule.products and not product) or (rule.keywords and not keyword) or not _asks(rule):
        return None
    return ByRule(rule.id, rule.department, rule.category, product, keyword)


def _asks(rule: DepartmentRule) -> int:
    return bool(rule.keywords) + bool(rule.products) + len(rule.category)


def _history(ended_with: Sequence[str]) -> ByHistory | None:
    if len(ended_with) < LEAST_CASES:
        return None
    department, cases = max(Counter(ended_with).items(), key=lambda one: (one[1], one[0]))
    return ByHistory(department, cases, len(ended_with)) if cases > LEAST_SHARE * len(ended_with) else None
