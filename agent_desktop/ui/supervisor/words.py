"""Words for agents on the floor: what they do, and whether the exchange agrees."""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from agent_desktop.supervisor.agent_board import OnBoard, Order
from agent_desktop.ui.alert_words import ALERT_MARKS, SEEN_MARK
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.widgets.parts import Tone
from agent_model.adherence import AdherenceNow
from agent_model.agent import AgentState
from agent_model.confirmation import Agreement, Confirmed
from agent_model.shift_plan import Planned

translate = QCoreApplication.translate

TONES: Mapping[AgentState, Tone] = {
    AgentState.READY: "ok",
    AgentState.ON_CALL: "accent",
    AgentState.AFTER_CALL_WORK: "warn",
    AgentState.BREAK: "neutral",
    AgentState.OFFLINE: "neutral",
}


def state_word(state: AgentState) -> str:
    match state:
        case AgentState.READY:
            return translate("floor", "Ready")
        case AgentState.ON_CALL:
            return translate("floor", "On call")
        case AgentState.AFTER_CALL_WORK:
            return translate("floor", "After-call work")
        case AgentState.BREAK:
            return translate("floor", "Break")
        case AgentState.OFFLINE:
            return translate("floor", "Offline")


def doing_word(one: OnBoard, breaks: Mapping[str, str]) -> str:
    """What an agent does; a break by its name, where it has one."""
    reason = one.entry.reason if one.entry is not None else None
    named = breaks.get(reason or "", "")
    return named if named and one.state is AgentState.BREAK else state_word(one.state)


def attention_word(one: OnBoard, language: str) -> tuple[str, Tone | None]:
    """What somebody should look at: who asks for help, then an alert, before what the exchange says. What somebody
    looks after is quieter."""
    if one.help is None and one.alert is not None:
        mark, tone = ALERT_MARKS[one.alert.grade]
        if one.alert.taken_by:
            mark, tone = SEEN_MARK, "neutral"
        return f"{mark} {one.alert.name.in_language(language)}", tone
    if one.help is None:
        return exchange_word(one)
    if one.help.by:
        return translate("floor", "Help comes"), "warn"
    return translate("floor", "Asks for help"), "bad"


def exchange_word(one: OnBoard) -> tuple[str, Tone | None]:
    """What the exchange says of an agent, in a few words, and how urgent that is."""
    if one.is_gone:
        return translate("floor", "Workstation gone"), "bad"
    if one.confirmed is None or one.state is AgentState.OFFLINE:
        return "", None
    match one.confirmed.agreement:
        case Agreement.FLAGGED:
            return translate("floor", "Not as wanted"), "bad"
        case Agreement.DIFFERS:
            return translate("floor", "Being set"), "warn"
        case Agreement.UNKNOWN:
            return translate("floor", "Not known"), None
        case Agreement.KEPT if not one.confirmed.is_reachable:
            return translate("floor", "Phone away"), "bad" if one.state is AgentState.READY else None
        case Agreement.KEPT:
            return translate("floor", "Confirmed"), None


def plan_word(one: AdherenceNow, now: datetime) -> tuple[str, str]:
    """For how long the plan is not kept, in a few words with a sign, and in which colour; nothing where it is kept."""
    if one.out_since is None:
        return "", "muted"
    if one.is_late:
        return "▲ " + translate("floor", "late {minutes} min").format(minutes=_minutes(one, now)), "bad"
    return "◆ " + translate("floor", "out {minutes} min").format(minutes=_minutes(one, now)), "warn"


def planned_word(what: Planned) -> str:
    match what:
        case Planned.WORK:
            return translate("floor", "work")
        case Planned.BREAK:
            return translate("floor", "break")
        case Planned.TRAINING:
            return translate("floor", "training")


def plan_words(one: AdherenceNow, now: datetime, formats: Formats) -> str:
    """Adherence of the shift, what is planned now, and since when that is not kept."""
    words = translate("floor", "Adherence {share}").format(share=formats.percent(one.so_far.share))
    if one.planned is not None and one.until is not None:
        planned, time = planned_word(one.planned), formats.clock(one.until)
        words += " · " + translate("floor", "planned: {planned} until {time}").format(planned=planned, time=time)
    if one.out_since is None:
        return words
    said = translate("floor", "Out of plan since {time}, for {minutes} min.")
    if one.is_late:
        said = translate("floor", "Late: the shift began at {time}, {minutes} min ago.")
    return f"{words}. " + said.format(time=formats.clock(one.out_since), minutes=_minutes(one, now))


def _minutes(one: AdherenceNow, now: datetime) -> int:
    return 0 if one.out_since is None else max(0, int((now - one.out_since).total_seconds() // 60))


def gone_words() -> str:
    return translate(
        "floor",
        "The server has not heard of this agent's workstation for half a minute. After two minutes without it the "
        "agent is signed out of the queues. Look whether they sit there.",
    )


def exchange_words(confirmed: Confirmed) -> str:
    """The same as a sentence, with what to do."""
    match confirmed.agreement:
        case Agreement.FLAGGED:
            said = {
                "no_such_extension": translate("floor", "It does not know the extension."),
                "no_such_queue": translate("floor", "It does not know one of the queues."),
                "not_possible": translate("floor", "It does not allow that."),
                "not_allowed": translate("floor", "It does not allow that."),
                "taken": translate("floor", "Another agent has signed in at the same telephone since."),
            }
            words = translate(
                "floor",
                "The exchange is not as this agent wants it, and could not be set. It is tried again all the time; "
                "callers may not be offered as the board says. Tell who looks after the exchange.",
            )
            return f"{words} {said[confirmed.why]}" if confirmed.why in said else words
        case Agreement.DIFFERS:
            return translate("floor", "The exchange is not as this agent wants it yet. It is being set.")
        case Agreement.UNKNOWN:
            return translate("floor", "The exchange cannot be reached: what it offers this agent is not known.")
        case Agreement.KEPT if not confirmed.is_reachable:
            return translate(
                "floor", "The exchange agrees, but calls do not reach the telephone. Ask the agent to look at it."
            )
        case Agreement.KEPT:
            return translate("floor", "The exchange agrees.")


def order_word(order: Order) -> str:
    match order:
        case Order.NAME:
            return translate("floor", "By name")
        case Order.TEAM:
            return translate("floor", "By team")
        case Order.STATE:
            return translate("floor", "By state")
        case Order.LONGEST:
            return translate("floor", "Longest first")
        case Order.ADHERENCE:
            return translate("floor", "By adherence")
