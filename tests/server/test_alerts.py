"""Alerts of the floor: what each rule finds, what is told once, and whom it reaches."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from agent_model.alert import SHIPPED, AlertKind, AlertRule, AlertRuleFault, faults, in_force
from agent_model.floor_bound import Grade
from agent_model.moment import from_text, to_text
from agent_server.floor.alerts import AlertBook, Found, Happened, InCall, Seen, find
from tests.in_process import a_customer, serving
from tests.server.centre import SUPPORT_PHONE, Centre, Clock, write
from tests.server.conftest import LEAD, NewSite, executed
from tests.server.workstation import Workstation

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SITE_ZONE = ZoneInfo("Asia/Shanghai")
MANAGER = "lu.hai"
TEAMS = {"billing": {"home"}, "vip": {"home", "night"}}
RULES = {rule.kind: rule for rule in SHIPPED}


def days(told: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, str]:
    """Of the site, of a report that has this alert."""
    first, last = (
        from_text(text).astimezone(SITE_ZONE).date().isoformat() for text in (told["began_at"], over["ended_at"])
    )
    return {"first": first, "last": last}


def ago(seconds: float) -> datetime:
    return NOW - timedelta(seconds=seconds)


def a_call(since_s: float, held_s: float | None = None) -> InCall:
    return InCall("c-1", "lin.yue", "home", "billing", ago(since_s), None if held_s is None else ago(held_s))


def happened(*agents: str, steps: int = 0, mos: float = 0.0) -> list[Happened]:
    return [Happened(ago(60 + n), one, "home", "billing", f"h-{n}", steps, mos) for n, one in enumerate(agents)]


@pytest.mark.parametrize(
    ("kind", "seen", "value"),
    [
        (AlertKind.LONG_CALL, Seen(NOW, calls=[a_call(900)]), 900),
        (AlertKind.LONG_HOLD, Seen(NOW, calls=[a_call(300, 121)]), 121),
        (AlertKind.LONG_WAIT, Seen(NOW, waiting={"billing": [ago(130), ago(5)]}, teams_of=TEAMS), 130),
        (AlertKind.SERVICE_LEVEL, Seen(NOW, levels=lambda queue, _: (0.6, 10 * (queue == "vip")), teams_of=TEAMS), 60),
        (AlertKind.RING_NO_ANSWER, Seen(NOW, rang_out=happened("lin.yue", "lin.yue")), 2),
        (AlertKind.ABUSIVE_CALL, Seen(NOW, abused=happened("lin.yue", steps=1)), 1),
        (AlertKind.BAD_LINES, Seen(NOW, sounded=happened("a", "b", "c", "d", "e", "a", mos=3.09)), 5),
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
        pytest.param(Seen(NOW, sounded=happened("a", "b", "c", "d", "a", mos=3.09)), id="four telephones"),
        pytest.param(Seen(NOW, sounded=happened("a", "b", "c", "d", "e", mos=3.1)), id="sound at its bound"),
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


def test_changed_rule_is_told_again_of_what_stands(book: AlertBook) -> None:
    rule = replace(RULES[AlertKind.LONG_CALL], grade=Grade.BAD, limit=600)
    [begun] = book.judge(long_calls(a_call(900)), NOW)

    [told] = book.judge(find([rule], Seen(NOW, calls=[a_call(960)])), NOW + timedelta(minutes=1))

    assert (told.alert.id, told.alert.began_at) == (begun.alert.id, NOW)
    assert (told.alert.grade, told.alert.limit, told.alert.value) == (Grade.BAD, 600, 960)
    assert book.judge(find([rule], Seen(NOW, calls=[a_call(990)])), NOW + timedelta(minutes=2)) == []


def test_more_teams_are_told_of_what_stands(book: AlertBook) -> None:
    rule = replace(RULES[AlertKind.BAD_LINES], limit=1)
    poor = happened("a", "b", mos=2.0)
    book.judge(find([rule], Seen(NOW, sounded=poor[:1])), NOW)

    [told] = book.judge(find([rule], Seen(NOW, sounded=[replace(poor[1], team="night")])), NOW)

    assert told.teams == {"home", "night"}


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


@pytest.fixture
def centre(new_site: NewSite) -> Iterator[Centre]:
    clock = Clock()
    site = replace(new_site([a_customer(1)]), has_simulated_switch=True, figures_every_s=0.2)
    with serving(site, now=clock) as server, ExitStack() as leaving:
        yield Centre(server, clock, leaving)


def test_long_call_is_told_to_the_lead_once_and_when_it_is_over(centre: Centre) -> None:
    lead, stranger = centre.seat(LEAD), centre.seat("emma.clarke")
    assert write(lead, "long_call", quiet_min=0) == ("applied", None, {})
    leads, agents = centre.ear(lead), centre.ear(stranger)
    centre.talks()
    centre.clock.passes(30)

    told = leads.next("alert", rule="long_call")
    again = centre.ear(lead).next("alert")
    centre.let(lambda: centre.exchange.hangs_up(SUPPORT_PHONE))
    over = leads.next("alert")

    assert (told["agent"], told["grade"], told["limit"], told["ended_at"]) == ("lin.yue", "warn", 10, None)
    assert told["value"] >= 10
    assert again == told
    assert (over["id"], over["ended_at"] is None) == (told["id"], False)
    assert not [one for one in agents.heard_until_pong() if one["type"] == "alert"]
    report = lead.http.get("/floor/v1/reports/alerts", params={**days(told, over), "agent": "lin.yue"}).json()
    [line] = [dict(zip(report["columns"], row, strict=True)) for row in report["now"]["rows"]]
    assert (line["alert"], line["agent"], line["limit"], line["found"]) == ("long_call", "lin.yue", 10, told["value"])
    assert line["seconds"] is not None
    assert executed(centre.server.settings, "SELECT count(*) FROM alert WHERE kind = 'long_call'") == [(1,)]


def test_hold_is_told_while_the_call_goes_on(centre: Centre) -> None:
    lead = centre.seat(LEAD)
    leads = centre.ear(lead)
    centre.holds()
    centre.clock.passes(130)

    told = leads.next("alert", rule="long_hold")
    centre.let(lambda: centre.exchange.resumes(SUPPORT_PHONE))

    assert told["agent"] == "lin.yue"
    assert leads.next("alert", id=told["id"])["ended_at"] is not None


def take(seat: Workstation, alert_id: str) -> tuple[int, str]:
    answer = seat.http.put(f"/floor/v1/alerts/{alert_id}/taken")
    return answer.status_code, "" if answer.status_code == 204 else answer.json()["error"]


def test_alert_is_taken_by_one_lead_and_the_others_are_told_who(centre: Centre) -> None:
    lead, manager = centre.seat(LEAD), centre.seat(MANAGER)
    assert write(lead, "long_call", quiet_min=0)[0] == "applied"
    others = centre.ear(manager)
    centre.talks()
    centre.clock.passes(30)
    told = others.next("alert", rule="long_call")
    centre.clock.passes(20)

    assert take(lead, told["id"]) == (204, "")
    taken = others.next("alert", id=told["id"])
    assert (told["taken_by"], taken["taken_by"]) == ("", LEAD)
    assert taken["taken_at"] == to_text(centre.clock())
    assert centre.ear(manager).next("alert") == taken
    assert take(lead, told["id"]) == (204, "")
    assert take(manager, told["id"]) == (409, "alert_taken")
    change(lead, "long_call", 1, grade=("warn", "bad"))
    assert others.next("alert", grade="bad") == {**taken, "grade": "bad", "value": 50}

    centre.let(lambda: centre.exchange.hangs_up(SUPPORT_PHONE))
    over = others.next("alert", id=told["id"])
    assert (over["taken_by"], over["ended_at"] is None) == (LEAD, False)
    assert take(manager, told["id"]) == (409, "alert_over")
    lines = executed(centre.server.settings, "SELECT who, subject, field FROM audit_line WHERE deed = 'alert_taken'")
    assert lines == [(LEAD, "lin.yue", "long_call")]
    report = lead.http.get("/floor/v1/reports/alerts", params=days(told, over)).json()
    [line] = [dict(zip(report["columns"], row, strict=True)) for row in report["now"]["rows"]]
    assert (line["taken_by"], line["taken_s"]) == (LEAD, 20)


def test_cause_that_comes_back_is_another_alert_that_nobody_took(centre: Centre) -> None:
    lead = centre.seat(LEAD)
    write(lead, "long_call", quiet_min=0)
    leads = centre.ear(lead)
    centre.talks()
    centre.clock.passes(30)
    told = leads.next("alert", rule="long_call")
    assert take(lead, told["id"])[0] == 204
    centre.let(lambda: centre.exchange.hangs_up(SUPPORT_PHONE))
    assert leads.next("alert", id=told["id"])["taken_by"] == LEAD

    centre.talks()
    centre.clock.passes(30)
    again = next(one for one in iter(lambda: leads.next_of("alert"), None) if one["id"] != told["id"])

    assert (again["rule"], again["taken_by"], again["taken_at"]) == ("long_call", "", None)


def test_lead_takes_only_what_that_lead_is_told_of(centre: Centre) -> None:
    lead, other, agent = centre.seat(LEAD), centre.seat("grace.miller"), centre.seat("lin.yue")
    write(lead, "long_call")
    leads = centre.ear(lead)
    centre.talks()
    centre.clock.passes(30)
    told = leads.next("alert", rule="long_call")

    assert take(other, told["id"]) == (404, "unknown_alert")
    assert take(agent, told["id"]) == (403, "not_allowed")
    assert take(lead, "0" * 32) == (404, "unknown_alert")
    assert centre.ear(lead).next("alert")["taken_by"] == ""


def test_of_two_leads_at_once_one_has_it(centre: Centre) -> None:
    leads = [centre.seat(LEAD), centre.seat(MANAGER)]
    write(leads[0], "long_call")
    ear = centre.ear(leads[0])
    centre.talks()
    centre.clock.passes(30)
    told = ear.next("alert", rule="long_call")

    with ThreadPoolExecutor(2) as at_once:
        answers = list(at_once.map(lambda seat: take(seat, told["id"]), leads))

    assert sorted(answers) == [(204, ""), (409, "alert_taken")]
    assert ear.next("alert", id=told["id"])["taken_by"] == [LEAD, MANAGER][answers.index((204, ""))]


def test_who_took_it_is_known_after_a_restart(new_site: NewSite) -> None:
    site, clock = replace(new_site([a_customer(1)]), has_simulated_switch=True, figures_every_s=0.2), Clock()
    with serving(site, now=clock) as server, ExitStack() as leaving:
        centre = Centre(server, clock, leaving)
        lead = centre.seat(LEAD)
        leads = centre.ear(lead)
        centre.is_abused()
        told = leads.next("alert", rule="abusive_call")
        assert take(lead, told["id"])[0] == 204
        taken = leads.next("alert", id=told["id"])

    with serving(site, now=clock) as server, ExitStack() as leaving:
        centre = Centre(server, clock, leaving)
        leads = centre.ear(centre.seat(LEAD))
        assert leads.next("alert") == taken
        clock.passes(3600)
        over = leads.next("alert", id=told["id"])
    assert (over["taken_by"], over["ended_at"] is None) == (LEAD, False)


Act = Callable[[Centre], object]


@dataclass(frozen=True, slots=True)
class Case:
    """`at_border` leaves a rule of `fields` and `limit` one short of its alert, but not one of `border`; what comes
    `then` is found as `value`."""

    limit: int
    border: Mapping[str, Any]
    at_border: Act
    then: Act
    value: int
    agent: str
    fields: Mapping[str, Any] = field(default_factory=dict)


def lasts(cause: Act) -> Act:
    def does(centre: Centre) -> None:
        cause(centre)
        centre.clock.passes(59)

    return does


def a_second(centre: Centre) -> None:
    centre.clock.passes(1)


CASES: Mapping[AlertKind, Case] = {
    AlertKind.LONG_CALL: Case(60, {"limit": 59}, lasts(Centre.talks), a_second, 60, "lin.yue"),
    AlertKind.LONG_HOLD: Case(60, {"limit": 59}, lasts(Centre.holds), a_second, 60, "lin.yue"),
    AlertKind.LONG_WAIT: Case(60, {"limit": 59}, lasts(Centre.asks), a_second, 60, ""),
    AlertKind.SERVICE_LEVEL: Case(
        50, {"limit": 51}, Centre.half_are_answered, lambda centre: centre.give_up(1), 45, ""
    ),
    AlertKind.RING_NO_ANSWER: Case(2, {"limit": 1}, Centre.rings_in_vain, Centre.rings_out, 2, "lin.yue"),
    AlertKind.ABUSIVE_CALL: Case(
        2,
        {"limit": 1},
        Centre.is_abused,
        lambda centre: centre.warns(centre.seat("lin.yue"), "second_warning"),
        2,
        "lin.yue",
    ),
    AlertKind.BAD_LINES: Case(
        1,
        {"poor_mos": 2.5},
        lambda centre: centre.sounds("lin.yue", 2.4),
        lambda centre: centre.sounds("wang.qiang", 4.1, 2.39),
        1,
        "",
        {"poor_mos": 2.4},
    ),
}


@pytest.mark.parametrize("kind", AlertKind)
def test_what_happens_on_the_floor_is_told_from_the_limit_on(centre: Centre, kind: AlertKind) -> None:
    case, lead = CASES[kind], centre.seat(LEAD)
    rule = {"kind": kind.value, "limit": case.limit, **case.fields}
    assert write(lead, kind.value, **rule) == ("applied", None, {})
    assert write(lead, "zz-border", **{**rule, **case.border}) == ("applied", None, {})
    leads = centre.ear(lead)

    case.at_border(centre)
    border = leads.next_of("alert")
    case.then(centre)
    told = leads.next_of("alert")

    assert (border["rule"], border["agent"]) == ("zz-border", case.agent)
    assert (told["rule"], told["value"], told["agent"]) == (kind.value, case.value, case.agent)


def change(seat: Workstation, row_id: str, version: int, **fields: tuple[Any, Any]) -> None:
    [answer] = seat.push(seat.op("alert_rule", row_id, "update", fields, base_version=version))
    assert (answer["verdict"], answer["reason"]) == ("applied", None)


@pytest.mark.parametrize(
    "fields",
    [{"is_on": (True, False)}, {"limit": (10, 31)}, {"queue": (None, "vip")}, {"team": (None, "business")}],
    ids=["switched off", "longer", "another queue", "another team"],
)
def test_rule_that_does_not_find_it_any_more_ends_its_alert(centre: Centre, fields: dict[str, Any]) -> None:
    lead = centre.seat(LEAD)
    assert write(lead, "long_call", quiet_min=0)[0] == "applied"
    leads = centre.ear(lead)
    centre.talks()
    centre.clock.passes(30)
    told = leads.next("alert", rule="long_call")

    change(lead, "long_call", 1, **fields)
    over = leads.next("alert", id=told["id"])
    change(lead, "long_call", 2, **{name: (new, old) for name, (old, new) in fields.items()})

    assert over["ended_at"] is not None
    assert leads.next("alert", rule="long_call")["id"] != told["id"]


def test_rule_of_another_grade_is_told_again_as_the_same_alert(centre: Centre) -> None:
    lead = centre.seat(LEAD)
    write(lead, "long_call")
    leads = centre.ear(lead)
    centre.talks()
    centre.clock.passes(30)
    told = leads.next("alert", rule="long_call")

    change(lead, "long_call", 1, grade=("warn", "bad"))

    assert leads.next("alert", grade="bad") == {**told, "grade": "bad"}


def test_quiet_time_is_kept_by_the_clock_of_the_server(centre: Centre) -> None:
    lead = centre.seat(LEAD)
    write(lead, "long_call", quiet_min=5)
    write(lead, "zz-loud", quiet_min=0)
    leads = centre.ear(lead)
    centre.talks()
    centre.clock.passes(10)
    assert {leads.next_of("alert")["rule"] for _ in range(2)} == {"long_call", "zz-loud"}
    centre.let(lambda: centre.exchange.hangs_up(SUPPORT_PHONE))
    assert None not in {leads.next_of("alert")["ended_at"] for _ in range(2)}

    centre.talks()
    centre.clock.passes(299)
    assert leads.next_of("alert")["rule"] == "zz-loud"
    centre.clock.passes(1)

    again = leads.next_of("alert")
    assert (again["rule"], again["value"]) == ("long_call", 300)


def test_agent_writes_no_rules(seat: Workstation) -> None:
    assert write(seat, "long_call")[:2] == ("rejected", "not_allowed")


@pytest.mark.parametrize(
    ("fields", "where", "wrong"),
    [
        ({"limit": 9}, "limit", AlertRuleFault.OUT_OF_RANGE),
        ({"kind": "service_level", "limit": 101}, "limit", AlertRuleFault.OUT_OF_RANGE),
        ({"quiet_min": -1}, "quiet_min", AlertRuleFault.OUT_OF_RANGE),
        ({"poor_mos": 0.9}, "poor_mos", AlertRuleFault.OUT_OF_RANGE),
        ({"poor_mos": 4.6}, "poor_mos", AlertRuleFault.OUT_OF_RANGE),
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
    assert body["poor_mos"] == 3.1


def test_sound_of_a_rule_is_a_number(lead: Workstation) -> None:
    assert write(lead, "own", poor_mos="3.1")[:2] == ("rejected", "bad_field")
    assert write(lead, "own", poor_mos=3)[0] == "applied"
