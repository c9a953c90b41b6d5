"""What the screens are wired to: every room of the house, opened for one agent. Made by `app`, nowhere else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from agent_desktop.customers.book import CustomerBook
from agent_desktop.customers.screen_pop import ScreenPop
from agent_desktop.knowledge.base import KnowledgeBase
from agent_desktop.session import AgentSession
from agent_desktop.softphone.phone import Phone
from agent_desktop.sync.cycle import SyncCycle
from agent_desktop.sync.live import Live
from agent_desktop.tickets.desk import TicketDesk
from agent_desktop.tickets.drafts import Drafts
from agent_model.organisation import CalledNumber, Product, Queue, WrapUpCode
from agent_model.phone_number import DialPlan, PhoneNumber
from agent_model.agent import Agent


class Organisation(Protocol):
    """The company as this workstation knows it; read again when the `org` scope changes."""

    def queues(self) -> tuple[Queue, ...]: ...

    def agents(self) -> tuple[Agent, ...]: ...

    def products(self) -> tuple[Product, ...]: ...

    def wrap_up_codes(self) -> tuple[WrapUpCode, ...]: ...

    def called_numbers(self) -> tuple[CalledNumber, ...]: ...


@dataclass(frozen=True, slots=True)
class Rooms:
    """`ask_server` looks a number up on the server and keeps what it finds here; true when there was somebody.

    `mend_cache` puts a damaged cache aside, so that the next sync fills a new one.
    """

    agent: Agent
    plan: DialPlan
    clock: Callable[[], datetime]
    organisation: Organisation
    book: CustomerBook
    pop: ScreenPop
    drafts: Drafts
    desk: TicketDesk
    knowledge: KnowledgeBase
    session: AgentSession
    phone: Phone
    cycle: SyncCycle
    live: Live
    ask_server: Callable[[PhoneNumber], bool]
    mend_cache: Callable[[], None]
