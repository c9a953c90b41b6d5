"""The server as this workstation sees it: httpx in, our errors out. The protocol is in docs/sync.md."""

import contextlib
import hashlib
import logging
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import quote

import orjson

from agent_desktop.errors import (
    AccountLocked,
    AnotherEpoch,
    AnswerGarbled,
    AskedTooOften,
    ClientTooOld,
    CodeUsed,
    CursorExpired,
    DeviceBlocked,
    IdentityTaken,
    KeyringError,
    NotAdmitted,
    PasswordSignInOff,
    ProviderAway,
    ProxyRefused,
    ScopeNotYours,
    SecondFactorNeeded,
    SecondFactorNotSet,
    ServerRefused,
    ServerUnreachable,
    SignInExpired,
    SignOnRefused,
    TooManyAttempts,
    WrongCode,
    WrongPassword,
)
from agent_desktop.offline.pending import Written
from agent_desktop.policy.provisioned import Told
from agent_desktop.route import AS_THE_SYSTEM_SAYS, Route, refused_certificate, without_password
from agent_desktop.sync import reading
from agent_desktop.sync.certificates import certificate_of
from agent_desktop.sync.handover import Recipient
from agent_desktop.sync.reading import HeldRecording, Manifest, SignOnBegun, Verified, Ways
from agent_model.agent import Agent, AgentState
from agent_model.announcement import AnnouncementReaders
from agent_model.body import from_body, to_body
from agent_model.command import Answer, OpId
from agent_model.customer import CustomerId
from agent_model.fingerprint import BUCKETS
from agent_model.floor_message import MessageDraft, Reached, SentMessage
from agent_model.floor_policy import FloorAct
from agent_model.floor_report import Report, Wish
from agent_model.gap import GapList
from agent_model.macro import Macro
from agent_model.moment import to_text
from agent_model.newcomer import Newcomers
from agent_model.own_figures import HonoursBoard, MoodAnswer, MoodQuestion, OwnFigures, TeamCare
from agent_model.phone_number import OnRecord, PhoneNumber
from agent_model.phone_number.on_record import Purpose
from agent_model.recorded_call import RecordedCalls, Sought
from agent_model.recording_mark import RecordingMark, RecordingMarks
from agent_model.report_mail import ReportMail, ReportMails
from agent_model.row_change import RowHistory
from agent_model.scope import Scope
from agent_model.shift_plan import PlansTaken, Shift, clock_text
from agent_model.signal import SignalRule
from agent_model.synonym import Synonym
from agent_model.wire import (
    HIDES,
    HIDES_HEADER,
    PROTOCOL,
    PROTOCOL_HEADER,
    VERSION_HEADER,
    ChangesPage,
    Hello,
    Row,
    answer_from_plain,
)

if TYPE_CHECKING:
    import httpx

log = logging.getLogger(__name__)

CONNECT_TIMEOUT_S: Final = 3.0
ANSWER_TIMEOUT_S: Final = 20.0
SNAPSHOT_TIMEOUT_S: Final = 120.0
"""Whoever asks first waits until the server has built the file."""
PAGE: Final = 1000
BUCKETS_AT_ONCE: Final = 8
LARGEST_ANSWER: Final = 256 * 2**20
"""Bytes, unpacked: far more than any page; what goes on after that is there to fill the memory."""
PARTIAL: Final = 206
NO_LONGER_THERE: Final = (412, 416)
UNAUTHORISED: Final = 401
PROXY_ASKS_WHO: Final = 407
IMPORTS: Final = "/sync/v1/imports"
RECORDINGS: Final = "/sync/v1/recordings"
REPORT_MAILS: Final = "/floor/v1/report-mails"
PRIVACY: Final = "/privacy"
VERSIONS_OF: Final = {
    "article": "articles",
    "macro": "macros",
    "queue": "queues",
    "signal_rule": "signal-rules",
    "synonym": "synonyms",
    "wrap_up_code": "dispositions",
}
"""What the server keeps every version of, and where it tells them."""
SERVER_FAULT: Final = 500
NO_CODE: Final = b'{"error": ""}'
"""How a refusal of HEAD reads, which has no body."""

T = TypeVar("T")

BY_CODE: Final[Mapping[str, type[ServerRefused]]] = {
    "wrong_password": WrongPassword,
    "account_locked": AccountLocked,
    "second_factor_needed": SecondFactorNeeded,
    "second_factor_not_set": SecondFactorNotSet,
    "wrong_code": WrongCode,
    "code_used": CodeUsed,
    "password_sign_in_off": PasswordSignInOff,
    "sign_on_refused": SignOnRefused,
    "not_admitted": NotAdmitted,
    "identity_taken": IdentityTaken,
    "refresh_reused": SignInExpired,
    "refresh_expired": SignInExpired,
    "not_signed_in": SignInExpired,
    "device_not_yours": SignInExpired,
    "cursor_expired": CursorExpired,
    "scope_not_yours": ScopeNotYours,
    "another_epoch": AnotherEpoch,
}


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who signed in, and the token that signs them in again without a password (to be kept in the keyring).

    `unlock` opens what this agent keeps on this device, whatever became of their password; empty from a server that
    gives none.
    """

    agent: Agent
    refresh: str = field(repr=False)
    unlock: str = field(default="", repr=False)
    provisioning: int = 0
    """The serial of what workstations are set up with."""


@dataclass(frozen=True, slots=True)
class Session:
    """What a client needs to go on as somebody who has signed in."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    recipient: Recipient | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewFactor:
    """What a telephone is told: the secret in base32, and the same as an otpauth URI for a QR code."""

    secret: str = field(repr=False)
    uri: str = field(repr=False)


OF_RELATED: Final = ("relations", "related", "tickets_of_related")
"""What a server may tell of those to whom a customer is related."""


@dataclass(frozen=True, slots=True)
class Met:
    """A customer looked up on the server, with what belongs to them; `of_related` are their relations, the customers
    at the other ends, and what is open of these."""

    customer: Row
    contacts: tuple[Row, ...]
    tickets: tuple[Row, ...]
    follow_ups: tuple[Row, ...] = ()
    of_related: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """All of them."""
        return (*self.of_related, self.customer, *self.contacts, *self.tickets, *self.follow_ups)


@dataclass(frozen=True, slots=True)
class ServerSeen:
    """How the server answers now. `at` is its clock, None where an earlier version does not say; `issuer` and `ends`
    are of its certificate, empty and None without TLS."""

    version: str
    took_ms: int
    at: datetime | None
    issuer: str
    ends: datetime | None


class ServerClient:
    """Every method blocks, may be called from any thread, and raises ServerUnreachable, ServerRefused or AnswerGarbled.

    `refreshed` is called with each new refresh token, before the old one can be missed; when the keyring refuses it,
    the token lasts as long as the program. `route` is the way to the server; `hides`, of HIDES, is what
    this workstation has the server hide beside what it hides anyway. `transport` is for tests. httpx is loaded by the
    first request.
    """

    def __init__(
        self,
        address: str,
        refreshed: Callable[[str], None],
        transport: "httpx.BaseTransport | None" = None,
        route: Route = AS_THE_SYSTEM_SAYS,
        hides: str = "",
    ) -> None:
        self.address = address.rstrip("/")
        self.route = route
        self.hides = hides
        self._refreshed = refreshed
        self._access = ""
        self._refresh = ""
        self._device = ""
        self._by_password: tuple[str, str] | None = None
        self.recipient: Recipient | None = None
        """For what is unsent when the agent leaves; None as long as the server has given none."""
        self._renewing = threading.Lock()
        self._transport = transport
        self._opening = threading.Lock()
        self._http: httpx.Client | None = None
        self._proxy: str | None = None
        self._is_closed = False

    @property
    def access(self) -> str:
        """The short-lived token of now, for the live connection."""
        return self._access

    @property
    def secrets(self) -> tuple[str, ...]:
        """Whatever lets somebody in as this agent."""
        return tuple(filter(None, (self._access, self._refresh, *(self._by_password or ())[1:])))

    @property
    def device_id(self) -> str:
        """As the server knows this workstation with this agent."""
        return self._device

    def look(self) -> ServerSeen:
        """Whether it is there, and how far; for nobody in particular."""
        began = time.monotonic()
        with self._reading(), self._answering("GET", "/health") as answer:
            plain = orjson.loads(self._whole(answer))
            took_ms = round((time.monotonic() - began) * 1000)
            issuer, ends = certificate_of(answer.extensions.get("network_stream"))
            at = reading.moment(plain.get("server_time"))
            return ServerSeen(reading.text(plain["version"]), took_ms, at, issuer, ends)

    def close(self) -> None:
        with self._opening:
            self._is_closed = True
            if self._http is not None:
                self._http.close()

    # ---- signing in ---------------------------------------------------------------------------------

    def sign_in(self, login: str, password: str, device_id: str, code: str = "") -> SignedIn:
        """`code` of the second factor, or a recovery code. Raises WrongPassword, AccountLocked, TooManyAttempts,
        SecondFactorNeeded, SecondFactorNotSet, WrongCode, CodeUsed, DeviceBlocked besides the usual."""
        shown = {"login": login, "password": password, "device_id": device_id}
        return self._signed_in("/auth/sign-in", shown | ({"code": code} if code else {}))

    def new_factor(self, login: str, password: str) -> NewFactor:
        """A secret for a telephone; it counts once `confirm_factor` was shown a code of it. Raises as `sign_in`."""
        with self._reading():
            shown = {"login": login, "password": password}
            plain = orjson.loads(self._once("POST", "/auth/second-factor/enrol", content=orjson.dumps(shown)))
            return NewFactor(reading.text(plain["secret"]), reading.text(plain["uri"]))

    def confirm_factor(self, login: str, password: str, code: str) -> tuple[str, ...]:
        """The recovery codes, told this once. Raises as `sign_in`."""
        with self._reading():
            shown = {"login": login, "password": password, "code": code}
            plain = orjson.loads(self._once("POST", "/auth/second-factor/confirm", content=orjson.dumps(shown)))
            return tuple(map(reading.text, plain["recovery_codes"]))

    def sign_in_again(self, refresh: str, device_id: str) -> SignedIn:
        """Raises SignInExpired when the token is spent or revoked."""
        return self._signed_in("/auth/refresh", {"refresh": refresh, "device_id": device_id})

    def ways(self) -> Ways:
        """How one may sign in at this server, before anybody has."""
        with self._reading():
            return reading.ways(orjson.loads(self._once("GET", "/auth/ways")))

    def begin_sign_on(self, workstation: str, challenge: str, state: str, port: int) -> SignOnBegun:
        """Raises ProviderAway."""
        shown = {"workstation": workstation, "challenge": challenge, "state": state, "port": port}
        with self._reading():
            return reading.sign_on(orjson.loads(self._once("POST", "/auth/sign-on/begin", content=orjson.dumps(shown))))

    def finish_sign_on(self, ticket: str, code: str, verifier: str) -> SignedIn:
        """Raises SignOnRefused, NotAdmitted, IdentityTaken, AccountLocked, DeviceBlocked, ProviderAway."""
        return self._signed_in("/auth/sign-on/finish", {"ticket": ticket, "code": code, "verifier": verifier})

    def keep_with(self, refreshed: Callable[[str], None]) -> None:
        """For who was not known before they signed in: from now on tokens go there, the one of now first."""
        self._refreshed = refreshed
        self._keep_token()

    def resume_later(self, refresh: str, device_id: str) -> None:
        """Signs in with this token at the first request that finds the server, not now."""
        self._refresh, self._device = refresh, device_id

    def sign_in_later(self, login: str, password: str, device_id: str) -> None:
        """Signs in so at the first request that finds the server, not now. The password is forgotten then."""
        self._by_password, self._device = (login, password), device_id

    def hand_on(self) -> Session:
        """The session, for another client of the same person at the same device; there is none here any more."""
        session = Session(self._access, self._refresh, self.recipient)
        self.forget()
        return session

    def take_over(self, session: Session) -> None:
        """After SignInExpired: goes on with a session that was begun with another client."""
        with self._renewing:
            self._access, self._refresh, self.recipient = session.access, session.refresh, session.recipient
            self._by_password = None

    def forget(self) -> None:
        """From now on nobody is signed in here."""
        self._access = self._refresh = ""
        self._by_password = None

    def sign_out(self) -> None:
        try:
            self._ask("POST", "/auth/sign-out", content=orjson.dumps({"refresh": self._refresh}))
        finally:
            self.forget()

    def _signed_in(self, path: str, body: Mapping[str, str]) -> SignedIn:
        self._device = body.get("device_id", "")
        with self._reading():
            plain = orjson.loads(self._once("POST", path, content=orjson.dumps(body)))
            self._device = self._device or reading.text(plain["device_id"])
            row = reading.row(plain["agent"])
            agent = from_body(Agent, row.id, row.version, row.body)
            self._access, self._refresh = reading.token(plain["access"]), reading.token(plain["refresh"])
            unlock = reading.secret(plain.get("unlock"))
            provisioning = reading.whole(plain.get("provisioning", 0))
            self.recipient = reading.recipient(plain) or self.recipient
        self._by_password = None
        self._keep_token()
        return SignedIn(agent, self._refresh, unlock, provisioning)

    def _keep_token(self) -> None:
        try:
            self._refreshed(self._refresh)
        except KeyringError as error:
            log.info("sign-in not kept: %s", type(error).__name__)

    # ---- sync ---------------------------------------------------------------------------------------

    def hello(self) -> Hello:
        """Also whether what this workstation hides is hidden: a server that does not know how is not asked for rows."""
        with self._reading():
            told = reading.hello(orjson.loads(self._ask("GET", "/sync/v1/hello")))
            if self.hides and not HIDES[self.hides] <= set(told.hidden):
                raise ValueError(self.hides)
            return told

    def provisioning(self) -> Told:
        """What the server sets workstations up with, as it is signed."""
        with self._reading():
            plain = orjson.loads(self._ask("GET", "/sync/v1/provisioning"))
            return Told(*(reading.text(plain[name]) for name in ("document", "signature", "key")))

    def changes(self, scope: Scope, since: int, limit: int = PAGE) -> ChangesPage:
        """Raises CursorExpired, ScopeNotYours besides the usual."""
        with self._reading():
            params = {"scope": scope, "since": since, "limit": limit}
            return reading.page(orjson.loads(self._ask("GET", "/sync/v1/changes", params=params)), scope, since)

    def erased(self, customers: Sequence[str]) -> tuple[str, ...]:
        """Those of them who were erased and never come back."""
        with self._reading():
            content = orjson.dumps({"ids": list(customers)})
            told = orjson.loads(self._ask("POST", "/sync/v1/erased", content=content))["erased"]
            return tuple(reading.text(one) for one in told if one in customers)

    def verified(self, scope: Scope) -> Verified:
        """What the server holds of the scope, in BUCKETS hashes."""
        with self._reading():
            params = {"scope": scope, "buckets": BUCKETS}
            return reading.verified(orjson.loads(self._ask("GET", "/sync/v1/verify", params=params)), scope, BUCKETS)

    def rows_in_buckets(self, scope: Scope, buckets: Sequence[int]) -> tuple[Row, ...]:
        """Every row of the scope in these buckets (BUCKETS_AT_ONCE at most), as it is now."""
        with self._reading():
            params = {"scope": scope, "buckets": BUCKETS, "bucket": ",".join(map(str, buckets))}
            plain = orjson.loads(self._ask("GET", "/sync/v1/verify/rows", params=params))
            if plain["scope"] != scope:
                raise ValueError("rows of another scope")
            return tuple(map(reading.row, plain["rows"]))

    def manifest(self, scope: Scope) -> Manifest:
        with self._reading():
            timeout = _httpx().Timeout(SNAPSHOT_TIMEOUT_S, connect=CONNECT_TIMEOUT_S)
            plain = orjson.loads(self._ask("GET", f"{_snapshot_path(scope)}/manifest", timeout=timeout))
            return reading.manifest(plain, scope)

    def snapshot(self, manifest: Manifest, got: bytearray, arrived: Callable[[int], None]) -> None:
        """Adds what is still missing in `got` of the compressed snapshot; called again after a cut, it resumes.

        `arrived` is told the size so far. Raises AnswerGarbled when the whole file is not what the manifest says, or
        is no longer there; `got` is then emptied.
        """
        try:
            while len(got) < manifest.size:
                before = len(got)
                self._renewed(lambda: self._download(manifest, got, arrived))
                if len(got) == before:
                    break
        except ServerRefused as error:
            if error.status not in NO_LONGER_THERE:
                raise
            got.clear()
            raise AnswerGarbled(self.address, f"snapshot: {error}") from error
        if hashlib.sha256(got).hexdigest() != manifest.sha256:
            got.clear()
            raise AnswerGarbled(self.address, "snapshot differs from its manifest")

    def _download(self, manifest: Manifest, got: bytearray, arrived: Callable[[int], None]) -> None:
        conditions = {"If-Match": f'"{manifest.sha256}"'}
        self._take(_snapshot_path(manifest.scope), conditions, got, manifest.size, arrived)

    def _take(
        self, path: str, conditions: Mapping[str, str], got: bytearray, size: int, arrived: Callable[[int], None]
    ) -> None:
        """What follows `got` of a file."""
        headers = {"Accept-Encoding": "identity", **conditions}
        if got:
            headers["Range"] = f"bytes={len(got)}-"
        with self._answering("GET", path, headers=headers) as answer:
            if answer.status_code != PARTIAL:
                got.clear()
            for part in answer.iter_raw():  # as it comes: what a cut leaves behind is kept
                got += part
                arrived(len(got))
                if len(got) > size:
                    break

    def push(self, commands: Sequence[Written], epoch: str, *, is_again: bool = False) -> tuple[Answer, ...]:
        """One answer a command, in order. `is_again`: as the server's history may have lost them, see docs/sync.md.

        Raises AnotherEpoch when the server's history is not `epoch` (empty: any), besides the usual.
        """
        batch = {"device_id": self._device, "ops": [orjson.Fragment(command.plain) for command in commands]}
        content = orjson.dumps(batch | ({"epoch": epoch} if epoch else {}) | ({"again": True} if is_again else {}))
        with self._reading():
            plain = orjson.loads(self._ask("POST", "/sync/v1/ops", content=content))
            answers = tuple(answer_from_plain(answer) for answer in plain["answers"])
            if [answer.op_id for answer in answers] != [command.op_id for command in commands]:
                raise ValueError("answers do not match the commands")
            return answers

    def deliver(self, batch: bytes) -> int:
        """Work that somebody sealed when they left; how many commands the server took of it. A batch proves itself
        whose it is, and so goes without a session as well."""
        deliver = self._ask if self._access else self._once
        with self._reading():
            return reading.whole(orjson.loads(deliver("POST", "/sync/v1/handover", content=batch))["accepted"])

    def describe_device(self, name: str, platform: str) -> None:
        """What this workstation is called, for who reads lists of them."""
        self._ask("POST", "/sync/v1/devices", content=orjson.dumps({"name": name, "platform": platform}))

    def unsent_here(self) -> int:
        """How many commands of whoever is signed in the server believes to wait on this workstation."""
        with self._reading():
            told = orjson.loads(self._ask("GET", "/sync/v1/unsent"))["unsent"]
            return sum(reading.whole(line["count"]) for line in told if line["device_id"] == self._device)

    def tell_unsent(self, author: str, count: int, oldest_at: datetime | None) -> None:
        """How many commands of an agent wait on this workstation, for who leads them; 0 when all were sent."""
        told = {"author": author, "count": count, "oldest_at": None if oldest_at is None else to_text(oldest_at)}
        self._ask("POST", "/sync/v1/unsent", content=orjson.dumps(told))

    def conflicts(self, after: str, read: Callable[[Mapping[str, Any]], T]) -> tuple[list[T], str | None]:
        """A page of the conflicts this person may decide, and where the next one begins."""
        with self._reading():
            plain = orjson.loads(self._ask("GET", "/sync/v1/conflicts", params={"after": after}))
            following = None if plain["next"] is None else reading.text(plain["next"])
            return list(map(read, plain["conflicts"])), following

    def decided(self, op_ids: Sequence[OpId]) -> list[OpId]:
        """Those of one's own contested commands about which nothing is left to decide; 50 at most are asked for."""
        with self._reading():
            plain = orjson.loads(self._ask("GET", "/sync/v1/conflicts/decided", params={"op_ids": ",".join(op_ids)}))
            return [OpId(reading.text(one)) for one in plain["decided"]]

    def resolve(self, conflict_id: str, decision: Mapping[str, Any]) -> None:
        path = f"/sync/v1/conflicts/{quote(conflict_id, safe='')}/resolve"
        self._ask("POST", path, content=orjson.dumps(decision))

    def customers_with(self, number: PhoneNumber) -> tuple[Met, ...]:
        """Customers with this number, from the server itself, with their latest contacts and tickets, what is owed to
        them, and to whom they are related."""
        with self._reading():
            plain = orjson.loads(self._ask("GET", "/customers", params={"number": number}))
            return tuple(
                Met(
                    reading.row(found["customer"]),
                    tuple(map(reading.row, found["contacts"])),
                    tuple(map(reading.row, found["tickets"])),
                    tuple(map(reading.row, found.get("follow_ups", ()))),
                    tuple(reading.row(row) for name in OF_RELATED for row in found.get(name, ())),
                )
                for found in plain["customers"]
            )

    def duplicates(self) -> tuple[tuple[CustomerId, CustomerId], ...]:
        """Pairs who may be the same person among everybody one may see; for who may merge over groups."""
        with self._reading():
            plain = orjson.loads(self._ask("GET", "/customers/duplicates"))
            pairs = ([reading.text(id_) for id_ in found["customers"]] for found in plain["duplicates"])
            return tuple((CustomerId(one), CustomerId(other)) for one, other in pairs)

    def gaps(self, days: int) -> GapList:
        """What the knowledge base lacks, by the searches of some days; for who writes it."""
        with self._reading():
            return from_body(GapList, "", 0, orjson.loads(self._ask("GET", "/sync/v1/gaps", params={"days": days})))

    def tell_number(self, number: OnRecord, purpose: Purpose, reason: str) -> str:
        """A number that is masked here, in clear; the audit trail says who asked and why. Raises NotOnRecord,
        AskedTooOften besides the usual."""
        asked = {"field": "phones", "position": number.position, "purpose": purpose, "reason": reason}
        path = f"/customers/{quote(number.customer_id, safe='')}/reveal"
        with self._reading():
            return reading.text(orjson.loads(self._ask("POST", path, content=orjson.dumps(asked)))["value"])

    def tell_field(self, customer_id: str, field: str, reason: str) -> str:
        """A field that is kept back here, in clear; put on record and refused as `tell_number`."""
        asked = {"field": field, "reason": reason}
        path = f"/customers/{quote(customer_id, safe='')}/reveal"
        with self._reading():
            return reading.text(orjson.loads(self._ask("POST", path, content=orjson.dumps(asked)))["value"])

    def privacy(self, method: str, path: str, said: Mapping[str, Any] | None, read: Callable[[Any], T]) -> T:
        """Something about wishes to be erased or to have a copy; `path` is below theirs (docs/api.md)."""
        return self._told(method, f"{PRIVACY}{path}", said, read)

    def privacy_file(self, path: str) -> bytes:
        """A certificate or a copy as a file."""
        return self._ask("GET", f"{PRIVACY}{path}")

    def set_hold(self, customer_id: str, reason: str, *, is_held: bool) -> None:
        """Whether nothing of a customer may be erased."""
        path = f"{PRIVACY}/customers/{quote(customer_id, safe='')}/hold{'' if is_held else '/lift'}"
        self._ask("POST", path, content=orjson.dumps({"reason": reason}))

    def rule_versions(self, rule_id: str) -> tuple[SignalRule, ...]:
        """Every version of a rule of signals that the server keeps, the newest first."""
        return self._versions(SignalRule, "signal_rule", rule_id)

    def macro_versions(self, macro_id: str) -> tuple[Macro, ...]:
        """Every version of a macro that the server keeps, the newest first."""
        return self._versions(Macro, "macro", macro_id)

    def synonym_versions(self, synonym_id: str) -> tuple[Synonym, ...]:
        """Every version of a set of words that the server keeps, the newest first."""
        return self._versions(Synonym, "synonym", synonym_id)

    def company_versions(self, entity: str, row_id: str) -> tuple[Row, ...]:
        """Every version of a row of VERSIONS_OF that the server keeps, the newest first."""
        path = f"/sync/v1/{VERSIONS_OF[entity]}/{quote(row_id, safe='')}/versions"
        with self._reading():
            told = orjson.loads(self._ask("GET", path))["versions"]
            return tuple(reading.checked_row(entity, row_id, one["version"], one["body"]) for one in told)

    def _versions(self, kind: type[T], entity: str, row_id: str) -> tuple[T, ...]:
        rows = self.company_versions(entity, row_id)
        with self._reading():
            return tuple(from_body(kind, row.id, row.version, row.body) for row in rows)

    def announcement_readers(self, announcement_id: str) -> AnnouncementReaders:
        """Who of its audience has read it, of those whom this person leads."""
        path = f"/v1/announcements/{quote(announcement_id, safe='')}/readers"
        with self._reading():
            told = orjson.loads(self._ask("GET", path))
            return from_body(AnnouncementReaders, "", int(told["version"]), told)

    def row_history(self, entity: str, row_id: str, before: int | None = None) -> RowHistory:
        """A page of what a ticket or a customer went through, the newest first."""
        path = f"/v1/history/{entity}/{quote(row_id, safe='')}"
        with self._reading():
            told = orjson.loads(self._ask("GET", path if before is None else f"{path}?before={before}"))
            return from_body(RowHistory, "", 0, told)

    def newcomers(self) -> Newcomers:
        """How those do whom one leads; for who leads."""
        with self._reading():
            return from_body(Newcomers, "", 0, orjson.loads(self._ask("GET", "/v1/newcomers")))

    def joined(self, agent: str, on: date | None) -> None:
        """Since when somebody works here, for who leads them; None takes it back."""
        told = {"on": None if on is None else on.isoformat()}
        self._ask("PUT", f"/v1/newcomers/{quote(agent, safe='')}", json=told)

    def send_message(self, message_id: str, draft: MessageDraft) -> Reached:
        """Tells agents something at once; whom it is for. The same id is the same message."""
        told = {
            "id": message_id,
            "to": draft.to.value,
            "whom": draft.whom,
            "words": draft.words.strip(),
            "is_urgent": draft.is_urgent,
            "minutes": draft.minutes,
        }
        with self._reading():
            return from_body(Reached, "", 0, orjson.loads(self._ask("POST", "/floor/v1/messages", json=told)))

    def sent_messages(self) -> tuple[SentMessage, ...]:
        """What this person has sent of late, with who has read it."""
        with self._reading():
            told = orjson.loads(self._ask("GET", "/floor/v1/messages"))["messages"]
            return tuple(
                SentMessage(
                    reading.floor_message(one), tuple(reading.receipt(line, one["id"]) for line in one["readers"])
                )
                for one in told
            )

    def own_figures(self) -> OwnFigures:
        """The caller's own work beside the team's."""
        with self._reading():
            return from_body(OwnFigures, "", 0, orjson.loads(self._ask("GET", "/floor/v1/own-figures")))

    def honours(self) -> HonoursBoard:
        with self._reading():
            return from_body(HonoursBoard, "", 0, orjson.loads(self._ask("GET", "/floor/v1/honours")))

    def choose_honours(self, is_named: bool) -> None:
        """Whether one's own name may stand on the honours board."""
        self._ask("PUT", "/floor/v1/honours/own", json={"is_named": is_named})

    def floor_report(self, wish: Wish) -> Report:
        """Added up as of now; the audit trail says who asked."""
        with self._reading():
            return reading.floor_report(orjson.loads(self._ask("GET", _report_path(wish), params=_asked(wish))), wish)

    def floor_report_file(self, wish: Wish, form: str, language: str) -> bytes:
        """The same in words, as `xlsx`, `csv` or `pdf`."""
        said = _asked(wish) | {"form": form, "language": language}
        return self._ask("GET", f"{_report_path(wish)}/file", params=said)

    def plan_shifts(self, shifts: Sequence[Shift], *, is_tried: bool) -> PlansTaken:
        """Each in place of what was planned for that day of the agent; `is_tried`: nothing is written."""
        said = [
            {
                "agent": one.agent,
                "day": one.day.isoformat(),
                "spans": [
                    {"what": span.what, "since": clock_text(span.since_min), "until": clock_text(span.until_min)}
                    for span in one.spans
                ],
            }
            for one in shifts
        ]
        with self._reading():
            told = self._ask("PUT", "/floor/v1/shift-plans", json={"shifts": said, "is_tried": is_tried})
            return from_body(PlansTaken, "", 0, orjson.loads(told))

    def report_mails(self) -> ReportMails:
        """The reports by mail of the teams one leads."""
        with self._reading():
            return from_body(ReportMails, "", 0, orjson.loads(self._ask("GET", REPORT_MAILS)))

    def set_report_mail(self, mail: ReportMail) -> None:
        """ServerRefused says why it cannot be sent."""
        said = {name: value for name, value in to_body(mail).items() if name not in ("changed_by", "sent_at")}
        self._ask("PUT", f"{REPORT_MAILS}/{mail.id}", json={"kind": None, **said})

    def drop_report_mail(self, mail_id: str) -> None:
        self._ask("DELETE", f"{REPORT_MAILS}/{mail_id}")

    def team_care(self) -> TeamCare:
        """What hard calls left behind; for who leads."""
        with self._reading():
            return from_body(TeamCare, "", 0, orjson.loads(self._ask("GET", "/floor/v1/care")))

    def mood_question(self) -> MoodQuestion:
        with self._reading():
            return from_body(MoodQuestion, "", 0, orjson.loads(self._ask("GET", "/floor/v1/mood")))

    def sign_mood(self, round_id: str, sent: int) -> int:
        """A blinded token, signed."""
        with self._reading():
            told = {"round": round_id, "blinded": f"{sent:x}"}
            plain = orjson.loads(self._ask("POST", "/floor/v1/mood/tokens", json=told))
            return int(reading.text(plain["signed"]), 16)

    def answer_mood(self, answer: MoodAnswer) -> None:
        """Over a connection of its own, on which nobody has signed in."""
        nobody = ServerClient(self.address, lambda _refresh: None, self._transport, self.route, self.hides)
        try:
            nobody._once("POST", "/floor/v1/mood/answers", json=to_body(answer))
        finally:
            nobody.close()

    def put_into(self, agent: str, state: AgentState, reason: str | None, why: str) -> None:
        """Puts an agent into a state, for who leads them; the agent is told by whom and `why`."""
        told = {"agent": agent, "state": state.value, "reason": reason, "why": why}
        self._ask("POST", "/floor/v1/orders", json=told)

    def serve(self, agent: str, queues: tuple[str, ...], languages: tuple[str, ...], why: str) -> None:
        """The queues that an agent serves from now on, and the languages; the agent is told by whom and `why`."""
        told = {"agent": agent, "queues": queues, "languages": languages, "why": why}
        self._ask("PUT", "/floor/v1/serving", json=told)

    def monitor(self, agent: str, how: FloorAct, reference: str) -> None:
        """Has the exchange ring the own telephone, by `reference`, and let it into an agent's call."""
        told = {"agent": agent, "how": how.value, "reference": reference}
        self._ask("POST", "/floor/v1/monitoring", json=told)

    def leave_call(self) -> None:
        """Be in no agent's call any more."""
        self._ask("DELETE", "/floor/v1/monitoring")

    def act_in_call(self, agent: str, act: FloorAct) -> None:
        """Take an agent's call over, or end it."""
        self._ask("POST", f"/floor/v1/{act.value.replace('_', '-')}", json={"agent": agent})

    def call_agent(self, agent: str) -> None:
        """Has the exchange ring the own telephone, and then the agent's."""
        self._ask("POST", "/floor/v1/calls", json={"agent": agent})

    def answer_help(self, agent: str) -> None:
        """Says that one comes to an agent who asks for help, for who leads them."""
        self._ask("POST", "/floor/v1/help-answers", json={"agent": agent})

    def take_alert(self, alert_id: str) -> None:
        """Says that one looks after an alert, for who is told of it."""
        self._ask("PUT", f"/floor/v1/alerts/{quote(alert_id, safe='')}/taken")

    def attachment(self, ticket_id: str, attachment_id: str) -> bytes:
        """The bytes of a file of a ticket; the audit trail says who asked. ServerRefused says why there are none."""
        path = f"/sync/v1/attachments/{quote(ticket_id, safe='')}/{quote(attachment_id, safe='')}"
        return self._ask("GET", path)

    def article_file(self, file_id: str, start: int, most: int) -> bytes:
        """A piece of a picture or another file of articles. ServerRefused says why there is none."""
        headers = {"Range": f"bytes={start}-{start + most - 1}", "Accept-Encoding": "identity"}
        return self._ask("GET", f"/sync/v1/article-files/{quote(file_id, safe='')}", headers=headers)

    def recordings(self, contact_id: str) -> tuple[HeldRecording, ...]:
        """The recordings of a call that the server has, or begins to have, and what opens them; the audit trail says
        who asked. ServerRefused says why there are none."""
        with self._reading():
            told = orjson.loads(self._ask("GET", f"{RECORDINGS}/{quote(contact_id, safe='')}"))
            return tuple(reading.held_recording(one) for one in told["recordings"])

    def recorded_calls(self, sought: Sought) -> RecordedCalls:
        """Those of the calls one may listen to that have recordings, the latest first."""
        said = {name: value for name, value in to_body(sought).items() if value}
        with self._reading():
            return from_body(RecordedCalls, "", 0, orjson.loads(self._ask("GET", "/v1/recordings", params=said)))

    def recording_marks(self, contact_id: str) -> tuple[RecordingMark, ...]:
        """What was marked in the recordings of a call, by everybody; the audit trail says who asked."""
        with self._reading():
            return from_body(RecordingMarks, "", 0, orjson.loads(self._ask("GET", _marks_path(contact_id)))).marks

    def put_recording_mark(self, contact_id: str, mark: RecordingMark) -> RecordingMark:
        """Sets a mark, or changes the note of an own one; as it is then."""
        said = {"recording": mark.recording, "at_ms": mark.at_ms, "note": mark.note}
        with self._reading():
            told = orjson.loads(self._ask("PUT", f"{_marks_path(contact_id)}/{mark.id}", json=said))
            return from_body(RecordingMark, told["id"], 0, told)

    def drop_recording_mark(self, contact_id: str, mark_id: str) -> None:
        """Takes an own mark away."""
        self._ask("DELETE", f"{_marks_path(contact_id)}/{mark_id}")

    def recording(self, contact_id: str, held: HeldRecording, got: bytearray, arrived: Callable[[int], None]) -> None:
        """Adds what is still missing in `got` of its sealed bytes; called again after a cut, it resumes. `arrived` is
        told the size so far. Raises AnswerGarbled when it is not what was told of it; `got` is then emptied."""
        path = f"{RECORDINGS}/{quote(contact_id, safe='')}/{quote(held.id, safe='')}"
        while len(got) < held.length:
            before = len(got)
            try:
                self._renewed(lambda: self._take(path, {}, got, held.length, arrived))
            except ServerRefused as error:
                if error.code != "bad_range":
                    raise
                break  # it is shorter there than was told
            if len(got) == before:
                break
        if hashlib.sha256(got).hexdigest() != held.sha256:
            got.clear()
            raise AnswerGarbled(self.address, "recording differs from what was told of it")

    def imports(self, method: str, path: str, said: Mapping[str, Any] | None, read: Callable[[Any], T]) -> T:
        """Something about tables that are imported; `path` is below theirs (docs/api.md)."""
        return self._told(method, f"{IMPORTS}{path}", said, read)

    def import_errors(self, task_id: str) -> bytes:
        """The rows of a table that were not imported, as a file for mending."""
        return self._ask("GET", f"{IMPORTS}/{quote(task_id, safe='')}/errors")

    def headers_of(self, method: str, path: str, headers: Mapping[str, str], content: bytes = b"") -> Mapping[str, str]:
        """A signed-in request that is answered in headers; their names in small letters."""

        def ask() -> Mapping[str, str]:
            with self._answering(method, path, headers=headers, content=content) as answer:
                self._whole(answer)
                return dict(answer.headers)

        return self._renewed(ask)

    # ---- one request --------------------------------------------------------------------------------

    def _told(self, method: str, path: str, said: Mapping[str, Any] | None, read: Callable[[Any], T]) -> T:
        sent = {} if said is None else {"content": orjson.dumps(said)}
        with self._reading():
            return read(orjson.loads(self._ask(method, path, **sent)))

    def _ask(self, method: str, path: str, **request: Any) -> bytes:
        """A signed-in request; an expired access token is renewed once."""
        return self._renewed(lambda: self._once(method, path, **request))

    def _renewed(self, ask: Callable[[], T]) -> T:
        access = self._access
        try:
            return ask()
        except SignInExpired:
            self._renew(access)
            return ask()

    def _renew(self, stale: str) -> None:
        """What the server has against the sign-in is never its answer to what was asked: whoever sits there is asked
        to sign in, or it is tried again later."""
        with self._renewing:
            if self._access != stale:
                return
            try:
                if self._by_password is not None:
                    self.sign_in(*self._by_password, self._device)
                elif self._refresh:
                    self.sign_in_again(self._refresh, self._device)
                else:  # signed out meanwhile
                    raise SignInExpired(UNAUTHORISED, "not_signed_in")
            except (SignInExpired, DeviceBlocked, ClientTooOld):
                raise
            except (TooManyAttempts, AskedTooOften) as error:
                raise ServerUnreachable(self.address, error.code) from error
            except ServerRefused as error:
                self._by_password = None
                raise SignInExpired(UNAUTHORISED, error.code) from error

    def _once(self, method: str, path: str, **request: Any) -> bytes:
        with self._answering(method, path, **request) as answer:
            return self._whole(answer)

    def _whole(self, answer: "httpx.Response") -> bytes:
        """The body, unpacked. Raises AnswerGarbled for one that would fill the memory."""
        got = bytearray()
        for part in answer.iter_bytes():
            got += part
            if len(got) > LARGEST_ANSWER:
                raise AnswerGarbled(self.address, "an answer without an end")
        return bytes(got)

    @contextlib.contextmanager
    def _answering(self, method: str, path: str, **request: Any) -> "Iterator[httpx.Response]":
        httpx = _httpx()
        headers = {**request.pop("headers", {})}
        if self._access:
            headers["Authorization"] = f"Bearer {self._access}"
        if "content" in request:
            headers.setdefault("Content-Type", "application/json")
        try:
            with self._client().stream(method, path, headers=headers, **request) as answer:
                if not answer.is_success:
                    body = NO_CODE if method == "HEAD" else self._whole(answer)
                    raise self._refusal(answer.status_code, body)
                yield answer
        except httpx.DecodingError as error:
            raise AnswerGarbled(self.address, str(error)) from error
        except httpx.ProxyError as error:
            raise ProxyRefused(self.address, str(error), was_sent=False, proxy=self._shown_proxy()) from error
        except (httpx.RequestError, httpx.InvalidURL) as error:
            raise self._no_answer(error) from error

    def _no_answer(self, error: Exception) -> ServerUnreachable:
        httpx = _httpx()
        was_sent = not isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout, httpx.InvalidURL))
        refused = None if was_sent else refused_certificate(self.address, error)
        cause = str(error) or type(error).__name__
        return refused or ServerUnreachable(self.address, cause, was_sent=was_sent, proxy=self._shown_proxy())

    def _client(self) -> "httpx.Client":
        with self._opening:
            if self._is_closed:
                raise ServerUnreachable(self.address, "closed", was_sent=False)
            if self._http is None:
                self._http = self._opened()
            return self._http

    def _opened(self) -> "httpx.Client":
        """httpx is kept from looking for certificates and proxies by itself. Raises AuthoritiesUnreadable,
        ProxyUnusable."""
        httpx = _httpx()
        # A proxy would stand before what tests put in the server's place.
        self._proxy = None if self._transport is not None else self.route.proxy_to(self.address)
        through = self.route.tls_of_proxy(self.address, self._proxy)
        return httpx.Client(  # type: ignore[no-any-return]
            base_url=self.address,
            transport=self._transport,
            verify=self.route.tls(self.address) or False,
            proxy=None if self._proxy is None else httpx.Proxy(self._proxy, ssl_context=through),
            trust_env=False,
            timeout=httpx.Timeout(ANSWER_TIMEOUT_S, connect=CONNECT_TIMEOUT_S),
            headers={PROTOCOL_HEADER: str(PROTOCOL), VERSION_HEADER: version("agent-desktop"), **hiding(self.hides)},
        )

    def _shown_proxy(self) -> str:
        return "" if self._proxy is None else without_password(self._proxy)

    def _refusal(self, status: int, body: bytes) -> Exception:
        try:
            plain = orjson.loads(body)
            code = str(plain["error"])
            retry_after_s = int(plain.get("retry_after_s") or 60)
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
            if status == PROXY_ASKS_WHO:
                return ProxyRefused(self.address, f"HTTP {status}", was_sent=False, proxy=self._shown_proxy())
            if status >= SERVER_FAULT:
                return ServerUnreachable(self.address, f"HTTP {status}")
            return AnswerGarbled(self.address, f"HTTP {status}")
        if code == "too_many_attempts":
            return TooManyAttempts(status, code, retry_after_s)
        if code == "too_many_requests":
            return AskedTooOften(status, code, retry_after_s)
        if code == "provider_away":
            return ProviderAway(self.address)
        if status >= SERVER_FAULT:
            return ServerUnreachable(self.address, code)
        if code in ("device_locked", "device_wiped"):
            return DeviceBlocked(status, code, str(plain.get("login") or ""))
        if code in ("client_too_old", "client_too_new"):
            return ClientTooOld(status, code, str(plain.get("oldest") or ""), str(plain.get("newest") or ""))
        return BY_CODE.get(code, SignInExpired if status == UNAUTHORISED else ServerRefused)(status, code)

    @contextlib.contextmanager
    def _reading(self) -> Iterator[None]:
        """An answer that is not what the protocol says is one error, whatever is wrong with it."""
        try:
            yield
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            raise AnswerGarbled(self.address, type(error).__name__) from error  # its text may hold a customer


def hiding(hides: str) -> Mapping[str, str]:
    """The header of what a workstation hides."""
    return {HIDES_HEADER: hides} if hides else {}


def _httpx() -> Any:
    """httpx without its command line, whose colours and spinners would cost more to load than all the rest."""
    modules: dict[str, Any] = sys.modules
    modules.setdefault("httpx._main", None)  # httpx goes on without it
    import httpx

    return httpx


def _marks_path(contact_id: str) -> str:
    return f"/floor/v1/recordings/{quote(contact_id, safe='')}/marks"


def _report_path(wish: Wish) -> str:
    return f"/floor/v1/reports/{wish.kind}"


def _asked(wish: Wish) -> dict[str, str]:
    """A report's days and what narrows it."""
    plain = {"first": wish.first, "last": wish.last, "team": wish.team, "queue": wish.queue, "agent": wish.agent}
    said = {name: str(value) for name, value in plain.items() if value}
    return said if wish.compared_from is None else said | {"compared_from": wish.compared_from.isoformat()}


def _snapshot_path(scope: Scope) -> str:
    return f"/sync/v1/snapshot/{quote(scope, safe=':')}"
