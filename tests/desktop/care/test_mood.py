"""The question of the week at this workstation: a token while one is signed in, the answer later and without a name."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from agent_desktop.care.mood import Mood
from agent_desktop.errors import ServerUnreachable
from agent_desktop.offline.kept import Kept
from agent_desktop.offline.store import Store
from agent_model.blind_token import BlindKey, is_signed
from agent_model.own_figures import MoodAnswer, MoodQuestion
from tests.fakes import SetClock


class Server:
    """Signs whatever it is sent, and keeps what it was told."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        numbers = rsa.generate_private_key(65537, 2048).private_numbers()
        self.key, self._secret = BlindKey(numbers.public_numbers.n), numbers.d
        self.round: str | None = "home/2026-W47"
        self.until = clock() + timedelta(days=3)
        self.is_there = True
        self.signed: list[int] = []
        self.answers: list[MoodAnswer] = []

    def mood_question(self) -> MoodQuestion:
        return MoodQuestion(self.round, "2026-W47", f"{self.key.modulus:x}", self.until)

    def sign_mood(self, round_id: str, sent: int) -> int:
        assert round_id == self.round
        self.signed.append(sent)
        return pow(sent, self._secret, self.key.modulus)

    def answer_mood(self, answer: MoodAnswer) -> None:
        if not self.is_there:
            raise ServerUnreachable("https://server.example", "no network")
        self.answers.append(answer)


@pytest.fixture
def server(clock: SetClock) -> Server:
    return Server(clock)


@pytest.fixture
def mood(store: Store, server: Server, clock: SetClock) -> Mood:
    return Mood(Kept(store), server, clock, lambda soonest, _latest: soonest)


def test_answer_is_sent_later_with_a_token_that_was_never_shown(mood: Mood, server: Server, clock: SetClock) -> None:
    asked = mood.look()
    assert asked is not None
    assert (asked.week, asked.mark, asked.level) == ("2026-W47", server.key.mark, None)
    mood.answer(4)
    assert not mood.send_due()
    clock.move(minutes=11)
    assert mood.send_due()

    [answer] = server.answers
    assert answer.level == 4
    assert is_signed(server.key, bytes.fromhex(answer.token), int(answer.signature, 16))
    assert int(answer.token, 16) not in server.signed
    assert not mood.send_due()


def test_token_is_signed_once_whether_one_answers_or_not(mood: Mood, server: Server) -> None:
    mood.look()
    mood.look()
    assert len(server.signed) == 1


def test_one_answers_once(mood: Mood, server: Server, clock: SetClock) -> None:
    mood.look()
    mood.answer(2)
    mood.answer(5)
    clock.move(hours=1)
    mood.send_due()
    mood.answer(5)
    asked = mood.look()
    assert asked is not None
    assert asked.level == 2
    assert [answer.level for answer in server.answers] == [2]


def test_answer_waits_for_the_server(mood: Mood, server: Server, clock: SetClock) -> None:
    mood.look()
    mood.answer(3)
    clock.move(hours=1)
    server.is_there = False
    with pytest.raises(ServerUnreachable):
        mood.send_due()
    server.is_there = True
    assert mood.send_due()
    assert len(server.answers) == 1


def test_who_comes_in_again_sends_nothing_at_once(mood: Mood, server: Server, clock: SetClock) -> None:
    mood.look()
    mood.answer(3)
    clock.move(hours=20)
    mood.put_off()
    assert not mood.send_due()
    clock.move(minutes=11)
    assert mood.send_due()


def test_answer_whose_time_is_over_is_given_up(mood: Mood, server: Server, clock: SetClock) -> None:
    mood.look()
    mood.answer(1)
    clock.move(days=4)
    assert mood.send_due()
    assert server.answers == []


def test_nothing_asked_is_nothing_to_answer(mood: Mood, server: Server) -> None:
    server.round = None
    assert mood.look() is None
    mood.answer(3)
    assert not mood.send_due()
