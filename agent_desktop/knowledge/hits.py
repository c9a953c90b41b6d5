"""What a search and a suggestion give back: facts to show, no prose."""

from dataclasses import dataclass
from datetime import datetime

from agent_model.article import ArticleId

Range = tuple[int, int]
"""Start and length, counted in characters (code points) of the text they belong to."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the agent limited the search to; an empty set limits nothing."""

    categories: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()
    queues: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Preference:
    """What the call is about: such articles rank a little higher, none is left out."""

    language: str | None = None
    queue: str | None = None
    products: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SearchHit:
    article_id: ArticleId
    title: str
    title_highlights: tuple[Range, ...]
    category: str
    language: str
    updated_at: datetime
    snippet: str
    highlights: tuple[Range, ...]
    score: float


@dataclass(frozen=True, slots=True)
class SearchResult:
    """`total` counts all articles that have any of the words; `did_you_mean` is a whole query to offer."""

    hits: tuple[SearchHit, ...]
    total: int
    did_you_mean: str | None
    took_ms: float


@dataclass(frozen=True, slots=True)
class Gone:
    """The article was withdrawn, or this workstation may not see it."""

    article_id: ArticleId


@dataclass(frozen=True, slots=True)
class FromIvrPath:
    """The caller chose these menu entries."""

    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FromQueue:
    queue: str


@dataclass(frozen=True, slots=True)
class FromProduct:
    product: str


@dataclass(frozen=True, slots=True)
class FromSubject:
    """What the agent wrote in the ticket."""

    subject: str


@dataclass(frozen=True, slots=True)
class FromPastTicket:
    """The customer asked about this before."""

    subject: str


Reason = FromIvrPath | FromQueue | FromProduct | FromSubject | FromPastTicket


@dataclass(frozen=True, slots=True)
class Suggestion:
    hit: SearchHit
    reason: Reason


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What is known of the call and its customer before anybody types; products by their names or ids."""

    ivr_path: tuple[str, ...] = ()
    queue: str | None = None
    products: tuple[str, ...] = ()
    subject: str = ""
    description: str = ""
    past_subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexHealth:
    articles: int
    segments: int
    size_bytes: int
