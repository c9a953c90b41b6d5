"""The organisation's identity provider: what it says of itself, codes for tokens, and whether a token is its own.

OpenID Connect Core 1.0 §3.1.3, Discovery 1.0. The only module of the server that speaks with it, by httpx.
"""

import asyncio
import hmac
import json
import math
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import quote_plus, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from agent_server.sign_on.identities import LONGEST_SUBJECT
from agent_server.sign_on.settings_file import ClaimsFrom, SignOnSettings
from agent_server.site_file import is_this_machine

DISCOVERY: Final = "/.well-known/openid-configuration"
PATIENCE_S: Final = 10.0
LARGEST_ANSWER: Final = 1024 * 1024
METADATA_FOR: Final = timedelta(hours=1)
KEYS_FOR: Final = timedelta(minutes=10)
KEYS_AGAIN_AFTER: Final = timedelta(seconds=10)
"""A token that names an unknown key has the keys fetched again, so often at most: whoever sends such tokens makes no
more work than that."""
AWAY_FOR: Final = timedelta(seconds=5)
"""So long a provider that did not answer is not asked again: nobody waits in a row for it."""
MOST_KEYS: Final = 100
SMALLEST_RSA: Final = 2048
LONGEST_TOKEN: Final = 64 * 1024
_KINDS: Final = {"RS": "RSA", "PS": "RSA", "ES": "EC", "Ed": "OKP"}


class ProviderAway(Exception):
    """The provider does not answer, or not as it has to: where, and what came."""


class CodeRefused(Exception):
    """The provider takes the code no more, or never gave it: what it says."""


class TokenRefused(Exception):
    """What came is not what the provider may say to us now: why."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """Where the provider is asked for what."""

    authorization: str
    token: str
    keys: str
    userinfo: str
    by_header: bool
    """Whether it knows us by HTTP Basic, where we have a secret."""
    algorithms: tuple[str, ...]
    has_s256: bool


@dataclass(frozen=True, slots=True)
class Tokens:
    identity: str = field(repr=False)
    access: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the answer to one sign-on has to fit."""

    nonce: str
    began_at: datetime


class Provider:
    """Everything raises ProviderAway. `now` is aware UTC."""

    def __init__(self, settings: SignOnSettings, now: Callable[[], datetime]) -> None:
        self._settings = settings
        self._now = now
        self._metadata: tuple[datetime, Metadata] | None = None
        self._away: tuple[datetime, str] | None = None
        self._keys: tuple[datetime, Sequence[Mapping[str, Any]]] | None = None
        self._fetching = asyncio.Lock()
        self._trust: ssl.SSLContext | None = None

    async def metadata(self) -> Metadata:
        async with self._fetching:
            now = self._now()
            if self._metadata is None or now - self._metadata[0] >= METADATA_FOR:
                if self._away is not None and now - self._away[0] < AWAY_FOR:
                    raise ProviderAway(self._away[1])
                try:
                    self._metadata = now, await self._discover()
                except ProviderAway as error:
                    self._away = self._now(), str(error)
                    raise
            return self._metadata[1]

    async def survey(self) -> Metadata:
        """The same, once it is known that its keys can be had as well."""
        await self._keys_of_now(KEYS_FOR)
        return await self.metadata()

    async def redeem(self, code: str, verifier: str, redirect: str) -> Tokens:
        """Raises CodeRefused."""
        settings, place = self._settings, await self.metadata()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect,
            "client_id": settings.client_id,
            "code_verifier": verifier,
        }
        basic = None
        if settings.secret and place.by_header:
            basic = quote_plus(settings.client_id), quote_plus(settings.secret)  # RFC 6749 §2.3.1
        elif settings.secret:
            form["client_secret"] = settings.secret
        status, told = await self._ask("POST", place.token, data=form, auth=basic)
        if status in (400, 401, 403):
            raise CodeRefused(_line(told.get("error")))
        identity, access = told.get("id_token"), told.get("access_token")
        if status != 200 or not isinstance(identity, str) or not isinstance(access, str):
            raise ProviderAway(f"{place.token} answers {status}, without tokens")
        return Tokens(identity, access)

    async def claims(self, tokens: Tokens, asked: Asked) -> Mapping[str, Any]:
        """What the provider says of who has just signed in. Raises TokenRefused."""
        claims = await self._checked(tokens.identity)
        self._require_ours(claims, asked)
        if self._settings.claims_from is ClaimsFrom.ID_TOKEN:
            return claims
        place = (await self.metadata()).userinfo
        if not place:
            raise ProviderAway("it names no userinfo_endpoint")
        status, told = await self._ask("GET", place, headers={"Authorization": f"Bearer {tokens.access}"})
        if status != 200:
            raise ProviderAway(f"{place} answers {status}")
        if told.get("sub") != claims["sub"]:
            raise TokenRefused("userinfo is of somebody else")
        return {**told, **claims}

    # ---- the ID token -----------------------------------------------------------------------------------

    async def _checked(self, token: str) -> dict[str, Any]:
        """Its claims, once its signature is one of the provider's keys. Raises TokenRefused."""
        if len(token) > LONGEST_TOKEN:
            raise TokenRefused("it is too long")
        try:
            header = jwt.get_unverified_header(token)
            algorithm, key_id = header.get("alg"), header.get("kid")
            if algorithm not in self._settings.algorithms:
                raise TokenRefused(f"it is signed by {_line(algorithm)}, not {', '.join(self._settings.algorithms)}")
            if "crit" in header or (key_id is not None and not isinstance(key_id, str)):
                raise TokenRefused("its header is not understood")
            key = await self._key(key_id, algorithm)
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=[algorithm],
                audience=self._settings.client_id,
                issuer=self._settings.issuer,
                options={
                    "require": ["iss", "sub", "aud", "exp", "iat", "nonce"],
                    "verify_exp": False,  # by our own clock, below
                    "verify_iat": False,
                    "verify_nbf": False,
                },
            )
        except jwt.PyJWTError as error:
            raise TokenRefused(f"{type(error).__name__}: {error}") from error
        return claims

    def _require_ours(self, claims: Mapping[str, Any], asked: Asked) -> None:
        """Raises TokenRefused."""
        settings, audience, party = self._settings, claims["aud"], claims.get("azp")
        if claims["iss"] != settings.issuer:
            raise TokenRefused("it is of another issuer")
        if party != settings.client_id and (
            party is not None or audience not in (settings.client_id, [settings.client_id])
        ):
            raise TokenRefused("it was made for another party")
        subject, nonce = claims["sub"], claims["nonce"]
        if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT or "\x00" in subject:
            raise TokenRefused("it is of nobody")
        if not isinstance(nonce, str) or not hmac.compare_digest(nonce.encode(), asked.nonce.encode()):
            raise TokenRefused("it answers another sign-on")
        now, skew = self._now().timestamp(), settings.clock_skew_s
        if now >= _moment(claims, "exp") + skew:
            raise TokenRefused("it has expired: compare the clocks of both servers")
        if _moment(claims, "iat") > now + skew or ("nbf" in claims and _moment(claims, "nbf") > now + skew):
            raise TokenRefused("it is of later: compare the clocks of both servers")
        if not settings.asks_again:
            return
        if "auth_time" not in claims:
            raise TokenRefused("it has no auth_time: let the provider send it, or set asks_again = false")
        if _moment(claims, "auth_time") < asked.began_at.timestamp() - skew:
            raise TokenRefused("the provider did not ask who it is")

    async def _key(self, key_id: str | None, algorithm: str) -> jwt.PyJWK:
        """Raises TokenRefused, PyJWTError."""
        found = _fitting(await self._keys_of_now(KEYS_FOR), key_id, algorithm)
        if len(found) != 1:
            found = _fitting(await self._keys_of_now(KEYS_AGAIN_AFTER), key_id, algorithm)
        if len(found) != 1:
            raise TokenRefused(
                "it is signed by none of the provider's keys" if not found else "which key it is, is not said"
            )
        key = jwt.PyJWK.from_dict(dict(found[0]), algorithm=algorithm)
        if isinstance(key.key, RSAPublicKey) and key.key.key_size < SMALLEST_RSA:
            raise TokenRefused(f"the provider's key is shorter than {SMALLEST_RSA} bits")
        return key

    async def _keys_of_now(self, kept_for: timedelta) -> Sequence[Mapping[str, Any]]:
        place = (await self.metadata()).keys
        async with self._fetching:
            now = self._now()
            if self._keys is None or now - self._keys[0] >= kept_for:
                status, told = await self._ask("GET", place)
                keys = told.get("keys")
                if status != 200 or not isinstance(keys, list) or len(keys) > MOST_KEYS:
                    raise ProviderAway(f"{place} answers {status}, without keys")
                self._keys = now, [key for key in keys if isinstance(key, dict)]
            return self._keys[1]

    # ---- the way there ----------------------------------------------------------------------------------

    async def _discover(self) -> Metadata:
        settings = self._settings
        place = settings.issuer.rstrip("/") + DISCOVERY
        status, told = await self._ask("GET", place)
        if status != 200:
            raise ProviderAway(f"{place} answers {status}")
        if told.get("issuer") != settings.issuer:
            raise ProviderAway(f"{place} is of {_line(told.get('issuer'))}, not of {settings.issuer}")
        methods = told.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        userinfo = told.get("userinfo_endpoint")
        return Metadata(
            self._address(told, "authorization_endpoint"),
            self._address(told, "token_endpoint"),
            self._address(told, "jwks_uri"),
            self._address(told, "userinfo_endpoint") if userinfo is not None else "",
            by_header=isinstance(methods, list) and "client_secret_basic" in methods,
            algorithms=_lines(told.get("id_token_signing_alg_values_supported")),
            has_s256="S256" in _lines(told.get("code_challenge_methods_supported")),
        )

    def _address(self, told: Mapping[str, Any], name: str) -> str:
        """In clear only on this machine, and only where the issuer is."""
        address = told.get(name)
        parts = urlsplit(address) if isinstance(address, str) else urlsplit("")
        is_here = is_this_machine(parts.hostname or "") and self._settings.issuer.startswith("http:")
        if not isinstance(address, str) or not parts.hostname or not (parts.scheme == "https" or is_here):
            raise ProviderAway(f"its {name} is no address with https://")
        return address

    async def _ask(self, method: str, address: str, **sent: Any) -> tuple[int, Mapping[str, Any]]:
        """Status and what it says; nobody is followed to another address."""
        import httpx  # a twentieth of the start, which sites without a provider need not take

        try:
            async with (
                asyncio.timeout(PATIENCE_S),
                httpx.AsyncClient(verify=self._trusted(address), timeout=PATIENCE_S, follow_redirects=False) as http,
                http.stream(
                    method, address, headers={"Accept": "application/json", **sent.pop("headers", {})}, **sent
                ) as answer,
            ):
                body = bytearray()
                async for part in answer.aiter_bytes():
                    body += part
                    if len(body) > LARGEST_ANSWER:
                        raise ProviderAway(f"{address} answers without an end")
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError) as error:
            raise ProviderAway(f"{address} is not reached: {error or type(error).__name__}") from error
        try:
            told = json.loads(body)
        except (ValueError, RecursionError):
            told = None
        return answer.status_code, told if isinstance(told, dict) else {}

    def _trusted(self, address: str) -> ssl.SSLContext | bool:
        """The system's authorities, and the site's own; made once."""
        if address.startswith("http:"):
            return False
        if self._trust is None:
            self._trust = self._context()
        return self._trust

    def _context(self) -> ssl.SSLContext:
        try:
            context = ssl.create_default_context()
            if self._settings.ca:
                context.load_verify_locations(self._settings.ca)
        except (OSError, ssl.SSLError) as error:
            raise ProviderAway(f"ca cannot be read: {error}") from error
        return context


def _fitting(keys: Sequence[Mapping[str, Any]], key_id: str | None, algorithm: str) -> list[Mapping[str, Any]]:
    return [
        key
        for key in keys
        if key.get("kty") == _KINDS[algorithm[:2]]
        and key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) == algorithm
        and (key_id is None or key.get("kid") == key_id)
    ]


def _lines(told: object) -> tuple[str, ...]:
    return tuple(map(_line, told)) if isinstance(told, list) else ()


def _moment(claims: Mapping[str, Any], name: str) -> float:
    """Raises TokenRefused."""
    value = claims[name]
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise TokenRefused(f"its {name} is no moment")
    return float(value)


def _line(text: object) -> str:
    return "".join(sign for sign in str(text) if sign.isprintable())[:200]
