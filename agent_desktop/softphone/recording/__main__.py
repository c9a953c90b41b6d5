"""Opens a sealed recording: the key is read from standard input, and never stands among the arguments."""

import argparse
import getpass
import sys
from pathlib import Path

from agent_desktop.softphone.recording.reader import read_recording
from agent_desktop.softphone.recording.sealed import NotSealedError, Wholeness, WrongKeyError


def main(arguments: list[str] | None = None) -> int:
    """0: all of it. 1: a part of it, the rest is missing or was changed. 2: nothing."""
    parser = argparse.ArgumentParser(prog="python -m agent_desktop.softphone.recording", description=__doc__)
    parser.add_argument("recording", type=Path)
    parser.add_argument("out", type=Path, metavar="OUT.wav|OUT.opus", help="written in clear")
    asked = parser.parse_args(arguments)
    written = getpass.getpass("Key: ") if sys.stdin.isatty() else sys.stdin.readline()
    try:
        found = read_recording(asked.recording, bytes.fromhex(written.strip()))
        found.save(asked.out)
    except (NotSealedError, WrongKeyError, ValueError) as reason:
        return _say(f"cannot be opened with this key: {type(reason).__name__}", 2)
    except OSError as reason:
        return _say(f"{reason.strerror}: {reason.filename}", 2)
    match found.wholeness:
        case Wholeness.WHOLE:
            return 0
        case Wholeness.CUT:
            return _say("the end is missing; everything before it was written", 1)
        case Wholeness.DAMAGED:
            return _say("a part was changed or moved; only what comes before it was written", 1)


def _say(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
