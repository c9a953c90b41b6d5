"""Questions in words: kinds, banks, how answers are written, what is wrong."""

from PySide6.QtCore import QCoreApplication

from agent_model.question import QuestionFault, QuestionKind, QuestionState, QuestionWrong

translate = QCoreApplication.translate


def kind_word(kind: QuestionKind) -> str:
    match kind:
        case QuestionKind.SINGLE:
            return translate("teaching", "One answer")
        case QuestionKind.MULTIPLE:
            return translate("teaching", "Several answers")
        case QuestionKind.TRUE_FALSE:
            return translate("teaching", "True or false")
        case QuestionKind.ORDER:
            return translate("teaching", "In the right order")
        case QuestionKind.SHORT_TEXT:
            return translate("teaching", "A short text")
        case QuestionKind.SCENARIO:
            return translate("teaching", "A call that is heard")
        case QuestionKind.TASK:
            return translate("teaching", "Done in the practice")


def state_word(state: QuestionState) -> str:
    match state:
        case QuestionState.ACTIVE:
            return translate("teaching", "In use")
        case QuestionState.STALE:
            return translate("teaching", "To be looked at")
        case QuestionState.RETIRED:
            return translate("teaching", "Retired")


def answers_hint(kind: QuestionKind) -> str:
    """How what is right is written."""
    match kind:
        case QuestionKind.SINGLE:
            return translate("teaching", "One answer a line; begin the right one with a star: * Within 3 working days")
        case QuestionKind.MULTIPLE | QuestionKind.SCENARIO:
            return translate("teaching", "One answer a line; begin each right one with a star.")
        case QuestionKind.ORDER:
            return translate("teaching", "One step a line, in the right order; they are mixed for whoever is asked.")
        case QuestionKind.SHORT_TEXT:
            return translate("teaching", "One keyword a line; other words for the same between bars: refund|money back")
        case QuestionKind.TASK:
            return translate("teaching", "One step a line, such as opened:ID, type:fault, filed, answered, held, ended")
        case QuestionKind.TRUE_FALSE:
            return ""


def field_word(field: str) -> str:
    words = {
        "text": translate("teaching", "Question"),
        "topic": translate("teaching", "Topic"),
        "language": translate("teaching", "Language"),
        "options": translate("teaching", "Answers"),
        "right": translate("teaching", "Answers"),
        "points": translate("teaching", "Points"),
        "least": translate("teaching", "Keywords needed (0: all)"),
        "explanation": translate("teaching", "Explanation, shown afterwards"),
        "sources": translate("teaching", "Written from"),
        "call": translate("teaching", "The call"),
        "task": translate("teaching", "What is done"),
    }
    return words.get(field, field)


def explain_question_fault(fault: QuestionFault) -> str:
    field = field_word(fault.field)
    match fault.wrong:
        case QuestionWrong.MISSING if fault.field == "right":
            words = translate("teaching", "{field}: nothing is marked as right.")
        case QuestionWrong.MISSING:
            words = translate("teaching", "{field}: something has to stand here.")
        case QuestionWrong.TOO_LONG:
            words = translate("teaching", "{field}: this is too long.")
        case QuestionWrong.TOO_FEW:
            words = translate("teaching", "{field}: at least two are needed.")
        case QuestionWrong.TOO_MANY if fault.field == "right":
            words = translate("teaching", "{field}: only one may be marked as right.")
        case QuestionWrong.TOO_MANY:
            words = translate("teaching", "{field}: these are too many.")
        case QuestionWrong.REPEATED:
            words = translate("teaching", "{field}: something stands here twice.")
        case QuestionWrong.OUT_OF_BOUNDS:
            words = translate("teaching", "{field}: this number is too small or too large.")
        case _:
            words = translate("teaching", "{field}: this does not fit this kind of question.")
    return words.format(field=field)
