"""What is unsent goes into sealed batches that lie on this machine: when its author leaves, or the seat is wiped."""

from collections.abc import Callable
from datetime import datetime, timedelta

from agent_desktop.offline.outbox import Outbox
from agent_desktop.sync.handover import HandoverFolder, Recipient, seal
from agent_model.wire import OPS_A_BATCH

EVERYTHING = 1_000_000
"""More than anybody writes before they leave."""


def seal_unsent(
    outbox: Outbox, recipient: Recipient, device_id: str, folder: HandoverFolder, clock: Callable[[], datetime]
) -> int:
    """How many commands lie sealed on the disk when this returns; the outbox still has them as well. Sealed twice, they
    are applied once. Raises DiskFull, FolderNotWritable."""
    commands = outbox.waiting(EVERYTHING)
    for start in range(0, len(commands), OPS_A_BATCH):
        some, at = commands[start : start + OPS_A_BATCH], clock() + timedelta(microseconds=start)
        folder.put(seal(recipient, outbox.author, device_id, some, at), at)
    return len(commands)
