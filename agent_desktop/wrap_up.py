"""Wrapping a call up: what is typed for it, kept on the disk; its dispositions; everything of it saved as one."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from agent_desktop.offline.kept import Kept
from agent_desktop.offline.outbox import Draft
from agent_desktop.offline.pending import State
from agent_desktop.offline.view import View
from agent_model.command import Command, CommandKind, OpId
from agent_model.disposition import Leaf, leaves
from agent_model.organisation import WrapUpCode
from agent_model.type_ahead import Read, rank, spellings

KIND: Final = "wrap_up"
FAVOURITES: Final = "dispositions.favourites"
RECENT: Final = "dispositions.recent"
REMEMBERED: Final = 6
"""Dispositions that were picked last."""
SAID: Final = frozenset({"wrap_up_code", "text"})
"""Fields of a call's line that a wrap-up writes."""
BETWEEN_BRANCHES: Final = " › "


@dataclass(frozen=True, slots=True)
class WrapUpDraft:
    """What is typed for a call so far, but for its ticket, which has a draft of its own under the same `key`. `code` is
    the disposition; `due` says in words when to call back. It takes the place of commands that were refused, by their
    ids in `instead_of`; `refused` is the server's word for why, `queue` the one that brought the call of these."""

    key: str
    customer_id: str | None = None
    note: str = ""
    code: str = ""
    has_ticket: bool = False
    calls_back: bool = False
    due: str = ""
    saved_at: datetime | None = None
    instead_of: tuple[OpId, ...] = ()
    refused: str = ""
    queue: str | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.note.strip() or self.code or self.has_ticket or self.calls_back)


@dataclass(frozen=True, slots=True)
class Disposition:
    """One that can be picked: its name, the branches above it, and all that it may be typed as, in small letters."""

    id: str
    name: str
    branch: str
    short: str
    category: str | None
    calls_back: bool
    queues: tuple[frozenset[str], ...]
    typed_as: tuple[str, ...]
    branch_typed_as: tuple[str, ...]

    def is_for(self, queue: str | None) -> bool:
        """Whether calls of this queue may come to it; None: no queue brought the call."""
        return queue is None or all(not some or queue in some for some in self.queues)


class WrapUps:
    """What writes raises DiskFull, OutboxDamaged or StoreBusy, and then
    keeps what was there before."""

    def __init__(self, view: View, kept: Kept, clock: Callable[[], datetime], read: Read) -> None:
        self._view = view
        self._outbox = view.outbox
        self._kept = kept
        self._clock = clock
        self._read = read

    def save(self, draft: WrapUpDraft) -> WrapUpDraft:
        """The draft as saved, with its moment. An empty one is dropped."""
        if draft.is_empty:
            self._outbox.drop_draft(draft.key, KIND)
            return replace(draft, saved_at=None)
        now = self._clock()
        body = {
            "customer_id": draft.customer_id,
            "note": draft.note,
            "code": draft.code,
            "has_ticket": draft.has_ticket,
            "calls_back": draft.calls_back,
            "due": draft.due,
            "instead_of": draft.instead_of,
            "refused": draft.refused,
            "queue": draft.queue,
        }
        self._outbox.save_draft(draft.key, body, now, KIND)
        return replace(draft, saved_at=now)

    def of(self, key: str) -> WrapUpDraft | None:
        found = self._outbox.draft(key, KIND)
        return None if found is None else _wrap_up_draft(found)

    def all(self) -> tuple[WrapUpDraft, ...]:
        """Every unfinished one, the latest first."""
        return tuple(_wrap_up_draft(draft) for draft in self._outbox.drafts(KIND))

    @contextmanager
    def as_one(self, left: WrapUpDraft) -> Iterator[None]:
        """What the rooms put inside the block is on its way together or, when it fails, not at all; of what was typed
        stays what is `left`."""
        with self._outbox.together():
            yield
            self.save(left)

    def may_take_up(self, command: Command) -> bool:
        """Whether a refused command wrapped up a call whose line is here."""
        is_wrap_up = command.entity == "contact" and command.kind is CommandKind.UPDATE and SAID & command.fields.keys()
        row = self._view.row("contact", command.id) if is_wrap_up else None
        return row is not None and bool(row.body.get("call_ref"))

    def take_up_again(self, op_id: OpId, key_of: Callable[[str], str]) -> WrapUpDraft | None:
        """The refused wrap-up as a draft to mend, over what was begun since, under the key that `key_of` makes of the
        call's reference. The refusal stays until the draft is saved as a wrap-up. None if it was none."""
        entries = self._outbox.entries(State.PARKED, entity="contact")
        entry = next((one for one in entries if one.command.op_id == op_id), None)
        if entry is None or not self.may_take_up(entry.command):
            return None
        row = self._view.row("contact", entry.command.id)
        body = {} if row is None else row.body
        key = key_of(str(body["call_ref"]))
        begun = self.of(key) or WrapUpDraft(key)
        note, code = _written(entry.command)
        draft = replace(
            begun,
            customer_id=begun.customer_id or body.get("customer_id"),
            note=begun.note if note in begun.note else "\n".join(text for text in (begun.note, note) if text.strip()),
            code=begun.code or code,
            instead_of=tuple(dict.fromkeys((*begun.instead_of, op_id))),
            refused=(entry.answer.reason if entry.answer else None) or "unknown",
            queue=body.get("queue"),
        )
        return self.save(draft)

    def settle(self, draft: WrapUpDraft) -> None:
        """It is on its way: what it takes the place of has left the list of refusals."""
        self._outbox.forget(draft.instead_of)

    def dispositions(self, codes: Sequence[WrapUpCode], language: str) -> tuple[Disposition, ...]:
        """As `dispositions_of`."""
        return dispositions_of(codes, language, self._read)

    def favourites(self) -> tuple[str, ...]:
        return self._lines(FAVOURITES)

    def recent(self) -> tuple[str, ...]:
        """The latest first."""
        return self._lines(RECENT)

    def prefer(self, code: str, *, is_favourite: bool) -> tuple[str, ...]:
        """The favourites with this one last, or without it."""
        others = tuple(one for one in self.favourites() if one != code)
        found = (*others, code) if is_favourite else others
        self._kept.keep(FAVOURITES, "\n".join(found))
        return found

    def picked(self, code: str) -> tuple[str, ...]:
        """What was picked last, with this one first."""
        found = (code, *(one for one in self.recent() if one != code))[:REMEMBERED]
        self._kept.keep(RECENT, "\n".join(found))
        return found

    def _lines(self, name: str) -> tuple[str, ...]:
        return tuple(line for line in self._kept.read(name).splitlines() if line)


def dispositions_of(codes: Sequence[WrapUpCode], language: str, read: Read) -> tuple[Disposition, ...]:
    """Those that can be picked, in the order of the tree."""
    return tuple(_disposition(leaf, language, read) for leaf in leaves(codes, None))


def matching(
    offered: Sequence[Disposition], typed: str, favourites: Sequence[str], recent: Sequence[str]
) -> tuple[Disposition, ...]:
    """What was typed may mean these, the likeliest first: by code, by the beginning of a name, by a part of it, by its
    branch; of equals the favourites and what was picked last. With nothing typed these come first, then the tree."""
    text = typed.strip().casefold()
    liked = {id_: n for n, id_ in enumerate(dict.fromkeys((*favourites, *recent)))}
    ranked = [
        (rank, liked.get(one.id, len(liked)), n, one)
        for n, one in enumerate(offered)
        if (rank := _rank(one, text)) is not None
    ]
    return tuple(one for *_, one in sorted(ranked, key=lambda each: each[:3]))


def _rank(one: Disposition, text: str) -> int | None:
    place = rank(text, one.short.casefold(), one.typed_as)
    if place is not None:
        return place
    return 4 if any(text in name for name in one.branch_typed_as) else None


def _disposition(leaf: Leaf, language: str, read: Read) -> Disposition:
    code = leaf.code
    return Disposition(
        id=code.id,
        name=code.name.in_language(language),
        branch=BETWEEN_BRANCHES.join(one.name.in_language(language) for one in leaf.above),
        short=code.short,
        category=code.category,
        calls_back=code.calls_back,
        queues=tuple(frozenset(one.queues) for one in (*leaf.above, code)),
        typed_as=spellings(code.name, read),
        branch_typed_as=tuple(typed for one in leaf.above for typed in spellings(one.name, read)),
    )


def _written(command: Command) -> tuple[str, str]:
    """Note and disposition of a wrap-up; the note without what stood on the line before it."""
    note, code = (command.fields.get(name) for name in ("text", "wrap_up_code"))
    text = "" if note is None else str(note.new or "")
    before = "" if note is None else str(note.old or "")
    return text.removesuffix(f" · {before}") if before else text, "" if code is None else str(code.new or "")


def _wrap_up_draft(draft: Draft) -> WrapUpDraft:
    body = draft.body
    return WrapUpDraft(
        key=draft.key,
        customer_id=body["customer_id"],
        note=body["note"],
        code=body["code"],
        has_ticket=body["has_ticket"],
        calls_back=body["calls_back"],
        due=body["due"],
        saved_at=draft.saved_at,
        instead_of=tuple(OpId(op_id) for op_id in body.get("instead_of", ())),
        refused=body.get("refused", ""),
        queue=body.get("queue"),
    )
