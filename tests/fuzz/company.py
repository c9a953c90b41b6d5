"""The small company every seed begins with: two teams, three queues, two kinds of customers. Made once, then copied."""

import asyncio
import functools
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import orjson

from agent_desktop.offline.sealing import Unsealed
from agent_desktop.offline.store import Store
from agent_model.moment import to_text
from agent_server.database import Database, address
from agent_server.importing.folder import import_folder
from agent_server.passwords import Passwords
from agent_server.settings import PasswordCost, Settings, make_secret
from agent_server.snapshots import Snapshots
from agent_server.users import Users
from tests.fuzz import scratch
from tests.in_process import a_customer

PASSWORD: Final = "a password for the fuzzer"
CHEAP: Final = PasswordCost(time=1, memory_kib=8, lanes=1)
DATABASE_NAME: Final = "server.db"
BEGIN: Final = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
QUEUES: Final = {"fibre": ("home",), "lines": ("business",), "bills": ("home", "business")}
PEOPLE: Final = {
    "ann": ("agent", "one", ("fibre",)),
    "bob": ("agent", "one", ("fibre", "bills")),
    "cai": ("agent", "two", ("lines",)),
    "dou": ("team_lead", "two", ("lines",)),
}
COMPLAINT: Final = {
    "subject": "没有人回电",
    "type": "complaint",
    "category": "complaint",
    "priority": "normal",
    "status": "new",
    "description": "三次",
    "queue": "bills",
    "department": "care",
    "created_at": to_text(BEGIN - timedelta(hours=1)),
    "created_by": "ann",
}
CUSTOMERS: Final = (
    a_customer(1) | {"tickets": [{"id": "K-1", **COMPLAINT}]},
    a_customer(2),
    a_customer(3),
    a_customer(4, "business") | {"tickets": [{"id": "K-4", **COMPLAINT}]},
    a_customer(5, "business"),
)


def settings_of(folder: Path, snapshot_every: int) -> Settings:
    database = address(f"sqlite+inline:///{(folder / DATABASE_NAME).as_posix()}")
    database = database.set(drivername="sqlite+inline")
    return Settings(
        database,
        folder,
        password_cost=CHEAP,
        poke_delay_s=3600,
        offline_after_s=3600,
        snapshot_every=snapshot_every,
        feed_whole=timedelta(minutes=1),
        feed_kept=timedelta(minutes=4),
    )


@functools.cache
def site() -> Path:
    """The server's folder: database, key and a first snapshot of every slice."""
    folder = scratch.folder()
    make_secret(folder)
    source = folder / "source"
    source.mkdir()
    (source / "company.toml").write_text(_company(), encoding="utf-8")
    (source / "customers.jsonl").write_bytes(b"\n".join(orjson.dumps(customer) for customer in CUSTOMERS))
    asyncio.run(_fill(folder, source))
    shutil.rmtree(source)
    return folder


@functools.cache
def empty_disk() -> Path:
    """A workstation's folder with its two databases and nothing in them."""
    folder = scratch.folder()
    store = Store(folder, Unsealed())
    store.open_cache()
    store.close()
    return folder


async def _fill(folder: Path, source: Path) -> None:
    settings = settings_of(folder, 2000)
    database = Database(settings.database)
    try:
        await database.migrate()
        await import_folder(database, source, settings.dial_plan, lambda _so_far: None, BEGIN)
        await Users(database, Passwords(CHEAP)).set_missing_passwords(PASSWORD)
        snapshots = Snapshots(database, settings.home / "snapshots", await database.epoch(), settings.snapshot_every)
        for scope in ("org", *(f"customers:{name}" for name in ("home", "business")), *(f"queue:{q}" for q in QUEUES)):
            await snapshots.newest(scope)  # type: ignore[arg-type]
    finally:
        await database.close()


def _company() -> str:
    parts = ['[[department]]\nid = "care"\nname = { zh = "客服", en = "Care" }']
    parts += [
        f'[[team]]\nid = "{team}"\nname = {{ zh = "{team}", en = "{team}" }}\ndepartment = "care"'
        for team in ("one", "two")
    ]
    for queue, segments in QUEUES.items():
        parts.append(
            f'[[queue]]\nid = "{queue}"\nname = {{ zh = "{queue}", en = "{queue}" }}\n'
            f'team = "{"two" if queue == "lines" else "one"}"\nsegments = {list(segments)}\n'
            "service_level_s = 10\nservice_level_target_pct = 90\nwrap_up_s = 60"
        )
        parts.append(
            f'[[ticket_category]]\nid = "about-{queue}"\ntype = "fault"\nname = {{ zh = "{queue}", en = "{queue}" }}\n'
            f'queue = "{queue}"\ndepartment = "care"'
        )
    parts.append(
        '[[ticket_category]]\nid = "complaint"\ntype = "complaint"\nname = { zh = "投诉", en = "Complaint" }\n'
        'queue = "bills"\ndepartment = "care"'
    )
    parts.append('[[wrap_up_code]]\nid = "solved"\nname = { zh = "已解决", en = "Solved" }')
    for number, (login, (role, team, queues)) in enumerate(PEOPLE.items(), 1):
        parts.append(
            f'[[person]]\nlogin = "{login}"\nname = {{ zh = "{login}", en = "{login}" }}\nrole = "{role}"\n'
            f'extension = "{1000 + number}"\nteam = "{team}"\nqueues = {list(queues)}'
        )
    return "\n".join(parts)
