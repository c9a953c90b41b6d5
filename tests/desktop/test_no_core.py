"""The workstation holds keys: what the system writes of a process that dies must not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import resource
from agent_desktop import app
app.main(["--handovers"])
print(resource.getrlimit(resource.RLIMIT_CORE))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows writes no core by itself")
def test_workstation_leaves_no_core(tmp_path: Path) -> None:
    places = {name: str(tmp_path) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR")}
    told = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, check=True, text=True, env={**os.environ, **places}
    )
    assert told.stdout.splitlines()[-1].startswith("(0, ")
