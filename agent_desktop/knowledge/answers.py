"""What of an article goes into a ticket: its text without the marks of Markdown, and of a long one what answers."""

import html
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from agent_model.article import Article

WHOLE_SIGNS: Final = 600
"""An article of up to so many signs goes into a ticket whole; of a longer one a part of about that length does."""
READ_SIGNS: Final = 600
BEGINNING_SIGNS: Final = 130

_FENCE: Final = re.compile(r"[ \t]*(?:```|~~~).*")
_HEADING: Final = re.compile(r"[ \t]{0,3}#{1,6}[ \t]+(.*?)[ \t#]*")
_UNDERLINE: Final = re.compile(r"[ \t]{0,3}(?:=+|-{2,})[ \t]*")
_RULE: Final = re.compile(r"[ \t]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")
_DIVIDER: Final = re.compile(r"[ \t]*(?:\|[ \t]*)?:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*")
_QUOTE: Final = re.compile(r"^[ \t]*(?:>[ \t]?)+")
_BULLET: Final = re.compile(r"^([ \t]*)[*+-][ \t]+(?:\[[ xX]\][ \t]+)?")
_PICTURE: Final = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_FILE: Final = re.compile(r"(!?)\[([^\]]*)\]\(\s*<?kb-file:[^)]*\)")
"""A picture of the article, which no ticket has room for, or another file of it, of which the name stays."""
_LINK: Final = re.compile(r"\[([^\]]*)\]\(\s*<?([^)\s>]*)>?[^)]*\)")
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>")
_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
_STRONG: Final = re.compile(r"(\*\*|__|~~)(?=\S)(.{1,1000}?)(?<=\S)\1")
_SLANTED: Final = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])|(?<!\w)_(?=\S)([^_\n]+?)(?<=\S)_(?!\w)")
_CODE: Final = re.compile(r"(`+)[ ]?(.+?)[ ]?\1")
_ESCAPED: Final = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")
_SENTENCE_END: Final = re.compile(r"[。！？；]|[.!?;](?=\s)")


@dataclass(frozen=True, slots=True)
class _Section:
    heading: str
    text: str

    @property
    def whole(self) -> str:
        return "\n".join(part for part in (self.heading, self.text) if part)


def answer(article: Article, found: Collection[str] = ()) -> str:
    """The text for a ticket. `found` are the words of a search as they stand in the article: of a long one the section
    that has most of them is taken, without any the first."""
    sections = _sections(article.body)
    whole = _together(sections)
    if len(whole) <= WHOLE_SIGNS or not sections:
        return whole or article.title
    wanted = [word.casefold() for word in dict.fromkeys(found)]
    telling = [section for section in sections if section.text] or sections
    best = max(telling, key=lambda section: _hits(section.whole, wanted))
    return best.whole if len(best.whole) <= WHOLE_SIGNS else _part(best, wanted)


def link(article: Article) -> str:
    """Its name for people and its id, which stays when it gets another name."""
    return f"{article.title} (kb:{article.id})"


def beginning(article: Article) -> str:
    """How it begins, on one line."""
    text = " ".join(plain(article.body[:READ_SIGNS]).split())
    return text if len(text) <= BEGINNING_SIGNS else f"{text[:BEGINNING_SIGNS].rstrip()}…"


def as_text(article: Article) -> str:
    """All of it, to be pasted anywhere: title, text, link."""
    return "\n\n".join(part for part in (article.title, plain(article.body), f"kb:{article.id}") if part)


def plain(body: str) -> str:
    """Markdown as a person would have typed it: lists keep their signs, links their addresses."""
    return _together(_sections(body))


def _together(sections: Iterable[_Section]) -> str:
    return "\n\n".join(section.whole for section in sections)


def _hits(text: str, words: Collection[str]) -> int:
    folded = text.casefold()
    return sum(word in folded for word in words)


def _part(section: _Section, words: Collection[str]) -> str:
    """From the paragraph that has most of the words, as many as there is room for; what is too long even alone ends
    with a sentence."""
    paragraphs = section.text.split("\n\n")
    first = max(range(len(paragraphs)), key=lambda n: (_hits(paragraphs[n], words), -n))
    taken = [section.heading] if section.heading and first == 0 else []
    for paragraph in paragraphs[first:]:
        if taken and sum(map(len, taken)) + len(paragraph) > WHOLE_SIGNS:
            break
        taken.append(paragraph)
    if taken == [section.heading]:
        taken.append(paragraphs[first])
    text = "\n".join(taken[:1]) if len(taken) == 1 else _joined(taken, has_heading=taken[0] == section.heading)
    return text if len(text) <= WHOLE_SIGNS else _cut(text)


def _joined(parts: list[str], *, has_heading: bool) -> str:
    return "\n".join((parts[0], "\n\n".join(parts[1:]))) if has_heading else "\n\n".join(parts)


def _cut(text: str) -> str:
    ends = [found.end() for found in _SENTENCE_END.finditer(text, 0, WHOLE_SIGNS)]
    lines = [found.end() for found in re.finditer(r"\n", text[:WHOLE_SIGNS])]
    end = max((*ends, *lines), default=0)
    return text[:end].rstrip() if end > WHOLE_SIGNS // 3 else f"{text[:WHOLE_SIGNS].rstrip()}…"


def _sections(body: str) -> list[_Section]:
    heading, lines = "", list[str]()
    sections: list[_Section] = []
    is_code = False

    def close() -> None:
        text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
        if heading or text.strip():
            sections.append(_Section(heading, text))
        lines.clear()

    for line in body.replace("\r\n", "\n").split("\n"):
        if _FENCE.fullmatch(line):
            is_code = not is_code
        elif is_code:
            lines.append(line)
        elif found := _HEADING.fullmatch(line):
            close()
            heading = _inline(found[1])
        elif _UNDERLINE.fullmatch(line) and lines and lines[-1].strip():
            above = lines.pop()
            close()
            heading = above.strip()
        elif "|" in line and _DIVIDER.fullmatch(line):
            continue
        elif _RULE.fullmatch(line):
            lines.append("")
        else:
            lines.append(_line(line))
    close()
    return sections


def _line(line: str) -> str:
    line = _QUOTE.sub("", line)
    if line.lstrip().startswith("|"):
        line = " | ".join(cell.strip() for cell in line.strip().strip("|").split("|"))
    return _inline(_BULLET.sub(r"\1- ", line)).rstrip()


def _inline(text: str) -> str:
    text = _CODE.sub(r"\2", text)
    text = _FILE.sub(lambda found: "" if found[1] else found[2].strip(), text)
    text = _PICTURE.sub(lambda found: f"[{found[1]}]" if found[1].strip() else "", text)
    text = _LINK.sub(_named, text)
    text = _TAG.sub("", _BREAK.sub("\n", text))
    text = _SLANTED.sub(lambda found: found[1] or found[2], _STRONG.sub(r"\2", text))
    return html.unescape(_ESCAPED.sub(r"\1", text))


def _named(found: re.Match[str]) -> str:
    name, address = found[1].strip(), found[2]
    if not name or name == address:
        return address
    return f"{name} ({address})" if ":" in address else name
