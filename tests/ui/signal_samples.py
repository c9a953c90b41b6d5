"""Signals of the sample customer, as the shipped rules say them."""

from datetime import date, timedelta

from agent_desktop.ui.customer.signal_words import SignalLine, line_of
from agent_desktop.ui.formats import Formats
from agent_model.signal import SignalRule
from agent_model.signal_defaults import SHIPPED
from agent_model.signal_facts import Facts
from tests.ui.samples import NOW, Samples

TODAY = (NOW + timedelta(hours=8)).date()
RULES = {rule.id: rule for rule in SHIPPED}


def lines(samples: Samples, *ids: str) -> tuple[SignalLine, ...]:
    """Those of these rules, or of the story's."""
    facts = {rule_id: facts for rule_id, facts in _facts(samples).items() if rule_id in ids or not ids}
    return tuple(line(samples, RULES[rule_id], told) for rule_id, told in facts.items())


def line(samples: Samples, rule: SignalRule, facts: Facts) -> SignalLine:
    formats = Formats("zh_CN" if samples.is_chinese else "en")
    return line_of(rule, facts, TODAY, samples.directory, formats)


def _facts(samples: Samples) -> dict[str, Facts]:
    return {
        "churn-same-issue": {
            "same_issue": "billing/invoice/title",
            "same_issue_contacts": 3,
            "same_issue_since": date(2026, 11, 2),
            "same_issue_dates": (date(2026, 11, 2), date(2026, 11, 12), date(2026, 11, 19)),
        },
        "vip": {"tier": "diamond", "value_12_months": 128_400},
        "sales-usage": {"usage_product": samples.say("短信包 10 万条", "SMS Pack 100,000"), "usage_left": 1284},
        "last-agent": {"last_agent": "a-1007", "last_agent_on": date(2026, 11, 19)},
    }
