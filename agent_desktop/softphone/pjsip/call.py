"""PJSIP's call object, which tells the engine what happens to it."""

import logging
import math
from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol

import pjsua2 as pj

from agent_desktop.softphone.call import CallId
from agent_desktop.softphone.pjsip.digits import DigitsOnTheirWay
from agent_desktop.softphone.pjsip.quality import StreamMeter
from agent_desktop.softphone.pjsip.zip_tone import ZipTone

log = logging.getLogger(__name__)

PROBE = "OPTIONS"
_IS_UPDATE = 1  # PJMEDIA_STREAM_DTMF_IS_UPDATE, which the bindings leave out


class Owner(Protocol):
    """What a call tells its engine, always from inside `wait`."""

    def call_moved(self, call: "PjsipCall") -> None: ...

    def media_moved(self, call: "PjsipCall") -> None: ...

    def digit_came(self, call: "PjsipCall", digit: str) -> None: ...

    def digits_failed(self, call: "PjsipCall", why: str) -> None: ...

    def probe_answered(self, call: "PjsipCall", code: int, text: str) -> None:
        """By the other side, or by PJSIP in its place when nothing came."""

    def transfer_moved(self, call: "PjsipCall", code: int, text: str, *, is_final: bool) -> bool:
        """What the other side tells of a transfer we asked for; False: it need not tell more."""

    def sent_to(self, call: "PjsipCall", to: str) -> "PjsipCall | None":
        """The other side wants us to call somebody else: the object of that call, or None to decline."""

    def replacement_offered(self, call: "PjsipCall", message: str, source: str) -> "PjsipCall | None":
        """Somebody else calls to take the place of the other side: the object of that call, or None to decline."""

    def replaced(self, call: "PjsipCall") -> None:
        """The one that was offered takes this call's place now."""


def guarded(callback: Callable[..., None]) -> Callable[..., None]:
    """An exception in a callback leaves the call silently dead, so none gets out."""

    @wraps(callback)
    def safe(*arguments: Any) -> None:
        try:
            callback(*arguments)
        except Exception:
            log.exception("callback %s", callback.__name__)

    return safe


class PjsipCall(pj.Call):  # type: ignore[misc]
    """Must be kept referenced until it has ended, and no longer: PJSIP hangs up whatever call has the slot of an object
    that goes away."""

    def __init__(self, owner: Owner, account: pj.Account, call_id: CallId, pjsip_id: int | None = None) -> None:
        super().__init__(account, pj.PJSUA_INVALID_ID if pjsip_id is None else pjsip_id)
        self.call_id = call_id
        self.hold_wanted = False
        self.is_muted = False
        self.completed_elsewhere = False
        self.is_hanging_up = False
        self.farewell: tuple[int, str] | None = None
        self.audio: pj.AudioMedia | None = None
        self.keys_awaited_until = 0.0
        self.meter = StreamMeter()
        self.digits = DigitsOnTheirWay()
        self.wants_zip_tone = False
        self._zip_tone: ZipTone | None = None
        self._owner = owner

    @guarded
    def onCallState(self, prm: pj.OnCallStateParam) -> None:  # noqa: N802, ARG002
        self._owner.call_moved(self)

    @guarded
    def onCallMediaState(self, prm: pj.OnCallMediaStateParam) -> None:  # noqa: N802, ARG002
        self._owner.media_moved(self)

    @guarded
    def onDtmfEvent(self, prm: pj.OnDtmfEventParam) -> None:  # noqa: N802
        if not prm.flags & _IS_UPDATE:
            self._owner.digit_came(self, prm.digit)

    @property
    def zip_tone_until(self) -> float:
        """On the monotonic clock; for ever when there is none."""
        return math.inf if self._zip_tone is None else self._zip_tone.until

    def hears_zip_tone(self, ear: pj.AudioMedia | None) -> bool:
        """Starts it if it was wanted; the agent hears nothing else meanwhile."""
        if self.wants_zip_tone and ear is not None:
            self._zip_tone = ZipTone(ear)
        self.wants_zip_tone = False
        return self._zip_tone is not None

    def end_zip_tone(self) -> None:
        self._zip_tone = None

    @guarded
    def onCallTsxState(self, prm: pj.OnCallTsxStateParam) -> None:  # noqa: N802
        """The answer to a digit by INFO, or to our question whether somebody is there; and what the switch says in its
        CANCEL if another agent has answered (RFC 3326)."""
        self._look_at_own(prm.e.body.tsxState.tsx)
        if prm.e.type != pj.PJSIP_EVENT_TSX_STATE or prm.e.body.tsxState.type != pj.PJSIP_EVENT_RX_MSG:
            return
        message = prm.e.body.tsxState.src.rdata.wholeMsg
        if message.startswith("CANCEL "):
            reason = message.partition("\nReason:")[2].partition("\n")[0]
            self.completed_elsewhere = "cause=200" in reason.replace(" ", "")

    def _look_at_own(self, transaction: pj.SipTransaction) -> None:
        code = int(transaction.statusCode)
        if transaction.role != pj.PJSIP_ROLE_UAC or code < 200:
            return
        if transaction.method == "INFO" and code not in (401, 407):
            self._info_answered(transaction, code)
        elif transaction.method == PROBE:
            self._owner.probe_answered(self, code, transaction.statusText)

    def _info_answered(self, transaction: pj.SipTransaction, code: int) -> None:
        if code < 300:
            self.digits.info_answered()
        elif transaction.state == pj.PJSIP_TSX_STATE_COMPLETED or code in (408, 503):
            self._owner.digits_failed(self, f"{code} {transaction.statusText}")

    def onCallRedirected(self, prm: pj.OnCallRedirectedParam) -> int:  # noqa: N802, ARG002
        """PJSIP tries each address once, and goes to it by way of the switch, which may have its own mind."""
        return int(pj.PJSIP_REDIRECT_ACCEPT)

    @guarded
    def onCallTransferStatus(self, prm: pj.OnCallTransferStatusParam) -> None:  # noqa: N802
        code, text, is_final = int(prm.statusCode), prm.reason, bool(prm.finalNotify)
        prm.cont = self._owner.transfer_moved(self, code, text, is_final=is_final)

    @guarded
    def onCallTransferRequest(self, prm: pj.OnCallTransferRequestParam) -> None:  # noqa: N802
        prm.statusCode = pj.PJSIP_SC_DECLINE  # accepted without a new call, PJSIP would crash
        new = self._owner.sent_to(self, prm.dstUri)
        if new is not None:
            prm.newCall = new
            prm.statusCode = pj.PJSIP_SC_ACCEPTED

    @guarded
    def onCallReplaceRequest(self, prm: pj.OnCallReplaceRequestParam) -> None:  # noqa: N802
        prm.statusCode = pj.PJSIP_SC_DECLINE
        new = self._owner.replacement_offered(self, prm.rdata.wholeMsg, prm.rdata.srcAddress)
        if new is not None:
            prm.newCall = new
            prm.statusCode = pj.PJSIP_SC_OK

    @guarded
    def onCallReplaced(self, prm: pj.OnCallReplacedParam) -> None:  # noqa: N802, ARG002
        self._owner.replaced(self)

    def is_encrypted(self) -> bool:
        """What is said travels as SRTP."""
        return "SRTP status: Active" in self.dump(True, "")  # noqa: FBT003

    def active_audio(self) -> tuple[int, int, pj.AudioMedia | None]:
        """PJSIP's status and direction of the call's audio, and its port on the bridge if audio flows."""
        seen = self.getInfo()  # its parts point into it, so it must stay
        for media in seen.media:
            if media.type != pj.PJMEDIA_TYPE_AUDIO:
                continue
            flows = media.status in (pj.PJSUA_CALL_MEDIA_ACTIVE, pj.PJSUA_CALL_MEDIA_REMOTE_HOLD)
            return int(media.status), int(media.dir), self.getAudioMedia(int(media.index)) if flows else None
        return pj.PJSUA_CALL_MEDIA_NONE, pj.PJMEDIA_DIR_NONE, None
