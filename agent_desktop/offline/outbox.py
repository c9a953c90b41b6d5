"""The outbox: what the agent did and the server has not confirmed, and what is typed and not yet sent.

A command is on the disk before `put` returns, and a second time in the journal. It leaves only when the server has
answered and the mirror shows the result, or when the agent has dealt with a refusal.
"""

import contextlib
import os
import secrets
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from agent_desktop.offline import delivered
from agent_desktop.offline.delivered import Delivered
from agent_desktop.offline.journal import Journal
from agent_desktop.offline.newer import Left
from agent_desktop.offline.pending import Entry, Pending, State, Written, first_of
from agent_desktop.offline.store import Store
from agent_model import moment
from agent_model.command import Answer, Command, CommandKind, FieldChange, OpId, Verdict
from agent_model.wire import answer_from_plain, answer_to_plain, command_from_plain, command_to_plain

HIGHEST_SEQ = (
    "SELECT max(coalesce((SELECT CAST(value AS INTEGER) FROM device WHERE name = 'seq'), 0), "
    "coalesce((SELECT max(device_seq) FROM command), 0), coalesce((SELECT max(device_seq) FROM delivered), 0))"
)

MARK = "~"
"""No ticket's key begins with it."""


@dataclass(frozen=True, slots=True)
class Draft:
    key: str
    body: Mapping[str, Any]
    saved_at: datetime


def new_op_id() -> OpId:
    """A UUIDv7 (RFC 9562 §5.7): sorts by the time it was made, never relied on for order."""
    stamp = time.time_ns() // 1_000_000
    value = (stamp << 80) | int.from_bytes(os.urandom(10), "big")
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    text = f"{value:032x}"
    return OpId(f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}")


class Outbox:
    """Commands in order, and drafts. `author` is the agent whose outbox this is: nothing is sent as anybody else.

    One Outbox a folder: what is pending is remembered between reads.
    """

    def __init__(self, store: Store, author: str) -> None:
        self._store = store
        self._journal = Journal(store.folder, store.sealing)
        self.author = author
        self.delivered = Delivered(store)
        self._remembering = threading.Lock()
        self._giving = threading.Lock()
        self._given: set[OpId] = set()
        self._writes = 0
        self._pending: Pending | None = None
        self._own = threading.local()

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Everything that this thread puts, and every draft that it saves or drops, in one flushed transaction: all of
        it or, when the block fails, nothing. Reads inside the block do not show it yet. Raises as `put`.
        """
        with self._journal.adding(), self._store.writing_outbox() as connection:
            self._own.connection = connection
            try:
                yield
            finally:
                self._own.connection = None
        self._wrote()

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """The transaction of the block that this thread is in, else one of its own."""
        connection = getattr(self._own, "connection", None)
        if connection is not None:
            yield connection
            return
        with self._store.writing_outbox() as own:
            yield own

    @property
    def device_id(self) -> str:
        """This workstation's id for this agent, made once."""
        with self._store.writing_outbox() as connection:
            found = connection.execute("SELECT value FROM device WHERE name = 'id'").fetchone()
            if found is None:
                found = (secrets.token_hex(16),)
                connection.execute("INSERT INTO device VALUES ('id', ?)", found)
        return str(found[0])

    def put(
        self,
        entity: str,
        id_: str,
        kind: CommandKind,
        fields: Mapping[str, FieldChange],
        occurred_at: datetime,
        *,
        base_version: int = 0,
        depends_on: OpId | None = None,
        ends_draft: str | None = None,
    ) -> Command:
        """Saves one command, and takes the draft it was made from with it, in one flushed transaction.

        Raises DiskFull, FolderNotWritable, OutboxDamaged, StoreBusy: then nothing was saved and the draft is still
        there.
        """
        with self._journal.adding(), self._writing() as connection:
            (highest,) = connection.execute(HIGHEST_SEQ).fetchone()
            seq = int(highest) + 1
            command = Command(
                op_id=new_op_id(),
                device_seq=seq,
                entity=entity,
                id=id_,
                kind=kind,
                base_version=base_version,
                fields=dict(fields),
                occurred_at=occurred_at,
                author=self.author,
                depends_on=depends_on,
            )
            connection.execute(
                "INSERT INTO device VALUES ('seq', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (str(seq),),
            )
            plain = orjson.dumps(command_to_plain(command))
            connection.execute(
                "INSERT INTO command (device_seq, op_id, entity, id, state, plain) VALUES (?, ?, ?, ?, ?, ?)",
                (seq, command.op_id, entity, id_, State.WAITING, plain.decode()),
            )
            if ends_draft is not None:
                connection.execute("DELETE FROM draft WHERE key = ?", (ends_draft,))
            self._journal.add(plain)
        self._wrote()
        return command

    def waiting(self, limit: int) -> list[Command]:
        """The next commands to send, in order."""
        with self._store.reading_outbox() as connection:
            return [
                command_from_plain(orjson.loads(plain))
                for (plain,) in connection.execute(
                    "SELECT plain FROM command WHERE state = ? ORDER BY device_seq LIMIT ?", (State.WAITING, limit)
                )
            ]

    def hand_out(self, limit: int) -> list[Written]:
        """As `waiting`, for who sends them: from now on the server may have them."""
        with self._giving:
            with self._store.reading_outbox() as connection:
                found = connection.execute(
                    "SELECT op_id, device_seq, plain FROM command WHERE state = ? ORDER BY device_seq LIMIT ?",
                    (State.WAITING, limit),
                ).fetchall()
            commands = first_of([Written(*columns) for columns in found])
            self._given |= {command.op_id for command in commands}
        return commands

    def not_sent(self, commands: Sequence[Written]) -> None:
        """The server has not heard of them after all."""
        with self._giving:
            self._given -= {command.op_id for command in commands}

    def take_back(self, op_ids: Sequence[OpId]) -> list[OpId]:
        """Of commands made since this program began, those that were never sent, and that nothing waiting depends on;
        they are gone. Raises as `forget`."""
        with self._giving:
            asked = [op_id for op_id in op_ids if op_id not in self._given]
            waiting = self.entries(State.WAITING)
            needed = {entry.command.depends_on for entry in waiting}
            taken = [one.command.op_id for one in waiting if one.command.op_id in asked]
            taken = [op_id for op_id in taken if op_id not in needed]
            with self._store.writing_outbox() as connection:
                connection.executemany("DELETE FROM command WHERE op_id = ?", [(op_id,) for op_id in taken])
        self._wrote()
        self._dealt_with(taken)
        return taken

    def settled(self) -> list[OpId]:
        """The commands that the server settled and the mirror may not show yet, in the order they were made."""
        with self._store.reading_outbox() as connection:
            found = connection.execute(
                "SELECT op_id FROM command WHERE state = ? ORDER BY device_seq", (State.SETTLED,)
            ).fetchall()
        return [OpId(op_id) for (op_id,) in found]

    def count_waiting(self) -> int:
        return self._count(State.WAITING)

    def left_for_newer(self) -> list[Mapping[str, Any]]:
        """What was made with a newer version, and this one does not understand, as it goes to the server. Raises
        FolderNotWritable."""
        return Left(self._store.folder, self._store.sealing).plain()

    def count_parked(self) -> int:
        return self._count(State.PARKED)

    def answered(self, answers: Sequence[Answer]) -> None:
        """Records the server's answers. What it applied waits for the mirror; what it refused is parked, kept whole."""
        with self._store.writing_outbox() as connection:
            for answer in answers:
                state = State.SETTLED if answer.verdict.is_settled else State.PARKED
                connection.execute(
                    "UPDATE command SET state = ?, answer = ? WHERE op_id = ? AND state = ?",
                    (state, orjson.dumps(answer_to_plain(answer)).decode(), answer.op_id, State.WAITING),
                )
            delivered.note(connection, [answer.op_id for answer in answers if answer.verdict is not Verdict.REJECTED])
        self._wrote()
        self._dealt_with([answer.op_id for answer in answers if answer.verdict.is_settled])

    def pending(self) -> Pending:
        """What waits or is settled but perhaps not yet in the mirror."""
        with self._remembering:
            if self._pending is not None:
                return self._pending
            writes = self._writes
        found = Pending(self.entries(State.WAITING, State.SETTLED))
        with self._remembering:
            if writes == self._writes:
                self._pending = found
        return found

    def entries(self, *states: State, entity: str | None = None) -> list[Entry]:
        """Commands in these states (all when none is named), in the order they were made."""
        wanted = states or tuple(State)
        places = ", ".join("?" * len(wanted))
        where = f"state IN ({places})" + (" AND entity = ?" if entity else "")
        values = (*wanted, entity) if entity else wanted
        with self._store.reading_outbox() as connection:
            found = connection.execute(
                f"SELECT plain, state, answer FROM command WHERE {where} ORDER BY device_seq",  # noqa: S608
                values,
            ).fetchall()
        return [_entry(*columns) for columns in found]

    def forget(self, op_ids: Sequence[OpId]) -> None:
        """Lets settled commands go (the mirror shows them), or parked ones (the agent has decided)."""
        if not op_ids:
            return
        with self._store.writing_outbox() as connection:
            connection.executemany(
                "DELETE FROM command WHERE op_id = ? AND state <> ?", [(op_id, State.WAITING) for op_id in op_ids]
            )
        self._wrote()
        self._dealt_with(op_ids)

    def erase(self, op_ids: Sequence[OpId]) -> None:
        """These go in whatever state they are, from every copy of them: whom they are about was erased."""
        with self._journal.adding():
            with self._store.writing_outbox() as connection:
                connection.execute("PRAGMA secure_delete = ON").close()
                for table in ("command", "delivered"):
                    connection.executemany(f"DELETE FROM {table} WHERE op_id = ?", [(op_id,) for op_id in op_ids])  # noqa: S608
            if op_ids:
                self._journal.erase(op_ids)
        self._wrote()

    def put_back(self) -> None:
        """What was delivered once and found no place since waits again like anything else."""
        with self._journal.adding(), self._store.writing_outbox() as connection:
            for plain in delivered.put_back(connection):
                self._journal.add(plain.encode())
        self._wrote()

    # ---- drafts: of tickets, and of the kinds that are named --------------------------------------------

    def save_draft(self, key: str, body: Mapping[str, Any], saved_at: datetime, kind: str = "") -> None:
        """On the disk when this returns. Raises DiskFull, OutboxDamaged, StoreBusy."""
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO draft (key, body, saved_at) VALUES (?, ?, ?) "
                "ON CONFLICT (key) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at",
                (_start(kind) + key, orjson.dumps(body).decode(), moment.to_text(saved_at)),
            )

    def draft(self, key: str, kind: str = "") -> Draft | None:
        whole = _start(kind) + key
        with self._store.reading_outbox() as connection:
            found = connection.execute("SELECT ?, body, saved_at FROM draft WHERE key = ?", (key, whole)).fetchone()
        return None if found is None else _draft(*found)

    def drafts(self, kind: str = "") -> list[Draft]:
        """Everything of a kind that is typed and not sent, the latest first."""
        with self._store.reading_outbox() as connection:
            found = connection.execute("SELECT key, body, saved_at FROM draft ORDER BY saved_at DESC, key").fetchall()
        start = _start(kind)
        of_kind = (
            columns for columns in found if columns[0].startswith(start) and (kind or not columns[0].startswith(MARK))
        )
        return [_draft(key.removeprefix(start), body, at) for key, body, at in of_kind]

    def drop_draft(self, key: str, kind: str = "") -> None:
        with self._writing() as connection:
            connection.execute("DELETE FROM draft WHERE key = ?", (_start(kind) + key,))

    def _count(self, state: State) -> int:
        with self._store.reading_outbox() as connection:
            (found,) = connection.execute("SELECT count(*) FROM command WHERE state = ?", (state,)).fetchone()
        return int(found)

    def _dealt_with(self, op_ids: Sequence[OpId]) -> None:
        with self._journal.adding():  # no command comes in between the look and the cut
            with self._store.reading_outbox() as connection:
                found = connection.execute(
                    "SELECT 1 FROM command WHERE state <> ? LIMIT 1", (State.SETTLED,)
                ).fetchone()
            if op_ids or found is None:
                self._journal.done(op_ids, is_all=found is None)

    def _wrote(self) -> None:
        with self._remembering:
            self._writes += 1
            self._pending = None


def _start(kind: str) -> str:
    """How the keys of a kind begin; a ticket's key stands alone."""
    return f"{MARK}{kind}:" if kind else ""


def _entry(plain: str, state: str, answer: str | None) -> Entry:
    return Entry(
        command=command_from_plain(orjson.loads(plain)),
        state=State(state),
        answer=None if answer is None else answer_from_plain(orjson.loads(answer)),
    )


def _draft(key: str, body: str, saved_at: str) -> Draft:
    return Draft(key, orjson.loads(body), moment.from_text(saved_at))
