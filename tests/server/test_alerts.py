"""Alerts of the floor: what each rule finds, what is told once, and whom it reaches."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from agent_model.agent import QueueId
from agent_model.alert import SHIPPED, AlertKind, AlertRule, AlertRuleFault, faults, in_force
from agent_model.moment import to_text
from agent_server.floor.alerts import AlertBook, Found, Happened, InCall, Seen, find
from agent_server.switch.port import CallId, Extension, RangOut
from agent_server.switch.simulated import SimulatedExchange
from tests.in_process import ServerThread, a_customer, serving, until
from tests.server.conftest import LEAD, NewSite, executed
from tests.server.test_live import Ear, live
from tests.server.workstation import Workstation

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TEAMS = {"billing": {"home"}, "vip": {"home", "night"}}
RULES = {rule.kind: rule for rule in SHIPPED}
SUPPORT_PHONE = Extension("1001")


def ago(seconds: float) -> datetime:
    return NOW - timedelta(seconds=seconds)


def a_call(since_s: float, held_s: float | None = None) -> InCall:
    return InCall("c-1", "lin.yue", "home", "billing", ago(since_s), None if held_s is None else ago(held_s))


def happened(*agents: str, size: int = 0) -> list[Happened]:
    return [Happened(ago(60 + n), one, "home", "billing", f"h-{n}", size) for n, one in enumerate(agents)]


@pytest.mark.parametrize(
    ("kind", "seen", "value"),
    [
        (AlertKind.LONG_CALL, Seen(NOW, calls=[a_call(900)]), 900),
        (AlertKind.LONG_HOLD, Seen(NOW, calls=[a_call(300, 121)]), 121),
        (AlertKind.LONG_WAIT, Seen(NOW, waiting={"billing": [ago(130), ago(5)]}, teams_of=TEAMS), 130),
        (AlertKind.SERVICE_LEVEL, Seen(NOW, levels=lambda queue, _: (0.6, 10 * (queue == "vip")), teams_of=TEAMS), 60),
        (AlertKind.RING_NO_ANSWER, Seen(NOW, rang_out=happened("lin.yue", "lin.yue")), 2),
        (AlertKind.ABUSIVE_CALL, Seen(NOW, abused=happened("lin.yue", size=1)), 1),
        (AlertKind.BAD_LINES, Seen(NOW, poor_lines=happened("a", "b", "c", "d", "e", "a")), 5),
    ],
    ids=[kind.value for kind in AlertKind],
)
def test_each_rule_finds_what_it_is_about(kind: AlertKind, seen: Seen, value: int) -> None:
    [found] = find(SHIPPED, seen).values()

    assert (found.rule, found.value) == (RULES[kind], value)
    assert "home" in found.teams


@pytest.mark.parametrize(
    "seen",
    [
        pytest.param(Seen(NOW, calls=[a_call(899)]), id="call"),
        pytest.param(Seen(NOW, calls=[a_call(300, 119)]), id="hold"),
        pytest.param(Seen(NOW, waiting={"billing": [ago(119)], "vip": []}, teams_of=TEAMS), id="wait"),
        pytest.param(Seen(NOW, levels=lambda *_: (0.7, 10), teams_of=TEAMS), id="level at its bound"),
        pytest.param(Seen(NOW, levels=lambda *_: (0.0, 4), teams_of=TEAMS), id="level of few"),
        pytest.param(Seen(NOW, levels=lambda *_: (None, 0), teams_of=TEAMS), id="level of none"),
        pytest.param(Seen(NOW, rang_out=happened("lin.yue", "wang.qiang")), id="each once"),
        pytest.param(Seen(NOW, poor_lines=happened("a", "b", "c", "d", "a")), id="four telephones"),
        pytest.param(Seen(NOW + timedelta(minutes=31), abused=happened("lin.yue")), id="long ago"),
    ],
)
def test_what_is_within_the_limit_is_not_found(seen: Seen) -> None:
    assert find(SHIPPED, seen) == {}


WAITS = RULES[AlertKind.LONG_WAIT]


@pytest.mark.parametrize(
    ("rule", "count"),
    [(replace(WAITS, queue="vip"), 0), (replace(WAITS, team="home"), 1), (replace(WAITS, team="night"), 0)],
    ids=["another queue", "its team", "another team"],
)
def test_rule_is_about_its_queue_and_team(rule: AlertRule, count: int) -> None:
    assert len(find([rule], Seen(NOW, waiting={"billing": [ago(500)]}, teams_of=TEAMS))) == count


def long_calls(*calls: InCall, at: datetime = NOW) -> dict[str, Found]:
    return dict(find([RULES[AlertKind.LONG_CALL]], Seen(at, calls=calls)))


@pytest.fixture
def book() -> AlertBook:
    serials = count(1)
    return AlertBook(lambda: f"al-{next(serials)}")


def test_occurrence_is_told_once_and_when_it_is_over(book: AlertBook) -> None:
    [begun] = book.judge(long_calls(a_call(900)), NOW)
    assert book.judge(long_calls(a_call(960)), NOW) == []
    [ended] = book.judge({}, NOW)

    assert (begun.alert.agent, begun.alert.value, begun.alert.ended_at) == ("lin.yue", 900, None)
    assert (ended.alert.id, ended.alert.ended_at) == (begun.alert.id, NOW)


def test_same_person_is_not_told_of_again_within_the_quiet_time(book: AlertBook) -> None:
    other = replace(a_call(900), call="c-2")
    book.judge(long_calls(a_call(900)), NOW)
    assert book.judge(long_calls(a_call(900), other), NOW) == []
    book.judge({}, NOW)

    assert book.judge(long_calls(other), NOW + timedelta(minutes=9)) == []
    assert [told.alert.agent for told in book.judge(long_calls(other), NOW + timedelta(minutes=10))] == ["lin.yue"]


def test_whoever_leads_next_tells_nothing_twice(book: AlertBook) -> None:
    told = book.judge(long_calls(a_call(900)), NOW)
    after = AlertBook(lambda: "al-9")
    for one in told:
        after.was_told(one)

    assert after.judge(long_calls(a_call(900)), NOW) == []
    [over] = after.judge({}, NOW)
    later = AlertBook(lambda: "al-9")
    later.was_told(over)
    assert later.judge(long_calls(a_call(900)), NOW + timedelta(minutes=1)) == []


def test_own_rules_take_the_place_of_those_that_are_shipped() -> None:
    own = replace(RULES[AlertKind.LONG_CALL], is_on=False)

    assert {rule.kind for rule in in_force([own])} == set(AlertKind) - {AlertKind.LONG_CALL}


@pytest.mark.parametrize("rule", SHIPPED, ids=lambda rule: rule.id)
def test_rules_that_are_shipped_may_stand(rule: AlertRule) -> None:
    assert faults(rule, (), ()) == {}


# ---- at a server --------------------------------------------------------------------------------------------------


class Clock:
    """The server's: it may be set forward."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


class Centre:
    """A server with a simulated exchange, and people who listen."""

    def __init__(self, server: ServerThread, clock: Clock, leaving: ExitStack) -> None:
        self.server, self.clock, self._leaving = server, clock, leaving
        [(exchange, _)] = server.app_server.floor._exchanges
        assert isinstance(exchange, SimulatedExchange)
        self.exchange = exchange

    def seat(self, login: str) -> Workstation:
        return self._leaving.enter_context(Workstation(self.server.address, login))

    def ear(self, seat: Workstation) -> Ear:
        return Ear(self._leaving.enter_context(live(self.server, seat.access)))

    def let(self, act: Callable[[], Any]) -> Any:
        """Something happens at the exchange."""

        async def done() -> Any:
            return act()

        return asyncio.run_coroutine_threadsafe(done(), self.server._uvicorn._loop).result(10)

    def talks(self) -> None:
        """Lin Yue has a call, by her own telephone."""
        self.let(lambda: self.exchange.comes(SUPPORT_PHONE))
        calling = self.exchange.call(SUPPORT_PHONE, "13800138000")
        asyncio.run_coroutine_threadsafe(calling, self.server._uvicorn._loop).result(10)

    def rings_in_vain(self, times: int) -> None:
        floor = self.server.app_server.floor
        until(lambda: floor.person_at(SUPPORT_PHONE) is not None and "simulated" in floor._keepings)
        for n in range(times):
            event = RangOut(self.clock(), CallId(f"c-{n}"), QueueId("billing"), SUPPORT_PHONE, 20.0)
            asyncio.run_coroutine_threadsafe(floor._ears("simulated")(event), self.server._uvicorn._loop).result(10)


@pytest.fixture
def centre(new_site: NewSite) -> Iterator[Centre]:
    clock = Clock()
    site = replace(new_site([a_customer(1)]), has_simulated_switch=True, figures_every_s=0.2)
    with serving(site, now=clock) as server, ExitStack() as leaving:
        yield Centre(server, clock, leaving)


def write(seat: Workstation, row_id: str, **fields: Any) -> tuple[str, str | None, dict[str, str]]:
    whole = {"name": {"zh": "长通话", "en": "Long"}, "kind": "long_call", "limit": 10, **fields}
    [answer] = seat.push(seat.op("alert_rule", row_id, "create", whole))
    return answer["verdict"], answer["reason"], answer.get("faults") or {}


def test_long_call_is_told_to_the_lead_once_and_when_it_is_over(centre: Centre) -> None:
    lead, stranger = centre.seat(LEAD), centre.seat("emma.clarke")
    assert write(lead, "long_call", quiet_min=0) == ("applied", None, {})
    leads, agents = centre.ear(lead), centre.ear(stranger)
    centre.talks()
    centre.clock.ahead = timedelta(seconds=30)

    told = leads.next("alert", rule="long_call")
    again = centre.ear(lead).next("alert")
    centre.let(lambda: centre.exchange.hangs_up(SUPPORT_PHONE))
    over = leads.next("alert")

    assert (told["agent"], told["grade"], told["limit"], told["ended_at"]) == ("lin.yue", "warn", 10, None)
    assert told["value"] >= 10
    assert again == told
    assert (over["id"], over["ended_at"] is None) == (told["id"], False)
    assert not [one for one in agents.heard_until_pong() if one["type"] == "alert"]
    today = over["ended_at"][:10]
    period = {"first": (datetime.fromisoformat(today) - timedelta(days=1)).date().isoformat(), "last": today}
    report = lead.http.get("/floor/v1/reports/alerts", params={**period, "agent": "lin.yue"}).json()
    [line] = [dict(zip(report["columns"], row, strict=True)) for row in report["now"]["rows"]]
    assert (line["alert"], line["agent"], line["limit"], line["found"]) == ("long_call", "lin.yue", 10, told["value"])
    assert line["seconds"] is not None
    assert executed(centre.server.settings, "SELECT count(*) FROM alert WHERE kind = 'long_call'") == [(1,)]


def test_hold_is_told_while_the_call_goes_on(centre: Centre) -> None:
    lead = centre.seat(LEAD)
    leads = centre.ear(lead)
    centre.talks()
    centre.let(lambda: centre.exchange.holds(SUPPORT_PHONE))
    centre.clock.ahead = timedelta(seconds=130)

    told = leads.next("alert", rule="long_hold")
    centre.let(lambda: centre.exchange.resumes(SUPPORT_PHONE))

    assert told["agent"] == "lin.yue"
    assert leads.next("alert", id=told["id"])["ended_at"] is not None


def test_telephone_that_rings_in_vain_twice_is_told(centre: Centre) -> None:
    leads = centre.ear(centre.seat(LEAD))
    centre.rings_in_vain(2)

    assert leads.next("alert", rule="ring_no_answer")["value"] == 2


def test_abusive_call_is_told_to_the_lead_of_the_team(centre: Centre) -> None:
    leads, agent = centre.ear(centre.seat(LEAD)), centre.seat("lin.yue")
    at = to_text(centre.clock() - timedelta(minutes=1))
    mark = {"call_ref": "c-1", "agent": "lin.yue", "abuse": "insult", "at": at}
    assert agent.push(agent.op("abusive_call", "a-1", "create", mark))[0]["verdict"] == "applied"

    told = leads.next("alert", rule="abusive_call")

    assert (told["agent"], told["grade"]) == ("lin.yue", "bad")


def test_poor_sound_of_many_telephones_is_told(centre: Centre) -> None:
    lead, agent = centre.seat(LEAD), centre.seat("lin.yue")
    poor = {"codec": "PCMA", "mos": 2.4, "mos_min": 1.9, "loss_pct": 9.0, "jitter_ms": 60.0, "round_trip_ms": 300.0}
    line = {
        "customer_id": "C-1", "kind": "call_in", "at": to_text(centre.clock() - timedelta(minutes=3)), "title": "",
        "text": "", "agent": "lin.yue", "call_ref": "c-1",
        "quality": {**poor, "mos_there": None, "loss_there_pct": None},
    }  # fmt: skip
    assert write(lead, "bad_lines", kind="bad_lines", limit=1) == ("applied", None, {})
    leads = centre.ear(lead)
    assert agent.push(agent.op("contact", "K-1", "create", line))[0]["verdict"] == "applied"

    assert leads.next("alert", rule="bad_lines")["value"] == 1


def test_agent_writes_no_rules(seat: Workstation) -> None:
    assert write(seat, "long_call")[:2] == ("rejected", "not_allowed")


@pytest.mark.parametrize(
    ("fields", "where", "wrong"),
    [
        ({"limit": 9}, "limit", AlertRuleFault.OUT_OF_RANGE),
        ({"kind": "service_level", "limit": 101}, "limit", AlertRuleFault.OUT_OF_RANGE),
        ({"quiet_min": -1}, "quiet_min", AlertRuleFault.OUT_OF_RANGE),
        ({"grade": "fine"}, "grade", AlertRuleFault.OUT_OF_RANGE),
        ({"queue": "gone"}, "queue", AlertRuleFault.UNKNOWN),
        ({"team": "gone"}, "team", AlertRuleFault.UNKNOWN),
        ({"name": {"zh": "", "en": "Long"}}, "name.zh", AlertRuleFault.MISSING),
    ],
    ids=lambda value: str(value) if isinstance(value, str) else None,
)
def test_rule_that_does_not_do_is_refused_with_where(
    lead: Workstation, fields: dict[str, Any], where: str, wrong: AlertRuleFault
) -> None:
    assert write(lead, "own", **fields) == ("rejected", "bad_alert_rule", {where: wrong.value})


def test_rule_stands_with_who_changed_it(lead: Workstation) -> None:
    assert write(lead, "own", queue="billing", grade="bad")[0] == "applied"
    lead.sync()
    body = lead.row("alert_rule", "own")["body"]

    assert (body["queue"], body["grade"], body["changed_by"]) == ("billing", "bad", LEAD)
