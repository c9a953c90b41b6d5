"""Articles that are written, in words: their states, what is due, what is wrong with one."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from agent_desktop.knowledge.writing import Kept, Listed, Sheet
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.guides.words import explain_guide_fault
from agent_desktop.ui.widgets.parts import Tone
from agent_desktop.ui.widgets.rows import Row
from agent_model.article import ArticleKind
from agent_model.article_draft import (
    LONGEST_BODY,
    LONGEST_INTERVAL,
    LONGEST_NOTE,
    LONGEST_TITLE,
    LONGEST_WORD,
    MOST_WORDS,
    DraftFault,
    DraftState,
    DraftWrong,
)
from agent_model.article_file import MOST_FILES
from agent_model.customer import Tier

translate = QCoreApplication.translate

_LONGEST = {"title": LONGEST_TITLE, "body": LONGEST_BODY, "note": LONGEST_NOTE}


def state_word(state: DraftState) -> tuple[str, Tone]:
    match state:
        case DraftState.DRAFT:
            return translate("articles", "Draft"), "neutral"
        case DraftState.REVIEW:
            return translate("articles", "Waits for review"), "warn"
        case DraftState.SCHEDULED:
            return translate("articles", "Scheduled"), "accent"
        case DraftState.PUBLISHED:
            return translate("articles", "Published"), "ok"
        case DraftState.EXPIRED:
            return translate("articles", "Expired"), "bad"
        case DraftState.WITHDRAWN:
            return translate("articles", "Withdrawn"), "neutral"


def kept_word(kept: Kept) -> str:
    match kept:
        case Kept.ALL:
            return translate("articles", "All articles")
        case Kept.MINE:
            return translate("articles", "Mine")
        case Kept.REVIEW:
            return translate("articles", "Waiting for review")
        case Kept.WRITTEN:
            return translate("articles", "Being written")
        case Kept.DUE:
            return translate("articles", "To be read again")
        case Kept.WITHDRAWN:
            return translate("articles", "Withdrawn")


def kind_word(kind: ArticleKind) -> str:
    match kind:
        case ArticleKind.ARTICLE:
            return translate("articles", "Article")
        case ArticleKind.STANDARD_ANSWER:
            return translate("articles", "Standard answer")
        case ArticleKind.GUIDE:
            return translate("articles", "Guided script")
        case ArticleKind.ANNOUNCEMENT:
            return translate("articles", "Announcement")


def tier_word(tier: Tier) -> str:
    match tier:
        case Tier.STANDARD:
            return translate("articles", "Standard customers")
        case Tier.SILVER:
            return translate("articles", "Silver")
        case Tier.GOLD:
            return translate("articles", "Gold")
        case Tier.DIAMOND:
            return translate("articles", "Diamond")


def field_word(name: str) -> str:
    words = {
        "title": translate("articles", "Title"),
        "body": translate("articles", "Text"),
        "category": translate("articles", "Category"),
        "product": translate("articles", "Product"),
        "queue": translate("articles", "Queue"),
        "language": translate("articles", "Language"),
        "kind": translate("articles", "Kind"),
        "keywords": translate("articles", "Keywords"),
        "tiers": translate("articles", "Customer tiers"),
        "regions": translate("articles", "Regions"),
        "valid_from": translate("articles", "Holds from"),
        "valid_to": translate("articles", "Holds until"),
        "owner": translate("articles", "Owner"),
        "review_days": translate("articles", "Read again after days"),
        "publish_at": translate("articles", "Publish at"),
        "note": translate("articles", "Note"),
    }
    return words.get(name, name)


def explain_fault(fault: DraftFault) -> str:
    """Which field, and what to do about it."""
    return f"{field_word(fault.field)}: {_why(fault)}"


def _why(fault: DraftFault) -> str:
    match fault.wrong:
        case DraftWrong.MISSING:
            return translate("articles", "write it.")
        case DraftWrong.TOO_LONG:
            most = _LONGEST.get(fault.field, LONGEST_WORD)
            return translate("articles", "at most {count} characters.").format(count=most)
        case DraftWrong.TOO_MANY:
            if fault.field == "body":
                return translate("articles", "it names more than {count} files.").format(count=MOST_FILES)
            return translate("articles", "at most {count} of them.").format(count=MOST_WORDS)
        case DraftWrong.UNSEEN:
            return translate("articles", "it holds signs that nobody can see. Type it again.")
        case DraftWrong.UNKNOWN:
            return translate("articles", "this is not there any more. Choose again.")
        case DraftWrong.OUT_OF_RANGE:
            words = translate("articles", "a number from 1 to {most}, or nothing for the company's rule.")
            return words.format(most=LONGEST_INTERVAL)
        case DraftWrong.OVER_BEFORE_IT_BEGINS:
            return translate("articles", "this is before it begins to hold.")
        case DraftWrong.NOT_A_GUIDE:
            return "" if fault.guide is None else explain_guide_fault(fault.guide)


def when_fault(field: str) -> str:
    """A moment that nobody can read."""
    words = translate("articles", "{field}: write a day such as 2026-12-01, or with the time: 2026-12-01 09:00.")
    return words.format(field=field_word(field))


def listed_row(line: Listed, names: Directory, formats: Formats, today: date) -> Row:
    """A line of the list: what it is, whose, and what is due."""
    state, tone = state_word(line.state)
    parts = [state]
    if line.is_typed:
        parts.append(translate("articles", "not saved"))
    elif line.is_waiting:
        parts.append(translate("articles", "waits for the server"))
    if line.is_returned:
        parts.append(translate("articles", "sent back"))
    if line.is_live and line.state is not DraftState.PUBLISHED and line.state is not DraftState.EXPIRED:
        parts.append(translate("articles", "agents have an earlier text"))
    parts += [part for part in (line.category, names.person(line.owner) if line.owner else "") if part]
    is_over = line.review_due is not None and line.review_due < today
    due = "" if line.review_due is None else formats.day(line.review_due, today)
    return Row(
        line.title or translate("articles", "New article"),
        " · ".join(parts),
        icon="pencil" if line.is_typed else _ICONS[line.state],
        icon_token=_INKS[tone],
        at_right=translate("articles", "Unverified") if is_over else due,
        right_token="warn" if is_over else "muted",
    )


_ICONS = {
    DraftState.DRAFT: "note",
    DraftState.REVIEW: "eye",
    DraftState.SCHEDULED: "clock",
    DraftState.PUBLISHED: "check-circle",
    DraftState.EXPIRED: "timer",
    DraftState.WITHDRAWN: "x-circle",
}
_INKS = {"neutral": "muted", "warn": "warn", "accent": "accent_text", "ok": "ok", "bad": "bad"}


def about_words(sheet: Sheet, names: Directory, formats: Formats, today: date) -> str:
    """Beneath the title: who wrote and published it, and when it is read again."""
    parts, now = [], sheet.now
    if now is not None and now.writers:
        people = ", ".join(names.person(one) for one in now.writers)
        parts.append(translate("articles", "Written by {people}").format(people=people))
    if now is not None and now.reviewer is not None and now.published_at is not None:
        on = formats.day(formats.local_date(now.published_at), today)
        words = translate("articles", "published by {name} on {day}")
        parts.append(words.format(name=names.person(now.reviewer), day=on))
    if now is not None and now.state is DraftState.SCHEDULED and now.publish_at is not None:
        at = formats.written(now.publish_at)
        parts.append(translate("articles", "is published by itself at {moment}").format(moment=at))
    if sheet.live is not None and sheet.live.review_due is not None:
        on = formats.day(sheet.live.review_due, today)
        is_over = sheet.live.review_due < today
        words = (
            translate("articles", "should have been read again by {day}")
            if is_over
            else translate("articles", "is read again by {day}")
        )
        parts.append(words.format(day=on))
    if sheet.is_waiting:
        parts.append(translate("articles", "kept here, sent when the server is back"))
    return " · ".join(parts)
