"""The workstation is killed in the middle of a word: at most the last 800 ms are missing, and the form is filled."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_desktop.tickets.drafts import SAVE_WITHIN_MS
from demo.ports import free_port
from demo.server import DemoServer
from tests.journeys.company import CUSTOMERS, name_of
from tests.journeys.conftest import Sit
from tests.journeys.other_window import OtherWindow, end_phone, subject_on_disk
from tests.journeys.sight import open_items

STEADY_MS = 40
KEYS_TYPED = 75


@pytest.fixture
def other(tmp_path: Path, server: DemoServer) -> Iterator[OtherWindow]:
    window = OtherWindow(tmp_path / "other", server.address, free_port())
    assert window.until(lambda seen: seen["window"] and seen["categories"])
    yield window
    window.close()
    end_phone(window)


def test_steadily_typed_words_are_on_the_disk_within_800_ms(other: OtherWindow) -> None:
    other.do("press Ctrl+N")
    other.do(f"steadily {STEADY_MS}")
    seen: list[tuple[float, int]] = []

    while len(other.typed) < KEYS_TYPED:
        seen.append((time.time(), len(subject_on_disk(other.paths))))

    delays_ms = [
        1000 * (next(at for at, length in seen if length >= key["typed"]) - key["at"])
        for key in other.typed
        if key["typed"] <= seen[-1][1]
    ]
    still_unsaved = [key for key in other.typed if key["typed"] > seen[-1][1]]
    assert len(delays_ms) > KEYS_TYPED / 2
    assert max(delays_ms) <= SAVE_WITHIN_MS
    assert all(1000 * (seen[-1][0] - key["at"]) <= SAVE_WITHIN_MS for key in still_unsaved)


def test_killed_window_comes_back_with_its_words(other: OtherWindow, sit: Sit) -> None:
    other.do("press Ctrl+N")
    other.do(f"steadily {STEADY_MS}")
    assert other.wait_for_keys(KEYS_TYPED // 2)

    other.kill()
    killed_at = time.time()

    older = [key["typed"] for key in other.typed if 1000 * (killed_at - key["at"]) > SAVE_WITHIN_MS]
    end_phone(other)
    again = sit(home=other.paths.settings.parent)
    text = "".join(str(n % 10) for n in range(1, KEYS_TYPED))
    subject = again.window.right.form.subject
    assert again.until(subject.text)
    assert len(subject.text()) >= older[-1]
    assert text.startswith(subject.text())


def test_draft_about_a_customer_is_on_the_list_when_the_window_comes_back(other: OtherWindow, sit: Sit) -> None:
    customer = CUSTOMERS[24]
    other.do("press Ctrl+K")
    other.do(f"type {customer.customer.body['phones'][0][-6:]}")
    other.do("look")
    assert other.until(lambda _: _picked(other, customer.customer.id))
    other.do("press Ctrl+N")
    other.do("type half a sentence")
    assert other.until(lambda _: subject_on_disk(other.paths) == "half a sentence")

    other.kill()

    end_phone(other)
    again = sit(home=other.paths.settings.parent)
    assert again.until(lambda: [item.title for item in open_items(again)] == [name_of(customer)])
    again.press("Ctrl+1")
    assert again.until(lambda: again.window.right.form.subject.text() == "half a sentence")
    assert again.window.customer.customer_id == customer.customer.id


def _picked(other: OtherWindow, customer_id: str) -> bool:
    """Return takes the first found, once there is one."""
    if other.look()["customer"] == customer_id:
        return True
    other.do("press Return")
    return False
