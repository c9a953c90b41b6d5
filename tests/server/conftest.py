"""A small company with a running server, and people at their workstations."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.in_process import ServerThread, a_customer, make_site, serving
from tests.server.workstation import Workstation

CUSTOMERS = (a_customer(1), a_customer(2), a_customer(3, "business", company="海岚客户有限公司"))

SitAt = Callable[..., Workstation]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerThread]:
    with serving(make_site(tmp_path / "site", CUSTOMERS)) as running:
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
