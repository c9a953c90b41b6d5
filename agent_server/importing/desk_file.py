"""Reads desk.toml of a company's folder: what a site allows at its desks."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from agent_model.body import from_body, to_body
from agent_model.desk_policy import KINDS, SITE, DeskPolicy, is_policy
from agent_server.importing.company_folder import BadSource, Told, checked

FILE: Final = "desk.toml"
PLAIN: Final = (
    "exports_offline", "bulk_change", "watermark", "lock_after_min", "copies", "hears_own", "hears_team", "hears_all",
)  # fmt: skip
ATTACHMENTS: Final = frozenset({"largest", "most", "types", "opens_unscanned"})


def desk_policy(folder: Path) -> list[Told]:
    """The policy of the file, what it does not name as it is shipped; none without a file. Raises BadSource."""
    path = folder / FILE
    if not path.is_file():
        return []
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        row = Told(FILE, "desk_policy", SITE, _body(told))
        policy = from_body(DeskPolicy, SITE, 1, checked(row).body)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadSource(FILE, repr(error)) from error
    if not is_policy(policy):
        raise BadSource(FILE, "a limit is below nothing, or smaller than what is allowed without asking")
    return [row]


def _body(told: Mapping[str, Any]) -> dict[str, Any]:
    _only(told, {*PLAIN, "export", "attachments", "hidden"})
    body = to_body(DeskPolicy())
    body |= {name: told[name] for name in PLAIN if name in told}
    if "export" in told:
        body["exports"] = [{"rows": 1, "most": rule.get("rows", 1), **rule} for rule in told["export"]]
    if "attachments" in told:
        _only(told["attachments"], ATTACHMENTS)
        body["attachments"] = {**body["attachments"], **told["attachments"]}
    if "hidden" in told:
        _only(told["hidden"], frozenset(kind.value for kind in KINDS))
        body["hidden"] = {**body["hidden"], **told["hidden"]}
    return body


def _only(told: Mapping[str, Any], known: set[str] | frozenset[str]) -> None:
    unknown = told.keys() - known
    if unknown:
        raise BadSource(FILE, ", ".join(sorted(unknown)))
