"""One sign-on through the organisation's provider, from the button to the code; see decision 0027."""

import base64
import hashlib
import secrets
from dataclasses import dataclass

from agent_desktop.sync.client import ServerClient, SignedIn
from agent_desktop.sync.loopback import Loopback, Pages
from agent_desktop.sync.reading import SignOnBegun


@dataclass(frozen=True, slots=True)
class Secrets:
    """What only this sign-on knows: nobody else can use its code (`verifier`) or bring it another one (`state`)."""

    verifier: str
    state: str

    @classmethod
    def new(cls) -> "Secrets":
        return cls(secrets.token_urlsafe(64), secrets.token_urlsafe(32))

    @property
    def challenge(self) -> str:
        """S256 of RFC 7636."""
        digest = hashlib.sha256(self.verifier.encode("ascii")).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


class SignOnUnderWay:
    """The browser is to be opened at `url`. Used once; `give_up` may come from any thread, at any time."""

    def __init__(self, client: ServerClient, known: Secrets, begun: SignOnBegun, loopback: Loopback) -> None:
        self.client = client
        self._known = known
        self._begun = begun
        self._loopback = loopback

    @property
    def url(self) -> str:
        return self._begun.url

    def finish(self) -> SignedIn:
        """Blocks until the browser came back. Raises SignOnDeclined, SignOnTooLate, SignOnGivenUp, and as
        `ServerClient.finish_sign_on`."""
        try:
            code = self._loopback.wait(self._begun.issuer, self._begun.lasts_s)
        finally:
            self._loopback.close()
        return self.client.finish_sign_on(self._begun.ticket, code, self._known.verifier)

    def give_up(self) -> None:
        self._loopback.give_up()


def begun(client: ServerClient, workstation: str, pages: Pages) -> SignOnUnderWay:
    """Raises NoWayBack, ProviderAway, ServerUnreachable, ServerRefused, AnswerGarbled."""
    known = Secrets.new()
    loopback = Loopback(client.ways().ports, known.state, pages)
    try:
        told = client.begin_sign_on(workstation, known.challenge, known.state, loopback.port)
    except BaseException:
        loopback.close()
        raise
    return SignOnUnderWay(client, known, told, loopback)
