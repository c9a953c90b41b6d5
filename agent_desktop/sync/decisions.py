"""What a person decided about conflicts: on the disk until the server has taken it, and some days longer, as a server
restored from a backup may have lost it again."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from agent_desktop.offline.outbox import Draft, Outbox
from agent_desktop.sync.conflict import Conflict, conflict_from_plain, conflict_to_plain

KIND: Final = "decision"
TAKEN: Final = "decided"
KEPT: Final = timedelta(days=7)
"""What the server has taken; as long as commands are."""
UNFINISHED: Final = "unfinished"
"""A text that is still being written."""


class Take(StrEnum):
    """Which text stands: the author's, the one on the server, or a third."""

    MINE = "mine"
    THEIRS = "theirs"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Decision:
    """Made about `conflict` as it looked then. `text` is that of OTHER; `trouble` is why the server did not take it
    (`row_moved`, `already_resolved`, `not_found`, `not_allowed`, `not_possible`) or UNFINISHED, None while it is to be
    sent. `is_again`: it was taken before, by a server that has come back from a backup since."""

    conflict: Conflict
    take: Take
    text: Any = None
    trouble: str | None = None
    is_again: bool = False


class Decisions:
    """Every method that writes raises DiskFull, OutboxDamaged or StoreBusy, and then keeps what was there before."""

    def __init__(self, outbox: Outbox, clock: Callable[[], datetime]) -> None:
        self._outbox = outbox
        self._clock = clock

    def keep(self, decision: Decision) -> None:
        """In place of an earlier one about the same field."""
        self._outbox.save_draft(_key(decision.conflict), _plain(decision), self._clock(), KIND)

    def all(self) -> tuple[Decision, ...]:
        """The oldest first."""
        return tuple(_decision(draft) for draft in reversed(self._outbox.drafts(KIND)))

    def name(self, decision: Decision, conflict_id: str) -> Decision:
        """The decision about the conflict that the server calls so."""
        named = replace(decision, conflict=replace(decision.conflict, id=conflict_id))
        self.keep(named)
        return named

    def mark(self, decision: Decision, trouble: str) -> None:
        """The server did not take it. Only if it is still the one that was sent: the person may have decided anew."""
        if decision in self.all():
            self.keep(replace(decision, trouble=trouble))

    def done(self, decision: Decision, epoch: str) -> None:
        """The server of this epoch has taken it, unless the person has decided anew meanwhile."""
        if decision in self.all():
            self._outbox.save_draft(_key(decision.conflict), _plain(decision) | {"epoch": epoch}, self._clock(), TAKEN)
            self.drop(decision.conflict)

    def put_back(self, epoch: str) -> None:
        """What was taken in another epoch is to be sent again, unless the person has decided anew; what is old goes."""
        newer = {_key(decision.conflict) for decision in self.all()}
        for draft in self._outbox.drafts(TAKEN):
            is_of_now = draft.body["epoch"] == epoch
            if not is_of_now and draft.key not in newer:
                self.keep(replace(_decision(draft), trouble=None, is_again=True))
            if not is_of_now or self._clock() - draft.saved_at > KEPT:
                self._outbox.drop_draft(draft.key, TAKEN)

    def drop(self, conflict: Conflict) -> None:
        self._outbox.drop_draft(_key(conflict), KIND)


def _key(conflict: Conflict) -> str:
    return f"{conflict.op_id}:{conflict.field}"


def _decision(draft: Draft) -> Decision:
    body = draft.body
    is_again = bool(body.get("again"))
    return Decision(conflict_from_plain(body["conflict"]), Take(body["take"]), body["text"], body["trouble"], is_again)


def _plain(decision: Decision) -> dict[str, Any]:
    return {
        "conflict": conflict_to_plain(decision.conflict),
        "take": decision.take.value,
        "text": decision.text,
        "trouble": decision.trouble,
        "again": decision.is_again,
    }
