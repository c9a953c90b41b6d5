"""`agent-desktop`, or `python -m agent_desktop`: the workstation."""

import sys

from agent_desktop.app import main

if __name__ == "__main__":
    sys.exit(main())
