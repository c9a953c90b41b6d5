"""Programs from npm by the hashes of their package-lock.json: fetched once, and kept outside the checkout."""

import hashlib
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path


def installed(sources: Path, files: Sequence[str], shelf: Path, name: str) -> Path:
    """The folder on the shelf with these files of `sources` and what they need; another one after any of them changed.
    Raises RuntimeError when it cannot be had."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        raise RuntimeError("node or npm was not found: make test and make bench install them")
    written = b"".join((sources / file).read_bytes() for file in files)
    kept = shelf / f"{name}-{hashlib.sha256(written).hexdigest()[:16]}"
    if kept.is_dir():
        return kept
    shelf.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"{name}-", dir=shelf) as folder:
        made = Path(folder) / "made"
        made.mkdir()
        for file in files:
            shutil.copyfile(sources / file, made / file)
        done = subprocess.run(
            [npm, "ci", "--no-audit", "--no-fund"], cwd=made, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise RuntimeError(f"npm could not fetch {name}: {done.stderr[-2000:]}")
        try:
            made.rename(kept)
        except OSError:  # somebody else was quicker
            if not kept.is_dir():
                raise
    return kept
