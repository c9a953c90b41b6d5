"""Fields that this agent and somebody else changed: listed with all texts, and decided by a person.

A decision is kept here first and sent with the next round of sync, so that it can be made without a server.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from agent_desktop.errors import ServerRefused
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.pending import Entry, State
from agent_desktop.sync.client import ServerClient
from agent_desktop.sync.conflict import Conflict, conflict_from_plain
from agent_desktop.sync.decisions import KEPT, UNFINISHED, Decision, Decisions, Take
from agent_model.command import OpId

MOST_PAGES: Final = 50
OPS_AT_ONCE: Final = 50
OWN_AGAIN: Final = timedelta(seconds=10)
OTHERS_AGAIN: Final = timedelta(seconds=60)
"""How often the list is read while nothing says that it changed."""
ROUND: Final = timedelta(days=2)
"""Within which a workstation whose commands were kept long enough after a restored backup sends them for good."""
TROUBLES: Final = frozenset({"row_moved", "already_resolved", "not_found", "not_allowed", "not_possible"})
"""Answers that only the person can go on from. Everything else the server may take at the next round."""


@dataclass(frozen=True, slots=True)
class Contested:
    """A conflict as the person sees it. `decision` is theirs, kept and not taken by the server yet; `is_gone` says that
    the server offers it no more and nobody decided it: the row is out of sight, or it was too long ago. `is_over`:
    somebody else decided, and what the person had written is all that is left."""

    conflict: Conflict
    decision: Decision | None = None
    is_gone: bool = False
    is_over: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it waits for the person, not for the server."""
        return self.decision is None or self.decision.trouble is not None


class Conflicts:
    """`run` belongs to the thread of sync and raises as every request; the rest is for any thread, without the server.

    `sees_others` is for who decides for others too. An author's command stays in the outbox, whole, until the server
    says that each of its fields is decided, by whomever.
    """

    def __init__(
        self,
        client: ServerClient,
        mirror: Mirror,
        outbox: Outbox,
        clock: Callable[[], datetime],
        *,
        sees_others: bool = False,
    ) -> None:
        self._client = client
        self._mirror = mirror
        self._outbox = outbox
        self._clock = clock
        self._sees_others = sees_others
        self._decisions = Decisions(outbox, clock)
        self._listed: tuple[Conflict, ...] = ()
        self._looked_for: frozenset[tuple[OpId, int]] = frozenset()
        self._looked_at: datetime | None = None
        self._epoch = ""
        self._is_wanted = True

    def want(self) -> None:
        """Somebody looks at the list: it is read with the next round."""
        self._is_wanted = True

    def contested(self) -> tuple[Contested, ...]:
        """Everything to be decided that is known here, the oldest first."""
        listed, decisions = self._listed, self._decisions.all()
        listed_ops = {conflict.op_id for conflict in listed}
        own = [entry for entry in self._parked() if entry.command.op_id not in listed_ops]
        looked_for = {op_id for op_id, _ in self._looked_for}
        shown = [Contested(conflict, _about(conflict, decisions)) for conflict in listed]
        for entry in own:
            is_gone = entry.command.op_id in looked_for
            shown += [Contested(one, _about(one, decisions), is_gone) for one in self._told_by(entry)]
        left = [
            one
            for one in decisions
            if not any(one.conflict.is_same(other.conflict) for other in shown) and (one.trouble or not one.is_again)
        ]
        was_read = self._looked_at is not None
        shown += [Contested(one.conflict, one, is_over=_is_over(one, was_read=was_read)) for one in left]
        return tuple(sorted(shown, key=lambda one: (one.conflict.at, one.conflict.op_id, one.conflict.field)))

    def decisions(self) -> tuple[Decision, ...]:
        """Made here and not taken by the server yet, the oldest first."""
        return self._decisions.all()

    def decide(self, conflict: Conflict, take: Take, text: Any = None) -> None:
        """On the disk when this returns, sent with the next round. Raises DiskFull, OutboxDamaged, StoreBusy."""
        self._decisions.keep(Decision(conflict, take, text if take is Take.OTHER else None))

    def note(self, conflict: Conflict, text: Any) -> None:
        """A third text as far as it is written. Raises as `decide`."""
        self._decisions.keep(Decision(conflict, Take.OTHER, text, UNFINISHED))

    def let_go(self, conflict: Conflict) -> None:
        """What the person decided is no longer wanted: somebody else has decided."""
        self._decisions.drop(conflict)

    # ---- with the server --------------------------------------------------------------------------------

    def run(self) -> None:
        """Sends decisions, reads the list when it may have changed, and lets go of what was decided elsewhere."""
        self._begin(self._outbox.delivered.epoch)
        waiting = [one for one in self._decisions.all() if one.trouble is None]
        parked = self._parked()
        if not (waiting or parked or self._listed or self._sees_others or self._looked_at is None):
            return
        looked_for = frozenset((entry.command.op_id, self._version(entry)) for entry in parked)
        is_new = any(not decision.is_again for decision in waiting)
        if not (is_new or self._is_due(looked_for)):
            return
        self._is_wanted = False
        self._listed = self.open()
        for decision in waiting:
            self._send(decision)
        self._settle([entry.command.op_id for entry in parked])
        self._looked_for, self._looked_at = looked_for, self._clock()

    def open(self) -> tuple[Conflict, ...]:
        """What this agent has to decide, for a lead that of the team as well; the oldest first."""
        found: list[Conflict] = []
        after: str | None = ""
        for _ in range(MOST_PAGES):
            page, after = self._client.conflicts(after or "", conflict_from_plain)
            found += page
            if after is None:
                break
        return tuple(found)

    def resolve(self, conflict: Conflict, take: Take, text: Any = None) -> None:
        """Raises ServerRefused with `row_moved` when the field changed since the list was read (read it again),
        `already_resolved`, or `not_possible` when the text does not fit the field. Nothing is lost then."""
        wish: dict[str, Any] = {"take": take.value, "seen": conflict.now}
        if take is Take.OTHER:
            wish["value"] = text
        self._client.resolve(conflict.id, wish)

    def _begin(self, epoch: str) -> None:
        """In another life of the server's database what was decided may be open again."""
        if epoch != self._epoch:
            self._decisions.put_back(epoch)
            self._epoch, self._looked_at = epoch, None

    def _send(self, decision: Decision) -> None:
        """With what the person saw then, not with what stands there now."""
        conflict = decision.conflict
        listed = next((one for one in self._listed if one.is_same(conflict)), None)
        if listed is not None and listed.id != conflict.id:
            decision = self._decisions.name(decision, listed.id)  # a lost answer must find it again
        match self._answer_to(decision):
            case None:
                self._listed = tuple(one for one in self._listed if not one.is_same(conflict))
                self._decisions.done(decision, self._epoch)
            case "already_resolved" if decision.take is not Take.OTHER:
                self._decisions.done(decision, self._epoch)  # nothing was typed that is not in the conflict
            case "not_found" if decision.is_again and self._may_come_back():
                """The command that it is about has found no place yet."""
            case "not_found" if decision.is_again and decision.take is not Take.OTHER:
                self._decisions.drop(conflict)
            case trouble:
                self._decisions.mark(decision, trouble)

    def _answer_to(self, decision: Decision) -> str | None:
        """Why the server does not take it; None when it has."""
        conflict = decision.conflict
        if not conflict.id:
            is_known = any(one.op_id == conflict.op_id for one in self._listed)
            return "already_resolved" if is_known or self._client.decided([conflict.op_id]) else "not_found"
        try:
            self.resolve(conflict, decision.take, decision.text)
        except ServerRefused as error:
            if error.code not in TROUBLES:
                raise
            return error.code
        return None

    def _may_come_back(self) -> bool:
        since = self._outbox.delivered.epoch_since
        return since is not None and self._clock() - since < KEPT + ROUND

    def _settle(self, parked: Sequence[OpId]) -> None:
        """Commands all of whose fields were decided, here or elsewhere, leave the outbox."""
        still = {conflict.op_id for conflict in self._listed}
        asked = [op_id for op_id in parked if op_id not in still]
        for start in range(0, len(asked), OPS_AT_ONCE):
            self._outbox.forget(self._client.decided(asked[start : start + OPS_AT_ONCE]))

    def _is_due(self, looked_for: frozenset[tuple[OpId, int]]) -> bool:
        if self._is_wanted or self._looked_at is None or looked_for != self._looked_for:
            return True
        return self._clock() - self._looked_at >= (OWN_AGAIN if looked_for else OTHERS_AGAIN)

    def _parked(self) -> list[Entry]:
        return [entry for entry in self._outbox.entries(State.PARKED) if entry.is_contested]

    def _version(self, entry: Entry) -> int:
        row = self._mirror.row(entry.command.entity, entry.command.id)
        return row.version if row else 0

    def _told_by(self, entry: Entry) -> list[Conflict]:
        """What the server's answer to one's own command says, and the row here."""
        command, answer = entry.command, entry.answer
        if answer is None:
            return []
        row = self._mirror.row(command.entity, command.id)
        return [
            Conflict(
                id="",
                op_id=command.op_id,
                entity=command.entity,
                row_id=command.id,
                field=name,
                base=change.old,
                mine=change.new,
                theirs=answer.changed[name],
                now=row.body.get(name) if row else answer.changed[name],
                author=command.author,
                at=command.occurred_at,
            )
            for name, change in command.fields.items()
            if name in answer.changed
        ]


def _is_over(left: Decision, *, was_read: bool) -> bool:
    """Whether a decision about what is not on the list came too late. Before the list was read it may only wait."""
    return left.trouble == "already_resolved" or (left.trouble is not None and was_read)


def _about(conflict: Conflict, decisions: Sequence[Decision]) -> Decision | None:
    return next((one for one in decisions if one.conflict.is_same(conflict)), None)
