"""Where the packaged server begins; the processes it starts begin here as well."""

import multiprocessing
import sys

from agent_server.__main__ import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
