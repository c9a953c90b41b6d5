"""One organisation for each test; its keys are made once."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from agent_desktop.route import Route
from agent_desktop.updates.updater import Channel, Updates, Wanted
from agent_desktop.updates.versions import Versions
from tests.releases import Organisation, Served, handed_out

HERE = datetime(2026, 11, 23, 14, 0)  # noqa: DTZ001 - the clock on the wall
AtSeat = Callable[..., Updates]


@pytest.fixture
def organisation(tmp_path: Path) -> Organisation:
    return Organisation(tmp_path)


@pytest.fixture
def served(organisation: Organisation) -> Iterator[Served]:
    with handed_out(organisation.repository) as served:
        yield served


@pytest.fixture
def program(organisation: Organisation) -> Path:
    return organisation.installed("0.1.0")


@pytest.fixture
def versions(program: Path) -> Versions:
    return Versions.of(program)


@pytest.fixture
def at_seat(program: Path, served: Served) -> AtSeat:
    """A workstation of channel stable; `wanted` says what IT has decided otherwise."""

    def seat(
        running: str = "0.1.0", device: str = "d1", here: datetime = HERE, at: datetime | None = None, **wanted: object
    ) -> Updates:
        now = datetime.now(UTC) if at is None else at
        decided: dict[str, Any] = {"channel": Channel.STABLE, "url": served.address, **wanted}
        return Updates(
            running,
            Wanted(**decided),
            Versions.of(program),
            Route(proxy="none"),
            lambda: device,
            lambda: now,
            lambda: here,
        )

    return seat
