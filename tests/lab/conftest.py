"""The lab for tests: one exchange for the session, idle again after every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lab.agents import Agents
from tests.lab.asterisk import Asterisk, free


@pytest.fixture(scope="session")
def exchange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asterisk]:
    running = Asterisk(tmp_path_factory.mktemp("lab"))
    try:
        running.start()
        yield running
    finally:
        free(running)


@pytest.fixture
def asterisk(exchange: Asterisk) -> Iterator[Asterisk]:
    yield exchange
    exchange.hang_up_all()


@pytest.fixture
def agents(asterisk: Asterisk, tmp_path: Path) -> Iterator[Agents]:
    """Our own phones; name this fixture after others that phones depend on."""
    with Agents(asterisk, tmp_path) as running:
        yield running
