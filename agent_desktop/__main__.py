"""`agent-desktop`, or `python -m agent_desktop`: the workstation."""

import gc
import sys


def main() -> int:
    """Runs the workstation; its exit code. A second start hands its link to the window there is, and ends."""
    gc.disable()  # what the start makes stays until the end: looking it through again and again is for nothing
    if _is_heard(sys.argv[1:]):
        return 0
    from agent_desktop import app

    return app.main()


def _is_heard(words: list[str]) -> bool:
    """By the window that is open already, before anything large is loaded. Options are for a start of their own."""
    link = words[1:] if words[:1] == ["--"] else words
    if len(link) > 1 or any(word.startswith("-") for word in link):
        return False
    from agent_desktop.paths import Paths
    from agent_desktop.single_instance import Knock, knock

    return knock(Paths.of_user().run, Knock.with_link(link[0] if link else ""))


if __name__ == "__main__":
    sys.exit(main())
