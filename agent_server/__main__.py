"""`agent-server`, or `python -m agent_server`: the central server and everything its keeper does at the console."""

import gc
import sys


def main(argv: list[str] | None = None) -> int:
    """Does what these words say, or those of this process; the exit code."""
    was_on = gc.isenabled()
    gc.disable()  # what is loaded stays: looking it through for waste again and again took a third of the start
    try:
        from agent_server import command_line
    finally:
        if was_on:
            gc.enable()
    if argv is None:
        gc.freeze()
    return command_line.main(argv)


if __name__ == "__main__":
    sys.exit(main())
