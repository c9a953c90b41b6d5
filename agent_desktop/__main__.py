"""`agent-desktop`, or `python -m agent_desktop`: the workstation."""

import gc
import sys


def main() -> int:
    """Runs the workstation; its exit code."""
    gc.disable()  # what the start makes stays until the end: looking it through again and again is for nothing
    from agent_desktop import app

    return app.main()


if __name__ == "__main__":
    sys.exit(main())
