"""What a package is made of, as CycloneDX 1.6: its wheels, the interpreter, and every native library by its bytes.

    python installer/sbom.py NAME VERSION FOLDER SITE_PACKAGES [PYTHON]

Run by the interpreter that was frozen; PYTHON is the version of another one. SOURCE_DATE_EPOCH is when it was made, so
that the same bytes come from the same commit.
"""

import hashlib
import json
import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from email.parser import HeaderParser
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

OF_THE_BUILD = re.compile(r"pyinstaller|altgraph|setuptools|packaging|agent[-_]desktop$", re.IGNORECASE)
NATIVE = re.compile(r"\.so(\.|$)|\.(dll|pyd|exe)$")
LONGEST_NAME_OF_A_LICENCE = 60

Component = dict[str, Any]


def main() -> int:
    name, version, frozen, site = sys.argv[1:5]
    made_at = datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC)
    components = [interpreter(*sys.argv[5:]), *wheels(Path(site)), *libraries(Path(frozen))]
    written = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, json.dumps(components, sort_keys=True))}",
        "version": 1,
        "metadata": {
            "timestamp": made_at.isoformat().replace("+00:00", "Z"),
            "component": {
                "type": "application",
                "name": name,
                "version": version,
                "bom-ref": name,
                "licenses": [{"expression": "GPL-3.0-or-later"}],
            },
        },
        "components": components,
    }
    print(json.dumps(written, indent=1, ensure_ascii=False, sort_keys=True))
    return 0


def interpreter(version: str = platform.python_version()) -> Component:
    return {
        "type": "platform",
        "name": "CPython",
        "version": version,
        "bom-ref": f"pkg:generic/cpython@{version}",
        "purl": f"pkg:generic/cpython@{version}",
        "licenses": [{"expression": "PSF-2.0"}],
    }


def wheels(site: Path) -> Iterator[Component]:
    for folder in sorted(site.glob("*.dist-info")):
        told = HeaderParser().parsestr((folder / "METADATA").read_text("utf-8"))
        if OF_THE_BUILD.match(told["Name"]):
            continue
        purl = f"pkg:pypi/{re.sub(r'[-_.]+', '-', told['Name']).lower()}@{told['Version']}"
        found = {"type": "library", "name": told["Name"], "version": told["Version"], "bom-ref": purl, "purl": purl}
        yield {**found, **_licence(told["License-Expression"], told["License"])}


def _licence(expression: str | None, free: str | None) -> Component:
    """Older wheels write a name, or the whole text."""
    if expression:
        return {"licenses": [{"expression": expression}]}
    first = (free or "").strip().splitlines()[:1]
    if first and len(first[0]) <= LONGEST_NAME_OF_A_LICENCE:
        return {"licenses": [{"license": {"name": first[0]}}]}
    return {}


def libraries(frozen: Path) -> Iterator[Component]:
    """Each with the package of the build machine that it came from, where no wheel brought it."""
    for path in sorted(frozen.rglob("*")):
        if path.is_symlink() or not path.is_file() or not NATIVE.search(path.name):
            continue
        place = path.relative_to(frozen).as_posix()
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        component: Component = {
            "type": "file",
            "name": place,
            "bom-ref": place,
            "hashes": [{"alg": "SHA-256", "content": digest}],
        }
        if path.parent.name == "_internal" and path.name.startswith("lib"):
            component |= _of_debian(path.name)
        yield component


def _of_debian(library: str) -> Component:
    found = subprocess.run(["dpkg", "-S", f"*/x86_64-linux-gnu/{library}"], capture_output=True, text=True, check=False)
    if found.returncode:
        return {}
    package = found.stdout.partition(":")[0]
    asked = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Version}\n", package], capture_output=True, text=True, check=True
    )
    version = asked.stdout.splitlines()[0]
    return {"version": version, "purl": f"pkg:deb/debian/{package}@{version}?arch=amd64"}


if __name__ == "__main__":
    sys.exit(main())
