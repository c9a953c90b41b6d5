"""When a phone that died may be started again, and when one that says nothing counts as dead."""

from agent_desktop.softphone.call import CallId
from agent_desktop.softphone.events import CallChanged, Event, PhoneReady

AGAIN_WITHIN_S = 10.0
REST_S = 60.0
QUIET_S = 5.0
_ANSWER_WITHIN_S = 3.0
_ASKED_IN_VAIN = 2
_ASKED_IN_VAIN_IN_CALL = 10
"""Sound runs in threads of its own: people may still be talking while the phone waits for a name that nobody knows."""


class Restarts:
    """At once after the first death. After a second one within `AGAIN_WITHIN_S` a person is asked; if nobody answers,
    it is tried once every `REST_S`."""

    def __init__(self) -> None:
        self._died_at = float("-inf")
        self._not_before = float("-inf")

    def died(self, now: float) -> bool:
        """True: it stays away. Also to be told of a start that failed."""
        is_second = now - self._died_at < AGAIN_WITHIN_S
        self._died_at = now
        self._not_before = now + REST_S if is_second else now
        return is_second

    def wait_s(self, now: float) -> float:
        """Until the next start; 0 when it may be now."""
        return max(0.0, self._not_before - now)

    def ask(self) -> None:
        """The person wants it now."""
        self._died_at = self._not_before = float("-inf")


class Heartbeat:
    """Whether the phone should be asked for a sign of life, and whether it has stopped giving any.

    It has to stay silent to two questions, because after a long sleep of the computer one answer may be late; and with
    a call, which ends with it, to ten.
    """

    def __init__(self) -> None:
        self._heard_at = 0.0
        self._asked_at: float | None = None
        self._in_vain = 0
        self._calls: set[CallId] = set()

    def heard(self, now: float) -> None:
        self._heard_at, self._asked_at, self._in_vain = now, None, 0

    def follow(self, event: Event) -> None:
        """Whatever the phone tells, to know whether there are calls."""
        match event:
            case PhoneReady():
                self._calls = {call.id for call in event.snapshot.calls if not call.is_over}
            case CallChanged() if event.call.is_over:
                self._calls.discard(event.call.id)
            case CallChanged():
                self._calls.add(event.call.id)
            case _:
                pass

    def should_ask(self, now: float) -> bool:
        """Called over and over; counts a question that stayed without an answer."""
        if self._asked_at is None:
            if now - self._heard_at < QUIET_S:
                return False
        elif now - self._asked_at < _ANSWER_WITHIN_S:
            return False
        else:
            self._in_vain += 1
        self._asked_at = now
        return True

    @property
    def is_dead(self) -> bool:
        return self._in_vain >= (_ASKED_IN_VAIN_IN_CALL if self._calls else _ASKED_IN_VAIN)
