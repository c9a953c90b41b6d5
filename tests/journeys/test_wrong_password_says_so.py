"""What goes wrong is said in a sentence of the agent's language, with what to do; nothing is lost by it."""

import dataclasses
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from agent_desktop.paths import Paths
from agent_desktop.settings import Settings, SettingsFile
from agent_desktop.ui.strip.buttons import Deed
from demo.beside import beside
from demo.ports import free_port
from demo.seat import MemoryVault, Seat
from demo.server import PASSWORD, DemoServer
from tests.fakes import SmallDisk, locked_keyring
from tests.journeys.company import CUSTOMERS, name_of, phone_of
from tests.journeys.conftest import Ring, Sit
from tests.journeys.refusing_switch import RefusingSwitch
from tests.journeys.sight import is_asking, is_in_step, notices, words

WRONG = {
    "en": "The name or the password is wrong. Check both and try again.",
    "zh_CN": "工号或密码不正确。请核对后重试。",
}
AWAY = {"en": "The server {address} does not answer.", "zh_CN": "服务器 {address} 没有响应。"}


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_wrong_password_says_so_and_the_right_one_opens_the_desk(sit: Sit, language: str) -> None:
    seat = sit(language=language, password=None, ready=is_asking)
    asked = seat.sign_in_window
    assert asked is not None
    assert asked.login.text() == "lin.yue"
    asked.password.setFocus()
    seat.type("not this one")
    seat.press("Return")
    assert seat.until(lambda: WRONG[language] in words(asked))
    assert asked.password.selectedText()

    seat.type(PASSWORD)
    seat.press("Return")

    assert seat.until(lambda: seat.program.window is not None)
    assert seat.sign_in_window is None


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_server_that_does_not_answer_is_named(sit: Sit, language: str) -> None:
    address = f"http://127.0.0.1:{free_port()}"

    seat = sit(language=language, address=address, ready=is_asking)

    asked = seat.sign_in_window
    assert asked is not None
    assert AWAY[language].format(address=address) in words(asked)
    asked.password.setFocus()
    seat.press("Ctrl+F1")
    report = seat.program.diagnostics.bundle_window
    assert report is not None
    assert seat.until(report.save.isEnabled)
    assert "lin.yue" not in report.text.toPlainText()
    report.close()


def test_desk_opens_without_the_server_for_whoever_was_in_before(
    sit: Sit, ring: Ring, own_server: DemoServer, tmp_path: Path
) -> None:
    vault, home = MemoryVault(), tmp_path / "seat"
    assert _left(sit(home=home, vault=vault))
    own_server.kill()

    seat = sit(home=home, vault=vault, password=None, ready=_is_open)

    assert seat.until(seat.window.offline_banner.isVisible)
    assert "The server does not answer; you are working with local data." in words(seat.window.offline_banner)
    ring(seat, phone_of(CUSTOMERS[26]), X_Queue="support", X_Call_Ref="journey-81")
    assert seat.until(lambda: name_of(CUSTOMERS[26]) in words(seat.window.customer.header))


def test_refused_line_is_said_and_the_desk_stays_usable(sit: Sit, switch: RefusingSwitch, tmp_path: Path) -> None:
    home = tmp_path / "seat"
    _settings(home, sip_registrar=switch.address, sip_domain="127.0.0.1")

    seat = sit(home=home)

    sentence = (
        "The telephone switch does not let your line in (403), so no calls come in. Ask IT whether your line is locked."
    )
    assert seat.until(seat.window.phone_banner.isVisible)
    assert sentence in words(seat.window.phone_banner)
    assert sentence in notices(seat)
    assert not seat.window.strip.buttons[Deed.DIAL].isEnabled()
    seat.press("Ctrl+N")
    assert seat.window.right.form.subject.hasFocus()


def test_missing_microphone_is_said_once_and_the_call_goes_on(sit: Sit, ring: Ring) -> None:
    seat = sit()
    sentence = "No microphone was found. Plug in your headset; callers hear nothing until then."

    assert seat.until(lambda: sentence in notices(seat))
    caller = ring(seat, phone_of(CUSTOMERS[27]), X_Call_Ref="journey-82")
    seat.press("F9")

    assert caller.wait_for("connected")
    assert seat.until(seat.window.strip.talking.isVisible)
    assert notices(seat).count(sentence) == 1


def test_full_disk_is_said_and_the_text_stays_until_there_is_room(sit: Sit) -> None:
    disk = SmallDisk()
    seat = sit(sealing=disk)
    form = seat.window.right.form
    seat.press("Ctrl+N")
    disk.fill()

    seat.type("a subject that finds no room")
    form.description.setFocus()
    form.description.setPlainText("much to say " * 1_500)

    assert seat.until(lambda: "The disk is full" in words(form))
    assert form.subject.text() == "a subject that finds no room"
    disk.make_room()
    drafts = seat.workspace._rooms.drafts
    assert seat.until(lambda: [draft.subject for draft in drafts.all()] == ["a subject that finds no room"])


def test_damaged_cache_is_fetched_again_and_unsent_work_is_kept(
    sit: Sit, own_server: DemoServer, tmp_path: Path
) -> None:
    vault, home = MemoryVault(), tmp_path / "seat"
    before = sit(home=home, vault=vault)
    own_server.kill()
    before.press("Ctrl+N")
    before.type("kept through the damage")
    assert before.until(lambda: before.workspace._rooms.drafts.all())
    assert _left(before)
    own_server.start()
    [cache] = Paths.below(home).data.glob("*/*/cache.db")
    _break(cache)

    seat = sit(home=home, vault=vault, password=None, ready=is_in_step)

    assert seat.until(lambda: seat.window.right.form.subject.text() == "kept through the damage")
    assert seat.workspace._rooms.book.customer(CUSTOMERS[28].customer.id) is not None  # type: ignore[arg-type]
    assert (cache.parent / "quarantine").is_dir()
    with closing(beside(cache)) as database:
        assert database.execute("PRAGMA quick_check").fetchone() == ("ok",)


def test_locked_keyring_is_said_and_the_password_opens_the_desk(sit: Sit) -> None:
    seat = sit(vault=locked_keyring(), password=None, ready=is_asking)
    asked = seat.sign_in_window
    assert asked is not None
    sentence = "The keyring of this computer is locked. Unlock it, or sign in with your password every time."
    assert sentence in words(asked)

    asked.password.setFocus()
    seat.type(PASSWORD)
    seat.press("Return")

    assert seat.until(lambda: seat.program.window is not None)
    assert sentence in notices(seat)


@pytest.fixture
def switch() -> Iterator[RefusingSwitch]:
    refusing = RefusingSwitch()
    yield refusing
    refusing.close()


def _is_open(seat: Seat) -> bool:
    return seat.program.window is not None


def _left(seat: Seat) -> bool:
    return seat.stop()


def _settings(home: Path, **wanted: str) -> None:
    SettingsFile(Paths.below(home).settings).write(dataclasses.replace(Settings(), **wanted))  # type: ignore[arg-type]


def _break(database: Path) -> None:
    """Everything after the header becomes nonsense, and the log beside it is gone."""
    size = database.stat().st_size
    with database.open("r+b") as file:
        file.seek(100)
        file.write(b"\xa5" * (size - 100))
    for log in database.parent.glob("cache.db-*"):
        log.unlink()
