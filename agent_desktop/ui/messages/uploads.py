"""What became of recordings and attachments that the server has not got, in whole sentences."""

from PySide6.QtCore import QCoreApplication

from agent_desktop.sync.uploads import RecordingsWaiting, Trouble

translate = QCoreApplication.translate


def recordings_waiting(waiting: RecordingsWaiting) -> str:
    """For the tip of the sync chip; empty when none wait."""
    if not waiting.count:
        return ""
    return translate("messages", "Files that wait to be sent: {count}.").format(count=waiting.count)


def explain_recordings_staying(waiting: RecordingsWaiting) -> str:
    """Why some stay here, and who can do what about it; empty when nothing is wrong."""
    return " ".join(_explain(why).format(count=count) for why, count in waiting.troubles.items())


def _explain(why: Trouble) -> str:
    match why:
        case Trouble.TOO_LARGE:
            return translate(
                "messages",
                "Files that are too large for the server: {count}. They stay on this computer; tell your "
                "administrator.",
            )
        case Trouble.REFUSED:
            return translate(
                "messages",
                "Files that the server does not take: {count}. They stay on this computer and are offered again "
                "when the program starts; tell your administrator.",
            )
        case Trouble.UNREADABLE:
            return translate(
                "messages",
                "Files on this computer that cannot be read: {count}. They are not sent and not deleted; tell "
                "your administrator.",
            )
        case Trouble.NO_ROOM:
            return translate(
                "messages",
                "The server has no room for files. They stay on this computer until it has; tell your administrator.",
            )
        case Trouble.NOT_PUT_AWAY:
            return translate(
                "messages",
                "A file was sent, but nothing can be written on this computer, so it will be sent again. Make "
                "room on its disk.",
            )
