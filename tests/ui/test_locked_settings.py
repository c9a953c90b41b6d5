"""What IT has decided, where people would choose: greyed with the reason, in a sentence, and refused all the same."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy

from agent_desktop.app import call_policy, main
from agent_desktop.link_handler import entry_for, registry_values, schemes_of
from agent_desktop.paths import Paths
from agent_desktop.policy.written import Rank, Source
from agent_desktop.seat_lock import SeatLock
from agent_desktop.settings import Settings
from agent_desktop.single_instance import Knock, claim_or_knock
from agent_desktop.softphone.policy import AutoAnswer
from agent_desktop.ui.appearance.language import chosen_language, offered_languages
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.background import Background
from agent_desktop.ui.desks.dialling import Dialling
from agent_desktop.ui.desks.idle_lock import IdleLock
from agent_desktop.ui.sign_in.window import SignInWindow
from agent_desktop.ui.window.main_window import MainWindow
from agent_model.desk_policy import DeskPolicy
from agent_model.phone_number import DialPlan
from tests.fakes import SetClock
from tests.policies import managed, places

pytestmark = pytest.mark.usefixtures("own_log")

FILE = "/etc/agent-desktop/policies/managed/10.json"
BY_IT = Source(Rank.MACHINE, FILE)


def test_page_says_which_settings_are_locked_and_where(window: MainWindow) -> None:
    page = window.pages.settings
    page.show_locked({"theme": BY_IT, "headset_buttons": BY_IT, "sip_domain": BY_IT})

    assert [control.isEnabled() for control in (page.theme, page.at_hand.headset, page.scale)] == [False, False, True]
    assert page.theme.toolTip() == f"Set by your organisation\n{FILE}"
    words = "Set by your organisation: Theme, The headset's buttons answer, mute and hang up. It is written in "
    assert page.locked_words.full_text == f"{words}{FILE}."
    assert not page.locked_words.isHidden()


def test_page_without_policy_says_nothing_of_it(window: MainWindow) -> None:
    window.pages.settings.show_locked({})
    assert window.pages.settings.locked_words.isHidden()


def test_page_offers_the_languages_that_it_offers(window: MainWindow) -> None:
    page = window.pages.settings
    page.show_settings(replace(Settings(), languages_offered="en"))
    assert [page.language.itemData(at) for at in range(page.language.count())] == ["", "en"]


@pytest.mark.parametrize(
    ("setting", "offered", "spoken"),
    [("en", "zh_CN,en", "en"), ("en", "zh_CN", "zh_CN"), ("zh_CN", "en", "en"), ("zh_CN", "fr", "zh_CN")],
)
def test_language_that_is_not_offered_is_not_spoken(setting: str, offered: str, spoken: str) -> None:
    assert chosen_language(setting, offered_languages(offered)) == spoken


@pytest.fixture
def sign_in(look: Look) -> Iterator[SignInWindow]:
    made = SignInWindow(look)
    yield made
    made.close()
    made.deleteLater()


def test_locked_server_cannot_be_typed_over_and_says_why(sign_in: SignInWindow) -> None:
    sign_in.show_known("https://desk.example", "lin.yue")
    sign_in.lock_server(f"Set by your organisation\n{FILE}")
    sign_in.show_busy(busy=True)
    sign_in.show_busy(busy=False)
    sign_in.show()

    assert not sign_in.server.isEnabled()
    assert sign_in.wanted.server == "https://desk.example"
    assert FILE in sign_in.server.accessibleDescription()
    assert sign_in._first.locked_words.full_text == "Set by your organisation"


def test_link_of_a_kind_that_is_closed_is_refused_in_words(window: MainWindow) -> None:
    dialled: list[str] = []
    dialling = Dialling(DialPlan("CN", "571"), window, dialled.append, lambda *_: None, window)
    told = QSignalSpy(dialling.told)
    dialling.use(links_dial=True, kinds=schemes_of("callto"))

    dialling.take_link("TEL:+8613800006721")
    dialling.take_link("callto:+8613800006721")

    assert (dialled, told.count()) == (["+8613800006721"], 1)
    assert "no such links" in told.at(0)[0]


def test_links_are_registered_for_the_kinds_that_are_open() -> None:
    entry = entry_for("[Desktop Entry]\nExec=x\nMimeType=x\n", ["agent-desktop"], Path("i"), schemes_of("tel, callto"))
    assert "MimeType=x-scheme-handler/tel;x-scheme-handler/callto;\n" in entry
    keys = {name for key, name, _ in registry_values("x.exe", schemes_of("sip")) if key.endswith("URLAssociations")}
    assert keys == {"sip"}


def test_links_are_not_registered_where_none_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AGENT_DESKTOP_HOME", str(tmp_path / "home"))
    managed(tmp_path / "etc", {"url_handlers": "none"})
    assert main(["--register-links"], places(tmp_path / "etc")) == 1
    assert "url_handlers" in capsys.readouterr().err


def test_session_starts_nothing_where_nobody_wants_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AGENT_DESKTOP_HOME", str(tmp_path / "home"))
    assert main(["--autostart"], places(tmp_path / "etc")) == 0
    assert not (tmp_path / "home" / "run").exists()


def test_session_starts_the_program_where_it_wants_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AGENT_DESKTOP_HOME", str(tmp_path / "home"))
    managed(tmp_path / "etc", {"autostart": True})
    claim = claim_or_knock(Paths.of_user().run, Knock())
    assert claim is not None, "the program that would start finds one that runs, and ends"
    with closing(claim), ThreadPoolExecutor(1) as door:
        heard = door.submit(claim.read)
        assert main(["--autostart"], places(tmp_path / "etc")) == 0
        assert heard.result(10) == Knock.with_link()


def test_calls_are_answered_as_the_setting_says() -> None:
    assert call_policy(replace(Settings(), sip_auto_answer="always")).auto_answer is AutoAnswer.ALWAYS


@pytest.mark.parametrize(
    ("server_min", "own_min", "locked_after"), [(10, 3, 3), (5, 30, 5), (0, 4, 4), (6, 0, 6)],
    ids=["own-is-stricter", "server-is-stricter", "server-has-none", "own-has-none"],
)  # fmt: skip
def test_workstation_locks_by_the_stricter_of_both(
    window: MainWindow, tmp_path: Path, server_min: int, own_min: int, locked_after: int
) -> None:
    clock, background = SetClock(), Background()
    lock = IdleLock(window, background, SeatLock(tmp_path), clock, lambda _: False, lambda: False, own_min)
    lock.learn(DeskPolicy(lock_after_min=server_min))

    seen = []
    for early_s in (1, 0):
        lock.tick(clock.now + timedelta(minutes=locked_after, seconds=-early_s))
        seen.append(lock.is_locked)
    assert seen == [False, True]
    assert background.close(5)
