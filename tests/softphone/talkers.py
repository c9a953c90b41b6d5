"""Two phones that sing a tone each, so that what is heard can be judged."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from agent_desktop.softphone.account import Account, Transport
from agent_desktop.softphone.audio import NullSink, SilentSource, Sound, WavSink, WavSource
from tests.softphone.stations import Station, Stations, end, set_up, started
from tests.softphone.tones import Heard, listen, write_tone

AGENT_HZ, CALLER_HZ = 440, 1000


class Talkers:
    """Two phones that sing a tone each and record what they hear."""

    def __init__(self, folder: Path, transport: Transport) -> None:
        self._folder = folder
        self._running = ExitStack()
        self._transport = transport
        self.agent = self._phone("agent", AGENT_HZ)
        self.caller = self._phone("caller", CALLER_HZ)
        self.both = Stations(self.agent, self.caller)

    def _phone(self, name: str, hertz: float) -> Station:
        station = started(self._folder / name)
        self._running.callback(end, station, self._folder / name)
        account = Account(name, "127.0.0.1", bound_to="127.0.0.1", transport=self._transport)
        return set_up(station, account, self._sound(name, hertz))

    def _sound(self, name: str, hertz: float) -> Sound:
        heard = WavSink(self._folder / f"{name}-heard.wav")
        return Sound(WavSource(write_tone(self._folder / f"{name}.wav", hertz)) if hertz else SilentSource(), heard)

    def caller_sings(self, hertz: float) -> None:
        """Another tone from now on; what the caller has heard until now stays, what follows is thrown away."""
        tone = write_tone(self._folder / f"caller-{hertz}.wav", hertz)
        self.caller.phone.set_sound(Sound(WavSource(tone), NullSink()))

    def fall_silent(self) -> None:
        """Before the call: both only listen."""
        self.agent.phone.set_sound(self._sound("agent", 0))
        self.caller.phone.set_sound(self._sound("caller", 0))

    def end(self) -> "Recordings":
        """Recordings are whole when the phone processes have ended."""
        self._running.close()
        return Recordings(
            agent=listen(self._folder / "agent-heard.wav"), caller=listen(self._folder / "caller-heard.wav")
        )

    def close(self) -> None:
        self._running.close()


@dataclass(frozen=True, slots=True)
class Recordings:
    """What each of them heard, a judgement every half second."""

    agent: list[Heard]
    caller: list[Heard]
