"""Headsets without a headset: the report descriptors that real devices send, and devices made of them.

The descriptors are those of the devices named, as their owners published what /sys/class/hidraw or hidapi gave.
"""

import threading
from collections import deque

from agent_desktop.headset.descriptor import Button, Lamp, Layout, layout_of
from agent_desktop.headset.port import HeadsetGone


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text)


ANKER_POWERCONF = _bytes(
    "05 0c 09 01 a1 01 85 01 15 00 25 01 09 e9 09 ea 09 e2 09 cd 09 b5 09 b6 09 b3 09 b7 75 01 95 08 81 42 c0"
    "05 0b 09 05 a1 01 85 02 05 0b 15 00 25 01 09 20 09 97 75 01 95 02 81 23 09 2f 09 21 09 70 09 50 75 01 95 04 81 07"
    "09 06 a1 02 19 b0 29 bb 15 00 25 0c 75 04 95 01 81 40 c0 09 07 15 00 25 01 05 09 75 01 95 01 81 02 75 01 95 05"
    "81 01 05 08 15 00 25 01 09 17 09 09 09 18 09 20 09 21 75 01 95 05 91 22 05 0b 15 00 25 01 09 9e 75 01 95 01 91 22"
    "75 01 95 0a 91 01 c0"
)
"""291a:3301. One report for all lamps; hook and mute are declared constant, as in the Jabra devices it follows."""

POLY_BLACKWIRE_3220 = _bytes(
    "05 0b 09 05 a1 01 85 08 09 2f 15 00 25 01 75 01 95 01 81 06 09 20 09 21 75 01 95 02 81 22 75 05 95 01 81 01"
    "85 09 05 08 09 09 15 00 25 01 75 01 95 01 91 22 75 07 91 01 85 17 09 17 15 00 25 01 75 01 95 01 91 22 75 07 91 01"
    "85 18 09 18 15 00 25 01 75 01 95 01 91 22 75 07 91 01 c0"
)
"""047f:c056, the telephony collection as Windows has it. A report for each lamp; mute stands before the hook."""

DELL_SP325 = _bytes(
    "050c0901a101850c1500250109e909ea09e209cd09b509b609b009b1750195088102c00613ff0901a101150026ff00850609007508953d91"
    "02850709007508953d8102c00614ff0901a101150026ff0085100900750895058102c00699ff0901a101859a150026ff00953f75080903b1"
    "02859b150025019501750109048106750195078101c0050b0905a10115002501750185050920950181220"
    "92f95018106092409210997092a0950950581060907050909017501950181020508850509170909091"
    "809200921092a9506912295029101c0"
)
"""413c:8223. The hook keeps its state, everything else goes down and up; one report for all lamps."""

LOGITECH_BRIO = _bytes(
    "0600ff0901a1018540150025010902750195018106090375019501810695068101"
    "8541150026ff00090195027508910285420901810285430901810285440901950"
    "491028545090181028546950209018102854709018102c00601ff0901a101850a"
    "150026ff000901951f75088102c00602ff0901a1010509190129011500257f850"
    "1950175088102c006a1ff0903a1018555150026ff000903950675088102c00699"
    "ff0903a101859a0903150026ff00951f75080903b20201c0050b0905a10185081"
    "5002501092f750195018106092075019501812295068101050885080909750195"
    "019122050b092a75019501912295069101c0"
)
"""046d:0944, a camera with a mute button: no ring, no hold, no off-hook lamp."""

REAL = {
    "Anker PowerConf": ANKER_POWERCONF,
    "Poly Blackwire 3220": POLY_BLACKWIRE_3220,
    "Dell SP325": DELL_SP325,
    "Logitech MX Brio": LOGITECH_BRIO,
}

BUTTON_FOR_HOOK = _bytes(
    "05 0b 09 05 a1 01 15 00 25 01 75 01 09 20 09 2f 95 02 81 02 95 06 81 01 05 08 09 17 95 01 91 02 95 07 91 01 c0"
)
"""Made up: no report numbers, and meant for a hook that goes down and up though it says that it keeps its state."""

STATEFUL_MUTE = _bytes(
    "05 0b 09 05 a1 01 85 03 15 00 25 01 75 01 09 20 09 2f 95 02 81 22 95 06 81 01 05 08 09 17 09 09 09 18 95 03 91 22"
    "95 05 91 01 c0"
)
"""Made up: a mute switch that keeps its state and repeats what its lamp is told, which is where echoes come from."""


class FakeDevice:
    """A headset that behaves as its descriptor says: its hook follows the off-hook lamp and confirms it.

    `press` is what a hand does; `lit` what its lamps show; `written` every report it was sent. A device with
    `repeats_mute` reports the mute its lamp was told; the hook of one with `hook_is_button` goes down and up, whatever
    its descriptor says.
    """

    def __init__(
        self, descriptor: bytes, name: str = "Fake", *, repeats_mute: bool = False, hook_is_button: bool = False
    ) -> None:
        self.name = name
        self.layout: Layout = layout_of(descriptor)
        self.written: list[bytes] = []
        self.is_closed = False
        self._descriptor = descriptor
        self._repeats_mute = repeats_mute
        self._hook_is_button = hook_is_button
        self._more = threading.Condition()
        self._reports: deque[bytes] = deque()
        self._is_gone = False
        self._is_heard = False
        self._down: set[Button] = set()
        self._lit: set[Lamp] = set()

    def descriptor(self) -> bytes:
        return self._descriptor

    def read(self, timeout_s: float) -> bytes:
        with self._more:
            self._is_heard = not self._reports
            self._more.notify_all()
            self._more.wait_for(lambda: self._reports or self._is_gone, timeout_s)
            self._is_heard = False
            if self._is_gone:
                raise HeadsetGone(self.name)
            return self._reports.popleft() if self._reports else b""

    def write(self, report: bytes) -> None:
        with self._more:
            if self._is_gone:
                raise HeadsetGone(self.name)
            self.written.append(report)
            for lamp, bit in self.layout.lamps.items():
                if bit.report == report[0]:
                    is_on = bool(report[1 + bit.at // 8] >> bit.at % 8 & 1)
                    (self._lit.add if is_on else self._lit.discard)(lamp)
            if Lamp.OFF_HOOK in self.layout.lamps and not self._hook_is_button:
                self._follow(Button.HOOK_SWITCH, is_down=Lamp.OFF_HOOK in self._lit)
            if self._repeats_mute:
                self._follow(Button.PHONE_MUTE, is_down=Lamp.MUTE in self._lit)

    def close(self) -> None:
        self.is_closed = True

    @property
    def lit(self) -> set[Lamp]:
        with self._more:
            return set(self._lit)

    def unplug(self) -> None:
        with self._more:
            self._is_gone = True
            self._more.notify_all()

    def press(self, button: Button) -> None:
        """What keeps its state changes it; the others go down and up."""
        with self._more:
            if self.layout.buttons[button].keeps and not (button is Button.HOOK_SWITCH and self._hook_is_button):
                self._set(button, is_down=button not in self._down)
            else:
                self._set(button, is_down=True)
                self._set(button, is_down=False)

    def wait_until_heard(self) -> bool:
        """Everything it has said was dealt with."""
        with self._more:
            return self._more.wait_for(lambda: self._is_heard and not self._reports, 20)

    def wait_for_lamps(self, *lamps: Lamp, timeout_s: float = 20.0) -> bool:
        with self._more:
            return self._more.wait_for(lambda: self._lit == set(lamps), timeout_s)

    def _follow(self, button: Button, *, is_down: bool) -> None:
        bit = self.layout.buttons.get(button)
        if bit is not None and bit.keeps and is_down != (button in self._down):
            self._set(button, is_down=is_down)
        self._more.notify_all()

    def _set(self, button: Button, *, is_down: bool) -> None:
        (self._down.add if is_down else self._down.discard)(button)
        number = self.layout.buttons[button].report
        payload = bytearray(2)
        for down in self._down:
            bit = self.layout.buttons[down]
            if bit.report == number:
                payload[bit.at // 8] |= 1 << bit.at % 8
        self._reports.append((bytes([number]) if self.layout.is_numbered else b"") + bytes(payload))
        self._more.notify_all()
