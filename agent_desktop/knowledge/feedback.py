"""What this agent tells of articles, and what others told that this agent may answer."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime

import orjson

from agent_desktop.offline.kept import Kept
from agent_desktop.offline.view import View
from agent_model.agent import Agent, Role
from agent_model.article import Article, ArticleId
from agent_model.article_feedback import (
    LONGEST_QUESTION,
    LONGEST_WORDS,
    ArticleFeedback,
    FeedbackKind,
    FeedbackState,
    FlagReason,
)
from agent_model.body import from_body, to_body
from agent_model.command import CommandKind, FieldChange
from agent_model.secret import mask
from agent_model.wire import Row

ENTITY = "article_feedback"
DRAFTS = "article_feedback"
MISSING = "missing"
"""The key of words about a question that found nothing."""
EDITORS = frozenset({Role.EDITOR, Role.TEAM_LEAD, Role.DUTY_MANAGER, Role.ADMINISTRATOR})
"""Who answers for the whole knowledge base; the server says the same."""
TOLD = "feedback told"
MOST_TOLD = 500
OF_THE_SERVER = frozenset({"owner", "state", "answer", "answered_with", "answered_by", "answered_at"})


class Feedback:
    """Everything is kept before a method returns, and sent with the next round. Methods that write raise DiskFull,
    OutboxDamaged or StoreBusy. Numbers, cards and addresses in words are masked here, and the `names` given."""

    def __init__(
        self, view: View, kept: Kept, agent: Agent, clock: Callable[[], datetime], new_id: Callable[[], str]
    ) -> None:
        self._view = view
        self._kept = kept
        self._agent = agent
        self._clock = clock
        self._new_id = new_id

    def vote(self, article: Article, *, is_helpful: bool, queue: str | None = None) -> None:
        """Takes the place of an earlier vote of this agent on this edition."""
        kind = FeedbackKind.HELPFUL if is_helpful else FeedbackKind.UNHELPFUL
        self._say(self._about(article, kind, queue))

    def flag(
        self,
        article: Article,
        reason: FlagReason,
        words: str = "",
        queue: str | None = None,
        names: Collection[str] = (),
    ) -> None:
        told = mask(words.strip(), names=names)[:LONGEST_WORDS]
        about = self._about(article, FeedbackKind.FLAG, queue)
        self._say(replace(about, reason=reason, words=told), ends_draft=article.id)

    def miss(
        self, question: str, words: str = "", queue: str | None = None, language: str = "", names: Collection[str] = ()
    ) -> None:
        """No article answers the question: whoever writes them is told, and tells this agent when one does."""
        asked = mask(question.strip(), names=names)[:LONGEST_QUESTION]
        told = mask(words.strip(), names=names)[:LONGEST_WORDS]
        missing = ArticleFeedback(self._new_id(), FeedbackKind.MISSING, self._agent.id, self._clock(), question=asked)
        self._say(replace(missing, words=told, queue=queue, language=language), ends_draft=MISSING)

    def vote_on(self, article: Article) -> FeedbackKind | None:
        """What this agent said of this edition; None before they said anything."""
        edition = (article.id, article.updated_at)
        own = (one for one in self._all() if one.is_vote and one.by == self._agent.id)
        votes = [one for one in own if (one.article, one.edition) == edition]
        return max(votes, key=lambda one: (one.at, one.id)).kind if votes else None

    def waiting(self) -> tuple[ArticleFeedback, ...]:
        """Flags and questions that wait for this agent's answer, the oldest first: an editor's are all."""
        is_editor = self._agent.role in EDITORS
        open_ones = (
            one
            for one in self._all()
            if not one.is_vote and one.state is FeedbackState.OPEN and (is_editor or one.owner == self._agent.id)
        )
        return tuple(sorted(open_ones, key=lambda one: (one.at, one.id)))

    def news(self) -> tuple[ArticleFeedback, ...]:
        """What this agent has not been told yet: answers to what they said, flags of articles that are theirs. The
        next call leaves these out."""
        told = self._told()
        news = [one for one in self._all() if _mark(one) not in told and self._is_news(one)]
        if news:
            marks = [*told, *map(_mark, news)][-MOST_TOLD:]
            self._kept.keep(TOLD, orjson.dumps(marks).decode())
        return tuple(sorted(news, key=lambda one: (one.answered_at or one.at, one.id)))

    def answer(self, feedback: ArticleFeedback, state: FeedbackState, words: str, article: str | None = None) -> None:
        """Told back to who said it."""
        wanted = {"state": state.value, "answer": mask(words.strip())[:LONGEST_WORDS], "answered_with": article}
        before = to_body(feedback)
        fields = {name: FieldChange(before[name], new) for name, new in wanted.items() if before[name] != new}
        outbox = self._view.outbox
        outbox.put(ENTITY, feedback.id, CommandKind.UPDATE, fields, self._clock(), base_version=feedback.version)

    def draft(self, key: str) -> str:
        """Words that were begun and not sent: of a flag, by its article; of an answer, by what it answers."""
        kept = self._view.outbox.draft(key, DRAFTS)
        words = None if kept is None else kept.body.get("words")
        return words if isinstance(words, str) else ""

    def keep(self, key: str, words: str) -> None:
        if words:
            self._view.outbox.save_draft(key, {"words": words}, self._clock(), DRAFTS)
        else:
            self._view.outbox.drop_draft(key, DRAFTS)

    def titles(self, ids: Collection[str]) -> dict[str, str]:
        """What articles are called, those that are here."""
        rows = (self._view.row("article", id_) for id_ in ids)
        return {row.id: str(row.body.get("title", "")) for row in rows if row is not None}

    def _is_news(self, one: ArticleFeedback) -> bool:
        me = self._agent.id
        if one.is_vote:
            return False
        if one.state is FeedbackState.OPEN:
            return one.owner == me and one.by != me
        return one.by == me and one.answered_by != me

    def _told(self) -> list[str]:
        try:
            told = orjson.loads(self._kept.read(TOLD) or b"[]")
        except orjson.JSONDecodeError:
            return []
        return [mark for mark in told if isinstance(mark, str)] if isinstance(told, list) else []

    def _about(self, article: Article, kind: FeedbackKind, queue: str | None) -> ArticleFeedback:
        return ArticleFeedback(
            id=self._new_id(),
            kind=kind,
            by=self._agent.id,
            at=self._clock(),
            article=ArticleId(article.id),
            edition=article.updated_at,
            queue=queue,
            language=article.language,
        )

    def _say(self, feedback: ArticleFeedback, ends_draft: str = "") -> None:
        fields = {name: FieldChange(None, new) for name, new in to_body(feedback).items() if name not in OF_THE_SERVER}
        outbox = self._view.outbox
        with outbox.together():
            outbox.put(ENTITY, feedback.id, CommandKind.CREATE, fields, feedback.at)
            if ends_draft:
                outbox.drop_draft(ends_draft, DRAFTS)

    def _all(self) -> list[ArticleFeedback]:
        return [one for one in map(_read, self._view.rows(ENTITY)) if one is not None]


def _mark(one: ArticleFeedback) -> str:
    return f"{one.id} {one.state}"


def _read(row: Row) -> ArticleFeedback | None:
    try:
        return from_body(ArticleFeedback, row.id, row.version, row.body)
    except (KeyError, TypeError, ValueError):
        return None
