"""What agents tell of articles, and what the knowledge base lacks, in words."""

from PySide6.QtCore import QCoreApplication

from agent_model.article_feedback import ArticleFeedback, FeedbackKind, FeedbackState, FlagReason
from agent_model.gap import GapKind

translate = QCoreApplication.translate


def reason_word(reason: FlagReason) -> str:
    match reason:
        case FlagReason.WRONG:
            return translate("feedback", "Wrong")
        case FlagReason.OUTDATED:
            return translate("feedback", "Outdated")
        case FlagReason.INCOMPLETE:
            return translate("feedback", "Incomplete")
        case FlagReason.HARD_TO_FIND:
            return translate("feedback", "Hard to find")
        case FlagReason.OTHER:
            return translate("feedback", "Something else")


def kind_word(kind: GapKind) -> str:
    match kind:
        case GapKind.NOTHING_FOUND:
            return translate("feedback", "Nothing found")
        case GapKind.NOT_HELPFUL:
            return translate("feedback", "Of no help")
        case GapKind.ANSWERED_APART:
            return translate("feedback", "Answered differently")


def news_words(one: ArticleFeedback, title: str, answered_with: str, who: str) -> str:
    """What somebody is told: of a flag about their article, or of the answer to what they said."""
    if one.state is FeedbackState.OPEN:
        words = translate("feedback", "{who} flagged your article “{title}”: {reason}. {words}")
        reason = reason_word(one.reason or FlagReason.OTHER)
        return words.format(who=who, title=title, reason=reason, words=one.words).strip()
    if one.answered_with is not None:
        words = translate("feedback", "“{title}” answers what you asked the editors: {question}. {answer}")
        return words.format(title=answered_with, question=one.question or title, answer=one.answer).strip()
    if one.state is FeedbackState.CLOSED:
        words = translate("feedback", "Closed by {who}, what you said of “{title}”: {answer}")
    else:
        words = translate("feedback", "Answered by {who}, what you said of “{title}”: {answer}")
    return words.format(who=who, title=title or one.question, answer=one.answer)


def feedback_title(one: ArticleFeedback, title: str) -> str:
    """A line of the list of what waits for an answer."""
    return one.question if one.kind is FeedbackKind.MISSING else title
