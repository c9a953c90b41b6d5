"""Two phones that sing a tone each, so that what is heard can be judged."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from agent_desktop.softphone.account import Account, Transport
from agent_desktop.softphone.audio import Sound, WavSink, WavSource
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
        tone = write_tone(self._folder / f"{name}.wav", hertz)
        sound = Sound(WavSource(tone), WavSink(self._folder / f"{name}-heard.wav"))
        return set_up(station, Account(name, "127.0.0.1", bound_to="127.0.0.1", transport=self._transport), sound)

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
