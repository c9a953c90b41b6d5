"""The server behind nginx with TLS, set up with the very lines of docs/operations.md."""

import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Final

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from websockets.sync.client import connect

from agent_model.agent import Role
from demo.ports import free_port
from tests.in_process import PASSWORD, ServerProcess, make_site
from tests.nginx import nginx
from tests.server.conftest import CUSTOMERS, executed
from tests.server.officers import appoint
from tests.server.test_live import Ear
from tests.server.workstation import Workstation

OPERATIONS: Final = Path(__file__).parents[2] / "docs" / "operations.md"


@dataclass(frozen=True)
class Site:
    """`address` is the proxy's, `context` trusts its certificate."""

    address: str
    context: ssl.SSLContext
    server: ServerProcess

    def http(self, access: str = "none") -> httpx.Client:
        headers = {"X-Sync-Protocol": "1", "Authorization": f"Bearer {access}"}
        return httpx.Client(base_url=self.address, headers=headers, verify=self.context, timeout=20)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    settings = make_site(tmp_path / "site", CUSTOMERS)
    appoint(settings, "shen.ji", Role.AUDITOR)
    certificate = tmp_path / "desk.pem"
    make_certificate(certificate)
    with ServerProcess(settings, "--proxy", "127.0.0.1") as server:
        port = free_port()
        with nginx(tmp_path, port, as_documented(server, port, certificate)):
            yield Site(f"https://127.0.0.1:{port}", ssl.create_default_context(cafile=certificate), server)


def as_documented(server: ServerProcess, port: int, certificate: Path) -> str:
    """The example of the text, with this test's own ports and files."""
    found = re.search(r"```nginx\n(.*?)```", OPERATIONS.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    text = found[1]
    for documented, own in (
        ("server 127.0.0.1:8700;", f"server {server.address.removeprefix('http://')};"),
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("/etc/ssl/desk.example.com.pem", str(certificate)),
        ("/etc/ssl/private/desk.example.com.key", str(certificate)),
    ):
        assert documented in text
        text = text.replace(documented, own)
    return text


def make_certificate(path: Path) -> None:
    """A certificate of this machine's loopback address and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "desk")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(made.public_bytes(Encoding.PEM) + private)


def test_everything_works_behind_the_documented_proxy(site: Site) -> None:
    with site.http() as stranger:
        shown = {"login": "lin.yue", "password": PASSWORD, "device_id": "seat 214"}
        welcome = stranger.post("/auth/sign-in", json=shown, headers={"X-Forwarded-For": "203.0.113.9"}).json()
    with site.http(welcome["access"]) as seat, Workstation(site.server.address, "wang.qiang") as writer:
        assert seat.get("/sync/v1/hello").headers["Strict-Transport-Security"].startswith("max-age=")
        whole = seat.get("/sync/v1/snapshot/org")
        part = seat.get("/sync/v1/snapshot/org", headers={"Range": "bytes=100-", "If-Range": whole.headers["ETag"]})
        with listening(site, welcome["access"]) as ear:
            filed = writer.ticket()
            writer.push(filed)
            rows = ear.next("rows", scope="queue:support")
            too_large = seat.post("/sync/v1/ops", content=b" " * 4_300_000)

    assert (part.status_code, part.content) == (206, whole.content[100:])
    assert [row["id"] for row in rows["page"]["rows"]] == [filed["id"]]
    assert (too_large.status_code, too_large.json()["error"]) == (413, "too_large")
    signed_in = "SELECT address FROM audit_line WHERE deed = 'signed_in' AND who = 'lin.yue'"
    assert executed(site.server.settings, signed_in) == [("127.0.0.1",)]


@contextmanager
def listening(site: Site, access: str) -> Iterator[Ear]:
    url = site.address.replace("https", "wss") + "/sync/v1/live?rows=1"
    headers = {"Authorization": f"Bearer {access}"}
    with connect(url, additional_headers=headers, ssl=site.context, open_timeout=20) as line:
        ear = Ear(line)
        ear.next("welcome")
        yield ear
