"""Tables that an administrator imports: the file goes to the server, which looks into it, tries it and runs it
(docs/import.md). What is known of an import stands there; nothing of it is kept here."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from agent_desktop.sync.client import ServerClient
from agent_desktop.sync.tus import FileTransfer
from agent_model.table_import import ImportState, ImportStep, ImportTally, ImportWishes

PIECE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class FieldKnown:
    """What a column may mean; `may_repeat` where several may mean it."""

    name: str
    is_needed: bool
    may_repeat: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a file cannot be imported (so)."""

    code: str
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SeenColumn:
    """`field` None: nobody knows what it means."""

    place: int
    heading: str
    field: str | None


@dataclass(frozen=True, slots=True)
class SeenRow:
    """What stands in the file, and `told` by field, or what is `wrong` in words."""

    number: int
    cells: Sequence[str]
    told: Mapping[str, Any] | None
    wrong: str


@dataclass(frozen=True, slots=True)
class Seen:
    """How the server reads a file; `lacks` says why it cannot be imported so."""

    sheets: Sequence[str] = ()
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    heading_row: int = 1
    above: Sequence[str] = ()
    row_count: int = 0
    columns: Sequence[SeenColumn] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    rows: Sequence[SeenRow] = ()
    lacks: Fault | None = None


@dataclass(frozen=True, slots=True)
class ImportTask:
    """One file on the server, and the step that it is at."""

    id: str
    kind: str
    name: str
    step: ImportStep
    state: ImportState
    wishes: ImportWishes
    tally: ImportTally | None
    seen: Seen | None
    fault: Fault | None
    has_errors: bool

    @property
    def is_working(self) -> bool:
        return self.state is ImportState.WORKING

    @property
    def is_in(self) -> bool:
        return self.step is ImportStep.RUN and self.state is ImportState.DONE


@dataclass(frozen=True, slots=True)
class Known:
    """One's own imports, the newest first; by kind the fields there are, and how files are read, by a name."""

    tasks: Sequence[ImportTask] = ()
    fields: Mapping[str, Sequence[FieldKnown]] = field(default_factory=dict)
    profiles: Mapping[str, Mapping[str, ImportWishes]] = field(default_factory=dict)


class SendingStopped(Exception):
    """Somebody does not want the file sent any more. What arrived stays there for a while."""


class TableImports:
    """Every method blocks and raises as every request; `code` of ServerRefused says why."""

    def __init__(self, client: ServerClient, transfer: FileTransfer) -> None:
        self._client = client
        self._transfer = transfer

    def known(self) -> Known:
        return self._client.imports("GET", "", None, _known)

    def send(self, path: Path, progress: Callable[[int, int], None], is_stopped: Callable[[], bool]) -> str:
        """The file, from where an earlier try ended; the upload's id. `progress` is told bytes sent, of how many.
        Raises OSError, SendingStopped besides."""
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            length = file.tell()
            begun = self._transfer.begin(digest, length, {"kind": "import"})
            offset = begun.offset
            while offset < length:
                if is_stopped():
                    raise SendingStopped
                progress(offset, length)
                file.seek(offset)
                offset = self._transfer.send(begun.place, offset, file.read(PIECE), length)
        progress(length, length)
        return begun.place.rpartition("/")[2]

    def begin(self, upload_id: str, kind: str, name: str, language: str) -> ImportTask:
        said = {"upload": upload_id, "kind": kind, "name": name, "language": language}
        return self._client.imports("POST", "", said, _task)

    def show(self, task_id: str) -> ImportTask:
        return self._client.imports("GET", _path(task_id), None, _task)

    def take(self, task_id: str, step: ImportStep, wishes: ImportWishes, remember: str, language: str) -> ImportTask:
        """Begins a step; `remember` is a name for how the file is read, or empty."""
        said = {"step": step.value, "wishes": wishes.to_plain(), "remember": remember or None, "language": language}
        return self._client.imports("POST", f"{_path(task_id)}/steps", said, _task)

    def stop(self, task_id: str) -> ImportTask:
        return self._client.imports("POST", f"{_path(task_id)}/stop", {}, _task)

    def errors(self, task_id: str) -> bytes:
        return self._client.import_errors(task_id)


def _path(task_id: str) -> str:
    return f"/{quote(task_id, safe='')}"


def _known(plain: Any) -> Known:
    return Known(
        tuple(map(_task, plain["imports"])),
        {kind: tuple(FieldKnown(**one) for one in fields) for kind, fields in plain["fields"].items()},
        {
            kind: {name: ImportWishes(**wishes) for name, wishes in named.items()}
            for kind, named in plain["profiles"].items()
        },
    )


def _task(plain: Any) -> ImportTask:
    return ImportTask(
        plain["id"],
        plain["kind"],
        plain["name"],
        ImportStep(plain["step"]),
        ImportState(plain["state"]),
        ImportWishes(**plain["wishes"]),
        None if plain["tally"] is None else ImportTally(**plain["tally"]),
        None if plain["seen"] is None else _seen(plain["seen"]),
        _fault(plain["fault"]),
        bool(plain["has_errors"]),
    )


def _seen(plain: Mapping[str, Any]) -> Seen:
    if "columns" not in plain:
        return Seen(tuple(plain["sheets"]))
    return Seen(
        tuple(plain["sheets"]),
        plain["encoding"],
        plain["delimiter"],
        plain["sheet"],
        int(plain["heading_row"]),
        tuple(plain["above"]),
        int(plain["row_count"]),
        tuple(SeenColumn(**one) for one in plain["columns"]),
        plain["constants"],
        tuple(SeenRow(one["row"], tuple(one["cells"]), one["told"], one["wrong"]) for one in plain["rows"]),
        _fault(plain["lacks"]),
    )


def _fault(plain: Mapping[str, str] | None) -> Fault | None:
    if plain is None:
        return None
    return Fault(plain["code"], {name: value for name, value in plain.items() if name != "code"})
