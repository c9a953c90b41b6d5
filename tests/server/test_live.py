"""The live connection: pokes, states and figures to those who may see them."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from agent_model.moment import from_text, to_text
from tests.in_process import ServerThread, serving
from tests.server.conftest import NewSite, SitAt
from tests.server.workstation import Workstation

Listen = Callable[..., "Ear"]


class Ear:
    """A live connection and everything heard on it."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    def next(self, kind: str, **facts: Any) -> dict[str, Any]:
        """The next message of a kind with these facts; others are passed over."""
        while True:
            message = self.next_of(kind)
            if facts.items() <= message.items():
                return message

    def next_of(self, *kinds: str) -> dict[str, Any]:
        until = time.monotonic() + 10
        while True:
            message = json.loads(self.socket.recv(timeout=until - time.monotonic()))
            if message["type"] in kinds:
                return dict(message)

    def heard_until_pong(self) -> list[dict[str, Any]]:
        """Everything that was on its way when a ping was answered."""
        self.say({"type": "ping"})
        heard = []
        while (message := json.loads(self.socket.recv(timeout=10)))["type"] != "pong":
            heard.append(message)
        return heard

    def say(self, message: Any) -> None:
        self.socket.send(message if isinstance(message, str) else json.dumps(message))


@pytest.fixture
def listen(server: ServerThread) -> Iterator[Listen]:
    with ExitStack() as ears:

        def open_ear(seat: Workstation) -> Ear:
            return Ear(ears.enter_context(live(server, seat.access)))

        yield open_ear


def live(server: ServerThread, access: str) -> ClientConnection:
    url = server.address.replace("http", "ws") + "/sync/v1/live"
    headers = {"Authorization": f"Bearer {access}"}
    return connect(url, additional_headers=headers, open_timeout=10, max_queue=None)  # else the unread holds the end


def test_welcome_comes_first(seat: Workstation, listen: Listen) -> None:
    assert json.loads(listen(seat).socket.recv(timeout=10)) == {"type": "welcome"}


def test_access_in_the_address_lets_nobody_in(seat: Workstation, server: ServerThread) -> None:
    """Addresses end up in logs."""
    url = server.address.replace("http", "ws") + f"/sync/v1/live?access={seat.access}"
    with connect(url, open_timeout=10) as socket, pytest.raises(ConnectionClosed):
        socket.recv(timeout=10)


def test_binary_garbage_is_answered_and_the_connection_stays(seat: Workstation, listen: Listen) -> None:
    ear = listen(seat)
    ear.socket.send(b"\x00\xff\x01")

    assert ear.next("error") == {"type": "error", "error": "unknown_message"}
    assert ear.heard_until_pong() == []


def test_stranger_is_shown_out(server: ServerThread) -> None:
    with live(server, "x.y.z") as socket, pytest.raises(ConnectionClosed) as closed:
        socket.recv(timeout=10)

    assert closed.value.rcvd is not None
    assert (closed.value.rcvd.code, closed.value.rcvd.reason) == (4401, "not_signed_in")


def test_whose_session_ends_is_shown_out(sit_at: SitAt, server: ServerThread, listen: Listen) -> None:
    server.app_server.doorkeeper._every_s = 0.05
    leaving, staying = sit_at("lin.yue"), sit_at("wang.qiang")
    ear, other = listen(leaving), listen(staying)
    ear.next("welcome")
    leaving.http.post("/auth/sign-out", json={"refresh": leaving.refresh})

    with pytest.raises(ConnectionClosed) as closed:
        ear.next("never")
    assert closed.value.rcvd is not None
    assert (closed.value.rcvd.code, closed.value.rcvd.reason) == (4401, "not_signed_in")
    other.heard_until_pong()


def test_write_pokes_those_who_hold_the_slice(sit_at: SitAt, listen: Listen) -> None:
    writer, editor = sit_at("lin.yue"), sit_at("ye.wen")
    ear, deaf = listen(sit_at("wang.qiang")), listen(editor)
    deaf.next("welcome")

    writer.push(writer.ticket(queue="vip"))

    assert ear.next("poke", scope="customers:home")["head"] == writer.hello()["scopes"]["customers:home"]
    assert deaf.heard_until_pong() == []


def test_many_writes_are_few_pokes(sit_at: SitAt, server: ServerThread, listen: Listen) -> None:
    server.app_server.pokes._delay_s = 0.5
    writer = sit_at("lin.yue")
    ear = listen(writer)
    ear.next("welcome")

    for _ in range(10):
        writer.push(writer.ticket())
    head = writer.hello()["scopes"]["queue:support"]
    pokes = [ear.next("poke", scope="queue:support")]
    while pokes[-1]["head"] < head:
        pokes.append(ear.next("poke", scope="queue:support"))

    assert len(pokes) <= 3


def test_state_is_told_to_the_team_and_kept(sit_at: SitAt, listen: Listen) -> None:
    agent, colleague, stranger = sit_at("lin.yue"), sit_at("zhou.min"), sit_at("luo.tao")
    speaking, hearing, deaf = listen(agent), listen(colleague), listen(stranger)
    deaf.next("welcome")

    speaking.say({"type": "state", "state": "break", "reason": "lunch", "until": None})

    heard = hearing.next("state", agent="lin.yue")
    assert (heard["state"], heard["reason"]) == ("break", "lunch")
    assert "team" not in heard
    assert deaf.heard_until_pong() == []
    assert listen(sit_at("wang.qiang")).next("state", agent="lin.yue") == heard


def test_state_sent_again_keeps_its_beginning(sit_at: SitAt, listen: Listen) -> None:
    ear = listen(sit_at("lin.yue"))
    lunch = {"type": "state", "state": "break", "reason": "lunch"}
    ear.say(lunch)
    first = ear.next("state", agent="lin.yue")

    ear.say(lunch)
    assert ear.heard_until_pong() == []
    assert listen(sit_at("wang.qiang")).next("state", agent="lin.yue") == first


def test_after_call_work_that_is_longer_began_when_it_began(sit_at: SitAt, listen: Listen) -> None:
    ear = listen(sit_at("lin.yue"))
    work = {"type": "state", "state": "after_call_work", "reason": None}
    ear.say({**work, "until": "2126-11-21T10:00:00.000Z"})
    began = ear.next("state", state="after_call_work")
    ear.say({**work, "until": "2126-11-21T10:01:00.000Z"})
    longer = ear.next("state", state="after_call_work")
    assert (longer["since"], longer["until"]) == (began["since"], "2126-11-21T10:01:00.000Z")


def test_after_call_work_ends_by_the_clock_of_the_server(sit_at: SitAt, server: ServerThread, listen: Listen) -> None:
    """The workstation's is an hour ahead."""
    ear = listen(sit_at("lin.yue"))
    now = server.app_server.now() + timedelta(hours=1)
    told = {"now": to_text(now), "until": to_text(now + timedelta(minutes=2))}
    ear.say({"type": "state", "state": "after_call_work", "reason": None, **told})
    seen = ear.next("state", state="after_call_work")
    lasts = from_text(seen["until"]) - from_text(seen["since"])
    assert timedelta(seconds=115) < lasts < timedelta(seconds=125)


def test_after_call_work_ends_by_itself(sit_at: SitAt, listen: Listen) -> None:
    ear = listen(sit_at("lin.yue"))
    ear.say({"type": "state", "state": "after_call_work", "reason": None, "until": "2026-11-21T10:00:00.000Z"})

    assert ear.next("state", state="after_call_work")["until"] == "2026-11-21T10:00:00.000Z"
    assert ear.next("state", state="ready")["until"] is None


def test_who_has_gone_is_offline_after_a_while(sit_at: SitAt, server: ServerThread, listen: Listen) -> None:
    agent = sit_at("lin.yue")
    hearing = listen(sit_at("zhou.min"))
    with live(server, agent.access) as socket:
        Ear(socket).say({"type": "state", "state": "ready"})
        hearing.next("state", agent="lin.yue", state="ready")

    assert hearing.next("state", agent="lin.yue", state="offline")["agent"] == "lin.yue"


@pytest.mark.parametrize(
    ("message", "error"),
    [
        ("no json", "unknown_message"),
        ("[]", "unknown_message"),
        ('{"type": "dance"}', "unknown_message"),
        ('{"type": "state"}', "unknown_state"),
        ('{"type": "state", "state": "asleep"}', "unknown_state"),
        ('{"type": "state", "state": "break", "until": 5}', "unknown_state"),
        ('{"type": "state", "state": "break", "reason": {}}', "unknown_state"),
    ],
)
def test_garbled_message_is_answered_and_the_line_stays(
    seat: Workstation, listen: Listen, message: str, error: str
) -> None:
    ear = listen(seat)
    ear.say(message)

    assert ear.next("error")["error"] == error
    assert ear.heard_until_pong() == []


def test_flood_waits_in_the_line_of_who_sends_it(sit_at: SitAt, listen: Listen) -> None:
    flooding, other = listen(sit_at("lin.yue")), listen(sit_at("wang.qiang"))
    began = time.monotonic()
    for number in range(70):
        flooding.say({"type": "state", "state": ("ready", "break")[number % 2]})
    other.heard_until_pong()
    flooding.heard_until_pong()

    assert time.monotonic() - began >= 1.9


def test_message_beyond_all_measure_ends_the_connection(seat: Workstation, listen: Listen) -> None:
    ear = listen(seat)
    ear.say("x" * 70_000)

    with pytest.raises(ConnectionClosed) as closed:
        ear.next("never")
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1009


def test_session_has_a_modest_number_of_connections(sit_at: SitAt, listen: Listen) -> None:
    greedy = sit_at("lin.yue")
    for _ in range(20):
        listen(greedy).next("welcome")
    one_more = listen(greedy)

    with pytest.raises(ConnectionClosed) as closed:
        one_more.next("welcome")
    assert closed.value.rcvd is not None
    assert (closed.value.rcvd.code, closed.value.rcvd.reason) == (4429, "too_many_connections")
    listen(sit_at("wang.qiang")).next("welcome")


def test_states_outlive_the_server(new_site: NewSite) -> None:
    settings = replace(new_site(), offline_after_s=60)
    with serving(settings) as server, Workstation(server.address, "lin.yue") as seat, live(server, seat.access) as line:
        ear = Ear(line)
        ear.say({"type": "state", "state": "break", "reason": "lunch"})
        before = ear.next("state", agent="lin.yue")

    with (
        serving(settings) as server,
        Workstation(server.address, "wang.qiang") as seat,
        live(server, seat.access) as line,
    ):
        assert Ear(line).next("state", agent="lin.yue") == before


def test_figures_are_told_for_ones_own_queues(new_site: NewSite) -> None:
    settings = replace(new_site(), has_simulated_switch=True, figures_every_s=0.05)
    with serving(settings) as server, Workstation(server.address, "luo.tao") as seat, live(server, seat.access) as line:
        figures = [Ear(line).next("queues")["queues"] for _ in range(2)]

    assert [[queue["queue"] for queue in queues] for queues in figures] == [["vip"], ["vip"]]
    assert set(figures[0][0]) == {"queue", "waiting", "longest_wait_s", "service_level"}


def test_no_switch_means_no_figures(seat: Workstation, listen: Listen) -> None:
    ear = listen(seat)
    ear.next("welcome")

    assert ear.heard_until_pong() == []
