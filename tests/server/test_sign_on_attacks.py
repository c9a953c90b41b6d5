"""What does not get anybody in: copied codes, tickets of others, and tokens that are not what they have to be."""

import base64
import hmac
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from agent_server.settings import read_secret
from tests.identity_provider import Browser, RealProvider, new_key
from tests.in_process import ServerThread, make_site, serving
from tests.server.conftest import executed
from tests.server.sign_ons import AGENTS, PORT, LyingProvider, SignOnAttempt, code_of, lying, write_sign_on

LIN = {"preferred_username": "lin.yue", "groups": ["cc-agents"]}
REFUSED = (401, "sign_on_refused")


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealProvider]:
    with RealProvider(tmp_path_factory.mktemp("provider"), {"sub-lin": LIN}) as running:
        yield running


@pytest.fixture
def server(tmp_path: Path, provider: RealProvider) -> Iterator[ServerThread]:
    settings = make_site(tmp_path / "site")
    write_sign_on(settings, provider.issuer, tables=AGENTS)
    with serving(settings) as running:
        yield running


@pytest.fixture
def liar() -> Iterator[LyingProvider]:
    with lying() as running:
        yield running


@pytest.fixture
def deceived(tmp_path: Path, liar: LyingProvider) -> Iterator[ServerThread]:
    """A server that the lying provider is the provider of."""
    settings = make_site(tmp_path / "site")
    write_sign_on(settings, liar.issuer)
    with serving(settings) as running:
        yield running


@pytest.fixture
def attempt(server: ServerThread) -> SignOnAttempt:
    """One that somebody began."""
    begun = SignOnAttempt(server.address)
    begun.begin()
    return begun


@pytest.fixture
def browser() -> Iterator[Browser]:
    opened = Browser()
    yield opened
    opened.close()


def refused(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]


def sessions(server: ServerThread) -> int:
    return int(executed(server.settings, "SELECT count(*) FROM session")[0][0])


# ---- codes and tickets ----------------------------------------------------------------------------------


def test_code_is_worth_nothing_without_the_verifier(
    server: ServerThread, attempt: SignOnAttempt, browser: Browser
) -> None:
    code = code_of(browser.sign_in(attempt.url, "sub-lin"))
    thief = SignOnAttempt(server.address)
    thief.begin()

    assert refused(attempt.finish(code, verifier=thief.verifier)) == REFUSED  # their ticket, another's verifier
    assert refused(thief.finish(code)) == REFUSED  # the thief's own ticket: the provider knows whose code it is
    assert sessions(server) == 0


def test_wrong_verifier_spends_neither_ticket_nor_code(attempt: SignOnAttempt, browser: Browser) -> None:
    code = code_of(browser.sign_in(attempt.url, "sub-lin"))

    assert refused(attempt.finish(code, verifier="x" * 43)) == REFUSED
    assert attempt.finish(code).status_code == 200


def test_nothing_of_a_sign_on_counts_twice(server: ServerThread, attempt: SignOnAttempt, browser: Browser) -> None:
    code = code_of(browser.sign_in(attempt.url, "sub-lin"))
    first, again = attempt.finish(code), attempt.finish(code)

    assert first.status_code == 200
    assert refused(again) == REFUSED
    assert sessions(server) == 1


def test_ticket_counts_once_whatever_code_comes_with_it(attempt: SignOnAttempt, browser: Browser) -> None:
    code = code_of(browser.sign_in(attempt.url, "sub-lin"))

    assert refused(attempt.finish("guessed")) == REFUSED
    assert refused(attempt.finish(code)) == REFUSED


def test_ticket_that_nobody_signed_is_refused(server: ServerThread, attempt: SignOnAttempt) -> None:
    claims = jwt.decode(attempt.ticket, options={"verify_signature": False})
    secret = read_secret(server.settings.home)
    made = (
        jwt.encode(claims, "", algorithm="none"),
        jwt.encode(claims, "k" * 32, algorithm="HS256"),
        jwt.encode(claims, secret, algorithm="HS256"),  # the key of access tokens is not the key of tickets
        f"{attempt.ticket[:-4]}AAAA",
    )

    assert {refused(attempt.finish("code", ticket=ticket)) for ticket in made} == {REFUSED}


def test_ticket_is_no_access_token(server: ServerThread, attempt: SignOnAttempt) -> None:
    headers = {"Authorization": f"Bearer {attempt.ticket}", "X-Sync-Protocol": "1"}

    assert refused(httpx.get(f"{server.address}/sync/v1/hello", headers=headers)) == (401, "not_signed_in")


def test_browser_is_only_ever_sent_back_to_this_machine(server: ServerThread, attempt: SignOnAttempt) -> None:
    assert attempt.asked["redirect_uri"] == f"http://127.0.0.1:{PORT}/"
    elsewhere = [SignOnAttempt(server.address).begin(port=port) for port in ("80@evil.example", 80, 65536, -1)]

    assert {answer.status_code for answer in elsewhere} == {422}


@pytest.mark.parametrize("redirect", ["https://evil.example/", "http://127.0.0.1.evil.example/", "http://10.0.0.1/"])
def test_provider_sends_nobody_to_another_place(attempt: SignOnAttempt, browser: Browser, redirect: str) -> None:
    asked = {**attempt.asked, "redirect_uri": redirect}
    answer = browser.http.get(attempt.url.partition("?")[0], params=asked)

    assert answer.status_code == 400
    assert "redirect_uri" in answer.text


def test_who_leaves_the_demand_to_sign_in_again_out_is_refused(
    server: ServerThread, attempt: SignOnAttempt, browser: Browser
) -> None:
    """Somebody who sits down where a colleague's browser is still signed in."""
    assert attempt.asked["prompt"] == "login"
    browser.sign_in(attempt.url, "sub-lin")
    liar_of_one = SignOnAttempt(server.address)
    liar_of_one.begin()
    silent = {name: text for name, text in liar_of_one.asked.items() if name not in ("prompt", "max_age")}
    url = httpx.URL(liar_of_one.url.partition("?")[0], params=silent)
    code = code_of(browser.sign_in(str(url), "nobody is asked"))

    assert refused(liar_of_one.finish(code)) == REFUSED


# ---- tokens ---------------------------------------------------------------------------------------------


def answered(deceived: ServerThread, liar: LyingProvider) -> httpx.Response:
    """A sign-on that the provider answers as it likes."""
    attempt = SignOnAttempt(deceived.address)
    assert attempt.begin().status_code == 200
    return attempt.finish(attempt.asked["nonce"])


def test_honest_token_is_taken(deceived: ServerThread, liar: LyingProvider) -> None:
    assert answered(deceived, liar).status_code == 200


AN_HOUR_AGO = timedelta(hours=-1)
IN_AN_HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    "but",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"iss": "https://other.example"},
        {"iss": None},
        {"aud": "another-client"},
        {"aud": None},
        {"aud": ["agent-desktop", "another-client"]},
        {"aud": ["agent-desktop", "another-client"], "azp": "another-client"},
        {"azp": "another-client"},
        {"exp": AN_HOUR_AGO},
        {"exp": None},
        {"exp": float("nan")},
        {"exp": "9999999999"},
        {"iat": IN_AN_HOUR},
        {"iat": None},
        {"nbf": IN_AN_HOUR},
        {"auth_time": AN_HOUR_AGO},
        {"auth_time": None},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"preferred_username": None},
        {"preferred_username": "../../etc"},
        {"preferred_username": ["lin.yue"]},
    ],
    ids=str,
)
def test_token_of_another_time_place_or_person_is_refused(
    deceived: ServerThread, liar: LyingProvider, but: Mapping[str, Any]
) -> None:
    now = time.time()
    liar.but = {
        claim: int(now + said.total_seconds()) if isinstance(said, timedelta) else said for claim, said in but.items()
    }

    assert refused(answered(deceived, liar)) == REFUSED
    assert sessions(deceived) == 0


def _unsigned(_liar: LyingProvider, claims: Mapping[str, Any]) -> str:
    return jwt.encode(dict(claims), "", algorithm="none", headers={"kid": "honest"})


def _by_the_public_key_as_a_secret(liar: LyingProvider, claims: Mapping[str, Any]) -> str:
    public = jwt.PyJWK(liar.keys[0]).key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    head, body = base64.urlsafe_b64encode(b'{"alg":"HS256","kid":"honest"}'), liar.honestly(claims).split(".")[1]
    text = head.rstrip(b"=") + b"." + body.encode()
    signature = base64.urlsafe_b64encode(hmac.digest(public, text, "sha256")).rstrip(b"=")
    return f"{text.decode()}.{signature.decode()}"


def _by_another_key(_liar: LyingProvider, claims: Mapping[str, Any]) -> str:
    return jwt.encode(dict(claims), generate_private_key(65537, 2048), algorithm="RS256", headers={"kid": "honest"})


def _by_a_key_it_brings(_liar: LyingProvider, claims: Mapping[str, Any]) -> str:
    own = new_key("own")
    headers = {"kid": "own", "jwk": own, "jku": "https://evil.example/keys"}
    return jwt.encode(dict(claims), jwt.PyJWK(own).key, algorithm="RS256", headers=headers)


def _by_an_algorithm_nobody_allowed(liar: LyingProvider, claims: Mapping[str, Any]) -> str:
    return jwt.encode(dict(claims), jwt.PyJWK(liar.key).key, algorithm="PS256", headers={"kid": "honest"})


def _changed_afterwards(liar: LyingProvider, claims: Mapping[str, Any]) -> str:
    head, _, signature = liar.honestly(claims).split(".")
    body = jwt.encode({**claims, "preferred_username": "zhou.min"}, "k" * 32, algorithm="HS256").split(".")[1]
    return f"{head}.{body}.{signature}"


@pytest.mark.parametrize(
    "forged",
    [
        _unsigned,
        _by_the_public_key_as_a_secret,
        _by_another_key,
        _by_a_key_it_brings,
        _by_an_algorithm_nobody_allowed,
        _changed_afterwards,
        lambda _liar, _claims: "no.token.at-all",
        lambda _liar, _claims: "x" * 70_000,
    ],
    ids=["none", "HS256", "another key", "own jwk", "PS256", "changed", "garbage", "endless"],
)
def test_forged_token_is_refused(
    deceived: ServerThread, liar: LyingProvider, forged: Callable[[LyingProvider, Mapping[str, Any]], str]
) -> None:
    liar.sign = lambda claims: forged(liar, claims)

    assert refused(answered(deceived, liar)) == REFUSED
    assert sessions(deceived) == 0


def test_short_key_is_refused(deceived: ServerThread, liar: LyingProvider) -> None:
    short = generate_private_key(65537, 1024)  # noqa: S505 - that is what is refused
    told = jwt.algorithms.RSAAlgorithm.to_jwk(short.public_key(), as_dict=True)
    liar.keys = [{**told, "kid": "short", "use": "sig"}]

    def sign(claims: Mapping[str, Any]) -> str:
        with warnings.catch_warnings(action="ignore"):
            return jwt.encode(dict(claims), short, algorithm="RS256", headers={"kid": "short"})

    liar.sign = sign
    assert refused(answered(deceived, liar)) == REFUSED


def test_unknown_keys_make_the_provider_no_work(deceived: ServerThread, liar: LyingProvider) -> None:
    assert answered(deceived, liar).status_code == 200
    liar.sign = lambda claims: _by_a_key_it_brings(liar, claims)
    for _ in range(5):
        answered(deceived, liar)

    assert liar.asked.count("/jwks") == 1


def test_userinfo_of_somebody_else_is_refused(tmp_path: Path, liar: LyingProvider) -> None:
    settings = make_site(tmp_path / "site")
    write_sign_on(settings, liar.issuer, 'claims_from = "userinfo"')
    liar.but = {"preferred_username": None}
    with serving(settings) as server:
        liar.userinfo = {"sub": "somebody else", "preferred_username": "zhou.min"}
        other = answered(server, liar)
        liar.userinfo = {"sub": "sub-lin", "preferred_username": "lin.yue", "nonce": "x", "exp": 1}
        own = answered(server, liar)

    assert refused(other) == REFUSED
    assert own.status_code == 200


def test_groups_that_are_too_many_for_the_token_admit_nobody(tmp_path: Path, liar: LyingProvider) -> None:
    """Entra ID leaves them out then: who is taken for being in none would lose their rights, or keep them."""
    settings = make_site(tmp_path / "site")
    write_sign_on(settings, liar.issuer, tables=AGENTS)
    liar.but = {"groups": None, "_claim_names": {"groups": "src1"}}
    with serving(settings) as server:
        assert refused(answered(server, liar)) == REFUSED


@pytest.mark.parametrize(
    "says",
    [
        {"issuer": "https://other.example"},
        {"token_endpoint": "http://10.0.0.1/token"},
        {"authorization_endpoint": "file:///etc/passwd"},
        {"jwks_uri": "javascript:alert(1)"},
        {"token_endpoint": None},
    ],
    ids=str,
)
def test_provider_that_leads_elsewhere_is_not_followed(
    deceived: ServerThread, liar: LyingProvider, caplog: pytest.LogCaptureFixture, says: Mapping[str, Any]
) -> None:
    liar.says = dict(says)

    answers = [refused(SignOnAttempt(deceived.address).begin()) for _ in range(3)]

    assert answers == [(503, "provider_away")] * 3
    assert len(liar.asked) == 1  # whoever asks again and again has nobody wait for the provider
    caplog.clear()
