"""The company as this workstation knows it: queues, people, products, codes."""

from typing import TypeVar

from agent_desktop.offline.mirror import Mirror
from agent_model import care_policy
from agent_model.agent import Agent
from agent_model.body import from_body
from agent_model.break_reason import BreakReason, in_force
from agent_model.care_policy import CarePolicy
from agent_model.complaint import ComplaintSource
from agent_model.desk_policy import SITE, DeskPolicy
from agent_model.organisation import CalledNumber, Department, Product, Queue, Team, WrapUpCode
from agent_model.wire import Row

T = TypeVar("T")


class Organisation:
    """Read from the mirror each time: small, and never stale."""

    def __init__(self, mirror: Mirror) -> None:
        self._mirror = mirror

    def queues(self) -> tuple[Queue, ...]:
        return tuple(_read(Queue, row) for row in self._mirror.rows("queue"))

    def departments(self) -> tuple[Department, ...]:
        return tuple(_read(Department, row) for row in self._mirror.rows("department"))

    def teams(self) -> tuple[Team, ...]:
        return tuple(_read(Team, row) for row in self._mirror.rows("team"))

    def agents(self) -> tuple[Agent, ...]:
        return tuple(_read(Agent, row) for row in self._mirror.rows("agent"))

    def numbers(self) -> tuple[CalledNumber, ...]:
        """The company's own telephone numbers."""
        return tuple(_read(CalledNumber, row) for row in self._mirror.rows("called_number"))

    def policy(self) -> DeskPolicy:
        """What the site allows at its desks."""
        row = self._mirror.row("desk_policy", SITE)
        return DeskPolicy() if row is None else _read(DeskPolicy, row)

    def care(self) -> CarePolicy:
        """How the company looks after its agents."""
        row = self._mirror.row("care_policy", care_policy.SITE)
        return CarePolicy() if row is None else _read(CarePolicy, row)

    def products(self) -> tuple[Product, ...]:
        return tuple(_read(Product, row) for row in self._mirror.rows("product"))

    def complaint_sources(self) -> tuple[ComplaintSource, ...]:
        """The doors by which complaints come in."""
        return tuple(_read(ComplaintSource, row) for row in self._mirror.rows("complaint_source"))

    def wrap_up_codes(self) -> tuple[WrapUpCode, ...]:
        return tuple(_read(WrapUpCode, row) for row in self._mirror.rows("wrap_up_code"))

    def break_reasons(self) -> tuple[BreakReason, ...]:
        """As they are offered, retired ones too."""
        return in_force(_read(BreakReason, row) for row in self._mirror.rows("break_reason"))


def _read(kind: type[T], row: Row) -> T:
    return from_body(kind, row.id, row.version, row.body)
