"""What each role may do: which commands on which nouns and fields, and which routes."""

from collections.abc import Mapping
from typing import Final

from agent_model.agent import Role
from agent_model.article_draft import AT_ONCE, TEXT, WRITERS
from agent_model.command import CommandKind
from agent_model.customer_form import is_own
from agent_model.floor_policy import STEERS

CREATE, UPDATE, APPEND, REVEAL = CommandKind.CREATE, CommandKind.UPDATE, CommandKind.APPEND, CommandKind.REVEAL

_READING: Final[Mapping[str, frozenset[CommandKind]]] = {
    "announcement_receipt": frozenset({CREATE}),
    "article_feedback": frozenset({CREATE, UPDATE}),
    "search_batch": frozenset({CREATE}),
}
"""Of announcements and of the knowledge base, whoever reads them."""
_EDITING: Final[Mapping[str, frozenset[CommandKind]]] = {
    **_READING,
    "announcement": frozenset({CREATE, UPDATE}),
    "gap_decision": frozenset({CREATE}),
}
_SERVICE: Final[Mapping[str, frozenset[CommandKind]]] = {
    **_READING,
    "customer": frozenset({CREATE, UPDATE, APPEND, REVEAL}),
    "contact": frozenset({CREATE, UPDATE, REVEAL}),
    "customer_relation": frozenset({CREATE, UPDATE}),
    "ticket": frozenset({CREATE, UPDATE, APPEND, REVEAL}),
    "compensation": frozenset({CREATE, UPDATE}),
    "follow_up": frozenset({CREATE, UPDATE, APPEND}),
    "export": frozenset({CREATE, UPDATE}),
}
_CALLING: Final = {**_SERVICE, "abusive_call": frozenset({CREATE, UPDATE, APPEND})}
_ANSWERING: Final = {**_CALLING, "customer_merge": frozenset({CREATE, UPDATE})}
_WRITING: Final[Mapping[str, frozenset[CommandKind]]] = {
    entity: frozenset({CREATE, UPDATE}) for entity in ("article_draft", "synonym")
}
_LEADING: Final = {
    **_ANSWERING,
    **_EDITING,
    **_WRITING,
    "macro": frozenset({CREATE, UPDATE}),
    "signal_rule": frozenset({CREATE, UPDATE}),
    "follow_up_plan": frozenset({CREATE, UPDATE}),
    "list_view": frozenset({CREATE, UPDATE}),
    "alert_rule": frozenset({CREATE, UPDATE}),
    "break_reason": frozenset({CREATE, UPDATE}),
    "queue": frozenset({UPDATE}),
    "wrap_up_code": frozenset({CREATE, UPDATE}),
}
_LEARNING: Final = {"assignment": frozenset({APPEND}), "attempt": frozenset({CREATE, APPEND})}
_TEACHING: Final = {
    entity: frozenset({CREATE, UPDATE}) for entity in ("question", "question_key", "quiz", "course", "course_rule")
}
_ASSIGNING: Final = {"assignment": frozenset({CREATE, UPDATE})}
COMMANDS: Final[Mapping[Role, Mapping[str, frozenset[CommandKind]]]] = {
    Role.AGENT: {**_ANSWERING, **_LEARNING},
    Role.TEAM_LEAD: {**_LEADING, **_TEACHING, **_ASSIGNING},
    Role.DUTY_MANAGER: {
        **_LEADING,
        **_TEACHING,
        **_ASSIGNING,
        "article_policy": frozenset({CREATE, UPDATE}),
        "care_policy": frozenset({CREATE, UPDATE}),
        "floor_policy": frozenset({CREATE, UPDATE}),
    },
    Role.RETURN_VISIT: {**_CALLING, **_LEARNING},
    Role.DEPARTMENT: {
        **_READING,
        "ticket": _SERVICE["ticket"],
        "customer": frozenset({APPEND, REVEAL}),
        "contact": frozenset({REVEAL}),
        "follow_up": _SERVICE["follow_up"],
        "export": _SERVICE["export"],
        **_LEARNING,
    },
    Role.QUALITY: {
        **_READING,
        **_ASSIGNING,
        "customer": frozenset({REVEAL}),
        "contact": frozenset({REVEAL}),
        "ticket": frozenset({REVEAL}),
        "export": _SERVICE["export"],
    },
    Role.EDITOR: {**_EDITING, **_TEACHING, **_WRITING},
    Role.SECURITY_OFFICER: _READING,
    Role.AUDITOR: _READING,
    Role.ADMINISTRATOR: {
        **_EDITING,
        "article_policy": frozenset({CREATE, UPDATE}),
        "care_policy": frozenset({CREATE, UPDATE}),
        "synonym": frozenset({CREATE, UPDATE}),
        "desk_policy": frozenset({CREATE, UPDATE}),
        "floor_policy": frozenset({CREATE, UPDATE}),
        "identity_rule": frozenset({CREATE, UPDATE}),
        "number_range": frozenset({CREATE, UPDATE}),
        "alert_rule": frozenset({CREATE, UPDATE}),
        "break_reason": frozenset({CREATE, UPDATE}),
        "queue": frozenset({UPDATE}),
        "wrap_up_code": frozenset({CREATE, UPDATE}),
        "customer_form": frozenset({CREATE}),
        "ticket_form": frozenset({CREATE}),
    },
}
MAY_ADD_ARTICLE_FILES: Final = WRITERS
"""Pictures and other files of articles."""
MAY_READ_SEARCHES: Final = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER})
"""How often one person searched in vain: a lead of their own team's people."""
MAY_MOVE_CUSTOMERS: Final = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER})
MAY_APPROVE_EXPORTS: Final = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER})
MAY_HAND_OUT_FOLLOW_UPS: Final = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER})
MAY_FIND_CUSTOMERS: Final = frozenset(
    {Role.AGENT, Role.TEAM_LEAD, Role.DUTY_MANAGER, Role.DEPARTMENT, Role.RETURN_VISIT, Role.QUALITY}
)

MAY_TELL_EVERYBODY: Final = frozenset({Role.DUTY_MANAGER, Role.EDITOR, Role.ADMINISTRATOR})
"""Whoever else may announce tells their own team and its queues."""

LEARNERS: Final = frozenset({Role.AGENT, Role.RETURN_VISIT, Role.DEPARTMENT})
"""Who is taught and asked. They hold no key of a question."""

CHANGEABLE: Final[Mapping[str, frozenset[str]]] = {
    "abusive_call": frozenset({"abuse", "cool_down_at"}),
    "care_policy": frozenset(
        {
            "first_warning",
            "second_warning",
            "ending",
            "cool_down_min",
            "cool_down_steps",
            "cool_down_within_min",
            "cool_downs",
            "hard_call_min",
            "hard_rating",
            "asks_mood",
            "mood",
            "mood_least",
            "goals",
            "honours",
        }
    ),
    "announcement": frozenset(
        {
            "title",
            "body",
            "audience",
            "urgency",
            "valid_from",
            "valid_to",
            "must_read",
            "dwell_s",
            "asks_name",
            "quiz",
            "blocks_ready",
            "grace_min",
            "state",
            "read_from",
            "reminded_at",
        }
    ),
    "assignment": frozenset({"due_at", "note", "state"}),
    "course_rule": frozenset({"course", "why", "words", "times", "within_days", "is_on"}),
    "course": frozenset({"title", "articles", "quiz", "due_days", "is_on"}),
    "question": frozenset(
        {"kind", "bank", "text", "topic", "author", "options", "sources", "call", "task", "language", "state"}
    ),
    "question_key": frozenset({"right", "points", "explanation", "least"}),
    "quiz": frozenset(
        {
            "title",
            "count",
            "banks",
            "topics",
            "quotas",
            "language",
            "weekly",
            "due_days",
            "pass_mark",
            "retakes",
            "time_limit_min",
            "rest_weeks",
            "teams",
            "is_on",
        }
    ),
    "article_feedback": frozenset({"state", "answer", "answered_with"}),
    "article_draft": frozenset({*TEXT, *AT_ONCE, "state", "publish_at", "note", "based_on", "checked_at"}),
    "article_policy": frozenset({"needs_second", "review_days", "by_category", "files_kept_mb"}),
    "customer": frozenset(
        {"name", "phones", "tier", "company", "email", "tags", "language", "region", "is_verified", "segment"}
    ),
    "follow_up": frozenset(
        {
            "purpose",
            "due_at",
            "until",
            "zone",
            "position",
            "ticket_id",
            "owner",
            "team",
            "queue",
            "snoozed_until",
            "state",
            "reason",
        }
    ),
    "floor_policy": frozenset(
        {
            "listens",
            "whispers",
            "barges",
            "takes_over",
            "hangs_up",
            "told",
            "limits",
            "steering_limits",
            "steering_told",
        }
    ),
    "follow_up_plan": frozenset({"attempts", "spacing_min", "hours", "zone"}),
    "desk_policy": frozenset(
        {
            "exports",
            "exports_offline",
            "bulk_change",
            "attachments",
            "watermark",
            "lock_after_min",
            "copies",
            "hears_own",
            "hears_team",
            "hears_all",
            "hidden",
        }
    ),
    "export": frozenset({"state", "words", "rows"}),
    "list_view": frozenset({"name", "query", "columns", "is_dropped"}),
    "customer_merge": frozenset({"is_undone"}),
    "customer_relation": frozenset({"kind", "note", "is_removed"}),
    "contact": frozenset({"check", "title", "text", "wrap_up_code", "rules_at", "work", "duration_s", "rating"}),
    "compensation": frozenset({"state", "decision_reason"}),
    "identity_rule": frozenset(
        {
            "questions",
            "levels",
            "business",
            "disclosure",
            "locked",
            "pin_level",
            "wrong_a_call",
            "wrong_a_day",
            "valid_h",
        }
    ),
    "number_range": frozenset({"platform", "spans", "is_on"}),
    "alert_rule": frozenset(
        {"name", "kind", "limit", "within_min", "quiet_min", "poor_mos", "grade", "queue", "team", "is_on"}
    ),
    "break_reason": frozenset({"name", "minutes", "position", "needs_approval", "places", "is_on"}),
    "queue": frozenset({"wrap_up_s", "after_call", "bounds"}),
    "wrap_up_code": frozenset({"name", "parent", "short", "position", "queues", "category", "calls_back", "is_on"}),
    "macro": frozenset({"code", "title", "text", "types", "queues", "status", "priority", "takes", "comment", "is_on"}),
    "synonym": frozenset({"words", "note", "is_on"}),
    "signal_rule": frozenset({"kind", "title", "reason", "conditions", "action", "weight", "quiet_days", "is_on"}),
    "ticket": frozenset(
        {
            "subject",
            "type",
            "category",
            "priority",
            "status",
            "description",
            "owner",
            "due_at",
            "customer_id",
            "details",
            "received_from",
            "watchers",
            "links",
            "merged_into",
            "status_reason",
            "same_as",
            "closing_decision",
        }
    ),
}
APPENDABLE: Final[Mapping[str, frozenset[str]]] = {
    "abusive_call": frozenset({"steps"}),
    "assignment": frozenset({"read"}),
    "attempt": frozenset({"sheets"}),
    "customer": frozenset({"notes", "phones", "signal_results", "apart", "consents"}),
    "follow_up": frozenset({"attempts"}),
    "ticket": frozenset({"attachments", "comments", "hand_overs", "disputes"}),
}
SERVER_DECIDES: Final[Mapping[str, frozenset[str]]] = {
    "abusive_call": frozenset({"team", "steps", "cool_down_at"}),
    "care_policy": frozenset({"changed_by", "changed_at"}),
    "announcement": frozenset(
        {"state", "edition", "read_from", "author", "published_at", "reminded_at", "changed_by", "changed_at"}
    ),
    "announcement_receipt": frozenset({"received_at"}),
    "assignment": frozenset({"read", "team", "state", "papers", "lacks"}),
    "attempt": frozenset({"sheets"}),
    "course": frozenset({"changed_by", "changed_at"}),
    "course_rule": frozenset({"changed_by", "changed_at"}),
    "question": frozenset({"stale_since", "stale_by", "changed_by", "changed_at"}),
    "question_key": frozenset({"changed_by", "changed_at"}),
    "quiz": frozenset({"changed_by", "changed_at"}),
    "article_feedback": frozenset({"owner", "state", "answer", "answered_with", "answered_by", "answered_at"}),
    "gap_decision": frozenset(),
    "search_batch": frozenset(),
    "article_draft": frozenset(
        {"author", "writers", "written_in", "reviewer", "published_at", "is_live", "changed_by", "changed_at"}
    ),
    "article_policy": frozenset({"changed_by", "changed_at"}),
    "customer": frozenset(
        {"value_fen", "satisfaction", "ratings", "products", "signal_results", "consents", "legal_hold"}
    ),
    "contact": frozenset(),
    "identity_rule": frozenset(),
    "number_range": frozenset(),
    "alert_rule": frozenset({"changed_by", "changed_at"}),
    "break_reason": frozenset({"changed_by", "changed_at"}),
    "queue": frozenset(),
    "wrap_up_code": frozenset({"changed_by", "changed_at"}),
    "desk_policy": frozenset({"changed_by", "changed_at"}),
    "floor_policy": frozenset({"changed_by", "changed_at"}),
    "export": frozenset({"words", "team", "decided_by", "decided_at", "is_allowed"}),
    "list_view": frozenset({"is_dropped"}),
    "follow_up": frozenset({"attempts", "counted", "result", "satisfaction", "cleared_by", "ended_at"}),
    "follow_up_plan": frozenset({"changed_by", "changed_at"}),
    "customer_merge": frozenset(
        {"name", "moved", "nth", "by", "at", "undo_until", "is_undone", "undone_by", "undone_at", "stayed"}
    ),
    "customer_relation": frozenset(
        {"segment", "other_segment", "is_removed", "removed_by", "removed_at", "removed_with"}
    ),
    "macro": frozenset({"changed_by", "changed_at"}),
    "signal_rule": frozenset({"changed_by", "changed_at"}),
    "synonym": frozenset({"changed_by", "changed_at"}),
    "compensation": frozenset({"state", "decided_by", "decided_at", "decision_reason", "queue"}),
    "ticket": frozenset(
        {
            "number",
            "segment",
            "updated_at",
            "clocks",
            "step_at",
            "disputes",
            "same_as",
            "handlers",
            "return_visit",
            "closing_decision",
            "attachments",
            "comments",
            "hand_overs",
            "subtasks",
            "links",
            "merged_into",
            "status_reason",
        }
    ),
    "customer_form": frozenset(),
    "ticket_form": frozenset(),
}
"""Fields that a command may not set; a CREATE that names them with what they start with is no offence."""


MAY_SEE_REPORTS: Final = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER})
"""A lead those of the team."""
MAY_PLAN: Final = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER, Role.ADMINISTRATOR})
"""Say what agents are planned to do: a lead those of the team."""
MAY_SEE_NEWCOMERS: Final = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER})
"""A lead those of the team."""
MAY_SEE_CARE: Final = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER})
"""What hard calls leave behind, and how teams feel: a lead of the team."""
MAY_ASK_ERASURE: Final = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER})
MAY_DECIDE_ERASURE: Final = frozenset({Role.DUTY_MANAGER, Role.SECURITY_OFFICER})
"""Never about what they asked for themselves."""
MAY_HELP: Final = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER})
"""Come to agents who ask for help: a lead those of the team."""
MAY_TAKE_ALERTS: Final = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER})
"""Those that they are told of."""
MAY_MESSAGE: Final = STEERS
"""Send agents messages, as far as the site's floor policy lets them."""
MAY_MARK_RECORDINGS: Final = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER, Role.QUALITY})
"""Set marks in recordings of calls that they may hear, and read those of others; never whose call it is."""
MAY_HOLD: Final = frozenset({Role.DUTY_MANAGER})


def is_own_field(entity: str, name: str) -> bool:
    """Whether the site may have made the field."""
    return entity == "customer" and is_own(name)


def is_changeable(entity: str, name: str) -> bool:
    return name in CHANGEABLE[entity] or is_own_field(entity, name)


def may_command(role: Role, entity: str, kind: CommandKind) -> bool:
    return kind in COMMANDS.get(role, {}).get(entity, frozenset())


APART: Final = frozenset({Role.ADMINISTRATOR, Role.SECURITY_OFFICER, Role.AUDITOR})
"""Nobody holds two of these, and none of them sees a customer."""

MAY_READ_AUDIT: Final = frozenset({Role.AUDITOR})
MAY_IMPORT: Final = frozenset({Role.ADMINISTRATOR})
"""Whole tables, past the bounds of teams and segments. Who imports sees no customer but those of the file."""
MAY_PROVISION: Final = frozenset({Role.ADMINISTRATOR})
"""What workstations are set up with."""
MAY_LIST_PEOPLE: Final = frozenset({Role.ADMINISTRATOR, Role.SECURITY_OFFICER})


def may_look_after(actor: Role | None, role: Role) -> bool:
    """Whether accounts of a role are an actor's to add, lock and reset. None is the server's own console."""
    if actor is None:
        return True
    return actor is (Role.SECURITY_OFFICER if role in APART else Role.ADMINISTRATOR)


def may_give_role(actor: Role | None, before: Role, after: Role) -> bool:
    """Whether an actor may make somebody of one role into another. Those kept apart are the security officer's."""
    if actor is None:
        return True
    return actor is (Role.SECURITY_OFFICER if APART & {before, after} else Role.ADMINISTRATOR)


def are_kept_apart(before: Role, after: Role) -> bool:
    """Whether nobody may go straight from one role to the other: they would have been both."""
    return before is not after and {before, after} <= APART


def may_reset_second_factor(actor: Role | None) -> bool:
    return actor in (None, Role.SECURITY_OFFICER)
