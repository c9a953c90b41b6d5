"""Signing on from its beginning to our own tokens; see decision 0027."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode, urlsplit

from sqlalchemy.exc import IntegrityError

from agent_model.words import Words
from agent_server.accounts import Accounts, SignedIn
from agent_server.administration import Actor, end_sessions
from agent_server.audit import Act, Deed
from agent_server.database import Database
from agent_server.people import IncompletePerson, People, Wanted
from agent_server.refusals import RequestRefused
from agent_server.rights import APART
from agent_server.rows import BadBody
from agent_server.sign_on.identities import Account, Identities, IdentityTaken
from agent_server.sign_on.mapping import BadClaims, Told, told_of
from agent_server.sign_on.provider import Asked, CodeRefused, Provider, ProviderAway, TokenRefused
from agent_server.sign_on.settings_file import SignOnSettings
from agent_server.sign_on.tickets import LASTS, BadTicket, Tickets, is_challenge

log = logging.getLogger(__name__)

WHO: Final = "sign-on"
"""Who changes people as the provider has them, in the audit trail."""
AWAY: Final = "provider_away"
LONGEST_TOLD: Final = 200


@dataclass(frozen=True, slots=True)
class Begun:
    """Where the browser goes, and what the workstation brings back with the code that comes from there."""

    url: str
    ticket: str
    issuer: str
    lasts: timedelta


@dataclass(frozen=True, slots=True)
class Shown:
    """What a workstation brings back. `verifier` is what it alone knows."""

    ticket: str
    code: str
    verifier: str
    address: str


class SignOn:
    """Raises RequestRefused everywhere. People are brought into step with the provider before they are let in."""

    def __init__(
        self,
        settings: SignOnSettings,
        database: Database,
        accounts: Accounts,
        people: People,
        secret: str,
        now: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._database = database
        self._accounts = accounts
        self._people = people
        self._now = now
        self._tickets = Tickets(database, secret, now)
        self._identities = Identities(settings.issuer, now)
        self._provider = Provider(settings, now)

    @property
    def name(self) -> Words:
        return self._settings.name.words

    @property
    def ports(self) -> tuple[int, ...]:
        """Those that the provider lets the browser go back to; empty: any."""
        return self._settings.redirect_ports

    async def begin(self, workstation: str, challenge: str, state: str, port: int) -> Begun:
        """Raises RequestRefused: bad_request, provider_away."""
        if not is_challenge(challenge):
            raise RequestRefused(422, "bad_request", field="challenge")
        if self.ports and port not in self.ports:
            raise RequestRefused(422, "bad_request", field="port")
        settings = self._settings
        ticket = self._tickets.new(workstation, challenge, f"http://{settings.redirect_host}:{port}/")
        try:
            place = (await self._provider.metadata()).authorization
        except ProviderAway as error:
            raise _away(error) from error
        asked = {
            "response_type": "code",
            "client_id": settings.client_id,
            "redirect_uri": ticket.redirect,
            "scope": " ".join(settings.scopes),
            "state": state,
            "nonce": ticket.nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            **({"prompt": "login", "max_age": "0"} if settings.asks_again else {}),
        }
        url = f"{place}{'&' if urlsplit(place).query else '?'}{urlencode(asked)}"
        return Begun(url, self._tickets.signed(ticket), settings.issuer, LASTS)

    async def finish(self, shown: Shown) -> SignedIn:
        """Raises RequestRefused: sign_on_refused, not_admitted, identity_taken, provider_away, account_locked,
        device_locked, device_wiped."""
        try:
            ticket = self._tickets.opened(shown.ticket)
            if not ticket.fits(shown.verifier):
                raise BadTicket("who shows it did not begin it")
            async with self._database.writing() as connection:
                await self._tickets.spend(connection, ticket)
            tokens = await self._provider.redeem(shown.code, shown.verifier, ticket.redirect)
            claims = await self._provider.claims(tokens, Asked(ticket.nonce, ticket.began_at))
            told = told_of(self._settings, claims)
        except ProviderAway as error:
            raise _away(error) from error
        except (BadTicket, CodeRefused, TokenRefused, BadClaims) as error:
            log.info("sign-on refused: %s: %s", type(error).__name__, error)
            await self._note_failed(shown, "", f"{type(error).__name__}: {error}")
            raise RequestRefused(401, "sign_on_refused") from error
        account = await self._admitted(shown, str(claims["sub"]), told)
        device = f"{ticket.workstation}.{account.login}"
        over_at = self._now() + timedelta(hours=self._settings.lasts_h)
        try:
            return await self._accounts.let_in(account.agent_id, device, shown.address, over_at)
        except RequestRefused as error:  # the workstation does not know yet whose things there are to be wiped
            raise RequestRefused(error.status, error.code, login=account.login) from error

    async def _admitted(self, shown: Shown, subject: str, told: Told) -> Account:
        """Whose account it is, brought into step."""
        try:
            async with self._database.writing() as connection:
                found = await self._identities.account_of(connection, subject, told.login)
                account = self._weighed(found, told)
                if found is None or not found.is_bound:
                    await self._identities.bind(connection, subject, account.agent_id)
                await self._people.give_account(connection, account.agent_id)
                if account.role not in APART:
                    actor = Actor(WHO, None, address=shown.address)
                    await self._people.put(connection, actor, account.agent_id, _wanted(told, is_new=found is None), "")
                if found is None or not found.is_bound:
                    act = Act(Deed.IDENTITY_BOUND, WHO, account.agent_id, address=shown.address)
                    await self._accounts.audit.append(connection, act)
        except (IdentityTaken, IntegrityError) as error:  # the latter: two first sign-ons in one moment
            await self._note_failed(shown, told.login, "identity_taken")
            raise RequestRefused(403, "identity_taken") from error
        except (_NotAdmitted, IncompletePerson, BadBody) as error:
            log.info("sign-on of %s not admitted: %s", told.login, error)
            if isinstance(error, _NotAdmitted) and error.agent_id:
                async with self._database.writing() as connection:
                    await end_sessions(connection, error.agent_id, "not_admitted", self._now())
            await self._note_failed(shown, told.login, f"not_admitted: {error}")
            raise RequestRefused(403, "not_admitted") from error
        return account

    def _weighed(self, found: Account | None, told: Told) -> Account:
        """Raises _NotAdmitted."""
        if found is None:
            if not self._settings.adds_people:
                raise _NotAdmitted("nobody has this login")
            if told.place is None:
                raise _NotAdmitted("none of the groups gives a role")
            return Account(told.login, told.login, told.place.role, is_bound=False)
        if found.role in APART:
            if not found.is_bound:
                raise _NotAdmitted(f"a {found.role} is bound at the console first")
        elif self._settings.role and told.place is None:
            raise _NotAdmitted("none of the groups gives a role", found.agent_id if found.is_bound else "")
        return found

    async def _note_failed(self, shown: Shown, who: str, why: str) -> None:
        act = Act(Deed.SIGN_IN_FAILED, who, field=WHO, reason=why[:LONGEST_TOLD], address=shown.address)
        await self._accounts.audit.note(act)


class _NotAdmitted(Exception):
    """The provider knows them, and they have no place here: why. `agent_id` of who had one until now."""

    def __init__(self, why: str, agent_id: str = "") -> None:
        super().__init__(why)
        self.agent_id = agent_id


def _wanted(told: Told, *, is_new: bool) -> Wanted:
    """Names are the company's own, in two languages, once somebody is here; an extension is only ever added."""
    place = told.place
    return Wanted(
        told.login,
        name=Words(told.name, told.name) if is_new and told.name else None,
        role=None if place is None else place.role,
        team=None if place is None else place.team,
        queues=None if place is None else place.queues,
        extension=told.extension or None,
    )


def _away(error: ProviderAway) -> RequestRefused:
    log.warning("the identity provider: %s", error)
    return RequestRefused(503, AWAY)
