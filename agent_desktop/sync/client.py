"""The server as this workstation sees it: httpx in, our errors out. The protocol is in docs/api.md."""

import hashlib
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import httpx
import orjson

from agent_desktop.errors import (
    AccountLocked,
    AnswerGarbled,
    ClientTooOld,
    CursorExpired,
    ScopeNotYours,
    ServerRefused,
    ServerUnreachable,
    SignInExpired,
    TooManyAttempts,
    WrongPassword,
)
from agent_model.agent import Agent
from agent_model.body import from_body
from agent_model.command import Answer, Command
from agent_model.phone_number import PhoneNumber
from agent_model.scope import Scope
from agent_model.wire import (
    PROTOCOL,
    PROTOCOL_HEADER,
    ChangesPage,
    Hello,
    Row,
    answer_from_plain,
    command_to_plain,
    page_from_plain,
    row_from_plain,
)

CONNECT_TIMEOUT_S: Final = 3.0
ANSWER_TIMEOUT_S: Final = 20.0
PAGE: Final = 1000

BY_CODE: Final[Mapping[str, type[ServerRefused]]] = {
    "wrong_password": WrongPassword,
    "account_locked": AccountLocked,
    "refresh_reused": SignInExpired,
    "refresh_expired": SignInExpired,
    "not_signed_in": SignInExpired,
    "client_too_old": ClientTooOld,
    "cursor_expired": CursorExpired,
    "scope_not_yours": ScopeNotYours,
}


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who signed in, and the token that signs them in again without a password (to be kept in the keyring)."""

    agent: Agent
    refresh: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """A snapshot on offer: `base_seq` is the cursor it stands for; `sha256` and `size` are of the compressed file."""

    scope: Scope
    base_seq: int
    epoch: str
    sha256: str
    size: int
    rows: int


@dataclass(frozen=True, slots=True)
class Met:
    """A customer looked up on the server, with what belongs to them."""

    customer: Row
    contacts: tuple[Row, ...]
    tickets: tuple[Row, ...]


class ServerClient:
    """Every method blocks, may be called from any thread, and raises ServerUnreachable, ServerRefused or AnswerGarbled.

    `refreshed` is called with each new refresh token, before the old one can be missed. `transport` is for tests.
    """

    def __init__(
        self,
        address: str,
        refreshed: Callable[[str], None],
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.address = address.rstrip("/")
        self._refreshed = refreshed
        self._access = ""
        self._refresh = ""
        self._device = ""
        self._renewing = threading.Lock()
        self._http = httpx.Client(
            base_url=self.address,
            transport=transport,
            timeout=httpx.Timeout(ANSWER_TIMEOUT_S, connect=CONNECT_TIMEOUT_S),
            headers={PROTOCOL_HEADER: str(PROTOCOL)},
        )

    @property
    def access(self) -> str:
        """The short-lived token of now, for the live connection."""
        return self._access

    def close(self) -> None:
        self._http.close()

    # ---- signing in ---------------------------------------------------------------------------------

    def sign_in(self, login: str, password: str, device_id: str) -> SignedIn:
        """Raises WrongPassword, AccountLocked, TooManyAttempts besides the usual."""
        return self._signed_in("/auth/sign-in", {"login": login, "password": password, "device_id": device_id})

    def sign_in_again(self, refresh: str, device_id: str) -> SignedIn:
        """Raises SignInExpired when the token is spent or revoked."""
        return self._signed_in("/auth/refresh", {"refresh": refresh, "device_id": device_id})

    def resume_later(self, refresh: str, device_id: str) -> None:
        """Signs in with this token at the first request that finds the server, not now."""
        self._refresh, self._device = refresh, device_id

    def sign_out(self) -> None:
        self._ask("POST", "/auth/sign-out", content=orjson.dumps({"refresh": self._refresh}))
        self._access = self._refresh = ""

    def _signed_in(self, path: str, body: Mapping[str, str]) -> SignedIn:
        self._device = body["device_id"]
        plain = self._plain(self._once("POST", path, content=orjson.dumps(body)))
        try:
            self._access, self._refresh = plain["access"], plain["refresh"]
            row = row_from_plain(plain["agent"])
            agent = from_body(Agent, row.id, row.version, row.body)
        except (KeyError, TypeError, ValueError) as error:
            raise AnswerGarbled(self.address, repr(error)) from error
        self._refreshed(self._refresh)
        return SignedIn(agent, self._refresh)

    # ---- sync ---------------------------------------------------------------------------------------

    def hello(self) -> Hello:
        plain = self._plain(self._ask("GET", "/sync/v1/hello"))
        return Hello(
            server=plain["server"],
            protocol=plain["protocol"],
            epoch=plain["epoch"],
            server_time=plain["server_time"],
            scopes={Scope(scope): head for scope, head in plain["scopes"].items()},
            features=tuple(plain.get("features", ())),
        )

    def changes(self, scope: Scope, since: int, limit: int = PAGE) -> ChangesPage:
        """Raises CursorExpired, ScopeNotYours besides the usual."""
        answer = self._ask("GET", "/sync/v1/changes", params={"scope": scope, "since": since, "limit": limit})
        return page_from_plain(self._plain(answer))

    def manifest(self, scope: Scope) -> Manifest:
        plain = self._plain(self._ask("GET", f"/sync/v1/snapshot/{scope}/manifest"))
        return Manifest(
            scope=scope,
            base_seq=plain["base_seq"],
            epoch=plain["epoch"],
            sha256=plain["sha256"],
            size=plain["size"],
            rows=plain["rows"],
        )

    def snapshot(self, manifest: Manifest, got: bytearray, arrived: Callable[[int], None]) -> None:
        """Adds what is still missing in `got` of the compressed snapshot; called again after a cut, it resumes.

        `arrived` is told the size so far. Raises AnswerGarbled when the whole file is not what the manifest says;
        `got` is then emptied.
        """
        while len(got) < manifest.size:
            etag = f'"{manifest.sha256}"'
            headers = {"Range": f"bytes={len(got)}-", "If-Range": etag} if got else {}
            answer = self._ask("GET", f"/sync/v1/snapshot/{manifest.scope}", headers=headers)
            if answer.status_code == 200:
                got.clear()
            got += answer.content
            arrived(len(got))
            if not answer.content:
                break
        if hashlib.sha256(got).hexdigest() != manifest.sha256:
            got.clear()
            raise AnswerGarbled(self.address, "snapshot differs from its manifest")

    def push(self, commands: Sequence[Command]) -> tuple[Answer, ...]:
        """One answer a command, in order."""
        content = orjson.dumps({"device_id": self._device, "ops": [command_to_plain(command) for command in commands]})
        plain = self._plain(self._ask("POST", "/sync/v1/ops", content=content))
        answers = tuple(answer_from_plain(answer) for answer in plain["answers"])
        if [answer.op_id for answer in answers] != [command.op_id for command in commands]:
            raise AnswerGarbled(self.address, "answers do not match the commands")
        return answers

    def customers_with(self, number: PhoneNumber) -> tuple[Met, ...]:
        """Customers with this number, from the server itself, with their latest contacts and tickets."""
        plain = self._plain(self._ask("GET", "/customers", params={"number": number}))
        return tuple(
            Met(
                row_from_plain(found["customer"]),
                tuple(row_from_plain(row) for row in found["contacts"]),
                tuple(row_from_plain(row) for row in found["tickets"]),
            )
            for found in plain["customers"]
        )

    # ---- one request --------------------------------------------------------------------------------

    def _ask(self, method: str, path: str, **request: Any) -> httpx.Response:
        """A signed-in request; an expired access token is renewed once."""
        access = self._access
        try:
            return self._once(method, path, **request)
        except SignInExpired:
            self._renew(access)
            return self._once(method, path, **request)

    def _renew(self, stale: str) -> None:
        with self._renewing:
            if self._access == stale:
                self.sign_in_again(self._refresh, self._device)

    def _once(self, method: str, path: str, **request: Any) -> httpx.Response:
        headers = {**request.pop("headers", {})}
        if self._access:
            headers["Authorization"] = f"Bearer {self._access}"
        if "content" in request:
            headers["Content-Type"] = "application/json"
        try:
            answer = self._http.request(method, path, headers=headers, **request)
        except (httpx.TransportError, httpx.InvalidURL) as error:
            raise ServerUnreachable(self.address, str(error) or type(error).__name__) from error
        if answer.is_success:
            return answer
        raise self._refusal(answer)

    def _refusal(self, answer: httpx.Response) -> Exception:
        try:
            plain = orjson.loads(answer.content)
            code = str(plain["error"])
        except (ValueError, TypeError, KeyError):
            if answer.status_code >= 500:
                return ServerUnreachable(self.address, f"HTTP {answer.status_code}")
            return AnswerGarbled(self.address, f"HTTP {answer.status_code}")
        if code == "too_many_attempts":
            return TooManyAttempts(answer.status_code, code, int(plain.get("retry_after_s", 60)))
        if answer.status_code >= 500:
            return ServerUnreachable(self.address, code)
        return BY_CODE.get(code, SignInExpired if answer.status_code == 401 else ServerRefused)(
            answer.status_code, code
        )

    def _plain(self, answer: httpx.Response) -> Any:
        try:
            return orjson.loads(answer.content)
        except ValueError as error:
            raise AnswerGarbled(self.address, "not JSON") from error
