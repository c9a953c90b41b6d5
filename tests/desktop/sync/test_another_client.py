"""A client written from docs/sync.md alone keeps in step with the server, beside our own workstations."""

import json
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from agent_model.command import CommandKind, FieldChange
from tests.desktop.sync.another_client import AnotherClient, Refused
from tests.desktop.sync.conftest import SitDown
from tests.desktop.sync.seat import Seat
from tests.desktop.sync.test_restored_backup import Site
from tests.in_process import PASSWORD, ServerThread, a_customer, make_site
from tests.server.conftest import executed

Answering = Callable[[httpx.Response], httpx.Response]
HOME = "customers:home"


class Line(httpx.BaseTransport):
    """Hands requests over; `next_answer` is done to the next answer from a path that it is set for."""

    def __init__(self) -> None:
        self._really = httpx.HTTPTransport()
        self.next_answer: dict[str, Answering] = {}
        self.statuses: list[int] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._really.handle_request(request)
        self.statuses.append(answer.status_code)
        doing = self.next_answer.pop(request.url.path, None)
        return answer if doing is None else doing(answer)

    def close(self) -> None:
        self._really.close()


def lost(answer: httpx.Response) -> httpx.Response:
    """The server has done it, and the client is not told."""
    answer.read()
    raise httpx.ReadError("the line was cut")


def cut_after(size: int) -> Answering:
    def cutting(answer: httpx.Response) -> httpx.Response:
        return httpx.Response(answer.status_code, headers=answer.headers, stream=CutStream(answer.read()[:size]))

    return cutting


class CutStream(httpx.SyncByteStream):
    def __init__(self, content: bytes) -> None:
        self._content = content

    def __iter__(self) -> Iterator[bytes]:
        yield self._content
        raise httpx.ReadError("the line was cut")


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def client(server: ServerThread, tmp_path: Path, line: Line) -> Iterator[AnotherClient]:
    made = AnotherClient(tmp_path / "another.db", server.address, "wang.qiang", PASSWORD, line)
    made.sign_in()
    yield made
    made.close()


@pytest.fixture
def beside(server: ServerThread, sit_down: SitDown) -> Seat:
    """Lin Yue's workstation, one of ours."""
    seat = sit_down(server.address)
    seat.sync()
    return seat


def is_in_step(client: AnotherClient) -> bool:
    client.sync()
    return bool(client.cursors()) and not any(client.differing(scope) for scope in client.cursors())


def file_ticket(client: AnotherClient, subject: str = "网速慢", **more: Any) -> tuple[str, str]:
    """The ticket's id and the op's."""
    fields = {"subject": subject, "type": "fault", "category": "fault/broadband/slow", "priority": "normal"}
    fields |= {"status": "new", "description": "晚上更慢", "queue": "support", "department": "care"}
    fields |= {"created_at": "2026-11-22T05:30:00.000Z", "created_by": "wang.qiang", "customer_id": "C-1", **more}
    ticket_id = str(uuid.uuid4())
    return ticket_id, client.write("ticket", ticket_id, "create", fields)


def change_region(seat: Seat, seen: str | None, wanted: str) -> None:
    change = {"region": FieldChange(seen, wanted)}
    seat.outbox.put("customer", "C-1", CommandKind.UPDATE, change, seat.clock(), base_version=1)
    seat.sync()


def test_both_end_with_the_same_rows(client: AnotherClient, beside: Seat) -> None:
    client.sync()
    ticket_id, op_id = file_ticket(client)
    theirs = beside.file_ticket(subject="账单不对")
    client.sync()
    beside.sync()

    assert is_in_step(client)
    assert client.answers()[op_id][0] == "done"
    mine, ours = client.shown("ticket", ticket_id), beside.mirror.row("ticket", ticket_id)
    assert mine is not None
    assert ours is not None
    assert mine["number"] == ours.body["number"]
    assert (client.shown("ticket", theirs.id) or {})["subject"] == "账单不对"


def test_download_that_was_cut_goes_on_where_it_stopped(client: AnotherClient, line: Line) -> None:
    line.next_answer["/sync/v1/snapshot/customers:home"] = cut_after(100)
    with pytest.raises(httpx.ReadError):
        client.sync()
    line.statuses.clear()

    assert is_in_step(client)
    assert 206 in line.statuses


def test_lost_answer_applies_nothing_twice(client: AnotherClient, line: Line, server: ServerThread) -> None:
    client.sync()
    _, op_id = file_ticket(client)
    line.next_answer["/sync/v1/ops"] = lost
    with pytest.raises(httpx.ReadError):
        client.sync()

    assert 0.5 <= client.pause_s() <= 1.0
    assert is_in_step(client)
    assert client.answers()[op_id][1]["verdict"] == "duplicate"
    assert executed(server.settings, "SELECT count(*) FROM ticket") == [(1,)]


def test_refresh_whose_answer_was_lost_is_repeated(client: AnotherClient, line: Line) -> None:
    client._note(access="of yesterday")
    line.next_answer["/auth/refresh"] = lost
    with pytest.raises(httpx.ReadError):
        client.sync()

    assert is_in_step(client)


def test_second_change_of_a_field_does_not_clash_with_the_first(client: AnotherClient) -> None:
    client.sync()
    ops = [client.write("customer", "C-1", "update", {"region": region}) for region in ("东区", "西区")]
    client.sync()

    assert [client.answers()[op][0] for op in ops] == ["done", "done"]
    assert (client.shown("customer", "C-1") or {})["region"] == "西区"
    assert is_in_step(client)


def test_clash_with_somebody_else_keeps_what_was_typed(client: AnotherClient, beside: Seat) -> None:
    client.sync()
    change_region(beside, None, "东区")
    op_id = client.write("customer", "C-1", "update", {"region": "西区", "company": "海岚"})
    client.sync()

    state, answer = client.answers()[op_id]
    assert (state, answer["changed"]) == ("conflict", {"region": "东区"})
    assert is_in_step(client)
    [clash] = client.ask("GET", "/sync/v1/conflicts")["conflicts"]
    wish = {"take": "mine", "seen": clash["now"]}
    assert client.ask("POST", f"/sync/v1/conflicts/{clash['id']}/resolve", json=wish)["value"] == "西区"
    assert is_in_step(client)
    shown = client.shown("customer", "C-1") or {}
    assert (shown["region"], shown["company"]) == ("西区", "海岚")


def test_refused_command_holds_up_only_what_stands_on_it(client: AnotherClient) -> None:
    client.sync()
    refused = client.write("customer", "C-1", "update", {"nonsense": 1})
    dependant = client.write("customer", "C-1", "update", {"region": "东区"}, after=refused)
    unreadable = client.write("customer", "C-1" * 100, "update", {"region": "东区"})
    _, good = file_ticket(client)
    client.sync()

    answers = client.answers()
    assert [answers[op][1].get("reason") for op in (refused, dependant, unreadable, good)] == [
        "unknown_field",
        "depends_on_rejected",
        "bad_request",
        None,
    ]
    assert answers[good][0] == "done"


def test_live_connection_brings_the_rows(client: AnotherClient, beside: Seat, line: Line) -> None:
    client.sync()
    ticket = beside.file_ticket()
    line.statuses.clear()
    client.listen(lambda: bool(client.shown("ticket", ticket.id)) or not beside.sync())

    assert (client.shown("ticket", ticket.id) or {})["number"] is not None
    assert is_in_step(client)


def test_what_may_no_longer_be_held_goes(client: AnotherClient, server: ServerThread) -> None:
    client.sync()
    own, _ = file_ticket(client, queue="billing")
    client.sync()
    executed(server.settings, "UPDATE agent SET queues = '[\"vip\"]' WHERE id = 'wang.qiang'")

    assert is_in_step(client)
    assert "queue:billing" not in client.cursors()
    assert client.shown("ticket", own) is not None
    executed(server.settings, "UPDATE agent SET role = 'editor' WHERE id = 'wang.qiang'")
    assert is_in_step(client)
    assert client.shown("customer", "C-1") is None
    assert client.shown("ticket", own) is not None


def test_customer_who_moves_out_of_sight_goes(client: AnotherClient, server: ServerThread, sit_down: SitDown) -> None:
    executed(server.settings, "UPDATE queue SET segments = '[\"home\"]' WHERE id = 'billing'")
    executed(server.settings, "UPDATE agent SET queues = '[\"billing\"]' WHERE id = 'wang.qiang'")
    client.sync()
    before = client.shown("customer", "C-1")
    lead = sit_down(server.address, "lead", login="zhou.min")
    lead.sync()
    change = {"segment": FieldChange("home", "business")}
    lead.outbox.put("customer", "C-1", CommandKind.UPDATE, change, lead.clock(), base_version=1)
    lead.sync()

    assert is_in_step(client)
    assert before is not None
    assert client.shown("customer", "C-1") is None
    assert client.shown("customer", "C-2") is not None


def test_cursor_from_before_what_is_kept_begins_anew(client: AnotherClient, beside: Seat, server: ServerThread) -> None:
    client.sync()
    change_region(beside, None, "东区")
    executed(server.settings, "UPDATE scope_head SET floor = head")
    executed(server.settings, "DELETE FROM feed")

    assert is_in_step(client)
    assert (client.shown("customer", "C-1") or {})["region"] == "东区"


def test_protocol_that_is_not_spoken_keeps_everything(client: AnotherClient) -> None:
    client.sync()
    _, op_id = file_ticket(client)
    client._http.headers["X-Sync-Protocol"] = "2"
    with pytest.raises(Refused) as refused:
        client.sync()

    assert refused.value.code == "client_too_new"
    assert client.answers()[op_id] == ("waiting", None)
    client._http.headers["X-Sync-Protocol"] = "1"
    assert is_in_step(client)
    assert client.answers()[op_id][0] == "done"


def test_page_that_was_not_whole_is_noticed_and_healed(client: AnotherClient, beside: Seat, line: Line) -> None:
    client.sync()
    change_region(beside, None, "东区")

    def without_rows(answer: httpx.Response) -> httpx.Response:
        page = json.loads(httpx.Response(200, headers=answer.headers, content=answer.read()).content)
        return httpx.Response(200, json=page | {"rows": [], "entries": 0})

    line.next_answer["/sync/v1/changes"] = without_rows
    client.pull(HOME)

    assert (client.shown("customer", "C-1") or {})["region"] == "东区"
    assert is_in_step(client)


def test_old_backup_loses_nothing(tmp_path: Path) -> None:
    site = Site(make_site(tmp_path / "site", [a_customer(1), a_customer(2)]), tmp_path)
    client = AnotherClient(tmp_path / "another.db", site.address, "wang.qiang", PASSWORD)
    client.sign_in()
    client.sync()
    site.back_up()
    ticket_id, op_id = file_ticket(client)
    client.write("customer", "C-1", "update", {"region": "东区"})
    client.sync()
    site.restore()
    client.sign_in()

    client.sync()
    assert is_in_step(client)
    assert client.answers()[op_id][0] == "done"
    assert (client.shown("ticket", ticket_id) or {})["number"] is not None
    assert (client.shown("customer", "C-1") or {})["region"] == "东区"
    client.close()
    site.stop()


def test_commands_outlive_the_program(server: ServerThread, tmp_path: Path) -> None:
    first = AnotherClient(tmp_path / "one.db", server.address, "wang.qiang", PASSWORD)
    first.sign_in()
    first.sync()
    _, op_id = file_ticket(first)
    first.close()
    again = AnotherClient(tmp_path / "one.db", server.address, "wang.qiang", PASSWORD)

    assert is_in_step(again)
    assert again.answers()[op_id][0] == "done"
    again.close()


def test_what_the_text_says_of_a_bucket_is_so(tmp_path: Path) -> None:
    client = AnotherClient(tmp_path / "one.db", "http://127.0.0.1:9", "nobody", "")
    client._put("org", [("ticket", "T-1", 3, "{}")])

    assert client.hashes("org")[115] == "c2993721fc3dfe05"
    client.close()


def test_nothing_of_ours_is_in_it() -> None:
    text = Path(__file__).with_name("another_client.py").read_text(encoding="utf-8")

    assert not {"agent_desktop", "agent_model", "agent_server", "tests"} & {
        word.partition(".")[0]
        for line in text.splitlines()
        if line.startswith(("import ", "from "))
        for word in line.split()
    }
