"""Identity checks on the server: levels are its own, tickets of gated business need one, and none is used twice."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agent_model.agent import Role
from agent_model.identity_check import check_id
from agent_model.moment import to_text
from agent_server.settings import Settings
from tests.in_process import ServerThread, serving
from tests.server.conftest import CUSTOMERS, NewSite
from tests.server.officers import appoint
from tests.server.workstation import Workstation

OWNER = {"type": "change", "category": "data/owner", "queue": "support"}
NEEDED = ("rejected", "identity_check_needed")


class Clock:
    """The server's time, which a test may move."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def site(new_site: NewSite) -> Settings:
    site = new_site(CUSTOMERS)
    appoint(site, "admin.li", Role.ADMINISTRATOR)
    return site


@pytest.fixture
def server(site: Settings, clock: Clock) -> Iterator[ServerThread]:
    with serving(site, now=clock) as running:
        yield running


@pytest.fixture
def seat(server: ServerThread) -> Iterator[Workstation]:
    with Workstation(server.address, "lin.yue") as workstation:
        yield workstation


Later = Callable[[int], Workstation]


@pytest.fixture
def later(server: ServerThread, clock: Clock) -> Iterator[Later]:
    """The same person, signed in again so many hours later."""
    with ExitStack() as seats:

        def sit(hours: int) -> Workstation:
            clock.ahead = timedelta(hours=hours)
            return seats.enter_context(Workstation(server.address, "lin.yue"))

        yield sit


def answers(*given: tuple[str, bool], at: datetime | None = None) -> list[dict[str, Any]]:
    moment = to_text(at or datetime.now(UTC))
    return [{"question": question, "is_right": is_right, "at": moment} for question, is_right in given]


def line(seat: Workstation, call: str, said: Any, customer: str = "C-1", **more: Any) -> dict[str, Any]:
    body = {
        "customer_id": customer, "kind": "identity_check", "at": said[0]["at"], "title": "", "agent": "lin.yue",
        "call_ref": call, "check": {"answers": said}, **more,
    }  # fmt: skip
    op: dict[str, Any] = seat.op("contact", check_id(call, customer, "lin.yue"), "create", body)
    return op


def check(seat: Workstation, call: str, *given: tuple[str, bool], **more: Any) -> dict[str, Any]:
    """A check of one go, as the server keeps it."""
    op = line(seat, call, answers(*given, at=more.pop("at", None)), **more)
    [answer] = seat.push(op)
    assert answer["verdict"] == "applied", answer
    kept: dict[str, Any] = answer["changed"]["check"]
    return kept


def file(seat: Workstation, call: str, named: str | None, customer: str = "C-1", **more: Any) -> tuple[str, str | None]:
    op = seat.ticket(customer, **{**OWNER, "call_ref": call, "identity_check": named, **more})
    [answer] = seat.push(op)
    return answer["verdict"], answer["reason"]


def strong(seat: Workstation, call: str, customer: str = "C-1", **more: Any) -> str:
    kept = check(seat, call, ("name", True), ("since", True), customer=customer, **more)
    assert kept["level"] == 2
    return check_id(call, customer, "lin.yue")


def test_gated_ticket_is_refused_without_a_check(seat: Workstation) -> None:
    assert file(seat, "call-1", None) == NEEDED
    assert file(seat, "call-1", "I-nothing") == NEEDED
    assert file(seat, "call-1", None, type="inquiry", category="billing/amount")[0] == "applied"


def test_gated_ticket_is_taken_with_the_check_of_its_call(seat: Workstation) -> None:
    assert file(seat, "call-1", strong(seat, "call-1"))[0] == "applied"


def test_level_is_the_servers_word_whatever_a_workstation_claims(seat: Workstation) -> None:
    op = line(seat, "call-1", answers(("name", True)))
    op["fields"]["check"][1] |= {"level": 2, "is_locked": False, "checked_at": to_text(datetime.now(UTC))}
    [answer] = seat.push(op)
    assert answer["changed"]["check"]["level"] == 1
    assert file(seat, "call-1", check_id("call-1", "C-1", "lin.yue")) == NEEDED


@pytest.mark.parametrize(
    "forged",
    [
        {"call": "call-2"},
        {"customer": "C-2"},
        {"call": None},
    ],
    ids=["another call", "another customer", "no call"],
)
def test_check_is_of_no_use_elsewhere(seat: Workstation, forged: dict[str, Any]) -> None:
    named = strong(seat, "call-1")
    wanted = {"call": "call-1", "customer": "C-1"} | forged
    assert file(seat, wanted["call"], named, wanted["customer"]) == NEEDED


def test_check_of_a_colleague_is_of_no_use(seat: Workstation, server: ServerThread) -> None:
    named = strong(seat, "call-1")
    with Workstation(server.address, "wang.qiang") as other:
        op = other.ticket("C-1", **{**OWNER, "call_ref": "call-1", "identity_check": named, "created_by": "wang.qiang"})
        [answer] = other.push(op)
    assert (answer["verdict"], answer["reason"]) == NEEDED


def test_check_grows_old_by_the_servers_clock(seat: Workstation, later: Later) -> None:
    named = strong(seat, "call-1")
    assert file(later(25), "call-1", named, created_at=to_text(datetime.now(UTC))) == NEEDED


def test_line_of_another_kind_is_no_check(seat: Workstation) -> None:
    body = {"customer_id": "C-1", "kind": "call_in", "at": to_text(datetime.now(UTC)), "title": "", "agent": "lin.yue",
            "call_ref": "call-1"}  # fmt: skip
    seat.push(seat.op("contact", "K-1", "create", body))
    assert file(seat, "call-1", "K-1") == NEEDED
    said = answers(("name", True))
    [answer] = seat.push(seat.op("contact", "K-1", "update", {"check": [None, {"answers": said}]}, base_version=1))
    assert answer["reason"] == "not_allowed"
    [answer] = seat.push(seat.op("contact", "K-2", "create", {**body, "check": {"answers": said}}))
    assert answer["reason"] == "bad_field"


def test_answer_is_never_taken_back(seat: Workstation) -> None:
    kept = check(seat, "call-1", ("name", False))
    row = check_id("call-1", "C-1", "lin.yue")
    better = {"answers": answers(("name", True), ("since", True))}
    [answer] = seat.push(seat.op("contact", row, "update", {"check": [kept, better]}, base_version=1))
    assert answer["reason"] == "not_allowed"
    more = {"answers": [*kept["answers"], *answers(("since", True), ("product", True))]}
    [answer] = seat.push(seat.op("contact", row, "update", {"check": [kept, more]}, base_version=1))
    assert (answer["verdict"], answer["changed"]["check"]["level"]) == ("applied", 2)


def test_nothing_is_asked_twice_in_a_call(seat: Workstation) -> None:
    [answer] = seat.push(line(seat, "call-1", answers(("name", True), ("name", True))))
    assert answer["reason"] == "asked_already"
    check(seat, "call-1", ("name", False))
    op = line(seat, "call-1", answers(("name", True), ("since", True)))
    [answer] = seat.push({**op, "id": "I-another"})
    assert answer["reason"] == "asked_already"


def test_question_of_no_rule_is_refused(seat: Workstation) -> None:
    [answer] = seat.push(line(seat, "call-1", answers(("favourite_colour", True))))
    assert answer["reason"] == "bad_field"


def test_wrong_answers_of_a_call_end_its_check(seat: Workstation) -> None:
    given = (("name", False), ("email", False), ("since", True), ("product", True))
    kept = check(seat, "call-1", *given)
    assert (kept["level"], kept["is_locked"]) == (0, False)
    assert check(seat, "call-2", ("name", True), ("since", True))["level"] == 2


def test_too_many_wrong_answers_lock_the_customer_for_the_day(seat: Workstation, later: Later) -> None:
    for call in ("call-1", "call-2"):
        check(seat, call, ("name", False), ("email", False))
    kept = check(seat, "call-3", ("name", True), ("since", True))
    assert (kept["level"], kept["is_locked"]) == (0, True)
    assert file(seat, "call-3", check_id("call-3", "C-1", "lin.yue")) == NEEDED
    assert check(seat, "call-4", ("name", True), ("since", True), customer="C-2")["level"] == 2
    tomorrow = datetime.now(UTC) + timedelta(hours=25)
    assert check(later(25), "call-5", ("name", True), ("since", True), at=tomorrow)["level"] == 2


def test_clock_turned_back_hides_no_wrong_answer(seat: Workstation) -> None:
    last_week = datetime.now(UTC) - timedelta(days=7)
    for call in ("call-1", "call-2"):
        check(seat, call, ("name", False), ("email", False), at=last_week)
    assert check(seat, "call-3", ("name", True), ("since", True))["is_locked"]


def test_right_pin_counts_as_a_level(seat: Workstation) -> None:
    assert check(seat, "call-1", ("pin", True))["level"] == 1
    assert check(seat, "call-2", ("pin", True), ("name", True), ("since", True))["level"] == 2
    assert check(seat, "call-3", ("pin", False), customer="C-2")["level"] == 0


def test_ticket_that_becomes_gated_needs_the_check_it_was_filed_with(seat: Workstation, later: Later) -> None:
    plain = {"type": "inquiry", "category": "billing/amount"}
    op = seat.ticket("C-1", **{**OWNER, **plain, "call_ref": "call-1"})
    seat.push(op)
    moved = {"category": ["billing/amount", "data/owner"], "type": ["inquiry", "change"]}
    [answer] = seat.push(seat.op("ticket", op["id"], "update", moved, base_version=1))
    assert (answer["verdict"], answer["reason"]) == NEEDED
    named = strong(seat, "call-2")
    checked = seat.ticket("C-1", **{**OWNER, **plain, "call_ref": "call-2", "identity_check": named})
    seat.push(checked)
    seat = later(30)
    [answer] = seat.push(seat.op("ticket", checked["id"], "update", moved, base_version=1))
    assert answer["verdict"] in ("applied", "merged")
    [answer] = seat.push(seat.op("ticket", checked["id"], "update", {"customer_id": ["C-1", "C-2"]}, base_version=2))
    assert (answer["verdict"], answer["reason"]) == NEEDED


def test_same_commands_twice_count_once(seat: Workstation) -> None:
    op = line(seat, "call-1", answers(("name", False)))
    [first], [again] = seat.push(op), seat.push(op)
    assert (first["verdict"], again["verdict"]) == ("applied", "duplicate")
    kept = check(seat, "call-2", ("email", False), ("since", True), ("product", True))
    assert (kept["level"], kept["is_locked"]) == (2, False)


def test_rule_is_an_administrators(seat: Workstation, server: ServerThread) -> None:
    change = {"wrong_a_day": [4, 9]}
    [answer] = seat.push(seat.op("identity_rule", "site", "update", change, base_version=1))
    assert answer["reason"] == "not_allowed"
    with Workstation(server.address, "admin.li") as administrator:
        [answer] = administrator.push(administrator.op("identity_rule", "site", "update", change, base_version=1))
        assert answer["verdict"] == "applied"
        wrong = {"levels": [None, [{"level": 1, "name": {"zh": "基本", "en": "Basic"}, "right": 99}]]}
        [answer] = administrator.push(administrator.op("identity_rule", "site", "update", wrong, base_version=2))
        assert answer["verdict"] in ("rejected", "conflict")
