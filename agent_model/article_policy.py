"""What the company has decided about its articles: whether two people are needed, and how often they are read again."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

SITE: Final = "site"
MOST_CATEGORIES: Final = 200
LONGEST_CATEGORY: Final = 60
LONGEST_DAYS: Final = 3_650
MOST_KEPT_MB: Final = 10_000


@dataclass(frozen=True, slots=True)
class CategoryReview:
    """Articles of `category` are read again every so many `days`; 0: never."""

    category: str
    days: int


@dataclass(frozen=True, slots=True)
class ArticlePolicy:
    """With `needs_second` nobody publishes what they wrote. `review_days` is for categories that `by_category` does not
    name; 0: never. Of the files of articles every workstation keeps so many megabytes before anybody asks for them."""

    id: str = SITE
    needs_second: bool = True
    review_days: int = 180
    by_category: tuple[CategoryReview, ...] = ()
    files_kept_mb: int = 200
    changed_by: str | None = None
    changed_at: datetime | None = None
    version: int = 0

    def due(self, category: str, own_days: int | None, read_on: date) -> date | None:
        """When an article that was read on a day is to be read again; `own_days` is what it says itself."""
        days = self.days(category) if own_days is None else own_days
        return read_on + timedelta(days=days) if days else None

    def days(self, category: str) -> int:
        """How often articles of a category are read again; 0: never."""
        return next((one.days for one in self.by_category if one.category == category), self.review_days)


def is_policy(policy: ArticlePolicy) -> bool:
    """Whether it can be kept: every category once, nothing beyond reason."""
    named = [one.category for one in policy.by_category]
    intervals = [policy.review_days, *(one.days for one in policy.by_category)]
    return (
        len(named) <= MOST_CATEGORIES
        and len(set(named)) == len(named)
        and all(name.strip() and len(name) <= LONGEST_CATEGORY for name in named)
        and all(0 <= days <= LONGEST_DAYS for days in intervals)
        and 0 <= policy.files_kept_mb <= MOST_KEPT_MB
    )
