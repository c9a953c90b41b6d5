"""Where the browser comes back to: it hears our own browser, once, and nobody else."""

import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import httpx
import psutil
import pytest

from agent_desktop.errors import NoWayBack, SignOnDeclined, SignOnGivenUp, SignOnTooLate
from agent_desktop.sync.loopback import LARGEST_REQUEST, MOST_CONNECTIONS, Loopback, Pages

STATE = "the-state-of-this-sign-on-0123456789"
ISSUER = "https://sso.example"
PAGES = Pages(through="through", declined="declined", strange="strange")


class Waiting:
    """A sign-on that waits for its browser, in a thread."""

    def __init__(self) -> None:
        self.loopback = Loopback((), STATE, PAGES)
        self._pool = ThreadPoolExecutor(1)
        self.code: Future[str] = self._pool.submit(self.loopback.wait, ISSUER, 30.0)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.loopback.port}"

    def ask(self, query: str, method: str = "GET", path: str = "/", **headers: str) -> httpx.Response:
        with httpx.Client(trust_env=False) as http:
            return http.request(method, f"{self.address}{path}?{query}", headers=headers)

    def close(self) -> None:
        self.loopback.give_up()
        self._pool.shutdown()
        self.loopback.close()


@pytest.fixture
def waiting() -> Iterator[Waiting]:
    made = Waiting()
    yield made
    made.close()


def test_code_of_our_browser_is_heard(waiting: Waiting) -> None:
    page = waiting.ask(f"code=abc.DEF-1&state={STATE}&iss=https%3A%2F%2Fsso.example")

    assert waiting.code.result(10) == "abc.DEF-1"
    assert (page.status_code, page.text) == (200, "through")
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in page.headers["content-security-policy"]


@pytest.mark.parametrize(
    "asking",
    [
        lambda one: one.ask("code=stolen&state=another"),
        lambda one: one.ask("code=stolen"),
        lambda one: one.ask(f"code=stolen&state={STATE}&iss=https%3A%2F%2Fevil.example"),
        lambda one: one.ask(f"code=one&code=two&state={STATE}"),
        lambda one: one.ask(f"code=one&error=two&state={STATE}"),
        lambda one: one.ask(f"code=&state={STATE}"),
        lambda one: one.ask(f"state={STATE}"),
        lambda one: one.ask(f"error=access_denied&state={STATE[:-1]}"),
        lambda one: one.ask(f"code=x&state={STATE}", Host="evil.example"),
        lambda one: one.ask(f"code=x&state={STATE}", Host="127.0.0.1:1"),
        lambda one: one.ask(f"code=x&state={STATE}", method="POST"),
        lambda one: one.ask(f"code=x&state={STATE}", path="/other"),
        lambda one: one.ask("&".join(f"a{n}=1" for n in range(50))),
        lambda one: one.ask("", path="/favicon.ico"),
    ],
    ids=[
        "wrong state", "no state", "another issuer", "two codes", "code and error", "empty code", "nothing",
        "error of another", "another name for us", "another port", "form", "another page", "many fields", "icon",
    ],
)  # fmt: skip
def test_what_our_browser_did_not_bring_is_not_heard(
    waiting: Waiting, asking: Callable[[Waiting], httpx.Response]
) -> None:
    page = asking(waiting)
    waiting.ask(f"code=right&state={STATE}")

    assert (page.status_code, page.text) == (404, "strange")
    assert waiting.code.result(10) == "right"  # whoever guesses does not end the sign-on either


def test_what_was_asked_never_stands_on_the_page(waiting: Waiting) -> None:
    page = waiting.ask("code=%3Cscript%3Ealert(1)%3C/script%3E&state=x")

    assert page.text == "strange"


def test_provider_that_says_no_ends_it_with_its_word(waiting: Waiting) -> None:
    page = waiting.ask(f"error=access_denied%0D%0A%3Cb%3E&error_description=x&state={STATE}")

    with pytest.raises(SignOnDeclined) as said:
        waiting.code.result(10)
    assert said.value.code == "access_deniedb"
    assert page.text == "declined"


def test_connections_that_say_nothing_keep_nobody_waiting(waiting: Waiting) -> None:
    """Browsers open some in advance; another program may open as many as it likes."""
    silent = [socket.create_connection(("127.0.0.1", waiting.loopback.port)) for _ in range(MOST_CONNECTIONS + 4)]
    silent[-1].sendall(b"GET /?code=never-en")
    waiting.ask(f"code=right&state={STATE}")

    assert waiting.code.result(10) == "right"
    for one in silent:
        one.close()


def test_endless_request_is_cut_off(waiting: Waiting) -> None:
    with socket.create_connection(("127.0.0.1", waiting.loopback.port)) as endless:
        endless.sendall(b"GET /" + b"x" * (LARGEST_REQUEST + 4096))
        endless.settimeout(10)
        assert _heard(endless) == b""


def _heard(connection: socket.socket) -> bytes:
    """Nothing, once the other side has closed or reset it."""
    try:
        return connection.recv(1)
    except ConnectionError:
        return b""


def test_it_is_given_up_from_another_thread(waiting: Waiting) -> None:
    threading.Thread(target=waiting.loopback.give_up).start()

    with pytest.raises(SignOnGivenUp):
        waiting.code.result(10)


def test_nobody_is_waited_for_too_long() -> None:
    loopback = Loopback((), STATE, PAGES)

    with pytest.raises(SignOnTooLate):
        loopback.wait(ISSUER, 0.01)
    loopback.close()
    loopback.give_up()  # too late as well: nothing happens


@pytest.mark.parametrize("host", ["127.0.0.1", ""], ids=["here", "everywhere"])
def test_nobody_else_listens_where_we_do(waiting: Waiting, host: str) -> None:
    with socket.socket() as second:
        second.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        second.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        with pytest.raises(OSError, match="in use"):
            second.bind((host, waiting.loopback.port))


def test_it_is_heard_from_this_computer_alone(waiting: Waiting) -> None:
    ours = [one.laddr for one in psutil.Process().net_connections("tcp") if one.status == psutil.CONN_LISTEN]

    assert [place.ip for place in ours if place.port == waiting.loopback.port] == ["127.0.0.1"]


def test_ports_that_others_have_are_passed_over(waiting: Waiting) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    second = Loopback((waiting.loopback.port, port), STATE, PAGES)

    assert second.port == port
    with pytest.raises(NoWayBack):
        Loopback((waiting.loopback.port, port), STATE, PAGES)
    second.close()
