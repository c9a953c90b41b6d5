"""Wishes of people about their data, to be erased or to have a copy: asked for, decided by somebody else, carried out
by the server, which alone keeps them (docs/privacy.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from urllib.parse import quote

from agent_desktop.sync.client import ServerClient
from agent_model.consent import LegalHold
from agent_model.moment import from_text
from agent_model.person_wish import COPY_KEPT_FOR, UNDER_WAY, WishState
from agent_model.words import Words


class WishKind(StrEnum):
    ERASURE = "erasures"
    COPY = "exports"


@dataclass(frozen=True, slots=True)
class PersonWish:
    """One wish, as those who decide see it."""

    kind: WishKind
    id: str
    customer_id: str
    state: WishState
    asked_by: str
    asked_at: datetime
    reason: str
    decided_by: str = ""
    decided_at: datetime | None = None
    decision: str = ""

    @property
    def is_waiting(self) -> bool:
        return self.state is WishState.ASKED

    @property
    def is_working(self) -> bool:
        """The server is at it."""
        return self.kind is WishKind.ERASURE and self.state in UNDER_WAY

    @property
    def has_certificate(self) -> bool:
        return self.kind is WishKind.ERASURE and self.state in (WishState.PARTLY, WishState.DONE)

    @property
    def fetched_until(self) -> datetime | None:
        """Until when who asked may fetch the copy; None of what is no copy that was approved."""
        if self.kind is WishKind.ERASURE or self.state is not WishState.APPROVED or self.decided_at is None:
            return None
        return self.decided_at + COPY_KEPT_FOR


@dataclass(frozen=True, slots=True)
class KeptByDuty:
    """So many of something that stay, until when the last of them, and why."""

    what: str
    count: int
    until: datetime
    reason: Words


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands before a wish that waits."""

    hold: LegalHold | None
    kept: tuple[KeptByDuty, ...]


class PersonWishes:
    """Every method blocks and raises as every request; `code` of ServerRefused says why."""

    def __init__(self, client: ServerClient) -> None:
        self._client = client

    def all(self) -> tuple[PersonWish, ...]:
        """Those that wait first, then the newest; of who only asks, their own."""
        wishes = [wish for kind in WishKind for wish in self._of(kind)]
        return tuple(sorted(wishes, key=lambda wish: (not wish.is_waiting, -wish.asked_at.timestamp(), wish.id)))

    def _of(self, kind: WishKind) -> list[PersonWish]:
        def read(plain: Mapping[str, Any]) -> list[PersonWish]:
            return [_wish(kind, one) for one in plain[kind.value]]

        return self._client.privacy("GET", f"/{kind}", None, read)

    def ask(self, kind: WishKind, customer_id: str, reason: str) -> PersonWish:
        """Somebody else has to approve it."""
        said = {"customer_id": customer_id, "reason": reason}
        return self._client.privacy("POST", f"/{kind}", said, lambda plain: _wish(kind, plain))

    def decide(self, wish: PersonWish, reason: str, *, is_approved: bool) -> PersonWish:
        path = f"{_path(wish)}/{'approve' if is_approved else 'decline'}"
        return self._client.privacy("POST", path, {"reason": reason}, lambda plain: _wish(wish.kind, plain))

    def standing(self, wish: PersonWish) -> Standing:
        """Of a wish to be erased that waits."""
        return self._client.privacy("GET", f"{_path(wish)}/standing", None, _standing)

    def set_hold(self, customer_id: str, reason: str, *, is_held: bool) -> None:
        """Whether nothing of a customer may be erased."""
        self._client.set_hold(customer_id, reason, is_held=is_held)

    def certificate(self, wish: PersonWish, language: str, zone: str) -> str:
        """As text to print, in `zh` or `en`, with times on the clock of a zone (`Asia/Shanghai`)."""
        asked = f"language={language}&zone={quote(zone, safe='')}"
        return self._client.privacy_file(f"{_path(wish)}/certificate/text?{asked}").decode("utf-8")

    def certificate_file(self, wish: PersonWish) -> bytes:
        """As the server's own console verifies it."""
        return self._client.privacy_file(f"{_path(wish)}/certificate")

    def copy(self, wish: PersonWish) -> bytes:
        """The ZIP, for who asked; each time is on record."""
        return self._client.privacy_file(f"{_path(wish)}/file")


def _path(wish: PersonWish) -> str:
    return f"/{wish.kind}/{quote(wish.id, safe='')}"


def _wish(kind: WishKind, plain: Mapping[str, Any]) -> PersonWish:
    return PersonWish(
        kind,
        str(plain["id"]),
        str(plain["customer_id"]),
        WishState(plain["state"]),
        str(plain["asked_by"]),
        from_text(plain["asked_at"]),
        str(plain["reason"]),
        plain["decided_by"] or "",
        None if plain["decided_at"] is None else from_text(plain["decided_at"]),
        plain["decision"] or "",
    )


def _standing(plain: Mapping[str, Any]) -> Standing:
    hold = plain["hold"]
    return Standing(
        None if hold is None else LegalHold(str(hold["reason"]), str(hold["by"]), from_text(hold["at"])),
        tuple(
            KeptByDuty(str(one["what"]), int(one["count"]), from_text(one["until"]), Words.from_body(one["reason"]))
            for one in plain["kept"]
        ),
    )
