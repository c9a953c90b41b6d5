"""What agents told of articles, put to use: votes into the articles' counts, wishes told once an article answers them.

Counts are folded rarely: each one is a row that goes to every workstation.
"""

import asyncio
import logging
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, select

from agent_model.article_feedback import VOTES, FeedbackKind, FeedbackState
from agent_model.moment import to_text
from agent_model.scope import Scope
from agent_model.search_record import form_of, without_particles
from agent_server.changeset import Changeset
from agent_server.database import Database
from agent_server.rounds import Rounds
from agent_server.row_changes import THE_SERVER, Signature
from agent_server.rows import Stored
from agent_server.tables import article, article_feedback

log = logging.getLogger("agent_server.feedback")

COUNT_EVERY: Final = timedelta(minutes=5)
FOLD_EVERY: Final = timedelta(hours=1)
AT_ONCE: Final = 5
"""Votes by which an article's counts are folded before the hour is over."""
ARTICLES_AT_ONCE: Final = 200
MOST_WISHES: Final = 1000
COVERED: Final = 0.75
"""The share of a question's words that an article's title and keywords must have to answer it."""
_CHINESE: Final = re.compile(r"[^\W\d_a-zA-Z]+")
_NEVER: Final = datetime.min.replace(tzinfo=UTC)


class FeedbackSweep:
    """Any number of processes may run it at once: whoever comes second finds nothing to do."""

    def __init__(
        self,
        database: Database,
        every_s: float,
        moved: Callable[[Mapping[Scope, int]], None],
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._moved = moved
        self._now = now
        self._counted_at, self._folded_at = _NEVER, now()
        self.rounds = Rounds(self.run, every_s, log, "not everything agents told was put to use")

    async def run(self) -> None:
        """What is due of it."""
        await self.answer_wishes()
        now = self._now()
        if now - self._counted_at >= COUNT_EVERY:
            self._counted_at = now
            is_hour_over = now - self._folded_at >= FOLD_EVERY
            await self.fold(1 if is_hour_over else AT_ONCE)
            self._folded_at = now if is_hour_over else self._folded_at

    async def fold(self, least: int) -> int:
        """Write the counts of articles that `least` votes have changed; how many articles these are. An agent counts
        once for an article, by what they said of it last."""
        counts = await self._counts()
        stale = [
            id_
            for id_, (told, folded) in counts.items()
            if sum(abs(one - other) for one, other in zip(told, folded, strict=True)) >= least
        ]
        for start in range(0, len(stale), ARTICLES_AT_ONCE):
            async with self._database.writing() as connection:
                changes = Changeset(self._database, connection, Signature(THE_SERVER, self._now()))
                some = stale[start : start + ARTICLES_AT_ONCE]
                await changes.load("article", some)
                for id_ in some:
                    row, (helpful, unhelpful) = changes.get("article", id_), counts[id_][0]
                    if row is not None and (row.body["helpful"], row.body["unhelpful"]) != (helpful, unhelpful):
                        body = {**row.body, "helpful": helpful, "unhelpful": unhelpful}
                        changes.put(replace(row, version=row.version + 1, body=body))
                heads = await changes.write()
            self._moved(heads)
        return len(stale)

    async def _counts(self) -> dict[str, tuple[tuple[int, int], tuple[int, int]]]:
        """By article: the votes there are, and those that stand in it; of articles where somebody voted."""
        vote = article_feedback.c
        order = func.row_number().over(partition_by=(vote.by, vote.article), order_by=(vote.at.desc(), vote.id.desc()))
        ranked = select(vote.article, vote.kind, order.label("rank")).where(vote.kind.in_(VOTES)).subquery()
        newest = select(ranked.c.article, ranked.c.kind, func.count()).where(ranked.c.rank == 1)
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        async with self._database.reading() as connection:
            for id_, kind, count in await connection.execute(newest.group_by(ranked.c.article, ranked.c.kind)):
                votes[id_][kind] += int(count)
            folded = select(article.c.id, article.c.helpful, article.c.unhelpful)
            standing = {id_: (int(yes), int(no)) for id_, yes, no in await connection.execute(folded)}
        return {
            id_: ((count[FeedbackKind.HELPFUL], count[FeedbackKind.UNHELPFUL]), standing[id_])
            for id_, count in votes.items()
            if id_ in standing
        }

    async def answer_wishes(self) -> int:
        """Tell those who found nothing that an article was published since which answers them; how many were told."""
        wishes = await self._open_wishes()
        found = await self._answers(wishes) if wishes else {}
        if not found:
            return 0
        now = self._now()
        async with self._database.writing() as connection:
            changes = Changeset(self._database, connection, Signature(THE_SERVER, now))
            await changes.load("article_feedback", found)
            for id_, article_id in found.items():
                row = changes.get("article_feedback", id_)
                if row is not None and row.body["state"] == FeedbackState.OPEN:
                    changes.put(_answered(row, article_id, now))
            heads = await changes.write()
        self._moved(heads)
        return len(found)

    async def _open_wishes(self) -> list[tuple[str, str, str]]:
        """(id, question, when it was asked)."""
        wish = article_feedback.c
        is_open = (wish.kind == FeedbackKind.MISSING) & (wish.state == FeedbackState.OPEN)
        query = select(wish.id, wish.question, wish.at).where(is_open).order_by(wish.at.desc()).limit(MOST_WISHES)
        async with self._database.reading() as connection:
            return [(row.id, row.question, row.at) for row in await connection.execute(query)]

    async def _answers(self, wishes: Iterable[tuple[str, str, str]]) -> dict[str, str]:
        """The article for each wish that one answers."""
        now, since = to_text(self._now()), min(at for _, _, at in wishes)
        columns = article.c.id, article.c.title, article.c.keywords, article.c.updated_at
        has_begun = article.c.valid_from.is_(None) | (article.c.valid_from <= now)
        is_valid = has_begun & (article.c.valid_to.is_(None) | (article.c.valid_to > now))
        query = select(*columns).where(article.c.updated_at > since, is_valid).order_by(article.c.updated_at.desc())
        async with self._database.reading() as connection:
            articles = (await connection.execute(query)).all()
        return await asyncio.to_thread(_matched, wishes, articles)


def _matched(wishes: Iterable[tuple[str, str, str]], articles: Sequence[Any]) -> dict[str, str]:
    """The newest of the articles (the newest first) for each wish that one answers."""
    saying: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(articles):
        for word in _words(" ".join((row.title, *row.keywords))):
            saying[word].append(place)
    found = {}
    for id_, question, at in wishes:
        asked = _words(question)
        said = Counter(place for word in asked for place in saying.get(word, ()))
        fitting = (n for n, count in said.items() if count >= COVERED * len(asked) and articles[n].updated_at > at)
        if (first := min(fitting, default=None)) is not None:
            found[id_] = articles[first].id
    return found


def _answered(row: Stored, article_id: str, now: datetime) -> Stored:
    told = {
        "state": FeedbackState.ANSWERED.value,
        "answered_with": article_id,
        "answered_by": THE_SERVER,
        "answered_at": to_text(now),
    }
    return replace(row, version=row.version + 1, body={**row.body, **told})


def _words(text: str) -> frozenset[str]:
    """The words of other writings, and each two signs that stand together in Chinese."""
    plain = without_particles(unicodedata.normalize("NFKC", text).casefold())
    pairs = (run[at : at + 2] for run in _CHINESE.findall(plain) for at in range(max(1, len(run) - 1)))
    return frozenset(pairs) | {word for word in form_of(text).split() if word.isascii()}
