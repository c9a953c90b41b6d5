"""What must hold of promises and relations at rest: each attempt counted once, one return visit for a solved complaint,
nothing said twice of two customers, and the same from either end."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

from agent_model.body import from_body, to_body
from agent_model.command import Command, CommandKind
from agent_model.customer import CustomerId
from agent_model.customer_relation import CustomerRelation
from agent_model.follow_up import AttemptResult, FollowUp, FollowUpKind, FollowUpState
from agent_model.follow_up_course import SPOKEN_TO, counted
from agent_model.follow_up_plan import SHIPPED
from agent_model.ticket import TicketStatus, TicketType
from agent_server.rows import Stored
from tests.fuzz.station import Station

Require = Callable[..., None]
EVERY_RELATION: Final = 1000
"""More than a seed makes."""
EXPLAINED: Final = frozenset(
    {"already_over", "taken", "not_yours", "handler_may_not", "already_related", "same_customer", "needs_reason"}
    | {"not_resolved", "return_visit_open", "return_visit_missing", "return_visit_by_handler", "customer_unreached"}
)
"""Refusals of who came second, of who may not, and of closing a complaint before its time."""


def is_made_by_server(entity: str, body: Mapping[str, Any]) -> bool:
    """Ordered and called off by what becomes of its complaint."""
    return entity == "follow_up" and bool(body["kind"] == FollowUpKind.RETURN_VISIT)


def after_attempt(body: Mapping[str, Any]) -> dict[str, Any]:
    """A follow-up with the attempt that was appended to it counted."""
    follow_up = from_body(FollowUp, "", 0, body)
    return dict(to_body(counted(follow_up, SHIPPED[follow_up.kind])))


def _result(command: Command) -> AttemptResult | None:
    is_attempt = command.kind is CommandKind.APPEND and "attempts" in command.fields
    return AttemptResult(command.fields["attempts"].new["result"]) if is_attempt else None


def is_in_vain(command: Command, body: Mapping[str, Any]) -> bool:
    """A call of the customer's own, where there was nothing to clear any more."""
    return _result(command) is AttemptResult.CALLED_IN and body.get("state") != FollowUpState.OPEN


def answers(command: Command) -> bool:
    """Somebody was spoken to: the ticket it was about is answered with it."""
    return _result(command) in SPOKEN_TO


def at_rest(
    rows: Sequence[Stored],
    stations: Sequence[Station],
    taken: Sequence[Command],
    erased: Collection[tuple[str, str]],
    require: Require,
) -> None:
    """`taken` are the commands that the server applied or merged."""
    _every_attempt_is_counted_once(rows, taken, require)
    _one_visit_for_a_solved_complaint(rows, erased, require)
    _nothing_is_said_twice(rows, require)
    for station in stations:
        _said_from_either_end(station, require)


def _every_attempt_is_counted_once(rows: Sequence[Stored], taken: Sequence[Command], require: Require) -> None:
    made: dict[str, list[Any]] = {}
    for command in taken:
        if command.entity == "follow_up" and command.kind is CommandKind.APPEND:
            made.setdefault(command.id, []).append(command.fields["attempts"].new)
    for row in rows:
        if row.entity != "follow_up":
            continue
        follow_up = from_body(FollowUp, row.id, row.version, row.body)
        attempts = row.body["attempts"]
        told = made.get(row.id, [])
        late = [one for one in told if one not in attempts]
        require(all(one["result"] == AttemptResult.CALLED_IN for one in late), "an attempt is lost", row.id, late)
        require(all(attempts.count(one) == told.count(one) for one in attempts), "attempts twice", row.id, attempts)
        require(follow_up.counted == len(attempts), "attempts not counted", row.id, follow_up)
        require(follow_up.is_open == (follow_up.ended_at is None), "an end", row.id, follow_up)
        is_cleared = follow_up.state is FollowUpState.CLEARED
        require(is_cleared == (follow_up.cleared_by is not None), "what cleared it", row.id, follow_up)


def _one_visit_for_a_solved_complaint(
    rows: Sequence[Stored], erased: Collection[tuple[str, str]], require: Require
) -> None:
    visits = {row.id: row for row in rows if is_made_by_server(row.entity, row.body)}
    for row in rows:
        if row.entity != "ticket" or row.body["type"] != TicketType.COMPLAINT:
            continue
        own, status = row.body["return_visit"], TicketStatus(row.body["status"])
        of_it = [visit for visit in visits.values() if visit.body["ticket_id"] == row.id]
        waiting = {visit.id for visit in of_it if visit.body["state"] == FollowUpState.OPEN}
        require((own is None) == status.is_open, "a complaint's return visit", row.id, status, own)
        is_there = own is None or own in {visit.id for visit in of_it} or ("follow_up", own) in erased
        require(is_there, "a return visit that is not there", row.id, own)
        may_wait = {own} if status is TicketStatus.RESOLVED else set()
        require(waiting <= may_wait, "return visits too many", row.id, status, waiting)


def _nothing_is_said_twice(rows: Sequence[Stored], require: Require) -> None:
    said: dict[Any, str] = {}
    for row in rows:
        if row.entity != "customer_relation" or row.body["is_removed"]:
            continue
        relation = from_body(CustomerRelation, row.id, row.version, row.body)
        require(relation.customer_id != relation.other_id, "related to oneself", row.id)
        require(relation.said not in said, "said twice", row.id, said.get(relation.said), relation.said)
        said[relation.said] = row.id


def _said_from_either_end(station: Station, require: Require) -> None:
    for row in station.mirror.rows("customer_relation"):
        for end in (row.body["customer_id"], row.body["other_id"]):
            found, count, _ = station.view.relations_of(CustomerId(end), EVERY_RELATION)
            is_seen = row.id in {one.id for one in found}
            require(is_seen != row.body["is_removed"], f"{station.name} sees from one end only", row.id, end)
            require(count == len(found), f"{station.name} counts relations", end, count, len(found))
