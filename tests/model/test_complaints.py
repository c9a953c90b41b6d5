"""Complaints: the regulator's term beside our own promise, whose they are and why, and which are the same."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from agent_model.calendar import ALWAYS, Calendar, DayKind, Holidays, Opening
from agent_model.clock import Clock, ClockState, Measure, Step, StepKind, TicketClocks
from agent_model.clock_policy import COMPLAINT_HOURS, PolicyId, SlaPolicy, Target
from agent_model.clock_reckoning import ClockFacts, Promises
from agent_model.department_rule import ByHistory, Case, DepartmentRule, propose
from agent_model.same_complaint import Likeness, Told, similarity, twins
from agent_model.ticket import Priority, TicketStatus, TicketType
from agent_model.words import Words
from agent_server.importing.sla_file import SHIPPED, read_holidays

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOUR = timedelta(hours=1)
OFFICE_DAY = (Opening("09:00", "12:00"), Opening("13:00", "18:00"))
OFFICE = Calendar("office", Words("", ""), "Asia/Shanghai", (OFFICE_DAY,) * 5 + ((),) * 2, "cn")
CHINA = Holidays("cn", read_holidays(SHIPPED / "cn.csv"))
POLICY = SlaPolicy(
    PolicyId("p"),
    datetime(2026, 1, 1, tzinfo=UTC),
    (
        Target(Measure.RESOLUTION, COMPLAINT_HOURS * 60, ALWAYS.id, types=(TicketType.COMPLAINT,)),
        Target(Measure.REGULATOR, 0, "office", (), steps=(Step(StepKind.WARN, 80),), days=5, sources=("12345",)),
        Target(Measure.REGULATOR, 0, "office", (), days=1, sources=("urgent",)),
    ),
    (ALWAYS, OFFICE),
    (CHINA,),
)
PROMISES = Promises(POLICY)
EVE = datetime(2026, 2, 13, 16, tzinfo=SHANGHAI)
"""A Friday. Saturday the 14th is worked (调休), from the 15th to the 23rd everybody is free."""
OURS = ClockFacts(TicketType.COMPLAINT, Priority.NORMAL, TicketStatus.NEW, source="call")
THEIRS = replace(OURS, source="12345", received_at=EVE)


def at(month: int, day: int, hour: int = 0) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=SHANGHAI)


def of(clocks: TicketClocks, measure: Measure) -> Clock:
    clock = clocks.clock(measure)
    assert clock is not None
    return clock


def test_regulator_counts_working_days_over_the_holidays_beside_our_own_promise() -> None:
    assert CHINA.days[0].kind in DayKind

    clocks = PROMISES.begin(THEIRS, EVE)

    assert of(clocks, Measure.RESOLUTION).due_at == EVE + 48 * HOUR
    assert of(clocks, Measure.REGULATOR).due_at == at(2, 28)  # 14, then 24, 25, 26, 27 to its end
    assert clocks.due_at == EVE + 48 * HOUR
    assert clocks.leading is of(clocks, Measure.RESOLUTION)


def test_complaint_by_our_own_line_has_no_regulator() -> None:
    assert PROMISES.begin(OURS, EVE).clock(Measure.REGULATOR) is None


def test_nearer_term_leads_also_when_it_is_the_regulators() -> None:
    clocks = PROMISES.begin(replace(THEIRS, source="urgent", received_at=EVE - 24 * HOUR), EVE)

    assert of(clocks, Measure.REGULATOR).due_at == at(2, 14)
    assert clocks.due_at == at(2, 14)
    assert clocks.leading is of(clocks, Measure.REGULATOR)


def test_regulator_does_not_wait_for_the_customer() -> None:
    begun = PROMISES.begin(THEIRS, EVE)

    waiting = PROMISES.follow(begun, replace(THEIRS, status=TicketStatus.WAITING_CUSTOMER), EVE + HOUR)

    assert of(waiting, Measure.RESOLUTION).is_paused
    assert of(waiting, Measure.REGULATOR).due_at == at(2, 28)
    assert waiting.due_at == at(2, 28)


def test_term_is_kept_when_the_complaint_is_solved_in_time() -> None:
    begun = PROMISES.begin(THEIRS, EVE)

    solved = PROMISES.follow(begun, replace(THEIRS, status=TicketStatus.RESOLVED), at(2, 27, 23))
    late = PROMISES.follow(begun, replace(THEIRS, status=TicketStatus.RESOLVED), at(2, 28, 1))

    assert of(solved, Measure.REGULATOR).state(at(3, 1)) is ClockState.MET
    assert of(late, Measure.REGULATOR).state(at(3, 1)) is ClockState.MISSED


def test_source_that_is_told_later_brings_its_clock() -> None:
    begun = PROMISES.begin(OURS, EVE)

    told = PROMISES.follow(begun, THEIRS, EVE + HOUR)

    assert of(told, Measure.REGULATOR).due_at == at(2, 28)
    assert of(told, Measure.REGULATOR).started_at == EVE


RULES = (
    DepartmentRule("complaints", "care", category="complaint"),
    DepartmentRule("billing", "billing", category="complaint/billing"),
    DepartmentRule("engineer", "field", keywords=("师傅", "engineer"), weight=2),
    DepartmentRule("lines", "network", category="complaint", products=("line-100",), weight=2),
    DepartmentRule("empty", "nobody", weight=9),
)


@pytest.mark.parametrize(
    ("case", "rule", "department", "keyword"),
    [
        (Case("complaint/service", (), "没有人接电话"), "complaints", "care", ""),
        (Case("complaint/billing", (), "多扣了"), "billing", "billing", ""),
        (Case("complaint/billing", (), "师傅没有来"), "engineer", "field", "师傅"),
        (Case("complaint/service", (), "The Engineer never came"), "engineer", "field", "engineer"),
        (Case("complaint/service", ("line-100",), "断线"), "lines", "network", ""),
    ],
    ids=["category", "nearer category", "word", "word of any case", "product"],
)
def test_heavier_and_nearer_rule_proposes_the_department(case: Case, rule: str, department: str, keyword: str) -> None:
    proposal = propose(case, RULES, ())

    assert proposal.by_rule is not None
    assert (proposal.by_rule.rule, proposal.department, proposal.by_rule.keyword) == (rule, department, keyword)


def test_history_proposes_where_no_rule_does() -> None:
    proposal = propose(Case("fault/tv", (), ""), RULES, ["field", "field", "care", "field"])

    assert proposal.by_history == ByHistory("field", 3, 4)
    assert proposal.department == "field"


@pytest.mark.parametrize("ended", [["field", "field"], ["field", "care", "field", "care"]], ids=["few", "undecided"])
def test_history_that_says_little_proposes_nothing(ended: list[str]) -> None:
    assert propose(Case("fault/tv", (), ""), RULES, ended).department is None


def test_rule_counts_before_history_and_both_are_told() -> None:
    proposal = propose(Case("complaint/billing", (), ""), RULES, ["care"] * 4)

    assert proposal.department == "billing"
    assert proposal.by_history == ByHistory("care", 4, 4)


CALLED = Told("T-1", "C-1", frozenset({"+8613800001111"}), "complaint/billing", EVE, "本月账单多扣了三十元, 要求退还")


def told(**fields: object) -> Told:
    sent = Told("T-2", "C-1", frozenset(), "complaint/billing", EVE + 20 * HOUR, "市民反映账单多扣三十元")
    return replace(sent, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("other", "likeness"),
    [
        (told(), {Likeness.CUSTOMER, Likeness.CATEGORY, Likeness.TEXT}),
        (told(customer_id=None, numbers=CALLED.numbers), {Likeness.NUMBER, Likeness.CATEGORY, Likeness.TEXT}),
        (told(customer_id=None), {Likeness.CATEGORY, Likeness.TEXT}),
        (told(category="complaint/service"), {Likeness.CUSTOMER, Likeness.TEXT}),
    ],
    ids=["customer", "number", "nobody named", "another category"],
)
def test_same_complaint_by_another_door_is_found_with_its_reasons(other: Told, likeness: set[Likeness]) -> None:
    [twin] = twins(CALLED, [CALLED, other])

    assert twin.ticket_id == "T-2"
    assert set(twin.likeness) == likeness
    assert twin.apart == 20 * HOUR


@pytest.mark.parametrize(
    "other",
    [
        told(at=EVE + timedelta(days=31)),
        told(customer_id="C-2", text="装机师傅迟到两小时"),
        told(category="complaint/service", text="装机师傅迟到两小时"),
    ],
    ids=["long ago", "somebody else", "another matter"],
)
def test_another_complaint_is_not_taken_for_the_same(other: Told) -> None:
    assert twins(CALLED, [other]) == ()


def test_likeliest_comes_first() -> None:
    found = twins(CALLED, [told(ticket_id="T-3", customer_id=None), told(at=EVE + 9 * HOUR), told(ticket_id="T-0")])

    assert [twin.ticket_id for twin in found] == ["T-2", "T-0", "T-3"]


def test_texts_without_words_are_not_similar() -> None:
    assert similarity("", "!") == 0.0
    assert similarity("Too slow", "too SLOW!") == 1.0
