"""What happened in the story: told while it happens, pictured, and written to story.json."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from agent_model.words import Words
from demo.seat import Seat

SIZES = ((1366, 768), (1920, 1080))
THEMES = ("dark", "light")
"""Light comes last, so that the story goes on in it."""


class Broken(Exception):
    """Something did not happen; the text says what was seen instead."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of story.json."""

    name: str
    ok: bool
    asserted: str
    ms: int


@dataclass(frozen=True, slots=True)
class Scene:
    """A part of the story. `play` does it and returns what was asserted, or raises Broken.

    It is not tried when a scene it `needs` did not hold. `pose` prepares each picture.
    """

    name: str
    words: Words
    play: Callable[[], str]
    needs: tuple[str, ...] = ()
    pose: Callable[[], object] | None = None


class Record:
    """Plays scenes and keeps what came of them. `language` is that of the lines printed, `seat` what is pictured."""

    def __init__(self, folder: Path, language: str, expected: int, seat: Callable[[], Seat | None]) -> None:
        self._folder = folder
        self._language = language
        self._expected = expected
        self._steps: list[Step] = []
        self._seat = seat

    @property
    def all_held(self) -> bool:
        return len(self._steps) == self._expected and all(step.ok for step in self._steps)

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(self._steps)

    def play(self, scene: Scene) -> None:
        missing = [name for name in scene.needs if not self._held(name)]
        self.say(f"[{len(self._steps) + 1:2}/{self._expected}] {scene.words.in_language(self._language)}", ends="")
        began = time.monotonic()
        if missing:
            ok, asserted = False, f"not tried, because this did not hold: {', '.join(missing)}"
        else:
            ok, asserted = _outcome(scene.play)
        ms = round((time.monotonic() - began) * 1000)
        self._steps.append(Step(scene.name, ok, asserted, ms))
        mark = Words("完成", "done") if ok else Words("失败", "FAILED")
        self.say(f"  {mark.in_language(self._language)} {ms / 1000:.1f} s")
        if not ok:
            self.say(f"        {asserted}")
        if not missing:
            self._take_pictures(scene)
        self.write()

    def write(self) -> None:
        """After every step, so that a story that breaks off leaves what it had."""
        self._folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"steps": [asdict(step) for step in self._steps]}, ensure_ascii=False, indent=1)
        (self._folder / "story.json").write_text(text + "\n", encoding="utf-8")

    def say(self, words: str, ends: str = "\n") -> None:
        sys.stdout.write(words + ends)
        sys.stdout.flush()

    def _held(self, name: str) -> bool:
        return any(step.name == name and step.ok for step in self._steps)

    def _take_pictures(self, scene: Scene) -> None:
        """Of the window; of the sign-in window while that is all there is."""
        seat = self._seat()
        if seat is None:
            return
        number = len(self._steps)
        for theme in THEMES:
            seat.look.choose(theme, 100)
            if seat.sign_in_window is not None:
                seat.sign_in_window.grab().save(str(self._folder / f"{number:02}_{scene.name}_{theme}.png"))
                continue
            for width, height in SIZES:
                with _posed(seat, scene.pose, width, height):
                    name = f"{number:02}_{scene.name}_{theme}_{width}x{height}.png"
                    seat.picture(self._folder / name, width, height)
        if seat.sign_in_window is None:
            seat.window.resize(*SIZES[0])


@contextmanager
def _posed(seat: Seat, pose: Callable[[], object] | None, width: int, height: int) -> Iterator[None]:
    if pose is None:
        yield
        return
    seat.window.resize(width, height)
    seat.until(lambda: seat.window.width() == width)
    pose()
    yield
    seat.press("Esc")


def _outcome(play: Callable[[], str]) -> tuple[bool, str]:
    try:
        return True, play()
    except Broken as broken:
        return False, str(broken)
    except Exception as error:  # noqa: BLE001 - whatever it is, the story says so and goes on
        return False, f"{type(error).__name__}: {error}"
