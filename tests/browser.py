"""A headless Chromium that tests look at pages with: what stands in them, and their picture."""

import base64
import json
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from websockets.sync.client import ClientConnection, connect

CHROMIUM: Final = "/usr/bin/chromium"
LISTENS: Final = re.compile(r"DevTools listening on (ws://\S+)")
LOOK_EVERY_S: Final = 0.1
TIMEOUT_S: Final = 60.0
LARGEST_ANSWER: Final = 64 * 1024 * 1024


class NotShown(AssertionError):
    """The page never came to show what was waited for; carries what stands in it."""


class Page:
    """One page, spoken to by Chromium's DevTools protocol."""

    def __init__(self, line: ClientConnection, session: str) -> None:
        self._line, self._session, self._serial = line, session, 0

    def open(self, address: str) -> None:
        self._ask("Page.navigate", url="about:blank")  # so that another part after the # is another page, too
        self._ask("Page.navigate", url=address)

    def text(self) -> str:
        """What a person reads."""
        return str(self.value("document.body ? document.body.innerText : ''"))

    def value(self, script: str) -> Any:
        return self._ask("Runtime.evaluate", expression=script, returnByValue=True)["result"].get("value")

    def until(self, script: str) -> None:
        """Waits until it is true. Raises NotShown."""
        end = time.monotonic() + TIMEOUT_S
        while not self.value(script):
            if time.monotonic() > end:
                raise NotShown(self.text())
            time.sleep(LOOK_EVERY_S)

    def picture(self, width_px: int = 1920, height_px: int = 1080) -> bytes:
        """A PNG of that size."""
        size = {"width": width_px, "height": height_px, "deviceScaleFactor": 1, "mobile": False}
        self._ask("Emulation.setDeviceMetricsOverride", **size)
        return base64.b64decode(self._ask("Page.captureScreenshot")["data"])

    def _ask(self, method: str, **given: Any) -> Any:
        return answer_of(self._line, self._next(), method, given, self._session)

    def _next(self) -> int:
        self._serial += 1
        return self._serial


def answer_of(line: ClientConnection, number: int, method: str, given: Any, session: str | None = None) -> Any:
    asked = {"id": number, "method": method, "params": given} | ({} if session is None else {"sessionId": session})
    line.send(json.dumps(asked))
    while True:
        told = json.loads(line.recv(TIMEOUT_S))
        if told.get("id") == number:
            return told["result"]


@contextmanager
def browsing(profile: Path) -> Iterator[Page]:
    """`profile` is a folder of its own."""
    command = [
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", f"--user-data-dir={profile}", "--window-size=1920,1080",
        "--remote-debugging-port=0", "about:blank",
    ]  # fmt: skip
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as chromium:
        assert chromium.stderr is not None
        try:
            found = next(match for line in chromium.stderr if (match := LISTENS.search(line)))
            with connect(found.group(1), max_size=LARGEST_ANSWER, compression=None) as line:
                targets = answer_of(line, -1, "Target.getTargets", {})["targetInfos"]
                page = next(one["targetId"] for one in targets if one["type"] == "page")
                attached = answer_of(line, -2, "Target.attachToTarget", {"targetId": page, "flatten": True})
                yield Page(line, attached["sessionId"])
        finally:
            chromium.terminate()
            chromium.wait(TIMEOUT_S)
