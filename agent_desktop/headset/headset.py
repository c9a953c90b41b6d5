"""One headset: its reports become presses, its lamps are kept in step with the calls."""

import threading
import time
from collections.abc import Callable, Mapping
from typing import Final

from agent_desktop.headset.descriptor import Bit, Button, Lamp, Layout
from agent_desktop.headset.handling import Lamps, Press
from agent_desktop.headset.port import HidPort

RELEASE_S: Final = 0.7
"""A hook that goes back so soon after it was taken is a button that was let go, not a second thought; and what a device
says so soon after its lamps were told the same is its answer to that."""
_ORDER: Final = (Lamp.RING, Lamp.OFF_HOOK, Lamp.HOLD, Lamp.MUTE)


class Headset:
    """`presses` by the reading thread, `light` by any other."""

    def __init__(self, port: HidPort, layout: Layout, clock: Callable[[], float] = time.monotonic) -> None:
        self._port = port
        self._layout = layout
        self._clock = clock
        self._down: dict[Button, bool] = {}
        self._pressed_at = -RELEASE_S
        self._hook_is_button = not self._has_lamp(Button.HOOK_SWITCH)  # nobody tells such a hook how things stand
        self._writing = threading.Lock()
        self._lamps = Lamps()
        self._told: dict[tuple[Button, bool], float] = {}
        self._sent: dict[int, bytes] = {}

    def presses(self, report: bytes) -> tuple[Press, ...]:
        """What the agent did. A device that only confirms what its lamps were told says nothing."""
        number = report[0] if self._layout.is_numbered and report else 0
        payload = report[1:] if self._layout.is_numbered else report
        found = (
            self._press(button, keeps=bit.keeps, is_down=_is_set(payload, bit.at))
            for button, bit in self._layout.buttons.items()
            if bit.report == number and bit.at < len(payload) * 8
        )
        return tuple(press for press in found if press is not None)

    def light(self, lamps: Lamps, *, again: bool = False) -> None:
        """Tells the device what is new to it; `again` tells everything, to bring it back into step.

        Raises HeadsetGone.
        """
        with self._writing:
            self._lamps = lamps
            now = self._clock()
            self._told[Button.HOOK_SWITCH, lamps.off_hook] = now
            self._told[Button.PHONE_MUTE, lamps.mute] = now
            for number, report in self._reports(lamps).items():
                if again or self._sent.get(number, bytes(len(report))) != report:
                    self._port.write(bytes([number]) + report)
                    self._sent[number] = report

    def _press(self, button: Button, *, keeps: bool, is_down: bool) -> Press | None:
        before = self._down.get(button, False)
        self._down[button] = is_down
        if is_down == before:
            return None
        if not keeps:
            return _BUTTONS[button] if is_down else None
        if self._confirms(button, is_down=is_down):
            return None
        if button is Button.HOOK_SWITCH:
            return self._hook_taken() if is_down else self._hook_put_back()
        return Press.MUTE_ON if is_down else Press.MUTE_OFF

    def _confirms(self, button: Button, *, is_down: bool) -> bool:
        told_at = self._told.get((button, is_down))
        return told_at is not None and self._clock() - told_at < RELEASE_S and self._has_lamp(button)

    def _has_lamp(self, button: Button) -> bool:
        return (Lamp.OFF_HOOK if button is Button.HOOK_SWITCH else Lamp.MUTE) in self._layout.lamps

    def _hook_taken(self) -> Press | None:
        self._pressed_at = self._clock()
        if self._hook_is_button:
            return Press.HOOK_BUTTON
        return None if self._lamps.off_hook else Press.OFF_HOOK

    def _hook_put_back(self) -> Press | None:
        if self._clock() - self._pressed_at < RELEASE_S:
            self._hook_is_button = True
            return None
        self._hook_is_button = not self._has_lamp(Button.HOOK_SWITCH)
        return Press.ON_HOOK if self._lamps.off_hook and self._has_lamp(Button.HOOK_SWITCH) else None

    def _reports(self, lamps: Lamps) -> Mapping[int, bytes]:
        lit = {
            Lamp.RING: lamps.ring,
            Lamp.OFF_HOOK: lamps.off_hook,
            Lamp.HOLD: lamps.hold,
            Lamp.MUTE: lamps.mute,
        }
        reports: dict[int, bytearray] = {}
        for lamp in _ORDER:
            bit = self._layout.lamps.get(lamp)
            if bit is not None:
                report = reports.setdefault(bit.report, bytearray((self._layout.sizes[bit.report] + 7) // 8))
                _set(report, bit, is_on=lit[lamp])
        return {number: bytes(report) for number, report in reports.items()}


_BUTTONS: Final = {
    Button.HOOK_SWITCH: Press.HOOK_BUTTON,
    Button.PHONE_MUTE: Press.MUTE_BUTTON,
    Button.FLASH: Press.FLASH,
    Button.REDIAL: Press.REDIAL,
    Button.DROP: Press.DROP,
}


def _is_set(payload: bytes, at: int) -> bool:
    return bool(payload[at // 8] >> at % 8 & 1)


def _set(report: bytearray, bit: Bit, *, is_on: bool) -> None:
    if is_on:
        report[bit.at // 8] |= 1 << bit.at % 8
