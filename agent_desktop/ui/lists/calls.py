"""The list of calls: the agent's own, and for who leads also those of the others, as far as they are here."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from agent_desktop.customers import masking
from agent_desktop.lists import ListedCall, Query
from agent_desktop.ui.appearance.formats import NOTHING, Formats
from agent_desktop.ui.customer.words import contact_word
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.lists.columns import Cell, Column, Filtering, Line
from agent_desktop.ui.lists.kinds import Choices, ListKind, Narrowing, by_name
from agent_model.customer import ContactKind

translate = QCoreApplication.translate

CALLS: Final = (ContactKind.CALL_IN, ContactKind.CALL_OUT, ContactKind.CALL_MISSED)
NEWEST_TALKS: Final = Query(
    "at", is_descending=True, only={"kind": (ContactKind.CALL_IN.value, ContactKind.CALL_OUT.value)}
)
"""Calls in which somebody spoke."""


def calls(
    formats: Formats, directory: Callable[[], Directory], clock: Callable[[], datetime], agent: str, *, leads: bool
) -> ListKind[ListedCall]:
    """`leads`: whether the calls of others may be listed, too."""

    def line(listed: ListedCall) -> Line:
        call, names, now = listed.call, directory(), clock()
        is_missed = call.kind is ContactKind.CALL_MISSED
        cells = {
            "at": Cell(formats.moment(call.at, now), written=formats.written(call.at)),
            "kind": Cell(contact_word(call.kind), tone="bad" if is_missed else "neutral"),
            "customer": Cell(listed.customer or NOTHING),
            "title": Cell(masking.text(call.title), "sec"),
            "text": Cell(masking.text(call.text) or NOTHING, "sec"),
            "agent": Cell(names.person(call.agent) if call.agent else NOTHING, "sec"),
            "queue": Cell(names.queue(call.queue) if call.queue else NOTHING, "sec"),
            "code": Cell(names.wrap_up_code(call.wrap_up_code) if call.wrap_up_code else NOTHING, "sec"),
            "duration": Cell(formats.duration(call.duration_s), "sec"),
        }
        return Line(call.customer_id, cells, is_unsent=call.version == 0)

    def group_title(column: str, key: Any) -> str:
        if key is None:
            return translate("lists", "Without")
        match column:
            case "kind":
                return contact_word(ContactKind(key))
            case "agent":
                return directory().person(str(key))
            case "queue":
                return directory().queue(str(key))
            case "wrap_up_code":
                return directory().wrap_up_code(str(key))
        return str(key)

    def choices(column: str) -> Choices:
        names = directory()
        match column:
            case "kind":
                return tuple((kind.value, contact_word(kind)) for kind in CALLS)
            case "agent":
                return by_name(names.people if leads else {agent: names.person(agent)})
            case "queue":
                return by_name(names.queues)
            case "wrap_up_code":
                return ((None, translate("lists", "Without")), *by_name(names.wrap_up_codes))
        return ()

    text, choice, period = Filtering.TEXT, Filtering.CHOICE, Filtering.PERIOD
    own = {"agent": (agent,)}
    missed = {"kind": (ContactKind.CALL_MISSED.value,)}
    everybody = (Narrowing("all", translate("lists", "All"), {}),) if leads else ()
    return ListKind(
        name="calls",
        title=translate("lists", "Calls"),
        prompt=translate("lists", "What the call was about"),
        columns=(
            Column("at", translate("lists", "When"), 12, "at", is_fixed=True, filtering=period),
            Column("kind", translate("lists", "Kind"), 10, "kind", is_grouping=True, filtering=choice),
            Column("customer", translate("lists", "Customer"), 14),
            Column("title", translate("lists", "About"), 20, "title", filtering=text),
            Column("text", translate("lists", "Note"), 26, "text", filtering=text),
            Column("agent", translate("lists", "Agent"), 11, "agent", is_grouping=True, filtering=choice),
            Column("queue", translate("lists", "Queue"), 11, "queue", is_grouping=True, filtering=choice),
            Column("code", translate("lists", "Result"), 12, "wrap_up_code", is_grouping=True, filtering=choice),
            Column("duration", translate("lists", "Duration"), 8, "duration"),
        ),
        narrowings=(
            Narrowing("mine", translate("lists", "Mine"), own),
            Narrowing("missed", translate("lists", "Missed"), missed if leads else missed | own),
            *everybody,
        ),
        first=Query("at", is_descending=True, only=own),
        line=line,
        group_title=group_title,
        choices=choices,
    )
