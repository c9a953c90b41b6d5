"""A sound server of one's own, with headsets that are plugged in and out."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.lab import peers

_RATE_HZ = 16000
_AS_ON_A_DESKTOP = 5
"""The real-time priority that rtkit gives a sound server."""


def on_time(pid: int) -> None:
    """Its threads run before all others, as those of sound do on a desktop, where that may be asked for."""
    with suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            os.sched_setscheduler(int(thread.name), os.SCHED_RR, os.sched_param(_AS_ON_A_DESKTOP))


class PulseAudio:
    """Each headset is a speaker whose sound can be recorded and a microphone that a file can be played into.

    The headset `jabra` is the speaker `jabra` and the microphone `jabra-microphone`; one speaker more, `jabra-feed`, is
    the way into the microphone. The default devices are those plugged in first.
    `environment` is for the phone that is to use them: set it before the phone starts.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._socket = folder / "native"
        self._running: subprocess.Popen[bytes] | None = None
        self._modules: dict[str, tuple[str, ...]] = {}
        self._speaking: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PULSE_SERVER": f"unix:{self._socket}",
            "PULSE_RUNTIME_PATH": str(self.folder),
            "PULSE_STATE_PATH": str(self.folder),
            "PULSE_COOKIE": str(self.folder / "cookie"),
        }

    def start(self) -> None:
        """Returns when it takes clients. There is no headset yet."""
        words = self.folder / "console"
        modules = next((peers.root() / "usr" / "lib").glob("pulse-*")) / "modules"
        command: list[str | Path] = [
            peers.program("pulseaudio"), "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1",
            "--high-priority=no", "--realtime=no", "--disable-shm=yes", f"--dl-search-path={modules}",
            "-L", f"module-native-protocol-unix socket={self._socket} auth-anonymous=1",
        ]  # fmt: skip
        running = peers.start(command, words, env=self.environment)
        try:
            peers.wait_until(running, words, lambda: self._socket.exists() and self._takes_clients())
        except peers.DidNotStartError:
            peers.end(running)
            raise
        self._running = running

    def restart(self) -> None:
        """Comes back without any headset."""
        self.close()
        self._modules.clear()
        self._socket.unlink(missing_ok=True)
        self.start()

    @property
    def pid(self) -> int:
        assert self._running is not None
        return self._running.pid

    def close(self) -> None:
        for name in list(self._speaking):
            self.fall_silent(name)
        if self._running is not None:
            peers.end(self._running)
            self._running = None

    def plug_in(self, name: str, *, hears_itself: bool = False) -> None:
        """`hears_itself`: what its speaker plays comes into its microphone half as loud."""
        form = (f"rate={_RATE_HZ}", "channels=1")
        microphone, heard = f"source_name={name}-microphone", f"{name}{'' if hears_itself else '-feed'}.monitor"
        self._modules[name] = (
            self._ask("load-module", "module-null-sink", f"sink_name={name}", "format=s16le", *form),
            self._ask("load-module", "module-null-sink", f"sink_name={name}-feed", "format=s16le", *form),
            self._ask("load-module", "module-remap-source", microphone, f"master={heard}", *form),
        )
        if hears_itself:
            self._ask("set-source-volume", f"{name}-microphone", "-6dB")

    def streams(self) -> list[str]:
        """Who plays or records now."""
        return [line for kind in ("sink-inputs", "source-outputs") for line in self._clients(kind)]

    def unplug(self, name: str) -> None:
        """Also in mid-call."""
        self.fall_silent(name)
        for module in reversed(self._modules.pop(name)):
            self._ask("unload-module", module)

    def speak(self, name: str, wav: Path) -> None:
        """Plays the file into the headset's microphone, once, while the test goes on."""
        self.fall_silent(name)
        command: list[str | Path] = [
            peers.program("paplay"), f"--device={name}-feed", "--latency-msec=20", wav
        ]  # fmt: skip
        self._speaking[name] = peers.start(command, self.folder / "paplay", env=self.environment)

    def fall_silent(self, name: str) -> None:
        if name in self._speaking:
            peers.end(self._speaking.pop(name))

    @contextmanager
    def listening(self, name: str, wav: Path) -> Iterator[Path]:
        """Records what the headset's speaker plays; the file is whole afterwards."""
        command: list[str | Path] = [
            peers.program("parec"), f"--device={name}.monitor", "--latency-msec=20", "--file-format=wav",
            "--format=s16le", f"--rate={_RATE_HZ}", "--channels=1", wav,
        ]  # fmt: skip
        wav.unlink(missing_ok=True)
        recording = peers.start(command, self.folder / "parec", env=self.environment)
        try:
            peers.wait_until(recording, self.folder / "parec", lambda: wav.exists() and wav.stat().st_size > 44)
            yield wav
        finally:
            peers.end(recording)

    def _clients(self, kind: str) -> list[str]:
        return [line for line in self._ask("list", "short", kind).splitlines() if "protocol-native" in line]

    def _takes_clients(self) -> bool:
        return subprocess.run(self._pactl("info"), env=self._all(), capture_output=True, check=False).returncode == 0

    def _ask(self, *words: str) -> str:
        done = subprocess.run(self._pactl(*words), env=self._all(), check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def _pactl(self, *words: str) -> list[str | Path]:
        return [peers.program("pactl"), *words]

    def _all(self) -> dict[str, str]:
        return {**os.environ, **self.environment}


def free(pulse: PulseAudio) -> None:
    """Ends it and gives its folder back."""
    pulse.close()
    shutil.rmtree(pulse.folder)
