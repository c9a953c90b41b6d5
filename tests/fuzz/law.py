"""What must hold when everybody is at rest, and what must hold of a workstation at any moment (invariants I1-I10)."""

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from agent_desktop.offline.pending import State
from agent_desktop.sync.decisions import Take
from agent_model.command import Command, CommandKind
from agent_model.scope import Scope
from agent_model.wire import command_to_plain
from agent_server.rows import Stored
from tests.fuzz import promise_law
from tests.fuzz.site import Change, Site
from tests.fuzz.station import Station

EXPLAINED: Final = frozenset(
    {"unknown_row", "unknown_customer", "not_allowed", "illegal_status", "depends_on_rejected", "depends_on_unknown"}
    | promise_law.EXPLAINED
)
"""Refusals that a seed can bring about: rows that were erased or moved away, moves of a status that do not exist."""
DECIDED: Final = frozenset(
    {"updated_at", "due_at", "clocks", "step_at", "number", "segment", "handlers", "return_visit", "closing_decision"}
    | {"other_segment", "removed_by", "removed_at", "ended_at"}
)
"""Fields that the server sets beside those of a command."""


class Broken(AssertionError):
    """An invariant does not hold."""


def require(holds: object, what: str, *facts: object) -> None:
    if not holds:
        raise Broken(f"{what}: {' '.join(map(repr, facts))}")


@dataclass(frozen=True, slots=True)
class Told:
    """A command as it was saved, and the answer in the server's log."""

    command: Command
    answer: Mapping[str, Any]

    @property
    def fields(self) -> dict[str, tuple[Any, Any]]:
        plain: dict[str, Any] = command_to_plain(self.command)["fields"]
        return {name: (old, new) for name, (old, new) in orjson.loads(orjson.dumps(plain)).items()}


@dataclass(frozen=True, slots=True)
class Decided:
    """A clash that a person has decided, where the decision wrote something."""

    entity: str
    id: str
    field: str
    value: Any
    device: str


def at_rest(site: Site, stations: Sequence[Station]) -> int:
    """Everything; how many commands were looked at."""
    rows = site.rows()
    answered = site.answered()
    saved = {op_id: command for station in stations for op_id, command in station.saved.items()}
    for station in stations:
        _nothing_waits(station, answered, site)
    _feeds_have_no_gap(site)
    for station in stations:
        _decisions_arrive(station, site)
    for station in stations:
        _sees_what_it_may(station, rows, site)
    told = [Told(command, answered[op_id]) for op_id, command in saved.items() if op_id in answered]
    require(answered.keys() <= saved.keys(), "commands nobody saved", answered.keys() - saved.keys())
    _rows_are_what_was_done(rows, told, site.changes, _decisions(site))
    _clashes_are_kept(told, site)
    erased = {(change.entity, change.id) for change in site.changes if change.body is None}
    taken = [one.command for one in told if one.answer["verdict"] != "rejected"]
    promise_law.at_rest(rows, stations, taken, erased, require)
    numbers = [row.body["number"] for row in rows if row.entity == "ticket"]
    require(all(numbers) and len(set(numbers)) == len(numbers), "ticket numbers", numbers)
    return len(saved)


def at_any_moment(site: Site, station: Station) -> None:
    """I4: what lies before a cursor is here; I5: what the agent saved is seen."""
    epoch = site.server.epoch
    held = station.held()
    for scope, cursor in station.mirror.cursors().items():
        if cursor.is_whole and cursor.epoch == epoch:
            _cursor_is_not_ahead(station.name, scope, cursor.seq, held, site)


def own_work_is_seen(station: Station) -> None:
    """I5: what waits is laid over every row that is here."""
    for entry in station.entries().values():
        command = entry.command
        row = station.view.row(command.entity, command.id)
        if entry.state is not State.WAITING or row is None:
            require(
                entry.state is not State.WAITING or command.kind is not CommandKind.CREATE, "unseen creation", command
            )
            continue
        if command.kind is CommandKind.APPEND:
            unseen = {name for name, change in command.fields.items() if change.new not in row.body[name]}
            require(not unseen, "unseen line", command, unseen)


def _nothing_waits(station: Station, answered: Mapping[str, Any], site: Site) -> None:
    entries, lost = station.entries(), site.lost_with_restore
    open_clashes = site.ask("SELECT op_id, entity, row_id FROM conflict WHERE resolved_at IS NULL")
    if site.was_restored:  # with a backup a clash is open again: it is listed, or its row is out of sight
        listed = {one.conflict.op_id for one in station.conflicts.contested()}
        held = station.held().keys()
        open_clashes = [clash for clash in open_clashes if clash[0] not in listed and clash[1:] in held]
    undecided = {op_id for op_id, _, _ in open_clashes}
    for op_id, entry in entries.items():
        require(entry.state is State.PARKED, f"{station.name} at rest has {entry.state}", op_id)
        require(entry.command == station.saved[op_id], "a parked command changed", op_id)
    for op_id, command in station.saved.items():
        if op_id not in answered:
            was_refused = op_id in lost and op_id in entries
            require(was_refused, f"{station.name} lost a command", command)
            continue
        verdict, reason = answered[op_id]["verdict"], answered[op_id]["reason"]
        must = verdict == "rejected" or op_id in undecided
        may = verdict == "conflict" or op_id in lost
        require(answered[op_id]["device"] == station.name, "another device's command", command)
        require(verdict != "rejected" or reason in EXPLAINED, "unexplained refusal", reason, command)
        require(op_id in entries or not must, f"{station.name}: {verdict} {reason} is not parked", command)
        require(op_id not in entries or must or may, f"{station.name}: {verdict} is parked", command)


def _decisions_arrive(station: Station, site: Site) -> None:
    """What a person decided is done once, or is before them again with what they wrote."""
    kept = {(one.conflict.op_id, one.conflict.field): one for one in station.conflicts.decisions()}
    found = site.ask("SELECT op_id, field, take, resolved_by, outcome FROM conflict WHERE resolved_at IS NOT NULL")
    done = {(op_id, field): (take, by, outcome) for op_id, field, take, by, outcome in found}
    for key, (take, text) in station.decided.items():
        if key in kept:
            one = kept[key]
            require(one.trouble or one.is_again, f"{station.name}: a decision was not sent", one)
        elif take is Take.OTHER:
            by_them = (take.value, station.login, orjson.dumps(text).decode())
            require(done.get(key) == by_them, f"{station.name}: a decision was lost", key, text, done.get(key))
        else:
            require(key in done or site.was_restored, f"{station.name}: a decision was lost", key, take)


def _feeds_have_no_gap(site: Site) -> None:
    bounds = site.ask("SELECT scope, head, max(floor, compacted) FROM scope_head")
    numbers = defaultdict(list)
    for scope, seq in site.ask("SELECT scope, seq FROM feed ORDER BY scope, seq"):
        numbers[scope].append(seq)
    for scope, head, bound in bounds:
        above = [seq for seq in numbers[scope] if seq > bound]
        require(above == list(range(bound + 1, head + 1)), f"feed of {scope} from {bound} to {head}", above)


def _sees_what_it_may(station: Station, rows: Sequence[Stored], site: Site) -> None:
    scopes = site.scopes_of(station.login, rows)
    cursors = station.mirror.cursors()
    require(cursors.keys() == scopes, f"{station.name} holds", cursors.keys() ^ scopes)
    heads = dict(site.ask("SELECT scope, head FROM scope_head"))
    for scope, cursor in cursors.items():
        require(cursor.seq == heads.get(scope, 0), f"{station.name}: cursor of {scope}", cursor, heads.get(scope))
    may = {(row.entity, row.id): row for row in rows if row.scopes & scopes}
    held = station.held()
    require(held.keys() <= may.keys(), f"{station.name} still holds", sorted(held.keys() - may.keys()))
    require(held.keys() >= may.keys(), f"{station.name} lacks", sorted(may.keys() - held.keys()))
    for key, row in may.items():
        version, body, tags = held[key]
        require(version == row.version, f"{station.name}: version of", key, version, row.version)
        require(orjson.loads(body) == row.body, f"{station.name}: body of", key)
        require(tags == row.scopes & scopes, f"{station.name}: scopes of", key, tags, row.scopes & scopes)


def _cursor_is_not_ahead(
    name: str, scope: Scope, seq: int, held: Mapping[tuple[str, str], tuple[int, Any, frozenset[Scope]]], site: Site
) -> None:
    latest: dict[tuple[str, str], tuple[int, str]] = {}
    entries = site.ask(f"SELECT seq, entity, row_id, kind FROM feed WHERE scope = '{scope}' ORDER BY seq")  # noqa: S608
    for number, entity, id_, kind in entries:
        latest[entity, id_] = (number, kind)
    for key, (number, kind) in latest.items():
        if number <= seq:
            is_here = key in held and scope in held[key][2]
            require(is_here == (kind == "put"), f"{name}: cursor of {scope} at {seq} is ahead of {number}", kind, key)


# ---- effects --------------------------------------------------------------------------------------------


def _rows_are_what_was_done(
    rows: Sequence[Stored], told: Sequence[Told], changes: Sequence[Change], decided: Sequence[Decided]
) -> None:
    """Every version of every row was made by exactly one thing, and all things together make the row."""
    made: dict[tuple[str, str], dict[int, list[Told | Change]]] = defaultdict(lambda: defaultdict(list))
    erased = set()
    for change in changes:
        made[change.entity, change.id][change.version].append(change)
        if change.body is None:
            erased.add((change.entity, change.id))
    for one in told:
        if one.answer["verdict"] != "rejected":
            made[one.command.entity, one.command.id][one.answer["version"]].append(one)
    by_server = {(row.entity, row.id) for row in rows if promise_law.is_made_by_server(row.entity, row.body)}
    there = {(row.entity, row.id): row for row in rows if (row.entity, row.id) not in by_server}
    require(not erased & there.keys(), "erased and still there", erased & there.keys())
    answers = [row_id for one in told if (row_id := _answered(one, rows)) is not None]
    for key, versions in made.items():
        if key not in erased and key not in by_server:
            require(key in there, "applied, and not there", key)
            mine = [one for one in decided if (one.entity, one.id) == key]
            _replay(there[key], versions, mine, answers.count(key[1]))
    require(there.keys() <= made.keys() | by_server, "rows that nobody made", there.keys() - made.keys())


def _answered(one: Told, rows: Sequence[Stored]) -> str | None:
    """The ticket whose clock a call stops that was about it."""
    command = one.command
    if command.entity != "follow_up" or one.answer["verdict"] == "rejected" or not promise_law.answers(command):
        return None
    about = next((row for row in rows if (row.entity, row.id) == ("follow_up", command.id)), None)
    return None if about is None else about.body["ticket_id"]


def _replay(row: Stored, made: Mapping[int, Sequence[Told | Change]], decided: list[Decided], answers: int = 0) -> None:
    """`answers` is how many calls may have stopped a clock of the row and nothing else."""
    key = (row.entity, row.id)
    body: dict[str, Any] = {}
    devices: dict[str, str] = {}
    for version in range(1, row.version + 1):
        here = list(made.get(version, ()))
        for maker in (*here, *decided):
            after = _after(maker, body, devices, version)
            others = [other for other in here if other is not maker]
            if after is not None and all(_is_void(other, *after) for other in others):
                body, devices = after
                if isinstance(maker, Decided):
                    decided.remove(maker)
                break
        else:
            if answers and all(_is_void(one, body, devices) for one in here):
                answers -= 1
                continue
            raise Broken(f"nothing, or several things, made version {version} of {key}: {here!r} on {body!r}")
    require(max(made) <= row.version, "version", key, row.version, max(made))
    for name, value in body.items():
        if name not in DECIDED or (row.entity, name) == ("follow_up", "due_at"):
            require(row.body[name] == value, "a field", key, name, row.body[name], value)


def _after(
    maker: Told | Change | Decided, body: dict[str, Any], devices: dict[str, str], version: int
) -> tuple[dict[str, Any], dict[str, str]] | None:
    """The row once this has changed it; None if this could not have made the version."""
    if isinstance(maker, Change):
        return dict(maker.body), devices
    if isinstance(maker, Decided):
        is_new = body.get(maker.field) != maker.value
        return ({**body, maker.field: maker.value}, {**devices, maker.field: maker.device}) if is_new else None
    fields = maker.fields
    device = str(maker.answer["device"])
    verdict = maker.answer["verdict"]
    if maker.command.kind is CommandKind.CREATE:
        created = {name: new for name, (_, new) in fields.items()}
        if maker.command.entity == "customer_relation":
            created["is_removed"] = False
        is_first = version == 1 and verdict == "applied"
        return (created, dict.fromkeys(fields, device)) if is_first else None
    if maker.command.kind is CommandKind.APPEND:
        grown = {name: [*(body.get(name) or []), new] for name, (_, new) in fields.items()}
        is_right = verdict == ("applied" if version - 1 <= maker.command.base_version else "merged")
        if promise_law.is_in_vain(maker.command, body):
            return None
        if maker.command.entity == "follow_up":
            return (promise_law.after_attempt({**body, **grown}), devices) if is_right else None
        return ({**body, **grown}, devices) if is_right else None
    taken, clashing = _merged(fields, body, devices, device)
    if not taken or not _is_verdict(maker, clashing, version - 1):
        return None
    return {**body, **taken}, {**devices, **dict.fromkeys(taken, device)}


def _is_void(other: Told | Change, body: dict[str, Any], devices: dict[str, str]) -> bool:
    """Whether this changes nothing of the row as it is, and was answered so."""
    if isinstance(other, Change) or other.command.kind is not CommandKind.UPDATE:
        return isinstance(other, Told) and promise_law.is_in_vain(other.command, body)
    taken, clashing = _merged(other.fields, body, devices, str(other.answer["device"]))
    return not taken and _is_verdict(other, clashing, int(other.answer["version"]))


def _merged(
    fields: Mapping[str, tuple[Any, Any]], body: Mapping[str, Any], devices: Mapping[str, str], device: str
) -> tuple[dict[str, Any], set[str]]:
    """The three-way merge of sync.md 2.4: what is taken, what clashes."""
    taken, clashing = {}, set()
    for name, (old, new) in fields.items():
        now = body.get(name)
        if now == new:
            continue
        if now == old or devices.get(name) == device:
            taken[name] = new
        else:
            clashing.add(name)
    return taken, clashing


def _is_verdict(one: Told, clashing: set[str], seen_version: int) -> bool:
    if clashing:
        told = set(one.answer["changed"]) & set(one.fields)
        return str(one.answer["verdict"]) == "conflict" and told == clashing
    expected = "merged" if seen_version > one.command.base_version else "applied"
    return str(one.answer["verdict"]) == expected


def _decisions(site: Site) -> list[Decided]:
    """In the order they were made; from which device is in the audit trail."""
    acts = site.ask(
        "SELECT subject, field, reason, who, device FROM audit_line WHERE deed = 'conflict_resolved' ORDER BY seq"
    )
    resolved = site.ask(
        "SELECT entity, row_id, field, take, resolved_by, mine, outcome FROM conflict WHERE take != '' "
        "ORDER BY resolved_at"
    )
    waiting = defaultdict(list)
    for entity, id_, field, take, by, mine, outcome in resolved:
        text = mine if take == "mine" else outcome
        waiting[f"{entity}:{id_}", field, take, by].append(None if text is None else orjson.loads(text))
    found = []
    for subject, field, take, by, device in acts:
        if take != "theirs":
            entity, _, id_ = subject.partition(":")
            found.append(Decided(entity, id_, field, waiting[subject, field, take, by].pop(0), device))
    return found


def _clashes_are_kept(told: Sequence[Told], site: Site) -> None:
    kept = defaultdict(list)
    for op_id, field, mine in site.ask("SELECT op_id, field, mine FROM conflict"):
        kept[op_id, field].append(None if mine is None else orjson.loads(mine))
    for one in told:
        clashing = one.answer["changed"].keys() & one.fields.keys() if one.answer["verdict"] == "conflict" else set()
        for field in clashing:
            found = kept.pop((one.command.op_id, field), [])
            require(found == [one.fields[field][1]], "the text of a clash", one.command, field, found)
    require(not kept, "clashes nobody was told of", list(itertools.islice(kept, 3)))
