"""What is said about people's data: whole sentences, and nobody's name once they were erased."""

from PySide6.QtCore import QCoreApplication

from agent_desktop.sync.events import PersonErased

translate = QCoreApplication.translate


def explain_erased(erased: PersonErased) -> str:
    if not erased.drafts + erased.commands:
        return translate(
            "messages", "A customer was erased at their own request. Nothing about them is kept here any more."
        )
    return translate(
        "messages",
        "A customer was erased at their own request, and with them what you had written about them and not sent: "
        "{drafts} drafts, {commands} changes. You need not do anything.",
    ).format(drafts=erased.drafts, commands=erased.commands)


def erasure_asked() -> str:
    return translate(
        "messages", "Asked for. Somebody else has to approve it; then the customer is erased everywhere at once."
    )


def erasure_needs_server() -> str:
    return translate(
        "messages",
        "The server does not answer, and only it can take this wish. Your reason stays here; try again later.",
    )


def wish_refused(code: str) -> str:
    """Why the server did not take a wish to erase somebody or to have a copy, or a decision about one."""
    match code:
        case "under_hold":
            return translate("messages", "Nothing is erased: there is a legal hold. It says in the profile who set it.")
        case "already_asked":
            return translate("messages", "Somebody has asked for this already. It waits for a second person.")
        case "reason_names_person":
            return translate("messages", "The reason is kept for years. Say it without the customer's name and number.")
        case "not_found":
            return translate("messages", "The customer is not there any more, or you may no longer see them.")
        case "bad_request":
            return translate("messages", "Say in a few words more why.")
        case "own_wish":
            return translate("messages", "You asked for this yourself. Somebody else has to decide it.")
        case "already_decided":
            return translate("messages", "Somebody has decided this already. The list shows how.")
        case "not_yet":
            return translate("messages", "It is not ready yet. Look again in a while.")
        case "too_late":
            return translate("messages", "The time for fetching the copy is over. Ask for it again.")
        case "already_held":
            return translate("messages", "There is a legal hold already.")
        case "not_held":
            return translate("messages", "There is no legal hold any more.")
        case _:
            return translate(
                "messages",
                "You may not do this. A team lead or duty manager asks; a duty manager or security officer decides.",
            )


def do_not_call(name: str) -> str:
    return translate(
        "messages", "{name} said no to marketing by telephone. Call only about what they asked for or have with us."
    ).format(name=name)
