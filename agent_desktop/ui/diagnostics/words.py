"""The words of the health page: what each part is called, what was found of it, and what to do."""

from typing import Any

from PySide6.QtCore import QCoreApplication

from agent_desktop.diagnostics.health import Check, Part, State
from agent_desktop.softphone.account import NotRegistered, Registered, Registering
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.messages.devices import explain_headset, no_microphone, no_speaker
from agent_desktop.ui.messages.line import explain_registration
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.messages.updates import explain_standing, explain_update

translate = QCoreApplication.translate


def part_name(part: Part) -> str:
    return {
        Part.SERVER: translate("health", "Server"),
        Part.CLOCK: translate("health", "Clock"),
        Part.LINE: translate("health", "Telephone line"),
        Part.SOUND: translate("health", "Sound of calls"),
        Part.MICROPHONE: translate("health", "Microphone"),
        Part.SPEAKER: translate("health", "Loudspeaker"),
        Part.HEADSET: translate("health", "Headset buttons"),
        Part.DATABASE: translate("health", "Data on this computer"),
        Part.UNSENT: translate("health", "Waiting to be sent"),
        Part.DISK: translate("health", "Disk"),
        Part.KEYRING: translate("health", "Keyring"),
        Part.POLICY: translate("health", "Set by your organisation"),
        Part.UPDATES: translate("health", "This program"),
    }[part]


def state_word(state: State) -> str:
    return {
        State.WELL: translate("health", "All right"),
        State.UNTRIED: translate("health", "Not tried yet"),
        State.ODD: translate("health", "Worth a look"),
        State.BAD: translate("health", "Not working"),
    }[state]


def found_words(check: Check, formats: Formats) -> str:
    """What was found, in one sentence."""
    if check.trouble is not None:
        return explain(check.trouble)
    facts = check.facts
    match check.part:
        case Part.SERVER:
            return _server(facts, formats)
        case Part.CLOCK if not facts:
            return translate("health", "The server could not be asked what time it is.")
        case Part.CLOCK:
            words = translate("health", "{seconds} s away from the server's clock.")
            return words.format(seconds=facts["apart_s"])
        case Part.LINE:
            return _line(check, formats)
        case Part.SOUND:
            return _sound(check)
        case Part.MICROPHONE:
            return _microphone(facts)
        case Part.SPEAKER:
            return str(facts["device"]) if facts else no_speaker()
        case Part.HEADSET:
            return explain_headset(facts["found"])[0]
        case Part.DATABASE if check.state is State.WELL:
            return translate("health", "Encrypted, {size} MB.").format(size=facts["size_mb"])
        case Part.DATABASE:
            return translate("health", "Not encrypted, {size} MB.").format(size=facts["size_mb"])
        case Part.UNSENT:
            words = translate("health", "{waiting} waiting, {refused} refused by the server.")
            return words.format(waiting=facts["waiting"], refused=facts["refused"])
        case Part.DISK:
            words = translate("health", "{free} GB free, data in {folder}.")
            return words.format(free=f"{facts['free_mb'] / 1024:.1f}", folder=facts["folder"])
        case Part.KEYRING:
            return translate("health", "Keeps your sign-in: {name}.").format(name=facts["name"])
        case Part.POLICY:
            words = translate("health", "Settings that are decided: {locked}. Written, and not counting: {refused}.")
            return words.format(locked=facts["locked"], refused=facts["refused"])
        case Part.UPDATES:
            return explain_standing(facts["standing"])


def to_do(check: Check) -> str:
    """Empty where nothing is to be done, or where what was found says it already."""
    if check.state is State.WELL or check.trouble is not None:
        return ""
    match check.part:
        case Part.SERVER if check.facts["ends_soon"]:
            return translate("health", "Tell IT to renew the certificate of the server.")
        case Part.SERVER:
            return translate("health", "Check the cable, the Wi-Fi or the VPN; tell IT if it stays so.")
        case Part.CLOCK if check.facts:
            return translate("health", "Set the clock of this computer, or ask IT to: it should follow a time server.")
        case Part.LINE if not check.facts["is_there"]:
            return translate("health", "Start the phone again by the button above the call strip.")
        case Part.SOUND if check.state is State.UNTRIED:
            return translate("health", "It is measured in every call; the echo service tells without a customer.")
        case Part.SOUND:
            return translate("health", "Use a cable in place of Wi-Fi and close downloads; tell IT if it stays so.")
        case Part.MICROPHONE if check.state is State.UNTRIED:
            return translate("health", "Try the sound, and speak.")
        case Part.MICROPHONE if check.facts:
            return translate("health", "Nothing was heard: look for a mute switch, or choose another one.")
        case Part.DATABASE:
            return translate("health", "Tell IT at once; do not go on with customers.")
        case Part.UNSENT:
            return translate("health", "Open “Needs attention” and decide what becomes of it.")
        case Part.DISK:
            return translate("health", "Free some space, or ask IT to; without it nothing more can be saved.")
        case Part.POLICY:
            return translate("health", "IT finds what is wrong with agent-desktop --policy-report.")
        case Part.UPDATES if check.facts["standing"].trouble is not None:
            return explain_update(check.facts["standing"].trouble)
        case _:
            return ""


def as_text(checks: tuple[Check, ...], head: str, formats: Formats) -> str:
    """All of it, to be pasted."""
    lines = [f"[{state_word(one.state)}] {part_name(one.part)}: {_both(one, formats)}" for one in checks]
    return "\n".join((head, *lines))


def _both(check: Check, formats: Formats) -> str:
    return " ".join(filter(None, (found_words(check, formats), to_do(check))))


def _server(facts: Any, formats: Formats) -> str:
    words = translate("health", "Version {version}, answers in {latency} ms.")
    told = words.format(version=facts["version"], latency=facts["latency_ms"])
    if not facts["issuer"]:
        return told
    words = translate("health", "Certificate of {issuer}, until {day}.")
    return f"{told} {words.format(issuer=facts['issuer'], day=formats.written(facts['ends']))}"


def _line(check: Check, formats: Formats) -> str:
    facts = check.facts
    if not facts["is_there"]:
        return translate("health", "The phone is not running.")
    match facts["registration"]:
        case Registered(registrar=registrar):
            words = translate("health", "Registered at {registrar} by {transport} since {since}.")
            since = formats.written(facts["since"])
            return words.format(registrar=registrar, transport=facts["transport"], since=since)
        case NotRegistered():
            return translate("health", "Calls come straight in; there is no registrar.")
        case Registering():
            return translate("health", "The phone is being registered.")
        case registration:
            return explain_registration(registration)


def _sound(check: Check) -> str:
    facts = check.facts
    if not facts:
        return translate("health", "No call was measured since the program was started.")
    words = translate("health", "MOS {mos}, {loss} % lost, jitter {jitter} ms, round trip {trip} ms ({codec}).")
    return words.format(
        mos=f"{facts['mos']:.1f}",
        loss=f"{facts['loss_pct']:.1f}",
        jitter=round(facts["jitter_ms"]),
        trip=round(facts["round_trip_ms"]),
        codec=facts["codec"],
    )


def _microphone(facts: Any) -> str:
    if not facts:
        return no_microphone()
    if facts["loudest"] is None:
        return str(facts["device"])
    words = translate("health", "{device}; the loudest that was heard: {percent} %.")
    return words.format(device=facts["device"], percent=round(facts["loudest"] * 100))
