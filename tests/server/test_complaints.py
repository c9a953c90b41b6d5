"""Complaints on the server: whose they are, which of them are one, and what it takes to close them."""

from typing import Any

import pytest
from sqlalchemy import select

from agent_server.importing.sla import with_targets
from agent_server.importing.sla_file import read_policy
from agent_server.tables import ticket
from tests.in_process import COMPANY, ServerThread
from tests.server.complainants import (
    attempt,
    body_of,
    change,
    compensate,
    complain,
    decide,
    hand_over,
    resolve,
    say,
)
from tests.server.conftest import SitAt, executed
from tests.server.test_clocks import decide as put_policy
from tests.server.workstation import WRITTEN_AT, Workstation

THEIRS = {"source": "12345", "case_number": "HZ-2026-0042", "received_at": WRITTEN_AT}


@pytest.fixture
def visitor(sit_at: SitAt) -> Workstation:
    return sit_at("shen.lan")


@pytest.fixture
def manager(sit_at: SitAt) -> Workstation:
    return sit_at("lu.hai")


# ---- source -----------------------------------------------------------------------------------------------


def test_source_and_case_number_bring_the_regulators_clock(seat: Workstation, server: ServerThread) -> None:
    put_policy(server.settings, lambda before: with_targets(before, *read_policy(COMPANY.parent / "sla.toml")))
    ticket = complain(seat, received_from=THEIRS)

    body = body_of(seat, "ticket", ticket)

    assert body["received_from"] == THEIRS
    measures = {clock["measure"]: clock for clock in body["clocks"]["clocks"]}
    assert set(measures) == {"first_response", "resolution", "regulator"}
    assert measures["regulator"]["due_at"] == "2026-11-27T16:00:00.000Z"  # five working days after Saturday the 21st
    assert body["due_at"] == measures["resolution"]["due_at"]


def test_source_that_the_company_does_not_know_is_refused(seat: Workstation) -> None:
    ticket = complain(seat)

    assert change(seat, ticket, received_from={**THEIRS, "source": "nobody"})["reason"] == "unknown_source"
    assert change(seat, ticket, received_from={**THEIRS, "case_number": "9" * 65})["reason"] == "bad_field"
    assert change(seat, ticket, received_from={**THEIRS, "received_at": "2099-01-01T00:00:00.000Z"})["reason"]


def test_same_complaint_is_sought_by_an_index(server: ServerThread) -> None:
    sought = executed(server.settings, select(ticket.c.id).where(ticket.c.same_as == "K-1"))
    assert sought == []

    is_sqlite = server.settings.database.get_backend_name() == "sqlite"
    asked = (
        "EXPLAIN QUERY PLAN SELECT id FROM ticket WHERE same_as = 'K-1'"
        if is_sqlite
        else "SELECT indexdef FROM pg_indexes WHERE tablename = 'ticket' AND indexdef LIKE '%(same_as)'"
    )
    [told] = executed(server.settings, asked)
    assert ("USING INDEX ix_ticket_same_as" if is_sqlite else "ix_ticket_same_as") in str(told)


# ---- whose it is ------------------------------------------------------------------------------------------


@pytest.fixture
def field_desk(sit_at: SitAt) -> Workstation:
    return sit_at("ma.chao")


@pytest.fixture
def finance(sit_at: SitAt) -> Workstation:
    return sit_at("fang.yu")


def test_department_disputes_and_the_other_one_accepts(
    seat: Workstation, field_desk: Workstation, finance: Workstation
) -> None:
    ticket = complain(seat, department="field", owner="ma.chao")

    say(field_desk, ticket, "disputes", "finance", "不是装维，是扣费")
    answer = say(finance, ticket, "accepts", "finance", "确实是计费错误")

    assert answer["changed"]["department"] == "finance"
    body = body_of(seat, "ticket", ticket)
    assert (body["department"], body["owner"]) == ("finance", None)
    assert [word["text"] for word in body["disputes"]] == ["不是装维，是扣费", "确实是计费错误"]


def test_duty_manager_decides_what_the_other_one_declines(
    seat: Workstation, field_desk: Workstation, finance: Workstation, manager: Workstation
) -> None:
    ticket = complain(seat, department="field")
    say(field_desk, ticket, "disputes", "finance")
    say(finance, ticket, "declines", "finance")

    early = say(seat, ticket, "decides", "finance")
    answer = say(manager, ticket, "decides", "field", "上门记录在装维")

    assert early["reason"] == "not_allowed"
    assert answer["verdict"] in ("applied", "merged")
    body = body_of(seat, "ticket", ticket)
    assert (body["department"], len(body["disputes"])) == ("field", 3)


@pytest.mark.parametrize(
    ("who", "step", "department", "reason"),
    [
        ("fang.yu", "disputes", "care", "not_your_department"),
        ("ma.chao", "disputes", "field", "bad_field"),
        ("ma.chao", "disputes", "nowhere", "unknown_department"),
        ("ma.chao", "accepts", "field", "no_dispute"),
        ("lu.hai", "decides", "care", "no_dispute"),
        ("lin.yue", "disputes", "care", "not_allowed"),
    ],
)
def test_word_out_of_turn_is_refused(
    seat: Workstation, sit_at: SitAt, who: str, step: str, department: str, reason: str
) -> None:
    ticket = complain(seat, department="field")

    assert say(sit_at(who), ticket, step, department)["reason"] == reason


def test_nobody_speaks_for_another_or_without_words(seat: Workstation, field_desk: Workstation) -> None:
    ticket = complain(seat, department="field")
    word = {"step": "disputes", "department": "care", "text": "不是我们", "author": "fang.yu", "at": WRITTEN_AT}

    [another] = field_desk.push(field_desk.op("ticket", ticket, "append", {"disputes": [None, word]}))

    assert another["reason"] == "not_yours"
    assert say(field_desk, ticket, "disputes", "care", " ")["reason"] == "reason_missing"


def test_complaint_in_dispute_is_not_handed_over_past_it(
    seat: Workstation, field_desk: Workstation, sit_at: SitAt
) -> None:
    ticket = complain(seat, department="field")

    assert hand_over(field_desk, ticket, department="care")["reason"] == "dispute_first"
    say(field_desk, ticket, "disputes", "finance")
    assert say(field_desk, ticket, "disputes", "finance")["reason"] == "disputed"
    assert hand_over(sit_at("zhou.min"), ticket, department="care")["reason"] == "disputed"


# ---- two doors --------------------------------------------------------------------------------------------


def test_one_of_two_leads_and_both_keep_their_source(seat: Workstation) -> None:
    called, sent = complain(seat), complain(seat, None, received_from=THEIRS)

    assert change(seat, sent, same_as=called)["verdict"] == "applied"

    assert body_of(seat, "ticket", sent)["received_from"] == THEIRS
    third = complain(seat)
    assert change(seat, third, same_as=sent)["reason"] == "not_leading"
    assert change(seat, called, same_as=third)["reason"] == "not_leading"
    assert change(seat, called, same_as=called)["reason"] == "not_a_complaint"
    assert change(seat, sent, same_as=None)["verdict"] == "applied"


def test_what_a_regulator_sent_is_linked_and_not_merged(seat: Workstation) -> None:
    called, sent = complain(seat), complain(seat, received_from=THEIRS)

    assert change(seat, sent, merged_into=called)["reason"] == "link_instead"


def test_merged_complaint_is_not_compensated_beside_the_one_it_went_into(seat: Workstation) -> None:
    called, again = complain(seat), complain(seat)
    compensate(seat, again)
    assert change(seat, again, merged_into=called)["verdict"] == "applied"

    assert compensate(seat, called)["reason"] == "already_compensated"


def test_complaint_merged_over_two_steps_is_compensated_once(seat: Workstation) -> None:
    first, second, third = complain(seat), complain(seat), complain(seat)
    compensate(seat, first)
    change(seat, first, merged_into=second)
    change(seat, second, merged_into=third)

    assert compensate(seat, third)["reason"] == "already_compensated"


def test_who_followed_a_complaint_that_went_into_another_follows_that_one(
    seat: Workstation, visitor: Workstation
) -> None:
    called, sent, kept = complain(seat), complain(seat, None, received_from=THEIRS), complain(seat)
    change(seat, sent, same_as=called)
    change(seat, called, merged_into=kept)
    compensate(seat, kept)

    assert compensate(seat, sent)["reason"] == "already_compensated"
    attempt(visitor, resolve(seat, kept), "reached", satisfaction=4)
    change(seat, sent, status="resolved")
    assert change(seat, sent, status="closed")["verdict"] == "applied"


def test_nothing_is_linked_to_a_complaint_that_went_into_another(seat: Workstation) -> None:
    called, again, third = complain(seat), complain(seat), complain(seat)
    change(seat, again, merged_into=called)

    assert change(seat, third, same_as=again)["reason"] == "not_leading"


def test_doors_are_not_parted_by_an_agent_once_something_was_given(seat: Workstation, sit_at: SitAt) -> None:
    called, sent, other = complain(seat), complain(seat, None), complain(seat)
    change(seat, sent, same_as=called)
    compensate(seat, called)

    assert change(seat, sent, same_as=None)["reason"] == "already_compensated"
    assert change(seat, sent, same_as=other)["reason"] == "already_compensated"
    assert change(sit_at("zhou.min"), sent, same_as=None)["verdict"] == "applied"


# ---- closing ----------------------------------------------------------------------------------------------


def test_solving_a_complaint_orders_a_return_visit_of_the_group(seat: Workstation, visitor: Workstation) -> None:
    ticket = complain(seat)

    visit = body_of(visitor, "follow_up", resolve(seat, ticket))

    assert (visit["kind"], visit["team"], visit["ticket_id"], visit["state"]) == (
        "return_visit",
        "visits",
        ticket,
        "open",
    )
    assert body_of(seat, "ticket", ticket)["handlers"] == ["lin.yue"]


def test_complaint_closes_after_a_visit_by_another_with_a_satisfaction_value(
    seat: Workstation, visitor: Workstation
) -> None:
    ticket = complain(seat)
    assert change(seat, ticket, status="in_progress")["verdict"] == "applied"
    visit = resolve(seat, ticket)

    assert change(seat, ticket, status="closed")["reason"] == "return_visit_open"
    assert attempt(visitor, visit, "reached", 4)["verdict"] in ("applied", "merged")

    assert change(visitor, ticket, status="closed")["verdict"] == "applied"
    assert body_of(seat, "ticket", ticket)["handlers"] == ["lin.yue"]


def test_handler_makes_neither_the_visit_nor_the_attempt(seat: Workstation, sit_at: SitAt) -> None:
    wang = sit_at("wang.qiang")
    ticket = complain(seat)
    hand_over(seat, ticket, owner="wang.qiang")
    visit = resolve(seat, ticket)

    assert attempt(seat, visit, "reached", 5)["reason"] == "handler_may_not"
    assert attempt(wang, visit, "no_answer")["reason"] == "handler_may_not"
    for one in (seat, wang):
        [claim] = one.push(one.op("follow_up", visit, "update", {"owner": [None, one.login]}, base_version=1))
        assert claim["reason"] == "handler_may_not"
        cancelled = {"state": ["open", "cancelled"], "reason": [None, "不用问"]}
        [spared] = one.push(one.op("follow_up", visit, "update", cancelled, base_version=1))
        assert spared["reason"] in ("not_allowed", "handler_may_not")
    assert change(seat, ticket, status="closed")["reason"] == "return_visit_open"


def test_visit_of_a_complaint_does_not_become_another_tickets(seat: Workstation, visitor: Workstation) -> None:
    ticket, other = complain(seat), complain(seat)
    visit = resolve(seat, ticket)

    for one in (seat, visitor):
        [moved] = one.push(one.op("follow_up", visit, "update", {"ticket_id": [ticket, other]}))
        assert moved["reason"] == "not_allowed"


def test_three_no_answers_are_no_satisfaction_and_wait_for_the_duty_manager(
    seat: Workstation, visitor: Workstation, manager: Workstation
) -> None:
    ticket = complain(seat)
    visit = resolve(seat, ticket)
    decision = {"by": "lu.hai", "at": WRITTEN_AT, "reason": "三次未接，已发短信"}
    assert change(manager, ticket, closing_decision=decision)["reason"] == "return_visit_open"
    for _ in range(3):
        attempt(visitor, visit, "no_answer")
    assert body_of(visitor, "follow_up", visit)["state"] == "not_reached"

    assert change(visitor, ticket, status="closed")["reason"] == "customer_unreached"
    assert change(visitor, ticket, closing_decision={**decision, "by": "shen.lan"})["reason"] == "not_allowed"
    assert change(manager, ticket, closing_decision={**decision, "reason": " "})["reason"] == "reason_missing"
    assert change(manager, ticket, closing_decision=decision)["verdict"] == "applied"
    assert change(visitor, ticket, status="closed")["verdict"] == "applied"


def test_customer_who_will_not_say_leaves_it_to_the_duty_manager(seat: Workstation, visitor: Workstation) -> None:
    ticket = complain(seat)
    attempt(visitor, resolve(seat, ticket), "refused")

    assert change(visitor, ticket, status="closed")["reason"] == "customer_unreached"


def test_complaint_taken_up_again_needs_another_visit(seat: Workstation, visitor: Workstation) -> None:
    ticket = complain(seat)
    first = resolve(seat, ticket)
    attempt(visitor, first, "reached", 1)
    change(visitor, ticket, status="in_progress")
    assert body_of(seat, "ticket", ticket)["return_visit"] is None

    second = resolve(seat, ticket)

    assert second != first
    assert change(seat, ticket, status="closed")["reason"] == "return_visit_open"
    assert attempt(visitor, second, "reached", 5)["verdict"] in ("applied", "merged")
    assert change(seat, ticket, status="closed")["verdict"] == "applied"


def test_visit_of_a_complaint_taken_up_again_is_called_off(seat: Workstation, visitor: Workstation) -> None:
    ticket = complain(seat)
    visit = resolve(seat, ticket)
    change(seat, ticket, status="in_progress")

    assert body_of(visitor, "follow_up", visit)["state"] == "cancelled"


def test_one_visit_suffices_for_both_doors_and_no_handler_of_either_makes_it(
    seat: Workstation, sit_at: SitAt, visitor: Workstation
) -> None:
    called = complain(seat)
    wang = sit_at("wang.qiang")
    sent = complain(wang, received_from=THEIRS)
    change(wang, sent, status="in_progress")
    change(seat, sent, same_as=called)
    visit = resolve(seat, called)
    change(wang, sent, status="resolved")
    assert body_of(seat, "ticket", sent)["return_visit"] is None

    assert attempt(wang, visit, "reached", 5)["reason"] == "handler_may_not"
    assert change(wang, sent, status="closed")["reason"] == "return_visit_open"
    attempt(visitor, visit, "reached", 5)
    assert [change(seat, one, status="closed")["verdict"] for one in (called, sent)] == ["applied", "applied"]


def test_visit_that_was_over_before_a_complaint_came_in_does_not_close_it(
    seat: Workstation, sit_at: SitAt, visitor: Workstation
) -> None:
    wang = sit_at("wang.qiang")
    earlier = complain(wang)
    attempt(visitor, resolve(wang, earlier), "reached", 5)

    sent = complain(seat, created_at="1970-01-01T00:00:00.000Z")
    change(seat, sent, same_as=earlier)
    change(seat, sent, status="resolved")
    own = body_of(seat, "ticket", sent)["return_visit"]
    change(wang, earlier, status="closed")

    assert change(seat, sent, status="closed")["reason"] == "return_visit_open"
    attempt(visitor, own, "reached", 4)
    assert change(seat, sent, status="closed")["verdict"] == "applied"


def test_visit_of_another_customer_does_not_close_a_complaint(
    seat: Workstation, sit_at: SitAt, visitor: Workstation
) -> None:
    wang = sit_at("wang.qiang")
    theirs, mine = complain(wang, "C-1"), complain(seat, "C-2")
    change(seat, mine, same_as=theirs)
    own = resolve(seat, mine)
    attempt(visitor, resolve(wang, theirs), "reached", 5)

    assert change(seat, mine, status="closed")["reason"] == "return_visit_open"
    attempt(visitor, own, "reached", 3)
    assert change(seat, mine, status="closed")["verdict"] == "applied"


def test_duty_manager_who_lets_one_close_has_not_decided_about_a_later_one(
    seat: Workstation, sit_at: SitAt, visitor: Workstation, manager: Workstation
) -> None:
    wang = sit_at("wang.qiang")
    earlier = complain(wang)
    attempt(visitor, resolve(wang, earlier), "wrong_number")
    word = {"by": manager.login, "at": WRITTEN_AT, "reason": "空号，书面告知"}
    assert change(manager, earlier, closing_decision=word)["verdict"] == "applied"
    later = complain(seat, created_at="1970-01-01T00:00:00.000Z")
    resolve(seat, later)
    change(seat, later, same_as=earlier)

    assert change(seat, later, status="closed")["reason"] == "return_visit_open"
    assert change(wang, earlier, status="closed")["verdict"] == "applied"


def test_customer_who_turns_out_to_have_complained_is_the_one_who_is_asked(
    seat: Workstation, visitor: Workstation
) -> None:
    ticket = complain(seat, "C-2")
    first = resolve(seat, ticket)
    attempt(visitor, first, "reached", 5)

    change(seat, ticket, customer_id="C-1")

    second = body_of(seat, "ticket", ticket)["return_visit"]
    assert body_of(visitor, "follow_up", second)["customer_id"] == "C-1"
    assert change(seat, ticket, status="closed")["reason"] == "return_visit_open"


def test_another_term_for_a_complaint_is_agreed_by_who_answers_for_it(seat: Workstation, sit_at: SitAt) -> None:
    later = "2027-03-01T00:00:00.000Z"
    ticket = complain(seat)

    assert seat.push(seat.ticket(type="complaint", due_at=later))[0]["reason"] == "not_allowed"
    assert change(seat, ticket, due_at=later)["reason"] == "not_allowed"
    assert change(sit_at("zhou.min"), ticket, due_at=later)["verdict"] == "applied"


def test_open_dispute_and_undecided_compensation_hold_up_the_closing(
    seat: Workstation, sit_at: SitAt, visitor: Workstation, manager: Workstation
) -> None:
    ticket = complain(seat, department="field")
    asked = compensate(seat, ticket, 8_000)
    attempt(visitor, resolve(seat, ticket), "reached", 5)
    say(sit_at("ma.chao"), ticket, "disputes", "care")

    assert change(seat, ticket, status="closed")["reason"] == "disputed"
    say(manager, ticket, "decides", "field")
    assert change(seat, ticket, status="closed")["reason"] == "compensation_undecided"
    decide(manager, asked["id"], "refused", "已退费")
    assert change(seat, ticket, status="closed")["verdict"] == "applied"


def test_complaint_does_not_become_something_easier_to_close(seat: Workstation, sit_at: SitAt) -> None:
    ticket = complain(seat)

    assert change(seat, ticket, type="inquiry")["reason"] == "complaint_stays"
    assert change(sit_at("zhou.min"), ticket, type="inquiry")["verdict"] == "applied"


def test_nothing_becomes_a_complaint_that_is_over_without_a_return_visit(seat: Workstation) -> None:
    asked, done = seat.ticket(type="inquiry"), seat.ticket(type="inquiry")
    seat.push(asked, done)
    for one in (asked, done):
        change(seat, one["id"], status="resolved")
    change(seat, done["id"], status="closed")

    assert change(seat, asked["id"], type="complaint", status="closed")["reason"] == "return_visit_missing"
    assert change(seat, done["id"], type="complaint")["reason"] == "ticket_closed"
    assert body_of(seat, "ticket", asked["id"])["status"] == "resolved"


def test_client_writes_no_handlers_and_no_visit_of_its_own(seat: Workstation) -> None:
    def answered(**fields: Any) -> str:
        [answer] = seat.push(seat.ticket(type="complaint", **fields))
        return str(answer["reason"])

    assert answered(handlers=["shen.lan"]) == "not_allowed"
    assert answered(return_visit="V-1") == "not_allowed"
    assert change(seat, complain(seat), handlers=[])["reason"] == "not_allowed"


def test_other_tickets_close_as_ever(seat: Workstation) -> None:
    wish = seat.ticket()
    seat.push(wish)
    change(seat, wish["id"], status="resolved")

    assert change(seat, wish["id"], status="closed")["verdict"] == "applied"
    assert body_of(seat, "ticket", wish["id"])["return_visit"] is None
