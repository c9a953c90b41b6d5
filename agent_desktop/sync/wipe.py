"""Making unreadable what one person keeps on this workstation, because the server said so; see decision 0010.

What is unsent is sealed for the server first. From `begin` on nothing here opens the folder any more, whatever ends the
program: whoever starts it next goes on with `finish`, with the server or without.
"""

import contextlib
import json
import logging
import shutil
from pathlib import Path
from typing import Final

from agent_desktop import logs
from agent_desktop.credentials import Credentials
from agent_desktop.data_key import KeySlots
from agent_desktop.errors import FolderNotWritable, KeyringError
from agent_desktop.opened_files import OpenedFiles
from agent_desktop.paths import Paths, write_whole

log = logging.getLogger(__name__)

WIPED: Final = "device_wiped"
"""The server's word for it."""


class Wipe:
    """Of the person with this login. The mark stays when all is done, so that a later start can say what happened."""

    def __init__(self, paths: Paths, credentials: Credentials, server: str, login: str) -> None:
        self._paths = paths
        self._credentials = credentials
        self._server = server
        self._login = login
        self._mark = paths.of_agent(server, f"{login}.wiped")

    @property
    def has_begun(self) -> bool:
        return self._mark.exists()

    def begin(self, agent_id: str) -> None:
        """After what is unsent was sealed. Raises DiskFull, FolderNotWritable."""
        write_whole(self._mark, json.dumps({"agent": agent_id}))

    def finish(self) -> None:
        """Keyring, then slots, then what the program wrote down of its runs, which names whose folder it had, then
        files; nothing where nothing has begun, and what is gone already is fine. Raises FolderNotWritable: the next
        start tries again."""
        agent_id = self._agent_id()
        if not agent_id:
            return
        try:
            self._credentials.forget(self._server, self._login)
        except KeyringError as problem:
            log.info("nothing to forget in the keyring: %s", type(problem).__name__)
        folder = self._paths.of_agent(self._server, agent_id)
        KeySlots(folder).erase()
        self._paths.of_agent(self._server, f"{self._login}.json").unlink(missing_ok=True)
        if folder.exists():
            OpenedFiles(self._paths.run).forget()
            _empty(self._paths.logs)
            _empty(self._paths.run, "*.log*")
            _remove(folder)

    def forget(self) -> None:
        """The server lets this person work here again."""
        with contextlib.suppress(OSError):
            self._mark.unlink(missing_ok=True)

    def _agent_id(self) -> str:
        try:
            return str(json.loads(self._mark.read_text(encoding="utf-8"))["agent"])
        except FileNotFoundError:
            return ""
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise FolderNotWritable(self._mark, str(error)) from error


def _empty(folder: Path, those: str = "*") -> None:
    """Down to all levels. A file that is written to just now, and could not be removed, is left without content."""
    for path in folder.rglob(those):
        if path.is_file():
            with contextlib.suppress(OSError):
                path.write_bytes(b"")
                if path.name != logs.NAME:
                    path.unlink()


def _remove(folder: Path) -> None:
    """Ciphertext that nothing opens: what another program holds open stays until the next start."""
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        log.info("some files stay, unreadable: %s", error)
