"""Files that another program shows, in clear: where they lie, and that they go."""

import logging
import shutil
import tempfile
from pathlib import Path
from typing import Final

log = logging.getLogger(__name__)

FOLDER: Final = "opened"


class OpenedFiles:
    """Below the run folder, which on Linux is memory and goes with the session; only their owner may read them. One
    window at a time: what is there at its start was left by one that was killed."""

    def __init__(self, run_folder: Path) -> None:
        self._folder = run_folder / FOLDER

    def put(self, name: str, content: bytes) -> Path:
        """Each in a folder of its own. Raises OSError."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = Path(tempfile.mkdtemp(dir=self._folder)) / name
        path.write_bytes(content)
        return path

    def forget(self) -> None:
        """What another program holds open stays until the next start."""
        try:
            shutil.rmtree(self._folder)
        except FileNotFoundError:
            return
        except OSError as error:
            log.info("opened files stay until the next start: %s", type(error).__name__)
