"""A workstation written from docs/sync.md alone: it uses nothing of ours, and keeps everything in one SQLite file."""

import hashlib
import json
import random
import secrets
import sqlite3
import time
import uuid
import zlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import zstandard
from websockets.sync.client import connect

TABLES = """
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS row (entity TEXT, id TEXT, version INT, body TEXT, PRIMARY KEY (entity, id));
CREATE TABLE IF NOT EXISTS held (scope TEXT, entity TEXT, id TEXT, PRIMARY KEY (scope, entity, id));
CREATE TABLE IF NOT EXISTS cursor (scope TEXT PRIMARY KEY, seq INT);
CREATE TABLE IF NOT EXISTS command (seq INTEGER PRIMARY KEY AUTOINCREMENT, op TEXT, state TEXT DEFAULT 'waiting',
                                    answer TEXT, answered REAL);
"""
ORPHANS = "DELETE FROM row WHERE NOT EXISTS (SELECT 1 FROM held WHERE held.entity = row.entity AND held.id = row.id)"
LEAVE = "DELETE FROM held WHERE scope = ? AND entity = ? AND id = ?"
TAKEN = ("applied", "merged", "duplicate")
KEPT_S = 7 * 24 * 3600


class Refused(Exception):
    """The server answered with a code."""

    def __init__(self, status: int, facts: Mapping[str, Any]) -> None:
        super().__init__(status, facts)
        self.status, self.code, self.facts = status, facts.get("error"), facts


class AnotherClient:
    def __init__(self, path: Path, address: str, login: str, password: str, line: httpx.BaseTransport | None = None):
        self._file = sqlite3.connect(path, isolation_level="IMMEDIATE")
        self._file.executescript(f"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; {TABLES}")
        self._http = httpx.Client(base_url=address, transport=line, timeout=20, headers={"X-Sync-Protocol": "1"})
        self._address, self._login, self._password = address, login, password
        self._partial: dict[str, bytes] = {}
        self._failures = 0

    def close(self) -> None:
        self._http.close()
        self._file.close()

    def fact(self, name: str, default: str = "") -> str:
        found = self._file.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        return found[0] if found else default

    def _note(self, **facts: object) -> None:
        with self._file:
            self._file.executemany("INSERT OR REPLACE INTO fact VALUES (?, ?)", [(n, str(v)) for n, v in facts.items()])

    def sign_in(self) -> None:
        device = self.fact("device") or str(uuid.uuid4())
        self._note(device=device)
        wish = {"login": self._login, "password": self._password, "device_id": device}
        self._welcomed(_told(self._http.post("/auth/sign-in", json=wish)))
        self.ask("POST", "/sync/v1/devices", json={"name": "another client", "platform": "python"})

    def _welcomed(self, told: Mapping[str, Any]) -> None:
        self._note(refresh=told["refresh"], access=told["access"], agent=told["agent"]["id"])

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.fact('access')}"}

    def ask(self, method: str, path: str, **more: Any) -> Any:
        """Refreshes once when the access token has ended."""
        try:
            return _told(self._http.request(method, path, headers=self._headers(), **more))
        except Refused as refused:
            if refused.code != "not_signed_in":
                raise
        wish = {"refresh": self.fact("refresh"), "device_id": self.fact("device")}
        self._welcomed(_told(self._http.post("/auth/refresh", json=wish)))
        return _told(self._http.request(method, path, headers=self._headers(), **more))

    def hello(self) -> Any:
        """Greets, and lets go what may no longer be held. With another epoch everything but the commands is void."""
        greeting = self.ask("GET", "/sync/v1/hello")
        ahead = datetime.fromisoformat(greeting["server_time"]) - datetime.now(UTC)
        is_another = self.fact("epoch") not in ("", greeting["epoch"])
        with self._file:
            for scope in self.cursors() if is_another else self.cursors().keys() - greeting["scopes"].keys():
                self._file.execute("DELETE FROM cursor WHERE scope = ?", (scope,))
                self._file.execute("DELETE FROM held WHERE scope = ?", (scope,))
            self._file.execute(ORPHANS)
            if is_another:
                again = "UPDATE command SET state = 'again' WHERE state = 'done' AND answered > ?"
                self._file.execute(again, (time.time() - KEPT_S,))
        self._note(ahead_s=ahead.total_seconds(), epoch=greeting["epoch"])
        return greeting

    def cursors(self) -> dict[str, int]:
        return dict(self._file.execute("SELECT scope, seq FROM cursor"))

    def sync(self) -> None:
        """One round: everything that waits goes, everything that changed comes."""
        scopes = self.hello()["scopes"]
        self.push()
        for scope in scopes:
            if scope not in self.cursors():
                self.take_snapshot(scope)
            self.pull(scope)
        self._failures = 0

    def pause_s(self) -> float:
        """How long to wait after a round that failed."""
        self._failures += 1
        return min(60.0, 2.0 ** (self._failures - 1)) * random.uniform(0.5, 1.0)

    def take_snapshot(self, scope: str) -> None:
        path = f"/sync/v1/snapshot/{quote(scope, safe='')}"
        manifest = self.ask("GET", f"{path}/manifest")
        packed = self._download(path, manifest["etag"])
        if hashlib.sha256(packed).hexdigest() != manifest["sha256"]:
            raise httpx.ReadError("the snapshot came garbled")
        with sqlite3.connect(":memory:") as file:
            file.deserialize(zstandard.ZstdDecompressor().decompressobj().decompress(packed))
            rows = file.execute("SELECT entity, id, version, body FROM row").fetchall()
        file.close()
        with self._file:
            self._file.execute("DELETE FROM held WHERE scope = ?", (scope,))
            self._put(scope, rows)
            self._file.execute("INSERT OR REPLACE INTO cursor VALUES (?, ?)", (scope, manifest["base_seq"]))
            self._file.execute(ORPHANS)

    def _download(self, path: str, etag: str) -> bytes:
        """Goes on where it was cut."""
        have = self._partial.pop(etag, b"")
        headers = self._headers() | {"If-Match": etag}
        headers |= {"Range": f"bytes={len(have)}-", "If-Range": etag} if have else {}
        with self._http.stream("GET", path, headers=headers) as answer:
            if answer.status_code not in (200, 206):
                answer.read()
                _told(answer)
            have = have if answer.status_code == 206 else b""
            try:
                for part in answer.iter_raw():
                    have += part
            except httpx.TransportError:
                self._partial[etag] = have
                raise
        return have

    def pull(self, scope: str, limit: int = 1000) -> None:
        more = True
        while more:
            since = self.cursors()[scope]
            try:
                page = self.ask("GET", "/sync/v1/changes", params={"scope": scope, "since": since, "limit": limit})
            except Refused as refused:
                if refused.code != "cursor_expired":
                    raise
                self.take_snapshot(scope)
                continue
            self.store(since, page)
            more = page["more"]

    def store(self, since: int, page: Mapping[str, Any]) -> None:
        """Rows and cursor together; a page that brings fewer entries than its numbers say is looked into."""
        scope = page["scope"]
        with self._file:
            self._put(scope, _lines(page))
            self._file.executemany(LEAVE, [(scope, *key) for key in page["evicted"]])
            self._file.executemany("DELETE FROM held WHERE entity = ? AND id = ?", page["deleted"])
            self._file.execute(ORPHANS)
            self._file.execute("INSERT OR REPLACE INTO cursor VALUES (?, ?)", (scope, page["next"]))
        if since >= page["compacted"] and page["next"] - since != page["entries"]:
            self.heal(scope)

    def _put(
        self, scope: str, rows: Iterable[tuple[Any, ...]], guard: str = "WHERE excluded.version > version"
    ) -> None:
        put = "INSERT INTO row VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET version = excluded.version,"
        found = list(rows)
        self._file.executemany(f"{put} body = excluded.body {guard}", found)
        self._file.executemany("INSERT OR IGNORE INTO held VALUES (?, ?, ?)", [(scope, *row[:2]) for row in found])

    def hashes(self, scope: str, buckets: int = 256) -> list[str]:
        sums = [0] * buckets
        query = "SELECT entity, id, version FROM row JOIN held USING (entity, id) WHERE scope = ?"
        for entity, id_, version in self._file.execute(query, (scope,)):
            key = f"{entity}\0{id_}".encode()
            digest = hashlib.blake2b(key + f"\0{version}".encode(), digest_size=8).digest()
            sums[zlib.crc32(key) % buckets] += int.from_bytes(digest, "big")
        return [f"{total % 2**64:016x}" for total in sums]

    def differing(self, scope: str) -> list[int]:
        """Buckets that are not as the server has them; none while it has moved on."""
        told = self.ask("GET", "/sync/v1/verify", params={"scope": scope})
        pairs = zip(self.hashes(scope), told["buckets"], strict=True)
        return [n for n, (mine, theirs) in enumerate(pairs) if mine != theirs and told["head"] == self.cursors()[scope]]

    def heal(self, scope: str) -> None:
        for bucket in self.differing(scope):
            page = self.ask("GET", "/sync/v1/verify/rows", params={"scope": scope, "bucket": str(bucket)})
            with self._file:
                held = self._file.execute("SELECT scope, entity, id FROM held WHERE scope = ?", (scope,)).fetchall()
                here = [key for key in held if zlib.crc32("\0".join(key[1:]).encode()) % 256 == bucket]
                self._file.executemany(LEAVE, here)
                self._put(scope, _lines(page), "WHERE TRUE")
                self._file.execute(ORPHANS)

    def listen(self, until: Any) -> None:
        """Stores what the live connection brings, and fetches what it only names, until `until()`."""
        url = self._address.replace("http", "ws") + "/sync/v1/live?rows=1"
        with connect(url, additional_headers=self._headers(), open_timeout=20) as socket:
            while not until():
                told = json.loads(socket.recv(timeout=20))
                if told["type"] not in ("rows", "poke") or told["scope"] not in self.cursors():
                    continue
                here = (self.cursors()[told["scope"]], self.fact("epoch"))
                if told["type"] == "rows" and here == (told["since"], told["epoch"]):
                    self.store(told["since"], told["page"])
                else:
                    time.sleep(random.uniform(0, told.get("spread_ms", 0) / 1000))
                    self.pull(told["scope"])

    def write(self, entity: str, id_: str, kind: str, fields: Mapping[str, Any], after: str | None = None) -> str:
        """On the disk when it returns. `fields` are what the author wants; what they saw is looked up here."""
        seen = (self.shown(entity, id_) or {}) if kind == "update" else {}
        version = self._file.execute("SELECT version FROM row WHERE entity = ? AND id = ?", (entity, id_)).fetchone()
        at = datetime.now(UTC) + timedelta(seconds=float(self.fact("ahead_s", "0")))
        op: dict[str, Any] = {
            "op_id": _uuid7(),
            "entity": entity,
            "id": id_,
            "kind": kind,
            "depends_on": after,
            "schema": 1,
        }
        op |= {"base_version": version[0] if version else 0, "author": self.fact("agent")}
        op["fields"] = {name: [seen.get(name), value] for name, value in fields.items()}
        op["occurred_at"] = at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        with self._file:
            self._file.execute("INSERT INTO command (op) VALUES (?)", (json.dumps(op),))
        return str(op["op_id"])

    def shown(self, entity: str, id_: str) -> dict[str, Any] | None:
        """The row as its author sees it: with their own waiting commands laid over what the server said."""
        found = self._file.execute("SELECT body FROM row WHERE entity = ? AND id = ?", (entity, id_)).fetchone()
        body = json.loads(found[0]) if found else None
        waiting = self._file.execute("SELECT op FROM command WHERE state IN ('waiting', 'again') ORDER BY seq")
        for op in map(json.loads, (line for (line,) in waiting)):
            if (op["entity"], op["id"]) == (entity, id_) and op["kind"] in ("create", "update"):
                body = (body or {}) | {name: pair[1] for name, pair in op["fields"].items()}
        return body

    def push(self) -> None:
        """Sends what waits in its order; what an earlier history of the server had taken goes first."""
        for state in ("again", "waiting"):
            query = "SELECT seq, op FROM command WHERE state = ? ORDER BY seq"
            found = [(seq, json.loads(op) | {"device_seq": seq}) for seq, op in self._file.execute(query, (state,))]
            for start in range(0, len(found), 200):
                self._send(dict(found[start : start + 200]), is_again=state == "again")

    def _send(self, ops: Mapping[int, Any], *, is_again: bool) -> None:
        batch = {"device_id": self.fact("device"), "epoch": self.fact("epoch"), "ops": list(ops.values())}
        try:
            told = self.ask("POST", "/sync/v1/ops", json=batch | ({"again": True} if is_again else {}))
        except Refused as refused:
            if refused.status not in (400, 413, 422):
                raise
            if len(ops) > 1:
                for seq, op in ops.items():
                    self._send({seq: op}, is_again=is_again)
                return
            told = {"answers": [{"verdict": "rejected", "reason": refused.code}]}
        with self._file:
            for seq, answer in zip(ops, told["answers"], strict=True):
                state = "done" if answer["verdict"] in TAKEN else "again" if is_again else answer["verdict"]
                line = (state, json.dumps(answer), time.time(), seq)
                self._file.execute("UPDATE command SET state = ?, answer = ?, answered = ? WHERE seq = ?", line)

    def answers(self) -> dict[str, tuple[str, Any]]:
        """What became of each command."""
        found = self._file.execute("SELECT op, state, answer FROM command ORDER BY seq")
        return {json.loads(op)["op_id"]: (state, json.loads(answer or "null")) for op, state, answer in found}


def _told(answer: httpx.Response) -> Any:
    facts = answer.json() if answer.content else {}
    if answer.is_error:
        raise Refused(answer.status_code, facts)
    return facts


def _lines(page: Mapping[str, Any]) -> list[tuple[str, str, int, str]]:
    return [(row["entity"], row["id"], row["version"], json.dumps(row["body"])) for row in page["rows"]]


def _uuid7() -> str:
    stamp = time.time_ns() // 1_000_000 << 80
    return str(uuid.UUID(int=stamp | 7 << 76 | secrets.randbits(12) << 64 | 2 << 62 | secrets.randbits(62)))
