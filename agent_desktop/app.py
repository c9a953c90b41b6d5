"""The workstation, built by hand: every object once, each given what it needs. The only place that knows them all."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from agent_desktop.credentials import Credentials
from agent_desktop.customers.book import CustomerBook
from agent_desktop.customers.screen_pop import ScreenPop
from agent_desktop.errors import CacheDamaged
from agent_desktop.knowledge.base import KnowledgeBase
from agent_desktop.knowledge.builder import ProcessBuilder
from agent_desktop.offline.articles import CacheShelf, MirroredArticles
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.store import Store
from agent_desktop.offline.view import View
from agent_desktop.organisation import Organisation
from agent_desktop.paths import Paths
from agent_desktop.session import AgentSession, Seat
from agent_desktop.settings import Settings
from agent_desktop.softphone.account import Account, Transport
from agent_desktop.softphone.audio import NativeSink, NativeSource, Sound
from agent_desktop.softphone.link import PhoneLink
from agent_desktop.softphone.phone import Phone
from agent_desktop.sync.client import ServerClient
from agent_desktop.sync.cycle import SyncCycle
from agent_desktop.sync.events import ScopeChanged, SyncStatus
from agent_desktop.sync.front_door import FrontDoor, Inside
from agent_desktop.sync.live import Live, LiveEvent
from agent_desktop.tickets.desk import TicketDesk
from agent_desktop.tickets.drafts import Drafts
from agent_desktop.ui.rooms import Rooms
from agent_model.phone_number import DialPlan, PhoneNumber


def now() -> datetime:
    return datetime.now(UTC)


def new_id() -> str:
    """Ids made here never meet those of another workstation."""
    return secrets.token_hex(8)


def front_door(paths: Paths, credentials: Credentials) -> FrontDoor:
    return FrontDoor(paths, credentials, lambda address, refreshed: ServerClient(address, refreshed))


def dial_plan(settings: Settings) -> DialPlan:
    prefixes = tuple(prefix for prefix in settings.trunk_prefixes.split(",") if prefix)
    return DialPlan(country=settings.country, area_code=settings.area_code, trunk_prefixes=prefixes)


def sip_account(settings: Settings, extension: str, password: str) -> Account:
    """The telephone account of this seat; without a registrar calls come straight in."""
    return Account(
        user=settings.sip_user or extension,
        domain=settings.sip_domain or "127.0.0.1",
        password=password,
        registrar=settings.sip_registrar or None,
        transport=Transport(settings.sip_transport),
        local_port=settings.sip_port,
        bound_to="" if settings.sip_registrar else "127.0.0.1",
    )


def sound(settings: Settings) -> Sound:
    """The chosen devices; an empty name is the system's default."""
    return Sound(NativeSource(settings.microphone or None), NativeSink(settings.speaker or None))


@dataclass(frozen=True, slots=True)
class Desk:
    """One agent's workstation without its window: the rooms, and what the sync and phone lanes run."""

    rooms: Rooms
    store: Store
    mirror: Mirror
    outbox: Outbox
    client: ServerClient
    cycle: SyncCycle
    live: Live
    link: PhoneLink

    def mend_cache(self) -> None:
        """Puts the damaged cache aside; the next sync fills a new one. The outbox is not touched."""
        self.store.quarantine_cache(now())

    def close(self) -> None:
        """After every lane has ended."""
        self.client.close()
        self.store.close()


def open_desk(
    paths: Paths,
    settings: Settings,
    inside: Inside,
    tell_sync: Callable[[SyncStatus | ScopeChanged], None],
    tell_live: Callable[[LiveEvent], None],
    tell_seat: Callable[[Seat], None],
    is_stopping: Callable[[], bool],
) -> Desk:
    """Opens this agent's store and rooms. Raises FolderNotWritable, DiskFull, OutboxDamaged.

    A damaged cache is put aside at once: everything in it comes again from the server.
    """
    store = Store(paths.of_agent(inside.client.address, inside.agent.id))
    try:
        store.open_cache()
    except CacheDamaged:
        store.quarantine_cache(now())
    mirror = Mirror(store)
    outbox = Outbox(store, author=inside.agent.id)
    view = View(mirror, outbox)
    plan = dial_plan(settings)
    book = CustomerBook(view, plan, now, new_id)
    drafts = Drafts(outbox, now)
    link = PhoneLink(paths.run)
    rooms = Rooms(
        agent=inside.agent,
        plan=plan,
        clock=now,
        organisation=Organisation(mirror),
        book=book,
        pop=ScreenPop(book, plan),
        drafts=drafts,
        desk=TicketDesk(view, drafts, inside.agent.id, now, new_id),
        knowledge=KnowledgeBase(MirroredArticles(store), CacheShelf(store), ProcessBuilder()),
        session=AgentSession(inside.agent, now, changed=tell_seat),
        phone=Phone(link.send),
        ask_server=lambda number: _ask_server(inside.client, mirror, number),
    )
    return Desk(
        rooms=rooms,
        store=store,
        mirror=mirror,
        outbox=outbox,
        client=inside.client,
        cycle=SyncCycle(inside.client, mirror, outbox, now, tell_sync, tell_sync, is_stopping),
        live=Live(inside.client.address, lambda: inside.client.access, tell_live),
        link=link,
    )


def _ask_server(client: ServerClient, mirror: Mirror, number: PhoneNumber) -> bool:
    """Looks the number up on the server and keeps everybody found."""
    met = client.customers_with(number)
    for found in met:
        mirror.keep((found.customer, *found.contacts, *found.tickets))
    return bool(met)
