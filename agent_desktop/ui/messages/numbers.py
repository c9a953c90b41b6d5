"""Of numbers that only the server has, in whole sentences: what happened and what to do."""

from PySide6.QtCore import QCoreApplication

from agent_desktop.errors import AskedTooOften, ServerRefused, ServerUnreachable
from agent_desktop.ui.messages.trouble import explain

translate = QCoreApplication.translate
NOT_FOUND = 404


def asking_for(shown: str) -> str:
    return translate("messages", "Asking the server for {number} …").format(number=shown)


def explain_field(error: Exception) -> str:
    """Why a field that is kept back was not told."""
    match error:
        case ServerUnreachable():
            return translate(
                "messages", "Only the server has all of it, and it does not answer. Try again when the server is back."
            )
        case AskedTooOften():
            return translate(
                "messages", "You have looked at much in a short time. Wait {seconds} seconds, then try again."
            ).format(seconds=error.retry_after_s)
        case ServerRefused() if error.status == NOT_FOUND:
            return translate(
                "messages", "The customer has no such entry any more, or is no longer yours. Search again."
            )
        case _:
            return explain(error)


def explain_number(error: Exception) -> str:
    """Why a masked number was not told."""
    match error:
        case ServerUnreachable():
            return translate(
                "messages",
                "Only the server has this number, and it does not answer. Try again when the server is back.",
            )
        case AskedTooOften():
            return translate(
                "messages", "You have asked for many numbers. Wait {seconds} seconds, then try again."
            ).format(seconds=error.retry_after_s)
        case ServerRefused() if error.status == NOT_FOUND:
            return translate(
                "messages", "The customer does not have this number any more, or is no longer yours. Search again."
            )
        case _:
            return explain(error)
