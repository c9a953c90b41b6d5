"""What a command may do with a line of the timeline: it is its author's own, and came to what can be picked."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from agent_model.clock_reckoning import CLOCK_TOLERANCE
from agent_model.command import Command
from agent_model.customer import ContactKind
from agent_model.moment import from_text, to_text
from agent_server.changeset import Changeset
from agent_server.judging.after_call import check_kept, weighed_work
from agent_server.judging.case import Case, Refused
from agent_server.judging.dispositions import check_disposition
from agent_server.judging.identity import weighed
from agent_server.judging.rules import Outcome, Rules
from agent_server.judging.tickets import customers_of
from agent_server.rows import Stored

LONGEST_TITLE: Final = 500
LONGEST_TEXT: Final = 20_000


class ContactRules(Rules):
    followers = MappingProxyType({"rules_at": "wrap_up_code"})

    async def load(self, commands: Sequence[Command], changes: Changeset) -> None:
        await changes.load("customer", customers_of(commands))

    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        case.require_author(body.get("agent"))
        if (
            body["kind"] == ContactKind.ORDER
        ):  # what somebody bought comes from the company's own books, and is asked for
            raise Refused("not_allowed")
        segment = case.segment_of_customer(body.get("customer_id"))
        _check_texts(body)
        await _check_disposition(case, body)
        decided = {**await weighed(case, body, None), **await weighed_work(case, body)}
        if from_text(body["at"]) > case.watch.now + CLOCK_TOLERANCE:  # nothing stands above what is still to happen
            decided["at"] = to_text(case.watch.now)
        return Outcome(decided, segment)

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        decided: dict[str, Any] = {}
        _check_texts(taken)
        if "wrap_up_code" in taken:
            await _check_disposition(case, body)
            await check_kept(case, row.body, body)
        if {"wrap_up_code", "work"} & taken.keys():
            decided |= await weighed_work(case, body)
        if "check" in taken:
            decided |= await weighed(case, body, row.body)
        return Outcome(decided, row.segment)

    def check_fields(self, case: Case, row: Stored) -> None:
        case.require_author(row.body["agent"])
        if "check" in case.command.fields and row.body["check"] is None:
            raise Refused("not_allowed")
        if "rating" in case.command.fields and (row.body["kind"] != "survey" or row.body["rating"] is not None):
            raise Refused("not_allowed")


def _check_texts(body: Mapping[str, Any]) -> None:
    if len(body.get("title") or "") > LONGEST_TITLE or len(body.get("text") or "") > LONGEST_TEXT:
        raise Refused("bad_field")


async def _check_disposition(case: Case, body: Mapping[str, Any]) -> None:
    known_at = None if body["rules_at"] is None else from_text(body["rules_at"])
    await check_disposition(case, body["wrap_up_code"], body["queue"], known_at)
