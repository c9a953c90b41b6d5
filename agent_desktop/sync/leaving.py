"""What is unsent goes into sealed batches that lie on this machine: when its author leaves, or the seat is wiped."""

from collections.abc import Callable
from datetime import datetime, timedelta

from agent_desktop.offline.outbox import Outbox
from agent_desktop.sync.handover import HandoverFolder, Recipient, seal, seal_plain
from agent_model.wire import OPS_A_BATCH

EVERYTHING = 1_000_000
"""More than anybody writes before they leave."""


def seal_unsent(
    outbox: Outbox, recipient: Recipient, device_id: str, folder: HandoverFolder, clock: Callable[[], datetime]
) -> int:
    """How many commands lie sealed on the disk when this returns; the outbox still has them as well. Sealed twice, they
    are applied once. Raises DiskFull, FolderNotWritable."""
    commands, left = outbox.waiting(EVERYTHING), outbox.left_for_newer()
    for start in range(0, len(commands), OPS_A_BATCH):
        some, at = commands[start : start + OPS_A_BATCH], clock() + timedelta(microseconds=start)
        folder.put(seal(recipient, outbox.author, device_id, some, at), at)
    for start in range(0, len(left), OPS_A_BATCH):
        ops, at = left[start : start + OPS_A_BATCH], clock() + timedelta(microseconds=len(commands) + start)
        folder.put(seal_plain(recipient, outbox.author, device_id, ops, at), at)
    return len(commands) + len(left)
