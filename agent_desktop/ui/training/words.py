"""Words about training: what is next, why it was given, how a question is answered, what a result says."""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from agent_desktop.training.book import Duty, Step
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.widgets.parts import Tone
from agent_model.assignment import AssignedFor, AssignmentState
from agent_model.attempt import Mark, QuizResult
from agent_model.practice import Act, Check
from agent_model.question import FALSE, TRUE, QuestionKind
from agent_model.quiz_paper import PaperQuestion, QuizPaper

translate = QCoreApplication.translate


def title_of(duty: Duty, language: str) -> str:
    return duty.title.in_language(language) or translate("training", "Quiz")


def step_pill(duty: Duty, now: datetime) -> tuple[str, Tone]:
    """What is next, in a word."""
    match duty.step:
        case Step.READ:
            return translate("training", "To read"), _urgency(duty, now)
        case Step.TAKE:
            return translate("training", "To take"), _urgency(duty, now)
        case Step.GO_ON:
            return translate("training", "Begun"), "warn"
        case Step.AWAITED:
            return translate("training", "Handed in"), "neutral"
        case Step.NOT_READY:
            return translate("training", "Not ready"), "neutral"
        case Step.DONE:
            if duty.assignment.state is AssignmentState.FAILED:
                return translate("training", "Failed"), "bad"
            return translate("training", "Passed"), "ok"


def _urgency(duty: Duty, now: datetime) -> Tone:
    return "bad" if duty.assignment.due_at < now else "accent"


def due_words(due_at: datetime, now: datetime, formats: Formats) -> str:
    moment = formats.moment(due_at, now)
    if due_at < now:
        return translate("training", "was due {moment}").format(moment=moment)
    return translate("training", "due {moment}").format(moment=moment)


def why_words(duty: Duty, who: str) -> str:
    """Why it was given, and by whom."""
    match duty.assignment.why:
        case AssignedFor.WEEKLY:
            return translate("training", "Drawn by the rule of every week")
        case AssignedFor.QUALITY:
            return translate("training", "Given by {who} after a review of quality").format(who=who)
        case AssignedFor.SEARCH_GAP:
            return translate("training", "Given by {who}: searches showed that this is asked for").format(who=who)
        case AssignedFor.BY_HAND:
            return translate("training", "Given by {who}").format(who=who)


def paper_words(paper: QuizPaper) -> str:
    """What somebody is in for."""
    parts = [translate("training", "Questions: {count}").format(count=len(paper.questions))]
    if paper.time_limit_s:
        parts.append(translate("training", "time: {minutes} min").format(minutes=paper.time_limit_s // 60))
    parts.append(translate("training", "passed from {mark} of 100").format(mark=paper.pass_mark))
    parts.append(translate("training", "try {nth} of {tries}").format(nth=paper.nth, tries=paper.tries))
    return " · ".join(parts)


def how_words(question: PaperQuestion) -> str:
    """How it is answered."""
    match question.kind:
        case QuestionKind.SINGLE | QuestionKind.TRUE_FALSE:
            return translate("training", "One answer. Its number chooses it.")
        case QuestionKind.MULTIPLE:
            return translate("training", "All that are right. Numbers or Space choose.")
        case QuestionKind.SCENARIO:
            return translate("training", "Hear the call first, then choose all that are right.")
        case QuestionKind.ORDER:
            return translate("training", "Put them in order: Alt+Up and Alt+Down move a line.")
        case QuestionKind.SHORT_TEXT:
            return translate("training", "In a sentence or two. What counts is what must not be missing.")
        case QuestionKind.TASK:
            return translate("training", "Do it below. This is a practice: nothing of it is real.")


def result_words(result: QuizResult) -> tuple[str, Tone]:
    if result.is_passed:
        return translate("training", "Passed"), "ok"
    if result.is_over_time:
        return translate("training", "Over time"), "bad"
    return translate("training", "Not passed"), "bad"


def mark_words(mark: Mark) -> tuple[str, Tone]:
    if not mark.counts:
        return translate("training", "Does not count"), "neutral"
    return (translate("training", "Right"), "ok") if mark.is_right else (translate("training", "Wrong"), "bad")


def answer_words(question: PaperQuestion, answer: tuple[str, ...], titles: Mapping[str, str]) -> str:
    """An answer, or what is right, as it is read; `titles` are of articles, by id."""
    if not answer:
        return translate("training", "no answer")
    texts = {option.key: option.text for option in question.options}
    match question.kind:
        case QuestionKind.TRUE_FALSE:
            return true_false_word(answer[0])
        case QuestionKind.ORDER:
            return " → ".join(texts.get(key, key) for key in answer)
        case QuestionKind.TASK:
            return " → ".join(step_words(step, titles) for step in answer)
        case QuestionKind.SHORT_TEXT:
            return " · ".join(part.replace("|", " / ") for part in answer)
        case _:
            return "; ".join(text for key, text in texts.items() if key in answer)


def true_false_word(key: str) -> str:
    return {TRUE: translate("training", "True"), FALSE: translate("training", "False")}.get(key, key)


def step_words(step: str, titles: Mapping[str, str]) -> str:
    """Something that is done in the practice; an article by its title, where that is known."""
    act, _, value = step.partition(":")
    value = titles.get(value, value) if act == Act.OPENED else value
    words = {
        Act.SEARCHED: translate("training", "search “{value}”"),
        Act.OPENED: translate("training", "open {value}"),
        Act.TYPE: translate("training", "type {value}"),
        Act.CATEGORY: translate("training", "category {value}"),
        Act.PRIORITY: translate("training", "priority {value}"),
        Act.FILED: translate("training", "file the ticket"),
        Act.ANSWERED: translate("training", "answer"),
        Act.HELD: translate("training", "hold"),
        Act.RESUMED: translate("training", "take back"),
        Act.MUTED: translate("training", "mute"),
        Act.UNMUTED: translate("training", "unmute"),
        Act.TRANSFERRED: translate("training", "transfer to {value}"),
        Act.ENDED: translate("training", "hang up"),
    }
    found = next((words[one] for one in Act if one == act), "")
    return found.format(value=value) if found else step


def check_words(check: Check) -> str:
    return {
        Check.FIND_ARTICLE: translate("training", "Practice: search the knowledge base"),
        Check.FILE_TICKET: translate("training", "Practice: a ticket that is filed nowhere"),
        Check.HANDLE_CALL: translate("training", "Practice: a call that does not exist"),
    }[check]
