"""Asterisk with the lab's accounts and numbers, on its own ports and in its own folder."""

import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.lab import peers
from tests.lab.ami import Manager
from tests.lab.authority import write_certificates
from tests.lab.ports import PortBlock, has_ipv6
from tests.softphone.tones import write_tone

PIN = "2468"
HOLD_HZ = 425.0
PROMPT_HZ = 850.0
_SETTINGS = Path(__file__).parent / "asterisk"
_TONES = {"1004": 1004.0, "700": 700.0, "hold": HOLD_HZ}
_EMPTY = ("acl", "ccss", "pjproject", "queuerules", "stasis", "udptl", "websocket_client")
"""All stays as it is by default, but without these files the exchange complains."""
_PORTS = {
    "sip_port": 1,
    "tls_port": 2,
    "tls_expired_port": 3,
    "tls_of_another_port": 4,
    "tls_untrusted_port": 5,
    "ami_port": 6,
    "http_port": 7,
    "trunk_port": 8,
    "ami_tls_port": 9,
    "http_tls_port": 10,
    "rtp_first": 100,
    "rtp_last": 399,
}


class Asterisk:
    """`folder` holds all it reads and writes and must not be longer than a socket's path allows (80 characters)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._peers = peers.root()
        self._block = PortBlock()
        self._running: subprocess.Popen[bytes] | None = None
        self.trusted_ca = write_certificates(folder / "tls")
        for name in ("etc", "lib", "log/cdr-csv", "log/cel-custom", "monitor", "run", "spool/recording"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        for name, hertz in _TONES.items():
            (folder / "tones" / name).mkdir(parents=True, exist_ok=True)
            write_tone(folder / "tones" / name / "tone.wav", hertz, seconds=60, rate_hz=8000)
        write_tone(folder / "tones" / "message.wav", 700.0, seconds=2, rate_hz=8000)
        write_tone(folder / "tones" / "prompt.wav", PROMPT_HZ, seconds=1, rate_hz=8000)
        self._write_settings()

    @property
    def sip_port(self) -> int:
        """UDP and TCP, on 127.0.0.1 and where there is IPv6 on ::1."""
        return self._block[_PORTS["sip_port"]]

    @property
    def tls_port(self) -> int:
        """With a certificate by `trusted_ca` for localhost, 127.0.0.1 and ::1."""
        return self._block[_PORTS["tls_port"]]

    @property
    def tls_expired_port(self) -> int:
        return self._block[_PORTS["tls_expired_port"]]

    @property
    def tls_of_another_port(self) -> int:
        """With a certificate by `trusted_ca` for other.example."""
        return self._block[_PORTS["tls_of_another_port"]]

    @property
    def tls_untrusted_port(self) -> int:
        """With a certificate by somebody else's authority."""
        return self._block[_PORTS["tls_untrusted_port"]]

    @property
    def ami_port(self) -> int:
        return self._block[_PORTS["ami_port"]]

    @property
    def ami_tls_port(self) -> int:
        """The same with a certificate by `trusted_ca`."""
        return self._block[_PORTS["ami_tls_port"]]

    @property
    def http_port(self) -> int:
        """ARI, user desk, password desk-secret; looker may only look."""
        return self._block[_PORTS["http_port"]]

    @property
    def http_tls_port(self) -> int:
        """The same with a certificate by `trusted_ca`."""
        return self._block[_PORTS["http_tls_port"]]

    @property
    def trunk_port(self) -> int:
        """UDP: whoever listens there is the public network for 0 and a number."""
        return self._block[_PORTS["trunk_port"]]

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.sip_port}"

    @property
    def pid(self) -> int:
        assert self._running is not None
        return self._running.pid

    def start(self) -> None:
        """Returns when it takes calls."""
        settings = self.folder / "etc" / "asterisk.conf"
        words = self.folder / "log" / "console"
        running = peers.start([peers.program("asterisk"), "-f", "-n", "-C", settings], words)
        try:
            peers.wait_until(running, words, self._is_up)
        except peers.DidNotStartError:
            peers.end(running)
            raise
        self._running = running

    def stop(self) -> None:
        if self._running is not None:
            self.thaw()
            peers.end(self._running)
            self._running = None

    def make_idle(self) -> None:
        """Up, without a call, with empty queues and nobody paused, whatever was done to it before."""
        if self._running is None:
            self.start()
        self.thaw()
        self.hang_up_all()
        for member in set(re.findall(r"\(PJSIP/(\w+)\)[^\n]*\(paused", self.cli("queue show"))):
            self.cli(f"queue unpause member PJSIP/{member}")
        for queue in ("service", "sales", "support", "billing", "vip", "last"):
            for member in re.findall(r"\(PJSIP/(\w+)\)", self.cli(f"queue show {queue}")):
                self.remove_from_queue(member, queue)

    def kill(self) -> None:
        """As a power cut ends it: no goodbye to anybody."""
        assert self._running is not None
        self._running.kill()
        self._running.wait()
        self._running = None

    def restart(self, *, forgets: bool = True) -> None:
        """Killed and started again on the same ports. `forgets` who was registered, as new hardware does."""
        self.kill()
        if forgets:
            self.forget_registrations()
        self.start()

    def forget_registrations(self) -> None:
        """While it is not running."""
        for file in (self.folder / "lib").glob("astdb.sqlite3*"):
            file.unlink()

    def freeze(self) -> None:
        """Takes no packet and answers none until `thaw`, like a host behind a dead line."""
        assert self._running is not None
        self._running.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self._running is not None
        self._running.send_signal(signal.SIGCONT)

    def close(self) -> None:
        self.stop()
        self._block.close()

    def manager(self) -> Manager:
        """A connection that hears every event from now on."""
        return Manager(self.ami_port)

    def cli(self, line: str) -> str:
        """A line as at the exchange's own console, and what it printed."""
        with Manager(self.ami_port, with_events=False) as manager:
            return manager.command(line)

    def channels(self) -> list[str]:
        """Names of the legs that are up, such as PJSIP/1001-00000003."""
        return [line.split("!")[0] for line in self.cli("core show channels concise").splitlines() if "!" in line]

    def until_rings(self, agent: str, patience_s: float = 10.0) -> None:
        """The exchange has heard from this phone that it rings. Who has not rung yet is not told who answered."""
        self._until_leg(agent, lambda parts: parts[4] == "Ringing", patience_s)

    def until_talks(self, agent: str, patience_s: float = 10.0) -> None:
        """Who has answered is with the caller a moment later; until then there is nothing to transfer."""
        self._until_leg(agent, lambda parts: bool(parts[-2]), patience_s)

    def _until_leg(self, agent: str, is_so: Callable[[list[str]], bool], patience_s: float) -> None:
        """`is_so` is shown what the exchange says of this agent's leg."""
        deadline = time.monotonic() + patience_s
        while True:
            said = self.cli("core show channels concise")
            lines = [line.split("!") for line in said.splitlines() if line.startswith(f"PJSIP/{agent}-")]
            if any(is_so(parts) for parts in lines):
                return
            assert time.monotonic() < deadline, said
            time.sleep(0.01)

    def until_no_channels(self, patience_s: float = 10.0) -> None:
        deadline = time.monotonic() + patience_s
        while found := self.channels():
            assert time.monotonic() < deadline, found
            time.sleep(0.05)

    @contextmanager
    def sip_messages(self) -> Iterator[Callable[[], list[str]]]:
        """What the exchange receives and sends meanwhile: the first line says which, then the message follows."""
        log = self.folder / "log" / "sip"
        began = log.stat().st_size if log.exists() else 0
        self.cli("pjsip set logger on")
        try:
            yield lambda: _messages(log.read_bytes()[began:].decode("utf-8", errors="replace"))
        finally:
            self.cli("pjsip set logger off")

    def hang_up_all(self) -> None:
        if self.channels():
            self.cli("channel request hangup all")
            self.until_no_channels()

    def contact(self, account: str) -> str | None:
        """Where this account has registered from, None if it has not."""
        found = re.search(rf"Contact:\s+{account}/(\S+)", self.cli(f"pjsip show aor {account}"))
        return found.group(1) if found else None

    def customer_calls(
        self,
        number: str,
        does: str = "tone",
        caller: str = '"张三" <13812345678>',
        facts: dict[str, str] | None = None,
        context: str = "inbound",
    ) -> None:
        """A customer without a telephone calls `number` of the inbound context (4000, 41001, 61001 …).

        `does` is what the answered customer does: tone (700 Hz), echo, silent, digits (12# after a second), brief
        (hangs up after a second), message (speaks for two seconds); pin, wrong-pin and score type what the PIN check
        and the survey ask for when they ask. `facts` are CUSTOMER_ID, UUI, CALLED_NUMBER, CALL_REF, QUEUE, IVR_PATH.
        """
        with Manager(self.ami_port, with_events=False) as manager:
            manager.ask(
                "Originate",
                [f"__{name}={value}" for name, value in (facts or {}).items()],
                Channel=f"Local/{number}@{context}/n",
                Context="customers",
                Exten=does,
                Priority="1",
                CallerID=caller,
                Timeout="120000",
                Async="true",
            )

    def leave_message(self, agent: str) -> None:
        """Somebody speaks into the agent's mailbox; the lamp is lit about three seconds later."""
        self.customer_calls(f"*98{agent}", does="message", context="internal")

    def add_to_queue(self, agent: str, queue: str = "service") -> None:
        with Manager(self.ami_port, with_events=False) as manager:
            member = f"PJSIP/{agent}"
            manager.ask("QueueAdd", Queue=queue, Interface=member, MemberName=f"Agent {agent}", StateInterface=member)

    def remove_from_queue(self, agent: str, queue: str = "service") -> None:
        with Manager(self.ami_port, with_events=False) as manager:
            manager.ask("QueueRemove", Queue=queue, Interface=f"PJSIP/{agent}")

    def _is_up(self) -> bool:
        try:
            with Manager(self.ami_port) as manager:
                manager.wait_for("FullyBooted", patience_s=5)
        except (OSError, TimeoutError):
            return False
        return True

    def _write_settings(self) -> None:
        values = {name: str(self._block[offset]) for name, offset in _PORTS.items()}
        values["folder"] = str(self.folder)
        values["certificates"] = str(self.folder / "tls")
        values["modules"] = str(peers.libraries() / "asterisk" / "modules")
        values["data"] = str(self._peers / "usr" / "share" / "asterisk")
        etc = self.folder / "etc"
        for template in _SETTINGS.glob("*.conf"):
            text = template.read_text(encoding="utf-8")
            filled = re.sub(r"@(\w+)@", lambda found: values[found.group(1)], text)
            (etc / template.name).write_text(filled, encoding="utf-8")
        for name in _EMPTY:
            (etc / f"{name}.conf").touch()
        if not has_ipv6():
            (etc / "pjsip_ipv6.conf").unlink()


def _messages(log: str) -> list[str]:
    parts = re.split(r"^\[[^\]]*\].*?<--- (.*) --->\n", log, flags=re.MULTILINE)
    return [
        f"{what}\n{message.strip()}".replace("\r\n", "\n")
        for what, message in zip(parts[1::2], parts[2::2], strict=True)
    ]


def free(asterisk: Asterisk) -> None:
    """Ends it and gives its folder back."""
    asterisk.close()
    shutil.rmtree(asterisk.folder)
