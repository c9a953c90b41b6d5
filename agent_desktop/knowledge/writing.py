"""Articles in the hands of those who write them: listed, drafted on this disk, taken from state to state.

What is written waits in the outbox like everything else: it is kept before anybody is told so, and sent when the server
answers.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from threading import Lock
from typing import Any, Final

from agent_desktop.knowledge.base import Articles
from agent_desktop.offline.view import View
from agent_desktop.offline.whole_rows import WholeRows
from agent_model.agent import Agent
from agent_model.article import Article
from agent_model.article_draft import (
    AT_ONCE,
    TEXT,
    WRITERS,
    ArticleDraft,
    DraftState,
    begun_from,
    faults,
    may_release,
    may_write,
)
from agent_model.article_policy import SITE, ArticlePolicy
from agent_model.body import from_body, to_body
from agent_model.command import Command, CommandKind, FieldChange
from agent_model.row_draft import NotWhole, RowDraft

DRAFT: Final = "article_draft"
SAID_BY_THE_SERVER: Final = frozenset(
    {"author", "writers", "written_in", "reviewer", "published_at", "is_live", "changed_by", "changed_at"}
)
SOON: Final = timedelta(days=14)
"""How long before its day an article's owner is reminded."""
MOST_LISTED: Final = 200


class Kept(StrEnum):
    """Which articles are listed."""

    ALL = "all"
    MINE = "mine"
    REVIEW = "review"
    """Those that wait for a second reader."""
    WRITTEN = "written"
    """Those on which somebody works."""
    DUE = "due"
    """Those that should have been read again, or should be soon."""
    WITHDRAWN = "withdrawn"


class Deed(StrEnum):
    """What may be done with an article by one person now."""

    WRITE = "write"
    SAVE = "save"
    SEND = "send"
    """To a second reader."""
    PUBLISH = "publish"
    SCHEDULE = "schedule"
    RETURN = "return"
    WITHDRAW = "withdraw"
    CHECKED = "checked"


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list. `is_typed`: something of it is only on this disk; `is_waiting`: the server has not heard;
    `is_returned`: a reviewer sent it back."""

    id: str
    title: str
    category: str
    state: DraftState
    is_live: bool
    owner: str | None
    review_due: date | None
    is_typed: bool
    is_waiting: bool
    is_returned: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """`total` is how many there are; no more than MOST_LISTED are told."""

    lines: tuple[Listed, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One article: `now` as everybody's next round will have it, `typed` what is written here and not saved, and `live`
    what agents read (None: nothing)."""

    now: ArticleDraft | None
    typed: RowDraft[ArticleDraft] | None
    live: Article | None
    is_waiting: bool = False

    @property
    def shown(self) -> ArticleDraft | None:
        return self.now if self.typed is None else self.typed.row

    @property
    def is_overtaken(self) -> bool:
        """Whether agents have another text than the one this was begun from."""
        return self.now is not None and self.live is not None and self.now.based_on != self.live.updated_at


@dataclass(frozen=True, slots=True)
class Due:
    """How many articles of a person are to be read again `soon`, how many should have been (`passed`), and how many of
    others wait for a second reader (`reviews`), and of theirs were sent back to them (`returned`)."""

    soon: int = 0
    passed: int = 0
    reviews: int = 0
    returned: int = 0


class ArticleBook(WholeRows[ArticleDraft]):
    """Lists and counts on any lane. Every method that writes raises DiskFull, OutboxDamaged or StoreBusy."""

    def __init__(
        self, view: View, articles: Articles, agent: Agent, clock: Callable[[], datetime], new_id: Callable[[], str]
    ) -> None:
        super().__init__(view, clock, DRAFT, ArticleDraft, faults, SAID_BY_THE_SERVER)
        self._agent = agent
        self._new_id = new_id
        self._articles = articles
        self._known: dict[str, tuple[int, _Head]] = {}
        self._reading = Lock()

    @property
    def is_offered(self) -> bool:
        """Whether this person writes articles."""
        return self._agent.role in WRITERS

    # ---- reading ----------------------------------------------------------------------------------------------

    def listed(self, kept: Kept = Kept.ALL, sought: str = "") -> Found:
        """What is waited for first, then the latest changed."""
        now, words = self._clock(), sought.casefold().split()
        typed = {draft.row.id: _head(draft.row) for draft in self.drafts()}
        rows = (self._read(row.id, row.version, row.body) for row in self._view.rows(DRAFT))
        drafts = {row.id: row for row in rows if row is not None}
        live = self._heads()
        found = []
        for id_ in {**typed, **drafts, **live}:
            line = self._line(id_, typed.get(id_), drafts.get(id_), live.get(id_), now)
            if self._is_kept(line, kept, now) and _has(words, line, typed.get(id_) or live.get(id_)):
                found.append((_rank(line), _changed(drafts.get(id_), live.get(id_)), line))
        found.sort(key=lambda one: one[1], reverse=True)
        found.sort(key=lambda one: one[0])
        return Found(tuple(line for *_, line in found[:MOST_LISTED]), len(found))

    def sheet(self, article_id: str) -> Sheet:
        """None in it: the article is neither written nor read any more."""
        found = self._view.row("article", article_id)
        live = None if found is None else from_body(Article, found.id, found.version, found.body)
        typed = next((one for one in self.drafts() if one.row.id == article_id), None)
        return Sheet(self._now(article_id, live), typed, live, self._view.has_pending(article_id))

    def live(self) -> tuple[Article, ...]:
        """What agents read, by category and title."""
        found = (from_body(Article, row.id, row.version, row.body) for row in self._view.rows("article"))
        return tuple(sorted(found, key=lambda one: (one.category, one.title, one.id)))

    def policy(self) -> ArticlePolicy:
        row = self._view.row("article_policy", SITE)
        return ArticlePolicy() if row is None else from_body(ArticlePolicy, row.id, row.version, row.body)

    def categories(self) -> tuple[str, ...]:
        """Those that articles have by now."""
        return tuple(sorted({head.category for head in self._heads().values()} - {""}))

    def due(self) -> Due:
        """What waits for this person."""
        today = self._clock().date()
        owned = (head.review_due for head in self._heads().values() if head.owner == self._agent.id)
        dates = [due for due in owned if due is not None]
        passed = sum(one < today for one in dates)
        bodies = [row.body for row in self._view.rows(DRAFT)]
        waiting = [one for one in bodies if one.get("state") == DraftState.REVIEW]
        mine = sum(self._agent.id in one.get("writers", ()) for one in waiting)
        returned = sum(
            self._agent.id in one.get("writers", ()) and _is_returned(one.get("state"), one.get("note"))
            for one in bodies
        )
        return Due(sum(one <= today + SOON for one in dates) - passed, passed, len(waiting) - mine, returned)

    def fresh(self) -> ArticleDraft:
        """An article that is yet to be written."""
        return ArticleDraft(
            self._new_id(), "", "", "", owner=self._agent.id, author=self._agent.id, writers=(self._agent.id,)
        )

    def deeds(self, sheet: Sheet, policy: ArticlePolicy) -> frozenset[Deed]:
        """What this person may do with it now."""
        shown = sheet.shown
        if shown is None:
            return frozenset()
        is_ours = may_write(self._agent.role, self._agent.id, shown.author, shown.owner)
        is_typed, is_new = sheet.typed is not None, sheet.now is None
        found = {Deed.WRITE} if is_ours or is_new else set()
        if is_ours and (is_typed or is_new):
            found |= (
                {Deed.SAVE, Deed.SEND} if policy.needs_second else {Deed.SAVE, Deed.SEND, Deed.PUBLISH, Deed.SCHEDULE}
            )
        if sheet.now is None or is_typed:
            return frozenset(found)
        return frozenset(found | self._of_saved(sheet, sheet.now, policy, is_ours=is_ours))

    def _of_saved(self, sheet: Sheet, now: ArticleDraft, policy: ArticlePolicy, *, is_ours: bool) -> set[Deed]:
        found = set()
        was_read = now.state in (DraftState.REVIEW, DraftState.SCHEDULED)
        if is_ours and now.state in (DraftState.DRAFT, DraftState.WITHDRAWN):
            found.add(Deed.SEND)
        if is_ours and now.state is not DraftState.WITHDRAWN:
            found.add(Deed.WITHDRAW)
        if is_ours and sheet.live is not None:
            found.add(Deed.CHECKED)
        if was_read:
            found.add(Deed.RETURN)
        writers = {*now.writers, self._agent.id} if sheet.is_waiting else now.writers
        known = replace(now, writers=tuple(writers))
        is_open = was_read or (is_ours and now.state is DraftState.DRAFT)
        if is_open and not sheet.is_overtaken and may_release(known, self._agent.id, needs_second=policy.needs_second):
            found |= {Deed.PUBLISH, Deed.SCHEDULE}
        return found

    def _said(self, row: ArticleDraft) -> dict[str, Any]:
        return {name: value for name, value in to_body(row).items() if name not in self._of_the_server}

    # ---- writing ----------------------------------------------------------------------------------------------

    def bring(self, draft: RowDraft[ArticleDraft], state: DraftState, **also: Any) -> Command | None:
        """What is written here, in another state. Raises NotWhole."""
        wanted, seen = replace(draft.row, state=state, **also), draft.seen
        if found := faults(wanted):
            raise NotWhole(found)
        if seen is not None and seen.state is state and not is_same_text(wanted, seen):
            written = replace(wanted, state=DraftState.DRAFT)  # a state that it has by now is not taken anew
            self.save(RowDraft(written, seen))
            seen = replace(written, version=seen.version)
        return self.save(RowDraft(wanted, seen))

    def keep_as_draft(self, draft: RowDraft[ArticleDraft]) -> Command | None:
        """What is written here, for the others who write; agents keep what they have. Raises NotWhole."""
        return self.bring(draft, DraftState.DRAFT)

    def check(self, draft: ArticleDraft) -> Command | None:
        """Somebody has read it and it is still right."""
        return self.save(RowDraft(replace(draft, checked_at=self._clock()), draft))

    def rebase(self, sheet: Sheet) -> None:
        """The text was compared with what agents have by now, and is to come after that."""
        if sheet.shown is not None and sheet.live is not None:
            self.save(RowDraft(replace(sheet.shown, based_on=sheet.live.updated_at), sheet.now))

    def _send(self, draft: RowDraft[ArticleDraft]) -> Command | None:
        """An article that came here from elsewhere is taken up first as it stands."""
        row, outbox = draft.row, self._view.outbox
        if self._view.row(DRAFT, row.id) is None and (live := self._view.row("article", row.id)) is not None:
            begun = begun_from(from_body(Article, live.id, live.version, live.body))
            was, wanted = self._said(begun), self._said(row)
            changed = {name: FieldChange(was[name], new) for name, new in wanted.items() if new != was[name]}
            if not changed:
                return None
            taken_up = {name: FieldChange(None, value) for name, value in was.items()}
            with outbox.together():
                first = outbox.put(DRAFT, row.id, CommandKind.CREATE, taken_up, self._clock())
                return outbox.put(DRAFT, row.id, CommandKind.UPDATE, changed, self._clock(), depends_on=first.op_id)
        return super()._send(draft)

    def _now(self, article_id: str, live: Article | None) -> ArticleDraft | None:
        row = self._view.row(DRAFT, article_id)
        draft = None if row is None else self._read(row.id, row.version, row.body)
        if live is None:
            return draft
        if draft is None:
            return begun_from(live)
        is_back = draft.state is DraftState.WITHDRAWN and not self._view.has_pending(article_id)
        return replace(draft, state=DraftState.PUBLISHED, is_live=True) if is_back else draft

    def _heads(self) -> "Mapping[str, _Head]":
        """Of every article that agents have; only those that changed are read again."""
        with self._reading:
            versions = self._articles.versions()
            stale = [id_ for id_, version in versions.items() if self._known.get(id_, _NEVER)[0] != version]
            for article in self._articles.fetch(stale):
                self._known[article.id] = (article.version, _head(article, article.updated_at, article.review_due))
            for id_ in self._known.keys() - versions.keys():
                del self._known[id_]
            return {id_: head for id_, (_, head) in self._known.items()}

    def _line(
        self, id_: str, typed: "_Head | None", draft: ArticleDraft | None, live: "_Head | None", now: datetime
    ) -> Listed:
        is_back = draft is not None and draft.state is DraftState.WITHDRAWN and live is not None
        if draft is not None and not is_back:
            state = draft.state
        else:
            state = DraftState.DRAFT if live is None else DraftState.PUBLISHED
        if state is DraftState.PUBLISHED and live is not None and live.valid_to is not None and live.valid_to <= now:
            state = DraftState.EXPIRED
        shown = typed or (None if draft is None else _head(draft)) or live or _head(self.fresh())
        return Listed(
            id_,
            shown.title,
            shown.category,
            state,
            is_live=live is not None,
            owner=shown.owner,
            review_due=None if live is None else live.review_due,
            is_typed=typed is not None,
            is_waiting=self._view.has_pending(id_),
            is_returned=draft is not None and _is_returned(draft.state, draft.note),
        )

    def _is_kept(self, line: Listed, kept: Kept, now: datetime) -> bool:
        match kept:
            case Kept.ALL:
                return line.state is not DraftState.WITHDRAWN
            case Kept.MINE:
                return line.owner == self._agent.id and line.state is not DraftState.WITHDRAWN
            case Kept.REVIEW:
                return line.state is DraftState.REVIEW
            case Kept.WRITTEN:
                return line.is_typed or line.state in (DraftState.DRAFT, DraftState.REVIEW, DraftState.SCHEDULED)
            case Kept.DUE:
                return line.review_due is not None and line.review_due <= now.date() + SOON
            case Kept.WITHDRAWN:
                return line.state is DraftState.WITHDRAWN


def is_same_text(one: ArticleDraft, other: ArticleDraft) -> bool:
    """Whether nothing was written between the two."""
    return all(getattr(one, name) == getattr(other, name) for name in (*TEXT, *AT_ONCE))


@dataclass(frozen=True, slots=True)
class _Head:
    """What the list needs of an article: its text is not kept twice."""

    title: str
    category: str
    keywords: tuple[str, ...]
    owner: str | None
    valid_to: datetime | None
    updated_at: datetime | None = None
    review_due: date | None = None


_NEVER: Final = (-1,)


def _head(of: Article | ArticleDraft, updated_at: datetime | None = None, review_due: date | None = None) -> _Head:
    return _Head(of.title, of.category, of.keywords, of.owner, of.valid_to, updated_at, review_due)


def _is_returned(state: str | None, note: str | None) -> bool:
    return state == DraftState.DRAFT and bool(note)


def _has(words: Sequence[str], line: Listed, head: _Head | None) -> bool:
    if not words:
        return True
    said = " ".join([line.id, line.title, line.category, *(() if head is None else head.keywords)]).casefold()
    return all(word in said for word in words)


def _rank(line: Listed) -> int:
    """What somebody works on stands before what is finished."""
    if line.is_typed or line.state is DraftState.REVIEW:
        return 0
    return 1 if line.state in (DraftState.DRAFT, DraftState.SCHEDULED) else 2


def _changed(draft: ArticleDraft | None, live: _Head | None) -> datetime:
    at = (None if draft is None else draft.changed_at) or (None if live is None else live.updated_at)
    return at or datetime.max.replace(tzinfo=UTC)
