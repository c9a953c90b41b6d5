"""A real OpenID provider for tests: panva's oidc-provider from npm, by the hashes of package-lock.json, and a browser.

with RealProvider(folder, {"a-subject": {"preferred_username": "lin.yue", "groups": ["agents"]}}) as provider:
    back = Browser().sign_in(url, "a-subject")
"""

import html
import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin

import httpx
import orjson
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from jwt.algorithms import RSAAlgorithm

from tests import npm_packages

SOURCES: Final = Path(__file__).parent
FILES: Final = ("package.json", "package-lock.json", ".npmrc", "provider.js")
CLIENT: Final = "agent-desktop"
CLIENT_SETTINGS: Final = {
    "client_id": CLIENT,
    "application_type": "native",
    "token_endpoint_auth_method": "none",
    "redirect_uris": ["http://127.0.0.1/"],
    "grant_types": ["authorization_code"],
    "response_types": ["code"],
}
MOST_STEPS: Final = 20


def installed() -> Path:
    """The folder with the provider and what it needs. Raises RuntimeError when it cannot be had."""
    cache = Path(os.environ.get("AGENT_DESKTOP_CACHE") or Path.home() / ".cache" / "agent-desktop")
    return npm_packages.installed(SOURCES, FILES, cache, "identity-provider")


def new_key(name: str) -> dict[str, Any]:
    """A private key as the provider takes it."""
    jwk: dict[str, Any] = orjson.loads(RSAAlgorithm.to_jwk(generate_private_key(65537, 2048)))
    return {**jwk, "kid": name, "use": "sig", "alg": "RS256"}


class RealProvider:
    """Who logs in as a subject is told with these claims; `people` may be changed at any time by `tell`."""

    def __init__(self, folder: Path, people: Mapping[str, Any], keys: Sequence[Mapping[str, Any]] = ()) -> None:
        self._folder = folder
        self._keys = list(keys) or [new_key("first")]
        self._port = 0
        self._process: subprocess.Popen[bytes] | None = None
        self.issuer = ""
        folder.mkdir(parents=True, exist_ok=True)
        self.tell(people)

    def tell(self, people: Mapping[str, Any]) -> None:
        """From now on these people are there, with these claims."""
        (self._folder / "people.json").write_bytes(orjson.dumps(people))

    def start(self) -> None:
        told = {"client": CLIENT_SETTINGS, "keys": self._keys, "port": self._port}
        (self._folder / "provider.json").write_bytes(orjson.dumps(told))
        log = (self._folder / "log").open("ab")
        with log:
            self._process = subprocess.Popen(
                ["node", "provider.js", str(self._folder)],
                cwd=installed(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
            )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self.stop()
            raise RuntimeError((self._folder / "log").read_text(encoding="utf-8", errors="replace"))
        self.issuer = orjson.loads(line)["issuer"]
        self._port = int(self.issuer.rpartition(":")[2])

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.communicate(timeout=20)

    def start_again_with(self, key: Mapping[str, Any]) -> None:
        """At the same address, with other keys: the old ones are gone."""
        self.stop()
        self._keys = [dict(key)]
        self.start()

    def __enter__(self) -> "RealProvider":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


class Browser:
    """Follows the provider's pages as a person's browser does, with cookies, up to where they lead away from it."""

    def __init__(self) -> None:
        self.http = httpx.Client(timeout=20)

    def close(self) -> None:
        self.http.close()

    def sign_in(self, url: str, subject: str) -> str:
        """The address that the provider sends the browser to in the end; it is not opened."""
        home = httpx.URL(url)
        answer = self.http.get(url)
        for _ in range(MOST_STEPS):
            if answer.is_redirect:
                following = httpx.URL(urljoin(str(answer.url), answer.headers["location"]))
                if (following.host, following.port) != (home.host, home.port):
                    return str(following)
                answer = self.http.get(following)
            else:
                answer = self._fill_in(answer, subject)
        raise AssertionError(f"the provider leads nowhere: {answer.text}")

    def press_cancel(self, url: str) -> str:
        """Where the provider sends who does not want to sign in."""
        answer = self.http.get(url, follow_redirects=True)
        leaving = re.search(r'href="([^"]*/abort)"', answer.text)
        assert leaving is not None, answer.text
        answer = self.http.get(urljoin(str(answer.url), html.unescape(leaving[1])))
        while (following := urljoin(str(answer.url), answer.headers["location"])).startswith(
            url.partition("?")[0][:20]
        ):
            answer = self.http.get(following)
        return following

    def _fill_in(self, page: httpx.Response, subject: str) -> httpx.Response:
        """The form of a page: a login with any password, or the question whether we may be told."""
        form = re.search(r'<form[^>]*action="([^"]+)"', page.text)
        assert form is not None, page.text
        fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
        if 'name="login"' in page.text:
            fields |= {"login": subject, "password": "any"}
        return self.http.post(urljoin(str(page.url), html.unescape(form[1])), data=fields)
