"""The server's tables: the nouns, the order of their changes, the commands answered, and who may sign in.

Moments are kept as the text that crosses the wire (`agent_model.moment`): UTC with milliseconds, so that it sorts in
time order in every database. Nested values are JSON. `extra` keeps fields that this version does not know.
"""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    true,
)
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
ID_LENGTH: Final = 128
MOMENT_LENGTH: Final = 24


def _id(name: str, **options: Any) -> Column[str]:
    return Column(name, String(ID_LENGTH), **options)


def _moment(name: str, **options: Any) -> Column[str]:
    return Column(name, String(MOMENT_LENGTH), **options)


def _noun(name: str, *columns: Any) -> Table:
    """A table whose columns, without `id`, `version`, `extra` and those of INNER, are the fields of the body."""
    return Table(
        name,
        metadata,
        _id("id", primary_key=True),
        Column("version", Integer, nullable=False),
        *columns,
        Column("extra", Json),
    )


customer = _noun(
    "customer",
    _id("segment", nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("phones", Json, nullable=False),
    Column("tier", String(16), nullable=False),
    Column("company", Text),
    Column("email", Text),
    Column("tags", Json, nullable=False),
    Column("language", String(16), nullable=False),
    Column("region", Text),
    Column("is_verified", Boolean, nullable=False),
    Column("since", String(10)),
    Column("value_fen", BigInteger, nullable=False),
    Column("satisfaction", Float),
    Column("ratings", Integer, nullable=False),
    Column("products", Json, nullable=False),
    Column("notes", Json, nullable=False),
    Column("signal_results", Json, nullable=False, server_default="[]"),
    Column("apart", Json, nullable=False, server_default="[]"),
    Column("consents", Json, nullable=False, server_default="[]"),
    Column("legal_hold", Json),
    Column("field_devices", Json),
)

customer_merge = _noun(
    "customer_merge",
    _id("customer_id", nullable=False, index=True),
    _id("gone", nullable=False, index=True),
    Column("taken", Json, nullable=False),
    Column("name", Text, nullable=False),
    Column("moved", Json, nullable=False),
    Column("nth", Integer, nullable=False),
    _id("by"),
    _moment("at"),
    _moment("undo_until"),
    Column("is_undone", Boolean, nullable=False),
    _id("undone_by"),
    _moment("undone_at"),
    Column("stayed", Json, nullable=False),
    _id("segment", nullable=False, index=True),
)

customer_relation = _noun(
    "customer_relation",
    _id("customer_id", nullable=False, index=True),
    _id("other_id", nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("note", Text, nullable=False),
    _id("created_by", nullable=False),
    _moment("created_at", nullable=False),
    _id("segment", nullable=False, index=True),
    _id("other_segment", nullable=False, index=True),
    Column("is_removed", Boolean, nullable=False),
    _id("removed_by"),
    _moment("removed_at"),
    _id("removed_with"),
    Column("field_devices", Json),
)

merge_record = Table(
    "merge_record",
    metadata,
    _id("id", primary_key=True),
    _moment("undo_until", nullable=False, index=True),
    Column("gone", Json, nullable=False),
    Column("before", Json, nullable=False),
    Column("after", Json, nullable=False),
    Column("moved", Json, nullable=False),
    Column("conflicts", Json, nullable=False),
)
"""What a merge is undone by: the customer who went, the fields of the other `before` and `after`, what moved."""

customer_phone = Table(
    "customer_phone",
    metadata,
    Column("number", String(64), primary_key=True),
    _id("customer_id", primary_key=True),
    Column("position", Integer, nullable=False),
    Index("ix_customer_phone_customer_id", "customer_id"),
)

contact = _noun(
    "contact",
    _id("customer_id", nullable=False),
    Column("kind", String(16), nullable=False),
    _moment("at", nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    _id("agent"),
    _id("queue"),
    _id("wrap_up_code"),
    Column("duration_s", Integer),
    Column("amount_fen", BigInteger),
    Column("rating", Integer),
    Column("call_ref", Text),
    Column("quality", Json),
    Column("shown_number", String(64)),
    Column("check", Json),
    _moment("rules_at"),
    Column("work", Json),
    _id("segment", nullable=False, index=True),
    Column("field_devices", Json),
    Index("ix_contact_customer_id_at", "customer_id", "at"),
    Index("ix_contact_agent_at", "agent", "at"),
    Index("ix_contact_at", "at"),
    Index("ix_contact_call_ref", "call_ref"),
)

ticket = _noun(
    "ticket",
    Column("subject", Text, nullable=False),
    Column("type", String(16), nullable=False),
    _id("category", nullable=False),
    Column("priority", String(16), nullable=False),
    Column("status", String(24), nullable=False),
    Column("description", Text, nullable=False),
    _id("queue", nullable=False, index=True),
    _id("department", nullable=False),
    _moment("created_at", nullable=False),
    _id("created_by", nullable=False, index=True),
    Column("number", String(24), unique=True),
    _id("customer_id", index=True),
    _id("segment", index=True),
    _id("owner", index=True),
    _moment("due_at"),
    _moment("updated_at"),
    Column("call_ref", Text),
    _id("identity_check"),
    Column("details", Json),
    Column("clocks", Json),
    _moment("step_at", index=True),
    Column("received_from", Json),
    Column("disputes", Json, nullable=False, server_default="[]"),
    _id("same_as", index=True),
    Column("handlers", Json, nullable=False, server_default="[]"),
    _id("return_visit"),
    Column("closing_decision", Json),
    Column("watchers", Json, nullable=False, server_default="[]"),
    Column("comments", Json, nullable=False, server_default="[]"),
    Column("hand_overs", Json, nullable=False, server_default="[]"),
    _id("parent"),
    Column("subtasks", Json, nullable=False, server_default="[]"),
    Column("links", Json, nullable=False, server_default="[]"),
    _id("merged_into"),
    Column("status_reason", Text),
    Column("attachments", Json, nullable=False, server_default="[]"),
    Column("field_devices", Json),
)

follow_up = _noun(
    "follow_up",
    Column("kind", String(16), nullable=False),
    Column("purpose", Text, nullable=False),
    _moment("due_at", nullable=False),
    _moment("created_at", nullable=False),
    _id("created_by", nullable=False, index=True),
    _id("customer_id", index=True),
    _id("ticket_id", index=True),
    Column("position", Integer, nullable=False),
    Column("caller_number", String(64)),
    _moment("until"),
    Column("zone", String(64)),
    _id("owner", index=True),
    _id("team", index=True),
    _id("queue", index=True),
    _moment("snoozed_until"),
    Column("state", String(16), nullable=False),
    Column("reason", Text),
    Column("attempts", Json, nullable=False),
    Column("counted", Integer, nullable=False),
    Column("result", String(16)),
    Column("satisfaction", Integer),
    Column("cleared_by", Text),
    _moment("ended_at"),
    _id("segment", index=True),
    Column("field_devices", Json),
)

ticket_watcher = Table(
    "ticket_watcher",
    metadata,
    _id("agent_id", primary_key=True),
    _id("ticket_id", primary_key=True),
    Index("ix_ticket_watcher_ticket_id", "ticket_id"),
)
"""The watchers of tickets, to find what somebody watches."""

article = _noun(
    "article",
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("category", Text, nullable=False),
    _id("product"),
    _id("queue"),
    Column("language", String(16), nullable=False),
    Column("keywords", Json, nullable=False),
    _moment("updated_at", nullable=False),
    Column("tiers", Json, nullable=False, server_default="[]"),
    Column("regions", Json, nullable=False, server_default="[]"),
    _id("owner"),
    _moment("valid_from"),
    _moment("valid_to"),
    Column("review_due", String(10)),
    Column("helpful", Integer, nullable=False, server_default="0"),
    Column("unhelpful", Integer, nullable=False, server_default="0"),
    Column("kind", String(16), nullable=False, server_default="article"),
    Column("guide", Json),
)

article_draft = _noun(
    "article_draft",
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("category", Text, nullable=False),
    _id("product"),
    _id("queue"),
    Column("language", String(16), nullable=False),
    Column("keywords", Json, nullable=False),
    Column("tiers", Json, nullable=False),
    Column("regions", Json, nullable=False),
    _moment("valid_from"),
    _moment("valid_to"),
    Column("kind", String(16), nullable=False),
    Column("guide", Json),
    _id("owner"),
    Column("review_days", Integer),
    Column("state", String(16), nullable=False, index=True),
    _moment("publish_at"),
    Column("note", Text, nullable=False),
    _moment("based_on"),
    _moment("checked_at"),
    _id("author"),
    Column("writers", Json, nullable=False),
    Column("written_in", Integer, nullable=False),
    _id("reviewer"),
    _moment("published_at"),
    Column("is_live", Boolean, nullable=False),
    _id("changed_by"),
    _moment("changed_at"),
    Column("field_devices", Json),
)
article_file = _noun(
    "article_file",
    Column("media_type", String(128), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("found", Text),
    _id("added_by"),
    _moment("added_at"),
    Column("named_by", Json, nullable=False),
    Column("is_live", Boolean, nullable=False, index=True),
)
article_policy = _noun(
    "article_policy",
    Column("needs_second", Boolean, nullable=False),
    Column("review_days", Integer, nullable=False),
    Column("by_category", Json, nullable=False),
    Column("files_kept_mb", Integer, nullable=False, server_default="200"),
    _id("changed_by"),
    _moment("changed_at"),
    Column("field_devices", Json),
)

abusive_call = _noun(
    "abusive_call",
    _id("call_ref", nullable=False, index=True),
    _id("agent", nullable=False, index=True),
    Column("abuse", String(16), nullable=False),
    _moment("at", nullable=False, index=True),
    _id("queue"),
    _id("team", nullable=False, index=True),
    Column("steps", Json, nullable=False),
    _moment("cool_down_at"),
    Column("field_devices", Json),
)
care_policy = _noun(
    "care_policy",
    Column("first_warning", Json, nullable=False),
    Column("second_warning", Json, nullable=False),
    Column("ending", Json, nullable=False),
    Column("cool_down_min", Integer, nullable=False),
    Column("cool_down_steps", Integer, nullable=False),
    Column("cool_down_within_min", Integer, nullable=False),
    Column("cool_downs", Integer, nullable=False),
    Column("hard_call_min", Integer, nullable=False),
    Column("hard_rating", Integer, nullable=False),
    Column("asks_mood", Boolean, nullable=False),
    Column("mood", Json, nullable=False),
    Column("mood_least", Integer, nullable=False),
    Column("goals", Json, nullable=False),
    Column("honours", String(16), nullable=False),
    _id("changed_by"),
    _moment("changed_at"),
    Column("field_devices", Json),
)

agent = _noun(
    "agent",
    _id("login", nullable=False, unique=True),
    Column("name", Json, nullable=False),
    Column("role", String(32), nullable=False),
    Column("extension", String(32), nullable=False),
    _id("team", nullable=False, index=True),
    Column("queues", Json, nullable=False),
    Column("languages", Json, nullable=False),
    Column("site", String(64), nullable=False, server_default=""),
)

announcement = _noun(
    "announcement",
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("audience", Json, nullable=False),
    Column("urgency", String(16), nullable=False),
    _moment("valid_from"),
    _moment("valid_to"),
    Column("must_read", Boolean, nullable=False),
    Column("dwell_s", Integer, nullable=False),
    Column("asks_name", Boolean, nullable=False),
    Column("quiz", Json, nullable=False),
    Column("blocks_ready", Boolean, nullable=False),
    Column("grace_min", Integer),
    Column("state", String(16), nullable=False),
    Column("edition", Integer, nullable=False),
    Column("read_from", Integer, nullable=False),
    _id("author", nullable=False),
    _moment("published_at"),
    _moment("reminded_at"),
    _id("changed_by"),
    _moment("changed_at"),
    Column("field_devices", Json),
)

announcement_slice = Table(
    "announcement_slice",
    metadata,
    _id("scope", primary_key=True),
    _id("announcement_id", primary_key=True),
    Index("ix_announcement_slice_announcement_id", "announcement_id"),
)
"""The slices of the audiences of announcements, to find what is said in one."""

announcement_receipt = _noun(
    "announcement_receipt",
    _id("announcement", nullable=False, index=True),
    Column("edition", Integer, nullable=False),
    _id("agent", nullable=False, index=True),
    _moment("delivered_at", nullable=False),
    _moment("opened_at", nullable=False),
    _moment("read_at", nullable=False),
    Column("dwell_s", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("answers", Json, nullable=False),
    Column("tries", Integer, nullable=False),
    _moment("received_at"),
)

department = _noun("department", Column("name", Json, nullable=False))
team = _noun("team", Column("name", Json, nullable=False), _id("department", nullable=False))
queue = _noun(
    "queue",
    Column("name", Json, nullable=False),
    _id("team", nullable=False),
    Column("segments", Json, nullable=False),
    Column("service_level_s", Integer, nullable=False),
    Column("service_level_target", Float, nullable=False),
    Column("wrap_up_s", Integer, nullable=False),
    Column("extension", String(32)),
    Column("after_call", Json, nullable=False, server_default="{}"),
    Column("bounds", Json, nullable=False, server_default="[]"),
    _id("changed_by"),
    _moment("changed_at"),
    Column("field_devices", Json),
)
break_reason = _noun(
    "break_reason",
    Column("name", Json, nullable=False),
    Column("minutes", Integer),
    Column("position", Integer, nullable=False, server_default="0"),
    Column("needs_approval", Boolean, nullable=False, server_default=false()),
    Column("places", Json, nullable=False, server_default="[]"),
    Column("is_on", Boolean, nullable=False, server_default=true()),
    _id("changed_by"),
    _moment("changed_at"),
    Column("field_devices", Json),
)
alert_rule = _noun(
    "alert_rule",
    Column("name", Json, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("limit", Integer, nullable=False),
    Column("within_min", Integer, nullable=False, server_default="30"),
    Column("quiet_min", Integer, nullable=False, server_default="10"),
    Column("poor_mos", Float, nullable=False, server_default="3.1"),
    Column("grade", String(8), nullable=False, server_default="warn"),
    _id("queue"),
    _id("team"),
    Column("is_on", Boolean, nullable=False, server_default=true()),
    _id("changed_by"),
    _moment("changed_at"),
    Column("field_devices", Json),
)
break_turn = Table(
    "break_turn",
    metadata,
    _id("agent_id", primary_key=True),
    _id("reason", nullable=False),
    Column("standing", String(16), nullable=False),
    _moment("asked_at", nullable=False),
    _moment("granted_at"),
    _id("decided_by"),
    Column("is_away", Boolean, nullable=False),
)
"""Who asked for a break, waits for one, or holds a place on one (`floor.breaks`)."""
wrap_up_code = _noun(
    "wrap_up_code",
    Column("name", Json, nullable=False),
    _id("parent"),
    Column("short", String(32), nullable=False, server_default=""),
    Column("position", Integer, nullable=False, server_default="0"),
    Column("queues", Json, nullable=False, server_default="[]"),
    _id("category"),
    Column("calls_back", Boolean, nullable=False, server_default=false()),
    Column("is_on", Boolean, nullable=False, server_default=true()),
    _id("changed_by"),
    _moment("changed_at"),
    Column("field_devices", Json),
)
ticket_category = _noun(
    "ticket_category",
    Column("name", Json, nullable=False),
    Column("type", String(16), nullable=False),
    _id("queue", nullable=False),
    _id("department", nullable=False),
)
ticket_form = _noun(
    "ticket_form",
    Column("type", String(16), nullable=False),
    Column("edition", Integer, nullable=False),
    Column("fields", Json, nullable=False),
    _moment("published_at", nullable=False),
    _id("published_by", nullable=False),
)
customer_form = _noun(
    "customer_form",
    Column("edition", Integer, nullable=False),
    Column("fields", Json, nullable=False),
    _moment("published_at", nullable=False),
    _id("published_by", nullable=False),
)
ticket_flow = _noun(
    "ticket_flow",
    Column("type", String(16), nullable=False),
    Column("states", Json, nullable=False),
    Column("first", Json, nullable=False),
    Column("moves", Json, nullable=False),
)
sla_policy = _noun(
    "sla_policy",
    _moment("since", nullable=False),
    Column("targets", Json, nullable=False),
    Column("calendars", Json, nullable=False),
    Column("holidays", Json, nullable=False),
)
signal_rule = _noun(
    "signal_rule",
    Column("kind", String(16), nullable=False),
    Column("title", Json, nullable=False),
    Column("reason", Json, nullable=False),
    Column("conditions", Json, nullable=False),
    Column("action", String(16), nullable=False),
    Column("weight", Integer, nullable=False),
    Column("quiet_days", Integer, nullable=False),
    Column("is_on", Boolean, nullable=False),
    _id("changed_by"),
    _moment("changed_at"),
    Column("field_devices", Json),
)
synonym = _noun(
    "synonym",
    Column("words", Json, nullable=False),
    Column("note", Text, nullable=False),
    Column("is_on", Boolean, nullable=False),
    _id("changed_by"),
    _moment("changed_at"),
    Column("field_devices", Json),
)
macro = _noun(
    "macro",
    Column("code", String(16), nullable=False),
    Column("title", Json, nullable=False),
    Column("text", Json, nullable=False),
    Column("types", Json, nullable=False),
    Column("queues", Json, nullable=False),
    Column("status", String(24)),
    Column("priority", String(16)),
    Column("takes", Boolean, nullable=False),
    Column("comment", String(16)),
    Column("is_on", Boolean, nullable=False),
    _id("changed_by"),
    _moment("changed_at"),
    Column("field_devices", Json),
)
follow_up_plan = _noun(
    "follow_up_plan",
    Column("attempts", Integer, nullable=False),
    Column("spacing_min", Json, nullable=False),
    Column("hours", Json, nullable=False),
    Column("zone", String(64), nullable=False),
    _id("changed_by"),
    _moment("changed_at"),
    Column("field_devices", Json),
)
complaint_source = _noun(
    "complaint_source", Column("name", Json, nullable=False), Column("is_regulator", Boolean, nullable=False)
)
department_rule = _noun(
    "department_rule",
    _id("department", nullable=False),
    _id("category", nullable=False),
    Column("products", Json, nullable=False),
    Column("keywords", Json, nullable=False),
    Column("weight", Integer, nullable=False),
)
fund = _noun(
    "fund",
    Column("name", Json, nullable=False),
    Column("given_fen", BigInteger, nullable=False),
    _moment("starts_at", nullable=False),
    _moment("ends_at", nullable=False),
    Column("authorities", Json, nullable=False),
    Column("drawn_fen", BigInteger, nullable=False),
    CheckConstraint("drawn_fen >= 0 AND drawn_fen <= given_fen", name="ck_fund_drawn"),
)
compensation = _noun(
    "compensation",
    _id("ticket_id", nullable=False, index=True),
    _id("fund", nullable=False),
    Column("amount_fen", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    _id("asked_by", nullable=False, index=True),
    _moment("asked_at", nullable=False),
    Column("state", String(16), nullable=False),
    _id("decided_by"),
    _moment("decided_at"),
    Column("decision_reason", Text, nullable=False),
    _id("queue", nullable=False, index=True),
)
article_feedback = _noun(
    "article_feedback",
    Column("kind", String(16), nullable=False),
    _id("by", nullable=False, index=True),
    _moment("at", nullable=False),
    _id("article", index=True),
    _moment("edition"),
    Column("reason", String(16)),
    Column("question", Text, nullable=False),
    Column("words", Text, nullable=False),
    _id("queue"),
    Column("language", String(16), nullable=False),
    _id("owner", index=True),
    Column("state", String(16), nullable=False),
    Column("answer", Text, nullable=False),
    _id("answered_with"),
    _id("answered_by"),
    _moment("answered_at"),
    Column("field_devices", Json),
    Index("ix_article_feedback_kind_state", "kind", "state"),
)
gap_decision = _noun(
    "gap_decision",
    Column("kind", String(16), nullable=False),
    Column("form", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("verdict", String(16), nullable=False),
    _id("by", nullable=False),
    _moment("at", nullable=False),
    Column("reason", Text, nullable=False),
)
search_batch = _noun(
    "search_batch",
    _id("by", nullable=False),
    _moment("at", nullable=False, index=True),
    Column("records", Json, nullable=False),
)
"""In no slice: what stands in it is taken out when it comes (`search_record`)."""
search_record = Table(
    "search_record",
    metadata,
    _id("batch", primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    _id("who", nullable=False),
    _moment("at", nullable=False, index=True),
    Column("question", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("sound", Text, nullable=False),
    Column("is_typed", Boolean, nullable=False),
    Column("hits", Integer, nullable=False),
    Column("language", String(16), nullable=False),
    _id("queue"),
    _id("category"),
    _id("product"),
    _id("opened"),
    _id("inserted"),
    _id("unhelpful"),
    Index("ix_search_record_who_at", "who", "at"),
    Index("ix_search_record_form_at", "form", "at"),
)
"""What people searched for, one line a search, without any customer (`gaps`, `searches`)."""
COPYING: Final = '["agent","team_lead","duty_manager","return_visit","department","quality"]'
HEARING_OWN: Final = '["agent","return_visit","team_lead","duty_manager"]'
HEARING_TEAM: Final = '["team_lead","duty_manager"]'
HEARING_ALL: Final = '["duty_manager","quality"]'
HIDDEN_FROM: Final = '{"phone":[],"id_card":[],"bank_card":[],"address":[],"name":[],"email":[]}'
desk_policy = _noun(
    "desk_policy",
    Column("exports", Json, nullable=False),
    Column("exports_offline", Boolean, nullable=False),
    Column("bulk_change", Integer, nullable=False),
    Column("attachments", Json, nullable=False),
    Column("watermark", Boolean, nullable=False, server_default=true()),
    Column("lock_after_min", Integer, nullable=False, server_default="10"),
    Column("copies", Json, nullable=False, server_default=COPYING),
    Column("hears_own", Json, nullable=False, server_default=HEARING_OWN),
    Column("hears_team", Json, nullable=False, server_default=HEARING_TEAM),
    Column("hears_all", Json, nullable=False, server_default=HEARING_ALL),
    Column("hidden", Json, nullable=False, server_default=HIDDEN_FROM),
    _id("changed_by"),
    _moment("changed_at"),
    Column("field_devices", Json),
)
floor_policy = _noun(
    "floor_policy",
    Column("listens", Json, nullable=False),
    Column("whispers", Json, nullable=False),
    Column("barges", Json, nullable=False),
    Column("takes_over", Json, nullable=False),
    Column("hangs_up", Json, nullable=False),
    Column("told", Json, nullable=False),
    Column("limits", Json, nullable=False),
    Column("steering_limits", Json, nullable=False, server_default="[]"),
    Column("steering_told", Json, nullable=False, server_default='["state", "sign_out", "serving"]'),
    _id("changed_by"),
    _moment("changed_at"),
    Column("field_devices", Json),
)
list_view = _noun(
    "list_view",
    Column("list", String(32), nullable=False),
    Column("name", Text, nullable=False),
    _id("team", nullable=False, index=True),
    Column("query", Json, nullable=False),
    Column("columns", Json, nullable=False),
    _id("made_by", nullable=False),
    _moment("made_at", nullable=False),
    Column("is_dropped", Boolean, nullable=False),
    Column("field_devices", Json),
)
export = _noun(
    "export",
    Column("kind", String(16), nullable=False),
    _id("subject", nullable=False),
    Column("what", Text, nullable=False),
    Column("rows", Integer, nullable=False),
    _id("asked_by", nullable=False, index=True),
    _moment("asked_at", nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", Text),
    Column("words", Text),
    _id("team", index=True),
    _id("decided_by"),
    _moment("decided_at"),
    Column("is_allowed", Boolean, nullable=False),
    Column("field_devices", Json),
)
called_number = _noun(
    "called_number",
    Column("number", String(32), nullable=False),
    _id("queue", nullable=False),
    Column("brand", Json, nullable=False),
    Column("greeting", Json, nullable=False),
    Column("outbound", Json),
    Column("languages", Json, nullable=False, server_default="[]"),
)
identity_rule = _noun(
    "identity_rule",
    *(Column(name, Json, nullable=False) for name in ("questions", "levels", "business", "disclosure", "locked")),
    *(Column(name, Integer, nullable=False) for name in ("pin_level", "wrong_a_call", "wrong_a_day", "valid_h")),
    Column("field_devices", Json),
)
number_range = _noun(
    "number_range",
    Column("platform", Json, nullable=False),
    Column("spans", Json, nullable=False),
    Column("is_on", Boolean, nullable=False),
    Column("field_devices", Json),
)
product = _noun(
    "product",
    Column("name", Json, nullable=False),
    Column("line", Text, nullable=False),
    Column("monthly_fen", BigInteger, nullable=False),
)

question = _noun(
    "question",
    Column("kind", String(16), nullable=False),
    Column("bank", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("topic", Text, nullable=False),
    _id("author", nullable=False),
    Column("options", Json, nullable=False),
    Column("sources", Json, nullable=False),
    Column("call", Json),
    Column("task", String(16)),
    Column("language", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    _moment("stale_since"),
    _id("stale_by"),
    _id("changed_by"),
    _moment("changed_at"),
    Column("field_devices", Json),
)
question_key = _noun(
    "question_key",
    Column("right", Json, nullable=False),
    Column("points", Integer, nullable=False),
    Column("explanation", Text, nullable=False),
    Column("least", Integer, nullable=False),
    _id("changed_by"),
    _moment("changed_at"),
    Column("field_devices", Json),
)
question_source = Table(
    "question_source",
    metadata,
    Column("kind", String(16), primary_key=True),
    _id("source_id", primary_key=True),
    _id("question_id", primary_key=True, index=True),
)
"""Which questions were written from what: they are marked when it is published anew."""
quiz = _noun(
    "quiz",
    Column("title", Json, nullable=False),
    Column("count", Integer, nullable=False),
    Column("banks", Json, nullable=False),
    Column("topics", Json, nullable=False),
    Column("quotas", Json, nullable=False),
    Column("language", String(16), nullable=False),
    Column("weekly", Json),
    *(
        Column(name, Integer, nullable=False)
        for name in ("due_days", "pass_mark", "retakes", "time_limit_min", "rest_weeks")
    ),
    Column("teams", Json, nullable=False),
    Column("is_on", Boolean, nullable=False),
    _id("changed_by"),
    _moment("changed_at"),
    Column("field_devices", Json),
)
course = _noun(
    "course",
    Column("title", Json, nullable=False),
    Column("articles", Json, nullable=False),
    _id("quiz"),
    Column("due_days", Integer, nullable=False),
    Column("is_on", Boolean, nullable=False),
    _id("changed_by"),
    _moment("changed_at"),
    Column("field_devices", Json),
)
course_rule = _noun(
    "course_rule",
    _id("course", nullable=False),
    Column("why", String(16), nullable=False),
    Column("words", Json, nullable=False),
    Column("times", Integer, nullable=False),
    Column("within_days", Integer, nullable=False),
    Column("is_on", Boolean, nullable=False),
    _id("changed_by"),
    _moment("changed_at"),
    Column("field_devices", Json),
)
assignment = _noun(
    "assignment",
    _id("agent", nullable=False, index=True),
    _id("assigned_by", nullable=False),
    _moment("assigned_at", nullable=False),
    _moment("due_at", nullable=False),
    _id("quiz"),
    _id("course"),
    Column("why", String(16), nullable=False),
    Column("note", Text, nullable=False),
    _id("about"),
    Column("read", Json, nullable=False),
    _id("team", nullable=False, index=True),
    Column("state", String(16), nullable=False),
    Column("papers", Json, nullable=False),
    Column("lacks", Integer, nullable=False),
    Column("field_devices", Json),
)
quiz_paper = _noun(
    "quiz_paper",
    _id("assignment", nullable=False),
    _id("quiz", nullable=False),
    _id("agent", nullable=False, index=True),
    Column("title", Json, nullable=False),
    Column("nth", Integer, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("questions", Json, nullable=False),
    Column("pass_mark", Integer, nullable=False),
    Column("time_limit_s", Integer, nullable=False),
    _moment("drawn_at", nullable=False),
    _moment("due_at", nullable=False),
)
quiz_draw = Table(
    "quiz_draw",
    metadata,
    _id("id", primary_key=True),
    Column("seed", String(64), nullable=False),
    Column("judged_by", Json, nullable=False),
)
"""What a paper is judged by: the keys of its questions as they were when it was drawn, in the names of the paper."""
attempt = _noun(
    "attempt",
    _id("agent", nullable=False, index=True),
    _moment("started_at", nullable=False),
    Column("sheets", Json, nullable=False),
)
quiz_result = _noun(
    "quiz_result",
    _id("assignment", nullable=False),
    _id("quiz", nullable=False, index=True),
    _id("agent", nullable=False, index=True),
    _id("team", nullable=False, index=True),
    Column("nth", Integer, nullable=False),
    Column("score", Integer, nullable=False),
    Column("is_passed", Boolean, nullable=False),
    Column("marks", Json, nullable=False),
    _moment("started_at", nullable=False),
    _moment("finished_at", nullable=False),
    Column("elapsed_s", Integer, nullable=False),
    _moment("judged_at", nullable=False),
    Column("is_late", Boolean, nullable=False),
    Column("is_over_time", Boolean, nullable=False),
)

INNER: Final = {
    "abusive_call": ("field_devices",),
    "care_policy": ("field_devices",),
    "announcement": ("field_devices",),
    **dict.fromkeys(("assignment", "course", "course_rule", "question", "question_key", "quiz"), ("field_devices",)),
    "article_feedback": ("field_devices",),
    **dict.fromkeys(("assignment", "course", "question", "question_key", "quiz"), ("field_devices",)),
    "article_draft": ("field_devices",),
    "article_policy": ("field_devices",),
    "alert_rule": ("field_devices",),
    "break_reason": ("field_devices",),
    "customer": ("field_devices",),
    "contact": ("segment", "field_devices"),
    "desk_policy": ("field_devices",),
    "export": ("field_devices",),
    "list_view": ("field_devices",),
    "floor_policy": ("field_devices",),
    "follow_up": ("segment", "field_devices"),
    "follow_up_plan": ("field_devices",),
    "identity_rule": ("field_devices",),
    "number_range": ("field_devices",),
    "customer_merge": ("segment",),
    "customer_relation": ("field_devices",),
    "macro": ("field_devices",),
    "queue": ("field_devices",),
    "signal_rule": ("field_devices",),
    "synonym": ("field_devices",),
    "ticket": ("field_devices",),
    "wrap_up_code": ("field_devices",),
}
"""Columns the server keeps for itself: the last device that wrote a field, and whose slice a row belongs to."""

kept_version = Table(
    "kept_version",
    metadata,
    Column("entity", String(32), primary_key=True),
    _id("row_id", primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("body", Json, nullable=False),
)
"""Every version of the rows of KEPT_VERSIONS, the newest too."""

KEPT_VERSIONS: Final[Mapping[str, frozenset[str]]] = {
    "announcement": frozenset(),
    "article": frozenset({"helpful", "unhelpful", "owner", "review_due"}),
    "course": frozenset(),
    "macro": frozenset(),
    "question": frozenset(),
    "question_key": frozenset(),
    "queue": frozenset(),
    "quiz": frozenset(),
    "signal_rule": frozenset(),
    "synonym": frozenset(),
    "wrap_up_code": frozenset(),
}
"""The nouns whose versions are kept, each with the fields that make no version worth keeping by themselves."""

row_change = Table(
    "row_change",
    metadata,
    Column("entity", String(32), primary_key=True),
    _id("row_id", primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("field", String(64), primary_key=True),
    Column("old", Json),
    Column("new", Json),
    _id("who", nullable=False),
    _id("device", nullable=False),
    _moment("at", nullable=False),
    _moment("done_at", nullable=False),
)
"""What each version of a row changed, field by field (`row_changes`)."""

site = Table("site", metadata, Column("name", String(32), primary_key=True), Column("value", Text, nullable=False))

sequence = Table(
    "sequence", metadata, Column("name", String(32), primary_key=True), Column("last", BigInteger, nullable=False)
)

scope_head = Table(
    "scope_head",
    metadata,
    _id("scope", primary_key=True),
    Column("head", BigInteger, nullable=False),
    Column("floor", BigInteger, nullable=False),
    Column("compacted", BigInteger, nullable=False, server_default="0"),
    Column("erased", BigInteger, nullable=False, server_default="0"),
)
"""`head` is the newest number of the scope; entries up to `floor` are no longer kept: older cursors take a snapshot.
Up to `compacted` only the newest entry of each row is kept, above it every one. `erased` is the number of the last
entry that took somebody out for good: no snapshot from before it is given out."""

scope_mark = Table(
    "scope_mark",
    metadata,
    _id("scope", primary_key=True),
    _moment("at", primary_key=True),
    Column("head", BigInteger, nullable=False),
)
"""How far a scope had come at a moment: how old an entry of the feed is, for its retention."""

feed = Table(
    "feed",
    metadata,
    _id("scope", primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("entity", String(32), nullable=False),
    _id("row_id", nullable=False),
    Column("kind", String(8), nullable=False),
    sqlite_with_rowid=False,
)

op_log = Table(
    "op_log",
    metadata,
    Column("op_id", String(64), primary_key=True),
    _id("device_id", nullable=False),
    Column("device_seq", BigInteger, nullable=False),
    _id("author", nullable=False),
    Column("entity", String(32), nullable=False),
    _id("row_id", nullable=False),
    _moment("occurred_at", nullable=False),
    _moment("received_at", nullable=False, index=True),
    Column("answer", Json),
)

conflict = Table(
    "conflict",
    metadata,
    _id("id", primary_key=True),
    Column("op_id", String(64), nullable=False, index=True),
    Column("entity", String(32), nullable=False),
    _id("row_id", nullable=False),
    Column("field", String(64), nullable=False),
    Column("base", Json),
    Column("mine", Json),
    Column("theirs", Json),
    _id("author", nullable=False, index=True),
    _id("device_id", nullable=False),
    _moment("at", nullable=False),
    _moment("resolved_at"),
    _id("resolved_by"),
    Column("take", String(16)),
    Column("outcome", Json),
)
"""`mine` is the author's text, `theirs` the one that stood; `outcome` the text of a decision for neither."""

account = Table(
    "account",
    metadata,
    _id("agent_id", primary_key=True),
    Column("password_hash", Text, nullable=False),
    Column("is_locked", Boolean, nullable=False),
)

device = Table(
    "device",
    metadata,
    _id("id", primary_key=True),
    Column("name", Text, nullable=False),
    Column("platform", Text, nullable=False),
    _id("enrolled_by", nullable=False),
    _moment("enrolled_at", nullable=False),
    Column("public_key", String(64)),
    Column("state", String(8), nullable=False, server_default="active"),
    _moment("state_since"),
    Column("version", String(64), nullable=False, server_default=""),
)

unsent = Table(
    "unsent",
    metadata,
    _id("device_id", primary_key=True),
    _id("agent_id", primary_key=True),
    Column("count", Integer, nullable=False),
    _moment("oldest_at"),
    _moment("told_at", nullable=False),
)
"""How many commands of an agent wait on a device, as the device last told."""

session = Table(
    "session",
    metadata,
    _id("id", primary_key=True),
    _id("agent_id", nullable=False, index=True),
    _id("device_id", nullable=False),
    _moment("started_at", nullable=False),
    _moment("ended_at"),
    Column("end_reason", String(32)),
    _moment("signed_on_until"),
)
"""A sign-in on a device: the family that its refresh tokens belong to. `signed_on_until` is of those who came in
through the identity provider: then they ask it again."""

sign_on_identity = Table(
    "sign_on_identity",
    metadata,
    Column("issuer", String(255), primary_key=True),
    Column("subject", String(255), primary_key=True),
    _id("agent_id", nullable=False),
    _moment("bound_at", nullable=False),
    UniqueConstraint("issuer", "agent_id"),
)
"""Who somebody is to the identity provider, whatever their login there becomes."""

sign_on_spent = Table(
    "sign_on_spent",
    metadata,
    Column("id", String(64), primary_key=True),
    _moment("until", nullable=False, index=True),
)
"""Tickets of sign-ons that were shown, for as long as they last."""

refresh_token = Table(
    "refresh_token",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("session_id", String(ID_LENGTH), ForeignKey("session.id", ondelete="CASCADE"), nullable=False, index=True),
    _moment("expires_at", nullable=False, index=True),
    _moment("spent_at"),
    Column("successor", String(64)),
)

sign_in_failure = Table(
    "sign_in_failure",
    metadata,
    Column("about", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    _moment("last_at", nullable=False, index=True),
    _moment("blocked_until"),
)
"""`about` is the digest of what is counted (see `attempts`)."""

second_factor = Table(
    "second_factor",
    metadata,
    _id("agent_id", primary_key=True),
    Column("secret", Text, nullable=False),
    _moment("confirmed_at"),
    Column("step", BigInteger, nullable=False),
)
"""`step` is the newest one whose code was used: none is used twice."""

recovery_code = Table(
    "recovery_code",
    metadata,
    Column("digest", String(64), primary_key=True),
    _id("agent_id", nullable=False, index=True),
)

upload = Table(
    "upload",
    metadata,
    _id("id", primary_key=True),
    _id("agent_id", nullable=False),
    _id("device_id", nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("length", BigInteger, nullable=False),
    Column("received", BigInteger, nullable=False),
    Column("key", Text),
    Column("call_ref", Text),
    _id("contact"),
    _id("ticket"),
    _moment("began_at"),
    _moment("created_at", nullable=False),
    _moment("expires_at", nullable=False, index=True),
    _moment("finished_at"),
    Column("scan", String(16)),
    UniqueConstraint("agent_id", "device_id", "sha256"),
    Index("ix_upload_contact", "contact"),
    Index("ix_upload_call_ref", "call_ref"),
)
"""A file on its way from a device, or here whole (`finished_at`). `received` counts the bytes of its pieces; `key`
opens it, sealed to this server; what it belongs to is what its sender said. `scan` is what an attachment's ticket was
told of it."""

recording_mark = Table(
    "recording_mark",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("recording", String(ID_LENGTH), ForeignKey("upload.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at_ms", Integer, nullable=False),
    Column("note", Text, nullable=False),
    _id("by", nullable=False),
    _moment("made_at", nullable=False),
)
"""What somebody marked in a recording; gone with it."""

upload_piece = Table(
    "upload_piece",
    metadata,
    Column("upload_id", String(ID_LENGTH), ForeignKey("upload.id", ondelete="CASCADE"), primary_key=True),
    Column("start", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(64), nullable=False),
)
"""The pieces of an unfinished upload, each a file of this name."""

audit_line = Table(
    "audit_line",
    metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    _moment("at", nullable=False, index=True),
    Column("deed", String(32), nullable=False, index=True),
    _id("who", nullable=False),
    Column("subject", Text, nullable=False),
    Column("field", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    _id("device", nullable=False),
    Column("address", String(64), nullable=False),
    Column("mac", String(64), nullable=False),
)

audit_head = Table(
    "audit_head",
    metadata,
    Column("name", String(16), primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("mac", String(64), nullable=False),
)
"""The newest line of the audit trail: one row, held by who adds the next."""

agent_state = Table(
    "agent_state",
    metadata,
    _id("agent_id", primary_key=True),
    Column("state", String(32), nullable=False),
    _moment("since", nullable=False),
    Column("reason", Text),
    _moment("until"),
    _id("process"),
)
"""`process` is the server's that last had the live connection of the agent."""

agent_time = Table(
    "agent_time",
    metadata,
    _id("agent_id", primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("state", String(32), primary_key=True),
    Column("seconds", Integer, nullable=False),
    Index("ix_agent_time_day", "day"),
)
"""How long agents were in each state on a day of the site's clock."""

floor_message = Table(
    "floor_message",
    metadata,
    Column("id", String(64), primary_key=True),
    _id("by", nullable=False, index=True),
    Column("to", String(8), nullable=False),
    _id("whom", nullable=False),
    Column("words", Text, nullable=False),
    Column("is_urgent", Boolean, nullable=False),
    _moment("at", nullable=False),
    _moment("until", nullable=False, index=True),
)

floor_message_reader = Table(
    "floor_message_reader",
    metadata,
    Column("message", String(64), primary_key=True),
    _id("agent", primary_key=True, index=True),
    _moment("read_at"),
)
"""Whom a message is for, as it was when it was sent, and when they read it."""

television = Table(
    "television",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    _moment("made_at", nullable=False),
    Column("made_by", Text, nullable=False),
    _moment("revoked_at"),
)
"""Screens on the wall that show the wallboard."""

provisioning = Table(
    "provisioning",
    metadata,
    Column("serial", Integer, primary_key=True, autoincrement=False),
    Column("content", Text, nullable=False),
    Column("valid_days", Integer, nullable=False),
    _moment("made_at", nullable=False),
    Column("made_by", Text, nullable=False),
)
"""What workstations are set up with; the newest serial stands."""

floor_event = Table(
    "floor_event",
    metadata,
    Column("key", String(32), primary_key=True),
    _moment("at", nullable=False),
    Column("quarter", Integer, nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("exchange", String(64), nullable=False),
    _id("call", nullable=False, index=True),
    _id("queue", nullable=False),
    _id("team", nullable=False),
    _id("agent", nullable=False),
    Column("state", String(32), nullable=False),
    Column("reason", Text, nullable=False),
    Column("source", String(16), nullable=False),
    *(Column(name, Integer, nullable=False) for name in ("count", "in_time", "short")),
    *(Column(name, BigInteger, nullable=False) for name in ("span_ms", "held_ms")),
    Index("ix_floor_event_agent_at", "agent", "at"),
)
"""What happened on the floor, as `floor.measures.Fact`; what does not apply is empty. Boards and reports add it up."""

shift_plan = Table(
    "shift_plan",
    metadata,
    _id("agent", primary_key=True),
    Column("day", String(10), primary_key=True, index=True),
    Column("spans", Json, nullable=False),
    Column("edition", Integer, nullable=False),
    Column("kept_ms", BigInteger),
    _id("changed_by", nullable=False),
    _moment("changed_at", nullable=False),
)
"""What agents are planned to do, by the day on which the shift begins, as `agent_model.shift_plan.Shift`. `kept_ms` is
what of it was kept, once that is settled; `edition` another one when the plan changes, or what is told of its time."""

alert = Table(
    "alert",
    metadata,
    _id("id", primary_key=True),
    _id("rule", nullable=False),
    Column("name", Json, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("grade", String(8), nullable=False),
    *(Column(name, Integer, nullable=False) for name in ("value", "limit")),
    _id("queue", nullable=False),
    _id("agent", nullable=False),
    Column("teams", Json, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("key", "about")),
    _moment("began_at", nullable=False, index=True),
    _moment("ended_at"),
    _id("taken_by", nullable=False, server_default=""),
    _moment("taken_at"),
)
"""What those who lead were told of by rules of alerts, and which of them took it; `key` is what it was found as,
`about` whom or what it was about, for the rule's quiet time."""

report_mail = Table(
    "report_mail",
    metadata,
    Column("name", String(64), primary_key=True),
    _moment("due", nullable=False),
    _moment("tried_at", nullable=False),
    _moment("sent_at"),
)
"""Reports that are sent by mail: when each was last due, and whether the mail server has it."""

report_schedule = Table(
    "report_schedule",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("body", Json, nullable=False),
    _id("changed_by", nullable=False),
    _moment("changed_at", nullable=False),
)
"""Reports by mail as those who lead set them up: what `agent_model.report_mail.ReportMail` says."""

agent_tally = Table(
    "agent_tally",
    metadata,
    _id("agent_id", primary_key=True),
    Column("day", String(10), primary_key=True),
    *(Column(name, Integer, nullable=False) for name in ("handled", "first", "solved")),
    Index("ix_agent_tally_day", "day"),
)
"""Contacts of days gone by, as `probation.day_figures` counts them."""

newcomer = Table(
    "newcomer",
    metadata,
    _id("agent_id", primary_key=True),
    Column("joined_on", String(10), nullable=False),
    _id("told_by", nullable=False),
    _moment("told_at", nullable=False),
)
"""Since when somebody works here, where somebody said so."""

imported = Table(
    "imported",
    metadata,
    Column("entity", String(32), primary_key=True),
    _id("row_id", primary_key=True),
    Column("digest", String(32), nullable=False),
    Column("prints", Json),
    sqlite_with_rowid=False,
)
"""What a row looked like in the source it was last imported from: importing the same again touches nothing. `prints`
are of each field that a table told (`importing.merging`), so that only what the source changed is taken."""

import_profile = Table(
    "import_profile",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("name", String(64), primary_key=True),
    Column("wishes", Json, nullable=False),
    _id("saved_by", nullable=False),
    _moment("saved_at", nullable=False),
)
"""How a kind of file is read, remembered by a name."""

import_task = Table(
    "import_task",
    metadata,
    _id("id", primary_key=True),
    _id("agent_id", nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("name", Text, nullable=False),
    _id("upload_id", nullable=False),
    Column("step", String(8), nullable=False),
    _id("attempt", nullable=False),
    Column("state", String(16), nullable=False),
    Column("wishes", Json, nullable=False),
    Column("remember", String(64)),
    Column("language", String(2), nullable=False),
    Column("tally", Json),
    Column("seen", Json),
    Column("fault", Json),
    Column("is_stopping", Boolean, nullable=False),
    Column("turn", String(ID_LENGTH + 8), unique=True),
    Column("beat", Float, nullable=False),
    _moment("created_at", nullable=False),
)
"""A file that an administrator imports at a workstation (`importing.tasks`): how far it came, what was seen in it, why
it was refused. Each step that is begun is an `attempt` of its own; `turn` is what no two of them have at once; `beat`
is when its process last said that it lives, in seconds since 1970."""

erasure = Table(
    "erasure",
    metadata,
    _id("id", primary_key=True),
    _id("customer_id", nullable=False, index=True),
    Column("state", String(16), nullable=False, index=True),
    _id("asked_by", nullable=False),
    _moment("asked_at", nullable=False),
    Column("reason", Text, nullable=False),
    _id("decided_by"),
    _moment("decided_at"),
    Column("decision", Text),
    Column("work", Json),
    _moment("next_at"),
    Column("certificate", Json),
)
"""Somebody's data, to be erased: asked for, decided by a second person, carried out. `work` is what is still to be
done, by ids alone; `next_at` when something that a duty keeps may go."""

person_export = Table(
    "person_export",
    metadata,
    _id("id", primary_key=True),
    _id("customer_id", nullable=False, index=True),
    Column("state", String(16), nullable=False),
    _id("asked_by", nullable=False),
    _moment("asked_at", nullable=False),
    Column("reason", Text, nullable=False),
    _id("decided_by"),
    _moment("decided_at"),
    Column("decision", Text),
)
"""A copy of somebody's data that was asked for, and what a second person said to it."""

erased_row = Table(
    "erased_row",
    metadata,
    Column("entity", String(32), primary_key=True),
    Column("digest", String(64), primary_key=True),
    _id("erasure_id", nullable=False, index=True),
    sqlite_with_rowid=False,
)
"""Rows that never come back, by a salted digest of their ids (`privacy.tombstones`)."""

mood_round = Table(
    "mood_round",
    metadata,
    Column("id", String(160), primary_key=True),
    _id("team", nullable=False, index=True),
    Column("week", String(8), nullable=False),
    _moment("until", nullable=False),
    Column("modulus", Text, nullable=False),
    Column("secret", Text, nullable=False),
)
"""The question of a week to a team, and the key that signs its tokens blind (`care.moods`)."""

mood_token = Table(
    "mood_token",
    metadata,
    Column("round", String(160), primary_key=True),
    _id("agent", primary_key=True),
    Column("blinded", Text, nullable=False),
)
"""Who had a token signed: of the token itself nothing."""

mood_spent = Table(
    "mood_spent",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("round", String(160), nullable=False, index=True),
    sqlite_with_rowid=False,
)
"""Tokens that answered, in no order of time."""

mood_tally = Table(
    "mood_tally",
    metadata,
    Column("round", String(160), primary_key=True),
    Column("level", Integer, primary_key=True, autoincrement=False),
    Column("answers", Integer, nullable=False),
)

honours_choice = Table(
    "honours_choice",
    metadata,
    _id("agent_id", primary_key=True),
    Column("is_named", Boolean, nullable=False),
)

NOUN_TABLES: Final[dict[str, Table]] = {
    table.name: table
    for table in (
        abusive_call,
        agent,
        alert_rule,
        announcement,
        announcement_receipt,
        article,
        assignment,
        attempt,
        article_feedback,
        article_draft,
        article_file,
        article_policy,
        break_reason,
        called_number,
        care_policy,
        compensation,
        complaint_source,
        contact,
        course,
        course_rule,
        customer,
        customer_form,
        customer_merge,
        customer_relation,
        department,
        desk_policy,
        export,
        list_view,
        floor_policy,
        follow_up,
        follow_up_plan,
        department_rule,
        fund,
        gap_decision,
        identity_rule,
        macro,
        synonym,
        number_range,
        product,
        question,
        question_key,
        queue,
        quiz,
        quiz_paper,
        quiz_result,
        search_batch,
        signal_rule,
        sla_policy,
        team,
        ticket,
        ticket_category,
        ticket_flow,
        ticket_form,
        wrap_up_code,
    )
}

TO_CUSTOMERS: Final = {"customer_id": "segment", "other_id": "other_segment"}
"""Columns that say whose a row is, each with the one that says where they are."""
OF_CUSTOMERS: Final = {
    name: pointers
    for name, table in sorted(NOUN_TABLES.items())
    if (pointers := tuple(pointer for pointer in TO_CUSTOMERS if pointer in table.c))
}
"""The nouns whose rows belong to customers, and by which columns: they are where the customer is, and follow them into
another."""
