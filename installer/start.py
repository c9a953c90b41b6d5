"""Where the packaged program begins: the workstation, or with `-m MODULE` one of the processes it starts.

The packaged program (on Linux frozen, on Windows a launcher) stands in for the interpreter, so that the workstation
starts its processes in a package as it does in a checkout.
"""

import os
import runpy
import subprocess
import sys
from pathlib import Path

PROCESSES = ("agent_desktop", "agent_desktop.softphone", "agent_desktop.knowledge.builder", "agent_papers")
LIBRARY_PATH = "LD_LIBRARY_PATH"
START_ANEW = "PYINSTALLER_RESET_ENVIRONMENT"


def main() -> None:
    _give_back_library_path()
    # The launcher of Windows is an interpreter with words of its own before ours: who starts us again leaves them away.
    sys.orig_argv[:] = [sys.executable, *sys.argv[1:]]
    sys.frozen = True  # type: ignore[attr-defined] # as PyInstaller says: this file is a program, and no interpreter
    module, words = "agent_desktop", sys.argv[1:]
    if words[:1] == ["-m"]:
        module, *words = [*words[1:], ""] if len(words) < 2 else words[1:]
        if module not in PROCESSES:
            sys.exit(f"agent-desktop: {module} is not a part of this program")
    if module == "agent_desktop":
        _hand_over(words)
    sys.argv[1:] = words
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _hand_over(words: list[str]) -> None:
    """To the version that this workstation has fetched itself, where it has (agent_desktop/updates/versions.py)."""
    from agent_desktop.updates.versions import Versions

    versions = Versions.of(Path(sys.executable))
    if versions.program != Path(sys.executable) or not versions.has_choice:
        return
    from importlib.metadata import version

    from agent_desktop.paths import Paths
    from agent_desktop.starts import read_starts

    program = versions.to_start(version("agent-desktop"), read_starts(Paths.of_user().data))
    if program is None:
        return
    if sys.platform == "win32":  # where whoever started us would not wait for what takes our place
        sys.exit(subprocess.run([program, *words], check=False).returncode)
    os.execv(program, [str(program), *words])  # noqa: S606 - a program of ours


def _give_back_library_path() -> None:
    """What PyInstaller set is for this process; a browser that we open has libraries of its own.

    Our own processes set it again for themselves: without the word they would take it for set already, and find their
    libraries only where the system happens to have the same.
    """
    before = os.environ.pop(f"{LIBRARY_PATH}_ORIG", None)
    os.environ.pop(LIBRARY_PATH, None)
    os.environ[START_ANEW] = "1"
    if before is not None:
        os.environ[LIBRARY_PATH] = before


if __name__ == "__main__":
    main()
