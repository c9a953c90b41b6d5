"""The headset that is plugged in, through hidapi. The only module that knows that library."""

import os
import sys
from contextlib import suppress
from typing import Any

from agent_desktop.headset.port import TELEPHONY_PAGE, Found, HeadsetGone, NoHeadset, NoLibrary, NotAllowed

_LARGEST_REPORT = 1_024


def find_headset() -> Found:
    """Opens the first telephone among the devices that are plugged in."""
    library = _library()
    if library is None:
        return NoLibrary()
    refused: NotAllowed | None = None
    for device in library.enumerate():
        if device["usage_page"] != TELEPHONY_PAGE:
            continue
        name = device["product_string"] or device["manufacturer_string"] or ""
        path: bytes = device["path"]
        try:
            return _Port(library, path, name)
        except OSError:
            if not _is_allowed(path):
                refused = refused or NotAllowed(name, os.fsdecode(path))
    return refused or NoHeadset()


def _library() -> Any:
    """Loaded when first needed. On Linux through hidraw: by way of libusb the system would lose the volume keys."""
    try:
        if sys.platform == "linux":
            import hidraw as library
        else:
            import hid as library
    except ImportError:
        return None
    return library


def _is_allowed(path: bytes) -> bool:
    return sys.platform != "linux" or os.access(path, os.R_OK | os.W_OK) or not os.path.lexists(path)


class _Port:
    def __init__(self, library: Any, path: bytes, name: str) -> None:
        self.name = name
        self._device = library.device()
        self._device.open_path(path)

    def descriptor(self) -> bytes:
        return bytes(self._asked(self._device.get_report_descriptor))

    def read(self, timeout_s: float) -> bytes:
        return bytes(self._asked(self._device.read, _LARGEST_REPORT, int(timeout_s * 1_000)))

    def write(self, report: bytes) -> None:
        if self._asked(self._device.write, report) < 0:
            raise HeadsetGone(self.name)

    def close(self) -> None:
        with suppress(OSError, ValueError):
            self._device.close()

    def _asked(self, question: Any, *given: Any) -> Any:
        try:
            return question(*given)
        except (OSError, ValueError) as error:
            raise HeadsetGone(self.name) from error
