"""The kinds of rules that people change, each with its fields, who may change it, and what would be wrong with one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from agent_desktop.company_rules.fields import CompanyRule, FieldOfRule, Part, RowsOf, RuleKind, Shape, While
from agent_model import (
    alert,
    article_policy,
    break_reason,
    care_policy,
    desk_policy,
    disposition,
    floor_policy,
    follow_up_plan,
    identity_rule,
    number_range,
)
from agent_model.after_call import USUAL_POLICY, AfterCallPolicy, policy_faults
from agent_model.agent import Role
from agent_model.body import from_body, to_body
from agent_model.course import Course, CourseId, course_faults
from agent_model.course_rule import CourseRule, CourseRuleId, course_rule_faults
from agent_model.floor_bound import Bound, bound_faults
from agent_model.moment import zone_called
from agent_model.organisation import WrapUpCode
from agent_model.quiz import Quiz, QuizFault, QuizId, quiz_faults
from agent_model.wire import Row
from agent_model.words import Words

MODES: Final = "after_call_mode"
FACTS: Final = "profile_fact"
DISCLOSED: Final = "disclosed"
TYPES: Final = "ticket_type"
EXPORTS: Final = "export_kind"
SUBJECTS: Final = "export_subject"
ROLES: Final = "role"
FLOOR_ACTS: Final = "floor_act"
LIMITS: Final = "floor_limit"
WHOM: Final = "whom"
"""Whom a limit is about: `whom.lead`, `whom.agent`, `whom.team`."""
ZONES: Final = "zone"
STEERING: Final = "steering"
STEERING_TOLD: Final = "steering_told"
HONOURS: Final = "honours"
LISTS: Final = ("customers", "tickets", "calls", "follow_ups")
"""The lists that are exported, as a rule calls them."""


BANKS: Final = "question_bank"
NEEDS: Final = "need"
FIGURES: Final = "figure"
ALERTS: Final = "alert_kind"
GRADES: Final = "alert_grade"


def _range_faults(id_: str, body: Mapping[str, Any], _: RowsOf) -> Mapping[str, str]:
    found = number_range.faults(from_body(number_range.NumberRange, id_, 0, body))
    return {path: fault.value for path, fault in found.items()}


def _identity_faults(id_: str, body: Mapping[str, Any], _: RowsOf) -> Mapping[str, str]:
    found = identity_rule.faults(from_body(identity_rule.IdentityRule, id_, 0, body))
    return {path: fault.value for path, fault in found.items()}


def _policy_faults(id_: str, body: Mapping[str, Any], _: RowsOf) -> Mapping[str, str]:
    is_whole = desk_policy.is_policy(from_body(desk_policy.DeskPolicy, id_, 0, body))
    return {} if is_whole else {"": "out_of_range"}


def _limit_faults(*paths: str) -> Callable[[str, Mapping[str, Any], RowsOf], Mapping[str, str]]:
    """Of a policy for the floor whose limits are changed in some fields: each is about somebody who is there, once."""

    def faults(id_: str, body: Mapping[str, Any], rows_of: RowsOf) -> Mapping[str, str]:
        people, teams = ({row.id for row in rows_of(noun)} for noun in ("agent", "team"))
        found: dict[str, str] = {}
        for path in paths:
            named = [(limit["of"], limit["id"]) for limit in body[path]]
            for n, (of, whom) in enumerate(named):
                known = teams if of == floor_policy.LimitOf.TEAM else people
                if not whom:
                    found[f"{path}.{n}"] = "nobody"
                elif known and whom not in known:
                    found[f"{path}.{n}"] = "unknown_name"
                elif (of, whom) in named[:n]:
                    found[f"{path}.{n}"] = "twice"
        is_whole = found or floor_policy.is_policy(from_body(floor_policy.FloorPolicy, id_, 0, body))
        return found if is_whole else {"": "out_of_range"}

    return faults


def _plan_faults(id_: str, body: Mapping[str, Any], _: RowsOf) -> Mapping[str, str]:
    if zone_called(body["zone"]) is None:
        return {"zone": "unknown_zone"}
    is_whole = follow_up_plan.is_plan(from_body(follow_up_plan.FollowUpPlan, id_, 0, body))
    return {} if is_whole else {"": "out_of_range"}


def _disposition_faults(id_: str, body: Mapping[str, Any], rows_of: RowsOf) -> Mapping[str, str]:
    others = [one for one in codes(rows_of("wrap_up_code")) if one.id != id_]
    queues, categories = ({row.id for row in rows_of(noun)} for noun in ("queue", "ticket_category"))
    found = disposition.faults(from_body(WrapUpCode, id_, 0, body), others, queues, categories)
    return {path: wrong.value for path, wrong in found.items()}


def _after_call_faults(id_: str, body: Mapping[str, Any], rows_of: RowsOf) -> Mapping[str, str]:
    policy = from_body(AfterCallPolicy, "", 0, body["after_call"])
    offered = disposition.leaves(codes(rows_of("wrap_up_code")), id_)
    found = {path: wrong.value for path, wrong in policy_faults(policy, body["wrap_up_s"], len(offered)).items()}
    wrong_bounds = bound_faults([from_body(Bound, "", 0, one) for one in body["bounds"]])
    return found | ({"bounds": wrong_bounds[0].value} if wrong_bounds else {})


def _break_faults(id_: str, body: Mapping[str, Any], rows_of: RowsOf) -> Mapping[str, str]:
    teams, queues = ({row.id for row in rows_of(noun)} for noun in ("team", "queue"))
    found = break_reason.faults(from_body(break_reason.BreakReason, id_, 0, body), teams, queues)
    return {path: wrong.value for path, wrong in found.items()}


def _alert_faults(id_: str, body: Mapping[str, Any], rows_of: RowsOf) -> Mapping[str, str]:
    teams, queues = ({row.id for row in rows_of(noun)} for noun in ("team", "queue"))
    found = alert.faults(from_body(alert.AlertRule, id_, 0, body), teams, queues)
    return {path: wrong.value for path, wrong in found.items()}


def _quiz_faults(id_: str, body: Mapping[str, Any], _: RowsOf) -> Mapping[str, str]:
    return _by_path(quiz_faults(from_body(Quiz, id_, 0, body)))


def _course_faults(id_: str, body: Mapping[str, Any], _: RowsOf) -> Mapping[str, str]:
    return _by_path(course_faults(from_body(Course, id_, 0, body)))


def _course_rule_faults(id_: str, body: Mapping[str, Any], _: RowsOf) -> Mapping[str, str]:
    return _by_path(course_rule_faults(from_body(CourseRule, id_, 0, body)))


def _by_path(faults: Sequence[QuizFault]) -> Mapping[str, str]:
    """By the field that is gone to."""
    inside = {"title": "title.zh", "weekly": "weekly.at"}
    return {inside.get(fault.field, fault.field): fault.wrong.value for fault in faults}


def _settled_quiz(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Without a day and a time it is not drawn by itself."""
    weekly = body.get("weekly")
    return {**body, "weekly": None} if weekly and not any(weekly.values()) else body


def _settled_course(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Articles by id, also where the link was written."""
    return {**body, "articles": [one.removeprefix("kb:").strip() for one in body["articles"]]}


def codes(rows: Sequence[Row]) -> list[WrapUpCode]:
    """The dispositions of the company."""
    return [from_body(WrapUpCode, row.id, row.version, row.body) for row in rows]


def _as_a_tree(rules: Sequence[CompanyRule]) -> tuple[CompanyRule, ...]:
    by_id = {rule.id: rule for rule in rules}
    leaves = disposition.tree([from_body(WrapUpCode, rule.id, 0, rule.body) for rule in rules])
    return tuple(replace(by_id[leaf.code.id], depth=len(leaf.above)) for leaf in leaves)


def _as_offered(rules: Sequence[CompanyRule]) -> tuple[CompanyRule, ...]:
    return tuple(sorted(rules, key=lambda rule: (rule.body["position"], rule.id)))


def _article_faults(id_: str, body: Mapping[str, Any], _: RowsOf) -> Mapping[str, str]:
    is_whole = article_policy.is_policy(from_body(article_policy.ArticlePolicy, id_, 0, body))
    return {} if is_whole else {"": "out_of_range"}


def _care_faults(id_: str, body: Mapping[str, Any], _: RowsOf) -> Mapping[str, str]:
    is_whole = care_policy.is_policy(from_body(care_policy.CarePolicy, id_, 0, body))
    return {} if is_whole else {"": "out_of_range"}


_ADMINISTRATOR: Final = frozenset({Role.ADMINISTRATOR})
_LEADS: Final = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER})
_BOTH: Final = _ADMINISTRATOR | _LEADS
_TEACHERS: Final = _LEADS | {Role.EDITOR}
_POOR: Final = While("kind", frozenset({alert.AlertKind.BAD_LINES.value}))
_USUAL_LIMITS: Final = {one.kind.value: str(one.limit) for one in alert.SHIPPED}
_LOOKS_BACK: Final = While("kind", frozenset(kind.value for kind in alert.LOOKS_BACK))
_PLANS: Final = {plan.id: to_body(plan) for plan in follow_up_plan.SHIPPED.values()}
_STEERING_LIMITS: Final = FieldOfRule(
    "steering_limits",
    Shape.TABLE,
    (Part("of", offered=LIMITS), Part("id", offered=WHOM, by="of"), Part("acts", Shape.PICKS, offered=STEERING)),
)
KINDS: Final[tuple[RuleKind, ...]] = (
    RuleKind(
        "number_range",
        _ADMINISTRATOR,
        (
            FieldOfRule("platform.zh", Shape.TEXT),
            FieldOfRule("platform.en", Shape.TEXT),
            FieldOfRule("is_on", Shape.YES_NO),
            FieldOfRule("spans", Shape.LINES),
        ),
        {},
        {"platform": {"zh": "", "en": ""}, "spans": [], "is_on": True},
        _range_faults,
        "platform",
        can_add=True,
    ),
    RuleKind(
        "identity_rule",
        _ADMINISTRATOR,
        (
            FieldOfRule("wrong_a_call", Shape.NUMBER),
            FieldOfRule("wrong_a_day", Shape.NUMBER),
            FieldOfRule("valid_h", Shape.NUMBER),
            FieldOfRule("pin_level", Shape.NUMBER),
            FieldOfRule("locked.zh", Shape.TEXT),
            FieldOfRule("locked.en", Shape.TEXT),
            FieldOfRule("questions", Shape.TABLE, (Part("about", offered=FACTS), Part("words.zh"), Part("words.en"))),
            FieldOfRule(
                "levels",
                Shape.TABLE,
                (Part("level", Shape.NUMBER), Part("name.zh"), Part("name.en"), Part("right", Shape.NUMBER)),
            ),
            FieldOfRule(
                "business",
                Shape.TABLE,
                (
                    Part("level", Shape.NUMBER),
                    Part("type", is_optional=True, offered=TYPES),
                    Part("category", is_optional=True, offered="ticket_category"),
                ),
            ),
            FieldOfRule("disclosure", Shape.TABLE, (Part("level", Shape.NUMBER), Part("field", offered=DISCLOSED))),
        ),
        {identity_rule.SHIPPED.id: to_body(identity_rule.SHIPPED)},
        to_body(identity_rule.SHIPPED),
        _identity_faults,
    ),
    RuleKind(
        "desk_policy",
        _ADMINISTRATOR,
        (
            FieldOfRule("watermark", Shape.YES_NO),
            FieldOfRule("lock_after_min", Shape.NUMBER),
            FieldOfRule("exports_offline", Shape.YES_NO),
            FieldOfRule("bulk_change", Shape.NUMBER),
            FieldOfRule("copies", Shape.ROLES),
            FieldOfRule("hears_own", Shape.ROLES),
            FieldOfRule("hears_team", Shape.ROLES),
            FieldOfRule("hears_all", Shape.ROLES),
            *(FieldOfRule(f"hidden.{kind.value}", Shape.ROLES) for kind in desk_policy.KINDS),
            FieldOfRule(
                "exports",
                Shape.TABLE,
                (
                    Part("kind", offered=EXPORTS),
                    Part("subject", offered=SUBJECTS),
                    Part("roles", Shape.ROLES, offered=ROLES),
                    Part("rows", Shape.NUMBER),
                    Part("most", Shape.NUMBER),
                ),
            ),
            FieldOfRule("attachments.largest", Shape.NUMBER),
            FieldOfRule("attachments.most", Shape.NUMBER),
            FieldOfRule("attachments.opens_unscanned", Shape.YES_NO),
            FieldOfRule("attachments.types", Shape.LINES),
        ),
        {desk_policy.SITE: to_body(desk_policy.DeskPolicy())},
        to_body(desk_policy.DeskPolicy()),
        _policy_faults,
    ),
    RuleKind(
        "floor_policy",
        _ADMINISTRATOR,
        (
            FieldOfRule("listens", Shape.ROLES),
            FieldOfRule("whispers", Shape.ROLES),
            FieldOfRule("barges", Shape.ROLES),
            FieldOfRule("takes_over", Shape.ROLES),
            FieldOfRule("hangs_up", Shape.ROLES),
            FieldOfRule("told", Shape.PICKS, offered=FLOOR_ACTS),
            FieldOfRule(
                "limits",
                Shape.TABLE,
                (
                    Part("of", offered=LIMITS),
                    Part("id", offered=WHOM, by="of"),
                    Part("acts", Shape.PICKS, offered=FLOOR_ACTS),
                ),
            ),
            FieldOfRule("steering_told", Shape.PICKS, offered=STEERING_TOLD),
            _STEERING_LIMITS,
        ),
        {floor_policy.SITE: to_body(floor_policy.FloorPolicy())},
        to_body(floor_policy.FloorPolicy()),
        _limit_faults("limits", "steering_limits"),
    ),
    RuleKind(
        "floor_policy",
        frozenset({Role.DUTY_MANAGER}),
        (_STEERING_LIMITS,),
        {floor_policy.SITE: to_body(floor_policy.FloorPolicy())},
        to_body(floor_policy.FloorPolicy()),
        _limit_faults("steering_limits"),
    ),
    RuleKind(
        "article_policy",
        _ADMINISTRATOR | {Role.DUTY_MANAGER},
        (
            FieldOfRule("needs_second", Shape.YES_NO),
            FieldOfRule("review_days", Shape.NUMBER),
            FieldOfRule("by_category", Shape.TABLE, (Part("category"), Part("days", Shape.NUMBER))),
            FieldOfRule("files_kept_mb", Shape.NUMBER),
        ),
        {article_policy.SITE: to_body(article_policy.ArticlePolicy())},
        to_body(article_policy.ArticlePolicy()),
        _article_faults,
    ),
    RuleKind(
        "care_policy",
        _ADMINISTRATOR | {Role.DUTY_MANAGER},
        (
            *(
                FieldOfRule(f"{said}.{language}", Shape.TEXT)
                for said in ("first_warning", "second_warning", "ending")
                for language in ("zh", "en")
            ),
            FieldOfRule("cool_down_min", Shape.NUMBER),
            FieldOfRule("cool_down_steps", Shape.NUMBER),
            FieldOfRule("cool_down_within_min", Shape.NUMBER),
            FieldOfRule("cool_downs", Shape.NUMBER),
            FieldOfRule("hard_call_min", Shape.NUMBER),
            FieldOfRule("hard_rating", Shape.NUMBER),
            *(
                FieldOfRule(f"goals.{measure.value}", Shape.NUMBER, is_optional=True)
                for measure in care_policy.OwnMeasure
            ),
            FieldOfRule("asks_mood", Shape.YES_NO),
            FieldOfRule("mood.zh", Shape.TEXT),
            FieldOfRule("mood.en", Shape.TEXT),
            FieldOfRule("mood_least", Shape.NUMBER),
            FieldOfRule("honours", Shape.PICK, offered=HONOURS, otherwise=care_policy.Honours.NAMED.value),
        ),
        {care_policy.SITE: to_body(care_policy.CarePolicy())},
        to_body(care_policy.CarePolicy()),
        _care_faults,
    ),
    RuleKind(
        "follow_up_plan",
        _LEADS,
        (
            FieldOfRule("attempts", Shape.NUMBER),
            FieldOfRule("spacing_min", Shape.NUMBERS),
            FieldOfRule("zone", Shape.TEXT, offered=ZONES),
            FieldOfRule("hours", Shape.TABLE, (Part("opens"), Part("closes"))),
        ),
        _PLANS,
        next(iter(_PLANS.values())),
        _plan_faults,
    ),
    RuleKind(
        "wrap_up_code",
        _BOTH,
        (
            FieldOfRule("name.zh", Shape.TEXT),
            FieldOfRule("name.en", Shape.TEXT),
            FieldOfRule("is_on", Shape.YES_NO),
            FieldOfRule("parent", Shape.PICK, offered="wrap_up_code", is_optional=True),
            FieldOfRule("position", Shape.NUMBER),
            FieldOfRule("short", Shape.TEXT),
            FieldOfRule("queues", Shape.PICKS, offered="queue"),
            FieldOfRule("category", Shape.PICK, offered="ticket_category", is_optional=True),
            FieldOfRule("calls_back", Shape.YES_NO),
        ),
        {},
        to_body(WrapUpCode("", Words("", ""))),
        _disposition_faults,
        "name",
        can_add=True,
        keeps_versions=True,
        arranged=_as_a_tree,
    ),
    RuleKind(
        "queue",
        _BOTH,
        (
            FieldOfRule("after_call.mode", Shape.PICK, offered=MODES, otherwise=USUAL_POLICY.mode.value),
            FieldOfRule("wrap_up_s", Shape.NUMBER),
            FieldOfRule("after_call.extend_s", Shape.NUMBER, otherwise=USUAL_POLICY.extend_s),
            FieldOfRule("after_call.extensions", Shape.NUMBER, is_optional=True),
            FieldOfRule("after_call.stays", Shape.YES_NO),
            FieldOfRule("after_call.needs_disposition", Shape.YES_NO),
            FieldOfRule(
                "bounds",
                Shape.TABLE,
                (Part("figure", offered=FIGURES), Part("warn", Shape.NUMBER), Part("bad", Shape.NUMBER)),
            ),
        ),
        {},
        {"bounds": []},
        _after_call_faults,
        "name",
        is_of_team=True,
        keeps_versions=True,
    ),
    RuleKind(
        "break_reason",
        _BOTH,
        (
            FieldOfRule("name.zh", Shape.TEXT),
            FieldOfRule("name.en", Shape.TEXT),
            FieldOfRule("is_on", Shape.YES_NO),
            FieldOfRule("minutes", Shape.NUMBER, is_optional=True),
            FieldOfRule("position", Shape.NUMBER),
            FieldOfRule("needs_approval", Shape.YES_NO),
            FieldOfRule(
                "places",
                Shape.TABLE,
                (
                    Part("at_once", Shape.NUMBER),
                    Part("team", is_optional=True, offered="team"),
                    Part("queue", is_optional=True, offered="queue"),
                ),
            ),
        ),
        {one.id: to_body(one) for one in break_reason.SHIPPED},
        to_body(break_reason.BreakReason("", Words("", ""))),
        _break_faults,
        "name",
        can_add=True,
        arranged=_as_offered,
    ),
    RuleKind(
        "alert_rule",
        _BOTH,
        (
            FieldOfRule("name.zh", Shape.TEXT),
            FieldOfRule("name.en", Shape.TEXT),
            FieldOfRule("is_on", Shape.YES_NO),
            FieldOfRule("kind", Shape.PICK, offered=ALERTS),
            FieldOfRule("limit", Shape.NUMBER, usual=("kind", _USUAL_LIMITS)),
            FieldOfRule("poor_mos", Shape.DECIMAL, otherwise=alert.USUAL_MOS, counts=_POOR),
            FieldOfRule("within_min", Shape.NUMBER, counts=_LOOKS_BACK),
            FieldOfRule("quiet_min", Shape.NUMBER),
            FieldOfRule("grade", Shape.PICK, offered=GRADES),
            FieldOfRule("queue", Shape.PICK, offered="queue", is_optional=True),
            FieldOfRule("team", Shape.PICK, offered="team", is_optional=True),
        ),
        {one.id: to_body(one) for one in alert.SHIPPED},
        to_body(alert.AlertRule("", Words("", ""), alert.AlertKind.LONG_CALL, 900)),
        _alert_faults,
        "name",
        can_add=True,
    ),
    RuleKind(
        "quiz",
        _TEACHERS,
        (
            FieldOfRule("title.zh", Shape.TEXT),
            FieldOfRule("title.en", Shape.TEXT),
            FieldOfRule("is_on", Shape.YES_NO),
            FieldOfRule("count", Shape.NUMBER),
            FieldOfRule("banks", Shape.PICKS, offered=BANKS),
            FieldOfRule("topics", Shape.LINES),
            FieldOfRule("quotas", Shape.TABLE, (Part("topic"), Part("count", Shape.NUMBER))),
            FieldOfRule("language", Shape.TEXT),
            FieldOfRule("weekly.weekday", Shape.NUMBER, is_optional=True),
            FieldOfRule("weekly.at", Shape.TEXT, is_optional=True),
            FieldOfRule("due_days", Shape.NUMBER),
            FieldOfRule("pass_mark", Shape.NUMBER),
            FieldOfRule("retakes", Shape.NUMBER),
            FieldOfRule("time_limit_min", Shape.NUMBER),
            FieldOfRule("rest_weeks", Shape.NUMBER),
            FieldOfRule("teams", Shape.PICKS, offered="team"),
        ),
        {},
        to_body(Quiz(QuizId(""), Words("", ""), 10)),
        _quiz_faults,
        "title",
        can_add=True,
        settled=_settled_quiz,
    ),
    RuleKind(
        "course",
        _TEACHERS,
        (
            FieldOfRule("title.zh", Shape.TEXT),
            FieldOfRule("title.en", Shape.TEXT),
            FieldOfRule("is_on", Shape.YES_NO),
            FieldOfRule("articles", Shape.LINES),
            FieldOfRule("quiz", Shape.PICK, offered="quiz", is_optional=True),
            FieldOfRule("due_days", Shape.NUMBER),
        ),
        {},
        to_body(Course(CourseId(""), Words("", ""))),
        _course_faults,
        "title",
        can_add=True,
        settled=_settled_course,
    ),
    RuleKind(
        "course_rule",
        _TEACHERS,
        (
            FieldOfRule("course", Shape.PICK, offered="course"),
            FieldOfRule("why", Shape.PICK, offered=NEEDS),
            FieldOfRule("is_on", Shape.YES_NO),
            FieldOfRule("words", Shape.LINES),
            FieldOfRule("times", Shape.NUMBER),
            FieldOfRule("within_days", Shape.NUMBER),
        ),
        {},
        to_body(CourseRule(CourseRuleId(""), "")),
        _course_rule_faults,
        "words",
        can_add=True,
    ),
)
"""In the order they are offered."""
