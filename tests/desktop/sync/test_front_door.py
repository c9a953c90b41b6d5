"""Coming in and leaving: what opens what is kept here, with the server and without it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import orjson
import pytest

from agent_desktop.credentials import Credentials, Vault
from agent_desktop.data_key import DataKey, KeySlots, Way
from agent_desktop.errors import (
    AnswerGarbled,
    KeyringLocked,
    KeyringMissing,
    LeaseOver,
    NotTheLastPassword,
    ServerUnreachable,
    SignInExpired,
    WrongPassword,
)
from agent_desktop.paths import Paths
from agent_desktop.sync.client import ServerClient
from agent_desktop.sync.front_door import FrontDoor, Inside, Left
from agent_desktop.sync.handover import Recipient
from tests.fakes import FailingKeyring, OpenKeyring, SetClock, WeakNetwork, locked_keyring
from tests.in_process import PASSWORD, ServerThread

LOGIN = "lin.yue"
LEASE_H = 72
SECRETS = ("unlock", "handover_public", "handover_key")


class SecretNetwork(WeakNetwork):
    """The network to a server that gives these secrets with every sign-in, and may be away."""

    def __init__(self) -> None:
        super().__init__()
        self.secrets: dict[str, str] = {}
        self.is_away = False
        self.lose_request = lambda _request: self.is_away

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = super().handle_request(request)
        if not request.url.path.startswith("/auth/") or answer.status_code != 200:
            return answer
        plain = orjson.loads(answer.read())
        answer.close()
        known = {name: value for name, value in plain.items() if name not in SECRETS}
        return httpx.Response(200, content=orjson.dumps(known | self.secrets))


class Entrance:
    """A workstation's front door, with everything that may change from one morning to the next."""

    def __init__(self, folder: Path, address: str) -> None:
        self.paths = Paths.below(folder)
        self.address = address
        self.vault: Vault = OpenKeyring()
        self.clock = SetClock()
        self.network = SecretNetwork()
        self.left: list[Left] = []
        self._inside: list[Inside] = []

    @property
    def door(self) -> FrontDoor:
        def connect(address: str, refreshed: Callable[[str], None]) -> ServerClient:
            return ServerClient(address, refreshed, self.network)

        return FrontDoor(self.paths, Credentials(self.vault), connect, self.clock, LEASE_H, self.left.append)

    def with_password(self, password: str = PASSWORD, login: str = LOGIN) -> Inside:
        self._inside.append(self.door.with_password(self.address, login, password))
        return self._inside[-1]

    def as_before(self, login: str = LOGIN) -> Inside | None:
        inside = self.door.as_before(self.address, login)
        if inside is not None:
            self._inside.append(inside)
        return inside

    def slots(self, agent_id: str) -> KeySlots:
        return KeySlots(self.paths.of_agent(self.address, agent_id))

    def forget_password_way(self, inside: Inside) -> None:
        """As when the password was changed on the server: the one that is typed now opens no slot."""
        slots = self.slots(inside.agent.id)
        slots.keep(inside.key, password="the one before")

    def close(self) -> None:
        for inside in self._inside:
            inside.client.close()


@pytest.fixture
def entrance(tmp_path: Path, server: ServerThread) -> Iterator[Entrance]:
    made = Entrance(tmp_path / "seat", server.address)
    yield made
    made.close()


def test_key_is_the_same_every_time(entrance: Entrance) -> None:
    first = entrance.with_password()
    again = entrance.as_before()
    assert again is not None
    assert first.key == again.key == entrance.with_password().key


def test_two_people_at_one_seat_have_keys_of_their_own(entrance: Entrance) -> None:
    first = entrance.with_password()
    second = entrance.with_password(login="wang.qiang")
    assert first.key != second.key
    assert entrance.slots(first.agent.id).open(Way.PASSWORD, PASSWORD) == first.key
    assert entrance.slots(first.agent.id).id() != entrance.slots(second.agent.id).id()


def test_crashed_window_comes_back_without_a_password(entrance: Entrance) -> None:
    first = entrance.with_password()
    entrance.network.is_away = True
    again = entrance.as_before()
    assert again is not None
    assert (again.key, again.is_online, again.agent.id) == (first.key, False, first.agent.id)


def test_who_has_left_needs_the_password(entrance: Entrance) -> None:
    first = entrance.with_password()
    entrance.door.leave(entrance.address, LOGIN)
    assert isinstance(entrance.vault, OpenKeyring)
    assert entrance.vault.kept == {}
    assert entrance.as_before() is None
    assert entrance.with_password().key == first.key


def test_password_opens_while_the_server_is_away(entrance: Entrance) -> None:
    first = entrance.with_password()
    entrance.door.leave(entrance.address, LOGIN)
    entrance.network.is_away = True
    again = entrance.with_password()
    assert (again.key, again.is_online, again.agent.name) == (first.key, False, first.agent.name)


def test_who_came_in_by_password_goes_on_when_the_server_is_back(entrance: Entrance) -> None:
    entrance.with_password()
    entrance.network.is_away = True
    again = entrance.with_password()
    entrance.network.is_away = False
    assert again.client.hello().scopes
    assert again.client.access


def test_password_changed_meanwhile_is_asked_for(entrance: Entrance) -> None:
    first = entrance.with_password()
    entrance.forget_password_way(first)
    entrance.network.is_away = True
    again = entrance.with_password("the one before")
    entrance.network.is_away = False
    with pytest.raises(SignInExpired):
        again.client.hello()


def test_wrong_password_without_the_server_is_said(entrance: Entrance) -> None:
    entrance.with_password()
    entrance.network.is_away = True
    with pytest.raises(NotTheLastPassword):
        entrance.with_password("not this one")


def test_nobody_who_was_never_here_comes_in_without_the_server(entrance: Entrance) -> None:
    entrance.with_password()
    entrance.network.is_away = True
    with pytest.raises(ServerUnreachable):
        entrance.with_password(login="wang.qiang")
    assert entrance.as_before("wang.qiang") is None


def test_wrong_password_with_the_server_is_its_word(entrance: Entrance) -> None:
    entrance.with_password()
    with pytest.raises(WrongPassword):
        entrance.with_password("not this one")


@pytest.mark.parametrize("way", ["password", "keyring"])
def test_lease_ends_after_its_hours(entrance: Entrance, way: str) -> None:
    come_in = entrance.with_password if way == "password" else entrance.as_before
    entrance.with_password()
    entrance.network.is_away = True
    entrance.clock.move(hours=LEASE_H)
    assert come_in() is not None
    entrance.clock.move(seconds=1)
    with pytest.raises(LeaseOver):
        come_in()
    entrance.network.is_away = False
    assert entrance.with_password().is_online


def test_clock_set_back_does_not_prolong_the_lease(entrance: Entrance) -> None:
    entrance.with_password()
    entrance.network.is_away = True
    entrance.clock.move(hours=40)
    entrance.with_password()
    entrance.clock.move(hours=-30)
    with pytest.raises(LeaseOver):
        entrance.with_password()


def test_every_renewal_is_a_word_of_the_server(entrance: Entrance) -> None:
    inside = entrance.with_password()
    entrance.clock.move(hours=LEASE_H)
    inside.client.sign_in(LOGIN, PASSWORD, inside.client.device_id)
    entrance.network.is_away = True
    entrance.clock.move(hours=LEASE_H)
    assert entrance.with_password().agent == inside.agent


def test_unlock_opens_after_the_password_was_changed_and_the_new_one_opens_from_then_on(entrance: Entrance) -> None:
    entrance.network.secrets = {"unlock": "ab" * 32}
    first = entrance.with_password()
    entrance.door.leave(entrance.address, LOGIN)
    entrance.forget_password_way(first)
    assert entrance.with_password().key == first.key
    entrance.network.is_away = True
    assert entrance.with_password().key == first.key


def test_without_any_way_a_new_key_is_made_and_the_old_slots_are_kept(
    entrance: Entrance, caplog: pytest.LogCaptureFixture
) -> None:
    first = entrance.with_password()
    entrance.door.leave(entrance.address, LOGIN)
    entrance.forget_password_way(first)
    second = entrance.with_password()
    assert [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    caplog.clear()
    assert second.key != first.key
    folder = entrance.paths.of_agent(entrance.address, first.agent.id)
    assert (folder / f"keys.{first.key.id}").exists()


def test_keyring_of_an_earlier_version_asks_for_the_password_once(entrance: Entrance) -> None:
    entrance.with_password()
    Credentials(entrance.vault).keep_data_key(entrance.address, LOGIN, DataKey.new().secret)
    assert entrance.as_before() is None


@pytest.mark.parametrize(
    ("vault", "problem"),
    [(locked_keyring(), KeyringLocked), (FailingKeyring(OSError("no bus")), KeyringMissing)],
    ids=["locked", "missing"],
)
def test_without_a_keyring_the_password_is_the_way_in(
    entrance: Entrance, vault: Vault, problem: type[Exception]
) -> None:
    entrance.vault = vault
    first = entrance.with_password()
    assert isinstance(first.keyring_problem, problem)
    with pytest.raises(problem):
        entrance.as_before()
    entrance.network.is_away = True
    assert entrance.with_password().key == first.key


def test_who_may_be_handed_unsent_work_is_known_without_the_server(entrance: Entrance) -> None:
    entrance.network.secrets = {"handover_public": "ab" * 32, "handover_key": "cd" * 32}
    entrance.with_password()
    entrance.network.is_away = True
    again = entrance.as_before()
    assert again is not None
    assert again.client.recipient == Recipient("ab" * 32, "cd" * 32)


@pytest.mark.parametrize("garbled", [{"unlock": "short"}, {"handover_public": 7, "handover_key": "ab" * 32}])
def test_secret_that_is_none_is_not_taken(entrance: Entrance, garbled: dict[str, str]) -> None:
    entrance.network.secrets = garbled
    with pytest.raises(AnswerGarbled):
        entrance.with_password()


def test_nobodys_name_lies_in_clear(entrance: Entrance) -> None:
    inside = entrance.with_password()
    written = b"".join(path.read_bytes() for path in entrance.paths.data.rglob("*") if path.is_file())
    assert inside.agent.name.zh.encode() not in written
    assert PASSWORD.encode() not in written
    assert inside.key.secret.hex().encode() not in written
