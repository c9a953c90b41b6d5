import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from agent_desktop.customers.relations import RelationBook, Side
from agent_desktop.errors import ClientTooOld
from agent_desktop.offline.pending import State
from agent_desktop.sync.client import ServerClient
from agent_desktop.sync.events import NeedsAttention, Offline, SignInExpired, Synced, Syncing, TooOld
from agent_desktop.sync.live import Live, LiveDown, LiveEvent, LiveUp, Poke, RowsCame
from agent_desktop.ui.messages.trouble import explain
from agent_model.agent import AgentState, StateEntry
from agent_model.call_quality import CallQuality
from agent_model.command import CommandKind, FieldChange
from agent_model.customer import Contact, ContactKind, CustomerId, SegmentId
from agent_model.customer_relation import RelationKind
from agent_model.phone_number import PhoneNumber
from agent_model.scope import Scope
from agent_model.wire import ChangesPage
from agent_server.__main__ import main
from tests.desktop.sync.conftest import SitDown
from tests.desktop.sync.seat import Seat
from tests.fakes import counting_ids
from tests.in_process import DATABASE_NAME, ServerProcess, ServerThread, a_customer, make_site, serving

OPS, SNAPSHOT = "/sync/v1/ops", "/sync/v1/snapshot/customers:home"
HOME = Scope("customers:home")
NUMBER = PhoneNumber("+8613800000001")
SOUNDED = CallQuality("PCMA", 4.1, 3.2, 1.5, 4.2, 38.5, mos_there=3.9, loss_there_pct=2.0)


def tickets_on_server(server: ServerThread, sit_down: SitDown) -> list[str]:
    """The subjects of all tickets as another workstation sees them."""
    other = sit_down(server.address, f"witness-{time.monotonic_ns()}")
    other.sync()
    return [row.body["subject"] for row in other.mirror.rows("ticket")]


def is_push(request: httpx.Request) -> bool:
    return request.url.path == OPS


def test_empty_workstation_is_filled_from_snapshots(server: ServerThread, sit_down: SitDown) -> None:
    seat = sit_down(server.address)
    seat.sync()
    assert [customer.name for customer in seat.book.with_number(NUMBER)] == ["客户 1"]
    assert seat.desk.categories()
    assert isinstance(seat.told[-1], Synced)
    assert {changed.scope for changed in seat.changed} == seat.mirror.cursors().keys()


def test_second_run_asks_only_for_heads(server: ServerThread, sit_down: SitDown) -> None:
    seat = sit_down(server.address)
    seat.sync()
    seat.network.asked.clear()
    seat.sync()
    assert seat.network.asked == ["GET /sync/v1/hello"]


def test_ticket_reaches_the_server_and_comes_back_with_its_number(server: ServerThread, sit_down: SitDown) -> None:
    seat = sit_down(server.address)
    seat.sync()
    ticket = seat.file_ticket()
    seat.sync()
    shown = seat.desk.ticket(ticket.id)
    assert shown is not None
    assert shown.number is not None
    assert shown.segment == "home"
    assert seat.outbox.entries() == []
    assert seat.drafts.all() == ()


def test_caller_looked_up_on_the_server_brings_what_is_open_of_their_family(
    server: ServerThread, sit_down: SitDown
) -> None:
    colleague = sit_down(server.address, "colleague")
    colleague.sync()
    kin = RelationBook(colleague.view, colleague.agent.id, colleague.clock, counting_ids("R-"))
    kin.add(CustomerId("C-1"), CustomerId("C-2"), Side(RelationKind.FAMILY))
    ticket = colleague.file_ticket("C-2", "三次没有人回电")
    colleague.sync()

    seat = sit_down(server.address)
    for met in seat.client.customers_with(NUMBER):
        seat.mirror.keep(met.rows)

    relations = RelationBook(seat.view, seat.agent.id, seat.clock, counting_ids("R-")).of(CustomerId("C-1"))
    assert relations.trouble is not None
    assert relations.trouble.other is not None
    assert (relations.trouble.other.id, [one.id for one in relations.trouble.open_tickets]) == ("C-2", [ticket.id])
    seat.sync()
    assert len(seat.mirror.rows("customer_relation")) == 1


def test_everything_an_agent_does_in_a_call_is_taken_by_the_server(server: ServerThread, sit_down: SitDown) -> None:
    seat = sit_down(server.address)
    seat.sync()
    customer = seat.book.create("赵敏", PhoneNumber("+8613900000077"), SegmentId("home"))
    customer = seat.book.attach_number(customer, PhoneNumber("+8613900000078"))
    seat.book.add_note(customer, "请下午回电", seat.agent.id)
    seat.book.log_contact(
        Contact(
            "K-new",
            customer.id,
            ContactKind.CALL_IN,
            seat.clock(),
            "来电",
            agent=seat.agent.id,
            duration_s=61,
            quality=SOUNDED,
        )
    )
    seat.file_ticket(customer.id)
    before = seat.book.profile(customer.id)
    seat.sync()
    after = seat.book.profile(customer.id)
    assert seat.desk.refused() == ()
    assert before is not None
    assert after is not None
    assert before.has_pending
    assert not after.has_pending
    assert after.customer.phones == ("+8613900000077", "+8613900000078")
    assert [note.text for note in after.customer.notes] == ["请下午回电"]
    assert len(after.timeline.entries) == len(before.timeline.entries) == 2
    assert [each.contact.quality for each in after.timeline.entries if each.contact] == [SOUNDED]
    assert after.figures.contacts_30d == before.figures.contacts_30d == 1


def test_lost_answer_leads_to_one_ticket(server: ServerThread, sit_down: SitDown) -> None:
    seat = sit_down(server.address)
    seat.sync()
    seat.file_ticket(subject="只一次")
    seat.network.lose_answer = is_push
    seat.sync()
    assert isinstance(seat.told[-1], Offline)
    seat.network.lose_answer = lambda _request: False
    seat.sync()
    assert tickets_on_server(server, sit_down) == ["只一次"]
    assert seat.outbox.entries() == []


def test_work_of_a_day_without_server_is_sent_in_order(server: ServerThread, sit_down: SitDown) -> None:
    seat = sit_down(server.address)
    seat.sync()
    seat.network.lose_request = lambda _request: True
    seat.sync()
    filed = [seat.file_ticket(subject=f"第 {n} 单") for n in range(25)]
    seat.sync()
    assert seat.outbox.count_waiting() == 25
    seat.network.lose_request = lambda _request: False
    seat.sync()
    numbers = [seat.desk.ticket(ticket.id).number for ticket in filed]  # type: ignore[union-attr]
    assert numbers == sorted(numbers, key=str)
    assert isinstance(seat.told[-1], Synced)


def test_refused_command_is_parked_and_those_behind_it_go_on(server: ServerThread, sit_down: SitDown) -> None:
    seat = sit_down(server.address)
    seat.sync()
    refused = seat.file_ticket("C-nobody", "给不存在的人")
    taken = seat.file_ticket(subject="给客户")
    seat.sync()
    (listed,) = seat.desk.refused()
    assert isinstance(seat.told[-1], NeedsAttention)
    assert (listed.ticket and listed.ticket.id, listed.reason) == (refused.id, "unknown_customer")
    assert seat.desk.ticket(taken.id).number is not None  # type: ignore[union-attr]
    draft = seat.desk.take_up_again(listed.command.op_id)
    assert draft is not None
    assert draft.subject == "给不存在的人"
    assert seat.desk.refused() == ()


def test_ticket_of_a_refused_customer_is_parked_with_him(server: ServerThread, sit_down: SitDown) -> None:
    seat = sit_down(server.address)
    seat.sync()
    stranger = seat.book.create("陌生人", None, SegmentId("not-mine"))
    seat.file_ticket(stranger.id)
    seat.sync()
    assert [entry.state for entry in seat.outbox.entries()] == [State.PARKED, State.PARKED]
    assert seat.desk.refused()[1].reason == "depends_on_rejected"


def test_command_the_server_cannot_read_is_parked_alone(
    server: ServerThread, sit_down: SitDown, caplog: pytest.LogCaptureFixture
) -> None:
    seat = sit_down(server.address)
    seat.sync()
    tickets = [seat.file_ticket(subject=f"{n}") for n in range(3)]
    seat.outbox.put("customer", "C" * 500, CommandKind.UPDATE, {"name": FieldChange("a", "b")}, seat.clock())
    tickets += [seat.file_ticket(subject=f"{n}") for n in range(3)]
    seat.sync()
    caplog.clear()
    assert all(seat.desk.ticket(ticket.id).number for ticket in tickets)  # type: ignore[union-attr]
    assert [entry.command.id for entry in seat.outbox.entries()] == ["C" * 500]


def test_batch_too_large_for_the_server_is_sent_in_parts(server: ServerThread, sit_down: SitDown) -> None:
    seat = sit_down(server.address)
    seat.sync()
    for n in range(100):
        changes = {"text": FieldChange(None, f"{n}" + "慢" * 19_000), "customer_id": FieldChange(None, "C-1")}
        changes |= {"kind": FieldChange(None, "note"), "at": FieldChange(None, "2026-11-21T10:00:00.000Z")}
        changes |= {"title": FieldChange(None, "记录"), "agent": FieldChange(None, seat.agent.id)}
        seat.outbox.put("contact", f"K-big-{n}", CommandKind.CREATE, changes, seat.clock())
    seat.sync()
    assert seat.outbox.entries() == []
    assert seat.mirror.count("contact") == 100


def test_one_agent_twice_offline_does_not_conflict_with_himself(server: ServerThread, sit_down: SitDown) -> None:
    seat = sit_down(server.address)
    seat.sync()
    customer = seat.book.customer(CustomerId("C-1"))
    assert customer is not None
    customer = seat.book.attach_number(customer, PhoneNumber("+8613900000001"))
    seat.book.attach_number(customer, PhoneNumber("+8613900000002"))
    seat.sync()
    after = seat.book.customer(CustomerId("C-1"))
    assert after is not None
    assert after.phones == ("+8613800000001", "+8613900000001", "+8613900000002")
    assert seat.outbox.entries() == []


def test_conflict_keeps_the_servers_value_and_the_agents_words(server: ServerThread, sit_down: SitDown) -> None:
    mine, theirs = sit_down(server.address, "mine"), sit_down(server.address, "theirs")
    mine.sync()
    theirs.sync()
    for seat, name in ((theirs, "张三"), (mine, "李四")):
        seat.outbox.put(
            "customer", "C-1", CommandKind.UPDATE, {"name": FieldChange("客户 1", name)}, seat.clock(), base_version=1
        )
    theirs.sync()
    mine.sync()
    (entry,) = mine.outbox.entries()
    shown = mine.book.customer(CustomerId("C-1"))
    assert entry.state is State.PARKED
    assert entry.command.fields["name"].new == "李四"
    assert shown is not None
    assert shown.name == "张三"


def test_cut_snapshot_goes_on_where_it_stopped(sit_down: SitDown, tmp_path: Path) -> None:
    many = [a_customer(n, email=f"{n * 7919}@mail.example") for n in range(1, 3000)]
    with serving(make_site(tmp_path / "site", many)) as server:
        seat = sit_down(server.address)
        seat.network.cut_after = lambda request: 9000 if request.url.path == SNAPSHOT else None
        seat.sync()
        seat.sync()
        assert isinstance(seat.told[-1], Offline)
        seat.network.cut_after = lambda _request: None
        seat.sync()
        assert seat.mirror.count("customer") == 2999
        ranges = [line.rpartition(" ")[2] for line in seat.network.asked if line.startswith(f"GET {SNAPSHOT} ")]
        assert ranges == ["bytes=9000-", "bytes=18000-"]


def test_stopped_in_the_middle_of_the_first_rows_it_begins_again_and_ends_whole(
    sit_down: SitDown, server: ServerThread
) -> None:
    seats: list[Seat] = []
    first = sit_down(
        server.address,
        stopping=lambda: any(isinstance(told, Syncing) and told.fetched for told in seats[0].told),
    )
    seats.append(first)
    first.sync()
    assert first.mirror.cursors() == {}
    assert first.mirror.count("customer") == 0
    assert not (first.store.folder / "fresh.db").exists()
    first.close()
    again = sit_down(server.address)
    again.sync()
    assert again.mirror.count("customer") == 3
    assert all(cursor.is_whole for cursor in again.mirror.cursors().values())


def test_wrong_bytes_in_a_snapshot_are_noticed_and_fetched_again(server: ServerThread, sit_down: SitDown) -> None:
    seat = sit_down(server.address)
    manifest = seat.client.manifest(next(s for s in seat.client.hello().scopes if s == "customers:home"))
    seat.cycle._downloads._begun[manifest.scope] = (manifest.sha256, bytearray(b"x" * manifest.size))
    seat.sync()
    assert isinstance(seat.told[-1], Offline)
    seat.sync()
    assert seat.mirror.count("customer") == 3


def test_another_life_of_the_server_is_fetched_whole(sit_down: SitDown, tmp_path: Path, server: ServerThread) -> None:
    seat = sit_down(server.address)
    seat.sync()
    with seat.store.writing() as connection:
        connection.execute("UPDATE cursor SET epoch = 'another'")
        connection.execute('UPDATE customer SET version = 99, body = \'{"name": "of old"}\'')
    seat.sync()
    assert [customer.name for customer in seat.book.with_number(NUMBER)] == ["客户 1"]


def test_scope_that_is_no_longer_the_agents_leaves_nothing(server: ServerThread, sit_down: SitDown) -> None:
    seat = sit_down(server.address)
    seat.sync()
    with seat.store.writing() as connection:
        connection.execute("UPDATE cursor SET scope = 'customers:lost' WHERE scope = 'customers:home'")
        connection.execute("UPDATE customer SET scopes = '|customers:lost|', id = 'L-' || id WHERE id <> 'C-3'")
    seat.sync()
    assert [row.id for row in seat.mirror.rows("customer")] == ["C-1", "C-2", "C-3"]


def test_cursor_the_server_no_longer_has_leads_to_a_snapshot_and_stale_rows_go(
    server: ServerThread, sit_down: SitDown
) -> None:
    seat = sit_down(server.address)
    seat.sync()
    with seat.store.writing() as connection:
        connection.execute("UPDATE cursor SET seq = 99999 WHERE scope = 'customers:home'")
        connection.execute(
            "INSERT INTO customer SELECT 'C-stale', version, scopes, name, body FROM customer WHERE id = 'C-1'"
        )
    seat.sync()
    assert [row.id for row in seat.mirror.rows("customer")] == ["C-1", "C-2", "C-3"]
    assert isinstance(seat.told[-1], Synced)


def test_spent_sign_in_keeps_the_outbox(server: ServerThread, sit_down: SitDown) -> None:
    seat = sit_down(server.address)
    seat.sync()
    seat.file_ticket()
    seat.client._access = seat.client._refresh = "spent"
    seat.sync()
    assert seat.told[-1] == SignInExpired(1)
    assert seat.outbox.count_waiting() == 1


@pytest.mark.parametrize("refresh", ["", "x" * 100_000])
def test_what_the_server_says_of_the_sign_in_is_no_answer_to_the_commands(
    server: ServerThread, sit_down: SitDown, refresh: str
) -> None:
    """As when somebody signs off while their last work is being sent."""
    seat = sit_down(server.address)
    seat.sync()
    seat.file_ticket()
    seat.client._access, seat.client._refresh = "spent", refresh
    seat.sync()
    assert seat.told[-1] == SignInExpired(1)
    assert seat.outbox.count_waiting() == 1


def test_access_that_ran_out_is_renewed_during_a_push(server: ServerThread, sit_down: SitDown) -> None:
    seat = sit_down(server.address)
    seat.sync()
    ticket = seat.file_ticket()
    seat.client._access = "ran out"
    seat.sync()
    assert seat.desk.ticket(ticket.id).number is not None  # type: ignore[union-attr]


def test_version_the_server_no_longer_speaks_keeps_the_outbox(server: ServerThread, sit_down: SitDown) -> None:
    seat = sit_down(server.address)
    seat.sync()
    seat.file_ticket()
    seat.client._client().headers["X-Sync-Protocol"] = "0"
    seat.sync()
    assert seat.told[-1] == TooOld(1)
    assert seat.outbox.count_waiting() == 1


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        (("--oldest", "99.1.0"), "Update first: your server wants version 99.1.0 of this program or newer"),
        (("--newest", "0.0.9"), "newer than your server takes: up to 0.0.9"),
    ],
    ids=["too old", "too new"],
)
def test_version_that_the_site_does_not_tolerate_sends_and_fetches_nothing(
    server: ServerThread, sit_down: SitDown, bounds: tuple[str, str], words: str
) -> None:
    seat, other = sit_down(server.address), sit_down(server.address, "other")
    seat.sync()
    other.sync()
    database = str(server.settings.home / DATABASE_NAME)
    assert main(["workstations", *bounds, "--database", database]) == 0
    look_up_now(server)
    filed = seat.file_ticket(subject="written meanwhile")

    seat.sync()

    told = seat.told[-1]
    assert told == TooOld(0)
    assert isinstance(told, TooOld)
    assert words in explain(told.why)
    assert seat.outbox.count_waiting() == 0
    assert seat.mirror.row("ticket", filed.id) is None
    with pytest.raises(ClientTooOld):
        seat.client.changes(Scope("queue:support"), 0)

    assert main(["workstations", "--any", "--database", database]) == 0
    look_up_now(server)
    seat.sync()
    assert isinstance(seat.told[-1], Synced)
    assert seat.mirror.row("ticket", filed.id) is not None


def look_up_now(server: ServerThread) -> None:
    """What was decided at the console is looked up by the server now."""
    server.app_server.workstations._looked_at = float("-inf")


def test_commands_that_the_server_no_longer_reads_wait_while_reading_goes_on(
    server: ServerThread, sit_down: SitDown
) -> None:
    seat, other = sit_down(server.address), sit_down(server.address, "other")
    seat.sync()
    seat.file_ticket(subject="旧的")
    with seat.store.writing_outbox() as connection:
        connection.execute("UPDATE command SET plain = json_set(plain, '$.schema', 0)")
    other.sync()
    filed = other.file_ticket(subject="新的")
    other.sync()

    seat.sync()

    assert seat.told[-1] == TooOld(1)
    assert seat.outbox.count_waiting() == 1
    assert seat.mirror.row("ticket", filed.id) is not None


def test_retries_come_later_and_later_and_never_after_more_than_a_minute(
    server: ServerThread, sit_down: SitDown
) -> None:
    seat = sit_down(server.address, chance=lambda: 1.0)
    seat.network.lose_request = lambda _request: True
    assert [seat.sync().delay_s for _ in range(8)] == [1, 2, 4, 8, 16, 32, 60, 60]


def test_offline_counts_from_its_first_moment(server: ServerThread, sit_down: SitDown) -> None:
    seat = sit_down(server.address)
    seat.network.lose_request = lambda _request: True
    began = seat.clock()
    seat.sync()
    seat.clock.move(minutes=5)
    seat.sync()
    last = seat.told[-1]
    assert isinstance(last, Offline)
    assert last.since == began


def test_killed_and_restarted_server_has_every_ticket_once(sit_down: SitDown, tmp_path: Path) -> None:
    with ServerProcess(make_site(tmp_path / "site", [a_customer(1)])) as server:
        seat = sit_down(server.address)
        seat.sync()
        seat.file_ticket(subject="一")
        seat.network.lose_answer = is_push
        seat.sync()
        server.kill()
        seat.file_ticket(subject="二")
        seat.sync()
        assert isinstance(seat.told[-1], Offline)
        server.start()
        seat.network.lose_answer = lambda _request: False
        seat.sync()
        witness = sit_down(server.address, "witness")
        witness.sync()
        assert sorted(row.body["subject"] for row in witness.mirror.rows("ticket")) == ["一", "二"]
        assert seat.outbox.entries() == []


class Listening:
    """A live line on a thread of its own; `wait_for` waits for an event that fits."""

    def __init__(self, seat: Seat) -> None:
        self._events: list[LiveEvent] = []
        self._came = threading.Condition()
        self.live = Live(seat.client.address, lambda: seat.client.access, self._tell)
        self._thread = threading.Thread(target=self.live.run, kwargs={"retry_s": 0.05, "longest_retry_s": 0.2})

    def __enter__(self) -> "Listening":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.live.stop()
        self._thread.join(10)

    def wait_for(self, fits: Callable[[LiveEvent], bool], within_s: float = 10) -> LiveEvent:
        with self._came:
            assert self._came.wait_for(lambda: any(map(fits, self._events)), within_s), self._events
            return next(filter(fits, self._events))

    def _tell(self, event: LiveEvent) -> None:
        with self._came:
            self._events.append(event)
            self._came.notify_all()


def test_what_one_agent_saves_comes_to_the_other_without_a_question(server: ServerThread, sit_down: SitDown) -> None:
    one, other = sit_down(server.address, "one"), sit_down(server.address, "other")
    one.sync()
    other.sync()
    with Listening(other) as line:
        line.wait_for(lambda event: isinstance(event, LiveUp))
        other.network.asked.clear()
        ticket = one.file_ticket()
        one.sync()
        came = line.wait_for(lambda event: isinstance(event, RowsCame) and event.page.scope == "customers:home")
        assert isinstance(came, RowsCame)
        assert other.cycle.take(came.since, came.epoch, came.page)
        assert other.network.asked == []
        assert other.desk.ticket(ticket.id) is not None
        assert other.changed[-1].ids == {ticket.id}


@pytest.fixture
def behind(server: ServerThread, sit_down: SitDown) -> tuple[Seat, int, str, ChangesPage]:
    """A seat, and the page that it does not have yet: two tickets of the home segment."""
    one, other = sit_down(server.address, "one"), sit_down(server.address, "other")
    one.sync()
    other.sync()
    cursor = other.mirror.cursors()[HOME]
    for subject in ("一", "二"):
        one.file_ticket(subject=subject)
    one.sync()
    return other, cursor.seq, cursor.epoch, other.client.changes(HOME, cursor.seq)


def test_rows_that_came_are_stored_with_their_cursor(behind: tuple[Seat, int, str, ChangesPage]) -> None:
    seat, since, epoch, page = behind
    assert seat.cycle.take(since, epoch, page)
    assert {row.body["subject"] for row in seat.mirror.rows("ticket")} == {"一", "二"}
    assert seat.mirror.cursors()[HOME].seq == page.next


def test_rows_that_came_twice_change_nothing(behind: tuple[Seat, int, str, ChangesPage]) -> None:
    seat, since, epoch, page = behind
    seat.cycle.take(since, epoch, page)
    seat.changed.clear()
    assert seat.cycle.take(since, epoch, page)
    assert seat.changed == []


def test_rows_after_a_gap_are_left_to_be_fetched(behind: tuple[Seat, int, str, ChangesPage]) -> None:
    seat, since, epoch, _page = behind
    later = seat.client.changes(HOME, since + 1)
    assert not seat.cycle.take(since + 1, epoch, later)
    assert seat.mirror.cursors()[HOME].seq == since
    seat.sync()
    assert {row.body["subject"] for row in seat.mirror.rows("ticket")} == {"一", "二"}


def test_page_that_lacks_an_entry_is_left_to_be_fetched(behind: tuple[Seat, int, str, ChangesPage]) -> None:
    seat, since, epoch, page = behind
    assert not seat.cycle.take(since, epoch, replace(page, entries=1))
    assert seat.mirror.cursors()[HOME].seq == since


def test_rows_of_another_life_of_the_server_are_not_stored(behind: tuple[Seat, int, str, ChangesPage]) -> None:
    seat, since, _epoch, page = behind
    assert not seat.cycle.take(since, "another", page)
    assert list(seat.mirror.rows("ticket")) == []


def test_rows_that_came_leave_unsent_work_alone(behind: tuple[Seat, int, str, ChangesPage]) -> None:
    seat, since, epoch, page = behind
    mine = seat.file_ticket(subject="三")
    assert seat.cycle.take(since, epoch, page)
    assert [entry.command.id for entry in seat.outbox.entries(State.WAITING)] == [mine.id]


def test_live_line_comes_back_and_sends_the_wanted_state_again(sit_down: SitDown, tmp_path: Path) -> None:
    settings = make_site(tmp_path / "site")
    with serving(settings) as server:
        seat = sit_down(server.address)
        port = int(server.address.rpartition(":")[2])
        line = Listening(seat)
        line.__enter__()
        line.live.send_state(StateEntry(AgentState.BREAK, seat.clock(), "lunch"))
        line.wait_for(lambda event: isinstance(event, LiveUp))
    line.wait_for(lambda event: isinstance(event, LiveDown))
    with serving(settings, port):
        line.wait_for(lambda event: getattr(getattr(event, "entry", None), "reason", None) == "lunch")
        line.__exit__()


def test_live_line_that_is_not_let_in_is_never_up(server: ServerThread, sit_down: SitDown) -> None:
    seat = sit_down(server.address)
    seat.client._access = "nobody's"
    with Listening(seat) as line, pytest.raises(AssertionError):
        line.wait_for(lambda event: isinstance(event, LiveUp), within_s=0.5)


def test_message_of_another_protocol_is_passed_over(server: ServerThread, sit_down: SitDown) -> None:
    told: list[LiveEvent] = []
    line = Live(server.address, lambda: "", told.append)
    for text in ("[]", "{}", '{"type": "poke"}', "not json", '{"type": "state", "agent": "a", "state": "odd"}'):
        line._read(text)
    line._read('{"type": "rows", "scope": "org", "since": 2, "epoch": "e", "page": {"scope": "org", "rows": []}}')
    line._read('{"type": "poke", "scope": "org", "head": 3, "spread_ms": 200}')
    assert told == [Poke(Scope("org"), 3, 200)]


def test_unknown_server_is_unreachable_not_a_crash(tmp_path: Path) -> None:
    from agent_desktop.errors import ServerUnreachable

    client = ServerClient("http://127.0.0.1:9", lambda _token: None)
    with pytest.raises(ServerUnreachable):
        client.hello()
    client.close()
    with pytest.raises(ServerUnreachable):
        client.hello()
