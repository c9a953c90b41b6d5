"""PouchDB beside express-pouchdb, from npm by the hashes of benchmarks/pouch/package-lock.json."""

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from benchmarks._rig.big_cache import folder_of
from benchmarks._rig.steps import Steps

SOURCES: Final = Path(__file__).parent.parent / "pouch"
FILES: Final = ("package.json", "package-lock.json", ".npmrc", "server.js", "client.js")


def installed() -> Path:
    """The folder with both programs and what they need. Raises RuntimeError when it cannot be had."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            raise RuntimeError(f"{program} was not found: make bench installs it")
    shelf = folder_of()
    kept = shelf / f"pouch-{hashlib.sha256(b''.join((SOURCES / name).read_bytes() for name in FILES)).hexdigest()[:16]}"
    if kept.is_dir():
        return kept
    shelf.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="pouch-", dir=shelf) as folder:
        made = Path(folder) / "made"
        made.mkdir()
        for name in FILES:
            shutil.copyfile(SOURCES / name, made / name)
        done = subprocess.run(
            ["npm", "ci", "--no-audit", "--no-fund"], cwd=made, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise RuntimeError(f"npm could not fetch PouchDB: {done.stderr[-2000:]}")
        try:
            made.rename(kept)
        except OSError:  # somebody else was quicker
            if not kept.is_dir():
                raise
    return kept


def server(home: Path) -> Steps:
    (home / "server").mkdir(parents=True)
    return Steps(["node", "server.js", f"{home / 'server'}{os.sep}"], home / "server.log", installed())


def client(home: Path, port: int) -> Steps:
    command = ["node", "client.js", str(home / "client"), f"http://127.0.0.1:{port}"]
    return Steps(command, home / "client.log", installed())
