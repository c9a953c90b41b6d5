"""A workstation's own databases read beside it, by whoever knows the demo's password."""

from functools import cache
from pathlib import Path
from typing import Any

from agent_desktop.data_key import KeySlots, Way
from agent_desktop.offline.sealing import Sealed
from demo.server import PASSWORD


def beside(database: Path) -> Any:
    """A connection that only reads. Raises RuntimeError when the password does not open the folder."""
    sealing = _sealing(database.parent)
    connection = sealing.dbapi.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)
    sealing.unlock(connection)
    return connection


@cache
def _sealing(folder: Path) -> Sealed:
    key = KeySlots(folder).open(Way.PASSWORD, PASSWORD)
    if key is None:
        raise RuntimeError(f"{folder}: not the demo's password")
    return Sealed(key)
