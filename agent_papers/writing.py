"""Articles to a folder of Markdown that `reading` makes the same articles of."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from agent_model.article import Article, ArticleKind
from agent_model.moment import to_text
from agent_papers.paper import NO_CATEGORY

_UNFIT: Final = re.compile(r"[^\w.-]+")
_LINK: Final = re.compile(r"\]\(kb:([\w.-]+)\)")
_LONGEST_NAME: Final = 60


def write(articles: Sequence[Article], folder: Path) -> int:
    """Into a folder that is made, or empty; how many files it came to. Raises OSError, and FileExistsError for a folder
    that holds something: nothing is ever written over."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(str(folder))
    names = _names(articles)
    for article in articles:
        place = folder / names[article.id]
        place.parent.mkdir(exist_ok=True)
        place.write_text(_text(article, names), encoding="utf-8", newline="\n")
    return len(articles)


def _names(articles: Iterable[Article]) -> dict[str, str]:
    """A folder for each category, a file named as the article; ids tell apart what has the same name."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for article in articles:
        category = _fit(article.category) or NO_CATEGORY
        name = f"{category}/{_fit(article.title) or _fit(article.id)}"
        if name.casefold() in taken:
            name = f"{name}-{_fit(article.id)}"
        taken.add(name.casefold())
        names[article.id] = f"{name}.md"
    return names


def _fit(text: str) -> str:
    return _UNFIT.sub("-", text)[:_LONGEST_NAME].strip("-.")


def _quoted(value: str) -> str:
    """What begins and ends with a mark keeps it."""
    return f'"{value}"' if value[0] == value[-1] and value[0] in "\"'" else value


def _text(article: Article, names: Mapping[str, str]) -> str:
    facts = {
        "id": article.id,
        "title": article.title,
        "category": article.category,
        "language": article.language,
        "keywords": ", ".join(article.keywords),
        "product": article.product or "",
        "queue": article.queue or "",
        "tiers": ", ".join(article.tiers),
        "regions": ", ".join(article.regions),
        "kind": "" if article.kind is ArticleKind.ARTICLE else article.kind.value,
        "owner": article.owner or "",
        "valid_from": "" if article.valid_from is None else to_text(article.valid_from),
        "valid_to": "" if article.valid_to is None else to_text(article.valid_to),
        "review_due": "" if article.review_due is None else article.review_due.isoformat(),
    }
    head = "\n".join(f"{name}: {_quoted(value)}" for name, value in facts.items() if value)

    def link(found: re.Match[str]) -> str:
        name = names.get(found[1])
        return found[0] if name is None else f"](../{name})"

    return f"---\n{head}\n---\n\n{_LINK.sub(link, article.body).strip()}\n"
