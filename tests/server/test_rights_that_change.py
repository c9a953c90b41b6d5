"""Rights that change are known everywhere within two seconds: at every process, and whoever changed them where."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from agent_model.agent import Role
from agent_server.__main__ import main
from agent_server.settings import Settings
from tests.in_process import ServerThread, import_into, make_site, serving
from tests.postgresql import Cluster
from tests.server.conftest import CUSTOMERS, NewSite
from tests.server.officers import appoint
from tests.server.test_live import Ear
from tests.server.test_rows_on_the_live_connection import company_where
from tests.server.test_several_processes import listening
from tests.server.workstation import Workstation


def unlooked(settings: Settings) -> Settings:
    return replace(settings, look_every_s=3600)


@pytest.fixture
def server(new_site: NewSite) -> Iterator[ServerThread]:
    with serving(unlooked(new_site(CUSTOMERS))) as running:
        yield running


@pytest.fixture
def pair(cluster: Cluster, tmp_path: Path) -> Iterator[tuple[ServerThread, ServerThread]]:
    site = unlooked(make_site(tmp_path / "site", CUSTOMERS, cluster))
    with serving(site) as one, serving(site) as other:
        yield one, other


def is_shown_out(ear: Ear) -> bool:
    """Where nobody told, it would take the 30 s of the next round; an ear listens for 10."""
    with pytest.raises(ConnectionClosed) as closed:
        ear.next("never")
    return closed.value.rcvd is not None and closed.value.rcvd.code == 4401


def at_the_console(settings: Settings, *words: str) -> None:
    database = settings.database.render_as_string(hide_password=False)
    assert main([*words, "--database", database, "--home", str(settings.home)]) == 0


def test_who_is_locked_at_one_process_is_shown_out_at_the_other(pair: tuple[ServerThread, ServerThread]) -> None:
    here, there = pair
    appoint(here.settings, "zhou.admin", Role.ADMINISTRATOR)
    with (
        Workstation(here.address, "zhou.admin") as admin,
        Workstation(there.address, "wang.qiang") as locked,
        Workstation(there.address, "lin.yue") as staying,
        listening(there, locked) as ear,
        listening(there, staying) as other,
    ):
        assert admin.http.post("/admin/users/wang.qiang/lock", json={"reason": "left"}).status_code == 204

        assert is_shown_out(ear)
        other.heard_until_pong()


def test_slice_lost_at_the_console_is_no_longer_sent_by_any_process(
    pair: tuple[ServerThread, ServerThread], tmp_path: Path
) -> None:
    here, there = pair
    with ExitStack() as open_:
        writer = open_.enter_context(Workstation(here.address, "lin.yue"))
        leaving = open_.enter_context(Workstation(there.address, "wang.qiang"))
        ear = open_.enter_context(listening(there, leaving))
        writer.push(writer.ticket(queue="billing", customer_id=None))
        ear.next("rows", scope="queue:billing")

        import_into(here.settings, company_where(tmp_path, "wang.qiang", '["support"]'))
        ear.next("poke", scope="org")
        writer.push(writer.ticket(queue="billing", customer_id=None))
        writer.push(writer.ticket(queue="support", customer_id=None))
        heard = [ear.next_of("rows", "poke")]
        while heard[-1]["scope"] != "queue:support":
            heard.append(ear.next_of("rows", "poke"))

    assert [one for one in heard if (one["type"], one["scope"]) == ("rows", "queue:billing")] == []


@pytest.mark.parametrize(
    "words",
    [
        ("sessions", "end", "wang.qiang"),
        ("user", "lock", "wang.qiang"),
        ("user", "role", "wang.qiang", "quality"),
        ("device", "lock", "device of wang.qiang"),
    ],
    ids=" ".join,
)
def test_what_is_done_at_the_console_is_known_at_once(server: ServerThread, words: tuple[str, ...]) -> None:
    with Workstation(server.address, "wang.qiang") as seat, listening(server, seat) as ear:
        at_the_console(server.settings, *words)

        assert is_shown_out(ear)


def test_sign_out_ends_the_live_connection(server: ServerThread) -> None:
    with Workstation(server.address, "wang.qiang") as seat, listening(server, seat) as ear:
        seat.http.post("/auth/sign-out", json={"refresh": seat.refresh})

        assert is_shown_out(ear)
