"""Asks the keyring in a thread of its own: a keyring that prompts answers when a person does, and nobody need wait."""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeVar

from agent_desktop.errors import KeyringLocked

NOTICED_AFTER_S: Final = 1.0
"""A keyring that answers by itself does so sooner."""

T = TypeVar("T")


@dataclass(slots=True)
class _Question:
    ask: Callable[[], object]
    answer: object = None
    error: BaseException | None = None
    is_over: threading.Event = field(default_factory=threading.Event)


class KeyringWorker:
    """Questions are asked one after the other, in the order they came; one that nobody waits for any more is asked all
    the same, so that what is written last stays. The thread lives as long as there are questions."""

    def __init__(self) -> None:
        self._questions: deque[_Question] = deque()
        self._change = threading.Condition()
        self._asked_at: float | None = None
        self._goes_without = False
        self._thread: threading.Thread | None = None

    @property
    def is_prompting(self) -> bool:
        """The keyring has not answered for so long that it must be waiting for a person."""
        asked_at = self._asked_at
        return asked_at is not None and time.monotonic() - asked_at > NOTICED_AFTER_S

    def go_without(self) -> None:
        """Whoever waits for the keyring gets KeyringLocked; so does everybody else until it has answered."""
        with self._change:
            self._goes_without = self._asked_at is not None
            self._change.notify_all()

    def do(self, ask: Callable[[], T], patience_s: float | None = None) -> T:
        """What `ask` returns or raises. Raises KeyringLocked when it takes longer than `patience_s` (None: however long
        it takes), or nobody wants to wait."""
        question = _Question(ask)
        with self._change:
            self._questions.append(question)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="keyring", daemon=True)
                self._thread.start()
            has_answered = self._change.wait_for(lambda: question.is_over.is_set() or self._goes_without, patience_s)
            if not has_answered:
                self._goes_without = True
        if not question.is_over.is_set():
            raise KeyringLocked("not waited for")
        if question.error is not None:
            raise question.error
        return question.answer  # type: ignore[return-value]

    def _run(self) -> None:
        while (question := self._next()) is not None:
            try:
                question.answer = question.ask()
            except BaseException as error:  # noqa: BLE001 - it is raised again where it was asked for
                question.error = error
            with self._change:
                self._asked_at = None
                self._goes_without = False
                question.is_over.set()
                self._change.notify_all()

    def _next(self) -> _Question | None:
        with self._change:
            if not self._questions:
                self._thread = None
                return None
            self._asked_at = time.monotonic()
            return self._questions.popleft()
