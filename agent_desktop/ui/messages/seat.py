"""A seat that is locked, wiped or too long without its server, in whole sentences: what happened and what to do."""

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def locked() -> str:
    return translate(
        "messages",
        "This workstation was locked by IT. Calls go on, and what you write is kept. Ask IT to unlock it; then "
        "everything is here again.",
    )


def to_be_wiped(*, is_in_call: bool) -> str:
    if is_in_call:
        return translate(
            "messages",
            "IT has ordered this workstation to be wiped. Your call goes on; when it has ended, what you have written "
            "is sent and everything that is kept here is erased.",
        )
    return translate(
        "messages",
        "IT has ordered this workstation to be wiped. What you have written is being sent; then everything that is "
        "kept here is erased.",
    )


def wiped() -> str:
    return translate(
        "messages",
        "IT had this workstation wiped: nothing is kept here any more. What was not sent yet was sealed for the server "
        "first. Ask IT when you may sign in here again.",
    )


def lease_over(hours: int) -> str:
    return translate(
        "messages",
        "You have been without the server for more than {hours} hours, or this computer's clock was set back. Calls go "
        "on, and what you write is kept. Sign in as soon as the server answers.",
    ).format(hours=hours)


def server_is_back() -> str:
    return translate("messages", "The server answers again. Sign in to see your customers; nothing was lost.")


def lease_ends(hours: int) -> str:
    return translate(
        "messages",
        "The server has been away for long. In about {hours} hours your customers are locked on this computer until "
        "you can sign in again; calls go on.",
    ).format(hours=hours)


def waits_for_keyring() -> str:
    return translate(
        "messages",
        "The keyring of this computer wants to be unlocked: answer it in its own window. Or go on here with your "
        "password, without the keyring.",
    )
