"""What an agent does while the server is away is told afterwards, by whichever clock, and adds up."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from agent_desktop.offline.kept import Kept
from agent_desktop.offline.store import Store
from agent_desktop.sync.client import ServerClient
from agent_desktop.sync.live import Live, LiveDown, LiveEvent, StateSeen, StatesTaken
from agent_desktop.sync.untold_states import KEPT_AS, UntoldStates
from agent_model.agent import AgentState, StateEntry
from agent_server.settings import Settings
from tests.fakes import SEALED, SetClock
from tests.in_process import PASSWORD, ServerThread, make_site

READY, BREAK, ON_CALL, WORK = AgentState.READY, AgentState.BREAK, AgentState.ON_CALL, AgentState.AFTER_CALL_WORK


class Station:
    """The states of one agent at one workstation, its clock, and its live line to a server."""

    def __init__(self, folder: Path, address: str, clock: SetClock) -> None:
        self.clock = clock
        self.client = ServerClient(address, lambda _token: None)
        self.agent = self.client.sign_in("lin.yue", PASSWORD, "device of lin.yue").agent
        self.store = Store(folder, SEALED)
        self.untold = UntoldStates(Kept(self.store), clock)
        self.live = Live(address, lambda: self.client.access, self._hear, untold=self.untold.to_tell)
        self._came = threading.Condition()
        self._events: list[LiveEvent] = []
        self._thread = threading.Thread(target=self.live.run, kwargs={"retry_s": 0.05, "longest_retry_s": 0.1})
        self._thread.start()

    def be(self, state: AgentState, reason: str | None = None) -> None:
        entry = StateEntry(state, self.clock(), reason)
        self.untold.enter(entry)
        self.untold.save()
        self.live.send_state(entry)

    def wait_for(self, fits: Callable[[LiveEvent], bool]) -> None:
        """An event that was not waited for before."""
        with self._came:
            assert self._came.wait_for(lambda: any(map(fits, self._events)), 20), self._events
            while not fits(self._events.pop(0)):
                pass

    def is_told(self) -> None:
        self.wait_for(lambda event: isinstance(event, StatesTaken))

    def is_lost(self) -> None:
        self.wait_for(lambda event: isinstance(event, LiveDown))

    def sees(self, state: AgentState) -> None:
        """The server has this agent in it."""
        self.wait_for(
            lambda event: isinstance(event, StateSeen) and (event.agent, event.entry.state) == (self.agent.id, state)
        )

    def dies(self) -> None:
        self.live.stop()
        self._thread.join(10)
        self.client.close()
        self.store.close()

    def _hear(self, event: LiveEvent) -> None:
        match event:
            case StatesTaken(since):
                self.untold.taken(since)
                self.untold.save()
            case StateSeen(agent, entry) if agent == self.agent.id:
                self.untold.heard(entry)
            case LiveDown():
                self.untold.lost()
                self.untold.save()
        with self._came:
            self._events.append(event)
            self._came.notify_all()


class Company:
    """A server that can be cut off, and the clock of its site."""

    def __init__(self, settings: Settings, clock: SetClock) -> None:
        self.settings, self.clock = settings, clock
        self._server = ServerThread(settings, now=clock)
        self._server.start()
        self.address = self._server.address

    def go(self) -> None:
        self._server.stop()

    def come_back(self) -> None:
        self._server = ServerThread(self.settings, int(self.address.rsplit(":", 1)[1]), now=self.clock)
        self._server.start()

    def spent(self) -> dict[str, int]:
        """Seconds in each state of the agent, by the log of the floor; those that reports of days add up are the
        same."""
        query = "SELECT state, CAST(round(sum(span_ms) / 1000.0) AS INTEGER) FROM floor_event WHERE kind = 'state'"
        log = dict(self._read(f"{query} AND agent = 'lin.yue' GROUP BY state"))
        days = self._read("SELECT state, sum(seconds) FROM agent_time WHERE agent_id = 'lin.yue' GROUP BY state")
        assert {state: seconds for state, seconds in days if seconds} == log
        return log

    def now(self) -> tuple[str, str]:
        [(state, since)] = self._read("SELECT state, since FROM agent_state WHERE agent_id = 'lin.yue'")
        return str(state), str(since)

    def _read(self, query: str) -> list[Any]:
        with closing(sqlite3.connect(str(self.settings.database.database))) as connection:
            return connection.execute(query).fetchall()


@pytest.fixture
def company(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Company]:
    """That takes nobody for gone soon, or after the seconds it is given."""
    settings = replace(make_site(tmp_path / "server"), offline_after_s=getattr(request, "param", 60.0))
    company = Company(settings, SetClock())
    yield company
    company.go()


@pytest.fixture
def sit_down(tmp_path: Path, company: Company) -> Iterator[Callable[[SetClock], Station]]:
    with ExitStack() as seats:

        def sit(clock: SetClock) -> Station:
            station = Station(tmp_path / "seat", company.address, clock)
            seats.callback(station.dies)
            return station

        yield sit


Sit = Callable[[SetClock], Station]


def pass_time(*clocks: SetClock, minutes: float) -> None:
    for clock in clocks:
        clock.move(minutes=minutes)


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(hours=7), timedelta(minutes=-23)], ids=str)
def test_time_without_the_server_is_told_and_counted_once(company: Company, sit_down: Sit, ahead: timedelta) -> None:
    own = SetClock(company.clock() + ahead)
    station = sit_down(own)
    station.be(READY)
    station.is_told()
    pass_time(own, company.clock, minutes=10)
    company.go()
    station.is_lost()
    for state, reason, minutes in ((BREAK, "meal", 30), (READY, None, 5), (ON_CALL, None, 4), (WORK, None, 1)):
        station.be(state, reason)
        pass_time(own, company.clock, minutes=minutes)
    station.be(READY)
    pass_time(own, company.clock, minutes=20)
    company.come_back()
    station.client.hello()
    station.is_told()
    station.be(BREAK, "smoke")
    station.sees(BREAK)

    assert company.spent() == {"ready": 35 * 60, "break": 30 * 60, "on_call": 240, "after_call_work": 60}


@pytest.mark.parametrize("company", [0.2], indirect=True, ids=["impatient"])
def test_what_the_server_guessed_of_that_time_is_taken_back(company: Company, sit_down: Sit) -> None:
    """It took the agent for gone after a while, although they went on working."""
    station = sit_down(company.clock)
    station.be(READY)
    station.is_told()
    pass_time(company.clock, minutes=10)
    station.live.stop()
    station.is_lost()
    while company.now()[0] != "offline":
        pass
    assert company.spent() == {"ready": 600}
    began = company.now()[1]
    station.dies()

    again = sit_down(company.clock)
    pass_time(company.clock, minutes=5)
    again.be(READY)
    again.is_told()

    assert company.now()[0] == "ready"
    assert company.now()[1] > began
    assert company.spent() == {"ready": 600}


def test_program_that_ended_without_the_server_tells_at_the_next_start(company: Company, sit_down: Sit) -> None:
    station = sit_down(company.clock)
    station.be(READY)
    station.is_told()
    pass_time(company.clock, minutes=10)
    company.go()
    station.is_lost()
    pass_time(company.clock, minutes=3)
    station.be(BREAK, "meal")
    pass_time(company.clock, minutes=2)
    station.untold.save()
    station.dies()
    assert b"meal" not in (station.store.folder / "outbox.db").read_bytes()

    pass_time(company.clock, minutes=60)
    company.come_back()
    again = sit_down(company.clock)
    again.be(READY)
    again.is_told()
    again.be(BREAK, "meal")
    again.sees(BREAK)

    assert company.spent() == {"ready": 13 * 60, "break": 2 * 60}
    assert Kept(again.store).read(KEPT_AS) == ""


def test_word_that_comes_twice_counts_once(company: Company, sit_down: Sit) -> None:
    """The line went before the answer came."""
    station = sit_down(company.clock)
    station.be(READY)
    station.is_told()
    company.go()
    station.is_lost()
    station.be(BREAK, "meal")
    pass_time(company.clock, minutes=30)
    station.be(READY)
    pass_time(company.clock, minutes=10)
    twice = station.untold.to_tell()
    company.come_back()
    station.client.hello()
    station.is_told()
    assert twice is not None
    station.live.say(twice)
    station.is_told()
    station.be(BREAK, "meal")
    station.sees(BREAK)

    assert company.spent() == {"ready": 600, "break": 1800}


def test_gone_for_a_moment_changes_nothing(company: Company, sit_down: Sit) -> None:
    station = sit_down(company.clock)
    station.be(READY)
    station.is_told()
    before = company.now()
    pass_time(company.clock, minutes=1)
    company.go()
    station.is_lost()
    company.come_back()
    station.client.hello()
    station.is_told()

    assert company.now() == before
    assert company.spent() == {}


def test_clock_that_was_set_back_makes_no_time_count_twice(company: Company, sit_down: Sit) -> None:
    own = SetClock(company.clock())
    station = sit_down(own)
    station.be(READY)
    station.is_told()
    company.go()
    station.is_lost()
    pass_time(own, company.clock, minutes=30)
    station.be(BREAK, "meal")
    pass_time(own, minutes=-20)
    pass_time(company.clock, minutes=10)
    station.be(READY)
    pass_time(own, company.clock, minutes=10)
    company.come_back()
    station.client.hello()
    station.is_told()
    station.be(BREAK, "meal")
    station.sees(BREAK)

    spent = company.spent()
    assert sum(spent.values()) <= 50 * 60
