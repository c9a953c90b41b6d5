"""What becomes of unsent work when its author leaves the seat, or the seat is wiped (decisions 0009 and 0010)."""

import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto

from agent_desktop.errors import (
    AnswerGarbled,
    DeviceBlocked,
    DiskFull,
    FolderNotWritable,
    ServerRefused,
    ServerUnreachable,
)
from agent_desktop.offline.outbox import Outbox
from agent_desktop.settings import Settings
from agent_desktop.sync.client import ServerClient
from agent_desktop.sync.delivery import Delivery
from agent_desktop.sync.handover import HandoverFolder
from agent_desktop.sync.leaving import seal_unsent
from agent_desktop.sync.tally import UnsentTally
from agent_desktop.tickets.desk import NotComplete, TicketDesk
from agent_desktop.tickets.draft import DESCRIPTION_LIMIT, SUBJECT_LIMIT, TicketDraft
from agent_desktop.tickets.drafts import Drafts

log = logging.getLogger(__name__)


class Hope(Enum):
    """For what is unsent: SEALED, whoever signs in here next delivers it; KEPT, it waits for its author; NONE, it would
    be lost, and so nobody signs off."""

    SEALED = auto()
    KEPT = auto()
    NONE = auto()


@dataclass(frozen=True, slots=True)
class Leaving:
    """Of one agent at one workstation, while the store is open. Every method blocks."""

    client: ServerClient
    outbox: Outbox
    drafts: Drafts
    desk: TicketDesk
    handovers: HandoverFolder
    tally: UnsentTally
    clock: Callable[[], datetime]

    def unsent(self) -> int:
        """How many commands the server has not got."""
        return self.outbox.count_waiting() + len(self.outbox.left_for_newer())

    def hope(self, settings: Settings) -> Hope:
        """For what is unsent when its author signs off under these settings."""
        can_seal = self.client.recipient is not None
        match settings.unsent_at_sign_out:
            case "block":
                return Hope.NONE
            case "spool":
                return Hope.SEALED if can_seal and settings.handover_folder else Hope.NONE
            case _:
                return Hope.SEALED if can_seal else Hope.KEPT

    def sign_off(self, settings: Settings) -> None:
        """Seals what is unsent, says how much it is, and ends the session where the server can be reached. Raises
        DiskFull, FolderNotWritable where what is unsent would be lost by it."""
        try:
            self._seal()
        except (DiskFull, FolderNotWritable) as error:
            if settings.unsent_at_sign_out == "spool":
                raise
            log.info("what is unsent waits for its author: %s", error)
        self.tally.tell()
        with contextlib.suppress(ServerUnreachable, ServerRefused, AnswerGarbled):
            self.client.sign_out()

    def hand_over_all(self) -> None:
        """Before a wipe: what is being written becomes tickets, and everything that is unsent lies sealed on this
        machine; it is brought to the server at once where that is possible. Raises StoreError."""
        for draft in self.drafts.all():
            self._file(draft)
        self._seal()
        self._deliver()

    def _seal(self) -> None:
        if self.client.recipient is not None:
            seal_unsent(self.outbox, self.client.recipient, self.client.device_id, self.handovers, self.clock)

    def _deliver(self) -> None:
        for _ in range(2):
            try:
                Delivery(self.client, self.handovers, self.clock).run()
                return
            except DeviceBlocked:
                self.client.forget()  # there is no session to be had any more: a batch proves itself
            except (ServerUnreachable, ServerRefused, AnswerGarbled) as error:
                log.info("sealed work waits for the next person: %s", error)
                return

    def _file(self, draft: TicketDraft) -> None:
        """As complete as it has to be; text that is too long for one ticket goes into several."""
        types = {category.id: category.type for category in self.desk.categories()}
        free = [id_ for id_ in types if self.desk.may_file(id_, draft)]
        category = draft.category if draft.category in free else next(iter(free), "")
        draft = self.desk.forms.told_in_words(replace(draft, category=category), types.get(category))
        words = draft.description.strip() or draft.subject.strip() or "-"
        subject = (draft.subject.strip() or words.partition("\n")[0])[:SUBJECT_LIMIT]
        parts = [words[start : start + DESCRIPTION_LIMIT] for start in range(0, len(words), DESCRIPTION_LIMIT)]
        whole = replace(draft, subject=subject)
        try:
            for part in reversed(parts[1:]):
                self.desk.file(replace(whole, key=f"{draft.key} goes on", description=part))
            self.desk.file(replace(whole, description=parts[0]))
        except NotComplete as lack:
            log.warning("a draft could not be filed: %s", lack)
