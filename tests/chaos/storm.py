"""Servers, their database and workstations as processes, a bad line, and somebody who kills one of them at random."""

import asyncio
import json
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import orjson
from sqlalchemy import select

from agent_server.database import Database
from agent_server.settings import Settings
from agent_server.tables import contact, customer, op_log, ticket
from tests.chaos.line import BadLine
from tests.chaos.workstation import HELD, REST, SAVED
from tests.in_process import PASSWORD, ServerProcess
from tests.postgresql import Cluster

HARM: Final = 0.06
PEOPLE: Final = ("lin.yue", "wang.qiang", "zhao.min", "sun.lei")
REST_WITHIN_S: Final = 120.0


@dataclass
class Outcome:
    """`lost` were saved and have no effect; `twice` have it twice; `differing` are scopes that are not everywhere the
    same; `unanswered` lay in an outbox at rest."""

    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    unanswered: int = 0
    parked: int = 0
    server_kills: int = 0
    workstation_kills: int = 0
    database_crashes: int = 0
    cuts: int = 0


class Seat:
    """A workstation that is started again after each kill, on the same disk."""

    def __init__(self, folder: Path, login: str, address: str, ops: int, pace_s: float) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        wish = {"folder": str(folder), "address": address, "login": login, "password": PASSWORD}
        self._wish = json.dumps({**wish, "pace_s": pace_s, "enough": ops})
        self._ops = ops
        self._process: subprocess.Popen[bytes] | None = None
        self._saved_before = 0

    @property
    def saved(self) -> list[dict[str, str]]:
        """The last line may be torn: then the agent was not told."""
        path = self.folder / SAVED
        lines = path.read_bytes().split(b"\n")[:-1] if path.exists() else []
        return [orjson.loads(line) for line in lines]

    @property
    def has_enough(self) -> bool:
        return len(self.saved) >= self._ops

    @property
    def has_worked(self) -> bool:
        """Since it was started."""
        return len(self.saved) > self._saved_before

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        self._saved_before = len(self.saved)
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.chaos.workstation", self._wish],
                stdout=log,
                stderr=log,
                cwd=Path(__file__).parents[2],
            )

    def kill(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def rest(self) -> None:
        (self.folder / REST).touch()

    def held(self, within_s: float) -> dict[str, Any]:
        """What it holds at rest."""
        assert self._process is not None
        code = self._process.wait(within_s)
        assert code == 0, (self.folder / "log").read_text(errors="replace")[-4000:]
        held: dict[str, Any] = orjson.loads((self.folder / HELD).read_bytes())
        return held


class Storm:
    """`ops` commands by `seats` people; `pace_s` is how long each of them rests after one."""

    def __init__(
        self, cluster: Cluster, settings: Settings, folder: Path, servers: int, seats: int, ops: int, pace_s: float
    ) -> None:
        self._cluster = cluster
        self._settings = settings
        self._chance = random.Random()
        self._servers = [ServerProcess(settings) for _ in range(servers)]
        self._folder = folder
        self._numbers = (seats, ops, pace_s)
        self._outcome = Outcome()

    def rage(self, between_kills_s: tuple[float, float], tell: Callable[[str], None] = lambda _line: None) -> Outcome:
        """Until everything was saved and everybody is at rest."""
        seats, ops, pace_s = self._numbers
        for server in self._servers:
            server.start()
        line = BadLine([server.address for server in self._servers], self._chance.randrange(2**32), HARM)
        taken = [
            Seat(self._folder / f"seat-{number}", PEOPLE[number % len(PEOPLE)], line.address, -(-ops // seats), pace_s)
            for number in range(seats)
        ]
        try:
            for seat in taken:
                seat.start()
            while not all(seat.has_enough for seat in taken):
                time.sleep(self._chance.uniform(*between_kills_s))
                self._kill_one(taken)
                tell(f"{sum(len(seat.saved) for seat in taken)} saved")
            tell("rest")
            line.harm = 0.0
            self._settle(taken)
        finally:
            for seat in taken:
                if seat.is_running:
                    seat.kill()
            line.close()
            for server in self._servers:
                server.stop()
        self._outcome.cuts = line.cuts
        return self._outcome

    def _kill_one(self, seats: list[Seat]) -> None:
        which = self._chance.random()
        if which < 0.15:
            self._cluster.crash()
            self._outcome.database_crashes += 1
            return
        if which < 0.45:
            server = self._chance.choice(self._servers)
            server.kill()
            time.sleep(self._chance.uniform(0, 0.5))
            server.start()
            self._outcome.server_kills += 1
            return
        at_work = [seat for seat in seats if seat.has_worked]  # else a slow machine would start them for ever
        chosen = seats if which > 0.9 else at_work
        if chosen:
            seat = self._chance.choice(chosen)
            seat.kill()
            seat.start()
            self._outcome.workstation_kills += 1

    def _settle(self, seats: list[Seat]) -> None:
        """Everybody is brought to rest twice: the second time nobody sends anything any more, so all see the same."""
        outcome = self._outcome
        for _ in range(2):
            for seat in seats:
                seat.rest()
                if not seat.is_running:
                    seat.start()
            until = time.monotonic() + REST_WITHIN_S
            held = [seat.held(max(1.0, until - time.monotonic())) for seat in seats]
        outcome.unanswered = sum(one["waiting"] for one in held)
        digests: dict[str, set[str]] = {}
        for one in held:
            for scope, digest in one["scopes"].items():
                digests.setdefault(scope, set()).add(digest)
        outcome.differing = sorted(scope for scope, found in digests.items() if len(found) > 1)
        parked = {op_id for one in held for op_id in one["parked"]}
        outcome.parked = len(parked)
        self._judge([line for seat in seats for line in seat.saved], parked)

    def _judge(self, saved: list[dict[str, Any]], parked: set[str]) -> None:
        truth = asyncio.run(_on_the_server(self._settings))
        self._outcome.acknowledged = len(saved)
        for line in saved:
            verdict = truth.verdicts.get(line["op_id"])
            is_parked = verdict in ("conflict", "rejected") and line["op_id"] in parked
            is_done = verdict in ("applied", "merged") and (not line["leaves_text"] or line["text"] in truth.texts)
            if not (is_parked or is_done):
                self._outcome.lost.append(line["op_id"])
        twice = {text for text, times in truth.texts.items() if times > 1}
        self._outcome.twice = sorted(twice | truth.odd_customers)


@dataclass(frozen=True, slots=True)
class Truth:
    """What the log says, how often each text is found, and customers that were changed another number of times than
    commands took effect."""

    verdicts: dict[str, str]
    texts: Counter[str]
    odd_customers: set[str]


async def _on_the_server(settings: Settings) -> Truth:
    database = Database(settings.database, pooled=False)
    try:
        async with database.reading() as connection:
            log = (await connection.execute(select(op_log.c.op_id, op_log.c.row_id, op_log.c.answer))).all()
            customers = (await connection.execute(select(customer.c.id, customer.c.version, customer.c.notes))).all()
            texts = Counter(note["text"] for row in customers for note in row.notes)
            for noun in (ticket, contact):
                texts.update((await connection.scalars(select(noun.c.id))).all())
    finally:
        await database.close()
    verdicts = {row.op_id: str(row.answer["verdict"]) for row in log}
    changes = Counter(row.row_id for row in log if verdicts[row.op_id] in ("applied", "merged"))
    odd = {row.id for row in customers if row.version != 1 + changes[row.id]}
    return Truth(verdicts, texts, odd)
