"""Reads macros.toml of a company's folder: the texts it begins with; from then on they are changed at a workstation."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from agent_model.body import from_body, to_body
from agent_model.macro import Macro, faults
from agent_model.words import Words
from agent_server.importing.company_folder import BadSource, Told, checked

FILE: Final = "macros.toml"
_FIELDS: Final = frozenset(to_body(Macro("", "", Words("", ""), Words("", "")))) - {"changed_by", "changed_at"}


def macros(folder: Path) -> list[Told]:
    """Raises BadSource."""
    path = folder / FILE
    if not path.is_file():
        return []
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        rows = [_macro(macro) for macro in told.get("macro", [])]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadSource(FILE, repr(error)) from error
    for row in rows:
        if found := faults(from_body(Macro, row.id, 1, checked(row).body)):
            raise BadSource(f"{FILE}:{row.id}", ", ".join(f"{fault.field}: {fault.wrong}" for fault in found))
    return rows


def _macro(told: Mapping[str, Any]) -> Told:
    fields = {name: value for name, value in told.items() if name != "id"}
    if unknown := fields.keys() - _FIELDS:
        raise BadSource(FILE, f"{told['id']}: {', '.join(sorted(unknown))}")
    words = {name: {"zh": "", "en": "", **fields[name]} for name in ("title", "text")}
    text = {language: written.strip("\n") for language, written in words["text"].items()}
    whole = from_body(Macro, told["id"], 1, {**fields, **words, "text": text})
    return Told(FILE, "macro", told["id"], to_body(whole))
