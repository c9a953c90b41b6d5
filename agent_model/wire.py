"""What crosses HTTP between workstation and server, with its version. See docs/sync.md for the whole protocol."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from agent_model.abusive_call import AbusiveCall
from agent_model.agent import Agent
from agent_model.alert import AlertRule
from agent_model.announcement import Announcement, AnnouncementReceipt
from agent_model.article import Article
from agent_model.article_draft import ArticleDraft
from agent_model.article_feedback import ArticleFeedback
from agent_model.article_file import ArticleFile
from agent_model.article_policy import ArticlePolicy
from agent_model.assignment import Assignment
from agent_model.attempt import Attempt, QuizResult
from agent_model.body import from_body
from agent_model.break_reason import BreakReason
from agent_model.care_policy import CarePolicy
from agent_model.clock_policy import SlaPolicy
from agent_model.command import Answer, Command, CommandKind, FieldChange, OpId, Verdict
from agent_model.compensation import Compensation, Fund
from agent_model.complaint import ComplaintSource
from agent_model.course import Course
from agent_model.course_rule import CourseRule
from agent_model.customer import Contact, Customer
from agent_model.customer_form import CustomerForm
from agent_model.customer_merge import CustomerMerge
from agent_model.customer_relation import CustomerRelation
from agent_model.department_rule import DepartmentRule
from agent_model.desk_policy import DeskPolicy
from agent_model.export import Export
from agent_model.floor_policy import FloorPolicy
from agent_model.follow_up import FollowUp
from agent_model.follow_up_plan import FollowUpPlan
from agent_model.form import TicketForm
from agent_model.gap import GapDecision
from agent_model.identity_rule import IdentityRule
from agent_model.list_view import ListView
from agent_model.macro import Macro
from agent_model.moment import from_text, to_text
from agent_model.number_range import NumberRange
from agent_model.organisation import (
    CalledNumber,
    Department,
    Product,
    Queue,
    Team,
    TicketCategory,
    WrapUpCode,
)
from agent_model.question import Question, QuestionKey
from agent_model.quiz import Quiz
from agent_model.quiz_paper import QuizPaper
from agent_model.scope import Scope
from agent_model.search_record import SearchBatch
from agent_model.secret import ALL, IN_TEXTS, Secret
from agent_model.signal import SignalRule
from agent_model.synonym import Synonym
from agent_model.ticket import Ticket
from agent_model.ticket_flow import TicketFlow

PROTOCOL: Final = 1
OLDEST_PROTOCOL: Final = 1
PROTOCOL_HEADER: Final = "X-Sync-Protocol"
VERSION_HEADER: Final = "X-Workstation-Version"
HIDES_HEADER: Final = "X-Hides"
HIDES: Final[Mapping[str, frozenset[Secret]]] = {"numbers": IN_TEXTS, "all": ALL}
"""What a workstation wants hidden from whoever works there, beside what the site hides from them; few, for the server
keeps files of the rows for each."""
OPS_A_BATCH: Final = 500

NOUNS: Final[Mapping[str, type]] = {
    "abusive_call": AbusiveCall,
    "agent": Agent,
    "alert_rule": AlertRule,
    "announcement": Announcement,
    "announcement_receipt": AnnouncementReceipt,
    "article": Article,
    "assignment": Assignment,
    "attempt": Attempt,
    "article_feedback": ArticleFeedback,
    "article_draft": ArticleDraft,
    "article_file": ArticleFile,
    "article_policy": ArticlePolicy,
    "break_reason": BreakReason,
    "called_number": CalledNumber,
    "care_policy": CarePolicy,
    "compensation": Compensation,
    "complaint_source": ComplaintSource,
    "contact": Contact,
    "course": Course,
    "course_rule": CourseRule,
    "customer": Customer,
    "customer_form": CustomerForm,
    "customer_merge": CustomerMerge,
    "customer_relation": CustomerRelation,
    "department": Department,
    "floor_policy": FloorPolicy,
    "follow_up": FollowUp,
    "follow_up_plan": FollowUpPlan,
    "department_rule": DepartmentRule,
    "fund": Fund,
    "gap_decision": GapDecision,
    "identity_rule": IdentityRule,
    "macro": Macro,
    "number_range": NumberRange,
    "desk_policy": DeskPolicy,
    "export": Export,
    "list_view": ListView,
    "product": Product,
    "question": Question,
    "question_key": QuestionKey,
    "queue": Queue,
    "quiz": Quiz,
    "quiz_paper": QuizPaper,
    "quiz_result": QuizResult,
    "search_batch": SearchBatch,
    "signal_rule": SignalRule,
    "sla_policy": SlaPolicy,
    "synonym": Synonym,
    "team": Team,
    "ticket": Ticket,
    "ticket_category": TicketCategory,
    "ticket_flow": TicketFlow,
    "ticket_form": TicketForm,
    "wrap_up_code": WrapUpCode,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the mirror: entity name, id, the server's version, JSON body (see `agent_model.body`)."""

    entity: str
    id: str
    version: int
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Gone:
    """A row that left a scope: deleted everywhere, or only out of this scope (evicted)."""

    entity: str
    id: str


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """One answer of GET /changes. `next` is the cursor to store with these rows; `head` the scope's newest number.

    `entries` is how many entries of the feed the page covers (None from a server that does not count them). They have
    no gaps, except up to `compacted`.
    """

    scope: Scope
    rows: tuple[Row, ...]
    evicted: tuple[Gone, ...]
    deleted: tuple[Gone, ...]
    next: int
    head: int
    more: bool
    entries: int | None = None
    compacted: int = 0

    def has_gap_after(self, since: int) -> bool:
        """Whether the page, asked for from `since`, misses entries that the server never let go."""
        return self.entries is not None and since >= self.compacted and self.next - since != self.entries


@dataclass(frozen=True, slots=True)
class Hello:
    """The server's greeting. `scopes` gives each scope this user may hold and its head; `match_keys` what masked
    numbers are matched by, by segment, and None for who has them whole; `asks_why`: a look at a number wants a reason;
    `erasures`: how many people were erased so far; `hidden`: the kinds of secret kept back from them,
    `word_keys` what names and e-mail addresses among these are found by, by segment; `provisioning` the serial of what
    workstations are set up with, 0 for nothing; `refusal` the code why this version may fetch nothing, with the
    versions that may, empty where there is no bound.
    """

    server: str
    protocol: int
    epoch: str
    server_time: str
    scopes: Mapping[Scope, int]
    features: tuple[str, ...] = ()
    match_keys: Mapping[str, str] | None = None
    asks_why: bool = False
    erasures: int = 0
    hidden: tuple[Secret, ...] = ()
    word_keys: Mapping[str, str] | None = None
    provisioning: int = 0
    refusal: str = ""
    oldest: str = ""
    newest: str = ""


def noun(row: Row) -> Any:
    """The row as its noun. Raises KeyError for an entity this version does not know."""
    kind = NOUNS[row.entity]
    return from_body(kind, row.id, row.version, row.body)


def row_to_plain(row: Row) -> dict[str, Any]:
    return {"entity": row.entity, "id": row.id, "version": row.version, "body": row.body}


def command_to_plain(command: Command) -> dict[str, Any]:
    return {
        "op_id": command.op_id,
        "device_seq": command.device_seq,
        "entity": command.entity,
        "id": command.id,
        "kind": command.kind.value,
        "base_version": command.base_version,
        "fields": {name: [change.old, change.new] for name, change in command.fields.items()},
        "occurred_at": to_text(command.occurred_at),
        "author": command.author,
        "depends_on": command.depends_on,
        "schema": command.schema,
    }


def command_from_plain(plain: Mapping[str, Any]) -> Command:
    """Raises KeyError, TypeError or ValueError for a message that is not a command."""
    return Command(
        op_id=OpId(plain["op_id"]),
        device_seq=plain["device_seq"],
        entity=plain["entity"],
        id=plain["id"],
        kind=CommandKind(plain["kind"]),
        base_version=plain["base_version"],
        fields={name: FieldChange(old, new) for name, (old, new) in plain["fields"].items()},
        occurred_at=from_text(plain["occurred_at"]),
        author=plain["author"],
        depends_on=None if plain.get("depends_on") is None else OpId(plain["depends_on"]),
        schema=plain.get("schema", 1),
    )


def answer_to_plain(answer: Answer) -> dict[str, Any]:
    return {
        "op_id": answer.op_id,
        "verdict": answer.verdict.value,
        "version": answer.version,
        "reason": answer.reason,
        "changed": dict(answer.changed),
        "faults": dict(answer.faults),
    }


def answer_from_plain(plain: Mapping[str, Any]) -> Answer:
    return Answer(
        op_id=OpId(plain["op_id"]),
        verdict=Verdict(plain["verdict"]),
        version=plain["version"],
        reason=plain["reason"],
        changed=plain["changed"],
        faults=plain.get("faults") or {},
    )
