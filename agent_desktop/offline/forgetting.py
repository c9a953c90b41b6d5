"""Everything about somebody who was erased goes from this workstation: rows, drafts, commands, calls of the agent.

What follows them is found by what is still here: their contacts, tickets and numbers. So their rows go last, and what
was cut off is done again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from agent_desktop.offline import derived, intake
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.newer import Left
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.pending import State
from agent_desktop.offline.store import Store
from agent_model.phone_number import DialPlan, normalise
from agent_model.wire import Gone

OF_CUSTOMERS: Final = ("customer_id", "other_id")
POINTERS: Final = (*OF_CUSTOMERS, "contact_id", "ticket_id", "gone")


@dataclass(frozen=True, slots=True)
class Traces:
    """What belongs to somebody here: their rows by noun, the exchange's calls, their numbers that are nobody else's."""

    customers: frozenset[str]
    contacts: frozenset[str]
    tickets: frozenset[str]
    calls: frozenset[str]
    numbers: frozenset[str]

    @property
    def rows(self) -> frozenset[str]:
        return self.customers | self.contacts | self.tickets


@dataclass(frozen=True, slots=True)
class Unsent:
    """What the author had typed or done and the server had not: how many drafts and commands went."""

    drafts: int = 0
    commands: int = 0


class Forgetting:
    """Every method raises StoreError."""

    def __init__(self, store: Store, mirror: Mirror, outbox: Outbox, plan: DialPlan) -> None:
        self._store = store
        self._mirror = mirror
        self._outbox = outbox
        self._plan = plan

    def named_here(self) -> frozenset[str]:
        """Customers that something beside the scopes is about, and those whose number the agent's own calls have."""
        found: set[str] = set()
        for entry in self._outbox.entries():
            command = entry.command
            if command.entity == "customer":
                found.add(command.id)
            for name in OF_CUSTOMERS:
                found |= _texts_of(command.fields.get(name))
        with self._store.reading_outbox() as connection:
            for (plain,) in connection.execute("SELECT plain FROM delivered").fetchall():
                told = orjson.loads(plain)
                found |= {told["id"]} if told["entity"] == "customer" else set()
                found |= {str(one) for name in OF_CUSTOMERS for one in told["fields"].get(name, ()) if one}
            for key, body in connection.execute("SELECT key, body FROM draft").fetchall():
                found |= {key.rpartition(":")[2], *_named_in(orjson.loads(body))}
            calls = [orjson.loads(plain) for (plain,) in connection.execute("SELECT plain FROM day_call").fetchall()]
        found |= {str(call["customer_id"]) for call in calls if call.get("customer_id")}
        for number in {str(call.get("number") or "") for call in calls}:
            key = normalise(number, self._plan) if number else None
            found |= {row.id for row in self._mirror.customers_with(key)} if key else set()
        with self._store.reading() as connection:
            met = connection.execute("SELECT id FROM customer WHERE scopes = ?", (intake.tag_of(intake.MET),))
            found |= {row_id for (row_id,) in met.fetchall()}
        return frozenset(one for one in found if one)

    def traces_of(self, customers: Iterable[str]) -> Traces:
        """As far as they are here."""
        ids = frozenset(customers)
        given = orjson.dumps(sorted(ids)).decode()
        those = "IN (SELECT value FROM json_each(?))"
        with self._store.reading() as connection:
            contacts = connection.execute(
                f"SELECT id, json_extract(body, '$.call_ref') FROM contact WHERE customer_id {those}",  # noqa: S608
                (given,),
            ).fetchall()
            tickets = connection.execute(
                f"SELECT id, json_extract(body, '$.call_ref') FROM ticket WHERE customer_id {those}",  # noqa: S608
                (given,),
            ).fetchall()
        made = [
            entry.command
            for entry in self._outbox.entries()
            if _texts_of(entry.command.fields.get("customer_id")) & ids
        ]
        calls = {ref for _, ref in (*contacts, *tickets) if ref}
        calls |= {one for command in made for one in _texts_of(command.fields.get("call_ref"))}
        return Traces(
            ids,
            frozenset(row_id for row_id, _ in contacts) | {one.id for one in made if one.entity == "contact"},
            frozenset(row_id for row_id, _ in tickets) | {one.id for one in made if one.entity == "ticket"},
            frozenset(calls),
            frozenset(self._own_numbers(ids)),
        )

    def forget(self, traces: Traces) -> Unsent:
        """Nothing of it is here when this returns; what the author is to be told."""
        commands = self._forget_commands(traces)
        with self._store.writing_outbox() as connection:
            connection.execute("PRAGMA secure_delete = ON").close()
            drafts = [
                key
                for key, body in connection.execute("SELECT key, body FROM draft").fetchall()
                if _is_about(key, body, traces)
            ]
            connection.executemany("DELETE FROM draft WHERE key = ?", [(key,) for key in drafts])
            calls = connection.execute("SELECT key, plain FROM day_call").fetchall()
            theirs = [(key,) for key, plain in calls if self._is_call_of(orjson.loads(plain), traces)]
            connection.executemany("DELETE FROM day_call WHERE key = ?", theirs)
        self._forget_rows(traces)
        self._write_words_anew()
        self._store.drop_copies()
        self._store.settle()
        return Unsent(len(drafts), commands)

    def _forget_commands(self, traces: Traces) -> int:
        entries = self._outbox.entries()
        about = [entry for entry in entries if _is_command_about(entry.command.id, entry.command.fields, traces)]
        with self._store.reading_outbox() as connection:
            delivered = connection.execute("SELECT op_id, plain FROM delivered").fetchall()
        old = [op_id for op_id, plain in delivered if _is_plain_about(orjson.loads(plain), traces)]
        self._outbox.erase([*(entry.command.op_id for entry in about), *old])
        left = Left(self._store.folder, self._store.sealing).erase(lambda plain: _is_plain_about(plain, traces))
        return left + sum(entry.state in (State.WAITING, State.PARKED) for entry in about)

    def _forget_rows(self, traces: Traces) -> None:
        dead = [
            *(Gone("contact", row_id) for row_id in traces.contacts),
            *(Gone("ticket", row_id) for row_id in traces.tickets),
        ]
        among = "IN (SELECT value FROM json_each(?1))"
        pointing = " OR ".join(f"json_extract(body, '$.{name}') {among}" for name in POINTERS)
        with self._store.writing() as connection:
            connection.execute("PRAGMA secure_delete = ON").close()
            given = orjson.dumps(sorted(traces.rows)).decode()
            connection.execute(f"DELETE FROM other WHERE {pointing}", (given,))  # noqa: S608 - names of our own
            intake.delete(connection, [*dead, *(Gone("customer", row_id) for row_id in traces.customers)])

    def _write_words_anew(self) -> None:
        """In steps, so that nobody waits long."""
        is_first, is_more = True, True
        while is_more:
            with self._store.writing() as connection:
                connection.execute("PRAGMA secure_delete = ON").close()
                is_more = derived.merge_words(connection, is_first=is_first)
            is_first = False

    def _own_numbers(self, customers: frozenset[str]) -> set[str]:
        """Numbers, as they are written here, that lead to these customers and to nobody else: of the agent's own calls,
        and theirs on record."""
        with self._store.reading_outbox() as connection:
            calls = [orjson.loads(plain) for (plain,) in connection.execute("SELECT plain FROM day_call").fetchall()]
        rows = [row for row_id in customers if (row := self._mirror.row("customer", row_id)) is not None]
        on_record = {str(number) for row in rows for number in row.body.get("phones") or () if isinstance(number, str)}
        own = set()
        for number in on_record | {str(call.get("number") or "") for call in calls}:
            key = normalise(number, self._plan) if number else None
            found = {row.id for row in self._mirror.customers_with(key)} if key else set()
            if found and found <= customers:
                own.add(number)
        return own

    def _is_call_of(self, call: Mapping[str, Any], traces: Traces) -> bool:
        return call.get("customer_id") in traces.customers or call.get("number") in traces.numbers


def _texts_of(change: Any) -> set[str]:
    return set() if change is None else {one for one in (change.old, change.new) if isinstance(one, str)}


def _is_command_about(row_id: str, fields: Mapping[str, Any], traces: Traces) -> bool:
    named = set().union(*(_texts_of(fields.get(name)) for name in POINTERS))
    return row_id in traces.rows or bool(named & traces.rows)


def _is_plain_about(plain: Mapping[str, Any], traces: Traces) -> bool:
    named = {one for name in POINTERS for one in plain["fields"].get(name, ()) if isinstance(one, str)}
    return plain["id"] in traces.rows or bool(named & traces.rows)


def _is_about(key: str, body: str, traces: Traces) -> bool:
    named = {key.rpartition(":")[2], *_named_in(orjson.loads(body))}
    return bool(named & traces.rows)


def _named_in(body: Any) -> Sequence[str]:
    """Whom a draft names, at its top."""
    if not isinstance(body, dict):
        return ()
    return [body[name] for name in POINTERS if isinstance(body.get(name), str)]
