"""Articles in words: why one is suggested, what kind it is, whether it holds and for whom."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication

from agent_desktop.customers import masking
from agent_desktop.knowledge.hits import (
    FromCategory,
    FromIvrPath,
    FromPastTicket,
    FromProduct,
    FromQueue,
    FromSubject,
    Reason,
)
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.strip.party import tier_word
from agent_desktop.ui.widgets.parts import Tone
from agent_model.article import Article, ArticleKind
from agent_model.customer import Tier

translate = QCoreApplication.translate

NAMED: Final = 3


def why(reason: Reason, directory: Directory, *, withholds_products: bool) -> str:
    """`withholds_products` while what the customer has may not be named."""
    match reason:
        case FromIvrPath(path):
            return translate("knowledge", "Chosen in the menu: {path}").format(path=" › ".join(path))
        case FromQueue(queue):
            return translate("knowledge", "Often needed in {queue}").format(queue=directory.queue(queue))
        case FromProduct() if withholds_products:
            return translate("knowledge", "Fits what the customer has")
        case FromProduct(product):
            return translate("knowledge", "The customer has {product}").format(product=directory.product(product))
        case FromSubject():
            return translate("knowledge", "Fits what you write in the ticket")
        case FromCategory(category):
            return translate("knowledge", "Ticket category: {category}").format(category=category)
        case FromPastTicket(subject):
            return translate("knowledge", "Asked before: {subject}").format(subject=masking.text(subject))


def kind_word(kind: ArticleKind) -> str:
    match kind:
        case ArticleKind.ARTICLE:
            return translate("knowledge", "Article")
        case ArticleKind.STANDARD_ANSWER:
            return translate("knowledge", "Standard answer")
        case ArticleKind.GUIDE:
            return translate("knowledge", "Guided script")
        case ArticleKind.ANNOUNCEMENT:
            return translate("knowledge", "Announcement")


def tier_words(tier: str) -> str:
    return tier_word(Tier(tier)) if tier in tuple(Tier) else tier


def language_word(language: str) -> str:
    """In its own words, as in the choice of the program's language."""
    return {"zh": "中文", "en": "English"}.get(language.split("-")[0].lower(), language)


def unverified_word() -> str:
    return translate("knowledge", "Unverified")


def expired_word() -> str:
    return translate("knowledge", "Expired")


def not_valid_word() -> str:
    """Where nobody looked whether it is over or yet to come."""
    return translate("knowledge", "Not valid now")


def not_yet_word() -> str:
    return translate("knowledge", "Not valid yet")


def badges(article: Article, now: datetime, formats: Formats) -> tuple[tuple[str, Tone, str], ...]:
    """(word, tone, what it means) for what is to be known before an article is relied on."""
    today = formats.local_date(now)
    told: list[tuple[str, Tone, str]] = []
    if article.valid_to is not None and article.valid_to <= now:
        means = translate("knowledge", "It held until {day}. Do not tell it to customers any more.")
        told.append((expired_word(), "bad", means.format(day=formats.day(formats.local_date(article.valid_to), today))))
    if article.valid_from is not None and now < article.valid_from:
        means = translate("knowledge", "It holds from {day}.")
        day = formats.day(formats.local_date(article.valid_from), today)
        told.append((not_yet_word(), "warn", means.format(day=day)))
    if article.review_due is not None and article.is_unverified(today):
        means = translate("knowledge", "It should have been read again by {day}. Make sure before you rely on it.")
        told.append((unverified_word(), "warn", means.format(day=formats.day(article.review_due, today))))
    if article.kind is not ArticleKind.ARTICLE:
        told.append((kind_word(article.kind), "vio", ""))
    if whom := (*map(tier_words, article.tiers), *article.regions):
        words = translate("knowledge", "Only {whom}")
        more = " …" if len(whom) > NAMED else ""
        told.append((words.format(whom=", ".join(whom[:NAMED]) + more), "accent", ", ".join(whom)))
    return tuple(told)


def about(article: Article, now: datetime, formats: Formats, directory: Directory) -> str:
    """When it was written, what it belongs to, whose it is and how it helped."""
    day = formats.day(formats.local_date(article.updated_at), formats.local_date(now))
    parts = [translate("knowledge", "Updated {day}").format(day=day), article.category]
    if article.owner is not None:
        parts.append(directory.person(article.owner))
    if asked := article.helpful + article.unhelpful:
        words = translate("knowledge", "helped {helpful} of {asked}")
        parts.append(words.format(helpful=formats.count(article.helpful), asked=formats.count(asked)))
    return " · ".join(part for part in parts if part)
