"""Signals of the sample customer, as the shipped rules say them."""

from datetime import date, timedelta

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.customer.signal_words import KINDS, SignalLine, line_of
from agent_desktop.ui.widgets.lines import Line
from agent_desktop.ui.widgets.parts import ink
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_model.signal import SignalRule
from agent_model.signal_defaults import SHIPPED
from agent_model.signal_facts import Facts
from agent_model.signal_rules import Fault, Wrong
from tests.ui.samples import NOW, Samples

TODAY = (NOW + timedelta(hours=8)).date()
RULES = {rule.id: rule for rule in SHIPPED}
WRONG = (
    Fault("title.en", Wrong.MISSING),
    Fault("reason.en", Wrong.UNKNOWN_FACT, "shoe_size"),
    Fault("conditions", Wrong.WRONG_VALUE, "same_issue_contacts", 0),
)


def lines(samples: Samples, *ids: str) -> tuple[SignalLine, ...]:
    """Those of these rules, or of the story's."""
    facts = {rule_id: facts for rule_id, facts in _facts(samples).items() if rule_id in ids or not ids}
    return tuple(line(samples, RULES[rule_id], told) for rule_id, told in facts.items())


def line(samples: Samples, rule: SignalRule, facts: Facts) -> SignalLine:
    formats = Formats("zh_CN" if samples.is_chinese else "en")
    return line_of(rule, facts, TODAY, samples.directory, formats)


def show_rules(made: MainWindow, samples: Samples) -> None:
    """The page as a team lead has it, with one rule in the form and customers who would show it."""
    made.rail.offer(Page.SIGNALS, is_offered=True)
    made.show_page(Page.SIGNALS)
    page, language = made.pages.signals, "zh_CN" if samples.is_chinese else "en"
    rule = RULES["churn-same-issue"]
    ordered = sorted(SHIPPED, key=lambda one: -one.weight)
    page.form.show_directory(samples.directory)
    page.show_rows([_rule_line(one, language, is_open=one is rule) for one in ordered])
    page.form.show_row(rule, rule.title.in_language(language), samples.say("出厂规则", "As shipped"), is_begun=False)
    shown = _facts(samples)["churn-same-issue"]
    reason = line(samples, rule, shown).reason
    names = (samples.say("陈思远", "Chen Siyuan"), samples.say("王丽", "Wang Li"), samples.say("刘建国", "Liu Jianguo"))
    words = samples.say(
        "最近有联系的 400 位客户中，有 12 位会显示它，例如：",
        "12 of the 400 customers whose contacts came here last would show it. For example:",
    )
    page.show_preview(words, [Line(name, reason, name) for name in names])


def _rule_line(rule: SignalRule, language: str, *, is_open: bool) -> Line:
    icon, tone = KINDS[rule.kind]
    return Line(
        rule.id,
        rule.title.in_language(language),
        at_right=str(rule.weight),
        right_token=ink(tone)[0],
        right_icon=icon,
        is_open=is_open,
    )


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
