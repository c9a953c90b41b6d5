"""Long lists of one noun, whole in any order, and the views of them that a person keeps."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

import orjson

from agent_desktop.offline.filters import DAY_COLUMNS, Filter, Period, filter_from
from agent_desktop.offline.kept import Kept
from agent_desktop.offline.listing import Group, Listing, Ordering, Query
from agent_desktop.offline.view import View
from agent_model.agent import Agent, Role
from agent_model.body import from_body, to_body
from agent_model.command import CommandKind, FieldChange
from agent_model.customer import Contact, CustomerId
from agent_model.follow_up import FollowUp
from agent_model.list_view import ListView, ListViewId
from agent_model.ticket import Ticket
from agent_model.wire import Row

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ListedTicket:
    """`customer` is their name, empty where it is not known here."""

    ticket: Ticket
    customer: str


@dataclass(frozen=True, slots=True)
class ListedCall:
    """A call of the timeline; `customer` is their name, empty where it is not known here."""

    call: Contact
    customer: str


@dataclass(frozen=True, slots=True)
class ListedFollowUp:
    """`customer` is their name, empty where it is not known here."""

    follow_up: FollowUp
    customer: str


@dataclass(frozen=True, slots=True)
class SavedView:
    """What of a list one wants to see again: `columns` from left to right."""

    name: str
    query: Query
    columns: tuple[str, ...]


def listed_ticket(name_of: Callable[[CustomerId], str]) -> Callable[[Row], ListedTicket]:
    def listed(row: Row) -> ListedTicket:
        ticket = from_body(Ticket, row.id, row.version, row.body)
        return ListedTicket(ticket, name_of(CustomerId(ticket.customer_id)) if ticket.customer_id else "")

    return listed


def listed_follow_up(
    told: Callable[[Row], FollowUp], name_of: Callable[[CustomerId], str]
) -> Callable[[Row], ListedFollowUp]:
    """`told` makes a row into what it is with what waits to be sent about it."""

    def listed(row: Row) -> ListedFollowUp:
        follow_up = told(row)
        return ListedFollowUp(follow_up, name_of(CustomerId(follow_up.customer_id)) if follow_up.customer_id else "")

    return listed


def listed_call(name_of: Callable[[CustomerId], str]) -> Callable[[Row], ListedCall]:
    def listed(row: Row) -> ListedCall:
        call = from_body(Contact, row.id, row.version, row.body)
        return ListedCall(call, name_of(call.customer_id))

    return listed


class NounList(Generic[T]):
    """Reads through the view, so what the agent saved and did not send is there. `learn` is for rows of which somebody
    else reads more than a list needs. Every method raises StoreError."""

    def __init__(self, listing: Listing, noun: Callable[[Row], T], learn: Callable[[], bool] | None = None) -> None:
        self._listing = listing
        self._noun = noun
        self._learn = learn or listing.learn

    def learn(self) -> bool:
        """Reads a few rows that came or changed, within milliseconds; false when every row is read."""
        return self._learn()

    def order(self, query: Query) -> Ordering:
        return self._listing.order(query)

    def first(self, query: Query, at_most: int) -> Sequence[int]:
        """Where the first of this order stand, sooner than all of them."""
        return self._listing.first(query, at_most)

    def beginning(self, query: Query, column: str, text: str) -> int | None:
        """Where the first of this order stands whose column begins with the text."""
        return self._listing.beginning(query, column, text)

    def items(self, places: Sequence[int]) -> dict[int, T]:
        """Those that stand there, by their place."""
        return {place: self._noun(row) for place, row in self._listing.rows(places).items()}

    def unsent(self, ordering: Ordering) -> tuple[T, ...]:
        return tuple(map(self._noun, ordering.unsent))


class SavedViews:
    """Of one agent, on this workstation."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def of(self, name: str) -> tuple[SavedView, ...]:
        """Of the list of this name, in the order they were kept. Raises OutboxDamaged, StoreBusy."""
        written = self._kept.read(_key(name))
        return tuple(map(_view, orjson.loads(written))) if written else ()

    def keep(self, name: str, view: SavedView) -> tuple[SavedView, ...]:
        """In the place of one of the same name; all of them. Raises DiskFull, OutboxDamaged, StoreBusy."""
        views = {**{one.name: one for one in self.of(name)}, view.name: view}
        return self._write(name, tuple(views.values()))

    def drop(self, name: str, view: str) -> tuple[SavedView, ...]:
        """The others. Raises as `keep`."""
        return self._write(name, tuple(one for one in self.of(name) if one.name != view))

    def _write(self, name: str, views: tuple[SavedView, ...]) -> tuple[SavedView, ...]:
        self._kept.keep(_key(name), orjson.dumps([asdict(view) for view in views]).decode())
        return views


@dataclass(frozen=True, slots=True)
class TeamView:
    """`id` is that of the noun."""

    id: ListViewId
    view: SavedView


class TeamViews:
    """Those that who leads the team keeps for everybody in it. Every method raises StoreError."""

    def __init__(self, view: View, agent: Agent, clock: Callable[[], datetime], new_id: Callable[[], str]) -> None:
        self._view = view
        self._agent = agent
        self._clock = clock
        self._new_id = new_id

    @property
    def may_keep(self) -> bool:
        return self._agent.role in (Role.TEAM_LEAD, Role.DUTY_MANAGER)

    def of(self, name: str) -> tuple[TeamView, ...]:
        """Of the list of this name; one that this version cannot read is left out."""
        found = [one for one in self._nouns() if one.list == name and not one.is_dropped]
        read = ((one.id, _readable({"name": one.name, "query": one.query, "columns": one.columns})) for one in found)
        return tuple(TeamView(id_, view) for id_, view in read if view is not None)

    def keep(self, name: str, view: SavedView) -> None:
        """In the place of one of the same name."""
        plain = asdict(view)
        same = next((one for one in self._nouns() if (one.list, one.name) == (name, view.name)), None)
        if same is None:
            noun = ListView(
                ListViewId(f"V-{self._new_id()}"), name, view.name, self._agent.team, plain["query"],
                view.columns, self._agent.id, self._clock(),
            )  # fmt: skip
            body = {field: value for field, value in to_body(noun).items() if field != "is_dropped"}
            body["query"] = orjson.loads(orjson.dumps(plain["query"]))
            fields = {field: FieldChange(None, value) for field, value in body.items()}
            self._view.outbox.put("list_view", noun.id, CommandKind.CREATE, fields, self._clock())
            return
        self._change(
            same,
            query=(same.query, orjson.loads(orjson.dumps(plain["query"]))),
            columns=(list(same.columns), list(view.columns)),
            is_dropped=(same.is_dropped, False),
        )

    def drop(self, id_: str) -> None:
        for one in self._nouns():
            if one.id == id_:
                self._change(one, is_dropped=(one.is_dropped, True))

    def _nouns(self) -> list[ListView]:
        return [from_body(ListView, row.id, row.version, row.body) for row in self._view.rows("list_view")]

    def _change(self, noun: ListView, **fields: tuple[Any, Any]) -> None:
        changed = {field: FieldChange(old, new) for field, (old, new) in fields.items() if old != new}
        if changed:
            self._view.outbox.put(
                "list_view", noun.id, CommandKind.UPDATE, changed, self._clock(), base_version=noun.version
            )


def _readable(plain: Mapping[str, Any]) -> SavedView | None:
    try:
        return _view(plain)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _key(name: str) -> str:
    return f"list_views:{name}"


def _view(plain: Mapping[str, Any]) -> SavedView:
    query = dict(plain["query"])
    query["only"] = {column: tuple(values) for column, values in query["only"].items()}
    query["then"] = tuple((column, is_descending) for column, is_descending in query.get("then", ()))
    query["filters"] = tuple(map(filter_from, query.get("filters", ())))
    return SavedView(plain["name"], Query(**query), tuple(plain["columns"]))


__all__ = [
    "DAY_COLUMNS",
    "Filter",
    "Group",
    "ListedCall",
    "ListedFollowUp",
    "ListedTicket",
    "NounList",
    "Ordering",
    "Period",
    "Query",
    "SavedView",
    "SavedViews",
    "TeamView",
    "TeamViews",
    "listed_call",
    "listed_follow_up",
    "listed_ticket",
]
