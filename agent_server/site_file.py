"""What the files have in common in which a site says how its server is set up."""

import ipaddress
import os
import stat
import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError


class UnusableFile(Exception):
    """Why it cannot be read, and what to do."""


def read_private_toml(path: Path) -> dict[str, Any] | None:
    """What its owner alone may read and write; None: there is no such file. Raises UnusableFile."""
    try:
        with path.open("rb") as file:
            if os.name == "posix" and os.fstat(file.fileno()).st_mode & (stat.S_IRWXG | stat.S_IRWXO):
                raise UnusableFile("others can read or write it: chmod 600 it")
            return tomllib.load(file)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UnusableFile(f"it cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UnusableFile("it is not UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise UnusableFile(f"it is no TOML: {error}") from error


def first_mistake(path: Path, error: ValidationError) -> tuple[str, str]:
    """Where in the file, and what is wrong there; nothing that it holds is told."""
    first = error.errors(include_url=False, include_input=False)[0]
    place = " ".join(str(part + 1) if isinstance(part, int) else part for part in first["loc"])
    return f"{path}, {place}" if place else str(path), first["msg"].removeprefix("Value error, ")


def is_this_machine(host: str) -> bool:
    """What goes there, nobody else can read."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
