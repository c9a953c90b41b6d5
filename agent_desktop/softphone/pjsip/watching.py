"""What the switch tells beside calls: busy lamps, messages that wait, texts."""

import logging
from collections.abc import Callable
from functools import partial

import pjsua2 as pj

from agent_desktop.softphone.account import Account, Registered, Registration
from agent_desktop.softphone.address import address_of
from agent_desktop.softphone.engine import EngineRefusedError, Tell
from agent_desktop.softphone.events import Lamp, MessageReceived, Voicemail, VoicemailChanged, Watched, WatchedChanged
from agent_desktop.softphone.invite import header_of, text_of
from agent_desktop.softphone.notified import dialogs_of, lamp_of, voicemail_of
from agent_desktop.softphone.pjsip.call import guarded
from agent_desktop.softphone.pjsip.settings import PjsipErrors

log = logging.getLogger(__name__)

LONGEST_TEXT = 8192
TEXTS = ("text/plain", "application/json")


class _Lamp(pj.Buddy):  # type: ignore[misc]
    """PJSIP's subscription to one number; it ends when this goes away, which must not be in a callback."""

    def __init__(self, line: pj.Account, address: str, moved: Callable[[Lamp], None]) -> None:
        super().__init__()
        self._moved = moved
        self._dialogs: dict[str, Lamp] = {}
        config = pj.BuddyConfig()
        config.uri, config.subscribe, config.subscribe_dlg_event = address, False, True
        self.create(line, config)

    @guarded
    def onBuddyEvSubDlgEventState(self, prm: pj.OnBuddyEvSubStateParam) -> None:  # noqa: N802
        if self.getInfo().subState == pj.PJSIP_EVSUB_STATE_TERMINATED:  # refused, or the switch goes down
            self._dialogs = {}
            self._moved(Lamp.UNKNOWN)
            return
        if prm.e.type != pj.PJSIP_EVENT_TSX_STATE or prm.e.body.tsxState.type != pj.PJSIP_EVENT_RX_MSG:
            return
        message = prm.e.body.tsxState.src.rdata.wholeMsg
        if not message.startswith("NOTIFY "):
            return
        told = dialogs_of(_body(message), self._dialogs)
        if told is not None:
            self._dialogs = told
            self._moved(lamp_of(told.values()))


class Watching:
    """Subscribes when the line has come to be registered, and anew at every other registrar.

    `line` is PJSIP's account towards the switch of the moment. `renew_voicemail` asks the switch for its count of
    messages, `is_of_switch` knows its host and port.
    """

    def __init__(
        self,
        tell: Tell,
        line: Callable[[], pj.Account],
        renew_voicemail: Callable[[], None],
        is_of_switch: Callable[[str], bool],
    ) -> None:
        self._tell = tell
        self._line = line
        self._renew_voicemail = renew_voicemail
        self._is_of_switch = is_of_switch
        self._subscribed: dict[str, _Lamp] = {}
        self._lamps: dict[str, Lamp] = {}
        self._at: tuple[Account, str] | None = None
        self.voicemail = Voicemail()

    @property
    def watched(self) -> tuple[Watched, ...]:
        return tuple(Watched(number, lamp) for number, lamp in self._lamps.items())

    def use(self, numbers: tuple[str, ...]) -> None:
        """Tells every lamp once, whether it is new or not."""
        self._lamps = {number: self._lamps.get(number, Lamp.UNKNOWN) for number in numbers}
        self._subscribed = {number: lamp for number, lamp in self._subscribed.items() if number in self._lamps}
        for each in self.watched:
            self._tell(WatchedChanged(each))
        self._subscribe()

    def follow(self, account: Account | None, registration: Registration) -> None:
        """To be asked after every wait, never in a callback."""
        at = None
        if isinstance(registration, Registered) and account is not None:
            at = (account, registration.registrar)
        if at == self._at:
            return
        self._at = at
        self._subscribed.clear()
        for number in self._lamps:
            self._moved(number, Lamp.UNKNOWN)
        if at is None:
            self._counted(Voicemail())
        else:
            self._subscribe()
            self._renew_voicemail()

    def close(self) -> None:
        self._subscribed.clear()

    def summary_came(self, message: str, source: str) -> None:
        if not self._is_of_switch(source):
            return
        told = voicemail_of(_body(message))
        if told is not None:
            self._counted(told)

    def text_came(self, content_type: str, message: str, source: str) -> None:
        if not self._is_of_switch(source):
            log.info("a message of a stranger was left unread")
            return
        kind = content_type.partition(";")[0].strip().lower()
        body = text_of(_body(message).encode("utf-8", "surrogateescape"))
        if kind not in TEXTS or not body or len(body) > LONGEST_TEXT:
            log.info("a message of the switch was left unread: %s, %d signs", kind, len(body))
            return
        self._tell(MessageReceived(header_of(message, "X-Call-Ref"), kind, body))

    def _subscribe(self) -> None:
        if self._at is None:
            return
        for number in self._lamps:
            if number in self._subscribed:
                continue
            try:
                address = address_of(number, self._at[0])
                self._subscribed[number] = _Lamp(self._line(), address, partial(self._moved, number))
            except EngineRefusedError as no:
                log.info("a number cannot be watched: %s", no)
            except PjsipErrors as reason:
                log.warning("a number cannot be watched: %s", reason)

    def _moved(self, number: str, lamp: Lamp) -> None:
        if self._lamps.get(number, lamp) is not lamp:
            self._lamps[number] = lamp
            self._tell(WatchedChanged(Watched(number, lamp)))

    def _counted(self, voicemail: Voicemail) -> None:
        if voicemail != self.voicemail:
            self.voicemail = voicemail
            self._tell(VoicemailChanged(voicemail))


def _body(message: str) -> str:
    return message.replace("\r\n", "\n").partition("\n\n")[2]
