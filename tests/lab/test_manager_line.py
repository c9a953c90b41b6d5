"""The way to a real Asterisk: by TLS, and with a user who has too few rights."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from agent_server.switch.asterisk import AsteriskExchange, AsteriskSettings
from agent_server.switch.asterisk.survey import survey
from agent_server.switch.port import ExchangeEvent, Resynced
from agent_server.switch.tls import Tls
from tests.lab.asterisk import Asterisk


def _settings(asterisk: Asterisk) -> AsteriskSettings:
    tls = Tls(asterisk.trusted_ca)
    return AsteriskSettings("lab", "localhost", asterisk.ami_tls_port, "desk", "desk-secret", tls)


def _reaches(settings: AsteriskSettings, is_enough: Callable[[list[ExchangeEvent]], bool]) -> list[ExchangeEvent]:
    """What was told until it was enough."""
    heard: list[ExchangeEvent] = []

    async def hear(event: ExchangeEvent) -> None:
        heard.append(event)

    async def run() -> None:
        running = asyncio.create_task(AsteriskExchange(settings, lambda: datetime.now(UTC)).run(hear))
        try:
            async with asyncio.timeout(20):
                while not is_enough(heard):
                    await asyncio.sleep(0.02)
        finally:
            running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await running

    asyncio.run(run())
    return heard


def test_exchange_is_reached_by_tls(asterisk: Asterisk) -> None:
    assert isinstance(_reaches(_settings(asterisk), bool)[0], Resynced)


def test_exchange_that_cannot_show_who_it_is_hears_no_secret(
    asterisk: Asterisk, caplog: pytest.LogCaptureFixture
) -> None:
    stranger = replace(_settings(asterisk), tls=Tls())
    assert _reaches(stranger, lambda _: "certificate verify failed" in caplog.text) == []
    caplog.clear()


def test_right_that_is_missing_is_named(asterisk: Asterisk, caplog: pytest.LogCaptureFixture) -> None:
    _reaches(replace(_settings(asterisk), user="limited", secret="limited-secret"), bool)
    assert "does not let its user limited Originate: manager.conf needs originate in write" in caplog.text
    assert caplog.text.count("manager.conf needs") == 1
    caplog.clear()


@pytest.mark.parametrize(
    ("user", "may_not"), [("desk", []), ("limited", ["Originate"])], ids=["every right", "one right is missing"]
)
def test_what_an_exchange_lacks_is_found(asterisk: Asterisk, user: str, may_not: list[str]) -> None:
    found = asyncio.run(survey(replace(_settings(asterisk), user=user, secret=f"{user}-secret")))
    assert [action for action, _ in found.lacks] == may_not
    assert found.version.startswith("Asterisk 22")
    assert {"support", "last"} <= found.queues
    assert "nowhere" not in found.queues
    assert {"1001", "1100"} <= found.telephones
    assert found.registered <= found.telephones
