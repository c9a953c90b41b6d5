"""Coming in through the organisation's provider: what opens what is kept here, with the server and without it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from agent_desktop.credentials import Credentials, Vault
from agent_desktop.data_key import KeySlots, Way
from agent_desktop.errors import (
    DeviceBlocked,
    NotAdmitted,
    ProviderAway,
    SignInExpired,
    SignOnDeclined,
    SignOnGivenUp,
)
from agent_desktop.paths import Paths
from agent_desktop.sync.client import ServerClient
from agent_desktop.sync.front_door import FrontDoor, Inside, Left
from agent_desktop.sync.loopback import Pages
from agent_desktop.sync.reading import Ways
from agent_desktop.sync.sign_on import SignOnUnderWay
from agent_model.words import Words
from tests.fakes import OpenKeyring, SetClock, WeakNetwork, locked_keyring
from tests.identity_provider import Browser, RealProvider
from tests.in_process import PASSWORD, ServerThread, make_site, serving
from tests.server.conftest import executed
from tests.server.sign_ons import write_sign_on

LOGIN = "lin.yue"
PAGES = Pages("through", "declined", "strange")
PEOPLE = {"sub-lin": {"preferred_username": LOGIN}, "sub-new": {"preferred_username": "nobody.here"}}


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealProvider]:
    with RealProvider(tmp_path_factory.mktemp("provider"), PEOPLE) as running:
        yield running


@pytest.fixture
def server(tmp_path: Path, provider: RealProvider) -> Iterator[ServerThread]:
    settings = make_site(tmp_path / "site")
    write_sign_on(settings, provider.issuer)
    with serving(settings) as running:
        yield running


class Entrance:
    """A workstation's front door, and a browser beside it."""

    def __init__(self, folder: Path, address: str) -> None:
        self.paths = Paths.below(folder)
        self.address = address
        self.vault: Vault = OpenKeyring()
        self.is_away = False
        self.left: list[Left] = []
        self._opened: list[ServerClient] = []
        self._clock = SetClock()
        self._browser = Browser()
        self._pool = ThreadPoolExecutor(1)

    @property
    def door(self) -> FrontDoor:
        network = WeakNetwork()
        network.lose_request = lambda _request: self.is_away

        def connect(address: str, refreshed: object) -> ServerClient:
            self._opened.append(ServerClient(address, refreshed, network))  # type: ignore[arg-type]
            return self._opened[-1]

        return FrontDoor(self.paths, Credentials(self.vault), connect, self._clock, 72, self.left.append)

    def begun(self) -> SignOnUnderWay:
        return self.door.begin_sign_on(f"{self.address}/", PAGES)

    def by_provider(self, subject: str = "sub-lin") -> Inside:
        under_way = self.begun()
        coming = self._pool.submit(self.door.by_provider, under_way)
        page = self._browser.http.get(self._browser.sign_in(under_way.url, subject))
        assert page.text == "through"
        return coming.result(30)

    def cancelled(self) -> Inside:
        under_way = self.begun()
        coming = self._pool.submit(self.door.by_provider, under_way)
        page = self._browser.http.get(self._browser.press_cancel(under_way.url))
        assert page.text == "declined"
        return coming.result(30)

    def slots(self) -> KeySlots:
        return KeySlots(self.paths.of_agent(self.address, LOGIN))

    def close(self) -> None:
        self._pool.shutdown()
        self._browser.close()
        for client in self._opened:
            client.close()


@pytest.fixture
def entrance(tmp_path: Path, server: ServerThread) -> Iterator[Entrance]:
    made = Entrance(tmp_path / "seat", server.address)
    yield made
    made.close()


def test_person_comes_in_and_comes_back_with_the_same_key(entrance: Entrance) -> None:
    first = entrance.by_provider()
    again = entrance.door.as_before(entrance.address, LOGIN)

    assert first.is_online
    assert (first.agent.login, first.client.device_id.partition(".")[2]) == (LOGIN, LOGIN)
    assert again is not None
    assert again.key == first.key
    assert entrance.by_provider().key == first.key


def test_keyring_lets_who_signed_on_in_without_the_server(entrance: Entrance) -> None:
    first = entrance.by_provider()
    entrance.is_away = True
    again = entrance.door.as_before(entrance.address, LOGIN)

    assert again is not None
    assert (again.is_online, again.key) == (False, first.key)


def test_without_a_keyring_the_server_opens_what_is_kept(entrance: Entrance) -> None:
    entrance.vault = locked_keyring()
    first = entrance.by_provider()

    assert first.keyring_problem is not None
    assert entrance.by_provider().key == first.key


def test_old_password_opens_nothing_any_more(entrance: Entrance) -> None:
    with_password = entrance.door.with_password(entrance.address, LOGIN, PASSWORD)
    assert entrance.door.has_password(entrance.address, LOGIN)
    by_provider = entrance.by_provider()

    assert by_provider.key == with_password.key
    assert entrance.slots().ways() == {Way.UNLOCK}
    assert not entrance.door.has_password(entrance.address, LOGIN)
    assert not entrance.door.is_theirs(entrance.address, LOGIN, PASSWORD)


def test_signing_off_leaves_nothing_that_opens(entrance: Entrance) -> None:
    entrance.by_provider()
    entrance.door.leave(entrance.address, LOGIN)

    assert entrance.door.as_before(entrance.address, LOGIN) is None


def test_sign_on_that_is_due_asks_again(entrance: Entrance, server: ServerThread) -> None:
    inside = entrance.by_provider()
    executed(server.settings, "UPDATE session SET signed_on_until = '2026-01-01T00:00:00.000Z'")

    assert entrance.door.as_before(entrance.address, LOGIN) is None
    with pytest.raises(SignInExpired):
        inside.client.sign_in_again("spent or not", inside.client.device_id)


def test_who_presses_cancel_or_has_no_place_is_told_so(entrance: Entrance) -> None:
    with pytest.raises(SignOnDeclined) as said:
        entrance.cancelled()
    assert said.value.code == "access_denied"
    with pytest.raises(NotAdmitted):
        entrance.by_provider("sub-new")


def test_given_up_sign_on_lets_its_port_go(entrance: Entrance) -> None:
    under_way = entrance.begun()
    under_way.give_up()

    with pytest.raises(SignOnGivenUp):
        entrance.door.by_provider(under_way)
    with pytest.raises(httpx.ConnectError):
        httpx.get(httpx.URL(httpx.URL(under_way.url).params["redirect_uri"]))


def test_wiped_workstation_erases_what_the_person_kept(entrance: Entrance, server: ServerThread) -> None:
    inside = entrance.by_provider()
    executed(server.settings, "UPDATE device SET state = 'wipe' WHERE id = :id", id=inside.client.device_id)

    with pytest.raises(DeviceBlocked) as stop:
        entrance.by_provider()

    assert stop.value.login == LOGIN
    assert [left.agent_id for left in entrance.left] == [LOGIN]  # what was unsent is brought to safety first
    assert entrance.slots().id() == ""


def test_ways_are_remembered_while_the_server_is_away(entrance: Entrance) -> None:
    told = entrance.door.ways(entrance.address)
    entrance.is_away = True

    assert told == Ways(passwords=True, organisation=Words("海岚账号", "Hailan account"))
    assert entrance.door.ways(entrance.address) == told
    assert entrance.door.ways("http://127.0.0.1:9") == Ways()


def test_provider_that_is_away_is_named(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    settings = make_site(tmp_path / "site")
    write_sign_on(settings, "http://127.0.0.1:9")
    with serving(settings) as server:
        entrance = Entrance(tmp_path / "seat", server.address)
        with pytest.raises(ProviderAway):
            entrance.begun()
        entrance.close()
    caplog.clear()
