"""Whoever is packed keeps the licence it came with: `python installer/licences.py SITE_PACKAGES TO`."""

import re
import shutil
import sys
from pathlib import Path

OF_THE_BUILD = re.compile(r"pyinstaller|altgraph|setuptools|packaging|agent_desktop-")
FACTS = re.compile(r"(Name|Version|License|License-Expression|Home-page|Project-URL):", re.IGNORECASE)
TEXTS = re.compile(r"(licen[cs]e|copying|notice)", re.IGNORECASE)


def main() -> None:
    site, to = map(Path, sys.argv[1:])
    for made in sorted(site.glob("*.dist-info")):
        if not OF_THE_BUILD.match(made.name):
            _gather(made, to / made.stem)


def _gather(made: Path, to: Path) -> None:
    to.mkdir(parents=True)
    told = (made / "METADATA").read_text("utf-8").splitlines()
    (to / "about").write_text("".join(f"{line}\n" for line in told if FACTS.match(line)), "utf-8")
    for path in sorted(made.rglob("*")):
        if path.is_file() and TEXTS.match(path.name):
            text = to / path.relative_to(made)
            text.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, text)
            text.chmod(0o644)


if __name__ == "__main__":
    main()
