"""One agent's databases on a disk of their own, and the rooms that read and write them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_desktop.customers.book import CustomerBook
from agent_desktop.customers.finder import CustomerFinder
from agent_desktop.knowledge.names import readings
from agent_desktop.offline.found_by import FoundBy
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.store import Store
from agent_desktop.offline.view import View
from agent_desktop.tickets.desk import TicketDesk
from agent_desktop.tickets.drafts import Drafts
from agent_model.phone_number import DialPlan
from tests.fakes import SetClock, SmallDisk, counting_ids

AGENT = "A-1001"


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def disk() -> SmallDisk:
    return SmallDisk()


@pytest.fixture
def store(tmp_path: Path, disk: SmallDisk) -> Iterator[Store]:
    opened = Store(tmp_path / "agent", disk)
    opened.open_cache()
    yield opened
    opened.close()


@pytest.fixture
def mirror(store: Store) -> Mirror:
    return Mirror(store)


@pytest.fixture
def outbox(store: Store) -> Outbox:
    return Outbox(store, AGENT)


@pytest.fixture
def view(mirror: Mirror, outbox: Outbox) -> View:
    return View(mirror, outbox)


@pytest.fixture
def plan() -> DialPlan:
    return DialPlan()


@pytest.fixture
def book(view: View, plan: DialPlan, clock: SetClock) -> CustomerBook:
    return CustomerBook(view, plan, clock, counting_ids("new-"))


@pytest.fixture
def finder(view: View, store: Store, plan: DialPlan) -> CustomerFinder:
    return CustomerFinder(view, FoundBy(store), plan, readings)


@pytest.fixture
def drafts(outbox: Outbox, clock: SetClock) -> Drafts:
    return Drafts(outbox, clock)


@pytest.fixture
def desk(view: View, drafts: Drafts, clock: SetClock) -> TicketDesk:
    return TicketDesk(view, drafts, AGENT, clock, counting_ids("new-"))
