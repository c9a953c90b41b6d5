"""The ground of every panel of a ticket's page. A matter of its own (a complaint's, attachments) is one more panel:
made like the others, named in `panels.PANELS`, wired by a desk of its own that waits for `TicketDesk.page_made`."""

from abc import abstractmethod
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import Signal

from agent_desktop.tickets.forms import HERE
from agent_desktop.tickets.work import TicketSheet
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.forms.asked import NO_SHELF
from agent_desktop.ui.widgets.card import Card
from agent_model.form_filling import Shelf
from agent_model.form_value import Locale


class Column(StrEnum):
    """MAIN: what the ticket says; SIDE: what stands around it. In a narrow window the side stands below."""

    MAIN = "main"
    SIDE = "side"


@dataclass(frozen=True, slots=True)
class Places:
    """Where a ticket can be handed to, as (id, name): queues, departments, and who works for customers."""

    queues: tuple[tuple[str, str], ...] = ()
    departments: tuple[tuple[str, str], ...] = ()
    people: tuple[tuple[str, str], ...] = ()
    categories: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """One ticket as it is to be shown now, to `me`."""

    sheet: TicketSheet
    me: str
    now: datetime
    names: Directory = field(default_factory=Directory)
    shelf: Shelf = NO_SHELF
    places: Places = field(default_factory=Places)
    locale: Locale = HERE


class TicketPanel(Card):
    """`show_ticket` is called whenever the ticket was read again, also while somebody types here: what is typed stays,
    unless it is another ticket. `wished` carries a Wish of `deeds`; `ticket_wanted(id)` another ticket."""

    column = Column.MAIN
    wished = Signal(object)
    ticket_wanted = Signal(str)

    def __init__(self, look: Look, formats: Formats, title: str = "") -> None:
        super().__init__(look, title)
        self._look, self._formats = look, formats

    @abstractmethod
    def show_ticket(self, seen: Seen) -> None:
        """Shows it, and hides itself where it has nothing to say of this ticket."""

    def keep_typed(self) -> bool:
        """Ctrl+Return while the keyboard is in it; whether it had something of its own to keep."""
        return False

    def leave(self) -> None:
        """Another ticket comes: nothing that was typed for this one stays."""

    def tick(self, now: datetime) -> None:
        """A second has passed."""
