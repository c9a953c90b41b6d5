"""Announcements: what everybody of an audience is to know, and the receipts of those who read it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from agent_model.agent import SERVING_ROLES, Agent, Role
from agent_model.article import Article, ArticleId, ArticleKind
from agent_model.blank import is_blank
from agent_model.plain_line import is_plain_line

LONGEST_TITLE: Final = 120
LONGEST_BODY: Final = 20_000
MOST_NAMED: Final = 50
LONGEST_SITE: Final = 64
DWELL_S: Final = range(601)
GRACE_MIN: Final = range(1, 481)
MOST_QUESTIONS: Final = 2
CHOICES: Final = range(2, 7)
LONGEST_QUESTION: Final = 300
LONGEST_CHOICE: Final = 200
LONGEST_NAME: Final = 80
_AMONG_ARTICLES: Final = "announcement:"


class Urgency(StrEnum):
    NORMAL = "normal"
    IMPORTANT = "important"
    URGENT = "urgent"


class AnnouncementState(StrEnum):
    """What is being written lies on its author's disk and nowhere else."""

    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Audience:
    """Whoever is of one of the teams, of one of the queues and so on, as far as some are named; where none are:
    everybody. Teams and queues are those who serve customers there."""

    teams: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    sites: tuple[str, ...] = ()

    @property
    def is_everybody(self) -> bool:
        return not (self.teams or self.queues or self.roles or self.sites)

    def has(self, agent: Agent) -> bool:
        if (self.teams or self.queues) and agent.role not in SERVING_ROLES:
            return False
        return (
            (not self.teams or agent.team in self.teams)
            and (not self.queues or any(queue in self.queues for queue in agent.queues))
            and (not self.roles or agent.role in self.roles)
            and (not self.sites or agent.site in self.sites)
        )


EVERYBODY: Final = Audience()


def is_site(name: str) -> bool:
    """Whether a place where people sit can be called so."""
    return not is_blank(name) and len(name) <= LONGEST_SITE and is_plain_line(name)


@dataclass(frozen=True, slots=True)
class CheckQuestion:
    """Something asked after reading. `seal` is that of the right choice: nobody reads it in passing."""

    text: str
    choices: tuple[str, ...]
    seal: str


def seal(announcement_id: str, text: str, choice: str) -> str:
    return hashlib.sha256(f"{announcement_id}\n{text}\n{choice}".encode()).hexdigest()


def is_right(announcement_id: str, question: CheckQuestion, choice: int) -> bool:
    """Whether it is the right one of the choices."""
    if choice not in range(len(question.choices)):
        return False
    return seal(announcement_id, question.text, question.choices[choice]) == question.seal


@dataclass(frozen=True, slots=True)
class Announcement:
    """`body` is Markdown. Where it `must_read`, it is open for `dwell_s` at least, signed with the reader's name where
    it `asks_name`, and every question of the `quiz` is answered rightly. Where it `blocks_ready`, nobody of the
    audience becomes ready before that; who is ready stays so until the next time, or for `grace_min` at most.

    `edition` counts what was published of its text, `read_from` is the first that counts as read. The server says both
    bounds of these, who published it and when, and when its audience was last reminded.
    """

    id: str
    title: str
    body: str
    audience: Audience = EVERYBODY
    urgency: Urgency = Urgency.NORMAL
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    must_read: bool = False
    dwell_s: int = 0
    asks_name: bool = False
    quiz: tuple[CheckQuestion, ...] = ()
    blocks_ready: bool = False
    grace_min: int | None = None
    state: AnnouncementState = AnnouncementState.PUBLISHED
    edition: int = 1
    read_from: int = 1
    author: str = ""
    published_at: datetime | None = None
    reminded_at: datetime | None = None
    changed_by: str | None = None
    changed_at: datetime | None = None
    version: int = 0

    def is_in_force(self, now: datetime) -> bool:
        begun = self.valid_from is None or self.valid_from <= now
        return self.state is AnnouncementState.PUBLISHED and begun and (self.valid_to is None or now < self.valid_to)


@dataclass(frozen=True, slots=True)
class AnnouncementReceipt:
    """That somebody read an edition. The moments are by the workstation's clock, as the server's stood beside it when
    they last met; `received_at` is the server's. `tries` is how often the questions were answered."""

    id: str
    announcement: str
    edition: int
    agent: str
    delivered_at: datetime
    opened_at: datetime
    read_at: datetime
    dwell_s: int = 0
    name: str = ""
    answers: tuple[int, ...] = ()
    tries: int = 0
    received_at: datetime | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class AnnouncementReader:
    """Somebody of the audience with their newest receipt; `edition` 0: there is none."""

    agent: str
    team: str
    edition: int
    delivered_at: datetime | None
    opened_at: datetime | None
    read_at: datetime | None
    received_at: datetime | None
    dwell_s: int
    name: str
    tries: int


@dataclass(frozen=True, slots=True)
class AnnouncementReaders:
    """The board of an announcement: whoever has an edition of `read_from` or above has read it."""

    read_from: int
    readers: tuple[AnnouncementReader, ...]
    version: int = 0


def receipt_id(announcement_id: str, edition: int, agent_id: str) -> str:
    """One for each reader and edition, wherever it was read."""
    return hashlib.sha256(f"{announcement_id}\n{edition}\n{agent_id}".encode()).hexdigest()[:32]


class Unmet(StrEnum):
    """What a reader still owes."""

    DWELL = "dwell"
    NAME = "name"
    ANSWERS = "answers"


def unmet(
    announcement: Announcement, agent: Agent, dwell_s: float, name: str, answers: tuple[int, ...]
) -> Unmet | None:
    """The first thing that is missing before it counts as read."""
    if dwell_s < announcement.dwell_s:
        return Unmet.DWELL
    if announcement.asks_name and not is_signed_by(agent, name):
        return Unmet.NAME
    if len(answers) != len(announcement.quiz):
        return Unmet.ANSWERS
    pairs = zip(announcement.quiz, answers, strict=True)
    return None if all(is_right(announcement.id, *pair) for pair in pairs) else Unmet.ANSWERS


def is_signed_by(agent: Agent, name: str) -> bool:
    """Whether this is the person's name, in either language, however it is spaced."""
    typed = _as_signed(name)
    return len(name) <= LONGEST_NAME and typed != "" and typed in (_as_signed(agent.name.zh), _as_signed(agent.name.en))


def _as_signed(name: str) -> str:
    return "".join(name.split()).casefold()


def as_article_id(announcement_id: str) -> ArticleId:
    """What it is called where it is found among the articles."""
    return ArticleId(_AMONG_ARTICLES + announcement_id)


def announcement_of(article_id: str) -> str:
    """The announcement that is meant; empty for an article."""
    return article_id.removeprefix(_AMONG_ARTICLES) if article_id.startswith(_AMONG_ARTICLES) else ""


def as_article(announcement: Announcement) -> Article | None:
    """As it is found among the articles; None for what is not with the server yet."""
    at = announcement.changed_at or announcement.published_at
    if at is None:
        return None
    is_chinese = any("\u4e00" <= sign <= "\u9fff" for sign in announcement.title + announcement.body)
    queues = announcement.audience.queues
    return Article(
        as_article_id(announcement.id),
        announcement.title,
        announcement.body,
        category="",
        product=None,
        queue=queues[0] if len(queues) == 1 else None,
        language="zh-CN" if is_chinese else "en",
        keywords=(),
        updated_at=at,
        version=announcement.version,
        owner=announcement.author or None,
        valid_from=announcement.valid_from,
        valid_to=announcement.valid_to,
        kind=ArticleKind.ANNOUNCEMENT,
    )


class AnnouncementWrong(StrEnum):
    """Why a field does not do."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    UNSEEN_SIGNS = "unseen_signs"
    OUT_OF_RANGE = "out_of_range"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    CHOICES = "choices"
    """Two to six that differ."""
    NO_RIGHT_CHOICE = "no_right_choice"
    NOT_MUST_READ = "not_must_read"
    """Only what must be read asks for anything, or keeps anybody from being ready."""
    NOT_YOURS = "not_yours"
    """Only the server says these two."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class AnnouncementFault:
    """`field` is that of the announcement (`audience.teams`, `quiz`); `place` which of the questions, from 0."""

    field: str
    wrong: AnnouncementWrong
    place: int | None = None


def faults(announcement: Announcement) -> tuple[AnnouncementFault, ...]:
    """Everything that is wrong with it by itself; empty when it may be published."""
    return (*_text_faults(announcement), *_bound_faults(announcement), *_quiz_faults(announcement))


def _text_faults(one: Announcement) -> Iterator[AnnouncementFault]:
    if is_blank(one.title):
        yield AnnouncementFault("title", AnnouncementWrong.MISSING)
    elif len(one.title) > LONGEST_TITLE:
        yield AnnouncementFault("title", AnnouncementWrong.TOO_LONG)
    elif not is_plain_line(one.title):
        yield AnnouncementFault("title", AnnouncementWrong.UNSEEN_SIGNS)
    if is_blank(one.body):
        yield AnnouncementFault("body", AnnouncementWrong.MISSING)
    elif len(one.body) > LONGEST_BODY:
        yield AnnouncementFault("body", AnnouncementWrong.TOO_LONG)


def _bound_faults(one: Announcement) -> Iterator[AnnouncementFault]:
    audience = one.audience
    for name in ("teams", "queues", "roles", "sites"):
        if len(getattr(audience, name)) > MOST_NAMED:
            yield AnnouncementFault(f"audience.{name}", AnnouncementWrong.TOO_MANY)
    if not all(map(is_site, audience.sites)):
        yield AnnouncementFault("audience.sites", AnnouncementWrong.TOO_LONG)
    if one.valid_from is not None and one.valid_to is not None and one.valid_to <= one.valid_from:
        yield AnnouncementFault("valid_to", AnnouncementWrong.ENDS_BEFORE_IT_BEGINS)
    if one.dwell_s not in DWELL_S:
        yield AnnouncementFault("dwell_s", AnnouncementWrong.OUT_OF_RANGE)
    if one.grace_min is not None and one.grace_min not in GRACE_MIN:
        yield AnnouncementFault("grace_min", AnnouncementWrong.OUT_OF_RANGE)
    if not one.must_read and (one.blocks_ready or one.dwell_s or one.asks_name or one.quiz):
        yield AnnouncementFault("must_read", AnnouncementWrong.NOT_MUST_READ)


def _quiz_faults(one: Announcement) -> Iterator[AnnouncementFault]:
    if len(one.quiz) > MOST_QUESTIONS:
        yield AnnouncementFault("quiz", AnnouncementWrong.TOO_MANY)
    for place, question in enumerate(one.quiz):
        wrong = _wrong_in(one.id, question)
        if wrong is not None:
            yield AnnouncementFault("quiz", wrong, place)


def _wrong_in(announcement_id: str, question: CheckQuestion) -> AnnouncementWrong | None:
    choices = question.choices
    if is_blank(question.text):
        return AnnouncementWrong.MISSING
    if len(question.text) > LONGEST_QUESTION or any(len(choice) > LONGEST_CHOICE for choice in choices):
        return AnnouncementWrong.TOO_LONG
    if len(choices) not in CHOICES or len(set(choices)) != len(choices) or any(map(is_blank, choices)):
        return AnnouncementWrong.CHOICES
    rights = [is_right(announcement_id, question, n) for n in range(len(choices))]
    return None if any(rights) else AnnouncementWrong.NO_RIGHT_CHOICE
