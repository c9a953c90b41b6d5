"""Documents in words: what came in, what did not and why, and articles as a page to be printed."""

import html
import re
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QTextDocument

from agent_desktop.knowledge.bringing import Brought
from agent_desktop.ui.articles.words import field_word
from agent_desktop.ui.guides.words import guide_as_read
from agent_model.article import Article, ArticleKind
from agent_papers.paper import Gathered, PaperWrong, Refused

translate = QCoreApplication.translate

MOST_NAMED: Final = 12
_LOADED: Final = re.compile(r"<img[^>]*>|\shref=\"(?!https?:|mailto:|tel:)[^\"]*\"", re.IGNORECASE)
"""What would be looked for, or run."""
_BODY: Final = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL)
_STYLE: Final = (
    "body{font-family:sans-serif;max-width:46em;margin:2em auto;line-height:1.5}article{page-break-after:always}"
)


def brought_words(gathered: Gathered, brought: Brought) -> tuple[str, str]:
    """What came in, and by name what did not."""
    words = translate("articles", "Drafts written: {written}. Nothing new in {same} documents.")
    told = [words.format(written=brought.written, same=brought.same)]
    if pictures := sum(paper.pictures_left for paper in gathered.papers):
        words = translate("articles", "{count} pictures did not come along; their words stand in their place.")
        told.append(words.format(count=pictures))
    if unknown := sorted({name for paper in gathered.papers for name in paper.passed_over}):
        words = translate("articles", "Nobody knows what these tell, they were passed over: {names}.")
        told.append(words.format(names=", ".join(unknown)))
    named = [f"{one.place}: {explain_refused(one)}" for one in gathered.refused]
    ownerless = translate("articles", "its owner {name} is not here; you answer for it.")
    named += [f"{place}: {ownerless.format(name=name)}" for place, name in brought.ownerless]
    busy = translate("articles", "somebody is writing this article. Publish or withdraw that draft first.")
    named += [f"{place}: {busy}" for place in brought.busy]
    unfit = translate("articles", "“{field}” does not do, or is not there in the company.")
    named += [f"{place}: {unfit.format(field=field_word(name))}" for place, name in brought.unfit]
    if len(named) > MOST_NAMED:
        more = translate("articles", "And {count} more.").format(count=len(named) - MOST_NAMED)
        named = [*named[:MOST_NAMED], more]
    return " ".join(told), "\n".join(named)


def explain_refused(refused: Refused) -> str:
    """Why a document did not come in, and what to do."""
    match refused.wrong:
        case PaperWrong.UNKNOWN_KIND:
            return translate("articles", "this is no Markdown, HTML, Word document or workbook.")
        case PaperWrong.TOO_LARGE:
            return translate("articles", "this is too large. Part it.")
        case PaperWrong.TOO_MUCH:
            words = translate("articles", "not read: together these are more than {count} MB. Bring them in by parts.")
            return words.format(count=refused.named)
        case PaperWrong.NOT_TEXT:
            return translate("articles", "this is no text.")
        case PaperWrong.UNKNOWN_ENCODING:
            return translate("articles", "its encoding is unknown. Save it as UTF-8.")
        case PaperWrong.DAMAGED:
            return translate("articles", "it is damaged. Open it in its own program and save it again.")
        case PaperWrong.HOSTILE:
            return translate("articles", "it is built to harm who opens it, and was not read.")
        case PaperWrong.EMPTY:
            return translate("articles", "it says nothing.")
        case PaperWrong.TOO_LONG:
            return translate("articles", "longer than {count} characters. Make several articles of it.").format(
                count=refused.named
            )
        case PaperWrong.NO_COLUMNS:
            return translate("articles", "it has no columns “question” and “answer”. Name them so.")
        case PaperWrong.NOT_A_GUIDE:
            words = translate("articles", "line {line}: the guide has a mistake at “{named}”.")
            return words.format(line=refused.line, named=refused.named)
        case PaperWrong.BAD_FRONT_MATTER:
            words = translate("articles", "line {line}: “{named}” is no “name: value”.")
            return words.format(line=refused.line, named=refused.named)
        case PaperWrong.BAD_VALUE:
            words = translate("articles", "“{named}” in its head cannot be read. Write days as 2026-11-23.")
            return words.format(named=refused.named)
        case PaperWrong.TOO_MANY_FILES:
            return translate("articles", "more than {count} documents. Bring them in by parts.").format(
                count=refused.named
            )
        case PaperWrong.TOO_DEEP:
            return translate("articles", "its folders are nested too deep.")
        case PaperWrong.NOT_FOUND:
            return translate("articles", "it cannot be read.")


def for_printing(articles: Sequence[Article], title: str) -> str:
    """One HTML page of all of them, each on a new sheet; nothing in it is loaded from anywhere."""
    parts = []
    for one in articles:
        about = html.escape(f"{one.category} · kb:{one.id}")
        parts.append(
            f"<article><h1>{html.escape(one.title)}</h1><p><small>{about}</small></p>{_as_html(one)}</article>"
        )
    head = f'<meta charset="utf-8"><title>{html.escape(title)}</title><style>{_STYLE}</style>'
    return f"<!DOCTYPE html><html><head>{head}</head><body>{''.join(parts)}</body></html>"


def _as_html(article: Article) -> str:
    document = QTextDocument()
    document.setMarkdown(
        guide_as_read(article.body) if article.kind is ArticleKind.GUIDE else article.body,
        QTextDocument.MarkdownFeature(QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        | QTextDocument.MarkdownFeature.MarkdownNoHTML,
    )
    found = _BODY.search(document.toHtml())
    return _LOADED.sub("", found[1]) if found is not None else ""
