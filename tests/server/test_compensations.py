"""A complainant is compensated once, by whose authority suffices, out of what the fund has; whoever comes when."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.in_process import ServerThread
from tests.server.complainants import (
    AGENT_MAY,
    LEAD_MAY,
    body_of,
    change,
    compensate,
    compensating,
    complain,
    decide,
    drawn,
    fill,
    hand_over,
)
from tests.server.conftest import SitAt, executed
from tests.server.workstation import Workstation

Sabotage = Callable[[ServerThread], None]


@pytest.fixture
def manager(sit_at: SitAt) -> Workstation:
    return sit_at("lu.hai")


def test_within_their_authority_an_agent_grants_at_once(seat: Workstation, server: ServerThread) -> None:
    answer = compensate(seat, complain(seat), AGENT_MAY)

    assert (answer["verdict"], answer["changed"]["state"]) == ("applied", "granted")
    assert answer["changed"]["decided_by"] == "lin.yue"
    assert drawn(server.settings) == AGENT_MAY
    assert body_of(seat, "fund", "goodwill")["drawn_fen"] == AGENT_MAY
    [(who, field)] = executed(server.settings, "SELECT who, field FROM audit_line WHERE deed = 'compensated'")
    assert (who, field) == ("lin.yue", str(AGENT_MAY))


def test_above_it_is_asked_for_and_nothing_is_drawn(seat: Workstation, server: ServerThread) -> None:
    answer = compensate(seat, complain(seat), AGENT_MAY + 1)

    assert answer["changed"]["state"] == "asked"
    assert "decided_by" not in answer["changed"]
    assert drawn(server.settings) == 0


def test_somebody_with_authority_grants_what_was_asked(
    seat: Workstation, lead: Workstation, server: ServerThread
) -> None:
    asked = compensate(seat, complain(seat), LEAD_MAY)

    answer = decide(lead, asked["id"], "granted")

    assert (answer["verdict"], answer["changed"]["decided_by"]) == ("applied", "zhou.min")
    assert body_of(seat, "compensation", asked["id"])["state"] == "granted"
    assert drawn(server.settings) == LEAD_MAY


def test_refusal_carries_its_reason_and_draws_nothing(
    seat: Workstation, lead: Workstation, server: ServerThread
) -> None:
    asked = compensate(seat, complain(seat), LEAD_MAY)

    without = decide(lead, asked["id"], "refused")
    answer = decide(lead, asked["id"], "refused", "没有损失")

    assert without["reason"] == "reason_missing"
    assert answer["verdict"] == "applied"
    shown = body_of(seat, "compensation", asked["id"])
    assert (shown["state"], shown["decision_reason"]) == ("refused", "没有损失")
    assert drawn(server.settings) == 0


def test_nobody_grants_their_own_request(lead: Workstation, server: ServerThread) -> None:
    asked = compensate(lead, complain(lead), LEAD_MAY + 1)

    assert decide(lead, asked["id"], "granted")["reason"] == "own_request"
    assert drawn(server.settings) == 0


def test_authority_that_does_not_reach_so_far_decides_nothing(
    seat: Workstation, lead: Workstation, manager: Workstation, sit_at: SitAt
) -> None:
    asked = compensate(seat, complain(seat), LEAD_MAY + 1)

    for colleague in (sit_at("wang.qiang"), lead):
        assert decide(colleague, asked["id"], "granted")["reason"] == "beyond_authority"
        assert decide(colleague, asked["id"], "refused", "不行")["reason"] == "beyond_authority"
    assert decide(manager, asked["id"], "granted")["verdict"] == "applied"


def test_what_is_decided_stays_decided(seat: Workstation, lead: Workstation, manager: Workstation) -> None:
    asked = compensate(seat, complain(seat), LEAD_MAY)
    decide(lead, asked["id"], "refused", "没有损失")

    assert decide(manager, asked["id"], "granted")["reason"] == "already_decided"


def test_client_cannot_grant_by_itself(seat: Workstation, server: ServerThread) -> None:
    ticket = complain(seat)

    answer = compensate(seat, ticket, LEAD_MAY, state="granted")
    theirs = compensate(seat, ticket, asked_by="zhou.min")

    assert (answer["reason"], theirs["reason"]) == ("not_allowed", "not_yours")
    assert drawn(server.settings) == 0


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"amount_fen": 0}, "bad_field"),
        ({"amount_fen": -500}, "bad_field"),
        ({"amount_fen": 49.5}, "bad_field"),
        ({"reason": "  "}, "reason_missing"),
        ({"fund": "nothing"}, "unknown_fund"),
        ({"ticket_id": "nothing"}, "unknown_ticket"),
    ],
    ids=["nothing", "less than nothing", "half a fen", "no reason", "no fund", "no ticket"],
)
def test_wish_that_makes_no_sense_is_refused(seat: Workstation, fields: dict[str, Any], reason: str) -> None:
    wish = compensating(seat, complain(seat))
    wish["fields"] |= {name: [None, value] for name, value in fields.items()}

    [answer] = seat.push(wish)

    assert answer["reason"] == reason


def test_only_a_complaint_is_compensated(seat: Workstation) -> None:
    wish = seat.ticket()
    seat.push(wish)

    assert compensate(seat, wish["id"])["reason"] == "not_a_complaint"


@pytest.mark.parametrize(
    ("column", "moment"),
    [("ends_at", "2026-01-02T00:00:00.000Z"), ("starts_at", "2029-12-01T00:00:00.000Z")],
    ids=["over", "not begun"],
)
def test_fund_gives_nothing_outside_its_period(
    seat: Workstation, server: ServerThread, column: str, moment: str
) -> None:
    """Nor for a wish that was written while it was open: it is now that it would be drawn."""
    executed(server.settings, f"UPDATE fund SET {column} = '{moment}'")  # noqa: S608

    assert compensate(seat, complain(seat))["reason"] == "fund_closed"


def test_fund_that_runs_dry_before_the_approval_grants_nothing(
    seat: Workstation, lead: Workstation, server: ServerThread
) -> None:
    asked = compensate(seat, complain(seat), LEAD_MAY)
    fill(server.settings, AGENT_MAY)
    compensate(seat, complain(seat), AGENT_MAY)

    answer = decide(lead, asked["id"], "granted")

    assert answer["reason"] == "fund_dry"
    assert body_of(seat, "compensation", asked["id"])["state"] == "asked"
    assert drawn(server.settings) == AGENT_MAY


def test_same_command_twice_draws_once(seat: Workstation, server: ServerThread) -> None:
    wish = compensating(seat, complain(seat))

    answers = [*seat.push(wish, wish), *seat.push(wish)]

    assert [answer["verdict"] for answer in answers] == ["applied", "duplicate", "duplicate"]
    assert drawn(server.settings) == AGENT_MAY


def test_same_complaint_is_not_compensated_again(seat: Workstation, sit_at: SitAt, server: ServerThread) -> None:
    ticket = complain(seat)
    compensate(seat, ticket)

    assert compensate(seat, ticket, 100)["reason"] == "already_compensated"
    assert compensate(sit_at("wang.qiang"), ticket, 100)["reason"] == "already_compensated"
    assert drawn(server.settings) == AGENT_MAY


def test_refused_wish_leaves_room_for_another(seat: Workstation, lead: Workstation) -> None:
    ticket = complain(seat)
    decide(lead, compensate(seat, ticket, LEAD_MAY)["id"], "refused", "太多")

    assert compensate(seat, ticket, 1_000)["changed"]["state"] == "granted"


def test_linked_complaints_are_compensated_once(seat: Workstation, server: ServerThread) -> None:
    called, sent = complain(seat), complain(seat, None, subject="市民反映没有人回电")
    change(seat, sent, same_as=called)
    compensate(seat, called)

    assert compensate(seat, sent)["reason"] == "already_compensated"
    assert drawn(server.settings) == AGENT_MAY


def test_part_of_a_complaint_is_not_compensated_beside_the_whole(seat: Workstation, server: ServerThread) -> None:
    whole = complain(seat)
    part = complain(seat, parent=whole)

    assert compensate(seat, part)["reason"] == "part_of_a_complaint"
    assert compensate(seat, whole)["changed"]["state"] == "granted"
    assert drawn(server.settings) == AGENT_MAY


def duplicate(seat: Workstation, ticket: str, *others: str) -> dict[str, Any]:
    """The answer to links that call others duplicates of a ticket, and to no others."""
    return change(seat, ticket, links=[{"kind": "duplicate", "ticket": other} for other in others])


def test_duplicates_are_compensated_once_also_over_a_third(seat: Workstation, server: ServerThread) -> None:
    called, sent, written = (complain(seat, None) for _ in range(3))
    change(seat, sent, same_as=called)
    assert duplicate(seat, written, sent)["verdict"] == "applied"
    compensate(seat, written)

    assert [compensate(seat, one)["reason"] for one in (called, sent)] == ["already_compensated"] * 2
    assert drawn(server.settings) == AGENT_MAY


def test_compensated_duplicates_are_parted_by_a_lead_from_either_end(
    seat: Workstation, lead: Workstation, server: ServerThread
) -> None:
    called, sent = complain(seat), complain(seat)
    duplicate(seat, sent, called)
    compensate(seat, called)

    assert [duplicate(seat, one)["reason"] for one in (sent, called)] == ["already_compensated"] * 2
    assert duplicate(lead, called)["verdict"] == "applied"
    assert compensate(seat, sent)["verdict"] == "applied"


def test_duplicates_of_what_is_no_complaint_are_two_complaints(seat: Workstation, server: ServerThread) -> None:
    called, sent, wish = complain(seat), complain(seat), seat.ticket()
    seat.push(wish)
    for one in (called, sent):
        assert duplicate(seat, one, wish["id"])["verdict"] == "applied"
    compensate(seat, called)

    assert compensate(seat, sent)["verdict"] == "applied"
    assert duplicate(seat, called)["verdict"] == "applied"


def test_what_was_asked_for_one_door_is_not_granted_after_the_other_got_it(
    seat: Workstation, lead: Workstation, server: ServerThread
) -> None:
    called, sent = complain(seat), complain(seat, None)
    asked = compensate(seat, sent, LEAD_MAY)
    compensate(seat, called)
    change(seat, sent, same_as=called)

    assert decide(lead, asked["id"], "granted")["reason"] == "already_compensated"
    assert drawn(server.settings) == AGENT_MAY


def test_who_lost_their_role_grants_nothing_any_more(
    seat: Workstation, lead: Workstation, server: ServerThread
) -> None:
    asked = compensate(seat, complain(seat), LEAD_MAY)
    executed(server.settings, "UPDATE agent SET role = 'agent' WHERE id = 'zhou.min'")

    answer = decide(lead, asked["id"], "granted")

    assert answer["reason"] in ("beyond_authority", "unknown_row")
    assert drawn(server.settings) == 0


def test_compensation_follows_its_ticket_into_another_queue(seat: Workstation, sit_at: SitAt) -> None:
    ticket = complain(seat)
    asked = compensate(seat, ticket, LEAD_MAY)
    hand_over(seat, ticket, queue="billing")
    xu_jing = sit_at("xu.jing")

    assert body_of(xu_jing, "compensation", asked["id"])["queue"] == "billing"


def at_once(*pushes: Callable[[], list[dict[str, Any]]]) -> list[dict[str, Any]]:
    with ThreadPoolExecutor(len(pushes)) as pool:
        return [answer for done in pool.map(lambda push: push(), pushes) for answer in done]


def test_two_people_at_once_cannot_overdraw_the_fund(server: ServerThread, sit_at: SitAt) -> None:
    fill(server.settings, AGENT_MAY + 100)
    seats = [sit_at(login) for login in ("lin.yue", "wang.qiang", "zhao.min")]
    wishes = [compensating(one, complain(one)) for one in seats]

    answers = at_once(*(lambda one=one, wish=wish: one.push(wish) for one, wish in zip(seats, wishes, strict=True)))

    assert sorted(answer["reason"] or "granted" for answer in answers) == ["fund_dry", "fund_dry", "granted"]
    assert drawn(server.settings) == AGENT_MAY


def test_two_people_at_once_compensate_both_doors_once(server: ServerThread, sit_at: SitAt) -> None:
    seats = [sit_at(login) for login in ("lin.yue", "wang.qiang", "zhao.min")]
    lead_id = complain(seats[0])
    others = [complain(one, None) for one in seats[1:]]
    for other in others:
        change(seats[0], other, same_as=lead_id)
    wishes = [compensating(one, id_) for one, id_ in zip(seats, (lead_id, *others), strict=True)]

    answers = at_once(*(lambda one=one, wish=wish: one.push(wish) for one, wish in zip(seats, wishes, strict=True)))

    assert sorted(answer["reason"] or "granted" for answer in answers) == ["already_compensated"] * 2 + ["granted"]
    assert drawn(server.settings) == AGENT_MAY


def test_two_leads_at_once_grant_once(seat: Workstation, server: ServerThread, sit_at: SitAt) -> None:
    asked = compensate(seat, complain(seat), AGENT_MAY + 1)
    leads = [sit_at("zhou.min"), sit_at("lu.hai")]

    answers = at_once(*(lambda one=one: [decide(one, asked["id"], "granted")] for one in leads))

    assert sorted(answer["reason"] or "granted" for answer in answers) == ["already_decided", "granted"]
    assert drawn(server.settings) == AGENT_MAY + 1


@pytest.mark.parametrize("seed", range(4))
def test_whatever_comes_in_which_order_the_fund_gives_what_was_granted_and_no_more(
    server: ServerThread, sit_at: SitAt, seed: int
) -> None:
    """Wishes, approvals, links and replays of three people at once, with a fund that runs dry."""
    chance = random.Random(seed)
    given = chance.randrange(0, 60_000)
    fill(server.settings, given)
    seats = [sit_at(login) for login in ("lin.yue", "wang.qiang", "zhou.min")]
    tickets = [complain(one) for one in seats for _ in range(4)]
    wishes = [(one, compensating(one, chance.choice(tickets), chance.randrange(1, 30_000))) for one in seats * 6]

    def play(one: Workstation) -> list[dict[str, Any]]:
        own = [wish for by, wish in wishes if by is one]
        answers = one.push(*own[:3]) + one.push(*own[1:])  # some of them once more, as after a lost answer
        change(one, chance.choice(tickets), same_as=chance.choice(tickets))
        return answers + [decide(one, wish["id"], "granted") for _, wish in wishes]

    at_once(*(lambda one=one: play(one) for one in seats))

    assert drawn(server.settings) <= given
    query = (
        "SELECT count(*) FROM compensation JOIN ticket ON ticket.id = ticket_id "
        "WHERE state = 'granted' GROUP BY coalesce(same_as, ticket.id)"
    )
    groups = [count for (count,) in executed(server.settings, query)]
    linked_late = executed(server.settings, "SELECT count(*) FROM ticket WHERE same_as IS NOT NULL")[0][0]
    assert sum(count - 1 for count in groups) <= linked_late
    alone = "SELECT count(*) FROM compensation WHERE state = 'granted' GROUP BY ticket_id"
    assert all(count == 1 for (count,) in executed(server.settings, alone))
