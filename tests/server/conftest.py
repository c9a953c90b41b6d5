"""A small company with a running server, on SQLite and on PostgreSQL, and people at their workstations."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Executable, text

from agent_server.database import Database
from agent_server.settings import Settings
from agent_server.tables import metadata
from tests.in_process import ServerThread, a_customer, make_site, serving
from tests.postgresql import Cluster
from tests.quickest import quickest
from tests.server.workstation import Workstation

CUSTOMERS = (a_customer(1), a_customer(2), a_customer(3, "business", company="海岚客户有限公司"))

SitAt = Callable[..., Workstation]
NewSite = Callable[..., Settings]


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with Cluster(quickest()) as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def new_site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewSite]:
    """Makes the site of a test, with the customers given; what stands on it is promised of both databases."""
    cluster: Cluster | None = request.getfixturevalue("cluster") if request.param == "postgresql" else None
    made: list[Settings] = []

    def make(customers: Sequence[Mapping[str, Any]] = ()) -> Settings:
        made.append(make_site(tmp_path / "site", customers, cluster))
        return made[-1]

    yield make
    if cluster is not None:
        for site in made:
            cluster.drop(site.database)


@pytest.fixture
def server(new_site: NewSite) -> Iterator[ServerThread]:
    with serving(new_site(CUSTOMERS)) as running:
        yield running


@pytest.fixture
def sit_at(server: ServerThread) -> Iterator[SitAt]:
    """Signs somebody in at a workstation; closed at the end."""
    seats: list[Workstation] = []

    def sit(login: str = "lin.yue", device_id: str | None = None) -> Workstation:
        seats.append(Workstation(server.address, login, device_id))
        return seats[-1]

    yield sit
    for seat in seats:
        seat.close()


@pytest.fixture
def seat(sit_at: SitAt) -> Workstation:
    """Lin Yue's: an agent of the home team in the queues support, billing and vip."""
    return sit_at()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def unharmed_server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerThread]:
    """One for all tests of a file that show that something is refused and changes nothing."""
    cluster: Cluster | None = request.getfixturevalue("cluster") if request.param == "postgresql" else None
    settings = make_site(tmp_path_factory.mktemp("unharmed") / "site", CUSTOMERS, cluster)
    with serving(settings) as running:
        yield running
    if cluster is not None:
        cluster.drop(settings.database)


@pytest.fixture(scope="module")
def unharmed(unharmed_server: ServerThread) -> Iterator[Workstation]:
    """Lin Yue's there."""
    with Workstation(unharmed_server.address, "lin.yue") as seat:
        yield seat


LEAD = "zhou.min"


@pytest.fixture
def lead(sit_at: SitAt) -> Workstation:
    """Who leads the home team."""
    return sit_at(LEAD)


UNTOLD = frozenset({"audit_line", "audit_head", "sign_in_failure"})
"""Tables that a refused request may write into: that it was made is itself worth knowing."""


def everything_in(settings: Settings) -> dict[str, list[str]]:
    """All rows of all tables but UNTOLD, as they are now, as the database writes them."""

    async def working() -> dict[str, list[str]]:
        database = Database(settings.database, pooled=False)
        try:
            async with database.reading() as connection:
                names = [name for name in metadata.tables if name not in UNTOLD]
                rows = {name: await connection.exec_driver_sql(f'SELECT * FROM "{name}"') for name in names}  # noqa: S608
                return {name: sorted(map(repr, found)) for name, found in rows.items()}
        finally:
            await database.close()

    return asyncio.run(working())


def executed(settings: Settings, statement: str | Executable, **values: Any) -> list[tuple[Any, ...]]:
    """What the database itself answers, asked behind the server's back."""

    async def working() -> list[tuple[Any, ...]]:
        database = Database(settings.database, pooled=False)
        try:
            async with database.writing() as connection:
                result = await connection.execute(text(statement) if isinstance(statement, str) else statement, values)
                return [tuple(row) for row in result] if result.returns_rows else []
        finally:
            await database.close()

    return asyncio.run(working())
