"""Erasing one person: asked for with a reason, decided by somebody else, carried out in steps that a crash only delays.

    asked > approved > rows > traces > done | partly
          > declined                        (until what a duty keeps may go, too)

`rows`: nothing of the person is in a noun any more, workstations are told. `traces`: nor in logs, files, snapshots.
`done`: nor in the unused pages of the database; the certificate says so.
"""

import asyncio
import contextlib
import logging
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.moment import to_text
from agent_model.person_wish import UNDER_WAY, WishState
from agent_model.scope import Scope
from agent_server import tables
from agent_server.administration import Actor
from agent_server.audit import AuditTrail, Deed
from agent_server.changeset import Changeset
from agent_server.database import Database
from agent_server.file_store import FileStore
from agent_server.import_leavings import let_go_of_all
from agent_server.privacy.certificate import certificate_of, sealed, together
from agent_server.privacy.duties import read_duties
from agent_server.privacy.journal import Entry, ErasureJournal
from agent_server.privacy.named_in_words import take_out_name
from agent_server.privacy.remains import BESIDE_ROWS, clear_answers, clear_beside, remains_of, take_out, uploads_of
from agent_server.privacy.tombstones import digest_of, entomb, make_salt, take_salt
from agent_server.privacy.wishes import PersonWish, customer_of, names_person, one_wish, wish_of
from agent_server.refusals import RequestRefused
from agent_server.rounds import Rounds
from agent_server.row_changes import THE_SERVER, Signature
from agent_server.rows import Stored, fetch
from agent_server.tables import erasure, scope_head

log = logging.getLogger("agent_server.privacy")

LOOK_EVERY_S: Final = 600.0
AGAIN_AFTER_S: Final = 30.0


OPEN: Final = (WishState.ASKED, *UNDER_WAY)


class Erasures:
    """Raises RequestRefused everywhere: not_found, under_hold (with `reason`), already_asked, own_wish,
    already_decided, reason_names_person."""

    def __init__(self, database: Database, home: Path, audit: AuditTrail, now: Callable[[], datetime]) -> None:
        self._database = database
        self._home = home
        self._audit = audit
        self._now = now
        self._journal = ErasureJournal(home)
        self._files = FileStore(home)

    async def ask(self, actor: Actor, customer_id: str, reason: str, segments: frozenset[str] | None) -> PersonWish:
        """`segments` are those the actor may see; None at the server's own console."""
        async with self._database.writing() as connection:
            customer = await customer_of(connection, customer_id, segments)
            _require_free(customer)
            if names_person(reason, customer):
                raise RequestRefused(422, "reason_names_person")
            open_ones = select(erasure.c.id).where(erasure.c.customer_id == customer_id, erasure.c.state.in_(OPEN))
            if await connection.scalar(open_ones) is not None:
                raise RequestRefused(409, "already_asked")
            asked = {"id": str(uuid4()), "customer_id": customer_id, "state": WishState.ASKED.value, "reason": reason}
            asked |= {"asked_by": actor.id, "asked_at": to_text(self._now())}
            await connection.execute(erasure.insert().values(**asked))
            await self._audit.append(connection, actor.act(Deed.ERASURE_ASKED, customer_id, reason, asked["id"]))
            return await one_wish(connection, erasure, asked["id"])

    async def decide(self, actor: Actor, erasure_id: str, reason: str, *, is_approved: bool) -> PersonWish:
        """By somebody else than who asked. What was approved is carried out by `carry_out`."""
        async with self._database.writing() as connection:
            found = await one_wish(connection, erasure, erasure_id, for_update=True)
            if found.asked_by == actor.id:
                raise RequestRefused(403, "own_wish")
            if found.state is not WishState.ASKED:
                raise RequestRefused(409, "already_decided", state=found.state.value)
            customer = (await fetch(connection, "customer", [found.customer_id])).get(found.customer_id)
            if is_approved:
                _require_free(customer)
            if customer is not None and names_person(reason, customer):
                raise RequestRefused(422, "reason_names_person")
            state = WishState.APPROVED if is_approved else WishState.DECLINED
            decided = {"decided_by": actor.id, "decided_at": to_text(self._now()), "decision": reason}
            these = erasure.c.id == erasure_id
            await connection.execute(update(erasure).where(these).values(state=state.value, **decided))
            deed = Deed.ERASURE_APPROVED if is_approved else Deed.ERASURE_DECLINED
            await self._audit.append(connection, actor.act(deed, found.customer_id, reason, erasure_id))
            return await one_wish(connection, erasure, erasure_id)

    async def standing(self, erasure_id: str, asker: str | None) -> dict[str, Any]:
        """What stands before a wish that waits: a hold, and what duties would keep of the customer, as of now. `asker`
        is who may know of their own wishes alone; None knows of all."""
        async with self._database.reading() as connection:
            found = await one_wish(connection, erasure, erasure_id)
            if asker is not None and found.asked_by != asker:
                raise RequestRefused(404, "not_found")
            if found.state is not WishState.ASKED:
                raise RequestRefused(409, "already_decided", state=found.state.value)
            customer = (await fetch(connection, "customer", [found.customer_id])).get(found.customer_id)
            remains = await remains_of(connection, found.customer_id, await read_duties(connection), self._now())
        hold = None if customer is None else customer.body["legal_hold"]
        return {"hold": hold, "kept": together([one.to_plain() for one in remains.kept])}

    async def all(self, most: int = 200) -> list[PersonWish]:
        """The newest first, those that wait for a decision before the others."""
        order = (erasure.c.state != WishState.ASKED.value, erasure.c.asked_at.desc(), erasure.c.id)
        async with self._database.reading() as connection:
            return [wish_of(row) for row in await connection.execute(select(erasure).order_by(*order).limit(most))]

    async def certificate(self, erasure_id: str) -> Mapping[str, Any]:
        """Raises RequestRefused: not_yet, besides."""
        async with self._database.reading() as connection:
            found = await one_wish(connection, erasure, erasure_id)
            told = await connection.scalar(select(erasure.c.certificate).where(erasure.c.id == erasure_id))
        if told is None:
            raise RequestRefused(409, "not_yet", state=found.state.value)
        return dict(told)

    async def count(self) -> int:
        """How many were carried out as far as workstations are concerned."""
        told = (WishState.ROWS.value, WishState.TRACES.value, WishState.PARTLY.value, WishState.DONE.value)
        async with self._database.reading() as connection:
            return int(await connection.scalar(select(func.count()).where(erasure.c.state.in_(told))) or 0)

    async def carry_out(self, moved: Callable[[Mapping[Scope, int]], None] | None = None) -> int:
        """Everything that was approved and is not finished, and what duties kept until now; how many were worked on.
        Safe to call at any time, by several processes, again after a crash. `moved` hears which slices changed."""
        due = erasure.c.state.in_(UNDER_WAY) | (
            (erasure.c.state == WishState.PARTLY.value) & (erasure.c.next_at <= to_text(self._now()))
        )
        async with self._database.reading() as connection:
            ids = (await connection.scalars(select(erasure.c.id).where(due).order_by(erasure.c.asked_at))).all()
        for erasure_id in ids:
            await self._advance(erasure_id, moved)
        return len(ids)

    async def again(self) -> int:
        """After a restored backup: whoever was erased since is erased again, as the journal has it. How many."""
        salt = self._journal.salt()
        if salt is None:
            return 0
        entries = {entry.digest: entry for entry in self._journal.entries()}
        async with self._database.writing() as connection:
            await take_salt(connection, salt)
            ids = (await connection.scalars(select(tables.customer.c.id))).all()
            here = {customer_id: digest_of(salt, "customer", customer_id) for customer_id in ids}
            back = {customer_id: entries[digest] for customer_id, digest in here.items() if digest in entries}
            for customer_id, entry in back.items():
                await connection.execute(delete(erasure).where(erasure.c.id == entry.id))
                told = {"asked_by": entry.asked_by, "asked_at": entry.at, "decided_by": entry.decided_by}
                told |= {"decided_at": entry.at, "reason": "restored backup", "decision": "restored backup"}
                state = WishState.APPROVED.value
                values = {"id": entry.id, "customer_id": customer_id, "state": state, **told}
                await connection.execute(erasure.insert().values(**values))
            gone = [entry for digest, entry in entries.items() if digest not in set(here.values())]
            lines = [{"entity": "customer", "digest": one.digest, "erasure_id": one.id} for one in gone]
            if lines:
                statement = self._database.insert_new(tables.erased_row, ("entity", "digest"))
                await connection.execute(statement, lines)
        await self.carry_out()
        return len(back)

    # ---- steps ----------------------------------------------------------------------------------------------

    async def _advance(self, erasure_id: str, moved: Callable[[Mapping[Scope, int]], None] | None) -> None:
        async with self._database.reading() as connection:
            state = (await one_wish(connection, erasure, erasure_id)).state
        if state is WishState.APPROVED:
            heads = await self._take_rows(erasure_id)
            if heads is None:
                return
            if moved is not None and heads:
                moved(heads)
        if state is WishState.PARTLY:
            await self._take_kept(erasure_id)
        await self._clear_traces(erasure_id)
        await self._database.rewrite()
        await self._finish(erasure_id)

    async def _take_rows(self, erasure_id: str) -> Mapping[Scope, int] | None:
        """One transaction; None when a hold came in between, and it has to be decided again."""
        await self._announce(erasure_id)
        async with self._database.writing() as connection:
            found = await one_wish(connection, erasure, erasure_id, for_update=True)
            if found.state is not WishState.APPROVED:
                return {}
            held = await fetch(connection, "customer", [found.customer_id], for_update=True)
            customer = held.get(found.customer_id)
            these = erasure.c.id == erasure_id
            if customer is not None and customer.body["legal_hold"] is not None:
                waits = {"state": WishState.ASKED.value, "decided_by": None, "decided_at": None, "decision": None}
                await asyncio.to_thread(self._journal.withdraw, erasure_id)
                await connection.execute(update(erasure).where(these).values(**waits))
                return None
            remains = await remains_of(connection, found.customer_id, await read_duties(connection), self._now())
            changes = Changeset(self._database, connection, Signature(found.decided_by or THE_SERVER, self._now()))
            counts = await take_out(connection, changes, remains)
            named = [] if customer is None else await take_out_name(changes, customer.body["name"])
            counts["named"] = len(named)
            heads = await changes.write()
            await clear_answers(connection, named)
            for scope, head in heads.items():
                await connection.execute(update(scope_head).where(scope_head.c.scope == scope).values(erased=head))
            await entomb(self._database, connection, remains.keys, erasure_id)
            recordings = [one for one in remains.kept if one.what == "recording"]
            work = {
                "keys": [list(key) for key in remains.keys],
                "files": list(remains.files),
                "later": [[one.ids[0], one.until] for one in recordings],
                "retained": [one.to_plain() for one in remains.kept],
                "counts": {"rows": counts},
                "began_at": to_text(self._now()),
            }
            values = {"state": WishState.ROWS.value, "work": work, "next_at": None}
            await connection.execute(update(erasure).where(these).values(**values))
            return heads

    async def _announce(self, erasure_id: str) -> None:
        """On the disk outside the database before anything goes: what a restored backup brings back is known there."""
        async with self._database.writing() as connection:
            found = await one_wish(connection, erasure, erasure_id)
            salt = await make_salt(self._database, connection)
        digest = digest_of(salt, "customer", found.customer_id)
        decided = found.decided_by or ""
        entry = Entry(found.id, digest, to_text(self._now()), found.asked_by, decided)
        await asyncio.to_thread(self._journal.note, salt, entry)

    async def _take_kept(self, erasure_id: str) -> None:
        """Recordings that a duty kept, and whose time has come."""
        now = to_text(self._now())
        async with self._database.writing() as connection:
            if (await one_wish(connection, erasure, erasure_id, for_update=True)).state is not WishState.PARTLY:
                return
            work = dict(await _work(connection, erasure_id) or {})
            due = [file for file, until in work.get("later", ()) if until <= now]
            await connection.execute(delete(tables.upload).where(tables.upload.c.id.in_(due)))
            work |= {"files": due, "later": [line for line in work["later"] if line[0] not in due]}
            work["retained"] = [one for one in work["retained"] if one["what"] != "recording" or one["until"] > now]
            work["counts"] = {**work["counts"], "file_later": work["counts"].get("file_later", 0) + len(due)}
            values = {"work": work, "state": WishState.ROWS.value}
            await connection.execute(update(erasure).where(erasure.c.id == erasure_id).values(**values))

    async def _clear_traces(self, erasure_id: str) -> None:
        """A transaction for each table, which also notes how many; then files, snapshots, and tables to be imported."""
        async with self._database.reading() as connection:
            state = (await one_wish(connection, erasure, erasure_id)).state
            work = await _work(connection, erasure_id)
        if state is not WishState.ROWS or work is None:
            return
        keys = [(entity, row_id) for entity, row_id in work["keys"]]
        for name, table in (("op_log", None), *((str(table.name), table) for table in BESIDE_ROWS)):
            async with self._database.writing() as connection:
                if (await one_wish(connection, erasure, erasure_id, for_update=True)).state is not WishState.ROWS:
                    return
                cleared = await (
                    clear_answers(connection, keys) if table is None else clear_beside(connection, table, keys)
                )
                await _count(connection, erasure_id, name, cleared)
        async with self._database.writing() as connection:
            if (await one_wish(connection, erasure, erasure_id, for_update=True)).state is not WishState.ROWS:
                return
            late = await uploads_of(connection, keys, but=[file for file, _ in work["later"]])
            await connection.execute(delete(tables.upload).where(tables.upload.c.id.in_(late)))
            await _count(connection, erasure_id, "file", len(late))
        await asyncio.to_thread(self._drop_files, [*work["files"], *late])
        await let_go_of_all(self._database, self._home)
        async with self._database.writing() as connection:
            these = erasure.c.id == erasure_id, erasure.c.state == WishState.ROWS.value
            await connection.execute(update(erasure).where(*these).values(state=WishState.TRACES.value))

    def _drop_files(self, uploads: Sequence[str]) -> None:
        for upload_id in uploads:
            self._files.drop(upload_id)
        for name in ("snapshots", "snapshots-masked"):
            shutil.rmtree(self._home / name, ignore_errors=True)

    async def _finish(self, erasure_id: str) -> None:
        now = self._now()
        async with self._database.writing() as connection:
            found = await one_wish(connection, erasure, erasure_id, for_update=True)
            work = await _work(connection, erasure_id)
            if found.state is not WishState.TRACES or work is None:
                return
            later = work.get("later", [])
            told = sealed(certificate_of(asdict(found), work, to_text(now), is_whole=not later))
            state = WishState.PARTLY if later else WishState.DONE
            stays = {name: work[name] for name in ("later", "retained", "counts", "began_at")}
            rest = {**stays, "keys": [], "files": []}
            next_at = min((until for _, until in later), default=None)
            values = {"state": state.value, "certificate": told, "work": rest, "next_at": next_at}
            await connection.execute(update(erasure).where(erasure.c.id == erasure_id).values(**values))
            actor = Actor(found.decided_by or "", None)
            line = actor.act(Deed.ERASED, found.customer_id, f"certificate {told['sha256']}", erasure_id)
            await self._audit.append(connection, line)
        with contextlib.suppress(OSError):
            await self._audit.anchor()


def erasure_rounds(erasures: Erasures, moved: Callable[[Mapping[Scope, int]], None]) -> Rounds:
    """Carry erasures out behind the requests. What was cut off is taken up at the next start."""

    async def work() -> None:
        await erasures.carry_out(moved)

    missed = "an erasure is not finished, and goes on in a while"
    return Rounds(work, LOOK_EVERY_S, log, missed, first_after_s=0, again_after_s=AGAIN_AFTER_S)


def _require_free(customer: Stored | None) -> None:
    hold = None if customer is None else customer.body["legal_hold"]
    if hold is not None:
        raise RequestRefused(409, "under_hold", reason=hold["reason"], by=hold["by"], at=hold["at"])


async def _work(connection: AsyncConnection, erasure_id: str) -> Mapping[str, Any] | None:
    found: Mapping[str, Any] | None = await connection.scalar(select(erasure.c.work).where(erasure.c.id == erasure_id))
    return found


async def _count(connection: AsyncConnection, erasure_id: str, name: str, more: int) -> None:
    work = dict(await _work(connection, erasure_id) or {})
    counts = {**work["counts"], name: work["counts"].get(name, 0) + more}
    await connection.execute(update(erasure).where(erasure.c.id == erasure_id).values(work={**work, "counts": counts}))
