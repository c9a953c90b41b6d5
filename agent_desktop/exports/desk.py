"""What may leave this desk in a file, and the line that is written of everything that does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from agent_desktop.offline.view import View
from agent_model.agent import Agent
from agent_model.body import from_body, to_body
from agent_model.command import CommandKind, FieldChange
from agent_model.desk_policy import SITE, DeskPolicy
from agent_model.export import Export, ExportId, ExportKind, ExportState

SHOWN_AT_MOST = 200


class Answer(Enum):
    """ONLINE_ONLY: where the server does not answer, the site wants no files."""

    ALLOWED = "allowed"
    NEEDS_APPROVAL = "needs_approval"
    TOO_MANY = "too_many"
    NOT_YOURS = "not_yours"
    ONLINE_ONLY = "online_only"


@dataclass(frozen=True, slots=True)
class Permit:
    """`rows` are allowed at once, `most` with an approval; `approved` is one that covers what is wanted."""

    answer: Answer
    rows: int = 0
    most: int = 0
    approved: Export | None = None

    @property
    def is_given(self) -> bool:
        return self.answer is Answer.ALLOWED


class Exports:
    """Every method raises StoreError."""

    def __init__(self, view: View, agent: Agent, clock: Callable[[], datetime], new_id: Callable[[], str]) -> None:
        self._view = view
        self._agent = agent
        self._clock = clock
        self._new_id = new_id

    def policy(self) -> DeskPolicy:
        row = self._view.mirror.row("desk_policy", SITE)
        return DeskPolicy() if row is None else from_body(DeskPolicy, row.id, row.version, row.body)

    def may(self, kind: ExportKind, subject: str, rows: int, *, is_online: bool) -> Permit:
        policy = self.policy()
        rule = policy.export_rule(kind, subject, self._agent.role)
        if rule is None:
            return Permit(Answer.NOT_YOURS)
        if not is_online and not policy.exports_offline:
            return Permit(Answer.ONLINE_ONLY, rule.rows, rule.most)
        if rows <= rule.rows:
            return Permit(Answer.ALLOWED, rule.rows, rule.most)
        approved = next(
            (
                one
                for one in self.mine()
                if one.state is ExportState.APPROVED and (one.kind, one.subject) == (kind, subject) and one.rows >= rows
            ),
            None,
        )
        if approved is not None:
            return Permit(Answer.ALLOWED, rule.rows, rule.most, approved)
        return Permit(Answer.NEEDS_APPROVAL if rows <= rule.most else Answer.TOO_MANY, rule.rows, rule.most)

    def note(self, kind: ExportKind, subject: str, what: str, rows: int, approved: Export | None = None) -> None:
        """What is about to be written: on this disk when this returns, before the file is there."""
        if approved is not None:
            fields = {"state": FieldChange(approved.state.value, ExportState.DONE.value)}
            if rows != approved.rows:
                fields["rows"] = FieldChange(approved.rows, rows)
            self._change(approved, fields)
        else:
            self._put(Export(self._id(), kind, subject, what, rows, self._agent.id, self._clock()))

    def ask(self, subject: str, what: str, rows: int, reason: str) -> None:
        """For an approval of a list with so many rows."""
        asked = Export(
            self._id(), ExportKind.LIST, subject, what, rows, self._agent.id, self._clock(), ExportState.ASKED, reason
        )
        self._put(asked)

    def mine(self) -> tuple[Export, ...]:
        """The agent's own, the latest first."""
        return tuple(one for one in self._all() if one.asked_by == self._agent.id)[:SHOWN_AT_MOST]

    def to_decide(self) -> tuple[Export, ...]:
        """What others of the team ask for, the oldest first."""
        found = (one for one in self._all() if one.state is ExportState.ASKED and one.asked_by != self._agent.id)
        return tuple(found)[:SHOWN_AT_MOST][::-1]

    def decide(self, export: Export, words: str, *, is_approved: bool) -> None:
        after = ExportState.APPROVED if is_approved else ExportState.REFUSED
        fields = {"state": FieldChange(export.state.value, after.value)}
        if words:
            fields["words"] = FieldChange(export.words, words)
        self._change(export, fields)

    def _id(self) -> ExportId:
        return ExportId(f"E-{self._new_id()}")

    def _put(self, export: Export) -> None:
        fields = {name: FieldChange(None, value) for name, value in to_body(export).items() if value is not None}
        del fields["is_allowed"]
        self._view.outbox.put("export", export.id, CommandKind.CREATE, fields, self._clock())

    def _change(self, export: Export, fields: dict[str, FieldChange]) -> None:
        self._view.outbox.put(
            "export", export.id, CommandKind.UPDATE, fields, self._clock(), base_version=export.version
        )

    def _all(self) -> list[Export]:
        rows = self._view.rows("export")
        found = [from_body(Export, row.id, row.version, row.body) for row in rows]
        return sorted(found, key=lambda one: one.asked_at, reverse=True)
