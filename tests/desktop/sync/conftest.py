"""A running server with three customers, and seats before it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.desktop.sync.seat import Seat, seat
from tests.in_process import ServerThread, a_customer, make_site, serving

SitDown = Callable[..., Seat]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerThread]:
    customers = (a_customer(1), a_customer(2), a_customer(3, "business", company="海岚客户有限公司"))
    with serving(make_site(tmp_path / "site", customers)) as running:
        yield running


@pytest.fixture
def sit_down(tmp_path: Path) -> Iterator[SitDown]:
    """`sit_down(address)`; `name` takes up the folder of that name again."""
    seats: list[Seat] = []

    def sit(address: str, name: str = "first", **options: Any) -> Seat:
        seats.append(seat(tmp_path / "seats" / name, address, **options))
        return seats[-1]

    yield sit
    for taken in seats:
        taken.close()
