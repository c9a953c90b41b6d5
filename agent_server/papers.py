"""Documents as drafts of articles: what is new, what an article says already, and what somebody is writing just now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from agent_model.article import Article
from agent_model.article_draft import TEXT, ArticleDraft, DraftState, faults, guide_of
from agent_model.body import from_body, to_body
from agent_model.desk_policy import SITE
from agent_papers.paper import Gathered, Paper
from agent_papers.pictures import renamed
from agent_server.article_file_rows import rule_of, take_in
from agent_server.article_store import ArticleStore
from agent_server.articles import load_articles
from agent_server.changeset import Changeset
from agent_server.database import Database
from agent_server.row_changes import IMPORTED, Signature
from agent_server.rows import Stored, checked_body, fetch_all

UNWRITTEN = frozenset({DraftState.PUBLISHED, DraftState.EXPIRED, DraftState.WITHDRAWN})
"""States in which nobody is at work on the text."""


@dataclass(frozen=True, slots=True)
class Brought:
    """How many drafts were written, how many documents said what was there already; places of those that were not
    taken because somebody is writing the article, or by which field (`place`, `field`); `ownerless` are those whose
    owner is not here (`place`, `owner`)."""

    written: int = 0
    same: int = 0
    busy: tuple[str, ...] = ()
    unfit: tuple[tuple[str, str], ...] = ()
    ownerless: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class _Count:
    written: int = 0
    same: int = 0
    busy: list[str] = field(default_factory=list)
    unfit: list[tuple[str, str]] = field(default_factory=list)
    ownerless: list[tuple[str, str]] = field(default_factory=list)


async def bring_in(
    database: Database, gathered: Gathered, store: ArticleStore, owner: str | None, now: datetime
) -> Brought:
    """One transaction: all of them become drafts that wait for their author, or none does. Their pictures and files
    are looked through by the server; of those that the company does not allow the words stay. Raises OSError."""
    count = _Count()
    async with database.writing() as connection:
        changes = Changeset(database, connection, Signature(IMPORTED, now))
        await changes.look_at("desk_policy", [SITE])
        kept = await _keep_files(changes, store, gathered.files, owner, now)
        papers = [replace(paper, body=renamed(paper.body, kept)) for paper in gathered.papers]
        ids = [paper.id for paper in papers]
        await changes.load("article_draft", ids)
        await load_articles(changes, ids)
        await _look_at_names(changes, papers)
        for paper in papers:
            _bring_one(changes, paper, owner, now.date(), count)
        await changes.write()
    return Brought(count.written, count.same, tuple(count.busy), tuple(count.unfit), tuple(count.ownerless))


async def _keep_files(
    changes: Changeset, store: ArticleStore, files: Mapping[str, bytes], owner: str | None, now: datetime
) -> dict[str, str | None]:
    rule = rule_of(changes.get("desk_policy", SITE))
    return {id_: await take_in(changes, store, content, rule, owner, now) for id_, content in files.items()}


async def published(database: Database) -> tuple[Article, ...]:
    """What agents read, by category and title."""
    async with database.reading() as connection:
        rows = await fetch_all(connection, "article")
    found = (from_body(Article, row.id, row.version, row.body) for row in rows)
    return tuple(sorted(found, key=lambda one: (one.category, one.title, one.id)))


async def _look_at_names(changes: Changeset, papers: Iterable[Paper]) -> None:
    for entity, names in (
        ("product", {paper.product for paper in papers}),
        ("queue", {paper.queue for paper in papers}),
        ("agent", {paper.owner for paper in papers}),
    ):
        await changes.look_at(entity, [name for name in names if name])


def _bring_one(changes: Changeset, paper: Paper, owner: str | None, today: date, count: _Count) -> None:
    before, live = changes.get("article_draft", paper.id), changes.get("article", paper.id)
    told = _text_of(paper)
    known = before or live
    if known is not None and all(known.body[name] == value for name, value in told.items()):
        count.same += 1
        return
    if before is not None and DraftState(before.body["state"]) not in UNWRITTEN:
        count.busy.append(paper.place)
        return
    if wrong := _unfit(changes, paper, told):
        count.unfit.append((paper.place, wrong))
        return
    if before is None and live is None and paper.owner is not None:
        is_here = changes.get("agent", paper.owner) is not None
        owner = paper.owner if is_here else owner
        count.ownerless += [] if is_here else [(paper.place, paper.owner)]
    body = _draft_of(paper, before, live, owner) | told
    if before is None and live is None:
        body["review_days"] = paper.review_days(today)
    version = 1 if before is None else before.version + 1
    whole = {**body, "state": DraftState.DRAFT.value, "writers": [], "written_in": version, "publish_at": None}
    checked = checked_body("article_draft", paper.id, version, whole)
    changes.put(Stored("article_draft", paper.id, version, checked))
    count.written += 1


def _text_of(paper: Paper) -> dict[str, Any]:
    """What a document decides of a draft; what it does not tell stays."""
    draft = ArticleDraft(
        id=paper.id,
        title=paper.title,
        body=paper.body,
        category=paper.category,
        product=paper.product,
        queue=paper.queue,
        language=paper.language,
        keywords=paper.keywords,
        tiers=paper.tiers,
        regions=paper.regions,
        kind=paper.kind,
        valid_from=paper.valid_from,
        valid_to=paper.valid_to,
    )
    told = to_body(replace(draft, guide=guide_of(draft)))
    return {name: told[name] for name in TEXT if told[name] is not None or name not in ("valid_from", "valid_to")}


def _unfit(changes: Changeset, paper: Paper, told: dict[str, Any]) -> str:
    """The first field that does not do; empty where all do."""
    draft = from_body(ArticleDraft, paper.id, 0, told)
    found = [fault.field for fault in faults(draft)]
    found += [name for name in ("product", "queue") if told[name] and changes.get(name, told[name]) is None]
    return found[0] if found else ""


def _draft_of(paper: Paper, before: Stored | None, live: Stored | None, owner: str | None) -> dict[str, Any]:
    if before is not None:
        return dict(before.body)
    fresh = to_body(ArticleDraft(paper.id, paper.title, "", "", owner=owner, author=owner))
    if live is None:
        return fresh
    said = {name: live.body[name] for name in (*TEXT, "owner")}
    return {
        **fresh,
        **said,
        "is_live": True,
        "based_on": live.body["updated_at"],
        "published_at": live.body["updated_at"],
    }
