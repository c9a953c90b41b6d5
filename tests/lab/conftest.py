"""The lab for tests: one exchange for the session, idle again after every test."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from tests.lab.agents import Agents
from tests.lab.asterisk import Asterisk, free
from tests.lab.baresip import Baresip
from tests.lab.kamailio import DigestAlgorithm, Kamailio
from tests.lab.pulse import PulseAudio
from tests.lab.sipp import Sipp


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
    exchange.make_idle()


@pytest.fixture
def agents(asterisk: Asterisk, tmp_path: Path) -> Iterator[Agents]:
    """Our own phones, ended before the fixtures that a test names before this one."""
    with Agents(asterisk, tmp_path) as running:
        yield running


@pytest.fixture
def kamailio(exchange: Asterisk, tmp_path: Path) -> Iterator[Callable[..., Kamailio]]:
    """Starts one: `kamailio(DigestAlgorithm.SHA_256)`."""
    with ExitStack() as leaving:

        def start(algorithm: DigestAlgorithm = DigestAlgorithm.MD5) -> Kamailio:
            folder = tmp_path / f"kamailio-{algorithm.value}"
            running = Kamailio(folder, exchange.trusted_ca.parent, algorithm)
            leaving.callback(running.close)
            running.start()
            return running

        yield start


@pytest.fixture
def baresip(asterisk: Asterisk, tmp_path: Path) -> Iterator[Callable[..., Baresip]]:
    """Starts one: `baresip("1002", asterisk.address, says_hz=700)`; see Baresip."""
    with ExitStack() as leaving:

        def start(user: str, registrar: str | None = None, **more: Any) -> Baresip:
            running = Baresip(Path(mkdtemp(prefix=f"baresip-{user}-", dir=tmp_path)), user, registrar, **more)
            leaving.callback(running.close)
            running.start()
            return running

        yield start


@pytest.fixture
def sipp(asterisk: Asterisk, tmp_path: Path) -> Iterator[Callable[..., Sipp]]:
    """Starts one: `sipp(SCENARIOS / "answers.xml", port=asterisk.trunk_port)`; see Sipp."""
    with ExitStack() as leaving:

        def start(scenario: Path, remote: str | None = None, **more: Any) -> Sipp:
            running = Sipp(Path(mkdtemp(prefix=f"sipp-{scenario.stem}-", dir=tmp_path)), scenario, remote, **more)
            leaving.callback(running.close)
            running.start()
            return running

        yield start


@pytest.fixture
def pulse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PulseAudio]:
    """A sound server without headsets, used by every phone that starts after it: name it before `agents`."""
    running = PulseAudio(tmp_path / "pulse")
    for name, value in running.environment.items():
        monkeypatch.setenv(name, value)
    try:
        running.start()
        yield running
    finally:
        running.close()
