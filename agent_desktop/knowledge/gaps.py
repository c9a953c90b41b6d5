"""What the knowledge base lacks, as the server works it out; the last list is kept, to be looked at offline."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

import orjson

from agent_desktop.knowledge.base import IndexShelf
from agent_desktop.offline.view import View
from agent_model.body import from_body, to_body
from agent_model.command import CommandKind, FieldChange
from agent_model.gap import LONGEST_FORM, LONGEST_REASON, Gap, GapDecision, GapKind, GapList, GapVerdict, is_settled
from agent_model.secret import mask

ENTITY = "gap_decision"


class Asking(Protocol):
    def __call__(self, days: int) -> GapList:
        """Raises ServerUnreachable, ServerRefused."""
        ...


class GapBook:
    """`fetch` asks the server; everything else is of this workstation."""

    def __init__(
        self,
        view: View,
        ask: Asking,
        shelf_of: Callable[[int], IndexShelf],
        agent_id: str,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
    ) -> None:
        self._view = view
        self._ask = ask
        self._shelf_of = shelf_of
        self._agent_id = agent_id
        self._clock = clock
        self._new_id = new_id

    def fetch(self, days: int) -> GapList:
        """Raises ServerUnreachable, ServerRefused."""
        return self._ask(days)

    def keep(self, gaps: GapList) -> None:
        self._shelf_of(gaps.days).keep(orjson.dumps(to_body(gaps)))

    def kept(self, days: int) -> GapList | None:
        """The last list of these days that the server told; None before the first."""
        found = self._shelf_of(days).load()
        if found is None:
            return None
        try:
            return from_body(GapList, "", 0, orjson.loads(found))
        except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
            return None

    def open(self, gaps: GapList) -> tuple[Gap, ...]:
        """Those that were not settled since, here or by others."""
        decided: dict[tuple[GapKind, str], datetime] = {}
        for row in self._view.rows(ENTITY):
            decision = _decision(row.id, row.version, row.body)
            if decision is not None:
                key = (decision.kind, decision.form)
                decided[key] = max(decision.at, decided.get(key, decision.at))
        return tuple(gap for gap in gaps.gaps if not is_settled(gap, decided))

    def settle(self, gap: Gap, verdict: GapVerdict, reason: str) -> None:
        """Until it is asked again. Raises DiskFull, OutboxDamaged or StoreBusy."""
        decision = GapDecision(
            id=self._new_id(),
            kind=gap.kind,
            form=gap.forms[0],
            question=gap.question[:LONGEST_FORM],
            verdict=verdict,
            by=self._agent_id,
            at=self._clock(),
            reason=mask(reason.strip())[:LONGEST_REASON],
        )
        fields = {name: FieldChange(None, value) for name, value in to_body(decision).items()}
        self._view.outbox.put(ENTITY, decision.id, CommandKind.CREATE, fields, decision.at)


def _decision(row_id: str, version: int, body: Any) -> GapDecision | None:
    try:
        return from_body(GapDecision, row_id, version, body)
    except (KeyError, TypeError, ValueError):
        return None
