"""Listening to the recording of a call: from this disk, else from the server, always on record, only by who may.

What comes from the server stays sealed on the disk, and is taken away when nobody listens any more; only the phone
opens it, in memory.
"""

import hashlib
import logging
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final, Protocol

from agent_desktop.errors import AnswerGarbled, FolderNotWritable
from agent_desktop.offline.view import View
from agent_desktop.recordings import Kept, Recordings
from agent_desktop.softphone.recording.sealed import NotSealedError, WrongKeyError
from agent_desktop.sync.reading import HeldRecording
from agent_model.agent import Agent, Role
from agent_model.body import from_body
from agent_model.command import CommandKind, FieldChange
from agent_model.customer import Contact, contact_id_of
from agent_model.desk_policy import SITE, DeskPolicy
from agent_model.recorded_call import RecordedCalls, Sought
from agent_model.ticket import Ticket

log = logging.getLogger(__name__)


LISTENERS: Final = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER, Role.QUALITY})


class Why(StrEnum):
    """Why nothing is heard. NONE: neither here nor there; it was not recorded, or lies on its agent's disk still.
    DAMAGED: it is not what was sent to the server."""

    NO_RIGHT = "no_right"
    NONE = "none"
    ON_ITS_WAY = "on_its_way"
    LOST = "lost"
    DAMAGED = "damaged"


class NotHeardError(Exception):
    """`percent` of it has arrived at the server."""

    def __init__(self, why: Why, percent: int = 0) -> None:
        super().__init__(why)
        self.why = why
        self.percent = percent


@dataclass(frozen=True, slots=True)
class Audible:
    """A sealed file that the phone plays, with the SHA-256 of its bytes; `is_here` when it was recorded at this
    workstation."""

    name: str
    path: Path
    key: bytes
    is_here: bool
    sha256: str


class Server(Protocol):
    """See `sync.client.SyncClient`."""

    def recordings(self, contact_id: str) -> tuple[HeldRecording, ...]: ...

    def recording(
        self, contact_id: str, held: HeldRecording, got: bytearray, arrived: Callable[[int], None]
    ) -> None: ...

    def recorded_calls(self, sought: Sought) -> RecordedCalls: ...


class Listening:
    """Of one agent. `folder` holds what came from the server, and nothing else."""

    def __init__(
        self,
        folder: Path,
        recordings: Recordings,
        view: View,
        agent: Agent,
        server: Server,
        clock: Callable[[], datetime],
    ) -> None:
        self._folder = folder
        self._recordings = recordings
        self._view = view
        self._agent = agent
        self._server = server
        self._clock = clock
        self._got: dict[str, bytearray] = {}
        self.forget()  # of a window that died, which had the keys

    def may(self, contact: Contact) -> bool:
        """Whether the site lets this person listen to the call; the server says so again."""
        row = self._view.mirror.row("desk_policy", SITE)
        policy = DeskPolicy() if row is None else from_body(DeskPolicy, row.id, row.version, row.body)
        whose = self._view.mirror.row("agent", contact.agent) if contact.agent else None
        is_team = whose is not None and bool(self._agent.team) and whose.body.get("team") == self._agent.team
        return policy.hears(self._agent.role, is_own=contact.agent == self._agent.id, is_team=is_team)

    @property
    def lists_calls(self) -> bool:
        """Whether the person looks for calls of others; which ones they may listen to, the site says."""
        return self._agent.role in LISTENERS

    def found(self, sought: Sought) -> RecordedCalls:
        """Raises as requests to the server do."""
        return self._server.recorded_calls(sought)

    def is_here(self, contact: Contact) -> bool:
        """Whether it is heard without the server."""
        return bool(self._here(contact))

    def call_of(self, ticket: Ticket) -> Contact | None:
        """The line of the timeline of the call that a ticket was written in."""
        if ticket.call_ref is None:
            return None
        people = dict.fromkeys(filter(None, (ticket.created_by, ticket.owner)))
        rows = (self._view.row("contact", contact_id_of(ticket.call_ref, person)) for person in people)
        row = next((row for row in rows if row is not None), None)
        return None if row is None else from_body(Contact, row.id, row.version, row.body)

    def ready(self, contact: Contact, arrived: Callable[[int], None]) -> tuple[Audible, ...]:
        """All of the call's recordings, the earliest first. What is not here is fetched, `arrived` being told how many
        percent; called again after a cut, it goes on where it stood. Raises NotHeardError, StoreError, and as requests
        to the server do."""
        if not self.may(contact):
            raise NotHeardError(Why.NO_RIGHT)
        return self.ready_for_question(contact, arrived)

    def ready_for_question(self, contact: Contact, arrived: Callable[[int], None]) -> tuple[Audible, ...]:
        """As `ready`, of a call that a question of a paper is about: the server alone says whether it is theirs to
        hear, and puts it on record."""
        if found := self._here(contact):
            return found
        told = self._server.recordings(contact.id)
        if not told:
            raise NotHeardError(Why.NONE)
        if all(held.received < held.length for held in told):
            raise NotHeardError(Why.ON_ITS_WAY, _percent(sum(held.received for held in told), told))
        wanted = [held for held in told if held.is_here and held.key is not None]
        if not wanted:
            raise NotHeardError(Why.LOST)
        return tuple(self._fetched(contact, held, wanted, arrived) for held in wanted)

    def note(self, contact: Contact, heard: Audible) -> None:
        """Lets the audit trail say that they listened. Raises StoreError: then nothing is to be heard."""
        said = {"heard": FieldChange("here" if heard.is_here else "server", heard.name)}
        self._view.outbox.put("contact", contact.id, CommandKind.REVEAL, said, self._clock())

    def let_go(self, heard: Iterable[Audible]) -> None:
        """What came from the server goes: nobody listens to it any more."""
        for one in heard:
            if not one.is_here:
                self._got.pop(one.name, None)
                _remove(one.path)

    def forget(self) -> None:
        """Nothing that ever came from the server stays."""
        self._got.clear()
        for path in self._folder.glob("*"):
            _remove(path)

    def _here(self, contact: Contact) -> tuple[Audible, ...]:
        found = []
        for kept in reversed(self._recordings.all()):
            if _is_of(kept, contact):
                try:
                    name, key, sha256 = kept.path.stem[:128], self._recordings.key_of(kept), _sha256(kept.path)
                    found.append(Audible(name, kept.path, key, is_here=True, sha256=sha256))
                except (OSError, NotSealedError, WrongKeyError) as error:
                    log.info("recording %s cannot be opened: %s", kept.path.name, type(error).__name__)
        return tuple(found)

    def _fetched(
        self, contact: Contact, held: HeldRecording, wanted: Iterable[HeldRecording], arrived: Callable[[int], None]
    ) -> Audible:
        path = self._folder / f"{held.id}.adr"
        if not path.is_file():
            got = self._got.setdefault(held.id, bytearray())
            all_of_them = tuple(wanted)
            try:
                self._server.recording(
                    contact.id, held, got, lambda _: arrived(_percent(sum(map(len, self._got.values())), all_of_them))
                )
            except AnswerGarbled as error:
                raise NotHeardError(Why.DAMAGED) from error
            self._keep(path, bytes(got))
        return Audible(held.id, path, held.key or b"", is_here=False, sha256=held.sha256)

    def _keep(self, path: Path, sealed: bytes) -> None:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(sealed)
        except OSError as error:
            path.unlink(missing_ok=True)
            raise FolderNotWritable(self._folder, str(error)) from error


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:  # the phone may still read it; it is sealed, and goes the next time
        log.info("%s stays: %s", path.name, type(error).__name__)


def _is_of(kept: Kept, contact: Contact) -> bool:
    if kept.contact_id is not None:
        return kept.contact_id == contact.id
    return kept.call_ref is not None and kept.call_ref == contact.call_ref


def _percent(arrived: int, wanted: Iterable[HeldRecording]) -> int:
    return min(100, arrived * 100 // max(1, sum(held.length for held in wanted)))
