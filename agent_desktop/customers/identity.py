"""Checking who is calling: questions out of the profile, none twice in a call, and what came of them; offline, too."""

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from agent_desktop.customers import masking
from agent_desktop.offline.identity_rule import SiteIdentityRule
from agent_desktop.offline.view import View
from agent_model.body import from_body, to_body
from agent_model.command import CommandKind, FieldChange
from agent_model.customer import Contact, ContactKind, CustomerId
from agent_model.identity_answer import ProfileFact, is_right
from agent_model.identity_check import NOBODY, PIN, CheckAnswer, IdentityCheck, check_id
from agent_model.identity_rule import Disclosed, IdentityRule, Question
from agent_model.moment import from_text
from agent_model.phone_number import PhoneNumber, masked, suffix
from agent_model.wire import Row
from agent_model.words import Words

DAY: Final = timedelta(hours=24)
LOOKED_AT: Final = 100
"""The newest lines of the timeline, among which an order and earlier checks are looked for."""
TAIL: Final = 4


@dataclass(frozen=True, slots=True)
class Caller:
    """Whom a call is with: `number` is the one they call from, which proves nothing."""

    customer: CustomerId
    call_ref: str
    number: PhoneNumber | None = None
    queue: str | None = None


@dataclass(frozen=True, slots=True)
class CheckState:
    """How far the check of a call is. `question` is the next one, None when there is none left or it is `is_locked`:
    then nobody is checked as this customer today, and `locked` is what to say. `is_failed` is of this call only."""

    level: int
    name: Words
    answers: tuple[CheckAnswer, ...]
    question: Question | None
    is_failed: bool
    is_locked: bool
    locked: Words
    hidden: frozenset[Disclosed]


class IdentityChecks:
    """Checks by `author` (the agent's id)."""

    def __init__(self, view: View, author: str, clock: Callable[[], datetime]) -> None:
        self._view = view
        self._rule = SiteIdentityRule(view)
        self._author = author
        self._clock = clock

    def rule(self) -> IdentityRule:
        """The site's; the one that is shipped where it has none."""
        return self._rule.read()

    def hidden_unchecked(self) -> frozenset[Disclosed]:
        """What is shown of nobody who has not been checked."""
        rule = self.rule()
        return frozenset(field for field in Disclosed if rule.level_to_see(field) > NOBODY)

    def state(self, caller: Caller) -> CheckState:
        rule, check = self.rule(), self._check(caller)
        lines = self._view.contacts_of(caller.customer, "~", LOOKED_AT)
        is_locked = check.is_locked or self._wrong_today(lines, caller, check) >= rule.wrong_a_day
        level = NOBODY if is_locked else check.level
        asked = [answer for answer in check.answers if answer.question != PIN]
        is_failed = sum(not answer.is_right for answer in asked) >= rule.wrong_a_call
        question = None if is_locked or is_failed else self._next(rule, caller, check, lines)
        hidden = frozenset(field for field in Disclosed if rule.level_to_see(field) > level)
        return CheckState(
            level, rule.name_of(level), check.answers, question, is_failed, is_locked, rule.locked, hidden
        )

    def compare(self, caller: Caller, about: ProfileFact, said: str) -> bool:
        """Whether what the caller said is what is on file."""
        return is_right(about, said, self._expected(caller, about, self._view.contacts_of(caller.customer, "~", 100)))

    def on_file(self, caller: Caller, about: ProfileFact) -> str:
        """The answer, for who has marked theirs; empty while the question has not been answered in this call."""
        if all(answer.question != about for answer in self._check(caller).answers):
            return ""
        return "、".join(self._expected(caller, about, self._view.contacts_of(caller.customer, "~", 100))[:3])

    def answer(self, caller: Caller, question: str, *, is_correct: bool) -> None:
        """One more answer of this call, on this disk when this returns; one that has been given stays.

        Raises DiskFull, OutboxDamaged, StoreBusy."""
        now, rule = self._clock(), self.rule()
        before = self._check(caller)
        if any(answer.question == question for answer in before.answers):
            return
        answers = (*before.answers, CheckAnswer(question, is_correct, now))
        lines = self._view.contacts_of(caller.customer, "~", LOOKED_AT)
        counted = replace(before, answers=answers)
        is_locked = self._wrong_today(lines, caller, counted) >= rule.wrong_a_day
        check = IdentityCheck(answers, NOBODY if is_locked else rule.level_of(answers), is_locked)
        named = check_id(caller.call_ref, caller.customer, self._author)
        row = self._view.row("contact", named)
        if row is None:
            contact = Contact(
                id=named,
                customer_id=caller.customer,
                kind=ContactKind.IDENTITY_CHECK,
                at=now,
                title="",
                agent=self._author,
                queue=caller.queue,
                call_ref=caller.call_ref,
                check=check,
            )
            fields = {name: FieldChange(None, value) for name, value in to_body(contact).items() if value is not None}
            self._view.outbox.put("contact", named, CommandKind.CREATE, fields, now)
            return
        change = {"check": FieldChange(row.body["check"], to_body(check))}
        self._view.outbox.put("contact", named, CommandKind.UPDATE, change, now, base_version=row.version)

    def _check(self, caller: Caller) -> IdentityCheck:
        row = self._view.row("contact", check_id(caller.call_ref, caller.customer, self._author))
        return IdentityCheck(()) if row is None else _check_in(row)

    def _wrong_today(self, lines: Collection[Row], caller: Caller, check: IdentityCheck) -> int:
        """A clock that was turned back forgets nothing: what lies ahead of it is of today, too."""
        own = check_id(caller.call_ref, caller.customer, self._author)
        since = self._clock() - DAY
        others = [row for row in lines if row.body.get("check") and row.id != own and from_text(row.body["at"]) > since]
        return check.wrong + sum(_check_in(row).wrong for row in others)

    def _next(
        self, rule: IdentityRule, caller: Caller, check: IdentityCheck, lines: Collection[Row]
    ) -> Question | None:
        """Calls begin with different questions, each call with the same one however often it is looked at."""
        asked = {answer.question for answer in check.answers}
        left = [
            question
            for question in rule.questions
            if question.about not in asked and self._expected(caller, question.about, lines)
        ]
        if not left:
            return None
        return min(left, key=lambda question: hashlib.sha256(f"{caller.call_ref} {question.about}".encode()).digest())

    def _expected(self, caller: Caller, about: ProfileFact, lines: Collection[Row]) -> tuple[str, ...]:
        row = self._view.row("customer", caller.customer)
        if row is None:
            return ()
        found = _answers(about, row.body, caller.number, lines)
        texts = (str(answer).strip() for answer in found if answer)
        return tuple(text for text in texts if masking.whole(text))  # nobody can tell whether it fits what is kept back


def _answers(
    about: ProfileFact, body: Mapping[str, Any], number: PhoneNumber | None, lines: Collection[Row]
) -> list[Any]:
    match about:
        case ProfileFact.SINCE:
            return [str(body.get("since") or "")[:7]]
        case ProfileFact.PRODUCT:
            return [product["name"] for product in body.get("products") or ()]
        case ProfileFact.OTHER_PHONE:
            own = [PhoneNumber(phone) for phone in body.get("phones") or ()]
            others = own[1:] if number is None else [phone for phone in own if masked(phone) != masked(number)]
            return [suffix(phone, TAIL) for phone in others]
        case ProfileFact.ID_NUMBER:
            return [str(body.get("id_number") or "")[-TAIL:]]
        case ProfileFact.LAST_ORDER:
            amounts = (row.body["amount_fen"] for row in lines if row.body["kind"] == ContactKind.ORDER)
            return [f"{amount / 100:.2f}" for amount in amounts if amount][:1]
        case _:
            return [body.get(about.value)]


def _check_in(row: Row) -> IdentityCheck:
    return from_body(IdentityCheck, "", 0, row.body["check"])
