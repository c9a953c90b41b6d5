"""The parts of a journey: a small company's server, seats, callers. What they started must be gone at the end."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["ALSA_CONFIG_PATH"] = os.devnull  # no journey touches the sound devices of this machine

import psutil
import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from agent_desktop.credentials import Vault
from agent_desktop.offline.sealing import Sealing
from agent_desktop.policy.standing import Policy
from agent_desktop.session import Left
from agent_desktop.softphone.audio import Sound
from agent_desktop.updates.updater import Updates
from demo.caller import Caller
from demo.seat import Seat
from demo.server import PASSWORD, DemoServer
from tests.journeys.company import Colleague, founded, serving
from tests.journeys.sight import calls, is_at_work, is_in_step, ringing

LEAVING_S = 10.0


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a server that has never run. Copy it."""
    return founded(tmp_path_factory.mktemp("company") / "server")


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with every article of the demo: so many that a process of its own makes their index."""
    return founded(tmp_path_factory.mktemp("library") / "server", None)


@pytest.fixture(scope="session")
def open_server(company: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServer]:
    with serving(company, tmp_path_factory.mktemp("open") / "server") as server:
        yield server


@pytest.fixture
def server(open_server: DemoServer) -> DemoServer:
    """A server that all journeys share: it is never stopped, and every journey has callers of its own."""
    return open_server


@pytest.fixture
def own_server(company: Path, tmp_path: Path) -> Iterator[DemoServer]:
    """A server for one journey alone: it may be killed and started again."""
    with serving(company, tmp_path / "server") as server:
        yield server


@pytest.fixture
def library_server(library: Path, tmp_path: Path) -> Iterator[DemoServer]:
    """A server for one journey alone, with every article."""
    with serving(library, tmp_path / "server") as server:
        yield server


@pytest.fixture(autouse=True)
def nothing_stays(qapp: QApplication, open_server: DemoServer) -> Iterator[None]:
    """No window and no process outlives its journey; processes are ended, and then it is said."""
    before = {child.pid for child in psutil.Process().children()}
    yield
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.setParent(None)
    QLocale.setDefault(QLocale("en"))
    windows = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    children = [child for child in psutil.Process().children() if child.pid not in before]
    _, staying = psutil.wait_procs(children, LEAVING_S)
    commands = [" ".join(child.cmdline()) for child in staying]
    for child in staying:
        child.kill()
        child.wait()
    assert not windows, windows
    assert not commands, commands


Sit = Callable[..., Seat]


@pytest.fixture
def sit(tmp_path: Path, server_of_journey: DemoServer) -> Iterator[Sit]:
    """Opens a seat and waits until it is at work: window, phone, everything fetched. Left in good order at the end."""
    seats: list[Seat] = []

    def sit_down(
        login: str = "lin.yue",
        language: str = "en",
        home: Path | None = None,
        address: str = "",
        password: str | None = PASSWORD,
        vault: Vault | None = None,
        sip_port: int = 0,
        sealing: Sealing | None = None,
        sound: Sound | None = None,
        policy: Policy | None = None,
        updates: Updates | None = None,
        left: Left | None = None,
        ready: Callable[[Seat], bool] = is_in_step,
    ) -> Seat:
        seat = Seat(
            home or tmp_path / f"seat-{len(seats)}",
            address or server_of_journey.address,
            login,
            language,
            sip_port=sip_port,
            vault=vault,
            sealing=sealing,
            sound=sound,
            policy=policy,
            updates=updates,
        )
        seats.append(seat)
        seat.start(password, left)
        assert seat.until(lambda: ready(seat), 30), "the seat did not open"
        return seat

    yield sit_down
    left = [leave(seat) for seat in seats]
    assert all(left), "a call or a lane would not end"


def leave(seat: Seat) -> bool:
    """Leaves a seat as a person does, after the last call."""
    is_open = seat._program is not None and seat.program.window is not None
    is_quiet = not is_open or seat.until(lambda: is_at_work(seat) and not calls(seat))
    return seat.stop() and is_quiet


@pytest.fixture
def server_of_journey(request: pytest.FixtureRequest) -> DemoServer:
    """The journey's own server where it has one, else the shared one."""
    name = next((own for own in ("own_server", "library_server") if own in request.fixturenames), "server")
    server: DemoServer = request.getfixturevalue(name)
    return server


Ring = Callable[..., Caller]


@pytest.fixture
def ring(sit: Sit) -> Iterator[Ring]:
    """A customer calls a seat; returns when the seat rings. Whoever still calls at the end hangs up."""
    callers: list[Caller] = []

    def call(seat: Seat, number: str, **headers: str) -> Caller:
        wanted = {name.replace("_", "-"): value for name, value in headers.items()}
        before = {there.id for there in calls(seat)}
        caller = Caller(seat.sip_address, number, wanted)
        callers.append(caller)
        assert seat.until(lambda: any(new.id not in before for new in ringing(seat))), "it did not ring"
        return caller

    yield call
    for caller in callers:
        caller.hang_up()
        has_ended = caller.wait_for("ended")
        caller.close()
        assert has_ended, caller.events[-3:]


@pytest.fixture
def colleague(server_of_journey: DemoServer) -> Iterator[Colleague]:
    other = Colleague(server_of_journey.address)
    yield other
    other.close()
