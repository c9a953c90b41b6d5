"""Which tickets are one complaint, as far as they are here; the server reckons with the same ones."""

from agent_desktop.offline.view import View
from agent_model.same_complaint_links import above, duplicates, is_complaint, merged_into
from agent_model.wire import Row


def group_of(view: View, ticket: Row) -> tuple[Row, ...]:
    """Every ticket that is the same complaint, this one among them, the one that leads first: followed, merged and
    called duplicates, over however many steps. Raises CacheDamaged, StoreBusy."""
    group = [lead := _leading(view, ticket)]
    known = {lead.id}
    for member in group:
        near = [view.row("ticket", one) for one in (*above(member.body), *merged_into(member.body))]
        alike = [view.row("ticket", one) for one in duplicates(member.body)]
        same = [one for one in alike if one is not None and is_complaint(one.body)]
        for row in (*near, *same, *view.complaints_led_by(member.id)):
            if row is not None and row.id not in known:
                known.add(row.id)
                group.append(row)
    return tuple(group)


def _leading(view: View, ticket: Row) -> Row:
    """Whom it follows, or what it went into, and so on to the end of what is here."""
    passed: set[str] = set()
    while ticket.id not in passed and (found := above(ticket.body)):
        passed.add(ticket.id)
        ticket = view.row("ticket", found[0]) or ticket
    return ticket
