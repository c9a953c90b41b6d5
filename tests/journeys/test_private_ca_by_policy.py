"""A server whose certificate is of the company's own authority: IT names that authority, and nobody has to ask."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.seat import Seat
from demo.server import DemoServer
from tests.journeys.conftest import Sit
from tests.journeys.sight import is_asking, is_in_step, words
from tests.lab.authority import write_certificates
from tests.nginx import tls_before
from tests.policies import managed


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    return write_certificates(tmp_path / "certificates")


@pytest.fixture
def secured(server: DemoServer, authority: Path, tmp_path: Path) -> Iterator[str]:
    with tls_before(server.address, authority.parent / "good", tmp_path) as address:
        yield address


def test_private_ca_by_policy(sit: Sit, secured: str, authority: Path, tmp_path: Path) -> None:
    keys = {"server.url": secured, "server.ca_file": str(authority), "server.proxy": "none"}

    seat = sit("lin.yue", policy=managed(tmp_path / "etc", keys), address=secured, ready=is_in_step)

    assert seat.program.settings.current.server == secured
    assert seat.until(lambda: seat.program._in_step.is_live)
    assert not seat.window.offline_banner.isVisible()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "This computer does not know the authority that certified {address}, so nothing was sent there."),
        ("zh_CN", "本机不认识为 {address} 签发证书的机构，因此没有发送任何内容。"),
    ],
)
def test_without_the_policy_a_sentence_says_what_to_do(sit: Sit, secured: str, language: str, sentence: str) -> None:
    seat = sit("lin.yue", language=language, address=secured, ready=is_asking)

    assert sentence.format(address=secured) in _said(seat)
    assert "server.ca_file" in _said(seat)


def test_list_of_the_system_that_is_not_there_is_a_sentence(
    sit: Sit, secured: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/authorities.pem")

    seat = sit("lin.yue", address=secured, ready=is_asking)

    assert "SSL_CERT_FILE names /nowhere/authorities.pem, where no certificates can be read" in _said(seat)


def _said(seat: Seat) -> str:
    asked = seat.sign_in_window
    assert asked is not None
    return words(asked)
