"""Policy as IT writes it, in folders of a test."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from agent_desktop.policy.machine import Places
from agent_desktop.policy.standing import Policy


def managed(folder: Path, keys: Mapping[str, object]) -> Policy:
    """What IT has decided."""
    return _written(folder, "managed", keys)


def recommended(folder: Path, keys: Mapping[str, object]) -> Policy:
    """What IT recommends."""
    return _written(folder, "recommended", keys)


def places(folder: Path) -> Places:
    """As /etc/agent-desktop, of whoever runs the tests."""
    return Places(folder, owners=(os.getuid(),))


def _written(folder: Path, kind: str, keys: Mapping[str, object]) -> Policy:
    file = folder / "policies" / kind / "10.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(dict(keys)), encoding="utf-8")
    file.chmod(0o644)
    return places(folder).read()
