"""Coming in at the window, before a real server: second factors, set up and asked for, and a keyring that prompts."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pyotp
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from agent_desktop.app import front_door
from agent_desktop.credentials import Credentials, Vault
from agent_desktop.paths import Paths
from agent_desktop.settings import Settings
from agent_desktop.sync.front_door import Inside
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.background import Background
from agent_desktop.ui.sign_in.code import CodeStep
from agent_desktop.ui.sign_in.recovery import RecoveryStep
from agent_desktop.ui.sign_in.set_up import SetUpStep
from agent_desktop.ui.sign_in.window import SignIn, SignInWindow
from agent_desktop.ui.signing_in import SigningIn
from agent_model.agent import Role
from agent_server.policy import Policy
from tests.fakes import OpenKeyring
from tests.in_process import PASSWORD, ServerThread, make_site, serving
from tests.server.conftest import executed
from tests.server.officers import decide

LOGIN = "lin.yue"
pytestmark = pytest.mark.timeout(300)


class Entrance:
    """The window, its door and the server behind it. `inside` is who came in."""

    def __init__(self, folder: Path, look: Look, server: ServerThread, vault: Vault) -> None:
        self.server = server
        self.background = Background()
        self.inside: list[tuple[SignIn | None, Inside]] = []
        settings = replace(Settings(), server=server.address, login=LOGIN)
        door = front_door(Paths.below(folder), Credentials(vault), settings)
        self.signing_in = SigningIn(look, self.background, door, lambda: settings)
        self.signing_in.came_in.connect(lambda wanted, inside: self.inside.append((wanted, inside)))

    @property
    def window(self) -> SignInWindow:
        assert self.signing_in.window is not None
        return self.signing_in.window

    def enter(self) -> None:
        self.signing_in.enter(SignIn(self.server.address, LOGIN, PASSWORD))

    def until(self, fact: Callable[[], object]) -> bool:
        end = time.monotonic() + 60
        while not fact():
            if time.monotonic() > end:
                return False
            QTest.qWait(10)
        return True

    def says(self, words: str) -> bool:
        return self.until(lambda: words in seen(self.window))

    def sign_ins(self) -> int:
        return len(executed(self.server.settings, "SELECT seq FROM audit_line WHERE deed = 'signed_in'"))

    def close(self) -> None:
        self.signing_in.close()
        assert self.background.close(30)
        for _, inside in self.inside:
            inside.client.close()


def seen(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def later(phone: pyotp.TOTP, steps: int) -> str:
    return phone.at(datetime.now(UTC) + timedelta(seconds=30 * steps))


@pytest.fixture
def vault() -> Vault:
    return OpenKeyring()


@pytest.fixture
def server(tmp_path: Path, policy: Policy) -> Iterator[ServerThread]:
    settings = make_site(tmp_path / "site")
    decide(settings, policy)
    with serving(settings) as running:
        yield running


@pytest.fixture
def policy() -> Policy:
    return Policy()


@pytest.fixture
def entrance(tmp_path: Path, look: Look, server: ServerThread, vault: Vault) -> Iterator[Entrance]:
    made = Entrance(tmp_path / "seat", look, server, vault)
    yield made
    made.close()


@pytest.fixture
def phone(server: ServerThread) -> pyotp.TOTP:
    """The telephone of somebody who has set it up; the code of half a minute ago was shown."""
    with httpx.Client(base_url=server.address) as client:
        shown = {"login": LOGIN, "password": PASSWORD}
        made = pyotp.TOTP(client.post("/auth/second-factor/enrol", json=shown).json()["secret"])
        confirmed = client.post("/auth/second-factor/confirm", json=shown | {"code": later(made, -1)})
        assert confirmed.status_code == 200
    return made


def test_code_is_asked_for_without_the_password_and_spent_once(entrance: Entrance, phone: pyotp.TOTP) -> None:
    entrance.enter()
    assert entrance.until(lambda: entrance.signing_in.window and isinstance(entrance.window.step, CodeStep))
    assert "Your password is right. One more step." in seen(entrance.window)
    assert entrance.inside == []

    code = phone.now()
    QTest.keyClicks(entrance.window.step.findChildren(type(entrance.window.password))[0], f"{code[:3]} {code[3:]}\r")

    assert entrance.until(lambda: entrance.inside)
    assert entrance.inside[0][1].is_online
    assert entrance.sign_ins() == 1


def test_wrong_code_and_used_code_are_told_apart(entrance: Entrance, phone: pyotp.TOTP) -> None:
    entrance.enter()
    assert entrance.until(lambda: entrance.signing_in.window and isinstance(entrance.window.step, CodeStep))
    step = entrance.window.code
    assert step is not None

    step.wanted.emit(later(phone, -1))
    assert entrance.says("This code was used already.")
    step.wanted.emit("000000")
    assert entrance.says("This code is wrong.")
    assert entrance.window.password.text() == PASSWORD
    for _ in range(4):
        step.wanted.emit("000000")
        assert entrance.until(lambda: not step.code.isReadOnly())

    assert entrance.says("There were too many attempts.")
    assert entrance.inside == []


@pytest.mark.parametrize("policy", [Policy(second_factor=frozenset({Role.AGENT}))], ids=["needed"])
def test_who_has_to_set_a_factor_up_does_so_and_comes_in(entrance: Entrance) -> None:
    entrance.enter()
    assert entrance.until(lambda: entrance.signing_in.window and isinstance(entrance.window.step, SetUpStep))
    set_up = entrance.window.set_up
    assert set_up is not None
    phone = pyotp.TOTP(set_up.secret.text().replace(" ", ""))

    set_up.code.setText("000000")
    set_up.go.click()
    assert entrance.says("This code is wrong.")
    set_up.code.setText(later(phone, -1))
    set_up.go.click()

    assert entrance.until(lambda: isinstance(entrance.window.step, RecoveryStep))
    recovery = entrance.window.recovery
    assert recovery is not None
    codes = recovery.codes
    assert len(codes) == 10
    assert all(code in seen(entrance.window) for code in codes)
    assert set_up.secret.text() == ""
    recovery.copy.click()
    assert QGuiApplication.clipboard().text().split() == list(codes)
    assert not recovery.go.isEnabled()
    recovery.tick.setChecked(True)
    recovery.go.click()
    assert isinstance(entrance.window.step, CodeStep)
    assert "Enter the next code" in seen(entrance.window)
    assert recovery.codes == ()
    entrance.window.code.wanted.emit(phone.now())  # type: ignore[union-attr]

    assert entrance.until(lambda: entrance.inside)
    assert entrance.sign_ins() == 1


def test_recovery_code_lets_in_as_well(entrance: Entrance) -> None:
    with httpx.Client(base_url=entrance.server.address) as client:
        shown = {"login": LOGIN, "password": PASSWORD}
        secret = client.post("/auth/second-factor/enrol", json=shown).json()["secret"]
        confirm = shown | {"code": pyotp.TOTP(secret).now()}
        [code, *_] = client.post("/auth/second-factor/confirm", json=confirm).json()["recovery_codes"]
    entrance.enter()
    assert entrance.until(lambda: entrance.signing_in.window and isinstance(entrance.window.step, CodeStep))

    entrance.window.code.wanted.emit(code)  # type: ignore[union-attr]

    assert entrance.until(lambda: entrance.inside)


class PromptingKeyring(OpenKeyring):
    """Waits for a person before it answers anything."""

    def __init__(self) -> None:
        super().__init__()
        self.has_answered = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        assert self.has_answered.wait(120)
        return super().get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        assert self.has_answered.wait(120)
        super().set_password(service, username, password)


@pytest.mark.parametrize("vault", [PromptingKeyring()], ids=["prompting"])
def test_keyring_that_prompts_is_said_and_the_password_goes_on_without_it(
    entrance: Entrance, vault: PromptingKeyring
) -> None:
    entrance.signing_in.as_before()
    assert entrance.until(lambda: entrance.signing_in.window is not None)
    assert entrance.says("The keyring of this computer wants to be unlocked")

    QTest.keyClicks(entrance.window.password, PASSWORD)
    entrance.window._first.go.click()

    try:
        assert entrance.until(lambda: entrance.inside)
        wanted, inside = entrance.inside[0]
        assert wanted is not None
        assert inside.is_online
        assert inside.keyring_problem is not None
    finally:
        vault.has_answered.set()
