"""The rules that are shipped: in force until the company puts its own in their place."""

from typing import Final

from agent_model.signal import Comparison, Condition, SignalAction, SignalKind, SignalRule
from agent_model.words import Words

AT_LEAST, AT_MOST, IS, IS_NOT = Comparison.AT_LEAST, Comparison.AT_MOST, Comparison.IS, Comparison.IS_NOT

SHIPPED: Final = (
    SignalRule(
        "churn-complaint-age",
        SignalKind.CHURN,
        Words("投诉久未办结", "Complaint still open"),
        Words(
            "投诉 {complaint} 自 {complaint_since} 起未办结，已 {complaint_days} 天。",
            "Complaint {complaint} has been open since {complaint_since}: {complaint_days} days.",
        ),
        (Condition("complaint_days", AT_LEAST, 3),),
        SignalAction.RETENTION,
        weight=90,
        quiet_days=3,
    ),
    SignalRule(
        "churn-same-issue",
        SignalKind.CHURN,
        Words("同一问题反复来访", "Same issue again"),
        Words(
            "自 {same_issue_since} 起，已 {same_issue_contacts} 次为“{same_issue}”联系我们：{same_issue_dates}。",
            "{same_issue_contacts} contacts about “{same_issue}” since {same_issue_since}: {same_issue_dates}.",
        ),
        (Condition("same_issue_contacts", AT_LEAST, 3),),
        SignalAction.RETENTION,
        weight=85,
        quiet_days=7,
    ),
    SignalRule(
        "churn-satisfaction",
        SignalKind.CHURN,
        Words("满意度下降", "Satisfaction falls"),
        Words(
            "{last_rating_on} 评分 {last_rating}，此前平均 {rating_before}。",
            "Rated us {last_rating} on {last_rating_on}; {rating_before} on average before.",
        ),
        (Condition("rating_fall", AT_LEAST, 1.5), Condition("last_rating", AT_MOST, 3)),
        SignalAction.RETENTION,
        weight=80,
        quiet_days=14,
    ),
    SignalRule(
        "churn-contract-end",
        SignalKind.CHURN,
        Words("合约到期且不满意", "Contract ends, unhappy"),
        Words(
            "“{contract_product}”于 {contract_end} 到期（还有 {contract_days} 天），满意度 {satisfaction}。",
            "“{contract_product}” ends on {contract_end}, in {contract_days} days; satisfaction {satisfaction}.",
        ),
        (Condition("contract_days", AT_MOST, 60), Condition("satisfaction", AT_MOST, 3.5)),
        SignalAction.RETENTION,
        weight=75,
        quiet_days=14,
    ),
    SignalRule(
        "vip",
        SignalKind.PRIORITY,
        Words("VIP 优先", "VIP first"),
        Words(
            "{tier}，近 12 个月消费 {value_12_months}。",
            "{tier} customer; {value_12_months} in the last 12 months.",
        ),
        (Condition("tier", AT_LEAST, "diamond"),),
        SignalAction.CALLBACK,
        weight=70,
        quiet_days=1,
    ),
    SignalRule(
        "language",
        SignalKind.LANGUAGE,
        Words("需其他语言", "Another language"),
        Words("资料中的语言是{language}，您的语言里没有它。", "Speaks {language}, which is not among your languages."),
        (Condition("speaks_language", IS, "no"),),
        SignalAction.CALLBACK,
        weight=65,
        quiet_days=1,
    ),
    SignalRule(
        "repeat",
        SignalKind.REPEAT,
        Words("再次来访", "Here again"),
        Words(
            "自 {same_issue_since} 起，第 {same_issue_contacts} 次为“{same_issue}”联系过我们：{same_issue_dates}。",
            "Contacted us {same_issue_contacts} times about “{same_issue}” since {same_issue_since}: "
            "{same_issue_dates}.",
        ),
        (Condition("same_issue_contacts", AT_LEAST, 2), Condition("same_issue_contacts", AT_MOST, 2)),
        SignalAction.CALLBACK,
        weight=60,
        quiet_days=3,
    ),
    SignalRule(
        "sales-usage",
        SignalKind.SALES,
        Words("用量将尽", "Nearly used up"),
        Words("“{usage_product}”还剩 {usage_left}。", "{usage_left} left of “{usage_product}”."),
        (Condition("usage_low", IS, "yes"),),
        SignalAction.OPPORTUNITY,
        weight=50,
        quiet_days=14,
    ),
    SignalRule(
        "sales-renewal",
        SignalKind.SALES,
        Words("可谈续约", "Time to renew"),
        Words(
            "“{contract_product}”于 {contract_end} 到期，还有 {contract_days} 天。",
            "“{contract_product}” ends on {contract_end}, in {contract_days} days.",
        ),
        (
            Condition("contract_days", AT_MOST, 60),
            Condition("satisfaction", AT_LEAST, 3.6),
            Condition("open_complaints", AT_MOST, 0),
        ),
        SignalAction.OPPORTUNITY,
        weight=45,
        quiet_days=30,
    ),
    SignalRule(
        "sales-asked",
        SignalKind.SALES,
        Words("问过产品", "Asked about it"),
        Words(
            "{asked_on} 问过“{asked_product}”，还没有购买。",
            "Asked about “{asked_product}” on {asked_on}; has none yet.",
        ),
        (Condition("asked_times", AT_LEAST, 1), Condition("open_complaints", AT_MOST, 0)),
        SignalAction.OPPORTUNITY,
        weight=40,
        quiet_days=30,
    ),
    SignalRule(
        "last-agent",
        SignalKind.LAST_AGENT,
        Words("上次由同事接待", "Knows a colleague"),
        Words("{last_agent_on} 由{last_agent}接待。", "{last_agent} spoke with them on {last_agent_on}."),
        (Condition("last_agent_days", AT_MOST, 7), Condition("last_agent_is_me", IS, "no")),
        SignalAction.CALLBACK,
        weight=20,
        quiet_days=1,
    ),
)
