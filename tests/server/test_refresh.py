"""Refresh tokens when an answer is lost on its way, and when somebody has a copy."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from agent_model.moment import to_text
from tests.in_process import ServerThread
from tests.server.conftest import executed
from tests.server.workstation import Workstation


@pytest.fixture
def client(server: ServerThread) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.address) as made:
        yield made


def refresh(client: httpx.Client, token: str, device_id: str | None) -> httpx.Response:
    return client.post("/auth/refresh", json={"refresh": token, "device_id": device_id})


def test_lost_answer_may_be_asked_for_again(client: httpx.Client, seat: Workstation) -> None:
    refresh(client, seat.refresh, seat.device_id)

    again = refresh(client, seat.refresh, seat.device_id)
    and_again = refresh(client, seat.refresh, seat.device_id)

    assert (again.status_code, and_again.status_code) == (200, 200)
    assert refresh(client, and_again.json()["refresh"], seat.device_id).status_code == 200


def test_token_repeated_after_its_successor_was_used_ends_the_session(client: httpx.Client, seat: Workstation) -> None:
    second = refresh(client, seat.refresh, seat.device_id).json()["refresh"]
    third = refresh(client, second, seat.device_id).json()["refresh"]

    assert refresh(client, seat.refresh, seat.device_id).json() == {"error": "refresh_reused"}
    assert refresh(client, third, seat.device_id).json() == {"error": "refresh_expired"}


def test_copied_token_is_written_down_once(client: httpx.Client, seat: Workstation, server: ServerThread) -> None:
    second = refresh(client, seat.refresh, seat.device_id).json()["refresh"]
    refresh(client, second, seat.device_id)
    for _ in range(3):
        refresh(client, seat.refresh, seat.device_id)

    lines = executed(server.settings, "SELECT who, subject, device FROM audit_line WHERE reason = 'refresh_reused'")
    assert lines == [("", "lin.yue", seat.device_id)]


def test_lost_token_that_comes_after_all_ends_the_session(client: httpx.Client, seat: Workstation) -> None:
    lost = refresh(client, seat.refresh, seat.device_id).json()["refresh"]
    second = refresh(client, seat.refresh, seat.device_id).json()["refresh"]

    assert refresh(client, lost, seat.device_id).json() == {"error": "refresh_reused"}
    assert refresh(client, second, seat.device_id).json() == {"error": "refresh_expired"}
    assert seat.http.get("/sync/v1/hello").status_code == 401


@pytest.mark.parametrize("device_id", ["elsewhere", None, ""], ids=["another", "unnamed", "empty"])
def test_only_the_same_device_may_repeat(client: httpx.Client, seat: Workstation, device_id: str | None) -> None:
    refresh(client, seat.refresh, seat.device_id)

    assert refresh(client, seat.refresh, device_id).json() == {"error": "refresh_reused"}


def test_token_repeated_after_a_minute_ends_the_session(
    client: httpx.Client, seat: Workstation, server: ServerThread
) -> None:
    refresh(client, seat.refresh, seat.device_id)
    long_ago = to_text(datetime.now(UTC) - timedelta(seconds=61))
    executed(server.settings, "UPDATE refresh_token SET spent_at = :at WHERE spent_at IS NOT NULL", at=long_ago)

    assert refresh(client, seat.refresh, seat.device_id).json() == {"error": "refresh_reused"}


def test_repeated_token_does_not_outlive_sign_out(client: httpx.Client, seat: Workstation) -> None:
    following = refresh(client, seat.refresh, seat.device_id).json()["refresh"]
    client.post("/auth/sign-out", json={"refresh": following})

    assert refresh(client, seat.refresh, seat.device_id).json() == {"error": "refresh_expired"}
