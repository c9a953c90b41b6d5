"""Why the server did not take what was done in a quiz or a course, as whole sentences."""

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def training_refusal(reason: str) -> str | None:
    """None: it is no refusal of training's."""
    match reason:
        case "training_over":
            return translate(
                "messages", "This training was taken back, or is decided already. Nothing is left for you to do."
            )
        case "already_handed_in":
            return translate("messages", "These answers were handed in before, and the first ones count.")
        case "unknown_paper":
            return translate("messages", "This paper is not there any more. Tell who assigned it.")
        case "read_first":
            return translate("messages", "The articles of the course come before its quiz. Read them, then begin.")
        case _:
            return None
