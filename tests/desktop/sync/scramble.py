"""Two workstations, one server, and everything that goes wrong between them, from a seed; and what must hold after."""

import random
from pathlib import Path

import httpx

from agent_desktop.offline.pending import State
from agent_model.command import FieldChange
from agent_model.customer import Contact, ContactKind, CustomerId, SegmentId
from agent_model.phone_number import PhoneNumber
from agent_model.ticket import TicketId
from tests.desktop.sync.seat import Seat, seat
from tests.in_process import ServerThread

CUSTOMERS = [CustomerId(f"C-{n}") for n in range(1, 5)]
NOUNS = ("customer", "contact", "ticket")


class Scramble:
    """`step` does something by chance; `settle` ends all faults and brings everybody in step; `check` is the law."""

    def __init__(self, folder: Path, server: ServerThread, seed: int) -> None:
        self._chance = random.Random(seed)
        self._folder = folder
        self._server = server
        self._stops_in: dict[str, int | None] = {"one": None, "two": None}
        self._seats = {name: self._sit(name) for name in self._stops_in}
        self._made = 0
        self._tickets: set[str] = set()
        self._own: dict[str, list[str]] = {name: [] for name in self._seats}
        self._contacts: set[str] = set()
        self._notes: set[str] = set()
        self._seed = seed

    def step(self) -> None:
        name = self._chance.choice(sorted(self._seats))
        act = self._chance.choices(
            (self._file, self._note, self._rename, self._number, self._log, self._newcomer, self._sync, self._reopen),
            (4, 3, 3, 2, 3, 1, 8, 1),
        )[0]
        act(name)

    def settle(self) -> None:
        for _ in range(3):
            for name in self._seats:
                self._heal(name)
                self._seats[name].sync()

    def check(self) -> None:
        one, two = self._seats.values()
        for noun in NOUNS:
            assert one.mirror.rows(noun) == two.mirror.rows(noun)
        parked = [entry.command for each in (one, two) for entry in each.outbox.entries()]
        assert {entry.state for each in (one, two) for entry in each.outbox.entries()} <= {State.PARKED}
        assert {command.entity for command in parked} <= {"customer"}, "only a contested name or number may wait"
        assert {row.id for row in one.mirror.rows("ticket")} >= self._tickets
        assert {row.id for row in one.mirror.rows("contact")} >= self._contacts
        notes = [note["text"] for row in one.mirror.rows("customer") for note in row.body["notes"]]
        ours = [text for text in notes if text.startswith(f"{self._seed}:")]
        assert sorted(ours) == sorted(self._notes)

    def close(self) -> None:
        for each in self._seats.values():
            each.close()

    # ---- what people do -------------------------------------------------------------------------------

    def _file(self, name: str) -> None:
        at = self._seats[name]
        if not at.desk.categories():
            return
        ticket = at.file_ticket(self._someone(at), self._next())
        self._filed(name, ticket.id)
        assert at.desk.ticket(ticket.id) == ticket

    def _note(self, name: str) -> None:
        at = self._seats[name]
        customer = at.book.customer(CustomerId(self._someone(at) or ""))
        if customer is None:
            return
        text = self._next()
        self._notes.add(text)
        at.book.add_note(customer, text, at.agent.id)
        again = at.book.customer(customer.id)
        assert again is not None
        assert text in [note.text for note in again.notes]

    def _rename(self, name: str) -> None:
        at = self._seats[name]
        customer = at.book.customer(CustomerId(self._someone(at) or ""))
        if customer is None:
            return
        called = self._next()
        at.book._change(customer, {"name": FieldChange(customer.name, called)})
        again = at.book.customer(customer.id)
        assert again is not None
        assert again.name == called

    def _number(self, name: str) -> None:
        at = self._seats[name]
        customer = at.book.customer(CustomerId(self._someone(at) or ""))
        if customer is None:
            return
        number = PhoneNumber(f"+86139{self._chance.randrange(10**8):08d}")
        at.book.attach_number(customer, number)
        assert customer.id in [found.id for found in at.book.with_number(number)]

    def _log(self, name: str) -> None:
        at = self._seats[name]
        who = self._someone(at)
        if who is None:
            return
        id_ = f"K-{self._next()}"
        self._contacts.add(id_)
        at.book.log_contact(
            Contact(id_, CustomerId(who), ContactKind.CALL_IN, at.clock.move(seconds=7), "来电", agent=at.agent.id)
        )
        assert at.view.row("contact", id_) is not None

    def _newcomer(self, name: str) -> None:
        at = self._seats[name]
        customer = at.book.create(self._next(), None, SegmentId("home"))
        if at.desk.categories():
            self._filed(name, at.file_ticket(customer.id, self._next()).id)

    # ---- what goes wrong ------------------------------------------------------------------------------

    def _sync(self, name: str) -> None:
        at = self._seats[name]
        match self._chance.choice(("well", "well", "no request", "no answer", "cut", "stopped", "stopped")):
            case "no request":
                at.network.lose_request = self._sometimes
            case "no answer":
                at.network.lose_answer = self._sometimes
            case "cut":
                at.network.cut_after = lambda _request: self._chance.choice((None, 10, 400))
            case "stopped":
                self._stops_in[name] = self._chance.randrange(25)
        at.sync()
        self._heal(name)
        gone = [id_ for id_ in self._own[name] if at.desk.ticket(TicketId(id_)) is None]
        assert not gone, "what was saved here is seen here, whatever sync did"

    def _reopen(self, name: str) -> None:
        self._seats[name].close()
        self._seats[name] = self._sit(name)

    def _sometimes(self, _request: httpx.Request) -> bool:
        return self._chance.random() < 0.5

    def _heal(self, name: str) -> None:
        network = self._seats[name].network
        network.lose_request = network.lose_answer = lambda _request: False
        network.cut_after = lambda _request: None
        self._stops_in[name] = None

    def _sit(self, name: str) -> Seat:
        def stopping() -> bool:
            left = self._stops_in[name]
            if left is None:
                return False
            self._stops_in[name] = max(0, left - 1)
            return left == 0

        folder = self._folder / name
        made = seat(folder, self._server.address, stopping=stopping)
        made.book._new_id = made.desk._new_id = lambda: f"{name}-{self._next()}"
        return made

    def _someone(self, at: Seat) -> str | None:
        here = [id_ for id_ in CUSTOMERS if at.mirror.row("customer", id_) is not None]
        return self._chance.choice(here) if here else None

    def _filed(self, name: str, ticket_id: str) -> None:
        self._tickets.add(ticket_id)
        self._own[name].append(ticket_id)

    def _next(self) -> str:
        self._made += 1
        return f"{self._seed}:{self._made}"
