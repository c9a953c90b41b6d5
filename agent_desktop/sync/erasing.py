"""Who was erased on the server is erased here, before anything else is fetched: asked for whenever the server says that
somebody was, and whenever a customer is said to be gone."""

import logging
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from agent_desktop.offline.forgetting import Forgetting, Traces, Unsent
from agent_desktop.offline.kept import Kept
from agent_desktop.sync.client import ServerClient
from agent_desktop.sync.events import PersonErased
from agent_model.wire import Hello

log = logging.getLogger(__name__)

FEATURE: Final = "erased"
SEEN: Final = "erasures seen"
MOST_ASKED: Final = 500


class Erasing:
    """Lives in the thread of the sync cycle. `also` lets go of what lies outside the databases; `tell` hears of each
    time something went. Raises what the client raises, and StoreError."""

    def __init__(
        self,
        client: ServerClient,
        forgetting: Forgetting,
        kept: Kept,
        also: Callable[[Traces], None],
        tell: Callable[[PersonErased], None],
    ) -> None:
        self._client = client
        self._forgetting = forgetting
        self._kept = kept
        self._also = also
        self._tell = tell
        self._told: set[str] = set()

    def run(self, hello: Hello) -> None:
        """Once for each erasure that is new here, however long this workstation was away."""
        if FEATURE not in hello.features:
            return
        mark = f"{hello.epoch} {hello.erasures}"
        if self._kept.read(SEEN) == mark:
            return
        if hello.erasures:
            self.look(self._forgetting.named_here())
        self._kept.keep(SEEN, mark)

    def look(self, customers: Iterable[str]) -> None:
        """Those of them who were erased are erased here."""
        ids = sorted(set(customers))
        erased: list[str] = []
        for start in range(0, len(ids), MOST_ASKED):
            erased += self._client.erased(ids[start : start + MOST_ASKED])
        if erased:
            self._forget(erased)

    def _forget(self, customers: Sequence[str]) -> None:
        traces = self._forgetting.traces_of(customers)
        self._also(traces)
        unsent: Unsent = self._forgetting.forget(traces)
        log.info(
            "%d customers were erased, with %d drafts and %d commands", len(customers), unsent.drafts, unsent.commands
        )
        if not self._told.issuperset(customers) or unsent.drafts + unsent.commands:
            self._tell(PersonErased(frozenset(customers), unsent.drafts, unsent.commands))
        self._told |= set(customers)
