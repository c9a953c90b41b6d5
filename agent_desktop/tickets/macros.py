"""The company's macros: offered as one types, and written by who may."""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agent_desktop.offline.view import View
from agent_desktop.offline.whole_rows import put_whole
from agent_model.agent import Role
from agent_model.body import from_body, to_body
from agent_model.command import Command
from agent_model.customer import CustomerId
from agent_model.macro import Macro, MacroFault, faults
from agent_model.ticket import TicketId, TicketType
from agent_model.type_ahead import Read, rank, spellings
from agent_model.words import Words

EDITORS = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER})
"""Who may change macros; the server says the same."""
DRAFTS = "macro"
LOOKED_AT = 100
"""Customers among whose tickets examples are looked for."""
EXAMPLES = 8


class NotAMacro(Exception):
    """`faults` say what is wrong with it; nothing was kept."""

    def __init__(self, found: tuple[MacroFault, ...]) -> None:
        super().__init__(found)
        self.faults = found


@dataclass(frozen=True, slots=True)
class MacroDraft:
    """A macro that is being written; `seen` is the one it was before, None where it is new."""

    macro: Macro
    seen: Macro | None


@dataclass(frozen=True, slots=True)
class Offered:
    """A macro in force, with what it may be typed as, in small letters."""

    macro: Macro
    typed_as: tuple[str, ...]


class MacroBook:
    """Reads through `view`, so that a macro changed here is in force here at once. What is being written is kept as a
    draft; every method that writes raises DiskFull, OutboxDamaged or StoreBusy."""

    def __init__(self, view: View, clock: Callable[[], datetime], new_id: Callable[[], str], read: Read) -> None:
        self._view = view
        self._clock = clock
        self._new_id = new_id
        self._read = read

    def all(self) -> tuple[Macro, ...]:
        """By code, also those that are off. Rows that are no macros are left out."""
        found = (_macro(row.id, row.version, row.body) for row in self._view.rows("macro"))
        return tuple(sorted((one for one in found if one is not None), key=lambda one: (one.code.casefold(), one.id)))

    def in_force(self) -> tuple[Offered, ...]:
        return tuple(
            Offered(one, spellings(one.title, self._read)) for one in self.all() if one.is_on and not faults(one)
        )

    def save(self, draft: MacroDraft) -> Command | None:
        """Kept before this returns, and sent with the next round; None when nothing is different. The draft is gone.
        What somebody else has changed since it was seen is not undone. Raises NotAMacro."""
        macro, seen = draft.macro, draft.seen
        if found := faults(macro):
            raise NotAMacro(found)
        before = None if seen is None else (to_body(seen), seen.version)
        command = put_whole(self._view, "macro", macro.id, to_body(macro), before, self._clock())
        self.drop(macro.id)
        return command

    def examples(self) -> tuple[TicketId, ...]:
        """Tickets of customers whose contacts came here last, to try a macro on."""
        lately = self._view.mirror.customers_met_lately(LOOKED_AT)
        rows = (row for id_ in lately for row in self._view.tickets_of(CustomerId(id_), limit=1))
        return tuple(TicketId(row.id) for row in itertools.islice(rows, EXAMPLES))

    def fresh(self) -> Macro:
        """A macro that is yet to be written."""
        nothing = Words("", "")
        return Macro(self._new_id(), "", nothing, nothing)

    def keep(self, draft: MacroDraft) -> None:
        """As it is written so far, whatever is wrong with it."""
        body = {"macro": _whole(draft.macro), "seen": None if draft.seen is None else _whole(draft.seen)}
        self._view.outbox.save_draft(draft.macro.id, body, self._clock(), DRAFTS)

    def drop(self, macro_id: str) -> None:
        self._view.outbox.drop_draft(macro_id, DRAFTS)

    def drafts(self) -> tuple[MacroDraft, ...]:
        """What was begun and not saved, the latest first."""
        drafts = (_draft(found.key, found.body) for found in self._view.outbox.drafts(DRAFTS))
        return tuple(draft for draft in drafts if draft is not None)


def matching(
    offered: Sequence[Offered], typed: str, type_: TicketType | None, queue: str | None
) -> tuple[Offered, ...]:
    """Those for tickets of this type and queue (None: not known) that what was typed may mean, the likeliest first."""
    text = typed.strip().casefold()
    ranked = [
        (place, n, one)
        for n, one in enumerate(offered)
        if one.macro.is_for(type_, queue) and (place := rank(text, one.macro.code.casefold(), one.typed_as)) is not None
    ]
    return tuple(one for *_, one in sorted(ranked, key=lambda each: each[:2]))


def _whole(macro: Macro) -> dict[str, Any]:
    return {**to_body(macro), "version": macro.version}


def _draft(macro_id: str, body: Mapping[str, Any]) -> MacroDraft | None:
    macro, seen = (
        None if told is None else _macro(macro_id, int(told.get("version", 0)), told)
        for told in (body.get("macro"), body.get("seen"))
    )
    return None if macro is None else MacroDraft(macro, seen)


def _macro(macro_id: str, version: int, body: Mapping[str, Any]) -> Macro | None:
    try:
        return from_body(Macro, macro_id, version, body)
    except (KeyError, TypeError, ValueError):
        return None
