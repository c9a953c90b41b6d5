"""How a centre is set up: departments, teams, queues, wrap-up codes, ticket categories, called numbers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from agent_model.after_call import USUAL_POLICY, AfterCallPolicy
from agent_model.agent import QueueId, TeamId
from agent_model.floor_bound import Bound
from agent_model.ticket import TicketType
from agent_model.words import Words


@dataclass(frozen=True, slots=True)
class Department:
    id: str
    name: Words


@dataclass(frozen=True, slots=True)
class Team:
    id: TeamId
    name: Words
    department: str


@dataclass(frozen=True, slots=True)
class Queue:
    """A line of waiting callers. An agent of the queue caches the customers of its `segments`. `extension` is what is
    dialled inside the house to bring a caller into it; None: nobody can be brought there. `bounds` are those of its
    figures that it does not share with every queue (`floor_bound`)."""

    id: QueueId
    name: Words
    team: TeamId
    segments: tuple[str, ...]
    service_level_s: int = 10
    service_level_target: float = 0.9
    wrap_up_s: int = 60
    extension: str | None = None
    after_call: AfterCallPolicy = USUAL_POLICY
    bounds: tuple[Bound, ...] = ()
    changed_by: str | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class WrapUpCode:
    """What a contact came to (disposition), picked after the call; one that is another's `parent` is a branch of the
    tree and is not picked itself. `short` is what is typed for it, `position` its place among its branch. It is offered
    for calls of its `queues` (none named: of all). `category` is that of the ticket it proposes, `calls_back` whether
    it proposes a callback. One that is not `is_on` is retired, with all that is on it: calls that came to it keep
    it."""

    id: str
    name: Words
    parent: str | None = None
    short: str = ""
    position: int = 0
    queues: tuple[QueueId, ...] = ()
    category: str | None = None
    calls_back: bool = False
    is_on: bool = True
    changed_by: str | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TicketCategory:
    """A branch of the category tree; it proposes type, queue and department of a ticket."""

    id: str
    name: Words
    type: TicketType
    queue: QueueId
    department: str


@dataclass(frozen=True, slots=True)
class OutboundUse:
    """When one of the company's numbers may be shown on calls to customers. `opens` and `closes` are HH:MM where the
    centre stands, `closes` exclusive and after midnight where it is the smaller; `daily_attempts` is how often one
    customer may be called a day, from any of the numbers. None: no such limit."""

    opens: str | None = None
    closes: str | None = None
    daily_attempts: int | None = None


@dataclass(frozen=True, slots=True)
class CalledNumber:
    """A number the company is called on, with the brand and greeting the agent answers with. `outbound` None: it is
    not shown on calls to customers. `languages` (BCP 47) are what it is answered in, the line's own first."""

    number: str
    queue: QueueId
    brand: Words
    greeting: Words
    outbound: OutboundUse | None = None
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Product:
    """Something the company sells. `monthly_fen` is in hundredths of the currency unit."""

    id: str
    name: Words
    line: str
    monthly_fen: int


def is_place(named: str, known: Collection[str]) -> bool:
    """Whether a ticket may be of this queue or department, where these are known. A site that has set up none of them
    names them as it likes."""
    return not known or named in known
