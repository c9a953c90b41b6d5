"""The workstation's store as the workstation opens it: encrypted."""

from pathlib import Path
from typing import Final

from agent_desktop.data_key import KEY_BYTES, DataKey
from agent_desktop.offline.sealing import Sealed
from agent_desktop.offline.store import Store

KEY: Final = DataKey(bytes(range(KEY_BYTES)))


def open_store(folder: Path) -> Store:
    store = Store(folder, Sealed(KEY))
    store.open_cache()
    return store
