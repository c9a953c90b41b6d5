"""The company's macros: offered as one types, and written by who may."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from agent_desktop.offline.view import View
from agent_desktop.offline.whole_rows import WholeRows
from agent_model.agent import Role
from agent_model.customer import CustomerId
from agent_model.macro import Macro, faults
from agent_model.ticket import TicketId, TicketType
from agent_model.type_ahead import Read, rank, spellings
from agent_model.words import Words

EDITORS = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER})
"""Who may change macros; the server says the same."""
LOOKED_AT = 100
"""Customers among whose tickets examples are looked for."""
EXAMPLES = 8


@dataclass(frozen=True, slots=True)
class Offered:
    """A macro in force, with what it may be typed as, in small letters."""

    macro: Macro
    typed_as: tuple[str, ...]


class MacroBook(WholeRows[Macro]):
    """Those that can be typed, and what somebody writes of them."""

    def __init__(self, view: View, clock: Callable[[], datetime], new_id: Callable[[], str], read: Read) -> None:
        super().__init__(view, clock, "macro", Macro, faults)
        self._new_id = new_id
        self._pinyin = read

    def all(self) -> tuple[Macro, ...]:
        """By code, also those that are off."""
        return tuple(sorted(self.of_the_company(), key=lambda one: (one.code.casefold(), one.id)))

    def in_force(self) -> tuple[Offered, ...]:
        return tuple(
            Offered(one, spellings(one.title, self._pinyin)) for one in self.all() if one.is_on and not faults(one)
        )

    def examples(self) -> tuple[TicketId, ...]:
        """Tickets of customers whose contacts came here last, to try a macro on."""
        lately = self._view.mirror.customers_met_lately(LOOKED_AT)
        rows = (row for id_ in lately for row in self._view.tickets_of(CustomerId(id_), limit=1))
        return tuple(TicketId(row.id) for row in itertools.islice(rows, EXAMPLES))

    def fresh(self) -> Macro:
        """A macro that is yet to be written."""
        nothing = Words("", "")
        return Macro(self._new_id(), "", nothing, nothing)


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
