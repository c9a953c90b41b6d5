"""Tables of questions in words: what comes of a row, why one is refused, why a table cannot be read."""

from PySide6.QtCore import QCoreApplication

from agent_desktop.teaching.tables import Coming
from agent_desktop.ui.tables.words import why_unread
from agent_desktop.ui.teaching.words import explain_question_fault, field_word
from agent_model.question import QuestionFault, QuestionWrong
from agent_papers.paper import BadPaper
from agent_papers.question_table import RowFault, RowWrong

translate = QCoreApplication.translate


def coming_word(coming: Coming) -> str:
    match coming:
        case Coming.NEW:
            return translate("teaching", "New")
        case Coming.CHANGED:
            return translate("teaching", "Changed by this row")
        case Coming.SAME:
            return translate("teaching", "Here already, the same")
        case Coming.REFUSED:
            return translate("teaching", "Refused")


def explain_row(fault: RowFault) -> str:
    """What is wrong in a row, and what to do."""
    field = _column_word(fault.field)
    match fault.wrong:
        case RowWrong.UNREADABLE:
            words = translate(
                "teaching",
                "The row cannot be read: look for an open quotation mark, merged cells, or a formula without a result.",
            )
        case RowWrong.NO_CHOICE:
            words = translate("teaching", "{field}: “{value}” is not known. The template has the words that are.")
        case RowWrong.NO_NUMBER:
            words = translate("teaching", "{field}: “{value}” is no number.")
        case RowWrong.NO_ID:
            words = translate("teaching", "{field}: “{value}” is no id. Leave it empty for a new question.")
        case RowWrong.TWICE:
            words = translate("teaching", "{field}: row {value} says the same. Take one of them out.")
        case RowWrong.NO_SOURCE:
            words = translate("teaching", "{field}: no article, or several, are called “{value}”. Write its id: kb:ID")
        case RowWrong.NO_CALL:
            words = translate("teaching", "{field}: choose the call here, where it can be heard.")
        case RowWrong.BUSY:
            words = translate("teaching", "You are writing this question. Save or discard it first.")
        case QuestionWrong.NOT_AN_OPTION if fault.value:
            words = translate("teaching", "{field}: there is no option “{value}”.")
        case _:
            return explain_question_fault(QuestionFault(fault.field, QuestionWrong(fault.wrong)))
    return words.format(field=field, value=fault.value)


def explain_table(bad: BadPaper) -> str:
    """Why a table cannot be read as a whole, and what to do."""
    return why_unread(
        bad,
        translate(
            "teaching",
            "It lacks the columns Kind, Question and Right answer. Save the template and look at its headings.",
        ),
        translate("teaching", "It has more than {count} rows. Part it."),
    )


def _column_word(field: str) -> str:
    words = {
        "id": translate("teaching", "ID"),
        "kind": translate("teaching", "Kind"),
        "bank": translate("teaching", "Bank"),
        "state": translate("teaching", "State"),
    }
    return words.get(field) or field_word(field)
