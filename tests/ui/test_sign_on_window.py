"""The ways in that the sign-in window offers: the organisation's sign-on, a password, both, or one behind a link."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from agent_desktop.app import front_door
from agent_desktop.credentials import Credentials
from agent_desktop.paths import Paths
from agent_desktop.settings import Settings
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.sign_in.password import PasswordStep
from agent_desktop.ui.sign_in.window import SignInWindow
from agent_desktop.ui.signing_in import SigningIn
from agent_desktop.ui.window.lock import Lock
from tests.fakes import OpenKeyring
from tests.in_process import PASSWORD, make_site, serving
from tests.ui.test_signing_in import Entrance, seen

ADDRESS = "https://desk.hailan.example"


@pytest.fixture
def window(look: Look) -> Iterator[SignInWindow]:
    made = SignInWindow(look)
    made.show_known(ADDRESS, "lin.yue")
    made.show()
    yield made
    made.close()
    made.deleteLater()


def first(window: SignInWindow) -> PasswordStep:
    assert isinstance(window.step, PasswordStep)
    return window.step


def buttons(window: SignInWindow) -> list[str]:
    return [button.text() for button in window.findChildren(QPushButton) if button.isVisible()]


def test_server_without_a_sign_on_asks_for_name_and_password(window: SignInWindow) -> None:
    window.show_ways("", passwords=True, may_password=True)

    assert buttons(window) == ["Sign in"]
    assert window.password.isVisible()


def test_both_ways_stand_beside_each_other(window: SignInWindow) -> None:
    window.show_ways("Hailan account", passwords=True, may_password=True)

    assert buttons(window) == ["Sign in with Hailan account", "Sign in"]
    assert window.password.isVisible()


def test_password_for_emergencies_is_behind_a_link(window: SignInWindow) -> None:
    window.show_ways("Hailan account", passwords=False, may_password=True)
    assert buttons(window) == ["Sign in with Hailan account", "Sign in with a password instead"]
    assert not window.password.isVisible()

    first(window).by_password.click()

    assert window.password.isVisible()
    assert window.password.hasFocus()
    assert "Sign in" in buttons(window)


def test_password_that_it_takes_away_is_nowhere(window: SignInWindow) -> None:
    window.show_ways("Hailan account", passwords=True, may_password=False)

    assert buttons(window) == ["Sign in with Hailan account"]
    assert not window.password.isVisible()
    assert window.focusWidget() is window.provider_button


def test_enter_in_the_address_goes_to_the_sign_on(window: SignInWindow) -> None:
    wanted: list[str] = []
    window.provider_wanted.connect(wanted.append)
    window.show_ways("Hailan account", passwords=False, may_password=False)

    window.server.setFocus()
    QTest.keyClicks(window.server, "\r")

    assert wanted == [ADDRESS]


def test_without_an_address_nothing_is_begun(window: SignInWindow) -> None:
    window.show_ways("Hailan account", passwords=False, may_password=False)
    window.server.clear()

    assert not window.provider_button.isEnabled()
    assert window.provider_button.toolTip() == "The address of the server is needed."


def test_address_can_be_taken_to_another_browser(window: SignInWindow) -> None:
    window.show_ways("Hailan account", passwords=False, may_password=False)
    window.ask_browser("https://sso.hailan.example/authorize?state=1")
    step = window.browser
    assert step is not None

    step.copy.click()

    assert QGuiApplication.clipboard().text() == "https://sso.hailan.example/authorize?state=1"
    assert "The address was copied." in seen(window)


def test_locked_seat_of_who_has_no_password_is_opened_by_signing_in(look: Look) -> None:
    lock = Lock(look)
    lock.show()
    lock.offer_password(is_there=False)
    lock.ask()

    assert not lock.password.isVisible()
    assert not lock.unlock.isVisible()
    assert lock.focusWidget() is lock.sign_in
    assert "Sign in anew" in seen(lock)
    lock.close()
    lock.deleteLater()


def test_password_that_it_takes_away_is_not_sent_however_it_came(tmp_path: Path, look: Look) -> None:
    with serving(make_site(tmp_path / "site")) as server:
        entrance = Entrance(tmp_path / "seat", look, server, OpenKeyring())
        settings = replace(Settings(), server=server.address, login="lin.yue", password_sign_in=False)
        door = front_door(Paths.below(tmp_path / "other"), Credentials(OpenKeyring()), settings)
        entrance.signing_in.close()
        entrance.signing_in = SigningIn(look, entrance.background, door, lambda: settings)

        entrance.enter()  # as --password-stdin does

        assert entrance.says("this server offers no other way in")
        assert PASSWORD not in seen(entrance.window)
        assert entrance.sign_ins() == 0
        entrance.close()
