from dataclasses import replace
from datetime import timedelta

import pytest

from agent_desktop.session import READING, AgentSession, Seat
from agent_model.agent import Agent, AgentId, AgentState, Role, TeamId
from agent_model.words import Words
from tests.fakes import SetClock

AGENT = Agent(AgentId("A-1"), "lin", Words("林", "Lin"), Role.AGENT, "8001", TeamId("t"), ())
READY, BREAK, ON_CALL, WORK = AgentState.READY, AgentState.BREAK, AgentState.ON_CALL, AgentState.AFTER_CALL_WORK


@pytest.fixture
def seen() -> list[Seat]:
    return []


@pytest.fixture
def session(clock: SetClock, seen: list[Seat]) -> AgentSession:
    made = AgentSession(AGENT, clock, wrap_up_s=60, changed=seen.append)
    made.ready()
    return made


def test_call_leads_through_after_call_work_to_ready(session: AgentSession, clock: SetClock, seen: list[Seat]) -> None:
    session.call_began("1")
    session.call_ended("1")
    clock.move(seconds=59)
    session.tick()
    clock.move(seconds=1)
    session.tick()
    assert [seat.entry.state for seat in seen] == [READY, ON_CALL, WORK, READY]


def test_break_chosen_during_the_call_begins_after_its_work(session: AgentSession, clock: SetClock) -> None:
    session.call_began("1")
    session.take_break("lunch")
    assert session.seat.entry.state is ON_CALL
    session.call_ended("1")
    seat = session.finish_after_call_work()
    assert (seat.entry.state, seat.entry.reason, seat.wanted) == (BREAK, "lunch", None)


def test_call_taken_in_a_break_leads_back_into_it(session: AgentSession) -> None:
    session.take_break("lunch")
    session.call_began("1")
    session.call_ended("1", wrap_up_s=0)
    assert (session.seat.entry.state, session.seat.entry.reason) == (BREAK, "lunch")


def test_second_call_keeps_the_agent_on_the_phone(session: AgentSession) -> None:
    session.call_began("1")
    session.call_began("2")
    assert session.call_ended("1").entry.state is ON_CALL
    assert session.call_ended("2").entry.state is WORK


def test_call_during_after_call_work_starts_it_anew(session: AgentSession, clock: SetClock) -> None:
    session.call_began("1")
    session.call_ended("1")
    session.call_began("2")
    clock.move(minutes=5)
    session.tick()
    assert session.seat.entry.state is ON_CALL
    assert session.call_ended("2").entry.until == clock.move(seconds=60)


def test_call_that_comes_to_nothing_gives_the_after_call_work_back(session: AgentSession, clock: SetClock) -> None:
    session.call_began("1")
    session.call_ended("1")
    clock.move(seconds=20)
    session.call_began("2")
    clock.move(seconds=15)
    seat = session.call_ended("2", wrap_up_s=0)
    assert (seat.entry.state, seat.entry.until) == (WORK, clock.move(seconds=40))


def test_extended_work_ends_later(session: AgentSession, clock: SetClock) -> None:
    session.call_began("1")
    session.call_ended("1")
    session.extend_after_call_work()
    clock.move(seconds=119)
    assert session.tick().entry.state is WORK
    clock.move(seconds=1)
    assert session.tick().entry.state is READY


def test_server_is_told_when_work_ends_only_where_the_agent_is_ready_then(session: AgentSession) -> None:
    session.call_began("1")
    session.call_ended("1")
    assert session.told.until == session.seat.entry.until is not None
    session.call_began("2")
    session.take_break("lunch")
    session.call_ended("2")
    assert session.told == replace(session.seat.entry, until=None) != session.seat.entry


def test_end_of_a_call_nobody_knows_changes_nothing(session: AgentSession, seen: list[Seat]) -> None:
    session.call_ended("never began")
    session.extend_after_call_work()
    session.finish_after_call_work()
    assert len(seen) == 1


def test_signing_off_in_a_call_waits_for_its_end(session: AgentSession) -> None:
    session.call_began("1")
    session.sign_off()
    assert session.call_ended("1", wrap_up_s=0).entry.state is AgentState.OFFLINE


def test_who_must_read_first_is_not_ready_until_nothing_keeps_them(session: AgentSession) -> None:
    session.take_break("lunch")
    session.keep_from_ready(is_kept=True)
    seat = session.ready()
    assert (seat.entry.state, seat.entry.reason) == (BREAK, READING)
    assert session.is_reading
    assert session.keep_from_ready(is_kept=False).entry.state is READY


def test_who_is_ready_when_it_comes_finishes_calls_and_is_kept_then(session: AgentSession) -> None:
    assert session.keep_from_ready(is_kept=True).entry.state is READY
    session.call_began("1")
    assert session.call_ended("1").entry.state is WORK
    seat = session.finish_after_call_work()
    assert (seat.entry.state, seat.entry.reason) == (BREAK, READING)


def test_who_stays_ready_is_kept_at_the_bound_and_never_in_a_call(session: AgentSession, clock: SetClock) -> None:
    session.keep_from_ready(is_kept=True, until=clock.now + timedelta(minutes=5))
    session.call_began("1")
    clock.move(minutes=5)
    assert session.tick().entry.state is ON_CALL
    session.call_ended("1", wrap_up_s=0)
    assert session.is_reading


def test_bound_alone_takes_out_of_ready(session: AgentSession, clock: SetClock) -> None:
    session.keep_from_ready(is_kept=True, until=clock.now + timedelta(minutes=5))
    clock.move(minutes=4)
    assert session.tick().entry.state is READY
    clock.move(minutes=1)
    assert session.tick().entry.state is BREAK


def test_what_is_read_during_a_call_keeps_nobody_afterwards(session: AgentSession) -> None:
    session.take_break("lunch")
    session.keep_from_ready(is_kept=True)
    session.ready()
    session.call_began("1")
    session.keep_from_ready(is_kept=False)
    assert session.call_ended("1", wrap_up_s=0).entry.state is READY


def test_break_of_ones_own_stays_when_everything_is_read(session: AgentSession) -> None:
    session.keep_from_ready(is_kept=True)
    session.take_break("lunch")
    assert session.keep_from_ready(is_kept=False).entry.reason == "lunch"
