"""`python -m demo`: the demo company, its server, a workstation and people who call. `make demo` runs it."""

import argparse
import locale
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from demo.screen import a_screen, has_screen


def main(argv: Sequence[str] | None = None) -> int:
    """0 when everything held; 1 when a step of the story did not, or the visit could not begin."""
    wishes = _parser().parse_args(argv)
    language = wishes.lang or _language()
    if wishes.headless or not has_screen():
        with a_screen():
            from demo.story import play

            return 0 if play(wishes.out.resolve(), language, wishes.customers) else 1
    from demo.visit import receive

    return receive(wishes.out.resolve(), language, wishes.customers)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m demo", description="A call centre to try out, on this machine.")
    parser.add_argument("--headless", action="store_true", help="play the whole story by itself, with pictures")
    parser.add_argument("--lang", choices=("zh_CN", "en"), help="default: the system's language")
    parser.add_argument("--out", type=Path, default=Path("build/demo"), help="where everything goes (%(default)s)")
    parser.add_argument("--customers", type=int, default=5_000, help="how many the company has (%(default)s)")
    return parser


def _language() -> str:
    """What the person reads; a machine that says nothing (LANG=C) is spoken to in Chinese."""
    named = next((found for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (found := os.environ.get(name))), "")
    found = named or locale.getlocale()[0] or ""
    return "en" if found.lower().startswith("en") else "zh_CN"


if __name__ == "__main__":
    sys.exit(main())
