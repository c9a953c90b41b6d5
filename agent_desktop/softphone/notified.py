"""Reads what a switch notifies beside calls: what a watched number does (RFC 4235), waiting messages (RFC 3842)."""

import re
from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import ParseError, fromstring

from agent_desktop.softphone.events import Lamp, Voicemail

_DIALOG = "{urn:ietf:params:xml:ns:dialog-info}"
_LAMPS = {
    "trying": Lamp.RINGING,
    "proceeding": Lamp.RINGING,
    "early": Lamp.RINGING,
    "confirmed": Lamp.IN_CALL,
    "terminated": Lamp.FREE,
}
_VOICE = re.compile(r"^voice-message\s*:\s*(\d{1,6})\s*/\s*(\d{1,6})", re.IGNORECASE | re.MULTILINE)
_WAITING = re.compile(r"^messages-waiting\s*:\s*(yes|no)\b", re.IGNORECASE | re.MULTILINE)


def dialogs_of(body: str, before: Mapping[str, Lamp]) -> dict[str, Lamp] | None:
    """What each call of the watched number does, by the notifier's name of it; `before` counts for a partial report.
    None: this tells nothing that is known."""
    if "<!" in body.replace("<!--", ""):  # nobody needs a document type here, except to do harm
        return None
    try:
        told = fromstring(body.strip())  # noqa: S314
    except (ParseError, ValueError):
        return None
    if told.tag != f"{_DIALOG}dialog-info":
        return None
    dialogs = dict(before) if told.get("state") == "partial" else {}
    for dialog in told.iter(f"{_DIALOG}dialog"):
        state = (dialog.findtext(f"{_DIALOG}state") or "").strip().lower()
        dialogs[dialog.get("id", "")] = _LAMPS.get(state, Lamp.UNKNOWN)
    return {name: lamp for name, lamp in dialogs.items() if lamp is not Lamp.FREE}


def lamp_of(dialogs: Iterable[Lamp]) -> Lamp:
    """A call that is talked in counts more than one that rings beside it."""
    lit = set(dialogs)
    return next((lamp for lamp in (Lamp.IN_CALL, Lamp.RINGING, Lamp.UNKNOWN) if lamp in lit), Lamp.FREE)


def voicemail_of(body: str) -> Voicemail | None:
    """None: this tells nothing of messages. A switch that does not count says only that there are some: one."""
    counted = _VOICE.search(body)
    if counted is not None:
        return Voicemail(int(counted.group(1)), int(counted.group(2)))
    waiting = _WAITING.search(body)
    if waiting is None:
        return None
    return Voicemail(1 if waiting.group(1).lower() == "yes" else 0)
