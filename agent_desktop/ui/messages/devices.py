"""Headset, microphone, loudspeaker and keys, in whole sentences: how it stands and what to do."""

from PySide6.QtCore import QCoreApplication

from agent_desktop.headset.port import NoHeadset, NoLibrary, NotAllowed, Plugged, State
from agent_desktop.ui.hotkeys.keys import CHORDS, Key, NotPossible

translate = QCoreApplication.translate


def no_microphone() -> str:
    return translate("messages", "No microphone was found. Plug in your headset; callers hear nothing until then.")


def no_speaker() -> str:
    return translate("messages", "No loudspeaker was found. Plug in your headset; you hear nothing until then.")


def microphone_replaced(gone: str, instead: str) -> str:
    words = translate("messages", "“{gone}” was unplugged. Until it is back, callers hear you through “{instead}”.")
    return words.format(gone=gone, instead=instead)


def speaker_replaced(gone: str, instead: str) -> str:
    words = translate("messages", "“{gone}” was unplugged. Until it is back, you hear callers through “{instead}”.")
    return words.format(gone=gone, instead=instead)


def explain_headset(state: State | None) -> tuple[str, str]:
    """(sentence, tone) of the headset's buttons; None while nobody looks for one."""
    match state:
        case None:
            return translate("messages", "For headsets that a telephone maker has made for computers."), "muted"
        case Plugged(name, True):
            return translate("messages", "{name}: buttons and lamps are in use.").format(name=name), "ok"
        case Plugged(name):
            return translate("messages", "{name}: its buttons are in use; it has no lamps.").format(name=name), "ok"
        case NotAllowed(name, path):
            words = translate(
                "messages",
                "{name} is plugged in, but you may not use its buttons ({path}). Ask IT to install the rule "
                "70-agent-desktop-headset.rules into /etc/udev/rules.d, then plug it in again.",
            )
            return words.format(name=name, path=path), "warn"
        case NoLibrary():
            return translate("messages", "This installation cannot reach headsets. Ask IT to install hidapi."), "warn"
        case NoHeadset():
            return translate("messages", "No headset with call buttons is plugged in."), "muted"


def explain_hotkeys(state: tuple[Key, ...] | NotPossible | None) -> tuple[str, str]:
    """(sentence, tone) of the keys of the whole desktop; None while they are off."""
    match state:
        case NotPossible.WAYLAND:
            words = translate(
                "messages", "This desktop (Wayland) gives keys only to the program in front. Use the headset's buttons."
            )
            return words, "warn"
        case NotPossible():
            return translate("messages", "This desktop gives programs no keys of their own."), "warn"
        case tuple() if state:
            taken = ", ".join(CHORDS[key] for key in state)
            words = translate("messages", "Another program has {keys} already. The other keys work.")
            return words.format(keys=taken), "warn"
        case _:
            words = translate("messages", "{answer} answer, {hang_up} hang up, {mute} mute, {hold} hold")
            return words.format(**{key.value: chord for key, chord in CHORDS.items()}), "muted"
