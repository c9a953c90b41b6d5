"""The page of the company's rules with something in it, for pictures."""

from agent_desktop.company_rules import KINDS, CompanyRule, RuleKind
from agent_desktop.ui.company_rules.words import kind_word, title_word
from agent_desktop.ui.main_window import MainWindow
from agent_desktop.ui.rail import Page
from agent_desktop.ui.signals_words import Standing, standing_word
from agent_desktop.ui.widgets.lines import Line
from tests.ui.samples import Samples

PLATFORMS = (
    ("didi", "滴滴出行", "Didi", ["1700001", "17000020000-17000029999"]),
    ("meituan", "美团外卖", "Meituan", ["95013", "1700003"]),
    ("ele", "饿了么", "Ele.me", ["17104"]),
)


def show_rules(window: MainWindow, samples: Samples, entity: str, faults: dict[str, str] | None = None) -> None:
    """The first of a kind in its form."""
    window.rail.offer(Page.RULES, is_offered=True)
    window.show_page(Page.RULES)
    page = window.company_rules
    page.show_kinds([(kind.entity, kind_word(kind.entity)) for kind in KINDS])
    page.kinds.setCurrentIndex(page.kinds.findData(entity))
    kind = next(one for one in KINDS if one.entity == entity)
    rules = _rules(kind)
    lines = [
        Line(
            rule.id,
            _title(kind, rule, samples),
            pill=standing_word(Standing.ON),
            right_icon="chevron-right" if rule is rules[0] else "",
        )
        for rule in rules
    ]
    page.show_rules(lines, can_add=kind.can_add)
    page.form.show_rule(kind, rules[0], lines[0].title)
    if faults:
        page.form.show_faults(faults)


def _rules(kind: RuleKind) -> list[CompanyRule]:
    if kind.shipped:
        return [CompanyRule(kind.entity, id_, body) for id_, body in kind.shipped.items()]
    return [
        CompanyRule(kind.entity, id_, {"platform": {"zh": zh, "en": en}, "spans": spans, "is_on": True}, 1)
        for id_, zh, en, spans in PLATFORMS
    ]


def _title(kind: RuleKind, rule: CompanyRule, samples: Samples) -> str:
    named = rule.body.get("platform", {})
    return title_word(kind, rule.id, samples.say(named.get("zh", ""), named.get("en", "")))
