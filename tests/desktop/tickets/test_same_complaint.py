"""Which complaints at a workstation are one, over however many steps."""

from typing import Any

import pytest

from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.view import View
from agent_desktop.tickets.same import group_of
from agent_model.scope import Scope
from agent_model.wire import Row
from tests.desktop.rows import ticket_row

HOME = Scope("customers:home")


def complaint(id_: str, *links: tuple[str, str], **fields: Any) -> Row:
    told = [{"kind": kind, "ticket": ticket} for kind, ticket in links]
    return ticket_row(id_, **{"type": "complaint", "links": told, **fields})


@pytest.mark.parametrize("asked", ["called", "sent", "written", "posted", "told"])
def test_every_door_knows_all_the_others(mirror: Mirror, view: View, asked: str) -> None:
    rows = [
        complaint("called", ("merged", "told")),
        complaint("sent", ("duplicate", "written"), same_as="called"),
        complaint("written", ("duplicate", "sent"), ("duplicate", "posted"), ("related", "other")),
        complaint("posted", ("duplicate", "written"), ("duplicate", "fault"), ("duplicate", "not here")),
        complaint("told", merged_into="called", status="closed"),
        complaint("other", ("related", "written"), ("duplicate", "fault")),
        ticket_row("fault", links=[{"kind": "duplicate", "ticket": one} for one in ("posted", "other")]),
    ]
    mirror.apply(HOME, rows, None)
    row = view.row("ticket", asked)
    assert row is not None

    assert {one.id for one in group_of(view, row)} == {"called", "sent", "written", "posted", "told"}


@pytest.mark.parametrize(("asked", "leads"), [("called", "called"), ("sent", "called"), ("written", "written")])
def test_one_that_leads_comes_first(mirror: Mirror, view: View, asked: str, leads: str) -> None:
    mirror.apply(HOME, [complaint("sent", ("duplicate", "written"), same_as="called")], None)
    mirror.apply(HOME, [complaint("called"), complaint("written", ("duplicate", "sent"))], None)
    row = view.row("ticket", asked)
    assert row is not None

    assert group_of(view, row)[0].id == leads
