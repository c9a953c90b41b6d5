"""What an agent does about a complaint, kept on this disk and sent in its turn. The server is the one that decides."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from agent_desktop.offline.view import View
from agent_model.body import to_body
from agent_model.command import CommandKind, FieldChange
from agent_model.compensation import Compensation, CompensationState
from agent_model.complaint import ClosingDecision, DepartmentWord, DisputeStep, ReceivedFrom

DRAFTS: Final = "complaint"


class Complaints:
    """Every method raises DiskFull, OutboxDamaged or StoreBusy; then nothing was kept."""

    def __init__(self, view: View, author: str, clock: Callable[[], datetime], new_id: Callable[[], str]) -> None:
        self._view = view
        self._author = author
        self._clock = clock
        self._new_id = new_id

    def tell_source(self, ticket_id: str, source: ReceivedFrom) -> None:
        self._change(ticket_id, "received_from", to_body(source))

    def speak(self, ticket_id: str, step: DisputeStep, department: str, text: str) -> None:
        """A word about which department is in charge."""
        word = DepartmentWord(step, department, text.strip(), self._author, self._clock())
        self._put("ticket", ticket_id, CommandKind.APPEND, {"disputes": FieldChange(None, to_body(word))})

    def lead_by(self, ticket_id: str, lead_id: str | None) -> None:
        """The ticket is the same complaint as another, which leads from now on; None parts them again."""
        self._change(ticket_id, "same_as", lead_id)

    def let_close(self, ticket_id: str, reason: str) -> None:
        """A duty manager's word that it may be closed without a satisfaction value."""
        decision = ClosingDecision(self._author, self._clock(), reason.strip())
        self._change(ticket_id, "closing_decision", to_body(decision))

    def wish(self, ticket_id: str, fund: str, amount_fen: int, reason: str) -> Compensation:
        """It is a wish until the server has said whether it is granted or has to be asked for."""
        wished = Compensation(self._new_id(), ticket_id, fund, amount_fen, reason.strip(), self._author, self._clock())
        names = ("ticket_id", "fund", "amount_fen", "reason", "asked_by", "asked_at", "state")
        body = to_body(wished)
        fields = {name: FieldChange(None, body[name]) for name in names}
        self._put("compensation", wished.id, CommandKind.CREATE, fields)
        return wished

    def decide(self, compensation_id: str, *, is_granted: bool, reason: str) -> None:
        """An answer to what somebody asked for."""
        state = CompensationState.GRANTED if is_granted else CompensationState.REFUSED
        changes = {"state": FieldChange(CompensationState.ASKED.value, state.value)}
        if reason.strip():
            changes["decision_reason"] = FieldChange("", reason.strip())
        self._put("compensation", compensation_id, CommandKind.UPDATE, changes)

    def keep(self, ticket_id: str, typed: Mapping[str, str]) -> None:
        """What is being typed about a complaint, until it is done or dropped."""
        self._view.outbox.save_draft(ticket_id, typed, self._clock(), DRAFTS)

    def begun(self, ticket_id: str) -> Mapping[str, str]:
        found = self._view.outbox.draft(ticket_id, DRAFTS)
        return {} if found is None else {name: str(value) for name, value in found.body.items()}

    def drop(self, ticket_id: str) -> None:
        self._view.outbox.drop_draft(ticket_id, DRAFTS)

    def _change(self, ticket_id: str, field: str, value: object) -> None:
        row = self._view.row("ticket", ticket_id)
        old = None if row is None else row.body.get(field)
        self._put("ticket", ticket_id, CommandKind.UPDATE, {field: FieldChange(old, value)})

    def _put(self, entity: str, row_id: str, kind: CommandKind, fields: dict[str, FieldChange]) -> None:
        row = self._view.row(entity, row_id)
        version = 0 if row is None else row.version
        self._view.outbox.put(entity, row_id, kind, fields, self._clock(), base_version=version)
