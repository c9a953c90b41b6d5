"""The headless phone: the phone process without a workstation, told what to do by arguments or on stdin."""

import argparse
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import BinaryIO

from agent_desktop.softphone import commands
from agent_desktop.softphone.account import (
    Account,
    DigitMode,
    Keying,
    MediaEncryption,
    Registered,
    RegistrationRefused,
    Transport,
)
from agent_desktop.softphone.audio import NativeSink, NativeSource, NullSink, SilentSource, Sound, WavSink, WavSource
from agent_desktop.softphone.call import Call, CallId, CallState, Direction
from agent_desktop.softphone.conduct import Conduct
from agent_desktop.softphone.engine import Engine, Tell
from agent_desktop.softphone.events import CallChanged, CommandRefused, Event, RegistrationChanged
from agent_desktop.softphone.handset import Handset
from agent_desktop.softphone.host import Meters
from agent_desktop.softphone.policy import AutoAnswer, CallPolicy
from agent_desktop.softphone.wire import BadLineError, event_line, read_command

_PASSWORD = "AGENT_PHONE_PASSWORD"  # noqa: S105


def add_arguments(parser: argparse.ArgumentParser) -> None:
    by_hand = parser.add_argument_group("by hand")
    by_hand.add_argument("--account", default="sip:phone@127.0.0.1", metavar="sip:USER@DOMAIN")
    by_hand.add_argument("--registrar", metavar="HOST[:PORT]", help="left out: calls go straight to addresses")
    by_hand.add_argument("--second-registrar", metavar="HOST[:PORT]", help="used while the first does not answer")
    by_hand.add_argument("--proxy", metavar="HOST[:PORT]", help="everything goes there first")
    by_hand.add_argument("--auth-user", default="", help=f"the password is read from {_PASSWORD}")
    by_hand.add_argument("--display-name", default="")
    by_hand.add_argument("--transport", choices=[each.value for each in Transport], default="udp")
    by_hand.add_argument("--ca-file", type=Path, metavar="FILE.pem", help="authorities beside the system's, for TLS")
    by_hand.add_argument("--keep-alive", type=int, default=4, metavar="SECONDS", help="0: never (%(default)s)")
    by_hand.add_argument("--from-anybody", action="store_true", help="take calls from others than the switch too")
    by_hand.add_argument("--srtp", choices=[each.value for each in MediaEncryption], default="off")
    by_hand.add_argument("--keying", choices=[each.value for each in Keying], default="sdes", help="of SRTP")
    by_hand.add_argument("--codecs", default="opus,G722,PCMA,PCMU", help="best first (%(default)s)")
    by_hand.add_argument("--stun", metavar="HOST[:PORT]", help="tells our public address")
    by_hand.add_argument("--ice", action="store_true", help="look for the best way for the sound")
    by_hand.add_argument("--bind", default="127.0.0.1", help="the address of this machine to use (%(default)s)")
    by_hand.add_argument("--port", type=int, default=0, help="0: any free one, told by RegistrationChanged")
    by_hand.add_argument("--play", type=Path, metavar="FILE.wav", help="what the other side hears, repeated")
    by_hand.add_argument("--record", type=Path, metavar="FILE.wav", help="what the other side says")
    by_hand.add_argument("--native", action="store_true", help="microphone and speaker instead of nothing")
    by_hand.add_argument(
        "--dial",
        metavar="NUMBER|sip:ADDRESS",
        help="once it is registered, if it is to be; ends when this call has ended",
    )
    by_hand.add_argument("--header", action="append", default=[], metavar="'NAME: VALUE'", help="on the INVITE")
    by_hand.add_argument("--auto-answer", type=float, metavar="SECONDS", help="answer calls after so long")
    by_hand.add_argument("--hang-up-after", type=float, metavar="SECONDS", help="of talking")
    by_hand.add_argument("--digits", default="", help="sent when the call is answered")
    by_hand.add_argument("--digit-mode", choices=[each.value for each in DigitMode], default="rfc4733")
    by_hand.add_argument("--calls", type=int, default=0, metavar="N", help="end after so many calls")
    by_hand.add_argument("--control", choices=("none", "stdio"), default="none", help="read commands from stdin")


class HeadlessPhone:
    """Follows the arguments; every event is one JSON line on `out`."""

    def __init__(
        self,
        asked: argparse.Namespace,
        make_engine: Callable[[Tell], Engine],
        out: BinaryIO,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._asked = asked
        self._out = out
        self._clock = clock
        self._conduct = Conduct(make_engine, self._tell, clock)
        self._engine = self._conduct.engine
        self._handset = Handset(self._engine, self._tell, self._conduct.use)
        self._meters = Meters(self._engine, self._tell)
        self._typed: SimpleQueue[commands.Command] = SimpleQueue()
        self._due: list[tuple[float, commands.Command]] = []
        self._dialled = CallId("dialled")
        self._answered: set[CallId] = set()
        self._has_dialled = False
        self._over = 0
        self._is_done = False
        self._failed = False

    def run(self) -> int:
        self._engine.start()
        self._handset.perform(commands.UseSound(_sound(self._asked)))
        self._handset.perform(commands.UsePolicy(_policy(self._asked)))
        self._handset.perform(commands.UseAccount(_account(self._asked)))
        if self._asked.control == "stdio":
            threading.Thread(target=self._read_typed, name="stdin", daemon=True).start()
        if self._asked.registrar is None:
            self._dial()
        while not self._is_done:
            self._step()
        self._engine.stop()
        return 1 if self._failed else 0

    def quit(self) -> None:
        """Also from a signal's handler: what is going on is hung up first."""
        self._is_done = True

    def _step(self) -> None:
        now = self._clock()
        pause_s = min(self._meters.measure(now), self._conduct.step())
        self._engine.wait(max(0.0, min([pause_s, 1.0, *(at - now for at, _ in self._due)])))
        while True:
            try:
                self._perform(self._typed.get_nowait())
            except Empty:
                break
        now = self._clock()
        ripe = [command for at, command in self._due if at <= now]
        self._due = [(at, command) for at, command in self._due if at > now]
        for command in ripe:
            self._perform(command)

    def _perform(self, command: commands.Command) -> None:
        if isinstance(command, commands.Quit):
            self.quit()
        else:
            self._handset.perform(command)

    def _tell(self, event: Event) -> None:
        self._out.write(event_line(event))
        self._out.flush()
        match event:
            case CallChanged(call):
                self._follow(call)
            case RegistrationChanged(Registered()):
                self._dial()
            case RegistrationChanged(RegistrationRefused()) if self._asked.dial is not None and not self._has_dialled:
                self._failed = self._is_done = True
            case CommandRefused("Dial"):
                self._failed = self._is_done = True
            case _:
                pass

    def _dial(self) -> None:
        if self._asked.dial is not None and not self._has_dialled:
            self._has_dialled = True
            headers = tuple(_header(each) for each in self._asked.header)
            self._due.append((self._clock(), commands.Dial(self._dialled, self._asked.dial, headers)))

    def _follow(self, call: Call) -> None:
        asked, now = self._asked, self._clock()
        if call.state is CallState.CONNECTED and call.id not in self._answered:
            self._answered.add(call.id)
            if asked.digits:
                self._due.append((now + 0.2, commands.SendDigits(call.id, asked.digits)))
            if asked.hang_up_after is not None:
                self._due.append((now + asked.hang_up_after, commands.HangUp(call.id)))
        if call.is_over:
            self._over += 1
            self._due = [(at, due) for at, due in self._due if getattr(due, "call_id", None) != call.id]
            is_last = call.id == self._dialled and call.direction is Direction.OUTGOING
            self._is_done = self._is_done or is_last or self._over == asked.calls
            self._failed = self._failed or (is_last and call.answered_at is None)

    def _read_typed(self) -> None:
        """Unbuffered: whoever waits in sys.stdin holds its lock, without which Python does not end but aborts."""
        with open(sys.stdin.fileno(), "rb", buffering=0, closefd=False) as typed:
            for line in typed:
                try:
                    self._typed.put(read_command(line))
                except BadLineError as bad:
                    print(f"not a command: {bad.detail}", file=sys.stderr, flush=True)
                self._engine.wake()
        self._typed.put(commands.Quit())
        self._engine.wake()


def run_by_hand(asked: argparse.Namespace, make_engine: Callable[[Tell], Engine]) -> int:
    """Exit code 1 when the call that was dialled was not answered."""
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # PJSIP prints to standard output
        phone = HeadlessPhone(asked, make_engine, out)
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, lambda *_: phone.quit())
        return phone.run()


def _account(asked: argparse.Namespace) -> Account:
    user, _, domain = asked.account.removeprefix("sip:").rpartition("@")
    return Account(
        user=user or "phone",
        domain=domain,
        password=os.environ.get(_PASSWORD, ""),
        registrar=asked.registrar,
        second_registrar=asked.second_registrar,
        proxy=asked.proxy,
        transport=Transport(asked.transport),
        trusted_ca=asked.ca_file,
        keep_alive_s=asked.keep_alive,
        only_from_switch=not asked.from_anybody,
        media_encryption=MediaEncryption(asked.srtp),
        keying=Keying(asked.keying),
        codecs=tuple(asked.codecs.split(",")),
        stun_server=asked.stun,
        ice=asked.ice,
        auth_user=asked.auth_user,
        display_name=asked.display_name,
        local_port=asked.port,
        bound_to=asked.bind,
        digit_mode=DigitMode(asked.digit_mode),
    )


def _sound(asked: argparse.Namespace) -> Sound:
    silent, nothing = (NativeSource(), NativeSink()) if asked.native else (SilentSource(), NullSink())
    return Sound(
        WavSource(asked.play) if asked.play else silent,
        WavSink(asked.record) if asked.record else nothing,
    )


def _policy(asked: argparse.Namespace) -> CallPolicy:
    if asked.auto_answer is None:
        return CallPolicy()
    return CallPolicy(auto_answer=AutoAnswer.ALWAYS, auto_answer_after_s=asked.auto_answer, zip_tone=False)


def _header(written: str) -> tuple[str, str]:
    name, _, value = written.partition(":")
    return name.strip(), value.strip()
