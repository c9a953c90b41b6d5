"""Of what IT has decided for this workstation, in whole sentences: who says it, and what of it does not count."""

from PySide6.QtCore import QCoreApplication

from agent_desktop.policy.schema import Wrong
from agent_desktop.policy.written import Rank, Refused, Source

translate = QCoreApplication.translate


def who_says(source: Source) -> str:
    match source.rank:
        case Rank.MACHINE:
            return translate("messages", "Set by your organisation")
        case Rank.USER:
            return translate("messages", "Set by your organisation for this person")
        case Rank.SERVER:
            return translate("messages", "Set by your organisation's server")
        case Rank.PERSON:
            return translate("messages", "Chosen by the person")
        case Rank.RECOMMENDED:
            return translate("messages", "Recommended by your organisation")
        case Rank.SEED:
            return translate("messages", "Said at installation")
        case Rank.BUILT_IN:
            return translate("messages", "Built in")


def locked_by(source: Source) -> str:
    """Beside what cannot be changed."""
    return f"{who_says(source)}\n{source.where}"


def not_yours_to_change(source: Source) -> str:
    return translate(
        "messages",
        "Your organisation has set this ({where}). It stays as it is; ask your IT to change it.",
    ).format(where=source.where)


def decided_meanwhile(*, waits: bool) -> str:
    """`waits`: some of it counts only when the program starts again."""
    if waits:
        return translate(
            "messages",
            "Your organisation has changed settings of this workstation. Some of them count when you start the program "
            "again; do that when it suits you.",
        )
    return translate("messages", "Your organisation has changed settings of this workstation.")


def explain_refused(refused: Refused) -> str:
    """What happened, and what somebody of IT can do."""
    match refused.wrong:
        case Wrong.UNKNOWN:
            words = translate("messages", "This version knows no such key. Look for it in docs/it/policy.md.")
        case Wrong.TYPE:
            words = translate("messages", "The value has another type than the key. It is ignored; write it again.")
        case Wrong.VALUE:
            words = translate("messages", "The value is not one of those that the key takes. It is ignored.")
        case Wrong.PERSONAL:
            words = translate("messages", "This is the person's own choice. No policy decides it; take it out.")
        case Wrong.RESERVED:
            words = translate("messages", "Only policy decides this, not the person. What stands here is ignored.")
        case Wrong.LOCAL:
            words = translate("messages", "No server decides this, for it says whom this workstation trusts.")
        case Wrong.NOT_ALLOWED:
            words = translate("messages", "Policy does not let the server set this (provisioning.allowed).")
        case Wrong.OTHER_KEY:
            words = translate(
                "messages",
                "What the server sets is signed by another key than before, so it does not count. If the server was "
                "set up anew, name its key in the policy (provisioning.key); else look into it at once.",
            )
        case Wrong.FORGED:
            words = translate("messages", "What the server sets is not signed by its key. Nothing in it counts.")
        case Wrong.OLDER:
            words = translate(
                "messages",
                "What the server sets is older than what it set before, as after a restored backup. What was set "
                "before goes on; set it once more on the server.",
            )
        case Wrong.EXPIRED:
            words = translate(
                "messages",
                "What the server set has run out, for this workstation has not heard of it for long. It counts again "
                "when the server answers; else check the clock.",
            )
        case Wrong.WRITABLE:
            words = translate(
                "messages",
                "Others than administrators may write to this file, or to a folder above it. Nothing in it counts until"
                " it belongs to an administrator who alone may write to it.",
            )
        case Wrong.GARBLED:
            words = translate("messages", "This is not a JSON object. Nothing in it counts; look at it in an editor.")
        case Wrong.LARGE:
            words = translate("messages", "This file is larger than 1 MB. Nothing in it counts.")
        case Wrong.UNREADABLE:
            words = translate("messages", "This cannot be read by the person who works here. Let them read it.")
    return f"{refused.key}: {words}" if refused.key else words
