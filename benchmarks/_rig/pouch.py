"""PouchDB beside express-pouchdb, from npm by the hashes of benchmarks/pouch/package-lock.json."""

import os
from pathlib import Path
from typing import Final

from benchmarks._rig.big_cache import folder_of
from benchmarks._rig.steps import Steps
from tests import npm_packages

SOURCES: Final = Path(__file__).parent.parent / "pouch"
FILES: Final = ("package.json", "package-lock.json", ".npmrc", "server.js", "client.js")


def installed() -> Path:
    """The folder with both programs and what they need. Raises RuntimeError when it cannot be had."""
    return npm_packages.installed(SOURCES, FILES, folder_of(), "pouch")


def server(home: Path) -> Steps:
    (home / "server").mkdir(parents=True)
    return Steps(["node", "server.js", f"{home / 'server'}{os.sep}"], home / "server.log", installed())


def client(home: Path, port: int) -> Steps:
    command = ["node", "client.js", str(home / "client"), f"http://127.0.0.1:{port}"]
    return Steps(command, home / "client.log", installed())
