"""What is known of people on this disk, so that it can be struck out of what leaves it."""

from datetime import UTC, datetime
from typing import Any

from agent_desktop.offline import persons
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.persons import Persons
from agent_desktop.offline.store import Store
from agent_model.scope import Scope
from agent_model.wire import Row
from tests.desktop.rows import customer_row

HOME = Scope("customers:home")
AGENT = Row(
    "agent", "a-1", 1, {"login": "li.na", "name": {"zh": "李娜", "en": "Li Nahui"}, "role": "agent", "team": "t"}
)


def test_names_numbers_and_notes_of_everybody_are_known(store: Store, mirror: Mirror) -> None:
    body: dict[str, Any] = {
        "name": "Anna Blake",
        "email": "a@b.example",
        "tags": ["vip"],
        "notes": [{"text": "moved to Leeds"}],
    }
    mirror.apply(HOME, [customer_row(**body), AGENT], None)

    known = set(Persons(store).texts())

    assert known >= {"Anna Blake", "Anna", "Blake", "a@b.example", "moved to Leeds", "+8613800000001"}
    assert known >= {"li.na", "李娜", "Li Nahui", "Nahui"}
    assert not known & {"vip", "agent", "t", "Li"}


def test_what_tickets_and_their_files_are_called_is_known(store: Store, mirror: Mirror) -> None:
    file = {"id": "f-1", "name": "Blake lease.pdf", "media_type": "application/pdf"}
    body = {"subject": "Router of Anna Blake", "status": "open", "attachments": [file]}
    mirror.apply(HOME, [Row("ticket", "T-1", 1, body)], None)

    known = set(Persons(store).texts())

    assert known >= {"Router of Anna Blake", "Blake lease.pdf"}
    assert not known & {"open", "application/pdf"}


def test_somebody_who_was_never_sent_is_known(store: Store) -> None:
    outbox = Outbox(store, author="a-1")
    outbox.save_draft("new", {"name": "Carla Dunn"}, datetime(2026, 11, 23, tzinfo=UTC))
    assert {"Carla Dunn", "Carla", "Dunn"} <= set(Persons(store).texts())


def test_as_many_as_there_are_are_known(store: Store, mirror: Mirror) -> None:
    count = persons._WINDOW + 5
    mirror.apply(HOME, [customer_row(f"C-{n}", name=f"N{n:05}") for n in range(count)], None)
    assert len({text for text in Persons(store).texts() if text.startswith("N")}) == count
