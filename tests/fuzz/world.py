"""One seed: some people at workstations, a server, and everything that goes wrong between them."""

import contextlib
import functools
import logging
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from agent_desktop.tickets.draft import TicketDraft
from agent_model.customer import Contact, ContactKind, CustomerId, SegmentId
from agent_model.phone_number import PhoneNumber
from agent_model.scope import Scope
from agent_model.ticket import Priority, TicketStatus, TicketType
from agent_model.wire import ChangesPage
from tests.fakes import SetClock
from tests.fuzz import company, inline_sqlite, law, scratch
from tests.fuzz.disk import PowerCut
from tests.fuzz.network import Network
from tests.fuzz.promises import Promises
from tests.fuzz.site import Backup, Site
from tests.fuzz.station import Station

STEPS: Final = 45
MOST_ROUNDS: Final = 12
EXPECTED: Final = "found no place after the server was restored: asked for good"
LATER_DAYS: Final = 8
COMMON: Final = ("甲", "乙")
"""Values that several people may want alike; all others are of one hand."""


class World:
    """`play` does by chance what the seed says; `rest` ends all harm, brings everybody in step and asks the law."""

    def __init__(self, seed: int, folder: Path, tell: Callable[[str], None], *, only_at_rest: bool = False) -> None:
        inline_sqlite.register()
        self.seed = seed
        self._only_at_rest = only_at_rest
        self._chance = chance = random.Random(seed)
        self._tell = tell
        self._made = 0
        self._clock = SetClock(company.BEGIN)
        self._site = Site(folder, chance, self._clock, tell)
        self._promises = Promises(chance, self._clock, self._next)
        self._backup: Backup | None = None
        self._told: dict[Scope, int] = {}
        self._messages: list[tuple[int, str, ChangesPage]] = []
        self._restores_at = chance.randrange(STEPS) if chance.random() < 0.15 else None
        self._network = Network(chance, self._site.deliver, self._meanwhile, chance.choice((0.0, 0.1, 0.3)), tell)
        self._is_rough = chance.random() < 0.8
        self._is_day = True
        logins = [chance.choice(sorted(company.PEOPLE)) for _ in range(chance.randint(2, 4))]
        self.stations = {}
        for number, login in enumerate(logins):
            disk = company.empty_disk() if chance.random() < 0.25 else full_disk(login)
            name = f"{login}-{number}"
            self.stations[name] = Station(name, login, disk, folder / f"disk-{number}", self._clock, chance, self._next)
        for station in self.stations.values():
            self._open(station)

    def close(self) -> None:
        for station in self.stations.values():
            station.shut()
        self._site.close()

    def play(self) -> None:
        for step in range(STEPS):
            if self._restores_at is not None and step == self._restores_at // 2:
                self._tell("backup")
                self._backup = self._site.back_up()
            if self._restores_at == step and self._backup is not None:
                self._tell("restore")
                self._site.restore(self._backup)
            self._step()

    def rest(self) -> int:
        """How many commands were saved."""
        self._tell("rest")
        self._network.arrive_late()
        self._network.harm, self._site.fail_in = 0.0, 0
        self._is_rough = self._is_day = False
        for station in self.stations.values():
            station.disk.fail_in = 0
        self._bring_in_step()
        if self._backup is not None or self._only_at_rest:
            self._clock.move(days=LATER_DAYS)  # by then what found no place after the restore is judged for good,
            self._bring_in_step()  # and every scope was compared, as it is several times a day
        return law.at_rest(self._site, list(self.stations.values()))

    def _bring_in_step(self) -> None:
        """Until two rounds have moved nothing: a decision about a clash is sent after its author has fetched."""
        quiet = 0
        for _ in range(MOST_ROUNDS):
            before = self._heads()
            self._sync(list(self.stations.values()))
            is_content = all(station.is_content for station in self.stations.values())
            quiet = quiet + 1 if is_content and self._heads() == before else 0
            if quiet == 2:
                break

    def _heads(self) -> list[tuple[Any, ...]]:
        return self._site.ask("SELECT scope, head FROM scope_head ORDER BY scope")

    # ---- by chance ------------------------------------------------------------------------------------

    def _step(self) -> None:
        self._clock.move(seconds=1200 if self._chance.random() < 0.02 else self._chance.randint(1, 20))
        station = self.stations[self._chance.choice(sorted(self.stations))]
        acts: list[tuple[Callable[[Station], None], int]] = [
            (self._write, 20),
            (self._write_twice, 4),
            (self._sync_one, 12),
            (self._sync_some, 5),
            (self._reopen, 1),
            (self._administer, 4),
            (self._server_ends, 1),
            (self._forget_old, 2),
            (self._live, 6),
            (self._clash, 4),
            (self._decide, 6),
        ]
        act = self._chance.choices([act for act, _ in acts], [weight for _, weight in acts])[0]
        act(station)

    def _meanwhile(self) -> None:
        """Between any two requests of a sync somebody may do something, also at the workstation that is at it."""
        what = self._chance.random()
        if self._is_rough and what < 0.03:
            self._administer(None)
        elif self._is_day and what < 0.12:
            station = self.stations[self._chance.choice(sorted(self.stations))]
            if station.disk.wreck is None and station.is_open:
                self._at_leisure(station)

    def _at_leisure(self, station: Station) -> None:
        """Writes, with no harm meant to this work."""
        fail_in, station.disk.fail_in = station.disk.fail_in, 0
        is_rough, self._is_rough = self._is_rough, False
        self._write(station)
        station.disk.fail_in, self._is_rough = fail_in, is_rough

    def _write(self, station: Station) -> None:
        at_customers = (self._note, self._edit, self._edit, self._log, self._create)
        at_tickets = (self._file, self._work_on, self._work_on, self._solve)
        acts = (*at_customers, *at_tickets, *(self._promises.act,) * 4)
        self._saving(station, lambda: self._chance.choice(acts)(station))

    def _write_twice(self, station: Station) -> None:
        """One field twice before the server hears of it, from a form that was filled once."""
        customer = self._somebody(station)
        if customer is not None:
            seen = station.view.row("customer", customer)
            for _ in range(2):
                self._saving(station, lambda: station.edit("customer", customer, {"region": self._next()}, seen))

    def _clash(self, station: Station) -> None:
        """Several people change one field before any of them hears of the others."""
        customer = self._somebody(station)
        for name in sorted(self.stations):
            each = self.stations[name]
            if customer is not None and each.view.row("customer", customer) is not None:
                self._saving(each, functools.partial(self._rename, each, customer))
        self._sync_some(station)

    def _rename(self, station: Station, customer: str) -> None:
        station.edit("customer", customer, {"company": self._next()})

    def _saving(self, station: Station, work: Callable[[], Any]) -> None:
        if self._is_rough and self._chance.random() < 0.04:
            station.disk.fail_in = self._chance.randint(1, 2)
        try:
            work()
        except PowerCut:
            self._tell(f"{station.name}: power cut while saving")
            self._back_on(station)
        station.disk.fail_in = 0
        for op_id, entry in station.entries().items():
            if op_id not in station.saved:
                station.saved[op_id] = entry.command
                self._tell(f"{station.name}: saved {_short(entry.command)}")
        law.own_work_is_seen(station)

    def _sync_one(self, station: Station) -> None:
        self._sync([station])

    def _sync_some(self, _station: Station) -> None:
        names = sorted(self.stations)
        some = self._chance.sample(names, self._chance.randint(2, len(names)))
        self._sync([self.stations[name] for name in some])

    def _sync(self, stations: list[Station]) -> None:
        works: dict[str, Callable[[], None]] = {}
        for station in stations:
            stops_in = None
            if self._is_rough and self._chance.random() < 0.15:
                station.disk.fail_in = self._chance.randint(1, 12)
            if self._is_rough and self._chance.random() < 0.1:
                stops_in = self._chance.randrange(15)
            works[station.name] = functools.partial(station.sync, stops_in)
        if self._is_rough and self._chance.random() < 0.08:
            self._site.fail_in = self._chance.randint(1, 4)
        self._tell(f"sync {' '.join(works)}")
        for station in stations:
            station.is_content = False
        self._together(works)

    def _decide(self, station: Station) -> None:
        """The agent looks at what clashed, and says which text stands."""
        if self._is_rough and self._chance.random() < 0.15:
            station.disk.fail_in = self._chance.randint(1, 3)
        text = self._next()
        self._tell(f"{station.name}: decides about a clash, perhaps {text}")
        self._together({station.name: lambda: station.decide(text)})

    def _together(self, works: dict[str, Callable[[], None]]) -> None:
        for name, result in self._network.run(works).items():
            station = self.stations[name]
            if isinstance(result, PowerCut):
                self._tell(f"{name}: power cut at work with the server")
                self._back_on(station)
            elif isinstance(result, BaseException):
                raise law.Broken(f"{name}: sync raised {result!r}") from result
            station.disk.fail_in = 0
            self._look_at(station)
            law.own_work_is_seen(station)
        self._site.fail_in = 0

    def _look_at(self, station: Station) -> None:
        if not self._only_at_rest:
            law.at_any_moment(self._site, station)

    def _reopen(self, station: Station) -> None:
        """The program is closed and opened again, or the power goes while nothing is done."""
        if self._chance.random() < 0.5:
            self._tell(f"{station.name}: closed and opened")
            station.shut()
            self._open(station)
            return
        self._tell(f"{station.name}: power cut at rest")
        try:
            station.disk.fail()
        except PowerCut:
            self._back_on(station)

    def _server_ends(self, _station: Station) -> None:
        self._tell("server restarts")
        self._site.restart()

    def _live(self, station: Station) -> None:
        """The live connection brings rows, in or out of order, twice, or what came a while ago."""
        heads = dict(self._site.ask("SELECT scope, head FROM scope_head"))
        told = {scope: self._told.get(scope, 0) for scope in station.mirror.cursors() if scope in heads}
        try:
            pages = self._site.pages(told)
        except ValueError as error:
            raise law.Broken(f"a page no workstation reads: {error}") from error
        self._messages += [(told[scope], self._site.server.epoch, page) for scope, page in pages.items()]
        self._told |= {scope: heads[scope] for scope in told}
        self._chance.shuffle(self._messages)
        for since, epoch, page in self._messages[:3]:
            if station.has_scope(page.scope):
                is_here = station.cycle.take(since, epoch, page)
                self._tell(f"{station.name}: {page.scope} {since}..{page.next} by itself: {is_here}")
        if self._chance.random() < 0.5:
            del self._messages[:3]
        self._look_at(station)
        law.own_work_is_seen(station)

    def _forget_old(self, _station: Station) -> None:
        self._tell("old changes are let go")
        self._site.forget_old()

    def _administer(self, _station: Station | None) -> None:
        act = self._chance.choice((self._assign, self._assign, self._move, self._erase))
        act()

    def _assign(self) -> None:
        agent = self._chance.choice(sorted({station.login for station in self.stations.values()}))
        queues = self._chance.sample(sorted(company.QUEUES), self._chance.randint(0, 2))
        team = self._chance.choice(("one", "two"))
        self._tell(f"{agent} now works in {team} for {queues}")
        self._site.assign(agent, team, queues)

    def _move(self) -> None:
        customer = f"C-{self._chance.randint(1, len(company.CUSTOMERS))}"
        segment = self._chance.choice(("home", "business"))
        self._tell(f"{customer} is moved to {segment}")
        self._site.move_customer(customer, segment)

    def _erase(self) -> None:
        if self._chance.random() < 0.3:
            entity, id_ = "customer", f"C-{self._chance.randint(1, len(company.CUSTOMERS))}"
        else:
            written = sorted((c.entity, c.id) for s in self.stations.values() for c in s.saved.values())
            if not written:
                return
            entity, id_ = self._chance.choice(written)
        self._tell(f"{entity} {id_} is erased")
        self._site.erase(entity, id_)

    # ---- what people do -------------------------------------------------------------------------------

    def _note(self, station: Station) -> None:
        customer = station.book.customer(CustomerId(self._somebody(station) or ""))
        if customer is not None:
            station.book.add_note(customer, self._next(), station.login)

    def _edit(self, station: Station) -> None:
        customer = self._somebody(station)
        if customer is None:
            return
        wanted: dict[str, Any] = {"name": self._next(), "company": self._value(), "region": self._value()}
        wanted["tags"] = [self._next()]
        names = self._chance.sample(sorted(wanted), self._chance.randint(1, 2))
        station.edit("customer", customer, {name: wanted[name] for name in names})

    def _log(self, station: Station) -> None:
        customer = self._somebody(station)
        if customer is None:
            return
        id_ = self._next()
        now = self._clock()
        station.book.log_contact(
            Contact(id_, CustomerId(customer), ContactKind.CALL_IN, now, "来电", agent=station.login, duration_s=61)
        )
        if self._chance.random() < 0.5:
            station.book.wrap_up(id_, "solved")

    def _file(self, station: Station) -> None:
        self._file_for(station, self._somebody(station) if self._chance.random() < 0.8 else None)

    def _file_for(self, station: Station, customer: str | None) -> None:
        categories = station.desk.categories()
        if not categories:
            return
        category = self._chance.choice(categories).id
        draft = TicketDraft("call", customer, subject=self._next(), category=category, description=self._next())
        station.desk.file(station.drafts.save(draft))

    def _work_on(self, station: Station) -> None:
        pending = {entry.command.id for entry in station.entries().values() if entry.command.entity == "ticket"}
        here = sorted({row.id for row in station.mirror.rows("ticket")} | pending)
        tickets = [id_ for id_ in here if station.view.row("ticket", id_) is not None]
        if not tickets:
            return
        wanted: dict[str, Any] = {
            "subject": self._next(),
            "status": self._chance.choice(tuple(TicketStatus)).value,
            "priority": self._chance.choice(tuple(Priority)).value,
            "owner": self._chance.choice((None, *sorted(company.PEOPLE))),
        }
        names = self._chance.sample(sorted(wanted), self._chance.randint(1, 2))
        station.edit("ticket", self._chance.choice(tickets), {name: wanted[name] for name in names})

    def _solve(self, station: Station) -> None:
        """A complaint is solved, taken up again, or closed, perhaps before its time."""
        closed = TicketStatus.CLOSED.value
        here = (row for row in station.view.rows("ticket") if row.body["type"] == TicketType.COMPLAINT)
        complaints = sorted((row for row in here if row.body["status"] != closed), key=lambda row: row.id)
        if complaints:
            row = self._chance.choice(complaints)
            is_open = TicketStatus(row.body["status"]).is_open
            further = TicketStatus.RESOLVED if is_open else self._chance.choice((TicketStatus.IN_PROGRESS, closed))
            station.edit("ticket", row.id, {"status": str(further)})

    def _create(self, station: Station) -> None:
        number = PhoneNumber(f"+86139{self._chance.randrange(10**8):08d}")
        segment = SegmentId(self._chance.choice(("home", "business")))
        customer = station.book.create(self._next(), number, segment)
        if self._chance.random() < 0.7:
            self._file_for(station, customer.id)

    # ---- -----------------------------------------------------------------------------------------------

    def _open(self, station: Station) -> None:
        harm, self._network.harm = self._network.harm, 0.0
        is_rough, self._is_rough = self._is_rough, False
        self._site.fail_in = 0
        result = self._network.run({station.name: station.open})[station.name]
        self._network.harm, self._is_rough = harm, is_rough
        if isinstance(result, BaseException):
            raise law.Broken(f"{station.name}: opening raised {result!r}") from result

    def _back_on(self, station: Station) -> None:
        station.take_up_wreck()
        self._open(station)
        self._look_at(station)

    def _somebody(self, station: Station) -> str | None:
        here = [row.id for row in station.mirror.rows("customer")]
        return self._chance.choice(here) if here else None

    def _value(self) -> str:
        return self._chance.choice(COMMON) if self._chance.random() < 0.4 else self._next()

    def _next(self) -> str:
        self._made += 1
        return f"{self.seed}:{self._made}"


def run_seed(seed: int, tell: Callable[[str], None] = lambda _line: None, *, only_at_rest: bool = False) -> int:
    """Plays one seed in a folder of its own; how many commands were saved. Raises law.Broken.

    `only_at_rest`: what is wrong meanwhile may be, if it is noticed and put right within days.
    """
    folder = scratch.folder()
    try:
        world = World(seed, folder, tell, only_at_rest=only_at_rest)
        with complaints() as heard:
            try:
                world.play()
                commands = world.rest()
            finally:
                world.close()
        law.require(only_at_rest or not heard, "warned", *heard)
        return commands
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def complaints() -> Iterator[list[str]]:
    """What the programs warn of meanwhile: a workstation that had to be put right is a fault, though it is mended."""
    heard: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.addFilter(lambda record: not record.getMessage().endswith(EXPECTED))
    handler.emit = lambda record: heard.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger().addHandler(handler)
    try:
        yield heard
    finally:
        logging.getLogger().removeHandler(handler)


@functools.cache
def full_disk(login: str) -> Path:
    """The disk of a workstation that has fetched everything there was in the beginning."""
    folder = scratch.folder()
    chance, clock = random.Random(0), SetClock(company.BEGIN)
    site = Site(folder, chance, clock, lambda _line: None)
    station = Station("first", login, company.empty_disk(), folder / "disk", clock, chance, lambda: "")
    network = Network(chance, site.deliver)
    for work in (station.open, station.sync):
        assert network.run({"first": work})["first"] is None
    station.shut()
    site.close()
    return folder / "disk"


def _short(command: Any) -> str:
    changes = {name: (change.old, change.new) for name, change in command.fields.items()}
    shown = changes if command.kind.value == "update" else {name: new for name, (_, new) in changes.items() if new}
    return f"{command.op_id[-6:]} #{command.device_seq} {command.kind.value} {command.entity} {command.id} {shown}"
