"""What the switch tells beside calls: busy lamps, messages that wait, texts."""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pjsua2 as pj

from agent_desktop.softphone.account import Account, Registered, Registration
from agent_desktop.softphone.address import address_of
from agent_desktop.softphone.engine import EngineRefusedError, Tell
from agent_desktop.softphone.events import Lamp, MessageReceived, Voicemail, VoicemailChanged, Watched, WatchedChanged
from agent_desktop.softphone.invite import header_of, text_of
from agent_desktop.softphone.notified import dialogs_of, lamp_of, voicemail_of
from agent_desktop.softphone.pjsip.account import PjsipAccount
from agent_desktop.softphone.pjsip.call import guarded
from agent_desktop.softphone.pjsip.settings import PjsipErrors

log = logging.getLogger(__name__)

LONGEST_TEXT = 2048  # bytes
TEXTS = ("text/plain", "application/json")
_ASKS_EVERY_S = 20.0
_TRIES_AGAIN_S = 10.0
_REFUSALS = frozenset({403, 404, 405, 484, 488, 489, 501, 603, 604, 606})
"""With these a switch says that it will not tell about this number, today or tomorrow."""


class _Lamp(pj.Buddy):  # type: ignore[misc]
    """PJSIP's subscription to one number; it ends when this goes away, which must not be in a callback."""

    def __init__(self, line: pj.Account, address: str, moved: Callable[[Lamp], None]) -> None:
        super().__init__()
        self._moved = moved
        self._dialogs: dict[str, Lamp] = {}
        self._is_asked = False
        self.is_told = False
        self.is_forgotten = False
        self.try_again_at: float | None = None
        config = pj.BuddyConfig()
        config.uri, config.subscribe, config.subscribe_dlg_event = address, False, True
        self.create(line, config)

    def is_ripe(self, now: float) -> bool:
        """It has ended, and it is time to try again."""
        return self.try_again_at is not None and now >= self.try_again_at

    def ask(self) -> None:
        """Ends the subscription, which a switch that has forgotten it says is none. Raises PjsipErrors."""
        self._is_asked = True
        self.subscribeDlgEvent(False)  # noqa: FBT003

    @guarded
    def onBuddyEvSubDlgEventState(self, prm: pj.OnBuddyEvSubStateParam) -> None:  # noqa: N802
        event = prm.e
        if self.getInfo().subState == pj.PJSIP_EVSUB_STATE_TERMINATED:
            self._ended(int(event.body.tsxState.tsx.statusCode) if event.type == pj.PJSIP_EVENT_TSX_STATE else 0)
            return
        if event.type != pj.PJSIP_EVENT_TSX_STATE or event.body.tsxState.type != pj.PJSIP_EVENT_RX_MSG:
            return
        message = event.body.tsxState.src.rdata.wholeMsg
        if not message.startswith("NOTIFY "):
            return
        told = dialogs_of(_body(message), self._dialogs)
        if told is not None:
            self._dialogs, self.is_told = told, True
            self._moved(lamp_of(told.values()))

    def _ended(self, code: int) -> None:
        if self._is_asked:
            self.is_forgotten = code == pj.PJSIP_SC_CALL_TSX_DOES_NOT_EXIST
            self.try_again_at = 0.0
            return
        if code not in _REFUSALS:
            self.try_again_at = time.monotonic() + _TRIES_AGAIN_S
        self._moved(Lamp.UNKNOWN)


class Watching:
    """Subscribes when the line has come to be registered, anew at every other registrar, and anew when the switch may
    have been started anew meanwhile (`switch_was_away`).

    One that was faster than we look may know us and have forgotten what we watch. So one lamp after another is
    subscribed anew, and when the switch says that it knew nothing of one, all of them are; without lamps, the count of
    messages of a switch that counts.

    `line` is the account towards the switch of the moment, `is_of_switch` knows the switch by its host and port.
    """

    def __init__(
        self,
        tell: Tell,
        line: Callable[[], PjsipAccount],
        is_of_switch: Callable[[str], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._tell = tell
        self._line = line
        self._is_of_switch = is_of_switch
        self._clock = clock
        self._subscribed: dict[str, _Lamp] = {}
        self._lamps: dict[str, Lamp] = {}
        self._at: tuple[Account, str] | None = None
        self._ask_at = 0.0
        self._was_away = False
        self._counts = False
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

    def look(self, account: Account | None, registration: Registration) -> None:
        """After every wait, never in a callback."""
        at = None
        if isinstance(registration, Registered) and account is not None:
            at = (account, registration.registrar)
        if at != self._at or (at is not None and self._was_away):
            self._at = at
            self._was_away = False
            self._begin()
        elif at is not None:
            self._see_whether_known(self._clock())

    def switch_was_away(self) -> None:
        """It has accepted us after a break, and perhaps forgotten the rest."""
        self._was_away = True

    def close(self) -> None:
        self._subscribed.clear()

    def summary_came(self, message: str, source: str) -> None:
        told = voicemail_of(_body(message))
        if told is not None and self._is_of_switch(source):
            self._counts = True
            self._counted(told)

    def text_came(self, content_type: str, message: str, source: str) -> None:
        if not self._is_of_switch(source):
            log.info("a message of a stranger was left unread")
            return
        kind = content_type.partition(";")[0].strip().lower()
        body = _body(message).encode("utf-8", "surrogateescape")
        announced = header_of(message, "Content-Length") or header_of(message, "l") or str(len(body))
        is_whole = announced == str(len(body))  # PJSIP cuts what is larger than a packet may be
        if kind not in TEXTS or not is_whole or not 0 < len(body) <= LONGEST_TEXT:
            log.info("a message of the switch was left unread: %s, %s bytes", kind, announced)
            return
        self._tell(MessageReceived(header_of(message, "X-Call-Ref"), kind, text_of(body)))

    def _begin(self) -> None:
        self._ask_at = self._clock() + _ASKS_EVERY_S
        self._counts = False
        self._subscribed.clear()
        for number in self._lamps:
            self._moved(number, Lamp.UNKNOWN)
        if self._at is None:
            self._counted(Voicemail())
        else:
            self._subscribe()
            self._line().renew_voicemail()

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

    def _see_whether_known(self, now: float) -> None:
        if any(lamp.is_forgotten for lamp in self._subscribed.values()):
            log.info("the switch has forgotten what we watch")
            self._begin()
        ripe = {number for number, lamp in self._subscribed.items() if lamp.is_ripe(now)}
        self._subscribed = {number: lamp for number, lamp in self._subscribed.items() if number not in ripe}
        if ripe:
            self._subscribe()  # at the end, so that each has its turn below
        if now >= self._ask_at:
            self._ask_at = now + _ASKS_EVERY_S
            first = next((lamp for lamp in self._subscribed.values() if lamp.is_told), None)
            if first is None and self._counts:
                self._line().renew_voicemail()
            elif first is not None:
                with suppress(*PjsipErrors):
                    first.ask()

    def _moved(self, number: str, lamp: Lamp) -> None:
        if self._lamps.get(number, lamp) is not lamp:
            self._lamps[number] = lamp
            self._tell(WatchedChanged(Watched(number, lamp)))

    def _counted(self, voicemail: Voicemail) -> None:
        if voicemail != self.voicemail:
            self.voicemail = voicemail
            self._tell(VoicemailChanged(voicemail))


def _body(message: str) -> str:
    return message.partition("\r\n\r\n")[2]
