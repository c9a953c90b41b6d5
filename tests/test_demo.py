"""The demo's own machinery: what a story writes down, what its callers say, and the screen it plays on."""

import json
import os
import subprocess
import sys
import wave
from pathlib import Path

import pytest

from agent_model.words import Words
from demo import speech
from demo.__main__ import main
from demo.record import Broken, Record, Scene
from demo.screen import a_screen
from demo.shift import LOUD, loudest


def _broken() -> str:
    raise Broken("the strip does not ring")


def _scene(name: str, ok: bool, needs: tuple[str, ...] = ()) -> Scene:
    return Scene(name, Words("一步", "a step"), (lambda: "it rang") if ok else _broken, needs)


def _played(folder: Path, *scenes: Scene) -> Record:
    record = Record(folder, "en", len(scenes), lambda: None)
    for scene in scenes:
        record.play(scene)
    return record


def test_story_whose_steps_all_hold_has_held(tmp_path: Path) -> None:
    record = _played(tmp_path, _scene("one", ok=True), _scene("two", ok=True, needs=("one",)))

    assert record.all_held
    told = json.loads((tmp_path / "story.json").read_text(encoding="utf-8"))
    assert [(step["name"], step["ok"], step["asserted"]) for step in told["steps"]] == [
        ("one", True, "it rang"),
        ("two", True, "it rang"),
    ]


def test_broken_step_says_why_and_stops_only_what_needs_it(tmp_path: Path) -> None:
    record = _played(
        tmp_path, _scene("one", ok=False), _scene("two", ok=True, needs=("one",)), _scene("three", ok=True)
    )

    assert not record.all_held
    assert [(step.ok, step.asserted) for step in record.steps] == [
        (False, "the strip does not ring"),
        (False, "not tried, because this did not hold: one"),
        (True, "it rang"),
    ]


def test_story_that_breaks_off_has_not_held(tmp_path: Path) -> None:
    record = Record(tmp_path, "en", 2, lambda: None)

    record.play(_scene("one", ok=True))

    assert not record.all_held


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_callers_can_be_heard(tmp_path: Path, language: str) -> None:
    spoken = speech.speak("你好 hello", language, tmp_path / "said.wav")

    assert loudest(spoken) > LOUD
    with wave.open(str(spoken), "rb") as reader:
        assert (reader.getnchannels(), reader.getsampwidth(), reader.getframerate()) == (1, 2, 16_000)


def test_caller_murmurs_where_no_speech_can_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    assert loudest(speech.speak("你好，我想查账单。", "zh-CN", tmp_path / "said.wav")) > LOUD


def test_screen_that_is_there_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":7")

    with a_screen():
        assert os.environ["DISPLAY"] == ":7"


@pytest.mark.timeout(600)
def test_whole_story_holds(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "demo", "--headless", "--lang", "en", "--customers", "500", "--out", str(tmp_path)]
    of_tests = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    nobodys = {name: value for name, value in os.environ.items() if name not in of_tests}

    played = subprocess.run(
        words, env=nobodys, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )

    assert played.returncode == 0, played.stdout
    told = json.loads((tmp_path / "story.json").read_text(encoding="utf-8"))
    assert len(told["steps"]) > 20
    assert all(step["ok"] for step in told["steps"]), told["steps"]


def test_unknown_wish_ends_with_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--lang", "fr"])

    assert ended.value.code == 2
    assert "--lang" in capsys.readouterr().err
