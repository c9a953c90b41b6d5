"""Guessers wait, longer each time; the person whose password is guessed does not."""

import asyncio
import contextlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from agent_model.moment import from_text
from agent_server.attempts import Attempts
from agent_server.database import Database
from agent_server.refusals import RequestRefused
from agent_server.settings import Settings
from agent_server.tables import sign_in_failure
from tests.in_process import PASSWORD, make_site, serving
from tests.server.workstation import Workstation

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
WRONG = "not the password"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Requests through the tests' own proxy may come from anywhere; a login has 8 failures from everywhere."""
    made = make_site(tmp_path / "site")
    return replace(
        made, trusted_proxies=("127.0.0.1",), failures_before_wait=3, failures_of_a_login=8, failures_of_an_address=12
    )


def sign_in(server: str, address: str, login: str = "lin.yue", password: str = WRONG, device: str = "new") -> str:
    body = {"login": login, "password": password, "device_id": device}
    answer = httpx.post(f"{server}/auth/sign-in", json=body, headers={"X-Forwarded-For": address})
    return str(answer.json().get("error", "let in"))


def test_guesser_at_one_address_waits_and_the_person_elsewhere_does_not(settings: Settings) -> None:
    with serving(settings) as server:
        guesses = [sign_in(server.address, "10.0.0.66") for _ in range(4)]
        person = sign_in(server.address, "10.0.0.7", password=PASSWORD)

    assert guesses == ["wrong_password"] * 3 + ["too_many_attempts"]
    assert person == "let in"


def test_guesses_from_everywhere_stop_strangers_and_not_the_persons_own_seat(settings: Settings) -> None:
    with serving(settings) as server:
        with Workstation(server.address, "lin.yue", "seat 214"):
            pass
        guesses = [sign_in(server.address, f"10.0.1.{number}") for number in range(9)]
        stranger = sign_in(server.address, "10.0.2.1", password=PASSWORD)
        own_seat = sign_in(server.address, "10.0.2.1", password=PASSWORD, device="seat 214")

    assert guesses == ["wrong_password"] * 8 + ["too_many_attempts"]
    assert (stranger, own_seat) == ("too_many_attempts", "let in")


def test_guessing_at_a_known_seat_waits_as_well(settings: Settings) -> None:
    with serving(settings) as server:
        with Workstation(server.address, "lin.yue", "seat 214"):
            pass
        guesses = [sign_in(server.address, f"10.0.1.{number}", device="seat 214") for number in range(4)]

    assert guesses == ["wrong_password"] * 3 + ["too_many_attempts"]


def test_one_address_guesses_few_logins(settings: Settings) -> None:
    with serving(settings) as server:
        guesses = [sign_in(server.address, "10.0.0.66", f"login{number}") for number in range(13)]
        neighbour = sign_in(server.address, "10.0.0.67", password=PASSWORD)

    assert guesses == ["wrong_password"] * 12 + ["too_many_attempts"]
    assert neighbour == "let in"


def test_waits_double_up_to_the_longest(settings: Settings) -> None:
    at = [NOW]
    waits = []

    async def guess() -> None:
        database = Database(settings.database, pooled=False)
        attempts = Attempts(database, settings, lambda: at[0])
        counts = attempts.counts("lin.yue", "10.0.0.66", "new", is_known=False)[:1]
        for _ in range(8):
            await attempts.failed(counts)
            with contextlib.suppress(RequestRefused):
                await attempts.check(counts)
                continue
            until = [until for (until,) in await blocked(database) if until is not None]
            waits.append((from_text(until[0]) - at[0]).total_seconds())
            at[0] = from_text(until[0])
        await database.close()

    asyncio.run(guess())

    assert waits == [60, 120, 240, 480, 900, 900]


async def blocked(database: Database) -> list[tuple[str | None]]:
    async with database.reading() as connection:
        found = await connection.execute(select(sign_in_failure.c.blocked_until))
        return [(row[0],) for row in found]


@pytest.mark.parametrize("address", ["10.0.0.66", "10.0.0.67"])
def test_forwarded_address_is_believed_of_a_trusted_proxy_only(settings: Settings, address: str) -> None:
    with serving(replace(settings, trusted_proxies=())) as server:
        guesses = [sign_in(server.address, address if number % 2 else "10.0.0.68") for number in range(4)]

    assert guesses[-1] == "too_many_attempts"


def test_unknown_login_is_refused_like_a_known_one(settings: Settings) -> None:
    with serving(settings) as server:
        known = [sign_in(server.address, "10.0.0.1", "lin.yue") for _ in range(4)]
        unknown = [sign_in(server.address, "10.0.0.2", "nobody") for _ in range(4)]

    assert known == unknown
