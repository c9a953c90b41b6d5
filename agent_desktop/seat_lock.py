"""Whether customers are hidden at this seat, kept on the disk: starting the program again opens nothing."""

from pathlib import Path
from typing import Final

from agent_desktop.errors import FolderNotWritable
from agent_desktop.paths import write_whole

NAME: Final = "locked"


class SeatLock:
    """An empty file in the folder of whoever sits here."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME

    @property
    def is_set(self) -> bool:
        return self._path.exists()

    def set(self) -> None:
        """Outlives the program, however it ends. Raises DiskFull, FolderNotWritable."""
        write_whole(self._path, "")

    def clear(self) -> None:
        """Raises FolderNotWritable."""
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            raise FolderNotWritable(self._path, str(error)) from error
