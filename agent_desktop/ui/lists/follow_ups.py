"""The list of callbacks, return visits and appointments: the agent's own, and what nobody has taken yet."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from agent_desktop.customers import masking
from agent_desktop.lists import ListedFollowUp, Query
from agent_desktop.ui.appearance.formats import NOTHING, Formats
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.follow_ups.words import due, kind_word, on_their_clock, result_word, state_word
from agent_desktop.ui.lists.columns import Cell, Column, Filtering, Line
from agent_desktop.ui.lists.kinds import Choices, ListKind, Narrowing
from agent_model import scope
from agent_model.follow_up import AttemptResult, FollowUpKind, FollowUpState

translate = QCoreApplication.translate

OPEN: Final = {"is_open": (1,)}


def follow_ups(
    formats: Formats, directory: Callable[[], Directory], clock: Callable[[], datetime], holders: tuple[str, ...]
) -> ListKind[ListedFollowUp]:
    """`holders` are the agent first, then their team and queues."""

    def line(listed: ListedFollowUp) -> Line:
        one, now = listed.follow_up, clock()
        when = due(one, now, formats)
        state, tone = state_word(one.state)
        cells = {
            "due": Cell(when.words, when.token, written=formats.written(one.wanted_at)),
            "theirs": Cell(on_their_clock(one.wanted_at, one.zone, now, formats) or NOTHING, "sec"),
            "kind": Cell(kind_word(one.kind)),
            "customer": Cell(listed.customer or NOTHING),
            "purpose": Cell(masking.text(one.purpose)),
            "holder": Cell(holder_word(one.owner, one.queue, one.team), "sec"),
            "state": Cell(state, tone=tone),
            "attempts": Cell(str(len(one.attempts)) if one.attempts else NOTHING, "sec"),
            "result": Cell(result_word(one.result) if one.result else NOTHING, "sec"),
            "created": Cell(formats.moment(one.created_at, now), "sec", written=formats.written(one.created_at)),
        }
        return Line(one.id, cells, is_unsent=one.version == 0)

    def holder_word(owner: str | None, queue: str | None, team: str | None) -> str:
        names = directory()
        if owner is not None:
            return names.person(owner)
        return names.queue(queue) if queue is not None else names.team(team or "")

    def group_title(column: str, key: Any) -> str:
        if key is None:
            return translate("lists", "Without")
        match column:
            case "kind":
                return kind_word(FollowUpKind(key))
            case "state":
                return state_word(FollowUpState(key))[0]
            case "result":
                return result_word(AttemptResult(key))
            case "holder":
                return _holder_title(str(key))
        return str(key)

    def _holder_title(key: str) -> str:
        of, _, id_ = key.partition(":")
        return holder_word(*(id_ if of == kind else None for kind in ("own", "queue", "team")))

    def choices(column: str) -> Choices:
        match column:
            case "kind":
                return tuple((kind.value, kind_word(kind)) for kind in FollowUpKind)
            case "state":
                return tuple((state.value, state_word(state)[0]) for state in FollowUpState)
            case "result":
                return tuple((result.value, result_word(result)) for result in AttemptResult)
            case "holder":
                people = directory().people
                shared = tuple((held, _holder_title(held)) for held in holders[1:])
                return (*shared, *((scope.own(id_), name) for id_, name in sorted(people.items(), key=lambda p: p[1])))
        return ()

    text, choice, period = Filtering.TEXT, Filtering.CHOICE, Filtering.PERIOD
    mine, team = {**OPEN, "holder": holders[:1]}, {**OPEN, "holder": holders[1:]}
    return ListKind(
        name="follow_ups",
        title=translate("lists", "Callbacks and return visits"),
        prompt=translate("lists", "What was promised"),
        columns=(
            Column("due", translate("lists", "Due"), 16, "due", is_fixed=True, filtering=period),
            Column("theirs", translate("lists", "On their clock"), 13),
            Column("kind", translate("lists", "Kind"), 10, "kind", is_grouping=True, filtering=choice),
            Column("customer", translate("lists", "Customer"), 13),
            Column("purpose", translate("lists", "What was promised"), 26, "purpose", filtering=text),
            Column("holder", translate("lists", "Whose"), 12, "holder", is_grouping=True, filtering=choice),
            Column("state", translate("lists", "State"), 13, "state", is_grouping=True, filtering=choice),
            Column("attempts", translate("lists", "Attempts"), 8, "attempts"),
            Column("result", translate("lists", "Result"), 11, "result", is_grouping=True, filtering=choice),
            Column("created", translate("lists", "Written"), 11, "created", is_extra=True, filtering=period),
        ),
        narrowings=(
            Narrowing("both", translate("lists", "Mine and the team's"), {**OPEN, "holder": holders}),
            Narrowing("mine", translate("lists", "Mine"), mine),
            Narrowing("team", translate("lists", "The team's"), team),
            Narrowing("all", translate("lists", "All"), {}),
        ),
        first=Query("due", only={**OPEN, "holder": holders}),
        line=line,
        group_title=group_title,
        choices=choices,
    )
