"""The program starts itself again after a wipe or for its next version, with what it was told for good."""

from datetime import UTC, datetime

from agent_desktop.app import words_again
from agent_desktop.session import READING, AgentSession, Left, left_in
from agent_model.agent import Agent, AgentId, AgentState, QueueId, Role, TeamId
from agent_model.words import Words

ME = Agent(AgentId("a-1"), "a", Words("甲", "A"), Role.AGENT, "1001", TeamId("home"), (QueueId("billing"),))


def test_a_number_is_not_dialled_twice() -> None:
    words = ["--server", "https://desk.example.org", "--password-stdin", "tel:+8613900000000"]
    assert words_again(words, "tel:+8613900000000") == ["--server", "https://desk.example.org"]
    assert words_again(["-m", "agent_desktop", "--autostart"], "") == ["-m", "agent_desktop"]


def test_a_break_goes_on_and_everything_else_is_ready() -> None:
    session = AgentSession(ME, lambda: datetime.now(UTC))
    assert left_in(session.ready()) == Left()
    at_break = left_in(session.take_break("short"))
    assert at_break == Left(AgentState.BREAK, "short")
    assert Left.of(str(at_break)) == at_break
    assert left_in(session.take_break(READING)) == Left()
    assert [Left.of(written) for written in ("", "ready", "break", "x y")] == [Left()] * 4
