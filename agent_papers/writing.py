"""Articles to a folder of Markdown that `reading` makes the same articles of."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from agent_model.article import Article, ArticleKind
from agent_model.article_file import ENDINGS, SCHEME, kind_of, named_in
from agent_model.moment import to_text
from agent_papers.paper import NO_CATEGORY

_UNFIT: Final = re.compile(r"[^\w.-]+")
_LINK: Final = re.compile(r"\]\(kb:([\w.-]+)\)")
_FILE: Final = re.compile(rf"\]\(\s*<?{SCHEME}:([0-9a-f]+)>?\s*\)")
FILES: Final = "files"
"""The folder of pictures and other files; articles of a category of this name stand there, too."""
_LONGEST_NAME: Final = 60


def write(articles: Sequence[Article], folder: Path, content: Callable[[str], bytes | None] = lambda _: None) -> int:
    """Into a folder that is made, or empty; how many articles it came to. The pictures and files that they name, and
    whose bytes `content(id)` has, are written beside them. Raises OSError, and FileExistsError for a folder
    that holds something: nothing is ever written over."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(str(folder))
    names = _names(articles)
    files = _write_files(articles, folder, content)
    for article in articles:
        place = folder / names[article.id]
        place.parent.mkdir(exist_ok=True)
        place.write_text(_text(article, names, files), encoding="utf-8", newline="\n")
    return len(articles)


def _write_files(
    articles: Sequence[Article], folder: Path, content: Callable[[str], bytes | None]
) -> Mapping[str, str]:
    """Where each stands, by its id."""
    places: dict[str, str] = {}
    for file_id in sorted(frozenset().union(*(named_in(article.body) for article in articles))):
        found = content(file_id)
        kind = None if found is None else kind_of(found)
        if found is not None and kind is not None:
            places[file_id] = f"{FILES}/{file_id}{ENDINGS[kind]}"
            (folder / FILES).mkdir(exist_ok=True)
            (folder / places[file_id]).write_bytes(found)
    return places


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


def _text(article: Article, names: Mapping[str, str], files: Mapping[str, str]) -> str:
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

    def file(found: re.Match[str]) -> str:
        place = files.get(found[1])
        return found[0] if place is None else f"](../{place})"

    body = _FILE.sub(file, _LINK.sub(link, article.body))
    return f"---\n{head}\n---\n\n{body.strip()}\n"
