"""baresip, another maker's telephone, driven over its control socket."""

import json
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

from tests.lab import peers
from tests.lab.ports import PortBlock
from tests.softphone.tones import write_tone

_MODULES = ("g711.so", "g722.so", "opus.so", "alsa.so", "aufile.so", "srtp.so", "dtls_srtp.so", "uuid.so")
_APPLICATIONS = ("account.so", "menu.so", "ctrl_tcp.so")

_SAID = {"opus": (48000, 2), "G722": (16000, 1)}

Event = dict[str, Any]


class NotAnsweredError(Exception):
    """The call ended before it was answered; the code and words of the other side follow."""


class Baresip:
    """Says a tone of `says_hz` in every call, for a minute at most; `heard` is what it heard, whole after `close`.

    `registrar` None: calls go straight to addresses. `codecs` are G.711 A-law unless told otherwise (`G722`,
    `opus/48000/2`, recorded in stereo). `options` are baresip's own account parameters, such as `mediaenc=srtp`. It
    answers by itself only if told to. `through` is a sound device (`alsa,default`) instead of tone and file.
    """

    def __init__(
        self,
        folder: Path,
        user: str,
        registrar: str | None = None,
        *,
        says_hz: float = 440,
        answers: bool = False,
        codecs: str = "PCMA",
        options: tuple[str, ...] = (),
        through: str | None = None,
    ) -> None:
        self.folder = folder
        self.heard = folder / "heard.wav"
        self.seen: list[Event] = []
        self._block = PortBlock()
        self._control: socket.socket | None = None
        self._read = b""
        self._registers = registrar is not None
        folder.mkdir(parents=True, exist_ok=True)
        at = registrar or self.address
        account = [
            f"<sip:{user}@{at}>", f"auth_user={user}", f"auth_pass=pass-{user}",
            f"regint={120 if registrar else 0}", f"answermode={'auto' if answers else 'manual'}",
            f"audio_codecs={codecs}", *options,
        ]  # fmt: skip
        (folder / "accounts").write_text(";".join(account) + "\n", encoding="utf-8")
        rate_hz, channels = _SAID.get(codecs.partition("/")[0], (8000, 1))  # baresip plays a file as it is
        said = write_tone(folder / "said.wav", says_hz, 60, rate_hz, channels)  # the call ends with the file
        (folder / "config").write_text(self._settings(said, through), encoding="utf-8")
        (folder / "asound.conf").write_text(_default_device(), encoding="utf-8")
        self._running: subprocess.Popen[bytes] | None = None

    @property
    def sip_port(self) -> int:
        return self._block[1]

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.sip_port}"

    @property
    def pid(self) -> int:
        assert self._running is not None
        return self._running.pid

    def start(self) -> None:
        """Returns when it is registered, or listens if it has no registrar."""
        words = self.folder / "console"
        devices = {"ALSA_CONFIG_PATH": str(self.folder / "asound.conf")}
        running = peers.start([peers.program("baresip"), "-f", self.folder], words, env=devices)
        try:
            peers.wait_until(running, words, self._can_be_told)
            peers.wait_until(running, words, lambda: not self._registers or " 200 OK " in words.read_text("utf-8"))
        except peers.DidNotStartError:
            peers.end(running)
            raise
        self._running = running

    def close(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._running is not None:
            peers.end(self._running)
            self._running = None
        self._block.close()

    def dial(self, address: str) -> None:
        """Returns when the call is answered; raises NotAnsweredError. A number is completed by the registrar."""
        self.tell("dial", address)
        became = self.wait_for("CALL_ESTABLISHED", "CALL_CLOSED")
        if became["type"] == "CALL_CLOSED":
            raise NotAnsweredError(became["param"])

    def answer(self) -> Event:
        """The call that rings, as soon as one does; its event, with peeruri and peerdisplayname."""
        rings = self.wait_for("CALL_INCOMING")
        self.tell("accept")
        self.wait_for("CALL_ESTABLISHED")
        return rings

    def hang_up(self) -> None:
        self.tell("hangup")
        self.wait_for("CALL_CLOSED")

    def tell(self, command: str, parameters: str = "") -> None:
        """One of baresip's long commands: hold, resume, mute, transfer …"""
        assert self._control is not None
        message = json.dumps({"command": command, "params": parameters}).encode()
        self._control.sendall(b"%d:%s," % (len(message), message))

    def wait_for(self, *kinds: str, patience_s: float = 10) -> Event:
        """The first event of one of these types that was not waited for before. Raises TimeoutError."""
        deadline = time.monotonic() + patience_s
        at = 0
        while True:
            while at < len(self.seen):
                event = self.seen[at]
                if event.get("type") in kinds:
                    del self.seen[at]
                    return event
                at += 1
            try:
                self.seen.append(self._next(deadline))
            except TimeoutError as late:
                raise TimeoutError(f"no {kinds} within {patience_s} s, only {self.seen}") from late

    def _next(self, deadline: float) -> Event:
        assert self._control is not None
        while True:
            length, colon, rest = self._read.partition(b":")
            if colon and len(rest) > int(length):
                message, self._read = rest[: int(length)], rest[int(length) + 1 :]
                event: Event = json.loads(message)
                return event
            self._control.settimeout(max(0.001, deadline - time.monotonic()))
            more = self._control.recv(65536)
            if not more:
                raise ConnectionError("baresip has closed its control socket")
            self._read += more

    def _can_be_told(self) -> bool:
        try:
            self._control = socket.create_connection(("127.0.0.1", self._block[20]), timeout=1)
        except OSError:
            return False
        return True

    def _settings(self, said: Path, through: str | None) -> str:
        lines = [
            f"module_path {peers.root() / 'usr' / 'lib' / 'baresip' / 'modules'}",
            f"audio_path {peers.root() / 'usr' / 'share' / 'baresip'}",
            *(f"module {name}" for name in _MODULES),
            *(f"module_app {name}" for name in _APPLICATIONS),
            f"sip_listen {self.address}",
            f"ctrl_tcp_listen 127.0.0.1:{self._block[20]}",
            "net_interface 127.0.0.1",
            f"rtp_ports {self._block[100]}-{self._block[199]}",
            f"audio_source {through or f'aufile,{said}'}",
            f"audio_player {through or f'aufile,{self.heard}'}",
            f"audio_alert aufile,{self.folder / 'ring.wav'}",
            "call_max_calls 4",
            *(f"{tone}_aufile none" for tone in ("ring", "ringback", "busy", "error", "callwaiting")),
        ]
        return "\n".join((*lines, ""))


def _default_device() -> str:
    """ALSA's settings under which `default` is the sound server's, whatever this machine's own settings say."""
    plugin = peers.libraries() / "alsa-lib" / "libasound_module_pcm_pulse.so"
    return f'pcm_type.pulse {{ lib "{plugin}" }}\npcm.default {{ type pulse }}\nctl.default {{ type pulse }}\n'
