"""Reads flows.toml of a company's folder: what tickets of each type go through."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from agent_model.body import from_body, to_body
from agent_model.ticket import TicketType
from agent_model.ticket_flow import SHIPPED, TicketFlow, faults
from agent_server.importing.company_folder import BadSource, Told, checked

FILE: Final = "flows.toml"


def flows(folder: Path) -> list[Told]:
    """The flows of the file; what one does not name is as it is shipped. Raises BadSource."""
    path = folder / FILE
    if not path.is_file():
        return []
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        rows = [_flow(flow) for flow in told.get("flow", [])]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadSource(FILE, repr(error)) from error
    for row in rows:
        if found := faults(from_body(TicketFlow, row.id, 1, checked(row).body)):
            raise BadSource(f"{FILE}:{row.id}", ", ".join(found))
    return rows


def _flow(told: Mapping[str, Any]) -> Told:
    """`reason = true` makes a move want one; `reasons = [[from, to]]` does so for moves that are shipped."""
    type_ = TicketType(told["type"])
    body = to_body(SHIPPED[type_])
    if "move" in told:
        body["moves"] = [_move(**move) for move in told["move"]]
    wanting = [tuple(pair) for pair in told.get("reasons", [])]
    for move in body["moves"]:
        move["needs_reason"] |= (move["before"], move["after"]) in wanting
    body |= {name: list(told[name]) for name in ("states", "first") if name in told}
    unknown = told.keys() - {"type", "move", "reasons", "states", "first"}
    if unknown:
        raise BadSource(FILE, f"{type_}: {', '.join(sorted(unknown))}")
    return Told(FILE, "ticket_flow", type_.value, body)


def _move(before: str, after: str, reason: bool = False) -> dict[str, Any]:
    return {"before": before, "after": after, "needs_reason": reason}
