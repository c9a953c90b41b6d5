"""Our own phones, signed in at the lab's exchange."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from agent_desktop.softphone.account import Account, Registered, Transport
from agent_desktop.softphone.audio import SilentSource, Sound, WavSink, WavSource
from agent_desktop.softphone.call import Call, CallState
from tests.lab.asterisk import Asterisk
from tests.softphone.stations import PATIENCE_S, Station, Stations, end, started
from tests.softphone.tones import Heard, listen, write_tone


def account(asterisk: Asterisk, user: str, transport: Transport = Transport.UDP) -> Account:
    """One of the exchange's accounts (see asterisk/pjsip_wizard.conf), as an administrator would enter it."""
    if transport is Transport.TLS:
        registrar, trusted = f"localhost:{asterisk.tls_port}", asterisk.trusted_ca
    else:
        registrar, trusted = asterisk.address, None
    return Account(
        user=user,
        domain=registrar,
        password=f"pass-{user}",
        registrar=registrar,
        transport=transport,
        bound_to="127.0.0.1",
        trusted_ca=trusted,
    )


class Agents:
    """Each phone is a process of its own with a folder of its own; all of them end with this."""

    def __init__(self, asterisk: Asterisk, folder: Path) -> None:
        self._asterisk = asterisk
        self._folder = folder
        self._leaving = ExitStack()
        self._there: list[Station] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave()

    def leave(self) -> None:
        """Ends the phones, none of which may have been lost before or crash at its end. Recordings are whole when their
        processes have ended."""
        self._leaving.close()
        for station in self._there:
            assert not station.losses(), station.log()
            assert not any(word in station.log() for word in ("Fatal Python error", "Traceback")), station.log()

    def start(self, name: str) -> Station:
        """A phone without an account."""
        run_folder = self._folder / f"phone-{name}-{len(self._there)}"
        station = started(run_folder)
        self._leaving.callback(end, station, run_folder)
        self._there.append(station)
        return station

    def sign_in(self, who: str | Account, says_hz: float | None = None, sound: Sound | None = None) -> Station:
        """A registered phone. It says a tone or is silent; `heard_by` tells what it heard."""
        wanted = account(self._asterisk, who) if isinstance(who, str) else who
        station = self.start(wanted.user)
        station.phone.set_sound(sound or self._sound(wanted.user, says_hz))
        station.phone.set_account(wanted)
        self.until(lambda: isinstance(station.phone.snapshot().registration, Registered))
        return station

    def heard_by(self, user: str, step_s: float = 0.5) -> list[Heard]:
        """What this phone heard, piece by piece. All phones leave for that."""
        self.leave()
        return listen(self._recording(user), step_s=step_s)

    def until(self, fact: Callable[[], bool], patience_s: float = PATIENCE_S) -> None:
        """Reads from all phones meanwhile."""
        Stations(*self._there).until(fact, patience_s)

    def catch_up(self) -> None:
        """Reads what the phones have told meanwhile."""
        for station in self._there:
            while station.read(0.02):
                pass

    def talk(self, seconds: float) -> None:
        Stations(*self._there).for_a_while(seconds)

    def rings(self, station: Station) -> Call:
        """The call that rings there, as soon as one does."""
        self.until(lambda: bool(station.incoming()))
        return station.incoming()[0]

    def answer(self, station: Station) -> Call:
        ringing = self.rings(station)
        station.phone.answer(ringing.id)
        return Stations(*self._there).until_call(station, ringing.id, lambda call: call.state is CallState.CONNECTED)

    def dial(self, station: Station, number: str) -> Call:
        """Answered."""
        call_id = station.phone.dial(number)
        return Stations(*self._there).until_call(station, call_id, lambda call: call.state is CallState.CONNECTED)

    def hang_up(self, station: Station, call: Call) -> Call:
        station.phone.hang_up(call.id)
        return Stations(*self._there).until_call(station, call.id, lambda each: each.is_over)

    def _sound(self, user: str, says_hz: float | None) -> Sound:
        sink = WavSink(self._recording(user))
        if says_hz is None:
            return Sound(SilentSource(), sink)
        return Sound(WavSource(write_tone(self._folder / f"said-by-{user}.wav", says_hz)), sink)

    def _recording(self, user: str) -> Path:
        return self._folder / f"heard-by-{user}.wav"
