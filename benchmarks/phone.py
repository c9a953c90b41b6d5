"""The phone beside another maker's (baresip) in the same run: ringing, one call, rest, coming back after trouble."""

import argparse
import json
import os
import secrets
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median, quantiles

import psutil

from agent_desktop.softphone.account import Registered
from agent_desktop.softphone.audio import Device, Sound
from agent_desktop.softphone.call import CallState
from agent_desktop.softphone.events import PhoneLost
from benchmarks._rig.invites import Inviter
from tests.lab.agents import account
from tests.lab.asterisk import Asterisk, free
from tests.lab.baresip import Baresip
from tests.lab.pulse import PulseAudio
from tests.softphone.stations import Station, Stations, direct, end, set_up, started

ALSA = "alsa,default"
PATIENCE_S = 60.0


def main(argv: list[str]) -> int:
    options = _options(argv)
    with tempfile.TemporaryDirectory(prefix="bench-phone-") as folder, ExitStack() as leaving:
        bench = Bench(Path(folder), leaving)
        figures = {
            **bench.ringing(options.invites),
            **bench.calling(options.call_s),
            **bench.resting(options.idle_s),
            **bench.dying(options.kills),
            **bench.losing_the_registrar(options.restarts),
        }
    if not options.json:
        print("\n".join(f"{name:>40} {figure}" for name, figure in figures.items()))
    print(json.dumps(figures))
    return 0


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks phone", description=__doc__)
    parser.add_argument("--invites", type=int, default=200, help="to each phone, in turns")
    parser.add_argument("--call-s", type=float, default=20.0, help="how long each one's call is measured")
    parser.add_argument("--idle-s", type=float, default=20.0)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--restarts", type=int, default=5, help="of the registrar")
    parser.add_argument("--json", action="store_true", help="print nothing but one JSON object")
    return parser.parse_args(argv)


class Bench:
    """Both phones play and record through the same sound server; what is measured is always the called side."""

    def __init__(self, folder: Path, leaving: ExitStack) -> None:
        self._folder = folder
        self._leaving = leaving
        pulse = PulseAudio(folder / "pulse")
        pulse.start()
        leaving.callback(pulse.close)
        pulse.plug_in("headset")
        os.environ.update(pulse.environment)
        self._asterisk = Asterisk(folder / "pbx")
        leaving.callback(free, self._asterisk)
        self._asterisk.start()

    def ringing(self, invites: int) -> dict[str, float]:
        ours, theirs = self._ours(), self._baresip("called")
        senders = [Inviter(ours.phone.snapshot().sip_port), Inviter(theirs.sip_port)]
        both = Stations(ours)
        took: list[list[float]] = [[], []]
        for number in range(invites + 1):
            for sender, kept in zip(senders, took, strict=True):
                rang = sender.ring_ms()
                both.for_a_while(0.02)
                if number:  # the first one opens things
                    kept.append(rang)
        for sender in senders:
            sender.close()
        theirs.close()
        return {
            "to_180_median_ms": round(median(took[0]), 2),
            "baresip_to_180_median_ms": round(median(took[1]), 2),
            "ratio_180_median": round(median(took[0]) / median(took[1]), 2),
        }

    def calling(self, seconds: float) -> dict[str, float]:
        ours = self._ours()
        caller = self._baresip("caller")
        caller.tell("dial", f"sip:100@127.0.0.1:{ours.phone.snapshot().sip_port}")
        here = Stations(ours)
        here.until(lambda: bool(ours.incoming()))
        call = ours.incoming()[0]
        ours.phone.answer(call.id)
        here.until_call(ours, call.id, lambda each: each.state is CallState.CONNECTED)
        own = _cpu_percent(ours.pid, seconds, lambda: here.for_a_while(0.2))
        used = ours.phone.snapshot()
        assert isinstance(used.microphone, Device), "it talks without a microphone"
        assert isinstance(used.speaker, Device), "it talks without a speaker"
        rss_mb = psutil.Process(ours.pid).memory_info().rss / 1e6
        caller.hang_up()
        other, with_files = (self._baresip_talks(caller, seconds, through) for through in (ALSA, None))
        caller.close()
        return {
            "call_cpu_percent": round(own, 2),
            "baresip_call_cpu_percent": round(other, 2),
            "baresip_call_with_files_cpu_percent": round(with_files, 2),
            "ratio_cpu": round(own / with_files, 2),
            "ratio_cpu_through_devices": round(own / other, 2),
            "rss_in_call_mb": round(rss_mb, 1),
        }

    def _baresip_talks(self, caller: Baresip, seconds: float, through: str | None) -> float:
        """With a file instead of devices it does least; our ratio is taken from that."""
        called = self._baresip("called", through)
        caller.tell("dial", f"sip:100@{called.address}")
        called.answer()
        percent = _cpu_percent(called.pid, seconds, lambda: time.sleep(0.2))
        caller.hang_up()
        called.close()
        return percent

    def resting(self, seconds: float) -> dict[str, float]:
        station = self._registered()
        here = Stations(station)
        here.for_a_while(2.0)
        idle = _cpu_percent(station.pid, seconds, lambda: here.for_a_while(0.2))
        return {
            "idle_cpu_percent": round(idle, 2),
            "rss_mb": round(psutil.Process(station.pid).memory_info().rss / 1e6, 1),
        }

    def dying(self, kills: int) -> dict[str, float]:
        station = self._registered()
        here = Stations(station)
        noticed_ms, back_ms = [], []
        for _ in range(kills):
            station.told.clear()
            began = time.perf_counter()
            psutil.Process(station.pid).kill()
            here.until(lambda: any(isinstance(event, PhoneLost) for event in station.told))
            noticed_ms.append(1000 * (time.perf_counter() - began))
            here.until(lambda: isinstance(station.phone.snapshot().registration, Registered))
            back_ms.append(1000 * (time.perf_counter() - began))
            here.for_a_while(11.0 if kills > 1 else 0.0)  # a second death within ten seconds is another matter
        return {
            "death_noticed_ms": round(_p95(noticed_ms), 1),
            "registered_after_kill_ms": round(_p95(back_ms), 1),
            "kills": kills,
        }

    def losing_the_registrar(self, restarts: int) -> dict[str, float]:
        """From the start of the new exchange, its own start included, to our line being in its books."""
        station = self._registered()
        here = Stations(station)
        took_ms = []
        for _ in range(restarts):
            self._asterisk.kill()
            self._asterisk.forget_registrations()
            here.for_a_while(3.0)
            began = time.perf_counter()
            self._asterisk.start()
            here.until(lambda: self._asterisk.contact("1001") is not None, PATIENCE_S)
            took_ms.append(1000 * (time.perf_counter() - began))
        return {"reregister_after_registrar_restart_ms": round(_p95(took_ms), 1), "restarts": restarts}

    def _ours(self) -> Station:
        """Takes calls from anybody; through the sound devices."""
        return self._phone("direct", lambda station: set_up(station, direct("100"), Sound()))

    def _registered(self) -> Station:
        def sign_in(station: Station) -> None:
            set_up(station, account(self._asterisk, "1001"), Sound())
            Stations(station).until(lambda: isinstance(station.phone.snapshot().registration, Registered), PATIENCE_S)

        return self._phone("registered", sign_in)

    def _phone(self, name: str, prepare: Callable[[Station], object]) -> Station:
        folder = self._folder / f"{name}-{secrets.token_hex(3)}"
        station = started(folder)
        self._leaving.callback(end, station, folder)
        prepare(station)
        return station

    def _baresip(self, name: str, through: str | None = None) -> Baresip:
        made = Baresip(self._folder / f"{name}-{secrets.token_hex(3)}", "100", through=through)
        made.start()
        self._leaving.callback(made.close)
        return made


def _cpu_percent(pid: int, seconds: float, meanwhile: Callable[[], None]) -> float:
    """Of one processor, user and system, in this process and its threads."""
    process = psutil.Process(pid)
    times = process.cpu_times()
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        meanwhile()
    took_s, now = time.perf_counter() - began, process.cpu_times()
    return 100 * (now.user + now.system - times.user - times.system) / took_s


def _p95(values: Sequence[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]
