"""What a lead and an agent are told of leads in agents' calls, and why nothing was done."""

from PySide6.QtCore import QCoreApplication

from agent_desktop.errors import ServerRefused
from agent_desktop.ui.messages.trouble import explain
from agent_model.floor_policy import FloorAct

translate = QCoreApplication.translate


def act_word(act: FloorAct) -> str:
    match act:
        case FloorAct.LISTEN:
            return translate("monitoring", "Listen")
        case FloorAct.WHISPER:
            return translate("monitoring", "Whisper")
        case FloorAct.BARGE:
            return translate("monitoring", "Join")
        case FloorAct.TAKE_OVER:
            return translate("monitoring", "Take over")
        case FloorAct.HANG_UP:
            return translate("monitoring", "End call")


def act_hint(act: FloorAct) -> str:
    match act:
        case FloorAct.LISTEN:
            return translate("monitoring", "Nobody hears you.")
        case FloorAct.WHISPER:
            return translate("monitoring", "Only the agent hears you.")
        case FloorAct.BARGE:
            return translate("monitoring", "The agent and the customer hear you.")
        case FloorAct.TAKE_OVER:
            return translate("monitoring", "The customer goes on with you; the agent's part ends.")
        case FloorAct.HANG_UP:
            return translate("monitoring", "The agent's part in the call ends at once.")


def done_words(act: FloorAct, name: str) -> str:
    """What the lead is told when it is done."""
    words = {
        FloorAct.LISTEN: translate("monitoring", "You are listening to {name}. Nobody hears you."),
        FloorAct.WHISPER: translate("monitoring", "Only {name} hears you, the customer does not."),
        FloorAct.BARGE: translate("monitoring", "You are in the call of {name}: both hear you."),
        FloorAct.TAKE_OVER: translate("monitoring", "The customer of {name} goes on with you."),
        FloorAct.HANG_UP: translate("monitoring", "The call of {name} has been ended."),
    }
    return words[act].format(name=name)


def told_words(act: FloorAct, name: str) -> str:
    """What the agent is told."""
    words = {
        FloorAct.LISTEN: translate("monitoring", "{name} is listening to your call."),
        FloorAct.WHISPER: translate("monitoring", "{name} speaks to you; the customer does not hear it."),
        FloorAct.BARGE: translate("monitoring", "{name} has joined your call: the customer hears them, too."),
        FloorAct.TAKE_OVER: translate("monitoring", "{name} has taken your call over."),
        FloorAct.HANG_UP: translate("monitoring", "{name} has ended your call."),
    }
    return words[act].format(name=name)


def explain_act(error: Exception) -> str:
    """Why nothing was done, and what to do."""
    if not isinstance(error, ServerRefused):
        return explain(error)
    words = {
        "not_allowed": translate("monitoring", "Nothing was done: the site does not let you do this with this agent."),
        "unknown_agent": translate("monitoring", "Nothing was done: the server does not know this agent any more."),
        "no_extension": translate(
            "monitoring", "Nothing was done: you or the agent have no extension. An administrator can give one."
        ),
        "exchange_gone": translate(
            "monitoring", "Nothing was done: the exchange cannot be reached. Try again in a moment."
        ),
        "another_exchange": translate(
            "monitoring", "Nothing was done: the agent's phone is at another exchange than yours."
        ),
        "no_such_call": translate("monitoring", "Nothing was done: the agent is in no call now."),
        "not_reachable": translate(
            "monitoring", "Nothing was done: your phone did not answer the exchange. See whether it has a line."
        ),
        "busy": translate("monitoring", "Nothing was done: you are in another call. End it first."),
        "not_possible": translate(
            "monitoring", "Nothing was done: the exchange cannot do this now. Listen to the call first."
        ),
    }
    return words.get(error.code) or explain(error)
