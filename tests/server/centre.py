"""A centre in a test: a server with a simulated exchange, its clock, and what happens there."""

import asyncio
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Final

from agent_model.agent import QueueId
from agent_model.moment import to_text
from agent_server.switch.port import CallId, Extension
from agent_server.switch.simulated import QueueRule, SimulatedExchange
from tests.in_process import ServerThread, until
from tests.server.test_live import Ear, live
from tests.server.workstation import Workstation

SUPPORT_PHONE: Final = Extension("1001")
BILLING: Final = QueueId("billing")


class Clock:
    """The server's: it stands, and is set forward."""

    def __init__(self) -> None:
        self.at = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.at

    def passes(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


class Centre:
    """A server with a simulated exchange that nobody calls but a test, and people who listen."""

    def __init__(self, server: ServerThread, clock: Clock, leaving: ExitStack) -> None:
        self.server, self.clock, self._leaving = server, clock, leaving
        [(exchange, _)] = server.app_server.floor._exchanges
        assert isinstance(exchange, SimulatedExchange)
        self.exchange = exchange
        self.let(self._empties)

    def _empties(self) -> None:
        """The callers and colleagues of a demonstration leave."""
        traffic, exchange = self.server.app_server._traffic, self.exchange
        assert traffic is not None
        traffic.cancel()
        for extension in {one.extension for one in exchange._members.values()}:
            exchange.goes(extension)
        for call in tuple(exchange._callers):
            exchange.gives_up(call)
        for extension in tuple(exchange._talks):
            exchange.hangs_up(extension)

    def seat(self, login: str) -> Workstation:
        return self._leaving.enter_context(Workstation(self.server.address, login))

    def ear(self, seat: Workstation) -> Ear:
        return Ear(self._leaving.enter_context(live(self.server, seat.access)))

    def let(self, act: Callable[[], Any]) -> Any:
        """Something happens at the exchange."""

        async def done() -> Any:
            return act()

        return asyncio.run_coroutine_threadsafe(done(), self.server._uvicorn._loop).result(10)

    def talks(self) -> None:
        """Lin Yue has a call, by her own telephone."""
        until(lambda: self.server.app_server.floor.person_at(SUPPORT_PHONE) is not None)
        self.let(lambda: self.exchange.comes(SUPPORT_PHONE))
        calling = self.exchange.call(SUPPORT_PHONE, "13800138000")
        asyncio.run_coroutine_threadsafe(calling, self.server._uvicorn._loop).result(10)

    def holds(self) -> None:
        self.talks()
        self.let(lambda: self.exchange.holds(SUPPORT_PHONE))

    def asks(self) -> CallId:
        """Somebody waits whom nobody answers."""
        call: CallId = self.let(lambda: self.exchange.asks(BILLING, "13800138000"))
        return call

    def rings_in_vain(self) -> None:
        """Lin Yue is ready, a caller is brought to her, and she does not answer."""
        agent = self.ear(self.seat("lin.yue"))
        self.let(lambda: self.exchange.comes(SUPPORT_PHONE))
        agent.say({"type": "state", "state": "ready", "reason": None, "until": None})
        until(lambda: (BILLING, SUPPORT_PHONE) in self.exchange._members)
        self.asks()
        self.rings_out()

    def rings_out(self) -> None:
        until(lambda: SUPPORT_PHONE in self.exchange._talks)
        self.clock.passes(QueueRule().ring_s)

    def half_are_answered(self) -> None:
        """Of ten callers."""
        colleague = Extension("2001")
        self.let(lambda: self.exchange.comes(colleague))
        seating = self.exchange.seat(colleague, {BILLING: 0})
        asyncio.run_coroutine_threadsafe(seating, self.server._uvicorn._loop).result(10)
        for _ in range(5):
            self.asks()
            self.let(lambda: self.exchange.answers(colleague))
            self.let(lambda: self.exchange.hangs_up(colleague))
        self.let(lambda: self.exchange.goes(colleague))
        self.give_up(5)

    def give_up(self, count: int) -> None:
        """After a minute."""
        calls = [self.asks() for _ in range(count)]
        self.clock.passes(60)
        for call in calls:
            self.let(partial(self.exchange.gives_up, call))

    def is_abused(self) -> None:
        """Lin Yue marks her call and says the first warning."""
        seat = self.seat("lin.yue")
        mark = {"call_ref": "c-1", "agent": "lin.yue", "abuse": "insult", "at": to_text(self.clock())}
        self.clock.passes(60)
        assert seat.push(seat.op("abusive_call", "a-1", "create", mark))[0]["verdict"] == "applied"
        self.warns(seat, "first_warning")

    def warns(self, seat: Workstation, step: str) -> None:
        said = {"steps": [None, {"step": step, "at": to_text(self.clock())}]}
        assert seat.push(seat.op("abusive_call", "a-1", "append", said, base_version=1))[0]["reason"] is None

    def sounds(self, agent: str, mos: float, mos_there: float | None = None) -> None:
        """How an agent's call sounded, as the telephone told it with the line of the call."""
        seat = self.seat(agent)
        quality = {
            "codec": "PCMA", "mos": mos, "mos_min": 1.9, "loss_pct": 9.0, "jitter_ms": 60.0, "round_trip_ms": 300.0,
            "mos_there": mos_there, "loss_there_pct": None,
        }  # fmt: skip
        line = {
            "customer_id": "C-1", "kind": "call_in", "at": to_text(self.clock() - timedelta(minutes=3)), "title": "",
            "text": "", "agent": agent, "call_ref": f"c-{agent}", "quality": quality,
        }  # fmt: skip
        assert seat.push(seat.op("contact", f"K-{agent}", "create", line))[0]["verdict"] == "applied"


def write(seat: Workstation, row_id: str, **fields: Any) -> tuple[str, str | None, dict[str, str]]:
    """A rule of alerts; the verdict on it, why not, and what is wrong."""
    whole = {"name": {"zh": "长通话", "en": "Long"}, "kind": "long_call", "limit": 10, **fields}
    [answer] = seat.push(seat.op("alert_rule", row_id, "create", whole))
    return answer["verdict"], answer["reason"], answer.get("faults") or {}
