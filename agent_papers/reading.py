"""A document, or a folder of them, to articles: each by its kind, what does not do refused by name, links kept."""

import hashlib
import logging
import os
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from agent_model.article import WRITTEN, ArticleKind
from agent_model.article_file import named_in
from agent_model.guide_text import NotAGuide, whole
from agent_papers import answers, html, markdown, packed, word
from agent_papers.markdown import UNKNOWN
from agent_papers.paper import (
    DEEPEST,
    LARGEST_TEXT,
    LARGEST_UNPACKED,
    LONGEST_BODY,
    MEGABYTE,
    MOST_FILES,
    NO_CATEGORY,
    BadPaper,
    Gathered,
    Paper,
    PaperWrong,
    Refused,
    Told,
    first_of,
    one_line,
    words_of,
)
from agent_papers.pictures import Files, taken_along
from agent_papers.text import read_text

LONGEST_TITLE: Final = 120
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_LINK: Final = re.compile(r"(?<!!)\[([^\]]*)\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
_SHOWN: Final = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_UNSEEN: Final = re.compile(r"[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]")

_READERS: Final[Mapping[str, Callable[[Path, Files], Told]]] = {
    ".md": lambda path, _: markdown.told(read_text(path)),
    ".markdown": lambda path, _: markdown.told(read_text(path)),
    ".txt": lambda path, _: markdown.told(read_text(path)),
    ".html": lambda path, files: html.told(read_text(path), files),
    ".htm": lambda path, files: html.told(read_text(path), files),
    ".docx": word.told,
}
TABLES: Final = (".xlsx",)
PACKED: Final = (".docx", *TABLES)
KINDS: Final = (*_READERS, *TABLES)


def gather(source: Path, language: str = "zh-CN", most: int = LARGEST_UNPACKED) -> Gathered:
    """`source` is a document or a folder; `language` that of documents that do not say. Never raises for what is in a
    document: it is refused, and the others come in. No more than `most` bytes are read of all of them."""
    left = most
    papers: list[Paper] = []
    refused: list[Refused] = []
    files = Files()
    is_folder = source.is_dir()
    try:
        paths = list(_files(source)) if is_folder else [source]
    except BadPaper as error:
        return Gathered(refused=(Refused(source.name, error.wrong, named=error.named),))
    for path in paths:
        place = path.relative_to(source).as_posix() if is_folder else path.name
        place = place.encode("utf-8", "backslashreplace").decode()  # a name in another encoding
        try:
            left -= _weighed(path, left, most)
            if path.suffix.lower() in TABLES:
                for sheet, number, told in answers.told(path):
                    row = f"{place} · {sheet} {number}"
                    try:
                        papers.append(_paper(row, told, language, ArticleKind.STANDARD_ANSWER))
                    except BadPaper as error:
                        refused.append(Refused(row, error.wrong, error.line, error.named))
            elif (read := _READERS.get(path.suffix.lower())) is not None:
                told = read(path, files)
                body = (
                    taken_along(told.body, source, posixpath.dirname(place), KINDS, files) if is_folder else told.body
                )
                papers.append(_paper(place, replace(told, body=body), language, ArticleKind.ARTICLE))
            elif not is_folder:
                raise BadPaper(PaperWrong.UNKNOWN_KIND, named=path.suffix)
        except BadPaper as error:
            refused.append(Refused(place, error.wrong, error.line, error.named))
        except OSError:
            refused.append(Refused(place, PaperWrong.NOT_FOUND))
        except Exception as error:  # noqa: BLE001 - readers of others let through what they like: zlib.error and more
            logging.getLogger(__name__).info("a document was not read: %s", type(error).__name__)
            refused.append(Refused(place, PaperWrong.DAMAGED))
    named = frozenset().union(*(named_in(paper.body) for paper in papers))
    brought = {file_id: content for file_id, content in files.content.items() if file_id in named}
    return Gathered(tuple(_linked(papers)), tuple(refused), brought)


def _weighed(path: Path, left: int, most: int) -> int:
    """How many bytes of text, or of packed parts, are read of a document. Raises BadPaper."""
    too_much = BadPaper(PaperWrong.TOO_MUCH, named=str(most // MEGABYTE))
    if path.suffix.lower() in PACKED:
        try:
            return packed.weigh(path, left)
        except BadPaper as error:
            raise (too_much if error.wrong is PaperWrong.TOO_MUCH else error) from error
    size = path.stat().st_size
    if size > LARGEST_TEXT:
        return 0  # it is refused for itself
    if size > left:
        raise too_much
    return size


def id_of(place: str) -> str:
    """The id of a document that has none of its own."""
    return f"paper-{hashlib.sha256(place.encode()).hexdigest()[:20]}"


def _files(folder: Path) -> Iterator[Path]:
    """Sorted, none that is hidden. Raises BadPaper for more, or deeper ones, than a folder of articles has."""
    count = 0
    for at, folders, names in os.walk(folder, followlinks=False):
        here = Path(at)
        if len(here.relative_to(folder).parts) > DEEPEST:
            raise BadPaper(PaperWrong.TOO_DEEP, named=here.name)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = here / name
            if name.startswith((".", "~$")) or path.suffix.lower() not in KINDS:
                continue
            if path.is_symlink() or not path.is_file():
                continue
            count += 1
            if count > MOST_FILES:
                raise BadPaper(PaperWrong.TOO_MANY_FILES, named=str(MOST_FILES))
            yield path


def _paper(place: str, told: Told, language: str, kind: ArticleKind) -> Paper:
    facts = told.facts
    body, pictures = markdown.without_pictures(_UNSEEN.sub("", told.body))
    if not body.strip():
        raise BadPaper(PaperWrong.EMPTY)
    if len(body) > LONGEST_BODY:
        raise BadPaper(PaperWrong.TOO_LONG, named=str(LONGEST_BODY))
    kind = _kind(facts, kind)
    if kind is ArticleKind.GUIDE:
        _require_guide(body)
    own_id = facts.get("id", "")
    if own_id and _ID.fullmatch(own_id) is None:
        raise _no_value("id", facts)
    name = posixpath.splitext(posixpath.basename(place))[0]
    title = one_line(_UNSEEN.sub("", first_of((facts.get("title", ""), _first_line(body), name))))
    folder = posixpath.dirname(place).rpartition("/")[2]
    return Paper(
        place=place,
        id=own_id or id_of(place),
        title=title[:LONGEST_TITLE],
        body=body,
        category=one_line(facts.get("category", "") or folder.removeprefix(NO_CATEGORY))[:60],
        language=facts.get("language", "")[:16] or language,
        keywords=tuple(word[:60] for word in words_of(facts.get("keywords", "")))[:40],
        product=facts.get("product") or None,
        queue=facts.get("queue") or None,
        tiers=words_of(facts.get("tiers", "")),
        regions=words_of(facts.get("regions", "")),
        kind=kind,
        owner=facts.get("owner") or None,
        valid_from=_moment("valid_from", facts),
        valid_to=_moment("valid_to", facts),
        review_due=_day("review_due", facts),
        pictures_left=pictures,
        passed_over=tuple(name.removeprefix(UNKNOWN)[:60] for name in facts if name.startswith(UNKNOWN)),
    )


def _kind(facts: Mapping[str, str], otherwise: ArticleKind) -> ArticleKind:
    said = facts.get("kind", "")
    if said and said not in WRITTEN:
        raise _no_value("kind", facts)
    return ArticleKind(said) if said else otherwise


def _moment(name: str, facts: Mapping[str, str]) -> datetime | None:
    """With a zone, else on the clock of this machine; a day begins at midnight."""
    try:
        return datetime.fromisoformat(facts[name]).astimezone(UTC) if facts.get(name) else None
    except (ValueError, OverflowError) as error:
        raise _no_value(name, facts) from error


def _day(name: str, facts: Mapping[str, str]) -> date | None:
    try:
        return date.fromisoformat(facts[name]) if facts.get(name) else None
    except ValueError as error:
        raise _no_value(name, facts) from error


def _no_value(name: str, facts: Mapping[str, str]) -> BadPaper:
    return BadPaper(PaperWrong.BAD_VALUE, named=f"{name}: {facts[name][:60]}")


def _require_guide(body: str) -> None:
    try:
        whole(body)
    except NotAGuide as error:
        fault = error.faults[0]
        raise BadPaper(PaperWrong.NOT_A_GUIDE, fault.line, fault.named or fault.wrong.value) from error


def _first_line(body: str) -> str:
    return first_of(_SHOWN.sub(r"\1", line).lstrip("#>*- ") for line in body.split("\n"))


def _linked(papers: list[Paper]) -> Iterator[Paper]:
    """Links between documents of the folder as links between articles; others stay as they are."""
    ids = {paper.place: paper.id for paper in papers}
    for paper in papers:
        here = posixpath.dirname(paper.place)

        def link(found: re.Match[str], here: str = here) -> str:
            address = found[2]
            if _SCHEME.match(address) or address.startswith("#"):
                return found[0]
            place = posixpath.normpath(posixpath.join(here, unquote(address.partition("#")[0])))
            return f"[{found[1]}](kb:{ids[place]})" if place in ids else found[0]

        yield replace(paper, body=_LINK.sub(link, paper.body))
