"""What is missing of a customer is asked for one at a time; what was put off is left alone for a while."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agent_desktop.customers.asking import Asking, AskingRule, rule_from
from agent_desktop.customers.edits import Fault, NotComplete
from agent_desktop.customers.follow_ups import FollowUps
from agent_desktop.offline.kept import Kept
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.store import Store
from agent_desktop.offline.view import View
from agent_model.agent import Agent, AgentId, QueueId, Role, TeamId
from agent_model.customer import Customer, CustomerId, SegmentId
from agent_model.words import Words
from tests.fakes import SetClock, counting_ids

AGENT = Agent(
    AgentId("A-1001"), "A-1001", Words("林悦", "Lin Yue"), Role.AGENT, "8001", TeamId("home"), (QueueId("support"),)
)
LI = Customer(CustomerId("C-1"), SegmentId("home"), "李静", ())


@pytest.fixture
def asking(store: Store, view: View, clock: SetClock) -> Asking:
    follow_ups = FollowUps(view, AGENT, clock, counting_ids("t-"))
    return Asking(view, Kept(store), follow_ups, clock, AskingRule())


def test_fields_are_asked_in_the_order_of_the_rule(asking: Asking) -> None:
    assert asking.next_for(LI) == "email"
    assert asking.next_for(replace(LI, email="li@b.cn")) == "region"
    assert asking.next_for(replace(LI, email="li@b.cn", region="杭州")) is None


def test_what_was_put_off_is_left_alone_for_its_days(asking: Asking, clock: SetClock) -> None:
    asking.put_off(LI, "email")
    assert asking.next_for(LI) == "region"
    asking.put_off(LI, "region")
    assert asking.next_for(LI) is None
    assert asking.next_for(replace(LI, id=CustomerId("C-2"))) == "email"
    clock.now += timedelta(days=31)
    assert asking.next_for(LI) == "email"


def test_answer_is_a_change_of_the_customer(asking: Asking, outbox: Outbox) -> None:
    asking.answer(LI, "email", " li@b.cn ")
    [command] = outbox.waiting(5)
    assert (command.entity, command.id) == ("customer", "C-1")
    assert (command.fields["email"].old, command.fields["email"].new) == (None, "li@b.cn")


@pytest.mark.parametrize(
    ("typed", "fault"),
    [("", Fault.MISSING), ("nobody", Fault.NO_ADDRESS), ("x" * 201, Fault.TOO_LONG)],
    ids=["nothing", "no address", "too long"],
)
def test_answer_that_does_not_do_is_not_sent(asking: Asking, outbox: Outbox, typed: str, fault: Fault) -> None:
    with pytest.raises(NotComplete) as refused:
        asking.answer(LI, "email", typed)
    assert refused.value.faults == {"email": fault}
    assert outbox.waiting(5) == []


def test_left_for_the_next_visit_it_is_a_task_and_not_asked_again(asking: Asking, outbox: Outbox) -> None:
    asking.at_the_next_visit(LI, "email", "请询问：邮箱")
    [command] = outbox.waiting(5)
    assert (command.entity, command.fields["kind"].new) == ("follow_up", "visit_task")
    assert (command.fields["customer_id"].new, command.fields["purpose"].new) == ("C-1", "请询问：邮箱")
    assert asking.next_for(LI) == "region"


def test_setting_that_names_what_cannot_be_asked_asks_the_rest() -> None:
    assert rule_from(["region", "phones", "x"], 7) == AskingRule(("region",), timedelta(days=7))
