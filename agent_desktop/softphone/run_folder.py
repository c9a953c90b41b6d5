"""Where a running phone can be found: a file with its port and token that only its owner may read."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from agent_desktop.paths import put_in_place

FILE_NAME = "phone.json"
LOG_NAME = "phone.log"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The workstation shows `token`; the phone answers with `proof`, because another program may have its port now."""

    pid: int
    port: int
    token: str
    proof: str


def leave(folder: Path, here: Whereabouts) -> None:
    """Written whole or not at all. On Windows the folder itself is private to the user, as LOCALAPPDATA is."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = folder / f"{FILE_NAME}.{here.pid}"
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        json.dump(asdict(here), file)
    put_in_place(part, folder / FILE_NAME)


def find(folder: Path) -> Whereabouts | None:
    """None when nobody was there; somebody who was there may be gone by now."""
    try:
        found = json.loads((folder / FILE_NAME).read_bytes())
        return Whereabouts(int(found["pid"]), int(found["port"]), str(found["token"]), str(found["proof"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def clear(folder: Path, here: Whereabouts) -> None:
    """Takes the file away unless another phone has put its own there."""
    if find(folder) == here:
        (folder / FILE_NAME).unlink(missing_ok=True)
