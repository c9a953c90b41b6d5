"""What a search and a suggestion give back: facts to show, no prose."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from agent_model.article import ArticleId, ArticleKind

Range = tuple[int, int]
"""Start and length, counted in characters (code points) of the text they belong to."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the agent limited the search to; an empty set limits nothing. An article for everybody is for every tier
    and region. `is_valid_now` leaves out what does not hold yet or no longer."""

    categories: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()
    queues: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    tiers: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    kinds: frozenset[ArticleKind] = frozenset()
    is_valid_now: bool = True


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
    kind: ArticleKind = ArticleKind.ARTICLE
    product: str | None = None
    is_valid: bool = True
    is_unverified: bool = False


Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Facets:
    """How many articles each choice of a filter would leave of what was found, all other filters kept."""

    categories: Counts = field(default_factory=dict)
    products: Counts = field(default_factory=dict)
    languages: Counts = field(default_factory=dict)
    kinds: Counts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Building:
    """How far the index is that is being made, in articles."""

    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class SearchResult:
    """`total` counts all articles that have any of the words; `did_you_mean` is a whole query to offer. `building`:
    the index wants to be made (`KnowledgeBase.refresh`); until then this is what there is.
    """

    hits: tuple[SearchHit, ...]
    total: int
    did_you_mean: str | None
    took_ms: float
    facets: Facets = field(default_factory=Facets)
    building: Building | None = None


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
class FromCategory:
    """What the agent chose for the ticket, by its name."""

    category: str


@dataclass(frozen=True, slots=True)
class FromPastTicket:
    """The customer asked about this before."""

    subject: str


Reason = FromIvrPath | FromQueue | FromProduct | FromSubject | FromCategory | FromPastTicket


@dataclass(frozen=True, slots=True)
class Suggestion:
    hit: SearchHit
    reason: Reason


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What is known of the call and its customer before anybody types; products by their names or ids, the ticket's
    category by its name. Nothing is suggested that does not hold for the customer's tier and region."""

    ivr_path: tuple[str, ...] = ()
    queue: str | None = None
    products: tuple[str, ...] = ()
    subject: str = ""
    description: str = ""
    category: str = ""
    past_subjects: tuple[str, ...] = ()
    tier: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class IndexHealth:
    articles: int
    segments: int
    size_bytes: int
