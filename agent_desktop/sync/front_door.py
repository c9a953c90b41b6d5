"""Coming in: with a password, or as the person who was here before, also while the server is away."""

import json
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from agent_desktop.credentials import Credentials
from agent_desktop.errors import KeyringError, ServerUnreachable, SignInExpired
from agent_desktop.paths import Paths, write_whole
from agent_desktop.sync.client import ServerClient
from agent_model.agent import Agent
from agent_model.body import from_body, to_body

log = logging.getLogger(__name__)

Connect = Callable[[str, Callable[[str], None]], ServerClient]


@dataclass(frozen=True, slots=True)
class Inside:
    """Somebody is in. `is_online` False: the server was away, the person is known from before.

    `keyring_problem` says why they will be asked for the password next time, if they will.
    """

    agent: Agent
    client: ServerClient
    is_online: bool
    keyring_problem: KeyringError | None = None


@dataclass(slots=True)
class _Keeper:
    """Puts every new refresh token into the keyring, and remembers when that did not work."""

    credentials: Credentials
    server: str
    login: str
    problem: KeyringError | None = field(default=None)

    def keep(self, token: str) -> None:
        try:
            self.credentials.keep_refresh_token(self.server, self.login, token)
        except KeyringError as problem:
            self.problem = problem
            log.info("no keyring, the password will be asked for again: %s", type(problem).__name__)


class FrontDoor:
    """`connect` makes the client for an address. Nothing but the keyring holds a secret."""

    def __init__(self, paths: Paths, credentials: Credentials, connect: Connect) -> None:
        self._paths = paths
        self._credentials = credentials
        self._connect = connect

    def with_password(self, server: str, login: str, password: str) -> Inside:
        """Raises ServerUnreachable, WrongPassword, AccountLocked, TooManyAttempts, AnswerGarbled, ServerRefused."""
        keeper = _Keeper(self._credentials, server, login)
        client = self._connect(server, keeper.keep)
        try:
            agent = client.sign_in(login, password, self._device(login)).agent
        except BaseException:
            client.close()
            raise
        self._remember(server, login, agent)
        return Inside(agent, client, is_online=True, keyring_problem=keeper.problem)

    def as_before(self, server: str, login: str) -> Inside | None:
        """In without a password, by the token in the keyring; None when there is none or the server wants a password.

        Raises KeyringLocked, AnswerGarbled, ServerRefused. With the server away, whoever holds the token goes on with
        what is on this disk.
        """
        token = self._credentials.refresh_token(server, login)
        if token is None:
            return None
        keeper = _Keeper(self._credentials, server, login)
        client = self._connect(server, keeper.keep)
        try:
            agent = client.sign_in_again(token, self._device(login)).agent
        except ServerUnreachable:
            known = self._remembered(server, login)
            if known is not None:
                client.resume_later(token, self._device(login))
                return Inside(known, client, is_online=False)
            client.close()
            raise
        except SignInExpired:
            client.close()
            self._credentials.forget(server, login)
            return None
        self._remember(server, login, agent)
        return Inside(agent, client, is_online=True, keyring_problem=keeper.problem)

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
        return self._paths.of_agent(server, f"{login}.json")

    def _remember(self, server: str, login: str, agent: Agent) -> None:
        write_whole(self._card(server, login), json.dumps({"id": agent.id, "body": to_body(agent)}, ensure_ascii=False))

    def _remembered(self, server: str, login: str) -> Agent | None:
        try:
            plain = json.loads(self._card(server, login).read_text(encoding="utf-8"))
            return from_body(Agent, plain["id"], 0, plain["body"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
