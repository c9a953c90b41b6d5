"""The identity check (核身): what a caller is asked, what that is worth, and what is told and done only after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from agent_model.identity_answer import ProfileFact
from agent_model.identity_check import NOBODY, PIN, CheckAnswer
from agent_model.ticket import TicketType
from agent_model.words import Words

LOCKED: Final = Words(
    "今天核验次数已用完，请明天再来电，或携带证件到营业厅办理。",
    "We cannot check your identity again today. Please call tomorrow, or visit a shop.",
)
"""What the agent says when it cannot be tried again today."""
MOST_LEVELS: Final = 5
MOST_QUESTIONS: Final = 30
LONGEST_NAME: Final = 60


class Disclosed(StrEnum):
    """What of the profile is shown only from a level on."""

    PHONES = "phones"
    EMAIL = "email"
    REGION = "region"
    PRODUCTS = "products"
    ORDERS = "orders"


@dataclass(frozen=True, slots=True)
class Question:
    """`words` are what the agent says; `about` names it in a rule and in a check."""

    about: ProfileFact
    words: Words


@dataclass(frozen=True, slots=True)
class Level:
    """Reached with so many right answers of one call."""

    level: int
    name: Words
    right: int


@dataclass(frozen=True, slots=True)
class Business:
    """Tickets of this type or category are filed only from a level on."""

    level: int
    type: TicketType | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Disclosure:
    level: int
    field: Disclosed


@dataclass(frozen=True, slots=True)
class IdentityRule:
    """How callers are checked. A check holds for its call only, and for a ticket that reaches the server within
    `valid_h`. After `wrong_a_call` wrong answers the call reaches no level more, after `wrong_a_day` nobody is checked
    as this customer until tomorrow; then `locked` is what the agent says. A right PIN is worth `pin_level`."""

    id: str
    questions: tuple[Question, ...]
    levels: tuple[Level, ...]
    business: tuple[Business, ...] = ()
    disclosure: tuple[Disclosure, ...] = ()
    pin_level: int = 1
    wrong_a_call: int = 2
    wrong_a_day: int = 4
    valid_h: int = 24
    locked: Words = LOCKED
    version: int = 0

    def level_for(self, type_: str, category: str) -> int:
        """From which level on such a ticket may be filed."""
        gates = (gate.level for gate in self.business if gate.category == category or gate.type == type_)
        return max(gates, default=NOBODY)

    def level_to_see(self, field: Disclosed) -> int:
        return max((gate.level for gate in self.disclosure if gate.field is field), default=NOBODY)

    def level_of(self, answers: Sequence[CheckAnswer]) -> int:
        """What the answers of one call are worth."""
        asked = [answer for answer in answers if answer.question != PIN]
        if sum(not answer.is_right for answer in asked) >= self.wrong_a_call:
            return NOBODY
        right = sum(answer.is_right for answer in asked)
        reached = max((level.level for level in self.levels if level.right <= right), default=NOBODY)
        has_pin = any(answer.is_right for answer in answers if answer.question == PIN)
        return max(reached, self.pin_level if has_pin else NOBODY)

    def name_of(self, level: int) -> Words:
        named = (one.name for one in self.levels if one.level == level)
        return next(named, Words("未核验", "Not checked"))


SHIPPED: Final = IdentityRule(
    id="site",
    questions=(
        Question(ProfileFact.NAME, Words("请问机主姓名？", "What is the account holder's full name?")),
        Question(ProfileFact.ID_NUMBER, Words("请报证件号码后四位。", "The last four signs of the ID number?")),
        Question(ProfileFact.OTHER_PHONE, Words("登记的另一个号码后四位？", "Last four digits of another number?")),
        Question(ProfileFact.EMAIL, Words("登记的邮箱是？", "Which e-mail address is on file?")),
        Question(ProfileFact.PRODUCT, Words("您在用的套餐或产品是？", "Which product or plan do you use?")),
        Question(ProfileFact.SINCE, Words("哪年哪月入网的？", "Since which year and month have you been with us?")),
        Question(ProfileFact.LAST_ORDER, Words("最近一笔订单的金额？", "What was the amount of your last order?")),
        Question(ProfileFact.REGION, Words("登记的地区是？", "Which region is on file?")),
        Question(ProfileFact.COMPANY, Words("登记的单位名称？", "Which company is on file?")),
    ),
    levels=(Level(1, Words("基本核验", "Basic"), 1), Level(2, Words("强核验", "Strong"), 3)),
)
"""Holds for a site that has no rule of its own: nothing is gated."""


class RuleFault(StrEnum):
    MISSING = "missing"
    TWICE = "twice"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    OUT_OF_RANGE = "out_of_range"
    UNKNOWN_LEVEL = "unknown_level"
    NOT_RISING = "not_rising"


def faults(rule: IdentityRule) -> Mapping[str, RuleFault]:
    """Everything that is wrong with a rule, by field; empty when it may be used."""
    wrong: dict[str, RuleFault] = {}
    levels = [one.level for one in rule.levels]
    about = [question.about for question in rule.questions]
    if not levels or not about:
        wrong["levels" if not levels else "questions"] = RuleFault.MISSING
    if len(set(levels)) < len(levels) or len(set(about)) < len(about):
        wrong["questions" if len(set(about)) < len(about) else "levels"] = RuleFault.TWICE
    if len(levels) > MOST_LEVELS or len(about) > MOST_QUESTIONS:
        wrong["levels" if len(levels) > MOST_LEVELS else "questions"] = RuleFault.TOO_MANY
    rising = [one.right for one in sorted(rule.levels, key=lambda one: one.level)]
    if any(level < 1 for level in levels) or any(right < 1 for right in rising) or max(rising, default=0) > len(about):
        wrong["levels"] = RuleFault.OUT_OF_RANGE
    elif sorted(set(rising)) != rising:
        wrong["levels"] = RuleFault.NOT_RISING
    for name, named in (
        ("business", [one.level for one in rule.business]),
        ("disclosure", [one.level for one in rule.disclosure]),
        ("pin_level", [rule.pin_level] if rule.pin_level else []),
    ):
        if not set(named) <= set(levels):
            wrong[name] = RuleFault.UNKNOWN_LEVEL
    for name, value, most in (
        ("wrong_a_call", rule.wrong_a_call, 10),
        ("wrong_a_day", rule.wrong_a_day, 50),
        ("valid_h", rule.valid_h, 240),
    ):
        if not 1 <= value <= most:
            wrong[name] = RuleFault.OUT_OF_RANGE
    texts = [rule.locked, *(one.name for one in rule.levels), *(one.words for one in rule.questions)]
    if not all(words.zh.strip() and words.en.strip() for words in texts):
        wrong.setdefault("questions", RuleFault.MISSING)
    return wrong
