"""What a command may do with a customer."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from agent_model.blank import is_blank
from agent_model.clock_reckoning import CLOCK_TOLERANCE
from agent_model.command import Command
from agent_model.customer_form import is_own
from agent_model.moment import from_text, to_text
from agent_model.plain_line import is_plain_line
from agent_model.secret import Secret
from agent_server.changeset import Changeset
from agent_server.judging.case import Case, Refused
from agent_server.judging.customer_forms import check_custom_fields
from agent_server.judging.number_ranges import require_own_numbers
from agent_server.judging.rules import Outcome, Rules
from agent_server.rights import MAY_MOVE_CUSTOMERS
from agent_server.rows import Stored
from agent_server.scopes import segments_in

NUMBER: Final = re.compile(r"(?:\+|ext:|short:|raw:)[0-9]{1,60}")
"""As normalised numbers are written (`agent_model.phone_number`); others would never be found again, and no range of
privacy numbers would know them."""
LINES: Final = ("name", "company", "email", "region")
MOST_TAGS: Final = 100
MOST_NUMBERS: Final = 200
LONGEST_NOTE: Final = 20_000
LONGEST_REASON: Final = 1_000
"""Of a signal, as the agent read it."""
SAID: Final = frozenset({"notes", "signal_results", "consents"})
"""Lists of what somebody said at a moment."""


class CustomerRules(Rules):
    async def load(self, commands: Sequence[Command], changes: Changeset) -> None:
        if any(is_own(name) for command in commands for name in command.fields):
            await changes.look_at_all("customer_form")

    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        check_custom_fields(case, {}, body)
        if body.get("segment") not in segments_in(case.author.scopes):
            raise Refused("not_allowed")
        _check_name(body)
        _check_lines(body, body)
        _check_numbers(body["phones"])
        await require_own_numbers(case, body["phones"])
        _check_notes(case, body["notes"])
        return Outcome(_said_by_now(case, body, ("notes",)), segment=str(body["segment"]))

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        check_custom_fields(case, row.body, body)
        if "name" in taken:
            _check_name(body)
        _check_lines(taken, body)
        _check_numbers(body["phones"], row.body["phones"])
        await require_own_numbers(case, body["phones"], row.body["phones"])
        if "segment" not in taken:
            return Outcome(segment=row.segment)
        is_known = body["segment"] in segments_in(case.author.scopes)
        if case.person.role not in MAY_MOVE_CUSTOMERS or not is_known:
            raise Refused("not_allowed")
        if body["segment"] != row.segment:
            await case.changes.move_customer(row.id, body["segment"])
        return Outcome(segment=str(body["segment"]))

    def is_there(self, case: Case, row: Stored) -> bool:
        if Secret.PHONE in case.person.hidden:  # who must not know the numbers cannot try them out either
            return False
        return all(name == "phones" and change.new in row.body[name] for name, change in case.command.fields.items())

    async def append(self, case: Case, row: Stored, body: Mapping[str, Any]) -> Outcome:
        _check_numbers(body["phones"], row.body["phones"])
        await require_own_numbers(case, body["phones"], row.body["phones"])
        if "notes" in case.command.fields:
            _check_notes(case, body["notes"][-1:])
        if "signal_results" in case.command.fields:
            result = body["signal_results"][-1]
            case.require_author(result["agent"])
            _require(len(result["reason"]) <= LONGEST_REASON)
        if "consents" in case.command.fields:
            case.require_author(body["consents"][-1]["by"])
        return Outcome(_said_by_now(case, body, SAID & case.command.fields.keys()))


def is_number(text: str) -> bool:
    """Whether it is written as the numbers of customers are."""
    return NUMBER.fullmatch(text) is not None


def _check_name(body: Mapping[str, Any]) -> None:
    if is_blank(body["name"]):
        raise Refused("name_missing")


def _require(is_so: bool) -> None:
    if not is_so:
        raise Refused("bad_field")


def _check_lines(taken: Mapping[str, Any], body: Mapping[str, Any]) -> None:
    """What was taken of the author's: names and words that say what they look like, and no more than a line."""
    lines = [body[name] for name in LINES if name in taken and body[name] is not None]
    tags = body["tags"] if "tags" in taken else []
    _require(len(tags) <= MOST_TAGS and all(map(is_plain_line, (*lines, *tags))))


def _check_numbers(phones: Sequence[str], before: Sequence[str] = ()) -> None:
    _require(len(phones) <= max(MOST_NUMBERS, len(before)))
    _require(all(number in before or is_number(number) for number in phones))


def _check_notes(case: Case, notes: Sequence[Mapping[str, Any]]) -> None:
    for note in notes:
        case.require_author(note["author"])
        _require(len(note["text"]) <= LONGEST_NOTE)


def _said_by_now(case: Case, body: Mapping[str, Any], fields: Iterable[str]) -> dict[str, Any]:
    """Those lists whose last line is from a time to come, with it said now: the latest word stands, and none may stand
    above those that people really say later."""
    decided = {}
    for name in fields:
        *before, last = body[name] or [None]
        if last is not None and from_text(last["at"]) > case.watch.now + CLOCK_TOLERANCE:
            decided[name] = [*before, {**last, "at": to_text(case.watch.now)}]
    return decided
