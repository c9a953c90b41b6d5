"""What an agent is told who was put into a state by somebody else, and what the lead is told where that may not be."""

from collections.abc import Collection

from PySide6.QtCore import QCoreApplication

from agent_desktop.errors import ServerRefused
from agent_desktop.ui.messages.trouble import explain
from agent_model.agent import AgentState

translate = QCoreApplication.translate


def explain_order(state: AgentState, by: str, why: str, pause: str, *, is_in_call: bool) -> str:
    """`by` is a name, `pause` what the break is called. Without a name the site does not say who and why."""
    unsigned = {
        AgentState.READY: translate("floor", "You have been made ready."),
        AgentState.AFTER_CALL_WORK: translate("floor", "You have been put into after-call work."),
        AgentState.BREAK: translate("floor", "You have been sent on a break ({break})."),
        AgentState.OFFLINE: translate(
            "floor", "You have been signed out of your queues. Choose Ready at the top to take calls again."
        ),
        AgentState.ON_CALL: "",
    }
    signed = {
        AgentState.READY: translate("floor", "{name} has made you ready. Reason: {reason}"),
        AgentState.AFTER_CALL_WORK: translate("floor", "{name} has put you into after-call work. Reason: {reason}"),
        AgentState.BREAK: translate("floor", "{name} has sent you on a break ({break}). Reason: {reason}"),
        AgentState.OFFLINE: translate(
            "floor",
            "{name} has signed you out of your queues. Reason: {reason} Choose Ready at the top to take calls again.",
        ),
        AgentState.ON_CALL: "",
    }
    told = (signed if by else unsigned)[state].format(**{"name": by, "reason": why, "break": pause})
    return told + " " + translate("floor", "It holds when your call has ended.") if is_in_call else told


def not_offered_words(acts: Collection[str]) -> str:
    """What a lead is not offered with an agent, and why; empty where all is."""
    if not acts:
        return ""
    words = translate(
        "floor",
        "Not offered, because the site does not let you: {acts}. The duty manager or an administrator can change that.",
    )
    return words.format(acts=translate("floor", ", ").join(acts))


def explain_serving(by: str, queues: str, why: str) -> str:
    """`queues` are their names; empty for none."""
    words = translate("floor", "{name} has changed what you serve. Your queues now: {queues}. Reason: {reason}")
    return words.format(name=by, queues=queues or translate("floor", "none"), reason=why)


def explain_no_answer() -> str:
    return translate(
        "floor",
        "You did not answer a caller in time, so you are not ready any more and nobody is brought to you. Choose Ready "
        "at the top when you take calls again.",
    )


def explain_refusal(error: Exception) -> str:
    """Why an act on the floor was not done."""
    if isinstance(error, ServerRefused) and error.code == "not_allowed":
        return translate("floor", "Nothing was done: you may do this only in your own team. Ask the duty manager.")
    if isinstance(error, ServerRefused) and error.code == "limited":
        return translate(
            "floor",
            "Nothing was done: the site does not let you do this with this agent. The duty manager or an administrator "
            "can change that.",
        )
    if isinstance(error, ServerRefused) and error.code == "unknown_agent":
        return translate("floor", "Nothing was done: the server does not know this agent any more.")
    if isinstance(error, ServerRefused) and error.code == "not_your_queue":
        return translate("floor", "Nothing was done: this queue belongs to another team. Ask the duty manager.")
    if isinstance(error, ServerRefused) and error.code == "no_help_asked":
        return translate("floor", "This agent does not ask for help any more.")
    if isinstance(error, ServerRefused) and error.code == "bad_state":
        return translate("floor", "Nothing was done: this break is not offered any more. Choose another one.")
    if isinstance(error, ServerRefused) and error.code == "nobody_there":
        return translate("floor", "Nothing was sent: nobody works there.")
    return explain(error)
