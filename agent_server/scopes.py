"""Which slices a row belongs to and which slices a person may hold. Nothing else decides about visibility."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from agent_model import scope
from agent_model.agent import SERVING_ROLES, Role
from agent_model.article_feedback import VOTES
from agent_model.scope import EDITORS, ORG, Scope
from agent_model.secret import Secret

ORG_ENTITIES: Final = frozenset(
    {
        "agent",
        "alert_rule",
        "article",
        "article_policy",
        "break_reason",
        "called_number",
        "care_policy",
        "complaint_source",
        "course",
        "customer_form",
        "department",
        "desk_policy",
        "floor_policy",
        "follow_up_plan",
        "department_rule",
        "fund",
        "identity_rule",
        "macro",
        "number_range",
        "product",
        "queue",
        "quiz",
        "signal_rule",
        "sla_policy",
        "synonym",
        "team",
        "ticket_category",
        "ticket_flow",
        "ticket_form",
        "wrap_up_code",
    }
)
EDITORS_ENTITIES: Final = frozenset({"article_draft", "course_rule", "gap_decision", "question", "question_key"})
CUSTOMER_ROLES: Final = SERVING_ROLES
EDITOR_ROLES: Final = frozenset({Role.EDITOR, Role.TEAM_LEAD, Role.DUTY_MANAGER, Role.ADMINISTRATOR})
"""Who works on what agents will read."""
EVERY_QUEUE_ROLES: Final = frozenset({Role.DUTY_MANAGER})
EVERY_SEGMENT_ROLES: Final = frozenset({Role.DUTY_MANAGER, Role.QUALITY})


@dataclass(frozen=True, slots=True)
class QueueFacts:
    """What the visibility rules need to know about a queue."""

    id: str
    team: str
    segments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """What the visibility rules need to know about a signed-in person; `hidden` are the kinds of secret kept back from
    them."""

    id: str
    role: Role
    team: str
    queues: tuple[str, ...]
    hidden: frozenset[Secret] = frozenset()
    site: str = ""

    @property
    def is_masked(self) -> bool:
        return bool(self.hidden)


def scopes_of_row(entity: str, body: Mapping[str, Any], segment: str | None) -> frozenset[Scope]:
    """The slices a row is in. `segment` is the customer's, for rows that belong to a customer."""
    if entity in ORG_ENTITIES:
        return frozenset({ORG})
    if entity == "article_file":
        return frozenset({EDITORS, ORG} if body["is_live"] else {EDITORS})
    if entity == "announcement":
        return audience_scopes(body) | {EDITORS}
    if entity in EDITORS_ENTITIES:
        return frozenset({EDITORS})
    if entity in ("abusive_call", "assignment", "quiz_result"):
        return frozenset({scope.own(body["agent"]), scope.leads(body["team"])})
    if entity in ("announcement_receipt", "attempt", "quiz_paper"):
        return frozenset({scope.own(body["agent"])})
    if entity == "article_feedback":
        return frozenset(_told_to(body))
    if entity == "search_batch":
        return frozenset()
    if entity == "compensation":
        return frozenset({scope.queue(body["queue"]), scope.own(body["asked_by"])})
    found = set() if segment is None else {scope.customers(segment)}
    if entity == "list_view":
        return frozenset({scope.team(body["team"])})
    if entity == "export":
        asked_of = set() if body["team"] is None else {scope.team(body["team"])}
        return frozenset(asked_of | {scope.own(body["asked_by"])})
    if entity == "follow_up":
        return frozenset(found | _holders(body))
    if entity == "customer_relation":
        found.add(scope.customers(body["other_segment"]))
    if entity == "ticket":
        found.add(scope.queue(body["queue"]))
        found.add(scope.own(body["created_by"]))
        if body["owner"] is not None:
            found.add(scope.own(body["owner"]))
        found |= {scope.own(watcher) for watcher in body["watchers"]}
    return frozenset(found)


def audience_scopes(announcement: Mapping[str, Any]) -> frozenset[Scope]:
    """The slices of those whom an announcement is for, by the narrowest of what is named; in them the workstation
    leaves out whoever the rest of it leaves out."""
    audience = announcement["audience"]
    kinds = (("teams", scope.team), ("queues", scope.queue), ("sites", scope.site), ("roles", scope.role))
    named = ((audience[kind], slice_of) for kind, slice_of in kinds if audience[kind])
    names, slice_of = next(named, ((), scope.own))
    return frozenset(map(slice_of, names)) or frozenset({ORG})


def _told_to(feedback: Mapping[str, Any]) -> set[Scope]:
    """Whoever said it; what wants an answer also the editors, and whose article it is."""
    found = {scope.own(feedback["by"])}
    if feedback["kind"] not in VOTES:
        found.add(EDITORS)
        if feedback["owner"] is not None:
            found.add(scope.own(feedback["owner"]))
    return found


def _holders(follow_up: Mapping[str, Any]) -> set[Scope]:
    """Whoever it was promised by, and whose it is: a person's, or a team's or queue's until somebody takes it."""
    found = {scope.own(follow_up["created_by"])}
    for holder, slice_of in (("owner", scope.own), ("team", scope.team), ("queue", scope.queue)):
        if follow_up[holder] is not None:
            found.add(slice_of(follow_up[holder]))
    return found


def queues_of_person(person: Person, queues: Iterable[QueueFacts]) -> frozenset[str]:
    """The queues whose tickets and figures a person sees: their own, a lead's also those of the team."""
    if person.role not in CUSTOMER_ROLES:
        return frozenset()
    if person.role in EVERY_QUEUE_ROLES:
        return frozenset(queue.id for queue in queues)
    seen = {queue.id for queue in queues if queue.id in person.queues}
    if person.role is Role.TEAM_LEAD:
        seen |= {queue.id for queue in queues if queue.team == person.team}
    return frozenset(seen)


def scopes_of_user(person: Person, queues: Iterable[QueueFacts]) -> frozenset[Scope]:
    """The slices a person may hold. A slice that leaves this set is dropped by the workstation at its next hello."""
    known = tuple(queues)
    held = {ORG, scope.own(person.id), scope.role(person.role.value)}
    if person.site:
        held.add(scope.site(person.site))
    if person.role in EDITOR_ROLES:
        held.add(EDITORS)
    if person.role not in CUSTOMER_ROLES:
        return frozenset(held)
    held.add(scope.team(person.team))
    held |= {scope.leads(team) for team in _led_by(person, known)}
    seen = queues_of_person(person, known)
    held |= {scope.queue(queue_id) for queue_id in seen}
    everything = person.role in EVERY_SEGMENT_ROLES
    for queue in known:
        if everything or queue.id in seen:
            held |= {scope.customers(segment) for segment in queue.segments}
    return frozenset(held)


def _led_by(person: Person, queues: Iterable[QueueFacts]) -> frozenset[str]:
    """The teams whose results a person sees."""
    if person.role in EVERY_SEGMENT_ROLES:
        return frozenset({person.team, *(queue.team for queue in queues)})
    return frozenset({person.team}) if person.role is Role.TEAM_LEAD else frozenset()


def segments_in(scopes: Iterable[Scope]) -> frozenset[str]:
    """The customer segments among some slices."""
    prefix = scope.customers("")
    return frozenset(held.removeprefix(prefix) for held in scopes if held.startswith(prefix))
