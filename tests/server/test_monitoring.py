"""Leads in agents' calls: who may, what is on record, and who is told."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import pytest

from agent_server.switch.port import Extension, Monitoring
from agent_server.switch.simulated import SimulatedExchange
from tests.in_process import ServerThread, serving
from tests.server.conftest import NewSite, SitAt, executed
from tests.server.test_live import Ear, Listen, live
from tests.server.workstation import Workstation

AGENT, LEAD, MANAGER = Extension("1001"), Extension("1100"), Extension("1110")
REFERENCE = "5e" * 16
POLICY: dict[str, Any] = {
    "listens": ["team_lead", "duty_manager", "quality"],
    "whispers": ["team_lead", "duty_manager"],
    "barges": ["team_lead", "duty_manager"],
    "takes_over": ["team_lead", "duty_manager"],
    "hangs_up": ["duty_manager"],
    "told": ["whisper"],
    "limits": [],
}


class Floor:
    """The simulated exchange of a running server, with the agent and who leads them at their telephones."""

    def __init__(self, server: ServerThread) -> None:
        self._settings = server.settings
        leading = server.app_server.floor._leading
        assert leading is not None
        self._loop = leading.get_loop()
        exchange = server.app_server.floor.exchange_of(AGENT)
        assert isinstance(exchange, SimulatedExchange)
        self.exchange = exchange

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    def come(self, *extensions: Extension) -> None:
        async def come() -> None:
            for extension in extensions:
                self.exchange.comes(extension)

        self.do(come())

    def talks(self) -> None:
        self.do(self.exchange.call(AGENT, "13800000001"))

    def extensions_in_calls(self) -> set[str]:
        return {leg.extension for leg in self.do(self.exchange.snapshot()).legs if "~" not in leg.extension}

    def lines(self) -> list[tuple[str, ...]]:
        """What the audit trail says of the floor: deed, who, to whom, how, why not."""
        deeds = "'monitored', 'taken_over', 'call_ended', 'call_placed', 'floor_act_failed'"
        query = f"SELECT deed, who, subject, field, reason FROM audit_line WHERE deed IN ({deeds}) ORDER BY seq"  # noqa: S608
        return [tuple(line) for line in executed(self._settings, query)]


@pytest.fixture
def server(new_site: NewSite) -> Iterator[ServerThread]:
    with serving(replace(new_site(), has_simulated_switch=True)) as running:
        yield running


@pytest.fixture
def floor(server: ServerThread) -> Floor:
    found = Floor(server)
    found.come(AGENT, LEAD, MANAGER)
    return found


@pytest.fixture
def listen(server: ServerThread) -> Iterator[Listen]:
    with ExitStack() as ears:
        yield lambda seat: Ear(ears.enter_context(live(server, seat.access)))


def monitors(seat: Workstation, how: str, agent: str = "lin.yue") -> tuple[int, str]:
    """The answer: status, and why not."""
    said = {"agent": agent, "how": how, "reference": REFERENCE}
    return _answer(seat.http.post("/floor/v1/monitoring", json=said))


def acts(seat: Workstation, what: str, agent: str = "lin.yue") -> tuple[int, str]:
    return _answer(seat.http.post(f"/floor/v1/{what}", json={"agent": agent}))


def _answer(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"] if answer.content else ""


def decides(sit_at: SitAt, **fields: Any) -> dict[str, Any]:
    """The site's own policy, by an administrator; the answer."""
    admin = sit_at("admin")
    answer: dict[str, Any] = admin.push(admin.op("floor_policy", "site", "create", {**POLICY, **fields}))[0]
    return answer


def test_lead_listens_and_whispers_and_each_hears_of_it_who_is_to(
    floor: Floor, lead: Workstation, seat: Workstation, listen: Listen
) -> None:
    ears = listen(lead), listen(seat)
    floor.talks()

    assert monitors(lead, "listen") == (204, "")
    said = {"lead": "zhou.min", "agent": "lin.yue"}
    assert ears[0].next_of("monitoring") == {"type": "monitoring", **said, "how": "listen"}
    assert monitors(lead, "whisper") == (204, "")
    assert ears[0].next_of("monitoring")["how"] == "whisper"
    assert ears[1].next_of("monitoring") == {"type": "monitoring", **said, "how": "whisper"}
    assert monitors(lead, "listen") == (204, "")
    assert ears[1].next_of("monitoring")["how"] is None, "who is no longer heard is gone, as far as the agent knows"
    assert lead.http.delete("/floor/v1/monitoring").status_code == 204
    ears[0].next("monitoring", how=None)
    hows = ("listen", "whisper", "listen")
    assert floor.lines() == [("monitored", "zhou.min", "lin.yue", how, "") for how in hows]


def test_who_connects_later_is_told_whose_call_they_are_in(floor: Floor, lead: Workstation, listen: Listen) -> None:
    floor.talks()
    monitors(lead, "barge")

    assert listen(lead).next_of("monitoring")["how"] == "barge"


@pytest.mark.parametrize("login", ["wang.qiang", "grace.miller", "admin"], ids=["colleague", "other_lead", "admin"])
def test_nobody_else_listens(floor: Floor, sit_at: SitAt, login: str) -> None:
    floor.talks()

    assert monitors(sit_at(login), "listen") == (403, "not_allowed")
    assert floor.lines() == []


def test_limits_leave_a_lead_what_the_site_says(floor: Floor, sit_at: SitAt, lead: Workstation) -> None:
    limits = [
        {"of": "lead", "id": "zhou.min", "acts": ["listen", "whisper"]},
        {"of": "team", "id": "home", "acts": ["listen", "barge"]},
    ]
    assert decides(sit_at, limits=limits)["verdict"] == "applied"
    floor.talks()

    assert monitors(lead, "whisper") == (403, "not_allowed")
    assert monitors(lead, "barge") == (403, "not_allowed")
    assert monitors(lead, "listen") == (204, "")


def test_what_came_to_nothing_is_on_record_as_that(floor: Floor, lead: Workstation) -> None:
    assert monitors(lead, "listen") == (409, "no_such_call")

    assert floor.lines() == [
        ("monitored", "zhou.min", "lin.yue", "listen", ""),
        ("floor_act_failed", "zhou.min", "lin.yue", "listen", "no_such_call"),
    ]


def test_call_is_taken_over_from_listening_only(
    floor: Floor, lead: Workstation, seat: Workstation, listen: Listen, sit_at: SitAt
) -> None:
    decides(sit_at, told=["take_over"])
    ear = listen(seat)
    floor.talks()

    assert acts(lead, "take-over") == (409, "not_possible")
    monitors(lead, "listen")
    assert acts(lead, "take-over") == (204, "")
    assert ear.next_of("monitoring")["how"] == "take_over"
    assert floor.extensions_in_calls() == {LEAD}


def test_call_is_ended_by_who_may(floor: Floor, lead: Workstation, sit_at: SitAt) -> None:
    floor.talks()

    assert acts(lead, "hang-up") == (403, "not_allowed")
    assert acts(sit_at("lu.hai"), "hang-up") == (204, "")
    assert floor.extensions_in_calls() == set()
    assert floor.lines() == [("call_ended", "lu.hai", "lin.yue", "", "")]


def test_lead_has_the_own_telephone_rung_for_an_agent(floor: Floor, lead: Workstation) -> None:
    assert acts(lead, "calls") == (204, "")

    assert floor.extensions_in_calls() == {LEAD}
    assert floor.lines() == [("call_placed", "zhou.min", "lin.yue", "", "")]


def test_lead_whose_telephone_is_not_there_is_told_so(floor: Floor, sit_at: SitAt) -> None:
    floor.talks()

    assert monitors(sit_at("qian.ning"), "listen") == (409, "not_reachable")


def test_exchange_that_is_lost_is_said(floor: Floor, lead: Workstation, listen: Listen) -> None:
    ear = listen(lead)
    floor.talks()
    monitors(lead, "listen")
    with floor.exchange.gone():
        assert monitors(lead, "whisper") == (409, "exchange_gone")
        ear.next("monitoring", how=None)


def test_lead_who_dials_the_exchanges_own_code_is_on_record(floor: Floor, lead: Workstation, listen: Listen) -> None:
    ear = listen(lead)
    floor.talks()
    floor.do(floor.exchange.monitor(LEAD, AGENT, Monitoring.LISTEN))
    ear.next_of("monitoring")

    assert floor.lines() == [("monitored", "zhou.min", "lin.yue", "listen", "by_telephone")]


@pytest.mark.parametrize(
    "fields",
    [
        {"listens": ["agent"]},
        {"hangs_up": ["quality"]},
        {"limits": [{"of": "agent", "id": "lin.yue", "acts": []}] * 2},
        {"limits": [{"of": "agent", "id": " ", "acts": []}]},
        {"told": ["sing"]},
    ],
    ids=["agents_listen", "quality_hangs_up", "twice", "nobody", "no_act"],
)
def test_policy_that_cannot_be_is_refused(sit_at: SitAt, fields: dict[str, Any]) -> None:
    assert decides(sit_at, **fields)["reason"] == "bad_field"


def test_policy_is_the_administrators(lead: Workstation) -> None:
    answer = lead.push(lead.op("floor_policy", "site", "create", POLICY))[0]

    assert (answer["verdict"], answer["reason"]) == ("rejected", "not_allowed")
