"""The page of the company's rules with something in it, for pictures."""

from dataclasses import replace
from typing import Final

from agent_desktop.company_rules.fields import CompanyRule, RuleKind
from agent_desktop.company_rules.kinds import KINDS, WHOM
from agent_desktop.ui.company_rules.words import choices, kind_word, title_word
from agent_desktop.ui.desks.company_rules import DEEPER
from agent_desktop.ui.row_editing.versions import version_words
from agent_desktop.ui.signals.words import Standing, standing_word
from agent_desktop.ui.widgets.lines import Line
from agent_desktop.ui.widgets.typing import TextLine
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_model.after_call import USUAL_POLICY, AfterCallPolicy
from agent_model.agent import QueueId
from agent_model.alert import AlertKind
from agent_model.body import to_body
from agent_model.floor_bound import Bound
from agent_model.floor_figures import Figure
from agent_model.floor_policy import FloorAct, FloorPolicy, Limit, LimitOf, Steering, SteeringLimit
from tests.ui.desk import formats
from tests.ui.samples import NOW, Samples, ago

BOUNDS = (Bound(Figure.SERVICE_LEVEL, 95, 85), Bound(Figure.LONGEST_WAIT, 20, 40))
QUEUES: Final = (
    ("billing", "账单咨询", "Billing", AfterCallPolicy(extend_s=30, extensions=2, needs_disposition=True)),
    ("support", "技术支持", "Technical Support", USUAL_POLICY),
)
CATEGORIES: Final = (("billing/invoice/title", "账单 › 发票 › 抬头"),)
ALERTS: Final = {f"rules_alert_{kind}": kind.value for kind in AlertKind}
"""A state for each kind of alert."""
SHOWN: Final = {"wrap_up_code": 3}
"""Which of a kind is open; the first where nothing is said."""

PLATFORMS = (
    ("didi", "滴滴出行", "Didi", ["1700001", "17000020000-17000029999"]),
    ("meituan", "美团外卖", "Meituan", ["95013", "1700003"]),
    ("ele", "饿了么", "Ele.me", ["17104"]),
)


def show_rules(
    window: MainWindow, samples: Samples, entity: str, faults: dict[str, str] | None = None, opened: str = ""
) -> None:
    """One of a kind in its form."""
    window.rail.offer(Page.RULES, is_offered=True)
    window.show_page(Page.RULES)
    page = window.pages.rules
    page.show_kinds(list({kind.entity: kind_word(kind.entity) for kind in KINDS}.items()))
    page.kinds.setCurrentIndex(page.kinds.findData(entity))
    kind = next(one for one in KINDS if one.entity == entity)
    rules = kind.arranged(_rules(kind, samples))
    shown = next((one for one in rules if one.id == opened), rules[SHOWN.get(entity, 0)])
    lines = [
        Line(
            rule.id,
            DEEPER * rule.depth + _title(kind, rule, samples),
            pill=standing_word(Standing.ON if rule.body.get("is_on", True) else Standing.OFF),
            is_open=rule is shown,
        )
        for rule in rules
    ]
    queues = [(id_, samples.say(zh, en)) for id_, zh, en, _ in QUEUES]
    branches = [(rule.id, _title(kind, rule, samples)) for rule in rules]
    teams = [("home", samples.say("家庭客服一组", "Home care 1"))]
    whom = {of: teams if of == LimitOf.TEAM else list(samples.directory.people.items()) for of in LimitOf}
    page.form.offer(
        {f"{WHOM}.{of.value}": some for of, some in whom.items()}
        | {"queue": queues, "team": teams, "wrap_up_code": branches, "ticket_category": CATEGORIES, **choices()}
    )
    page.show_rules(lines, can_add=kind.can_add)
    version = version_words(3, "zhou.min", ago(days=1), samples.directory, formats(samples.language), NOW.date())
    shown = replace(shown, version=3)
    page.form.show_rule(kind, shown, _title(kind, shown, samples), version)
    if faults:
        page.form.show_faults(faults)


def show_wrong_alert(window: MainWindow, samples: Samples) -> None:
    """A rule whose numbers do not do."""
    show_rules(window, samples, "alert_rule", opened=AlertKind.BAD_LINES.value)
    form = window.pages.rules.form
    for path, text in (("limit", "0"), ("poor_mos", "5.2"), ("name.en", "")):
        place = form.places[path]
        assert isinstance(place, TextLine)
        place.setText(text)
    form.show_begun()
    form.show_faults({"name.en": "missing", "limit": "out_of_range", "poor_mos": "out_of_range"})


def _rules(kind: RuleKind, samples: Samples) -> list[CompanyRule]:
    if kind.entity == "wrap_up_code":
        codes = [replace(one, is_on=one.id != "callback") for one in samples.codes]
        kept = [replace(one, queues=(QueueId("billing"),)) if one.id == "invoice" else one for one in codes]
        return [CompanyRule(kind.entity, one.id, to_body(one), 1) for one in kept]
    if kind.entity == "queue":
        own = {"wrap_up_s": 60, "bounds": [to_body(one) for one in BOUNDS]}
        return [
            CompanyRule("queue", id_, {"name": {"zh": zh, "en": en}, "after_call": to_body(policy), **own})
            for id_, zh, en, policy in QUEUES
        ]
    if kind.entity == "floor_policy":
        lead, agent_id = list(samples.directory.people)[:2]
        limits = (Limit(LimitOf.LEAD, lead, (FloorAct.LISTEN,)), Limit(LimitOf.TEAM, "home", (FloorAct.LISTEN,)))
        steering = (SteeringLimit(LimitOf.AGENT, agent_id, (Steering.STATE, Steering.MESSAGE)),)
        policy = FloorPolicy(limits=limits, steering_limits=steering)
        return [CompanyRule(kind.entity, policy.id, to_body(policy), 1)]
    if kind.shipped:
        return [CompanyRule(kind.entity, id_, body) for id_, body in kind.shipped.items()]
    return [
        CompanyRule(kind.entity, id_, {"platform": {"zh": zh, "en": en}, "spans": spans, "is_on": True}, 1)
        for id_, zh, en, spans in PLATFORMS
    ]


def _title(kind: RuleKind, rule: CompanyRule, samples: Samples) -> str:
    named = rule.body.get(kind.title or "platform", {})
    return title_word(kind, rule.id, samples.say(named.get("zh", ""), named.get("en", "")))
