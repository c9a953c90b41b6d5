"""What the desktop itself shows for us, beside every program: org.freedesktop.Notifications over the session bus.

The only module that knows jeepney. Where there is no such service nothing is shown and nothing fails.
"""

import html
import logging
import queue
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

log = logging.getLogger(__name__)

APP: Final = "agent-desktop"
HAS_SERVICE: Final = sys.platform == "linux"
"""Elsewhere the tray is what tells."""
OPEN: Final = "default"
"""The action of a click on the notification itself."""
_SERVICE = "org.freedesktop.Notifications"
_PATIENCE_S, _LOOK_EVERY_S = 5.0, 0.2
_URGENT = 2


@dataclass(frozen=True, slots=True)
class Note:
    """`actions`: what its buttons do, and their words. `key` names what it is about; a newer one takes its place."""

    key: str
    title: str
    text: str = ""
    actions: Mapping[str, str] = field(default_factory=dict)
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """The person pressed this button of that note."""

    key: str
    action: str


@dataclass(frozen=True, slots=True)
class _Withdraw:
    key: str


class Notifications:
    """`show`, `withdraw` and `stop` from any thread; `follow` in one of its own."""

    def __init__(self) -> None:
        self._wishes: queue.SimpleQueue[Note | _Withdraw | None] = queue.SimpleQueue()
        self._ids: dict[str, int] = {}

    def show(self, note: Note) -> None:
        self._wishes.put(note)

    def withdraw(self, key: str) -> None:
        """Takes it off the screen if it is still there."""
        self._wishes.put(_Withdraw(key))

    def stop(self) -> None:
        self._wishes.put(None)

    def follow(self, deliver: Callable[[Taken], None]) -> None:
        """Until `stop`."""
        bus = _open_bus()
        if bus is None:
            return
        from jeepney import MatchRule
        from jeepney.bus_messages import message_bus

        rule = MatchRule(type="signal", interface=_SERVICE)
        with bus, bus.filter(rule, bufsize=50) as heard:
            with suppress(Exception):
                bus.send_and_get_reply(message_bus.AddMatch(rule), timeout=_PATIENCE_S)
            while (wish := self._next()) is not None:
                try:
                    if isinstance(wish, (Note, _Withdraw)):
                        self._carry_out(bus, wish)
                    self._listen(bus, heard, deliver)
                except (OSError, TimeoutError) as error:
                    log.info("the desktop shows no notifications: %s", error)
                    return
            for key in list(self._ids):
                with suppress(OSError, TimeoutError):
                    self._carry_out(bus, _Withdraw(key))

    def _next(self) -> "Note | _Withdraw | str | None":
        """The next wish; while a note is on the screen, a look at what is pressed there in between."""
        try:
            return self._wishes.get(timeout=0 if self._ids else None)
        except queue.Empty:
            return "look"

    def _carry_out(self, bus: Any, wish: Note | _Withdraw) -> None:
        from jeepney import MessageType

        if isinstance(wish, _Withdraw):
            number = self._ids.pop(wish.key, None)
            if number is not None:
                bus.send_and_get_reply(_call("CloseNotification", "u", (number,)), timeout=_PATIENCE_S)
            return
        actions = [part for action, words in wish.actions.items() for part in (action, words)]
        hints = {"urgency": ("y", _URGENT), "category": ("s", "call.incoming")} if wish.is_urgent else {}
        replaces = self._ids.get(wish.key, 0)
        given = (APP, replaces, APP, wish.title, html.escape(wish.text, quote=False), actions, hints, -1)
        answer = bus.send_and_get_reply(_call("Notify", "susssasa{sv}i", given), timeout=_PATIENCE_S)
        if answer.header.message_type is MessageType.method_return:
            self._ids[wish.key] = answer.body[0]

    def _listen(self, bus: Any, heard: Any, deliver: Callable[[Taken], None]) -> None:
        if not self._ids and not heard:
            return
        try:
            message = bus.recv_until_filtered(heard, timeout=_LOOK_EVERY_S)
        except TimeoutError:
            return
        from jeepney import HeaderFields

        kind = message.header.fields.get(HeaderFields.member)
        key = next((key for key, number in self._ids.items() if number == message.body[0]), None)
        if key is None:
            return
        if kind == "ActionInvoked":
            deliver(Taken(key, message.body[1]))
        elif kind == "NotificationClosed":
            self._ids.pop(key, None)


def _open_bus() -> Any:
    """None where there is no session bus, or no library for it (Windows)."""
    try:
        from jeepney.io.blocking import open_dbus_connection

        return open_dbus_connection("SESSION")
    except (ImportError, KeyError, OSError, ValueError) as error:
        log.info("no session bus, so the desktop shows no notifications: %s", error)
        return None


def _call(method: str, signature: str, given: tuple[object, ...]) -> Any:
    from jeepney import DBusAddress, new_method_call

    place = DBusAddress("/org/freedesktop/Notifications", bus_name=_SERVICE, interface=_SERVICE)
    return new_method_call(place, method, signature, given)
