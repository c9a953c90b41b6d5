"""Where the parts of a diagnostics bundle come from at this workstation."""

import getpass
import importlib.metadata
import locale
import os
import platform
import shutil
import ssl
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from agent_desktop.crashes import FOLDER as CRASHES
from agent_desktop.diagnostics.bundle import Bundle, bundled
from agent_desktop.diagnostics.redaction import Redaction
from agent_desktop.logs import NAME as LOG
from agent_desktop.paths import Paths
from agent_desktop.settings import SettingsFile

SET: Final = "<set>"
OF_A_PERSON: Final = frozenset({"login", "sip_user", "sip_auth_user", "outbound_number"})
_MEGABYTE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known once somebody has signed in: `texts` that name somebody, `secrets` that open a door, and how much
    waits to be sent."""

    texts: Callable[[], Iterable[str]]
    secrets: Sequence[str]
    unsent: Mapping[str, int]


class Diagnostics:
    """`knowledge` is None where nobody has signed in; then more is struck out."""

    def __init__(
        self, paths: Paths, settings: SettingsFile, clock: Callable[[], datetime], knowledge: Knowledge | None = None
    ) -> None:
        self._paths, self._settings, self._clock, self._knowledge = paths, settings, clock, knowledge

    def gather(self, seen: Mapping[str, Any] | None = None) -> Bundle:
        """For seconds, in any thread; `seen` are facts that only the screen knows, by the names they get."""
        facts = {"about.json": self._about(), "settings.json": self._chosen(), **(seen or {})}
        if self._knowledge is not None:
            facts["sync.json"] = dict(self._knowledge.unsent)
        return bundled(facts, self._files(), self._redaction())

    def _redaction(self) -> Redaction:
        home, here = Path.home(), (getpass.getuser(), platform.node())
        if self._knowledge is None:
            return Redaction(None, here, home)
        texts, chosen = self._knowledge.texts, self._settings.read()
        own = (text for name in OF_A_PERSON if (text := getattr(chosen, name)))
        return Redaction((*texts(), *own, *here), self._knowledge.secrets, home)

    def _about(self) -> dict[str, Any]:
        return {
            "version": importlib.metadata.version("agent-desktop"),
            "made_at": self._clock().isoformat(timespec="seconds"),
            "system": platform.platform(),
            "machine": platform.machine(),
            "processors": os.cpu_count(),
            "language": locale.getlocale()[0],
            "python": platform.python_version(),
            "openssl": ssl.OPENSSL_VERSION,
            "free_mb": _free_mb(self._paths.data),
            "packages": {one.name: one.version for one in importlib.metadata.distributions()},
        }

    def _chosen(self) -> dict[str, Any]:
        keys = {
            name: {
                "value": SET if one.key.setting in OF_A_PERSON and one.value else one.value,
                "source": one.source.rank.name.lower(),
                "where": one.source.where,
                "locked": one.source.is_policy,
            }
            for name, one in self._settings.standing().items()
        }
        faults = [{"where": one.source.where, "key": one.key, "why": one.wrong} for one in self._settings.refused]
        return {"keys": keys, "refused": faults}

    def _files(self) -> list[tuple[str, Path]]:
        logs, crashes, run = self._paths.logs, self._paths.logs / CRASHES, self._paths.run
        found = [(f"logs/{path.name}", path) for path in sorted(logs.glob(f"{LOG}*"))]
        found += [(f"logs/{path.name}", path) for path in sorted(run.glob("phone*log*"))]
        return found + [(f"crashes/{path.name}", path) for path in sorted(crashes.glob("*.txt"))]


def _free_mb(folder: Path) -> int | None:
    try:
        return shutil.disk_usage(folder).free // _MEGABYTE
    except OSError:
        return None
