"""The network between workstations and the server, which lies: it loses, doubles, delays and reorders requests.

Workstations are synchronous code, so each runs in a greenlet of its own and waits here for its answers; which requests
reach the server together, and in which order the answers come back, is decided by the seed.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
from greenlet import getcurrent, greenlet  # type: ignore[import-untyped]

OPS: Final = "/sync/v1/ops"
SNAPSHOT: Final = "/sync/v1/snapshot/"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request on the wire."""

    method: str
    path: str
    query: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    @property
    def is_download(self) -> bool:
        return self.path.startswith(SNAPSHOT) and not self.path.endswith("/manifest")


@dataclass(frozen=True, slots=True)
class Answered:
    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


Outcome = Answered | Exception
Deliver = Callable[[Sequence[Asked]], list[Answered | None]]
"""Gives requests to the server at once; None where the server died before it answered."""


class Wire(httpx.BaseTransport):
    """The end of the network in a workstation. `is_open` is False once the workstation has died."""

    def __init__(self) -> None:
        self.is_open = True

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        asked = Asked(request.method, url.path, url.query, tuple(request.headers.raw), request.read())
        answer = getcurrent().parent.switch(asked)
        assert isinstance(answer, Answered)
        return httpx.Response(answer.status, headers=list(answer.headers), stream=Body(answer), request=request)


class Body(httpx.SyncByteStream):
    """What arrives; shorter than its length says when the connection was cut."""

    def __init__(self, answer: Answered) -> None:
        self._answer = answer

    def __iter__(self) -> Any:
        yield self._answer.body
        length = dict(self._answer.headers).get(b"content-length")
        if length is not None and int(length) > len(self._answer.body):
            raise httpx.ReadError("connection cut")


@dataclass
class Network:
    """`harm` is how likely a request is harmed, 0..1. `meanwhile` is what else may happen between two requests."""

    chance: random.Random
    deliver: Deliver
    meanwhile: Callable[[], None] = lambda: None
    harm: float = 0.0
    tell: Callable[[str], None] = lambda _line: None
    late: list[Asked] = field(default_factory=list)

    def run(self, works: Mapping[str, Callable[[], Any]]) -> dict[str, Any]:
        """Everybody's work at the same time, to its end. What a work raised is its result."""
        results: dict[str, Any] = {}
        waiting: dict[str, tuple[greenlet, Asked]] = {}

        def go_on(name: str, course: greenlet, with_: Outcome | None) -> None:
            asked = course.throw(with_) if isinstance(with_, Exception) else course.switch(*([with_] if with_ else []))
            if course.dead:
                results[name] = asked
            else:
                waiting[name] = (course, asked)

        for name, work in works.items():
            go_on(name, greenlet(_kept(work)), None)
        while waiting:
            together = self._together(waiting)
            courses = {name: waiting.pop(name) for name in together}
            outcomes = self._through({name: asked for name, (_, asked) in courses.items()})
            for name in self.chance.sample(together, len(together)):
                go_on(name, courses[name][0], outcomes[name])
            self.meanwhile()
        return results

    def arrive_late(self) -> None:
        """What was held up on its way reaches the server now; nobody waits for the answers any more."""
        held, self.late = self.late, []
        self.chance.shuffle(held)
        for asked in held:
            self.tell(f"late {asked.method} {asked.path}")
            self.deliver([asked])

    def _together(self, waiting: Mapping[str, tuple[greenlet, Asked]]) -> list[str]:
        """Whose requests reach the server at once; a download goes alone, its threads know no order."""
        names = self.chance.sample(sorted(waiting), self.chance.randint(1, len(waiting)))
        downloads = [name for name in names if waiting[name][1].is_download]
        return downloads[:1] or names

    def _through(self, asked: Mapping[str, Asked]) -> dict[str, Outcome]:
        outcomes: dict[str, Outcome] = {}
        reaching: list[tuple[str, Asked]] = []
        lost: set[str] = set()
        for name, request in asked.items():
            harm = self._harm_of(request)
            if harm:
                self.tell(f"{name}: {harm} {request.method} {request.path}")
            if harm == "request lost":
                outcomes[name] = httpx.ConnectError("no route")
                continue
            if harm == "held up":
                self.late.append(request)
                outcomes[name] = httpx.ReadTimeout("no answer")
                continue
            if harm == "answer lost":
                lost.add(name)
            if harm == "comes again later":
                self.late.append(request)
            reaching += [(name, request)] * (2 if harm == "doubled" else 1)
        if self.late and self.chance.random() < 0.2:
            self.arrive_late()
        for (name, request), answer in zip(reaching, self.deliver([r for _, r in reaching]), strict=True):
            if answer is None or name in lost:
                outcomes[name] = httpx.ReadError("answer lost")
            elif request.is_download and self.chance.random() < self.harm:
                cut = self.chance.randrange(len(answer.body) + 1)
                self.tell(f"{name}: cut at {cut} of {len(answer.body)}")
                outcomes[name] = Answered(answer.status, answer.headers, answer.body[:cut])
            else:
                outcomes[name] = answer
        return outcomes

    def _harm_of(self, request: Asked) -> str:
        if self.chance.random() >= self.harm:
            return ""
        harms = ["request lost", "answer lost"]
        if request.path.startswith("/sync/"):  # a copy of a refresh token ends the session, as it should
            harms += ["held up", "doubled", "comes again later"]
        return self.chance.choice(harms)


def _kept(work: Callable[[], Any]) -> Callable[[], Any]:
    def run() -> Any:
        try:
            return work()
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # noqa: BLE001 - a workstation that loses its power raises one
            return error

    return run
