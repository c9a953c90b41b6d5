"""Coming in: with a password, or as the person who was here before, also while the server is away; and leaving."""

import json
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from agent_desktop.credentials import Credentials
from agent_desktop.data_key import DataKey, KeySlots, Way
from agent_desktop.errors import KeyringError, NotTheLastPassword, ServerUnreachable, SignInExpired, StoreError
from agent_desktop.paths import Paths, write_whole
from agent_desktop.sync.client import ServerClient, SignedIn
from agent_desktop.sync.lease import Lease
from agent_model.agent import Agent

log = logging.getLogger(__name__)

Connect = Callable[[str, Callable[[str], None]], ServerClient]


@dataclass(frozen=True, slots=True)
class Inside:
    """Somebody is in, and `key` opens what they keep here. `is_online` False: the server was away, the person is known
    from before.

    `keyring_problem` says why they will be asked for the password next time, if they will.
    """

    agent: Agent
    client: ServerClient
    key: DataKey
    is_online: bool
    keyring_problem: KeyringError | None = None


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
    key of what is kept on the disk lies there wrapped as well."""

    def __init__(
        self,
        paths: Paths,
        credentials: Credentials,
        connect: Connect,
        clock: Callable[[], datetime],
        lease_h: int,
    ) -> None:
        self._paths = paths
        self._credentials = credentials
        self._connect = connect
        self._clock = clock
        self._lease_h = lease_h

    def with_password(self, server: str, login: str, password: str) -> Inside:
        """With the server away, the password opens what was kept here, for as long as the lease lasts.

        Raises ServerUnreachable, NotTheLastPassword, LeaseOver, WrongPassword, AccountLocked, TooManyAttempts,
        AnswerGarbled, ServerRefused, DiskFull, FolderNotWritable.
        """
        server = server.rstrip("/")
        keeper = _Keeper(self._credentials, server, login)
        client = self._connect(server, keeper.keep)
        try:
            try:
                answer = client.sign_in(login, password, self._device(login))
            except ServerUnreachable:
                inside = self._without_server(server, login, client, self._by_password(server, login, password))
                if inside is None:
                    raise
                client.sign_in_later(login, password, self._device(login))
                return inside
            return self._let_in(keeper, client, answer, password)
        except BaseException:
            client.close()
            raise

    def as_before(self, server: str, login: str) -> Inside | None:
        """In without a password, by what the keyring holds; None when it holds nothing, or the server or the lock of
        what is kept here wants a password.

        Raises KeyringLocked, LeaseOver, AnswerGarbled, ServerRefused, DiskFull, FolderNotWritable. With the server
        away, whoever holds the token goes on with what is on this disk.
        """
        server = server.rstrip("/")
        token = self._credentials.refresh_token(server, login)
        if token is None:
            return None
        keeper = _Keeper(self._credentials, server, login)
        client = self._connect(server, keeper.keep)
        try:
            try:
                answer = client.sign_in_again(token, self._device(login))
            except ServerUnreachable:
                inside = self._without_server(server, login, client, keeper.kept_key())
                if inside is None:
                    raise
                client.resume_later(token, self._device(login))
                return inside
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

    def leave(self, server: str, login: str) -> None:
        """The agent has signed out: nothing in the keyring opens what they keep here. Raises KeyringError."""
        self._credentials.forget(server.rstrip("/"), login)

    # ---- the key ----------------------------------------------------------------------------------------

    def _let_in(self, keeper: _Keeper, client: ServerClient, answer: SignedIn, password: str = "") -> Inside:
        agent = answer.agent
        key = self._key(keeper, answer, password)
        lease = self._lease(keeper.server, agent.id, key)
        lease.renew(agent, client.recipient)
        keeper.renew = lambda: lease.renew(agent, client.recipient)
        write_whole(self._card(keeper.server, keeper.login), json.dumps({"id": agent.id}))
        return Inside(agent, client, key, is_online=True, keyring_problem=keeper.problem)

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
        agent_id = self._known(server, login)
        if not agent_id:
            return None
        slots = self._slots(server, agent_id)
        key = slots.open(Way.PASSWORD, password)
        if key is None and Way.PASSWORD in slots.ways():
            raise NotTheLastPassword(server)
        return key

    def _without_server(self, server: str, login: str, client: ServerClient, key: DataKey | None) -> Inside | None:
        agent_id = self._known(server, login)
        if not agent_id or key is None:
            return None
        lease = self._lease(server, agent_id, key)
        agent = lease.agent()
        if agent is None:
            return None
        client.recipient = lease.recipient()
        return Inside(agent, client, key, is_online=False)

    def _slots(self, server: str, agent_id: str) -> KeySlots:
        return KeySlots(self._paths.of_agent(server, agent_id))

    def _lease(self, server: str, agent_id: str, key: DataKey) -> Lease:
        return Lease(self._paths.of_agent(server, agent_id) / "lease", key, self._clock, self._lease_h)

    # ---- who and where ----------------------------------------------------------------------------------

    def _device(self, login: str) -> str:
        """This workstation and this person: the device whose commands the server applies in order."""
        path = self._paths.data / "workstation"
        try:
            return f"{path.read_text(encoding='ascii').strip()}.{login}"
        except FileNotFoundError:
            made = secrets.token_hex(12)
            write_whole(path, made)
            return f"{made}.{login}"

    def _card(self, server: str, login: str) -> Path:
        """Says whose folder a login's is."""
        return self._paths.of_agent(server, f"{login}.json")

    def _known(self, server: str, login: str) -> str:
        try:
            return str(json.loads(self._card(server, login).read_text(encoding="utf-8"))["id"])
        except (OSError, ValueError, KeyError, TypeError):
            return ""
