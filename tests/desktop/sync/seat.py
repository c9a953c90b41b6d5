"""A whole workstation without its window: databases, client and sync cycle, before a real server."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from agent_desktop.customers.book import CustomerBook
from agent_desktop.customers.finder import CustomerFinder
from agent_desktop.knowledge.names import readings
from agent_desktop.offline.forgetting import Forgetting
from agent_desktop.offline.found_by import FoundBy
from agent_desktop.offline.kept import Kept
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.store import Store
from agent_desktop.offline.view import View
from agent_desktop.sync.client import ServerClient
from agent_desktop.sync.cycle import Next, SyncCycle
from agent_desktop.sync.erasing import Erasing
from agent_desktop.sync.events import PersonErased, ScopeChanged, SyncStatus
from agent_desktop.tickets.desk import TicketDesk
from agent_desktop.tickets.draft import TicketDraft
from agent_desktop.tickets.drafts import Drafts
from agent_model.agent import Agent
from agent_model.phone_number import DialPlan
from agent_model.ticket import Ticket
from tests.fakes import SEALED, SetClock, WeakNetwork, counting_ids
from tests.in_process import PASSWORD

LOGIN = "lin.yue"


@dataclass
class Seat:
    """`sync` runs the cycle once. `network` makes the faults; `told` and `changed` is what the screens heard."""

    store: Store
    client: ServerClient
    network: WeakNetwork
    agent: Agent
    cycle: SyncCycle
    mirror: Mirror
    outbox: Outbox
    view: View
    book: CustomerBook
    drafts: Drafts
    desk: TicketDesk
    clock: SetClock
    told: list[SyncStatus] = field(default_factory=list)
    changed: list[ScopeChanged] = field(default_factory=list)
    erased: list[PersonErased] = field(default_factory=list)

    def sync(self) -> Next:
        return self.cycle.run()

    @property
    def finder(self) -> CustomerFinder:
        return CustomerFinder(self.view, FoundBy(self.store), DialPlan(), readings)

    def close(self) -> None:
        self.client.close()
        self.store.close()

    def file_ticket(self, customer_id: str | None = "C-1", subject: str = "网络很慢") -> Ticket:
        category = self.desk.categories()[0].id
        draft = TicketDraft("call-1", customer_id, subject=subject, category=category, description="晚上很慢")
        return self.desk.file(self.drafts.save(draft))


def seat(
    folder: Path,
    address: str,
    login: str = LOGIN,
    stopping: Callable[[], bool] = lambda: False,
    chance: Callable[[], float] = lambda: 0.5,
    hides: str = "",
) -> Seat:
    """Signs in; what is already in `folder` is taken up."""
    network = WeakNetwork()
    client = ServerClient(address, lambda _token: None, network, hides=hides)
    agent = client.sign_in(login, PASSWORD, f"device of {login} {folder.name}").agent
    store = Store(folder, SEALED)
    store.open_cache()
    clock = SetClock()
    mirror, outbox = Mirror(store), Outbox(store, agent.id)
    view = View(mirror, outbox)
    drafts = Drafts(outbox, clock)
    told: list[SyncStatus] = []
    changed: list[ScopeChanged] = []
    erased: list[PersonErased] = []
    ids = counting_ids(f"{folder.name}-")
    cycle = SyncCycle(
        client,
        mirror,
        outbox,
        clock,
        told.append,
        changed.append,
        stopping,
        pause=lambda _s: None,
        chance=chance,
        erasing=Erasing(
            client, Forgetting(store, mirror, outbox, DialPlan()), Kept(store), lambda _traces: None, erased.append
        ),
    )
    return Seat(
        store,
        client,
        network,
        agent,
        cycle,
        mirror,
        outbox,
        view,
        CustomerBook(view, DialPlan(), clock, ids),
        drafts,
        TicketDesk(view, drafts, agent.id, clock, ids),
        clock,
        told,
        changed,
        erased,
    )
