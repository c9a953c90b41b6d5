"""Announcements at this workstation: what is still to be read, receipts of what was, and writing for who may."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from agent_desktop.offline.kept import Kept
from agent_desktop.offline.view import View
from agent_desktop.offline.whole_rows import WholeRows
from agent_model.agent import Agent, Role
from agent_model.announcement import (
    Announcement,
    AnnouncementReceipt,
    AnnouncementState,
    Audience,
    Unmet,
    announcement_of,
    as_article,
    faults,
    receipt_id,
    unmet,
)
from agent_model.article import Article, ArticleId
from agent_model.body import from_body, to_body
from agent_model.command import CommandKind, FieldChange
from agent_model.moment import from_text, to_text
from agent_model.organisation import Queue, Team
from agent_model.wire import Row

ANNOUNCERS: Final = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER, Role.EDITOR, Role.ADMINISTRATOR})
TELLS_EVERYBODY: Final = ANNOUNCERS - {Role.TEAM_LEAD}
"""The server says the same of both."""
DELIVERED: Final = "announcements delivered"


class NotRead(Exception):
    """`unmet` is what the reader still owes; nothing was kept."""

    def __init__(self, what: Unmet) -> None:
        super().__init__(what)
        self.unmet = what


@dataclass(frozen=True, slots=True)
class Told:
    """An announcement as it stands with this reader: `receipt` is the newest of an edition that counts, `delivered_at`
    when the edition came here."""

    announcement: Announcement
    delivered_at: datetime
    receipt: AnnouncementReceipt | None
    is_in_force: bool

    @property
    def is_read(self) -> bool:
        return self.receipt is not None

    @property
    def is_due(self) -> bool:
        """Whether it is still to be read."""
        return self.is_in_force and not self.is_read

    @property
    def keeps_from_ready(self) -> bool:
        return self.is_due and self.announcement.must_read and self.announcement.blocks_ready

    @property
    def ready_until(self) -> datetime | None:
        """How long somebody who was ready when it came may stay so; None: until the next time."""
        one = self.announcement
        if one.grace_min is None:
            return None
        return max(filter(None, (self.delivered_at, one.valid_from))) + timedelta(minutes=one.grace_min)


@dataclass(frozen=True, slots=True)
class Addressed:
    """Whom an audience comes to, by the directory as it is here."""

    people: int
    teams: int


class Announcements:
    """What was told to this agent. `of_server` puts a moment of this computer's clock right. Every method that writes
    raises DiskFull, OutboxDamaged or StoreBusy."""

    def __init__(
        self,
        view: View,
        agent: Agent,
        clock: Callable[[], datetime],
        of_server: Callable[[datetime], datetime],
        kept: Kept,
    ) -> None:
        self._view = view
        self._agent = agent
        self._clock = clock
        self._of_server = of_server
        self._kept = kept

    def now(self) -> datetime:
        """By the clock of the server, as every moment of what is told."""
        return self._of_server(self._clock())

    def here(self, at: datetime) -> datetime:
        """What this computer's clock shows then."""
        return at - (self.now() - self._clock())

    def told(self) -> tuple[Told, ...]:
        """What this agent was told and was not withdrawn, the newest first; what is not in force yet is left out. What
        came is noted with its time."""
        now, agent = self.now(), self._as_now()
        rows = [one for one in _read_all(self._view.rows("announcement")) if one.audience.has(agent)]
        delivered = self._delivered(rows)
        receipts: dict[str, AnnouncementReceipt] = {}
        for receipt in self._receipts():
            known = receipts.get(receipt.announcement)
            if known is None or known.edition < receipt.edition:
                receipts[receipt.announcement] = receipt
        found = []
        for one in rows:
            if one.state is AnnouncementState.WITHDRAWN or (one.valid_from is not None and one.valid_from > now):
                continue
            newest = receipts.get(one.id)
            counts = newest if newest is not None and newest.edition >= one.read_from else None
            found.append(Told(one, delivered[_edition(one)], counts, one.is_in_force(now)))
        return tuple(sorted(found, key=_newest_first, reverse=True))

    def searched(self) -> dict[ArticleId, Article]:
        """What may be found among the articles."""
        agent = self._as_now()
        told = (one for one in _read_all(self._view.mirror.rows("announcement")) if one.audience.has(agent))
        found = (as_article(one) for one in told if one.state is AnnouncementState.PUBLISHED)
        return {one.id: one for one in found if one is not None}

    def read(
        self,
        announcement: Announcement,
        opened_at: datetime,
        dwell_s: float,
        name: str = "",
        answers: tuple[int, ...] = (),
        tries: int = 0,
    ) -> None:
        """Kept before this returns, and sent with the next round. Raises NotRead."""
        agent, now = self._as_now(), self._clock()
        if (owed := unmet(announcement, agent, dwell_s, name, answers)) is not None:
            raise NotRead(owed)
        delivered = self._delivered([announcement])[_edition(announcement)]
        receipt = AnnouncementReceipt(
            id=receipt_id(announcement.id, announcement.edition, agent.id),
            announcement=announcement.id,
            edition=announcement.edition,
            agent=agent.id,
            delivered_at=min(delivered, self._of_server(opened_at)),
            opened_at=self._of_server(opened_at),
            read_at=self._of_server(now),
            dwell_s=int(dwell_s),
            name=name,
            answers=answers,
            tries=tries,
        )
        if self._view.row("announcement_receipt", receipt.id) is not None:
            return
        body = {key: value for key, value in to_body(receipt).items() if key != "received_at"}
        fields = {key: FieldChange(None, value) for key, value in body.items()}
        self._view.outbox.put("announcement_receipt", receipt.id, CommandKind.CREATE, fields, now)

    def _as_now(self) -> Agent:
        """As the directory has this agent by now: who changed teams is told other things."""
        row = self._view.mirror.row("agent", self._agent.id)
        return self._agent if row is None else from_body(Agent, row.id, row.version, row.body)

    def _receipts(self) -> Iterator[AnnouncementReceipt]:
        for row in self._view.rows("announcement_receipt"):
            if row.body.get("agent") == self._agent.id and (one := _receipt(row)) is not None:
                yield one

    def _delivered(self, rows: list[Announcement]) -> dict[str, datetime]:
        """When each of these came here, by edition; those that are new came now."""
        kept: dict[str, str] = json.loads(self._kept.read(DELIVERED) or "{}")
        now = to_text(self.now())
        new = {_edition(one): now for one in rows if _edition(one) not in kept}
        if new:
            here = {row.id for row in self._view.mirror.rows("announcement")}
            stays = {key: at for key, at in kept.items() if key.rpartition(":")[0] in here}
            self._kept.keep(DELIVERED, json.dumps(stays | new))
        return {_edition(one): from_text((kept | new)[_edition(one)]) for one in rows}


class Articles(Protocol):
    """As `knowledge.base` reads them."""

    def versions(self) -> Mapping[ArticleId, int]: ...

    def versions_of(self, ids: Collection[ArticleId]) -> Mapping[ArticleId, int]: ...

    def fetch(self, ids: Collection[ArticleId]) -> Collection[Article]: ...

    def containing(self, words: Sequence[str], limit: int) -> Sequence[ArticleId]: ...


class WithAnnouncements:
    """Articles, and what was announced among them: one search finds both."""

    def __init__(self, articles: Articles, announcements: Announcements) -> None:
        self._articles = articles
        self._announcements = announcements

    def versions(self) -> Mapping[ArticleId, int]:
        told = {id_: one.version for id_, one in self._announcements.searched().items()}
        return {**self._articles.versions(), **told}

    def versions_of(self, ids: Collection[ArticleId]) -> Mapping[ArticleId, int]:
        told = {one.id: one.version for one in self._told(ids)}
        return {**self._articles.versions_of([id_ for id_ in ids if not announcement_of(id_)]), **told}

    def fetch(self, ids: Collection[ArticleId]) -> Collection[Article]:
        return [*self._articles.fetch([id_ for id_ in ids if not announcement_of(id_)]), *self._told(ids)]

    def containing(self, words: Sequence[str], limit: int) -> Sequence[ArticleId]:
        """What was announced stands behind the articles."""
        found = list(self._articles.containing(words, limit))
        for id_, one in self._announcements.searched().items():
            text = f"{one.title}\n{one.body}".lower()
            if any(word in text for word in words):
                found.append(id_)
        return found[:limit]

    def _told(self, ids: Collection[ArticleId]) -> list[Article]:
        """Nothing is read where only articles are asked for, as with nearly every key of a search."""
        wanted = [id_ for id_ in ids if announcement_of(id_)]
        told = self._announcements.searched() if wanted else {}
        return [told[id_] for id_ in wanted if id_ in told]


class AnnouncementBook(WholeRows[Announcement]):
    """What somebody who may announce has published, and is writing: that lies on the disk of its author only."""

    def __init__(self, view: View, agent: Agent, clock: Callable[[], datetime], new_id: Callable[[], str]) -> None:
        super().__init__(view, clock, "announcement", Announcement, faults)
        self._agent = agent
        self._new_id = new_id

    def all(self) -> tuple[Announcement, ...]:
        """The newest first."""
        return tuple(sorted(self.of_the_company(), key=lambda one: (_moment(one.published_at), one.id), reverse=True))

    def fresh(self) -> Announcement:
        """For who may tell nobody else it begins with the own team."""
        narrow = Audience() if self._agent.role in TELLS_EVERYBODY else Audience(teams=(self._agent.team,))
        return Announcement(self._new_id(), "", "", narrow)

    def withdraw(self, row: Announcement) -> None:
        self._update(row, "state", AnnouncementState.PUBLISHED.value, AnnouncementState.WITHDRAWN.value)

    def remind(self, row: Announcement) -> None:
        """Whoever has not read it is told once more."""
        before = None if row.reminded_at is None else to_text(row.reminded_at)
        self._update(row, "reminded_at", before, to_text(self._clock()))

    def may_change(self, row: Announcement) -> bool:
        """Nobody takes back what the house told."""
        return self._agent.role in TELLS_EVERYBODY or row.version == 0 or not self._beyond(row.audience)

    def places(self) -> tuple[tuple[Team, ...], tuple[Queue, ...], tuple[str, ...]]:
        """The teams, queues and sites that this person may tell."""
        teams = tuple(from_body(Team, row.id, row.version, row.body) for row in self._view.rows("team"))
        queues = tuple(from_body(Queue, row.id, row.version, row.body) for row in self._view.rows("queue"))
        if self._agent.role in TELLS_EVERYBODY:
            return teams, queues, tuple(sorted({one.site for one in self._people() if one.site}))
        own = self._own_queues(queues)
        teams = tuple(one for one in teams if one.id == self._agent.team)
        return teams, tuple(one for one in queues if one.id in own), ()

    def addressed(self, audience: Audience) -> Addressed:
        people = [one for one in self._people() if audience.has(one)]
        return Addressed(len(people), len({one.team for one in people}))

    def _people(self) -> list[Agent]:
        return [from_body(Agent, row.id, row.version, row.body) for row in self._view.rows("agent")]

    def _beyond(self, audience: Audience) -> bool:
        queues = tuple(from_body(Queue, row.id, row.version, row.body) for row in self._view.rows("queue"))
        is_wide = not (audience.teams or audience.queues)
        is_other = any(team != self._agent.team for team in audience.teams)
        return is_wide or is_other or not set(audience.queues) <= self._own_queues(queues)

    def _own_queues(self, queues: tuple[Queue, ...]) -> set[str]:
        return {str(one.id) for one in queues if one.team == self._agent.team} | set(map(str, self._agent.queues))

    def _update(self, row: Announcement, field: str, old: Any, new: Any) -> None:
        change = {field: FieldChange(old, new)}
        self._view.outbox.put(
            "announcement", row.id, CommandKind.UPDATE, change, self._clock(), base_version=row.version
        )


def again(row: Announcement) -> Announcement:
    """As it is, to be read again by everybody from the edition on that it becomes."""
    return replace(row, read_from=row.edition + 1)


def _read_all(rows: list[Row]) -> Iterator[Announcement]:
    """Those that cannot be read are left out."""
    for row in rows:
        try:
            yield from_body(Announcement, row.id, row.version, row.body)
        except (KeyError, TypeError, ValueError):
            continue


def _receipt(row: Row) -> AnnouncementReceipt | None:
    try:
        return from_body(AnnouncementReceipt, row.id, row.version, row.body)
    except (KeyError, TypeError, ValueError):
        return None


def _edition(one: Announcement) -> str:
    return f"{one.id}:{one.edition}"


def _moment(at: datetime | None) -> str:
    """What is not with the server yet is the newest."""
    return "~" if at is None else to_text(at)


def _newest_first(one: Told) -> tuple[str, str]:
    return _moment(one.announcement.changed_at or one.announcement.published_at), one.announcement.id
