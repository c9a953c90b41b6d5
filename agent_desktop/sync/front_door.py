"""Coming in: with a password, or as the person who was here before, also while the server is away; and leaving."""

import json
import logging
import secrets
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from agent_desktop.credentials import Credentials
from agent_desktop.data_key import DataKey, KeySlots, Way
from agent_desktop.errors import (
    DeskError,
    DeviceBlocked,
    KeyringError,
    NotTheLastPassword,
    ServerUnreachable,
    SignInExpired,
    StoreError,
)
from agent_desktop.paths import Paths, write_whole
from agent_desktop.seat_lock import SeatLock
from agent_desktop.sync import reading
from agent_desktop.sync.client import NewFactor, ServerClient, SignedIn
from agent_desktop.sync.events import SettingsDecided
from agent_desktop.sync.lease import Lease
from agent_desktop.sync.loopback import Pages
from agent_desktop.sync.reading import Ways
from agent_desktop.sync.sign_on import SignOnUnderWay, begun
from agent_desktop.sync.wipe import WIPED, Wipe
from agent_model.agent import Agent

log = logging.getLogger(__name__)

WAYS: Final = "ways in"
Connect = Callable[[str, Callable[[str], None]], ServerClient]


@dataclass(frozen=True, slots=True)
class Inside:
    """Somebody is in, `key` opens what they keep here, `lease` says for how long without the server. `is_online` False:
    the server was away, the person is known from before.

    `keyring_problem` says why they will be asked for the password next time, if they will; `decided` what the server
    has just set this workstation up with, where that is something else than before.
    """

    agent: Agent
    client: ServerClient
    key: DataKey
    lease: Lease
    is_online: bool
    keyring_problem: KeyringError | None = None
    decided: SettingsDecided | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """What a person has here whom the server lets in no more; `client` has no session."""

    agent_id: str
    key: DataKey
    client: ServerClient


Provision = Callable[[ServerClient, int], SettingsDecided | None]
"""Takes what the server sets this workstation up with, by its serial."""


def _nothing_is_set(_client: ServerClient, _serial: int) -> SettingsDecided | None:
    return None


RescueLeft = Callable[[Left], None]
"""Brings to safety what is unsent, before it is made unreadable. Raises StoreError: then nothing is made unreadable."""


@dataclass(slots=True)
class _Keeper:
    """Puts every new refresh token into the keyring, and remembers when that did not work. Each is a word of the
    server, which renews the lease."""

    credentials: Credentials
    server: str
    login: str
    problem: KeyringError | None = field(default=None)
    renew: Callable[[], None] | None = field(default=None)

    def keep(self, token: str) -> None:
        self.trying(lambda: self.credentials.keep_refresh_token(self.server, self.login, token))
        if self.renew is not None:
            try:
                self.renew()
            except StoreError as error:
                log.info("lease not renewed: %s", error)

    def keep_key(self, key: DataKey) -> None:
        self.trying(lambda: self.credentials.keep_data_key(self.server, self.login, key.secret))

    def kept_key(self) -> DataKey | None:
        kept: list[bytes | None] = []
        self.trying(lambda: kept.append(self.credentials.data_key(self.server, self.login)))
        return DataKey(kept[0]) if kept and kept[0] else None

    def trying(self, work: Callable[[], None]) -> None:
        try:
            work()
        except KeyringError as problem:
            self.problem = problem
            log.info("no keyring, the password will be asked for again: %s", type(problem).__name__)


class FrontDoor:
    """`connect` makes the client for an address, `clock` is aware UTC. A secret is kept in the keyring or nowhere; the
    key of what is kept on the disk lies there wrapped as well. `rescue` is for what is unsent where the server says
    that everything is to be made unreadable."""

    def __init__(
        self,
        paths: Paths,
        credentials: Credentials,
        connect: Connect,
        clock: Callable[[], datetime],
        lease_h: int,
        rescue: RescueLeft,
        provision: Provision = _nothing_is_set,
    ) -> None:
        self._paths = paths
        self._credentials = credentials
        self._connect = connect
        self._clock = clock
        self._lease_h = lease_h
        self._rescue = rescue
        self._provision = provision

    @property
    def waits_for_keyring(self) -> bool:
        """Somebody has to answer the keyring before it answers us."""
        return self._credentials.is_prompting

    def go_without_keyring(self) -> None:
        """Nobody waits for the keyring any more: the password is the way in."""
        self._credentials.go_without()

    def with_password(self, server: str, login: str, password: str, code: str = "") -> Inside:
        """With the server away, the password opens what was kept here, for as long as the lease lasts; a code is the
        server's to ask for, and it asks when it is back.

        Raises ServerUnreachable, NotTheLastPassword, LeaseOver, WrongPassword, SecondFactorNeeded, SecondFactorNotSet,
        WrongCode, CodeUsed, AccountLocked, TooManyAttempts, DeviceBlocked, AnswerGarbled, ServerRefused, DiskFull,
        FolderNotWritable.
        """
        server = server.rstrip("/")
        wipe = self.wipe(server, login)
        wipe.finish()
        keeper = _Keeper(self._credentials, server, login)
        client = self._connect(server, keeper.keep)
        try:
            try:
                answer = client.sign_in(login, password, self._device(login), code)
            except ServerUnreachable:
                inside = self._without_server(keeper, client, self._by_password(server, login, password))
                if inside is None:
                    raise
                client.sign_in_later(login, password, self._device(login))
                return inside
            except DeviceBlocked as stop:
                key = self._slots_open(server, login, password) or keeper.kept_key()
                self._obey(stop, wipe, client, self._known(server, login), key)
                raise
            wipe.forget()
            return self._let_in(keeper, client, answer, password)
        except BaseException:
            client.close()
            raise

    def as_before(self, server: str, login: str) -> Inside | None:
        """In without a password, by what the keyring holds; None when it holds nothing, or the server or the lock of
        what is kept here wants a password.

        Raises KeyringLocked, LeaseOver, DeviceBlocked, AnswerGarbled, ServerRefused, DiskFull, FolderNotWritable. With
        the server away, whoever holds the token goes on with what is on this disk.
        """
        server = server.rstrip("/")
        wipe = self.wipe(server, login)
        if wipe.has_begun:
            wipe.finish()
            raise DeviceBlocked(403, WIPED)
        token = self._credentials.refresh_token(server, login)
        if token is None:
            return None
        keeper = _Keeper(self._credentials, server, login)
        client = self._connect(server, keeper.keep)
        try:
            try:
                answer = client.sign_in_again(token, self._device(login))
            except ServerUnreachable:
                inside = self._without_server(keeper, client, keeper.kept_key())
                if inside is None:
                    raise
                client.resume_later(token, self._device(login))
                return inside
            except DeviceBlocked as stop:
                self._obey(stop, wipe, client, self._known(server, login), keeper.kept_key())
                raise
            if not self._has_way(server, answer, keeper):
                client.close()
                return None
            return self._let_in(keeper, client, answer)
        except SignInExpired:
            client.close()
            self._credentials.forget(server, login)
            return None
        except BaseException:
            client.close()
            raise

    def ways(self, server: str) -> Ways:
        """How one may sign in there; with the server away, as it last said."""
        server = server.rstrip("/")
        path = self._paths.of_agent(server, WAYS)
        try:
            with closing(self._connect(server, _not_kept)) as client:
                ways = client.ways()
        except (DeskError, ValueError) as error:
            log.info("how to sign in was not told: %s", error)
            return _read_ways(path)
        try:
            write_whole(path, json.dumps(_plain(ways)))
        except StoreError as error:
            log.info("how to sign in was not written down: %s", error)
        return ways

    def begin_sign_on(self, server: str, pages: Pages) -> SignOnUnderWay:
        """Raises NoWayBack, ProviderAway, ServerUnreachable, ServerRefused, AnswerGarbled, DiskFull,
        FolderNotWritable."""
        server = server.rstrip("/")
        client = self._connect(server, _not_kept)
        try:
            return begun(client, self._workstation(), pages)
        except BaseException:
            client.close()
            raise

    def by_provider(self, under_way: SignOnUnderWay) -> Inside:
        """Blocks until the browser came back. No password opens afterwards what is kept here.

        Raises SignOnDeclined, SignOnTooLate, SignOnGivenUp, SignOnRefused, NotAdmitted, IdentityTaken, AccountLocked,
        DeviceBlocked, ProviderAway, ServerUnreachable, AnswerGarbled, ServerRefused, DiskFull, FolderNotWritable.
        """
        client = under_way.client
        server = client.address
        try:
            try:
                answer = under_way.finish()
            except DeviceBlocked as stop:
                if stop.login:
                    keeper = _Keeper(self._credentials, server, stop.login)
                    wipe = self.wipe(server, stop.login)
                    self._obey(stop, wipe, client, self._known(server, stop.login), keeper.kept_key())
                raise
            keeper = _Keeper(self._credentials, server, answer.agent.login)
            wipe = self.wipe(server, answer.agent.login)
            wipe.finish()
            wipe.forget()
            client.keep_with(keeper.keep)
            inside = self._let_in(keeper, client, answer)
            self._slots(server, answer.agent.id).close(Way.PASSWORD)
            return inside
        except BaseException:
            client.close()
            raise

    def has_password(self, server: str, login: str) -> bool:
        """Whether a password opens what this person keeps here."""
        agent_id = self._known(server.rstrip("/"), login)
        return bool(agent_id) and Way.PASSWORD in self._slots(server.rstrip("/"), agent_id).ways()

    def new_factor(self, server: str, login: str, password: str) -> NewFactor:
        """For who has to set a second factor up before they come in. Raises as `with_password`."""
        with closing(self._connect(server.rstrip("/"), _not_kept)) as client:
            return client.new_factor(login, password)

    def confirm_factor(self, server: str, login: str, password: str, code: str) -> tuple[str, ...]:
        """The recovery codes, told this once. Raises as `with_password`."""
        with closing(self._connect(server.rstrip("/"), _not_kept)) as client:
            return client.confirm_factor(login, password, code)

    def is_theirs(self, server: str, login: str, password: str) -> bool:
        """Whether this password opens what this person keeps here; the server is not asked. By intent it takes a good
        part of a second."""
        return self._slots_open(server.rstrip("/"), login, password) is not None

    def seat_lock(self, server: str, agent_id: str) -> SeatLock:
        """Whether who comes in as before finds customers hidden."""
        return SeatLock(self._paths.of_agent(server.rstrip("/"), agent_id))

    def leave(self, server: str, login: str) -> None:
        """The agent has signed out: nothing in the keyring opens what they keep here. Raises KeyringError."""
        self._credentials.forget(server.rstrip("/"), login)

    def wipe(self, server: str, login: str) -> Wipe:
        """Makes unreadable what this person keeps here."""
        return Wipe(self._paths, self._credentials, server.rstrip("/"), login)

    # ---- the server says no -----------------------------------------------------------------------------

    def _obey(self, stop: DeviceBlocked, wipe: Wipe, client: ServerClient, agent_id: str, key: DataKey | None) -> None:
        """What is to be wiped is wiped here too, before anybody is in."""
        if stop.code != WIPED:
            return
        if agent_id and key is not None:
            client.recipient = self._lease(client.address, agent_id, key).recipient()
            self._rescue(Left(agent_id, key, client))
        if agent_id:
            wipe.begin(agent_id)
            wipe.finish()

    # ---- the key ----------------------------------------------------------------------------------------

    def _let_in(self, keeper: _Keeper, client: ServerClient, answer: SignedIn, password: str = "") -> Inside:
        agent = answer.agent
        key = self._key(keeper, answer, password)
        lease = self._lease(keeper.server, agent.id, key)
        lease.renew(agent, client.recipient)
        keeper.renew = lambda: lease.renew(agent, client.recipient)
        write_whole(self._card(keeper.server, keeper.login), json.dumps({"id": agent.id}))
        decided = self._provision(client, answer.provisioning)
        return Inside(agent, client, key, lease, is_online=True, keyring_problem=keeper.problem, decided=decided)

    def _key(self, keeper: _Keeper, answer: SignedIn, password: str) -> DataKey:
        """The key of this agent's folder: by whatever opens it, and from now on by all that is at hand."""
        slots = self._slots(keeper.server, answer.agent.id)
        by_password = slots.open(Way.PASSWORD, password) if password else None
        by_unlock = slots.open(Way.UNLOCK, answer.unlock) if answer.unlock else None
        key = by_password or by_unlock or self._kept_key(keeper, slots)
        if key is None:
            if slots.id():
                log.warning("nothing opens the key of this agent's folder")
            key = DataKey.new()
        new: dict[str, str] = {}
        if password and by_password is None:
            new["password"] = password
        if answer.unlock and by_unlock is None:
            new["unlock"] = answer.unlock
        if new or not slots.id():
            slots.keep(key, **new)
        keeper.keep_key(key)
        return key

    def _kept_key(self, keeper: _Keeper, slots: KeySlots) -> DataKey | None:
        kept = keeper.kept_key()
        return kept if kept is not None and slots.id() in ("", kept.id) else None

    def _has_way(self, server: str, answer: SignedIn, keeper: _Keeper) -> bool:
        """Whether the key can be had, or made so that it can be had again, without a password."""
        slots = self._slots(server, answer.agent.id)
        if slots.id() and self._kept_key(keeper, slots) is not None:
            return True
        if not answer.unlock:
            return False
        return not slots.id() or slots.open(Way.UNLOCK, answer.unlock) is not None

    def _by_password(self, server: str, login: str, password: str) -> DataKey | None:
        """None when nothing was kept here by password. Raises NotTheLastPassword."""
        key = self._slots_open(server, login, password)
        agent_id = self._known(server, login)
        if agent_id and key is None and Way.PASSWORD in self._slots(server, agent_id).ways():
            raise NotTheLastPassword(server)
        return key

    def _slots_open(self, server: str, login: str, password: str) -> DataKey | None:
        agent_id = self._known(server, login)
        return self._slots(server, agent_id).open(Way.PASSWORD, password) if agent_id else None

    def _without_server(self, keeper: _Keeper, client: ServerClient, key: DataKey | None) -> Inside | None:
        agent_id = self._known(keeper.server, keeper.login)
        if not agent_id or key is None:
            return None
        lease = self._lease(keeper.server, agent_id, key)
        agent = lease.agent()
        if agent is None:
            return None
        client.recipient = lease.recipient()
        keeper.renew = lambda: lease.renew(agent, client.recipient)
        return Inside(agent, client, key, lease, is_online=False)

    def _slots(self, server: str, agent_id: str) -> KeySlots:
        return KeySlots(self._paths.of_agent(server, agent_id))

    def _lease(self, server: str, agent_id: str, key: DataKey) -> Lease:
        return Lease(self._paths.of_agent(server, agent_id) / "lease", key, self._clock, self._lease_h)

    # ---- who and where ----------------------------------------------------------------------------------

    def _device(self, login: str) -> str:
        """This workstation and this person: the device whose commands the server applies in order."""
        return f"{self._workstation()}.{login}"

    def _workstation(self) -> str:
        path = self._paths.data / "workstation"
        try:
            return path.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            made = secrets.token_hex(12)
            write_whole(path, made)
            return made

    def _card(self, server: str, login: str) -> Path:
        """Says whose folder a login's is."""
        return self._paths.of_agent(server, f"{login}.json")

    def _known(self, server: str, login: str) -> str:
        try:
            return str(json.loads(self._card(server, login).read_text(encoding="utf-8"))["id"])
        except (OSError, ValueError, KeyError, TypeError):
            return ""


def _plain(ways: Ways) -> dict[str, Any]:
    """As the server tells them."""
    organisation = ways.organisation
    provider = None if organisation is None else {"name": organisation.to_body(), "ports": list(ways.ports)}
    return {"passwords": ways.passwords, "provider": provider}


def _read_ways(path: Path) -> Ways:
    try:
        return reading.ways(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return Ways()


def _not_kept(_token: str) -> None:
    """Nobody signs in with this client, or nobody knows yet who."""
