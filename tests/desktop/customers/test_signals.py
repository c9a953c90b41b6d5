"""Signals from this disk alone: shown with their facts, quiet once they were answered, and tried on real customers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from agent_desktop.customers.signals.desk import Signals
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.view import View
from agent_desktop.organisation import Organisation
from agent_model.agent import Agent, AgentId, Role, TeamId
from agent_model.body import to_body
from agent_model.command import Answer, CommandKind, Verdict
from agent_model.consent import Consent, ConsentChannel, ConsentHow
from agent_model.customer import CustomerId
from agent_model.moment import to_text
from agent_model.row_draft import NotWhole, RowDraft
from agent_model.scope import ORG, Scope
from agent_model.signal import Comparison, Condition, SignalKind, SignalOutcome, SignalRule
from agent_model.signal_defaults import SHIPPED
from agent_model.wire import Row
from agent_model.words import Words
from tests.desktop.rows import contact_row, customer_row, ticket_row
from tests.fakes import SetClock, counting_ids

HOME = Scope("customers:home")
WHO = CustomerId("C-1")
LIN = Agent(AgentId("A-1001"), "lin", Words("林", "Lin"), Role.TEAM_LEAD, "8001", TeamId("t"), ())
AGAIN = next(rule for rule in SHIPPED if rule.id == "churn-same-issue")


@pytest.fixture
def signals(view: View, mirror: Mirror, clock: SetClock) -> Signals:
    return Signals(view, Organisation(mirror).products, LIN, clock, counting_ids("r-"), UTC)


def ago(clock: SetClock, days: float) -> str:
    return to_text(clock() - timedelta(days=days))


def call_often(mirror: Mirror, clock: SetClock, customer: str = "C-1", times: int = 3) -> None:
    calls = [contact_row(f"{customer}-{n}", ago(clock, n + 1), customer, kind="email") for n in range(times)]
    mirror.apply(HOME, [customer_row(customer, phones=[]), *calls], None)


def rule_row(rule: SignalRule, version: int = 1) -> Row:
    return Row("signal_rule", rule.id, version, to_body(rule))


def ids(signals: Signals) -> list[str]:
    return [signal.rule.id for signal in signals.of(WHO)]


def test_repeated_contacts_show_churn_with_the_dates(mirror: Mirror, signals: Signals, clock: SetClock) -> None:
    call_often(mirror, clock)
    (shown,) = signals.of(WHO)
    assert shown.rule == AGAIN
    assert shown.facts["same_issue_contacts"] == 3
    assert shown.facts["same_issue_since"] == (clock() - timedelta(days=3)).date()


def test_customer_who_is_not_here_shows_nothing(signals: Signals) -> None:
    assert signals.of(WHO) == ()


def test_heaviest_signal_stands_first(mirror: Mirror, signals: Signals, clock: SetClock) -> None:
    call_often(mirror, clock)
    complaint = ticket_row("T-1", type="complaint", created_at=ago(clock, 9))
    mirror.apply(HOME, [customer_row(tier="diamond", version=2), complaint], None)
    assert ids(signals) == ["churn-complaint-age", "churn-same-issue", "vip"]


@pytest.mark.parametrize("outcome", SignalOutcome, ids=str)
def test_recorded_result_quietens_the_signal_until_its_time_is_over(
    mirror: Mirror, signals: Signals, clock: SetClock, outcome: SignalOutcome
) -> None:
    call_often(mirror, clock)
    (shown,) = signals.of(WHO)
    signals.record(shown, outcome, "三次", "R-1")
    assert ids(signals) == []
    clock.now += timedelta(days=AGAIN.quiet_days, seconds=1)
    assert ids(signals) == ["churn-same-issue"]


def test_answered_signal_is_told_while_it_is_quiet(mirror: Mirror, signals: Signals, clock: SetClock) -> None:
    call_often(mirror, clock)
    (shown,) = signals.of(WHO)
    signals.record(shown, SignalOutcome.LATER, "三次", None)
    clock.move(hours=1)
    signals.record(shown, SignalOutcome.DECLINED, "三次", None)
    (quiet,) = signals.answered(WHO)
    assert (quiet.rule, quiet.result.outcome) == (AGAIN, SignalOutcome.DECLINED)
    clock.move(days=AGAIN.quiet_days)
    assert signals.answered(WHO) == ()


def test_result_is_a_command_that_keeps_what_the_agent_read(
    mirror: Mirror, outbox: Outbox, signals: Signals, clock: SetClock
) -> None:
    call_often(mirror, clock)
    (shown,) = signals.of(WHO)
    command = signals.record(shown, SignalOutcome.DECLINED, "三次", "R-1")
    assert (command.entity, command.id, command.kind) == ("customer", "C-1", CommandKind.APPEND)
    assert command.fields["signal_results"].new == {
        "rule": "churn-same-issue", "rule_version": 0, "action": "retention", "outcome": "declined", "reason": "三次",
        "agent": "A-1001", "at": to_text(clock()), "call_ref": "R-1",
    }  # fmt: skip
    assert [waiting.op_id for waiting in outbox.waiting(9)] == [command.op_id]


def test_refused_result_lets_the_signal_speak_again(
    mirror: Mirror, outbox: Outbox, signals: Signals, clock: SetClock
) -> None:
    call_often(mirror, clock)
    (shown,) = signals.of(WHO)
    command = signals.record(shown, SignalOutcome.OFFERED, "三次", None)
    outbox.answered([Answer(command.op_id, Verdict.REJECTED, reason="not_allowed")])
    assert ids(signals) == ["churn-same-issue"]


def test_other_rules_stay_when_one_was_answered(mirror: Mirror, signals: Signals, clock: SetClock) -> None:
    call_often(mirror, clock)
    mirror.apply(HOME, [customer_row(tier="diamond", version=2)], None)
    signals.record(signals.of(WHO)[0], SignalOutcome.LATER, "三次", None)
    assert ids(signals) == ["vip"]


def test_rule_of_the_company_takes_the_place_of_the_shipped_one(
    mirror: Mirror, signals: Signals, clock: SetClock
) -> None:
    call_often(mirror, clock)
    mirror.apply(ORG, [rule_row(replace(AGAIN, conditions=(Condition("ratings", Comparison.AT_LEAST, 9),)))], None)
    assert ids(signals) == []


def test_nothing_is_offered_for_sale_to_who_said_no(mirror: Mirror, signals: Signals, clock: SetClock) -> None:
    call_often(mirror, clock)
    selling = replace(AGAIN, id="sell", kind=SignalKind.SALES)
    mirror.apply(ORG, [rule_row(selling)], None)
    assert "sell" in ids(signals)

    no = Consent(ConsentChannel.CALL, is_given=False, how=ConsentHow.PHONE, by="lin.yue", at=clock())
    row = mirror.row("customer", "C-1")
    assert row is not None
    mirror.keep([replace(row, version=row.version + 1, body={**row.body, "consents": [to_body(no)]})])
    assert "sell" not in ids(signals)
    assert "churn-same-issue" in ids(signals)


def test_rule_that_is_off_shows_nothing(mirror: Mirror, signals: Signals, clock: SetClock) -> None:
    call_often(mirror, clock)
    mirror.apply(ORG, [rule_row(replace(AGAIN, is_on=False))], None)
    assert ids(signals) == []


def test_row_that_is_no_rule_shows_nothing_and_hurts_nobody(mirror: Mirror, signals: Signals, clock: SetClock) -> None:
    call_often(mirror, clock)
    wrong = replace(AGAIN, id="wrong", conditions=(Condition("shoe_size", Comparison.AT_LEAST, 1),))
    mirror.apply(ORG, [rule_row(wrong), Row("signal_rule", "garbled", 1, {"title": 5})], None)
    assert ids(signals) == ["churn-same-issue"]


def test_changed_rule_is_in_force_here_at_once(mirror: Mirror, signals: Signals, clock: SetClock) -> None:
    call_often(mirror, clock)
    command = signals.rules.save(RowDraft(replace(AGAIN, is_on=False), AGAIN))
    assert command is not None
    assert command.kind is CommandKind.CREATE
    assert ids(signals) == []


def test_second_change_of_a_rule_names_only_what_is_different(mirror: Mirror, signals: Signals) -> None:
    mirror.apply(ORG, [rule_row(AGAIN, version=4)], None)
    command = signals.rules.save(RowDraft(replace(AGAIN, weight=12), replace(AGAIN, version=4)))
    assert command is not None
    assert (command.kind, command.base_version) == (CommandKind.UPDATE, 4)
    assert {name: change.new for name, change in command.fields.items()} == {"weight": 12}


def test_same_rule_once_more_is_no_command(mirror: Mirror, signals: Signals) -> None:
    mirror.apply(ORG, [rule_row(AGAIN, version=4)], None)
    assert signals.rules.save(RowDraft(AGAIN, AGAIN)) is None


def test_change_of_somebody_else_is_not_undone(mirror: Mirror, signals: Signals) -> None:
    seen = replace(AGAIN, version=4)
    mirror.apply(ORG, [rule_row(replace(AGAIN, quiet_days=99), version=5)], None)
    command = signals.rules.save(RowDraft(replace(seen, weight=12), seen))
    assert command is not None
    assert {name: (change.old, change.new) for name, change in command.fields.items()} == {"weight": (85, 12)}
    assert command.base_version == 4


def test_rule_that_is_saved_twice_is_sent_once(mirror: Mirror, outbox: Outbox, signals: Signals) -> None:
    seen = replace(AGAIN, version=4)
    mirror.apply(ORG, [rule_row(seen, version=4)], None)
    draft = RowDraft(replace(seen, weight=12), seen)
    signals.rules.save(draft)
    signals.rules.save(draft)
    assert len(outbox.waiting(9)) == 1


def test_draft_comes_back_as_it_was_written_with_what_was_seen(signals: Signals) -> None:
    wrong = replace(AGAIN, conditions=(Condition("ratings", Comparison.AT_LEAST, "often"),), weight=-1)
    draft = RowDraft(wrong, replace(AGAIN, version=2))
    new = RowDraft(signals.rules.fresh(), None)
    signals.rules.keep(draft)
    signals.rules.keep(new)
    assert set(signals.rules.drafts()) == {draft, new}
    signals.rules.drop(wrong.id)
    assert signals.rules.drafts() == (new,)


def test_wrong_rule_is_not_kept(outbox: Outbox, signals: Signals) -> None:
    with pytest.raises(NotWhole) as refused:
        signals.rules.save(RowDraft(replace(AGAIN, weight=0), AGAIN))
    assert [fault.field for fault in refused.value.faults] == ["weight"]
    assert outbox.waiting(9) == []


def test_preview_names_the_customers_who_would_show_a_rule(mirror: Mirror, signals: Signals, clock: SetClock) -> None:
    for n in range(45):
        call_often(mirror, clock, f"C-{n}", times=4 if n % 9 == 0 else 1)
    steps = list(signals.preview(AGAIN))
    last = steps[-1]
    assert [step.looked_at for step in steps] == [10, 20, 30, 40, 45]
    assert sorted(customer.id for customer, _ in last.shown) == ["C-0", "C-18", "C-27", "C-36", "C-9"]
    assert {facts["same_issue_contacts"] for _, facts in last.shown} == {4}


def test_preview_with_nobody_here_is_empty(signals: Signals) -> None:
    (only,) = signals.preview(AGAIN)
    assert (only.looked_at, only.shown) == (0, ())


def test_signals_are_counted_in_the_zone_of_the_workstation(view: View, mirror: Mirror) -> None:
    clock = SetClock(datetime(2026, 11, 20, 1, tzinfo=UTC))
    mirror.apply(HOME, [customer_row(phones=[]), ticket_row("T-1", type="complaint", created_at=ago(clock, 4))], None)
    (shown,) = Signals(view, Organisation(mirror).products, LIN, clock, counting_ids("r-"), UTC).of(WHO)
    assert shown.facts["complaint_days"] == 4
