"""Every key with its value and who says so, and what does not count, for IT: as text, or as JSON for a program."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication

from agent_desktop.policy.schema import LANGUAGES
from agent_desktop.policy.standing import Standing
from agent_desktop.policy.written import Layer, Refused
from agent_desktop.trust import FileFault, fault_of
from agent_desktop.ui.appearance.language import chosen_language, offered_languages, speak
from agent_desktop.ui.messages.policy import explain_file, explain_refused, who_says

translate = QCoreApplication.translate
WIDEST_VALUE = 48


FILES: Final = ("server.ca_file", "sip.ca_file")


@dataclass(frozen=True, slots=True)
class BadFile:
    """A file of authorities that `key` names, by which nobody is trusted."""

    key: str
    path: str
    fault: FileFault


def bad_files(standing: Mapping[str, Standing], now: datetime) -> tuple[BadFile, ...]:
    named = [(key, path) for key in FILES if (path := str(standing[key].value))]
    return tuple(BadFile(key, path, fault) for key, path in named if (fault := fault_of(Path(path), now)))


def as_text(
    version: str,
    standing: Mapping[str, Standing],
    refused: Sequence[Refused],
    files: Sequence[BadFile],
    resources: Path,
) -> str:
    """In the language of the screen; no screen is needed for it."""
    application = QCoreApplication.instance() or QCoreApplication([])
    offered = offered_languages(str(standing["ui.languages"].value))
    speak(application, resources, chosen_language(str(standing["ui.language"].value), offered))
    rows = [(name, _shown(one.value), _said(one)) for name, one in standing.items()]
    name_width = max(len(name) for name, _, _ in rows)
    value_width = min(WIDEST_VALUE, max(len(value) for _, value, _ in rows))
    lines = [translate("policy", "Policy of this workstation, agent-desktop {version}").format(version=version), ""]
    lines += [f"{name:<{name_width}}  {value:<{value_width}}  {said}" for name, value, said in rows]
    lines += ["", translate("policy", "What is written and does not count:") if refused else ""]
    lines += [f"{one.source.where}\n    {explain_refused(one)}" for one in refused]
    lines += ["", *(explain_file(one.key, one.path, one.fault) for one in files)]
    return "\n".join(lines).rstrip()


def as_checked(found: Layer, resources: Path) -> str:
    """What of a file would count, and what would not, in the language of the system."""
    application = QCoreApplication.instance() or QCoreApplication([])
    speak(application, resources, chosen_language("", LANGUAGES))
    told = translate("policy", "{path}: keys that would count: {count}.").format(
        path=found.source.where, count=len(found.values)
    )
    faults = [f"    {explain_refused(one)}" for one in found.refused]
    return "\n".join([told, *faults])


def as_json(
    version: str, standing: Mapping[str, Standing], refused: Sequence[Refused], files: Sequence[BadFile]
) -> str:
    keys = {
        name: {
            "value": one.value,
            "source": one.source.rank.name.lower(),
            "where": one.source.where,
            "locked": one.source.is_policy,
        }
        for name, one in standing.items()
    }
    faults = [
        {"where": one.source.where, "key": one.key, "why": one.wrong.value, "place": one.place} for one in refused
    ]
    named = [{"key": one.key, "path": one.path, "why": one.fault.value} for one in files]
    return json.dumps({"version": version, "keys": keys, "refused": faults, "files": named}, indent=2)


def _shown(value: object) -> str:
    match value:
        case "":
            return "–"
        case bool():
            return "true" if value else "false"
        case _:
            return str(value)


def _said(one: Standing) -> str:
    words = who_says(one.source)
    return f"{words}: {one.source.where}" if one.source.where else words
