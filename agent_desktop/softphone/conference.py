"""Calls that hear each other, all of them and the agent; the same for every engine."""

from collections.abc import Callable
from typing import Generic, TypeVar

from agent_desktop.softphone.call import CallId
from agent_desktop.softphone.call_book import CallBook

Port = TypeVar("Port")


class Conference(Generic[Port]):
    """A call belongs to it from `join` until `leave`, and is heard by the others while it is attached.

    `connect` and `part` make two ports hear each other, and not.
    """

    def __init__(
        self, book: CallBook, connect: Callable[[Port, Port], None], part: Callable[[Port, Port], None]
    ) -> None:
        self._book = book
        self._connect = connect
        self._part = part
        self._members: set[CallId] = set()
        self._ports: dict[CallId, Port] = {}

    def join(self, *call_ids: CallId) -> None:
        self._members.update(call_ids)

    def attach(self, call_id: CallId, port: Port) -> None:
        if call_id in self._members:
            self._ports[call_id] = port
            for other_id, other in self._ports.items():
                if other_id != call_id:
                    self._connect(port, other)
            self._tell()

    def detach(self, call_id: CallId) -> None:
        """It stays a member: its audio may come back."""
        port = self._ports.pop(call_id, None)
        if port is not None:
            for other in self._ports.values():
                self._part(port, other)
            self._tell()

    def leave(self, call_id: CallId) -> None:
        """One alone is no conference."""
        self.detach(call_id)
        self._members.discard(call_id)
        if len(self._members) == 1:
            self._members.clear()
            self._ports.clear()

    def _tell(self) -> None:
        for call in self._book:
            self._book.change(call.id, is_in_conference=len(self._ports) > 1 and call.id in self._ports)
