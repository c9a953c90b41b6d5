"""Back-to-back calls against a real exchange, with hold, digits, consultation and transfer, for as long as is asked."""

import argparse
import json
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import psutil

from agent_desktop.softphone.call import Call, CallId, CallState, EndReason
from tests.lab.agents import Agents
from tests.lab.asterisk import Asterisk, free
from tests.softphone.stations import Stations

AGENT = "1001"
WARM_UP_S = 60.0
"""Before memory is looked at first. SIP keeps what it knows of a finished call for half a minute (RFC 3261 §17, timers
D, H and J), so a phone that begins to call back to back grows until then, and only then shows whether it leaks."""
TALK_S = 0.2


class CallFailedError(Exception):
    """A call did not go as it should; `detail` says how."""


def main(argv: list[str]) -> int:
    options = _options(argv)
    with tempfile.TemporaryDirectory(prefix="bench-soak-") as folder:
        asterisk = Asterisk(Path(folder) / "pbx")
        try:
            asterisk.start()
            with Agents(asterisk, Path(folder)) as agents:
                figures = Soak(asterisk, agents).run(60 * options.minutes, options.calls)
        finally:
            free(asterisk)
    if not options.json:
        print("\n".join(f"{name:>20} {figure}" for name, figure in figures.items()))
    print(json.dumps(figures))
    return 0


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks phone_soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--calls", type=int, default=None, help="end after so many, whatever the time")
    parser.add_argument("--json", action="store_true", help="print nothing but one JSON object")
    return parser.parse_args(argv)


class Soak:
    """One agent's phone; the customers are the exchange's."""

    def __init__(self, asterisk: Asterisk, agents: Agents) -> None:
        self._asterisk = asterisk
        self._agents = agents
        self._station = agents.sign_in(AGENT, says_hz=440)
        self._here = Stations(self._station)
        self._process = psutil.Process(self._station.pid)

    def run(self, seconds: float, calls: int | None) -> dict[str, object]:
        stories = (self._calls_out, self._is_called, self._transfers_blind, self._consults, self._gives_up)
        done, failed, faults = 0, 0, Counter[str]()
        before_mb: float | None = None
        began = time.monotonic()
        until = began + seconds
        while time.monotonic() < until and (calls is None or done < calls):
            story = stories[done % len(stories)]
            try:
                story()
            except (AssertionError, CallFailedError) as fault:
                failed += 1
                faults[f"{story.__name__}: {str(fault)[:200]}"] += 1
                self._hang_up_all()
            done += 1
            self._station.told.clear()
            if before_mb is None and time.monotonic() - began >= WARM_UP_S:
                before_mb = self._rss_mb()
        now_mb = self._rss_mb()
        return {
            "calls": done,
            "failed_calls": failed,
            "rss_growth_mb": None if before_mb is None else round(now_mb - before_mb, 2),
            "rss_mb": round(now_mb, 1),
            "orphaned_legs": self._orphans(),
            "faults": [f"{times} × {fault}" for fault, times in faults.items()],
        }

    def _calls_out(self) -> None:
        """The echo: held, taken back, muted, with digits."""
        call = self._dial("600")
        self._talk(call)
        self._hold_and_resume(call)
        self._station.phone.mute(call)
        self._until(call, lambda each: each.muted)
        self._station.phone.unmute(call)
        self._station.phone.send_digits(call, "12#")
        self._talk(call)
        self._hang_up(call)

    def _is_called(self) -> None:
        call = self._answer()
        self._talk(call)
        self._hold_and_resume(call)
        self._hang_up(call)

    def _transfers_blind(self) -> None:
        call = self._answer()
        self._talk(call)
        self._station.phone.transfer(call, "607")
        self._ends(call, EndReason.TRANSFERRED)

    def _consults(self) -> None:
        """Asks 607, which hangs up a second after it was connected with the customer."""
        call = self._answer()
        self._talk(call)
        other = self._station.phone.consult(call, "607")
        self._until(other, lambda each: each.state is CallState.CONNECTED)
        self._station.phone.complete_transfer(call, other)
        self._ends(call, EndReason.TRANSFERRED)
        self._ends(other, EndReason.TRANSFERRED)

    def _gives_up(self) -> None:
        call = self._station.phone.dial("605")
        self._until(call, lambda each: each.rings_there)
        self._station.phone.hang_up(call)
        self._ends(call, EndReason.CANCELLED)

    def _answer(self) -> CallId:
        self._asterisk.customer_calls(f"4{AGENT}")
        self._here.until(lambda: bool(self._station.incoming()))
        call = self._station.incoming()[0]
        self._station.phone.answer(call.id)
        self._until(call.id, lambda each: each.state is CallState.CONNECTED)
        return call.id

    def _dial(self, number: str) -> CallId:
        call = self._station.phone.dial(number)
        self._until(call, lambda each: each.state is CallState.CONNECTED)
        return call

    def _talk(self, call: CallId) -> None:
        self._here.for_a_while(TALK_S)
        if not self._station.call(call).is_talking:
            raise CallFailedError(f"not talking: {self._station.call(call)}")

    def _hold_and_resume(self, call: CallId) -> None:
        self._station.phone.hold(call)
        self._until(call, lambda each: each.held_here)
        self._station.phone.resume(call)
        self._until(call, lambda each: each.is_talking)

    def _hang_up(self, call: CallId) -> None:
        self._station.phone.hang_up(call)
        self._ends(call, EndReason.HUNG_UP_HERE)

    def _ends(self, call: CallId, reason: EndReason) -> None:
        ended = self._until(call, lambda each: each.is_over)
        if ended.end is None or ended.end.reason is not reason:
            raise CallFailedError(f"ended otherwise: {ended.end}")

    def _until(self, call: CallId, fact: Callable[[Call], bool]) -> Call:
        return self._here.until_call(self._station, call, fact)

    def _hang_up_all(self) -> None:
        for call in self._station.phone.snapshot().calls:
            self._station.phone.hang_up(call.id)
        self._asterisk.hang_up_all()
        self._here.until(lambda: not self._station.phone.snapshot().calls)

    def _rss_mb(self) -> float:
        return float(self._process.memory_info().rss) / 1e6

    def _orphans(self) -> int:
        """Legs the exchange still has when all is over."""
        deadline = time.monotonic() + 5.0
        while (legs := len(self._asterisk.channels())) and time.monotonic() < deadline:
            self._here.for_a_while(0.1)
        return legs
