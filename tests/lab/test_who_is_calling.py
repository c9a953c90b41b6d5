"""Callers at a real Asterisk that asks the server who they are: the urgent first, and to whom they know."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent_model.moment import to_text
from agent_server.switch.asterisk import AsteriskSettings
from tests.in_process import ServerThread, a_customer, make_site, serving
from tests.lab.agents import Agents
from tests.lab.asterisk import Asterisk
from tests.lab.test_floor import says, takes
from tests.server.conftest import executed
from tests.server.test_commands import contact
from tests.server.test_live import Ear, live
from tests.server.workstation import Workstation
from tests.softphone.stations import Station

TOKEN = "7c" * 32
STANDARD, ENGLISH, DIAMOND = (f"1380000000{number}" for number in (1, 2, 3))
CUSTOMERS = (a_customer(1), a_customer(2, language="en"), a_customer(3, tier="diamond"))


@pytest.fixture
def server(asterisk: Asterisk, tmp_path: Path) -> Iterator[ServerThread]:
    exchange = AsteriskSettings(
        "lab", "127.0.0.1", asterisk.ami_port, "desk", "desk-secret", token=TOKEN, last_agent_queue="last",
        priorities={"diamond": 30, "en": 5}, languages={"vip": ("en",)},
    )  # fmt: skip
    settings = replace(make_site(tmp_path / "site", CUSTOMERS), exchanges=(exchange,), offline_after_s=2.0)
    executed(settings, "UPDATE agent SET languages = '[\"zh-CN\", \"en-GB\"]' WHERE login = 'emma.clarke'")
    with serving(settings) as running:
        asterisk.cli(f"dialplan set global DESK {running.address}")
        asterisk.cli(f"dialplan set global DESK_TOKEN {TOKEN}")
        yield running


class Floor:
    """Agents of the demonstration's company at workstations and telephones of their own."""

    def __init__(self, server: ServerThread, asterisk: Asterisk, agents: Agents, leaving: ExitStack) -> None:
        self._server, self._asterisk, self._agents, self._leaving = server, asterisk, agents, leaving
        self.seats: dict[str, Workstation] = {}
        self._ears: dict[str, Ear] = {}

    def comes(self, login: str, extension: str) -> Station:
        """Ready, and a member of all their queues."""
        phone = self._agents.sign_in(extension)
        seat = self.seats[login] = self._leaving.enter_context(Workstation(self._server.address, login))
        self._ears[login] = Ear(self._leaving.enter_context(live(self._server, seat.access)))
        self.is_(login, "ready")
        takes(lambda: f"PJSIP/{extension}" in self._asterisk.cli("queue show support"), within_s=8)
        return phone

    def is_(self, login: str, state: str, reason: str | None = None) -> None:
        says(self._ears[login], state, reason)


@pytest.fixture
def floor(server: ServerThread, asterisk: Asterisk, agents: Agents) -> Iterator[Floor]:
    with ExitStack() as leaving:
        yield Floor(server, asterisk, agents, leaving)


def calls(asterisk: Asterisk, number: str, queue: str = "4030") -> None:
    asterisk.customer_calls(queue, caller=f'"x" <{number}>')


def waiting(asterisk: Asterisk, queue: str = "support") -> int:
    return asterisk.cli(f"queue show {queue}").count("Local/403")


def test_vip_overtakes(asterisk: Asterisk, floor: Floor, agents: Agents) -> None:
    for at, number in enumerate((STANDARD, ENGLISH, DIAMOND), start=1):
        calls(asterisk, number)
        takes(lambda at=at: waiting(asterisk) == at, within_s=8)  # type: ignore[misc]
    phone = floor.comes("lin.yue", "1001")
    order = []
    for _ in range(3):
        answered = agents.answer(phone)
        order.append(answered.remote_number)
        agents.hang_up(phone, answered)
    assert order == [DIAMOND, ENGLISH, STANDARD]


def test_last_agent_preferred(asterisk: Asterisk, server: ServerThread, floor: Floor, agents: Agents) -> None:
    first, second = floor.comes("lin.yue", "1001"), floor.comes("wang.qiang", "1002")
    [answer] = floor.seats["wang.qiang"].push(contact(floor.seats["wang.qiang"], at=to_text(datetime.now(UTC))))
    assert answer["verdict"] == "applied"

    for _ in range(2):
        calls(asterisk, STANDARD)
        agents.hang_up(second, agents.answer(second))
    assert not first.incoming()

    calls(asterisk, STANDARD)
    agents.rings(second)
    agents.until(lambda: bool(first.incoming()), patience_s=20)
    agents.hang_up(first, agents.answer(first))

    def entered(kind: str) -> list[tuple[str, str]]:
        print(
            executed(
                server.settings,
                "SELECT kind, at, call, queue, agent, span_ms FROM floor_event WHERE kind != 'state' ORDER BY at",
            )
        )
        query = "SELECT queue, agent FROM floor_event WHERE kind = :kind ORDER BY at"
        return [(queue, agent) for queue, agent in executed(server.settings, query, kind=kind)]

    takes(lambda: len(entered("answered")) == 3, within_s=5)
    assert entered("answered")[-1] == ("support", "lin.yue")
    assert entered("rang_out") == [("support", "wang.qiang")]
    assert entered("asked") == [("support", "")] * 3, "who is passed on has asked once"


def test_who_knows_them_and_is_busy_keeps_nobody_waiting(asterisk: Asterisk, floor: Floor, agents: Agents) -> None:
    first, second = floor.comes("lin.yue", "1001"), floor.comes("wang.qiang", "1002")
    floor.seats["wang.qiang"].push(contact(floor.seats["wang.qiang"], at=to_text(datetime.now(UTC))))
    agents.dial(second, "602")

    calls(asterisk, STANDARD)
    agents.until(lambda: bool(first.incoming()), patience_s=5)
    floor.is_("wang.qiang", "break", "lunch")
    takes(lambda: "(paused:lunch" in asterisk.cli("queue show last"), within_s=5)
    agents.hang_up(first, agents.answer(first))
    calls(asterisk, STANDARD)
    agents.until(lambda: bool(first.incoming()), patience_s=5)


def test_callers_are_offered_first_to_who_speaks_their_language(asterisk: Asterisk, floor: Floor) -> None:
    floor.comes("lin.yue", "1001")
    floor.comes("emma.clarke", "1008")

    def penalties(queue: str) -> dict[str, int]:
        told = asterisk.cli(f"queue show {queue}").splitlines()
        seated = [line.strip() for line in told if "PJSIP/" in line]
        return {line[:4]: int(line.partition("with penalty ")[2][:1] or 0) for line in seated}

    takes(lambda: penalties("vip") == {"1001": 1, "1008": 0}, within_s=5)
    assert set(penalties("support").values()) == {0}


def test_server_that_is_away_keeps_no_caller(asterisk: Asterisk, floor: Floor, agents: Agents) -> None:
    phone = floor.comes("lin.yue", "1001")
    asterisk.cli("dialplan set global DESK http://127.0.0.1:9")
    calls(asterisk, DIAMOND)
    agents.until(lambda: bool(phone.incoming()), patience_s=5)
