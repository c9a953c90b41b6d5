"""The way to the server: whose certificates count on it, and through which proxy it leads; each fault is a sentence."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from agent_desktop.errors import (
    AnswerGarbled,
    AuthoritiesUnreadable,
    CertificateFault,
    CertificateRefused,
    ProxyRefused,
    ProxyUnusable,
    ServerUnreachable,
)
from agent_desktop.route import Route
from agent_desktop.sync.client import ServerClient, SignedIn
from agent_desktop.sync.live import Live, LiveEvent, LiveUp
from agent_desktop.ui.messages.trouble import explain
from demo.ports import free_port
from tests.connect_proxy import Proxy, leading
from tests.in_process import PASSWORD, ServerThread, make_site, serving
from tests.lab.authority import Authority, write_certificates
from tests.nginx import tls_before

VARIABLES = ("SSL_CERT_FILE", "HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerThread]:
    with serving(make_site(tmp_path_factory.mktemp("way") / "site")) as running:
        yield running


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With `authority.pem`, and what it certified."""
    return write_certificates(tmp_path_factory.mktemp("certificates")).parent


@pytest.fixture(scope="module")
def secured(server: ServerThread, certificates: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with tls_before(server.address, certificates / "good", tmp_path_factory.mktemp("nginx")) as address:
        yield address


@pytest.fixture(autouse=True)
def _says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment names neither authorities nor a proxy."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def sign_in(address: str, route: Route) -> SignedIn:
    with closing(ServerClient(address, lambda _token: None, route=route)) as client:
        return client.sign_in("lin.yue", PASSWORD, "seat-1")


def goes_live(address: str, route: Route) -> bool:
    """Whether the live connection comes up as well."""
    is_up = threading.Event()

    def tell(event: LiveEvent) -> None:
        if isinstance(event, LiveUp):
            is_up.set()

    with closing(ServerClient(address, lambda _token: None, route=route)) as client:
        client.sign_in("lin.yue", PASSWORD, "seat-1")
        live = Live(address, lambda: client.access, tell, route=route)
        thread = threading.Thread(target=live.run, kwargs={"retry_s": 0.05, "longest_retry_s": 0.2})
        thread.start()
        try:
            return is_up.wait(10)
        finally:
            live.stop()
            thread.join(10)


def test_own_authority_is_believed_beside_the_systems(secured: str, certificates: Path) -> None:
    assert goes_live(secured, Route(ca_file=str(certificates / "authority.pem")))


def test_whose_certificate_it_is_and_until_when_is_told(secured: str, certificates: Path) -> None:
    with closing(ServerClient(secured, lambda _: None, route=Route(str(certificates / "authority.pem")))) as client:
        seen = client.look()
    assert seen.issuer
    assert seen.ends is not None
    assert seen.at is not None
    assert seen.ends > seen.at


def test_authority_of_the_operating_system_is_believed(
    secured: str, certificates: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates / "authority.pem"))
    assert goes_live(secured, Route())


@pytest.mark.parametrize(
    ("shown", "trusts", "fault", "words"),
    [
        ("good", False, CertificateFault.UNKNOWN_AUTHORITY, "does not know the authority"),
        ("untrusted", True, CertificateFault.UNKNOWN_AUTHORITY, "does not know the authority"),
        ("expired", True, CertificateFault.NOT_IN_DATE, "is not valid today"),
        ("of-another", True, CertificateFault.OTHER_HOST, "the certificate of another server"),
    ],
)
def test_certificate_that_does_not_count_is_said(
    server: ServerThread,
    certificates: Path,
    tmp_path: Path,
    shown: str,
    trusts: bool,
    fault: CertificateFault,
    words: str,
) -> None:
    route = Route(ca_file=str(certificates / "authority.pem") if trusts else "")
    front = tls_before(server.address, certificates / shown, tmp_path)
    with front as address, pytest.raises(CertificateRefused) as refused:
        sign_in(address, route)

    assert (refused.value.fault, refused.value.was_sent) == (fault, False)
    assert words in explain(refused.value)
    assert address in explain(refused.value)


@pytest.mark.parametrize("content", [None, "", "no certificate\n"], ids=["missing", "empty", "garbled"])
@pytest.mark.parametrize("is_named_by_policy", [True, False])
def test_list_of_authorities_that_cannot_be_read_is_a_sentence(
    secured: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None, is_named_by_policy: bool
) -> None:
    path = tmp_path / "authorities.pem"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    route = Route(ca_file=str(path) if is_named_by_policy else "")
    if not is_named_by_policy:
        monkeypatch.setenv("SSL_CERT_FILE", str(path))

    with pytest.raises(AuthoritiesUnreadable) as unreadable:
        sign_in(secured, route)

    words = explain(unreadable.value)
    assert str(path) in words
    assert ("server.ca_file" in words, "SSL_CERT_FILE" in words) == (is_named_by_policy, not is_named_by_policy)


def test_line_without_tls_asks_for_no_certificates(server: ServerThread, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/authorities.pem")
    assert sign_in(server.address, Route()).agent.login == "lin.yue"


def test_both_lines_go_through_the_proxy_that_is_set(secured: str, certificates: Path) -> None:
    with leading(Proxy()) as proxy:
        route = Route(str(certificates / "authority.pem"), proxy.address)
        assert goes_live(secured, route)

    assert proxy.led == [secured.removeprefix("https://")] * 2


def test_both_lines_go_as_the_environment_says(
    secured: str, certificates: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with leading(Proxy()) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.address.removeprefix("http://"))
        assert goes_live(secured, Route(str(certificates / "authority.pem")))

    assert len(proxy.led) == 2


@pytest.mark.parametrize("means", ["no_proxy", "none"])
def test_both_lines_go_straight_where_that_is_said(
    secured: str, certificates: Path, monkeypatch: pytest.MonkeyPatch, means: str
) -> None:
    with leading(Proxy()) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.address)
        if means == "no_proxy":
            monkeypatch.setenv("NO_PROXY", "localhost")
        route = Route(str(certificates / "authority.pem"), "none" if means == "none" else "")
        assert goes_live(secured, route)

    assert proxy.led == []


def test_proxy_that_asks_who_we_are_is_said(secured: str, certificates: Path) -> None:
    with leading(Proxy(asks_who=True)) as proxy, pytest.raises(ProxyRefused) as refused:
        sign_in(secured, Route(str(certificates / "authority.pem"), proxy.address))

    assert proxy.address in explain(refused.value)


def test_proxy_that_is_not_there_is_said(secured: str, certificates: Path) -> None:
    away = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(ServerUnreachable) as unreachable:
        sign_in(secured, Route(str(certificates / "authority.pem"), away))

    assert f"through the proxy {away}" in explain(unreachable.value)


@pytest.mark.parametrize("proxy", ["socks5://{}proxy.example:1080", "http://{}[proxy:3128", "http://{}"])
def test_proxy_of_no_use_is_said_without_its_password(
    secured: str, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy.format("somebody:secret@"))
    with pytest.raises(ProxyUnusable) as unusable:
        sign_in(secured, Route())

    assert proxy.format("") in explain(unusable.value)
    assert "secret" not in f"{unusable.value} {explain(unusable.value)}"


@pytest.mark.parametrize("address", ["https://[", "https://", "http://[::1", "https://desk example"])
def test_address_that_is_none_is_said(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    with pytest.raises((ServerUnreachable, AnswerGarbled)):
        sign_in(address, Route())


def test_file_that_is_mended_counts_at_the_next_request(secured: str, certificates: Path, tmp_path: Path) -> None:
    path = tmp_path / "authority.pem"
    with closing(ServerClient(secured, lambda _token: None, route=Route(str(path)))) as client:
        enter: Callable[[], SignedIn] = lambda: client.sign_in("lin.yue", PASSWORD, "seat-1")  # noqa: E731
        with pytest.raises(AuthoritiesUnreadable):
            enter()
        path.write_bytes((certificates / "authority.pem").read_bytes())
        assert enter().agent.login == "lin.yue"


def test_someone_elses_authority_is_not_believed_for_being_named(secured: str, tmp_path: Path) -> None:
    other = Authority("Somebody else's").write(tmp_path / "other.pem")
    with pytest.raises(CertificateRefused):
        sign_in(secured, Route(str(other)))
