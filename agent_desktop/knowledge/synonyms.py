"""The company's words that mean the same: known to the search, and kept by who may."""

from collections.abc import Callable
from datetime import datetime

from agent_desktop.offline.view import View
from agent_desktop.offline.whole_rows import WholeRows
from agent_model.agent import Role
from agent_model.synonym import Synonym, faults, folded

EDITORS = frozenset({Role.EDITOR, Role.TEAM_LEAD, Role.DUTY_MANAGER, Role.ADMINISTRATOR})
"""Who may change them; the server says the same."""


class SynonymBook(WholeRows[Synonym]):
    """Those that the search knows, and what somebody writes of them."""

    def __init__(self, view: View, clock: Callable[[], datetime], new_id: Callable[[], str]) -> None:
        super().__init__(view, clock, "synonym", Synonym, faults)
        self._new_id = new_id

    def all(self) -> tuple[Synonym, ...]:
        """By their first words, also those that are off."""
        return tuple(sorted(self.of_the_company(), key=lambda one: (folded(" ".join(one.words)), one.id)))

    def in_force(self) -> tuple[tuple[str, ...], ...]:
        """The sets that the search knows."""
        return tuple(one.words for one in self.all() if one.is_on and not faults(one))

    def fresh(self) -> Synonym:
        """A set that is yet to be written."""
        return Synonym(self._new_id(), ())
