"""What the agent sees: the mirror with their own pending commands laid over it, so that what they saved is there."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Entry, Outbox, State
from agent_model.command import CommandKind
from agent_model.customer import CustomerId
from agent_model.phone_number import PhoneNumber
from agent_model.wire import Row


class View:
    """Reads rows as they will be once the server has agreed. Refused (parked) commands are not shown as done."""

    def __init__(self, mirror: Mirror, outbox: Outbox) -> None:
        self.mirror = mirror
        self.outbox = outbox

    def row(self, entity: str, id_: str) -> Row | None:
        pending = [entry for entry in self._pending(entity) if entry.command.id == id_]
        return _laid_over(entity, id_, self.mirror.row(entity, id_), pending)

    def customers_with(self, number: PhoneNumber) -> list[Row]:
        return self._overlaid(
            "customer", self.mirror.customers_with(number), lambda body: number in body.get("phones", ())
        )

    def contacts_of(self, customer: CustomerId, before: str = "~", limit: int = 20) -> list[Row]:
        rows = self._overlaid(
            "contact",
            self.mirror.contacts_of(customer, before, limit),
            lambda body: body.get("customer_id") == customer and body["at"] < before,
        )
        return sorted(rows, key=lambda row: str(row.body["at"]), reverse=True)[:limit]

    def tickets_of(self, customer: CustomerId, before: str = "~", limit: int = 20) -> list[Row]:
        rows = self._overlaid(
            "ticket",
            self.mirror.tickets_of(customer, before, limit),
            lambda body: body.get("customer_id") == customer and _touched(body) < before,
        )
        return sorted(rows, key=lambda row: _touched(row.body), reverse=True)[:limit]

    def open_tickets_of(self, customer: CustomerId) -> list[Row]:
        rows = self._overlaid(
            "ticket", self.mirror.open_tickets_of(customer), lambda body: body.get("customer_id") == customer
        )
        return sorted(rows, key=lambda row: _touched(row.body), reverse=True)

    def has_pending(self, *ids: str) -> bool:
        """Whether anything about these rows still waits for the server."""
        wanted = set(ids)
        return any(
            entry.state is State.WAITING and (entry.command.id in wanted or _names(entry, wanted))
            for entry in self.outbox.entries(State.WAITING)
        )

    def _pending(self, entity: str) -> list[Entry]:
        return self.outbox.entries(State.WAITING, State.SETTLED, entity=entity)

    def _overlaid(self, entity: str, rows: Sequence[Row], belongs: Callable[[Mapping[str, Any]], bool]) -> list[Row]:
        pending = self._pending(entity)
        if not pending:
            return list(rows)
        touched: dict[str, list[Entry]] = {}
        for entry in pending:
            touched.setdefault(entry.command.id, []).append(entry)
        shown = [row for row in rows if row.id not in touched]
        mirrored = {row.id: row for row in rows}
        for id_, entries in touched.items():
            base = mirrored.get(id_) or self.mirror.row(entity, id_)
            row = _laid_over(entity, id_, base, entries)
            if row is not None and belongs(row.body):
                shown.append(row)
        return shown


def _laid_over(entity: str, id_: str, row: Row | None, entries: Iterable[Entry]) -> Row | None:
    version = row.version if row else 0
    body: dict[str, Any] | None = dict(row.body) if row else None
    for entry in entries:
        settled_at = entry.answer.version if entry.answer else None
        if settled_at is not None and settled_at <= version:
            continue
        body = _with(body, entry)
    return None if body is None else Row(entity, id_, version, body)


def _with(body: dict[str, Any] | None, entry: Entry) -> dict[str, Any] | None:
    changes = {name: change.new for name, change in entry.command.fields.items()}
    if entry.answer is not None:
        changes |= entry.answer.changed
    if entry.command.kind is CommandKind.CREATE:
        return {**changes, **(body or {})}
    if body is None:
        return None
    if entry.command.kind is CommandKind.APPEND:
        return body | {name: [*body.get(name, ()), value] for name, value in changes.items()}
    return body | changes


def _touched(body: Mapping[str, Any]) -> str:
    return str(body.get("updated_at") or body["created_at"])


def _names(entry: Entry, ids: set[str]) -> bool:
    change = entry.command.fields.get("customer_id")
    return change is not None and change.new in ids
