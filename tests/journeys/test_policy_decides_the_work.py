"""What IT decides is what happens: on the line to the exchange, in calls, without the server, and of customers."""

import re
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from agent_desktop.softphone.account import Registered
from agent_model.phone_number import PhoneNumber, masked
from demo.caller import Caller
from demo.seat import MemoryVault, Seat
from demo.server import DemoServer
from tests.journeys.company import CUSTOMERS, name_of, phone_of
from tests.journeys.conftest import Sit, leave
from tests.journeys.sight import is_asking, talking, words
from tests.lab.authority import write_certificates
from tests.policies import managed
from tests.softphone.registrar import messages_of, welcomed


class Edge:
    """The site's SIP proxy behind TLS: everybody registers, no call is answered. `heard` is all that it was told."""

    def __init__(self, certificate: Path) -> None:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate.with_suffix(".pem"), certificate.with_suffix(".key"))
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._tls = tls
        self._line: ssl.SSLSocket | None = None
        self._thread = threading.Thread(target=self._serve, name="edge")
        self.address = f"127.0.0.1:{self._listening.getsockname()[1]}"
        self.heard: list[str] = []

    def start(self) -> None:
        self._thread.start()

    def requests(self, method: str) -> list[str]:
        return [one for one in self.heard if one.startswith(f"{method} ")]

    def close(self) -> None:
        for one in (self._listening, self._line):
            if one is not None:
                with suppress(OSError):  # the phone may have gone first
                    one.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listening.close()

    def _serve(self) -> None:
        with suppress(OSError):
            plain, _ = self._listening.accept()
            with self._tls.wrap_socket(plain, server_side=True) as line:
                self._line = line
                for message in messages_of(line):
                    self.heard.append(message)
                    if message.startswith("REGISTER "):
                        line.sendall(welcomed(message))


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    return write_certificates(tmp_path / "certificates")


@pytest.fixture
def edge(authority: Path) -> Iterator[Edge]:
    made = Edge(authority.parent / "good")
    made.start()
    yield made
    made.close()


def test_phone_goes_to_the_exchange_as_policy_says(
    sit: Sit, server: DemoServer, edge: Edge, authority: Path, tmp_path: Path
) -> None:
    keys = {
        "sip.domain": "tel.corp.example",
        "sip.registrar": "pbx.corp.example",
        "sip.proxy": edge.address,
        "sip.transport": "tls",
        "sip.ca_file": str(authority),
        "sip.codecs": "PCMA, G722",
        "sip.encryption": "required",
        "site.dial_form": "national",
        "site.outside_line": "0",
    }
    seat = sit(policy=managed(tmp_path / "etc", keys))

    def registration() -> object:
        return seat.workspace._rooms.phone.snapshot().registration

    assert seat.until(lambda: isinstance(registration(), Registered), 30), registration()
    [register, *_] = edge.requests("REGISTER")
    assert register.startswith("REGISTER sip:pbx.corp.example")
    assert re.search(r"^To: .*@tel\.corp\.example>", register, re.MULTILINE)
    assert re.search(r"^Via: SIP/2\.0/TLS ", register, re.MULTILINE)

    seat.workspace.calls.outbound.offer(())  # without a number of the company's, customers are called at any hour
    seat.workspace.calls.dial(phone_of(CUSTOMERS[3]))
    assert seat.until(lambda: bool(edge.requests("INVITE")), 30)
    [invite, *_] = edge.requests("INVITE")
    assert re.match(r"INVITE sip:0\d+@tel\.corp\.example", invite)
    offer = re.search(r"^m=audio \d+ (\S+) ([\d ]+)", invite, re.MULTILINE)
    assert offer is not None
    assert (offer.group(1), offer.group(2).split()[:2]) == ("RTP/SAVP", ["8", "9"])
    assert "opus" not in invite


def test_calls_are_answered_and_recorded_as_policy_says(sit: Sit, tmp_path: Path) -> None:
    keys = {"sip.auto_answer": "always", "recording.rule": "by_queue", "recording.queues": "billing,support"}
    seat = sit(policy=managed(tmp_path / "etc", keys))

    with closing(Caller(seat.sip_address, phone_of(CUSTOMERS[11]), {"X-Queue": "support"})) as caller:
        assert seat.until(lambda: len(talking(seat)) == 1, 30)
        recordings = seat.workspace._rooms.recordings
        assert seat.until(lambda: [kept for kept in recordings.all() if kept.path.exists()], 30)
        caller.hang_up()
        assert caller.wait_for("ended")


def test_lease_of_policy_ends_work_without_the_server(sit: Sit, tmp_path: Path) -> None:
    home, vault = tmp_path / "seat", MemoryVault()
    assert leave(sit(home=home, vault=vault))
    away = {"server.proxy": "http://127.0.0.1:9"}

    with_lease = sit(home=home, vault=vault, password=None, policy=managed(tmp_path / "a", away), ready=is_in)
    assert leave(with_lease)
    without = managed(tmp_path / "b", {**away, "offline.lease_h": 0})
    assert is_asking(sit(home=home, vault=vault, password=None, policy=without, ready=is_asking))


def is_in(seat: Seat) -> bool:
    return seat.program.window is not None


def test_customers_are_hidden_as_policy_says(sit: Sit, tmp_path: Path) -> None:
    person = CUSTOMERS[5]
    seat = sit(policy=managed(tmp_path / "etc", {"customers.hidden": "all"}))

    seat.workspace.on_screen.open_customer(person.customer.id)

    assert seat.until(lambda: seat.window.customer.customer_id == person.customer.id)
    said = words(seat.window.customer.header)
    assert masked(PhoneNumber(phone_of(person))) in said
    assert name_of(person) not in said
