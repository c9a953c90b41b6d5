"""The company in the person's language: names for ids, and what the strip and the form offer."""

from dataclasses import dataclass
from typing import Final

from agent_desktop.customers.own_fields import OwnFields
from agent_desktop.organisation import Organisation
from agent_desktop.tickets.desk import TicketDesk
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.forms.asked import Forms
from agent_desktop.ui.strip.targets import Target, TargetKind
from agent_desktop.ui.ticket.panel import Places
from agent_desktop.wrap_up import Disposition, WrapUps
from agent_model.agent import Agent, AgentId, Role
from agent_model.break_reason import BreakReason
from agent_model.care_policy import CarePolicy
from agent_model.desk_policy import DeskPolicy
from agent_model.organisation import CalledNumber, Queue

SERVING: Final = frozenset(
    {Role.AGENT, Role.TEAM_LEAD, Role.DUTY_MANAGER, Role.DEPARTMENT, Role.RETURN_VISIT, Role.QUALITY}
)
"""Who may be given a ticket."""


@dataclass(frozen=True, slots=True)
class Company:
    """Ticket categories and the sources of complaints as (id, name), in the order they are offered. `targets` are the
    others of the company that a call can be brought to, `numbers` the company's own."""

    queues: tuple[Queue, ...]
    directory: Directory
    dispositions: tuple[Disposition, ...]
    favourites: tuple[str, ...]
    recent: tuple[str, ...]
    categories: tuple[tuple[str, str], ...]
    targets: tuple[Target, ...]
    numbers: tuple[CalledNumber, ...]
    forms: Forms
    sources: tuple[tuple[str, str], ...]
    places: Places
    policy: DeskPolicy
    breaks: tuple[BreakReason, ...]
    care: CarePolicy


def read_company(
    organisation: Organisation, desk: TicketDesk, wrap_ups: WrapUps, own: OwnFields, own_id: AgentId, language: str
) -> Company:
    """Everything in one go, on the store's lane. Raises CacheDamaged, StoreBusy."""
    queues = organisation.queues()
    codes = organisation.wrap_up_codes()
    known = desk.categories()
    categories = tuple((one.id, one.name.in_language(language)) for one in known)
    forms = Forms(desk.forms.shelf(), {one.id: one.type for one in known}, desk.forms.locale)
    agents = organisation.agents()
    directory = Directory(
        departments={one.id: one.name.in_language(language) for one in organisation.departments()},
        queues={queue.id: queue.name.in_language(language) for queue in queues},
        teams={team.id: team.name.in_language(language) for team in organisation.teams()},
        people={agent.id: agent.name.in_language(language) for agent in agents},
        categories=dict(categories),
        products={product.id: product.name.in_language(language) for product in organisation.products()},
        wrap_up_codes={code.id: code.name.in_language(language) for code in codes},
        asked={
            (form.id, field.key): field.label.in_language(language)
            for form in forms.shelf.editions
            for field in form.fields
        },
        own=own.named(),
    )
    others = tuple(agent for agent in agents if agent.extension and agent.id != own_id)
    targets = tuple(_target(agent, directory, language) for agent in others)
    targets += tuple(_queue_target(queue, language) for queue in queues if queue.extension)
    serving = ((agent.id, directory.person(agent.id)) for agent in agents if agent.role in SERVING)
    places = Places(tuple(directory.queues.items()), tuple(directory.departments.items()), tuple(serving), categories)
    return Company(
        queues=queues,
        directory=directory,
        dispositions=wrap_ups.dispositions(codes, language),
        favourites=wrap_ups.favourites(),
        recent=wrap_ups.recent(),
        categories=categories,
        targets=targets,
        numbers=organisation.numbers(),
        forms=forms,
        sources=tuple((one.id, one.name.in_language(language)) for one in organisation.complaint_sources()),
        places=places,
        policy=organisation.policy(),
        breaks=organisation.break_reasons(),
        care=organisation.care(),
    )


def _queue_target(queue: Queue, language: str) -> Target:
    names = (queue.name.zh, queue.name.en)
    return Target(queue.extension or "", queue.name.in_language(language), TargetKind.QUEUE, aliases=names)


def _target(agent: Agent, directory: Directory, language: str) -> Target:
    return Target(
        number=agent.extension,
        name=agent.name.in_language(language),
        kind=TargetKind.PERSON,
        detail=directory.queue(agent.queues[0]) if agent.queues else "",
        aliases=(agent.name.zh, agent.name.en),
    )
