"""Looking after agents: the mood of a week without names, own figures, honours, and what hard calls leave behind."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import insert

from agent_model.blind_token import Blinded, BlindKey, blinded, signature_of
from agent_model.body import to_body
from agent_model.care_policy import CarePolicy
from agent_model.moment import to_text
from agent_server import tables
from agent_server.database import Database
from agent_server.settings import Settings
from tests.fakes import SetClock
from tests.in_process import ServerThread, a_customer, serving
from tests.server.conftest import NewSite, executed
from tests.server.workstation import Workstation

FRIDAY = datetime(2026, 11, 20, 4, tzinfo=UTC)
HOME = ("lin.yue", "wang.qiang", "zhao.min", "sun.lei", "he.jun")


@pytest.fixture
def clock() -> SetClock:
    return SetClock(FRIDAY)


@pytest.fixture
def friday(new_site: NewSite, clock: SetClock) -> Iterator[ServerThread]:
    settings = new_site((a_customer(1), a_customer(2)))
    with serving(settings, now=clock) as running:
        yield running


def fill(settings: Settings, table: Any, rows: Sequence[dict[str, Any]]) -> None:
    async def working() -> None:
        database = Database(settings.database, pooled=False)
        try:
            async with database.writing() as connection:
                await connection.execute(insert(table), list(rows))
        finally:
            await database.close()

    asyncio.run(working())


def at(**ago: float) -> str:
    return to_text(FRIDAY - timedelta(**ago))


def a_call(row_id: str, agent: str, minutes_ago: float, **fields: Any) -> dict[str, Any]:
    whole = {"id": row_id, "version": 1, "customer_id": "C-1", "kind": "call_in", "at": at(minutes=minutes_ago)}
    whole |= {"title": "", "text": "", "agent": agent, "segment": "home", "duration_s": 60}
    return {**whole, "call_ref": None, "rating": None, **fields}


def a_mark(row_id: str, agent: str, minutes_ago: float, **fields: Any) -> dict[str, Any]:
    whole = {"id": row_id, "version": 1, "call_ref": f"ref {row_id}", "agent": agent, "abuse": "insult", "steps": []}
    return {**whole, "at": at(minutes=minutes_ago), "team": "home", **fields}


def asked(seat: Workstation) -> tuple[str, BlindKey]:
    told = seat.http.get("/floor/v1/mood").json()
    return told["round"], BlindKey(int(told["modulus"], 16))


def signed(seat: Workstation, round_id: str, made: Blinded) -> httpx.Response:
    return seat.http.post("/floor/v1/mood/tokens", json={"round": round_id, "blinded": f"{made.sent:x}"})


def a_token(server: ServerThread, login: str) -> dict[str, Any]:
    """What somebody's workstation has in hand to answer with."""
    with Workstation(server.address, login) as seat:
        round_id, key = asked(seat)
        made = blinded(key)
        signature = signature_of(key, made, int(signed(seat, round_id, made).json()["signed"], 16))
    return {"round": round_id, "token": made.token.hex(), "signature": f"{signature:x}"}


def answer(server: ServerThread, level: int, token: dict[str, Any]) -> int:
    """Over a connection of its own, without a sign-in."""
    return httpx.post(f"{server.address}/floor/v1/mood/answers", json={**token, "level": level}).status_code


def moods(server: ServerThread, login: str) -> list[dict[str, Any]]:
    with Workstation(server.address, login) as lead:
        return list(lead.http.get("/floor/v1/care").json()["moods"])


def test_five_answers_are_shown_to_the_lead_once_the_question_is_over(friday: ServerThread, clock: SetClock) -> None:
    tokens = [a_token(friday, login) for login in HOME]
    assert [answer(friday, level, token) for level, token in zip((5, 4, 4, 2, 3), tokens, strict=True)] == [204] * 5
    assert moods(friday, "zhou.min") == []

    clock.move(days=6)
    assert moods(friday, "zhou.min") == [{"team": "home", "week": "2026-W47", "answers": 5, "mean": 3.6}]
    assert moods(friday, "lu.hai") == moods(friday, "zhou.min")
    assert moods(friday, "grace.miller") == []


def test_four_answers_are_shown_to_nobody(friday: ServerThread, clock: SetClock) -> None:
    for login in HOME[:4]:
        answer(friday, 1, a_token(friday, login))
    clock.move(days=6)
    assert moods(friday, "zhou.min") == [{"team": "home", "week": "2026-W47", "answers": None, "mean": None}]


def test_nothing_the_server_keeps_ties_an_answer_to_a_person(friday: ServerThread, clock: SetClock) -> None:
    token = a_token(friday, "lin.yue")
    answer(friday, 1, token)

    everything = {table.name: executed(friday.settings, table.select()) for table in tables.metadata.sorted_tables}
    holding = {
        name for name, rows in everything.items() if token["token"] in repr(rows) or token["signature"] in repr(rows)
    }
    assert holding == set()
    assert executed(friday.settings, "SELECT level, answers FROM mood_tally") == [(1, 1)]
    assert [column.name for column in tables.mood_spent.c] == ["digest", "round"]
    clock.move(days=6)
    moods(friday, "zhou.min")
    assert executed(friday.settings, "SELECT count(*) FROM mood_token") == [(0,)]
    assert executed(friday.settings, "SELECT count(*) FROM mood_spent") == [(0,)]
    assert executed(friday.settings, "SELECT secret FROM mood_round") == [("",)]


def test_token_answers_once(friday: ServerThread) -> None:
    token = a_token(friday, "lin.yue")
    assert [answer(friday, level, token) for level in (2, 5)] == [204, 204]
    assert executed(friday.settings, "SELECT level, answers FROM mood_tally") == [(2, 1)]


def test_one_person_gets_one_token_and_the_same_again_when_the_answer_was_lost(friday: ServerThread) -> None:
    with Workstation(friday.address, "lin.yue") as seat:
        round_id, key = asked(seat)
        made = blinded(key)
        first, again = signed(seat, round_id, made), signed(seat, round_id, made)
        assert first.json() == again.json()
        assert signed(seat, round_id, blinded(key)).json()["error"] == "token_given"
        assert signed(seat, "business/2026-W47", made).json()["error"] == "no_such_question"


def test_forged_token_and_one_whose_time_is_over_are_refused(friday: ServerThread, clock: SetClock) -> None:
    token = a_token(friday, "lin.yue")
    assert answer(friday, 3, {**token, "token": "00" * 32}) == 403
    assert answer(friday, 3, {**token, "round": "nowhere/2026-W47"}) == 404
    assert answer(friday, 9, token) == 422
    clock.move(days=6)
    assert answer(friday, 3, token) == 404


@pytest.mark.parametrize(
    ("login", "days", "fields"),
    [("zhou.min", 0, {}), ("lin.yue", 4, {}), ("lin.yue", 0, {"asks_mood": False}), ("lin.yue", 0, {"mood_least": 50})],
    ids=["lead", "monday", "switched off", "small team"],
)
def test_question_is_asked_of_agents_at_the_end_of_a_week(
    friday: ServerThread, clock: SetClock, login: str, days: float, fields: dict[str, Any]
) -> None:
    with Workstation(friday.address, "admin") as admin:
        whole = {k: v for k, v in to_body(CarePolicy()).items() if k not in ("changed_by", "changed_at")}
        admin.push(admin.op("care_policy", "site", "create", {**whole, **fields}))
    clock.move(days=days)
    with Workstation(friday.address, login) as seat:
        assert seat.http.get("/floor/v1/mood").json()["round"] is None


# ---- own figures and honours ------------------------------------------------------------------------------------


def figures(server: ServerThread, login: str = "lin.yue") -> dict[str, dict[str, Any]]:
    with Workstation(server.address, login) as seat:
        return {one["measure"]: one for one in seat.http.get("/floor/v1/own-figures").json()["figures"]}


def a_result(agent: str, action: str, outcome: str, days_ago: float) -> dict[str, Any]:
    told = {"rule": "r", "rule_version": 1, "action": action, "outcome": outcome, "reason": "", "agent": agent}
    return {**told, "at": at(days=days_ago), "call_ref": None}


def with_results(settings: Settings, results: Sequence[dict[str, Any]]) -> None:
    query = tables.customer.update().where(tables.customer.c.id == "C-2").values(signal_results=list(results))
    executed(settings, query)


def test_own_figures_of_today_stand_beside_goal_and_team(friday: ServerThread) -> None:
    calls = [a_call(f"k-{n}", "lin.yue", 200 + n, customer_id=f"C-{100 + n}") for n in range(1, 4)]
    back = [
        a_call("k-back", "wang.qiang", 5, customer_id="C-101"),
        a_call("k-one", "wang.qiang", 60, customer_id="C-200"),
    ]
    fill(friday.settings, tables.contact, [*calls, *back])
    with_results(
        friday.settings,
        [
            a_result("lin.yue", "retention", "accepted", 0),
            a_result("lin.yue", "retention", "declined", 0),
            a_result("lin.yue", "opportunity", "accepted", 3),
            a_result("wang.qiang", "opportunity", "accepted", 0),
            a_result("lin.yue", "opportunity", "accepted", 60),
        ],
    )
    own = figures(friday)

    solved = own["solved_first"]
    assert (round(solved["own"], 1), solved["of"], solved["goal"]) == (66.7, 3, 80)
    assert round(solved["team"]) == 75
    assert (own["retained"]["own"], own["opportunities"]["own"], own["opportunities"]["own_period"]) == (1, 0, 1)
    assert round(own["opportunities"]["team"], 2) == round(1 / 7, 2)
    assert (own["quality"]["own"], own["quality"]["of"], own["quality"]["goal"]) == (None, 0, 90)


def board(server: ServerThread, login: str = "lin.yue") -> dict[str, Any]:
    with Workstation(server.address, login) as seat:
        told = dict(seat.http.get("/floor/v1/honours").json())
    return {**told, "places": {one["measure"]: one["places"] for one in told["lists"]}}


def choose(server: ServerThread, login: str, *, is_named: bool) -> None:
    with Workstation(server.address, login) as seat:
        assert seat.http.put("/floor/v1/honours/own", json={"is_named": is_named}).status_code == 204


def test_board_names_the_best_but_who_took_their_name_off(friday: ServerThread) -> None:
    results = [a_result(agent, "retention", "accepted", 1) for agent in ("lin.yue", "lin.yue", "he.jun")]
    with_results(friday.settings, results)
    choose(friday, "lin.yue", is_named=False)

    seen, own = board(friday, "he.jun"), board(friday)
    assert seen["places"]["retained"] == [
        {"agent": None, "value": 2, "is_own": False},
        {"agent": "he.jun", "value": 1, "is_own": True},
    ]
    assert own["places"]["retained"][0] == {"agent": "lin.yue", "value": 2, "is_own": True}
    assert (seen["is_named"], own["is_named"]) == (True, False)
    assert seen["places"]["solved_first"] == []


@pytest.mark.parametrize(("honours", "named"), [("asked", [None]), ("named", ["he.jun"]), ("off", None)])
def test_policy_says_whose_names_stand_there(
    friday: ServerThread, honours: str, named: list[str | None] | None
) -> None:
    with Workstation(friday.address, "admin") as admin:
        whole = {k: v for k, v in to_body(CarePolicy()).items() if k not in ("changed_by", "changed_at")}
        admin.push(admin.op("care_policy", "site", "create", {**whole, "honours": honours}))
    with_results(friday.settings, [a_result("he.jun", "retention", "accepted", 1)])
    seen = board(friday)
    assert seen["is_on"] is (named is not None)
    assert [one["agent"] for one in seen["places"].get("retained", [])] == (named or [])


# ---- what hard calls leave behind -------------------------------------------------------------------------------


def care(server: ServerThread, login: str = "zhou.min") -> dict[str, Any]:
    with Workstation(server.address, login) as seat:
        return dict(seat.http.get("/floor/v1/care").json())


def test_load_is_what_was_worked_since_the_last_hard_call(friday: ServerThread) -> None:
    calls = [
        a_call("k-1", "lin.yue", 200, duration_s=1500),
        a_call("k-2", "lin.yue", 100, call_ref="ref a-1"),
        a_call("k-3", "lin.yue", 60, duration_s=120),
        a_call("k-4", "lin.yue", 30, duration_s=240),
        a_call("k-5", "he.jun", 90, kind="survey", rating=1, duration_s=None),
        a_call("k-6", "sun.lei", 90),
        a_call("k-7", "tang.yi", 90, duration_s=3000),
    ]
    fill(friday.settings, tables.contact, calls)
    fill(friday.settings, tables.abusive_call, [a_mark("a-1", "lin.yue", 99, cool_down_at=at(minutes=95))])

    told = care(friday)["loads"]
    assert [(one["agent"], [call["why"] for call in one["hard"]]) for one in told] == [
        ("lin.yue", ["long", "abusive"]),
        ("he.jun", ["badly_rated"]),
    ]
    assert (told[0]["calls_since"], told[0]["talked_since_s"]) == (2, 360)
    assert datetime.fromisoformat(told[0]["rested_at"]) == FRIDAY - timedelta(minutes=95)
    assert told[1]["rested_at"] is None
    assert {one["agent"] for one in care(friday, "lu.hai")["loads"]} == {"lin.yue", "he.jun", "tang.yi"}


def test_looks_at_an_abusive_callers_data_are_reported(friday: ServerThread, clock: SetClock) -> None:
    fill(friday.settings, tables.contact, [a_call("k-1", "lin.yue", 100, call_ref="ref a-1")])
    fill(friday.settings, tables.abusive_call, [a_mark("a-1", "lin.yue", 99)])
    with Workstation(friday.address, "wang.qiang") as seat:
        look = seat.op("customer", "C-1", "reveal", {"revealed": ["phones", "客户来电核实"]})
        other = seat.op("customer", "C-2", "reveal", {"revealed": ["phones", "回访"]})
        assert {one["verdict"] for one in seat.push(look, other)} == {"applied"}

    [told] = care(friday)["reveals"]
    assert (told["agent"], told["who"], told["field"], told["reason"]) == (
        "lin.yue",
        "wang.qiang",
        "phones",
        "客户来电核实",
    )
    clock.move(days=8)
    assert len(care(friday)["reveals"]) == 1
    assert care(friday, "grace.miller")["reveals"] == []


def test_care_is_for_who_leads_and_reading_is_on_record(friday: ServerThread) -> None:
    with Workstation(friday.address, "lin.yue") as seat:
        assert seat.http.get("/floor/v1/care").status_code == 403
    care(friday)
    rows = executed(friday.settings, "SELECT who, subject FROM audit_line WHERE deed = 'care_read'")
    assert rows == [("zhou.min", "home")]
