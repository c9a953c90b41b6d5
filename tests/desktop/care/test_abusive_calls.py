"""The agent's own abusive calls on this disk: marked and warned offline too, the break granted by the rule."""

from datetime import timedelta

import pytest

from agent_desktop.care.abusive_calls import AbusiveCalls
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.view import View
from agent_model.abusive_call import Abuse, AbuseStep
from agent_model.agent import Agent, AgentId, Role, TeamId
from agent_model.body import to_body
from agent_model.care_policy import CarePolicy
from agent_model.moment import to_text
from agent_model.scope import ORG, own
from agent_model.wire import Row
from agent_model.words import Words
from tests.fakes import SetClock, counting_ids

LIN = Agent(AgentId("A-1001"), "lin", Words("林", "Lin"), Role.AGENT, "8001", TeamId("t"), ())


@pytest.fixture
def calls(view: View, clock: SetClock) -> AbusiveCalls:
    return AbusiveCalls(view, LIN, clock, counting_ids("a-"))


def decide(mirror: Mirror, policy: CarePolicy) -> None:
    mirror.apply(ORG, [Row("care_policy", "site", 1, to_body(policy))], None)


def test_mark_and_steps_stand_at_once_and_wait_for_the_server_in_order(calls: AbusiveCalls, outbox: Outbox) -> None:
    calls.mark("ref-1", "billing", Abuse.THREAT)
    steps = [calls.say("ref-1") for _ in range(4)]

    assert steps == [AbuseStep.FIRST_WARNING, AbuseStep.SECOND_WARNING, AbuseStep.ENDED, None]
    found = calls.of_call("ref-1").call
    assert found is not None
    assert (found.abuse, [said.step for said in found.steps]) == (Abuse.THREAT, list(AbuseStep))
    made, *said = outbox.waiting(9)
    assert (made.kind, made.fields["agent"].new, made.fields["queue"].new) == ("create", "A-1001", "billing")
    assert [(one.kind, one.depends_on) for one in said] == [("append", made.op_id)] * 3


def test_marking_again_only_says_better_what_was_done(calls: AbusiveCalls, outbox: Outbox) -> None:
    for abuse in (Abuse.INSULT, Abuse.INSULT, Abuse.HARASSMENT):
        calls.mark("ref-1", None, abuse)
    assert [command.kind for command in outbox.waiting(9)] == ["create", "update"]
    found = calls.of_call("ref-1").call
    assert found is not None
    assert found.abuse is Abuse.HARASSMENT


def test_call_that_is_not_marked_has_no_steps(calls: AbusiveCalls, outbox: Outbox) -> None:
    assert calls.say("ref-1") is None
    assert not calls.rest("ref-1")
    assert outbox.waiting(9) == []


def test_break_is_granted_once_a_call_and_so_often_a_shift(calls: AbusiveCalls, clock: SetClock) -> None:
    for ref in ("ref-1", "ref-2", "ref-3"):
        calls.mark(ref, None, Abuse.INSULT)
    assert [calls.rest(ref) for ref in ("ref-1", "ref-1", "ref-2", "ref-3")] == [True, False, True, False]
    clock.move(hours=13)
    calls.mark("ref-4", None, Abuse.INSULT)
    assert calls.of_call("ref-4").may_rest


def test_break_comes_within_its_time(calls: AbusiveCalls, clock: SetClock) -> None:
    calls.mark("ref-1", None, Abuse.INSULT)
    clock.move(minutes=61)
    assert not calls.of_call("ref-1").may_rest


def test_rule_of_the_company_counts(calls: AbusiveCalls, mirror: Mirror) -> None:
    decide(mirror, CarePolicy(cool_down_steps=1))
    calls.mark("ref-1", None, Abuse.INSULT)
    assert not calls.rest("ref-1")
    calls.say("ref-1")
    assert calls.rest("ref-1")


def test_call_of_a_colleague_is_not_ones_own(calls: AbusiveCalls, mirror: Mirror, clock: SetClock) -> None:
    body = {"call_ref": "ref-1", "agent": "A-2", "abuse": "insult", "at": to_text(clock.now - timedelta(minutes=1))}
    mirror.apply(own("A-1001"), [Row("abusive_call", "x", 1, body)], None)
    assert calls.of_call("ref-1").call is None
