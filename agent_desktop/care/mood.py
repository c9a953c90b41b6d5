"""The question of the week, answered so that the server cannot tell by whom (decision 0024).

A token is signed blind while one is signed in; the answer is sent at another moment, without the sign-in.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from agent_desktop.errors import ServerRefused
from agent_desktop.offline.kept import Kept
from agent_model.blind_token import Blinded, BlindKey, blinded, signature_of
from agent_model.moment import from_text, to_text
from agent_model.own_figures import MoodAnswer, MoodQuestion

NAME: Final = "mood"
GIVEN_UP: Final = ("no_such_question", "bad_token")
"""Its time was over by the server's clock, or the server has begun anew."""
SOONEST_MIN, LATEST_MIN = 10, 4 * 60
"""When an answer is sent after it was given: nobody is to see from the moment whose it is."""


class MoodServer(Protocol):
    """What is asked of the server; `answer_mood` without anybody's name. Raises what every request raises."""

    def mood_question(self) -> MoodQuestion: ...

    def sign_mood(self, round_id: str, sent: int) -> int: ...

    def answer_mood(self, answer: MoodAnswer) -> None: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """`mark` is the same for everybody who is asked with it; `level` is what was answered, None before."""

    week: str
    mark: str
    level: int | None


@dataclass(frozen=True, slots=True)
class _State:
    """As it is on the disk. What an answer is made of is gone once it was sent."""

    round: str
    week: str
    modulus: str
    until: str
    token: str = ""
    sent: str = ""
    factor: str = ""
    signature: str = ""
    level: int | None = None
    send_at: str = ""


class Mood:
    """`minutes(soonest, latest)` is a moment between the two by chance."""

    def __init__(
        self, kept: Kept, server: MoodServer, clock: Callable[[], datetime], minutes: Callable[[int, int], int]
    ) -> None:
        self._kept, self._server, self._clock, self._minutes = kept, server, clock, minutes

    def look(self) -> Asked | None:
        """What is asked now, None when nothing is; the token is signed with it, whether one answers or not. Raises
        ServerUnreachable, ServerRefused, AnswerGarbled and what the store raises."""
        question, state = self._server.mood_question(), self._state()
        if question.round is None or question.until is None:
            return None
        key = BlindKey(int(question.modulus, 16))
        if state is None or state.round != question.round:
            made = blinded(key)
            state = _State(question.round, question.week, question.modulus, to_text(question.until))
            state = replace(state, token=made.token.hex(), sent=f"{made.sent:x}", factor=f"{made.factor:x}")
            self._keep(state)
        if not state.signature and state.sent:
            made = Blinded(bytes.fromhex(state.token), int(state.sent, 16), int(state.factor, 16))
            signature = signature_of(key, made, self._server.sign_mood(state.round, made.sent))
            state = replace(state, signature=f"{signature:x}")
            self._keep(state)
        return Asked(state.week, key.mark, state.level)

    def answer(self, level: int) -> None:
        """On the disk when it returns; once. It is sent later (`send_due`)."""
        state = self._state()
        if state is None or state.level is not None:
            return
        at = self._clock() + timedelta(minutes=self._minutes(SOONEST_MIN, LATEST_MIN))
        self._keep(replace(state, level=level, send_at=to_text(at)))

    def put_off(self) -> None:
        """Whoever has just come in sends nothing at once: that would tell who it is."""
        state = self._state()
        if state is not None and state.send_at and from_text(state.send_at) <= self._clock():
            at = self._clock() + timedelta(minutes=self._minutes(SOONEST_MIN, LATEST_MIN // 4))
            self._keep(replace(state, send_at=to_text(at)))

    def send_due(self) -> bool:
        """Sends the answer whose moment has come, or gives up one whose time is over; whether there was one."""
        state = self._state()
        if state is None or not state.send_at or state.level is None or self._clock() < from_text(state.send_at):
            return False
        if self._clock() < from_text(state.until):
            try:
                self._server.answer_mood(MoodAnswer(state.round, state.token, state.signature, state.level))
            except ServerRefused as error:
                if error.code not in GIVEN_UP:
                    raise
        self._keep(replace(state, token="", sent="", factor="", signature="", send_at=""))
        return True

    def _state(self) -> _State | None:
        text = self._kept.read(NAME)
        plain: dict[str, Any] = json.loads(text) if text else {}
        return _State(**plain) if plain else None

    def _keep(self, state: _State) -> None:
        names = _State.__dataclass_fields__
        self._kept.keep(NAME, json.dumps({name: getattr(state, name) for name in names}))
