"""Rows of the company that are written whole: made where there is none, else changed where the author changed them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from agent_desktop.offline.view import View
from agent_model.command import Command, CommandKind, FieldChange

OF_THE_SERVER = ("changed_by", "changed_at")


def put_whole(
    view: View,
    entity: str,
    id_: str,
    body: Mapping[str, Any],
    seen: tuple[Mapping[str, Any], int] | None,
    now: datetime,
) -> Command | None:
    """`seen` is the body and version it was before, None where it is new. None when nothing is different; what somebody
    else changed since is not undone. Raises as `Outbox.put`."""
    wanted = {name: value for name, value in body.items() if name not in OF_THE_SERVER}
    before = view.row(entity, id_)
    if before is None:
        created = {name: FieldChange(None, value) for name, value in wanted.items()}
        return view.outbox.put(entity, id_, CommandKind.CREATE, created, now)
    base, version = (before.body, before.version) if seen is None else seen
    changes = {
        name: FieldChange(base.get(name), new)
        for name, new in wanted.items()
        if new not in (base.get(name), before.body.get(name))
    }
    if not changes:
        return None
    return view.outbox.put(entity, id_, CommandKind.UPDATE, changes, now, base_version=version)
