"""Several shelves of files as one: what is sent first comes first."""

from collections.abc import Sequence
from pathlib import Path

from agent_desktop.sync.uploads import Found, Outgoing, Shelf


class Shelves:
    def __init__(self, shelves: Sequence[Shelf]) -> None:
        self._shelves = shelves
        self._of: dict[Path, Shelf] = {}

    def outgoing(self, epoch: str) -> Found:
        found = [(shelf, shelf.outgoing(epoch)) for shelf in self._shelves]
        self._of = {one.path: shelf for shelf, some in found for one in some.outgoing}
        outgoing = [one for _, some in found for one in some.outgoing]
        return Found(outgoing, sum(some.unreadable for _, some in found))

    def arrived(self, sent: Outgoing, epoch: str) -> None:
        self._of[sent.path].arrived(sent, epoch)

    def unwanted(self, sent: Outgoing) -> None:
        self._of[sent.path].unwanted(sent)
