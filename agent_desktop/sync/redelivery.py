"""After the server came back from an old backup: what it had taken since is sent again, each op once by its id.

What stands on other people's work waits until they have sent theirs again; what still does not fit after KEPT is
judged like any new command, and shown to its author if it is refused.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from agent_desktop.offline.outbox import Outbox
from agent_desktop.sync.client import ServerClient
from agent_model.wire import OPS_A_BATCH

log = logging.getLogger(__name__)

KEPT: Final = timedelta(days=7)


class Redelivery:
    """Lives in the thread of the sync cycle. Errors of the server go to the caller; what was not sent stays due."""

    def __init__(
        self,
        client: ServerClient,
        outbox: Outbox,
        clock: Callable[[], datetime],
        stopping: Callable[[], bool],
    ) -> None:
        self._client = client
        self._outbox = outbox
        self._delivered = outbox.delivered
        self._clock = clock
        self._stopping = stopping

    @property
    def epoch(self) -> str:
        """The server's history that this workstation has sent everything to; empty before the first."""
        return self._delivered.epoch

    def run(self, epoch: str) -> None:
        """Sends what the server of this epoch may lack, and forgets what is old."""
        now = self._clock()
        if self._delivered.epoch != epoch:
            self._delivered.begin(epoch, now)
        left = self._send()
        since = self._delivered.epoch_since
        if left and since is not None and now - since > KEPT:
            log.warning("%d commands found no place after the server was restored: asked for good", left)
            self._outbox.put_back()
        self._delivered.forget(now - KEPT)

    def _send(self) -> int:
        """How many are still due."""
        left, after = 0, 0
        while not self._stopping() and (commands := self._delivered.due(OPS_A_BATCH, after)):
            answers = self._client.push(commands, self.epoch, is_again=True)
            taken = [answer.op_id for answer in answers if answer.verdict.is_settled]
            self._delivered.taken(taken)
            left += len(commands) - len(taken)
            after = commands[-1].device_seq
            log.info("%d commands sent again, %d had to wait", len(taken), len(commands) - len(taken))
        return left
