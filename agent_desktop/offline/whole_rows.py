"""Rows of the company that are written whole: made where there is none, else changed where the author changed them."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from agent_desktop.offline.view import View
from agent_model.body import from_body, to_body
from agent_model.command import Command, CommandKind, FieldChange
from agent_model.row_draft import NotWhole, RowDraft

OF_THE_SERVER = ("changed_by", "changed_at")


class Versioned(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def version(self) -> int: ...


RowT = TypeVar("RowT", bound=Versioned)


class WholeRows(Generic[RowT]):
    """Reads through `view`, so that a row changed here is in force here at once. What is being written is kept as a
    draft; every method that writes raises DiskFull, OutboxDamaged or StoreBusy."""

    def __init__(
        self,
        view: View,
        clock: Callable[[], datetime],
        entity: str,
        kind: type[RowT],
        faults: Callable[[RowT], Sequence[object]],
        of_the_server: Collection[str] = OF_THE_SERVER,
    ) -> None:
        self._view = view
        self._clock = clock
        self._entity = entity
        self._kind = kind
        self._faults = faults
        self._of_the_server = of_the_server

    def of_the_company(self) -> Iterator[RowT]:
        """Rows that cannot be read are left out."""
        found = (self._read(row.id, row.version, row.body) for row in self._view.rows(self._entity))
        return (one for one in found if one is not None)

    def save(self, draft: RowDraft[RowT]) -> Command | None:
        """Kept before this returns, and sent with the next round; None when nothing is different. The draft is gone.
        What somebody else has changed since it was seen is not undone. Raises NotWhole."""
        if found := self._faults(draft.row):
            raise NotWhole(found)
        command = self._send(draft)
        self.drop(draft.row.id)
        return command

    def keep(self, draft: RowDraft[RowT]) -> None:
        """As it is written so far, whatever is wrong with it."""
        body = {"row": _plain(draft.row), "seen": None if draft.seen is None else _plain(draft.seen)}
        self._view.outbox.save_draft(draft.row.id, body, self._clock(), self._entity)

    def drop(self, row_id: str) -> None:
        self._view.outbox.drop_draft(row_id, self._entity)

    def drafts(self) -> tuple[RowDraft[RowT], ...]:
        """What was begun and not saved, the latest first."""
        drafts = (self._draft(found.key, found.body) for found in self._view.outbox.drafts(self._entity))
        return tuple(draft for draft in drafts if draft is not None)

    def _send(self, draft: RowDraft[RowT]) -> Command | None:
        row, seen, outbox = draft.row, draft.seen, self._view.outbox
        wanted = {name: value for name, value in to_body(row).items() if name not in self._of_the_server}
        before = self._view.row(self._entity, row.id)
        if before is None:
            created = {name: FieldChange(None, value) for name, value in wanted.items()}
            return outbox.put(self._entity, row.id, CommandKind.CREATE, created, self._clock())
        base, version = (before.body, before.version) if seen is None else (to_body(seen), seen.version)
        changes = {
            name: FieldChange(base.get(name), new)
            for name, new in wanted.items()
            if new not in (base.get(name), before.body.get(name))
        }
        if not changes:
            return None
        return outbox.put(self._entity, row.id, CommandKind.UPDATE, changes, self._clock(), base_version=version)

    def _draft(self, row_id: str, body: Mapping[str, Any]) -> RowDraft[RowT] | None:
        row, seen = (
            None if told is None else self._read(row_id, int(told.get("version", 0)), told)
            for told in (body.get("row"), body.get("seen"))
        )
        return None if row is None else RowDraft(row, seen)

    def _read(self, row_id: str, version: int, body: Mapping[str, Any]) -> RowT | None:
        try:
            return from_body(self._kind, row_id, version, body)
        except (KeyError, TypeError, ValueError):
            return None


def _plain(row: Versioned) -> dict[str, Any]:
    return {**to_body(row), "version": row.version}
