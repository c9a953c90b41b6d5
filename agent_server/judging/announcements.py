"""Announcements: who may tell whom, what is refused, what makes a new edition; receipts of those who read them."""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select

from agent_model.agent import Agent, Role
from agent_model.announcement import (
    LONGEST_NAME,
    Announcement,
    AnnouncementReceipt,
    AnnouncementState,
    AnnouncementWrong,
    Audience,
    faults,
    receipt_id,
    unmet,
)
from agent_model.body import from_body
from agent_model.clock_reckoning import in_order
from agent_model.command import Command
from agent_model.moment import to_text
from agent_server.audit import LONGEST_REASON, Deed
from agent_server.changeset import Changeset
from agent_server.judging.case import Case, Refused
from agent_server.judging.rules import Outcome, Rules
from agent_server.rights import MAY_TELL_EVERYBODY
from agent_server.rows import Stored
from agent_server.tables import kept_version

TEXT: Final = frozenset({"title", "body", "quiz"})
"""What of it makes a new edition."""
A_MOMENT: Final = timedelta(seconds=2)
"""By which a workstation's count of seconds may be ahead of the server's."""


class AnnouncementRules(Rules):
    async def load(self, commands: Sequence[Command], changes: Changeset) -> None:
        await changes.look_at_all("queue")

    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        await _check(case, body)
        signed = _signature(case)
        published = {"author": case.person.id, "published_at": signed["changed_at"]}
        acts = (case.act(Deed.ANNOUNCED, reason=body["title"][:LONGEST_REASON]),)
        return Outcome({**published, **signed}, acts=acts)

    def check_fields(self, case: Case, row: Stored) -> None:
        """A lead changes what they may have published: nobody takes back what the house told."""
        if _beyond(case, from_body(Audience, "", 0, row.body["audience"])):
            raise Refused("not_allowed")

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        if taken.keys() == {"reminded_at"}:
            if AnnouncementState(body["state"]) is AnnouncementState.WITHDRAWN:
                raise Refused("illegal_status")
            reminded = {"reminded_at": to_text(case.watch.now)}
            return Outcome(reminded, row.segment, (case.act(Deed.ANNOUNCEMENT_REMINDED),))
        if "reminded_at" in taken:
            raise Refused("bad_field")
        await _check(case, body)
        edition = row.body["edition"] + (1 if taken.keys() & (TEXT | {"read_from"}) else 0)
        if not row.body["read_from"] <= body["read_from"] <= edition:
            raise Refused("bad_field")
        is_withdrawn = taken.get("state") == AnnouncementState.WITHDRAWN.value
        deed = Deed.ANNOUNCEMENT_WITHDRAWN if is_withdrawn else Deed.ANNOUNCEMENT_CHANGED
        acts = (case.act(deed, reason=body["title"][:LONGEST_REASON]),)
        return Outcome({"edition": edition, **_signature(case)}, row.segment, acts)


class ReceiptRules(Rules):
    async def load(self, commands: Sequence[Command], changes: Changeset) -> None:
        wanted = [change.new for one in commands if (change := one.fields.get("announcement")) is not None]
        await changes.look_at("announcement", [row_id for row_id in wanted if isinstance(row_id, str)])
        await changes.look_at("agent", [one.author for one in commands])

    def is_made(self, case: Case, row: Stored) -> bool:
        """Read at another workstation too: the first that was told stands."""
        return str(row.body["agent"]) == case.person.id

    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        case.require_author(body["agent"])
        receipt = from_body(AnnouncementReceipt, case.command.id, 1, body)
        is_it = case.command.id == receipt_id(receipt.announcement, receipt.edition, receipt.agent)
        if not is_it or len(receipt.name) > LONGEST_NAME or receipt.tries < 0:
            raise Refused("bad_field")
        row, agent = case.changes.get("announcement", receipt.announcement), case.changes.get("agent", case.person.id)
        if row is None or agent is None:
            raise Refused("unknown_announcement")
        reader = from_body(Agent, agent.id, agent.version, agent.body)
        told = await _editions(case.changes, row, receipt.edition)
        dwell_s = min(receipt.dwell_s, _longest_look_s(told, reader.id, case.watch.now))
        # What it asks for may have changed while the receipt was on its way: it was true to what its reader had.
        if not any(unmet(one, reader, dwell_s, receipt.name, receipt.answers) is None for one in told):
            raise Refused("not_read")
        return Outcome({**_moments(receipt, told[-1], case.watch.now), "received_at": to_text(case.watch.now)})


async def _editions(changes: Changeset, row: Stored, edition: int) -> list[Announcement]:
    """Every version of the announcement with this text, the newest first."""
    kept = kept_version.c
    query = select(kept.version, kept.body).where(kept.entity == "announcement", kept.row_id == row.id)
    found = await changes.connection.execute(query.order_by(kept.version.desc()))
    versions = [from_body(Announcement, row.id, one.version, one.body) for one in found]
    if all(one.version != row.version for one in versions):  # published in this very transaction
        versions.insert(0, from_body(Announcement, row.id, row.version, row.body))
    return [one for one in versions if one.edition == edition]


def _longest_look_s(told: Sequence[Announcement], reader: str, now: datetime) -> float:
    """Nobody had the text open for longer than it is there, by the server's own clock, but who wrote it offline."""
    if any(one.changed_by == reader for one in told):
        return math.inf
    there_since = min((one.changed_at or one.published_at or now for one in told), default=now)
    return (now - there_since + A_MOMENT) / timedelta(seconds=1)


def _moments(receipt: AnnouncementReceipt, first: Announcement, now: datetime) -> dict[str, str]:
    """In their order, none before the text was there and none that a clock cannot mean."""
    earliest = first.changed_at or first.published_at or receipt.delivered_at
    told = {"delivered_at": receipt.delivered_at, "opened_at": receipt.opened_at, "read_at": receipt.read_at}
    moments = in_order(told.values(), earliest, now)
    return {name: to_text(moment) for name, moment in zip(told, moments, strict=True)}


async def _check(case: Case, body: Mapping[str, Any]) -> None:
    announcement = from_body(Announcement, case.command.id, 0, body)
    found = {fault.field: fault.wrong for fault in faults(announcement)}
    audience = announcement.audience
    await case.changes.look_at("team", audience.teams)
    for field, entity, named in (("teams", "team", audience.teams), ("queues", "queue", audience.queues)):
        if any(name not in {row.id for row in case.changes.held(entity)} for name in named):
            found.setdefault(f"audience.{field}", AnnouncementWrong.UNKNOWN)
    if field := _beyond(case, audience):
        found.setdefault(field, AnnouncementWrong.NOT_YOURS)
    if found:
        raise Refused("bad_announcement", {field: wrong.value for field, wrong in found.items()})


def _beyond(case: Case, audience: Audience) -> str:
    """The field that names whom the author may not tell; empty where they may tell all of them."""
    person = case.person
    if Role(person.role) in MAY_TELL_EVERYBODY:
        return ""
    if any(team != person.team for team in audience.teams):
        return "audience.teams"
    own = {row.id for row in case.changes.held("queue") if row.body["team"] == person.team} | set(person.queues)
    if any(queue not in own for queue in audience.queues):
        return "audience.queues"
    if audience.teams or audience.queues:
        return ""  # roles and sites make it narrower
    return "audience.roles" if audience.roles else "audience.sites" if audience.sites else "audience"


def _signature(case: Case) -> dict[str, Any]:
    return {"changed_by": case.person.id, "changed_at": to_text(case.watch.now)}
