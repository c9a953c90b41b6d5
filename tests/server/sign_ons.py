"""Signing on in tests: the site's file, a workstation that begins and finishes, a provider that lies."""

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import orjson

from agent_server.settings import Settings
from tests.identity_provider import CLIENT, Browser, new_key

PORT: Final = 43210
WORKSTATION: Final = "a1b2c3d4e5f60718293a4b5c"
NAME: Final = 'name = { zh = "海岚账号", en = "Hailan account" }'
AGENTS: Final = '[[role]]\ngroup = "cc-agents"\nrole = "agent"\nteam = "home"\nqueues = ["support"]\n'
LEADS: Final = '[[role]]\ngroup = "cc-leads"\nrole = "team_lead"\nteam = "home"\nqueues = ["billing"]\n'


def write_sign_on(settings: Settings | Path, issuer: str, *lines: str, tables: str = "") -> Path:
    """The site's sign_on.toml, with these lines more."""
    home = settings if isinstance(settings, Path) else settings.home
    path = home / "sign_on.toml"
    told = (f'issuer = "{issuer}"', f'client_id = "{CLIENT}"', NAME, *lines, tables)
    path.write_text("\n".join(told), encoding="utf-8")
    path.chmod(0o600)
    return path


@dataclass
class SignOnAttempt:
    """What a workstation holds from the beginning of a sign-on to its end."""

    address: str
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    state: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    url: str = ""
    ticket: str = ""

    def begin(self, **other: Any) -> httpx.Response:
        digest = base64.urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).rstrip(b"=").decode()
        wish = {"workstation": WORKSTATION, "challenge": digest, "state": self.state, "port": PORT, **other}
        answer = httpx.post(f"{self.address}/auth/sign-on/begin", json=wish)
        if answer.status_code == 200:
            self.url, self.ticket = answer.json()["url"], answer.json()["ticket"]
        return answer

    @property
    def asked(self) -> dict[str, str]:
        """What the provider is asked."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.url).query).items()}

    def finish(self, code: str, **other: str) -> httpx.Response:
        wish = {"ticket": self.ticket, "code": code, "verifier": self.verifier, **other}
        return httpx.post(f"{self.address}/auth/sign-on/finish", json=wish)


def sign_on(address: str, subject: str) -> httpx.Response:
    """The whole way, with a browser at the provider's pages."""
    attempt = SignOnAttempt(address)
    assert attempt.begin().status_code == 200
    browser = Browser()
    try:
        return attempt.finish(code_of(browser.sign_in(attempt.url, subject)))
    finally:
        browser.close()


def code_of(back: str) -> str:
    return parse_qs(urlsplit(back).query)["code"][0]


class LyingProvider:
    """Answers any code with a token of `claims` (changed by `but`), made by `sign`; `says` changes what it says of
    itself."""

    def __init__(self) -> None:
        self.key = new_key("honest")
        self.keys: list[dict[str, Any]] = [_public(self.key)]
        self.but: dict[str, Any] = {}
        self.userinfo: dict[str, Any] = {}
        self.says: dict[str, Any] = {}
        self.sign: Callable[[Mapping[str, Any]], str] = self.honestly
        self.asked: list[str] = []
        self.issuer = ""

    def honestly(self, claims: Mapping[str, Any]) -> str:
        return jwt.encode(dict(claims), jwt.PyJWK(self.key).key, algorithm="RS256", headers={"kid": "honest"})

    def claims(self, nonce: str) -> dict[str, Any]:
        now = int(time.time())
        told = {
            "iss": self.issuer,
            "sub": "sub-lin",
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "auth_time": now,
            "nonce": nonce,
            "preferred_username": "lin.yue",
            **self.but,
        }
        return {name: value for name, value in told.items() if value is not None}

    def answer(self, path: str, form: Mapping[str, str]) -> Any:
        self.asked.append(path)
        match path:
            case "/.well-known/openid-configuration":
                places = {
                    "authorization_endpoint": f"{self.issuer}/auth",
                    "token_endpoint": f"{self.issuer}/token",
                    "jwks_uri": f"{self.issuer}/jwks",
                    "userinfo_endpoint": f"{self.issuer}/me",
                    "code_challenge_methods_supported": ["S256"],
                    "id_token_signing_alg_values_supported": ["RS256"],
                }
                return {"issuer": self.issuer, **places, **self.says}
            case "/jwks":
                return {"keys": self.keys}
            case "/token":
                token = self.sign(self.claims(form["code"]))
                return {"access_token": "opaque", "token_type": "Bearer", "id_token": token}
            case _:
                return self.userinfo


def _public(key: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in key.items() if name in ("kty", "n", "e", "kid", "use", "alg")}


@contextmanager
def lying() -> Iterator[LyingProvider]:
    """It takes the nonce of a sign-on for its code."""
    provider = LyingProvider()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer({name: values[0] for name, values in parse_qs(text).items()})

        def _answer(self, form: Mapping[str, str]) -> None:
            told = provider.answer(self.path, form)
            body = told if isinstance(told, bytes) else orjson.dumps(told)
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    provider.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
