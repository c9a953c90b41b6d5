"""The exchange, where it is not as the agent wants it, in whole sentences: what happened and what to do."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from agent_desktop.ui.widgets.parts import Tone
from agent_model.confirmation import Agreement, Confirmed

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Standing:
    """`short` stands beside the state; `words` says it whole."""

    short: str
    words: str
    tone: Tone


def standing_of(confirmed: Confirmed, *, was_reachable: bool) -> Standing | None:
    """None where nothing has to be said: the exchange confirms the state. `was_reachable`: it had the agent's
    telephone before."""
    match confirmed.agreement:
        case Agreement.DIFFERS:
            return Standing(
                translate("messages", "Not at the exchange yet"),
                translate(
                    "messages",
                    "The exchange does not have your state yet. It is being put right; you need to do nothing.",
                ),
                "warn",
            )
        case Agreement.FLAGGED:
            return Standing(translate("messages", "Differs at the exchange"), _flagged(confirmed.why), "bad")
        case Agreement.UNKNOWN:
            return Standing(
                translate("messages", "Exchange away"),
                translate(
                    "messages",
                    "The server cannot reach the exchange: calls may come although you are not ready, or not come "
                    "although you are. It is tried again by itself. If it lasts, tell your team lead.",
                ),
                "warn",
            )
        case Agreement.KEPT if was_reachable and not confirmed.is_reachable:
            return Standing(
                translate("messages", "Phone not at the exchange"),
                translate(
                    "messages",
                    "The exchange does not see your phone any more: callers go to others. Look at the line at the top; "
                    "if it says that it is ready, sign off and on again, and tell IT.",
                ),
                "bad",
            )
        case Agreement.KEPT:
            return None


def _flagged(why: str) -> str:
    match why:
        case "no_such_queue":
            return translate(
                "messages",
                "The exchange does not know one of your queues, so your state does not reach it. Tell your team lead: "
                "an administrator has to set up the queue at the exchange, or take it from you.",
            )
        case "no_such_extension":
            return translate(
                "messages",
                "The exchange does not know your extension, so no caller is brought to you. Tell your team lead: an "
                "administrator has to set it up.",
            )
        case "not_reachable":
            return translate(
                "messages",
                "The exchange cannot reach your phone, so no caller is brought to you. Look at the line at the top; if "
                "it says that it is ready, sign off and on again, and tell IT.",
            )
        case "taken":
            return translate(
                "messages",
                "Another agent has signed in at your extension since, and callers are brought to them. Ask them to "
                "sign off, or tell your team lead: each of you needs an extension of their own.",
            )
        case _:
            return translate(
                "messages",
                "The exchange does not take your state, so calls may come although you are not ready, or not come "
                "although you are. It is tried again by itself. Tell your team lead if it stays so.",
            )
