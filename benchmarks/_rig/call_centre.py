"""A call centre of many teams on PostgreSQL: each team has a queue, a customer segment and its agents; a duty manager
leads them all."""

import asyncio
import secrets
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import orjson
import psutil

from agent_model.phone_number import DialPlan
from agent_server.database import Database
from agent_server.importing.folder import import_folder
from agent_server.passwords import Passwords
from agent_server.settings import PasswordCost, Settings, make_secret
from agent_server.users import Users
from tests.postgresql import Cluster

TEAMS: Final = 40
CUSTOMERS_EACH: Final = 50
WRITERS_EACH: Final = 1
MANAGER: Final = "manager"
CHEAP: Final = PasswordCost(time=1, memory_kib=8, lanes=1)
"""Two thousand people sign in before anything is measured."""
START_WITHIN_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class Cost:
    """Of the server's processes and of the database's: seconds of processor, resident megabytes."""

    server_cpu_s: float
    database_cpu_s: float
    server_rss_mb: float


class CallCentre:
    """`agents` people in 40 teams, and one writer a team; everybody's password is `password`."""

    def __init__(self, home: Path, cluster: Cluster, agents: int) -> None:
        self.password = secrets.token_hex(8)
        self._home = home
        self._cluster = cluster
        self._database = cluster.new_database()
        self._agents = agents
        self._process: subprocess.Popen[bytes] | None = None
        self._port = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def port(self) -> int:
        return self._port

    def fill(self) -> None:
        source = self._home / "company"
        source.mkdir(parents=True)
        make_secret(self._home)
        (source / "company.toml").write_text(self._company(), encoding="utf-8")
        lines = [orjson.dumps(_customer(team, number)) for team in range(TEAMS) for number in range(CUSTOMERS_EACH)]
        (source / "customers.jsonl").write_bytes(b"\n".join(lines))
        asyncio.run(self._bring(source))

    def plan_shifts(self, now: datetime) -> None:
        """Of every agent, eight hours that began an hour ago, with a break in a quarter of an hour. Raises RuntimeError
        when the server does not take them."""
        table = self._home / "shifts.csv"
        begin = now.astimezone(Settings(self._database, self._home).site_zone) - timedelta(hours=1)
        spans = (("work", 0, 480), ("break", 75, 90))
        lines = [
            f"{agent(number)},{begin:%Y-%m-%d},{_clock(begin, since)},{_clock(begin, until)},{what}"
            for number in range(self._agents)
            for what, since, until in spans
        ]
        table.write_text("\n".join(["agent,day,from,to,planned", *lines]), encoding="utf-8")
        done = subprocess.run(self._command("shifts", "import", str(table)), capture_output=True, check=False)
        if done.returncode != 0:
            raise RuntimeError((done.stdout + done.stderr).decode(errors="replace")[-2000:])

    def start(self, processes: int) -> None:
        """Raises RuntimeError when the server does not begin."""
        command = self._command("run", "--workers", str(processes), "--port", "0")
        with (self._home / "server.log").open("wb") as log:
            # Whom each sign-in came from is believed of this machine: two thousand from one address would be a crowd.
            self._process = subprocess.Popen([*command, "--proxy", "127.0.0.1"], stdout=subprocess.PIPE, stderr=log)
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError((self._home / "server.log").read_text(errors="replace")[-2000:])
        self._port = int(orjson.loads(line)["listening"].rpartition(":")[2])

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(START_WITHIN_S)
            if self._process.stdout is not None:
                self._process.stdout.close()

    def cost(self) -> Cost:
        assert self._process is not None
        server = _family(self._process.pid)
        rss = sum(process.memory_info().rss for process in server) / 1e6
        return Cost(_cpu_s(server), _cpu_s(_family(self._cluster.pid)), rss)

    def _command(self, *words: str) -> list[str]:
        where = ["--database", self._database.render_as_string(hide_password=False), "--home", str(self._home)]
        return [sys.executable, "-m", "agent_server", *words, *where]

    async def _bring(self, source: Path) -> None:
        database = Database(self._database)
        try:
            await database.migrate()
            await import_folder(database, source, DialPlan(), lambda _so_far: None, datetime.now(UTC))
            await Users(database, Passwords(CHEAP)).set_missing_passwords(self.password)
        finally:
            await database.close()

    def _company(self) -> str:
        tables: list[str] = [_table("department", id="care", name={"zh": "客户服务部", "en": "Customer Care"})]
        tables.append(
            _table("ticket_category", id="fault", type="fault", name=_name("故障"), queue="q00", department="care")
        )
        for team in range(TEAMS):
            tables.append(_table("team", id=f"t{team:02}", name=_name(f"{team} 组"), department="care"))
            tables.append(
                _table(
                    "queue",
                    id=f"q{team:02}",
                    name=_name(f"{team} 队列"),
                    team=f"t{team:02}",
                    segments=[f"s{team:02}"],
                    service_level_s=10,
                    service_level_target_pct=90,
                    wrap_up_s=60,
                )
            )
            tables += [_person(writer_of(team), team, 0)]
        tables.append(_person(MANAGER, 0, -1, "duty_manager"))
        tables += [_person(agent(number), number % TEAMS, number) for number in range(self._agents)]
        return "\n".join(tables)


def agent(number: int) -> str:
    """The login of an agent, who is in team `number` modulo TEAMS."""
    return f"agent{number:04}"


def writer_of(team: int) -> str:
    return f"writer{team:02}"


def customer_of(team: int, number: int) -> str:
    return f"C-{team:02}-{number % CUSTOMERS_EACH:03}"


def _person(login: str, team: int, number: int, role: str = "agent") -> str:
    queues, languages = [f"q{team:02}"], ["zh-CN"]
    facts: dict[str, Any] = {"role": role, "extension": str(1000 + number), "team": f"t{team:02}"}
    return _table("person", login=login, name=_name(login), **facts, queues=queues, languages=languages)


def _customer(team: int, number: int) -> dict[str, Any]:
    phone = f"+86138{team:04}{number:04}"
    body = {"segment": f"s{team:02}", "name": f"客户 {number}", "phones": [phone], "tier": "standard"}
    return {"customer": {"id": customer_of(team, number), **body}, "contacts": [], "tickets": []}


def _name(text: str) -> dict[str, str]:
    return {"zh": text, "en": text}


def _clock(begin: datetime, minutes: int) -> str:
    return f"{begin + timedelta(minutes=minutes):%H:%M}"


def _table(kind: str, **values: Any) -> str:
    lines = [f"{name} = {_value(value)}" for name, value in values.items()]
    return "\n".join([f"[[{kind}]]", *lines])


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_value(inner)}" for name, inner in value.items()) + " }"
    return orjson.dumps(value).decode()


def _family(pid: int) -> list[psutil.Process]:
    parent = psutil.Process(pid)
    return [parent, *parent.children(recursive=True)]


def _cpu_s(processes: list[psutil.Process]) -> float:
    total = 0.0
    for process in processes:
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total
