"""Runs one benchmark by name: every module here with `main(argv) -> int` is one."""

import importlib
import pkgutil
import sys
from pathlib import Path


def main(argv: list[str]) -> int:
    names = sorted(
        module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]) if module.name[0] != "_"
    )
    if not argv or argv[0] not in names:
        print(f"usage: python -m benchmarks NAME [--json] ...\nNAME is one of: {', '.join(names)}", file=sys.stderr)
        return 2
    try:
        benchmark = importlib.import_module(f"benchmarks.{argv[0]}")
    except ModuleNotFoundError as missing:
        print(f"{argv[0]} needs {missing.name}, which is not installed here: `make bench` brings it.", file=sys.stderr)
        return 2
    result: int = benchmark.main(argv[1:])
    return result


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
