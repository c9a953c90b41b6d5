"""Passwords are switched off: an agent signs in at the organisation's own page, and is what their groups there say."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from agent_desktop.ui.sign_in.browser import BrowserStep
from agent_model.agent import Role
from demo.seat import MemoryVault, Seat
from demo.server import DemoServer
from tests.identity_provider import Browser, RealProvider
from tests.journeys.company import serving
from tests.journeys.conftest import Sit, leave
from tests.journeys.sight import is_asking, is_in_step, words
from tests.policies import managed
from tests.server.sign_ons import AGENTS, LEADS, write_sign_on

BUTTON = {"en": "Sign in with Hailan account", "zh_CN": "使用海岚账号登录"}
LIN = {"preferred_username": "lin.yue", "name": "林悦", "groups": ["cc-agents"]}


class Person(QObject):
    """Whoever sits there, with the browser that the desktop opens for them."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.cancels = False
        self.page = ""
        self._browser = Browser()
        QDesktopServices.setUrlHandler("http", self, "see")  # type: ignore[arg-type]  # bytes are refused, whatever its types say

    @Slot(QUrl)
    def see(self, url: QUrl) -> None:
        self.opened.append(url.toString())
        address = url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
        back = self._browser.press_cancel(address) if self.cancels else self._browser.sign_in(address, "sub-lin")
        self.page = self._browser.http.get(back).text

    def close(self) -> None:
        QDesktopServices.unsetUrlHandler("http")
        self._browser.close()


@pytest.fixture
def person() -> Iterator[Person]:
    made = Person()
    yield made
    made.close()


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealProvider]:
    with RealProvider(tmp_path_factory.mktemp("provider"), {}) as running:
        yield running


@pytest.fixture
def own_server(company: Path, tmp_path: Path, provider: RealProvider) -> Iterator[DemoServer]:
    provider.tell({"sub-lin": LIN})
    prepared = shutil.copytree(company, tmp_path / "prepared")
    lines = ('passwords = "break_glass"', 'break_glass = ["root"]')
    write_sign_on(Path(prepared), provider.issuer, *lines, tables=LEADS + AGENTS)
    with serving(prepared, tmp_path / "server") as server:
        yield server


def offers_the_provider(seat: Seat) -> bool:
    asked = seat.sign_in_window
    return is_asking(seat) and asked is not None and bool(asked.organisation)


def test_sso_sign_in_and_role(
    sit: Sit, own_server: DemoServer, provider: RealProvider, person: Person, tmp_path: Path
) -> None:
    home, policy = tmp_path / "seat", managed(tmp_path / "etc", {"sign_on.password": False})
    seat = sit(home=home, policy=policy, password=None, ready=offers_the_provider)
    asked = seat.sign_in_window
    assert asked is not None
    assert not asked.password.isVisible()
    assert asked.focusWidget().accessibleName() == BUTTON["en"]

    seat.press("Return")

    assert seat.until(lambda: seat.program.window is not None)
    assert "Go on in Agent Desktop. You can close this page." in person.page
    assert seat.sign_in_window is None
    agent = seat.workspace._rooms.agent
    assert (agent.role, list(agent.queues)) == (Role.AGENT, ["support"])
    assert seat.until(lambda: is_in_step(seat))
    assert seat.until(lambda: seat.window.lock.password.isHidden())  # a locked seat asks for no password either
    assert leave(seat)

    provider.tell({"sub-lin": {**LIN, "groups": ["cc-agents", "cc-leads"]}})
    later = sit(home=home, policy=policy, vault=MemoryVault(), password=None, ready=offers_the_provider)
    later.press("Return")

    assert later.until(lambda: later.program.window is not None)
    agent = later.workspace._rooms.agent
    assert (agent.role, sorted(agent.queues)) == (Role.TEAM_LEAD, ["billing", "support"])


@pytest.mark.parametrize(
    ("language", "words_said"),
    [
        ("en", "You were not signed in: the sign-in was cancelled in the browser."),
        ("zh_CN", "未登录：浏览器中的登录已取消。"),
    ],
)
def test_who_cancels_in_the_browser_is_told_so_and_may_begin_again(
    sit: Sit, own_server: DemoServer, person: Person, language: str, words_said: str
) -> None:
    seat = sit(language=language, password=None, ready=offers_the_provider)
    asked = seat.sign_in_window
    assert asked is not None
    person.cancels = True
    seat.press("Return")
    assert seat.until(lambda: words_said in words(asked))
    assert asked.focusWidget().accessibleName() == BUTTON[language]

    person.cancels = False
    seat.press("Return")

    assert seat.until(lambda: seat.program.window is not None)
    assert len(person.opened) == 2


def test_who_gives_up_in_the_window_comes_back_to_it(sit: Sit, own_server: DemoServer, person: Person) -> None:
    QDesktopServices.unsetUrlHandler("http")
    opened = Waits(person)
    seat = sit(password=None, ready=offers_the_provider)
    asked = seat.sign_in_window
    assert asked is not None
    seat.press("Return")
    assert seat.until(lambda: isinstance(asked.step, BrowserStep) and bool(opened.urls))
    assert "Hailan account" in words(asked)

    step = asked.browser
    assert step is not None
    step.cancel.click()

    assert asked.provider_button.isVisible()
    assert asked.provider_button.isEnabled()


class Waits(QObject):
    """A browser in which nobody does anything."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.urls: list[str] = []
        QDesktopServices.setUrlHandler("http", self, "see")  # type: ignore[arg-type]  # bytes are refused, whatever its types say

    @Slot(QUrl)
    def see(self, url: QUrl) -> None:
        self.urls.append(url.toString())
