"""Words: complete in Chinese, never built from pieces that a translator cannot see, and formats as promised."""

import ast
import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import PySide6
import pytest

from agent_desktop.errors import (
    AccountLocked,
    AnswerGarbled,
    AskedTooOften,
    CacheDamaged,
    ClientTooOld,
    CodeUsed,
    CursorExpired,
    DeskError,
    DeviceBlocked,
    DiskFull,
    FolderNotWritable,
    KeyringLocked,
    KeyringMissing,
    NewerData,
    NoRoomForCopy,
    OutboxDamaged,
    ScopeNotYours,
    SecondFactorNeeded,
    SecondFactorNotSet,
    ServerRefused,
    ServerUnreachable,
    SignInExpired,
    StoreBusy,
    StoreError,
    TooManyAttempts,
    WaitsForNewer,
    WentBack,
    WrongCode,
    WrongPassword,
)
from agent_desktop.softphone.account import NotRegistered, RegistrarUnreachable, RegistrationRefused, Trouble
from agent_desktop.softphone.call import EndReason
from agent_desktop.softphone.events import Refusal
from agent_desktop.tickets.draft import Lack
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.messages.calls import explain_end, explain_not_recorded, explain_refusal
from agent_desktop.ui.messages.line import explain_registration
from agent_desktop.ui.messages.trouble import explain, explain_lack
from tests.ui.desk import HANGZHOU, RESOURCES

ROOT = Path(__file__).parents[2]
CATALOGUE = RESOURCES / "translations" / "agent_desktop_zh_CN.ts"
SOURCES = sorted((ROOT / "agent_desktop" / "ui").rglob("*.py"))


def tool(name: str) -> str:
    """lupdate and lrelease come inside PySide6_Essentials, on every system."""
    found = shutil.which(name, path=str(Path(PySide6.__file__).parent)) or shutil.which(f"pyside6-{name}")
    assert found is not None
    return found


def test_every_text_of_the_screen_has_its_chinese(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.ts"
    shutil.copy(CATALOGUE, fresh)
    sources = [str(path.relative_to(ROOT)) for path in SOURCES]
    subprocess.run(
        [
            shutil.which("pyside6-lupdate") or tool("lupdate"),
            *sources,
            "-locations",
            "none",
            "-no-obsolete",
            "-ts",
            fresh,
        ],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    released = subprocess.run(
        [tool("lrelease"), str(fresh), "-qm", str(tmp_path / "fresh.qm")], check=True, capture_output=True, text=True
    )
    said = released.stdout + released.stderr
    assert "0 unfinished" in said
    assert "untranslated" not in said, said
    assert 'type="vanished"' not in CATALOGUE.read_text(encoding="utf-8")


def test_chinese_keeps_every_place_holder() -> None:
    from string import Formatter
    from xml.etree import ElementTree as ET

    wrong = []
    for message in ET.parse(CATALOGUE).getroot().iter("message"):  # noqa: S314
        source, translation = message.findtext("source", ""), message.findtext("translation", "")
        names = [sorted(name for _, name, _, _ in Formatter().parse(text) if name) for text in (source, translation)]
        if names[0] != names[1]:
            wrong.append(source)
    assert wrong == []


def translated_calls(tree: ast.AST) -> list[ast.Call]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [call for call in calls if _name(call.func) in ("tr", "translate")]


def _name(function: ast.expr) -> str:
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_only_whole_literal_sentences_are_given_to_the_translator(path: Path) -> None:
    calls = translated_calls(ast.parse(path.read_text(encoding="utf-8")))
    wrong = [
        call.lineno
        for call in calls
        if not all(isinstance(word, ast.Constant) for word in call.args[: 1 if _name(call.func) == "tr" else 2])
    ]
    assert wrong == []


def test_a_text_built_by_an_f_string_would_be_found() -> None:
    call = translated_calls(ast.parse('self.tr(f"{n} calls")'))[0]
    assert not isinstance(call.args[0], ast.Constant)


PATH = Path("cache.db")
ERRORS: list[Exception] = [
    WrongPassword(401, "wrong_password"),
    AccountLocked(403, "locked"),
    TooManyAttempts(429, "slow_down", 30),
    AskedTooOften(429, "too_many_requests", 30),
    SignInExpired(401, "expired"),
    SecondFactorNeeded(401, "second_factor_needed"),
    SecondFactorNotSet(403, "second_factor_not_set"),
    WrongCode(401, "wrong_code"),
    CodeUsed(401, "code_used"),
    DeviceBlocked(403, "device_locked"),
    DeviceBlocked(403, "device_wiped"),
    ClientTooOld(426, "client_too_old"),
    ClientTooOld(426, "client_too_old", "1.4.0"),
    ClientTooOld(426, "client_too_new"),
    ClientTooOld(426, "client_too_new", newest="1.6"),
    CursorExpired(410, "cursor_expired"),
    ScopeNotYours(403, "scope"),
    ServerRefused(500, "internal"),
    ServerUnreachable("https://desk.example", "refused"),
    AnswerGarbled("https://desk.example", "not JSON"),
    DiskFull(PATH),
    CacheDamaged(PATH),
    OutboxDamaged(PATH),
    NewerData(PATH, ""),
    NewerData(PATH, "9.0.0"),
    NewerData(PATH, "9.0.0", "1.0.0"),
    WentBack(PATH, 2, has_cache=True),
    WentBack(PATH, 2, has_cache=False),
    WaitsForNewer(PATH, 2),
    NoRoomForCopy(PATH),
    StoreBusy(PATH),
    FolderNotWritable(PATH),
    StoreError(PATH),
    KeyringLocked(),
    KeyringMissing(),
    DeskError(),
    ValueError("?"),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_every_trouble_is_whole_sentences_that_say_what_to_do(error: Exception) -> None:
    words = explain(error)
    assert words.endswith(".")
    assert len(words.split()) >= 8


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_why_a_call_is_not_recorded_is_whole_sentences_that_say_what_to_do(error: Exception) -> None:
    words = explain_not_recorded(error)
    assert words.endswith(".")
    assert len(words.split()) >= 8


def test_no_two_known_troubles_are_told_alike() -> None:
    sentences = [explain(error) for error in ERRORS[:-2]]
    assert len(set(sentences)) == len(sentences)


def test_every_trouble_of_the_line_has_its_own_words() -> None:
    sentences = [explain_registration(RegistrarUnreachable(500, "", 2, trouble)) for trouble in Trouble]
    sentences += [explain_registration(RegistrationRefused(code, "")) for code in (401, 403, 404, 489)]
    sentences += [explain_registration(NotRegistered())]
    assert len(set(sentences)) == len(sentences)


def test_every_end_refusal_and_lack_has_its_own_words() -> None:
    sentences = [explain_end(reason, 500) for reason in EndReason]
    sentences += [explain_refusal(refusal) for refusal in Refusal]
    sentences += [explain_lack(lack, 200) for lack in Lack]
    assert len(set(sentences)) == len(sentences)


NOW = datetime(2026, 11, 21, 2, 41, tzinfo=UTC)
ZH, EN = Formats("zh_CN", HANGZHOU), Formats("en", HANGZHOU)


@pytest.mark.parametrize(
    ("moment", "zh", "en"),
    [
        (NOW, "10:41", "10:41\u202fAM"),
        (NOW - timedelta(days=2), "周四 10:41", "Thu 10:41\u202fAM"),
        (NOW + timedelta(days=2), "周一 10:41", "Mon 10:41\u202fAM"),
        (NOW + timedelta(days=7), "11月28日", "28 Nov"),
        (NOW - timedelta(days=9), "11月12日", "12 Nov"),
        (NOW - timedelta(days=400), "2025年10月17日", "17 Oct 2025"),
    ],
    ids=["today", "this week", "soon", "later", "this year", "older"],
)
def test_moments_are_as_short_as_they_can_be(moment: datetime, zh: str, en: str) -> None:
    assert (ZH.moment(moment, NOW), EN.moment(moment, NOW)) == (zh, en)


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "00:00"), (222, "03:42"), (3599, "59:59"), (3600, "1:00:00"), (None, "—")]
)
def test_durations_get_hours_only_from_an_hour_on(seconds: float | None, words: str) -> None:
    assert ZH.duration(seconds) == words


def test_figures_are_grouped_and_nothing_is_a_dash() -> None:
    assert ZH.money(12_840_000) == "¥128,400"
    assert ZH.money(1_050) == "¥10.50"
    assert ZH.percent(0.824) == "82%"
    assert ZH.percent(0.824, 1) == "82.4%"
    assert (ZH.percent(None), ZH.decimal(None)) == ("—", "—")
    assert ZH.full(NOW) == "2026-11-21 10:41:00 UTC+08:00"
    assert ZH.day(date(2026, 11, 2), date(2026, 11, 21)) == "11月2日"
