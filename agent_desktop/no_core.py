"""What the system writes when a process dies would hold keys, articles and what was said, in clear: none is written."""

import sys


def leave_no_core(*, for_good: bool = False) -> None:
    """For this process and those that it starts. Unless it is for good, somebody who looks for a fault can raise it."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0 if for_good else resource.getrlimit(resource.RLIMIT_CORE)[1]))
