"""HTML to Markdown: its text with headings, lists, tables and links; nothing that runs, loads or looks."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from bs4 import BeautifulSoup
from bs4.element import Comment, Declaration, Doctype, ProcessingInstruction
from markdownify import MarkdownConverter

from agent_model.article_file import SCHEME
from agent_papers.markdown import without_pictures
from agent_papers.paper import BadPaper, PaperWrong, Told, one_line
from agent_papers.pictures import Files, of_data

_TAKEN_OUT: Final = (
    "script", "style", "noscript", "template", "iframe", "object", "embed", "applet", "form", "input", "button",
    "select", "textarea", "svg", "math", "link", "meta", "base", "nav", "audio", "video", "canvas",
)  # fmt: skip
_UNSAID: Final = (Comment, Declaration, Doctype, ProcessingInstruction)
_SCHEME: Final = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SAFE_SCHEMES: Final = frozenset({"http", "https", "mailto", "tel", "kb"})
_FRAGMENT: Final = ("<!--StartFragment", "<!--EndFragment")
"""Between these stands what was copied, in what Windows hands over (CF_HTML)."""
DEEPEST_TAGS: Final = 200
_OPENS: Final = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^<>]*?(/?)>", re.IGNORECASE)
_VOID: Final = frozenset(
    {"br", "hr", "img", "meta", "link", "input", "col", "area", "base", "wbr", "source", "p", "li", "td", "tr", "th"}
)
"""What needs no end, or mostly has none."""


def told(text: str, files: Files) -> Told:
    """Pictures that it holds itself go to `files`. Raises BadPaper for what is nested deeper than any page that people
    write."""
    _require_shallow(text)
    soup = BeautifulSoup(text, "html.parser")
    title = one_line(soup.title.get_text()) if soup.title is not None else ""
    facts = {
        str(meta.get("name")): str(meta.get("content") or "") for meta in soup.find_all("meta") if meta.get("name")
    }
    language = str(soup.html.get("lang") or "") if soup.html is not None else ""
    heading = soup.find("h1")
    if heading is not None and (not title or one_line(heading.get_text()) == title):
        title = one_line(heading.get_text())
        heading.extract()
    known = {"title": title, "language": language, "keywords": facts.get("keywords", "")}
    return Told(_markdown(soup, partial(_held, files)), {name: value for name, value in known.items() if value})


def pasted(text: str, picture: Callable[[str], bytes | None] = lambda _: None) -> tuple[str, dict[str, bytes]]:
    """Of a piece that was copied from a page or a document, and the files it names. A picture that it holds comes
    along, and one whose bytes `picture(address)` has; others leave their words. Raises BadPaper."""
    _require_shallow(text)
    start, end = text.find(_FRAGMENT[0]), text.find(_FRAGMENT[1])
    piece = text[start:end] if 0 <= start < end else text
    files = Files()

    def held(address: str) -> str | None:
        content = picture(address)
        return _held(files, address) if content is None else files.take(content, is_picture=True)

    return without_pictures(_markdown(BeautifulSoup(piece, "html.parser"), held))[0].strip(), files.content


def _held(files: Files, address: str) -> str | None:
    return of_data(address, files)


def _markdown(soup: BeautifulSoup, held: Callable[[str], str | None]) -> str:
    """`held` has the ids of pictures, by their addresses."""
    for name in (*_TAKEN_OUT, "title"):
        for tag in soup.find_all(name):
            tag.decompose()
    for note in soup.find_all(
        string=lambda one: isinstance(one, (Comment, Declaration, Doctype, ProcessingInstruction))
    ):
        note.extract()
    for tag in soup.find_all(name=True):
        keeps = ("href",) if tag.name == "a" else ("src", "alt") if tag.name == "img" else ("colspan",)
        tag.attrs = {name: value for name, value in tag.attrs.items() if name in keeps}
        if tag.name == "img" and (file_id := held(str(tag.get("src") or ""))) is not None:
            tag.attrs["src"] = f"{SCHEME}:{file_id}"
        if tag.name == "a" and not _is_safe(str(tag.get("href") or "")):
            tag.unwrap()
    try:
        made = _Converter(heading_style="ATX", bullets="-", escape_misc=False).convert_soup(soup)
    except RecursionError as error:
        raise BadPaper(PaperWrong.HOSTILE) from error
    return re.sub(r"[ \t]+\n", "\n", re.sub(r"\n{3,}", "\n\n", str(made))).strip() + "\n"


def _is_safe(link: str) -> bool:
    """A link to somewhere, or to another document; nothing that a browser would run."""
    found = _SCHEME.match("".join(sign for sign in link if sign > " "))
    return bool(link.strip()) and (found is None or found[1].lower() in _SAFE_SCHEMES)


def _require_shallow(text: str) -> None:
    if text.count("<") > 2 * text.count(">") + 1_000:  # tags that never end: every one would be looked for to the end
        raise BadPaper(PaperWrong.HOSTILE)
    depth = 0
    for closes, name, is_empty in _OPENS.findall(text):
        if name.lower() in _VOID or is_empty:
            continue
        depth += -1 if closes else 1
        if depth > DEEPEST_TAGS:
            raise BadPaper(PaperWrong.HOSTILE)


class _Converter(MarkdownConverter):
    """Pictures keep their words: whoever reads the article later decides about their files."""

    def convert_img(self, el: Any, text: str, parent_tags: Any) -> str:  # noqa: ARG002 - as markdownify calls it
        return f"![{one_line(str(el.get('alt') or ''))}]({str(el.get('src') or '')[:200].split(' ')[0] or '#'})"
