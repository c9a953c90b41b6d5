"""What a workstation pulls: everything it may see, nothing else, in an order without gaps."""

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
import zstandard

from tests.in_process import COMPANY, ServerThread, a_customer, import_into, serving
from tests.server.conftest import NewSite, SitAt, executed
from tests.server.workstation import WRITTEN_AT, Workstation, rows_of_snapshot

SEGMENTS = 'team = "business"\nsegments = ["home", "business"]'


@pytest.fixture
def parted(new_site: NewSite, tmp_path: Path) -> Iterator[ServerThread]:
    """A site whose VIP queue serves business customers only: luo.tao does not see those at home."""
    settings = new_site([a_customer(1), a_customer(3, "business")])
    source = tmp_path / "company"
    source.mkdir()
    text = COMPANY.read_text(encoding="utf-8")
    assert text.count(SEGMENTS) == 1
    changed = text.replace(SEGMENTS, 'team = "business"\nsegments = ["business"]')
    (source / "company.toml").write_text(changed, encoding="utf-8")
    import_into(settings, source)
    with serving(settings) as running:
        yield running


def feed(server: ServerThread) -> list[tuple[str, int, str, str, str]]:
    return [
        (scope, seq, entity, row_id, kind)
        for scope, seq, entity, row_id, kind in executed(
            server.settings, "SELECT scope, seq, entity, row_id, kind FROM feed ORDER BY scope, seq"
        )
    ]


def test_hello_names_the_slices_of_an_agent(seat: Workstation) -> None:
    greeting = seat.hello()

    assert set(greeting["scopes"]) == {
        "org",
        "own:lin.yue",
        "role:agent",
        "site:杭州",
        "team:home",
        "queue:support",
        "queue:billing",
        "queue:vip",
        "customers:home",
        "customers:business",
    }
    assert greeting["protocol"] == 1


@pytest.mark.parametrize(
    ("login", "extra"),
    [
        ("ye.wen", {"role:editor", "editors"}),
        ("admin", {"role:administrator", "editors"}),
        (
            "qian.ning",
            {"role:quality", "team:home", "customers:home", "customers:business", "leads:home", "leads:business"},
        ),
        (
            "zhou.min",
            {"role:team_lead", "editors", "leads:home", "team:home", "queue:support", "queue:billing"}
            | {"customers:home", "customers:business"},
        ),
        ("luo.tao", {"role:agent", "team:business", "queue:vip", "customers:business"}),
    ],
)
def test_slices_follow_the_role(parted: ServerThread, login: str, extra: set[str]) -> None:
    with Workstation(parted.address, login) as seat:
        held = {scope for scope in seat.hello()["scopes"] if not scope.startswith("site:")}
        assert held == {"org", f"own:{login}"} | extra


def test_slice_of_others_is_refused(parted: ServerThread) -> None:
    with Workstation(parted.address, "luo.tao") as seat:
        answers = [
            seat.http.get("/sync/v1/changes", params={"scope": "customers:home", "since": 0}),
            seat.http.get("/sync/v1/snapshot/customers:home/manifest"),
            seat.http.get("/sync/v1/snapshot/customers:home"),
            seat.http.get("/sync/v1/snapshot/nonsense/manifest"),
        ]

    assert [(answer.status_code, answer.json()["error"]) for answer in answers] == [(403, "scope_not_yours")] * 4


def test_numbers_of_every_slice_have_no_gaps(seat: Workstation, server: ServerThread) -> None:
    for _ in range(3):
        seat.push(seat.ticket(), seat.ticket(customer_id=None), seat.ticket(status="closed"))

    found: dict[str, list[int]] = {}
    for scope, seq, *_ in feed(server):
        found.setdefault(scope, []).append(seq)
    heads = seat.hello()["scopes"]
    assert found["queue:support"] == [1, 2, 3, 4, 5, 6]
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in found.values())
    assert all(len(found.get(scope, ())) == head for scope, head in heads.items())


def test_pages_add_up_to_the_slice(seat: Workstation) -> None:
    seat.push(*(seat.ticket() for _ in range(7)))
    whole = seat.http.get("/sync/v1/changes", params={"scope": "customers:home", "since": 0}).json()

    seat.pull("customers:home", limit=2)

    assert seat.cursors["customers:home"] == whole["head"] == whole["next"]
    assert not whole["more"]
    assert {(row["entity"], row["id"]) for row in whole["rows"]} == set(seat.slices["customers:home"])


def test_row_changed_often_is_sent_once_as_it_is_now(seat: Workstation) -> None:
    seat.pull("customers:home")
    since = seat.cursors["customers:home"]
    for number in range(3):
        seat.push(seat.op("customer", "C-1", "update", {"region": [None, f"区 {number}"]}))

    page = seat.http.get("/sync/v1/changes", params={"scope": "customers:home", "since": since}).json()

    assert [(row["id"], row["version"], row["body"]["region"]) for row in page["rows"]] == [("C-1", 4, "区 2")]
    assert page["next"] == since + 3


def test_snapshot_holds_what_the_changes_tell(sit_at: SitAt) -> None:
    by_changes, by_file = sit_at("lin.yue"), sit_at("lin.yue", "second device")
    by_changes.push(by_changes.ticket(), by_changes.ticket(customer_id=None, queue="vip"))
    by_changes.sync()

    for scope in by_file.hello()["scopes"]:
        by_file.take_snapshot(scope)

    assert by_file.slices == {scope: by_changes.slices.get(scope, {}) for scope in by_file.slices}
    assert by_file.cursors == by_changes.cursors
    assert len(by_file.slices["org"]) > 50


def test_snapshot_is_continued_by_changes(seat: Workstation) -> None:
    seat.take_snapshot("customers:home")
    wish = seat.ticket()
    seat.push(wish)

    seat.take_snapshot("customers:home")
    assert ("ticket", wish["id"]) not in seat.slices["customers:home"]
    seat.pull("customers:home")

    assert ("ticket", wish["id"]) in seat.slices["customers:home"]


def test_snapshot_download_goes_on_where_it_was_cut(seat: Workstation, server: ServerThread) -> None:
    server.app_server.snapshots._every = 1
    path = "/sync/v1/snapshot/customers:home"
    manifest = seat.http.get(f"{path}/manifest").json()
    first = seat.http.get(path, headers={"Range": "bytes=0-99"})
    seat.push(seat.ticket())
    newer = seat.http.get(f"{path}/manifest").json()

    headers = {"Range": "bytes=100-", "If-Range": manifest["etag"]}
    rest = seat.http.get(path, headers=headers)

    assert newer["base_seq"] == manifest["base_seq"] + 1
    assert (first.status_code, rest.status_code) == (206, 206)
    assert first.headers["etag"] == rest.headers["etag"] == manifest["etag"]
    assert len(rows_of_snapshot(first.content + rest.content)) == manifest["rows"]


def test_snapshot_that_is_gone_is_told(seat: Workstation) -> None:
    path = "/sync/v1/snapshot/customers:home"
    gone = seat.http.get(path, headers={"If-Match": '"0"'})
    whole = seat.http.get(path, headers={"Range": "bytes=100-", "If-Range": '"0"'})

    assert (gone.status_code, gone.json()["error"]) == (412, "snapshot_gone")
    assert whole.status_code == 200
    assert whole.headers["x-base-seq"] == str(seat.http.get(f"{path}/manifest").json()["base_seq"])


def test_ticket_that_changes_queue_leaves_the_old_one(seat: Workstation) -> None:
    wish = seat.ticket()
    seat.push(wish)
    seat.sync()

    before, after = ({"queue": queue, "department": "field", "owner": None} for queue in ("support", "vip"))
    moved = {"by": seat.login, "at": WRITTEN_AT, "reason": "贵宾", "before": before, "after": after}
    seat.push(seat.op("ticket", wish["id"], "append", {"hand_overs": [None, moved]}))
    page = seat.http.get(
        "/sync/v1/changes", params={"scope": "queue:support", "since": seat.cursors["queue:support"]}
    ).json()
    seat.sync()

    assert page["evicted"] == [["ticket", wish["id"]]]
    assert ("ticket", wish["id"]) not in seat.slices["queue:support"]
    assert ("ticket", wish["id"]) in seat.slices["queue:vip"]
    assert ("ticket", wish["id"]) in seat.slices["customers:home"]


def test_customer_that_moves_takes_calls_and_tickets_along(parted: ServerThread) -> None:
    with Workstation(parted.address, "zhou.min") as lead, Workstation(parted.address, "luo.tao") as agent:
        ticket = lead.ticket("C-3")
        call = {"customer_id": "C-3", "kind": "call_in", "at": "2026-11-21T10:00:00.000Z", "title": "x"}
        lead.push(ticket, lead.op("contact", "K-1", "create", {**call, "agent": "zhou.min"}))
        for seat in (lead, agent):
            seat.sync()
        held = {("customer", "C-3"), ("contact", "K-1"), ("ticket", ticket["id"])}
        assert set(agent.slices["customers:business"]) == held

        [answer] = lead.push(lead.op("customer", "C-3", "update", {"segment": ["business", "home"]}))
        for seat in (lead, agent):
            seat.sync()

        assert answer["verdict"] == "merged"
        assert agent.slices["customers:business"] == {}
        assert held <= set(lead.slices["customers:home"])
        assert lead.row("ticket", ticket["id"])["body"]["segment"] == "home"


def test_old_entry_never_shows_a_row_that_has_left(parted: ServerThread) -> None:
    """The page ends before the eviction; the row is withheld all the same."""
    with Workstation(parted.address, "zhou.min") as lead, Workstation(parted.address, "luo.tao") as agent:
        lead.push(lead.op("customer", "C-3", "update", {"segment": ["business", "home"], "name": ["客户 3", "密"]}))

        page = agent.http.get("/sync/v1/changes", params={"scope": "customers:business", "since": 0, "limit": 1}).json()

    assert page["rows"] == []
    assert page["evicted"] == [["customer", "C-3"]]
    assert page["more"]


def test_lost_queue_is_gone_from_hello(parted: ServerThread, tmp_path: Path) -> None:
    with Workstation(parted.address, "wang.qiang") as seat:
        assert "queue:billing" in seat.hello()["scopes"]
        executed(parted.settings, "UPDATE agent SET queues = '[\"support\"]' WHERE id = 'wang.qiang'")

        assert "queue:billing" not in seat.hello()["scopes"]
        refused = seat.http.get("/sync/v1/changes", params={"scope": "queue:billing", "since": 0})

    assert refused.status_code == 403


def test_cursor_from_before_what_is_kept_takes_a_snapshot(seat: Workstation, server: ServerThread) -> None:
    seat.push(*(seat.ticket() for _ in range(5)))
    executed(server.settings, "UPDATE scope_head SET floor = 3 WHERE scope = 'queue:support'")
    executed(server.settings, "DELETE FROM feed WHERE scope = 'queue:support' AND seq <= 3")

    old = seat.http.get("/sync/v1/changes", params={"scope": "queue:support", "since": 2})
    seat.take_snapshot("queue:support")
    seat.pull("queue:support")

    assert (old.status_code, old.json()["error"]) == (410, "cursor_expired")
    assert len(seat.slices["queue:support"]) == 5


def test_cursor_from_another_history_takes_a_snapshot(seat: Workstation) -> None:
    answer = seat.http.get("/sync/v1/changes", params={"scope": "queue:support", "since": 1})

    assert (answer.status_code, answer.json()) == (
        410,
        {"error": "cursor_expired", "scope": "queue:support", "head": 0},
    )


@pytest.mark.parametrize(
    ("protocol", "status", "code"),
    [("0", 426, "client_too_old"), ("2", 426, "client_too_new"), ("", 400, "bad_request"), ("x", 400, "bad_request")],
)
def test_protocol_it_does_not_speak_is_refused(seat: Workstation, protocol: str, status: int, code: str) -> None:
    answer = seat.http.get("/sync/v1/hello", headers={"X-Sync-Protocol": protocol})
    pushed = seat.http.post("/sync/v1/ops", json={}, headers={"X-Sync-Protocol": protocol})

    assert (answer.status_code, answer.json()["error"]) == (status, code)
    assert pushed.status_code == status


@pytest.mark.parametrize("query", ["", "&since=-1", "&since=x", "&since=0&limit=0", "&since=0&limit=5001"])
def test_garbled_question_is_refused(seat: Workstation, query: str) -> None:
    answer = seat.http.get(f"/sync/v1/changes?scope=org{query}")

    assert (answer.status_code, answer.json()["error"]) == (422, "bad_request")


@pytest.mark.parametrize(
    ("accepted", "packing", "unpack"),
    [("gzip", "gzip", gzip.decompress), ("gzip, zstd", "zstd", zstandard.ZstdDecompressor().decompress)],
)
def test_answers_are_packed_for_who_can_read_it(
    seat: Workstation, accepted: str, packing: str, unpack: Callable[[bytes], bytes]
) -> None:
    path = "/sync/v1/changes?scope=org&since=0"
    with seat.http.stream("GET", path, headers={"Accept-Encoding": accepted}) as answer:
        packed = b"".join(answer.iter_raw())
    plain = seat.http.get(path, headers={"Accept-Encoding": "identity"})

    assert answer.headers["content-encoding"] == packing
    assert unpack(packed) == plain.content
    assert "content-encoding" not in plain.headers


def test_oversized_body_is_refused(seat: Workstation, server: ServerThread) -> None:
    answer = seat.http.post("/sync/v1/ops", content=b" " * (server.settings.largest_body + 1))

    assert (answer.status_code, answer.json()["error"]) == (413, "too_large")


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [("GET", "/nowhere", 404, "not_found"), ("DELETE", "/health", 405, "method_not_allowed")],
)
def test_unknown_route_has_a_code(server: ServerThread, method: str, path: str, status: int, code: str) -> None:
    answer = httpx.request(method, server.address + path)

    assert (answer.status_code, answer.json()) == (status, {"error": code})
