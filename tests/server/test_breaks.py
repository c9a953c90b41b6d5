"""Breaks with places: the line, who is next, leads who agree, and what comes of breaks that nobody was asked for."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from agent_model.moment import to_text
from tests.in_process import serving
from tests.server.conftest import LEAD, NewSite
from tests.server.test_live import Ear, live
from tests.server.workstation import Workstation

FIRST, SECOND = "lin.yue", "wang.qiang"
READY: dict[str, Any] = {"type": "state", "state": "ready"}
ON_BREAK: dict[str, Any] = {"type": "state", "state": "break", "reason": "short"}
ASK: dict[str, Any] = {"type": "break", "reason": "short"}
Open = Callable[..., "Floor"]


class Floor:
    """People who are signed in, each with an ear."""

    def __init__(self, seats: dict[str, Workstation], ears: dict[str, Ear], open_ear: Callable[[str], Ear]) -> None:
        self.seats, self.ears, self.open_ear = seats, ears, open_ear

    def told(self, login: str, standing: str, **facts: Any) -> dict[str, Any]:
        """What somebody is told of their own wish."""
        return self.ears[login].next("break", agent=login, standing=standing, **facts)


@pytest.fixture
def open_floor(new_site: NewSite) -> Iterator[Open]:
    with ExitStack() as leaving:

        def opened(**reason: Any) -> Floor:
            settings = replace(new_site(), offline_after_s=60)
            body = {"name": {"zh": "小休", "en": "Short break"}, "minutes": 15, **reason}
            with serving(settings) as before, Workstation(before.address, LEAD) as lead:
                [answer] = lead.push(lead.op("break_reason", "short", "create", body))
                assert answer["verdict"] == "applied"
            server = leaving.enter_context(serving(settings))
            seats = {
                login: leaving.enter_context(Workstation(server.address, login)) for login in (LEAD, FIRST, SECOND)
            }

            def open_ear(login: str) -> Ear:
                return Ear(leaving.enter_context(live(server, seats[login].access)))

            ears = {login: open_ear(login) for login in seats}
            for login in (FIRST, SECOND):
                ears[login].say(READY)
                ears[login].next("state", agent=login, state="ready")
            return Floor(seats, ears, open_ear)

        yield opened


def places(at_once: int) -> list[dict[str, Any]]:
    return [{"at_once": at_once, "team": None, "queue": None}]


def test_who_comes_first_goes_first_and_the_next_when_they_are_back(open_floor: Open) -> None:
    floor = open_floor(places=places(1))
    floor.ears[FIRST].say(ASK)
    floor.told(FIRST, "granted")
    floor.ears[FIRST].say(ON_BREAK)
    floor.ears[FIRST].next("state", agent=FIRST, state="break")
    floor.ears[SECOND].say(ASK)
    assert floor.told(SECOND, "in_line")["place"] == 1
    assert floor.ears[LEAD].next("break", agent=SECOND, standing="in_line")["reason"] == "short"
    floor.ears[FIRST].say(READY)
    floor.told(SECOND, "granted")
    floor.told(FIRST, "over")


def test_break_that_was_not_asked_for_waits_in_line(open_floor: Open) -> None:
    floor = open_floor(places=places(0))
    floor.ears[FIRST].say(ON_BREAK)
    floor.told(FIRST, "in_line")
    assert [one for one in floor.ears[FIRST].heard_until_pong() if one["type"] == "state"] == []


def test_who_went_while_the_server_was_away_is_on_the_break_and_counts(open_floor: Open) -> None:
    floor = open_floor(places=places(1))
    back = floor.open_ear(FIRST)
    back.say(ON_BREAK)
    assert back.next("break", agent=FIRST, standing="granted")
    back.next("state", agent=FIRST, state="break")
    floor.ears[SECOND].say(ASK)
    floor.told(SECOND, "in_line")


def test_break_that_a_workstation_tells_of_afterwards_counts(open_floor: Open) -> None:
    floor = open_floor(places=places(1))
    back, now = floor.open_ear(FIRST), to_text(datetime.now(UTC))
    back.say({**ON_BREAK, "type": "states", "now": now, "since": now, "spent": []})
    assert back.next("break", agent=FIRST, standing="granted")
    back.next("state", agent=FIRST, state="break")
    floor.ears[SECOND].say(ASK)
    floor.told(SECOND, "in_line")


def test_call_that_comes_between_ends_no_break(open_floor: Open) -> None:
    floor = open_floor(places=places(1))
    floor.ears[FIRST].say(ASK)
    floor.told(FIRST, "granted")
    for message in (ON_BREAK, {"type": "state", "state": "on_call"}, ON_BREAK):
        floor.ears[FIRST].say(message)
        floor.ears[FIRST].next("state", agent=FIRST, state=message["state"])
    floor.ears[SECOND].say(ASK)
    floor.told(SECOND, "in_line")


def test_who_waits_no_longer_leaves_the_line(open_floor: Open) -> None:
    floor = open_floor(places=places(0))
    floor.ears[FIRST].say(ASK)
    floor.told(FIRST, "in_line")
    floor.ears[FIRST].say({"type": "break", "reason": None})
    floor.told(FIRST, "over")


def test_more_places_are_given_at_once(open_floor: Open) -> None:
    floor = open_floor(places=places(0))
    floor.ears[FIRST].say(ASK)
    floor.told(FIRST, "in_line")
    lead = floor.seats[LEAD]
    lead.sync()
    version = lead.row("break_reason", "short")["version"]
    lead.push(lead.op("break_reason", "short", "update", {"places": [places(0), places(1)]}, base_version=version))
    floor.told(FIRST, "granted")


@pytest.mark.parametrize(("is_granted", "standing"), [(True, "granted"), (False, "refused")])
def test_lead_decides_where_the_site_wants_it(open_floor: Open, is_granted: bool, standing: str) -> None:
    floor = open_floor(needs_approval=True)
    floor.ears[FIRST].say(ASK)
    floor.ears[LEAD].next("break", agent=FIRST, standing="asked")
    floor.ears[LEAD].say({"type": "break_decided", "agent": FIRST, "is_granted": is_granted})
    assert floor.told(FIRST, standing)["by"] == LEAD


@pytest.mark.parametrize("who", [FIRST, SECOND])
def test_nobody_but_a_lead_decides(open_floor: Open, who: str) -> None:
    floor = open_floor(needs_approval=True)
    floor.ears[FIRST].say(ASK)
    floor.told(FIRST, "asked")
    floor.ears[who].say({"type": "break_decided", "agent": FIRST, "is_granted": True})
    assert floor.ears[who].next("error")["error"] == "not_offered"


@pytest.mark.parametrize("reason", ["nothing", 5, {}], ids=["unknown", "number", "object"])
def test_reason_that_is_not_offered_is_refused(open_floor: Open, reason: Any) -> None:
    floor = open_floor()
    floor.ears[FIRST].say({"type": "break", "reason": reason})
    assert floor.ears[FIRST].next("error")["error"] == "not_offered"


def test_who_comes_later_is_told_who_waits(open_floor: Open) -> None:
    floor = open_floor(places=places(0))
    floor.ears[FIRST].say(ASK)
    floor.told(FIRST, "in_line")
    assert floor.open_ear(LEAD).next("break", agent=FIRST)["standing"] == "in_line"
